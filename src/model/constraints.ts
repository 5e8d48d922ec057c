/** What a model demands of a single value (length, range, pattern, enum), each demand with the words in which AWS says that it was not met. */
import { compilePattern } from './pattern.ts';
import type { BlobShape, ListShape, MapShape, NumberShape, Shape, StringShape } from './service.ts';

/** One demand. `says` follows `Member must `. */
export interface Constraint<T> {
  readonly says: string;
  readonly isPattern?: boolean;
  holds(value: T): boolean;
}

interface Bounds { readonly min?: number; readonly max?: number }

/** The longest text that a pattern is tried on when its length alone already condemns it. */
export const patternLengthMax = 10_000;

/** A string's constraints: length first, as AWS lists them in brackets. */
export function stringConstraints(shape: StringShape): readonly Constraint<string>[] {
  const { max, pattern, enum: values } = shape;
  const constraints: Constraint<string>[] = bounds(shape, 'length', isWithin, isAtLeast);
  if (pattern !== undefined) {
    const expression = compilePattern(pattern);
    const hopeless = Math.max(patternLengthMax, 2 * (max ?? Infinity));
    constraints.push({ isPattern: true, says: `satisfy regular expression pattern: ${pattern}`, holds: (text) => text.length > hopeless || expression.test(text) });
  }
  if (values) {
    const known = new Set(values);
    constraints.push({ says: `satisfy enum value set: [${values.join(', ')}]`, holds: (text) => known.has(text) });
  }
  return constraints;
}

export const numberConstraints = (shape: NumberShape): readonly Constraint<number>[] => bounds(shape, 'value', (value, max) => value <= max, (value, min) => value >= min);

/** Of a list or map by its entries, of a blob by its bytes. */
export function sizeConstraints(shape: ListShape | MapShape | BlobShape): readonly Constraint<number>[] {
  return bounds<number>(shape, 'length', (size, max) => size <= max, (size, min) => size >= min);
}

function bounds<T>({ min, max }: Bounds, what: 'length' | 'value', isAtMost: (value: T, max: number) => boolean, isAtMin: (value: T, min: number) => boolean): Constraint<T>[] {
  return [
    ...(max === undefined ? [] : [{ says: `have ${what} less than or equal to ${max}`, holds: (value: T) => isAtMost(value, max) }]),
    ...(min === undefined ? [] : [{ says: `have ${what} greater than or equal to ${min}`, holds: (value: T) => isAtMin(value, min) }]),
  ];
}

// Lengths are in Unicode code points (Smithy, "length trait"; seen on STS). There are at most as many as UTF-16 units, and at least half as many.
const isWithin = (text: string, max: number): boolean => text.length <= max || (text.length <= 2 * max && codePoints(text) <= max);
const isAtLeast = (text: string, min: number): boolean => text.length >= 2 * min || (text.length >= min && codePoints(text) >= min);

function codePoints(text: string): number {
  let count = text.length;
  for (let i = 0; i + 1 < text.length; i++) {
    if ((text.charCodeAt(i) & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      count--;
      i++;
    }
  }
  return count;
}

/** The shapes whose values have no parts. */
export const isScalar = (shape: Shape): boolean => shape.type !== 'structure' && shape.type !== 'list' && shape.type !== 'map';
