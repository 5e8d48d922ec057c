/** A page of a list in key order, with keys behind a delimiter rolled up: reads only what it gives, and once for each common prefix. */
import type { Page, PageEntry, PageOptions } from './object-store.ts';

/** Keys from `from` on, and below `below`, as UTF-8. */
export interface Cursor { readonly from: Uint8Array; readonly below: Uint8Array }

/** An entry on its way; `item` is asked for only when it is given. */
export interface Listed<Item> { readonly key: string; readonly item: () => Item }

/** `items` gives what lies at a cursor, in order; `rest` what is still to come under the key `after` itself. */
export function pageOf<Item>({ prefix = '', delimiter, after, limit }: PageOptions, items: (cursor: Cursor) => Iterable<Listed<Item>>, rest: () => Iterable<Listed<Item>>): Page<Item> {
  const entries: PageEntry<Item>[] = [];
  const rolledUp = (key: string): string | undefined => commonPrefix(key, prefix, delimiter);
  for (const { key, item } of rest()) {
    if (!key.startsWith(prefix) || rolledUp(key) !== undefined) break;
    if (entries.length >= limit) return { entries, isTruncated: true };
    entries.push({ item: item() });
  }
  const below = behindAll(prefix);
  let from: Uint8Array | undefined = firstBehind(prefix, after, rolledUp);
  while (from) {
    let skipped: string | undefined;
    for (const { key, item } of items({ from, below })) {
      if (entries.length >= limit) return { entries, isTruncated: limit > 0 };
      skipped = rolledUp(key);
      entries.push(skipped === undefined ? { item: item() } : { commonPrefix: skipped });
      if (skipped !== undefined) break;
    }
    from = skipped === undefined ? undefined : behindAll(skipped);
  }
  return { entries, isTruncated: false };
}

/** What a key is rolled up to: all up to the first delimiter behind the prefix. Source: "Organizing objects using prefixes" (Amazon S3 User Guide). */
function commonPrefix(key: string, prefix: string, delimiter: string | undefined): string | undefined {
  if (delimiter === undefined || delimiter === '') return undefined;
  const at = key.indexOf(delimiter, prefix.length);
  return at < 0 ? undefined : key.slice(0, at + delimiter.length);
}

function firstBehind(prefix: string, after: string | undefined, rolledUp: (key: string) => string | undefined): Uint8Array {
  const start = Buffer.from(prefix);
  if (after === undefined) return start;
  // A marker that is itself an entry of the page before stands for all that was rolled up in it.
  const behind = after.startsWith(prefix) && rolledUp(after) === after ? behindAll(after) : Buffer.concat([Buffer.from(after), zero]);
  return Buffer.compare(start, behind) > 0 ? start : behind;
}

const zero = Uint8Array.of(0);

/** Above every key that begins with the prefix: no byte of UTF-8 is so high that one more is none. */
function behindAll(prefix: string): Uint8Array {
  if (prefix === '') return Uint8Array.of(0xff);
  const bytes = Buffer.from(prefix);
  bytes[bytes.length - 1]!++;
  return bytes;
}
