/** The store of objects in a directory: what is there is whole, what is not was never seen, in the order of keys. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, readdirSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { directoryStore } from '../../src/services/s3/objects/directory-store.ts';
import { objectLimits } from '../../src/services/s3/objects/limits.ts';
import type { ObjectRefused, Page, Refusal } from '../../src/services/s3/objects/object-store.ts';
import { seededRandom } from '../seeded-random.ts';
import { at, chunked, md5, putText, readAll, readText, withStore } from './object-folder.ts';

const refused = (reason: Refusal) => (thrown: ObjectRefused): boolean => thrown.name === 'ObjectRefused' && thrown.reason === reason;

/** Files below a folder, the index aside. */
const files = (path: string): readonly string[] => readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(path, name)).isFile() && !name.startsWith('index.sqlite')).sort();

const keysOf = <Item extends { readonly key: string }>({ entries }: Page<Item>): readonly string[] => entries.map((entry) => ('item' in entry ? entry.item.key : entry.commonPrefix));

test('what was put is found, read and listed, and is still there when the folder is opened again', () => withStore(async (store, { reopen }) => {
  await store.createBucket('b');
  const put = await putText(store, 'b', 'a/ä', 'hello');
  assert.deepEqual([put.versionId, put.sizeBytes, put.etag, put.isLatest], ['null', 5, md5('hello'), true]);
  assert.deepEqual(store.find({ bucket: 'b', key: 'a/ä' }), put);
  const again = await reopen();
  assert.deepEqual(again.find({ bucket: 'b', key: 'a/ä' }), put);
  assert.equal(await readText(again, 'b', 'a/ä'), 'hello');
  assert.deepEqual(again.list({ bucket: 'b', limit: 10 }), { entries: [{ item: put }], isTruncated: false });
}));

test('an empty object has no file, and reads as nothing', () => withStore(async (store, { path }) => {
  await store.createBucket('b');
  await store.put({ bucket: 'b', key: 'empty', versioning: 'off', source: chunked(), verified: () => ({ etag: md5(), lastModified: at, attributes: {} }) });
  assert.equal(await readText(store, 'b', 'empty'), '');
  assert.deepEqual(files(path), []);
}));

test('bytes that fail their verification, break off or come for no bucket leave nothing behind', () => withStore(async (store, { path }) => {
  await store.createBucket('b');
  await assert.rejects(putText(store, 'b', 'k', 'text', { verified: () => { throw new Error('BadDigest'); } }), /BadDigest/);
  const broken = async function* (): AsyncGenerator<Uint8Array> {
    yield Buffer.alloc(1_000_000);
    throw new Error('reset by peer');
  };
  await assert.rejects(putText(store, 'b', 'k', '', { source: broken() }), /reset by peer/);
  await assert.rejects(putText(store, 'nowhere', 'k', 'text'), refused('NoSuchBucket'));
  await assert.rejects(putText(store, 'b', 'k', 'text', { conditions: { ifMatch: 'x' } }), refused('NoSuchKey'));
  assert.equal(store.find({ bucket: 'b', key: 'k' }), undefined);
  assert.deepEqual(files(path), []);
}));

test('conditions are settled where the change is made: of many who put only if there is none, one does', () => withStore(async (store) => {
  await store.createBucket('b');
  const attempts = await Promise.allSettled(Array.from({ length: 20 }, (_, i) => putText(store, 'b', 'once', `text ${i}`, { conditions: { ifNoneMatch: '*' } })));
  assert.equal(attempts.filter(({ status }) => status === 'fulfilled').length, 1);
  const { etag } = store.find({ bucket: 'b', key: 'once' })!;
  await assert.rejects(putText(store, 'b', 'once', 'new', { conditions: { ifMatch: md5('other') } }), refused('PreconditionFailed'));
  await putText(store, 'b', 'once', 'new', { conditions: { ifMatch: etag } });
  assert.equal(await readText(store, 'b', 'once'), 'new');
  await assert.rejects(store.remove({ bucket: 'b', key: 'once', versioning: 'off', at, conditions: { ifMatch: etag } }), refused('PreconditionFailed'));
}));

