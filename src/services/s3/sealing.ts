/** How objects are sealed on the disk: with the bucket's key, as all are, or with a key that the client brings and keeps (SSE-C). Source: "Using server-side encryption with customer-provided keys" (S3 User Guide). */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Raise } from '../../base/api-error.ts';
import type { Seal } from '../../base/seal.ts';
import type { BucketDoc } from '../../store/bucket-doc.ts';
import type { Sealing } from './attributes.ts';
import type { S3Run } from './bucket.ts';
import type { OwnedBucket } from './owned-bucket.ts';

/** What a request says of encryption. */
export interface EncryptionInput {
  readonly ServerSideEncryption?: string | undefined;
  readonly SSECustomerAlgorithm?: string | undefined;
  readonly SSECustomerKey?: string | undefined;
  readonly SSECustomerKeyMD5?: string | undefined;
  readonly SSEKMSKeyId?: string | undefined;
  readonly SSEKMSEncryptionContext?: string | undefined;
}

/** A sealing, and the key that does it. */
export interface SealingKey { readonly sealing: Sealing; readonly key: Uint8Array; /** Of a client's own. */ readonly keyMd5: string | undefined }

const keyBytes = 32;
const opened = new WeakMap<BucketDoc, Uint8Array>();

/** The bucket's own key. */
function bucketKey({ bucket, owner }: OwnedBucket, seal: Seal): Uint8Array {
  let key = opened.get(bucket);
  if (!key) opened.set(bucket, (key = Buffer.from(seal.open(bucket.SealingKey, sealingKeyPlace(owner, bucket.BucketId)), 'base64')));
  return key;
}

export const sealingKeyPlace = (account: string, bucketId: string) => ({ account, table: 'buckets', key: bucketId, field: 'SealingKey' });

/** How a new object is sealed. */
export function newSealing(input: EncryptionInput, owned: OwnedBucket, { error, seal, s3 }: S3Run): SealingKey {
  const customer = customerKey(input, error);
  if (input.SSEKMSKeyId !== undefined || input.SSEKMSEncryptionContext !== undefined || input.ServerSideEncryption?.startsWith('aws:')) throw error('NotImplemented', 'Encryption with keys of KMS is not implemented.');
  if (input.ServerSideEncryption !== undefined && input.ServerSideEncryption !== 'AES256') throw error('InvalidEncryptionAlgorithmError', 'The encryption request that you specified is not valid. Supported value: AES256.', { details: { ArgumentName: 'x-amz-server-side-encryption', ArgumentValue: input.ServerSideEncryption.slice(0, 64) } });
  if (!customer) return { sealing: { kind: 'AES256' }, key: bucketKey(owned, seal), keyMd5: undefined };
  if (input.ServerSideEncryption !== undefined) throw error('InvalidArgument', 'Server Side Encryption with Customer provided key is incompatible with the encryption method specified', { details: { ArgumentName: 'x-amz-server-side-encryption', ArgumentValue: input.ServerSideEncryption } });
  const salt = Buffer.from(s3.random(16)).toString('base64');
  return { sealing: { kind: 'customer', salt, proof: proofOf(customer.key, salt).toString('base64') }, ...customer };
}

const proofOf = (key: Uint8Array, salt: string): Buffer => createHmac('sha256', key).update(salt).digest();

/** The key that opens what was sealed so. */
export function openingKey(sealing: Sealing, input: EncryptionInput, owned: OwnedBucket, { error, seal }: S3Run): SealingKey {
  const customer = customerKey(input, error);
  if (sealing.kind === 'AES256') {
    if (customer) throw error('InvalidRequest', 'The encryption parameters are not applicable to this object.');
    return { sealing, key: bucketKey(owned, seal), keyMd5: undefined };
  }
  if (!customer) throw error('InvalidRequest', 'The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.');
  if (!timingSafeEqual(proofOf(customer.key, sealing.salt), Buffer.from(sealing.proof, 'base64'))) throw error('AccessDenied', 'Access Denied');
  return { sealing, ...customer };
}

function customerKey({ SSECustomerAlgorithm, SSECustomerKey, SSECustomerKeyMD5 }: EncryptionInput, error: Raise<'InvalidArgument' | 'InvalidRequest' | 'InvalidEncryptionAlgorithmError'>): { readonly key: Uint8Array; readonly keyMd5: string } | undefined {
  if (SSECustomerAlgorithm === undefined && SSECustomerKey === undefined && SSECustomerKeyMD5 === undefined) return undefined;
  if (SSECustomerAlgorithm === undefined) throw error('InvalidArgument', 'Requests specifying Server Side Encryption with Customer provided keys must provide a valid encryption algorithm.');
  if (SSECustomerAlgorithm !== 'AES256') throw error('InvalidEncryptionAlgorithmError', 'The encryption request that you specified is not valid. Supported value: AES256.');
  if (SSECustomerKey === undefined) throw error('InvalidArgument', 'Requests specifying Server Side Encryption with Customer provided keys must provide an appropriate secret key.');
  const key = Buffer.from(SSECustomerKey, 'base64');
  if (key.length !== keyBytes || key.toString('base64') !== SSECustomerKey) throw error('InvalidArgument', 'The secret key was invalid for the specified algorithm.');
  if (SSECustomerKeyMD5 === undefined) throw error('InvalidArgument', 'Requests specifying Server Side Encryption with Customer provided keys must provide the client calculated MD5 of the secret key.');
  const keyMd5 = createHash('md5').update(key).digest('base64');
  if (keyMd5 !== SSECustomerKeyMD5) throw error('InvalidArgument', 'The calculated MD5 hash of the key did not match the hash that was provided.');
  return { key, keyMd5 };
}

/** What an answer says of how an object is sealed. */
export function sealingAnswer({ sealing, keyMd5 }: SealingKey) {
  const isBuckets = sealing.kind === 'AES256';
  return { ServerSideEncryption: isBuckets ? 'AES256' as const : undefined, SSECustomerAlgorithm: isBuckets ? undefined : 'AES256', SSECustomerKeyMD5: isBuckets ? undefined : keyMd5 };
}
