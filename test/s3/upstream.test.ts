/** Buckets whose objects are in another store: authorized here, asked for there with other credentials, and nothing accepted that is not done. */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import * as sdk from '@aws-sdk/client-s3';
import { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import type { KeyPair } from '../gatehouse.ts';
import { chunkedPut } from './chunked.ts';
import { account, prefix, startTwo } from './two-gatehouses.ts';
import type { TwoGatehouses } from './two-gatehouses.ts';
import { signRequest } from '../sign-request.ts';

const Bucket = 'elsewhere';
let two: TwoGatehouses;
let narrow: KeyPair;
before(async () => {
  two = await startTwo();
  await two.s3.send(new sdk.CreateBucketCommand({ Bucket }));
  const iam = two.front.iam();
  await iam.send(new CreateUserCommand({ UserName: 'narrow' }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'narrow' }));
  narrow = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
});
after(() => two[Symbol.asyncDispose]());

const text = async (s3: sdk.S3Client, Key: string, more: object = {}): Promise<string> => (await s3.send(new sdk.GetObjectCommand({ Bucket, Key, ...more }))).Body!.transformToString();
const put = (Key: string, Body: string | Uint8Array, more: object = {}) => two.s3.send(new sdk.PutObjectCommand({ Bucket, Key, Body, ...more }));
const refusal = (name: string, status: number) => (thrown: unknown): boolean => {
  const { name: actual, $metadata, message } = thrown as { name: string; message: string; $metadata: { httpStatusCode: number } };
  assert.deepEqual([actual, $metadata?.httpStatusCode], [name, status], message);
  return true;
};
const allow = (...statements: readonly object[]) => two.front.iam().send(new PutUserPolicyCommand({ UserName: 'narrow', PolicyName: 'p', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'none:Nothing', Resource: '*' }, ...statements] }) }));

