/** An explanation as plain text, for someone who has just been refused and wants to know why. */
import type { ConditionExplanation, ElementExplanation, Explanation, LayerExplanation, PolicyExplanation, RemedyStep, StatementExplanation } from './explanation.ts';
import type { Naming } from '../principal-match.ts';
import type { ContextValue, PolicyLayer } from '../types.ts';

/** How a kind of policy is called, and what it is for. */
export interface LayerWords {
  readonly title: string;
  /** After `no … allows it` and `a … denies it`. */
  readonly one: string;
  /** Where a statement is added. */
  readonly addTo: string;
  /** What being silent means. */
  readonly role: string;
}

export const layerWords: Record<PolicyLayer, LayerWords> = {
  identity: { title: 'Identity-based policies', one: 'identity-based policy', addTo: 'an identity-based policy of the caller, or of a group the caller is in', role: 'what the caller\'s own policies and those of its groups allow' },
  boundary: { title: 'Permissions boundary', one: 'permissions boundary', addTo: 'the permissions boundary', role: 'the most the caller can ever be allowed' },
  session: { title: 'Session policies', one: 'session policy', addTo: 'the policy that is passed when the session is made; this session keeps the one it has', role: 'the most this session can do' },
  endpoint: { title: 'VPC endpoint policy', one: 'VPC endpoint policy', addTo: 'the VPC endpoint\'s policy', role: 'what may come through the endpoint' },
  resource: { title: 'Resource-based policy', one: 'resource-based policy', addTo: 'the resource\'s policy', role: 'whom the resource itself lets in' },
  trust: { title: 'Role trust policy', one: 'role trust policy', addTo: 'the role\'s trust policy', role: 'who may assume the role' },
  scp: { title: 'Service control policies', one: 'service control policy', addTo: 'a service control policy at that level', role: 'the most the account can do; every level must allow' },
  rcp: { title: 'Resource control policies', one: 'resource control policy', addTo: 'a resource control policy at that level', role: 'the most anyone may do to the account\'s resources' },
};

/** Of a policy with more statements than this, only those that tell something are shown, and the others counted. */
const shownAllMax = 3;

