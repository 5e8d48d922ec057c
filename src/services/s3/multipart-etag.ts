/** What an object that came in parts is known by: its entity tag, and its checksum of its parts' checksums or of the whole. Source: "Checking object integrity", "Multipart upload overview" (S3 User Guide). */
import { createHash } from 'node:crypto';
import { checksums } from '../../proof/payload/checksum.ts';
import { combinedCrc } from '../../proof/payload/combined-crc.ts';
import type { StoredChecksum, UploadAttributes } from './attributes.ts';

interface Part { readonly etag: string; readonly sizeBytes: number; readonly checksum: string | undefined }

/** The MD5 of the parts' MD5s, and how many they are. */
export function multipartEtag(parts: readonly Pick<Part, 'etag'>[]): string {
  const md5 = createHash('md5');
  for (const { etag } of parts) md5.update(Buffer.from(etag, 'hex'));
  return `${md5.digest('hex')}-${parts.length}`;
}

/** Undefined where the upload has no algorithm, or a part no checksum of it. */
export function multipartChecksum({ checksumAlgorithm: algorithm, checksumType: type }: UploadAttributes, parts: readonly Part[]): StoredChecksum | undefined {
  if (!algorithm || !type) return undefined;
  const sums = parts.map(({ checksum, sizeBytes }) => ({ value: Buffer.from(checksum ?? '', 'base64'), sizeBytes }));
  if (sums.some(({ value }) => value.length !== checksums[algorithm].sizeBytes)) return undefined;
  if (type === 'COMPOSITE') {
    const sum = checksums[algorithm].begin();
    for (const { value } of sums) sum.add(value);
    return { algorithm, type, value: `${sum.value()}-${parts.length}` };
  }
  if (algorithm === 'SHA1' || algorithm === 'SHA256') return undefined;
  return { algorithm, type, value: combinedCrc(algorithm, sums).toString('base64') };
}
