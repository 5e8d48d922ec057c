/** The streams that are in memory: loaded in slices on first use, kept current by polling the journal, evicted when cold. */
import type { Clock } from '../base/clock.ts';
import { decodeEntry } from './entry.ts';
import type { Entry } from './entry.ts';
import type { Journal } from './journal.ts';
import { SnapshotGone } from './journal.ts';
import type { StoreLimits } from './limits.ts';
import { partitionStream } from './store.ts';
import type { AccountView, PartitionView } from './store.ts';
import { StreamState } from './stream-state.ts';
import { accountTables, partitionTables } from './tables.ts';
import { accountView, partitionView } from './views.ts';

interface Resident { readonly state: StreamState; readonly view: AccountView; usedAt: number }

/** Work in slices, between which other work of the process goes on: a turn is given up when it has lasted this long, in milliseconds. */
const turnMs = 5;

/** Milliseconds of a clock that nobody sets. A start asks it, and `performance` would load a dozen modules for that. */
function uptimeMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e3 + nanoseconds / 1e6;
}

function turns(): () => Promise<void> | undefined {
  let began = uptimeMs();
  return () => {
    if (uptimeMs() - began < turnMs) return undefined;
    return new Promise((resolve) => {
      setImmediate(() => {
        began = uptimeMs();
        resolve();
      });
    });
  };
}

export class Streams {
  readonly #journal: Journal;
  readonly #limits: StoreLimits;
  readonly #clock: Clock;
  readonly #residents = new Map<string, Resident>();
  readonly #loading = new Map<string, { readonly done: Promise<Resident>; readonly arrived: Entry[] }>();
  #isTogether = false;
  #isFresh = false;
  #partition = new StreamState(partitionStream, partitionTables);
  #partitionView: PartitionView = partitionView(this.#partition);

  constructor(journal: Journal, limits: StoreLimits, clock: Clock) {
    this.#journal = journal;
    this.#limits = limits;
    this.#clock = clock;
  }

  async open(): Promise<void> {
    const arrived: Entry[] = [];
    this.#partition = await this.#read(partitionStream, arrived);
    this.#partitionView = partitionView(this.#partition);
  }

  get partition(): PartitionView {
    return this.#partitionView;
  }

  loaded(account: string): AccountView | undefined {
    const resident = this.#residents.get(account);
    if (!resident) return undefined;
    resident.usedAt = this.#clock();
    return resident.view;
  }

  /** The state of a stream that is in memory. */
  state(stream: string): StreamState | undefined {
    return stream === partitionStream ? this.#partition : this.#residents.get(stream)?.state;
  }

  /** Brings a stream into memory; of an account that is not there, an empty one. */
  async load(account: string): Promise<AccountView> {
    const resident = this.#residents.get(account);
    if (resident) {
      resident.usedAt = this.#clock();
      return resident.view;
    }
    let loading = this.#loading.get(account);
    if (!loading) {
      const arrived: Entry[] = [];
      loading = { arrived, done: this.#install(account, arrived).finally(() => this.#loading.delete(account)) };
      this.#loading.set(account, loading);
    }
    return (await loading.done).view;
  }

  /** Polls, but for within `together` where it was done already. */
  freshen(): void {
    if (this.#isFresh) return;
    this.poll();
    this.#isFresh = this.#isTogether;
  }

  /** While `work` runs, one poll is enough: all that it answers had arrived before. */
  together(work: () => void): void {
    this.#isTogether = true;
    try {
      work();
    } finally {
      this.#isTogether = false;
      this.#isFresh = false;
    }
  }

  /** Folds in what has been committed since the last poll. */
  poll(): void {
    for (const { stream, revision, ...rest } of this.#journal.poll()) {
      if (this.#loading.has(stream) || (this.state(stream)?.revision ?? Infinity) < revision) this.fold(decodeEntry({ stream, revision, ...rest }));
    }
  }

  /** Folds in an entry that is durable, if it has not been already. */
  fold(entry: Entry): void {
    this.#loading.get(entry.stream)?.arrived.push(entry);
    const state = this.state(entry.stream);
    if (state && entry.revision > state.revision) state.apply(entry);
  }

  /** Whether the entries before this one have not all been folded in: the answer to the append that made them was lost. */
  isBehind({ stream, revision }: Entry): boolean {
    return (this.state(stream)?.revision ?? Infinity) < revision - 1;
  }

  /** Reads what a stream that is in memory lacks. */
  async catchUp(stream: string): Promise<void> {
    for (let state = this.state(stream); state; state = this.state(stream)) {
      const entries = await this.#journal.read(stream, state.revision, this.#limits.sliceEntries);
      if (entries.length === 0) return;
      for (const entry of entries) this.fold(decodeEntry(entry));
    }
  }

  async #install(account: string, arrived: Entry[]): Promise<Resident> {
    const state = await this.#read(account, arrived);
    const resident = { state, view: accountView(state), usedAt: this.#clock() };
    this.#residents.set(account, resident);
    this.#evict(account);
    return resident;
  }

  async #read(stream: string, arrived: readonly Entry[]): Promise<StreamState> {
    for (;;) {
      try {
        return await this.#readOnce(stream, arrived);
      } catch (thrown) {
        if (!(thrown instanceof SnapshotGone)) throw thrown;
      }
    }
  }

  async #readOnce(stream: string, arrived: readonly Entry[]): Promise<StreamState> {
    const state = new StreamState(stream, stream === partitionStream ? partitionTables : accountTables);
    const nextSlice = turns();
    const snapshot = await this.#journal.snapshot(stream);
    if (snapshot) {
      for await (const { table, body } of snapshot.chunks) {
        state.load(table, body);
        await nextSlice();
      }
      state.atHead(snapshot.head);
    }
    for (;;) {
      const entries = await this.#journal.read(stream, state.revision, this.#limits.sliceEntries);
      for (const entry of entries) state.apply(decodeEntry(entry));
      if (entries.length === 0) break;
      await nextSlice();
    }
    for (const _ of state.prepare(this.#limits)) await nextSlice();
    for (const entry of arrived) if (entry.revision > state.revision) state.apply(entry);
    return state;
  }

  /** Forgets accounts that were not used lately, the coldest first, while too many documents are in memory; never the one that was just asked for. */
  #evict(wanted: string): void {
    let docs = 0;
    for (const { state } of this.#residents.values()) docs += state.docs;
    if (docs <= this.#limits.residentDocsMax) return;
    const coldBefore = this.#clock() - this.#limits.coldAfterMs;
    for (const [account, { state, usedAt }] of [...this.#residents].sort(([, a], [, b]) => a.usedAt - b.usedAt)) {
      if (docs <= this.#limits.residentDocsMax || usedAt > coldBefore) return;
      if (account === wanted) continue;
      this.#residents.delete(account);
      docs -= state.docs;
    }
  }
}
