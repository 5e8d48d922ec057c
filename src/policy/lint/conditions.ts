/** Checks of Condition: keys that AWS does not have or that the actions beside them do not give, operators of the wrong type, sets of values, wildcards. */
import type { AuthorizationReference } from '../../base/authorization-reference.ts';
import { readOperator } from '../operators.ts';
import { globalConditionKeys } from './global-condition-keys.ts';
import type { Report } from './lint.ts';
import type { LintedCondition, LintedStatement } from './linted-statement.ts';
import { actionsTakenIn, hasKey, isListedKey } from './listed-service.ts';

export function checkConditions(statement: LintedStatement, reference: AuthorizationReference, report: Report): void {
  const node = statement.members.get('Condition');
  if (node?.type === 'object' && node.members.size === 0) report('EMPTY_OBJECT_CONDITION', { path: [...statement.path, 'Condition'], offset: node.offset }, 'This condition block is empty and it does not affect the policy. Specify conditions.');
  for (const condition of statement.conditions) {
    const type = keyTypeOf(condition, reference, report);
    checkOperator(condition, type, report);
    if (type !== undefined) checkActionsHaveKey(statement, condition, reference, report);
  }
}

/** Names of keys that a tag's key belongs behind. */
const tagKeys: ReadonlySet<string> = new Set(['aws:requesttag', 'aws:resourcetag', 'aws:principaltag']);

/** The type that AWS lists for the key; undefined where it is not known, which is reported where AWS would know it. */
function keyTypeOf(condition: LintedCondition, reference: AuthorizationReference, report: Report): string | undefined {
  const { key } = condition;
  const folded = key.toLowerCase();
  const prefix = folded.slice(0, folded.indexOf(':'));
  if (!folded.includes(':')) {
    report('INVALID_CONDITION_KEY_FORMAT', condition, `The condition key format ${key} is not valid. Use the format service:keyname.`);
    return undefined;
  }
  if (tagKeys.has(folded.replace(/\/$/, ''))) {
    report('MISSING_TAG_KEY_IN_CONDITION', condition, `The condition key ${key} must include a tag key to control access based on tags. Use the format ${key.replace(/\/$/, '')}/tag-key and specify a key name for tag-key.`);
    return undefined;
  }
  const global = globalConditionKeys.get(folded) ?? globalConditionKeys.get(folded.slice(0, folded.indexOf('/') + 1));
  if (global !== undefined) return global;
  if (prefix === 'aws') {
    report('INVALID_GLOBAL_CONDITION_KEY', condition, `The condition key ${key} does not exist. Use a valid condition key.`);
    return undefined;
  }
  const service = reference.find(prefix);
  // The keys of identity providers are called by their hosts, and those of SAML by its name.
  if (!service) {
    if (!prefix.includes('.') && !otherPrefixes.has(prefix)) report('INVALID_SERVICE', condition, `The service ${prefix} specified in the condition key does not exist. Use a valid service name.`);
    return undefined;
  }
  const listed = [...service.conditionKeys].find(([name]) => isListedKey(name, key));
  if (!listed) report('INVALID_SERVICE_CONDITION_KEY', condition, `The condition key ${key} does not exist in the service ${service.prefix}. Use a valid condition key.`);
  return listed?.[1];
}

/** What keys begin with that is no service's prefix. */
const otherPrefixes: ReadonlySet<string> = new Set(['saml', 'identitycenter', 'catalog', 'cognito-identity-auth', 'cognito-identity-unauth']);

/** Type of key → what the operators for it begin with. An ARN may be compared as the text it is. */
const operatorsFor: Readonly<Record<string, readonly string[]>> = {
  String: ['String'],
  ARN: ['Arn', 'String'],
  Bool: ['Bool'],
  Numeric: ['Numeric'],
  Date: ['Date', 'Numeric'],
  IPAddress: ['IpAddress', 'NotIpAddress'],
  Binary: ['Binary'],
};

