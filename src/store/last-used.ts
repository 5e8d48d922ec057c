/** When access keys and roles were last used: collected in memory; the newest use of each wins. */
import type { LastUse, LastUsed } from './store.ts';

/** Keeps uses in memory only, or hands each flush the uses since the last one. */
export class LastUsedMarks implements LastUsed {
  readonly #uses = new Map<string, LastUse>();
  #unflushed = new Map<string, LastUse>();
  readonly #persist: ((uses: ReadonlyMap<string, LastUse>) => void) | undefined;
  readonly #read: ((id: string) => LastUse | undefined) | undefined;

  /** `persist` writes uses where `read` finds them; both or neither. */
  constructor(persist?: (uses: ReadonlyMap<string, LastUse>) => void, read?: (id: string) => LastUse | undefined) {
    this.#persist = persist;
    this.#read = read;
  }

  mark(id: string, use: LastUse): void {
    const known = this.#uses.get(id);
    if (known && known.at > use.at) return;
    this.#uses.set(id, use);
    if (this.#persist) this.#unflushed.set(id, use);
  }

  find(id: string): LastUse | undefined {
    const own = this.#uses.get(id);
    const stored = this.#read?.(id);
    return stored && (!own || stored.at > own.at) ? stored : own;
  }

  async flush(): Promise<void> {
    if (!this.#persist || this.#unflushed.size === 0) return;
    const uses = this.#unflushed;
    this.#unflushed = new Map();
    try {
      this.#persist(uses);
    } catch (thrown) {
      // Kept for the next flush; a newer use has the better claim.
      for (const [id, use] of uses) if (!this.#unflushed.has(id)) this.#unflushed.set(id, use);
      throw thrown;
    }
    // What is stored is found there; only what was used since stays in memory.
    for (const [id, use] of uses) if (this.#uses.get(id) === use) this.#uses.delete(id);
  }
}

export const memoryLastUsed = (): LastUsed => new LastUsedMarks();
