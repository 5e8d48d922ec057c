/** Findings on a policy beyond what AWS refuses: what in it does nothing, does more than was meant, or says the same twice. Source: "IAM policy validation check reference" (IAM User Guide). */
import type { AuthorizationReference } from '../../base/authorization-reference.ts';
import { positionAt, rawText, readSource } from '../explain/source.ts';
import { policySize } from '../size.ts';
import type { PolicyKind } from '../types.ts';
import { validatePolicy } from '../validate/validate.ts';
import { checkActions } from './actions.ts';
import { checkConditions } from './conditions.ts';
import { lintTypes, type LintCode, type LintFinding } from './finding.ts';
import { checkHandedOverRoles } from './handed-over-roles.ts';
import { lintedStatement, type LintedStatement, type Place } from './linted-statement.ts';
import { checkResources } from './resources.ts';

/** Takes a finding down. */
export type Report = (code: LintCode, place: Place, message: string) => void;

/** A managed policy may have so many characters without white space. */
const identityPolicyMax = 6_144;

/** In the order of the document. A text that cannot be read has the one finding that it is refused. */
export function lintPolicy(text: string, kind: PolicyKind, reference: AuthorizationReference): readonly LintFinding[] {
  const findings: LintFinding[] = [];
  const report: Report = (code, { path, offset }, message) => {
    findings.push({ type: lintTypes[code], code, message, path, position: positionAt(text, offset) });
  };
  for (const { message, offset = 0 } of validatePolicy(text, kind, reference)) report('POLICY_IS_REFUSED', { path: [], offset }, message);
  const source = readSource(text);
  if ('unreadable' in source) return findings;
  if (source.version === undefined) report('MISSING_VERSION', { path: [], offset: 0 }, 'We recommend that you specify the Version element to help you with debugging permission issues.');
  if (kind === 'identity' && policySize(text) > identityPolicyMax) report('POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA', { path: [], offset: 0 }, 'The characters in the identity policy, excluding whitespace, exceed the character maximum for inline and managed policies. We recommend that you use multiple granular policies.');
  const said = new Set<string>();
  for (const one of source.statements) {
    const statement = lintedStatement(one, source.isList);
    checkWords(statement, source.version, report);
    const members = [...statement.members].filter(([name]) => name !== 'Sid').map(([name, node]) => `${name}:${rawText(text, node)}`).toSorted().join();
    if (said.has(members)) report('REDUNDANT_STATEMENT', statement, 'The statements are redundant because they provide identical permissions. Update the policy to remove the redundant statement.');
    said.add(members);
    checkActions(statement, reference, report);
    checkResources(statement, reference, report);
    checkConditions(statement, reference, report);
    checkHandedOverRoles(statement, report);
  }
  return findings.toSorted((a, b) => a.position.line - b.position.line || a.position.column - b.position.column);
}

function checkWords({ members, path, isAllow, resource, conditions }: LintedStatement, version: string | undefined, report: Report): void {
  const sid = members.get('Sid');
  if (sid?.type === 'string' && sid.value === '') report('EMPTY_SID_VALUE', { path: [...path, 'Sid'], offset: sid.offset }, 'Add a value to the empty string in the Sid element.');
  const notPrincipal = members.get('NotPrincipal');
  if (notPrincipal && isAllow) report('ALLOW_WITH_NOT_PRINCIPAL', { path: [...path, 'NotPrincipal'], offset: notPrincipal.offset }, 'Using Allow with NotPrincipal can be overly permissive. We recommend that you use Principal instead.');
  const withVariable = [...(resource?.values ?? []), ...conditions.flatMap(({ values }) => values)].find(({ text }) => text.includes('${'));
  if (withVariable && version !== '2012-10-17') report('VARIABLE_UNSUPPORTED_IN_VERSION', withVariable, 'To include variables in your policy, use the policy version 2012-10-17 or later.');
}