function checkOperator(condition: LintedCondition, type: string | undefined, report: Report): void {
  const { operator, key, values } = condition;
  const use = readOperator(operator);
  // An operator that there is not is refused when the policy is stored.
  if (!use) return;
  if (values.length === 0) report('EMPTY_ARRAY_CONDITION', condition, 'There are no values for the condition key and it does not affect the policy. Specify conditions.');
  const name = operator.slice(operator.indexOf(':') + 1).replace(/IfExists$/, '');
  const wildcard = /^String(Not)?Equals/.test(name) ? values.find(({ text }) => /[*?]/.test(text.replaceAll(/\$\{[^}]*\}/g, ''))) : undefined;
  if (wildcard) report('WILDCARD_WITHOUT_LIKE_OPERATOR', wildcard, 'Your condition value includes a * or ? character. If you meant to use a wildcard (*, ?), update the condition operator to include Like.');
  if (type === undefined || name === 'Null') return;
  const isMultivalued = type.startsWith('ArrayOf');
  const allowed = operatorsFor[type.replace('ArrayOf', '')];
  // A text may be compared as the ARN that it is.
  const isArn = type.endsWith('String') && name.startsWith('Arn') && values.every(({ text }) => /^arn:|^\$\{|^\*$/.test(text));
  if (allowed && !isArn && !allowed.some((beginning) => name.startsWith(beginning))) report('TYPE_MISMATCH', condition, `Use the operator type ${allowed[0]} instead of operator ${name} for the condition key ${key}.`);
  if (isMultivalued && use.quantifier === undefined) report('MISSING_QUALIFIER', condition, `The request context key ${key} has multiple values. Use the ForAllValues or ForAnyValue condition key qualifiers in your policy.`);
  if (!isMultivalued && use.quantifier === 'ForAllValues') report('FORALLVALUES_WITH_SINGLE_VALUED_KEY', condition, `Using ForAllValues qualifier with the single-valued condition key ${key} can be overly permissive. We recommend that you remove ForAllValues:.`);
}

/** Keys of services and of tags are given by some actions only. */
function checkActionsHaveKey({ action, isAllow }: LintedStatement, condition: LintedCondition, reference: AuthorizationReference, report: Report): void {
  const { key, operator } = condition;
  const folded = key.toLowerCase();
  const isOfTags = /^aws:(requesttag|resourcetag)\//.test(folded) || folded === 'aws:tagkeys';
  if (!action || action.isNegated || (folded.startsWith('aws:') && !isOfTags) || isMetByAbsence(operator)) return;
  const without = action.values.flatMap((value) => {
    const actions = actionsTakenIn(value.text, reference);
    return actions && actions.length > 0 && !actions.some((one) => hasKey(one, key)) ? [{ text: value.text, prefix: actions[0]!.service.prefix }] : [];
  });
  if (without.length === 0) return;
  const prefixes = [...new Set(without.map(({ prefix }) => prefix))].join(', ');
  if (!isOfTags) {
    report('UNSUPPORTED_ACTION_FOR_CONDITION_KEY', condition, `The following actions: ${without.map(({ text }) => text).join(', ')} are not supported by the condition key ${key}. The condition will not be evaluated for these actions. We recommend that you move these actions to a different statement without this condition key.`);
  } else if (isAllow) {
    report('ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE', condition, `Using the effect Allow with the tag condition key ${key} and actions for services with the following prefixes does not affect the policy: ${prefixes}. Actions for the listed service are not allowed by this statement. We recommend that you move these actions to a different statement without this condition key.`);
  } else {
    report('DENY_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE', condition, `Using the effect Deny with the tag condition key ${key} and actions for services with the following prefixes can be overly permissive: ${prefixes}. Actions for the listed services are not denied by this statement. We recommend that you move these actions to a different statement without this condition key.`);
  }
}

/** Whether a key that is not there meets the operator: then the statement does something without it. */
function isMetByAbsence(operator: string): boolean {
  const use = readOperator(operator);
  return use === undefined || use.operator === undefined || use.ifExists || use.quantifier === 'ForAllValues' || (use.quantifier === undefined && use.operator.isNegated);
}
