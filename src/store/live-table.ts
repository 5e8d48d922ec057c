/** A table of what is durable: its documents by key, by each unique value, by each listed value, and in order. */
import type { AnyDefinition, Layer } from './layer.ts';
import { readPage, sortKey } from './layer.ts';
import { SortedList } from './sorted-list.ts';
import type { Page } from './table.ts';

/** A value that one document has costs no list of its own. */
type Listed = object | SortedList<object>;

interface UniqueIndex { readonly valueOf: (doc: object) => string | undefined; readonly docs: Map<string, object> }
interface ListIndex { readonly valueOf: (doc: object) => string | undefined; readonly docs: Map<string, Listed> }

const none: readonly object[] = [];

export class LiveTable implements Layer {
  readonly definition: AnyDefinition;
  readonly #docs = new Map<string, object>();
  readonly #unique = new Map<string, UniqueIndex>();
  readonly #lists = new Map<string, ListIndex>();
  readonly #sorted = new SortedList<object>();

  constructor(definition: AnyDefinition) {
    this.definition = definition;
    for (const [name, valueOf] of Object.entries(definition.unique)) this.#unique.set(name, { valueOf, docs: new Map() });
    for (const [name, valueOf] of Object.entries(definition.lists)) this.#lists.set(name, { valueOf, docs: new Map() });
  }

  get size(): number {
    return this.#docs.size;
  }

  find(key: string): object | undefined {
    return this.#docs.get(key);
  }

  findBy(index: string, value: string): object | undefined {
    return this.#unique.get(index)!.docs.get(value);
  }

  listBy(index: string, value: string): readonly object[] {
    const listed = this.#lists.get(index)!.docs.get(value);
    if (listed === undefined) return none;
    return listed instanceof SortedList ? listed.values() : [listed];
  }

  countBy(index: string, value: string): number {
    const listed = this.#lists.get(index)!.docs.get(value);
    if (listed === undefined) return 0;
    return listed instanceof SortedList ? listed.size : 1;
  }

  page(options: { readonly after?: string | undefined; readonly limit: number; readonly keep?: (doc: object) => boolean }): Page<object> {
    return readPage(this, options);
  }

  all(): Iterable<object> {
    return this.#sorted.after();
  }

  after(position: string | undefined): Iterable<object> {
    return this.#sorted.after(position);
  }

  /** Every document in sort order, as an array of its own that later changes do not touch. */
  copy(): readonly object[] {
    return [...this.#sorted.values()];
  }

  /** Inserts the document, or replaces the one that has its key. */
  put(key: string, doc: object): void {
    const before = this.#docs.get(key);
    if (before !== undefined) this.#unindex(key, before, doc);
    this.#docs.set(key, doc);
    for (const { valueOf, docs } of this.#unique.values()) {
      const value = valueOf(doc);
      if (value !== undefined) docs.set(value, doc);
    }
    for (const { valueOf, docs } of this.#lists.values()) {
      const value = valueOf(doc);
      if (value !== undefined) this.#list(docs, value, key, doc);
    }
    this.#sorted.set(this.definition.sort === undefined ? key : this.definition.sort(doc), doc);
  }

  delete(key: string): void {
    const before = this.#docs.get(key);
    if (before === undefined) return;
    this.#docs.delete(key);
    this.#unindex(key, before, undefined);
  }

  /** Takes a document out of the indexes, but for those in which its successor will replace it. */
  #unindex(key: string, before: object, next: object | undefined): void {
    for (const { valueOf, docs } of this.#unique.values()) {
      const value = valueOf(before);
      // Within one entry another document may have taken the value already; then it keeps it.
      if (value !== undefined && docs.get(value) === before && (next === undefined || valueOf(next) !== value)) docs.delete(value);
    }
    for (const { valueOf, docs } of this.#lists.values()) {
      const value = valueOf(before);
      if (value !== undefined && (next === undefined || valueOf(next) !== value)) this.#unlist(docs, value, key, before);
    }
    const sorted = sortKey(this.definition, before);
    if (next === undefined || sortKey(this.definition, next) !== sorted) this.#sorted.delete(sorted, before);
  }

  #list(docs: Map<string, Listed>, value: string, key: string, doc: object): void {
    const listed = docs.get(value);
    if (listed instanceof SortedList) {
      listed.set(key, doc);
      return;
    }
    const otherKey = listed === undefined ? key : this.definition.key(listed);
    if (listed === undefined || otherKey === key) {
      docs.set(value, doc);
      return;
    }
    const list = new SortedList<object>();
    list.set(otherKey, listed);
    list.set(key, doc);
    docs.set(value, list);
  }

  #unlist(docs: Map<string, Listed>, value: string, key: string, before: object): void {
    const listed = docs.get(value);
    if (listed instanceof SortedList) {
      listed.delete(key, before);
      if (listed.size === 0) docs.delete(value);
    } else if (listed !== undefined) {
      docs.delete(value);
    }
  }
}
