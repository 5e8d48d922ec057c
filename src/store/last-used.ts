/** When access keys, roles and services were last used: collected in memory; the newest use of each wins. */
import type { LastUse, LastUsed } from './store.ts';

/**
 * How long a use of a role and a use by an owner are told and kept: AWS tells of 400 days. That of an access key is kept for as long as the key is there.
 * Source: "Last accessed information" and "RoleLastUsed" (IAM User Guide, API Reference).
 */
export const usesKeptMs = 400 * 86_400_000;

/** What the use of a principal's password is marked as: root's by the account number. Not `OWNER/WHAT`, for it is no use of a service. */
export const passwordUse = (principalId: string): string => `password:${principalId}`;

/** Where uses outlive the process. */
export interface UseFile {
  /** Also drops what was kept long enough, a part at a time. */
  readonly write: (uses: readonly (readonly [id: string, use: LastUse])[]) => Promise<void>;
  readonly forget: (ids: readonly string[]) => Promise<void>;
  readonly read: (id: string) => LastUse | undefined;
  /** Those whose id begins with `OWNER/`. */
  /** Those by owners whose ids begin so, in order behind `after`. */
  readonly readBy: (beginning: string, after: string | undefined, limit: number) => readonly (readonly [id: string, use: LastUse])[];
  readonly readOf: (owner: string) => readonly (readonly [id: string, use: LastUse])[];
}

/** Uses that are handed over at a time, so that no flush holds the file for long. */
const flushedMax = 1_000;

/** Keeps uses in memory only, or flushes to a file those since the last flush. */
export class LastUsedMarks implements LastUsed {
  readonly #file: UseFile | undefined;
  /** Those that are not in the file, or all of them where there is none: owner → what → its last use; what has no owner stands under itself, as nothing in particular. */
  readonly #uses = new Map<string, Map<string, LastUse>>();
  /** Those that may still be in the file. */
  readonly #forgotten = new Set<string>();
  #flushing: Promise<void> | undefined;

  constructor(file?: UseFile) {
    this.#file = file;
  }

  mark(id: string, use: LastUse): void {
    const { owner, what } = partsOf(id);
    this.markOf(owner, what, use);
  }

  markOf(owner: string, what: string, use: LastUse): void {
    let uses = this.#uses.get(owner);
    if (!uses) this.#uses.set(owner, (uses = new Map()));
    putNewer(uses, what, use);
  }

  find(id: string): LastUse | undefined {
    const { owner, what } = partsOf(id);
    const own = this.#uses.get(owner)?.get(what);
    const stored = this.#forgotten.has(id) ? undefined : this.#file?.read(id);
    return stored && (!own || stored.at > own.at) ? stored : own;
  }

  pageBy(beginning: string, after: string | undefined, limit: number): readonly (readonly [id: string, use: LastUse])[] {
    if (this.#file) return this.#file.readBy(beginning, after, limit);
    const found: (readonly [id: string, use: LastUse])[] = [];
    for (const [owner, uses] of this.#uses) {
      if (!`${owner}/`.startsWith(beginning)) continue;
      for (const [what, use] of uses) if (what !== nothing && (after === undefined || `${owner}/${what}` > after)) found.push([`${owner}/${what}`, use]);
    }
    return found.sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, limit);
  }

  forget(id: string): void {
    this.#remove(id);
    if (this.#file) this.#forgotten.add(id);
  }

  findOf(owners: ReadonlySet<string>): ReadonlyMap<string, ReadonlyMap<string, LastUse>> {
    const found = new Map<string, Map<string, LastUse>>();
    for (const owner of owners) {
      const uses = new Map<string, LastUse>();
      for (const [id, use] of this.#file?.readOf(owner) ?? []) putNewer(uses, partsOf(id).what, use);
      for (const [what, use] of this.#uses.get(owner) ?? []) if (what !== nothing) putNewer(uses, what, use);
      if (uses.size > 0) found.set(owner, uses);
    }
    return found;
  }

  /** What cannot be written is kept for the next flush. */
  flush(): Promise<void> {
    this.#flushing ??= this.#flush().finally(() => { this.#flushing = undefined; });
    return this.#flushing;
  }

  async #flush(): Promise<void> {
    if (!this.#file) return;
    if (this.#forgotten.size > 0) {
      const forgotten = [...this.#forgotten];
      await this.#file.forget(forgotten);
      for (const id of forgotten) this.#forgotten.delete(id);
    }
    const uses: (readonly [id: string, use: LastUse])[] = [];
    for (const [owner, ofOwner] of this.#uses) for (const [what, use] of ofOwner) uses.push([what === nothing ? owner : `${owner}/${what}`, use]);
    for (let at = 0; at < uses.length; at += flushedMax) {
      const slice = uses.slice(at, at + flushedMax);
      await this.#file.write(slice);
      // A use that came meanwhile is flushed the next time.
      for (const [id, use] of slice) this.#remove(id, use);
    }
  }

  /** Removes what is marked, or only that very use. */
  #remove(id: string, only?: LastUse): void {
    const { owner, what } = partsOf(id);
    const uses = this.#uses.get(owner);
    if (!uses || (only && uses.get(what) !== only)) return;
    uses.delete(what);
    if (uses.size === 0) this.#uses.delete(owner);
  }
}

const nothing = '';

/** `OWNER/WHAT`; of an id without a slash nothing in particular. */
function partsOf(id: string): { readonly owner: string; readonly what: string } {
  const slash = id.indexOf('/');
  return slash < 0 ? { owner: id, what: nothing } : { owner: id.slice(0, slash), what: id.slice(slash + 1) };
}

function putNewer(uses: Map<string, LastUse>, what: string, use: LastUse): void {
  const known = uses.get(what);
  if (!known || known.at <= use.at) uses.set(what, use);
}

export const memoryLastUsed = (): LastUsed => new LastUsedMarks();
