/** A table as a draft sees it: its own changes laid over the table it stands on, which stays as it is. */
import type { AnyDefinition, Layer } from './layer.ts';
import { readPage, sortKey } from './layer.ts';
import type { DraftTable, Page } from './table.ts';

/** What was done to the documents that share a listed value: those that came, and those of the layer below that no longer count. */
interface ListedChange { readonly added: Map<string, object>; readonly hidden: Set<string> }

export class OverlayTable implements Layer, DraftTable<object, string, string> {
  readonly definition: AnyDefinition;
  #below: Layer;
  /** By key: the document as it now is, null when it was removed. */
  readonly #changed = new Map<string, object | null>();
  readonly #unique = new Map<string, Map<string, object | null>>();
  readonly #lists = new Map<string, Map<string, ListedChange>>();
  #sizeChange = 0;
  #isClosed = false;

  constructor(below: Layer) {
    this.definition = below.definition;
    this.#below = below;
    for (const name of Object.keys(below.definition.unique)) this.#unique.set(name, new Map());
    for (const name of Object.keys(below.definition.lists)) this.#lists.set(name, new Map());
  }

  get changed(): ReadonlyMap<string, object | null> {
    return this.#changed;
  }

  get size(): number {
    return this.#below.size + this.#sizeChange;
  }

  find(key: string): object | undefined {
    const changed = this.#changed.get(key);
    return changed === undefined ? this.#below.find(key) : (changed ?? undefined);
  }

  findBy(index: string, value: string): object | undefined {
    const changed = this.#unique.get(index)!.get(value);
    return changed === undefined ? this.#below.findBy(index, value) : (changed ?? undefined);
  }

  listBy(index: string, value: string): readonly object[] {
    const below = this.#below.listBy(index, value);
    const change = this.#lists.get(index)!.get(value);
    if (change === undefined) return below;
    const kept = below.filter((doc) => !change.hidden.has(this.definition.key(doc)));
    const added = [...change.added].sort(byFirst).map(([, doc]) => doc);
    return [...merge(kept, added, this.definition.key)];
  }

  countBy(index: string, value: string): number {
    const below = this.#below.countBy(index, value);
    const change = this.#lists.get(index)!.get(value);
    return change === undefined ? below : below - change.hidden.size + change.added.size;
  }

  *valuesOf(index: string): Generator<string, undefined> {
    const changes = this.#lists.get(index)!;
    for (const value of this.#below.valuesOf(index)) if (!changes.has(value) || this.countBy(index, value) > 0) yield value;
    for (const value of changes.keys()) if (this.#below.countBy(index, value) === 0 && this.countBy(index, value) > 0) yield value;
    return undefined;
  }

  page(options: { readonly after?: string | undefined; readonly limit: number; readonly keep?: (doc: object) => boolean }): Page<object> {
    return readPage(this, options);
  }

  all(): Iterable<object> {
    return this.after(undefined);
  }

  after(position: string | undefined): Iterable<object> {
    if (this.#changed.size === 0) return this.#below.after(position);
    const own: [string, object][] = [];
    for (const doc of this.#changed.values()) {
      if (doc === null) continue;
      const key = sortKey(this.definition, doc);
      if (position === undefined || key > position) own.push([key, doc]);
    }
    return merge(this.#unchanged(position), own.sort(byFirst).map(([, doc]) => doc), (doc) => sortKey(this.definition, doc));
  }

  insert(doc: object): boolean {
    const key = this.definition.key(doc);
    if (this.find(key) !== undefined || this.#isTaken(doc, key)) return false;
    this.set(key, doc);
    return true;
  }

  update(doc: object): boolean {
    const key = this.definition.key(doc);
    if (this.find(key) === undefined) throw new Error(`an update of ${key}, which does not exist`);
    if (this.#isTaken(doc, key)) return false;
    this.set(key, doc);
    return true;
  }

  remove(key: string): boolean {
    if (this.find(key) === undefined) return false;
    this.set(key, null);
    return true;
  }

  /** Lays a change over what is there, unasked: `insert`, `update` and `remove` ask first. */
  set(key: string, doc: object | null): void {
    if (this.#isClosed) throw new Error('a draft was used after it had run');
    const before = this.find(key);
    const isFirstChange = !this.#changed.has(key);
    for (const [name, values] of this.#unique) this.#setUnique(values, this.definition.unique[name]!, before, doc);
    for (const [name, values] of this.#lists) this.#setListed(values, this.definition.lists[name]!, key, before, doc, isFirstChange);
    this.#sizeChange += (doc === null ? 0 : 1) - (before === undefined ? 0 : 1);
    // A document that came and went within the draft leaves nothing.
    if (doc === null && this.#below.find(key) === undefined) this.#changed.delete(key);
    else this.#changed.set(key, doc);
  }

  /** Moves it onto another layer that shows the same documents. */
  rest(below: Layer): void {
    this.#below = below;
  }

  /** What is kept of a draft after it has run cannot change anything any more. */
  close(): void {
    this.#isClosed = true;
  }

  #isTaken(doc: object, key: string): boolean {
    for (const name of this.#unique.keys()) {
      const value = this.definition.unique[name]!(doc);
      const other = value === undefined ? undefined : this.findBy(name, value);
      if (other !== undefined && this.definition.key(other) !== key) return true;
    }
    return false;
  }

  #setUnique(values: Map<string, object | null>, valueOf: (doc: object) => string | undefined, before: object | undefined, doc: object | null): void {
    const from = before === undefined ? undefined : valueOf(before);
    const to = doc === null ? undefined : valueOf(doc);
    // When changes are folded, another document may have taken the value already; then it keeps it.
    if (from !== undefined && from !== to && (values.get(from) === undefined || values.get(from) === before)) values.set(from, null);
    if (to !== undefined) values.set(to, doc);
  }

  #setListed(values: Map<string, ListedChange>, valueOf: (doc: object) => string | undefined, key: string, before: object | undefined, doc: object | null, isFirstChange: boolean): void {
    const from = before === undefined ? undefined : valueOf(before);
    const to = doc === null ? undefined : valueOf(doc);
    if (from !== undefined) {
      const change = listedChange(values, from);
      if (isFirstChange) change.hidden.add(key);
      else change.added.delete(key);
    }
    if (to !== undefined && doc !== null) listedChange(values, to).added.set(key, doc);
  }

  *#unchanged(position: string | undefined): Generator<object, undefined> {
    for (const doc of this.#below.after(position)) {
      if (!this.#changed.has(this.definition.key(doc))) yield doc;
    }
    return undefined;
  }
}

function listedChange(values: Map<string, ListedChange>, value: string): ListedChange {
  let change = values.get(value);
  if (change === undefined) {
    change = { added: new Map(), hidden: new Set() };
    values.set(value, change);
  }
  return change;
}

function byFirst(a: readonly [string, object], b: readonly [string, object]): number {
  return a[0] < b[0] ? -1 : 1;
}

/** Two runs of documents, each in order, as one. */
function* merge(left: Iterable<object>, right: readonly object[], keyOf: (doc: object) => string): Generator<object, undefined> {
  let r = 0;
  for (const doc of left) {
    const key = keyOf(doc);
    while (r < right.length && keyOf(right[r]!) < key) yield right[r++]!;
    yield doc;
  }
  while (r < right.length) yield right[r++]!;
  return undefined;
}
