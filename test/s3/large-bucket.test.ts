/** A bucket of 100,000 keys is listed by a process that could not hold them: page by page, in order, and a common prefix without what is in it. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { at, withStore } from './object-folder.ts';

const keyCount = 100_000;
/** 100 folders of 1,000, each with characters whose order as UTF-8 is not that of UTF-16. */
const keyOf = (i: number): string => `folder-${String(Math.floor(i / 1000)).padStart(3, '0')}/${i % 2 === 0 ? '\u{ffee}' : '\u{1f600}'}${String(i % 1000).padStart(4, '0')}`;

/** Megabytes; the keys' versions take some fifty. */
const memory = { maxOldGenerationSizeMb: 24, maxYoungGenerationSizeMb: 4 };

/** Straight into the index: what is measured is how it is read. */
function fill(path: string): void {
  const database = new DatabaseSync(join(path, 'index.sqlite'));
  const { number } = database.prepare('SELECT number FROM buckets WHERE id = ?').get('b') as { readonly number: number };
  const insert = database.prepare('INSERT INTO versions (bucket, key, version_id, is_latest, is_marker, size, etag, modified, segments, attributes) VALUES (?, ?, ?, 1, 0, 0, ?, ?, ?, ?)');
  database.exec('BEGIN');
  for (let i = 0; i < keyCount; i++) insert.run(number, Buffer.from(keyOf((i * 7919) % keyCount)), `v${i}`, 'd41d8cd98f00b204e9800998ecf8427e', at, '[]', JSON.stringify({ metadata: { note: 'n'.repeat(200) } }));
  database.exec('COMMIT');
  database.close();
}

async function listed(path: string, prefix: string, delimiter?: string): Promise<unknown> {
  const worker = new Worker(new URL('./listing-worker.ts', import.meta.url), { workerData: { path, prefix, delimiter }, resourceLimits: memory });
  const [answer]: unknown[] = await once(worker, 'message');
  return answer;
}

test('100,000 keys', () => withStore(async (store, { path }) => {
  await store.createBucket('b');
  fill(path);
  assert.deepEqual(await listed(path, ''), { keys: keyCount, prefixes: 0, pages: 100, isOrdered: true });
  assert.deepEqual(await listed(path, '', '/'), { keys: 0, prefixes: 100, pages: 1, isOrdered: true });
  assert.deepEqual(await listed(path, 'folder-042/', '/'), { keys: 1000, prefixes: 0, pages: 1, isOrdered: true });
  assert.deepEqual(await listed(path, 'folder-04'), { keys: 10_000, prefixes: 0, pages: 10, isOrdered: true });
}));
