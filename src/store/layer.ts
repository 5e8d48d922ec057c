/** What live tables and the drafts above them have in common, so that a draft can stand on either. */
import type { Page, TableDefinition, TableView } from './table.ts';

/** A table whose document type is not known here: documents are read only through the functions of its definition. */
export type AnyDefinition = TableDefinition<object, string, string>;

export interface Layer extends TableView<object, string, string> {
  readonly definition: AnyDefinition;
  /** The documents that follow a sort key, or all of them, in sort order. */
  after(position: string | undefined): Iterable<object>;
}

/** The key by which a document is paged. */
export function sortKey({ key, sort, unique }: AnyDefinition, doc: object): string {
  if (sort === undefined) return key(doc);
  // INVARIANT: every document has a value in the index that a table is sorted by.
  return typeof sort === 'string' ? unique[sort]!(doc)! : sort(doc);
}

/** One page of a layer. It reads one document further than it gives, to know whether more follow. */
export function readPage(layer: Layer, options: { readonly after?: string | undefined; readonly limit: number; readonly keep?: (doc: object) => boolean }): Page<object> {
  const docs: object[] = [];
  for (const doc of layer.after(options.after)) {
    if (options.keep !== undefined && !options.keep(doc)) continue;
    if (docs.length === options.limit) return { docs, next: docs.length === 0 ? undefined : sortKey(layer.definition, docs.at(-1)!) };
    docs.push(doc);
  }
  return { docs, next: undefined };
}
