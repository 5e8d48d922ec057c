/** S3 by the JavaScript SDK as programs use it: streams in parts by lib-storage, streams back, checksums on both ways. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import * as sdk from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';

const Bucket = 'streams';
const partSize = 5 * 1024 * 1024;
const body = Buffer.alloc(2 * partSize + 12_345, Buffer.from(Array.from({ length: 251 }, (_, i) => i)));
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
let gatehouse: TestGatehouse;
let s3: sdk.S3Client;
before(async () => {
  gatehouse = await startGatehouse();
  s3 = gatehouse.s3();
  await s3.send(new sdk.CreateBucketCommand({ Bucket }));
});
after(() => gatehouse.stop());

function* pieces(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += 70_001) yield bytes.subarray(at, at + 70_001);
}

for (const ChecksumAlgorithm of [undefined, 'CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const) {
  test(`a stream of unknown length goes up in parts and comes back whole, checksum ${ChecksumAlgorithm ?? 'as the SDK likes it'}`, async () => {
    const Key = `parts-${ChecksumAlgorithm}`;
    const upload = new Upload({ client: s3, partSize, queueSize: 3, params: { Bucket, Key, Body: Readable.from(pieces(body)), ContentType: 'text/x-mine', Metadata: { a: 'b' }, ...(ChecksumAlgorithm && { ChecksumAlgorithm }) } });
    const done = await upload.done();
    assert.match(done.ETag!, /-3"$/);
    const got = await s3.send(new sdk.GetObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
    assert.deepEqual([sha256(await buffer(got.Body as Readable)), got.ContentType, got.Metadata, got.ContentLength], [sha256(body), 'text/x-mine', { a: 'b' }, body.length]);
    if (ChecksumAlgorithm) assert.ok(got[`Checksum${ChecksumAlgorithm}`] !== undefined);
    const second = await s3.send(new sdk.GetObjectCommand({ Bucket, Key, PartNumber: 2 }));
    assert.ok(Buffer.from(await second.Body!.transformToByteArray()).equals(body.subarray(partSize, 2 * partSize)));
  });
}

test('what fits in one part is one object, and what is broken off leaves neither object nor parts', async () => {
  await new Upload({ client: s3, params: { Bucket, Key: 'small', Body: Readable.from([Buffer.from('sm'), Buffer.from('all')]) } }).done();
  assert.equal((await s3.send(new sdk.HeadObjectCommand({ Bucket, Key: 'small' }))).ETag, `"${createHash('md5').update('small').digest('hex')}"`);
  const failing = Readable.from((function* () {
    yield* pieces(body);
    throw new Error('the source broke off');
  })());
  await assert.rejects(new Upload({ client: s3, partSize, params: { Bucket, Key: 'broken', Body: failing } }).done(), /the source broke off/);
  assert.equal((await s3.send(new sdk.ListMultipartUploadsCommand({ Bucket }))).Uploads, undefined);
  await assert.rejects(s3.send(new sdk.HeadObjectCommand({ Bucket, Key: 'broken' })), (thrown: sdk.S3ServiceException) => thrown.$metadata.httpStatusCode === 404);
});

test('a checksum that is not the body\'s is refused, and nothing is kept', async () => {
  await assert.rejects(s3.send(new sdk.PutObjectCommand({ Bucket, Key: 'false', Body: 'text', ChecksumCRC32: 'AAAAAA==' })), (thrown: Error) => thrown.name === 'BadDigest');
  await assert.rejects(s3.send(new sdk.HeadObjectCommand({ Bucket, Key: 'false' })), (thrown: sdk.S3ServiceException) => thrown.$metadata.httpStatusCode === 404);
});
