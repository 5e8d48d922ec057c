/** A bucket with the account that owns it, and where its objects are. */
import type { BucketDoc } from '../../store/bucket-doc.ts';

/** A bucket and the account that owns it. */
export interface OwnedBucket { readonly bucket: BucketDoc; readonly owner: string }

/** One whose objects are in another store. */
export interface UpstreamBucket extends OwnedBucket { readonly bucket: BucketDoc & { readonly Upstream: NonNullable<BucketDoc['Upstream']> } }

export const isUpstream = (owned: OwnedBucket): owned is UpstreamBucket => owned.bucket.Upstream !== undefined;