describe('objects', () => {
  test('lie in the other store, under the name that the account has there', async () => {
    const body = randomBytes(3_000_000);
    const made = await put('a/b c+ü/%41.bin', body, { ContentType: 'text/x-mine', CacheControl: 'no-cache', Metadata: { kind: 'x' }, Tagging: 'a=b' });
    assert.equal(made.ETag, `"${createHash('md5').update(body).digest('hex')}"`);
    const there = await two.there.send(new sdk.GetObjectCommand({ Bucket: `${prefix}${Bucket}`, Key: 'a/b c+ü/%41.bin' }));
    assert.deepEqual([Buffer.from(await there.Body!.transformToByteArray()).equals(body), there.ContentType, there.Metadata, there.TagCount], [true, 'text/x-mine', { kind: 'x' }, 1]);
    const here = await two.s3.send(new sdk.GetObjectCommand({ Bucket, Key: 'a/b c+ü/%41.bin', Range: 'bytes=1000000-1999999' }));
    assert.deepEqual([Buffer.from(await here.Body!.transformToByteArray()).equals(body.subarray(1_000_000, 2_000_000)), here.$metadata.httpStatusCode, here.ContentRange, here.CacheControl], [true, 206, 'bytes 1000000-1999999/3000000', 'no-cache']);
    const head = await two.s3.send(new sdk.HeadObjectCommand({ Bucket, Key: 'a/b c+ü/%41.bin' }));
    assert.deepEqual([head.ContentLength, head.ETag], [3_000_000, made.ETag]);
  });

  test('may be empty or small, and are checked', async () => {
    await put('empty', '');
    assert.equal(await text(two.s3, 'empty'), '');
    for (const ChecksumAlgorithm of ['CRC32', 'CRC64NVME', 'SHA256'] as const) {
      await put('small', 'hello', { ChecksumAlgorithm });
      assert.equal(await text(two.s3, 'small', { ChecksumMode: 'ENABLED' }), 'hello');
    }
    await assert.rejects(put('small', 'other', { ChecksumCRC32: 'AAAAAA==' }), refusal('BadDigest', 400));
    assert.equal(await text(two.s3, 'small'), 'hello');
  });

  test('answer conditions, and what is asked for headers is Gatehouse\'s to give', async () => {
    const { ETag } = await put('conditions', 'x');
    assert.equal(await text(two.s3, 'conditions', { IfMatch: ETag }), 'x');
    await assert.rejects(text(two.s3, 'conditions', { IfMatch: '"other"' }), refusal('PreconditionFailed', 412));
    await assert.rejects(text(two.s3, 'conditions', { IfNoneMatch: ETag }), (thrown: { $metadata: { httpStatusCode: number } }) => thrown.$metadata.httpStatusCode === 304);
    await assert.rejects(put('conditions', 'y', { IfNoneMatch: '*' }), refusal('PreconditionFailed', 412));
    await assert.rejects(text(two.s3, 'conditions', { Range: 'bytes=5-' }), refusal('InvalidRange', 416));
    assert.equal((await two.s3.send(new sdk.GetObjectCommand({ Bucket, Key: 'conditions', ResponseContentType: 'text/x-asked' }))).ContentType, 'text/x-asked');
  });

  test('are listed, page by page, with our names and owner', async () => {
    for (const Key of ['list/1', 'list/2', 'list/3/x']) await put(Key, Key);
    const page = await two.s3.send(new sdk.ListObjectsV2Command({ Bucket, Prefix: 'list/', Delimiter: '/', MaxKeys: 2, FetchOwner: true }));
    assert.deepEqual([page.Name, page.Contents?.map(({ Key }) => Key), page.IsTruncated, page.Contents?.[0]?.Owner?.DisplayName], [Bucket, ['list/1', 'list/2'], true, account]);
    const next = await two.s3.send(new sdk.ListObjectsV2Command({ Bucket, Prefix: 'list/', Delimiter: '/', ContinuationToken: page.NextContinuationToken }));
    assert.deepEqual([next.Contents, next.CommonPrefixes], [undefined, [{ Prefix: 'list/3/' }]]);
    assert.equal((await two.s3.send(new sdk.ListObjectsCommand({ Bucket, Prefix: 'list/' }))).Contents?.length, 3);
    const removed = await two.s3.send(new sdk.DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'list/1' }, { Key: 'list/2' }, { Key: 'list/3/x' }] } }));
    assert.deepEqual([removed.Deleted?.length, removed.Errors], [3, undefined]);
  });

  test('come in parts, and are copied within the store', async () => {
    const { UploadId } = await two.s3.send(new sdk.CreateMultipartUploadCommand({ Bucket, Key: 'parts' }));
    const part = randomBytes(5 * 1024 * 1024);
    const { ETag } = await two.s3.send(new sdk.UploadPartCommand({ Bucket, Key: 'parts', UploadId, PartNumber: 1, Body: part }));
    await put('last', 'the end');
    const copied = await two.s3.send(new sdk.UploadPartCopyCommand({ Bucket, Key: 'parts', UploadId, PartNumber: 2, CopySource: `${Bucket}/last` }));
    const listed = await two.s3.send(new sdk.ListPartsCommand({ Bucket, Key: 'parts', UploadId }));
    assert.deepEqual([listed.Bucket, listed.Parts?.map(({ Size }) => Size)], [Bucket, [part.length, 7]]);
    assert.equal((await two.s3.send(new sdk.ListMultipartUploadsCommand({ Bucket }))).Uploads?.[0]?.UploadId, UploadId);
    const whole = await two.s3.send(new sdk.CompleteMultipartUploadCommand({ Bucket, Key: 'parts', UploadId, MultipartUpload: { Parts: [{ PartNumber: 1, ETag }, { PartNumber: 2, ETag: copied.CopyPartResult!.ETag }] } }));
    assert.deepEqual([whole.Bucket, whole.Location], [Bucket, `/${Bucket}/parts`]);
    assert.equal(await text(two.s3, 'parts', { Range: `bytes=${part.length}-` }), 'the end');
    await two.s3.send(new sdk.CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/last` }));
    assert.equal(await text(two.s3, 'copy'), 'the end');
    await assert.rejects(two.s3.send(new sdk.CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/absent` })), refusal('NoSuchKey', 404));
    const { UploadId: dropped } = await two.s3.send(new sdk.CreateMultipartUploadCommand({ Bucket, Key: 'dropped' }));
    await two.s3.send(new sdk.AbortMultipartUploadCommand({ Bucket, Key: 'dropped', UploadId: dropped }));
    await assert.rejects(two.s3.send(new sdk.ListPartsCommand({ Bucket, Key: 'dropped', UploadId: dropped })), refusal('NoSuchUpload', 404));
  });

  test('have tags, attributes and an owner', async () => {
    await put('tagged', 'x');
    await two.s3.send(new sdk.PutObjectTaggingCommand({ Bucket, Key: 'tagged', Tagging: { TagSet: [{ Key: 'kind', Value: 'x' }] } }));
    assert.deepEqual((await two.s3.send(new sdk.GetObjectTaggingCommand({ Bucket, Key: 'tagged' }))).TagSet, [{ Key: 'kind', Value: 'x' }]);
    assert.equal((await two.s3.send(new sdk.GetObjectAttributesCommand({ Bucket, Key: 'tagged', ObjectAttributes: ['ObjectSize'] }))).ObjectSize, 1);
    assert.equal((await two.s3.send(new sdk.GetObjectAclCommand({ Bucket, Key: 'tagged' }))).Owner?.DisplayName, account);
    await assert.rejects(two.s3.send(new sdk.PutObjectAclCommand({ Bucket, Key: 'tagged', ACL: 'public-read' })), refusal('AccessControlListNotSupported', 400));
    await two.s3.send(new sdk.DeleteObjectTaggingCommand({ Bucket, Key: 'tagged' }));
    assert.deepEqual((await two.s3.send(new sdk.GetObjectTaggingCommand({ Bucket, Key: 'tagged' }))).TagSet, []);
  });
});

