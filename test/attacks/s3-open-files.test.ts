/** Files of objects that were opened and that nobody reads: they are closed, whoever asked for them and whatever was refused. Node ends a process that leaves one to its garbage collector. */
import assert from 'node:assert/strict';
import { readdirSync, readlinkSync } from 'node:fs';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { CopyObjectCommand, CreateBucketCommand, GetObjectCommand, PutBucketPolicyCommand, PutObjectCommand, PutPublicAccessBlockCommand } from '@aws-sdk/client-s3';
import { startGatehouse } from '../gatehouse.ts';
import { putText, withStore } from '../s3/object-folder.ts';

const skip = process.platform === 'linux' ? false : 'only Linux tells which files a process has open';

/** Which files below a folder this process has open. */
const openBelow = (folder: string): readonly string[] => readdirSync('/proc/self/fd').flatMap((fd) => {
  try {
    const path = readlinkSync(`/proc/self/fd/${fd}`);
    return path.startsWith(folder) && !path.includes('index.sqlite') ? [path] : [];
  } catch {
    // Of this very look.
    return [];
  }
});

const large = Buffer.alloc(2_000_000, 7);

test('what is refused of an object that is there opens nothing of it: headers that cannot be sent, headers nobody signed for, a copy with tags that do not belong', { skip }, async () => {
  const gatehouse = await startGatehouse({ seed: 'open files' });
  const s3 = gatehouse.s3();
  const there = { Bucket: 'open', Key: 'large' };
  await s3.send(new CreateBucketCommand({ Bucket: 'open' }));
  await s3.send(new PutObjectCommand({ ...there, Body: large }));
  await s3.send(new PutPublicAccessBlockCommand({ Bucket: 'open', PublicAccessBlockConfiguration: {} }));
  await s3.send(new PutBucketPolicyCommand({ Bucket: 'open', Policy: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::open/*' }] }) }));
  for (let i = 0; i < 5; i++) {
    await assert.rejects(s3.send(new GetObjectCommand({ ...there, ResponseContentType: 'a\u0001b' })), { name: 'InvalidArgument' });
    await assert.rejects(s3.send(new CopyObjectCommand({ Bucket: 'open', Key: 'copy', CopySource: 'open/large', Tagging: 'a=b' })), { name: 'InvalidArgument' });
    assert.equal((await gatehouse.send({ method: 'GET', target: '/open/large?response-content-type=text/plain', headers: [['Host', 's3.us-east-1.amazonaws.com']] })).status, 400);
  }
  assert.deepEqual(openBelow(gatehouse.objectsFolder()!), []);
  await gatehouse.stop();
});

test('bytes that are forgotten, begun or not, are let go of', { skip }, () => withStore(async (store, { path }) => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  await store.createBucket('b');
  await putText(store, 'b', 'large', large.toString());
  const opened = async () => (await store.open({ bucket: 'b', key: 'large', select: () => ({ range: undefined }) })).body as AsyncGenerator<Uint8Array>;
  // Apart, so that nothing of this function holds what it held.
  await (async () => {
    const held = await Promise.all(Array.from({ length: 6 }, opened));
    await Promise.all(held.slice(3).map((begun) => begun.next()));
    assert.equal(openBelow(path).length, 6);
  })();
  // Left to itself, Node would throw here, where nobody can catch it.
  for (let i = 0; i < 100 && openBelow(path).length > 0; i++) {
    collect();
    await new Promise(setImmediate);
  }
  assert.deepEqual(openBelow(path), []);
}));
