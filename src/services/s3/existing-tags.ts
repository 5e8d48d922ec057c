/** The tags that an object has, for conditions and copies that ask: at hand where the object is here, asked for once a request where it is in another store. */
import { ApiError } from '../../base/api-error.ts';
import { NotAtHand } from '../../base/not-at-hand.ts';
import type { Transport } from '../../authz/request-context.ts';
import type { S3Error } from '../../../models/s3.ts';
import type { AccessContext, OpenCaller } from '../operation.ts';
import type { Tag } from './ask.ts';
import { isUpstream } from './owned-bucket.ts';
import type { OwnedBucket, UpstreamBucket } from './owned-bucket.ts';
import { UpstreamFailed, UpstreamRefused } from './upstreams.ts';

type Context = AccessContext<S3Error, OpenCaller>;

export interface TaggedObject { readonly Key: string; readonly VersionId?: string | undefined }

export type ExistingTags = (owned: OwnedBucket, object: TaggedObject) => readonly Tag[] | undefined;

/** What was brought for a request, which has one transport. */
const brought = new WeakMap<Transport, Map<string, readonly Tag[]>>();

/** The store of objects is looked for only where it is needed. Throws NotAtHand. */
export function existingTags(context: Pick<Context, 'transport' | 'objects' | 's3'>): ExistingTags {
  return (owned, object) => {
    if (!isUpstream(owned)) return context.objects.find({ bucket: owned.bucket.BucketId, key: object.Key }, object.VersionId)?.attributes?.tags;
    let known = brought.get(context.transport);
    if (!known) brought.set(context.transport, (known = new Map()));
    const place = JSON.stringify([owned.bucket.BucketId, object.Key, object.VersionId]);
    const tags = known.get(place);
    if (tags) return tags;
    throw new NotAtHand(async () => void known.set(place, await askStore(owned, object, context.s3)));
  };
}

/** An object that is not there has no tags, nor has any where the store knows no tags. */
const tagless: ReadonlySet<string> = new Set(['NoSuchKey', 'NoSuchVersion', 'MethodNotAllowed', 'NotImplemented']);

async function askStore({ bucket: { Upstream } }: UpstreamBucket, { Key, VersionId }: TaggedObject, s3: Context['s3']): Promise<readonly Tag[]> {
  if (s3.upstreams.regionOf(Upstream.Store) !== undefined && !s3.upstreams.has(Upstream.Store, 'tagging')) return [];
  try {
    return (await s3.upstreams.call(Upstream.Store, 'GetObjectTagging', { Bucket: Upstream.Bucket, Key, VersionId })).TagSet;
  } catch (thrown) {
    if (thrown instanceof UpstreamRefused && tagless.has(thrown.code)) return [];
    if (!(thrown instanceof UpstreamFailed)) throw thrown;
    // What a condition asks for cannot be known: nothing is allowed.
    s3.upstreamFailed(Upstream.Store, thrown);
    throw new ApiError('ServiceUnavailable', 'The store of objects behind this bucket cannot be reached. Please try again.', { cause: thrown });
  }
}