describe('who may what is decided here', () => {
  const object = `arn:aws:s3:::${Bucket}/*`;
  test('by the policies of this Gatehouse, and their conditions on tags of objects', async () => {
    await put('open', 'x', { Tagging: 'class=open' });
    await put('closed', 'x', { Tagging: 'class=closed' });
    const s3 = two.front.s3(narrow);
    await allow({ Effect: 'Allow', Action: ['s3:GetObject', 's3:DeleteObject', 's3:ListBucket'], Resource: [object, `arn:aws:s3:::${Bucket}`] }, { Effect: 'Deny', Action: ['s3:GetObject', 's3:DeleteObject'], Resource: object, Condition: { StringEquals: { 's3:ExistingObjectTag/class': 'closed' } } });
    assert.equal(await text(s3, 'open'), 'x');
    await assert.rejects(text(s3, 'closed'), refusal('AccessDenied', 403));
    await assert.rejects(text(s3, 'absent'), refusal('NoSuchKey', 404));
    const { Deleted, Errors } = await s3.send(new sdk.DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'open' }, { Key: 'closed' }] } }));
    assert.deepEqual([Deleted?.map(({ Key }) => Key), Errors?.map(({ Key, Code }) => [Key, Code])], [['open'], [['closed', 'AccessDenied']]]);
    assert.equal(await text(two.s3, 'closed'), 'x');
  });

  test('and who may not list is not told what is not there', async () => {
    const s3 = two.front.s3(narrow);
    await allow({ Effect: 'Allow', Action: ['s3:GetObject', 's3:GetObjectTagging', 's3:GetObjectAcl'], Resource: object });
    await assert.rejects(text(s3, 'absent'), refusal('AccessDenied', 403));
    await assert.rejects(s3.send(new sdk.GetObjectTaggingCommand({ Bucket, Key: 'absent' })), refusal('AccessDenied', 403));
    await assert.rejects(s3.send(new sdk.GetObjectAclCommand({ Bucket, Key: 'absent' })), refusal('AccessDenied', 403));
    await assert.rejects(s3.send(new sdk.HeadObjectCommand({ Bucket, Key: 'absent' })), (thrown: { $metadata: { httpStatusCode: number } }) => thrown.$metadata.httpStatusCode === 403);
  });

  test('another account has nothing in it', async () => {
    const stranger = two.front.s3(await two.front.newAccount('444455556666'));
    await assert.rejects(text(stranger, 'closed'), refusal('AccessDenied', 403));
    await stranger.send(new sdk.CreateBucketCommand({ Bucket: 'strangers-own' }));
    await stranger.send(new sdk.PutObjectCommand({ Bucket: 'strangers-own', Key: 'k', Body: 'x' }));
    // It is no account of the store's: what it makes is kept here.
    await assert.rejects(two.there.send(new sdk.HeadBucketCommand({ Bucket: `${prefix}strangers-own` })), (thrown: { $metadata: { httpStatusCode: number } }) => thrown.$metadata.httpStatusCode === 404);
    await assert.rejects(two.s3.send(new sdk.CopyObjectCommand({ Bucket, Key: 'stolen', CopySource: 'strangers-own/k' })), refusal('AccessDenied', 403));
  });
});

