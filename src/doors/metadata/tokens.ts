/** Session tokens of IMDSv2: what proves that whoever asks could make a PUT from inside. Made without being remembered, so that nobody's tokens can fill anything. Source: "Use IMDSv2" (EC2 User Guide). */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Timestamp } from '../../base/clock.ts';
import type { RandomBytes } from '../../base/ids.ts';

/** In bytes: when it ends, what tells it from others, what proves it. Together 40, which are 56 characters, as AWS's are. */
const endBytes = 6;
const nonceBytes = 6;
const proofBytes = 28;
const tokenLength = 56;

/** The tokens of one endpoint: its key is its own, so that no token opens another. */
export class MetadataTokens {
  readonly #key: Uint8Array;
  readonly #random: RandomBytes;

  constructor(random: RandomBytes) {
    this.#key = random(32);
    this.#random = random;
  }

  /** A token that holds for so many seconds. */
  issue(seconds: number, now: Timestamp): string {
    const claims = Buffer.alloc(endBytes + nonceBytes);
    claims.writeUIntBE(now + seconds * 1000, 0, endBytes);
    claims.set(this.#random(nonceBytes), endBytes);
    return Buffer.concat([claims, this.#proof(claims)]).toString('base64url').padEnd(tokenLength, '=');
  }

  /** For how many whole seconds the token still holds; undefined where it is none of this endpoint's, or is over. */
  secondsLeft(token: string, now: Timestamp): number | undefined {
    if (token.length !== tokenLength) return undefined;
    const bytes = Buffer.from(token, 'base64url');
    // The decoder reads over what is not base64, so that several texts would be one token.
    if (bytes.length !== endBytes + nonceBytes + proofBytes || bytes.toString('base64url').padEnd(tokenLength, '=') !== token) return undefined;
    const claims = bytes.subarray(0, endBytes + nonceBytes);
    if (!timingSafeEqual(this.#proof(claims), bytes.subarray(endBytes + nonceBytes))) return undefined;
    const left = claims.readUIntBE(0, endBytes) - now;
    return left > 0 ? Math.ceil(left / 1000) : undefined;
  }

  #proof(claims: Uint8Array): Buffer {
    return createHmac('sha256', this.#key).update(claims).digest().subarray(0, proofBytes);
  }
}
