/** The extensions of certificates and revocation lists that decisions are made by. Source: RFC 5280, section 4.2. */
import { bitString, boolean, children, contextTag, DerBroken, DerReader, oid, readDer, smallInteger, tags } from '../../base/der.ts';
import type { DerValue } from '../../base/der.ts';
import { readName } from '../../base/distinguished-name.ts';
import type { NameAttribute } from '../../base/distinguished-name.ts';
import { x509Limits } from './limits.ts';

export type KeyUsage = 'digitalSignature' | 'nonRepudiation' | 'keyEncipherment' | 'dataEncipherment' | 'keyAgreement' | 'keyCertSign' | 'cRLSign' | 'encipherOnly' | 'decipherOnly';

/** By the number of the bit. */
export const keyUsages: readonly KeyUsage[] = ['digitalSignature', 'nonRepudiation', 'keyEncipherment', 'dataEncipherment', 'keyAgreement', 'keyCertSign', 'cRLSign', 'encipherOnly', 'decipherOnly'];

/** The other names of a subject, each kind in the order of the certificate. */
export interface AlternativeNames { readonly dns: readonly string[]; readonly uri: readonly string[]; readonly email: readonly string[]; readonly directory: readonly (readonly NameAttribute[])[] }

export interface Extensions {
  readonly isAuthority: boolean;
  /** How many authorities may stand between it and a leaf. */
  readonly pathLength: number | undefined;
  /** Undefined where it may be used for anything. */
  readonly keyUsage: ReadonlySet<KeyUsage> | undefined;
  /** Object identifiers; undefined where it may be used for anything. */
  readonly extendedKeyUsage: readonly string[] | undefined;
  readonly alternativeNames: AlternativeNames;
  /** It says which names those below it may have. */
  readonly hasNameConstraints: boolean;
  /** Those that must be understood and are not: whatever they say, it is not known to be kept. */
  readonly unknownCritical: readonly string[];
}

export const extensionIds = {
  subjectKeyIdentifier: '2.5.29.14', keyUsage: '2.5.29.15', alternativeNames: '2.5.29.17', basicConstraints: '2.5.29.19', crlNumber: '2.5.29.20', nameConstraints: '2.5.29.30',
  authorityKeyIdentifier: '2.5.29.35', extendedKeyUsage: '2.5.29.37',
} as const;

/** Purposes of a key. Source: RFC 5280, section 4.2.1.12. */
export const purposes = { any: '2.5.29.37.0', serverAuth: '1.3.6.1.5.5.7.3.1', clientAuth: '1.3.6.1.5.5.7.3.2' } as const;

interface RawExtension { readonly id: string; readonly isCritical: boolean; readonly value: Uint8Array }

/** Reads the list of extensions in its context tag. One that comes twice is refused: which counts? Throws DerBroken. */
export function readRawExtensions(tagged: DerValue | undefined): readonly RawExtension[] {
  if (!tagged) return [];
  const list = children(readDer(tagged.content, tags.sequence)).map((extension) => {
    if (extension.tag !== tags.sequence) throw new DerBroken('no extension');
    const reader = new DerReader(extension.content);
    const id = oid(reader.next(tags.oid));
    const critical = reader.optional(tags.boolean);
    const value = reader.next(tags.octetString).content;
    reader.end();
    return { id, isCritical: critical !== undefined && boolean(critical), value };
  });
  if (list.length > x509Limits.extensionsMax) throw new DerBroken('too many extensions');
  if (new Set(list.map(({ id }) => id)).size < list.length) throw new DerBroken('an extension that comes twice');
  return list;
}

export function readExtensions(tagged: DerValue | undefined): Extensions {
  const list = readRawExtensions(tagged);
  const find = (id: string): Uint8Array | undefined => list.find((extension) => extension.id === id)?.value;
  const understood: ReadonlySet<string> = new Set([extensionIds.keyUsage, extensionIds.alternativeNames, extensionIds.basicConstraints, extensionIds.extendedKeyUsage]);
  return {
    ...readBasicConstraints(find(extensionIds.basicConstraints)),
    keyUsage: readKeyUsage(find(extensionIds.keyUsage)),
    extendedKeyUsage: readExtendedKeyUsage(find(extensionIds.extendedKeyUsage)),
    alternativeNames: readAlternativeNames(find(extensionIds.alternativeNames)),
    hasNameConstraints: find(extensionIds.nameConstraints) !== undefined,
    unknownCritical: list.filter(({ id, isCritical }) => isCritical && !understood.has(id)).map(({ id }) => id),
  };
}

function readBasicConstraints(bytes: Uint8Array | undefined): Pick<Extensions, 'isAuthority' | 'pathLength'> {
  if (!bytes) return { isAuthority: false, pathLength: undefined };
  const reader = new DerReader(readDer(bytes, tags.sequence).content);
  const flag = reader.optional(tags.boolean);
  const isAuthority = flag !== undefined && boolean(flag);
  const length = reader.optional(tags.integer);
  reader.end();
  return { isAuthority, pathLength: length && smallInteger(length) };
}

function readKeyUsage(bytes: Uint8Array | undefined): ReadonlySet<KeyUsage> | undefined {
  if (!bytes) return undefined;
  const { bytes: bits } = bitString(readDer(bytes));
  return new Set(keyUsages.filter((_, bit) => ((bits[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0));
}

function readExtendedKeyUsage(bytes: Uint8Array | undefined): readonly string[] | undefined {
  return bytes && children(readDer(bytes, tags.sequence)).map(oid);
}

const nothing: AlternativeNames = { dns: [], uri: [], email: [], directory: [] };

/** Source: RFC 5280, section 4.2.1.6. */
function readAlternativeNames(bytes: Uint8Array | undefined): AlternativeNames {
  if (!bytes) return nothing;
  const names = children(readDer(bytes, tags.sequence));
  if (names.length > x509Limits.alternativeNamesMax) throw new DerBroken('too many names');
  const texts = (number: number): readonly string[] => names.filter(({ tag }) => tag === contextTag(number, false)).map(({ content }) => readAscii(content));
  const directory = names.filter(({ tag }) => tag === contextTag(4, true)).map(({ content }) => readName(readDer(content)).attributes);
  return { email: texts(1), dns: texts(2), uri: texts(6), directory };
}

function readAscii(bytes: Uint8Array): string {
  // A NUL or another control character would end the name for some readers and not for others.
  if (bytes.some((byte) => byte < 0x20 || byte > 0x7e)) throw new DerBroken('a name that is no ASCII');
  return Buffer.from(bytes).toString('latin1');
}
