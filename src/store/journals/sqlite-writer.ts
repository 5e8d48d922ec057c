/** The writer of the SQLite journal, on a thread of its own: all appends that wait are one commit. */
import type { Group } from '../journal.ts';
import { serveTasks, threadSettings, type Done } from '../writer-thread.ts';
import { Appender, openForWriting, type WriterSettings } from './sqlite-append.ts';
import { busyMs, checksum } from './sqlite-format.ts';
import { readTask, writeResult, type WriterResult, type WriterTask } from './writer-text.ts';

// An edge: the journal starts this thread, with these settings.
const database = openForWriting(threadSettings() as WriterSettings, busyMs);
const appender = new Appender(database);
const begin = database.prepare('BEGIN IMMEDIATE');
const commit = database.prepare('COMMIT');
const rollback = database.prepare('ROLLBACK');
const putPart = database.prepare('INSERT OR REPLACE INTO snapshots (stream, revision, part, table_name, body, checksum) VALUES (?, ?, ?, ?, ?, ?)');
const putHead = database.prepare('INSERT INTO snapshot_heads (stream, revision, id, parts) VALUES (?, ?, ?, ?) ON CONFLICT (stream) DO UPDATE SET revision = excluded.revision, id = excluded.id, parts = excluded.parts WHERE excluded.revision > snapshot_heads.revision');
const dropParts = database.prepare('DELETE FROM snapshots WHERE stream = ? AND revision < (SELECT revision FROM snapshot_heads WHERE stream = ?)');

function snapshot(task: Exclude<WriterTask, { readonly groups: unknown }>): WriterResult {
  const { snapshot: { stream, revision, id } } = task;
  if ('part' in task) {
    const { part, chunk: { table, body } } = task;
    // A part counts for nothing before its head is written, whose commit, behind it in the same log, waits for the disk: a wait for each would hold up who waits for his write.
    database.exec('PRAGMA synchronous = NORMAL');
    try {
      putPart.run(stream, revision, part, table, body, checksum(stream, revision, part, table, body));
    } finally {
      database.exec('PRAGMA synchronous = FULL');
    }
    return nothing;
  }
  begin.run();
  try {
    putHead.run(stream, revision, id, task.parts);
    dropParts.run(stream, stream);
    commit.run();
    return nothing;
  } catch (thrown) {
    if (database.isTransaction) rollback.run();
    throw thrown;
  }
}

const nothing: WriterResult = { conflicts: [], firstSeq: 0, lastSeq: 0 };

/** Failure is every task's of the commit. */
function attempt(count: number, work: () => readonly WriterResult[]): readonly Done<string>[] {
  try {
    return work().map((result) => ({ result: writeResult(result) }));
  } catch (error) {
    return Array.from({ length: count }, () => ({ error }));
  }
}

serveTasks<string, string>((texts) => {
  const done: Done<string>[] = [];
  let appends: (readonly Group[])[] = [];
  const flush = (): void => {
    if (appends.length > 0) done.push(...attempt(appends.length, () => appender.append(appends)));
    appends = [];
  };
  for (const task of texts.map(readTask)) {
    if ('groups' in task) {
      appends.push(task.groups);
      continue;
    }
    flush();
    done.push(...attempt(1, () => [snapshot(task)]));
  }
  flush();
  return done;
}, { close: () => database.close() });
