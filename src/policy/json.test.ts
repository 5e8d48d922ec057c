/** The reader of policies takes what JSON.parse takes, with the same values, but for its stricter rules; and says where it stopped. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { jsonDepthMax, JsonError, jsonLengthMax, readJson, type JsonNode } from './json.ts';

const refusals: readonly (readonly [text: string, message: string, offset: number])[] = [
  ['', 'a value is expected', 0],
  ['  ', 'a value is expected', 2],
  ['{', 'a string is expected', 1],
  ['{"a"}', '`:` is expected', 4],
  ['{"a":1,}', 'a string is expected', 7],
  ['{"a":1 "b":2}', '`}` is expected', 7],
  ['[1,]', 'a value is expected', 3],
  ['[1 2]', '`]` is expected', 3],
  ['{} {}', 'something follows the value', 3],
  ['{\'a\':1}', 'a string is expected', 1],
  ['{a:1}', 'a string is expected', 1],
  ['{"a":1,"a":2}', 'a key stands twice', 7],
  ['{"a":1,"\\u0061":2}', 'a key stands twice', 7],
  ['{"__proto__":1,"__proto__":2}', 'a key stands twice', 15],
  ['{"constructor":{"a":1,"b":{"c":1,"c":2}}}', 'a key stands twice', 33],
  ['"a', 'a string does not end', 0],
  ['"a\u0000"', 'a control character stands in a string', 2],
  ['"a\tb"', 'a control character stands in a string', 2],
  ['"\\x"', 'no such escape', 1],
  ['"\\u12g4"', 'not four hexadecimal digits', 1],
  ['"\\u12', 'not four hexadecimal digits', 1],
  ['"\\ud800"', 'half of a surrogate pair stands alone', 0],
  ['"\udc00"', 'half of a surrogate pair stands alone', 0],
  ['"\\udc00\\ud800"', 'half of a surrogate pair stands alone', 0],
  ['\ufeff{}', 'a value is expected', 0],
  ['\u0000', 'a value is expected', 0],
  ['{}\u0000', 'something follows the value', 2],
  ['\u00a0{}', 'a value is expected', 0],
  ['01', 'something follows the value', 1],
  ['1.', 'something follows the value', 1],
  ['.5', 'a value is expected', 0],
  ['+1', 'a value is expected', 0],
  ['-', 'a value is expected', 0],
  ['1e', 'something follows the value', 1],
  ['NaN', 'a value is expected', 0],
  ['truth', 'a value is expected', 0],
  ['True', 'a value is expected', 0],
  ['// comment', 'a value is expected', 0],
];

for (const [text, message, offset] of refusals) {
  test(`${JSON.stringify(text)} is refused: ${message}, at ${offset}`, () => {
    assert.throws(() => readJson(text), (thrown) => thrown instanceof JsonError && thrown.message === message && thrown.offset === offset);
  });
}

test('nesting is read down to its limit and no deeper, whatever the text holds', () => {
  const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
  assert.equal(readJson(nested(jsonDepthMax + 1)).type, 'array');
  assert.throws(() => readJson(nested(jsonDepthMax + 2)), { name: 'JsonError', message: `nested deeper than ${jsonDepthMax}` });
  assert.throws(() => readJson('['.repeat(jsonLengthMax)), { name: 'JsonError' });
  assert.throws(() => readJson('{"a":'.repeat(jsonLengthMax / 5)), { name: 'JsonError' });
});

test('text is read up to its limit and no longer', () => {
  assert.equal(readJson(`"${'a'.repeat(jsonLengthMax - 2)}"`).type, 'string');
  assert.throws(() => readJson(`"${'a'.repeat(jsonLengthMax - 1)}"`), { name: 'JsonError', message: `longer than ${jsonLengthMax} characters`, offset: jsonLengthMax });
});

test('a number keeps the text it was written in, however large', () => {
  for (const text of ['0', '-0', '1.50', '1e400', '-12345678901234567890', '1E+2', '9'.repeat(1_000)]) assert.deepEqual(readJson(text), { type: 'number', offset: 0, value: text });
});

test('every value knows where it stands, and a string where it ends', () => {
  const root = readJson(' {"a" : [ "b\\n" , 5, null ] }');
  assert.ok(root.type === 'object');
  const list = root.members.get('a');
  assert.deepEqual([root.offset, list], [1, { type: 'array', offset: 8, items: [{ type: 'string', offset: 10, value: 'b\n', end: 15 }, { type: 'number', offset: 18, value: '5' }, { type: 'null', offset: 21, value: 'null' }] }]);
});

test('keys that objects of JavaScript inherit are keys like others', () => {
  const root = readJson('{"__proto__":{"isAdmin":true},"constructor":1,"toString":2}');
  assert.ok(root.type === 'object');
  assert.deepEqual([...root.members.keys()], ['__proto__', 'constructor', 'toString']);
  assert.equal(Reflect.get({}, 'isAdmin'), undefined);
});

/** The JavaScript value that JSON.parse would give. */
function plain(node: JsonNode): unknown {
  switch (node.type) {
    case 'object': return Object.fromEntries([...node.members].map(([key, value]) => [key, plain(value)]));
    case 'array': return node.items.map(plain);
    case 'string': return node.value;
    case 'number': return Number(node.value);
    case 'boolean': return node.value === 'true';
    case 'null': return null;
  }
}

/** What JSON.parse takes and a policy may not have. */
const stricter = new Set(['a key stands twice', `nested deeper than ${jsonDepthMax}`, 'half of a surrogate pair stands alone']);

function agreesWithParse(text: string): void {
  let parsed: unknown;
  let isJson = true;
  try {
    parsed = JSON.parse(text);
  } catch {
    isJson = false;
  }
  try {
    const node = readJson(text);
    assert.ok(isJson, `${text} is no JSON`);
    assert.deepStrictEqual(plain(node), parsed);
  } catch (thrown) {
    if (!(thrown instanceof JsonError)) throw thrown;
    assert.ok(thrown.offset >= 0 && thrown.offset <= text.length);
    assert.ok(!isJson || stricter.has(thrown.message), `${text}: ${thrown.message}`);
  }
}

test('parse after print is identity, for every JSON value', () => {
  fc.assert(fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(undefined, 1, '\t'), (value, space) => {
    const text = JSON.stringify(value, undefined, space);
    assert.deepStrictEqual(plain(readJson(text)), JSON.parse(text));
  }), { numRuns: 3_000, seed: 1 });
});

test('what JSON.parse refuses is refused, and what it takes is taken but for the stricter rules', () => {
  const pieces = fc.constantFrom('{', '}', '[', ']', ':', ',', '"', '"a"', '"\\u0061"', '\\', '1', '-1.5e3', '0', 'true', 'null', ' ', '\n', '\u0000', '\ud800', '{"a":1}', '[1]', '"__proto__"', '\ufeff', '.');
  fc.assert(fc.property(fc.array(pieces, { maxLength: 12 }), (some) => agreesWithParse(some.join(''))), { numRuns: 20_000, seed: 2 });
  const damaged = fc.tuple(fc.json({ maxDepth: 3 }), fc.nat(), fc.nat({ max: 2 }), pieces).map(([text, at, cut, piece]) => {
    const place = at % (text.length + 1);
    return text.slice(0, place) + piece + text.slice(place + cut);
  });
  fc.assert(fc.property(damaged, agreesWithParse), { numRuns: 10_000, seed: 3 });
});
