/** A document and its signature in one: PKCS #7, which is CMS by now. Source: RFC 5652, section 5. */
import { contextTag, encode, encodeOid, encodeSequence, encodeSet, encodeSmallInteger, tags } from '../../base/der.ts';

const signedDataType = '1.2.840.113549.1.7.2';
const dataType = '1.2.840.113549.1.7.1';
const rsaEncryption = '1.2.840.113549.1.1.1';
const sha256 = encodeSequence(encodeOid('2.16.840.1.101.3.4.2.1'), encode(tags.null));

/** The names by which a verifier finds the certificate, as they stand in it, in DER. */
export interface CertificateNames { readonly issuer: Uint8Array; readonly serialNumber: Uint8Array }

/**
 * SignedData of a document whose RSA signature by SHA-256 was made. There is no certificate in it: whoever verifies brings the one that is trusted, and nobody is led to trust
 * what came along. It has no signed attributes either, so that the signature is the document's own.
 */
export function signedData(document: Uint8Array, signature: Uint8Array, { issuer, serialNumber }: CertificateNames): Uint8Array {
  const version = encodeSmallInteger(1);
  const signer = encodeSequence(version, encodeSequence(issuer, serialNumber), sha256, encodeSequence(encodeOid(rsaEncryption), encode(tags.null)), encode(tags.octetString, signature));
  const content = encodeSequence(encodeOid(dataType), encode(contextTag(0, true), encode(tags.octetString, document)));
  return encodeSequence(encodeOid(signedDataType), encode(contextTag(0, true), encodeSequence(version, encodeSet(sha256), content, encodeSet(signer))));
}
