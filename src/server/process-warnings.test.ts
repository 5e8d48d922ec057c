/** Warnings of Node go to the log, and back to where they went before. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { takeProcessWarnings } from './process-warnings.ts';

test('a warning is a line of the log for as long as warnings are taken', async () => {
  const before = process.listeners('warning');
  const lines: unknown[] = [];
  const giveBack = takeProcessWarnings({ info: (message, facts) => void lines.push([message, facts]) });
  process.emitWarning('this is new', 'ExperimentalWarning');
  await new Promise((resolve) => { setImmediate(resolve); });
  giveBack();
  assert.deepEqual(lines, [['Node warns', { warning: 'ExperimentalWarning', about: 'this is new' }]]);
  assert.deepEqual(process.listeners('warning'), before);
});
