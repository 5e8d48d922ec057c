/** The accounts that are in memory: loaded on first use in slices, kept current, evicted when cold. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../base/clock.ts';
import { decodeEntry } from './entry.ts';
import type { Entry } from './entry.ts';
import type { Journal, JournalEntry } from './journal.ts';
import { JournalDamaged, SnapshotGone } from './journal.ts';
import type { StoreLimits } from './limits.ts';
import type { AccountView } from './store.ts';
import { StreamState } from './stream-state.ts';
import type { TableSet } from './table.ts';
import { accountTables } from './tables.ts';
import { accountView } from './views.ts';

export interface Resident {
  readonly state: StreamState;
  readonly view: AccountView;
  /** The revision of its newest snapshot, 0 where it has none. */
  snapshotRevision: number;
  usedAt: number;
  /** Writes that stand on it: it is not evicted meanwhile. */
  writes: number;
}

export interface LoadedStream { readonly state: StreamState; readonly snapshotRevision: number }

/** Folds a stream's newest snapshot and the entries after it, giving the event loop a turn between slices. */
export async function loadStream(journal: Journal, stream: string, definitions: TableSet, limits: StoreLimits, state = new StreamState(stream, definitions)): Promise<LoadedStream> {
  let snapshotRevision: number;
  try {
    snapshotRevision = await loadSnapshot(journal, state);
  } catch (error) {
    // Another process has replaced the snapshot while it was read: the newer one is read instead.
    if (error instanceof SnapshotGone) return loadStream(journal, stream, definitions, limits);
    throw error;
  }
  for (;;) {
    const entries = await journal.read(stream, state.revision, limits.sliceDocs);
    if (entries.length === 0) return { state, snapshotRevision };
    for (const entry of entries) state.apply(decodeEntry(entry));
    await nextTurn();
  }
}

async function loadSnapshot(journal: Journal, state: StreamState): Promise<number> {
  const snapshot = await journal.snapshot(state.stream);
  if (snapshot === undefined) return 0;
  for await (const { table, body } of snapshot.chunks) {
    // An edge: the chunk was written from documents of this table, and its checksum was verified by the journal.
    state.load(table, JSON.parse(body) as readonly object[]);
    await nextTurn();
  }
  state.atRevision(snapshot.revision);
  return snapshot.revision;
}

export class Accounts {
  readonly #journal: Journal;
  readonly #clock: Clock;
  readonly #limits: StoreLimits;
  readonly #residents = new Map<string, Resident>();
  readonly #loading = new Map<string, Promise<Resident>>();

  constructor(journal: Journal, clock: Clock, limits: StoreLimits) {
    this.#journal = journal;
    this.#clock = clock;
    this.#limits = limits;
  }

  /** The account if it is in memory; asking keeps it warm. */
  find(account: string): Resident | undefined {
    const resident = this.#residents.get(account);
    if (resident !== undefined) resident.usedAt = this.#clock();
    return resident;
  }

  /** The account, loaded first where it is not in memory. All who ask meanwhile wait for one load. */
  load(account: string): Promise<Resident> {
    let loading = this.#loading.get(account);
    if (loading === undefined) {
      loading = this.#load(account).finally(() => this.#loading.delete(account));
      this.#loading.set(account, loading);
    }
    return loading;
  }

  /** Folds in an entry of an account that is in memory; one that is there already, or of another account, is nothing new. */
  apply(stored: JournalEntry, decoded?: Entry): Resident | undefined {
    const resident = this.#residents.get(stored.stream);
    if (resident === undefined || stored.revision <= resident.state.revision) return undefined;
    resident.state.apply(decoded ?? decodeEntry(stored));
    return resident;
  }

  async #load(account: string): Promise<Resident> {
    const { state, snapshotRevision } = await loadStream(this.#journal, account, accountTables, this.#limits);
    const resident: Resident = { state, view: accountView(state), snapshotRevision, usedAt: this.#clock(), writes: 0 };
    this.#residents.set(account, resident);
    this.#evict();
    return resident;
  }

  /** Lets the coldest accounts go while too many documents are held. */
  #evict(): void {
    let docs = 0;
    for (const { state } of this.#residents.values()) docs += state.docs;
    if (docs <= this.#limits.residentDocsMax) return;
    const warmSince = this.#clock() - this.#limits.coldAfterMs;
    const cold = [...this.#residents.values()].filter((r) => r.writes === 0 && r.usedAt < warmSince).sort((a, b) => a.usedAt - b.usedAt);
    for (const { state } of cold) {
      if (docs <= this.#limits.residentDocsMax) return;
      docs -= state.docs;
      this.#residents.delete(state.stream);
    }
  }
}
