/** The write queue: drafts run one after the other, each on what those before it have made, and a turn's drafts are appended as one chain. */
import { ApiError } from '../base/api-error.ts';
import { draftChange, type Drafted, type Drafting } from './drafting.ts';
import type { Journal, Outcome } from './journal.ts';
import type { StoreLimits } from './limits.ts';
import { Pending } from './pending.ts';
import type { Cause, Draft, Written } from './store.ts';
import type { Streams } from './streams.ts';

interface Waiting {
  readonly account: string;
  readonly cause: Cause;
  readonly draft: (draft: Draft) => unknown;
  readonly resolve: (written: Written<unknown>) => void;
  readonly reject: (error: unknown) => void;
  attempts: number;
}

/** `failed`: nothing of it was written. `unknown`: it could not be found out. */
type Fate = Outcome | { readonly failed: unknown } | { readonly unknown: unknown };

/** An append that is not answered yet. */
interface Flight { readonly append: number; readonly waiting: readonly Waiting[]; readonly drafted: readonly Drafted[]; readonly outcomes: Promise<readonly Outcome[]> }

export interface WriteQueueParts extends Drafting {
  readonly journal: Journal;
  readonly streams: Streams;
  readonly limits: StoreLimits;
  /** Told of each stream that entries have been added to. */
  readonly committed: (stream: string) => void;
  /** Whether nobody but the one who writes would be held up by a thread that waits for the disk. */
  readonly isAlone: () => boolean;
}

export class WriteQueue {
  readonly #parts: WriteQueueParts;
  readonly #pending: Pending;
  #waiting: Waiting[] = [];
  /** Those whose group was in conflict, in order: they go before all that wait. */
  #again: Waiting[] = [];
  readonly #inFlight: Flight[] = [];
  #settling: Promise<void> | undefined;
  #appends = 0;
  #isTurnPlanned = false;
  /** Streams that may hold more than is in memory. */
  readonly #lagging = new Set<string>();
  /** An append in flight did not come to what was hoped: nothing more is built on it. */
  #isBroken = false;

  constructor(parts: WriteQueueParts) {
    this.#parts = parts;
    this.#pending = new Pending((stream) => parts.streams.state(stream));
  }

