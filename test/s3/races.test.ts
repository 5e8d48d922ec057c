/** What is on its way while a bucket goes and another account takes its name. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CreateBucketCommand, DeleteBucketCommand, HeadBucketCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { handle } from '../../src/server/handle.ts';
import { HttpRequest } from '../../src/server/http-request.ts';
import { removalOf } from '../../src/services/s3/bucket-effects.ts';
import { startGatehouse } from '../gatehouse.ts';
import { signRequest } from '../sign-request.ts';

test('an object on its way into a bucket that is removed lands in no other of the same name', async () => {
  const gatehouse = await startGatehouse();
  const Bucket = 'contested';
  const other = gatehouse.s3(await gatehouse.newAccount('444455556666'));
  await gatehouse.s3().send(new CreateBucketCommand({ Bucket }));
  let release = (): void => {};
  const gate = new Promise<void>((resolve) => { release = resolve; });
  let begun = (): void => {};
  const reading = new Promise<void>((resolve) => { begun = resolve; });
  async function* body(): AsyncGenerator<Uint8Array> {
    begun();
    yield Buffer.from('hel');
    await gate;
    yield Buffer.from('lo');
  }
  const { accessKeyId, secretAccessKey } = gatehouse.admin;
  const { rawHeaders, target, method } = signRequest({ accessKeyId, secretAccessKey, at: gatehouse.clock.now, service: 's3', region: 'us-east-1', method: 'PUT', target: `/${Bucket}/k`, headers: { 'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD' }, body: 'hello' });
  const putting = handle(gatehouse.plane, new HttpRequest({ method, target, rawHeaders, body: new Uint8Array(), stream: body(), remoteAddress: '127.0.0.1', isSecure: false, receivedAt: gatehouse.clock.now, requestId: gatehouse.plane.newRequestId() }));
  // Authorized, and in the middle of its body.
  await reading;
  await gatehouse.s3().send(new DeleteBucketCommand({ Bucket }));
  await other.send(new CreateBucketCommand({ Bucket }));
  release();
  const answer = await putting;
  assert.deepEqual([answer.status, /<Code>NoSuchBucket<\/Code>/.test(String(answer.body))], [404, true]);
  assert.equal((await other.send(new ListObjectsV2Command({ Bucket }))).KeyCount, 0);
  await gatehouse.stop();
});

test('a removal that a crash cut short is ended at the next start, however far it came; one that finds objects then is given up', async () => {
  const gatehouse = await startGatehouse();
  const { store, intents, s3: { effects } } = gatehouse.plane;
  const account = '111122223333';
  const other = gatehouse.s3(await gatehouse.newAccount('444455556666'));
  const begun = async (Bucket: string) => {
    await gatehouse.s3().send(new CreateBucketCommand({ Bucket }));
    const known = store.partition.bucketNames.find(Bucket)!;
    const intent = intents.plan(account, removalOf(store.loaded(account)!.buckets.find(known.BucketId)!));
    await store.write(account, { by: 'test', requestId: Bucket, action: 's3:DeleteBucket' }, (draft) => intents.record(draft, effects.removing, intent));
    return intent;
  };
  await begun('not-begun');
  // The directory is gone, and nobody has written that down.
  await effects.removing.perform(await begun('half-way'));
  await begun('filled');
  await gatehouse.s3().send(new PutObjectCommand({ Bucket: 'filled', Key: 'k', Body: 'v' }));
  await intents.settle();
  assert.equal([...store.partition.intents.all()].length, 0);
  for (const Bucket of ['not-begun', 'half-way']) {
    await assert.rejects(gatehouse.s3().send(new HeadBucketCommand({ Bucket })), (thrown: { $metadata: { httpStatusCode: number } }) => thrown.$metadata.httpStatusCode === 404);
    await other.send(new CreateBucketCommand({ Bucket }));
  }
  assert.equal((await gatehouse.s3().send(new ListObjectsV2Command({ Bucket: 'filled' }))).KeyCount, 1);
  await gatehouse.stop();
});
