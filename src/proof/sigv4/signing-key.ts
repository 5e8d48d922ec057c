/** Signing keys: derived from a secret for one day, region and service, and ready to sign. Source: "Create a signed AWS API request", steps "Derive a signing key" and "Calculate the signature"; RFC 2104. */
import { hash, timingSafeEqual } from 'node:crypto';
import { algorithm } from './claim-parts.ts';

/** What a signing key is for. */
export interface SigningScope { readonly date: string; readonly region: string; readonly service: string; readonly terminator: string }

const blockBytes = 64;
const digestBytes = 32;

/** The two hashes of HMAC-SHA-256 over a short key, each behind its padded key: two one-shot hashes cost half of createHmac. */
function pads(key: Uint8Array): { readonly inner: Buffer; readonly outer: Buffer } {
  const inner = Buffer.alloc(blockBytes, 0x36);
  const outer = Buffer.alloc(blockBytes + digestBytes, 0x5c);
  const block = key.length > blockBytes ? hash('sha256', key, 'buffer') : key;
  for (let i = 0; i < block.length; i++) {
    inner[i] = block[i]! ^ 0x36;
    outer[i] = block[i]! ^ 0x5c;
  }
  return { inner, outer };
}

/** What a key is derived through, which nobody keeps. */
function hmac(key: Uint8Array, text: string): Buffer {
  const { inner, outer } = pads(key);
  outer.write(hash('sha256', Buffer.concat([inner, Buffer.from(text)]), 'latin1'), blockBytes, digestBytes, 'latin1');
  return hash('sha256', outer, 'buffer');
}

/**
 * A signing key. Strings to sign of one scope differ in their time and their hash only and all have the same length, so that the key
 * holds the whole hashed text ready and puts these two in place.
 */
export class SigningKey {
  readonly #inner: Buffer;
  readonly #outer: Buffer;
  readonly #hashAt: number;

  constructor(secret: string, { date, region, service, terminator }: SigningScope) {
    const key = hmac(hmac(hmac(hmac(Buffer.from(`AWS4${secret}`), date), region), service), terminator);
    const { inner, outer } = pads(key);
    const beforeHash = `${algorithm}\n${'0'.repeat(timestampLength)}\n${date}/${region}/${service}/${terminator}\n`;
    this.#inner = Buffer.concat([inner, Buffer.from(beforeHash + '0'.repeat(2 * digestBytes), 'latin1')]);
    this.#hashAt = blockBytes + beforeHash.length;
    this.#outer = outer;
  }

  /** The signature, 64 lower-case hexadecimal digits, of a canonical request made at `timestamp` (`20150830T123600Z`). */
  sign(timestamp: string, canonicalRequestHash: string): string {
    // Passwords for Git are dated without the last letter.
    if (timestamp.length !== timestampLength) return this.signText(`${algorithm}\n${timestamp}${this.#inner.toString('latin1', timestampAt + timestampLength, this.#hashAt)}${canonicalRequestHash}`);
    this.#inner.write(timestamp, timestampAt, timestampLength, 'latin1');
    this.#inner.write(canonicalRequestHash, this.#hashAt, 2 * digestBytes, 'latin1');
    this.#outer.write(hash('sha256', this.#inner, 'latin1'), blockBytes, digestBytes, 'latin1');
    return hash('sha256', this.#outer);
  }

  /** The signature of any text: of a chunk, of a form's policy. */
  signText(text: string): string {
    this.#outer.write(hash('sha256', Buffer.concat([this.#inner.subarray(0, blockBytes), Buffer.from(text, 'utf8')]), 'latin1'), blockBytes, digestBytes, 'latin1');
    return hash('sha256', this.#outer);
  }
}

const timestampLength = 16;
const timestampAt = blockBytes + algorithm.length + 1;

const expected = Buffer.alloc(2 * digestBytes);
const given = Buffer.alloc(2 * digestBytes);

/** Whether two signatures are the same, in a time that does not depend on where they differ. */
export function isSameSignature(calculated: string, claimed: string): boolean {
  if (claimed.length !== 2 * digestBytes) return false;
  expected.write(calculated, 'latin1');
  // As UTF-8: every character that is not a byte of ASCII differs from every digit.
  given.write(claimed, 'utf8');
  return timingSafeEqual(expected, given);
}
