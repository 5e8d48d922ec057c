/** What answers say of an object. */
import type { BodyDigests } from '../../base/byte-stream.ts';
import type { StoredChecksum } from './attributes.ts';

export const quoted = (etag: string): string => `"${etag}"`;

type ChecksumMembers = { readonly [Name in `Checksum${StoredChecksum['algorithm']}`]?: string };

/** The member that holds it. */
export const checksumMember = (checksum: { readonly algorithm: StoredChecksum['algorithm']; readonly value: string } | undefined): ChecksumMembers => (checksum ? { [`Checksum${checksum.algorithm}`]: checksum.value } : {});

export const checksumAnswer = (checksum: StoredChecksum | undefined) => (checksum ? { ...checksumMember(checksum), ChecksumType: checksum.type } : {});

/** The checksum that a body was verified by, as it is stored. */
export const storedChecksum = (checksum: BodyDigests['checksum']): StoredChecksum | undefined => checksum && { ...checksum, type: 'FULL_OBJECT' };
