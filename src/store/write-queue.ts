/** The write queue: drafts run one after the other, each on what those before it have made, and a turn's drafts are appended in one commit. */
import { ApiError } from '../base/api-error.ts';
import type { Clock } from '../base/clock.ts';
import type { RandomBytes } from '../base/ids.ts';
import { encodeEntry, type Entry } from './entry.ts';
import type { Group, Journal, Outcome, Position } from './journal.ts';
import type { StoreLimits } from './limits.ts';
import { Overlay } from './overlay.ts';
import { partitionStream } from './store.ts';
import type { Cause, Draft } from './store.ts';
import type { Streams } from './streams.ts';
import { draftOf } from './views.ts';

interface Waiting {
  readonly account: string;
  readonly cause: Cause;
  readonly draft: (draft: Draft) => unknown;
  readonly resolve: (written: { value: unknown; revision: number }) => void;
  readonly reject: (error: unknown) => void;
  attempts: number;
}

/** What a draft came to, and the group that makes it true or, where it changed nothing, shows that it still is. */
interface Drafted { readonly waiting: Waiting; readonly group: Group; readonly entries: readonly Entry[]; readonly revision: number; readonly result: { readonly value: unknown } | { readonly thrown: unknown } }

/** What the drafts of one commit have made of a stream so far. */
interface Pending { readonly overlay: Overlay; revision: number }

export class WriteQueue {
  readonly #journal: Journal;
  readonly #streams: Streams;
  readonly #limits: StoreLimits;
  readonly #clock: Clock;
  readonly #random: RandomBytes;
  readonly #committed: (stream: string) => void;
  #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;

  constructor(options: { readonly journal: Journal; readonly streams: Streams; readonly limits: StoreLimits; readonly clock: Clock; readonly random: RandomBytes; readonly committed: (stream: string) => void }) {
    this.#journal = options.journal;
    this.#streams = options.streams;
    this.#limits = options.limits;
    this.#clock = options.clock;
    this.#random = options.random;
    this.#committed = options.committed;
  }

