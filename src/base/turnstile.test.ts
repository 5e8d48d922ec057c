/** What a turnstile promises. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Turnstile } from './turnstile.ts';

const full = () => new Error('full');

/** Work that is done when `finish` is called. */
function work(name: string, log: string[]) {
  const { promise, resolve } = Promise.withResolvers<string>();
  return { start: () => { log.push(name); return promise; }, finish: () => resolve(name) };
}

test('so many are inside, so many wait in the order they came, and the next is turned away', async () => {
  const turnstile = new Turnstile(2, 2);
  const log: string[] = [];
  const all = ['a', 'b', 'c', 'd'].map((name) => work(name, log));
  const passed = all.map(({ start }) => turnstile.pass(start, full));
  await assert.rejects(turnstile.pass(async () => 'e', full), /full/);
  assert.deepEqual(log, ['a', 'b']);
  all[1]!.finish();
  assert.equal(await passed[1], 'b');
  assert.deepEqual(log, ['a', 'b', 'c']);
  for (const { finish } of all) finish();
  assert.deepEqual(await Promise.all(passed), ['a', 'b', 'c', 'd']);
});

test('work that fails leaves its place', async () => {
  const turnstile = new Turnstile(1, 1);
  const failing = turnstile.pass(() => Promise.reject(new Error('broken')), full);
  const waiting = turnstile.pass(async () => 'done', full);
  await assert.rejects(failing, /broken/);
  assert.equal(await waiting, 'done');
  assert.equal(await turnstile.pass(async () => 'again', full), 'again');
});
