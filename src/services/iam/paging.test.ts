/** Tests of paging: every item once, in order, whatever the page size. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { listingOf, listingOfAll, pageList, pageListing, pageTable, selectionOf, type MarkerSeal, type PageEnd, type PageRequest } from './paging.ts';

const marker: MarkerSeal = { seal: (position) => `sealed:${position}`, open: (text) => text.slice('sealed:'.length) };

/** All the pages, from the first to the one that is not truncated. */
function follow<Item>(page: (request: PageRequest) => { readonly items: readonly Item[]; readonly end: PageEnd }, MaxItems: number): Item[][] {
  const pages: Item[][] = [];
  let Marker: string | undefined;
  do {
    const { items, end } = page({ MaxItems, Marker });
    pages.push([...items]);
    assert.equal(end.IsTruncated, end.Marker !== undefined);
    ({ Marker } = end);
  } while (Marker !== undefined);
  return pages;
}

test('a list is paged through in order, each item once, no page longer than asked for', () => {
  fc.assert(fc.property(fc.uniqueArray(fc.string({ maxLength: 8 }), { maxLength: 40 }), fc.integer({ min: 1, max: 12 }), (items, size) => {
    const pages = follow((request) => pageList(items, (item) => item, request, marker), size);
    assert.deepEqual(pages.flat(), [...items].sort((a, b) => (a < b ? -1 : 1)));
    assert.ok(pages.every((page) => page.length <= size));
    assert.equal(pages.length, Math.max(1, Math.ceil(items.length / size)));
  }));
});

test('without MaxItems a page has a hundred items', () => {
  const { items, end } = pageList(Array.from({ length: 101 }, (_, i) => String(i).padStart(3, '0')), (item) => item, {}, marker);
  assert.equal(items.length, 100);
  assert.deepEqual(end, { IsTruncated: true, Marker: 'sealed:099' });
});

test('a page goes on behind the marker when the item it names is gone', () => {
  const { items } = pageList(['a', 'c', 'd'], (item) => item, { Marker: 'sealed:b' }, marker);
  assert.deepEqual(items, ['c', 'd']);
});

test('a page of a table passes the opened marker, the limit and the filter on, and seals the next position', () => {
  const asked: unknown[] = [];
  const keep = (doc: string): boolean => doc !== 'x';
  const table = { size: 2, page: (options: object) => { asked.push(options); return { docs: ['b'], next: 'b' }; } };
  assert.deepEqual(pageTable(table, { Marker: 'sealed:a', MaxItems: 7 }, marker, keep), { docs: ['b'], end: { IsTruncated: true, Marker: 'sealed:b' } });
  assert.deepEqual(asked, [{ after: 'a', limit: 7, keep }]);
});

/** A sorted table of texts, as it is paged. */
const tableOf = (texts: readonly string[]) => ({
  size: texts.length,
  page({ after, limit, keep = () => true }: { readonly after?: string | undefined; readonly limit: number; readonly keep?: (text: string) => boolean }) {
    const following = texts.filter((text) => (after === undefined || text > after) && keep(text)).sort((a, b) => (a < b ? -1 : 1));
    const docs = following.slice(0, limit);
    return { docs, next: following.length > limit ? docs.at(-1) : undefined };
  },
});

test('what is selected of a table is paged alike whether it is sorted or the table is walked, alone and behind other lists', () => {
  const texts = fc.uniqueArray(fc.string({ maxLength: 6 }), { maxLength: 60 });
  fc.assert(fc.property(texts, fc.func(fc.boolean()), texts, fc.integer({ min: 1, max: 9 }), (all, has, others, size) => {
    const selected = all.filter((text) => has(text));
    const ways = [0, all.length].map((count) => selectionOf(tableOf(all), (text) => text, { count, list: () => selected, has }));
    for (const way of ways) {
      const behind = listingOfAll([listingOf(others, (text) => text), way, listingOf([], (text: string) => text)]);
      assert.deepEqual(follow((request) => pageListing(way, request, marker), size).flat(), [...selected].sort((a, b) => (a < b ? -1 : 1)));
      assert.deepEqual(follow((request) => pageListing(behind, request, marker), size).flat(), [others, selected].flatMap((part) => [...part].sort((a, b) => (a < b ? -1 : 1))));
    }
  }));
});
