/** The fields of a certificate that session tags are made of. Source: "Certificate attribute mapping" (IAM Roles Anywhere User Guide). */

export const certificateFields = ['x509Subject', 'x509Issuer', 'x509SAN'] as const;

export type CertificateField = (typeof certificateFields)[number];
