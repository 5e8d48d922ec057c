/** The twin's reading of a policy, by JSON.parse. Source: "Grammar of the IAM JSON policy language" (IAM User Guide). */
import type { PolicyKind } from '../../src/policy/types.ts';
import { isOperatorName, isValueOf } from './reference-conditions.ts';

export interface ReadPolicy {
  /** "Variables were introduced in version 2012-10-17." */
  readonly areVariablesAllowed: boolean;
  readonly statements: readonly ReadStatement[];
}

/** A list, and whether it names what is meant (Action) or what is not (NotAction). */
export interface ReadList { readonly texts: readonly string[]; readonly isNegated: boolean }
export interface ReadPrincipal { readonly names: readonly PrincipalName[]; readonly isNegated: boolean }
export interface PrincipalName { readonly element: string; readonly text: string }
export interface ReadCondition { readonly operator: string; readonly key: string; readonly values: readonly string[] }

/** What is undefined does not narrow the statement. */
export interface ReadStatement {
  readonly index: number;
  readonly effect: 'Allow' | 'Deny';
  /** Whether every word of it is understood and it says all that it must: else it cannot allow. */
  readonly isUnderstood: boolean;
  readonly action: ReadList | undefined;
  readonly resource: ReadList | undefined;
  readonly principal: ReadPrincipal | undefined;
  readonly conditions: readonly ReadCondition[];
}

/** A policy of which nothing is understood may deny anything. */
const denial: ReadStatement = { index: 0, effect: 'Deny', isUnderstood: false, action: undefined, resource: undefined, principal: undefined, conditions: [] };

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a stored document says. Rules of our own for what no grammar allows, and no upload accepts: it cannot allow, and its Deny denies. */
export function readPolicy(text: string, kind: PolicyKind): ReadPolicy {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return { areVariablesAllowed: false, statements: [denial] };
  }
  if (!isObject(document)) return { areVariablesAllowed: false, statements: [denial] };
  const { Version: version, Id: id, Statement: statement, ...unknown } = document;
  const isUnderstood = Object.keys(unknown).length === 0 && isOptionalString(id) && (version === undefined || version === '2008-10-17' || version === '2012-10-17');
  const items: readonly unknown[] = statement === undefined ? [] : Array.isArray(statement) ? statement : [statement];
  if (!items.every(isObject)) return { areVariablesAllowed: false, statements: [denial] };
  const areVariablesAllowed = version === '2012-10-17';
  return {
    areVariablesAllowed,
    statements: items.map((item, index) => readStatement(item, index, kind, { isUnderstood, areVariablesAllowed })),
  };
}

const isOptionalString = (value: unknown): boolean => value === undefined || typeof value === 'string';

/** "Principal … is required in resource-based policies and in trust policies. It must not be included in identity-based policies." */
const hasPrincipal: Record<PolicyKind, boolean> = { identity: false, boundary: false, session: false, scp: false, trust: true, resource: true, bucket: true, endpoint: true, rcp: true };

function readStatement(item: Json, index: number, kind: PolicyKind, { isUnderstood, areVariablesAllowed }: { readonly isUnderstood: boolean; readonly areVariablesAllowed: boolean }): ReadStatement {
  const { Sid: sid, Effect: effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition = {}, ...unknown } = item;
  const action = oneOf(readStrings(Action), readStrings(NotAction));
  const resource = oneOf(readStrings(Resource), readStrings(NotResource));
  const principal = oneOf(readNames(Principal), readNames(NotPrincipal));
  const conditions = readConditions(Condition);
  const known = conditions.filter((condition): condition is ReadCondition => isKnown(condition, areVariablesAllowed));
  const needsPrincipal = hasPrincipal[kind];
  const takesResource = kind !== 'trust';
  // "If you create a resource-based policy, this element is optional. If you do not include this element, then the resource to which the action applies is the resource to which the policy is attached."
  const isResourceRight = resource === 'absent' ? kind === 'trust' || kind === 'resource' : takesResource && isSomething(resource);
  return {
    index,
    // An Effect that is not understood may be a Deny.
    effect: effect === 'Allow' ? 'Allow' : 'Deny',
    isUnderstood: isUnderstood && Object.keys(unknown).length === 0 && isOptionalString(sid) && effect === 'Allow'
      && isSomething(action) && isResourceRight
      // "NotPrincipal must be used with Effect: Deny. Using it with Effect: Allow is not supported."
      && (needsPrincipal ? typeof principal === 'object' && !principal.isNegated : principal === 'absent')
      && known.length === conditions.length,
    action: typeof action === 'object' ? { texts: action.items, isNegated: action.isNegated } : undefined,
    resource: typeof resource === 'object' && takesResource ? { texts: resource.items, isNegated: resource.isNegated } : undefined,
    principal: typeof principal === 'object' && needsPrincipal ? { names: principal.items, isNegated: principal.isNegated } : undefined,
    conditions: known,
  };
}

/** An element's items; `absent`, or `unclear` where it is there and is not understood. */
type Reading<Item> = readonly Item[] | 'absent' | 'unclear';

/** An element and its Not… element exclude each other. */
function oneOf<Item>(positive: Reading<Item>, negative: Reading<Item>): { readonly items: readonly Item[]; readonly isNegated: boolean } | 'absent' | 'unclear' {
  if (negative === 'absent') return typeof positive === 'string' ? positive : { items: positive, isNegated: false };
  if (positive === 'absent') return typeof negative === 'string' ? negative : { items: negative, isNegated: true };
  return 'unclear';
}

const isSomething = (reading: { readonly items: readonly unknown[] } | string): boolean => typeof reading === 'object' && reading.items.length > 0;

function readStrings(value: unknown): Reading<string> {
  if (value === undefined) return 'absent';
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return items.every((item) => typeof item === 'string') ? items : 'unclear';
}

function readNames(value: unknown): Reading<PrincipalName> {
  if (value === undefined) return 'absent';
  // "The following are equivalent": everyone.
  if (value === '*') return [{ element: 'AWS', text: '*' }];
  if (!isObject(value)) return 'unclear';
  const names: PrincipalName[] = [];
  for (const [element, texts] of Object.entries(value)) {
    const read = readStrings(texts);
    if (typeof read === 'string' || !['AWS', 'Service', 'Federated', 'CanonicalUser'].includes(element)) return 'unclear';
    names.push(...read.map((text) => ({ element, text })));
  }
  return names;
}

interface UnclearCondition extends Omit<ReadCondition, 'values'> { readonly values: Reading<string> }

/** Each operator and key is a condition. What is not understood has no values. */
function readConditions(condition: unknown): readonly UnclearCondition[] {
  if (!isObject(condition)) return [{ operator: '', key: '', values: 'unclear' }];
  return Object.entries(condition).flatMap(([operator, keys]) => {
    if (!isObject(keys)) return [{ operator, key: '', values: 'unclear' as const }];
    return Object.entries(keys).map(([key, value]) => ({ operator, key, values: readValues(value) }));
  });
}

/** "condition_value = ("string" | "number" | "Boolean")" */
function readValues(value: unknown): Reading<string> {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return items.every((item) => ['string', 'number', 'boolean'].includes(typeof item)) ? items.map(String) : 'unclear';
}

function isKnown({ operator, values }: UnclearCondition, areVariablesAllowed: boolean): boolean {
  return typeof values === 'object' && isOperatorName(operator) && values.every((value) => isValueOf(operator, value, areVariablesAllowed));
}
