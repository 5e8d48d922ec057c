/** Conditions as closures over the lazily read context: operators, missing keys, several values. Source: "Conditions with multiple context keys or values", "Set operators" (IAM User Guide). */
import type { Budget } from './budget.ts';
import type { ConditionEntry } from './document.ts';
import { readOperator, type Operator, type OperatorUse, type Test } from './operators.ts';
import type { ContextValue, RequestContext } from './types.ts';

export type Condition = (context: RequestContext, budget: Budget) => boolean;

/** The most conditions that are kept for the next policy that says the same. */
const sharedMax = 10_000;
const sharedLengthMax = 1_024;
const shared = new Map<string, Condition | undefined>();

/** One operator and key; undefined where the operator or a value is not understood. Policies that say the same share it. */
export function compileCondition(entry: ConditionEntry, areVariablesAllowed: boolean): Condition | undefined {
  const { operator, key, values } = entry;
  // A text of its own, so that what is shared keeps no document alive.
  const said = JSON.stringify([areVariablesAllowed, operator, key, values]);
  if (said.length > sharedLengthMax) return compileAlone(entry, areVariablesAllowed);
  if (!shared.has(said)) {
    if (shared.size >= sharedMax) shared.clear();
    const [, ownOperator, ownKey, ownValues]: [boolean, string, string, string[]] = JSON.parse(said);
    shared.set(said, compileAlone({ operator: ownOperator, key: ownKey, values: ownValues }, areVariablesAllowed));
  }
  return shared.get(said);
}

function compileAlone({ operator: name, key, values }: ConditionEntry, areVariablesAllowed: boolean): Condition | undefined {
  const use = readOperator(name);
  if (!use) return undefined;
  const foldedKey = key.toLowerCase();
  if (!use.operator) return compileNull(foldedKey, values);
  const tests: Test[] = [];
  for (const value of values) {
    const test = use.operator.compile(value, areVariablesAllowed);
    if (!test) return undefined;
    tests.push(test);
  }
  return conditionOf(foldedKey, { ...use, operator: use.operator }, listTest(use.operator, values, tests, areVariablesAllowed));
}

/** How many values, or none, are taken together; a key with no values is a missing one. */
function conditionOf(key: string, { operator: { isNegated }, quantifier, ifExists }: OperatorUse & { readonly operator: Operator }, meets: ListTest): Condition {
  const ofMissing = ifExists || (quantifier === undefined ? isNegated : quantifier === 'ForAllValues');
  // A key without a set operator is meant to have one value. Where it has several, a positive operator is met by one of them, a negated one only by all.
  const needsEvery = quantifier === undefined ? isNegated : quantifier === 'ForAllValues';
  const isSet = quantifier !== undefined;
  return (context, budget) => {
    const value = context.get(key);
    if (value === undefined || (value.length === 0 && typeof value !== 'string')) return ofMissing;
    if (isSet && isNullValue(value)) return needsEvery;
    if (typeof value === 'string') return meets(value, context, budget);
    for (const one of value) if (meets(one, context, budget) !== needsEvery) return !needsEvery;
    return needsEvery;
  };
}

/** Whether one value of the request meets the policy's list: some value of it, or none for a negated operator. A value of the wrong type meets neither. */
type ListTest = (value: string, context: RequestContext, budget: Budget) => boolean;

/** A longer list of texts is looked up rather than gone through. */
const lookedUpFrom = 4;

function listTest({ isNegated, normal }: Operator, values: readonly string[], tests: readonly Test[], areVariablesAllowed: boolean): ListTest {
  const [only] = tests;
  if (tests.length === 1 && only) {
    return (value, context, budget) => {
      budget.spend(1);
      const result = only(value, context, budget);
      return result !== undefined && result !== isNegated;
    };
  }
  if (normal && values.length >= lookedUpFrom && !(areVariablesAllowed && values.some((value) => value.includes('${')))) {
    const texts = new Set(values.map(normal));
    return (value, _context, budget) => {
      budget.spend(1);
      return texts.has(normal(value)) !== isNegated;
    };
  }
  return (value, context, budget) => {
    budget.spend(1 + tests.length);
    for (const test of tests) {
      const result = test(value, context, budget);
      if (result === undefined) return false;
      if (result) return !isNegated;
    }
    return isNegated;
  };
}

/** No value, or nothing but an empty text. Source: "Set operators for multivalued context keys": "a null dataset, such as an empty string". */
const isNullValue = (value: ContextValue | undefined): boolean => value === undefined || value.length === 0 || (value.length === 1 && value[0] === '');

/** Null: `true` wants the key absent or its value null, `false` present. */
function compileNull(key: string, values: readonly string[]): Condition | undefined {
  const wanted = new Set<string>(values.map((value) => value.toLowerCase()));
  if (wanted.size === 0 || [...wanted].some((value) => value !== 'true' && value !== 'false')) return undefined;
  const wantsAbsent = wanted.has('true');
  const wantsPresent = wanted.has('false');
  return (context) => (isNullValue(context.get(key)) ? wantsAbsent : wantsPresent);
}
