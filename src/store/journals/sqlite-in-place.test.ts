/** Who may commit on the calling thread: what it cannot do at once it leaves to the writer's thread, undone. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import type { Group } from '../journal.ts';
import { openJournalFile } from './sqlite-format.ts';
import { InPlace } from './sqlite-in-place.ts';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-in-place-'));
after(() => rmSync(folder, { recursive: true }));
let files = 0;

const stream = '111122223333';
const group = (revision: number): Group => ({
  expected: [{ stream, revision: revision - 1, id: revision === 1 ? '' : `entry-${revision - 1}` }],
  entries: [{ stream, revision, id: `entry-${revision}`, body: '{}' }],
});

function place() {
  const file = join(folder, `${files++}.sqlite`);
  const reader = openJournalFile(file);
  const clock = { ms: 0 };
  const inPlace = new InPlace({ file, pageMax: 0 }, () => clock.ms);
  return { file, clock, inPlace, count: () => Number(reader.prepare('SELECT count(*) AS n FROM entries').get()!['n']) };
}

test('an append is there, and a head that is another is a conflict', () => {
  const { inPlace, count } = place();
  assert.deepEqual(inPlace.append([group(1)]), { conflicts: [], firstSeq: 1, lastSeq: 1 });
  assert.deepEqual(inPlace.append([group(3)])?.conflicts, [0]);
  assert.equal(count(), 1);
  inPlace.close();
});

test('it waits for no other process that is writing', () => {
  const { file, inPlace, count } = place();
  inPlace.append([group(1)]);
  const other = new DatabaseSync(file);
  other.exec('BEGIN IMMEDIATE');
  assert.equal(inPlace.append([group(2)]), undefined);
  assert.equal(count(), 1);
  other.exec('ROLLBACK');
  assert.deepEqual(inPlace.append([group(2)])?.conflicts, []);
  other.close();
  inPlace.close();
});

test('what another connection wrote in between is seen', () => {
  const { file, inPlace } = place();
  inPlace.append([group(1)]);
  const other = new InPlace({ file, pageMax: 0 });
  other.append([group(2)]);
  assert.deepEqual(inPlace.append([group(2)])?.conflicts, [0]);
  assert.deepEqual(inPlace.append([group(3)])?.conflicts, []);
  other.close();
  inPlace.close();
});

test('after a slow commit it leaves the next ones to the thread for a while', () => {
  const { file } = place();
  // Each look at the clock is 30 ms after the one before it.
  let ms = 0;
  const slow = new InPlace({ file, pageMax: 0 }, () => (ms += 30));
  assert.ok(slow.append([group(1)]));
  assert.equal(slow.append([group(2)]), undefined);
  ms += 1_000;
  assert.ok(slow.append([group(2)]));
  slow.close();
});

test('now and then a commit is left to the thread, which takes the log back into the file', () => {
  const { inPlace } = place();
  let revision = 0;
  while (inPlace.append([group(revision + 1)])) revision++;
  assert.equal(revision, 128);
  assert.ok(inPlace.append([group(revision + 1)]));
  inPlace.close();
});
