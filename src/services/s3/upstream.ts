/** What operations do to a bucket whose objects are in another store: they are handed on by the model, with names translated both ways and nothing passed that Gatehouse answers for itself. */
import type { CopyObjectRequest, S3, UploadPartCopyRequest } from '../../../models/s3.ts';
import type { StreamedBody } from '../../base/byte-stream.ts';
import { withAllAtHand } from '../../base/not-at-hand.ts';
import { bucketAsk } from './ask.ts';
import { getBucket } from './bucket.ts';
import type { BucketOperation, S3Run } from './bucket.ts';
import type { UpstreamBucket } from './owned-bucket.ts';
import { copySourceOf } from './copy-source.ts';
import { checkKey, refuseAcl, storedEncoding } from './object-input.ts';
import { canonicalUser } from './owner.ts';
import { checkedBody } from './put-object-body.ts';
import { lacking } from './upstream-features.ts';
import { UpstreamFailed, UpstreamRefused } from './upstreams.ts';

type Members = { readonly [member: string]: unknown };

/** Members that are between the client and Gatehouse: who owns the bucket, who pays, how the body came. */
const kept: ReadonlySet<string> = new Set(['ExpectedBucketOwner', 'ExpectedSourceBucketOwner', 'RequestPayer', 'ACL', 'GrantFullControl', 'GrantRead', 'GrantReadACP', 'GrantWrite', 'GrantWriteACP', 'ContentLength']);

/** There the header says what the object is to have; elsewhere, how the request was sent. */
const algorithmCounts: ReadonlySet<string> = new Set(['CopyObject', 'CreateMultipartUpload']);

/** Hands on an operation as it is. */
export async function forward<Name extends BucketOperation>(name: Name, input: S3[Name]['input'], context: S3Run, owned: UpstreamBucket): Promise<S3[Name]['output']> {
  const given: Members = { ...input };
  refuseUnkept(given, context);
  const { Store, Bucket } = owned.bucket.Upstream;
  const without = assertHas(name, given, context, owned);
  if (without) return without.answer;
  const encoding = given['ContentEncoding'];
  const handedOn: Record<string, unknown> = {};
  for (const [member, value] of Object.entries(given)) if (!kept.has(member) && (member !== 'ChecksumAlgorithm' || algorithmCounts.has(name))) handedOn[member] = value;
  if (typeof encoding === 'string') handedOn['ContentEncoding'] = storedEncoding(encoding);
  const { contentSha256 } = context.transport;
  try {
    // An edge, twice: the members of one operation, but for those that are kept.
    const output = await context.s3.upstreams.call(Store, name, { ...handedOn, Bucket } as S3[Name]['input'], { payloadSha256: contentSha256 !== undefined && /^[0-9a-f]{64}$/.test(contentSha256) ? contentSha256 : undefined });
    return translated(output as Members, given, owned) as S3[Name]['output'];
  } catch (thrown) {
    throw upstreamError(thrown, owned, given, context);
  }
}

/** Raises NotImplemented where the store lacks what is asked for. Of one that is named no more nothing is known: the call says so. */
export function assertHas<Name extends BucketOperation>(name: Name, given: Members, { s3: { upstreams } }: S3Run, { bucket: { Upstream: { Store } } }: UpstreamBucket): { readonly answer: S3[Name]['output'] } | undefined {
  return upstreams.regionOf(Store) === undefined ? undefined : lacking(name, given, (feature) => upstreams.has(Store, feature));
}

/** The same of an object that may be missing, which is told only to who may list. */
export async function forwardOfObject<Name extends BucketOperation>(name: Name, input: S3[Name]['input'], context: S3Run, owned: UpstreamBucket): Promise<S3[Name]['output']> {
  try {
    return await forward(name, input, context, owned);
  } catch (thrown) {
    if (thrown instanceof Error && absences.has(thrown.name)) await assertMayList({ ...input }, context, owned);
    throw thrown;
  }
}

const absences: ReadonlySet<string> = new Set(['NoSuchKey', 'NoSuchVersion', 'MethodNotAllowed']);

async function assertMayList({ VersionId }: Members, context: S3Run, owned: UpstreamBucket): Promise<void> {
  await withAllAtHand(() => context.require([bucketAsk('s3:ListBucket', owned, context, { VersionId })]));
}

/** The same with a body, which is read as the store takes it. */
export async function forwardBody<Name extends 'PutObject' | 'UploadPart'>(name: Name, input: S3[Name]['input'], context: S3Run, owned: UpstreamBucket): Promise<S3[Name]['output']> {
  const body = checkedBody(input.Body as StreamedBody | undefined, context);
  body.forgoMd5?.();
  // A store has to be told the length before the first byte.
  if (body.statedBytes === undefined) throw context.error('NotImplemented', 'Forms are not taken for buckets whose objects are in another store.');
  return forward(name, { ...input, Body: body }, context, owned);
}

