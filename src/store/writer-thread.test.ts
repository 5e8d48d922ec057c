/** The thread that writes: answers in order, takes together what waits, and is started again when it was lost. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WriterThread } from './writer-thread.ts';

const open = () => new WriterThread<string, string>(new URL('../../test/store/echoing-thread.ts', import.meta.url), undefined);

test('tasks that wait are taken together, and each has its own answer', async () => {
  const thread = open();
  const answers = await Promise.all(['a', 'b', 'c'].map((task) => thread.ask(task)));
  assert.deepEqual(answers.map((answer) => answer.slice(0, 4)), ['a of', 'b of', 'c of']);
  const outcomes = await Promise.allSettled(['d', 'fail', 'e'].map((task) => thread.ask(task)));
  assert.deepEqual(outcomes.map(({ status }) => status), ['fulfilled', 'rejected', 'fulfilled']);
  await assert.rejects(thread.ask('fail'), /as asked/);
  await thread.close();
});

test('when the thread is lost, all that was asked rejects, and the next task starts another', async () => {
  const thread = open();
  assert.equal(await thread.ask('a'), 'a of 1');
  const outcomes = await Promise.allSettled(['end', 'b'].map((task) => thread.ask(task)));
  assert.deepEqual(outcomes.map(({ status }) => status), ['rejected', 'rejected']);
  assert.equal(await thread.ask('c'), 'c of 1');
  await thread.close();
});

test('closing waits for what was asked; a thread that never started need not be closed', async () => {
  const thread = open();
  const asked = thread.ask('a');
  await thread.close();
  assert.match(await asked, /^a of/);
  await open().close();
});
