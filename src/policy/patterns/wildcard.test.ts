/** Wildcards match what they say, in a time that no pattern can stretch. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Budget } from '../budget.ts';
import { HoledText } from './holed-text.ts';
import { globOf } from './wildcard.ts';

const matches = (pattern: string, text: string): boolean => globOf(pattern).matches(text, 0, text.length, new Budget());

/** As the words say it: a `*` takes nothing, or one character and stays. */
function reads(pattern: string, text: string, p = 0, t = 0): boolean {
  if (p === pattern.length) return t === text.length;
  if (pattern[p] === '*') return reads(pattern, text, p + 1, t) || (t < text.length && reads(pattern, text, p, t + 1));
  return t < text.length && (pattern[p] === '?' || pattern[p] === text[t]) && reads(pattern, text, p + 1, t + 1);
}

const short = (...letters: string[]): fc.Arbitrary<string> => fc.array(fc.constantFrom(...letters), { maxLength: 9 }).map((all) => all.join(''));

test('a pattern matches what it reads as', () => {
  fc.assert(fc.property(short('a', 'b', '*', '?'), short('a', 'b'), (pattern, text) => matches(pattern, text) === reads(pattern, text)), { numRuns: 20_000, seed: 1 });
});

test('a part of a text is matched as if it stood alone', () => {
  fc.assert(fc.property(short('a', 'b', '*', '?'), short('a', 'b'), short('a'), short('b'), (pattern, text, before, after) =>
    globOf(pattern).matches(before + text + after, before.length, before.length + text.length, new Budget()) === matches(pattern, text)), { numRuns: 5_000, seed: 2 });
});

test('text with holes is found where it first stands, by whichever search', () => {
  const almost = fc.tuple(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 0, max: 3 })).map(([length, every]) => Array.from({ length }, (_, i) => (every > 0 && i % every === 0 ? '?' : i === length - 1 ? 'b' : 'a')).join(''));
  fc.assert(fc.property(almost, fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 5 }), (piece, length, tail) => {
    const text = `${'a'.repeat(length)}b${'a'.repeat(tail)}`;
    let first = 0;
    while (first + piece.length <= text.length && !reads(piece, text.slice(first, first + piece.length))) first++;
    return HoledText.of(piece).find(text, 0, text.length, new Budget()) === (first + piece.length <= text.length ? first : -1);
  }), { numRuns: 1_000, seed: 3 });
});

test('no pattern of 6,144 characters takes more than a small share of a decision against a text of 2,048', () => {
  const text = 'a'.repeat(2_048);
  const hostile = ['*a'.repeat(3_000) + '*b', `*${'a'.repeat(2_000)}b*`, `*${'a?'.repeat(1_000)}b*`, `*${'?'.repeat(2_047)}b*`, ('*' + 'a?'.repeat(20) + 'b').repeat(140), '*'.repeat(6_144), '?'.repeat(2_049)];
  for (const pattern of hostile) {
    // Throws where it takes more.
    assert.equal(globOf(pattern).matches(text, 0, text.length, new Budget(300_000)), pattern === '*'.repeat(6_144), pattern.slice(0, 20));
  }
});
