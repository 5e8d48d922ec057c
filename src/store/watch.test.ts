/** Waiting awake: for a short time, where a core is free for it, and not for what takes long. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Watch } from './watch.ts';

/** How often a watch looks, when looks are so many milliseconds apart. */
function looks(watch: Watch, clock: { now: number }, apartMs: number, lastMs = 0.2): number {
  watch.begin(lastMs);
  for (let count = 0; ; count++) {
    clock.now += apartMs;
    if (!watch.goesOn()) return count;
  }
}

test('a wait is awake for less than half a millisecond, then asleep', () => {
  const clock = { now: 5 };
  const watch = new Watch(2, () => clock.now);
  assert.equal(looks(watch, clock, 0.15), 2);
  assert.equal(looks(watch, clock, 0.15), 2);
  assert.equal(watch.goesOn(), false);
});

test('of what took longer the last time nobody waits awake', () => {
  const clock = { now: 5 };
  const watch = new Watch(2, () => clock.now);
  assert.equal(looks(watch, clock, 0.01, 1), 0);
  assert.ok(looks(watch, clock, 0.01) > 10);
});

test('on a single core nobody waits awake', () => {
  const clock = { now: 5 };
  assert.equal(looks(new Watch(1, () => clock.now), clock, 0.01), 0);
});

test('a look that comes late sends the next hundred waits to sleep', () => {
  const clock = { now: 5 };
  const watch = new Watch(2, () => clock.now);
  assert.equal(looks(watch, clock, 0.3), 0);
  const counts = Array.from({ length: 101 }, () => looks(watch, clock, 0.15));
  assert.deepEqual(new Set(counts.slice(0, 99)), new Set([0]));
  assert.equal(counts[100], 2);
});
