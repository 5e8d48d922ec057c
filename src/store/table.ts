/** How a table of documents is described and read: its key, its unique and its list indexes, the order in which it is paged. */

/** A row of the table of tables. The functions are pure and total: they are run again at replay. */
export interface TableDefinition<Doc, Unique extends string = never, List extends string = never> {
  readonly key: (doc: Doc) => string;
  /** At most one document has each value; undefined where a document has none. */
  readonly unique: { readonly [Index in Unique]: (doc: Doc) => string | undefined };
  /** Any number of documents share a value. */
  readonly lists: { readonly [Index in List]: (doc: Doc) => string | undefined };
  /** What `page` sorts by, unique within the table: an index in which every document has a value, or a function; the key where it is left out. */
  readonly sort?: Unique | ((doc: Doc) => string);
}

export interface Page<Doc> {
  readonly docs: readonly Doc[];
  /** The sort key of the last document of the page when more follow, to be given as `after`. */
  readonly next: string | undefined;
}

export interface TableView<Doc, Unique extends string = never, List extends string = never> {
  readonly size: number;
  find(key: string): Doc | undefined;
  findBy(index: Unique, value: string): Doc | undefined;
  /** In order of key. The array is not to be kept across a write. */
  listBy(index: List, value: string): readonly Doc[];
  countBy(index: List, value: string): number;
  /** The values that documents have, each once, in no order. */
  valuesOf(index: List): Iterable<string>;
  /** The next `limit` documents in sort order after `after` that `keep` keeps. */
  page(options: { readonly after?: string | undefined; readonly limit: number; readonly keep?: (doc: Doc) => boolean }): Page<Doc>;
  /** Every document, in sort order. */
  all(): Iterable<Doc>;
}

export interface DraftTable<Doc, Unique extends string = never, List extends string = never> extends TableView<Doc, Unique, List> {
  /** False, and nothing done, when the key or a unique value is taken. */
  insert(doc: Doc): boolean;
  /** Replaces the document of the same key, which must exist. False, and nothing done, when another document has one of its unique values. */
  update(doc: Doc): boolean;
  /** False when there was none. */
  remove(key: string): boolean;
}

// Only inference of a definition's parameters needs `any` here.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type TableSet = { readonly [table: string]: TableDefinition<any, any, any> };

export type TableViews<Set extends TableSet> = { readonly [T in keyof Set]: Set[T] extends TableDefinition<infer Doc, infer Unique, infer List> ? TableView<Doc, Unique, List> : never };
export type DraftTables<Set extends TableSet> = { readonly [T in keyof Set]: Set[T] extends TableDefinition<infer Doc, infer Unique, infer List> ? DraftTable<Doc, Unique, List> : never };

/** Fixes the document type while the index names are inferred. */
export function table<Doc>() {
  return <const Unique extends string = never, const List extends string = never>(definition: TableDefinition<Doc, Unique, List>): TableDefinition<Doc, Unique, List> => definition;
}
