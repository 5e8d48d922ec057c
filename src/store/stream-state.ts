/** The state of one stream: its tables as of one revision, folded from its entries. */
import { headOf } from './entry.ts';
import type { Change, Entry } from './entry.ts';
import { JournalDamaged } from './journal.ts';
import type { Head } from './journal.ts';
import type { AnyDefinition, Layer } from './layer.ts';
import type { StoreLimits } from './limits.ts';
import { LiveTable } from './live-table.ts';
import type { TableSet } from './table.ts';

export class StreamState {
  readonly stream: string;
  /** The table set's own object: what the views show. */
  readonly tables: ReadonlyMap<string, LiveTable>;
  #head: Head;

  constructor(stream: string, definitions: TableSet) {
    this.stream = stream;
    this.#head = { stream, revision: 0, id: '' };
    // An edge: the set's document types end here; LiveTable reads documents only through their own definition.
    this.tables = new Map(Object.entries(definitions).map(([name, definition]) => [name, new LiveTable(definition as AnyDefinition)]));
  }

  get revision(): number {
    return this.#head.revision;
  }

  get head(): Head {
    return this.#head;
  }

  /** About how many documents there are. */
  get docs(): number {
    let docs = 0;
    for (const table of this.tables.values()) docs += table.roughSize;
    return docs;
  }

  table(name: string): Layer {
    return this.#table(name);
  }

  /** Puts documents of a snapshot in, a JSON array of them. `atHead` makes it complete. */
  load(table: string, docs: string): void {
    this.#table(table).load(docs);
  }

  /** Prepares the large tables, and reads as many others as must not be left to the first requests, as far as one step goes; ends when all is done. */
  *prepare({ preparedDocsMin, unreadDocsMax, sliceDocs }: Pick<StoreLimits, 'preparedDocsMin' | 'unreadDocsMax' | 'sliceDocs'>): Generator<undefined, undefined> {
    let unread = this.docs;
    for (const table of [...this.tables.values()].sort((a, b) => b.roughSize - a.roughSize)) {
      if (unread <= unreadDocsMax) return undefined;
      unread -= table.roughSize;
      yield* table.prepare({ slice: sliceDocs, hasIndexes: table.roughSize >= preparedDocsMin });
    }
    return undefined;
  }

  atHead(head: Head): void {
    this.#head = head;
  }

  /** Folds the next entry in. INVARIANT: entries are folded in order, each once. */
  apply(entry: Entry): void {
    if (entry.revision !== this.revision + 1) throw new JournalDamaged(`stream ${this.stream}: revision ${entry.revision} came after ${this.revision}`);
    for (const change of entry.changes) this.#change(change);
    this.#head = headOf(entry);
  }

  #change({ table, key, value }: Change): void {
    const live = this.#table(table);
    if (value === null) live.delete(key);
    else live.put(key, value);
  }

  #table(name: string): LiveTable {
    const table = this.tables.get(name);
    if (table === undefined) throw new JournalDamaged(`stream ${this.stream}: there is no table ${name}`);
    return table;
  }
}
