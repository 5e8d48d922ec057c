/** What is wrong in a bucket policy, in S3's words and order; in other policies of resources the same, but for what only S3 asks. Source: recorded answers of PutBucketPolicy; "Policies and permissions in Amazon S3" (S3 User Guide). */
import type { AuthorizationReference } from '../../base/authorization-reference.ts';
import { repeatedSid, type DocumentNode, type StatementNode } from '../document.ts';
import { canRead, readOperator } from '../operators.ts';
import type { Finding } from '../types.ts';
import { bucketActionsMessage } from './bucket-actions.ts';

export const invalidBucketPolicyJson = "Policies must be valid JSON and the first byte must be '{'";

export type ResourcePolicyKind = 'bucket' | 'resource' | 'endpoint';

/** The first finding; none when the document is good. That its resources are the bucket's, and its principals exist, is checked where both are known; that its actions go with its resources, where AWS's list of them is handed in. */
export function resourceFindings({ version, statements, hasStatement, problems, unknownElement }: DocumentNode, kind: ResourcePolicyKind, reference: AuthorizationReference | undefined): readonly Finding[] {
  const unknown = unknownElement ?? statements.map((statement) => statement.unknownElement).find((element) => element !== undefined);
  if (unknown !== undefined) return [{ message: `Unknown field ${unknown}` }];
  // AWS: the same words as of a trust policy, seen in recorded answers.
  if (version !== undefined && version !== '2012-10-17' && version !== '2008-10-17') return [{ message: 'The policy must contain a valid version string' }];
  if (!hasStatement) return [{ message: 'Missing required field Statement' }];
  if (statements.length === 0) return [{ message: 'Could not parse the policy: Statement is empty!' }];
  // GUESS: the words for an element of the wrong type, here and in each statement.
  if (problems[0] !== undefined) return [{ message: `Invalid policy syntax: ${problems[0]}` }];
  for (const statement of statements) {
    const message = statementMessage(statement, kind) ?? (kind === 'bucket' && reference ? bucketActionsMessage(statement, reference) : undefined);
    if (message !== undefined) return [{ message, offset: statement.offset }];
  }
  const repeated = repeatedSid(statements);
  return repeated ? [{ message: 'The Statement Ids in the policy are not unique', offset: repeated.offset }] : [];
}

function statementMessage(statement: StatementNode, kind: ResourcePolicyKind): string | undefined {
  const { problems, effect, principal, notPrincipal, actions = statement.notActions, resources = statement.notResources } = statement;
  if (problems[0] !== undefined) return `Invalid policy syntax: ${problems[0]}`;
  if (effect === undefined) return 'Missing required field Effect';
  if (effect !== 'Allow' && effect !== 'Deny') return `Invalid effect: ${effect}`;
  if (principal === undefined && notPrincipal === undefined) return 'Missing required field Principal';
  if (principal !== undefined && principal !== '*' && principal.length === 0) return 'Missing required field Principal cannot be empty!';
  // "NotPrincipal must be used with Effect: Deny." Source: "NotPrincipal" (IAM User Guide).
  if (notPrincipal !== undefined && effect === 'Allow') return 'Allow with NotPrincipal is not allowed.';
  if (actions === undefined || actions.length === 0) return 'Missing required field Action';
  // Elsewhere it may be left out, and is then the resource that the policy hangs on. Source: "Policies and permissions in IAM" (IAM User Guide).
  if (resources === undefined ? kind !== 'resource' : resources.length === 0) return 'Missing required field Resource';
  if (!actions.every(kind === 'bucket' ? isBucketAction : isAction)) return 'Policy has invalid action';
  if (!(resources ?? []).every(kind === 'bucket' ? isBucketResource : isResource)) return 'Policy has invalid resource';
  return conditionMessage(statement);
}

/** An action of S3, or every action. */
const isBucketAction = (action: string): boolean => action === '*' || /^s3(-object-lambda)?:[A-Za-z*?]+$/i.test(action);
const isAction = (action: string): boolean => action === '*' || /^[a-z0-9-]+:[A-Za-z0-9*?]+$/i.test(action);

/** A bucket or what is in it; not `*`, which names no bucket. */
const isBucketResource = (resource: string): boolean => /^arn:aws(-[a-z-]+)?:s3:[^:]*:[^:]*:./.test(resource);
const isResource = (resource: string): boolean => resource === '*' || /^arn:[^:]+:[^:]+:[^:]*:[^:]*:./.test(resource);

function conditionMessage({ conditions }: StatementNode): string | undefined {
  for (const { operator, values } of conditions) {
    const use = readOperator(operator);
    if (!use) return `Invalid Condition type : ${operator}`;
    // GUESS: the words.
    if (!values.every((value) => canRead(use, value))) return `Invalid value for condition type : ${operator}`;
  }
  return undefined;
}