/** The same of a copy: its source has to be in the same store. */
export async function forwardCopy<Name extends 'CopyObject' | 'UploadPartCopy'>(name: Name, input: S3[Name]['input'], context: S3Run, owned: UpstreamBucket): Promise<S3[Name]['output']> {
  const { bucket, key, versionId } = copySourceOf(input.CopySource);
  const source = getBucket(bucket, context);
  if (input.ExpectedSourceBucketOwner !== undefined && input.ExpectedSourceBucketOwner !== source.owner) throw context.error('AccessDenied', 'Access Denied');
  const { Upstream } = source.bucket;
  if (Upstream?.Store !== owned.bucket.Upstream.Store) throw copyBetweenStores(context);
  refuseDotSegments(key, context);
  const CopySource = `${Upstream.Bucket}/${key.split('/').map(encodeURIComponent).join('/')}${versionId === undefined ? '' : `?versionId=${encodeURIComponent(versionId)}`}`;
  try {
    return await forward(name, { ...input, CopySource } satisfies CopyObjectRequest | UploadPartCopyRequest as S3[Name]['input'], context, owned);
  } catch (thrown) {
    if (thrown instanceof Error && absences.has(thrown.name)) await assertMayList({ VersionId: versionId }, context, { bucket: { ...source.bucket, Upstream }, owner: source.owner });
    throw thrown;
  }
}

export const copyBetweenStores = ({ error }: Pick<S3Run, 'error'>) => error('NotImplemented', 'Copies from one store of objects to another are not implemented: read the object and put it.');

/** What stands here is refused as it is elsewhere; what would be lost on the way is refused, too. */
function refuseUnkept(given: Members, context: S3Run): void {
  refuseAcl(given as Parameters<typeof refuseAcl>[0], context);
  if (typeof given['Key'] !== 'string') return;
  checkKey(given['Key'], context);
  refuseDotSegments(given['Key'], context);
}

/** A store, or a proxy before it, may read dots in a path as a way up, out of the bucket. */
export function refuseDotSegments(key: string, { error }: Pick<S3Run, 'error'>): void {
  if (/(?:^|[/\\])\.{1,2}(?:[/\\]|$)/.test(key)) throw error('InvalidArgument', 'A key with a segment of dots cannot be in a bucket whose objects are in another store.', { details: { ArgumentName: 'Key', ArgumentValue: key.slice(0, 256) } });
}

/** Names as they are here: the bucket's, and its owner's for whoever owns it there. */
function translated(output: Members | undefined, { Bucket, Key }: Members, { owner }: UpstreamBucket): Members | undefined {
  if (output === undefined) return undefined;
  const Owner = canonicalUser(owner);
  const own = (items: unknown): unknown => (Array.isArray(items) ? items.map((item: Members) => ({ ...item, ...(item['Owner'] !== undefined && { Owner }), ...(item['Initiator'] !== undefined && { Initiator: Owner }) })) : items);
  const { RequestCharged: _, ...rest } = output;
  return {
    ...rest,
    ...('Name' in output && { Name: Bucket }),
    ...('Bucket' in output && { Bucket }),
    ...('Location' in output && { Location: `/${String(Bucket)}/${String(Key)}` }),
    ...('Owner' in output && { Owner }),
    ...('Initiator' in output && { Initiator: Owner }),
    ...Object.fromEntries(['Contents', 'Versions', 'DeleteMarkers', 'Uploads'].flatMap((list) => (list in output ? [[list, own(output[list])] as const] : []))),
  };
}

/** What the store said of what was `given`, to our caller; anything else as it is. */
export function upstreamError(thrown: unknown, { bucket }: UpstreamBucket, given: Members, { error, s3 }: Pick<S3Run, 'error' | 's3'>): unknown {
  if (thrown instanceof UpstreamFailed) {
    s3.upstreamFailed(bucket.Upstream.Store, thrown);
    switch (thrown.failure) {
      case 'busy': return error('SlowDown', 'Please reduce your request rate.', { cause: thrown });
      case 'away': return error('ServiceUnavailable', 'The store of objects behind this bucket cannot be reached. Please try again.', { cause: thrown });
      case 'misconfigured': return error('InternalError', 'The store of objects behind this bucket does not serve Gatehouse: its operator finds the reason in the log.', { cause: thrown });
    }
  }
  if (!(thrown instanceof UpstreamRefused)) return thrown;
  const { code, message, headers } = thrown;
  if (code === 'NoSuchBucket') {
    s3.upstreamFailed(bucket.Upstream.Store, new UpstreamFailed('misconfigured', `it has no bucket ${bucket.Upstream.Bucket}`));
    return error('NoSuchBucket', 'The specified bucket does not exist', { details: { BucketName: bucket.BucketName } });
  }
  const details = Object.fromEntries(['Key', 'VersionId', 'UploadId'].flatMap((name) => (typeof given[name] === 'string' ? [[name, given[name].slice(0, 1_024)] as const] : [])));
  // An edge: a name that S3 has, though the model lists it for no operation.
  return error(code as 'InvalidRequest', message.slice(0, 512), { details, headers });
}
