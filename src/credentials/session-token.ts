/** Session tokens: the claims of temporary credentials, packed and sealed, so that every node can read them and none has to remember them. */
import { BoundedCache } from '../base/bounded-cache.ts';
import type { SessionClaims } from '../base/session.ts';
import { keyIdOf, sealingBytes, type Keyring } from './keyring.ts';
import { hasCounted, packClaims, unpackClaims, withoutCounted } from './packed-claims.ts';

/** The longest token that is handed out or read, in characters. */
export const sessionTokenBytesMax = 4096;

/** What the tokens that were opened may take in memory, counted in characters of their text. */
const cacheWeightMax = 8 * 1024 * 1024;

export interface SealedSession {
  readonly token: string;
  /** How much of a token's allotted space policies and tags take, 0 where there are none. Over 100 the token is too long, and no one would open it. */
  readonly packedPercent: number;
}

export interface SessionSealer {
  seal(claims: SessionClaims): SealedSession;
  /** The claims; undefined for anything but a token that one of the keyring's keys sealed. The caller holds their access key id and their end against the request. */
  open(token: string): SessionClaims | undefined;
}

/** A purpose of its own, so that nothing else that is sealed can pass for a token. */
const purpose = 'session token';

export function createSessionSealer({ keyring }: { readonly keyring: Keyring }): SessionSealer {
  const opened = new BoundedCache<string, { readonly claims: SessionClaims; readonly keyId: string }>(cacheWeightMax, (token) => token.length);
  // What was opened once is asked of its key each time: that may have been succeeded since, or its sessions ended.
  const vouched = (claims: SessionClaims, keyId: string): SessionClaims | undefined => (keyring.vouches(keyId, claims.issuedAt) ? claims : undefined);
  return {
    seal(claims) {
      const packed = packClaims(claims);
      const token = keyring.sealBytes(packed, purpose).toString('base64');
      return { token, packedPercent: hasCounted(claims) ? packedPercent(claims, packed) : 0 };
    },
    open(token) {
      if (token.length > sessionTokenBytesMax) return undefined;
      const known = opened.find(token);
      if (known !== undefined) return vouched(known.claims, known.keyId);
      const bytes = Buffer.from(token, 'base64');
      // The decoder reads over what is not base64, so that several texts would be one token.
      if (bytes.toString('base64') !== token) return undefined;
      const packed = keyring.openBytes(bytes, purpose);
      if (packed === undefined) return undefined;
      const claims = unpackClaims(packed);
      const keyId = keyIdOf(bytes);
      opened.insert(token, { claims, keyId });
      return vouched(claims, keyId);
    },
  };
}

/** How much of what a token has room for, beside what every session says of itself, is taken. */
function packedPercent(claims: SessionClaims, packed: Uint8Array): number {
  const fixed = packClaims(withoutCounted(claims)).length;
  const room = (sessionTokenBytesMax / 4) * 3 - sealingBytes - fixed;
  return Math.ceil((100 * (packed.length - fixed)) / room);
}
