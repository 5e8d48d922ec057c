/** Traces of denials, kept for a while so that they can be explained: collected in memory, written in batches, bounded in number, size and age. Not history, and so not in the journal. */
import type { Clock, Timestamp } from '../base/clock.ts';

/** One denial, with all that was asked. What `body` says is its writer's. */
export interface Trace {
  readonly id: string;
  readonly at: Timestamp;
  /** The account that may see it. */
  readonly account: string;
  /** Whose denials are bounded together, so that nobody's crowd out another's. */
  readonly principal: string;
  readonly body: string;
  /** The policies that were asked, each text once; many traces share them. */
  readonly documents: readonly string[];
}

/** A trace whose texts are made when it is written, off the path of the request. */
export interface PendingTrace extends Omit<Trace, 'body' | 'documents'> { readonly write: () => Pick<Trace, 'body' | 'documents'> }

export interface TraceQuery { readonly limit: number; /** Traces older than this one. */ readonly before?: string | undefined }

export interface TraceStore {
  /** Keeps a denial, unless there are more than can be kept: then this one is lost, and only its explanation with it. */
  record(trace: PendingTrace): void;
  /** Undefined where it is another account's, too. */
  find(account: string, id: string): Trace | undefined;
  /** The newest first. */
  list(account: string, query: TraceQuery): readonly Trace[];
  /** Writes what is collected. */
  flush(): void;
  /** Whether what was tried to write last could not be. */
  readonly isFailing: boolean;
  close(): void;
}

/** Where written traces stand. */
export interface TraceTable {
  /** One batch, all or nothing, and what is over the limits removed, the oldest first. */
  write(traces: readonly Trace[], limits: TraceLimits, now: Timestamp): void;
  find(account: string, id: string): Trace | undefined;
  list(account: string, query: TraceQuery): readonly Trace[];
  close(): void;
}

export interface TraceLimits {
  /** How long a trace is kept, milliseconds. */
  readonly keptMs: number;
  readonly countMax: number;
  readonly perPrincipalMax: number;
  /** Traces and policies together. */
  readonly bytesMax: number;
  /** A longer trace is not kept: it could take the room of hundreds of others. */
  readonly bodyLengthMax: number;
  /** Denials between two writes; beyond it they are not kept. */
  readonly pendingMax: number;
  readonly pendingPerPrincipalMax: number;
}

/** How long denials can be explained, where nothing else is said. */
const keptHoursDefault = 48;
const hourMs = 3_600_000;

/** The limits of a store that keeps traces for so many hours. */
export const traceLimits = (keptHours = keptHoursDefault): TraceLimits => ({ keptMs: keptHours * hourMs, countMax: 100_000, perPrincipalMax: 2_000, bytesMax: 256 * 1024 * 1024, bodyLengthMax: 48 * 1024, pendingMax: 2_000, pendingPerPrincipalMax: 200 });

/** How long a denial waits for others to be written with, milliseconds. */
const flushMs = 200;

/** Collects traces in memory and hands them to a table. Reads see all that was recorded in this process, and what others have written. */
export class CollectedTraces implements TraceStore {
  readonly #table: TraceTable;
  readonly #clock: Clock;
  readonly #limits: TraceLimits;
  #pending: PendingTrace[] = [];
  #pendingOf = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #isFailing = false;

  constructor(table: TraceTable, clock: Clock, limits: TraceLimits = traceLimits()) {
    this.#table = table;
    this.#clock = clock;
    this.#limits = limits;
  }

  get isFailing(): boolean {
    return this.#isFailing;
  }

  record(trace: PendingTrace): void {
    const ofPrincipal = this.#pendingOf.get(trace.principal) ?? 0;
    if (this.#pending.length >= this.#limits.pendingMax || ofPrincipal >= this.#limits.pendingPerPrincipalMax) return;
    this.#pending.push(trace);
    this.#pendingOf.set(trace.principal, ofPrincipal + 1);
    this.#timer ??= setTimeout(() => this.#flushQuietly(), flushMs).unref();
  }

  find(account: string, id: string): Trace | undefined {
    this.flush();
    return this.#table.find(account, id);
  }

  list(account: string, query: TraceQuery): readonly Trace[] {
    this.flush();
    return this.#table.list(account, query);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#pending.length === 0) return;
    const traces = this.#pending.map(({ id, at, account, principal, write }) => ({ id, at, account, principal, ...write() })).filter(({ body }) => body.length <= this.#limits.bodyLengthMax);
    // Until it has come to an end.
    this.#isFailing = true;
    this.#table.write(traces, this.#limits, this.#clock());
    this.#isFailing = false;
    this.#pending = [];
    this.#pendingOf.clear();
  }

  close(): void {
    this.#flushQuietly();
    this.#table.close();
  }

  /** A failure loses nothing but explanations, and stops nothing: what is collected is tried again with the next denial, a read throws what is wrong, and `isFailing` tells. */
  #flushQuietly(): void {
    try {
      this.flush();
    } catch {
      // Kept in `#pending`, which is bounded.
    }
  }
}

/** Traces that end with the process. */
export const memoryTraces = (clock: Clock, limits?: TraceLimits): TraceStore => new CollectedTraces(new MemoryTable(), clock, limits);

class MemoryTable implements TraceTable {
  #traces: readonly Trace[] = [];

  write(traces: readonly Trace[], { keptMs, countMax, perPrincipalMax, bytesMax }: TraceLimits, now: Timestamp): void {
    const counted = new Map<string, number>();
    let bytes = 0;
    // From the newest on, as long as there is room.
    const kept = [...this.#traces, ...traces].toReversed().filter(({ at, principal, body }, index) => {
      const ofPrincipal = (counted.get(principal) ?? 0) + 1;
      counted.set(principal, ofPrincipal);
      bytes += body.length;
      return at > now - keptMs && index < countMax && ofPrincipal <= perPrincipalMax && bytes <= bytesMax;
    });
    this.#traces = kept.toReversed();
  }

  find(account: string, id: string): Trace | undefined {
    return this.#traces.find((trace) => trace.id === id && trace.account === account);
  }

  list(account: string, { limit, before }: TraceQuery): readonly Trace[] {
    const newest = this.#traces.filter((trace) => trace.account === account).toReversed();
    const start = before === undefined ? 0 : newest.findIndex(({ id }) => id === before) + 1;
    return newest.slice(start, start + limit);
  }

  close(): void {}
}
