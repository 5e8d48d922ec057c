/** Distinguished names: attributes by their object identifiers and by the names that people know them by. Source: RFC 4514; RFC 5280, section 4.1.2.4. */
import { children, DerBroken, encodeOid, encodeSequence, encodeSet, encodeText, oid, tags } from './der.ts';
import type { DerValue } from './der.ts';

/** An attribute of a name: what it is called, or its object identifier, and what it says. */
export interface NameAttribute { readonly type: string; readonly value: string }

/** A name: its attributes in the order of the certificate, and the bytes by which names are compared. */
export interface DistinguishedName { readonly attributes: readonly NameAttribute[]; readonly bytes: Uint8Array }

/** Source: RFC 4519; RFC 5280, appendix A.1. The short names are those of OpenSSL, which Roles Anywhere uses too. */
const attributeTypes: Readonly<Record<string, string>> = {
  CN: '2.5.4.3', SN: '2.5.4.4', serialNumber: '2.5.4.5', C: '2.5.4.6', L: '2.5.4.7', ST: '2.5.4.8', STREET: '2.5.4.9', O: '2.5.4.10', OU: '2.5.4.11', title: '2.5.4.12',
  GN: '2.5.4.42', initials: '2.5.4.43', generationQualifier: '2.5.4.44', dnQualifier: '2.5.4.46', pseudonym: '2.5.4.65', organizationIdentifier: '2.5.4.97',
  UID: '0.9.2342.19200300.100.1.1', DC: '0.9.2342.19200300.100.1.25', emailAddress: '1.2.840.113549.1.9.1',
};

const namesByOid: ReadonlyMap<string, string> = new Map(Object.entries(attributeTypes).map(([name, id]) => [id, name]));

/** Whether an attribute is known by that name. */
export const isAttributeName = (name: string): boolean => Object.hasOwn(attributeTypes, name);

/** What names are spelt in an ASCII of their own. */
const ia5Types: ReadonlySet<string> = new Set(['DC', 'emailAddress']);

/** Attributes of one name; real ones have a dozen at most. */
const attributesMax = 64;

/** Reads a Name. Throws DerBroken. */
export function readName(value: DerValue): DistinguishedName {
  if (value.tag !== tags.sequence) throw new DerBroken('no name');
  const attributes: NameAttribute[] = [];
  for (const set of children(value)) {
    if (set.tag !== tags.set || set.content.length === 0) throw new DerBroken('no relative name');
    for (const attribute of children(set)) {
      const [type, text, ...more] = children(attribute);
      if (attribute.tag !== tags.sequence || !type || !text || more.length > 0) throw new DerBroken('no attribute of a name');
      const id = oid(type);
      attributes.push({ type: namesByOid.get(id) ?? id, value: readText(text) });
      if (attributes.length > attributesMax) throw new DerBroken('a name of too many attributes');
    }
  }
  return { attributes, bytes: value.bytes };
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text of a string type. One with a NUL in it is refused: what is after it would be read by some and not by others. */
export function readText({ tag, content }: DerValue): string {
  const text = decodeText(tag, content);
  if (text.includes('\0')) throw new DerBroken('a text with a NUL in it');
  return text;
}

function decodeText(tag: number, content: Uint8Array): string {
  switch (tag) {
    case tags.utf8String: {
      try {
        return utf8.decode(content);
      } catch {
        throw new DerBroken('a text that is no UTF-8');
      }
    }
    case tags.printableString:
    case tags.ia5String: {
      if (content.some((byte) => byte > 0x7f)) throw new DerBroken('a text that is no ASCII');
      return Buffer.from(content).toString('latin1');
    }
    // What it is, nobody agrees on; all take it for Latin-1.
    case tags.teletexString: return Buffer.from(content).toString('latin1');
    case tags.bmpString: {
      if (content.length % 2 !== 0) throw new DerBroken('half a character');
      const text = Buffer.from(content).swap16().toString('utf16le');
      if (!text.isWellFormed()) throw new DerBroken('half a character');
      return text;
    }
    default: throw new DerBroken(`a text of the kind ${tag}`);
  }
}

/** The name as OpenSSL and AWS print it: `CN=alice,O=Example`, in the order of the certificate, special characters behind a backslash. Source: RFC 4514, section 2.4. */
export function showName({ attributes }: Pick<DistinguishedName, 'attributes'>): string {
  return attributes.map(({ type, value }) => `${type}=${value.replaceAll(/[,+"\\<>;=]|^[# ]| $/g, String.raw`\$&`)}`).join(',');
}

/** Reads `CN=alice,O=Example`; undefined where it is no such text, or an attribute is not known. */
export function parseName(text: string): readonly NameAttribute[] | undefined {
  const parts = text.match(/(?:\\.|[^,\\])+/g);
  if (!parts || parts.join(',') !== text) return undefined;
  const attributes = parts.map((part) => /^\s*([A-Za-z]+)\s*=\s*(.*\S)\s*$/s.exec(part)).map((match) => match && { type: match[1]!, value: match[2]!.replaceAll(/\\(.)/gs, '$1') });
  const known = attributes.filter((attribute): attribute is NameAttribute => attribute !== null && Object.hasOwn(attributeTypes, attribute.type));
  return known.length === parts.length ? known : undefined;
}

export function encodeName(attributes: readonly NameAttribute[]): Uint8Array {
  return encodeSequence(...attributes.map(({ type, value }) => {
    const id = attributeTypes[type];
    if (id === undefined) throw new Error(`no attribute of a name is called ${type}`);
    return encodeSet(encodeSequence(encodeOid(id), encodeText(type === 'C' ? tags.printableString : ia5Types.has(type) ? tags.ia5String : tags.utf8String, value)));
  }));
}