test('a version that is replaced is read to its end by who has begun, and its file is gone afterwards', () => withStore(async (store, { path, reopen }) => {
  await store.createBucket('b');
  const size = objectLimits.blockBytes * 5 + 7;
  const old = Buffer.alloc(size, 'o');
  await store.put({ bucket: 'b', key: 'k', versioning: 'off', source: chunked(old), verified: () => ({ etag: 'old', lastModified: at, attributes: {} }) });
  const { body } = await store.open({ bucket: 'b', key: 'k', select: () => ({ range: undefined }) });
  assert.ok(!(body instanceof Uint8Array));
  await putText(store, 'b', 'k', 'new');
  assert.deepEqual(await readAll(body), old);
  assert.equal(await readText(store, 'b', 'k'), 'new');
  await store.remove({ bucket: 'b', key: 'k', versioning: 'off', at });
  await reopen();
  assert.deepEqual(files(path), []);
}));

test('versions: each put adds one, a removal puts a marker before them, removing the marker brings the key back', () => withStore(async (store) => {
  await store.createBucket('b');
  const versioning = 'enabled';
  const one = await putText(store, 'b', 'k', 'one', { versioning });
  const two = await putText(store, 'b', 'k', 'two', { versioning });
  assert.notEqual(one.versionId, two.versionId);
  assert.equal(await readText(store, 'b', 'k'), 'two');
  assert.equal(await readText(store, 'b', 'k', one.versionId), 'one');
  const marker = await store.remove({ bucket: 'b', key: 'k', versioning, at });
  assert.equal(marker!.isDeleteMarker, true);
  assert.equal(store.find({ bucket: 'b', key: 'k' })!.isDeleteMarker, true);
  assert.deepEqual(keysOf(store.list({ bucket: 'b', limit: 10 })), []);
  const listed = store.listVersions({ bucket: 'b', limit: 10 }).entries.map((entry) => ('item' in entry ? [entry.item.versionId, entry.item.isLatest] : []));
  assert.deepEqual(listed, [[marker!.versionId, true], [two.versionId, false], [one.versionId, false]]);
  const behind = store.listVersions({ bucket: 'b', limit: 10, after: 'k', afterVersionId: two.versionId });
  assert.deepEqual(behind.entries.map((entry) => 'item' in entry && entry.item.versionId), [one.versionId]);
  assert.deepEqual(await store.remove({ bucket: 'b', key: 'k', versionId: marker!.versionId, versioning, at }), { versionId: marker!.versionId, isDeleteMarker: true });
  assert.equal(await readText(store, 'b', 'k'), 'two');
  await store.remove({ bucket: 'b', key: 'k', versionId: two.versionId, versioning, at });
  assert.equal(await readText(store, 'b', 'k'), 'one');
  assert.equal(await store.remove({ bucket: 'b', key: 'k', versionId: two.versionId, versioning, at }), undefined);
}));

test('suspended versioning replaces the version null and keeps the others', () => withStore(async (store) => {
  await store.createBucket('b');
  const kept = await putText(store, 'b', 'k', 'kept', { versioning: 'enabled' });
  await putText(store, 'b', 'k', 'first null', { versioning: 'suspended' });
  const second = await putText(store, 'b', 'k', 'second null', { versioning: 'suspended' });
  assert.equal(second.versionId, 'null');
  assert.equal(await readText(store, 'b', 'k', 'null'), 'second null');
  assert.deepEqual(await store.remove({ bucket: 'b', key: 'k', versioning: 'suspended', at }), { versionId: 'null', isDeleteMarker: true });
  assert.deepEqual(store.listVersions({ bucket: 'b', limit: 10 }).entries.map((entry) => 'item' in entry && entry.item.versionId), ['null', kept.versionId]);
}));

test('a bucket is removed only while it is empty, and what is on its way into it then lands nowhere', () => withStore(async (store, { path }) => {
  await store.createBucket('b');
  await putText(store, 'b', 'k', 'text');
  assert.equal(await store.removeBucketIfEmpty('b'), false);
  await store.remove({ bucket: 'b', key: 'k', versioning: 'off', at });
  let release = (): void => {};
  const held = new Promise<void>((resolve) => { release = resolve; });
  const late = putText(store, 'b', 'late', 'text', { source: (async function* () { await held; yield Buffer.from('late'); })() });
  assert.equal(await store.removeBucketIfEmpty('b'), true);
  await store.createBucket('c');
  release();
  await assert.rejects(late, refused('NoSuchBucket'));
  assert.deepEqual(keysOf(store.list({ bucket: 'c', limit: 10 })), []);
  assert.equal(await store.removeBucketIfEmpty('b'), true);
  assert.deepEqual(files(path).filter((name) => name.startsWith('incoming')), []);
}));

