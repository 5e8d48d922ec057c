/** Whose append may keep the thread: only one that nobody else waits beside. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Group, Journal } from './journal.ts';
import { MemoryJournal } from './journals/memory.ts';
import { openStore } from './open.ts';
import type { Store } from './store.ts';

const account = '111122223333';
const cause = { by: 'test', requestId: 'test', action: 'test:Write' };

/** A store over a journal that notes of each append whether it may block. */
async function noting(isAlone?: () => boolean): Promise<{ readonly store: Store; readonly mayBlock: (boolean | undefined)[] }> {
  const mayBlock: (boolean | undefined)[] = [];
  const journal: Journal = new MemoryJournal();
  const { append } = journal;
  journal.append = async (groups: readonly Group[], how) => {
    mayBlock.push(how?.mayBlock);
    const outcomes = await append.call(journal, groups);
    await new Promise((resolve) => { setImmediate(resolve); });
    return outcomes;
  };
  let id = 0;
  const store = await openStore({ journal, clock: () => 0, random: (size) => Buffer.alloc(size, id++), warn: () => {}, ...(isAlone && { isAlone }) });
  return { store, mayBlock };
}

const setAlias = (store: Store, Alias: string): Promise<unknown> => store.write(account, cause, (draft) => draft.partition.aliases.insert({ Alias, AccountId: `${account}-${Alias}` }));

test('a write that is alone may block, one after the other', async () => {
  const { store, mayBlock } = await noting();
  await setAlias(store, 'a');
  await setAlias(store, 'b');
  assert.deepEqual(mayBlock, [true, true]);
});

test('a write may not block while another client is there', async () => {
  let isAlone = false;
  const { store, mayBlock } = await noting(() => isAlone);
  await setAlias(store, 'a');
  isAlone = true;
  await setAlias(store, 'b');
  assert.deepEqual(mayBlock, [false, true]);
});

test('writes that come together, and one behind an append in flight, may not block', async () => {
  const { store, mayBlock } = await noting();
  const first = Promise.all([setAlias(store, 'a'), setAlias(store, 'b')]);
  await new Promise((resolve) => { setImmediate(() => setImmediate(resolve)); });
  await Promise.all([first, setAlias(store, 'c')]);
  assert.equal(mayBlock[0], false);
  assert.ok(mayBlock.length >= 2);
});