  write(account: string, cause: Cause, draft: (draft: Draft) => unknown): Promise<{ value: unknown; revision: number }> {
    if (this.#waiting.length >= this.#limits.waitingMax) return Promise.reject(new ApiError('ServiceUnavailable', 'Too many changes are waiting to be written.'));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ account, cause, draft, resolve, reject, attempts: 0 });
      this.#running ??= Promise.resolve().then(() => this.#run());
    });
  }

  /** Waits for all that is queued. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, this.#limits.groupsPerCommitMax);
      try {
        for (const { account } of batch) if (!this.#streams.state(account)) await this.#streams.load(account);
        this.#waiting.unshift(...(await this.#commit(batch)));
      } catch (cause) {
        for (const { reject } of batch) reject(failure(cause));
      }
    }
    // In the same turn as the last look at the queue: a write that comes after it starts another run.
    this.#running = undefined;
  }

  /** Commits a batch; answers those that another process was faster than, to be run again. */
  async #commit(batch: readonly Waiting[]): Promise<Waiting[]> {
    this.#streams.poll();
    const pending = new Map<string, Pending>();
    const drafted = batch.map((waiting) => this.#draft(waiting, pending));
    let outcomes: readonly (Outcome | 'failed')[];
    try {
      outcomes = await this.#journal.append(drafted.map(({ group }) => group));
    } catch (cause) {
      outcomes = await this.#lookUp(drafted);
      for (const [i, { waiting }] of drafted.entries()) if (outcomes[i] === 'failed') waiting.reject(failure(cause));
    }
    for (const { overlay } of pending.values()) overlay.close();
    return this.#settle(drafted, outcomes);
  }

  #draft(waiting: Waiting, pending: Map<string, Pending>): Drafted {
    const { account, cause, draft } = waiting;
    const own = this.#pending(account, pending);
    const ownOverlay = new Overlay(own.overlay);
    let partition: { readonly pending: Pending; readonly overlay: Overlay } | undefined;
    const face = draftOf(account, { overlay: ownOverlay, revision: own.revision }, () => {
      const standing = this.#pending(partitionStream, pending);
      partition = { pending: standing, overlay: new Overlay(standing.overlay) };
      return { overlay: partition.overlay, revision: standing.revision };
    });
    const seen: Position[] = [{ stream: account, revision: own.revision }];
    let result: Drafted['result'];
    try {
      result = { value: draft(face) };
    } catch (thrown) {
      result = { thrown };
    }
    if (partition) seen.push({ stream: partitionStream, revision: partition.pending.revision });
    const entries: Entry[] = [];
    if ('value' in result) {
      this.#fold(entries, account, own, ownOverlay, cause);
      if (partition) this.#fold(entries, partitionStream, partition.pending, partition.overlay, cause);
    }
    ownOverlay.close();
    partition?.overlay.close();
    const written = new Set(entries.map(({ stream }) => stream));
    const group: Group = { entries: entries.map((entry) => ({ stream: entry.stream, revision: entry.revision, body: encodeEntry(contentOf(entry)) })), expected: seen.filter(({ stream }) => !written.has(stream)) };
    return { waiting, group, entries, revision: own.revision, result };
  }

  #pending(stream: string, pending: Map<string, Pending>): Pending {
    let standing = pending.get(stream);
    if (!standing) {
      const state = this.#streams.state(stream);
      // INVARIANT: #run has loaded every stream of the batch, and nothing is evicted while it is drafted: that happens in the same turn.
      if (!state) throw new Error(`the stream ${stream} is not in memory`);
      standing = { overlay: new Overlay(state), revision: state.revision };
      pending.set(stream, standing);
    }
    return standing;
  }

  #fold(entries: Entry[], stream: string, standing: Pending, overlay: Overlay, { by, requestId, action }: Cause): void {
    const changes = overlay.changes();
    if (changes.length === 0) return;
    standing.overlay.fold(changes);
    standing.revision++;
    entries.push({ stream, revision: standing.revision, id: Buffer.from(this.#random(16)).toString('base64url'), at: this.#clock(), by, requestId, action, changes });
  }

  /** Makes what was appended visible, answers its writers, and returns those who must try again. */
  #settle(drafted: readonly Drafted[], outcomes: readonly (Outcome | 'failed')[]): Waiting[] {
    const again: Waiting[] = [];
    const touched = new Set<string>();
    for (const [i, { waiting, entries, revision, result }] of drafted.entries()) {
      if (outcomes[i] === 'conflict') {
        if (++waiting.attempts < this.#limits.attemptsMax) again.push(waiting);
        else waiting.reject(new ApiError('ServiceUnavailable', 'Other processes changed the account too often at the same time.'));
      } else if (outcomes[i] === 'appended') {
        for (const entry of entries) {
          const state = this.#streams.state(entry.stream);
          if (state && entry.revision > state.revision) state.apply(entry);
          touched.add(entry.stream);
        }
        if ('thrown' in result) waiting.reject(result.thrown);
        else waiting.resolve({ value: result.value, revision });
      }
    }
    for (const stream of touched) this.#committed(stream);
    return again;
  }

  /** After an append that may or may not have happened: what the journal holds says which. What it cannot say has failed. */
  async #lookUp(drafted: readonly Drafted[]): Promise<readonly (Outcome | 'failed')[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        const outcomes: (Outcome | 'failed')[] = [];
        for (const { entries } of drafted) {
          const [first] = entries;
          // A draft that changed nothing stood on what may have failed: it cannot be confirmed.
          const found = first && (await this.#journal.read(first.stream, first.revision - 1, 1))[0];
          outcomes.push(found && first && found.body === encodeEntry(contentOf(first)) ? 'appended' : 'failed');
        }
        return outcomes;
      } catch (thrown) {
        if (attempt >= this.#limits.lookupsMax) throw thrown;
      }
    }
  }
}

const contentOf = ({ stream: _, revision: __, ...content }: Entry) => content;

const failure = (cause: unknown): ApiError => (cause instanceof ApiError ? cause : new ApiError('ServiceFailure', 'The change could not be written, and was not made.', { cause }));
