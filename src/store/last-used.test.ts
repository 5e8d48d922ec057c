/** Last-used marks: the newest wins, what was flushed is found in the file, what could not be is kept. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LastUsedMarks, memoryLastUsed } from './last-used.ts';
import type { LastUse } from './store.ts';

const use = (at: number): LastUse => ({ at, service: 'iam', region: 'us-east-1' });

/** A file in memory whose writes a test may hold, or let fail. */
function file() {
  const stored = new Map<string, LastUse>();
  const state = { stored, writes: 0, fails: false, during: () => {} };
  return Object.assign(state, {
    write: async (uses: readonly (readonly [string, LastUse])[]) => {
      state.writes++;
      if (state.fails) throw new Error('the disk is full');
      for (const [id, each] of uses) stored.set(id, each);
      state.during();
    },
    forget: async (ids: readonly string[]) => {
      if (state.fails) throw new Error('the disk is full');
      for (const id of ids) stored.delete(id);
    },
    read: (id: string) => stored.get(id),
    readBy: () => [],
    readOf: (owner: string) => [...stored].filter(([id]) => id.startsWith(`${owner}/`)),
  });
}

test('the newest use wins, also when it is told of first', () => {
  const marks = memoryLastUsed();
  marks.mark('AKIA1', use(2));
  marks.mark('AKIA1', use(1));
  assert.deepEqual(marks.find('AKIA1'), use(2));
  assert.equal(marks.find('AKIA2'), undefined);
});

test('a flush writes what was used since the last one', async () => {
  const there = file();
  const marks = new LastUsedMarks(there);
  marks.mark('AKIA1', use(1));
  await marks.flush();
  await marks.flush();
  assert.equal(there.writes, 1);
  assert.deepEqual(marks.find('AKIA1'), use(1));
  there.stored.set('AKIA1', use(5));
  marks.mark('AKIA1', use(3));
  assert.deepEqual(marks.find('AKIA1'), use(5));
});

test('what could not be written is kept for the next flush', async () => {
  const there = file();
  const marks = new LastUsedMarks(there);
  marks.mark('AKIA1', use(1));
  there.fails = true;
  await assert.rejects(marks.flush(), /full/);
  assert.deepEqual(marks.find('AKIA1'), use(1));
  there.fails = false;
  await marks.flush();
  assert.deepEqual(there.stored.get('AKIA1'), use(1));
});

test('a use that comes while a flush runs is written by the next one', async () => {
  const there = file();
  const marks = new LastUsedMarks(there);
  marks.mark('AKIA1', use(1));
  there.during = () => marks.mark('AKIA1', use(2));
  await marks.flush();
  there.during = () => {};
  assert.deepEqual(there.stored.get('AKIA1'), use(1));
  await marks.flush();
  assert.deepEqual(there.stored.get('AKIA1'), use(2));
});

test('many uses are handed over in pieces', async () => {
  const there = file();
  const marks = new LastUsedMarks(there);
  for (let i = 0; i < 2_500; i++) marks.mark(`AKIA${i}`, use(1));
  await marks.flush();
  assert.equal(there.writes, 3);
  assert.equal(there.stored.size, 2_500);
});

test('what is forgotten is not found from then on, though the file forgets it with the next flush, or with one after it', async () => {
  const there = file();
  const marks = new LastUsedMarks(there);
  marks.mark('AKIA1', use(1));
  await marks.flush();
  marks.mark('AKIA1', use(2));
  marks.forget('AKIA1');
  assert.equal(marks.find('AKIA1'), undefined);
  there.fails = true;
  await assert.rejects(marks.flush(), /full/);
  assert.equal(marks.find('AKIA1'), undefined);
  there.fails = false;
  await marks.flush();
  assert.deepEqual([there.stored.size, marks.find('AKIA1')], [0, undefined]);
});
