/** Whom a role trusts, as a trust policy says it; and, of a trust policy, whom it names. */

export type Trust =
  | { readonly kind: 'service'; readonly service: string }
  | { readonly kind: 'account'; readonly account: string; readonly externalId: string; readonly isMfaWanted: boolean }
  | { readonly kind: 'webIdentity'; readonly providerArn: string; readonly audience: string; readonly subject: string }
  | { readonly kind: 'saml'; readonly providerArn: string; readonly audience: string }
  | { readonly kind: 'custom'; readonly document: string };
export type TrustKind = Trust['kind'];

interface Statement { readonly Effect: 'Allow'; readonly Principal: object; readonly Action: string | readonly string[]; readonly Condition?: object }

/** What a federated provider is called in condition keys: its ARN's part after `oidc-provider/`. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html */
export const keyPrefixOf = (providerArn: string): string => providerArn.slice(providerArn.indexOf('/') + 1);

const statements: { readonly [Kind in Exclude<TrustKind, 'custom'>]: (trust: Extract<Trust, { kind: Kind }>) => Statement } = {
  service: ({ service }) => ({ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }),
  account: ({ account, externalId, isMfaWanted }) => {
    const condition = { ...(externalId !== '' && { StringEquals: { 'sts:ExternalId': externalId } }), ...(isMfaWanted && { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }) };
    return { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'sts:AssumeRole', ...(Object.keys(condition).length > 0 && { Condition: condition }) };
  },
  webIdentity: ({ providerArn, audience, subject }) => ({
    Effect: 'Allow', Principal: { Federated: providerArn }, Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { StringEquals: { [`${keyPrefixOf(providerArn)}:aud`]: audience, ...(subject !== '' && !/[*?]/.test(subject) && { [`${keyPrefixOf(providerArn)}:sub`]: subject }) }, ...(/[*?]/.test(subject) && { StringLike: { [`${keyPrefixOf(providerArn)}:sub`]: subject } }) },
  }),
  saml: ({ providerArn, audience }) => ({ Effect: 'Allow', Principal: { Federated: providerArn }, Action: 'sts:AssumeRoleWithSAML', Condition: { StringEquals: { 'SAML:aud': audience } } }),
};

/** The trust policy for it, laid out to be read. */
export function trustPolicyOf(trust: Trust): string {
  if (trust.kind === 'custom') return trust.document;
  // Each kind has its own row, of its own type.
  const statement = (statements[trust.kind] as (trust: Trust) => Statement)(trust);
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, null, 2);
}

/** `Account: 111122223333`, `AWS service: ec2`: whom the statements that allow name. Of a document that is none, nothing. */
export function trustedIn(document: string): readonly string[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(document);
  } catch {
    return [];
  }
  const found = new Set<string>();
  for (const statement of listOf(fieldOf(parsed, 'Statement'))) {
    if (fieldOf(statement, 'Effect') !== 'Allow') continue;
    const principal = fieldOf(statement, 'Principal');
    if (principal === '*') found.add('Anyone');
    for (const [type, label] of Object.entries(labels)) for (const name of listOf(fieldOf(principal, type))) if (typeof name === 'string') found.add(label(name));
  }
  return [...found];
}

const accountForm = /^(?:arn:[^:]+:iam::)?(\d{12})(?::root)?$/;

const labels: Readonly<Record<string, (name: string) => string>> = {
  AWS: (name) => name === '*' ? 'Anyone' : accountForm.test(name) ? `Account: ${accountForm.exec(name)![1]}` : name,
  Service: (name) => `AWS service: ${name.replace(/\.amazonaws\.com$/, '')}`,
  Federated: (name) => `Identity provider: ${name.startsWith('arn:') ? keyPrefixOf(name) : name}`,
};

const fieldOf = (value: unknown, name: string): unknown => (typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined);
const listOf = (value: unknown): readonly unknown[] => Array.isArray(value) ? value : value === undefined ? [] : [value];
