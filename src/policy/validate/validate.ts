/** What is wrong in a policy that someone wants to store, in AWS's words and in AWS's order. Source: reference answers of CreatePolicy and CreateRole; "Grammar of the IAM JSON policy language" (IAM User Guide). */
import type { AuthorizationReference } from '../../base/authorization-reference.ts';
import { readDocument, repeatedSid, type DocumentNode, type StatementNode } from '../document.ts';
import { JsonError } from '../json.ts';
import { canRead, readOperator } from '../operators.ts';
import type { Finding, PolicyKind } from '../types.ts';
import { invalidBucketPolicyJson, resourceFindings } from './bucket.ts';
import { notOfPolicyType, organizationFindings } from './organization.ts';
import { trustFindings } from './trust.ts';

/** The findings, the one that AWS names first; none when the policy is good. `reference` is what AWS lists of its services: with it a bucket policy is asked whether its actions go with its resources. */
export function validatePolicy(text: string, kind: PolicyKind, reference?: AuthorizationReference): readonly Finding[] {
  const { invalidJson, findings } = grammars[kind];
  try {
    return findings(readDocument(text), reference);
  } catch (thrown) {
    if (!(thrown instanceof JsonError)) throw thrown;
    return [{ message: invalidJson, offset: thrown.offset }];
  }
}

interface Grammar { readonly invalidJson: string; readonly findings: (document: DocumentNode, reference: AuthorizationReference | undefined) => readonly Finding[] }

const syntaxError = 'Syntax errors in policy.';

const identity: Grammar = { invalidJson: syntaxError, findings: identityFindings };
const resourceGrammar = (kind: 'bucket' | 'resource' | 'endpoint'): Grammar => ({ invalidJson: invalidBucketPolicyJson, findings: (document, reference) => resourceFindings(document, kind, reference) });

/** By kind of policy. A boundary is a managed policy, and a session policy has the form of one. */
const grammars: Record<PolicyKind, Grammar> = {
  identity,
  boundary: identity,
  session: identity,
  trust: { invalidJson: 'This policy contains invalid Json', findings: trustFindings },
  resource: resourceGrammar('resource'),
  endpoint: resourceGrammar('endpoint'),
  bucket: resourceGrammar('bucket'),
  scp: { invalidJson: notOfPolicyType, findings: (document) => organizationFindings(document, 'scp') },
  rcp: { invalidJson: notOfPolicyType, findings: (document) => organizationFindings(document, 'rcp') },
};

function identityFindings(document: DocumentNode): readonly Finding[] {
  for (const rule of identityRules) {
    const found = rule(document);
    if (found) return [found];
  }
  return [];
}

/** Finds the first thing that breaks one rule. */
type Rule = (document: DocumentNode) => Finding | undefined;

const finding = (message: string, offset?: number): Finding => ({ message, offset });

const eachStatement = (check: (statement: StatementNode) => string | undefined): Rule => ({ statements }) => {
  for (const statement of statements) {
    const message = check(statement);
    if (message !== undefined) return finding(message, statement.offset);
  }
  return undefined;
};

/** In the order in which AWS names them. */
const identityRules: readonly Rule[] = [
  checkSyntax,
  eachStatement(({ principal, notPrincipal }) => (principal !== undefined || notPrincipal !== undefined ? 'Policy document should not specify a principal.' : undefined)),
  ({ version }) => (version === '2012-10-17' ? undefined : finding('Policy document must be version 2012-10-17 or greater.')),
  eachStatement(checkLegacyParsing),
  checkSids,
  eachStatement(({ actions, notActions }) => ((actions ?? notActions ?? []).length === 0 ? 'Policy statement must contain actions.' : undefined)),
  eachStatement(({ resources, notResources }) => firstOf([...(resources ?? notResources ?? [])].sort().reverse(), checkResource)),
  eachStatement(({ actions, notActions }) => firstOf(actions ?? notActions ?? [], checkAction)),
  eachStatement(({ resources, notResources }) => ((resources ?? notResources ?? []).length === 0 ? 'Policy statement must contain resources.' : undefined)),
];

function firstOf(texts: readonly string[], check: (text: string) => string | undefined): string | undefined {
  for (const text of texts) {
    const message = check(text);
    if (message !== undefined) return message;
  }
  return undefined;
}

