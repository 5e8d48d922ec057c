/** What an authority signs: certificates, and lists of those it takes back. Source: RFC 5280, sections 4 and 5. */
import { createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Timestamp } from '../../base/clock.ts';
import { contextTag, encode, encodeBitString, encodeSequence, encodeSmallInteger, encodeText, encodeUnsigned, tags } from '../../base/der.ts';
import { encodeName } from '../../base/distinguished-name.ts';
import type { NameAttribute } from '../../base/distinguished-name.ts';
import type { RandomBytes } from '../../base/ids.ts';
import { algorithmOf, signWith } from '../../base/signature-algorithm.ts';
import { extension, extensionsOf, keyIdentifier } from './certificate-extensions.ts';
import type { AlternativeName, CertificateProfile } from './certificate-extensions.ts';

/** Who signs: its name, and its private key. */
export interface Authority { readonly name: readonly NameAttribute[]; readonly key: KeyObject }

export interface NewCertificate {
  readonly subject: readonly NameAttribute[];
  readonly publicKey: KeyObject;
  /** As bytes, most significant first: see newSerialNumber. */
  readonly serialNumber: Uint8Array;
  readonly notBefore: Timestamp;
  readonly notAfter: Timestamp;
  readonly profile: CertificateProfile;
  readonly alternativeNames?: readonly AlternativeName[];
}

/** Nobody guesses it, and it is no negative number. Source: CA/Browser Forum Baseline Requirements, section 7.1: at least 64 random bits. */
export function newSerialNumber(random: RandomBytes): Uint8Array {
  const bytes = Uint8Array.from(random(16));
  bytes[0] = (bytes[0]! & 0x7f) | 0x40;
  return bytes;
}

/** A certificate in DER. */
export function issueCertificate({ subject, publicKey, serialNumber, notBefore, notAfter, profile, alternativeNames = [] }: NewCertificate, { name, key }: Authority): Uint8Array {
  return signed(key, (algorithm) => encodeSequence(
    encode(contextTag(0, true), encodeSmallInteger(2)), encodeUnsigned(serialNumber), algorithm, encodeName(name), encodeSequence(encodeTime(notBefore), encodeTime(notAfter)), encodeName(subject),
    publicKey.export({ format: 'der', type: 'spki' }), extensionsOf(profile, alternativeNames, publicKey, createPublicKey(key)),
  ));
}

export interface NewRevocationList {
  readonly number: number;
  readonly thisUpdate: Timestamp;
  readonly nextUpdate: Timestamp;
  readonly revoked: readonly { readonly serialNumber: Uint8Array; readonly at: Timestamp }[];
}

/** A revocation list in DER. */
export function issueRevocationList({ number, thisUpdate, nextUpdate, revoked }: NewRevocationList, { name, key }: Authority): Uint8Array {
  const entries = revoked.map(({ serialNumber, at }) => encodeSequence(encodeUnsigned(serialNumber), encodeTime(at)));
  const extensions = [
    extension('2.5.29.35', false, encodeSequence(encode(contextTag(0, false), keyIdentifier(createPublicKey(key))))),
    extension('2.5.29.20', false, encodeSmallInteger(number)),
  ];
  return signed(key, (algorithm) => encodeSequence(
    encodeSmallInteger(1), algorithm, encodeName(name), encodeTime(thisUpdate), encodeTime(nextUpdate), ...(entries.length > 0 ? [encodeSequence(...entries)] : []),
    encode(contextTag(0, true), encodeSequence(...extensions)),
  ));
}

/** What is signed names the algorithm itself. */
function signed(key: KeyObject, make: (algorithm: Uint8Array) => Uint8Array): Uint8Array {
  const algorithm = algorithmOf(key);
  const body = make(algorithm);
  return encodeSequence(body, algorithm, encodeBitString(signWith(key, body)));
}

/** Until 2049 in the short form. Source: RFC 5280, section 4.1.2.5. */
function encodeTime(at: Timestamp): Uint8Array {
  const text = `${new Date(at).toISOString().slice(0, 19).replaceAll(/[-T:]/g, '')}Z`;
  return text < '2050' ? encodeText(tags.utcTime, text.slice(2)) : encodeText(tags.generalizedTime, text);
}

/** DER as PEM. */
export function toPem(label: 'CERTIFICATE' | 'X509 CRL' | 'CERTIFICATE REQUEST', der: Uint8Array): string {
  const lines = Buffer.from(der).toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
