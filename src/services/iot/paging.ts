/** Lists in pages: by marker and pageSize, or by nextToken and maxResults. Both are base64, as the model has them. */
import type { Raise } from '../../base/api-error.ts';
import type { RunContext } from '../operation.ts';
import { iotLimits } from './limits.ts';

type Paging = Pick<RunContext<never>, 'marker'> & { readonly error: Raise<never> };

interface Page<Item> { readonly items: readonly Item[]; readonly next: string | undefined }

interface PageRequest { readonly after: string | undefined; readonly limit: number; readonly isDescending?: boolean }

function pageOf<Item>(items: readonly Item[], keyOf: (item: Item) => string, { after, limit, isDescending = false }: PageRequest, { marker }: Paging): Page<Item> {
  const position = after === undefined ? undefined : marker.open(Buffer.from(after, 'base64').toString('latin1'));
  const isBehind = (key: string): boolean => position === undefined || (isDescending ? key < position : key > position);
  const sorted = items.map((item) => ({ item, key: keyOf(item) })).filter(({ key }) => isBehind(key)).sort((a, b) => (a.key < b.key ? -1 : 1) * (isDescending ? -1 : 1));
  const page = sorted.slice(0, limit);
  return { items: page.map(({ item }) => item), next: sorted.length > page.length ? Buffer.from(marker.seal(page.at(-1)!.key), 'latin1').toString('base64') : undefined };
}

/** A page by marker. */
export function markedPage<Item>(items: readonly Item[], keyOf: (item: Item) => string, { marker, pageSize = iotLimits.pageSizeDefault, ascendingOrder = true }: { readonly marker?: string | undefined; readonly pageSize?: number | undefined; readonly ascendingOrder?: boolean | undefined }, context: Paging): { readonly items: readonly Item[]; readonly end: { readonly nextMarker?: string } } {
  const { items: page, next } = pageOf(items, keyOf, { after: marker, limit: pageSize, isDescending: !ascendingOrder }, context);
  return { items: page, end: next === undefined ? {} : { nextMarker: next } };
}

/** A page by token. */
export function tokenPage<Item>(items: readonly Item[], keyOf: (item: Item) => string, { nextToken, maxResults = iotLimits.resultsDefault }: { readonly nextToken?: string | undefined; readonly maxResults?: number | undefined }, context: Paging): { readonly items: readonly Item[]; readonly end: { readonly nextToken?: string } } {
  const { items: page, next } = pageOf(items, keyOf, { after: nextToken, limit: maxResults }, context);
  return { items: page, end: next === undefined ? {} : { nextToken: next } };
}

/** What was made when, and then by its id: the order of most lists. */
export const byDate = (at: number, id: string): string => `${String(at).padStart(15, '0')} ${id}`;
