/** The extensions of the certificates that are issued here, as they are written. Source: RFC 5280, section 4.2. */
import { createHash } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { contextTag, encode, encodeBitString, encodeBoolean, encodeOid, encodeSequence, encodeSmallInteger, tags } from '../../base/der.ts';

/** What is known about the holder of a key, and what the key is for. */
export type CertificateProfile =
  /** An authority: how many authorities may stand below it. */
  | { readonly kind: 'authority'; readonly pathLength?: number | undefined }
  /** Whoever shows it to a server, and the server too where it is one. */
  | { readonly kind: 'endEntity'; readonly isServer?: boolean };

/** `DNS:host.example`, `URI:spiffe://…`, `IP:127.0.0.1`, `email:…` */
export interface AlternativeName { readonly kind: 'DNS' | 'URI' | 'IP' | 'email'; readonly value: string }

/** Reads one of them; undefined where it is none. */
export function parseAlternativeName(text: string): AlternativeName | undefined {
  const match = /^(DNS|URI|IP|email):([\x21-\x7e]{1,255})$/.exec(text);
  const name = match && { kind: match[1] as AlternativeName['kind'], value: match[2]! };
  return name && (name.kind !== 'IP' || addressBytes(name.value)) ? name : undefined;
}

export function extensionsOf(profile: CertificateProfile, names: readonly AlternativeName[], subjectKey: KeyObject, issuerKey: KeyObject): Uint8Array {
  const isAuthority = profile.kind === 'authority';
  const list = [
    extension('2.5.29.19', true, isAuthority ? encodeSequence(encodeBoolean(true), ...(profile.pathLength === undefined ? [] : [encodeSmallInteger(profile.pathLength)])) : encodeSequence()),
    // keyCertSign and cRLSign; digitalSignature.
    extension('2.5.29.15', true, isAuthority ? encodeBitString(Uint8Array.of(0x06), 1) : encodeBitString(Uint8Array.of(0x80), 7)),
    ...(isAuthority ? [] : [extension('2.5.29.37', false, encodeSequence(encodeOid('1.3.6.1.5.5.7.3.2'), ...(profile.isServer ? [encodeOid('1.3.6.1.5.5.7.3.1')] : [])))]),
    extension('2.5.29.14', false, encode(tags.octetString, keyIdentifier(subjectKey))),
    extension('2.5.29.35', false, encodeSequence(encode(contextTag(0, false), keyIdentifier(issuerKey)))),
    ...(names.length > 0 ? [extension('2.5.29.17', false, encodeSequence(...names.map(encodeAlternativeName)))] : []),
  ];
  return encode(contextTag(3, true), encodeSequence(...list));
}

export function extension(id: string, isCritical: boolean, value: Uint8Array): Uint8Array {
  return encodeSequence(encodeOid(id), ...(isCritical ? [encodeBoolean(true)] : []), encode(tags.octetString, value));
}

/** A name for a key, not a proof of it. Source: RFC 7093, section 2. */
export function keyIdentifier(key: KeyObject): Uint8Array {
  return createHash('sha256').update(key.export({ format: 'der', type: 'spki' })).digest().subarray(0, 20);
}

const nameTags: Readonly<Record<AlternativeName['kind'], number>> = { email: 1, DNS: 2, URI: 6, IP: 7 };

function encodeAlternativeName({ kind, value }: AlternativeName): Uint8Array {
  return encode(contextTag(nameTags[kind], false), kind === 'IP' ? addressBytes(value)! : Buffer.from(value, 'latin1'));
}

function addressBytes(text: string): Uint8Array | undefined {
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text)) {
    const bytes = text.split('.').map(Number);
    return bytes.every((byte) => byte < 256) ? Uint8Array.from(bytes) : undefined;
  }
  if (!URL.canParse(`http://[${text}]/`)) return undefined;
  const [head = '', tail] = new URL(`http://[${text}]/`).hostname.slice(1, -1).split('::');
  const groups = (part: string | undefined): number[] => (part ? part.split(':').map((group) => Number.parseInt(group, 16)) : []);
  const [first, last] = [groups(head), groups(tail)];
  const all = [...first, ...Array.from({ length: 8 - first.length - last.length }, () => 0), ...last];
  return Uint8Array.from(all.flatMap((group) => [group >> 8, group & 0xff]));
}
