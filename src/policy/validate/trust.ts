/** What is wrong in a role's trust policy, in AWS's words. That its principals exist is checked where the accounts are known. Source: reference answers of CreateRole and UpdateAssumeRolePolicy. */
import { repeatedSid, type DocumentNode, type StatementNode } from '../document.ts';
import { canRead, readOperator } from '../operators.ts';
import { missingControl } from './shared-issuers.ts';
import type { Finding } from '../types.ts';
import { Budget } from '../budget.ts';
import { globOf } from '../patterns/wildcard.ts';

/** The first finding; none when the document is good. */
export function trustFindings(document: DocumentNode): readonly Finding[] {
  const { version, statements, hasStatement, problems } = document;
  if (version !== undefined && version !== '2012-10-17' && version !== '2008-10-17') return [{ message: 'The policy must contain a valid version string' }];
  if (problems.length > 0) return [{ message: `Syntax errors in policy: ${problems[0]}` }];
  if (!hasStatement) return [{ message: 'Missing required field Statement' }];
  if (statements.length === 0) return [{ message: 'Could not parse the policy: Statement is empty!' }];
  const repeated = repeatedSid(statements);
  if (repeated) return [{ message: 'The Statement Ids in the policy are not unique', offset: repeated.offset }];
  for (const statement of statements) {
    const message = statementMessage(statement);
    if (message !== undefined) return [{ message, offset: statement.offset }];
  }
  return [];
}

function statementMessage(statement: StatementNode): string | undefined {
  const { problems, effect, principal, notPrincipal, actions, notActions, resources, notResources } = statement;
  if (problems.length > 0) return `Syntax errors in policy: ${problems[0]}`;
  if (effect === undefined) return 'Missing required field Effect';
  if (effect !== 'Allow' && effect !== 'Deny') return `Invalid effect: ${effect}`;
  if (notPrincipal !== undefined) return effect === 'Allow' ? 'Allow with NotPrincipal is not allowed.' : 'AssumeRole policy must not contain NotPrincipal field.';
  if (principal === undefined) return 'Missing required field Principal';
  if (principal !== '*' && principal.length === 0) return 'Missing required field Principal cannot be empty!';
  if ((actions ?? notActions ?? []).length === 0) return 'Missing required field Action';
  if (actions !== undefined && notActions !== undefined) return 'Action and NotAction cannot stand in one statement';
  if (resources !== undefined) return 'Has prohibited field Resource';
  if (notResources !== undefined) return 'AssumeRole policy must not contain resources.';
  if (!(actions ?? notActions ?? []).every(isAssumeAction)) return 'AssumeRole policy may only specify STS AssumeRole actions.';
  return federatedMessage(statement) ?? conditionMessage(statement);
}

const assumeActions = ['sts:assumerole', 'sts:assumerolewithsaml', 'sts:assumerolewithwebidentity', 'sts:tagsession', 'sts:setsourceidentity', 'sts:setcontext'];

/** An action of STS that makes sessions, or a pattern that takes one in; not `*`, which would take in other services. */
function isAssumeAction(action: string): boolean {
  const folded = action.toLowerCase();
  if (!folded.startsWith('sts:')) return false;
  const pattern = globOf(folded);
  const budget = new Budget();
  return assumeActions.some((known) => pattern.matches(known, 0, known.length, budget));
}

/** Whether tokens let somebody in by the statement: only then it must tell them apart. */
function allowsWebIdentity({ effect, actions, notActions }: StatementNode): boolean {
  const action = 'sts:assumerolewithwebidentity';
  const budget = new Budget();
  const takesIn = (pattern: string): boolean => globOf(pattern.toLowerCase()).matches(action, 0, action.length, budget);
  return effect === 'Allow' && (actions ? actions.some(takesIn) : !(notActions ?? []).some(takesIn));
}

function federatedMessage(statement: StatementNode): string | undefined {
  const { principal, conditions, effect } = statement;
  if (principal === '*' || principal === undefined) return undefined;
  for (const { element, text } of principal) {
    if (element !== 'Federated') continue;
    const isProvider = /^arn:aws[a-z-]*:iam::\d{12}:(saml-provider|oidc-provider)\/./.test(text) || /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(text);
    if (!isProvider) return 'Federated principals must be valid domain names or SAML metadata ARNs';
    const hasAudience = conditions.some(({ key }) => key.toLowerCase() === 'cognito-identity.amazonaws.com:aud');
    const missing = allowsWebIdentity(statement) ? missingControl(text, conditions) : undefined;
    // GUESS: the words. That AWS refuses it is documented.
    if (missing !== undefined) return `The trust policy must have a condition on ${missing}, which tells apart those who share the identity provider`;
    if (text === 'cognito-identity.amazonaws.com' && effect === 'Allow' && !hasAudience) return 'A condition block must be present for the Cognito provider';
  }
  return undefined;
}

function conditionMessage({ conditions }: StatementNode): string | undefined {
  for (const { operator, values } of conditions) {
    const use = readOperator(operator);
    if (!use) return `Unknown condition operator: ${operator}`;
    if (!values.every((value) => canRead(use, value))) return `A value of the condition ${operator} is not valid`;
  }
  return undefined;
}
