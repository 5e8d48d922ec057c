/** What is on its way while a bucket goes and another account takes its name. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CreateBucketCommand, DeleteBucketCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { handle } from '../../src/server/handle.ts';
import { HttpRequest } from '../../src/server/http-request.ts';
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
