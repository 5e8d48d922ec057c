/** Lists in pages: nextToken alone says where the next begins. */
import { ApiError } from '../../base/api-error.ts';
import type { Raise } from '../../base/api-error.ts';
import type { RunContext } from '../operation.ts';

interface PageOptions { readonly nextToken: string | undefined; readonly limit: number; readonly isDescending?: boolean }

/** What a page needs of its operation. */
interface Paging { readonly marker: RunContext<never>['marker']; readonly error: Raise<'InvalidContinuationTokenException'> }

/** Items in the order of their sort keys, which must differ; behind the one that the token names. */
export function pageAfter<Item>(items: readonly Item[], sortKey: (item: Item) => string, { nextToken, limit, isDescending = false }: PageOptions, paging: Paging): { readonly items: readonly Item[]; readonly end: { readonly nextToken?: string } } {
  const after = nextToken === undefined ? undefined : openToken(nextToken, paging);
  const isBehind = (key: string): boolean => after === undefined || (isDescending ? key < after : key > after);
  const sorted = items.map((item) => ({ item, key: sortKey(item) })).filter(({ key }) => isBehind(key)).sort((a, b) => (a.key < b.key ? -1 : 1) * (isDescending ? -1 : 1));
  const page = sorted.slice(0, limit);
  return { items: page.map(({ item }) => item), end: sorted.length > page.length ? { nextToken: paging.marker.seal(page.at(-1)!.key) } : {} };
}

function openToken(token: string, { marker, error }: Paging): string {
  try {
    return marker.open(token);
  } catch (cause) {
    if (cause instanceof ApiError) throw error('InvalidContinuationTokenException', 'The specified continuation token is not valid.', { cause });
    throw cause;
  }
}
