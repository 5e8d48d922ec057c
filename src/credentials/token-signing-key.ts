/** The keys of an account's own token issuer: made, and used to sign. Both are done off the event loop. */
import { createPrivateKey, createPublicKey, generateKeyPair, hash, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { promisify } from 'node:util';

export interface NewSigningKey {
  /** The thumbprint. */
  readonly keyId: string;
  readonly publicJwk: Readonly<Record<string, string>>;
  /** PKCS #8 in PEM: a secret. */
  readonly privateKey: string;
}

const encodings = { publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } } as const;
const generate = promisify(generateKeyPair);

interface AlgorithmRow {
  readonly make: () => Promise<{ readonly publicKey: string; readonly privateKey: string }>;
  /** The members that a thumbprint is made of, in order. Source: RFC 7638, section 3.2. */
  readonly thumbprintOf: readonly string[];
  readonly digest: string;
}

/** What there is to know about each algorithm. Source: RFC 7518, sections 3.3 and 3.4; AWS's own RSA keys have 2,048 bits (a key set of AWS's seen in public, 2026). */
const algorithms = {
  RS256: { make: () => generate('rsa', { modulusLength: 2048, ...encodings }), thumbprintOf: ['e', 'kty', 'n'], digest: 'sha256' },
  ES384: { make: () => generate('ec', { namedCurve: 'P-384', ...encodings }), thumbprintOf: ['crv', 'kty', 'x', 'y'], digest: 'sha384' },
} as const satisfies Record<string, AlgorithmRow>;

export type SigningAlgorithm = keyof typeof algorithms;

/** Every algorithm, in the order in which AWS's discovery documents list them. */
export const signingAlgorithms = Object.keys(algorithms) as readonly SigningAlgorithm[];

/** A new key pair. */
export async function newSigningKey(algorithm: SigningAlgorithm): Promise<NewSigningKey> {
  const { make, thumbprintOf } = algorithms[algorithm];
  const { publicKey, privateKey } = await make();
  // The export of a public key holds texts alone.
  const jwk = createPublicKey(publicKey).export({ format: 'jwk' }) as Readonly<Record<string, string>>;
  const keyId = hash('sha256', JSON.stringify(Object.fromEntries(thumbprintOf.map((member) => [member, jwk[member]]))), 'base64url');
  return { keyId, publicJwk: { ...jwk, kid: keyId, alg: algorithm, use: 'sig' }, privateKey };
}

export interface TokenSigner { readonly algorithm: SigningAlgorithm; readonly keyId: string; readonly key: KeyObject }

/** A key that was sealed, ready to sign. */
export const openSigner = (algorithm: SigningAlgorithm, keyId: string, privateKey: string): TokenSigner => ({ algorithm, keyId, key: createPrivateKey(privateKey) });

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The claims as a JSON Web Token in compact form. Source: RFC 7515, section 7.1. */
export function signToken(claims: object, { algorithm, keyId, key }: TokenSigner): Promise<string> {
  const signed = `${encoded({ alg: algorithm, kid: keyId, typ: 'JWT' })}.${encoded(claims)}`;
  return new Promise((resolve, reject) => {
    // An ECDSA signature is its two numbers side by side. Source: RFC 7518, section 3.4. RSA signs PKCS #1 v1.5 and takes no notice.
    sign(algorithms[algorithm].digest, Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' }, (error, signature) => (error ? reject(error) : resolve(`${signed}.${signature.toString('base64url')}`)));
  });
}
