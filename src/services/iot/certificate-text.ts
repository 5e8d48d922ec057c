/** Certificates as they are uploaded: one in PEM, with a key that is strong enough. */
import { createHash } from 'node:crypto';
import { DerBroken } from '../../base/der.ts';
import type { Raise } from '../../base/api-error.ts';
import type { Timestamp } from '../../base/clock.ts';
import type { Certificate } from '../../proof/x509/certificate.ts';
import { chainFindings, heldFinding } from '../../proof/x509/chain.ts';
import { readCertificatePems } from '../../proof/x509/pem.ts';

/** Source: "CertificateDescription", certificateId. AWS: it is the SHA-256 of the certificate. */
export const certificateIdOfBytes = ({ bytes }: Pick<Certificate, 'bytes'>): string => createHash('sha256').update(bytes).digest('hex');

/** The one certificate that the text is. */
export function readOne(pem: string, error: Raise<'CertificateValidationException'>): Certificate {
  try {
    const [certificate, ...more] = readCertificatePems(pem);
    if (!certificate || more.length > 0) throw new DerBroken('more than one');
    return certificate;
  } catch (cause) {
    if (cause instanceof DerBroken) throw error('CertificateValidationException', 'The certificate is not one certificate in PEM.', { cause });
    throw cause;
  }
}

/** One that was read before it was kept. */
export const readKept = (pem: string): Certificate => readCertificatePems(pem)[0]!;

/** A certificate that a device may show: valid now, of a strong key, and no authority's. */
export function readDeviceCertificate(pem: string, now: Timestamp, error: Raise<'CertificateValidationException'>): Certificate {
  const certificate = readOne(pem, error);
  const finding = heldFinding(certificate, now);
  if (finding) throw error('CertificateValidationException', `The certificate cannot be registered: ${chainFindings[finding]}.`);
  return certificate;
}
