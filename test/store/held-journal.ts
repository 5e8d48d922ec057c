/** A journal whose appends a test holds back, lets go, lets fail or lets lose their answers: what is in flight stays there until the test says so. */
import type { Group, Journal, Outcome } from '../../src/store/journal.ts';

/** `go`: as usual. `fail`: nothing is written, and the append rejects. `lose`: all is written, and the append rejects. */
export type Release = 'go' | 'fail' | 'lose';

interface Held { readonly groups: readonly Group[]; readonly release: (how: Release) => void }

export class HeldJournal implements Journal {
  readonly #journal: Journal;
  readonly #held: Held[] = [];
  #arrivals: (() => void)[] = [];
  #isHolding = false;
  /** How many of the next reads fail. */
  readsThatFail = 0;
  /** Reads take a turn of the event loop, as those over a network do. */
  readsAreSlow = false;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  /** From now on appends wait for `release`. */
  hold(): void {
    this.#isHolding = true;
  }

  /** Resolves when so many appends are in flight; gives how many groups each has. */
  async inFlight(count: number): Promise<readonly number[]> {
    while (this.#held.length < count) await new Promise<void>((resolve) => { this.#arrivals.push(resolve); });
    return this.#held.map(({ groups }) => groups.length);
  }

  /** Decides about the oldest append in flight. */
  release(how: Release = 'go'): void {
    this.#held.shift()!.release(how);
  }

  /** Lets all in flight go, and from now on every append. */
  releaseAll(): void {
    this.#isHolding = false;
    while (this.#held.length > 0) this.release();
  }

  async append(groups: readonly Group[], options: Parameters<Journal['append']>[1] = {}): Promise<readonly Outcome[]> {
    const how = this.#isHolding ? await this.#wait(groups) : 'go';
    if (how === 'fail') throw new Error('the disk is full');
    const outcomes = await this.#journal.append(groups, options);
    if (how === 'lose') throw new Error('the answer is lost');
    return outcomes;
  }

  async read(...args: Parameters<Journal['read']>): ReturnType<Journal['read']> {
    if (this.readsAreSlow) await new Promise((resolve) => { setImmediate(resolve); });
    if (this.readsThatFail-- > 0) throw new Error('the disk cannot be read');
    return this.#journal.read(...args);
  }

  poll(): ReturnType<Journal['poll']> { return this.#journal.poll(); }
  snapshot(...args: Parameters<Journal['snapshot']>): ReturnType<Journal['snapshot']> { return this.#journal.snapshot(...args); }
  writeSnapshot(...args: Parameters<Journal['writeSnapshot']>): ReturnType<Journal['writeSnapshot']> { return this.#journal.writeSnapshot(...args); }
  close(): Promise<void> { return this.#journal.close(); }

  #wait(groups: readonly Group[]): Promise<Release> {
    return new Promise((release) => {
      this.#held.push({ groups, release });
      for (const arrival of this.#arrivals.splice(0)) arrival();
    });
  }
}
