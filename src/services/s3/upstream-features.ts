/** What other stores may lack. One that does not know a subresource or a header passes over it: it would delete the bucket instead of its lifecycle, and keep unencrypted what was to be encrypted. So nothing of the kind goes to a store of which the operator does not say that it knows it. */
import type { S3 } from '../../../models/s3.ts';
import { ApiError } from '../../base/api-error.ts';

export const upstreamFeatures = ['attributes', 'conditional-writes', 'encryption', 'lifecycle', 'object-lock', 'storage-classes', 'tagging', 'versioning'] as const;
export type UpstreamFeature = (typeof upstreamFeatures)[number];

type Members = { readonly [member: string]: unknown };

/** An operation that needs one, and what is so where the store lacks it; where that is nothing, it is refused. */
const operations: { readonly [Name in keyof S3]?: { readonly feature: UpstreamFeature; readonly otherwise?: () => S3[Name]['output'] } } = {
  DeleteBucketEncryption: { feature: 'encryption' },
  DeleteBucketLifecycle: { feature: 'lifecycle' },
  DeleteObjectTagging: { feature: 'tagging' },
  GetBucketEncryption: { feature: 'encryption', otherwise: () => { throw new ApiError('ServerSideEncryptionConfigurationNotFoundError', 'The server side encryption configuration was not found'); } },
  GetBucketLifecycleConfiguration: { feature: 'lifecycle', otherwise: () => { throw new ApiError('NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist'); } },
  GetBucketVersioning: { feature: 'versioning', otherwise: () => ({}) },
  GetObjectAttributes: { feature: 'attributes' },
  GetObjectLegalHold: { feature: 'object-lock' },
  GetObjectLockConfiguration: { feature: 'object-lock', otherwise: () => { throw new ApiError('ObjectLockConfigurationNotFoundError', 'Object Lock configuration does not exist for this bucket'); } },
  GetObjectRetention: { feature: 'object-lock' },
  GetObjectTagging: { feature: 'tagging', otherwise: () => ({ TagSet: [] }) },
  ListObjectVersions: { feature: 'versioning' },
  PutBucketEncryption: { feature: 'encryption' },
  PutBucketLifecycleConfiguration: { feature: 'lifecycle' },
  PutBucketVersioning: { feature: 'versioning' },
  PutObjectLegalHold: { feature: 'object-lock' },
  PutObjectLockConfiguration: { feature: 'object-lock' },
  PutObjectRetention: { feature: 'object-lock' },
  PutObjectTagging: { feature: 'tagging' },
};

const writes: ReadonlySet<string> = new Set(['CompleteMultipartUpload', 'CopyObject', 'DeleteObject', 'DeleteObjects', 'PutObject'] satisfies (keyof S3)[]);

const always = (): boolean => true;
const ofWrite = (_: unknown, name: string): boolean => writes.has(name);

/** A member that needs one, where its value asks for something. */
const members: Readonly<Record<string, { readonly feature: UpstreamFeature; readonly asks: (value: unknown, operation: string) => boolean }>> = {
  BypassGovernanceRetention: { feature: 'object-lock', asks: (value) => value === true },
  BucketKeyEnabled: { feature: 'encryption', asks: always },
  CopySourceSSECustomerAlgorithm: { feature: 'encryption', asks: always },
  CopySourceSSECustomerKey: { feature: 'encryption', asks: always },
  CopySource: { feature: 'versioning', asks: (value) => String(value).includes('?versionId=') },
  IfMatch: { feature: 'conditional-writes', asks: ofWrite },
  IfNoneMatch: { feature: 'conditional-writes', asks: ofWrite },
  ObjectLockLegalHoldStatus: { feature: 'object-lock', asks: always },
  ObjectLockMode: { feature: 'object-lock', asks: always },
  ObjectLockRetainUntilDate: { feature: 'object-lock', asks: always },
  SSECustomerAlgorithm: { feature: 'encryption', asks: always },
  SSECustomerKey: { feature: 'encryption', asks: always },
  SSEKMSEncryptionContext: { feature: 'encryption', asks: always },
  SSEKMSKeyId: { feature: 'encryption', asks: always },
  ServerSideEncryption: { feature: 'encryption', asks: always },
  StorageClass: { feature: 'storage-classes', asks: (value) => value !== 'STANDARD' },
  Tagging: { feature: 'tagging', asks: (value) => value !== '' },
  TaggingDirective: { feature: 'tagging', asks: (value) => value === 'REPLACE' },
  VersionId: { feature: 'versioning', asks: always },
};

/** What is not handed on to any store. */
const never: Readonly<Record<string, string>> = { WebsiteRedirectLocation: 'Buckets are not served as websites.', WriteOffsetBytes: 'Objects are not appended to.', MFA: 'MFA Delete is not implemented.', IfMatchInitiatedTime: 'Conditions on the time of an upload are for directory buckets.', IfMatchLastModifiedTime: 'Conditions on size and time of a deletion are for directory buckets.', IfMatchSize: 'Conditions on size and time of a deletion are for directory buckets.' };

/** What is answered of a store that lacks what the operation needs; undefined where it may be handed on. Raises NotImplemented, and what is so of a store without it. */
export function lacking<Name extends keyof S3>(name: Name, input: Members, has: (feature: UpstreamFeature) => boolean): { readonly answer: S3[Name]['output'] } | undefined {
  const refuse = (what: string, feature: UpstreamFeature): never => { throw new ApiError('NotImplemented', `The store of objects behind this bucket is not said to have ${feature}, which ${what} needs.`); };
  for (const [member, why] of Object.entries(never)) if (input[member] !== undefined) throw new ApiError('NotImplemented', why);
  for (const [member, value] of Object.entries(input)) {
    const need = Object.hasOwn(members, member) && value !== undefined ? members[member] : undefined;
    if (need && need.asks(value, name) && !has(need.feature)) refuse(member, need.feature);
  }
  const needed = operations[name];
  if (!needed || has(needed.feature)) return undefined;
  return needed.otherwise ? { answer: needed.otherwise() } : refuse(name, needed.feature);
}
