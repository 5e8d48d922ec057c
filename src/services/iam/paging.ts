/** Lists in pages: MaxItems, Marker and IsTruncated, the same for every List operation of IAM. Source: "ListUsers" and its siblings (IAM API Reference). */
import type { Page } from '../../store/table.ts';

// A page goes on behind a position, not after so many items: what is there during a whole walk is met once, whatever comes and goes meanwhile.

/** What every paged operation takes. */
export interface PageRequest {
  readonly Marker?: string | undefined;
  readonly MaxItems?: number | undefined;
}

/** What every paged operation answers beside its list; Marker only when more follow. */
export interface PageEnd {
  readonly IsTruncated: boolean;
  readonly Marker?: string | undefined;
}

/** Turns positions into markers that only this caller and operation can use, and back (RunContext's `marker`). */
export interface MarkerSeal {
  seal(position: string): string;
  open(marker: string): string;
}

/** The number of items when MaxItems is not given. */
export const maxItemsDefault = 100;

interface Pageable<Doc> {
  readonly size: number;
  page(options: { readonly after?: string | undefined; readonly limit: number; readonly keep?: (doc: Doc) => boolean }): Page<Doc>;
}

/** An item, and its place in the order of the list: no two items of a list share one. */
interface Placed<Item> { readonly item: Item; readonly position: string }

/** A list as it is paged: the items that follow a position, or the first, in order, as many as are asked for. */
export type Listing<Item> = (after: string | undefined, limit: number) => readonly Placed<Item>[];

/** A page of a whole table, in its sort order. */
export function pageTable<Doc>(table: Pageable<Doc>, { Marker, MaxItems = maxItemsDefault }: PageRequest, marker: MarkerSeal, keep?: (doc: Doc) => boolean): { readonly docs: readonly Doc[]; readonly end: PageEnd } {
  const { docs, next } = table.page({ after: openMarker(Marker, marker), limit: MaxItems, ...(keep && { keep }) });
  return { docs, end: endOf(next, marker) };
}

/** A page of a short list, sorted by `positionOf`, which must differ from item to item. */
export function pageList<Item>(items: readonly Item[], positionOf: (item: Item) => string, request: PageRequest, marker: MarkerSeal): { readonly items: readonly Item[]; readonly end: PageEnd } {
  return pageListing(listingOf(items, positionOf), request, marker);
}

/** A page of any list. */
export function pageListing<Item>(listing: Listing<Item>, { Marker, MaxItems = maxItemsDefault }: PageRequest, marker: MarkerSeal): { readonly items: readonly Item[]; readonly end: PageEnd } {
  // One further than the page, to know whether more follow.
  const following = listing(openMarker(Marker, marker), MaxItems + 1);
  const page = following.slice(0, MaxItems);
  return { items: page.map(({ item }) => item), end: endOf(following.length > page.length ? page.at(-1)?.position : undefined, marker) };
}

/** A short list, sorted at each page. */
export function listingOf<Item>(items: readonly Item[], positionOf: (item: Item) => string): Listing<Item> {
  return (after, limit) => items
    .map((item): Placed<Item> => ({ item, position: positionOf(item) }))
    .filter(({ position }) => after === undefined || position > after)
    .sort((a, b) => (a.position < b.position ? -1 : 1))
    .slice(0, limit);
}

/** Documents of a table that somebody has, as many as there may be. */
export interface Selection<Doc> {
  /** How many there are, or somewhat more. */
  readonly count: number;
  /** All of them. Called when they are few. */
  readonly list: () => readonly Doc[];
  readonly has: (doc: Doc) => boolean;
}

/** Of a table with so many times as many documents, it is cheaper to sort the selected ones than to walk the table. */
const fewTimes = 16;

/** The selected documents of a table, in the table's own order: `positionOf` is what it is sorted by. */
export function selectionOf<Doc>(table: Pageable<Doc>, positionOf: (doc: Doc) => string, { count, list, has }: Selection<Doc>): Listing<Doc> {
  if (count * fewTimes < table.size) return (after, limit) => listingOf(list(), positionOf)(after, limit);
  return tableListing(table, positionOf, has);
}

/** Those documents of a table that `keep` keeps, in the table's own order: `positionOf` is what it is sorted by. */
export function tableListing<Doc>(table: Pageable<Doc>, positionOf: (doc: Doc) => string, keep: (doc: Doc) => boolean): Listing<Doc> {
  return (after, limit) => table.page({ after, limit, keep }).docs.map((doc) => ({ item: doc, position: positionOf(doc) }));
}

/** The same list of what each item stands for. */
export function listingAs<Item, Shown>(listing: Listing<Item>, show: (item: Item) => Shown): Listing<Shown> {
  return (after, limit) => listing(after, limit).map(({ item, position }) => ({ item: show(item), position }));
}

/** Lists one after the other, at most ten. A position is the list's place and the place in it. */
export function listingOfAll<Item>(listings: readonly Listing<Item>[]): Listing<Item> {
  return (after, limit) => {
    const first = after === undefined ? 0 : Number(after[0]);
    const items: Placed<Item>[] = [];
    for (let index = first; index < listings.length && items.length < limit; index++) {
      const own = listings[index]!(index === first ? after?.slice(2) : undefined, limit - items.length);
      for (const { item, position } of own) items.push({ item, position: `${index}/${position}` });
    }
    return items;
  };
}

function openMarker(Marker: string | undefined, marker: MarkerSeal): string | undefined {
  return Marker === undefined ? undefined : marker.open(Marker);
}

function endOf(next: string | undefined, marker: MarkerSeal): PageEnd {
  return next === undefined ? { IsTruncated: false } : { IsTruncated: true, Marker: marker.seal(next) };
}
