/** Requests that are signed with the key of a certificate, which comes with them. Source: "The IAM Roles Anywhere authentication signing process" (IAM Roles Anywhere User Guide). */
import { hash, verify } from 'node:crypto';
import { children, DerBroken, integerBytes, readDer, tags } from '../../base/der.ts';
import type { SignedRequest } from '../signed-request.ts';
import { readCertificate, serialText } from '../x509/certificate.ts';
import type { Certificate } from '../x509/certificate.ts';
import { isStrongKey } from '../x509/chain.ts';
import { certificateAlgorithms, isCertificateAlgorithm } from './claim-parts.ts';
import type { SignatureClaim } from './claim.ts';
import { signatureDialects } from './dialect.ts';
import { signedValue } from './headers.ts';
import { refusals, SignatureRefusal } from './refusal.ts';
import { canonicalRequest } from './verify.ts';

/** The certificate whose key signed, and what came with it. Nothing says yet that anybody vouches for it. */
export interface ShownCertificates { readonly leaf: Certificate; readonly intermediates: readonly Certificate[] }

export interface ProvenCertificates extends ShownCertificates {
  /** What tells this signature from every other: two that one was made of are the same. */
  readonly signatureId: string;
}

/** Source: the same, "X-Amz-X509-Chain header MUST NOT exceed the maximum depth of 5 certificates". */
const chainMax = 5;

/** The certificates of a request that the key of the first of them signed. Throws SignatureRefusal. */
export function proveCertificateKey(claim: SignatureClaim, request: SignedRequest): ProvenCertificates {
  if (!isCertificateAlgorithm(claim.algorithm) || claim.isPresigned) throw new SignatureRefusal('algorithm', `Unsupported AWS 'algorithm': '${claim.algorithm}'. Please use ${Object.keys(certificateAlgorithms).join(' or ')}.`);
  const shown = readShown(claim);
  const { leaf } = shown;
  // Source: the same, task 4: the serial number in decimal.
  if (claim.accessKeyId !== BigInt(`0x${leaf.serialNumber}`).toString()) throw refusals.credentials();
  // Anybody can bring a key: one that would only cost time is not tried.
  if (leaf.publicKey.asymmetricKeyType !== certificateAlgorithms[claim.algorithm] || !isStrongKey(leaf.publicKey)) throw refusals.mismatch();
  const canonical = canonicalRequest(claim, request, signatureDialects.standard);
  if (canonical === undefined || !/^(?:[0-9a-f]{2}){8,1024}$/.test(claim.signature)) throw refusals.mismatch();
  const scope = `${claim.date}/${claim.region}/${claim.service}/${claim.terminator}`;
  const text = `${claim.algorithm}\n${claim.timestamp}\n${scope}\n${hash('sha256', Buffer.from(canonical, 'latin1'))}`;
  if (!verify('sha256', Buffer.from(text, 'latin1'), leaf.publicKey, Buffer.from(claim.signature, 'hex'))) throw refusals.mismatch();
  return { ...shown, signatureId: hash('sha256', `${text}\n${hash('sha256', leaf.bytes)}\n${lastingPart(claim)}`) };
}

/**
 * What of a signature stays the same whatever is made of it by those who have no key: of an elliptic curve's its first number, for the second can be negated. RSA's is one for one text. Throws
 * SignatureRefusal where it is no pair of numbers.
 */
function lastingPart({ algorithm, signature }: SignatureClaim): string {
  if (algorithm !== 'AWS4-X509-ECDSA-SHA256') return '';
  try {
    const [first, second, ...more] = children(readDer(Buffer.from(signature, 'hex'), tags.sequence));
    if (!first || !second || more.length > 0) throw new DerBroken('no pair of numbers');
    return serialText(integerBytes(first));
  } catch (cause) {
    if (cause instanceof DerBroken) throw refusals.mismatch();
    throw cause;
  }
}

/** Each header is one that the signature covers: every x-amz header must be. */
function readShown({ headers }: SignatureClaim): ShownCertificates {
  const leaf = signedValue(headers, 'x-amz-x509');
  if (leaf === undefined) throw new SignatureRefusal('incomplete', "A request that is signed with a certificate's key must have the header 'X-Amz-X509'.");
  const chain = signedValue(headers, 'x-amz-x509-chain');
  const parts = chain === undefined || chain === '' ? [] : chain.split(',');
  if (parts.length > chainMax) throw new SignatureRefusal('incomplete', `'X-Amz-X509-Chain' must not have more than ${chainMax} certificates.`);
  return { leaf: readBase64(leaf, 'X-Amz-X509'), intermediates: parts.map((part) => readBase64(part.trim(), 'X-Amz-X509-Chain')) };
}

function readBase64(text: string, header: string): Certificate {
  try {
    if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) throw new DerBroken('no base64');
    return readCertificate(Buffer.from(text, 'base64'));
  } catch (cause) {
    if (cause instanceof DerBroken) throw new SignatureRefusal('incomplete', `'${header}' holds no X.509 certificate in DER and Base64.`, { cause });
    throw cause;
  }
}
