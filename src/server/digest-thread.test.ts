/** Digests on another thread are those that would be computed here, however bodies come mixed. */
import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { after, test } from 'node:test';
import { digestThread } from './digest-thread.ts';
import { limits } from './limits.ts';
import type { Digest } from '../proof/payload/digest.ts';

const thread = digestThread(2);
after(() => thread.close());

const large = limits.digestedApartBytesMin;

async function addAll(digest: Digest, body: Uint8Array, pieceBytes: number): Promise<void> {
  for (let at = 0; at < body.length; at += pieceBytes) {
    for (let room = digest.room(); room; room = digest.room()) await room;
    digest.add(body.subarray(at, at + pieceBytes));
  }
}

const bodyOf = (seed: number, length: number): Buffer => Buffer.alloc(length, Buffer.from([seed, 7, seed * 3, 1, 255 - seed]));

test('many bodies at once, in pieces of any length, each have their own digests', async () => {
  const bodies = [1, 65_536, 65_537, 200_000, 3_000_000, 0].map((length, i) => bodyOf(i, length));
  await Promise.all(bodies.map(async (body, i) => {
    const digest = thread.begin(i % 2 === 0 ? ['md5'] : ['md5', 'sha256'], large);
    await addAll(digest, body, [1_000, 65_536, 100_001, 300_000, 64_000, 1][i]!);
    const { md5, sha256 } = await digest.values();
    assert.equal(md5?.toString('hex'), hash('md5', body), String(i));
    assert.equal(sha256?.toString('hex'), i % 2 === 0 ? undefined : hash('sha256', body), String(i));
  }));
});

test('what is added may be changed at once, also where there was no room for it', async () => {
  const digest = thread.begin(['md5'], large);
  const body = bodyOf(9, 4_000_000);
  const expected = hash('md5', body);
  // Without waiting for room.
  digest.add(body);
  body.fill(0);
  assert.equal((await digest.values()).md5?.toString('hex'), expected);
});

test('a body that is given up leaves the others theirs, and one that had no bytes starts nothing', async () => {
  thread.begin(['md5'], large).abandon();
  const given = thread.begin(['md5'], large);
  given.add(bodyOf(1, 100_000));
  given.abandon();
  const digest = thread.begin(['md5', 'sha256'], large);
  await addAll(digest, bodyOf(2, 100_000), 10_000);
  assert.equal((await digest.values()).md5?.toString('hex'), hash('md5', bodyOf(2, 100_000)));
});

test('a thread that is lost is told to whoever waits for it, and the next body has another', async () => {
  const lost = thread.begin(['md5'], large);
  lost.add(bodyOf(3, 10));
  await thread.close();
  await assert.rejects(async () => lost.values(), /thread that digests/);
  const next = thread.begin(['md5'], large);
  next.add(bodyOf(4, 10));
  assert.equal((await next.values()).md5?.toString('hex'), hash('md5', bodyOf(4, 10)));
});

test('a small body, and every body on one core, is digested here', () => {
  for (const digest of [thread.begin(['md5'], large - 1), thread.begin(['md5'], undefined), digestThread(1).begin(['md5'], large)]) {
    digest.add(Buffer.from('abc'));
    assert.ok(!(digest.values() instanceof Promise));
  }
});
