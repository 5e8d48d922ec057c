/** Lines of a console on their way to a log: whole, in order, bounded, and none lost to a log that fails but its own. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConsoleLines } from './console-lines.ts';
import type { ConsoleLine } from './console-lines.ts';
import { machineLimits } from './limits.ts';

function opened() {
  const kept: (readonly string[])[] = [];
  const warnings: string[] = [];
  const state = { now: Date.parse('2026-11-24T10:00:00Z'), keep: async (lines: readonly ConsoleLine[]): Promise<void> => void kept.push(lines.map(({ message }) => message)) };
  const lines = new ConsoleLines((some) => state.keep(some), () => state.now, (message) => warnings.push(message));
  return { lines, state, kept, warnings, add: (text: string) => lines.add(Buffer.from(text)) };
}

test('lines are whole however the bytes are cut, without their ends, and the last needs none', async () => {
  const { lines, kept } = opened();
  for (const byte of Buffer.from('one\r\n\nzwölf €\n\tthree')) lines.add(Uint8Array.of(byte));
  await lines.close();
  assert.deepEqual(kept, [['one', 'zwölf €', '\tthree']]);
});

test('what is written goes on once in a while, and not while the log is busy', async () => {
  const { lines, state, kept, add } = opened();
  const { promise, resolve } = Promise.withResolvers<void>();
  const { keep } = state;
  state.keep = async (some) => {
    await promise;
    await keep(some);
  };
  add('a\n');
  lines.turn();
  add('b\n');
  state.now += machineLimits.consoleKeepMs;
  lines.turn();
  assert.deepEqual(kept, []);
  resolve();
  await promise;
  await new Promise(setImmediate);
  lines.turn();
  await new Promise(setImmediate);
  add('c\n');
  lines.turn();
  assert.deepEqual(kept, [['a'], ['b']], 'c came within the same second');
  await lines.close();
  assert.deepEqual(kept, [['a'], ['b'], ['c']]);
});

test('where much waits the writer is to wait, a line without end is cut, and a day has its bound', async () => {
  const { lines, state, kept, add } = opened();
  assert.equal(lines.isFull, false);
  const text = 'x'.repeat(machineLimits.consoleWaitingBytes + 2 * machineLimits.consoleLineLength);
  add(text);
  assert.equal(lines.isFull, true, `${text.length} characters without an end`);
  lines.turn();
  await new Promise(setImmediate);
  assert.equal(lines.isFull, false);
  assert.ok(kept[0]!.every(({ length }) => length <= machineLimits.consoleLineLength));
  for (let written = text.length; written <= machineLimits.consoleBytesPerDay + 1_000_000; written += text.length) {
    state.now += machineLimits.consoleKeepMs;
    add(`\n${text}`);
    lines.turn();
    await new Promise(setImmediate);
  }
  add('\nnever\n');
  state.now += 86_400_000;
  add('tomorrow\n');
  await lines.close();
  const all = kept.flat();
  assert.match(all.at(-2)!, /^The console wrote more than is kept in a day/);
  assert.equal(all.at(-1), 'tomorrow');
  assert.ok(all.join('').length < machineLimits.consoleBytesPerDay + 100_000);
});

test('a log that cannot be written is told of, and what comes after it is kept', async () => {
  const { lines, state, kept, warnings, add } = opened();
  const { keep } = state;
  state.keep = () => Promise.reject(new Error('the disk is full'));
  add('lost\n');
  lines.turn();
  await new Promise(setImmediate);
  state.keep = keep;
  add('kept\n');
  await lines.close();
  assert.deepEqual([kept, warnings], [[['kept']], ['1 lines of an instance\'s console could not be kept in its log']]);
});
