/** Traces in the second file, beside the guard store: they need not survive a power cut, so a batch waits for no disk. */
import { hash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import type { Clock, Timestamp } from '../base/clock.ts';
import { CollectedTraces, type Trace, type TraceLimits, type TraceQuery, type TraceStore, type TraceTable } from './traces.ts';

/** How long a statement waits for another process, milliseconds. */
const busyMs = 5_000;

/** A document is needed until the newest trace that names it is gone. */
const schema = `
  CREATE TABLE IF NOT EXISTS traces (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL, account TEXT NOT NULL, principal TEXT NOT NULL, body TEXT NOT NULL, documents TEXT NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS traces_of_account ON traces (account, seq);
  CREATE INDEX IF NOT EXISTS traces_of_principal ON traces (principal, seq);
  CREATE INDEX IF NOT EXISTS traces_by_time ON traces (at);
  CREATE TABLE IF NOT EXISTS trace_documents (digest TEXT PRIMARY KEY, text TEXT NOT NULL, newest INTEGER NOT NULL) WITHOUT ROWID, STRICT;
`;

/** Opens the tables in the second file, or makes them. */
export function openTraces(file: string, clock: Clock, limits?: TraceLimits): TraceStore {
  return new CollectedTraces(new SqliteTable(file), clock, limits);
}

/** What part of the traces goes, the oldest first, when they take too much room. */
const cutPart = 0.1;

class SqliteTable implements TraceTable {
  readonly #database: DatabaseSync;

  constructor(file: string) {
    this.#database = new DatabaseSync(file, { timeout: busyMs });
    this.#database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    this.#database.exec(schema);
  }

  write(traces: readonly Trace[], limits: TraceLimits, now: Timestamp): void {
    const database = this.#database;
    database.exec('BEGIN IMMEDIATE');
    try {
      this.#insert(traces);
      this.#prune(new Set(traces.map(({ principal }) => principal)), limits, now);
      database.exec('COMMIT');
    } catch (thrown) {
      database.exec('ROLLBACK');
      throw thrown;
    }
  }

  #insert(traces: readonly Trace[]): void {
    const put = this.#database.prepare('INSERT INTO traces (id, at, account, principal, body, documents) VALUES (?, ?, ?, ?, ?, ?)');
    const keep = this.#database.prepare('INSERT INTO trace_documents (digest, text, newest) VALUES (?, ?, ?) ON CONFLICT (digest) DO UPDATE SET newest = excluded.newest');
    const newest = new Map<string, number | bigint>();
    const digests = new Map<string, string>();
    for (const { id, at, account, principal, body, documents } of traces) {
      for (const document of documents) if (!digests.has(document)) digests.set(document, hash('sha256', document, 'base64'));
      const { lastInsertRowid } = put.run(id, at, account, principal, body, JSON.stringify(documents.map((document) => digests.get(document))));
      for (const document of documents) newest.set(document, lastInsertRowid);
    }
    for (const [document, seq] of newest) keep.run(digests.get(document)!, document, seq);
  }

  #prune(principals: ReadonlySet<string>, { keptMs, countMax, perPrincipalMax, bytesMax }: TraceLimits, now: Timestamp): void {
    const database = this.#database;
    database.prepare('DELETE FROM traces WHERE at <= ?').run(now - keptMs);
    database.prepare('DELETE FROM traces WHERE seq <= (SELECT max(seq) FROM traces) - ?').run(countMax);
    const ofPrincipal = database.prepare('DELETE FROM traces WHERE principal = ?1 AND seq <= (SELECT seq FROM traces WHERE principal = ?1 ORDER BY seq DESC LIMIT 1 OFFSET ?2)');
    for (const principal of principals) ofPrincipal.run(principal, perPrincipalMax);
    if (this.#bytes() > bytesMax) database.prepare('DELETE FROM traces WHERE seq <= (SELECT min(seq) + CAST((max(seq) - min(seq)) * ? AS INTEGER) FROM traces)').run(cutPart);
    database.exec('DELETE FROM trace_documents WHERE newest < coalesce((SELECT min(seq) FROM traces), newest + 1)');
  }

  /** What is in use of the file, which the traces nearly fill. */
  #bytes(): number {
    const pragma = (name: string): number => Number(Object.values(this.#database.prepare(`PRAGMA ${name}`).get()!)[0]);
    return (pragma('page_count') - pragma('freelist_count')) * pragma('page_size');
  }

  find(account: string, id: string): Trace | undefined {
    const row = this.#database.prepare('SELECT id, at, account, principal, body, documents FROM traces WHERE id = ? AND account = ?').get(id, account);
    return row && this.#traceOf(row);
  }

  list(account: string, { limit, before }: TraceQuery): readonly Trace[] {
    const older = before === undefined ? undefined : this.#database.prepare('SELECT seq FROM traces WHERE id = ? AND account = ?').get(before, account)?.['seq'];
    const rows = this.#database.prepare('SELECT id, at, account, principal, body, documents FROM traces WHERE account = ? AND seq < ? ORDER BY seq DESC LIMIT ?').all(account, older ?? Number.MAX_SAFE_INTEGER, limit);
    return rows.map((row) => this.#traceOf(row));
  }

  #traceOf(row: Readonly<Record<string, unknown>>): Trace {
    // The columns are those of the tables above.
    const { documents, ...trace } = row as unknown as Omit<Trace, 'documents'> & { readonly documents: string };
    const find = this.#database.prepare('SELECT text FROM trace_documents WHERE digest = ?');
    const digests = JSON.parse(documents) as readonly string[];
    return { ...trace, documents: digests.map((digest) => find.get(digest)?.['text'] as string) };
  }

  close(): void {
    this.#database.close();
  }
}
