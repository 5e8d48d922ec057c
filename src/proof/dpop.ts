/** Proofs of possession that go with a request for tokens: whoever sends it holds a private key, now and for this request. Source: RFC 9449, section 4.3. */
import { calculateJwkThumbprint, EmbeddedJWK, flattenedVerify } from 'jose';
import type { JWK } from 'jose';
import type { Timestamp } from '../base/clock.ts';

/** AWS's clients sign with P-256; an algorithm with a shared secret proves nothing. */
const algorithms = ['ES256', 'ES384'];

/** Characters of a proof, and of its id. */
const proofLengthMax = 4_096;
const idLengthMax = 128;

export interface ProvenKey {
  /** Of the public key: what tokens are bound to. Source: RFC 7638. */
  readonly thumbprint: string;
  /** By which a proof is known to have been used. */
  readonly id: string;
}

export interface ProofOf {
  readonly method: string;
  /** The URL that was asked, without query and fragment; any of these. */
  readonly urls: readonly string[];
  readonly now: Timestamp;
  /** How old a proof may be, and how far ahead its clock. */
  readonly ageMsMax: number;
}

/** The key that the proof was made with; undefined for whatever proves none for this request. That it is used once is the caller's to see to. */
export async function verifyDpop(proof: string, { method, urls, now, ageMsMax }: ProofOf): Promise<ProvenKey | undefined> {
  const [header = '', payload = '', signature = '', ...more] = proof.split('.');
  if (proof.length > proofLengthMax || more.length > 0) return undefined;
  let verified: Awaited<ReturnType<typeof flattenedVerify>>;
  let claims: unknown;
  try {
    verified = await flattenedVerify({ protected: header, payload, signature }, EmbeddedJWK, { algorithms });
    claims = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(verified.payload));
  } catch {
    // Whatever it is that cannot be read or verified, it is no proof.
    return undefined;
  }
  const { typ, jwk } = verified.protectedHeader ?? {};
  // EmbeddedJWK takes public keys only.
  if (typ !== 'dpop+jwt' || jwk === undefined || typeof claims !== 'object' || claims === null) return undefined;
  const { htm, htu, iat, jti } = claims as Readonly<Record<string, unknown>>;
  if (htm !== method || typeof htu !== 'string' || !urls.includes(plainUrl(htu) ?? '')) return undefined;
  if (typeof iat !== 'number' || Math.abs(now - iat * 1000) > ageMsMax) return undefined;
  if (typeof jti !== 'string' || jti === '' || jti.length > idLengthMax) return undefined;
  return { thumbprint: await calculateJwkThumbprint(jwk as JWK), id: jti };
}

function plainUrl(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url && `${url.protocol}//${url.host}${url.pathname}`;
}
