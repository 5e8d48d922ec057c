/** A table of what is durable: its documents by key, by each unique value, by each listed value, and in order. */
import type { AnyDefinition, Layer } from './layer.ts';
import { readPage, sortKey } from './layer.ts';
import { SortedList } from './sorted-list.ts';
import type { Page } from './table.ts';

/** A value that one document has costs no list of its own. */
type Listed = object | SortedList<object>;

/** What an index finds is put together at its first use: an account that is opened pays for what is asked of it, and memory holds no index that nobody reads. */
interface Index<Found> { readonly name: string; readonly valueOf: (doc: object) => string | undefined; found: Map<string, Found> | undefined }

/** What a table was opened with and nobody has asked for yet: the documents of its snapshot, and what became of some since. */
interface Unread { readonly chunks: (readonly object[])[]; readonly changes: Map<string, object | null>; docs: number }

const none: readonly object[] = [];

export class LiveTable implements Layer {
  readonly definition: AnyDefinition;
  /** Not to be read but by `#docs()`. */
  readonly #known = new Map<string, object>();
  #unread: Unread | undefined;
  // Arrays, for every put walks them; a table has a handful of indexes at most.
  readonly #unique: readonly Index<object>[];
  readonly #lists: readonly Index<Listed>[];
  #sorted: SortedList<object> | undefined;

  constructor(definition: AnyDefinition) {
    this.definition = definition;
    this.#unique = Object.entries(definition.unique).map(([name, valueOf]) => ({ name, valueOf, found: undefined }));
    this.#lists = Object.entries(definition.lists).map(([name, valueOf]) => ({ name, valueOf, found: undefined }));
  }

  get size(): number {
    return this.#docs().size;
  }

  /** About how many documents there are; asking changes nothing. */
  get roughSize(): number {
    return this.#known.size + (this.#unread ? this.#unread.docs + this.#unread.changes.size : 0);
  }

  find(key: string): object | undefined {
    return this.#docs().get(key);
  }

  findBy(index: string, value: string): object | undefined {
    return this.#uniqueDocs(index).get(value);
  }

  listBy(index: string, value: string): readonly object[] {
    const listed = this.#listedDocs(index).get(value);
    if (listed === undefined) return none;
    return listed instanceof SortedList ? listed.values() : [listed];
  }

  countBy(index: string, value: string): number {
    const listed = this.#listedDocs(index).get(value);
    if (listed === undefined) return 0;
    return listed instanceof SortedList ? listed.size : 1;
  }

  valuesOf(index: string): Iterable<string> {
    return this.#listedDocs(index).keys();
  }

  page(options: { readonly after?: string | undefined; readonly limit: number; readonly keep?: (doc: object) => boolean }): Page<object> {
    return readPage(this, options);
  }

  all(): Iterable<object> {
    return this.#inOrder().after();
  }

  after(position: string | undefined): Iterable<object> {
    return this.#inOrder().after(position);
  }

  /** Puts documents of a snapshot in: each is new, and nothing has been read yet. */
  load(docs: readonly object[]): void {
    this.#unread ??= { chunks: [], changes: new Map(), docs: 0 };
    this.#unread.chunks.push(docs);
    this.#unread.docs += docs.length;
  }

