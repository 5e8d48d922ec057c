/** A name that stands twice in one object is found, wherever it stands and however it is written. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { repeatedName } from './repeated-name.ts';

test('a repeated name is found at any depth, escapes undone', () => {
  assert.equal(repeatedName('{"a":1,"a":2}'), 'a');
  assert.equal(repeatedName('{"x":[{"b":{"c":1,"\\u0063":2}}]}'), 'c');
  assert.equal(repeatedName('{"a":{"b":1},"c":["a"],"a":0}'), 'a');
  assert.equal(repeatedName('{"\\"":1,"\\"":1}'), '"');
});

test('the same name in different objects, and as a value, is not a repetition', () => {
  for (const text of ['{}', '[]', '"a"', '{"a":{"a":{"a":"a"}},"b":["a","a"]}', '[{"a":1},{"a":2}]', '{"a":"{\\"a\\":1,\\"a\\":2}"}', '{"__proto__":1,"constructor":2}']) assert.equal(repeatedName(text), undefined, text);
});

test('whatever JSON.stringify writes has none', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => { assert.equal(repeatedName(JSON.stringify(value)), undefined); }), { seed: 1 });
});