describe('buckets', () => {
  test('are made and removed there, and one that was there before is not taken', async () => {
    await two.s3.send(new sdk.CreateBucketCommand({ Bucket: 'short-lived' }));
    await two.there.send(new sdk.HeadBucketCommand({ Bucket: `${prefix}short-lived` }));
    await two.there.send(new sdk.PutObjectCommand({ Bucket: `${prefix}short-lived`, Key: 'k', Body: 'x' }));
    await assert.rejects(two.s3.send(new sdk.DeleteBucketCommand({ Bucket: 'short-lived' })), refusal('BucketNotEmpty', 409));
    await two.s3.send(new sdk.DeleteObjectCommand({ Bucket: 'short-lived', Key: 'k' }));
    await two.s3.send(new sdk.DeleteBucketCommand({ Bucket: 'short-lived' }));
    await assert.rejects(two.there.send(new sdk.HeadBucketCommand({ Bucket: `${prefix}short-lived` })), (thrown: { $metadata: { httpStatusCode: number } }) => thrown.$metadata.httpStatusCode === 404);
    await two.there.send(new sdk.CreateBucketCommand({ Bucket: `${prefix}taken` }));
    await assert.rejects(two.s3.send(new sdk.CreateBucketCommand({ Bucket: 'taken' })), refusal('BucketAlreadyExists', 409));
    await assert.rejects(two.s3.send(new sdk.HeadBucketCommand({ Bucket: 'taken' })), (thrown: { $metadata: { httpStatusCode: number } }) => thrown.$metadata.httpStatusCode === 404);
    assert.equal([...two.front.plane.store.partition.intents.all()].length, 0);
  });

  test('that were there before are the account\'s that the operator says', async () => {
    await two.there.send(new sdk.PutObjectCommand({ Bucket: 'old-one', Key: 'k', Body: 'from before' }));
    assert.equal(await (await two.s3.send(new sdk.GetObjectCommand({ Bucket: 'adopted', Key: 'k' }))).Body!.transformToString(), 'from before');
    assert.deepEqual((await two.s3.send(new sdk.ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name), ['adopted', Bucket]);
  });

  test('keep their policies, tags and rules for other origins here, and have versions, encryption and lifecycle there', async () => {
    await two.s3.send(new sdk.PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [{ Key: 'a', Value: 'b' }] } }));
    await two.s3.send(new sdk.PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'] }] } }));
    await two.s3.send(new sdk.PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules: [{ ID: 'r', Status: 'Enabled', Filter: { Prefix: 'tmp/' }, Expiration: { Days: 1 } }] } }));
    const there = { Bucket: `${prefix}${Bucket}` };
    await assert.rejects(two.there.send(new sdk.GetBucketTaggingCommand(there)), refusal('NoSuchTagSet', 404));
    assert.equal((await two.there.send(new sdk.GetBucketLifecycleConfigurationCommand(there))).Rules?.[0]?.ID, 'r');
    assert.equal((await two.s3.send(new sdk.GetBucketLifecycleConfigurationCommand({ Bucket }))).Rules?.[0]?.Expiration?.Days, 1);
    await two.s3.send(new sdk.DeleteBucketLifecycleCommand({ Bucket }));
    assert.equal((await two.s3.send(new sdk.GetBucketEncryptionCommand({ Bucket }))).ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm, 'AES256');
    await two.s3.send(new sdk.PutBucketVersioningCommand({ Bucket: 'adopted', VersioningConfiguration: { Status: 'Enabled' } }));
    assert.equal((await two.there.send(new sdk.GetBucketVersioningCommand({ Bucket: 'old-one' }))).Status, 'Enabled');
    const first = await two.s3.send(new sdk.PutObjectCommand({ Bucket: 'adopted', Key: 'v', Body: '1' }));
    await two.s3.send(new sdk.PutObjectCommand({ Bucket: 'adopted', Key: 'v', Body: '2' }));
    assert.equal(await (await two.s3.send(new sdk.GetObjectCommand({ Bucket: 'adopted', Key: 'v', VersionId: first.VersionId }))).Body!.transformToString(), '1');
    const gone = await two.s3.send(new sdk.DeleteObjectCommand({ Bucket: 'adopted', Key: 'v' }));
    assert.equal(gone.DeleteMarker, true);
    await assert.rejects(two.s3.send(new sdk.GetObjectCommand({ Bucket: 'adopted', Key: 'v' })), refusal('NoSuchKey', 404));
    const versions = await two.s3.send(new sdk.ListObjectVersionsCommand({ Bucket: 'adopted', Prefix: 'v' }));
    assert.deepEqual([versions.Name, versions.Versions?.length, versions.DeleteMarkers?.[0]?.Owner?.DisplayName], ['adopted', 2, account]);
  });
});