  /**
   * Puts together what the table finds documents by, `slice` documents a step: in a large table the first look would hold everybody else up.
   * Nothing may be put or deleted before the last step.
   */
  *prepare(slice: number): Generator<void, void> {
    const { key, sort } = this.definition;
    if (this.#unread) {
      for (const docs of this.#unread.chunks.splice(0)) {
        for (const doc of docs) this.#known.set(key(doc), doc);
        yield;
      }
    }
    const docs = this.#docs();
    const uniques = this.#unique.filter(({ found }) => found === undefined).map((index) => ({ index, found: new Map<string, object>() }));
    const lists = this.#lists.filter(({ found }) => found === undefined).map((index) => ({ index, found: new Map<string, Listed>() }));
    const sorted = this.#sorted === undefined ? new SortedList<object>() : undefined;
    // One index after the other, as few things at a time as can be.
    const steps: readonly ((docKey: string, doc: object) => void)[] = [
      ...uniques.map(({ index, found }) => (_: string, doc: object) => putUnique(found, index.valueOf(doc), doc)),
      ...lists.map(({ index, found }) => (docKey: string, doc: object) => this.#list(found, index.valueOf(doc), docKey, doc)),
      ...(sorted ? [(docKey: string, doc: object) => sorted.set(sort ? sort(doc) : docKey, doc)] : []),
    ];
    for (const step of steps) {
      let done = 0;
      for (const [docKey, doc] of docs) {
        step(docKey, doc);
        if (++done % slice === 0) yield;
      }
    }
    for (const { index, found } of uniques) index.found = found;
    for (const { index, found } of lists) index.found = found;
    this.#sorted ??= sorted;
  }

  /** Inserts the document, or replaces the one that has its key. */
  put(key: string, doc: object): void {
    if (this.#unread) {
      this.#unread.changes.set(key, doc);
      return;
    }
    const before = this.#known.get(key);
    if (before !== undefined) this.#unindex(key, before, doc);
    this.#known.set(key, doc);
    for (const { valueOf, found } of this.#unique) if (found) putUnique(found, valueOf(doc), doc);
    for (const { valueOf, found } of this.#lists) if (found) this.#list(found, valueOf(doc), key, doc);
    this.#sorted?.set(sortKey(this.definition, doc), doc);
  }

  delete(key: string): void {
    if (this.#unread) {
      this.#unread.changes.set(key, null);
      return;
    }
    const before = this.#known.get(key);
    if (before === undefined) return;
    this.#known.delete(key);
    this.#unindex(key, before, undefined);
  }

  /** The documents by key, put together when the first is asked for. */
  #docs(): ReadonlyMap<string, object> {
    if (this.#unread) {
      const { chunks, changes } = this.#unread;
      this.#unread = undefined;
      const { key } = this.definition;
      for (const docs of chunks) for (const doc of docs) this.#known.set(key(doc), doc);
      for (const [changed, doc] of changes) {
        if (doc) this.#known.set(changed, doc);
        else this.#known.delete(changed);
      }
    }
    return this.#known;
  }

  #uniqueDocs(name: string): Map<string, object> {
    const index = named(this.#unique, name);
    if (index.found === undefined) {
      index.found = new Map();
      for (const doc of this.#docs().values()) putUnique(index.found, index.valueOf(doc), doc);
    }
    return index.found;
  }

  #listedDocs(name: string): Map<string, Listed> {
    const index = named(this.#lists, name);
    if (index.found === undefined) {
      index.found = new Map();
      for (const [key, doc] of this.#docs()) this.#list(index.found, index.valueOf(doc), key, doc);
    }
    return index.found;
  }

  #inOrder(): SortedList<object> {
    // A snapshot's documents came in order, and are appended one after the other.
    if (this.#sorted === undefined) {
      this.#sorted = new SortedList();
      for (const doc of this.#docs().values()) this.#sorted.set(sortKey(this.definition, doc), doc);
    }
    return this.#sorted;
  }

  /** Takes a document out of the indexes, but for those in which its successor will replace it. */
  #unindex(key: string, before: object, next: object | undefined): void {
    for (const { valueOf, found } of this.#unique) {
      const value = valueOf(before);
      // Within one entry another document may have taken the value already; then it keeps it.
      if (found && value !== undefined && found.get(value) === before && (next === undefined || valueOf(next) !== value)) found.delete(value);
    }
    for (const { valueOf, found } of this.#lists) {
      const value = valueOf(before);
      if (found && value !== undefined && (next === undefined || valueOf(next) !== value)) unlist(found, value, key, before);
    }
    const sorted = sortKey(this.definition, before);
    if (next === undefined || sortKey(this.definition, next) !== sorted) this.#sorted?.delete(sorted, before);
  }

  #list(found: Map<string, Listed>, value: string | undefined, key: string, doc: object): void {
    if (value === undefined) return;
    const listed = found.get(value);
    if (listed instanceof SortedList) {
      listed.set(key, doc);
      return;
    }
    const otherKey = listed === undefined ? key : this.definition.key(listed);
    if (listed === undefined || otherKey === key) {
      found.set(value, doc);
      return;
    }
    const list = new SortedList<object>();
    list.set(otherKey, listed);
    list.set(key, doc);
    found.set(value, list);
  }
}

/** INVARIANT: the types of the views let nothing but the names of a table's own indexes through. */
function named<Found>(indexes: readonly Index<Found>[], name: string): Index<Found> {
  for (const index of indexes) if (index.name === name) return index;
  throw new Error(`there is no index ${name}`);
}

function putUnique(found: Map<string, object>, value: string | undefined, doc: object): void {
  if (value !== undefined) found.set(value, doc);
}

function unlist(found: Map<string, Listed>, value: string, key: string, before: object): void {
  const listed = found.get(value);
  if (listed instanceof SortedList) {
    listed.delete(key, before);
    if (listed.size === 0) found.delete(value);
  } else if (listed !== undefined) {
    found.delete(value);
  }
}
