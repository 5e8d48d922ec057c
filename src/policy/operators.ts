/** The condition operators: one table of all there is to know about each. Source: "IAM JSON policy elements: Condition operators" (IAM User Guide). */
import { arnMatcher } from './arn-pattern.ts';
import type { Budget } from './budget.ts';
import { contains, parseIpRange } from './ip-address.ts';
import type { RequestContext } from './types.ts';
import { readTemplate, resolve } from './variables.ts';
import { matches } from './wildcard.ts';

/** Whether one value of the request meets one value of the policy; undefined where the request's value is not of the operator's type. */
export type Test = (value: string, context: RequestContext, budget: Budget) => boolean | undefined;

export interface Operator {
  /** True when it asks that no value of the policy be met. */
  readonly isNegated: boolean;
  /** Compiles one value of the policy; undefined where it is not of the operator's type. */
  readonly compile: (operand: string, hasVariables: boolean) => Test | undefined;
}

const positive = (compile: Operator['compile']): Operator => ({ isNegated: false, compile });
const not = (operator: Operator): Operator => ({ ...operator, isNegated: true });

const fold = (text: string): string => text.toLowerCase();

/** Text with or without wildcards; a variable that cannot be resolved meets nothing. */
const text = (hasWildcards: boolean, normal: (value: string) => string = (value) => value): Operator => positive((operand, hasVariables) => {
  const template = readTemplate(normal === fold && !operand.includes('${') ? fold(operand) : operand, hasVariables, hasWildcards);
  return (value, context, budget) => {
    const tokens = resolve(template, context);
    if (tokens === undefined) return false;
    return matches(normal === fold ? foldTokens(tokens) : tokens, normal(value), budget);
  };
});

const foldTokens = (tokens: readonly number[]): readonly number[] => (tokens.length === 0 ? tokens : Array.from(fold(String.fromCharCode(...tokens.slice(0, 65_536))), (unit) => unit.charCodeAt(0)));

/** Integers and decimals. */
export function parseNumber(value: string): number | undefined {
  return value.length <= 64 && /^[+-]?\d+(\.\d+)?([eE][+-]?\d{1,3})?$/.test(value) ? Number(value) : undefined;
}

const isoDate = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?)?)?)?$/;

/** ISO 8601 as W3C profiles it, or seconds since 1970; milliseconds. */
export function parseDate(value: string): number | undefined {
  if (value.length > 64) return undefined;
  if (/^[+-]?\d{5,}(\.\d+)?$/.test(value)) return Number(value) * 1000;
  const found = isoDate.exec(value);
  if (!found) return undefined;
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', fraction = '0', zone = 'Z'] = found;
  const offset = zone === 'Z' ? 'Z' : zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}${offset}`);
  return Number.isNaN(at) ? undefined : at;
}

const compared = (parse: (text: string) => number | undefined, holds: (value: number, operand: number) => boolean): Operator => positive((operand) => {
  const wanted = parse(operand);
  if (wanted === undefined) return undefined;
  return (value) => {
    const given = parse(value);
    return given === undefined ? undefined : holds(given, wanted);
  };
});

const bool: Operator = positive((operand, hasVariables) => {
  const template = readTemplate(operand, hasVariables, false);
  if ('fixed' in template && fold(operand) !== 'true' && fold(operand) !== 'false') return undefined;
  return (value, context, budget) => {
    const given = fold(value);
    if (given !== 'true' && given !== 'false') return undefined;
    const tokens = resolve(template, context);
    return tokens !== undefined && matches(foldTokens(tokens), given, budget);
  };
});

const ipAddress: Operator = positive((operand) => {
  const range = parseIpRange(operand);
  if (!range) return undefined;
  return (value) => {
    const given = parseIpRange(value);
    return given && contains(range, given);
  };
});

const arnLike: Operator = positive((operand, hasVariables) => {
  const matcher = arnMatcher(operand, hasVariables);
  return (value, context, budget) => (value.startsWith('arn:') ? matcher(value, context, budget) : undefined);
});

const stringEquals = text(false);
const stringEqualsIgnoreCase = text(false, fold);
const stringLike = text(true);
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
  BinaryEquals: positive((operand) => (/^[A-Za-z0-9+/]*={0,2}$/.test(operand) ? (value) => value === operand : undefined)),
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
