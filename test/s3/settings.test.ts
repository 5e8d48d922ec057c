/** What is configured of a bucket does something: preflights are answered, rules run, policies bind. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as sdk from '@aws-sdk/client-s3';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';

let gatehouse: TestGatehouse;
let s3: sdk.S3Client;
before(async () => {
  gatehouse = await startGatehouse();
  s3 = gatehouse.s3();
});
after(() => gatehouse.stop());

const named = (name: string) => (thrown: Error): boolean => {
  assert.equal(thrown.name, name, thrown.message);
  return true;
};

describe('cross-origin requests', () => {
  const Bucket = 'cross-origin';
  before(async () => {
    await s3.send(new sdk.CreateBucketCommand({ Bucket }));
    await s3.send(new sdk.PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
  });
  const preflight = (headers: Readonly<Record<string, string | undefined>>, target = `/${Bucket}/k`) => gatehouse.send({ method: 'OPTIONS', target, headers: [['Host', 'localhost'], ...Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))] });

  test('are refused before there are rules', async () => {
    await assert.rejects(s3.send(new sdk.GetBucketCorsCommand({ Bucket })), named('NoSuchCORSConfiguration'));
    const answer = await preflight({ 'Origin': 'https://app.example', 'Access-Control-Request-Method': 'GET' });
    assert.deepEqual([answer.status, /CORS is not enabled for this bucket/.test(String(answer.body)), answer.headers['Access-Control-Allow-Origin']], [403, true, undefined]);
  });

  test('are answered by the first rule that fits, with or without a signature in the query', async () => {
    await s3.send(new sdk.PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules: [
      { AllowedMethods: ['PUT', 'GET'], AllowedOrigins: ['https://*.example'], AllowedHeaders: ['x-amz-*', 'Content-Type'], ExposeHeaders: ['ETag'], MaxAgeSeconds: 60 },
      { AllowedMethods: ['GET'], AllowedOrigins: ['*'] },
    ] } }));
    const answer = await preflight({ 'Origin': 'https://app.example', 'Access-Control-Request-Method': 'PUT', 'Access-Control-Request-Headers': 'X-Amz-Date, content-type' }, `/${Bucket}/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a%2F20261124%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20261123T100000Z&X-Amz-SignedHeaders=host&X-Amz-Signature=b`);
    assert.equal(answer.status, 200, String(answer.body));
    assert.deepEqual([answer.headers['Access-Control-Allow-Origin'], answer.headers['Access-Control-Allow-Headers'], answer.headers['Access-Control-Max-Age'], answer.headers['Access-Control-Expose-Headers']], ['https://app.example', 'x-amz-date, content-type', '60', 'ETag']);
    for (const headers of [{ 'Origin': 'https://evil.test', 'Access-Control-Request-Method': 'PUT' }, { 'Origin': 'https://app.example', 'Access-Control-Request-Method': 'DELETE' }, { 'Origin': 'https://app.example', 'Access-Control-Request-Method': 'PUT', 'Access-Control-Request-Headers': 'cookie' }]) assert.equal((await preflight(headers)).status, 403);
    assert.equal((await preflight({ 'Origin': 'https://evil.test', 'Access-Control-Request-Method': 'GET' })).headers['Access-Control-Allow-Origin'], '*');
    assert.equal((await preflight({ 'Access-Control-Request-Method': 'GET' })).status, 400);
  });

  test('what a rule could not mean is refused', async () => {
    for (const [rule, name] of [[{ AllowedMethods: ['PATCH'], AllowedOrigins: ['*'] }, 'InvalidRequest'], [{ AllowedMethods: ['GET'], AllowedOrigins: ['https://*.*'] }, 'InvalidRequest'], [{ AllowedMethods: ['GET'], AllowedOrigins: ['a\r\nb'] }, 'InvalidRequest'], [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'], ExposeHeaders: ['*'] }, 'InvalidRequest']] as const) {
      await assert.rejects(s3.send(new sdk.PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules: [rule as never] } })), named(name));
    }
  });
});

describe('lifecycle rules', () => {
  const Bucket = 'lifecycles';
  before(() => s3.send(new sdk.CreateBucketCommand({ Bucket })));
  const keys = async () => (await s3.send(new sdk.ListObjectsV2Command({ Bucket }))).Contents?.map(({ Key }) => Key) ?? [];
  const rules = (Rules: readonly object[]) => s3.send(new sdk.PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules: Rules as sdk.LifecycleRule[] } }));

  test('expire what they are about, and nothing else, from the midnight after their days', async () => {
    for (const [Key, Tagging] of [['tmp/a', undefined], ['tmp/b', 'keep=no'], ['kept', undefined]] as const) await s3.send(new sdk.PutObjectCommand({ Bucket, Key, Body: 'x', Tagging }));
    const { UploadId } = await s3.send(new sdk.CreateMultipartUploadCommand({ Bucket, Key: 'tmp/up' }));
    await rules([{ ID: 'tmp', Status: 'Enabled', Filter: { And: { Prefix: 'tmp/', Tags: [{ Key: 'keep', Value: 'no' }] } }, Expiration: { Days: 2 } }, { ID: 'uploads', Status: 'Enabled', Filter: { Prefix: '' }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }, { ID: 'off', Status: 'Disabled', Filter: { Prefix: '' }, Expiration: { Days: 1 } }]);
    gatehouse.clock.advance(2 * 86_400_000);
    await gatehouse.plane.s3.runLifecycles();
    // Put at ten o'clock: the days are over at ten, and it goes at midnight.
    assert.deepEqual(await keys(), ['kept', 'tmp/a', 'tmp/b']);
    await assert.rejects(s3.send(new sdk.ListPartsCommand({ Bucket, Key: 'tmp/up', UploadId })), named('NoSuchUpload'));
    gatehouse.clock.advance(14 * 3_600_000);
    await gatehouse.plane.s3.runLifecycles();
    assert.deepEqual(await keys(), ['kept', 'tmp/a']);
  });

  test('remove versions that are not current, and delete markers that stand for nothing', async () => {
    await s3.send(new sdk.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
    await rules([{ ID: 'old', Status: 'Enabled', Filter: { Prefix: 'v' }, NoncurrentVersionExpiration: { NoncurrentDays: 1, NewerNoncurrentVersions: 1 } }]);
    for (const Body of ['1', '2', '3', '4']) await s3.send(new sdk.PutObjectCommand({ Bucket, Key: 'v', Body }));
    gatehouse.clock.advance(3 * 86_400_000);
    await gatehouse.plane.s3.runLifecycles();
    const { Versions = [] } = await s3.send(new sdk.ListObjectVersionsCommand({ Bucket, Prefix: 'v' }));
    assert.equal(Versions.length, 2);
    await s3.send(new sdk.DeleteObjectCommand({ Bucket, Key: 'v' }));
    for (const { VersionId } of Versions) await s3.send(new sdk.DeleteObjectCommand({ Bucket, Key: 'v', VersionId }));
    await rules([{ ID: 'markers', Status: 'Enabled', Filter: { Prefix: 'v' }, Expiration: { ExpiredObjectDeleteMarker: true } }]);
    await gatehouse.plane.s3.runLifecycles();
    assert.equal((await s3.send(new sdk.ListObjectVersionsCommand({ Bucket, Prefix: 'v' }))).DeleteMarkers, undefined);
  });

  test('are shown as they were given, and those that would do nothing are refused', async () => {
    const Rules = [{ ID: 'bare', Status: 'Enabled', Prefix: 'a', Expiration: { Days: 3 } }, { ID: 'filter', Status: 'Enabled', Filter: { ObjectSizeGreaterThan: 5 }, Expiration: { Date: new Date('2030-01-01T00:00:00Z') } }];
    await rules(Rules);
    assert.deepEqual((await s3.send(new sdk.GetBucketLifecycleConfigurationCommand({ Bucket }))).Rules, Rules);
    for (const [rule, name] of [[{ Filter: { Prefix: '' }, Transitions: [{ Days: 1, StorageClass: 'GLACIER' }] }, 'NotImplemented'], [{ Filter: { Prefix: '' } }, 'InvalidArgument'], [{ Expiration: { Days: 1 } }, 'MalformedXML'], [{ Filter: { Prefix: '' }, Expiration: { Days: 0 } }, 'InvalidArgument'], [{ Filter: { Prefix: '' }, Expiration: { Days: 1, ExpiredObjectDeleteMarker: true } }, 'MalformedXML']] as const) {
      await assert.rejects(rules([{ ID: 'x', Status: 'Enabled', ...rule }]), named(name));
    }
  });
});
