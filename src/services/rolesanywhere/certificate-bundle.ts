/** The certificates that a trust anchor may be made of. Source: "Trust anchors" and "Signature verification" (IAM Roles Anywhere User Guide). */
import { DerBroken } from '../../base/der.ts';
import type { Raise } from '../../base/api-error.ts';
import type { Timestamp } from '../../base/clock.ts';
import type { Source } from '../../../models/rolesanywhere.ts';
import type { Certificate } from '../../proof/x509/certificate.ts';
import { authorityFinding, chainFindings } from '../../proof/x509/chain.ts';
import { readCertificatePems, readRevocationListPem } from '../../proof/x509/pem.ts';
import { listFinding } from '../../proof/x509/revocation-list.ts';
import { rolesAnywhereLimits } from './limits.ts';

/** The PEM of a source that can be trusted. */
export function readSource({ sourceType, sourceData }: Source, now: Timestamp, error: Raise<'ValidationException'>): string {
  if (sourceType !== 'CERTIFICATE_BUNDLE') throw error('ValidationException', sourceType === 'AWS_ACM_PCA' ? 'There is no AWS Private CA here: give its certificate as CERTIFICATE_BUNDLE.' : 'The type of a source must be CERTIFICATE_BUNDLE.');
  const { x509CertificateData: pem, acmPcaArn } = sourceData ?? {};
  if (pem === undefined || acmPcaArn !== undefined) throw error('ValidationException', 'A source of the type CERTIFICATE_BUNDLE needs x509CertificateData, and nothing besides.');
  const certificates = readBundle(pem, error);
  if (certificates.length > rolesAnywhereLimits.certificatesPerAnchorMax) throw error('ValidationException', `A trust anchor can have at most ${rolesAnywhereLimits.certificatesPerAnchorMax} certificates.`);
  for (const certificate of certificates) {
    const finding = authorityFinding(certificate, now);
    // GUESS: the first half is AWS's, seen in public; the second is ours.
    if (finding) throw error('ValidationException', `Incorrect basic constraints for CA certificate: ${chainFindings[finding]}.`);
  }
  return pem;
}

function readBundle(pem: string, error: Raise<'ValidationException'>): readonly Certificate[] {
  try {
    return readCertificatePems(pem);
  } catch (cause) {
    if (cause instanceof DerBroken) throw error('ValidationException', 'x509CertificateData holds no certificates in PEM.', { cause });
    throw cause;
  }
}

/** The text of a list that can be believed. One of an authority below the anchor's is held to its signature when it comes with a certificate. */
export function readCrl(data: Uint8Array, authorities: string, error: Raise<'ValidationException'>): string {
  const text = Buffer.from(data).toString('latin1');
  try {
    const list = readRevocationListPem(text);
    const findings = readCertificatePems(authorities).map((authority) => listFinding(list, authority));
    if (findings.every((finding) => finding !== undefined) && findings.some((finding) => finding !== 'anotherIssuer')) throw error('ValidationException', 'The CRL was not signed by the authority that it names.');
    return text;
  } catch (cause) {
    if (cause instanceof DerBroken) throw error('ValidationException', 'crlData holds no certificate revocation list in PEM.', { cause });
    throw cause;
  }
}