test('uploads: parts in any order make one object, read across their borders; what is not named is gone', () => withStore(async (store, { path, reopen }) => {
  await store.createBucket('b');
  const upload = { bucket: 'b', key: 'big', uploadId: 'u1' };
  await assert.rejects(store.putPart(upload, 1, { source: chunked('x'), verified: () => ({ etag: 'x', lastModified: at, attributes: {} }) }), refused('NoSuchUpload'));
  await store.createUpload({ ...upload, initiated: at, attributes: { type: 'upload' } });
  const part = (number: number, text: string) => store.putPart(upload, number, { source: chunked(text), verified: () => ({ etag: md5(text), lastModified: at, attributes: {} }) });
  await Promise.all([part(3, 'ccc'), part(1, 'aaaaa'), part(2, 'replaced'), part(9, 'never named')]);
  await part(2, 'bbbb');
  assert.deepEqual(store.listParts(upload, 1, 2).map(({ number, sizeBytes, etag }) => [number, sizeBytes, etag]), [[2, 4, md5('bbbb')], [3, 3, md5('ccc')]]);
  const completion = { ...upload, etag: 'e-3', lastModified: at, attributes: {}, partBytesMin: 4, versioning: 'off' as const };
  const named = (...parts: readonly (readonly [number, string])[]) => parts.map(([number, text]) => ({ number, etag: md5(text) }));
  await assert.rejects(store.completeUpload({ ...completion, parts: named([2, 'bbbb'], [1, 'aaaaa']) }), refused('InvalidPartOrder'));
  await assert.rejects(store.completeUpload({ ...completion, parts: named([1, 'bbbb']) }), refused('InvalidPart'));
  await assert.rejects(store.completeUpload({ ...completion, parts: named([3, 'ccc'], [9, 'never named']) }), refused('EntityTooSmall'));
  const object = await store.completeUpload({ ...completion, parts: named([1, 'aaaaa'], [2, 'bbbb'], [3, 'ccc']) });
  assert.equal(object.sizeBytes, 12);
  assert.equal(await readText(store, 'b', 'big'), 'aaaaabbbbccc');
  const { body } = await store.open({ bucket: 'b', key: 'big', select: () => ({ range: { first: 3, last: 9 } }) });
  assert.equal((await readAll(body)).toString(), 'aabbbbc');
  assert.throws(() => store.listParts(upload, 0, 10), refused('NoSuchUpload'));
  await store.createUpload({ bucket: 'b', key: 'big', uploadId: 'u2', initiated: at, attributes: {} });
  await store.abortUpload({ ...upload, uploadId: 'u2' });
  await store.remove({ bucket: 'b', key: 'other', versioning: 'off', at });
  const again = await reopen();
  assert.equal(await readText(again, 'b', 'big'), 'aaaaabbbbccc');
  assert.equal(files(path).length, 3);
}));

test('uploads are listed by key and the older first, and go with their bucket', () => withStore(async (store) => {
  await store.createBucket('b');
  for (const [key, uploadId] of [['k', 'first'], ['a', 'other'], ['k', 'second']] as const) await store.createUpload({ bucket: 'b', key, uploadId, initiated: at, attributes: {} });
  const ids = (page: ReturnType<typeof store.listUploads>): readonly unknown[] => page.entries.map((entry) => 'item' in entry && entry.item.uploadId);
  assert.deepEqual(ids(store.listUploads({ bucket: 'b', limit: 10 })), ['other', 'first', 'second']);
  assert.deepEqual(ids(store.listUploads({ bucket: 'b', limit: 10, after: 'k', afterUploadId: 'first' })), ['second']);
  assert.equal(store.listUploads({ bucket: 'b', limit: 2 }).isTruncated, true);
  assert.equal(await store.removeBucketIfEmpty('b'), true);
  assert.deepEqual(ids(store.listUploads({ bucket: 'b', limit: 10 })), []);
}));