/** The text, ending in a line feed. */
export function explanationText(explanation: Explanation): string {
  const { request, layers, remedy } = explanation;
  const lines = [
    headline(explanation),
    '',
    `  who       ${request.principal}`,
    `  action    ${request.action}`,
    `  resource  ${request.resource}`,
    ...crossAccountLines(request),
    ...keyLines(request.keys ?? {}),
    '',
    ...layers.flatMap(layerLines),
    ...(explanation.outcome === 'allowed' ? [] : [...remedyLines(remedy), ...otherRequestLines(explanation)]),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

/** In one sentence. */
export function headline({ outcome, layer }: Explanation): string {
  if (layer === undefined) return 'Denied: deciding would take more work than one decision may, and what is not decided is denied.';
  const { one } = layerWords[layer];
  if (outcome === 'allowed') return `Allowed by ${article(one)}.`;
  if (outcome === 'explicitDeny') return `Denied: ${article(one)} denies it explicitly, and no Allow anywhere can outweigh a Deny.`;
  return `Denied: no ${one} allows it, and what nothing allows is denied.`;
}

/** Why one side's Allow is not enough. */
function crossAccountLines({ principalAccount, resourceAccount }: Explanation['request']): readonly string[] {
  if (principalAccount === undefined || principalAccount === resourceAccount) return [];
  return [`            of the account ${resourceAccount}, and the caller is of ${principalAccount}: the policies of both sides must allow`];
}

/** A key a line, so that what a trust policy wants can be copied from what there was. */
function keyLines(keys: Readonly<Record<string, ContextValue>>): readonly string[] {
  const names = Object.keys(keys);
  const width = Math.max(...names.map((name) => name.length));
  return names.map((name, index) => `  ${index === 0 ? 'keys' : '    '}      ${name.padEnd(width)}  ${shownValue(keys[name]!)}`);
}

const article = (noun: string): string => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;

const verdicts: Record<LayerExplanation['verdict'], string> = { denies: 'DENIES', allows: 'allows', silent: 'does not allow' };

function layerLines({ layer, level, verdict, policies }: LayerExplanation): readonly string[] {
  const { title, role } = layerWords[layer];
  const place = level === undefined ? '' : level === 0 ? ', at the organization\'s root' : `, ${level} below the organization's root`;
  return [
    `${title}${place} (${role}): ${verdicts[verdict]}`,
    ...(policies.length === 0 ? ['  there are none', ''] : policies.flatMap(policyLines)),
  ];
}

function policyLines({ name, arn, statements, unreadable, isMissing, isHidden }: PolicyExplanation): readonly string[] {
  const title = `  ${name}${arn === undefined ? '' : ` (${arn})`}`;
  if (isHidden) return [title, '    is not yours to see', ''];
  if (unreadable !== undefined) return [title, `    cannot be read, so it denies everything: ${unreadable}`, ''];
  if (isMissing) return [title, '    is not there any more, so it allows nothing', ''];
  if (statements.length === 0) return [title, '    has no statements', ''];
  // What matches, what nearly does, what is broken.
  const telling = statements.filter(({ matches, isNearMiss, problems }) => matches || isNearMiss || problems.length > 0);
  const shown = statements.length <= shownAllMax ? statements : telling;
  const hidden = statements.length - shown.length;
  return [title, ...shown.flatMap(statementLines), ...(hidden > 0 ? [`    ${hidden} ${shown.length > 0 ? 'other ' : ''}${hidden === 1 ? 'statement does' : 'statements do'} not match`] : []), ''];
}

function statementLines(statement: StatementExplanation): readonly string[] {
  const { index, sid, effect, span, matches, elements, conditions, misses, problems } = statement;
  const name = sid ? ` "${sid}"` : '';
  const outcome = matches ? 'matches' : problems.length > 0 && misses.length === 0 ? 'does not count' : `does not match: ${misses.join(' and ')} ${misses.length === 1 ? 'differs' : 'differ'}`;
  return [
    `    statement ${index + 1}${name} (line ${span.start.line}, column ${span.start.column}), ${effect}: ${outcome}`,
    ...problems.map((problem) => `      cannot be understood: ${problem}`),
    ...elements.flatMap((element) => elementLines(element)),
    ...conditions.flatMap(conditionLines),
  ];
}

/** What a Principal that matches names. */
export const namings: Record<Naming, string> = {
  direct: 'names the caller',
  bounded: 'names the caller\'s role or user: what limits the caller must allow too',
  delegated: 'names the account: the caller\'s own policies must allow too',
};

function elementLines({ element, matches, seen, by, difference, naming, others, exemptions }: ElementExplanation): readonly string[] {
  const label = `      ${element.padEnd(13)}`;
  if (naming) return [`${label}${namings[naming]}`];
  if (exemptions) return [`${label}${exemptions.length === 0 ? 'takes in everyone who has a permissions boundary' : `takes the caller in: it leaves out only whom it names as ${exemptions.join(', and as ')}`}`];
  if (matches) return [`${label}matches${by ? `: ${by.text}` : others ? `: ${seen} is not ${others.join(' or ')}` : ''}`];
  if (by) return [`${label}leaves it out: ${by.text}`];
  if (element === 'Principal' || element === 'NotPrincipal') return [`${label}does not name ${seen}`];
  if (!difference) return [`${label}does not match ${seen}`];
  const { pattern, resolved, patternOffset, textOffset, position, unresolved, isVariableText } = difference;
  const indent = ' '.repeat(label.length);
  const wanted = `${label}wants ${resolved}   (line ${position.line}, column ${position.column})`;
  return [
    wanted,
    ...(resolved === pattern ? [] : [`${indent}      written ${pattern}`]),
    ...(unresolved.length > 0
      ? [`${indent}      ${unresolved.map((name) => `\${${name}}`).join(', ')} has no value in this request, so this matches nothing`]
      : [`${indent}asked ${seen}`, `${indent}      ${' '.repeat(textOffset)}^ ${partingText(resolved.slice(patternOffset), seen.slice(textOffset))}`]),
    ...(isVariableText ? [`${indent}      \${…} is a variable only in a policy that says "Version": "2012-10-17"; here it is text`] : []),
  ];
}

/** What is left of pattern and text where they part. */
export function partingText(pattern: string, text: string): string {
  if (text === '') return `ends here, where \`${pattern.slice(0, wantedLengthMax)}\` should follow`;
  return pattern === '' ? 'the pattern has ended here' : `differs here: \`${pattern[0]!}\` is wanted`;
}

const wantedLengthMax = 40;

function conditionLines({ operator, key, wanted, seen, matches, isNegated, variables }: ConditionExplanation): readonly string[] {
  const want = wanted.length === 0 ? 'nothing' : wanted.map(quoted).join(' or ');
  const had = seen === undefined ? `the key is not in the request${matches && operator !== 'Null' ? `, which ${metByAbsence(operator)} takes for met` : ''}` : `the request has ${typeof seen === 'string' ? quoted(seen) : seen.length === 0 ? 'no value' : seen.map(quoted).join(', ')}`;
  return [
    `      Condition    ${operator} ${key}: ${matches ? 'holds' : 'does not hold'}: wanted ${isNegated ? 'other than ' : ''}${want}; ${had}`,
    ...Object.entries(variables).map(([name, value]) => `                   \${${name}} ${value === undefined ? 'has no value in this request' : `is ${shownValue(value)}`}`),
  ];
}

/** What of an operator's name lets a key be absent. */
const metByAbsence = (operator: string): string => (operator.endsWith('IfExists') ? '…IfExists' : operator.startsWith('ForAllValues:') ? 'ForAllValues' : 'a negated operator');

const quoted = (text: string): string => `"${text}"`;
const shownValue = (value: ContextValue): string => (typeof value === 'string' ? quoted(value) : value.map(quoted).join(', '));

function remedyLines(remedy: readonly RemedyStep[] | undefined): readonly string[] {
  if (!remedy) return ['No change of these policies was found that would allow it.'];
  return ['What would allow exactly this:', ...remedy.flatMap((step, index) => [`  ${index + 1}. ${stepText(step)}`, ...(step.step === 'add' ? JSON.stringify(step.statement, null, 2).split('\n').map((line) => `       ${line}`) : [])])];
}

/** What the request itself would have to be for statements that only their conditions keep from it. */
function otherRequestLines({ outcome, layer, layers }: Explanation): readonly string[] {
  const near = conditionsAway({ outcome, layer, layers });
  if (near.length === 0) return [];
  return ['Or, with the policies as they are, a request that meets the conditions:', ...near.flatMap(({ name, statement: { index, sid, conditions } }) =>
    [`  statement ${index + 1}${sid ? ` "${sid}"` : ''} of ${name} wants`].concat(conditions.filter(({ matches }) => !matches).map(wishLine)))];
}

/** The statements that only their conditions keep from allowing the request. */
export function conditionsAway({ outcome, layer, layers }: Pick<Explanation, 'outcome' | 'layer' | 'layers'>): readonly { readonly name: string; readonly statement: StatementExplanation }[] {
  if (outcome !== 'implicitDeny') return [];
  return layers.filter((one) => one.layer === layer && one.verdict === 'silent').flatMap(({ policies }) => policies.flatMap(({ name, statements }) => statements.filter(({ isNearMiss, misses }) => isNearMiss && misses[0] === 'condition').map((statement) => ({ name, statement }))));
}

/** What a condition that does not hold wants of the request. */
export function wishLine({ operator, key, wanted, isNegated, variables }: ConditionExplanation): string {
  const wish = operator === 'Null' ? (wanted.includes('true') ? 'absent' : 'there') : `${isNegated ? 'other than ' : ''}${wanted.map((value) => quoted(withValues(value, variables))).join(' or ')}`;
  return `    ${key} to be ${wish} (${operator})`;
}

/** A wanted value as it reads in this request, as far as its variables have a value. */
const withValues = (text: string, variables: ConditionExplanation['variables']): string => text.replaceAll(/\$\{([^},]+)[^}]*\}/g, (whole, name: string) => {
  const value = variables[name.trim()];
  return typeof value === 'string' ? value : whole;
});

/** What is to be done; of an added statement the beginning of the sentence only. */
export function stepText(step: RemedyStep): string {
  const { one, addTo } = layerWords[step.layer];
  if (step.step === 'add') return `Add to ${addTo}${step.policy === undefined ? '' : ` (${step.policy})`}:`;
  if (step.statement === undefined) return `Change the ${one} ${step.policy}: as it is, it denies this.`;
  return `Remove or narrow statement ${step.statement + 1}${step.sid ? ` "${step.sid}"` : ''} of the ${one} ${step.policy}: it denies this.`;
}
