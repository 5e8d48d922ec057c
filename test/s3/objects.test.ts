/** Buckets and objects through a real client: what is put is what is got, and what is wrong is said in S3's words. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { CompleteMultipartUploadCommand, CreateBucketCommand, CreateMultipartUploadCommand, DeleteBucketCommand, DeleteObjectCommand, DeleteObjectsCommand, GetBucketLocationCommand, GetObjectCommand, HeadBucketCommand, HeadObjectCommand, ListBucketsCommand, ListObjectVersionsCommand, ListObjectsCommand, ListObjectsV2Command, PutBucketVersioningCommand, UploadPartCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { S3Client } from '@aws-sdk/client-s3';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';

let gatehouse: TestGatehouse;
let s3: S3Client;
const Bucket = 'objects';
before(async () => {
  gatehouse = await startGatehouse();
  s3 = gatehouse.s3();
  await s3.send(new CreateBucketCommand({ Bucket }));
});
after(() => gatehouse.stop());

const put = (Key: string, Body: string | Uint8Array, more: object = {}) => s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
const text = async (Key: string, more: object = {}): Promise<string> => (await s3.send(new GetObjectCommand({ Bucket, Key, ...more }))).Body!.transformToString();
const refusal = (name: string, status: number) => (thrown: unknown): boolean => {
  const { name: actual, $metadata, message } = thrown as { name: string; message: string; $metadata: { httpStatusCode: number } };
  assert.deepEqual([actual, $metadata?.httpStatusCode], [name, status], message);
  return true;
};

describe('an object', () => {
  test('is what was put, with its headers and metadata', async () => {
    const body = Buffer.alloc(200_000, 'abc');
    const made = await put('a/b c/ü.txt', body, { ContentType: 'text/plain', CacheControl: 'no-cache', Metadata: { kind: 'x', 'other-one': '2' } });
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'a/b c/ü.txt' }));
    assert.deepEqual(Buffer.from(await got.Body!.transformToByteArray()), body);
    assert.deepEqual([got.ContentType, got.CacheControl, got.Metadata, got.ETag, got.ContentLength, got.ServerSideEncryption], ['text/plain', 'no-cache', { kind: 'x', 'other-one': '2' }, made.ETag, 200_000, 'AES256']);
  });

  test('may be empty', async () => {
    await put('empty', '');
    assert.equal(await text('empty'), '');
  });

  test('is read by ranges', async () => {
    await put('digits', '0123456789');
    for (const [Range, expected] of [['bytes=2-4', '234'], ['bytes=7-', '789'], ['bytes=-3', '789'], ['bytes=8-100', '89'], ['lines=1-2', '0123456789'], ['bytes=4-2', '0123456789']] as const) assert.equal(await text('digits', { Range }), expected, Range);
    const part = await s3.send(new GetObjectCommand({ Bucket, Key: 'digits', Range: 'bytes=2-4' }));
    assert.deepEqual([part.$metadata.httpStatusCode, part.ContentRange, part.ContentLength], [206, 'bytes 2-4/10', 3]);
    await assert.rejects(text('digits', { Range: 'bytes=10-' }), refusal('InvalidRange', 416));
  });

  test('answers conditions', async () => {
    const { ETag } = await put('conditions', 'x');
    assert.equal(await text('conditions', { IfMatch: ETag }), 'x');
    await assert.rejects(text('conditions', { IfMatch: '"other"' }), refusal('PreconditionFailed', 412));
    await assert.rejects(text('conditions', { IfUnmodifiedSince: new Date(0) }), refusal('PreconditionFailed', 412));
    await assert.rejects(text('conditions', { IfNoneMatch: ETag }), (thrown: { $metadata: { httpStatusCode: number } }) => thrown.$metadata.httpStatusCode === 304);
    await assert.rejects(put('conditions', 'y', { IfNoneMatch: '*' }), refusal('PreconditionFailed', 412));
    await assert.rejects(put('conditions', 'y', { IfMatch: '"other"' }), refusal('PreconditionFailed', 412));
    await put('conditions', 'y', { IfMatch: ETag });
    assert.equal(await text('conditions'), 'y');
  });

  test('keeps the checksum that came with it', async () => {
    for (const ChecksumAlgorithm of ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const) {
      const made = await put('checked', 'hello', { ChecksumAlgorithm });
      const name = `Checksum${ChecksumAlgorithm}` as const;
      assert.ok(made[name], ChecksumAlgorithm);
      const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'checked', ChecksumMode: 'ENABLED' }));
      assert.deepEqual([head[name], head.ChecksumType], [made[name], 'FULL_OBJECT']);
    }
    await assert.rejects(put('checked', 'hello', { ChecksumCRC32: 'AAAAAA==' }), refusal('BadDigest', 400));
    await assert.rejects(put('checked', 'hello', { ContentMD5: 'rL0Y20zC+Fzt72VPzMSk2A==' }), refusal('BadDigest', 400));
    assert.equal(await text('checked'), 'hello');
  });

  test('is read by parts, each with its own checksum where the whole has one of them', async () => {
    await put('one', 'hello', { ChecksumAlgorithm: 'CRC32' });
    const first = await s3.send(new GetObjectCommand({ Bucket, Key: 'one', PartNumber: 1, ChecksumMode: 'ENABLED' }));
    assert.deepEqual([await first.Body!.transformToString(), first.$metadata.httpStatusCode, first.ContentRange, first.PartsCount, first.ChecksumType], ['hello', 206, 'bytes 0-4/5', undefined, 'FULL_OBJECT']);
    await assert.rejects(text('one', { PartNumber: 2 }), refusal('InvalidPartNumber', 416));
    const where = { Bucket, Key: 'two' };
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ ...where, ChecksumAlgorithm: 'CRC32' }));
    const parts = [];
    for (const [i, Body] of ['x'.repeat(5 * 1024 * 1024), 'tail'].entries()) {
      const { ETag, ChecksumCRC32 } = await s3.send(new UploadPartCommand({ ...where, UploadId, PartNumber: i + 1, Body, ChecksumAlgorithm: 'CRC32' }));
      parts.push({ PartNumber: i + 1, ETag, ChecksumCRC32 });
    }
    await s3.send(new CompleteMultipartUploadCommand({ ...where, UploadId, MultipartUpload: { Parts: parts } }));
    const tail = await s3.send(new HeadObjectCommand({ ...where, PartNumber: 2, ChecksumMode: 'ENABLED' }));
    assert.deepEqual([tail.ContentLength, tail.PartsCount, tail.ChecksumCRC32, tail.ChecksumType], [4, 2, parts[1]!.ChecksumCRC32, 'COMPOSITE']);
    assert.equal((await s3.send(new HeadObjectCommand({ ...where, Range: 'bytes=0-5', ChecksumMode: 'ENABLED' }))).ChecksumCRC32, undefined);
  });

  test('sealed with a key of the client\'s is read with that key only', async () => {
    const key = (byte: number) => ({ SSECustomerAlgorithm: 'AES256', SSECustomerKey: Buffer.alloc(32, byte) as never });
    await put('sealed', 'secret', key(1));
    assert.equal(await text('sealed', key(1)), 'secret');
    await assert.rejects(text('sealed', key(2)), refusal('AccessDenied', 403));
    await assert.rejects(text('sealed'), refusal('InvalidRequest', 400));
    await put('unsealed', 'open');
    await assert.rejects(text('unsealed', key(1)), refusal('InvalidRequest', 400));
  });

  test('that is not there is told to who may list', async () => {
    await assert.rejects(text('nothing'), refusal('NoSuchKey', 404));
    await assert.rejects(text('nothing', { VersionId: 'abc' }), refusal('NoSuchVersion', 404));
    await assert.rejects(s3.send(new GetObjectCommand({ Bucket: 'no-such-bucket', Key: 'a' })), refusal('NoSuchBucket', 404));
  });

  test('what nothing here would do is refused', async () => {
    for (const [more, name] of [[{ StorageClass: 'GLACIER' }, 'InvalidStorageClass'], [{ ServerSideEncryption: 'aws:kms' }, 'NotImplemented'], [{ ACL: 'public-read' }, 'AccessControlListNotSupported'], [{ WebsiteRedirectLocation: '/x' }, 'NotImplemented'], [{ ObjectLockLegalHoldStatus: 'ON' }, 'InvalidRequest'], [{ ServerSideEncryption: 'rot13' }, 'InvalidEncryptionAlgorithmError']] as const) {
      await assert.rejects(put('refused', 'x', more), (thrown: Error) => thrown.name === name, name);
    }
    await assert.rejects(text('refused'), refusal('NoSuchKey', 404));
    await assert.rejects(put('k'.repeat(1025), 'x'), refusal('KeyTooLongError', 400));
    await assert.rejects(put('m', 'x', { Metadata: { a: 'x'.repeat(2_100) } }), refusal('MetadataTooLarge', 400));
  });
});

describe('a list', () => {
  const Bucket = 'lists';
  before(async () => {
    await s3.send(new CreateBucketCommand({ Bucket }));
    for (const Key of ['a', 'b/1', 'b/2', 'c', 'd/x/1', 'ü']) await s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
  });

  test('goes on where the page before ended, prefixes among the entries', async () => {
    const seen: string[] = [];
    for (let ContinuationToken: string | undefined; ;) {
      const page = await s3.send(new ListObjectsV2Command({ Bucket, Delimiter: '/', MaxKeys: 2, ContinuationToken }));
      seen.push(...(page.Contents ?? []).map(({ Key }) => Key!), ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix!));
      if (!page.IsTruncated) break;
      ContinuationToken = page.NextContinuationToken;
    }
    assert.deepEqual(seen, ['a', 'b/', 'c', 'd/', 'ü']);
  });

  test('of one prefix, from a marker, and of nothing', async () => {
    assert.deepEqual((await s3.send(new ListObjectsCommand({ Bucket, Prefix: 'b/', Marker: 'b/1' }))).Contents?.map(({ Key }) => Key), ['b/2']);
    assert.equal((await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'zzz' }))).KeyCount, 0);
    assert.equal((await s3.send(new ListObjectsV2Command({ Bucket, MaxKeys: 0 }))).KeyCount, 0);
    await assert.rejects(s3.send(new ListObjectsV2Command({ Bucket, ContinuationToken: '!' })), refusal('InvalidArgument', 400));
  });
});

test('versions: what is deleted can be had again, and a delete marker says so', async () => {
  const Bucket = 'versions';
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  const one = await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: '1' }));
  const two = await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: '2' }));
  assert.ok(one.VersionId && two.VersionId && one.VersionId !== two.VersionId);
  const gone = await s3.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
  assert.equal(gone.DeleteMarker, true);
  await assert.rejects(s3.send(new GetObjectCommand({ Bucket, Key: 'k' })), refusal('NoSuchKey', 404));
  await assert.rejects(s3.send(new GetObjectCommand({ Bucket, Key: 'k', VersionId: gone.VersionId! })), (thrown: { $metadata: { httpStatusCode: number } }) => thrown.$metadata.httpStatusCode === 405);
  assert.equal(await (await s3.send(new GetObjectCommand({ Bucket, Key: 'k', VersionId: one.VersionId }))).Body!.transformToString(), '1');
  const versions = await s3.send(new ListObjectVersionsCommand({ Bucket }));
  assert.deepEqual([versions.Versions?.map(({ VersionId, IsLatest }) => [VersionId, IsLatest]), versions.DeleteMarkers?.map(({ VersionId }) => VersionId)], [[[two.VersionId, false], [one.VersionId, false]], [gone.VersionId]]);
  const removed = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'k', VersionId: gone.VersionId! }, { Key: 'nothing' }] } }));
  assert.equal(removed.Errors, undefined);
  assert.equal(await (await s3.send(new GetObjectCommand({ Bucket, Key: 'k' }))).Body!.transformToString(), '2');
});

describe('a bucket', () => {
  test('has a name of its own in all accounts, and a region', async () => {
    const other = gatehouse.s3(await gatehouse.newAccount('444455556666'));
    await assert.rejects(s3.send(new CreateBucketCommand({ Bucket })), refusal('BucketAlreadyOwnedByYou', 409));
    await assert.rejects(other.send(new CreateBucketCommand({ Bucket })), refusal('BucketAlreadyExists', 409));
    for (const name of ['ab', 'Upper', 'a_b', '192.168.0.1', 'a..b', 'xn--a', 'a'.repeat(64)]) await assert.rejects(s3.send(new CreateBucketCommand({ Bucket: name })), refusal('InvalidBucketName', 400), name);
    await s3.send(new CreateBucketCommand({ Bucket: 'far-away', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }));
    assert.equal((await s3.send(new GetBucketLocationCommand({ Bucket: 'far-away' }))).LocationConstraint, 'eu-west-1');
    assert.equal((await s3.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint, undefined);
    await assert.rejects(s3.send(new ListObjectsV2Command({ Bucket: 'far-away' })), (thrown: { name: string; Region?: string }) => thrown.name === 'AuthorizationHeaderMalformed' && thrown.Region === 'eu-west-1');
    assert.equal((await gatehouse.s3(gatehouse.admin, 'eu-west-1').send(new HeadBucketCommand({ Bucket: 'far-away' }))).BucketRegion, 'eu-west-1');
    await assert.rejects(gatehouse.s3(gatehouse.admin, 'eu-west-1').send(new CreateBucketCommand({ Bucket: 'x-y-z', CreateBucketConfiguration: { LocationConstraint: 'us-west-2' } })), refusal('IllegalLocationConstraintException', 400));
    const { Buckets, Owner } = await s3.send(new ListBucketsCommand({ Prefix: 'f' }));
    assert.deepEqual([Buckets?.map(({ Name, BucketRegion }) => [Name, BucketRegion]), Owner?.DisplayName], [[['far-away', 'eu-west-1']], gatehouse.account]);
  });

  test('goes only when it is empty, and its name is free then', async () => {
    const Bucket = 'short-lived';
    await s3.send(new CreateBucketCommand({ Bucket }));
    await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
    await assert.rejects(s3.send(new DeleteBucketCommand({ Bucket })), refusal('BucketNotEmpty', 409));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
    await s3.send(new DeleteBucketCommand({ Bucket }));
    await assert.rejects(s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' })), refusal('NoSuchBucket', 404));
    const other = gatehouse.s3(await gatehouse.newAccount('777788889999'));
    await other.send(new CreateBucketCommand({ Bucket }));
    await assert.rejects(s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' })), refusal('AccessDenied', 403));
  });
});
