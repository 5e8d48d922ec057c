/** Appends to the SQLite journal over one connection: the writer's on its thread, and the one that commits in place. */
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Group, Head } from '../journal.ts';
import { checksum, entryLine, lastEntry } from './sqlite-format.ts';
import type { WriterResult } from './writer-text.ts';

/** `pageMax` bounds the file, for tests of a full disk; 0 leaves it unbounded. */
export interface WriterSettings { readonly file: string; readonly pageMax: number }

/** Opens a connection that commits durably. A statement waits for another process so many milliseconds. */
export function openForWriting({ file, pageMax }: WriterSettings, timeout: number): DatabaseSync {
  const database = new DatabaseSync(file, { timeout });
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  if (pageMax > 0) database.exec(`PRAGMA max_page_count = ${pageMax}`);
  return database;
}

/** How many heads are remembered. */
const headsMax = 10_000;

/** The lines that a commit adds to each stream: they become one row. */
type Runs = Map<string, string[]>;

export class Appender {
  readonly #database: DatabaseSync;
  readonly #begin: StatementSync;
  readonly #commit: StatementSync;
  readonly #rollback: StatementSync;
  readonly #dataVersion: StatementSync;
  readonly #last: StatementSync;
  readonly #insert: StatementSync;
  /** What this connection has written or read last; worthless once another has committed. */
  readonly #heads = new Map<string, Head>();
  #seenVersion: unknown;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#begin = database.prepare('BEGIN IMMEDIATE');
    this.#commit = database.prepare('COMMIT');
    this.#rollback = database.prepare('ROLLBACK');
    this.#dataVersion = database.prepare('PRAGMA data_version');
    this.#last = database.prepare('SELECT revision, body FROM entries WHERE stream = ? ORDER BY revision DESC LIMIT 1');
    this.#insert = database.prepare('INSERT INTO entries (stream, revision, body, checksum) VALUES (?, ?, ?, ?)');
  }

  /** Appends the groups of each task, all in one commit. When it throws, nothing was written, or the commit failed. */
  append(tasks: readonly (readonly Group[])[]): readonly WriterResult[] {
    this.#begin.run();
    try {
      const version = this.#dataVersion.get()!['data_version'];
      if (version !== this.#seenVersion || this.#heads.size > headsMax) this.#heads.clear();
      this.#seenVersion = version;
      const runs: Runs = new Map();
      const conflicts = tasks.map((groups) => groups.flatMap((group, i) => (this.#appendGroup(group, runs) ? [] : [i])));
      const seqs = [...runs].map(([stream, lines]) => {
        const { revision } = this.#headOf(stream);
        const body = lines.join('\n');
        return Number(this.#insert.run(stream, revision, body, checksum(stream, revision, body)).lastInsertRowid);
      });
      this.#commit.run();
      return conflicts.map((conflicts) => ({ conflicts, firstSeq: seqs[0] ?? 0, lastSeq: seqs.at(-1) ?? 0 }));
    } catch (thrown) {
      this.#heads.clear();
      if (this.#database.isTransaction) this.#rollback.run();
      throw thrown;
    }
  }

  #appendGroup({ expected, entries }: Group, runs: Runs): boolean {
    for (const { stream, revision, id } of expected) {
      const head = this.#headOf(stream);
      if (head.revision !== revision || head.id !== id) return false;
    }
    for (const entry of entries) {
      this.#heads.set(entry.stream, entry);
      const run = runs.get(entry.stream);
      if (run) run.push(entryLine(entry));
      else runs.set(entry.stream, [entryLine(entry)]);
    }
    return true;
  }

  #headOf(stream: string): Head {
    let head = this.#heads.get(stream);
    if (!head) {
      const row = this.#last.get(stream);
      head = row ? lastEntry({ stream, revision: Number(row['revision']), body: String(row['body']) }) : { stream, revision: 0, id: '' };
      this.#heads.set(stream, head);
    }
    return head;
  }
}
