/** A table of what is durable: its documents in order, by key, by each unique value and by each listed value. */
import type { AnyDefinition, Layer } from './layer.ts';
import { readPage, sortKey } from './layer.ts';
import { SortedList } from './sorted-list.ts';
import type { Page } from './table.ts';

/** A value that one document has costs no list of its own. */
type Listed = object | SortedList<object>;

/** What an index finds is put together at its first use: an account that is opened pays for what is asked of it, and memory holds no index that nobody reads. */
interface Index<Found> { readonly name: string; readonly valueOf: (doc: object) => string | undefined; found: Map<string, Found> | undefined }

/** What a table was opened with and nobody has asked for yet: the documents of its snapshot as texts, and what became of some since. */
interface Unread { readonly texts: string[]; readonly changes: Map<string, object | null>; characters: number }

/** What a snapshot keeps of a table: texts of documents, or documents. */
export type Contents = { readonly texts: readonly string[] } | { readonly docs: readonly object[] };

/** About what a document is as text: most tables hold shorter ones, some far longer ones. */
const charactersPerDoc = 192;

const none: readonly object[] = [];

export class LiveTable implements Layer {
  readonly definition: AnyDefinition;
  /** The documents. What a table is sorted by is an index that costs nothing. Not to be read but by `#docs()`. */
  readonly #sorted = new SortedList<object>();
  #unread: Unread | undefined;
  /** Of a table that is not sorted by key. */
  readonly #keys: Index<object> | undefined;
  // Arrays, for every put walks them; a table has a handful of indexes at most.
  readonly #unique: readonly Index<object>[];
  readonly #lists: readonly Index<Listed>[];

  constructor(definition: AnyDefinition) {
    this.definition = definition;
    const { key, sort, unique, lists } = definition;
    this.#keys = sort === undefined ? undefined : { name: 'key', valueOf: key, found: undefined };
    this.#unique = Object.entries(unique).flatMap(([name, valueOf]) => (name === sort ? [] : [{ name, valueOf, found: undefined }]));
    this.#lists = Object.entries(lists).map(([name, valueOf]) => ({ name, valueOf, found: undefined }));
  }

  get size(): number {
    return this.#docs().size;
  }

  /** About how many documents there are; asking changes nothing. */
  get roughSize(): number {
    return this.#sorted.size + (this.#unread ? Math.ceil(this.#unread.characters / charactersPerDoc) + this.#unread.changes.size : 0);
  }

  find(key: string): object | undefined {
    return this.#keys ? this.#uniqueDocs(this.#keys).get(key) : this.#docs().get(key);
  }

  findBy(index: string, value: string): object | undefined {
    return index === this.definition.sort ? this.#docs().get(value) : this.#uniqueDocs(named(this.#unique, index)).get(value);
  }

  listBy(index: string, value: string): readonly object[] {
    const listed = this.#listedDocs(named(this.#lists, index)).get(value);
    if (listed === undefined) return none;
    return listed instanceof SortedList ? listed.values() : [listed];
  }

  countBy(index: string, value: string): number {
    const listed = this.#listedDocs(named(this.#lists, index)).get(value);
    if (listed === undefined) return 0;
    return listed instanceof SortedList ? listed.size : 1;
  }

  valuesOf(index: string): Iterable<string> {
    return this.#listedDocs(named(this.#lists, index)).keys();
  }

  page(options: { readonly after?: string | undefined; readonly limit: number; readonly keep?: (doc: object) => boolean }): Page<object> {
    return readPage(this, options);
  }

  all(): Iterable<object> {
    return this.#docs().after();
  }

  after(position: string | undefined): Iterable<object> {
    return this.#docs().after(position);
  }

