/** X.509 certificates in PEM as people upload them: one certificate, the key that belongs to it, the chain that signed it. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { Timestamp } from '../base/clock.ts';

/** Certificates of one chain; real ones have two or three. */
export const chainLengthMax = 10;

const pemCertificate = /-----BEGIN CERTIFICATE-----\r?\n[A-Za-z0-9+/=\r\n]+-----END CERTIFICATE-----/g;

/** The one certificate that the text is; undefined where it is none, more than one, or holds anything besides. */
export function readCertificate(text: string): X509Certificate | undefined {
  const certificates = readCertificates(text);
  return certificates?.length === 1 ? certificates[0] : undefined;
}

/** The certificates that the text is, one below the other; undefined where it holds anything besides or none. */
export function readCertificates(text: string): readonly X509Certificate[] | undefined {
  const found = text.match(pemCertificate);
  if (!found || text.replaceAll(pemCertificate, '').trim() !== '') return undefined;
  try {
    return found.map((pem) => new X509Certificate(pem));
  } catch {
    // Not a certificate: what a caller sends may be anything.
    return undefined;
  }
}

/** Whether the text is an unencrypted private key in PEM: undefined where it is not, else whether it is the certificate's. */
export function isKeyOf(certificate: X509Certificate, pem: string): boolean | undefined {
  try {
    return certificate.checkPrivateKey(createPrivateKey(pem));
  } catch {
    // Not a key: what a caller sends may be anything.
    return undefined;
  }
}

/**
 * The place in the chain of the first certificate that the next one did not sign; -1 is the certificate itself, before the chain.
 * Undefined where each was signed by the one that follows.
 */
export function brokenChainLink(certificate: X509Certificate, chain: readonly X509Certificate[]): number | undefined {
  let signed = certificate;
  for (const [i, issuer] of chain.entries()) {
    if (!signed.checkIssued(issuer) || !issuer.ca || !signed.verify(issuer.publicKey)) return i - 1;
    signed = issuer;
  }
  return undefined;
}

/** When a certificate begins and ends to hold. */
export const validity = (certificate: X509Certificate): { readonly from: Timestamp; readonly to: Timestamp } => ({ from: Date.parse(certificate.validFrom), to: Date.parse(certificate.validTo) });

/** SHA-256 of the certificate. */
export const fingerprintOf = (certificate: X509Certificate): string => certificate.fingerprint256;
