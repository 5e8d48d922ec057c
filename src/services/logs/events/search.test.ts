/** Searches over more than is read at a time, and files of many days. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { limits } from '../limits.ts';
import { EventLog, StreamGone } from './event-log.ts';
import { gapBefore, readGap, writeGap } from './position.ts';
import type { Gap } from './position.ts';
import { search } from './search.ts';
import { StreamIndex } from './stream-index.ts';

const start = Date.parse('2026-11-24T10:00:00Z');
const placeOf = (n: number) => ({ account: '111122223333', groupId: '00000000-0000-4000-8000-000000000001', streamId: `00000000-0000-4000-8000-00000000000${n}` });
const warn = (message: string): void => assert.fail(message);
let path: string;
let log: EventLog;
let index: StreamIndex;
before(() => {
  path = mkdtempSync(join(tmpdir(), 'gatehouse-search-'));
  log = new EventLog(path);
  index = new StreamIndex(log, warn);
});
after(() => rmSync(path, { recursive: true }));

test('a search that finds little answers after so much was read, and goes on from there', async () => {
  const large = 'x'.repeat(900_000);
  const batches = Math.ceil(limits.searchBytesMax / large.length) * 2;
  for (let i = 0; i < batches; i++) await log.append(placeOf(1), [[start + i * 10, i % 25 === 0 ? 'here' : large]], start, () => true);
  const pages: (readonly string[])[] = [];
  let gap: Gap | undefined;
  do {
    const { events, rest } = await search(log, index, { streams: [placeOf(1)], from: 0, to: Infinity, direction: 'forwards', gap, limit: 100, matches: (message) => message === 'here' });
    pages.push(events.map(({ message }) => message));
    gap = rest && readGap(writeGap(rest));
  } while (gap);
  assert.equal(pages.flat().length, Math.ceil(batches / 25));
  assert.ok(pages.length >= 2, 'no page read it all');
});

test('each day has files of its own, a clock that was put back goes on in the newest, and what is old goes by whole files', async () => {
  const at = (day: number): number => start + day * limits.dayMs;
  for (const day of [0, 1, 3, 2]) await log.append(placeOf(2), [[at(day), `day ${day}`]], at(day), () => true);
  assert.deepEqual((await log.segments(placeOf(2))).map(({ day }) => day - Math.floor(start / limits.dayMs)), [0, 1, 3]);
  const read = async () => (await search(log, index, { streams: [placeOf(2)], from: 0, to: Infinity, direction: 'forwards', limit: 100 })).events.map(({ message }) => message);
  assert.deepEqual(await read(), ['day 0', 'day 1', 'day 2', 'day 3']);
  assert.equal(await log.removeBefore(placeOf(2), at(2) - 9 * 3_600_000), 1, 'of day 1 something may be a few hours ahead of its time');
  index.forget(placeOf(2));
  assert.deepEqual(await read(), ['day 1', 'day 2', 'day 3']);
  assert.equal((await search(log, index, { streams: [placeOf(2)], from: 0, to: Infinity, direction: 'forwards', gap: gapBefore(at(2)), limit: 1 })).events[0]!.message, 'day 2');
});

test('of a stream that is gone nothing is made', async () => {
  await assert.rejects(log.append(placeOf(3), [[start, 'late']], start, () => false), StreamGone);
  assert.equal(readdirSync(join(path, '111122223333', placeOf(3).groupId)).includes(placeOf(3).streamId), false);
});

test('batches that come together are one write, in their order', async () => {
  await Promise.all(Array.from({ length: 50 }, (_, i) => log.append(placeOf(4), [[start, `${i}`]], start, () => true)));
  const { events } = await search(log, index, { streams: [placeOf(4)], from: 0, to: Infinity, direction: 'forwards', limit: 100 });
  assert.deepEqual(events.map(({ message }) => Number(message)), Array.from({ length: 50 }, (_, i) => i));
});
