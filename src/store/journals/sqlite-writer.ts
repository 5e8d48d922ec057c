/** The writer of the SQLite journal, on a thread of its own: all appends that wait are one commit. */
import { DatabaseSync } from 'node:sqlite';
import type { Group, Head } from '../journal.ts';
import { serveTasks, threadSettings, type Done } from '../writer-thread.ts';
import { busyMs, checksum, entryLine, lastEntry } from './sqlite-format.ts';
import { readTask, writeResult, type WriterResult, type WriterTask } from './writer-text.ts';

/** `pageMax` bounds the file, for tests of a full disk; 0 leaves it unbounded. */
export interface WriterSettings { readonly file: string; readonly pageMax: number }

// An edge: the journal starts this thread, with these settings.
const { file, pageMax } = threadSettings() as WriterSettings;
const database = new DatabaseSync(file, { timeout: busyMs });
database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
if (pageMax > 0) database.exec(`PRAGMA max_page_count = ${pageMax}`);
const begin = database.prepare('BEGIN IMMEDIATE');
const commit = database.prepare('COMMIT');
const rollback = database.prepare('ROLLBACK');
const dataVersion = database.prepare('PRAGMA data_version');
const last = database.prepare('SELECT revision, body FROM entries WHERE stream = ? ORDER BY revision DESC LIMIT 1');
const insert = database.prepare('INSERT INTO entries (stream, revision, body, checksum) VALUES (?, ?, ?, ?)');
const putPart = database.prepare('INSERT OR REPLACE INTO snapshots (stream, revision, part, table_name, body, checksum) VALUES (?, ?, ?, ?, ?, ?)');
const putHead = database.prepare('INSERT INTO snapshot_heads (stream, revision, id, parts) VALUES (?, ?, ?, ?) ON CONFLICT (stream) DO UPDATE SET revision = excluded.revision, id = excluded.id, parts = excluded.parts WHERE excluded.revision > snapshot_heads.revision');
const dropParts = database.prepare('DELETE FROM snapshots WHERE stream = ? AND revision < (SELECT revision FROM snapshot_heads WHERE stream = ?)');

/** How many heads are remembered. */
const headsMax = 10_000;
/** What this thread has written or read last; worthless once another process has committed. */
const heads = new Map<string, Head>();
let seenVersion: unknown;

function headOf(stream: string): Head {
  let head = heads.get(stream);
  if (!head) {
    const row = last.get(stream);
    head = row ? lastEntry({ stream, revision: Number(row['revision']), body: String(row['body']) }) : { stream, revision: 0, id: '' };
    heads.set(stream, head);
  }
  return head;
}

/** The lines that a commit adds to each stream: they become one row. */
type Runs = Map<string, string[]>;

function appendGroup({ expected, entries }: Group, runs: Runs): boolean {
  for (const { stream, revision, id } of expected) {
    const head = headOf(stream);
    if (head.revision !== revision || head.id !== id) return false;
  }
  for (const entry of entries) {
    heads.set(entry.stream, entry);
    const run = runs.get(entry.stream);
    if (run) run.push(entryLine(entry));
    else runs.set(entry.stream, [entryLine(entry)]);
  }
  return true;
}

/** Appends the groups of each task, all in one commit. */
function append(tasks: readonly (readonly Group[])[]): readonly WriterResult[] {
  begin.run();
  try {
    const version = dataVersion.get()!['data_version'];
    if (version !== seenVersion || heads.size > headsMax) heads.clear();
    seenVersion = version;
    const runs: Runs = new Map();
    const conflicts = tasks.map((groups) => groups.flatMap((group, i) => (appendGroup(group, runs) ? [] : [i])));
    const seqs = [...runs].map(([stream, lines]) => {
      const { revision } = headOf(stream);
      const body = lines.join('\n');
      return Number(insert.run(stream, revision, body, checksum(stream, revision, body)).lastInsertRowid);
    });
    commit.run();
    return conflicts.map((conflicts) => ({ conflicts, firstSeq: seqs[0] ?? 0, lastSeq: seqs.at(-1) ?? 0 }));
  } catch (thrown) {
    heads.clear();
    if (database.isTransaction) rollback.run();
    throw thrown;
  }
}

function snapshot(task: Exclude<WriterTask, { readonly groups: unknown }>): WriterResult {
  const { snapshot: { stream, revision, id } } = task;
  if ('part' in task) {
    const { part, chunk: { table, body } } = task;
    putPart.run(stream, revision, part, table, body, checksum(stream, revision, part, table, body));
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
    if (appends.length > 0) done.push(...attempt(appends.length, () => append(appends)));
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
