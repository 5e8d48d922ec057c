/** Lists of what is in a bucket: keys, versions, page by page in the order of their bytes. */
import { onBucket } from './bucket.ts';
import type { S3Run } from './bucket.ts';
import type { OwnedBucket } from './owned-bucket.ts';
import type { ObjectAttributes } from './attributes.ts';
import { s3Limits } from './limits.ts';
import { quoted } from './object-answer.ts';
import type { ObjectVersion, Page, PageEntry, PageOptions } from './objects/object-store.ts';
import { canonicalUser } from './owner.ts';
import { refused } from './refused.ts';
import { forward } from './upstream.ts';

interface Listing { readonly Bucket: string; readonly Prefix?: string | undefined; readonly Delimiter?: string | undefined; readonly MaxKeys?: number | undefined; readonly EncodingType?: 'url' | undefined }

/** Keys as the answer writes them: XML cannot hold all that a key may be. */
export function keyWriter(EncodingType: 'url' | undefined): (key: string) => string {
  if (EncodingType === undefined) return (key) => key;
  return (key) => encodeURIComponent(key).replaceAll('%2F', '/').replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

export function pageSize(limit: number | undefined, name: string, { error }: Pick<S3Run, 'error'>): number {
  if (limit !== undefined && limit < 0) throw error('InvalidArgument', `Argument ${name} must be an integer between 0 and 2147483647`, { details: { ArgumentName: name, ArgumentValue: String(limit) } });
  return Math.min(limit ?? s3Limits.pageMax, s3Limits.pageMax);
}

/** One page. `read` is not asked where nothing is wanted. */
export function page<Item>(input: Listing, after: string | undefined, limit: number, { bucket }: OwnedBucket, context: S3Run, read: (options: PageOptions) => Page<Item>): Page<Item> {
  if (limit === 0) return { entries: [], isTruncated: false };
  const { Prefix, Delimiter } = input;
  try {
    return read({ bucket: bucket.BucketId, limit, ...(Prefix && { prefix: Prefix }), ...(Delimiter && { delimiter: Delimiter }), ...(after && { after }) });
  } catch (thrown) {
    throw refused(thrown, input, context.error);
  }
}

export const itemsOf = <Item>(entries: readonly PageEntry<Item>[]): readonly Item[] => entries.flatMap((entry) => ('item' in entry ? [entry.item] : []));
export const prefixesOf = (entries: readonly PageEntry<unknown>[], write: (key: string) => string) => entries.flatMap((entry) => ('commonPrefix' in entry ? [{ Prefix: write(entry.commonPrefix) }] : []));
export const lastOf = (entries: readonly PageEntry<{ readonly key: string }>[]): string | undefined => {
  const last = entries.at(-1);
  return last && ('item' in last ? last.item.key : last.commonPrefix);
};

const contentOf = (write: (key: string) => string, Owner?: { readonly ID: string }) => ({ key, lastModified, etag, sizeBytes, attributes }: ObjectVersion<ObjectAttributes>) => ({
  Key: write(key), LastModified: lastModified, ETag: quoted(etag),
  ...(attributes.checksum && { ChecksumAlgorithm: [attributes.checksum.algorithm], ChecksumType: attributes.checksum.type }),
  Size: sizeBytes, StorageClass: 'STANDARD' as const, ...(Owner && { Owner }),
});

/** What is common to the answers. */
const echoed = (input: Listing, limit: number, write: (key: string) => string) => ({
  Name: input.Bucket, Prefix: write(input.Prefix ?? ''), MaxKeys: limit, ...(input.Delimiter && { Delimiter: write(input.Delimiter) }), ...(input.EncodingType !== undefined && { EncodingType: input.EncodingType }),
});

export const listObjects = {
  ListObjectsV2: onBucket('ListObjectsV2', (input, context, owned) => {
    const write = keyWriter(input.EncodingType);
    const limit = pageSize(input.MaxKeys, 'max-keys', context);
    const after = input.ContinuationToken === undefined ? input.StartAfter : tokenKey(input.ContinuationToken, context);
    const { entries, isTruncated } = page(input, after, limit, owned, context, (options) => context.objects.list(options));
    return {
      ...echoed(input, limit, write),
      KeyCount: entries.length,
      IsTruncated: isTruncated,
      ...(input.StartAfter !== undefined && { StartAfter: write(input.StartAfter) }),
      ...(input.ContinuationToken !== undefined && { ContinuationToken: input.ContinuationToken }),
      ...(isTruncated && { NextContinuationToken: tokenOf(lastOf(entries)!) }),
      Contents: itemsOf(entries).map(contentOf(write, input.FetchOwner ? canonicalUser(owned.owner) : undefined)),
      CommonPrefixes: prefixesOf(entries, write),
    };
  }, { needsObjects: true, upstream: forward }),
  ListObjects: onBucket('ListObjects', (input, context, owned) => {
    const write = keyWriter(input.EncodingType);
    const limit = pageSize(input.MaxKeys, 'max-keys', context);
    const { entries, isTruncated } = page(input, input.Marker, limit, owned, context, (options) => context.objects.list(options));
    return {
      ...echoed(input, limit, write),
      Marker: write(input.Marker ?? ''),
      IsTruncated: isTruncated,
      // AWS: without a delimiter the last key is the marker.
      ...(isTruncated && input.Delimiter && { NextMarker: write(lastOf(entries)!) }),
      Contents: itemsOf(entries).map(contentOf(write, canonicalUser(owned.owner))),
      CommonPrefixes: prefixesOf(entries, write),
    };
  }, { needsObjects: true, upstream: forward }),
  ListObjectVersions: onBucket('ListObjectVersions', (input, context, owned) => {
    const { error } = context;
    if (input.VersionIdMarker !== undefined && !input.KeyMarker) throw error('InvalidArgument', 'A version-id marker cannot be specified without a key marker.', { details: { ArgumentName: 'version-id-marker' } });
    const write = keyWriter(input.EncodingType);
    const limit = pageSize(input.MaxKeys, 'max-keys', context);
    const { entries, isTruncated } = page(input, input.KeyMarker, limit, owned, context, (options) => context.objects.listVersions({ ...options, afterVersionId: input.VersionIdMarker || undefined }));
    const items = itemsOf(entries);
    const Owner = canonicalUser(owned.owner);
    const last = entries.at(-1);
    const content = contentOf(write, Owner);
    return {
      ...echoed(input, limit, write),
      KeyMarker: write(input.KeyMarker ?? ''), VersionIdMarker: input.VersionIdMarker ?? '',
      IsTruncated: isTruncated,
      ...(isTruncated && { NextKeyMarker: write(lastOf(entries)!), ...(last && 'item' in last && { NextVersionIdMarker: last.item.versionId }) }),
      Versions: items.filter(({ isDeleteMarker }) => !isDeleteMarker).map((version) => Object.assign(content(version), { VersionId: version.versionId, IsLatest: version.isLatest })),
      DeleteMarkers: items.filter(({ isDeleteMarker }) => isDeleteMarker).map(({ key, versionId, isLatest, lastModified }) => ({ Key: write(key), VersionId: versionId, IsLatest: isLatest, LastModified: lastModified, Owner })),
      CommonPrefixes: prefixesOf(entries, write),
    };
  }, { needsObjects: true, upstream: forward }),
};

/** A key, where a list goes on: nothing that the caller has not seen. */
const tokenOf = (key: string): string => Buffer.from(`1${key}`).toString('base64url');

function tokenKey(token: string, { error }: S3Run): string {
  const text = Buffer.from(token, 'base64url').toString();
  if (!text.startsWith('1') || text.length === 1) throw error('InvalidArgument', 'The continuation token provided is incorrect', { details: { ArgumentName: 'continuation-token' } });
  return text.slice(1);
}
