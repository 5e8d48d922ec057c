/** One statement held against a request, element by element. Each element is asked of the engine itself, alone, so that an explanation cannot disagree with a decision. */
import { compilePolicy } from '../compile.ts';
import { decide } from '../decide.ts';
import { partingOf } from './difference.ts';
import { positionAt, rawText, valuesOf, type StatementSource } from './source.ts';
import type { ConditionExplanation, Difference, ElementExplanation, ElementName, Miss, StatementExplanation } from './explanation.ts';
import type { JsonNode } from '../json.ts';
import { readOperator } from '../operators.ts';
import type { Naming } from '../principal-match.ts';
import type { AccountPrincipal, AppliedPolicy, ContextValue, DecisionRequest, PolicyKind, Principal } from '../types.ts';

/** What a statement stands in. */
export interface Setting {
  readonly text: string;
  readonly version: string | undefined;
  readonly kind: PolicyKind;
  readonly principalIds?: Readonly<Record<string, string>> | undefined;
  readonly request: DecisionRequest;
  /** Whether the caller has a boundary, which NotPrincipal looks at. */
  readonly hasBoundary: boolean;
  /** Of a policy with many statements: those about another service are explained by their action alone. */
  readonly isBrief: boolean;
}

/** Only so many values of a list are searched for the one that comes closest, and none whose search would take longer than this. */
const comparedMax = 5_000;
const comparedStepsMax = 1_000_000;

/** Explains one statement. `problems` are the engine's own, of this statement. */
export function explainStatement(source: StatementSource, problems: readonly string[], setting: Setting): StatementExplanation {
  const { members } = source.node;
  const effectNode = members.get('Effect');
  const sid = members.get('Sid');
  // Whatever is not an Allow is taken for a Deny, as the engine takes it.
  const effect = effectNode?.type === 'string' && effectNode.value === 'Allow' ? 'Allow' : 'Deny';
  const action = explainPair(actionPair, members, setting);
  const isElsewhere = setting.isBrief && action.some(({ matches }) => !matches) && !isOfSameService(action);
  const elements = isElsewhere ? action : elementsOf(setting.kind).flatMap((pair) => (pair === actionPair ? action : explainPair(pair, members, setting)));
  const conditions = isElsewhere ? [] : explainConditions(members.get('Condition'), setting);
  const allProblems = [...problems, ...(effect === 'Allow' ? missingElements(source, setting.kind) : []), ...conditions.filter(({ isUnderstood }) => !isUnderstood).map(({ operator, key }) => `the condition \`${operator}\` on \`${key}\` means nothing`)];
  const misses = missesOf(elements, conditions, effect);
  const matches = misses.length === 0 && (effect === 'Deny' || allProblems.length === 0);
  return {
    index: source.index,
    sid: sid?.type === 'string' ? sid.value : undefined,
    effect,
    span: source.span,
    matches,
    elements,
    conditions,
    misses,
    isNearMiss: effect === 'Allow' && allProblems.length === 0 && misses.length === 1 && (misses[0] !== 'action' || isOfSameService(elements)),
    problems: allProblems,
  };
}

const actionPair: readonly ElementName[] = ['Action', 'NotAction'];

/** An element or its Not form. Where both stand no Allow counts, and the engine is asked about both. */
function explainPair(pair: readonly ElementName[], members: ReadonlyMap<string, JsonNode>, setting: Setting): readonly ElementExplanation[] {
  const present = pair.filter((name) => members.has(name));
  const [first] = present;
  return first === undefined ? [] : [explainElement(first, members.get(first)!, Object.fromEntries(present.map((name) => [name, rawText(setting.text, members.get(name)!)])), setting)];
}

/** The kinds of policies that name principals. */
const withPrincipal: ReadonlySet<PolicyKind> = new Set(['trust', 'resource', 'bucket', 'endpoint', 'rcp']);

/** The elements that a kind of policy is read by, each with its Not form. */
function elementsOf(kind: PolicyKind): readonly (readonly ElementName[])[] {
  const principal: readonly (readonly ElementName[])[] = withPrincipal.has(kind) ? [['Principal', 'NotPrincipal']] : [];
  const resource: readonly (readonly ElementName[])[] = kind === 'trust' ? [] : [['Resource', 'NotResource']];
  return [...principal, actionPair, ...resource];
}

const missOf: Record<ElementName, Miss> = { Action: 'action', NotAction: 'action', Resource: 'resource', NotResource: 'resource', Principal: 'principal', NotPrincipal: 'principal' };

/** A condition that is not understood narrows no Deny. */
function missesOf(elements: readonly ElementExplanation[], conditions: readonly ConditionExplanation[], effect: 'Allow' | 'Deny'): readonly Miss[] {
  const missed = new Set(elements.filter(({ matches }) => !matches).map(({ element }) => missOf[element]));
  if (conditions.some(({ matches, isUnderstood }) => !matches && (isUnderstood || effect === 'Allow'))) missed.add('condition');
  return [...missed];
}

