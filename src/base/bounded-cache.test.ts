/** The cache finds what it holds and never grows beyond its bound. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { BoundedCache } from './bounded-cache.ts';

interface Value { readonly weight: number }

test('what was inserted last is found; what was removed is not', () => {
  const cache = new BoundedCache<string, Value>(10);
  const first = { weight: 1 }, second = { weight: 1 };
  cache.insert('a', first);
  assert.equal(cache.find('a'), first);
  cache.insert('a', second);
  assert.equal(cache.find('a'), second);
  cache.remove('a');
  assert.equal(cache.find('a'), undefined);
  assert.equal(cache.size, 0);
});

test('an entry in use survives a stream of others, one that is not used is dropped', () => {
  const cache = new BoundedCache<number, Value>(10);
  cache.insert(-1, { weight: 1 });
  cache.insert(-2, { weight: 1 });
  for (let i = 0; i < 100; i++) {
    cache.insert(i, { weight: 1 });
    assert.ok(cache.find(-1), `lost after ${i}`);
  }
  assert.equal(cache.find(-2), undefined);
});

test('whatever is done, the weight stays within the bound and a find answers the last insert or nothing', () => {
  const command = fc.record({ kind: fc.constantFrom('insert', 'find', 'remove'), key: fc.integer({ min: 0, max: 20 }), weight: fc.integer({ min: 1, max: 8 }) });
  fc.assert(fc.property(fc.array(command, { maxLength: 200 }), (commands) => {
    const cache = new BoundedCache<number, Value>(12, (_, { weight }) => weight);
    const last = new Map<number, Value>();
    for (const { kind, key, weight } of commands) {
      if (kind === 'insert') {
        last.set(key, { weight });
        cache.insert(key, last.get(key)!);
      } else if (kind === 'remove') {
        last.delete(key);
        cache.remove(key);
      } else {
        const found = cache.find(key);
        if (found) assert.equal(found, last.get(key));
      }
      let held = 0;
      for (const [known, value] of last) if (cache.find(known) === value) held += value.weight;
      assert.ok(held <= 12, `${held}`);
    }
  }), { seed: 1 });
});

test('an entry heavier than a generation is not kept, and leaves nothing older in its place', () => {
  const cache = new BoundedCache<string, Value>(10, (_, { weight }) => weight);
  cache.insert('a', { weight: 1 });
  cache.insert('a', { weight: 6 });
  assert.equal(cache.find('a'), undefined);
});
