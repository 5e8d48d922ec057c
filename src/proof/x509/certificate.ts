/** X.509 certificates, read once and strictly: what everything here that decides about one looks at. Source: RFC 5280, section 4. */
import { createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Timestamp } from '../../base/clock.ts';
import { contextTag, DerBroken, DerReader, integerBytes, readDer, smallInteger, tags, wholeBitString } from '../../base/der.ts';
import type { DerValue } from '../../base/der.ts';
import { readName } from '../../base/distinguished-name.ts';
import type { DistinguishedName } from '../../base/distinguished-name.ts';
import { readExtensions } from './extensions.ts';
import type { Extensions } from './extensions.ts';
import { x509Limits } from './limits.ts';
import { isSignatureOf, readSignatureAlgorithm } from '../../base/signature-algorithm.ts';
import type { SignatureAlgorithm } from '../../base/signature-algorithm.ts';
import { readTime } from './time.ts';

export interface Certificate {
  /** The whole of it in DER. */
  readonly bytes: Uint8Array;
  /** 1 or 3. */
  readonly version: number;
  /** In lower-case hexadecimal, two digits a byte. */
  readonly serialNumber: string;
  readonly issuer: DistinguishedName;
  readonly subject: DistinguishedName;
  readonly notBefore: Timestamp;
  readonly notAfter: Timestamp;
  readonly publicKey: KeyObject;
  /** Undefined where it is none that is known here. */
  readonly signatureAlgorithm: SignatureAlgorithm | undefined;
  readonly signature: Uint8Array;
  /** What the signature is of. */
  readonly signedBytes: Uint8Array;
  readonly extensions: Extensions;
}

/** Reads a certificate in DER. Throws DerBroken for anything else, and for whatever two readers might read in two ways. */
export function readCertificate(bytes: Uint8Array): Certificate {
  if (bytes.length > x509Limits.certificateBytesMax) throw new DerBroken('a certificate that is too large');
  const outer = new DerReader(readDer(bytes, tags.sequence).content);
  const tbs = outer.next(tags.sequence);
  const algorithm = outer.next(tags.sequence);
  const signature = wholeBitString(outer.next());
  outer.end();
  const reader = new DerReader(tbs.content);
  const version = readVersion(reader.optional(contextTag(0, true)));
  const serial = integerBytes(reader.next());
  // Source: RFC 5280, section 4.1.2.2: at most twenty bytes, and no negative number.
  if (serial[0]! >= 0x80 || serial.length > 21) throw new DerBroken('a serial number that is out of range');
  // Source: RFC 5280, section 4.1.1.2: both places name the same algorithm.
  if (!isSame(reader.next(tags.sequence).bytes, algorithm.bytes)) throw new DerBroken('two algorithms for one signature');
  const issuer = readName(reader.next());
  const [notBefore, notAfter] = readValidity(reader.next(tags.sequence));
  const subject = readName(reader.next());
  const publicKey = readPublicKey(reader.next(tags.sequence));
  // Ids of issuer and subject, which nobody uses any more.
  if (version >= 2) for (const number of [1, 2]) reader.optional(contextTag(number, false));
  const extensions = readExtensions(version >= 3 ? reader.optional(contextTag(3, true)) : undefined);
  reader.end();
  return {
    bytes, version, serialNumber: serialText(serial), issuer, subject, notBefore, notAfter, publicKey, signature, extensions,
    signatureAlgorithm: readSignatureAlgorithm(algorithm), signedBytes: tbs.bytes,
  };
}

function readVersion(value: DerValue | undefined): number {
  if (!value) return 1;
  const version = smallInteger(readDer(value.content)) + 1;
  // Source: X.690 section 11.5: the default is not written.
  if (version !== 2 && version !== 3) throw new DerBroken('a version that there is not');
  return version;
}

function readValidity(value: DerValue): readonly [Timestamp, Timestamp] {
  const reader = new DerReader(value.content);
  const validity = [readTime(reader.next()), readTime(reader.next())] as const;
  reader.end();
  return validity;
}

function readPublicKey(value: DerValue): KeyObject {
  try {
    return createPublicKey({ key: Buffer.from(value.bytes), format: 'der', type: 'spki' });
  } catch (cause) {
    throw new DerBroken(`a key that cannot be read: ${String(cause)}`);
  }
}

/** A serial number's bytes in hexadecimal, without the zero that only says that it is no negative number. */
export function serialText(bytes: Uint8Array): string {
  return Buffer.from(bytes.length > 1 && bytes[0] === 0 ? bytes.subarray(1) : bytes).toString('hex');
}

export const isSame = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

export const isSelfIssued = ({ issuer, subject }: Certificate): boolean => isSame(issuer.bytes, subject.bytes);

/** Whether the key of `issuer` signed the certificate. */
export function isSignedBy({ signatureAlgorithm, signedBytes, signature }: Pick<Certificate, 'signatureAlgorithm' | 'signedBytes' | 'signature'>, issuer: Certificate): boolean {
  return signatureAlgorithm !== undefined && isSignatureOf(signatureAlgorithm, issuer.publicKey, signedBytes, signature);
}
