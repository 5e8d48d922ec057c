/** A key that signs the tokens of an account's own issuer: its public half is published, its private half sealed. */
import type { Timestamp } from '../base/clock.ts';

/** The algorithms that a token can be signed by. Source: GetWebIdentityToken, SigningAlgorithm (STS API Reference). */
export type TokenAlgorithm = 'RS256' | 'ES384';

/** A public key as a key set holds it. Source: RFC 7517, section 4; RFC 7518, sections 6.2 and 6.3. */
export type PublicJwk = Readonly<Record<string, string>>;

export interface TokenSigningKeyDoc {
  /** The key's own thumbprint, so that no other key ever has the same. Source: RFC 7638. */
  readonly KeyId: string;
  readonly Algorithm: TokenAlgorithm;
  /** It is published from then on. */
  readonly CreateDate: Timestamp;
  /** It signs from then on, until the next key of its algorithm does. */
  readonly SignsFrom: Timestamp;
  readonly PublicKey: PublicJwk;
  /** PKCS #8 in PEM, sealed and bound to this key (see base/seal). */
  readonly PrivateKey: string;
}
