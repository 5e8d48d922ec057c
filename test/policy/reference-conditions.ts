/** The twin's condition operators. Source: "IAM JSON policy elements: Condition operators", "Conditions with multiple context keys or values" (IAM User Guide). */
import type { RequestContext } from '../../src/policy/types.ts';
import type { ReadCondition } from './reference-document.ts';
import { arnConditionMatches, isArn, matchesAll, substitute, substituteText, withWildcards } from './reference-patterns.ts';
import { readAddressRange, readBinary, readDate, readNumber } from './reference-values.ts';

/** What the operators of one kind compare. */
interface Comparison {
  /** Whether a value of the policy is one that can be compared. */
  readonly isValue: (operand: string, areVariablesAllowed: boolean) => boolean;
  /** Whether a value of the request is; one that is not matches nothing, negated or not. */
  readonly isOfType: (value: string) => boolean;
  readonly matches: (value: string, operand: string, context: RequestContext, areVariablesAllowed: boolean) => boolean;
}

const isText = (): boolean => true;

const text = (matches: (value: string, operand: string) => boolean): Comparison => ({
  isValue: isText,
  isOfType: isText,
  matches: (value, operand, context, areVariablesAllowed) => {
    const wanted = substituteText(operand, context, areVariablesAllowed);
    return wanted !== undefined && matches(value, wanted);
  },
});

/** "You can not use a policy variable with" these. */
const typed = <Value>(read: (text: string) => Value | undefined, matches: (value: Value, wanted: Value) => boolean): Comparison => ({
  isValue: (operand) => read(operand) !== undefined,
  isOfType: (value) => read(value) !== undefined,
  matches: (value, operand) => matches(read(value)!, read(operand)!),
});

const number = (matches: (value: number, wanted: number) => boolean): Comparison => typed(readNumber, matches);
const date = (matches: (value: number, wanted: number) => boolean): Comparison => typed(readDate, matches);

const isBoolean = (text: string): boolean => /^(true|false)$/i.test(text);

const exact = text((value, wanted) => value === wanted);
const ignoringCase = text((value, wanted) => value.toLowerCase() === wanted.toLowerCase());
const like: Comparison = {
  isValue: isText,
  isOfType: isText,
  matches: (value, operand, context, areVariablesAllowed) => {
    const pattern = substitute(operand, context, areVariablesAllowed, withWildcards);
    return pattern !== undefined && matchesAll(pattern, value);
  },
};
const bool: Comparison = {
  isValue: (operand, areVariablesAllowed) => isBoolean(operand) || (areVariablesAllowed && operand.includes('${')),
  isOfType: isBoolean,
  matches: (value, operand, context, areVariablesAllowed) => substituteText(operand, context, areVariablesAllowed)?.toLowerCase() === value.toLowerCase(),
};
const arn: Comparison = { isValue: isText, isOfType: isArn, matches: (value, operand, context, areVariablesAllowed) => arnConditionMatches(operand, value, context, areVariablesAllowed) };
const address = typed(readAddressRange, (value, range) => value.startsWith(range));

/** The operators that ask for a match, and those that ask that there be none. */
const positive: Readonly<Record<string, Comparison>> = {
  StringEquals: exact,
  StringEqualsIgnoreCase: ignoringCase,
  StringLike: like,
  NumericEquals: number((value, wanted) => value === wanted),
  NumericLessThan: number((value, wanted) => value < wanted),
  NumericLessThanEquals: number((value, wanted) => value <= wanted),
  NumericGreaterThan: number((value, wanted) => value > wanted),
  NumericGreaterThanEquals: number((value, wanted) => value >= wanted),
  DateEquals: date((value, wanted) => value === wanted),
  DateLessThan: date((value, wanted) => value < wanted),
  DateLessThanEquals: date((value, wanted) => value <= wanted),
  DateGreaterThan: date((value, wanted) => value > wanted),
  DateGreaterThanEquals: date((value, wanted) => value >= wanted),
  Bool: bool,
  BinaryEquals: typed(readBinary, (value, wanted) => value === wanted),
  IpAddress: address,
  ArnEquals: arn,
  ArnLike: arn,
};
const negated: Readonly<Record<string, Comparison>> = {
  StringNotEquals: exact,
  StringNotEqualsIgnoreCase: ignoringCase,
  StringNotLike: like,
  NumericNotEquals: positive.NumericEquals!,
  DateNotEquals: positive.DateEquals!,
  NotIpAddress: address,
  ArnNotEquals: arn,
  ArnNotLike: arn,
};

interface OperatorName { readonly set: 'ForAllValues' | 'ForAnyValue' | undefined; readonly base: string; readonly isIfExists: boolean }

/** "You can add IfExists to the end of any condition operator name except the Null condition." */
function readName(name: string): OperatorName {
  const [, set, base = '', ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/.exec(name) ?? [];
  return { set: set === 'ForAllValues' || set === 'ForAnyValue' ? set : undefined, base, isIfExists: ifExists !== undefined };
}

export function isOperatorName(name: string): boolean {
  return name === 'Null' || Object.hasOwn(positive, readName(name).base) || Object.hasOwn(negated, readName(name).base);
}

/** Whether a policy may say this value with that operator. */
export function isValueOf(name: string, value: string, areVariablesAllowed: boolean): boolean {
  if (name === 'Null') return isBoolean(value);
  const { base } = readName(name);
  return (positive[base] ?? negated[base])!.isValue(value, areVariablesAllowed);
}

export function conditionHolds({ operator, key, values: operands }: ReadCondition, context: RequestContext, areVariablesAllowed: boolean): boolean {
  const given = context.get(key.toLowerCase());
  const values = given === undefined ? [] : typeof given === 'string' ? [given] : given;
  const isMissing = values.length === 0;
  // "A null dataset, such as an empty string."
  const isNull = isMissing || (values.length === 1 && values[0] === '');

  // "Use either true (the key doesn't exist – it is null) or false (the key exists and its value is not null)."
  if (operator === 'Null') return operands.some((operand) => (operand.toLowerCase() === 'true') === isNull);

  const { set, base, isIfExists } = readName(operator);
  const isNegated = Object.hasOwn(negated, base);
  const comparison = (isNegated ? negated[base] : positive[base])!;

  // "If the key is not present, evaluate the condition element as true."
  if (isMissing && isIfExists) return true;
  // "ForAllValues also returns true if there are no context keys in the request or if the value resolves to a null dataset"; ForAnyValue then returns false.
  if (isNull && set) return set === 'ForAllValues';
  // "The values do not match and the condition is false. If the policy condition requires that the key is not matched, and the key is not present, the condition is true."
  if (isMissing) return isNegated;

  // Several values of the policy are alternatives; for a negated operator, none of them may match.
  const isMet = (value: string): boolean => {
    if (!comparison.isOfType(value)) return false;
    return operands.some((operand) => comparison.matches(value, operand, context, areVariablesAllowed)) !== isNegated;
  };
  if (set === 'ForAllValues') return values.every(isMet);
  if (set === 'ForAnyValue') return values.some(isMet);
  // Several values of the request without a set operator: documented only as wrong. One that matches is enough, and for a negated operator too much.
  return isNegated ? values.every(isMet) : values.some(isMet);
}
