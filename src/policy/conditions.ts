/** Conditions as closures over the lazily read context: operators, missing keys, several values. Source: "Conditions with multiple context keys or values", "Set operators" (IAM User Guide). */
import type { Budget } from './budget.ts';
import type { ConditionEntry } from './document.ts';
import { readOperator, type Operator, type Test } from './operators.ts';
import type { ContextValue, RequestContext } from './types.ts';

export type Condition = (context: RequestContext, budget: Budget) => boolean;

/** One operator and key; undefined where the operator or a value is not understood. */
export function compileCondition({ operator: name, key, values }: ConditionEntry, hasVariables: boolean): Condition | undefined {
  const use = readOperator(name);
  if (!use) return undefined;
  const foldedKey = key.toLowerCase();
  if (!use.operator) return compileNull(foldedKey, values);
  const tests: Test[] = [];
  for (const value of values) {
    const test = use.operator.compile(value, hasVariables);
    if (!test) return undefined;
    tests.push(test);
  }
  const { operator, quantifier, ifExists } = use;
  return (context, budget) => {
    const value = context.get(foldedKey);
    const isMissing = value === undefined || value.length === 0 && typeof value !== 'string';
    if (isMissing && ifExists) return true;
    return quantifiers[quantifier ?? 'none'](isMissing ? undefined : value, (one) => meets(operator, tests, one, context, budget), operator);
  };
}

/** How several values, or none, are taken together. */
const quantifiers: Record<'none' | 'ForAllValues' | 'ForAnyValue', (value: ContextValue | undefined, isMet: (value: string) => boolean, operator: Operator) => boolean> = {
  // A key without a set operator is meant to have one value. Where it has several, a positive operator is met by one of them, a negated one only by all.
  none: (value, isMet, operator) => (value === undefined ? operator.isNegated : typeof value === 'string' ? isMet(value) : operator.isNegated ? value.every(isMet) : value.some(isMet)),
  ForAllValues: (value, isMet) => value === undefined || (typeof value === 'string' ? isMet(value) : value.every(isMet)),
  ForAnyValue: (value, isMet) => value !== undefined && (typeof value === 'string' ? isMet(value) : value.some(isMet)),
};

/** Whether one value of the request meets the policy's list: some value of it, or none for a negated operator. A value of the wrong type meets neither. */
function meets(operator: Operator, tests: readonly Test[], value: string, context: RequestContext, budget: Budget): boolean {
  budget.spend(1 + tests.length);
  for (const test of tests) {
    const result = test(value, context, budget);
    if (result === undefined) return false;
    if (result) return !operator.isNegated;
  }
  return operator.isNegated;
}

/** Null: `true` wants the key absent, `false` present. */
function compileNull(key: string, values: readonly string[]): Condition | undefined {
  const wanted = new Set<string>(values.map((value) => value.toLowerCase()));
  if (wanted.size === 0 || [...wanted].some((value) => value !== 'true' && value !== 'false')) return undefined;
  return (context) => {
    const value = context.get(key);
    const isAbsent = value === undefined || (typeof value !== 'string' && value.length === 0);
    return wanted.has(String(isAbsent));
  };
}