  /** What a snapshot of it holds, in order. Documents that nobody asked for go as the texts that they came as. */
  contents(): Contents {
    if (this.#unread?.changes.size === 0) return { texts: [...this.#unread.texts] };
    return { docs: [...this.all()] };
  }

  /** Puts documents of a snapshot in, a JSON array of them: each is new, and nothing has been read yet. */
  load(text: string): void {
    this.#unread ??= { texts: [], changes: new Map(), characters: 0 };
    this.#unread.texts.push(text);
    this.#unread.characters += text.length;
  }

  /**
   * Reads the documents and, where it is told so, puts together what the table finds them by, about `slice` documents a step: in a large table the first look would hold everybody else up.
   * Nothing may be put or deleted before the last step.
   */
  *prepare({ slice, hasIndexes }: { readonly slice: number; readonly hasIndexes: boolean }): Generator<undefined, undefined> {
    if (!this.#unread) return undefined;
    const { texts, changes } = this.#unread;
    this.#unread = undefined;
    // While a text's documents are at hand all is done with them. The loops are in functions of their own, which are compiled while they run; a generator is not.
    if (hasIndexes) for (const index of this.#indexes()) index.found = new Map();
    for (const text of texts) {
      const docs = this.#read(text);
      if (hasIndexes) this.#index(docs);
      yield;
    }
    const rest = changes.entries();
    while (this.#change(rest, slice)) yield;
    return undefined;
  }

  /** Inserts the document, or replaces the one that has its key. */
  put(key: string, doc: object): void {
    if (this.#unread) {
      this.#unread.changes.set(key, doc);
      return;
    }
    const before = this.find(key);
    if (before !== undefined) this.#unindex(key, before, doc);
    this.#sorted.set(sortKey(this.definition, doc), doc);
    this.#keys?.found?.set(key, doc);
    for (const { valueOf, found } of this.#unique) if (found) putUnique(found, valueOf(doc), doc);
    for (const { valueOf, found } of this.#lists) if (found) this.#list(found, valueOf(doc), key, doc);
  }

  delete(key: string): void {
    if (this.#unread) {
      this.#unread.changes.set(key, null);
      return;
    }
    const before = this.find(key);
    if (before === undefined) return;
    this.#unindex(key, before, undefined);
    this.#keys?.found?.delete(key);
  }

  /** The documents, read when the first is asked for. */
  #docs(): SortedList<object> {
    if (this.#unread) {
      const { texts, changes } = this.#unread;
      this.#unread = undefined;
      for (const text of texts) this.#read(text);
      this.#change(changes.entries(), changes.size);
    }
    return this.#sorted;
  }

  #read(text: string): readonly object[] {
    // An edge: a snapshot's texts are what was made of the table's own documents.
    const docs = JSON.parse(text) as object[];
    const keys = docs.map((doc) => sortKey(this.definition, doc));
    // They came in order, unless a snapshot is older than what the table is sorted by.
    if (!this.#sorted.append(keys, docs)) for (const [i, doc] of docs.entries()) this.#sorted.set(keys[i]!, doc);
    return docs;
  }

  /** Makes the next changes, at most so many; false when there are no more. */
  #change(changes: Iterator<[string, object | null]>, most: number): boolean {
    for (let done = 0; done < most; done++) {
      const next = changes.next();
      if (next.done === true) return false;
      const [key, doc] = next.value;
      if (doc) this.put(key, doc);
      else this.delete(key);
    }
    return true;
  }

  #indexes(): readonly { found: Map<string, object> | undefined }[] {
    return [...(this.#keys ? [this.#keys] : []), ...this.#unique, ...this.#lists];
  }

  /** Puts documents that are new into every index. */
  #index(docs: readonly object[]): void {
    if (this.#keys) indexUnique(this.#keys, docs);
    for (const index of this.#unique) indexUnique(index, docs);
    for (const index of this.#lists) this.#indexList(index, docs);
  }

  #uniqueDocs(index: Index<object>): Map<string, object> {
    if (index.found === undefined) {
      const docs = this.#docs();
      // Reading may have made changes, for which the documents before them were looked up.
      if (index.found === undefined) {
        index.found = new Map();
        for (const part of docs.parts()) indexUnique(index, part);
      }
    }
    return index.found;
  }

  #listedDocs(index: Index<Listed>): Map<string, Listed> {
    if (index.found === undefined) {
      const docs = this.#docs();
      index.found = new Map();
      for (const part of docs.parts()) this.#indexList(index, part);
    }
    return index.found;
  }

  #indexList({ valueOf, found }: Index<Listed>, docs: readonly object[]): void {
    const { key } = this.definition;
    for (const doc of docs) {
      const value = valueOf(doc);
      if (value !== undefined) this.#list(found!, value, key(doc), doc);
    }
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
    if (next === undefined || sortKey(this.definition, next) !== sorted) this.#sorted.delete(sorted, before);
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

function indexUnique({ valueOf, found }: Index<object>, docs: readonly object[]): void {
  for (const doc of docs) putUnique(found!, valueOf(doc), doc);
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
