/** What a metadata service holds: directories of values, each made when it is asked for. */

export interface Value {
  readonly kind: 'value';
  /** Undefined where there turns out to be none. */
  readonly content: () => string | Uint8Array | undefined | Promise<string | Uint8Array | undefined>;
}

export interface Directory {
  readonly kind: 'directory';
  readonly entries: () => Readonly<Record<string, Entry | undefined>>;
  /** Its lines, where they are other than its entries' names. */
  readonly lines?: () => readonly string[];
}

export type Entry = Value | Directory;

export const value = (content: Value['content']): Value => ({ kind: 'value', content });
/** A text that is there; none where it is undefined. */
export const text = (content: string | undefined): Value | undefined => (content === undefined ? undefined : value(() => content));
export const directory = (entries: Directory['entries'], lines?: Directory['lines']): Directory => ({ kind: 'directory', entries, ...(lines && { lines }) });

/** What stands at a path; undefined where nothing does. */
export function find(from: Directory, names: readonly string[]): Entry | undefined {
  let entry: Entry | undefined = from;
  for (const name of names) {
    if (entry?.kind !== 'directory') return undefined;
    const entries: Readonly<Record<string, Entry | undefined>> = entry.entries();
    entry = Object.hasOwn(entries, name) ? entries[name] : undefined;
  }
  return entry;
}

/** The names in a directory, one a line, without an end of line after the last; undefined where it is empty. */
export function listing({ entries, lines }: Directory): string | undefined {
  const names = lines?.() ?? Object.entries(entries()).flatMap(([name, entry]) => (entry === undefined ? [] : [entry.kind === 'directory' ? `${name}/` : name]));
  return names.length === 0 ? undefined : [...names].sort().join('\n');
}
