/** The bucket that a request addresses, found by its name in the partition and read from its owner's account; and how operations on it are put together. */
import type { S3, S3Error } from '../../../models/s3.ts';
import type { Ask } from '../../authz/ask.ts';
import type { Raise } from '../../base/api-error.ts';
import type { BucketDoc } from '../../store/bucket-doc.ts';
import type { PartitionView } from '../../store/store.ts';
import type { AccessContext, OpenCaller, OpenOperation, RunContext } from '../operation.ts';
import { asksOf } from './access.ts';
import type { AskContext } from './access.ts';
import { copySourceOf } from './copy-source.ts';
import { existingTags } from './existing-tags.ts';
import { isUpstream } from './owned-bucket.ts';
import type { OwnedBucket, UpstreamBucket } from './owned-bucket.ts';

export type S3Access = AccessContext<S3Error, OpenCaller>;
export type S3Run = RunContext<S3Error, OpenCaller>;

interface Addressing { readonly Bucket: string; readonly ExpectedBucketOwner?: string | undefined; readonly CopySource?: string | undefined }

/** The bucket of that name. Raises NoSuchBucket. */
export function getBucket(name: string, { partition, view, accountView, error }: Pick<S3Access, 'partition' | 'view' | 'accountView' | 'error'>): OwnedBucket {
  const known = partition.bucketNames.find(name);
  const owner = known && (known.AccountId === view.account ? view : accountView(known.AccountId));
  const bucket = known && owner?.buckets.find(known.BucketId);
  if (!known || !bucket) throw noSuchBucket(name, error);
  return { bucket, owner: known.AccountId };
}

export const noSuchBucket = (name: string, error: Raise<'NoSuchBucket'>) => error('NoSuchBucket', 'The specified bucket does not exist', { details: { BucketName: name } });

/** The account that owns the bucket of that name. Raises NoSuchBucket. */
export function ownerOf(name: string, partition: PartitionView, error: Raise<'NoSuchBucket'>): string {
  const known = partition.bucketNames.find(name);
  if (!known) throw noSuchBucket(name, error);
  return known.AccountId;
}

/** The bucket that a request addresses, as the request expects it. */
export function getAddressed(input: Addressing, context: S3Access): OwnedBucket {
  const owned = getBucket(input.Bucket, context);
  if (input.ExpectedBucketOwner !== undefined && input.ExpectedBucketOwner !== owned.owner) throw context.error('AccessDenied', 'Access Denied');
  return owned;
}

/** A bucket is its region's: a request that was signed for another is told so. Source: "Virtual hosting of general purpose buckets" (S3 User Guide); recorded answers. */
export function checkRegion({ bucket }: OwnedBucket, { caller, region, transport, error }: S3Access): void {
  if (caller.kind === 'anonymous' || bucket.Region === region) return;
  const reason = `the region '${region}' is wrong; expecting '${bucket.Region}'`;
  const told = { details: { Region: bucket.Region }, headers: { 'x-amz-bucket-region': bucket.Region } };
  if (transport.authType === 'REST-QUERY-STRING') throw error('AuthorizationQueryParametersError', `Error parsing the X-Amz-Credential parameter; ${reason}`, told);
  throw error('AuthorizationHeaderMalformed', `The authorization header is malformed; ${reason}`, told);
}

export type BucketOperation = { [Name in keyof S3]: S3[Name]['input'] extends { readonly Bucket: string } ? Name : never }[keyof S3];

/** What an operation does to a bucket whose objects are in another store. */
export type UpstreamRun<Name extends BucketOperation> = (name: Name, input: S3[Name]['input'], context: S3Run, owned: UpstreamBucket) => S3[Name]['output'] | Promise<S3[Name]['output']>;

/** Whoever looks at objects says where else they may be; what is the bucket's own is the same wherever they are. */
type Options<Name extends BucketOperation> = { readonly isOfAnyRegion?: boolean } & ({ readonly needsObjects?: false; readonly upstream?: UpstreamRun<Name> } | { readonly needsObjects: true; readonly upstream: UpstreamRun<Name> });

/** An operation on a bucket or on what is in it. What it asks for stands in the table of access.ts. */
export function onBucket<Name extends BucketOperation & keyof typeof asksOf, Output extends S3[Name]['output']>(
  name: Name,
  run: (input: S3[Name]['input'], context: S3Run, owned: OwnedBucket) => Output | Promise<Output>,
  { needsObjects = false, isOfAnyRegion = false, upstream }: Options<Name> = {},
): OpenOperation<S3[Name]['input'], Output, S3Error> {
  // An edge: the row of the table was checked against the same operation's input.
  const asks = asksOf[name] as (input: S3[Name]['input'], owned: OwnedBucket, context: AskContext) => readonly [Ask, ...Ask[]];
  const addressing = (input: S3[Name]['input']): Addressing => input as Addressing;
  return {
    proof: 'signatureOrNone',
    needsObjects,
    accounts(input, partition, error) {
      const { Bucket, CopySource } = addressing(input);
      return [ownerOf(Bucket, partition, error), ...(CopySource === undefined ? [] : [ownerOf(copySourceOf(CopySource).bucket, partition, error)])];
    },
    access(input, context) {
      const owned = getAddressed(addressing(input), context);
      if (!isOfAnyRegion) checkRegion(owned, context);
      return asks(input, owned, askContext(context));
    },
    run(input, context) {
      const owned = getBucket(addressing(input).Bucket, context);
      // An edge: what another store answers was read by the model, and is no narrower than its type.
      return upstream && isUpstream(owned) ? (upstream(name, input, context, owned) as Promise<Output>) : run(input, context, owned);
    },
  };
}

/** What the rows of the table look at. The store of objects is looked for only by those that need it. */
export function askContext(context: S3Access): AskContext {
  const { caller, transport, now, partition } = context;
  return {
    caller, transport, now, partition,
    tagsOf: existingTags(context),
    source: (name) => getBucket(name, context),
  };
}

/** Changes a bucket's document in its owner's account, if the bucket is still there. */
export async function changeBucket({ bucket, owner }: OwnedBucket, context: S3Run, change: (bucket: BucketDoc) => BucketDoc): Promise<void> {
  await context.writeIn(owner, (draft) => {
    const current = draft.buckets.find(bucket.BucketId);
    if (!current) throw noSuchBucket(bucket.BucketName, context.error);
    draft.buckets.update(change(current));
  });
}
