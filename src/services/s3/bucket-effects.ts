/** What making and removing a bucket does outside the journal: recorded before it is begun, done again at the next start where a crash came between. */
import { ApiError } from '../../base/api-error.ts';
import type { BucketDoc } from '../../store/bucket-doc.ts';
import { EffectRefused } from '../../store/intents.ts';
import type { Effect, Intents } from '../../store/intents.ts';
import type { Objects } from './attributes.ts';
import { UpstreamFailed, UpstreamRefused } from './upstreams.ts';
import type { Upstreams } from './upstreams.ts';

type Place = NonNullable<BucketDoc['Upstream']>;

/** The bucket that goes: its folder here, or the bucket of another store. */
export type Removal = { readonly BucketId: string; readonly BucketName: string; readonly Store: string | null; readonly StoreBucket: string | null };
/** The bucket that is made in another store, and all that it is to be. */
export type Making = { readonly BucketName: string; readonly Bucket: string };

export interface BucketEffects {
  readonly removing: Effect<Removal>;
  readonly making: Effect<Making>;
}

export interface BucketEffectParts { readonly intents: Intents; readonly objects: () => Promise<Objects>; readonly upstreams: Upstreams }

export const removalOf = ({ BucketId, BucketName, Upstream }: BucketDoc): Removal => ({ BucketId, BucketName, Store: Upstream?.Store ?? null, StoreBucket: Upstream?.Bucket ?? null });

/** A document travels as its JSON: an intent's payload has no optional members. */
export const makingOf = (bucket: BucketDoc): Making => ({ BucketName: bucket.BucketName, Bucket: JSON.stringify(bucket) });

/** An edge: it was written by `makingOf`. */
const madeOf = ({ Bucket }: Making): BucketDoc & { readonly Upstream: Place } => JSON.parse(Bucket) as BucketDoc & { readonly Upstream: Place };

export function registerBucketEffects({ intents, objects, upstreams }: BucketEffectParts): BucketEffects {
  const removing: Effect<Removal> = {
    kind: 's3:RemoveBucket',
    async perform({ payload: { BucketId, BucketName, Store, StoreBucket } }) {
      const isGone = Store === null || StoreBucket === null ? await (await objects()).removeBucketIfEmpty(BucketId) : await removeUpstream(upstreams, Store, StoreBucket);
      if (!isGone) throw new EffectRefused('the bucket is not empty', { cause: new ApiError('BucketNotEmpty', 'The bucket you tried to delete is not empty', { details: { BucketName } }) });
    },
    finish(draft, { payload: { BucketId, BucketName } }) {
      if (draft.partition.bucketNames.find(BucketName)?.BucketId === BucketId) draft.partition.bucketNames.remove(BucketName);
      draft.buckets.remove(BucketId);
    },
    abandon() {},
  };
  const making: Effect<Making> = {
    kind: 's3:MakeUpstreamBucket',
    async perform({ payload }) {
      const { Upstream, ObjectLock } = madeOf(payload);
      try {
        const region = upstreams.regionOf(Upstream.Store);
        // Source: CreateBucket (S3 API Reference): us-east-1 has no name as a location.
        await upstreams.call(Upstream.Store, 'CreateBucket', { Bucket: Upstream.Bucket, ...(region !== undefined && region !== 'us-east-1' && { CreateBucketConfiguration: { LocationConstraint: region } }), ...(ObjectLock && { ObjectLockEnabledForBucket: true }) });
      } catch (thrown) {
        // Made already, by this intent before a crash.
        if (thrown instanceof UpstreamRefused && thrown.code === 'BucketAlreadyOwnedByYou') return;
        if (thrown instanceof UpstreamRefused || (thrown instanceof UpstreamFailed && thrown.failure === 'misconfigured')) throw new EffectRefused('the store does not make it', { cause: thrown });
        throw thrown;
      }
    },
    finish(draft, { payload }) {
      // What is locked there and kept in versions is the store's to say from now on.
      const { ObjectLock: _, Versioning: __, ...bucket } = madeOf(payload);
      draft.buckets.insert(bucket);
    },
    abandon(draft, { payload }) {
      const { BucketId, BucketName } = madeOf(payload);
      if (draft.partition.bucketNames.find(BucketName)?.BucketId === BucketId) draft.partition.bucketNames.remove(BucketName);
    },
  };
  intents.register(removing);
  intents.register(making);
  return { removing, making };
}

/** False when it is not empty; true where it is gone already. */
async function removeUpstream(upstreams: Upstreams, store: string, bucket: string): Promise<boolean> {
  try {
    await upstreams.call(store, 'DeleteBucket', { Bucket: bucket });
    return true;
  } catch (thrown) {
    if (thrown instanceof UpstreamRefused && thrown.code === 'BucketNotEmpty') return false;
    if (thrown instanceof UpstreamRefused && thrown.code === 'NoSuchBucket') return true;
    throw thrown;
  }
}
