/** The sorted list against a plain sorted array, over sizes at which its chunks split and vanish. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { SortedList } from './sorted-list.ts';

type Step = readonly ['set' | 'delete', key: string];

/** Keys of which many are met again. */
const key = fc.integer({ min: 0, max: 1_500 }).map((n) => `key-${n}`);
const step: fc.Arbitrary<Step> = fc.tuple(fc.constantFrom('set', 'set', 'delete'), key);

function sorted(model: ReadonlyMap<string, object>): [string, object][] {
  return [...model].sort(([a], [b]) => (a < b ? -1 : 1));
}

test('it holds what was set, in order, whatever came and went', () => {
  fc.assert(fc.property(fc.array(step, { maxLength: 3_000, size: 'max' }), fc.array(key, { maxLength: 20 }), (steps, positions) => {
    const list = new SortedList<object>();
    const model = new Map<string, object>();
    for (const [what, at] of steps) {
      if (what === 'set') {
        const value = { at };
        list.set(at, value);
        model.set(at, value);
      } else {
        assert.equal(list.delete(at, model.get(at) ?? {}), model.delete(at));
      }
    }
    const expected = sorted(model);
    assert.equal(list.size, expected.length);
    assert.deepEqual(list.values(), expected.map(([, value]) => value));
    for (const position of positions) {
      assert.deepEqual([...list.after(position)], expected.filter(([at]) => at > position).map(([, value]) => value));
    }
  }), { numRuns: 30 });
});

test('a value is removed only from under its own key', () => {
  const list = new SortedList<object>();
  const [first, second] = [{}, {}];
  list.set('a', first);
  assert.equal(list.delete('a', second), false);
  assert.equal(list.delete('b', first), false);
  assert.equal(list.delete('a', first), true);
  assert.equal(list.size, 0);
  assert.deepEqual([...list.after()], []);
});

test('keys are ordered by UTF-16 code units, not by a language', () => {
  const list = new SortedList<string>();
  for (const at of ['b', 'B', 'ä', 'a', '\u{1F600}', '\uFF61']) list.set(at, at);
  assert.deepEqual(list.values(), ['B', 'a', 'b', 'ä', '\u{1F600}', '\uFF61']);
});