describe('attacks', () => {
  const send = (method: string, target: string, { body = '', headers = {} }: { readonly body?: string; readonly headers?: Readonly<Record<string, string>> } = {}) => {
    const signed = signRequest({ accessKeyId: two.front.admin.accessKeyId, secretAccessKey: two.front.admin.secretAccessKey, at: two.front.clock.now, service: 's3', region: 'us-east-1', method, target, body, headers });
    return two.front.send({ method, target, headers: signed.rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [[name, signed.rawHeaders[i + 1]!] as const] : [])), body });
  };

  test('no key leads out of the bucket, nor to another server', async () => {
    await two.there.send(new sdk.CreateBucketCommand({ Bucket: 'secret-bucket' }));
    await two.there.send(new sdk.PutObjectCommand({ Bucket: 'secret-bucket', Key: 'secret', Body: 'secret' }));
    for (const key of ['../secret-bucket/secret', '%2e%2e/secret-bucket/secret', '..%2Fsecret-bucket%2Fsecret', 'a/../../secret-bucket/secret', '..%5Csecret-bucket', './x', 'x/.', 'x/..']) {
      const answer = await send('GET', `/${Bucket}/${key}`);
      assert.deepEqual([answer.status, /<Code>InvalidArgument</.test(String(answer.body))], [400, true], key);
    }
    for (const key of ['http://127.0.0.1:1/x', '%0d%0aHost:%20evil', '%3Facl', '@evil/x', '%2F%2Fevil/x', '//evil/x', '%23x', '%25%32%65%25%32%65/secret-bucket/secret', 'x%00y']) {
      const made = await send('PUT', `/${Bucket}/k${key}`, { body: 'mine' });
      assert.equal(made.status, 200, `${key}: ${String(made.body)}`);
      assert.equal(String((await send('GET', `/${Bucket}/k${key}`)).body), 'mine', key);
    }
    assert.equal((await two.there.send(new sdk.ListObjectsV2Command({ Bucket: 'secret-bucket' }))).KeyCount, 1);
  });

  test('no header goes through that the model does not name, and none of the client\'s own credentials', async () => {
    const seen: string[][] = [];
    await using watched = await startTwo({ intercept(request, answer) { seen.push([...request.rawHeaders]); return answer(); } });
    await watched.s3.send(new sdk.CreateBucketCommand({ Bucket }));
    seen.length = 0;
    const { admin } = watched.front;
    const signed = signRequest({ accessKeyId: admin.accessKeyId, secretAccessKey: admin.secretAccessKey, at: watched.front.clock.now, service: 's3', region: 'us-east-1', method: 'PUT', target: `/${Bucket}/k`, body: 'x', headers: { 'X-Forwarded-Host': 'evil', 'x-amz-security-token-of-mine': 'x', 'x-amz-copy-source-nothing': 'x', Cookie: 'session=1', 'x-amz-acl': 'private', 'X-Evil': '1' } });
    assert.equal((await watched.front.send({ method: 'PUT', target: signed.target, headers: signed.rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [[name, signed.rawHeaders[i + 1]!] as const] : [])), body: 'x' })).status, 200);
    const names = seen[0]!.filter((_, i) => i % 2 === 0).map((name) => name.toLowerCase()).sort();
    assert.deepEqual(names, ['authorization', 'connection', 'content-length', 'content-md5', 'content-type', 'host', 'x-amz-content-sha256', 'x-amz-date']);
    assert.ok(!seen.flat().some((value) => value.includes(admin.accessKeyId)));
  });

  test('a body that is not what it was said to be leaves nothing behind', async () => {
    const big = ['a'.repeat(100_000), 'b'.repeat(100_000)];
    for (const mode of ['STREAMING-AWS4-HMAC-SHA256-PAYLOAD', 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'] as const) {
      assert.equal((await two.front.send(chunkedPut(two.front, { mode, key: two.front.admin, target: `/${Bucket}/whole`, pieces: big }))).status, 200);
      assert.equal(await text(two.s3, 'whole'), big.join(''));
      for (const pieces of [big, ['small']]) {
        const answer = await two.front.send(chunkedPut(two.front, { mode, key: two.front.admin, target: `/${Bucket}/spoiled`, pieces, spoil: (body) => { body.chunks[body.chunks.length - 2] = body.chunks.at(-2)!.replace(/[abs](?=[\r])|l(?=\r)/, 'X'); } }));
        assert.ok([400, 403].includes(answer.status), String(answer.body));
      }
    }
    const stated = createHash('sha256').update('other').digest('hex');
    assert.equal((await send('PUT', `/${Bucket}/spoiled`, { body: 'x'.repeat(200_000), headers: { 'X-Amz-Content-Sha256': stated } })).status, 400);
    // The store's ETag is the store's, so MD5 is computed only where the request states one.
    assert.equal((await send('PUT', `/${Bucket}/spoiled`, { body: 'x'.repeat(200_000), headers: { 'Content-MD5': createHash('md5').update('other').digest('base64') } })).status, 400);
    await assert.rejects(two.there.send(new sdk.HeadObjectCommand({ Bucket: `${prefix}${Bucket}`, Key: 'spoiled' })), (thrown: { $metadata: { httpStatusCode: number } }) => thrown.$metadata.httpStatusCode === 404);
  });
});