  async write(account: string, cause: Cause, draft: (draft: Draft) => unknown): Promise<Written<unknown>> {
    if (!this.#parts.streams.state(account)) await this.#parts.streams.load(account);
    if (this.#waiting.length >= this.#parts.limits.waitingMax) throw new ApiError('ServiceUnavailable', 'Too many changes are waiting to be written.');
    return new Promise((resolve, reject) => {
      this.#waiting.push({ account, cause, draft, resolve, reject, attempts: 0 });
      this.#planTurn();
    });
  }

  /** Waits for all that is queued. */
  async idle(): Promise<void> {
    while (this.#hasWaiting() || this.#inFlight.length > 0) await (this.#settling ?? new Promise((resolve) => { setImmediate(resolve); }));
  }

  /** The drafts of a turn of the event loop are run together, at its end. */
  #planTurn(): void {
    if (this.#isTurnPlanned) return;
    this.#isTurnPlanned = true;
    setImmediate(() => {
      this.#isTurnPlanned = false;
      this.#turn();
    });
  }

  /** Runs the drafts that wait and appends what they made, on top of what is in flight. What cannot be done now is done when the next append in flight is settled. */
  #turn(): void {
    const { limits, journal } = this.#parts;
    if (this.#inFlight.length >= limits.appendsInFlightMax) return;
    if (this.#settling && (this.#isBroken || !this.#pending.isCurrent())) return;
    if (this.#isBroken) {
      this.#settling = this.#until(this.#recover());
      return;
    }
    const waiting = this.#take();
    if (waiting.length === 0) return;
    const append = ++this.#appends;
    const drafted = waiting.map(({ account, cause, draft }) => draftChange({ account, cause, draft }, (stream) => this.#pending.layer(stream, append), this.#parts));
    const isOnly = waiting.length === 1 && this.#inFlight.length === 0 && this.#waiting.length === 0;
    const outcomes = journal.append(drafted.map(({ group }) => group), { mayBlock: isOnly && this.#parts.isAlone() });
    // It may fail while one before it is still looked up: it is heard when its turn comes, and is no rejection that nobody handles.
    outcomes.catch(() => {});
    this.#inFlight.push({ append, waiting, drafted, outcomes });
    this.#settling ??= this.#until(this.#settleAll());
    if (this.#waiting.length > 0) this.#planTurn();
  }

  /** The next that wait and whose accounts are in memory; one that was evicted meanwhile is loaded, and its write waits on. */
  #take(): readonly Waiting[] {
    const { streams, limits } = this.#parts;
    // Where nothing is on its way to the disk, half of many goes first: the disk has work while the drafts of the rest are run.
    const most = this.#inFlight.length === 0 && this.#waiting.length >= limits.halvedMin ? Math.ceil(this.#waiting.length / 2) : this.#waiting.length;
    const next = [...this.#again, ...this.#waiting.splice(0, Math.max(0, Math.min(most, limits.groupsPerCommitMax) - this.#again.length))];
    this.#again = [];
    const taken: Waiting[] = [];
    for (const waiting of next) {
      if (streams.state(waiting.account)) taken.push(waiting);
      else this.#loadFor(waiting).catch(waiting.reject);
    }
    return taken;
  }

  async #loadFor(waiting: Waiting): Promise<void> {
    await this.#parts.streams.load(waiting.account);
    this.#waiting.push(waiting);
    this.#planTurn();
  }

  /** Settles what is in flight, in order, until nothing is. */
  async #settleAll(): Promise<void> {
    for (let flight = this.#inFlight[0]; flight; flight = this.#inFlight[0]) {
      const fates = await this.#fatesOf(flight);
      await this.#closeGaps(flight, fates);
      this.#inFlight.shift();
      this.#settle(flight, fates);
      if (this.#hasWaiting()) this.#planTurn();
    }
  }

  /** What is in flight has been settled, and not as was hoped: forgets what stood on it, and sees what others have written. */
  async #recover(): Promise<void> {
    this.#pending.forget();
    try {
      this.#parts.streams.poll();
      for (const stream of this.#lagging) await this.#parts.streams.catchUp(stream);
      this.#lagging.clear();
      this.#isBroken = false;
    } catch (cause) {
      // The next write tries again.
      for (const { reject } of [...this.#again.splice(0), ...this.#waiting.splice(0)]) reject(failure({ failed: cause }));
    }
  }

  /** INVARIANT: turns come in turns of their own of the event loop, so none is between the end of the work and the end of this. */
  async #until(work: Promise<void>): Promise<void> {
    await work;
    this.#settling = undefined;
    if (this.#hasWaiting()) this.#planTurn();
  }

  #hasWaiting(): boolean {
    return this.#waiting.length > 0 || this.#again.length > 0;
  }

  /** An append before this one may have been written and could not be found: then what it wrote comes first. */
  async #closeGaps({ drafted }: Flight, fates: readonly Fate[]): Promise<void> {
    const { streams } = this.#parts;
    const looked = new Set<string>();
    for (const [i, { entries }] of drafted.entries()) {
      for (const entry of entries) {
        // The others of the stream follow the first that was not in conflict.
        if (fates[i] === 'conflict' || looked.has(entry.stream)) continue;
        looked.add(entry.stream);
        if (typeof fates[i] === 'object' && 'unknown' in fates[i]) this.#lagging.add(entry.stream);
        // Where it fails, the stream lags on, and is read again before the next draft.
        else if (fates[i] === 'appended' && streams.isBehind(entry)) await streams.catchUp(entry.stream).catch(() => this.#lagging.add(entry.stream));
      }
    }
  }

  /** Makes what was appended visible and answers its writers; those in conflict are run again. */
  #settle({ append, waiting, drafted }: Flight, fates: readonly Fate[]): void {
    const { streams, limits, committed } = this.#parts;
    const touched = new Set<string>();
    for (const [i, fate] of fates.entries()) {
      const { entries, revision, result } = drafted[i]!;
      const writer = waiting[i]!;
      if (fate === 'appended') {
        for (const entry of entries) {
          if (streams.isBehind(entry)) this.#isBroken = true;
          else streams.fold(entry);
          touched.add(entry.stream);
        }
        if ('thrown' in result) writer.reject(result.thrown);
        else writer.resolve({ value: result.value, revision });
        continue;
      }
      this.#isBroken = true;
      if (fate !== 'conflict') writer.reject(failure(fate));
      else if (++writer.attempts < limits.attemptsMax) this.#again.push(writer);
      else writer.reject(new ApiError('ServiceUnavailable', 'Other processes changed the account too often at the same time.'));
    }
    if (!this.#isBroken) this.#pending.settle(append);
    for (const stream of touched) committed(stream);
  }

  async #fatesOf({ drafted, outcomes }: Flight): Promise<readonly Fate[]> {
    try {
      return await outcomes;
    } catch (cause) {
      return this.#lookUp(drafted, cause);
    }
  }

  /** After an append that may or may not have happened: what the journal holds says which. */
  async #lookUp(drafted: readonly Drafted[], cause: unknown): Promise<readonly Fate[]> {
    const { journal, limits } = this.#parts;
    for (let attempt = 1; ; attempt++) {
      try {
        const fates: Fate[] = [];
        for (const { entries: [first] } of drafted) {
          // A draft that changed nothing stood on what may have failed: it cannot be confirmed.
          const [found] = first ? await journal.read(first.stream, first.revision - 1, 1) : [];
          fates.push(first && found?.id === first.id ? 'appended' : { failed: cause });
        }
        return fates;
      } catch (thrown) {
        if (attempt >= limits.lookupsMax) return drafted.map(() => ({ unknown: thrown }));
      }
    }
  }
}

function failure(fate: { readonly failed: unknown } | { readonly unknown: unknown }): ApiError {
  if ('failed' in fate) return new ApiError('ServiceFailure', 'The change could not be written, and was not made.', { cause: fate.failed });
  return new ApiError('ServiceFailure', 'Whether the change was made could not be found out.', { cause: fate.unknown });
}