test('what is sealed is not on the disk in the clear, opens in any range with its key, and with no other and not altered', () => withStore(async (store, { path, reopen }) => {
  await store.createBucket('b');
  const random = seededRandom('sealed');
  const sealingKey = random(32);
  const sizes = [1, objectLimits.sealedChunkBytes - 1, objectLimits.sealedChunkBytes, objectLimits.sealedChunkBytes + 1, objectLimits.sealedChunkBytes * 3];
  const bodies = sizes.map((size) => Buffer.alloc(size, 'planted secret '));
  for (const [i, body] of bodies.entries()) await store.put({ bucket: 'b', key: `k${i}`, versioning: 'off', source: chunked(body.subarray(0, 10), body.subarray(10)), verified: () => ({ etag: '', lastModified: at, attributes: {} }), sealingKey });
  const again = await reopen();
  for (const name of files(path)) assert.ok(!readFileSync(join(path, name)).includes('planted'), name);
  for (const [i, body] of bodies.entries()) {
    const read = async (first: number, last: number, key = sealingKey): Promise<Buffer> => readAll((await again.open({ bucket: 'b', key: `k${i}`, select: () => ({ range: { first, last }, sealingKey: key }) })).body);
    const { length } = body;
    for (const [first, last] of [[0, length - 1], [length >> 1, length - 1], [0, 0], [length - 1, length - 1], [length >> 2, length >> 1]] as const) assert.deepEqual(await read(first, last), body.subarray(first, last + 1), `${length}: ${first}-${last}`);
    await assert.rejects(read(0, length - 1, random(32)));
  }
  for (const name of files(path)) {
    const bytes = readFileSync(join(path, name));
    bytes[bytes.length - 20]! ^= 1;
    writeFileSync(join(path, name), bytes);
  }
  const altered = await reopen();
  for (const i of sizes.keys()) await assert.rejects(async () => readAll((await altered.open({ bucket: 'b', key: `k${i}`, select: () => ({ range: undefined, sealingKey }) })).body));
}));

test('what is at hand is opened without waiting: as the index has it, in any range, with its key and no other, and no longer once it is replaced or removed', () => withStore(async (store) => {
  await store.createBucket('b');
  const random = seededRandom('at hand');
  const sealingKey = random(32);
  const put = (text: string) => putText(store, 'b', 'k', text, { sealingKey });
  const opening = (key = sealingKey, range?: { readonly first: number; readonly last: number }) => ({ bucket: 'b', key: 'k', select: () => ({ range, sealingKey: key }) });
  const readAtOnce = (...given: Parameters<typeof opening>): string | undefined => {
    const opened = store.openAtOnce(opening(...given));
    return opened && Buffer.from(opened.body as Uint8Array).toString();
  };
  const readNow = async (): Promise<string> => (await readAll((await store.open(opening())).body)).toString();
  await put('first');
  assert.equal(store.openAtOnce(opening()), undefined);
  assert.equal(await readNow(), 'first');
  // Sealed as it lies on the disk, then opened.
  for (let i = 0; i < 3; i++) assert.deepEqual([readAtOnce(), readAtOnce(sealingKey, { first: 1, last: 3 })], ['first', 'irs']);
  // Bytes are compared by nobody: the same key, brought by another request, opens what is sealed.
  assert.equal(readAtOnce(Buffer.from(sealingKey)), undefined);
  assert.equal(await readNow(), 'first');
  for (const other of [random(32), random(32)]) {
    await assert.rejects(store.open(opening(other)));
    assert.equal(readAtOnce(), 'first');
  }
  assert.throws(() => store.openAtOnce({ bucket: 'b', key: 'k', select() { throw new Error('may not'); } }), /may not/);
  await put('second');
  assert.equal(readAtOnce(), undefined);
  assert.equal(await readNow(), 'second');
  assert.equal(readAtOnce(), 'second');
  await store.remove({ bucket: 'b', key: 'k', versioning: 'off', at });
  assert.equal(readAtOnce(), undefined);
  await assert.rejects(store.open(opening()), refused('NoSuchKey'));
}));

test('a file that came in and that nothing knows is removed when nobody can be writing it any more, and not before', () => withStore(async (store, { path, reopen }) => {
  await store.createBucket('b');
  for (const name of ['old', 'young']) writeFileSync(join(path, 'incoming', name), 'left by a crash');
  const longAgo = (Date.now() - objectLimits.abandonedAfterMs) / 1000 - 60;
  utimesSync(join(path, 'incoming', 'old'), longAgo, longAgo);
  await reopen();
  assert.deepEqual(files(path), ['incoming/young']);
}));

