/** A journal in memory: for tests and for `--ephemeral`. Several journals opened on one MemoryFile behave as processes sharing a file do. */
import type { Group, Journal, JournalEntry, Outcome, Position, Snapshot, SnapshotChunk } from '../journal.ts';
import { JournalDamaged } from '../journal.ts';

/** What a file would hold. */
export class MemoryFile {
  /** All entries in the order of commits. */
  readonly entries: JournalEntry[] = [];
  readonly streams = new Map<string, JournalEntry[]>();
  readonly snapshots = new Map<string, { readonly revision: number; readonly chunks: readonly SnapshotChunk[] }>();
}

export class MemoryJournal implements Journal {
  readonly #file: MemoryFile;
  #polled: number;

  constructor(file = new MemoryFile()) {
    this.#file = file;
    this.#polled = file.entries.length;
  }

  async append(groups: readonly Group[]): Promise<readonly Outcome[]> {
    return groups.map((group) => this.#appendGroup(group));
  }

  async read(stream: string, after: number, limit: number): Promise<readonly JournalEntry[]> {
    return (this.#file.streams.get(stream) ?? []).slice(after, after + limit);
  }

  poll(): readonly JournalEntry[] {
    const { entries } = this.#file;
    if (this.#polled === entries.length) return none;
    const news = entries.slice(this.#polled);
    this.#polled = entries.length;
    return news;
  }

  async snapshot(stream: string): Promise<Snapshot | undefined> {
    const snapshot = this.#file.snapshots.get(stream);
    if (snapshot === undefined) return undefined;
    const { revision, chunks } = snapshot;
    return { revision, chunks: (async function* read() { yield* chunks; })() };
  }

  async writeSnapshot(at: Position, chunks: AsyncIterable<SnapshotChunk>): Promise<void> {
    const whole = await Array.fromAsync(chunks);
    const newest = this.#file.snapshots.get(at.stream)?.revision ?? 0;
    if (at.revision > this.#head(at.stream)) throw new JournalDamaged(`a snapshot of ${at.stream} at revision ${at.revision}, which it has not reached`);
    if (at.revision > newest) this.#file.snapshots.set(at.stream, { revision: at.revision, chunks: whole });
  }

  async close(): Promise<void> {}

  #head(stream: string): number {
    return this.#file.streams.get(stream)?.length ?? 0;
  }

  #appendGroup(group: Group): Outcome {
    if (group.expected.some(({ stream, revision }) => this.#head(stream) !== revision)) return 'conflict';
    const heads = new Map<string, number>();
    for (const { stream, revision } of group.entries) {
      if ((heads.get(stream) ?? this.#head(stream)) !== revision - 1) return 'conflict';
      heads.set(stream, revision);
    }
    for (const entry of group.entries) {
      this.#file.entries.push(entry);
      const stream = this.#file.streams.get(entry.stream);
      if (stream === undefined) this.#file.streams.set(entry.stream, [entry]);
      else stream.push(entry);
    }
    return 'appended';
  }
}

const none: readonly JournalEntry[] = [];

/** A journal that nobody shares. */
export const memoryJournal = (): Journal => new MemoryJournal();
