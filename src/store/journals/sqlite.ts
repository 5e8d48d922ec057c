/** The journal in one SQLite file, shared by the processes of one machine: a synchronous reader here, the writer on its own thread. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import type { Group, Journal, JournalEntry, Outcome, Position, Snapshot, SnapshotChunk } from '../journal.ts';
import { JournalDamaged, SnapshotGone } from '../journal.ts';
import { checksum, explained, openJournalFile } from './sqlite-format.ts';
import type { AppendReply, AppendRequest, WriterOptions } from './sqlite-writer.ts';

/** Opens the file, or makes it; checks the checksum and the chain of every entry since the snapshots. */
export function sqliteJournal(file: string, { pageMax = 0 }: { readonly pageMax?: number } = {}): Journal {
  return new SqliteJournal(file, pageMax);
}

interface Row { readonly seq: number; readonly stream: string; readonly revision: number; readonly body: string; readonly checksum: string }
interface Waiting { readonly resolve: (outcomes: readonly Outcome[]) => void; readonly reject: (error: Error) => void }

class SqliteJournal implements Journal {
  readonly #file: string;
  readonly #pageMax: number;
  readonly #database: DatabaseSync;
  readonly #version: StatementSync;
  readonly #since: StatementSync;
  readonly #after: StatementSync;
  readonly #waiting = new Map<number, Waiting>();
  #writer: Worker | undefined;
  #requests = 0;
  #seenVersion = -1;
  #seenSeq = 0;

  constructor(file: string, pageMax: number) {
    this.#file = file;
    this.#pageMax = pageMax;
    this.#database = openJournalFile(file);
    this.#version = this.#database.prepare('PRAGMA data_version');
    this.#since = this.#database.prepare('SELECT seq, stream, revision, body, checksum FROM entries WHERE seq > ? ORDER BY seq');
    this.#after = this.#database.prepare('SELECT seq, stream, revision, body, checksum FROM entries WHERE stream = ? AND revision > ? ORDER BY revision LIMIT ?');
    try {
      this.#seenVersion = this.#dataVersion();
      this.#seenSeq = this.#verify();
    } catch (thrown) {
      this.#database.close();
      throw thrown;
    }
  }