function checkSyntax(document: DocumentNode): Finding | undefined {
  const { problems, hasStatement, statements, version } = document;
  const isBroken = problems.length > 0 || !hasStatement || statements.length === 0 || (version !== undefined && version !== '2012-10-17' && version !== '2008-10-17');
  if (isBroken) return finding(syntaxError);
  return eachStatement((statement) => (isStatementBroken(statement) ? syntaxError : undefined))(document);
}

function isStatementBroken({ problems, effect, sid, actions, notActions, resources, notResources, conditions }: StatementNode): boolean {
  if (problems.length > 0 || effect === undefined || !['allow', 'deny'].includes(effect.toLowerCase())) return true;
  if (sid !== undefined && !/^[A-Za-z0-9]*$/.test(sid)) return true;
  if (actions !== undefined && notActions !== undefined) return true;
  if (resources !== undefined && notResources !== undefined) return true;
  return conditions.some(({ operator }) => readOperator(operator) === undefined);
}

function checkLegacyParsing({ effect, resources, notResources, conditions }: StatementNode): string | undefined {
  const message = 'The policy failed legacy parsing';
  if (effect !== 'Allow' && effect !== 'Deny') return message;
  for (const { operator, values } of conditions) {
    const use = readOperator(operator);
    if (!use) continue;
    // A value that its operator cannot read could never be met; AWS refuses it as it refuses a bad date.
    if (!values.every((value) => canRead(use, value))) return message;
  }
  for (const resource of [...(resources ?? []), ...(notResources ?? [])]) {
    const parts = resource.split(':');
    if (resource.startsWith('arn:') && parts.length > 2 && parts[2] === '') return message;
    if (resource.startsWith('arn:') && resource.includes('::') && parts.length < 6) return message;
  }
  return undefined;
}

function checkSids({ statements }: DocumentNode): Finding | undefined {
  const repeated = repeatedSid(statements);
  return repeated && finding('Statement IDs (SID) in a single policy must be unique.', repeated.offset);
}

const partitions: ReadonlySet<string> = new Set(['aws', 'aws-cn', 'aws-us-gov', 'aws-iso', 'aws-iso-b', 'aws-iso-e', 'aws-iso-f', 'aws-eusc', '*']);
const iamResources = ['user/', 'federated-user/', 'role/', 'group/', 'instance-profile/', 'mfa/', 'server-certificate/', 'policy/', 'sms-mfa/', 'saml-provider/', 'oidc-provider/', 'report/', 'access-report/'];

/** Requests for delegation came later, and the message does not name them. */
const unnamedIamResources = ['delegation-request/'];

function checkResource(resource: string): string | undefined {
  if (resource === '*') return undefined;
  if (!resource.includes(':')) return `Resource ${resource} must be in ARN format or "*".`;
  const [arn, partition = '*', service = '*', region = '*', account = '*', ...rest] = resource.split(':');
  const last = rest.length > 0 ? rest.join(':') : '*';
  if (arn !== 'arn' || !partitions.has(partition)) {
    return `Partition "${partition}" is not valid for resource "arn:${[partition, service, region, account, last].join(':')}".`;
  }
  // "You can't use a wildcard in the service segment that identifies the AWS product." Source: "IAM JSON policy elements: Resource" (IAM User Guide).
  if (resource.split(':').length < 3 || /[*?]/.test(service)) return 'Resource vendor must be fully qualified and cannot contain regexes.';
  if (service === 'iam' && region !== '' && region !== '*') return `IAM resource ${resource} cannot contain region information.`;
  if (service === 's3' && region !== '' && region !== '*' && !last.startsWith('accesspoint')) return `Resource ${resource} can not contain region information.`;
  if (service === 'iam' && rest.length > 0 && !isIamResource(last)) return `IAM resource path must either be "*" or start with ${iamResources.join(', ')}.`;
  return undefined;
}

/** `root`, which AssumeRoot is asked on and the message does not name, `*`, or something that a known kind of resource begins, as far as it goes before a wildcard. */
const isIamResource = (resource: string): boolean => resource === '*' || resource === 'root' || [...iamResources, ...unnamedIamResources].some((kind) => resource.startsWith(kind));

function checkAction(action: string): string | undefined {
  if (action === '*') return undefined;
  const colons = action.split(':').length - 1;
  if (colons === 0) return 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.';
  if (colons > 1) return 'Actions/Condition can contain only one colon.';
  const vendor = action.slice(0, action.indexOf(':'));
  return /^[a-zA-Z0-9-]+$/.test(vendor) ? undefined : `Vendor ${vendor} is not valid`;
}