describe('a store that does not serve', () => {
  test('is away: 503, and the log says which', async () => {
    await using broken = await startTwo({ changed: ({ stores, accounts }) => ({ accounts, stores: new Map([['main', { ...stores.get('main')!, endpoint: new URL('http://127.0.0.1:9') }]]) }) });
    await assert.rejects(broken.s3.send(new sdk.GetObjectCommand({ Bucket: 'adopted', Key: 'k' })), refusal('ServiceUnavailable', 503));
    await assert.rejects(broken.s3.send(new sdk.PutObjectCommand({ Bucket: 'adopted', Key: 'k', Body: Buffer.alloc(200_000) })), refusal('ServiceUnavailable', 503));
    await assert.rejects(broken.s3.send(new sdk.CreateBucketCommand({ Bucket })), refusal('ServiceUnavailable', 503));
    await assert.rejects(broken.s3.send(new sdk.DeleteBucketCommand({ Bucket: 'adopted' })), refusal('ServiceUnavailable', 503));
    assert.deepEqual(broken.warnings, ['the store of objects main does not serve: the connection to it failed']);
    assert.equal((await broken.s3.send(new sdk.ListBucketsCommand({}))).Buckets?.length, 1);
  });

  test('does not let Gatehouse in: 500, and nothing of the credentials is told or logged', async () => {
    await using broken = await startTwo({ changed: ({ stores, accounts }) => ({ accounts, stores: new Map([['main', { ...stores.get('main')!, secretAccessKey: 'w'.repeat(40) }]]) }) });
    await assert.rejects(broken.s3.send(new sdk.GetObjectCommand({ Bucket: 'adopted', Key: 'k' })), (thrown: { name: string; message: string; $metadata: { httpStatusCode: number } }) => thrown.name === 'InternalError' && !thrown.message.includes('AKIA') && thrown.$metadata.httpStatusCode === 500);
    await assert.rejects(broken.s3.send(new sdk.PutObjectCommand({ Bucket: 'adopted', Key: 'k', Body: Buffer.alloc(200_000) })), refusal('InternalError', 500));
    assert.deepEqual(broken.warnings, ['the store of objects main does not serve: it answers 403 SignatureDoesNotMatch']);
    assert.ok(!JSON.stringify([broken.front.logLines, broken.front.auditRecords, broken.warnings]).includes('wwww'));
  });

  test('is named no more: 500', async () => {
    await using broken = await startTwo({ changed: ({ accounts }) => ({ accounts, stores: new Map() }) });
    await assert.rejects(broken.s3.send(new sdk.GetObjectCommand({ Bucket: 'adopted', Key: 'k' })), refusal('InternalError', 500));
    assert.match(broken.warnings[0]!, /there is no store main/);
  });

  test('breaks off in the middle: the client sees that it has not all', async () => {
    async function* half(): AsyncGenerator<Uint8Array> {
      yield Buffer.alloc(400_000);
      throw new Error('the store is gone');
    }
    await using broken = await startTwo({ intercept: async (request, answer) => (request.method === 'GET' ? { status: 200, headers: { 'Content-Length': '1000000', ETag: '"e"' }, body: half() } : answer()) });
    const read = async () => (await broken.s3.send(new sdk.GetObjectCommand({ Bucket: 'adopted', Key: 'k' }))).Body!.transformToByteArray();
    await assert.rejects(read());
  });

  test('is busy: 503 SlowDown; answers nonsense: 503', async () => {
    let status = 503;
    let body = '<Error><Code>SlowDown</Code><Message>slow</Message></Error>';
    await using broken = await startTwo({ intercept: async (request, answer) => (request.method === 'GET' ? { status, headers: {}, body } : answer()) });
    const read = () => broken.s3.send(new sdk.GetObjectCommand({ Bucket: 'adopted', Key: 'k' }));
    await assert.rejects(read(), refusal('SlowDown', 503));
    body = '<html>bad gateway</html>';
    await assert.rejects(read(), refusal('ServiceUnavailable', 503));
    status = 301;
    await assert.rejects(read(), refusal('InternalError', 500));
    status = 200;
    body = '<!DOCTYPE x [<!ENTITY a "b">]><ListBucketResult/>';
    await assert.rejects(broken.s3.send(new sdk.ListObjectsV2Command({ Bucket: 'adopted' })), refusal('InternalError', 500));
  });
});