test('two stores on one folder see each other: of their puts none is lost, and of those that ask for no object one wins', () => withStore(async (one, { path }) => {
  const { directoryStore } = await import('../../src/services/s3/objects/directory-store.ts');
  const two = await directoryStore<{ type?: string }>(path, seededRandom('two'));
  await one.createBucket('b');
  await Promise.all(Array.from({ length: 60 }, (_, i) => putText(i % 2 === 0 ? one : two, 'b', `k${i % 30}`, `text ${i}`)));
  assert.equal(keysOf(two.list({ bucket: 'b', limit: 100 })).length, 30);
  assert.deepEqual(one.list({ bucket: 'b', limit: 100 }), two.list({ bucket: 'b', limit: 100 }));
  for (let i = 0; i < 30; i++) assert.match(await readText(two, 'b', `k${i}`), new RegExp(`^text (${i}|${i + 30})$`));
  await two.close();
}));

/** The list as AWS describes it, from all keys at once. */
function listedPlainly(keys: readonly string[], prefix: string, delimiter: string, after: string | undefined): readonly string[] {
  const bytes = (text: string): Buffer => Buffer.from(text);
  const entries = new Set<string>();
  for (const key of keys.toSorted((a, b) => Buffer.compare(bytes(a), bytes(b)))) {
    if (!key.startsWith(prefix)) continue;
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const entry = end < 0 ? key : key.slice(0, end + delimiter.length);
    const isSeen = after !== undefined && (Buffer.compare(bytes(key), bytes(after)) <= 0 || (entry !== key && entry === after));
    if (!isSeen) entries.add(entry);
  }
  return [...entries];
}

test('pages, walked entry by entry, give what a plain reading of the rules gives, for any keys, prefix, delimiter and size of page', () => withStore(async (store) => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '/', '-', '0', 'é', '\u{1F512}', '\u0000', '\uffff'), minLength: 1, maxLength: 6 });
  const short = fc.string({ unit: fc.constantFrom('a', 'b', '/', '\u{1F512}'), maxLength: 2 });
  let buckets = 0;
  await fc.assert(fc.asyncProperty(fc.uniqueArray(letters, { maxLength: 25 }), short, fc.constantFrom('', '/', 'a', '//'), fc.integer({ min: 1, max: 4 }), async (keys, prefix, delimiter, limit) => {
    const bucket = `b${buckets++}`;
    await store.createBucket(bucket);
    await Promise.all(keys.map((key) => store.put({ bucket, key, versioning: 'off', source: chunked(), verified: () => ({ etag: '', lastModified: at, attributes: {} }) })));
    let after: string | undefined;
    const walked: string[] = [];
    for (;;) {
      const page = store.list({ bucket, prefix, delimiter, after, limit });
      const expected = listedPlainly(keys, prefix, delimiter, after);
      assert.deepEqual(keysOf(page), expected.slice(0, limit));
      assert.equal(page.isTruncated, expected.length > limit);
      assert.deepEqual(keysOf(store.listVersions({ bucket, prefix, delimiter, after, limit })), expected.slice(0, limit));
      walked.push(...keysOf(page));
      if (!page.isTruncated) break;
      after = walked.at(-1);
    }
    assert.deepEqual(walked, listedPlainly(keys, prefix, delimiter, undefined));
  }), { numRuns: 60, seed: 7 });
}));

test('a disk that fills in the middle of an object: what did not fit was not stored', { skip: process.platform !== 'linux' && 'the limit of a file is set by the shell of Linux' }, () => withStore(async (store, { path }) => {
  await store.createBucket('b');
  // A file may have 170 KiB: the system takes so many bytes of 200,000 and says so, as it does where the disk is full.
  const { stdout } = await promisify(execFile)('bash', ['-c', 'ulimit -f 170; exec "$0" "$@"', process.execPath, fileURLToPath(new URL('./putting-large.ts', import.meta.url)), path]);
  assert.match(stdout, /EFBIG/);
  assert.equal(store.find({ bucket: 'b', key: 'large' }), undefined);
}));

test('what is committed is acknowledged and read though its file cannot be moved to its place', () => withStore(async (store, { path }) => {
  await store.createBucket('b');
  // No folder can be made where these lead nowhere: as on a disk that is full.
  for (let i = 0; i < 256; i++) symlinkSync(join(path, 'nowhere'), join(path, 'data', i.toString(16).padStart(2, '0')));
  await putText(store, 'b', 'k', 'text');
  await putText(store, 'b', 'l', 'more');
  assert.equal(await readText(store, 'b', 'k'), 'text');
}));

