/** The writer of the SQLite journal, on a thread of its own so that no fsync stalls a reader. */
import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import type { Group, Outcome } from '../journal.ts';
import { busyMs, checksum } from './sqlite-format.ts';

/** What the journal asks, and what is answered. */
export interface AppendRequest { readonly id: number; readonly groups: readonly Group[] }
export interface AppendReply { readonly id: number; readonly outcomes?: readonly Outcome[]; readonly seqs?: number; readonly error?: string }
/** `pageMax` bounds the file, for tests of a full disk; 0 leaves it unbounded. */
export interface WriterOptions { readonly file: string; readonly pageMax: number }

// An edge: the journal starts this thread, with these options.
const { file, pageMax } = workerData as WriterOptions;
const database = new DatabaseSync(file, { timeout: busyMs });
database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
if (pageMax > 0) database.exec(`PRAGMA max_page_count = ${pageMax}`);
const head = database.prepare('SELECT max(revision) AS revision FROM entries WHERE stream = ?');
const insert = database.prepare('INSERT INTO entries (stream, revision, body, checksum) VALUES (?, ?, ?, ?)');

const headOf = (stream: string): number => Number(head.get(stream)?.['revision'] ?? 0);

function appendGroup({ entries, expected }: Group): Outcome {
  if (expected.some(({ stream, revision }) => headOf(stream) !== revision)) return 'conflict';
  const heads = new Map<string, number>();
  for (const { stream, revision } of entries) {
    if ((heads.get(stream) ?? headOf(stream)) !== revision - 1) return 'conflict';
    heads.set(stream, revision);
  }
  for (const { stream, revision, body } of entries) insert.run(stream, revision, body, checksum(stream, revision, body));
  return 'appended';
}

function append(groups: readonly Group[]): readonly Outcome[] {
  database.exec('BEGIN IMMEDIATE');
  try {
    const outcomes = groups.map(appendGroup);
    database.exec('COMMIT');
    return outcomes;
  } catch (thrown) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw thrown;
  }
}

parentPort!.on('message', ({ id, groups }: AppendRequest) => {
  let reply: AppendReply;
  try {
    reply = { id, outcomes: append(groups) };
  } catch (thrown) {
    reply = { id, error: thrown instanceof Error ? thrown.message : String(thrown) };
  }
  parentPort!.postMessage(reply);
});
