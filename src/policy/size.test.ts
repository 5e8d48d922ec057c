/** A policy's size is counted as AWS counts it: without the white space between JSON's tokens. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { policySize } from './size.ts';

test('white space between tokens does not count, white space in strings does', () => {
  const rows: readonly (readonly [text: string, size: number])[] = [['', 0], [' \t\r\n', 0], ['{ "a" : 1 }', 7], ['"a b"', 5], ['"a\\" b"', 7], ['"\\\\" ', 4], ['"\\\\" "', 5], ['"€😀"', 5], ['{"a":\u00a01}', 8]];
  for (const [text, size] of rows) assert.equal(policySize(text), size, JSON.stringify(text));
});

test('however a document is indented, its size is that of its shortest form', () => {
  fc.assert(fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom('\t', ' ', '    '), (value, space) => {
    assert.equal(policySize(JSON.stringify(value, undefined, space)), JSON.stringify(value).length);
  }), { numRuns: 2_000, seed: 1 });
});