/** What an Allow of this kind must say, or must not. */
function missingElements({ node: { members } }: StatementSource, kind: PolicyKind): readonly string[] {
  const has = (name: string): boolean => members.has(name);
  const problems: string[] = [];
  if (!has('Action') && !has('NotAction')) problems.push('Action is missing');
  const action = members.get('Action') ?? members.get('NotAction');
  if (action && valuesOf(action).length === 0) problems.push('Action names nothing');
  const resource = members.get('Resource') ?? members.get('NotResource');
  if (kind === 'trust' && resource) problems.push('Resource may not stand in a trust policy');
  if (kind !== 'trust' && kind !== 'resource' && !resource) problems.push('Resource is missing');
  if (kind !== 'trust' && resource && valuesOf(resource).length === 0) problems.push('Resource names nothing');
  if (withPrincipal.has(kind)) {
    if (has('NotPrincipal')) problems.push('NotPrincipal may stand in a Deny only');
    else if (!has('Principal')) problems.push('Principal is missing');
  } else if (has('Principal') || has('NotPrincipal')) problems.push('Principal may not stand in this kind of policy');
  return problems;
}

function explainElement(element: ElementName, node: JsonNode, raw: RawElements, setting: Setting): ElementExplanation {
  const { text, request } = setting;
  const isNegated = element.startsWith('Not');
  const seen = seenBy(element, request);
  const matches = asksEngine(raw, setting);
  const position = positionAt(text, node.offset);
  if (element === 'Principal') return { element, matches, seen, position, naming: matches ? namingOf(rawText(text, node), setting) : undefined };
  if (element === 'NotPrincipal') return { element, matches, seen, position, exemptions: matches ? exemptionsOf(setting) : undefined };
  const values = valuesOf(node);
  const positive: ElementName = element === 'Action' || element === 'NotAction' ? 'Action' : 'Resource';
  // Of a long list one value is looked for only where some value is known to match.
  const hit = matches !== isNegated ? values.find((value) => asksEngine({ [positive]: JSON.stringify(value.text) }, setting)) : undefined;
  const by = hit && { text: hit.text, position: positionAt(text, hit.offset) };
  return {
    element, matches, seen, position, by,
    difference: matches || isNegated ? undefined : nearest(values, seen, positive === 'Action', setting),
    others: matches && isNegated && values.length <= othersMax ? values.map((value) => value.text) : undefined,
  };
}

/** Of a Not… element with more values none is shown. */
const othersMax = 4;

/** What NotPrincipal must name to leave the caller out. Source: "NotPrincipal" (IAM User Guide). */
function exemptionsOf({ request: { principal }, hasBoundary }: Setting): readonly string[] {
  if (principal.account === undefined) return [shownPrincipal(principal)];
  return hasBoundary ? [] : [...new Set([principal.arn, principal.principalArn, `arn:aws:iam::${principal.account}:root`])];
}

function seenBy(element: ElementName, { action, resource, principal }: DecisionRequest): string {
  return { action, resource, principal: shownPrincipal(principal) }[missOf[element] as 'action' | 'resource' | 'principal'];
}

/** How a principal is shown: as what a Principal element would name. */
export function shownPrincipal(principal: Principal): string {
  if (principal.kind === 'anonymous') return 'anonymous';
  if (principal.kind === 'service') return principal.service;
  return 'federated' in principal ? principal.federated : principal.arn;
}

function nearest(values: readonly { readonly text: string; readonly offset: number }[], seen: string, isAction: boolean, setting: Setting): Difference | undefined {
  let best: Difference | undefined;
  for (const { text: pattern, offset } of values.slice(0, comparedMax)) {
    if (pattern.length * seen.length > comparedStepsMax) continue;
    const { resolved, unresolved } = isAction ? { resolved: pattern, unresolved: [] } : resolveVariables(pattern, setting);
    const parting = partingOf(resolved, seen, isAction);
    if (parting && (!best || parting.textOffset > best.textOffset)) best = { pattern, position: positionAt(setting.text, offset + 1), resolved, ...parting, unresolved, isVariableText: resolved.includes('${') && setting.version !== '2012-10-17' };
  }
  return best;
}

const variable = /\$\{([^},]+)(?:,\s*'([^']*)'\s*)?\}/g;

/** A pattern as it reads in this request. Only for showing: the engine resolves for itself. */
function resolveVariables(pattern: string, { version, request }: Setting): { readonly resolved: string; readonly unresolved: readonly string[] } {
  const unresolved: string[] = [];
  if (version !== '2012-10-17') return { resolved: pattern, unresolved };
  const resolved = pattern.replaceAll(variable, (whole, name: string, fallback: string | undefined) => {
    const key = name.trim();
    if (isEscape(key)) return key;
    const value = request.context.get(key.toLowerCase());
    if (typeof value === 'string') return value;
    if (value === undefined && fallback !== undefined) return fallback;
    unresolved.push(key);
    return whole;
  });
  return { resolved, unresolved };
}

