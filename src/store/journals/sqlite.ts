/** The journal in one SQLite file, shared by the processes of one machine: a synchronous reader here, the writer on its own thread, but for commits that hold nobody up. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Group, Head, Journal, JournalEntry, Outcome, Snapshot, SnapshotChunk } from '../journal.ts';
import { JournalDamaged, SnapshotGone } from '../journal.ts';
import { WriterThread } from '../writer-thread.ts';
import { checksum, entriesOf, explained, lengthOf, openJournalFile } from './sqlite-format.ts';
import type { Run } from './sqlite-format.ts';
import type { WriterSettings } from './sqlite-append.ts';
import { InPlace } from './sqlite-in-place.ts';
import { readResult, writeTask, type WriterResult } from './writer-text.ts';

/** Opens the file, or makes it; checks the checksum and the chain of every entry since the snapshots. */
export function sqliteJournal(file: string, { pageMax = 0 }: { readonly pageMax?: number } = {}): Journal {
  return new SqliteJournal(file, pageMax);
}

interface Row extends Run { readonly seq: number; readonly checksum: string }

class SqliteJournal implements Journal {
  readonly #file: string;
  readonly #database: DatabaseSync;
  readonly #writer: WriterThread<string, string>;
  readonly #inPlace: InPlace;
  /** Appends that the writer's thread has not answered: what comes after them goes there, too. */
  #appending = 0;
  readonly #version: StatementSync;
  readonly #since: StatementSync;
  readonly #after: StatementSync;
  /** Nothing, until the rows that are there have been checked. */
  #verified: Verified = { seq: 0, after: new Map() };
  #seenVersion: unknown;
  #seenSeq: number;

  constructor(file: string, pageMax: number) {
    this.#file = file;
    this.#database = openJournalFile(file);
    // Compiled, this file and the writer's both end in .js.
    const writer = import.meta.url.endsWith('.ts') ? './sqlite-writer.ts' : './sqlite-writer.js';
    this.#writer = new WriterThread(new URL(writer, import.meta.url), { file, pageMax } satisfies WriterSettings);
    this.#inPlace = new InPlace({ file, pageMax });
    this.#version = this.#database.prepare('PRAGMA data_version');
    // It is asked once a turn; an object with a name in it would cost as much as the answer.
    this.#version.setReturnArrays(true);
    this.#since = this.#database.prepare('SELECT seq, stream, revision, body, checksum FROM entries WHERE seq > ? ORDER BY seq');
    this.#after = this.#database.prepare('SELECT seq, stream, revision, body, checksum FROM entries WHERE stream = ? AND revision > ? ORDER BY revision LIMIT ?');
    try {
      this.#seenVersion = this.#dataVersion();
      this.#verified = this.#verify();
      this.#seenSeq = this.#verified.seq;
    } catch (thrown) {
      this.#database.close();
      throw thrown;
    }
  }

