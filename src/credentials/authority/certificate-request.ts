/** Requests for certificates: made where the key is, which never leaves it. Source: RFC 2986. */
import { createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { children, contextTag, DerBroken, DerReader, encode, encodeBitString, encodeSequence, encodeSmallInteger, readDer, smallInteger, tags, wholeBitString } from '../../base/der.ts';
import { encodeName, readName } from '../../base/distinguished-name.ts';
import type { NameAttribute } from '../../base/distinguished-name.ts';
import { algorithmOf, isSignatureOf, readSignatureAlgorithm, signWith } from '../../base/signature-algorithm.ts';

export interface CertificateRequest { readonly subject: readonly NameAttribute[]; readonly publicKey: KeyObject }

/** A request in DER: subject and key. What else people put into requests is for the authority to say. */
export function makeCertificateRequest(subject: readonly NameAttribute[], key: KeyObject): Uint8Array {
  const body = encodeSequence(encodeSmallInteger(0), encodeName(subject), createPublicKey(key).export({ format: 'der', type: 'spki' }), encode(contextTag(0, true)));
  return encodeSequence(body, algorithmOf(key), encodeBitString(signWith(key, body)));
}

/** Reads a request in PEM whose key signed it; undefined for anything else. */
export function readCertificateRequest(pem: string): CertificateRequest | undefined {
  const match = /^\s*-----BEGIN (NEW )?CERTIFICATE REQUEST-----\r?\n([A-Za-z0-9+/=\r\n]+)-----END \1?CERTIFICATE REQUEST-----\s*$/.exec(pem);
  if (!match) return undefined;
  try {
    return readSigned(Buffer.from(match[2]!, 'base64'));
  } catch (error) {
    if (error instanceof DerBroken) return undefined;
    throw error;
  }
}

function readSigned(bytes: Uint8Array): CertificateRequest | undefined {
  const [body, algorithmValue, signature, ...more] = children(readDer(bytes, tags.sequence));
  if (!body || body.tag !== tags.sequence || !algorithmValue || !signature || more.length > 0) throw new DerBroken('no request');
  const reader = new DerReader(body.content);
  if (smallInteger(reader.next()) !== 0) throw new DerBroken('a version that there is not');
  const subject = readName(reader.next());
  const publicKey = readKey(reader.next(tags.sequence).bytes);
  reader.optional(contextTag(0, true));
  reader.end();
  const algorithm = readSignatureAlgorithm(algorithmValue);
  return algorithm && isSignatureOf(algorithm, publicKey, body.bytes, wholeBitString(signature)) ? { subject: subject.attributes, publicKey } : undefined;
}

function readKey(bytes: Uint8Array): KeyObject {
  try {
    return createPublicKey({ key: Buffer.from(bytes), format: 'der', type: 'spki' });
  } catch (cause) {
    throw new DerBroken(`a key that cannot be read: ${String(cause)}`);
  }
}
