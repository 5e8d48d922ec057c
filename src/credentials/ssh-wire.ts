/** SSH's own encoding of keys: strings with their length before them, and numbers as such strings. Source: RFC 4251, section 5. */

/** The strings of which the bytes are made, all of them and no more; undefined where they are not made so. */
export function readStrings(bytes: Buffer): readonly Buffer[] | undefined {
  const parts: Buffer[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (at + 4 > bytes.length) return undefined;
    const end = at + 4 + bytes.readUInt32BE(at);
    if (end > bytes.length) return undefined;
    parts.push(bytes.subarray(at + 4, end));
    at = end;
  }
  return parts;
}

/** The strings, one after the other. */
export function writeStrings(...parts: readonly (Uint8Array | string)[]): Buffer {
  return Buffer.concat(parts.flatMap((part) => {
    const bytes = typeof part === 'string' ? Buffer.from(part) : part;
    return [uint32(bytes.length), bytes];
  }));
}

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** A positive mpint without the zero that keeps its first bit from being a sign; undefined for a negative, an empty or a padded one. */
export function withoutSign(mpint: Buffer): Buffer | undefined {
  if (mpint.length === 0 || mpint[0]! >= 0x80) return undefined;
  if (mpint[0] !== 0) return mpint;
  return mpint.length > 1 && mpint[1]! >= 0x80 ? mpint.subarray(1) : undefined;
}

/** A number of a JSON Web Key as an mpint's content. */
export function withSign(base64url: string): Buffer {
  const bytes = Buffer.from(base64url, 'base64url');
  return bytes[0]! >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes;
}
