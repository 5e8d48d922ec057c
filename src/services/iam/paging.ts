/** Lists in pages: MaxItems, Marker and IsTruncated, the same for every List operation of IAM. Source: "ListUsers" and its siblings (IAM API Reference). */
import type { Page } from '../../store/table.ts';

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
  page(options: { readonly after?: string | undefined; readonly limit: number; readonly keep?: (doc: Doc) => boolean }): Page<Doc>;
}

/** A page of a whole table, in its sort order. */
export function pageTable<Doc>(table: Pageable<Doc>, { Marker, MaxItems = maxItemsDefault }: PageRequest, marker: MarkerSeal, keep?: (doc: Doc) => boolean): { readonly docs: readonly Doc[]; readonly end: PageEnd } {
  const { docs, next } = table.page({ after: openMarker(Marker, marker), limit: MaxItems, ...(keep && { keep }) });
  return { docs, end: endOf(next, marker) };
}

/** A page of a short list, sorted by `positionOf`, which must differ from item to item. */
export function pageList<Item>(items: readonly Item[], positionOf: (item: Item) => string, { Marker, MaxItems = maxItemsDefault }: PageRequest, marker: MarkerSeal): { readonly items: readonly Item[]; readonly end: PageEnd } {
  const after = openMarker(Marker, marker);
  const following = items
    .map((item) => ({ item, position: positionOf(item) }))
    .filter(({ position }) => after === undefined || position > after)
    .sort((a, b) => (a.position < b.position ? -1 : 1));
  const page = following.slice(0, MaxItems);
  return { items: page.map(({ item }) => item), end: endOf(following.length > page.length ? page.at(-1)?.position : undefined, marker) };
}

function openMarker(Marker: string | undefined, marker: MarkerSeal): string | undefined {
  return Marker === undefined ? undefined : marker.open(Marker);
}

function endOf(next: string | undefined, marker: MarkerSeal): PageEnd {
  return next === undefined ? { IsTruncated: false } : { IsTruncated: true, Marker: marker.seal(next) };
}
