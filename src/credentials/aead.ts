/** XAES-256-GCM: AES-256-GCM with a nonce long enough to be random for any number of messages. Source: C2SP, "XAES-256-GCM"; NIST SP 800-38D; NIST SP 800-108r1. */
import { createCipheriv, createDecipheriv, createSecretKey, type Cipheriv } from 'node:crypto';

export const keyBytes = 32;
export const nonceBytes = 24;
export const tagBytes = 16;
const blockBytes = 16;

/** Plain AES-GCM may not use random nonces for more than 2³² messages of one key; a busy fleet would issue as many session tokens within days. */
export class AeadKey {
  readonly #blockCipher: Cipheriv;
  /** The two blocks of CMAC over a counter and a nonce of zeros, K1 laid over them (NIST SP 800-38B section 6.1): only the nonce is left to be laid over. */
  readonly #blocks = Buffer.alloc(2 * blockBytes);

  constructor(key: Uint8Array) {
    if (key.length !== keyBytes) throw new RangeError(`a key has ${keyBytes} bytes`);
    // ECB of whole blocks is the bare block cipher, which is what the derivation is made of: one cipher serves every derivation.
    this.#blockCipher = createCipheriv('aes-256-ecb', createSecretKey(key), null);
    const k1 = doubled(this.#blockCipher.update(Buffer.alloc(blockBytes)));
    for (let block = 0; block < 2; block++) this.#blocks.set([0, block + 1, 0x58 /* X */, 0].map((byte, i) => byte ^ k1[i]!), block * blockBytes);
    for (let i = 4; i < blockBytes; i++) this.#blocks[i] = this.#blocks[blockBytes + i] = k1[i]!;
  }

  /** The sealed bytes: nonce, ciphertext, tag. `nonce` is fresh randomness. */
  seal(plaintext: Uint8Array, associated: Uint8Array, nonce: Uint8Array): Buffer {
    if (nonce.length !== nonceBytes) throw new RangeError(`a nonce has ${nonceBytes} bytes`);
    const cipher = createCipheriv('aes-256-gcm', this.#derive(nonce), nonce.subarray(derivedFrom));
    cipher.setAAD(associated);
    const ciphertext = cipher.update(plaintext);
    cipher.final();
    return Buffer.concat([nonce, ciphertext, cipher.getAuthTag()]);
  }

  /** The plaintext; undefined where the bytes were not sealed by this key with the same associated bytes. */
  open(sealed: Uint8Array, associated: Uint8Array): Buffer | undefined {
    const tagAt = sealed.length - tagBytes;
    if (tagAt < nonceBytes) return undefined;
    const nonce = sealed.subarray(0, nonceBytes);
    const decipher = createDecipheriv('aes-256-gcm', this.#derive(nonce), nonce.subarray(derivedFrom), { authTagLength: tagBytes });
    decipher.setAAD(associated);
    decipher.setAuthTag(sealed.subarray(tagAt));
    const plaintext = decipher.update(sealed.subarray(nonceBytes, tagAt));
    try {
      decipher.final();
    } catch {
      // The one thing that final() of GCM can say: the tag is wrong.
      return undefined;
    }
    return plaintext;
  }

  /** The key of one message: two blocks of CMAC over a counter and the first half of the nonce. */
  #derive(nonce: Uint8Array): Buffer {
    const blocks = Buffer.from(this.#blocks);
    for (let i = 0; i < derivedFrom; i++) {
      blocks[4 + i]! ^= nonce[i]!;
      blocks[blockBytes + 4 + i]! ^= nonce[i]!;
    }
    return this.#blockCipher.update(blocks);
  }
}

/** How much of the nonce goes into the derivation; the rest is GCM's own. */
const derivedFrom = 12;

/** The block times x in GF(2¹²⁸). */
function doubled(block: Buffer): Buffer {
  const result = Buffer.alloc(blockBytes);
  for (let i = 0; i < blockBytes; i++) result[i] = (block[i]! << 1) | ((block[i + 1] ?? 0) >> 7);
  if (block[0]! & 0x80) result[blockBytes - 1]! ^= 0x87;
  return result;
}
