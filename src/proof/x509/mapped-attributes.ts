/** What a certificate says of its holder, as session tags and source identity. Source: "Certificate attribute mapping" and "The IAM Roles Anywhere trust model" (IAM Roles Anywhere User Guide). */
import type { CertificateField } from '../../base/certificate-fields.ts';
import { isAttributeName } from '../../base/distinguished-name.ts';
import type { NameAttribute } from '../../base/distinguished-name.ts';
import type { Certificate } from './certificate.ts';

/** Which data of a field are taken: attributes of a name (`CN`, an object identifier, `*` for all that are known), kinds of alternative names. */
export interface AttributeMapping { readonly field: CertificateField; readonly specifiers: readonly string[] }

/** Source: "Default mapping behavior". */
export const defaultMappings: readonly AttributeMapping[] = [
  { field: 'x509Subject', specifiers: ['*'] },
  { field: 'x509Issuer', specifiers: ['*'] },
  { field: 'x509SAN', specifiers: ['DNS', 'URI', 'Name/*'] },
];

/** `Name` and `Name/` mean `Name/*`. Source: the same. Undefined where nothing is called so. */
export function readSpecifier(field: CertificateField, text: string): string | undefined {
  if (field !== 'x509SAN') return isNameSpecifier(text) ? text : undefined;
  if (text === 'DNS' || text === 'URI') return text;
  if (text === 'Name' || text === 'Name/') return 'Name/*';
  return text.startsWith('Name/') && isNameSpecifier(text.slice('Name/'.length)) ? text : undefined;
}

const isNameSpecifier = (text: string): boolean => text === '*' || isAttributeName(text) || /^\d{1,4}(?:\.\d{1,10}){1,12}$/.test(text);

/** What of a certificate cannot be said of a session. */
export interface Unmappable { readonly unmappable: string }

export type MappedAttributes = { readonly tags: Readonly<Record<string, string>>; readonly sourceIdentity: string | undefined } | Unmappable;

/** Source: AssumeRole, Tags (STS API Reference). */
const tagsMax = 50;
const tagValue = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u;
/** Source: RFC 5280, appendix A.1: no common name is longer, and no source identity (AssumeRole, STS API Reference). */
const commonNameMax = 64;

/**
 * The tags of a session by what a profile maps. What does not fit into a tag refuses the certificate (AWS: seen in public, May 2026). GUESS: several values of one attribute stand in one
 * tag, joined with slashes in the order of the certificate; a subject of two common names is refused, for it could be taken for either; one that AssumeRole would not take for a source
 * identity, because there are spaces in it, is one as it stands.
 */
export function mapAttributes({ subject, issuer, extensions: { alternativeNames } }: Pick<Certificate, 'subject' | 'issuer' | 'extensions'>, mappings: readonly AttributeMapping[]): MappedAttributes {
  const tags: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const { field, specifiers } of mappings) {
    for (const specifier of specifiers) {
      if (field === 'x509Subject') takeName(tags, field, subject.attributes, specifier);
      else if (field === 'x509Issuer') takeName(tags, field, issuer.attributes, specifier);
      else takeAlternativeName(tags, field, alternativeNames, specifier);
    }
  }
  const names = Object.keys(tags);
  if (names.length > tagsMax) return { unmappable: `it has more than ${tagsMax} attributes` };
  // Tags are told apart whatever their letter case.
  if (new Set(names.map((name) => name.toLowerCase())).size < names.length) return { unmappable: 'two of its attributes have one name' };
  const unfit = names.filter((name) => !tagValue.test(tags[name]!));
  if (unfit.length > 0) return { unmappable: `some attributes fail to be mapped into session tags: [${unfit.join(', ')}]` };
  const commonNames = subject.attributes.filter(({ type }) => type === 'CN');
  if (commonNames.length > 1) return { unmappable: 'its subject has several common names' };
  const [commonName] = commonNames;
  if (commonName && (commonName.value.length > commonNameMax || commonName.value === '' || !tagValue.test(commonName.value))) return { unmappable: 'its common name cannot be a source identity' };
  return { tags: { ...tags }, sourceIdentity: commonName?.value };
}

function takeName(tags: Record<string, string>, prefix: string, attributes: readonly NameAttribute[], specifier: string): void {
  const types = specifier === '*' ? new Set(attributes.map(({ type }) => type).filter(isAttributeName)) : [specifier];
  for (const type of types) {
    const values = attributes.filter((attribute) => attribute.type === type).map(({ value }) => value);
    if (values.length > 0) tags[`${prefix}/${type}`] = values.join('/');
  }
}

/** The first of each kind. */
function takeAlternativeName(tags: Record<string, string>, prefix: string, { dns, uri, directory }: Certificate['extensions']['alternativeNames'], specifier: string): void {
  const [name] = directory;
  if (specifier.startsWith('Name/')) {
    if (name) takeName(tags, `${prefix}/Name`, name, specifier.slice('Name/'.length));
    return;
  }
  const [value] = specifier === 'DNS' ? dns : uri;
  if (value !== undefined) tags[`${prefix}/${specifier}`] = value;
}
