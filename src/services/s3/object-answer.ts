/** What answers say of an object. */
import type { BodyDigests } from '../../base/byte-stream.ts';
import type { ObjectAttributes, StoredChecksum } from './attributes.ts';
import type { ObjectVersion } from './objects/object-store.ts';

export const quoted = (etag: string): string => `"${etag}"`;

type ChecksumMembers = { readonly [Name in `Checksum${StoredChecksum['algorithm']}`]?: string };

/** The member that holds it. */
export const checksumMember = (checksum: { readonly algorithm: StoredChecksum['algorithm']; readonly value: string } | undefined): ChecksumMembers => (checksum ? { [`Checksum${checksum.algorithm}`]: checksum.value } : {});

export const checksumAnswer = (checksum: StoredChecksum | undefined) => (checksum ? { ...checksumMember(checksum), ChecksumType: checksum.type } : {});

/** The checksum that a body was verified by, as it is stored. */
export const storedChecksum = (checksum: BodyDigests['checksum']): StoredChecksum | undefined => checksum && { ...checksum, type: 'FULL_OBJECT' };

/** The headers of an object. */
export function objectHeaders({ etag, lastModified, attributes }: ObjectVersion<ObjectAttributes>) {
  const { CacheControl, ContentDisposition, ContentEncoding, ContentLanguage, ContentType = 'binary/octet-stream', Expires, metadata, tags } = attributes;
  return {
    CacheControl, ContentDisposition, ContentEncoding, ContentLanguage, ContentType, Expires,
    AcceptRanges: 'bytes', LastModified: lastModified, ETag: quoted(etag), Metadata: metadata,
    TagCount: tags.length > 0 ? tags.length : undefined,
  };
}
