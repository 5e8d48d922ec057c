/** Gatehouse in front of a store that is not ours and verifies signatures: OpenStack Swift, where it is on the machine. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import * as sdk from '@aws-sdk/client-s3';
import { findAccessKey } from '../../src/cli/credentials-file.ts';
import { startProgram } from '../running.ts';
import type { Program } from '../running.ts';
import { startSwift } from './swift.ts';

test('a foreign store behind Gatehouse: objects, parts, ranges, copies, lists, versions, and who may what', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-swift-'));
  mkdirSync(join(folder, 'swift'));
  const swift = await startSwift(join(folder, 'swift'));
  if (typeof swift === 'string') return t.skip(swift);
  const { endpoint, accessKeyId, secretAccessKey } = swift;
  const stores = join(folder, 'stores.json');
  writeFileSync(stores, JSON.stringify({ stores: { swift: { endpoint, accessKeyId, secretAccessKey, features: ['versioning'] } }, accounts: { '111122223333': { store: 'swift', prefix: 'gh-', buckets: { 'from-before': 'old-one' } } } }), { mode: 0o600 });
  const direct = new sdk.S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials: { accessKeyId, secretAccessKey }, requestChecksumCalculation: 'WHEN_REQUIRED' });
  let program: Program | undefined;
  try {
    await direct.send(new sdk.CreateBucketCommand({ Bucket: 'old-one' }));
    program = await startProgram({ args: ['--port', '0', '--account-id', '111122223333', '--object-stores', stores, '--data-dir', join(folder, 'data')], cwd: folder });
    const key = findAccessKey(readFileSync(join(folder, 'data', 'credentials'), 'utf8'), 'default')!;
    const options = { endpoint: program.endpoint, region: 'us-east-1', credentials: { accessKeyId: key.accessKeyId, secretAccessKey: key.secretAccessKey } };
    const s3 = new sdk.S3Client({ ...options, forcePathStyle: true });
    const Bucket = 'foreign';
    const body = randomBytes(6 * 1024 * 1024);
    await s3.send(new sdk.CreateBucketCommand({ Bucket }));
    // Checksums in trailers, chunks, a stream: what the store knows nothing of is Gatehouse's to verify.
    await s3.send(new sdk.PutObjectCommand({ Bucket, Key: 'dir/ü +%.bin', Body: Readable.from([body.subarray(0, 100_000), body.subarray(100_000)]), ContentLength: body.length, ContentType: 'text/x-mine', Metadata: { kind: 'x' } }));
    const got = await s3.send(new sdk.GetObjectCommand({ Bucket, Key: 'dir/ü +%.bin' }));
    assert.deepEqual([Buffer.from(await got.Body!.transformToByteArray()).equals(body), got.ContentType, got.Metadata], [true, 'text/x-mine', { kind: 'x' }]);
    const part = await s3.send(new sdk.GetObjectCommand({ Bucket, Key: 'dir/ü +%.bin', Range: 'bytes=100-199' }));
    assert.ok(Buffer.from(await part.Body!.transformToByteArray()).equals(body.subarray(100, 200)));
    const { UploadId } = await s3.send(new sdk.CreateMultipartUploadCommand({ Bucket, Key: 'parts' }));
    const parts = [];
    for (const [i, Body] of [body, Buffer.from('the end')].entries()) parts.push({ PartNumber: i + 1, ETag: (await s3.send(new sdk.UploadPartCommand({ Bucket, Key: 'parts', UploadId, PartNumber: i + 1, Body }))).ETag });
    await s3.send(new sdk.CompleteMultipartUploadCommand({ Bucket, Key: 'parts', UploadId, MultipartUpload: { Parts: parts } }));
    assert.equal((await s3.send(new sdk.HeadObjectCommand({ Bucket, Key: 'parts' }))).ContentLength, body.length + 7);
    await s3.send(new sdk.CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/${encodeURIComponent('dir/ü +%.bin')}` }));
    const listed = await s3.send(new sdk.ListObjectsV2Command({ Bucket, Delimiter: '/', MaxKeys: 2 }));
    assert.deepEqual([listed.Name, listed.Contents?.map(({ Key }) => Key), listed.CommonPrefixes, listed.IsTruncated], [Bucket, ['copy'], [{ Prefix: 'dir/' }], true]);
    assert.deepEqual((await s3.send(new sdk.ListObjectsV2Command({ Bucket, Delimiter: '/', ContinuationToken: listed.NextContinuationToken }))).Contents?.map(({ Key }) => Key), ['parts']);
    // There it has another name, and the store's own key opens it.
    assert.equal((await direct.send(new sdk.ListObjectsV2Command({ Bucket: 'gh-foreign' }))).KeyCount, 3);
    await s3.send(new sdk.PutBucketVersioningCommand({ Bucket: 'from-before', VersioningConfiguration: { Status: 'Enabled' } }));
    const first = await s3.send(new sdk.PutObjectCommand({ Bucket: 'from-before', Key: 'k', Body: '1' }));
    await s3.send(new sdk.PutObjectCommand({ Bucket: 'from-before', Key: 'k', Body: '2' }));
    assert.equal(await (await s3.send(new sdk.GetObjectCommand({ Bucket: 'from-before', Key: 'k', VersionId: first.VersionId }))).Body!.transformToString(), '1');
    // What the store lacks is said, not passed over.
    await assert.rejects(s3.send(new sdk.PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules: [{ ID: 'r', Status: 'Enabled', Filter: { Prefix: 'tmp/' }, Expiration: { Days: 1 } }] } })), (thrown: Error) => thrown.name === 'NotImplemented');

    const iam = new IAMClient(options);
    await iam.send(new CreateUserCommand({ UserName: 'narrow' }));
    await iam.send(new PutUserPolicyCommand({ UserName: 'narrow', PolicyName: 'p', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/co*` }] }) }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'narrow' }));
    const narrow = new sdk.S3Client({ ...options, forcePathStyle: true, credentials: { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! } });
    assert.equal((await (await narrow.send(new sdk.GetObjectCommand({ Bucket, Key: 'copy' }))).Body!.transformToByteArray()).length, body.length);
    for (const Key of ['parts', 'copy-absent']) await assert.rejects(narrow.send(new sdk.GetObjectCommand({ Bucket, Key })), (thrown: Error) => thrown.name === 'AccessDenied');
    await assert.rejects(s3.send(new sdk.DeleteBucketCommand({ Bucket })), (thrown: Error) => thrown.name === 'BucketNotEmpty');
    const removed = await s3.send(new sdk.DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'parts' }, { Key: 'copy' }, { Key: 'dir/ü +%.bin' }] } }));
    assert.deepEqual([removed.Deleted?.length, removed.Errors], [3, undefined]);
    await s3.send(new sdk.DeleteBucketCommand({ Bucket }));
    await swift.stop();
    await assert.rejects(s3.send(new sdk.GetObjectCommand({ Bucket: 'from-before', Key: 'k' })), (thrown: Error) => thrown.name === 'ServiceUnavailable');
    assert.doesNotMatch(program.logged() + readdirSync(join(folder, 'data', 'audit')).map((file) => readFileSync(join(folder, 'data', 'audit', file), 'utf8')).join(''), /test:tester|"testing"/);
  } finally {
    await program?.stop();
    await swift.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
