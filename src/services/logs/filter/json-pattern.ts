/** Patterns for messages that are JSON: `{ $.status = 4* && $.user.id NOT EXISTS }`. Source: "Using filter patterns to match terms in JSON log events". */
import type { Compared, Counted } from './comparison.ts';
import { readComparison } from './comparison.ts';
import { readConditions } from './condition.ts';
import type { Matches } from './pattern.ts';
import { PatternRefused, Scanner } from './scanner.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** A property's name, an element's number, or any of them. */
type Step = string | number | typeof any;
const any = Symbol('any');

/** Source: the same page, Quotas. */
const wildcardsPerSelectorMax = 1;
const wildcardsMax = 3;

interface Counts extends Counted { wildcards: number }

export function jsonPattern(pattern: string): Matches {
  const scanner = new Scanner(pattern);
  const counts: Counts = { regexes: 0, wildcards: 0 };
  scanner.takes('{');
  const holds = readConditions<Json>(scanner, (at) => readCondition(at, counts));
  scanner.skipSpace();
  if (!scanner.takes('}') || !scanner.isAtEnd) throw scanner.refusal('`}` at the end');
  return (message) => {
    const json = parsed(message);
    return json !== undefined && holds(json);
  };
}

/** Undefined for what is no object and no list: most messages are not. */
function parsed(message: string): Json | undefined {
  if (!/^\s*[{[]/.test(message)) return undefined;
  try {
    return JSON.parse(message) as Json;
  } catch {
    // A message that only begins like JSON is text, which no such pattern takes.
    return undefined;
  }
}

function readCondition(scanner: Scanner, counts: Counts): (json: Json) => boolean {
  const steps = readSelector(scanner, counts);
  const hasSpace = scanner.take(/\s+/y) !== undefined;
  if (hasSpace && scanner.take(/NOT\s+EXISTS\b/y) !== undefined) return (json) => selected(json, steps).length === 0;
  const constant = hasSpace ? scanner.take(/IS\s+(?:NULL|TRUE|FALSE)\b/y) : undefined;
  if (constant !== undefined) {
    const value = constant.endsWith('NULL') ? null : constant.endsWith('TRUE');
    return (json) => selected(json, steps).includes(value);
  }
  const compares = readComparison(scanner, counts);
  // A list or an object is no value, and neither is null: then no comparison holds, nor does its opposite.
  return (json) => selected(json, steps).some((value) => isCompared(value) && compares(value));
}

const isCompared = (value: Json): value is Compared => value !== null && typeof value !== 'object';

function readSelector(scanner: Scanner, counts: Counts): readonly Step[] {
  if (!scanner.takes('$')) throw scanner.refusal('a property selector, which begins with `$`,');
  const steps: Step[] = [];
  for (;;) {
    const step = readStep(scanner);
    if (step === undefined) break;
    steps.push(step);
  }
  const wildcards = steps.filter((step) => step === any).length;
  counts.wildcards += wildcards;
  if (steps.length === 0) throw scanner.refusal('`.` and a property');
  if (wildcards > wildcardsPerSelectorMax || counts.wildcards > wildcardsMax) throw new PatternRefused(`A property selector can have ${wildcardsPerSelectorMax} wildcard, a filter pattern ${wildcardsMax}`);
  return steps;
}

function readStep(scanner: Scanner): Step | undefined {
  const hasDot = scanner.takes('.');
  if (hasDot && scanner.takes('*')) return any;
  const name = hasDot ? scanner.take(/[\w-]+/y) : undefined;
  if (name !== undefined) return name;
  const bracketed = scanner.take(/\[(?:\d{1,9}|\*|'[^']+'|"[^"]+")\]/y)?.slice(1, -1);
  if (bracketed === undefined) {
    if (hasDot) throw scanner.refusal('a property');
    return undefined;
  }
  if (bracketed === '*') return any;
  return /^\d/.test(bracketed) ? Number(bracketed) : bracketed.slice(1, -1);
}

function selected(json: Json, steps: readonly Step[]): readonly Json[] {
  let values: readonly Json[] = [json];
  for (const step of steps) values = values.flatMap((value) => inside(value, step));
  return values;
}

function inside(value: Json, step: Step): readonly Json[] {
  if (typeof value !== 'object' || value === null) return [];
  if (isList(value)) return step === any ? value : typeof step === 'number' && step < value.length ? [value[step]!] : [];
  if (step === any) return Object.values(value);
  return typeof step === 'string' && Object.hasOwn(value, step) ? [value[step]!] : [];
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
