/** Queries are signed the one way that those who read parameters understand them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalQuery, parseQuery } from './query-string.ts';
import { SignatureRefusal } from './refusal.ts';

const canonical = (query: string): string => canonicalQuery(parseQuery(query));

test('parameters are decoded, encoded again, and sorted by name and then by value', () => {
  for (const [wire, signed] of [['', ''], ['b=1&a=2', 'a=2&b=1'], ['a=2&a=1', 'a=1&a=2'], ['acl', 'acl='], ['a=b=c', 'a=b%3Dc'], ['a=/', 'a=%2F'], ['a=%2f', 'a=%2F'], ['a=%61', 'a=a'], ['&&a=1&', 'a=1'], ['a=~-._', 'a=~-._'],
    ['a=\xe1\x88\xb4', 'a=%E1%88%B4'], ['a-3=1&a=2&%E1%88%B4=3', '%E1%88%B4=3&a=2&a-3=1'], ['B=1&a=1', 'B=1&a=1'], ['=x', '=x']] as const) assert.equal(canonical(wire), signed, wire);
});

test('a plus is the space that readers of parameters take it for, and an encoded plus is not', () => {
  assert.equal(canonical('a=b+c'), canonical('a=b%20c'));
  assert.notEqual(canonical('a=b+c'), canonical('a=b%2Bc'));
});

test('the signature itself is left out, in whatever letter case and encoding', () => {
  assert.equal(canonical('X-Amz-Signature=1&a=1'), 'a=1');
  assert.equal(canonical('x-amz-signature=1&a=1'), 'a=1');
  assert.equal(canonical('X%2DAmz-Signature=1&a=1'), 'a=1');
});

test('a broken escape is refused', () => {
  for (const query of ['a=%', '%4=1', 'a=%zz', 'a=%+1']) assert.throws(() => parseQuery(query), (thrown) => thrown instanceof SignatureRefusal && thrown.name === 'UnreadableRequest', query);
});

test('two queries are signed alike only if they carry the same parameters', () => {
  const parameter = fc.tuple(fc.string({ unit: fc.constantFrom(...'ab&=+% /'), minLength: 1 }), fc.string({ unit: fc.constantFrom(...'ab&=+% /') }));
  const write = (parameters: readonly (readonly [string, string])[]): string => parameters.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
  const sorted = (query: string): string => JSON.stringify([...new URLSearchParams(query)].map((pair) => JSON.stringify(pair)).sort());
  fc.assert(fc.property(fc.array(parameter, { maxLength: 4 }), fc.array(parameter, { maxLength: 4 }), (a, b) => {
    assert.equal(canonical(write(a)) === canonical(write(b)), sorted(write(a)) === sorted(write(b)));
    assert.equal(sorted(canonical(write(a))), sorted(write(a)));
  }), { seed: 1 });
});
