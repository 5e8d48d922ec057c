/** Comparisons of a value with what a pattern says: text with `*` at its ends, a number, a regular expression. */
import { compileRegex } from './regex.ts';
import { PatternRefused } from './scanner.ts';
import type { Scanner } from './scanner.ts';

/** A value of a message: of a field of JSON, or of a word of text. */
export type Compared = string | number | boolean;
export type Compares = (value: Compared) => boolean;

/** Regular expressions that a pattern may have. Source: the same page, Quotas. */
const regexesMax = 2;

/** How many regular expressions a pattern has had. */
export interface Counted { regexes: number }

const numberSyntax = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
/** A word that stands without quotation marks ends where the pattern goes on. */
const bareWord = /[^\s"%,()[\]{}=!<>&|]+/y;

const orders: Readonly<Record<string, (a: number, b: number) => boolean>> = { '>=': (a, b) => a >= b, '<=': (a, b) => a <= b, '>': (a, b) => a > b, '<': (a, b) => a < b };

/** An operator and what stands behind it. */
export function readComparison(scanner: Scanner, counted: Counted): Compares {
  const operator = scanner.take(/!=|>=|<=|=|>|</y);
  if (operator === undefined) throw scanner.refusal('an operator');
  scanner.skipSpace();
  const order = orders[operator];
  if (order) return ordered(scanner, order);
  const isEqual = readEqual(scanner, counted);
  return operator === '=' ? isEqual : (value) => !isEqual(value);
}

function ordered(scanner: Scanner, order: (a: number, b: number) => boolean): Compares {
  const word = scanner.take(bareWord) ?? '';
  if (!numberSyntax.test(word)) throw scanner.refusal('a number');
  const bound = Number(word);
  return (value) => {
    const number = numberOf(value);
    return number !== undefined && order(number, bound);
  };
}

function readEqual(scanner: Scanner, counted: Counted): Compares {
  const next = scanner.text[scanner.at];
  if (next === '%') {
    if (++counted.regexes > regexesMax) throw new PatternRefused(`A filter pattern can have at most ${regexesMax} regular expressions`);
    const isIn = compileRegex(scanner.regex());
    return (value) => isIn(String(value));
  }
  if (next === '"') return equalText(scanner.quoted());
  const word = scanner.take(bareWord);
  if (word === undefined) throw scanner.refusal('a value');
  // `1e+3` is the number a thousand; of text it is what stands there.
  const number = numberSyntax.test(word) ? Number(word) : undefined;
  const isText = equalText(word);
  return (value) => (number !== undefined && numberOf(value) === number) || isText(value);
}

/** A `*` at an end stands for anything; elsewhere it is one. Source: the page of 2019, Matching JSON Terms. */
function equalText(text: string): Compares {
  const [isOpenBefore, isOpenBehind] = [text.startsWith('*'), text.length > 1 && text.endsWith('*')];
  const inner = text.slice(isOpenBefore ? 1 : 0, isOpenBehind ? -1 : undefined);
  if (isOpenBefore && isOpenBehind) return (value) => String(value).includes(inner);
  if (isOpenBefore) return (value) => String(value).endsWith(inner);
  if (isOpenBehind) return (value) => String(value).startsWith(inner);
  return (value) => String(value) === text;
}

function numberOf(value: Compared): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && numberSyntax.test(value) ? Number(value) : undefined;
}
