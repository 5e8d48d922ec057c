/** The statements of a plan: those that are about one action, asked for the first that matches a request. */
import type { ArnPattern } from './patterns/arn-text.ts';
import type { Asked } from './asked.ts';
import type { EngineStatement } from './engine-policy.ts';
import type { MatchedStatement, PolicyLayer } from './types.ts';

export interface Row { readonly layer: PolicyLayer; readonly statement: EngineStatement; readonly matched: MatchedStatement }

export interface Rows {
  /** The first row that is about the caller, the resource and the context. */
  first(asked: Asked): Row | undefined;
}

/** Rows that are gone through. */
export class RowList implements Rows {
  readonly #rows: readonly Row[];

  constructor(rows: readonly Row[]) {
    this.#rows = rows;
  }

  first(asked: Asked): Row | undefined {
    for (const row of this.#rows) if (row.statement.names(asked) && row.statement.applies(asked)) return row;
    return undefined;
  }
}

/** A row that is about everything: what boundaries, session policies and levels of an organization most often begin with. */
export class OneRow implements Rows {
  readonly #row: Row;

  constructor(row: Row) {
    this.#row = row;
  }

  first(): Row {
    return this.#row;
  }
}

/** Rows by what the sixth part of their resources begins with; those that may match anything stand apart. A wildcard in an earlier part, such as the region, spoils nothing. */
export class RowTree implements Rows {
  readonly #anything: Entry[] = [];
  readonly #root = new Node('');
  /** Again those whose wildcards may take in colons, so that their sixth part may begin behind a colon of the resource that is not the fifth. */
  readonly #reaching = new Node('');

  constructor(rows: readonly Row[]) {
    for (const [order, row] of rows.entries()) {
      const { isNotResource, resources } = row.statement;
      if (isNotResource) this.#anything.push({ order, row, pattern: undefined });
      else for (const pattern of resources) this.#insert({ order, row, pattern }, pattern);
    }
  }

  #insert(entry: Entry, { resourceHead, isReaching }: ArnPattern): void {
    // What reaches and begins with anything would be asked behind every colon.
    if (resourceHead === undefined || (isReaching && resourceHead === '')) {
      this.#anything.push(entry);
      return;
    }
    this.#root.insert(resourceHead, entry);
    if (isReaching) this.#reaching.insert(resourceHead, entry);
  }

  first(asked: Asked): Row | undefined {
    let best = firstBefore(undefined, this.#anything, asked);
    const { text, ends } = asked.resource;
    if (ends.length === 0) return best?.row;
    best = firstAlong(this.#root, ends[4]! + 1, best, asked);
    if (this.#reaching.isLeaf) return best?.row;
    for (let colon = text.indexOf(':', ends[4]! + 1); colon >= 0; colon = text.indexOf(':', colon + 1)) best = firstAlong(this.#reaching, colon + 1, best, asked);
    return best?.row;
  }
}

/** The first entry that applies, if it stands before `best`, of those on the way that the resource leads from `from` on. */
function firstAlong(root: Node, from: number, best: Entry | undefined, asked: Asked): Entry | undefined {
  const { text } = asked.resource;
  let first = best;
  let at = from;
  for (let node: Node | undefined = root; node; node = node.childAt(text, at)) {
    at += node.label.length;
    first = firstBefore(first, node.entries, asked);
  }
  return first;
}

/** One pattern of one row; no pattern where the whole statement has to be asked. */
interface Entry { readonly order: number; readonly row: Row; readonly pattern: ArnPattern | undefined }

/** The first entry that applies, if it stands before `best`. */
function firstBefore(best: Entry | undefined, entries: readonly Entry[], asked: Asked): Entry | undefined {
  for (const entry of entries) {
    if (best && entry.order >= best.order) return best;
    if (applies(entry, asked)) return entry;
  }
  return best;
}

function applies({ row: { statement }, pattern }: Entry, asked: Asked): boolean {
  if (!statement.names(asked)) return false;
  if (!pattern) return statement.applies(asked);
  asked.budget.spend(1);
  return pattern.matches(asked.resource, asked.context, asked.budget) && statement.areConditionsMet(asked);
}

/** A node of the tree: `label` is what its texts have more than those of its parent. */
class Node {
  label: string;
  /** Those that begin with all labels down to here, in the order of their rows. */
  entries: Entry[] = [];
  /** What the labels of the children begin with, and the children. */
  #codes: number[] = [];
  #children: Node[] = [];

  constructor(label: string) {
    this.label = label;
  }

  get isLeaf(): boolean {
    return this.#children.length === 0;
  }

  /** The child whose label stands in `text` at `at`. */
  childAt(text: string, at: number): Node | undefined {
    const child = this.#children[this.#codes.indexOf(text.charCodeAt(at))];
    return child && (child.label.length === 1 || text.startsWith(child.label, at)) ? child : undefined;
  }

  /** Entries come in the order of their rows. */
  insert(rest: string, entry: Entry): void {
    if (rest === '') {
      this.entries.push(entry);
      return;
    }
    const child = this.#children[this.#codes.indexOf(rest.charCodeAt(0))];
    if (!child) {
      const leaf = new Node(rest);
      leaf.entries.push(entry);
      this.#codes.push(rest.charCodeAt(0));
      this.#children.push(leaf);
      return;
    }
    let shared = 1;
    while (shared < child.label.length && child.label[shared] === rest[shared]) shared++;
    if (shared < child.label.length) child.#split(shared);
    child.insert(rest.slice(shared), entry);
  }

  /** Keeps the first `length` characters and hands the rest, with all that hangs on it, to a child. */
  #split(length: number): void {
    const rest = new Node(this.label.slice(length));
    rest.entries = this.entries;
    rest.#codes = this.#codes;
    rest.#children = this.#children;
    this.label = this.label.slice(0, length);
    this.entries = [];
    this.#codes = [rest.label.charCodeAt(0)];
    this.#children = [rest];
  }
}
