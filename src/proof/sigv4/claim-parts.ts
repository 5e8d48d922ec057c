/** What both forms of a signature, in the header and in the query, say. */
import type { Timestamp } from '../../base/clock.ts';
import type { Signer } from './signer.ts';

/** The algorithm of secrets that two share. SigV4A (`AWS4-ECDSA-P256-SHA256`) is refused by name. */
export const algorithm = 'AWS4-HMAC-SHA256';

/** Those of certificates, by the kind of key. Source: "The IAM Roles Anywhere authentication signing process"; `AWS4-X509-MLDSA` is refused by name. */
export const certificateAlgorithms = { 'AWS4-X509-RSA-SHA256': 'rsa', 'AWS4-X509-ECDSA-SHA256': 'ec' } as const;

export type CertificateAlgorithm = keyof typeof certificateAlgorithms;
export type SignatureAlgorithmName = typeof algorithm | CertificateAlgorithm;

export const isCertificateAlgorithm = (name: string): name is CertificateAlgorithm => Object.hasOwn(certificateAlgorithms, name);

export interface ClaimParts {
  readonly signer: Signer;
  readonly signature: string;
  readonly timestamp: string;
  readonly signedAt: Timestamp;
  readonly expiresSeconds: number | undefined;
  readonly sessionToken: string | undefined;
}
