/** What a SAML assertion says to policies and to the session: condition keys, session name, tags, source identity. Source: "Configure SAML assertions for the authentication response", "IAM and AWS STS condition context keys" (IAM User Guide). */
import { AssertionRefused } from './assertion.ts';
import type { SamlAssertion } from './assertion.ts';

const attributePrefix = 'https://aws.amazon.com/SAML/Attributes/';
const tagPrefix = `${attributePrefix}PrincipalTag:`;

/** Attributes that are condition keys: what the key is called after `saml:`, by the attribute's name. */
const attributeKeys: Readonly<Record<string, string>> = {
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.1': 'edupersonaffiliation',
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.2': 'edupersonnickname',
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.3': 'edupersonorgdn',
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.4': 'edupersonorgunitdn',
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.5': 'edupersonprimaryaffiliation',
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.6': 'edupersonprincipalname',
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.7': 'edupersonentitlement',
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.8': 'edupersonprimaryorgunitdn',
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.9': 'edupersonscopedaffiliation',
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.10': 'edupersontargetedid',
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.11': 'edupersonassurance',
  'urn:oid:1.3.6.1.4.1.5923.1.2.1.2': 'eduorghomepageuri',
  'urn:oid:1.3.6.1.4.1.5923.1.2.1.3': 'eduorgidentityauthnpolicyuri',
  'urn:oid:1.3.6.1.4.1.5923.1.2.1.4': 'eduorglegalname',
  'urn:oid:1.3.6.1.4.1.5923.1.2.1.5': 'eduorgsuperioruri',
  'urn:oid:1.3.6.1.4.1.5923.1.2.1.6': 'eduorgwhitepagesuri',
  'urn:oid:2.5.4.3': 'cn',
  'http://schemas.xmlsoap.org/claims/CommonName': 'commonName',
  'urn:oid:2.5.4.41': 'name',
  'urn:oid:2.5.4.42': 'givenName',
  'urn:oid:2.5.4.4': 'surname',
  'urn:oid:0.9.2342.19200300.100.1.3': 'mail',
  'urn:oid:0.9.2342.19200300.100.1.1': 'uid',
  'urn:oid:0.9.2342.19200300.100.1.45': 'organizationStatus',
  'http://schemas.microsoft.com/ws/2008/06/identity/claims/primarygroupsid': 'primaryGroupSID',
  'urn:oid:2.5.4.45': 'x500UniqueIdentifier',
};

export interface SamlClaims {
  readonly keys: Readonly<Record<string, string | readonly string[]>>;
  /** Those of them that later requests of the session still have. */
  readonly lastingKeys: Readonly<Record<string, string | readonly string[]>>;
  readonly sessionName: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly transitiveTagKeys: readonly string[];
  readonly sourceIdentity: string | undefined;
}

export interface ClaimContext { readonly account: string; readonly providerName: string; readonly providerArn: string; readonly roleArn: string; readonly nameQualifier: string }

/** Throws AssertionRefused where the assertion does not offer the role, or says something in a form that AWS does not take. */
export function samlClaims(assertion: SamlAssertion, { account, providerName, providerArn, roleArn, nameQualifier }: ClaimContext): SamlClaims {
  const { attributes, subject, subjectType, issuer, recipient } = assertion;
  checkRolePair(attributes.get(`${attributePrefix}Role`) ?? [], roleArn, providerArn);
  const lastingKeys = { 'saml:namequalifier': nameQualifier, 'saml:sub': subject, 'saml:sub_type': subjectType };
  const fromAttributes = Object.entries(attributeKeys).flatMap(([name, key]) => {
    const values = attributes.get(name);
    return values && values.length > 0 ? [[`saml:${key}`, values] as const] : [];
  });
  return {
    keys: { ...Object.fromEntries(fromAttributes), ...lastingKeys, 'saml:aud': recipient, 'saml:iss': issuer, 'saml:doc': `${account}/${providerName}` },
    lastingKeys,
    sessionName: sessionNameOf(single(attributes, 'RoleSessionName')),
    tags: tagsOf(attributes),
    transitiveTagKeys: attributes.get(`${attributePrefix}TransitiveTagKeys`) ?? [],
    sourceIdentity: sourceIdentityOf(single(attributes, 'SourceIdentity')),
  };
}

/** The role and the provider stand in one value, in either order. */
function checkRolePair(values: readonly string[], roleArn: string, providerArn: string): void {
  const isOffered = values.some((value) => {
    const pair = value.split(',').map((part) => part.trim());
    return pair.length === 2 && pair.includes(roleArn) && pair.includes(providerArn);
  });
  if (!isOffered) throw new AssertionRefused('rolePair', 'it does not offer the role');
}

function single(attributes: SamlAssertion['attributes'], name: string): string | undefined {
  const values = attributes.get(attributePrefix + name);
  if (values === undefined) return undefined;
  if (values.length !== 1) throw new AssertionRefused('invalid', `its ${name} has not one value`);
  return values[0];
}

const nameForm = /^[\w+=,.@-]{2,64}$/;

function sessionNameOf(name: string | undefined): string {
  if (name === undefined || !nameForm.test(name)) throw new AssertionRefused('roleSessionName', 'it has no RoleSessionName of the form that is needed');
  return name;
}

function sourceIdentityOf(identity: string | undefined): string | undefined {
  if (identity !== undefined && !nameForm.test(identity)) throw new AssertionRefused('invalid', 'its SourceIdentity is not of the form that is needed');
  return identity;
}

function tagsOf(attributes: SamlAssertion['attributes']): Readonly<Record<string, string>> {
  const tags: Record<string, string> = {};
  for (const [name, values] of attributes) {
    if (!name.startsWith(tagPrefix)) continue;
    if (values.length !== 1) throw new AssertionRefused('invalid', `its ${name} has not one value`);
    tags[name.slice(tagPrefix.length)] = values[0]!;
  }
  return tags;
}