test('what a store is not said to have is refused, or truly told, and never reaches it', async () => {
  const seen: string[] = [];
  await using plain = await startTwo({
    intercept(request, answer) { seen.push(`${request.method} ${request.target}`); return answer(); },
    changed: ({ stores, accounts }) => ({ accounts, stores: new Map([['main', { ...stores.get('main')!, features: new Set() }]]) }),
  });
  const { s3 } = plain;
  const object = { Bucket: 'adopted', Key: 'k' };
  await s3.send(new sdk.PutObjectCommand({ ...object, Body: 'x' }));
  seen.length = 0;
  const refused: readonly (() => Promise<unknown>)[] = [
    () => s3.send(new sdk.DeleteBucketLifecycleCommand({ Bucket: 'adopted' })), () => s3.send(new sdk.DeleteBucketEncryptionCommand({ Bucket: 'adopted' })),
    () => s3.send(new sdk.PutBucketVersioningCommand({ Bucket: 'adopted', VersioningConfiguration: { Status: 'Enabled' } })), () => s3.send(new sdk.ListObjectVersionsCommand({ Bucket: 'adopted' })),
    () => s3.send(new sdk.PutObjectTaggingCommand({ ...object, Tagging: { TagSet: [] } })), () => s3.send(new sdk.DeleteObjectTaggingCommand(object)), () => s3.send(new sdk.GetObjectAttributesCommand({ ...object, ObjectAttributes: ['ETag'] })),
    ...[{ Tagging: 'a=b' }, { ServerSideEncryption: 'AES256' as const }, { SSECustomerAlgorithm: 'AES256', SSECustomerKey: Buffer.alloc(32) as never }, { StorageClass: 'GLACIER' as const }, { IfNoneMatch: '*' }, { IfMatch: 'x' }, { ObjectLockLegalHoldStatus: 'ON' as const }, { WebsiteRedirectLocation: '/x' }].map((more) => () => s3.send(new sdk.PutObjectCommand({ ...object, Body: 'y', ...more }))),
    () => s3.send(new sdk.DeleteObjectCommand({ ...object, VersionId: 'v' })), () => s3.send(new sdk.GetObjectCommand({ ...object, VersionId: 'v' })), () => s3.send(new sdk.CopyObjectCommand({ ...object, CopySource: 'adopted/k?versionId=v' })),
    () => s3.send(new sdk.DeleteObjectsCommand({ Bucket: 'adopted', Delete: { Objects: [{ Key: 'k' }] }, MFA: 'x 123456' })),
  ];
  for (const [i, call] of refused.entries()) await assert.rejects(call(), refusal('NotImplemented', 501), String(i));
  assert.deepEqual(await s3.send(new sdk.GetBucketVersioningCommand({ Bucket: 'adopted' })).then(({ Status }) => Status), undefined);
  assert.deepEqual((await s3.send(new sdk.GetObjectTaggingCommand(object))).TagSet, []);
  await assert.rejects(s3.send(new sdk.GetBucketEncryptionCommand({ Bucket: 'adopted' })), refusal('ServerSideEncryptionConfigurationNotFoundError', 404));
  await assert.rejects(s3.send(new sdk.GetBucketLifecycleConfigurationCommand({ Bucket: 'adopted' })), refusal('NoSuchLifecycleConfiguration', 404));
  const { Deleted, Errors } = await s3.send(new sdk.DeleteObjectsCommand({ Bucket: 'adopted', Delete: { Objects: [{ Key: 'k', VersionId: 'v' }] } }));
  assert.deepEqual([Deleted, Errors?.map(({ Code }) => Code)], [undefined, ['NotImplemented']]);
  assert.deepEqual(seen, []);
});

test('a bucket that could not be made because the store was away is made when it is asked for again', async () => {
  let isAway = true;
  await using it = await startTwo({ intercept: async (request, answer) => (isAway && request.method === 'PUT' && request.path.startsWith(`/${prefix}`) ? { status: 503, headers: {}, body: '' } : answer()) });
  await assert.rejects(it.s3.send(new sdk.CreateBucketCommand({ Bucket })), refusal('ServiceUnavailable', 503));
  await assert.rejects(it.s3.send(new sdk.PutObjectCommand({ Bucket, Key: 'k', Body: 'x' })), refusal('NoSuchBucket', 404));
  const stranger = it.front.s3(await it.front.newAccount('444455556666'));
  await assert.rejects(stranger.send(new sdk.CreateBucketCommand({ Bucket })), refusal('BucketAlreadyExists', 409));
  isAway = false;
  await it.s3.send(new sdk.CreateBucketCommand({ Bucket }));
  await it.s3.send(new sdk.PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
  assert.equal([...it.front.plane.store.partition.intents.all()].length, 0);
});