const isEscape = (key: string): boolean => key === '*' || key === '?' || key === '$';

const isOfSameService = (elements: readonly ElementExplanation[]): boolean => elements.some(({ element, seen, difference }) => element === 'Action' && difference !== undefined && difference.textOffset > seen.indexOf(':'));

function explainConditions(node: JsonNode | undefined, setting: Setting): readonly ConditionExplanation[] {
  if (node?.type !== 'object') return [];
  const { request, text } = setting;
  return [...node.members].flatMap(([operator, keys]) => (keys.type === 'object' ? [...keys.members] : []).map(([key, value]) => {
    const Condition = `{${JSON.stringify(operator)}:{${JSON.stringify(key)}:${rawText(text, value)}}}`;
    const deny = asksEngine({ Condition }, setting);
    // What is not understood cannot allow, and its Deny denies: that tells it apart.
    const allow = asksEngine({ Condition }, setting, 'Allow');
    const wanted = valuesOf(value).map((one) => one.text);
    return { operator, key, wanted, seen: request.context.get(key.toLowerCase()), matches: allow, isNegated: readOperator(operator)?.operator?.isNegated ?? false, isUnderstood: allow === deny, position: positionAt(text, value.offset), variables: variablesIn(wanted, setting) };
  }));
}

/** The variables of a policy's texts; there are none in policies of 2008. */
function variablesIn(texts: readonly string[], { version, request }: Setting): Readonly<Record<string, ContextValue | undefined>> {
  if (version !== '2012-10-17') return {};
  const keys = texts.flatMap((text) => [...text.matchAll(variable)].map(([, name = '']) => name.trim())).filter((key) => !isEscape(key));
  return Object.fromEntries(keys.map((key) => [key, request.context.get(key.toLowerCase())]));
}

/** The asker of a condition or resource: where anyone may ask, nothing but the element under test can decide. */
const anyone: AccountPrincipal = { kind: 'user', account: '000000000000', arn: 'arn:aws:iam::000000000000:user/anyone', principalArn: 'arn:aws:iam::000000000000:user/anyone', principalId: 'AIDAANYONE' };

const silent = (kind: PolicyKind): AppliedPolicy => ({ compiled: compilePolicy('{"Version":"2012-10-17","Statement":[]}', kind), arn: undefined, name: 'silent' });

/** Elements of a statement by name, each as JSON text: as it stands in the policy, so that the engine reads the very same. */
type RawElements = Readonly<Record<string, string>>;

/** Whether a statement that matches everything but for these elements matches the request. */
function asksEngine(elements: RawElements, setting: Setting, effect: 'Allow' | 'Deny' = 'Deny'): boolean {
  const { version, request } = setting;
  // A Not form takes the place of the element.
  const statement = { Effect: `"${effect}"`, ...(!('NotAction' in elements) && { Action: '"*"' }), ...(!('NotResource' in elements) && { Resource: '"*"' }), ...elements };
  if ('Principal' in elements || 'NotPrincipal' in elements) return principalOutcome(statement, setting, [silent('identity')]) === 'explicitDeny';
  const applied = { compiled: compilePolicy(documentOf(version, statement), 'identity'), arn: undefined, name: 'probe' };
  const { outcome } = decide({ ...request, principal: anyone, resourceAccount: anyone.account }, { identity: [applied] });
  return outcome === (effect === 'Deny' ? 'explicitDeny' : 'allowed');
}

/** How closely an element names the caller: what an Allow with it does when nothing else allows. */
function namingOf(principal: string, setting: Setting): Naming {
  const { principal: caller, resourceAccount } = setting.request;
  if (caller.account !== resourceAccount) return 'direct';
  const statement = { Effect: '"Allow"', Principal: principal, Action: '"*"', ...(setting.kind !== 'trust' && { Resource: '"*"' }) };
  if (principalOutcome(statement, setting, [], [silent('session')]) === 'allowed') return 'direct';
  return principalOutcome(statement, { ...setting, hasBoundary: false }, []) === 'allowed' && caller.kind !== 'root' ? 'bounded' : 'delegated';
}

/** What a statement with a Principal decides as the only one of the resource's policy. */
function principalOutcome(statement: RawElements, { version, kind, request, principalIds, hasBoundary }: Setting, identity: readonly AppliedPolicy[], session?: readonly AppliedPolicy[]): string {
  const resource = { compiled: compilePolicy(documentOf(version, statement), kind === 'trust' ? 'trust' : 'resource'), arn: undefined, name: 'probe', principalIds };
  return decide(request, { identity, resource, session, boundary: hasBoundary ? silent('boundary') : undefined }).outcome;
}

function documentOf(version: string | undefined, statement: RawElements): string {
  const members = Object.entries(statement).map(([name, raw]) => `"${name}":${raw}`).join();
  return `{${version === '2012-10-17' ? '"Version":"2012-10-17",' : ''}"Statement":[{${members}}]}`;
}