test('what is locked is not removed, nor replaced by who thought that the bucket keeps no versions, and only its retention is prolonged', () => withStore(async (store, { path, reopen }) => {
  await store.createBucket('b');
  const until = at + 1_000;
  const verified = () => ({ etag: 'e', lastModified: at, attributes: {}, lock: { retention: { mode: 'COMPLIANCE', until } } as const });
  const { sequence } = await putText(store, 'b', 'k', 'kept', { verified });
  const again = await reopen();
  const removal = { bucket: 'b', key: 'k', versioning: 'off', at, bypassesGovernance: true } as const;
  const before = files(path);
  for (const doing of [
    () => again.remove(removal), () => again.remove({ ...removal, versioning: 'suspended' }), () => again.remove({ ...removal, versionId: 'null', versioning: 'enabled' }),
    () => putText(again, 'b', 'k', 'other'), () => putText(again, 'b', 'k', 'other', { versioning: 'suspended' }),
    () => again.retain({ bucket: 'b', sequence, retention: undefined, at, bypassesGovernance: true }), () => again.retain({ bucket: 'b', sequence, retention: { mode: 'COMPLIANCE', until: until - 1 }, at, bypassesGovernance: true }), () => again.retain({ bucket: 'b', sequence, retention: { mode: 'GOVERNANCE', until: until + 1 }, at, bypassesGovernance: true }),
  ]) await assert.rejects(doing, refused('AccessDenied'));
  await again.createUpload({ bucket: 'b', key: 'k', uploadId: 'u', initiated: at, attributes: {} });
  const part = await again.putPart({ bucket: 'b', key: 'k', uploadId: 'u' }, 1, { source: chunked('part'), verified: () => ({ etag: 'p', lastModified: at, attributes: {} }) });
  const completion = { bucket: 'b', key: 'k', uploadId: 'u', parts: [part], partBytesMin: 0, versioning: 'off', etag: 'e', lastModified: at, attributes: {} } as const;
  await assert.rejects(again.completeUpload(completion), refused('AccessDenied'));
  assert.equal(again.listParts({ bucket: 'b', key: 'k', uploadId: 'u' }, 0, 10).length, 1, 'what is refused changes nothing');
  await again.abortUpload({ bucket: 'b', key: 'k', uploadId: 'u' });
  assert.equal(await again.removeBucketIfEmpty('b'), false);
  assert.equal(await readText(again, 'b', 'k'), 'kept');
  assert.deepEqual(again.find({ bucket: 'b', key: 'k' })?.lock, { retention: { mode: 'COMPLIANCE', until } });
  assert.equal(await again.retain({ bucket: 'b', sequence, retention: { mode: 'COMPLIANCE', until: until + 5 }, at, bypassesGovernance: false }), true);
  assert.equal(await again.retain({ bucket: 'b', sequence: sequence + 100, retention: undefined, at, bypassesGovernance: false }), false);
  await again.hold('b', sequence, 'ON');
  await assert.rejects(again.remove({ ...removal, at: until + 5 }), refused('AccessDenied'));
  await again.hold('b', sequence, 'OFF');
  await again.remove({ ...removal, at: until + 5 });
  await reopen();
  assert.deepEqual([before.length, files(path)], [1, []]);
}));

test('an index of a Gatehouse that locked nothing is brought up to date, and one of a newer is not opened', () => withStore(async (store, { path, reopen }) => {
  await store.createBucket('b');
  await putText(store, 'b', 'k', 'old');
  const index = new DatabaseSync(join(path, 'index.sqlite'));
  index.exec('ALTER TABLE versions DROP COLUMN lock; PRAGMA user_version = 1');
  index.close();
  const again = await reopen();
  assert.equal(await readText(again, 'b', 'k'), 'old');
  const { sequence } = again.find({ bucket: 'b', key: 'k' })!;
  await again.hold('b', sequence, 'ON');
  await assert.rejects(again.remove({ bucket: 'b', key: 'k', versioning: 'off', at }), refused('AccessDenied'));
  const newer = new DatabaseSync(join(path, 'index.sqlite'));
  newer.exec('PRAGMA user_version = 99');
  await assert.rejects(directoryStore(path, seededRandom('newer')), /newer Gatehouse \(format 99/);
  newer.exec('PRAGMA user_version = 2');
  newer.close();
}));
