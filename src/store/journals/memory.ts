/** A journal in memory: for tests and for `--ephemeral`. Several journals opened on one MemoryFile behave as processes sharing a file do. */
import type { Group, Head, Journal, JournalEntry, Outcome, Snapshot, SnapshotChunk } from '../journal.ts';
import { JournalDamaged } from '../journal.ts';

/** What a file would hold. */
export class MemoryFile {
  /** All entries in the order of commits. */
  readonly entries: JournalEntry[] = [];
  readonly streams = new Map<string, JournalEntry[]>();
  readonly snapshots = new Map<string, { readonly head: Head; readonly chunks: readonly SnapshotChunk[] }>();
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
    const { head, chunks } = snapshot;
    return { head, chunks: (async function* read() { yield* chunks; })() };
  }

  async writeSnapshot(head: Head, chunks: AsyncIterable<SnapshotChunk>): Promise<void> {
    const whole = await Array.fromAsync(chunks);
    const newest = this.#file.snapshots.get(head.stream)?.head.revision ?? 0;
    if (this.#file.streams.get(head.stream)?.[head.revision - 1]?.id !== head.id) throw new JournalDamaged(`a snapshot of ${head.stream} at revision ${head.revision}, which it has not reached`);
    if (head.revision > newest) this.#file.snapshots.set(head.stream, { head, chunks: whole });
  }

  async close(): Promise<void> {}

  #appendGroup({ expected, entries }: Group): Outcome {
    for (const { stream, revision, id } of expected) {
      const last = this.#file.streams.get(stream)?.at(-1);
      if ((last?.revision ?? 0) !== revision || (last?.id ?? '') !== id) return 'conflict';
    }
    for (const entry of entries) {
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
