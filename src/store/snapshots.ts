/** Snapshots, so that a start never replays more than a bounded tail: made when the tail has grown, in slices that stall nobody. */
import type { Journal, SnapshotChunk } from './journal.ts';
import type { StoreLimits } from './limits.ts';
import type { Contents } from './live-table.ts';
import type { Warn } from './store.ts';
import type { Streams } from './streams.ts';

export class Snapshots {
  readonly #journal: Journal;
  readonly #streams: Streams;
  readonly #limits: StoreLimits;
  /** The revision of each stream's newest snapshot, as far as it is known. */
  readonly #revisions = new Map<string, number>();
  readonly #making = new Map<string, Promise<void>>();

  /** The streams whose newest attempt failed. */
  readonly #failing = new Set<string>();
  readonly #warn: Warn;
  #failures = 0;

  constructor(journal: Journal, streams: Streams, limits: StoreLimits, warn: Warn) {
    this.#journal = journal;
    this.#streams = streams;
    this.#limits = limits;
    this.#warn = warn;
  }

  /** Begins a snapshot of a stream that was just written to, if its tail is long enough. */
  consider(stream: string): void {
    const state = this.#streams.state(stream);
    if (!state || this.#making.has(stream)) return;
    const tail = state.revision - (this.#revisions.get(stream) ?? 0);
    if (tail <= Math.max(this.#limits.tailEntriesMin, state.docs * this.#limits.tailShareMax)) return;
    this.#making.set(stream, this.#make(stream).catch((cause: unknown) => this.#failed(stream, cause)).finally(() => {
      this.#making.delete(stream);
      // Writes that came meanwhile may have made the next tail too long, and be the last for long.
      this.consider(stream);
    }));
  }

  /** Whether what was tried last of some stream failed: the next start will take longer. */
  get areFailing(): boolean {
    return this.#failing.size > 0;
  }

  async idle(): Promise<void> {
    while (this.#making.size > 0) await Promise.all(this.#making.values());
  }

  /** It costs only time at the next start. The next one is tried when the tail has grown by as much again. */
  #failed(stream: string, cause: unknown): void {
    this.#revisions.set(stream, this.#streams.state(stream)?.revision ?? 0);
    this.#failing.add(stream);
    this.#failures++;
    this.#warn(`the snapshot of stream ${stream} could not be written; failures since the start: ${this.#failures}`, cause);
  }

  async #make(stream: string): Promise<void> {
    const newest = (await this.#journal.snapshot(stream))?.head.revision ?? 0;
    this.#revisions.set(stream, newest);
    const state = this.#streams.state(stream);
    if (!state || state.revision - newest <= Math.max(this.#limits.tailEntriesMin, state.docs * this.#limits.tailShareMax)) return;
    const { head } = state;
    // Documents are immutable, so references to them, taken in one go, are the state at this revision.
    const tables = [...state.tables].map(([table, live]) => ({ table, contents: live.contents() }));
    await this.#journal.writeSnapshot(head, this.#chunks(tables));
    this.#revisions.set(stream, head.revision);
    this.#failing.delete(stream);
  }

  async *#chunks(tables: readonly { readonly table: string; readonly contents: Contents }[]): AsyncGenerator<SnapshotChunk> {
    for (const { table, contents } of tables) {
      for (const body of 'texts' in contents ? contents.texts : this.#texts(contents.docs)) {
        yield { table, body };
        await new Promise((resolve) => { setImmediate(resolve); });
      }
    }
  }

  *#texts(docs: readonly object[]): Generator<string, undefined> {
    for (let at = 0; at < docs.length; at += this.#limits.sliceDocs) yield JSON.stringify(docs.slice(at, at + this.#limits.sliceDocs));
    return undefined;
  }
}
