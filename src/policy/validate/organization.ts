/** Whether a document is a service or resource control policy. AWS Organizations has one answer to all that is wrong. Source: "SCP syntax", "RCP syntax" (AWS Organizations User Guide). */
import { repeatedSid, type DocumentNode, type StatementNode } from '../document.ts';
import { canRead, readOperator } from '../operators.ts';
import type { Finding } from '../types.ts';

/** AWS: the message of MalformedPolicyDocumentException, seen in reports of users. */
export const notOfPolicyType = 'The provided policy document does not meet the requirements of the specified policy type.';

/** The longest document of either type, in characters, white space counted: "All characters in your SCP count against its maximum size." */
export const organizationPolicyLengthMax = 5_120;

/** The first finding; none when the document is good. */
export function organizationFindings(document: DocumentNode, kind: 'scp' | 'rcp'): readonly Finding[] {
  const { version, statements, problems } = document;
  if (version !== '2012-10-17' || problems.length > 0 || statements.length === 0) return [{ message: notOfPolicyType }];
  const repeated = repeatedSid(statements);
  if (repeated) return [{ message: notOfPolicyType, offset: repeated.offset }];
  const broken = statements.find((statement) => !isStatement(statement) || !(kind === 'scp' ? isScpStatement(statement) : isRcpStatement(statement)));
  return broken ? [{ message: notOfPolicyType, offset: broken.offset }] : [];
}

function isStatement({ problems, effect, actions, notActions, resources, notResources, conditions }: StatementNode): boolean {
  if (problems.length > 0 || (effect !== 'Allow' && effect !== 'Deny')) return false;
  const hasAll = [actions ?? notActions, resources ?? notResources].every((list) => list !== undefined && list.length > 0);
  return hasAll && (actions ?? notActions ?? []).every(isAction) && (resources ?? notResources ?? []).every(isResource) && conditions.every(isCondition);
}

/** The whole language but for Principal; since 2025 with Allow too. */
const isScpStatement = ({ principal, notPrincipal }: StatementNode): boolean => principal === undefined && notPrincipal === undefined;

/** "The effect of Allow is only supported for RCPFullAWSAccess", which AWS manages. "You can only specify * in the Principal element." NotAction and a bare `*` as an action are not supported. */
const isRcpStatement = ({ effect, principal, actions }: StatementNode): boolean => effect === 'Deny' && principal === '*' && actions !== undefined && !actions.includes('*');

const isAction = (action: string): boolean => action === '*' || /^[a-z0-9-]+:[A-Za-z0-9*?]+$/i.test(action);
const isResource = (resource: string): boolean => resource === '*' || /^arn:[^:]*:[^:]*(:[^:]*){0,2}(:.*)?$/.test(resource);

function isCondition({ operator, values }: StatementNode['conditions'][number]): boolean {
  const use = readOperator(operator);
  return use !== undefined && values.every((value) => canRead(use, value));
}
