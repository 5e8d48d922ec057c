/** The condition operators: one table of all there is to know about each. Source: "IAM JSON policy elements: Condition operators" (IAM User Guide). */
import { conditionArnPattern } from './patterns/arn-pattern.ts';
import { ArnText } from './patterns/arn-text.ts';
import type { Budget } from './budget.ts';
import { contains, parseIpRange } from './ip-address.ts';
import { canonicalBase64, parseDate, parseNumber } from './typed-values.ts';
import type { RequestContext } from './types.ts';
import { GlobTemplate, hasVariable, TextTemplate } from './patterns/variables.ts';
import { globOf } from './patterns/wildcard.ts';

/** Whether one value of the request meets one value of the policy; undefined where the request's value is not of the operator's type. */
export type Test = (value: string, context: RequestContext, budget: Budget) => boolean | undefined;

export interface Operator {
  /** True when it asks that no value of the policy be met. */
  readonly isNegated: boolean;
  /** Compiles one value of the policy; undefined where it is not of the operator's type. */
  readonly compile: (operand: string, areVariablesAllowed: boolean) => Test | undefined;
  /** What a value is compared as, where the operator asks for nothing but that the two be the same. */
  readonly normal?: (text: string) => string;
}

const not = (operator: Operator): Operator => ({ ...operator, isNegated: true });

/** The same text, after `normal`. A variable that stands for nothing meets nothing. */
const sameText = (normal: (text: string) => string): Operator => ({
  isNegated: false,
  normal,
  compile: (operand, areVariablesAllowed) => {
    const template = hasVariable(operand, areVariablesAllowed) ? new TextTemplate(operand) : undefined;
    const wanted = template ? template.fixed : operand;
    if (template === undefined || wanted !== undefined) {
      const fixed = normal(wanted ?? operand);
      return (value) => normal(value) === fixed;
    }
    return (value, context) => {
      const text = template.resolve(context);
      return text !== undefined && normal(value) === normal(text);
    };
  },
});

const stringLike: Operator = {
  isNegated: false,
  compile: (operand, areVariablesAllowed) => {
    if (hasVariable(operand, areVariablesAllowed)) {
      const template = new GlobTemplate(operand);
      return (value, context, budget) => template.matches(value, 0, value.length, budget, context);
    }
    const glob = globOf(operand);
    return (value, _context, budget) => glob.matches(value, 0, value.length, budget);
  },
};

const compared = (parse: (text: string) => number | undefined, holds: (value: number, operand: number) => boolean): Operator => ({
  isNegated: false,
  compile: (operand) => {
    const wanted = parse(operand);
    if (wanted === undefined) return undefined;
    return (value) => {
      const given = parse(value);
      return given === undefined ? undefined : holds(given, wanted);
    };
  },
});

const isBool = (text: string): boolean => text === 'true' || text === 'false';

const bool: Operator = {
  isNegated: false,
  compile: (operand, areVariablesAllowed) => {
    const template = new TextTemplate(hasVariable(operand, areVariablesAllowed) ? operand : '');
    const fixed = hasVariable(operand, areVariablesAllowed) ? template.fixed : operand;
    if (fixed !== undefined && !isBool(fold(fixed))) return undefined;
    return (value, context) => {
      const given = fold(value);
      return isBool(given) ? given === fold(fixed ?? template.resolve(context) ?? '') : undefined;
    };
  },
};

const binaryEquals: Operator = {
  isNegated: false,
  compile: (operand) => {
    const wanted = canonicalBase64(operand);
    if (wanted === undefined) return undefined;
    return (value) => {
      const given = canonicalBase64(value);
      return given === undefined ? undefined : given === wanted;
    };
  },
};

const ipAddress: Operator = {
  isNegated: false,
  compile: (operand) => {
    const range = parseIpRange(operand);
    if (!range) return undefined;
    return (value) => {
      const given = parseIpRange(value);
      return given && contains(range, given);
    };
  },
};

const arnLike: Operator = {
  isNegated: false,
  compile: (operand, areVariablesAllowed) => {
    const pattern = conditionArnPattern(operand, areVariablesAllowed);
    return (value, context, budget) => {
      const given = new ArnText(value);
      return given.isArn ? pattern.matches(given, context, budget) : undefined;
    };
  },
};

const fold = (text: string): string => text.toLowerCase();

const stringEquals = sameText((text) => text);
const stringEqualsIgnoreCase = sameText(fold);
const numeric = (holds: (value: number, operand: number) => boolean): Operator => compared(parseNumber, holds);
const date = (holds: (value: number, operand: number) => boolean): Operator => compared(parseDate, holds);

const operators: Readonly<Record<string, Operator>> = {
  StringEquals: stringEquals,
  StringNotEquals: not(stringEquals),
  StringEqualsIgnoreCase: stringEqualsIgnoreCase,
  StringNotEqualsIgnoreCase: not(stringEqualsIgnoreCase),
  StringLike: stringLike,
  StringNotLike: not(stringLike),
  NumericEquals: numeric((a, b) => a === b),
  NumericNotEquals: not(numeric((a, b) => a === b)),
  NumericLessThan: numeric((a, b) => a < b),
  NumericLessThanEquals: numeric((a, b) => a <= b),
  NumericGreaterThan: numeric((a, b) => a > b),
  NumericGreaterThanEquals: numeric((a, b) => a >= b),
  DateEquals: date((a, b) => a === b),
  DateNotEquals: not(date((a, b) => a === b)),
  DateLessThan: date((a, b) => a < b),
  DateLessThanEquals: date((a, b) => a <= b),
  DateGreaterThan: date((a, b) => a > b),
  DateGreaterThanEquals: date((a, b) => a >= b),
  Bool: bool,
  BinaryEquals: binaryEquals,
  IpAddress: ipAddress,
  NotIpAddress: not(ipAddress),
  ArnEquals: arnLike,
  ArnLike: arnLike,
  ArnNotEquals: not(arnLike),
  ArnNotLike: not(arnLike),
};

export interface OperatorUse {
  /** Undefined for Null. */
  readonly operator: Operator | undefined;
  readonly quantifier: 'ForAllValues' | 'ForAnyValue' | undefined;
  readonly ifExists: boolean;
}

/** Whether a value of a policy is one that the operator can read. Null reads whether a key is to be absent. */
export function canRead({ operator }: OperatorUse, value: string): boolean {
  return operator ? operator.compile(value, true) !== undefined : /^(true|false)$/i.test(value);
}

const ifExistsSuffix = 'IfExists';

/** Takes an operator's name apart: `ForAllValues:StringLikeIfExists`. Undefined when there is no such operator. */
export function readOperator(name: string): OperatorUse | undefined {
  const colon = name.indexOf(':');
  const quantifier = colon < 0 ? undefined : name.slice(0, colon);
  if (quantifier !== undefined && quantifier !== 'ForAllValues' && quantifier !== 'ForAnyValue') return undefined;
  const rest = name.slice(colon + 1);
  if (rest === 'Null') return quantifier === undefined ? { operator: undefined, quantifier: undefined, ifExists: false } : undefined;
  const ifExists = rest.endsWith(ifExistsSuffix);
  const base = ifExists ? rest.slice(0, -ifExistsSuffix.length) : rest;
  return Object.hasOwn(operators, base) ? { operator: operators[base]!, quantifier, ifExists } : undefined;
}