  async append(groups: readonly Group[], { mayBlock = false }: { readonly mayBlock?: boolean } = {}): Promise<readonly Outcome[]> {
    const inPlace = mayBlock && this.#appending === 0 ? this.#inPlace.append(groups) : undefined;
    const { conflicts, firstSeq, lastSeq } = inPlace ?? (await this.#appendOnThread(groups));
    // Where nobody else wrote in between, what came from here need not be read again.
    if (firstSeq === this.#seenSeq + 1) this.#seenSeq = lastSeq;
    const outcomes: Outcome[] = groups.map(() => 'appended');
    for (const i of conflicts) outcomes[i] = 'conflict';
    return outcomes;
  }

  async #appendOnThread(groups: readonly Group[]): Promise<WriterResult> {
    this.#appending++;
    try {
      return readResult(await this.#writer.ask(writeTask({ groups })));
    } finally {
      this.#appending--;
    }
  }

  async read(stream: string, after: number, limit: number): Promise<readonly JournalEntry[]> {
    return explained(this.#file, () => {
      const entries: JournalEntry[] = [];
      let revision: number | undefined;
      for (const row of rowsOf(this.#after.iterate(stream, after, limit))) {
        revision = this.#check(row, revision ?? row.revision - lengthOf(row));
        for (const entry of entriesOf(row)) if (entry.revision > after) entries.push(entry);
        if (entries.length >= limit) break;
      }
      if (entries.length > 0 && entries[0]!.revision !== after + 1) throw this.#missing(stream, after + 1);
      return entries.slice(0, limit);
    });
  }

  poll(): readonly JournalEntry[] {
    const version = this.#dataVersion();
    if (version === this.#seenVersion) return none;
    return explained(this.#file, () => {
      const entries: JournalEntry[] = [];
      let seq = this.#seenSeq;
      for (const row of rowsOf(this.#since.iterate(seq))) {
        this.#check(row, row.revision - lengthOf(row));
        entries.push(...entriesOf(row));
        seq = row.seq;
      }
      this.#seenSeq = seq;
      this.#seenVersion = version;
      return entries;
    });
  }

  async snapshot(stream: string): Promise<Snapshot | undefined> {
    const found = this.#database.prepare('SELECT revision, id, parts FROM snapshot_heads WHERE stream = ?').get(stream);
    if (!found) return undefined;
    const head = { stream, revision: Number(found['revision']), id: String(found['id']) };
    return { head, chunks: this.#chunks(head, Number(found['parts'])) };
  }

  async writeSnapshot(head: Head, chunks: AsyncIterable<SnapshotChunk>): Promise<void> {
    let parts = 0;
    for await (const chunk of chunks) await this.#writer.ask(writeTask({ snapshot: head, part: parts++, chunk }));
    await this.#writer.ask(writeTask({ snapshot: head, parts }));
  }

  async close(): Promise<void> {
    await this.#writer.close();
    this.#inPlace.close();
    this.#database.close();
  }

  #dataVersion(): unknown {
    return this.#version.get()![0];
  }

  async *#chunks(head: Head, parts: number): AsyncGenerator<SnapshotChunk> {
    const { stream, revision } = head;
    const some = this.#database.prepare('SELECT part, table_name, body, checksum FROM snapshots WHERE stream = ? AND revision = ? AND part >= ? ORDER BY part LIMIT ?');
    for (let part = 0; part < parts;) {
      const rows = some.all(stream, revision, part, partsAtOnce);
      if (Number(rows[0]?.['part'] ?? -1) !== part) {
        if ((await this.snapshot(stream))?.head.revision !== revision) throw new SnapshotGone(`the snapshot of ${stream} at ${revision} was replaced`);
        throw new JournalDamaged(`${this.#file}: part ${part} of the snapshot of ${stream} is missing`);
      }
      for (const row of rows) {
        // One that is missing further on is asked for first next.
        if (Number(row['part']) !== part) break;
        const [table, body] = [String(row['table_name']), String(row['body'])];
        if (row['checksum'] !== checksum(stream, revision, part, table, body)) throw new JournalDamaged(`${this.#file}: part ${part} of the snapshot of ${stream} does not match its checksum. ${remedy}`);
        yield { table, body };
        part++;
      }
    }
  }

  /** Checks that a row is whole and continues the revision; gives the revision that it ends at. */
  #check(row: Row, before: number): number {
    const { stream, revision, body } = row;
    if (revision - lengthOf(row) !== before) throw this.#missing(stream, before + 1);
    if (!this.#isVerified(row) && row.checksum !== checksum(stream, revision, body)) throw new JournalDamaged(`${this.#file}: entry ${revision} of stream ${stream} does not match its checksum. ${remedy}`);
    return revision;
  }

  #missing(stream: string, revision: number): JournalDamaged {
    return new JournalDamaged(`${this.#file}: entry ${revision} of stream ${stream} is missing. ${remedy}`);
  }

  /** Whether the row was checked when the journal was opened. */
  #isVerified({ seq, stream, revision }: Row): boolean {
    return seq <= this.#verified.seq && revision > (this.#verified.after.get(stream) ?? 0);
  }

  /** Checks every row behind its stream's snapshot, in order. */
  #verify(): Verified {
    return explained(this.#file, () => {
      const after = new Map(this.#database.prepare('SELECT stream, revision FROM snapshot_heads').all().map((row) => [String(row['stream']), Number(row['revision'])]));
      const tail = this.#database.prepare('SELECT e.seq, e.stream, e.revision, e.body, e.checksum FROM entries e LEFT JOIN snapshot_heads h ON h.stream = e.stream WHERE e.revision > coalesce(h.revision, 0) ORDER BY e.stream, e.revision');
      const ends = new Map<string, number>();
      for (const row of rowsOf(tail.iterate())) {
        const before = row.revision - lengthOf(row);
        const end = ends.get(row.stream);
        // A snapshot may have been made in the middle of the first run that is not wholly in it.
        const base = after.get(row.stream) ?? 0;
        ends.set(row.stream, this.#check(row, end ?? (before < base ? before : base)));
      }
      return { seq: Number(this.#database.prepare('SELECT coalesce(max(seq), 0) AS seq FROM entries').get()!['seq']), after };
    });
  }
}

/** What was checked when the journal was opened: rows up to `seq`, but for those that a snapshot covers. */
interface Verified { readonly seq: number; readonly after: ReadonlyMap<string, number> }

/** Parts of a snapshot that one query reads: each costs as much as a part does. */
const partsAtOnce = 8;

const remedy = '`gatehouse repair` keeps a copy and cuts what cannot be read.';

/** An edge: the columns are those that the statements name. */
const rowsOf = (rows: Iterable<unknown>): Iterable<Row> => rows as Iterable<Row>;

const none: readonly JournalEntry[] = [];
