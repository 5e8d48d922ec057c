/** How the bytes of an object are sealed on the disk: chunk by chunk, so that any range can be opened and nothing can be moved, changed or cut off. */
import { createCipheriv, createDecipheriv, createHmac, createSecretKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { objectLimits } from './limits.ts';

// A sealed file is a salt of 32 bytes, then chunks of 64 KiB each followed by its tag of 16 (AES-256-GCM). The file's key is made of the object's key
// and the salt, so no two files share one; a chunk's nonce is its number, with a mark on the last.

export const saltBytes = 32;
export const tagBytes = 16;
const plainBytes = objectLimits.sealedChunkBytes;
const storedBytes = plainBytes + tagBytes;

export class ChunkSeal {
  readonly #key: KeyObject;

  /** `sealingKey` has thirty-two bytes; the salt is the file's, and random. */
  constructor(sealingKey: Uint8Array, salt: Uint8Array) {
    if (sealingKey.length !== 32 || salt.length !== saltBytes) throw new Error('a sealing key has 32 bytes, and so has a salt');
    this.#key = createSecretKey(createHmac('sha256', sealingKey).update('gatehouse object file').update(salt).digest());
  }

  /** A chunk as it lies in its file, in the pieces that it came in. */
  seal(number: number, isLast: boolean, plain: readonly Uint8Array[]): readonly Uint8Array[] {
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonceOf(number, isLast));
    const sealed: Uint8Array[] = plain.map((piece) => cipher.update(piece));
    // Of a stream cipher nothing is left for the end.
    cipher.final();
    sealed.push(cipher.getAuthTag());
    return sealed;
  }

  /** Throws when the bytes are not those that were sealed as this chunk. */
  open(number: number, isLast: boolean, stored: Uint8Array): Uint8Array {
    const decipher = createDecipheriv('aes-256-gcm', this.#key, nonceOf(number, isLast), { authTagLength: tagBytes });
    decipher.setAuthTag(stored.subarray(-tagBytes));
    const plain = decipher.update(stored.subarray(0, -tagBytes));
    decipher.final();
    return plain;
  }
}

function nonceOf(number: number, isLast: boolean): Uint8Array {
  const nonce = Buffer.alloc(12);
  nonce[0] = isLast ? 1 : 0;
  nonce.writeUInt32BE(number, 8);
  return nonce;
}

/** Where a chunk lies in its file, and how many bytes it takes there. */
export function placeOfChunk(number: number, sizeBytes: number): { readonly offset: number; readonly length: number; readonly isLast: boolean } {
  const isLast = (number + 1) * plainBytes >= sizeBytes;
  return { offset: saltBytes + number * storedBytes, length: (isLast ? sizeBytes - number * plainBytes : plainBytes) + tagBytes, isLast };
}

/** How long the sealed file of so many bytes is. A file is never sealed empty. */
export const storedBytesOf = (sizeBytes: number): number => saltBytes + sizeBytes + Math.ceil(sizeBytes / plainBytes) * tagBytes;

/** The number of the chunk that a byte of the object is in, and its place in there. */
export const chunkOf = (byte: number): { readonly number: number; readonly at: number } => ({ number: Math.floor(byte / plainBytes), at: byte % plainBytes });
