/** Makes certificates of every kind, also those that no honest authority signs. */
import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Timestamp } from '../../src/base/clock.ts';
import { contextTag, encode, encodeBitString, encodeBoolean, encodeOid, encodeSequence, encodeSmallInteger, encodeText, encodeUnsigned, tags } from '../../src/base/der.ts';
import { encodeName } from '../../src/base/distinguished-name.ts';
import type { NameAttribute } from '../../src/base/distinguished-name.ts';
import { algorithmOf, signWith } from '../../src/base/signature-algorithm.ts';
import { readCertificate } from '../../src/proof/x509/certificate.ts';
import type { Certificate } from '../../src/proof/x509/certificate.ts';
import { testEpoch } from '../gatehouse.ts';

export interface Holder { readonly name: readonly NameAttribute[]; readonly key: KeyObject }

export const ecKey = (namedCurve = 'P-256'): KeyObject => generateKeyPairSync('ec', { namedCurve }).privateKey;
export const rsaKey = (modulusLength = 2048): KeyObject => generateKeyPairSync('rsa', { modulusLength }).privateKey;

export const named = (CN: string, key: KeyObject = ecKey()): Holder => ({ name: [{ type: 'CN', value: CN }], key });

const day = 86_400_000;

export interface Forged {
  readonly issuer: Holder;
  readonly isAuthority?: boolean;
  readonly pathLength?: number;
  /** The bits of the key usage; none where it is null. */
  readonly keyUsage?: number | null;
  readonly extendedKeyUsage?: readonly string[];
  readonly from?: Timestamp;
  readonly to?: Timestamp;
  readonly serial?: number;
  readonly version?: 1 | 3;
  /** Another hash, with its object identifier. */
  readonly weak?: { readonly hash: string; readonly id: string };
  /** More extensions, in DER. */
  readonly extensions?: readonly Uint8Array[];
}

export const authorityBits = 0x06;
export const signatureBit = 0x80;
let serials = 100;

export function extension(id: string, isCritical: boolean, value: Uint8Array): Uint8Array {
  return encodeSequence(encodeOid(id), ...(isCritical ? [encodeBoolean(true)] : []), encode(tags.octetString, value));
}

export function alternativeNames(...names: readonly Uint8Array[]): Uint8Array {
  return extension('2.5.29.17', false, encodeSequence(...names));
}

export const dnsName = (name: string): Uint8Array => encode(contextTag(2, false), Buffer.from(name, 'latin1'));
export const uriName = (name: string): Uint8Array => encode(contextTag(6, false), Buffer.from(name, 'latin1'));
export const directoryName = (name: readonly NameAttribute[]): Uint8Array => encode(contextTag(4, true), encodeName(name));

export function forgeDer(subject: Holder, { issuer, isAuthority = false, pathLength, keyUsage, extendedKeyUsage, from = testEpoch - day, to = testEpoch + day, serial = ++serials, version = 3, weak, extensions = [] }: Forged): Uint8Array {
  const usage = keyUsage === undefined ? (isAuthority ? authorityBits : signatureBit) : keyUsage;
  const list = [
    ...(isAuthority ? [extension('2.5.29.19', true, encodeSequence(encodeBoolean(true), ...(pathLength === undefined ? [] : [encodeSmallInteger(pathLength)])))] : []),
    ...(usage === null ? [] : [extension('2.5.29.15', true, encodeBitString(Uint8Array.of(usage)))]),
    ...(extendedKeyUsage ? [extension('2.5.29.37', false, encodeSequence(...extendedKeyUsage.map(encodeOid)))] : []),
    ...extensions,
  ];
  const algorithm = weak ? encodeSequence(encodeOid(weak.id)) : algorithmOf(issuer.key);
  const body = encodeSequence(
    ...(version === 3 ? [encode(contextTag(0, true), encodeSmallInteger(2))] : []), encodeUnsigned(serialBytes(serial)), algorithm, encodeName(issuer.name), encodeSequence(time(from), time(to)), encodeName(subject.name),
    createPublicKey(subject.key).export({ format: 'der', type: 'spki' }), ...(version === 3 && list.length > 0 ? [encode(contextTag(3, true), encodeSequence(...list))] : []),
  );
  return encodeSequence(body, algorithm, encodeBitString(weak ? sign(weak.hash, body, issuer.key) : signWith(issuer.key, body)));
}

export const forge = (subject: Holder, options: Forged): Certificate => readCertificate(forgeDer(subject, options));

export function serialBytes(serial: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(serial);
  return bytes;
}

const time = (at: Timestamp): Uint8Array => encodeText(tags.generalizedTime, `${new Date(at).toISOString().slice(0, 19).replaceAll(/[-T:]/g, '')}Z`);