  append(groups: readonly Group[]): Promise<readonly Outcome[]> {
    this.#writer ??= this.#startWriter();
    const id = ++this.#requests;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      // A process that has nothing else to do still waits for what it is writing.
      this.#writer!.ref();
      this.#writer!.postMessage({ id, groups } satisfies AppendRequest);
    });
  }

  async read(stream: string, after: number, limit: number): Promise<readonly JournalEntry[]> {
    return explained(this.#file, () => {
      // The columns are those that the statement names.
      const rows = this.#after.all(stream, after, limit) as unknown as readonly Row[];
      let revision = after;
      for (const row of rows) this.#check(row, ++revision);
      return rows;
    });
  }

  poll(): readonly JournalEntry[] {
    const version = this.#dataVersion();
    if (version === this.#seenVersion) return none;
    return explained(this.#file, () => {
      const rows = this.#since.all(this.#seenSeq) as unknown as readonly Row[];
      for (const row of rows) this.#check(row, row.revision);
      this.#seenSeq = rows.at(-1)?.seq ?? this.#seenSeq;
      this.#seenVersion = version;
      return rows;
    });
  }

  async snapshot(stream: string): Promise<Snapshot | undefined> {
    const found = this.#database.prepare('SELECT revision, parts FROM snapshot_heads WHERE stream = ?').get(stream);
    if (!found) return undefined;
    const revision = Number(found['revision']);
    return { revision, chunks: this.#chunks(stream, revision, Number(found['parts'])) };
  }

  async writeSnapshot({ stream, revision }: Position, chunks: AsyncIterable<SnapshotChunk>): Promise<void> {
    const put = this.#database.prepare('INSERT OR REPLACE INTO snapshots (stream, revision, part, table_name, body, checksum) VALUES (?, ?, ?, ?, ?, ?)');
    let parts = 0;
    for await (const { table, body } of chunks) {
      put.run(stream, revision, parts, table, body, checksum(stream, revision, parts, table, body));
      parts++;
    }
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      this.#database.prepare('INSERT INTO snapshot_heads (stream, revision, parts) VALUES (?, ?, ?) ON CONFLICT (stream) DO UPDATE SET revision = excluded.revision, parts = excluded.parts WHERE excluded.revision > snapshot_heads.revision').run(stream, revision, parts);
      this.#database.prepare('DELETE FROM snapshots WHERE stream = ? AND revision < (SELECT revision FROM snapshot_heads WHERE stream = ?)').run(stream, stream);
      this.#database.exec('COMMIT');
    } catch (thrown) {
      this.#database.exec('ROLLBACK');
      throw thrown;
    }
  }

  async close(): Promise<void> {
    await this.#writer?.terminate();
    this.#database.close();
  }

  #startWriter(): Worker {
    // Compiled, this file and the writer's both end in .js.
    const url = new URL(import.meta.url.endsWith('.ts') ? './sqlite-writer.ts' : './sqlite-writer.js', import.meta.url);
    const writer = new Worker(url, { workerData: { file: this.#file, pageMax: this.#pageMax } satisfies WriterOptions });
    writer.unref();
    writer.on('message', ({ id, outcomes, error }: AppendReply) => {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (this.#waiting.size === 0) writer.unref();
      if (outcomes) waiting?.resolve(outcomes);
      else waiting?.reject(new Error(error));
    });
    writer.on('error', (error) => this.#lost(error instanceof Error ? error : new Error(String(error))));
    writer.on('exit', () => this.#lost(new Error('the writer of the journal has ended')));
    return writer;
  }

  /** The writer is gone: what it was asked may or may not have been done. The next append starts another. */
  #lost(error: Error): void {
    this.#writer = undefined;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  #dataVersion(): number {
    return Number(this.#version.get()!['data_version']);
  }

  async *#chunks(stream: string, revision: number, parts: number): AsyncGenerator<SnapshotChunk> {
    const get = this.#database.prepare('SELECT table_name, body, checksum FROM snapshots WHERE stream = ? AND revision = ? AND part = ?');
    for (let part = 0; part < parts; part++) {
      const row = get.get(stream, revision, part);
      if (!row) {
        if ((await this.snapshot(stream))?.revision !== revision) throw new SnapshotGone(`the snapshot of ${stream} at ${revision} was replaced`);
        throw new JournalDamaged(`${this.#file}: part ${part} of the snapshot of ${stream} is missing`);
      }
      const [table, body] = [String(row['table_name']), String(row['body'])];
      if (row['checksum'] !== checksum(stream, revision, part, table, body)) throw new JournalDamaged(`${this.#file}: part ${part} of the snapshot of ${stream} does not match its checksum`);
      yield { table, body };
    }
  }

  #check({ stream, revision, body, checksum: stored }: Row, expected: number): void {
    if (revision !== expected) throw new JournalDamaged(`${this.#file}: entry ${expected} of stream ${stream} is missing. \`gatehouse repair\` keeps a copy and cuts what cannot be read.`);
    if (stored !== checksum(stream, revision, body)) throw new JournalDamaged(`${this.#file}: entry ${revision} of stream ${stream} does not match its checksum. \`gatehouse repair\` keeps a copy and cuts what cannot be read.`);
  }

  /** Every entry behind its stream's snapshot, in order; the last sequence number. */
  #verify(): number {
    return explained(this.#file, () => {
      const heads = new Map(this.#database.prepare('SELECT stream, revision FROM snapshot_heads').all().map((row) => [String(row['stream']), Number(row['revision'])]));
      const tail = this.#database.prepare('SELECT e.seq, e.stream, e.revision, e.body, e.checksum FROM entries e LEFT JOIN snapshot_heads h ON h.stream = e.stream WHERE e.revision > coalesce(h.revision, 0) ORDER BY e.stream, e.revision');
      for (const row of tail.iterate() as unknown as Iterable<Row>) {
        const expected = (heads.get(row.stream) ?? 0) + 1;
        this.#check(row, expected);
        heads.set(row.stream, expected);
      }
      return Number(this.#database.prepare('SELECT coalesce(max(seq), 0) AS seq FROM entries').get()!['seq']);
    });
  }
}

const none: readonly JournalEntry[] = [];
