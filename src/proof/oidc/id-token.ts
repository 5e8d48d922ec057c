/** OpenID Connect ID tokens: read, and verified against their issuer's keys. Source: OpenID Connect Core 1.0 section 3.1.3.7; RFC 8725. */
import { compactVerify, createLocalJWKSet, decodeProtectedHeader, errors } from 'jose';
import type { JSONWebKeySet } from 'jose';
import type { Timestamp } from '../../base/clock.ts';
import { repeatedName } from './repeated-name.ts';

/** Only signatures with an issuer's public key: no `none`, no shared secrets. Source: AssumeRoleWithWebIdentity (STS API Reference). */
const algorithms = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512'];

/** What a refused token is refused for; each has its error and its words in AWS's answers. */
export type TokenFault = 'malformed' | 'noKey' | 'signature' | 'expired' | 'notYetValid' | 'missingClaim' | 'audience' | 'role';

export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
  readonly fault: TokenFault;
  /** Of an expired token, when it ended; of a missing claim, which; of a wrong audience, which it has; of a role that it is not for, which. */
  readonly detail: string | undefined;

  constructor(fault: TokenFault, detail?: string, options?: ErrorOptions) {
    super(detail === undefined ? fault : `${fault}: ${detail}`, options);
    this.fault = fault;
    this.detail = detail;
  }
}

/** The claims of a token whose signature and times were verified; their values are the issuer's word. */
export interface IdTokenClaims {
  readonly iss: string;
  readonly sub: string;
  /** The audience that counts: `azp` where there is one, else `aud`. */
  readonly aud: readonly string[];
  readonly all: Readonly<Record<string, unknown>>;
}

/** Who a token says issued it, and the key it says signed it: nothing of it proven. Throws TokenRefused for what is no JWT. */
export function readUnproven(token: string): { readonly iss: string; readonly keyId: string | undefined } {
  try {
    const { kid } = decodeProtectedHeader(token);
    const { iss } = claimsOf(Buffer.from(token.split('.')[1] ?? '', 'base64url'));
    if (typeof iss !== 'string') throw new TokenRefused('missingClaim', 'iss');
    return { iss, keyId: kid };
  } catch (cause) {
    if (cause instanceof TokenRefused) throw cause;
    throw new TokenRefused('malformed', undefined, { cause });
  }
}

/** Verifies a token against the keys of its issuer. Rejects with TokenRefused. Keys, addresses and certificates that the token itself brings are never used. */
export async function verifyIdToken(token: string, keys: JSONWebKeySet, now: Timestamp): Promise<IdTokenClaims> {
  const claims = claimsOf(await provenPayload(token, keys));
  const { iss, sub, exp, iat, nbf } = claims;
  if (typeof iss !== 'string') throw new TokenRefused('missingClaim', 'iss');
  if (typeof sub !== 'string' || sub === '') throw new TokenRefused('missingClaim', 'sub');
  if (typeof exp !== 'number') throw new TokenRefused('missingClaim', 'exp');
  if (typeof iat !== 'number') throw new TokenRefused('missingClaim', 'iat');
  const nowSeconds = Math.floor(now / 1000);
  if (exp <= nowSeconds) throw new TokenRefused('expired', String(exp));
  if (iat > nowSeconds + skewSecondsMax || (nbf !== undefined && (typeof nbf !== 'number' || nbf > nowSeconds + skewSecondsMax))) throw new TokenRefused('notYetValid');
  return { iss, sub, aud: audienceOf(claims), all: claims };
}

/** How far an issuer's clock may be ahead of ours. */
const skewSecondsMax = 300;

async function provenPayload(token: string, keys: JSONWebKeySet): Promise<Uint8Array> {
  try {
    return (await compactVerify(token, createLocalJWKSet(keys), { algorithms })).payload;
  } catch (cause) {
    if (cause instanceof errors.JWKSNoMatchingKey || cause instanceof errors.JWKSMultipleMatchingKeys) throw new TokenRefused('noKey', undefined, { cause });
    // What stands among the keys and cannot be read as one, which Web Crypto says, is the issuer's doing.
    if (cause instanceof errors.JWSSignatureVerificationFailed || (cause instanceof DOMException && cause.name === 'DataError')) throw new TokenRefused('signature', undefined, { cause });
    if (cause instanceof errors.JOSEError || cause instanceof TypeError) throw new TokenRefused('malformed', undefined, { cause });
    throw cause;
  }
}

function claimsOf(payload: Uint8Array): Readonly<Record<string, unknown>> {
  let claims: unknown;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(payload);
    claims = JSON.parse(text);
  } catch (cause) {
    throw new TokenRefused('malformed', undefined, { cause });
  }
  if (typeof claims !== 'object' || claims === null || Array.isArray(claims)) throw new TokenRefused('malformed');
  // Two readers could each take another of two claims of one name.
  if (repeatedName(text) !== undefined) throw new TokenRefused('malformed');
  return claims as Readonly<Record<string, unknown>>;
}

function audienceOf({ aud, azp }: Readonly<Record<string, unknown>>): readonly string[] {
  if (typeof azp === 'string') return [azp];
  if (typeof aud === 'string') return [aud];
  if (Array.isArray(aud) && aud.length > 0 && aud.every((one) => typeof one === 'string')) return aud;
  throw new TokenRefused('missingClaim', 'aud');
}
