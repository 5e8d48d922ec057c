/** A set of tables with changes of its own laid over another: what is pending over what is durable, a draft over what is pending. */
import type { Change } from './entry.ts';
import { OverlayTable } from './draft-table.ts';
import type { Layer } from './layer.ts';

/** The tables that an overlay stands on. */
export interface Layers { table(name: string): Layer }

export class Overlay implements Layers {
  #below: Layers;
  readonly #tables = new Map<string, OverlayTable>();

  constructor(below: Layers) {
    this.#below = below;
  }

  table(name: string): OverlayTable {
    let table = this.#tables.get(name);
    if (table === undefined) {
      table = new OverlayTable(this.#below.table(name));
      this.#tables.set(name, table);
    }
    return table;
  }

  /** What differs from below, in the order in which it was first changed, table by table. */
  changes(): Change[] {
    const changes: Change[] = [];
    for (const [table, { changed }] of this.#tables) {
      // An edge: documents are made of JSON values by their types in tables.ts.
      for (const [key, value] of changed) changes.push({ table, key, value: value as Change['value'] });
    }
    return changes;
  }

  fold(changes: readonly Change[]): void {
    for (const { table, key, value } of changes) this.table(table).set(key, value);
  }

  /** Moves it onto other layers that show the same documents. */
  rest(below: Layers): void {
    this.#below = below;
    for (const [name, table] of this.#tables) table.rest(below.table(name));
  }

  close(): void {
    for (const table of this.#tables.values()) table.close();
  }
}
