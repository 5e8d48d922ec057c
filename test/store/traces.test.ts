/** What every store of traces promises, in memory and in the second file: bounded in number, size and age, and nobody's denials crowd out another's. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, describe, test } from 'node:test';
import type { Clock } from '../../src/base/clock.ts';
import { openTraces } from '../../src/store/trace-tables.ts';
import { memoryTraces, traceLimits, type TraceLimits, type TraceStore } from '../../src/store/traces.ts';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-traces-'));
after(() => rmSync(folder, { recursive: true }));
let files = 0;
const newFile = (): string => join(folder, `${++files}.sqlite`);

const account = '111122223333';
const limits = (changed: Partial<TraceLimits> = {}): TraceLimits => ({ ...traceLimits(), ...changed });

/** A clock that a test moves. */
function movable(): { clock: Clock; now: number } {
  const at = { now: 1_000_000_000_000, clock: () => at.now };
  return at;
}

function record(traces: TraceStore, id: string, { at = 1_000_000_000_000, principal = 'AIDA1', of = account, body = `body of ${id}`, documents = ['{}'] } = {}): void {
  traces.record({ id, at, account: of, principal, write: () => ({ body, documents }) });
}

const idsOf = (traces: TraceStore, of = account): readonly string[] => traces.list(of, { limit: 1_000 }).map(({ id }) => id);

const stores: Readonly<Record<string, (clock: Clock, given?: TraceLimits) => TraceStore>> = {
  memory: (clock, given) => memoryTraces(clock, given),
  'the second file': (clock, given) => openTraces(newFile(), clock, given),
};

for (const [name, open] of Object.entries(stores)) {
  describe(name, () => {
    test('a denial is found as soon as it was recorded, with its policies, and only by its own account', () => {
      const traces = open(movable().clock);
      record(traces, 'one', { documents: ['{"a":1}', '{"b":2}'] });
      assert.deepEqual(traces.find(account, 'one'), { id: 'one', at: 1_000_000_000_000, account, principal: 'AIDA1', body: 'body of one', documents: ['{"a":1}', '{"b":2}'] });
      assert.equal(traces.find('444455556666', 'one'), undefined);
      assert.equal(traces.find(account, 'two'), undefined);
      traces.close();
    });

    test('the newest come first, in pages', () => {
      const traces = open(movable().clock);
      for (const id of ['a', 'b', 'c', 'd']) record(traces, id);
      record(traces, 'other', { of: '444455556666' });
      assert.deepEqual(traces.list(account, { limit: 3 }).map(({ id }) => id), ['d', 'c', 'b']);
      assert.deepEqual(traces.list(account, { limit: 3, before: 'b' }).map(({ id }) => id), ['a']);
      traces.close();
    });

    test('a denial is kept for its time, and not longer than until the next is written', () => {
      const time = movable();
      const traces = open(time.clock, limits({ keptMs: 1_000 }));
      record(traces, 'old', { at: time.now, documents: ['old policy'] });
      traces.flush();
      time.now += 999;
      record(traces, 'young', { at: time.now });
      assert.deepEqual(idsOf(traces), ['young', 'old']);
      time.now += 1;
      record(traces, 'new', { at: time.now });
      assert.deepEqual(idsOf(traces), ['new', 'young']);
      traces.close();
    });

    test('who is denied without end loses its own oldest denials, and nobody else\'s', () => {
      const traces = open(movable().clock, limits({ perPrincipalMax: 2 }));
      record(traces, 'hers', { principal: 'AIDA2' });
      for (const id of ['a', 'b', 'c', 'd']) {
        record(traces, id);
        traces.flush();
      }
      assert.deepEqual(idsOf(traces), ['d', 'c', 'hers']);
      traces.close();
    });

    test('all together are bounded in number, the oldest go', () => {
      const traces = open(movable().clock, limits({ countMax: 3 }));
      for (let i = 0; i < 5; i++) record(traces, `t${i}`, { principal: `AIDA${i}` });
      assert.deepEqual(idsOf(traces), ['t4', 't3', 't2']);
      traces.close();
    });

    test('all together are bounded in size', () => {
      const traces = open(movable().clock, limits({ bytesMax: 400_000 }));
      for (let i = 0; i < 60; i++) {
        record(traces, `t${i}`, { principal: `AIDA${i}`, body: 'x'.repeat(20_000) });
        traces.flush();
      }
      const kept = idsOf(traces);
      assert.ok(kept.length >= 5 && kept.length <= 20, `${kept.length} are kept`);
      assert.equal(kept[0], 't59');
      traces.close();
    });

    test('one that is too long is not kept, and those beside it are', () => {
      const traces = open(movable().clock, limits({ bodyLengthMax: 100 }));
      record(traces, 'short', { body: 'x'.repeat(100) });
      record(traces, 'long', { body: 'x'.repeat(101) });
      assert.deepEqual(idsOf(traces), ['short']);
      traces.close();
    });

    test('a flood between two writes is cut off, each caller\'s by itself', () => {
      const traces = open(movable().clock, limits({ pendingMax: 5, pendingPerPrincipalMax: 3 }));
      for (let i = 0; i < 10; i++) record(traces, `flood${i}`);
      record(traces, 'hers', { principal: 'AIDA2' });
      assert.deepEqual(idsOf(traces), ['hers', 'flood2', 'flood1', 'flood0']);
      record(traces, 'after');
      assert.equal(idsOf(traces)[0], 'after');
      traces.close();
    });
  });
}

test('policies stand in the second file once however many denials name them, and go with the last of these', () => {
  const time = movable();
  const file = newFile();
  const traces = openTraces(file, time.clock, limits({ keptMs: 1_000 }));
  for (let i = 0; i < 50; i++) record(traces, `t${i}`, { at: time.now, documents: ['shared policy', `policy ${i % 2}`] });
  traces.flush();
  const reader = new DatabaseSync(file, { readOnly: true });
  const texts = () => reader.prepare('SELECT text FROM trace_documents ORDER BY text').all().map(({ text }) => text);
  assert.deepEqual(texts(), ['policy 0', 'policy 1', 'shared policy']);
  time.now += 1_000;
  record(traces, 'last', { at: time.now, documents: ['shared policy'] });
  traces.flush();
  assert.deepEqual(texts(), ['shared policy']);
  assert.deepEqual(traces.find(account, 'last')?.documents, ['shared policy']);
  reader.close();
  traces.close();
});

test('what one process wrote another finds, and a new one after both', () => {
  const file = newFile();
  const [first, second] = [openTraces(file, movable().clock), openTraces(file, movable().clock)];
  record(first, 'a');
  first.flush();
  record(second, 'b');
  second.flush();
  assert.deepEqual(idsOf(first), ['b', 'a']);
  first.close();
  second.close();
  const later = openTraces(file, movable().clock);
  assert.deepEqual(idsOf(later), ['b', 'a']);
  later.close();
});

test('what cannot be written is known at once, is tried again, and is not lost', () => {
  const file = newFile();
  const traces = openTraces(file, movable().clock);
  const other = new DatabaseSync(file);
  other.exec('ALTER TABLE traces RENAME TO elsewhere');
  record(traces, 'a');
  assert.throws(() => traces.flush());
  assert.equal(traces.isFailing, true);
  other.exec('ALTER TABLE elsewhere RENAME TO traces');
  traces.flush();
  assert.deepEqual([traces.isFailing, idsOf(traces)], [false, ['a']]);
  other.close();
  traces.close();
});
