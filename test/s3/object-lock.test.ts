/** Object Lock: what is locked stays, whoever asks and by whatever way, until its time is over or its hold is lifted. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as sdk from '@aws-sdk/client-s3';
import { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { prefix, startTwo } from './two-gatehouses.ts';

const Bucket = 'locked';
const dayMs = 86_400_000;
const locked = 'Access Denied because object protected by object lock.';
let gatehouse: TestGatehouse;
let s3: sdk.S3Client;
let narrow: sdk.S3Client;
before(async () => {
  gatehouse = await startGatehouse();
  s3 = gatehouse.s3();
  await s3.send(new sdk.CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true }));
  await s3.send(new sdk.CreateBucketCommand({ Bucket: 'plain' }));
  await gatehouse.iam().send(new CreateUserCommand({ UserName: 'narrow' }));
  const { AccessKey } = await gatehouse.iam().send(new CreateAccessKeyCommand({ UserName: 'narrow' }));
  narrow = gatehouse.s3({ accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! });
});
after(() => gatehouse.stop());

const refusal = (name: string, status: number, message?: string) => (thrown: unknown): boolean => {
  const { name: actual, $metadata, message: said } = thrown as { name: string; message: string; $metadata: { httpStatusCode: number } };
  assert.deepEqual([actual, $metadata?.httpStatusCode, message && said], [name, status, message], said);
  return true;
};
const denied = refusal('AccessDenied', 403, locked);
/** As clients were that sent no checksum of their own accord. */
class Unchecked extends sdk.S3Client {
  constructor(options: sdk.S3ClientConfig) {
    super({ ...options, forcePathStyle: true, requestChecksumCalculation: 'WHEN_REQUIRED' });
  }
}

const inDays = (days: number): Date => new Date(gatehouse.clock.now + days * dayMs);
const put = (Key: string, more: object = {}, by = s3) => by.send(new sdk.PutObjectCommand({ Bucket, Key, Body: 'x', ...more }));
const retention = (Key: string, Mode: 'GOVERNANCE' | 'COMPLIANCE', days: number, more: object = {}, by = s3) => by.send(new sdk.PutObjectRetentionCommand({ Bucket, Key, Retention: { Mode, RetainUntilDate: inDays(days) }, ...more }));
const hold = (Key: string, Status: 'ON' | 'OFF') => s3.send(new sdk.PutObjectLegalHoldCommand({ Bucket, Key, LegalHold: { Status } }));
const remove = (Key: string, VersionId: string | undefined, more: object = {}, by = s3) => by.send(new sdk.DeleteObjectCommand({ Bucket, Key, VersionId, ...more }));
const head = (Key: string, by = s3) => by.send(new sdk.HeadObjectCommand({ Bucket, Key }));
const allow = (...statements: readonly object[]) => gatehouse.iam().send(new PutUserPolicyCommand({ UserName: 'narrow', PolicyName: 'p', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'none:Nothing', Resource: '*' }, ...statements] }) }));

describe('a bucket', () => {
  test('that locks keeps versions for good, and says what it gives to every object', async () => {
    assert.equal((await s3.send(new sdk.GetBucketVersioningCommand({ Bucket }))).Status, 'Enabled');
    await assert.rejects(s3.send(new sdk.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Suspended' } })), refusal('InvalidBucketState', 409, 'An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.'));
    await s3.send(new sdk.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
    assert.deepEqual((await s3.send(new sdk.GetObjectLockConfigurationCommand({ Bucket }))).ObjectLockConfiguration, { ObjectLockEnabled: 'Enabled' });
  });

  test('that is there locks from when it is asked to, if it keeps versions', async () => {
    const enable = () => s3.send(new sdk.PutObjectLockConfigurationCommand({ Bucket: 'plain', ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Years: 1 } } } }));
    await assert.rejects(s3.send(new sdk.GetObjectLockConfigurationCommand({ Bucket: 'plain' })), refusal('ObjectLockConfigurationNotFoundError', 404));
    for (const command of [new sdk.GetObjectRetentionCommand({ Bucket: 'plain', Key: 'k' }), new sdk.GetObjectLegalHoldCommand({ Bucket: 'plain', Key: 'k' }), new sdk.PutObjectLegalHoldCommand({ Bucket: 'plain', Key: 'k', LegalHold: { Status: 'ON' } }), new sdk.PutObjectRetentionCommand({ Bucket: 'plain', Key: 'k', Retention: { Mode: 'GOVERNANCE', RetainUntilDate: inDays(1) } }), new sdk.PutObjectCommand({ Bucket: 'plain', Key: 'k', ObjectLockLegalHoldStatus: 'ON' })]) {
      await assert.rejects(s3.send(command as sdk.GetObjectRetentionCommand), refusal('InvalidRequest', 400, 'Bucket is missing Object Lock Configuration'));
    }
    await assert.rejects(enable(), refusal('InvalidBucketState', 409, "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration"));
    await s3.send(new sdk.PutBucketVersioningCommand({ Bucket: 'plain', VersioningConfiguration: { Status: 'Enabled' } }));
    await enable();
    assert.deepEqual((await s3.send(new sdk.GetObjectLockConfigurationCommand({ Bucket: 'plain' }))).ObjectLockConfiguration, { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Years: 1 } } });
    await s3.send(new sdk.PutObjectLockConfigurationCommand({ Bucket: 'plain', ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' } }));
    assert.deepEqual((await s3.send(new sdk.GetObjectLockConfigurationCommand({ Bucket: 'plain' }))).ObjectLockConfiguration, { ObjectLockEnabled: 'Enabled' });
  });

  test('is not told what it cannot mean', async () => {
    const configure = (ObjectLockConfiguration: object, more: object = {}) => s3.send(new sdk.PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration, ...more }));
    const rule = (DefaultRetention: object) => configure({ ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention } });
    for (const [doing, name] of [
      [configure({}), 'MalformedXML'], [configure({ Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 1 } } }), 'MalformedXML'], [configure({ ObjectLockEnabled: 'Disabled' }), 'MalformedXML'], [configure({ ObjectLockEnabled: 'Enabled', Rule: {} }), 'MalformedXML'],
      [rule({ Mode: 'GOVERNANCE' }), 'MalformedXML'], [rule({ Days: 1 }), 'MalformedXML'], [rule({ Mode: 'GOVERNANCE', Days: 1, Years: 1 }), 'MalformedXML'], [rule({ Mode: 'governance', Days: 1 }), 'MalformedXML'],
      [rule({ Mode: 'GOVERNANCE', Days: 0 }), 'InvalidArgument'], [rule({ Mode: 'GOVERNANCE', Years: -1 }), 'InvalidArgument'], [rule({ Mode: 'GOVERNANCE', Days: 36_501 }), 'InvalidArgument'], [rule({ Mode: 'GOVERNANCE', Years: 101 }), 'InvalidArgument'],
    ] as const) await assert.rejects(doing, refusal(name, 400));
    await assert.rejects(configure({ ObjectLockEnabled: 'Enabled' }, { Token: 't' }), refusal('NotImplemented', 501));
  });
});

describe('a version', () => {
  test('under governance is removed by who may bypass it and says so; retention is only prolonged without', async () => {
    const { VersionId } = await put('g', { ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: inDays(10) });
    await assert.rejects(remove('g', VersionId), denied);
    const { DeleteMarker, VersionId: marker } = await remove('g', undefined);
    assert.equal(DeleteMarker, true, 'a marker hides it, and removes nothing');
    await assert.rejects(retention('g', 'GOVERNANCE', 20), refusal('NoSuchKey', 404));
    await remove('g', marker);
    await retention('g', 'GOVERNANCE', 20);
    await assert.rejects(retention('g', 'GOVERNANCE', 19), denied);
    await assert.rejects(retention('g', 'COMPLIANCE', 30), denied);
    await assert.rejects(s3.send(new sdk.PutObjectRetentionCommand({ Bucket, Key: 'g', Retention: {} })), denied);
    await retention('g', 'GOVERNANCE', 5, { BypassGovernanceRetention: true });
    const { Retention } = await s3.send(new sdk.GetObjectRetentionCommand({ Bucket, Key: 'g' }));
    assert.deepEqual(Retention, { Mode: 'GOVERNANCE', RetainUntilDate: inDays(5) });
    // Of who says so and may not, nothing is removed.
    await allow({ Effect: 'Allow', Action: ['s3:DeleteObjectVersion', 's3:PutObjectRetention'], Resource: '*' });
    await assert.rejects(remove('g', VersionId, { BypassGovernanceRetention: true }, narrow), refusal('AccessDenied', 403));
    await assert.rejects(retention('g', 'GOVERNANCE', 1, { BypassGovernanceRetention: true }, narrow), refusal('AccessDenied', 403));
    const { Errors, Deleted } = await narrow.send(new sdk.DeleteObjectsCommand({ Bucket, BypassGovernanceRetention: true, Delete: { Objects: [{ Key: 'g', VersionId }] } }));
    assert.deepEqual([Errors?.[0]?.Code, Deleted], ['AccessDenied', undefined]);
    await remove('g', VersionId, { BypassGovernanceRetention: true });
    await assert.rejects(remove('g', 'null', { IfMatch: '*' }), refusal('NoSuchKey', 404));
  });

  test('under compliance is removed by nobody, root least of all, and its retention never shortened', async () => {
    const root = gatehouse.s3(gatehouse.root);
    const { VersionId } = await put('c');
    await retention('c', 'COMPLIANCE', 10);
    for (const by of [s3, root]) {
      await assert.rejects(remove('c', VersionId, { BypassGovernanceRetention: true }, by), denied);
      await assert.rejects(retention('c', 'COMPLIANCE', 9, { BypassGovernanceRetention: true }, by), denied);
      await assert.rejects(retention('c', 'GOVERNANCE', 90, { BypassGovernanceRetention: true }, by), denied);
      await assert.rejects(by.send(new sdk.PutObjectRetentionCommand({ Bucket, Key: 'c', Retention: {}, BypassGovernanceRetention: true })), denied);
    }
    const { Errors } = await root.send(new sdk.DeleteObjectsCommand({ Bucket, BypassGovernanceRetention: true, Delete: { Objects: [{ Key: 'c', VersionId }] } }));
    assert.deepEqual(Errors?.map(({ Code, Message }) => [Code, Message]), [['AccessDenied', locked]]);
    await retention('c', 'COMPLIANCE', 11);
    await assert.rejects(root.send(new sdk.DeleteBucketCommand({ Bucket })), refusal('BucketNotEmpty', 409));
    gatehouse.clock.advance(11 * dayMs);
    await remove('c', VersionId);
  });

  test('on hold stays, whatever is bypassed and however long it takes, until the hold is lifted', async () => {
    const { VersionId } = await put('h', { ObjectLockLegalHoldStatus: 'ON' });
    gatehouse.clock.advance(400 * dayMs);
    await assert.rejects(remove('h', VersionId, { BypassGovernanceRetention: true }), denied);
    await hold('h', 'OFF');
    assert.deepEqual((await s3.send(new sdk.GetObjectLegalHoldCommand({ Bucket, Key: 'h' }))).LegalHold, { Status: 'OFF' });
    await remove('h', VersionId);
    await assert.rejects(s3.send(new sdk.PutObjectLegalHoldCommand({ Bucket, Key: 'absent', LegalHold: { Status: 'ON' } })), refusal('NoSuchKey', 404));
  });

  test('that nothing locks says so, and its tags and bytes may change', async () => {
    await put('free');
    for (const command of [new sdk.GetObjectRetentionCommand({ Bucket, Key: 'free' }), new sdk.GetObjectLegalHoldCommand({ Bucket, Key: 'free' })]) await assert.rejects(s3.send(command as sdk.GetObjectRetentionCommand), refusal('NoSuchObjectLockConfiguration', 404, 'The specified object does not have a ObjectLock configuration'));
    const { VersionId } = await put('tagged', { ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: inDays(1) });
    await s3.send(new sdk.PutObjectTaggingCommand({ Bucket, Key: 'tagged', Tagging: { TagSet: [{ Key: 'a', Value: 'b' }] } }));
    await put('tagged');
    await assert.rejects(remove('tagged', VersionId), denied);
  });

  test('is not locked by halves, backwards, or unchecked', async () => {
    for (const [more, said] of [
      [{ ObjectLockMode: 'GOVERNANCE' }, 'x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied'], [{ ObjectLockRetainUntilDate: inDays(1) }, 'x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied'],
      [{ ObjectLockMode: 'abc', ObjectLockRetainUntilDate: inDays(1) }, 'Unknown wormMode directive.'], [{ ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: inDays(-1) }, 'The retain until date must be in the future!'], [{ ObjectLockLegalHoldStatus: 'on' }, "Legal Hold must be either of 'ON' or 'OFF'"],
    ] as const) await assert.rejects(put('bad', more), refusal('InvalidArgument', 400, said));
    await put('bad');
    await assert.rejects(retention('bad', 'GOVERNANCE', -1), refusal('InvalidArgument', 400, 'The retain until date must be in the future!'));
    for (const Retention of [{ Mode: 'GOVERNANCE' as const }, { RetainUntilDate: inDays(1) }, { Mode: 'governance' as never, RetainUntilDate: inDays(1) }]) await assert.rejects(s3.send(new sdk.PutObjectRetentionCommand({ Bucket, Key: 'bad', Retention })), refusal('MalformedXML', 400));
    await assert.rejects(s3.send(new sdk.PutObjectLegalHoldCommand({ Bucket, Key: 'bad', LegalHold: { Status: 'abc' as never } })), refusal('MalformedXML', 400));
    const unchecked = gatehouse.client(Unchecked);
    await assert.rejects(put('bad', { ObjectLockLegalHoldStatus: 'ON' }, unchecked), refusal('InvalidRequest', 400, 'Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters'));
    await put('bad', { ObjectLockLegalHoldStatus: 'OFF', ContentMD5: 'nd1OBZvkqPGBYsLdvcQHOQ==', Body: 'text' }, unchecked).then(() => assert.fail(), refusal('BadDigest', 400));
  });
});

test('an object is made locked as the request says, or as the bucket gives it: put, copied, in parts', async () => {
  await s3.send(new sdk.PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 3 } } } }));
  const lockOf = async (Key: string) => {
    const { ObjectLockMode, ObjectLockRetainUntilDate, ObjectLockLegalHoldStatus } = await head(Key);
    return [ObjectLockMode, ObjectLockRetainUntilDate?.getTime(), ObjectLockLegalHoldStatus];
  };
  await put('given', { ObjectLockLegalHoldStatus: 'ON' });
  assert.deepEqual(await lockOf('given'), ['GOVERNANCE', inDays(3).getTime(), 'ON']);
  await put('said', { ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: inDays(1) });
  assert.deepEqual(await lockOf('said'), ['COMPLIANCE', inDays(1).getTime(), undefined]);
  await s3.send(new sdk.CopyObjectCommand({ Bucket, Key: 'copied', CopySource: `${Bucket}/said` }));
  assert.deepEqual(await lockOf('copied'), ['GOVERNANCE', inDays(3).getTime(), undefined], 'the lock of a source does not come along');
  await s3.send(new sdk.CopyObjectCommand({ Bucket, Key: 'copied', CopySource: `${Bucket}/said`, ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: inDays(9), ObjectLockLegalHoldStatus: 'OFF' }));
  assert.deepEqual(await lockOf('copied'), ['COMPLIANCE', inDays(9).getTime(), 'OFF']);
  const until = inDays(5);
  for (const [Key, more, expected] of [['parts', {}, ['GOVERNANCE', inDays(4).getTime(), undefined]], ['own-parts', { ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: until }, ['COMPLIANCE', until.getTime(), undefined]]] as const) {
    const { UploadId } = await s3.send(new sdk.CreateMultipartUploadCommand({ Bucket, Key, ChecksumAlgorithm: 'CRC32', ...more }));
    const upload = { Bucket, Key, UploadId, PartNumber: 1 };
    await assert.rejects(gatehouse.client(Unchecked).send(new sdk.UploadPartCommand({ ...upload, Body: 'x' })), refusal('InvalidRequest', 400, 'Content-MD5 OR x-amz-checksum- HTTP header is required for Upload Part requests with Object Lock parameters'));
    const { ETag, ChecksumCRC32 } = await s3.send(new sdk.UploadPartCommand({ ...upload, Body: 'x', ChecksumAlgorithm: 'CRC32' }));
    if (Key === 'parts') gatehouse.clock.advance(dayMs);
    const { VersionId } = await s3.send(new sdk.CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts: [{ PartNumber: 1, ETag, ChecksumCRC32 }] } }));
    assert.deepEqual(await lockOf(Key), expected);
    await assert.rejects(remove(Key, VersionId), denied);
  }
  await assert.rejects(s3.send(new sdk.CreateMultipartUploadCommand({ Bucket, Key: 'bad', ObjectLockMode: 'COMPLIANCE' })), refusal('InvalidArgument', 400));
  await s3.send(new sdk.PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' } }));
  await put('ungiven');
  assert.deepEqual(await lockOf('ungiven'), [undefined, undefined, undefined]);
});

test('what locks an object is told with it only to who may ask for that', async () => {
  await put('told', { ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: inDays(1), ObjectLockLegalHoldStatus: 'ON' });
  const told = async () => {
    const [one, other] = [await narrow.send(new sdk.HeadObjectCommand({ Bucket, Key: 'told' })), await narrow.send(new sdk.GetObjectCommand({ Bucket, Key: 'told' }))].map(({ ObjectLockMode, ObjectLockRetainUntilDate, ObjectLockLegalHoldStatus }) => [ObjectLockMode, ObjectLockRetainUntilDate?.getTime(), ObjectLockLegalHoldStatus]);
    assert.deepEqual(one, other);
    return one;
  };
  await allow({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' });
  assert.deepEqual(await told(), [undefined, undefined, undefined]);
  await allow({ Effect: 'Allow', Action: ['s3:GetObject', 's3:GetObjectRetention'], Resource: '*' });
  assert.deepEqual(await told(), ['GOVERNANCE', inDays(1).getTime(), undefined]);
  await allow({ Effect: 'Allow', Action: ['s3:GetObject', 's3:GetObjectLegalHold'], Resource: '*' });
  assert.deepEqual(await told(), [undefined, undefined, 'ON']);
});

test('policies speak of how long, in which mode and whether on hold', async () => {
  const asks = ['s3:PutObject', 's3:PutObjectRetention', 's3:PutObjectLegalHold'];
  const days = 's3:object-lock-remaining-retention-days';
  const governed = (n: number) => ({ ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: inDays(n) });
  const tried = async (condition: object, ...tries: readonly (readonly [() => Promise<unknown>, boolean])[]) => {
    await allow({ Effect: 'Allow', Action: asks, Resource: '*', Condition: condition });
    for (const [doing, isAllowed] of tries) if (isAllowed) await doing(); else await assert.rejects(doing(), refusal('AccessDenied', 403));
  };
  await put('by');
  await tried({ NumericLessThanEquals: { [days]: '10' } }, [() => put('by', governed(10), narrow), true], [() => put('by', governed(10.5), narrow), false], [() => retention('by', 'GOVERNANCE', 10, {}, narrow), true], [() => retention('by', 'GOVERNANCE', 11, {}, narrow), false]);
  await tried({ StringEquals: { 's3:object-lock-mode': 'GOVERNANCE' } }, [() => put('by', governed(1), narrow), true], [() => retention('by', 'GOVERNANCE', 10, {}, narrow), true], [() => retention('by', 'COMPLIANCE', 10, {}, narrow), false], [() => put('by', { ...governed(1), ObjectLockMode: 'COMPLIANCE' }, narrow), false]);
  await tried({ DateLessThan: { 's3:object-lock-retain-until-date': inDays(20).toISOString() } }, [() => put('by', governed(19), narrow), true], [() => put('by', governed(21), narrow), false]);
  await tried({ StringEquals: { 's3:object-lock-legal-hold': 'OFF' } }, [() => put('by', { ObjectLockLegalHoldStatus: 'OFF' }, narrow), true], [() => put('by', { ObjectLockLegalHoldStatus: 'ON' }, narrow), false], [() => narrow.send(new sdk.PutObjectLegalHoldCommand({ Bucket, Key: 'by', LegalHold: { Status: 'ON' } })), false]);
});

test('rules of a lifecycle hide what is locked and remove none of it, nor the marker before it', async () => {
  await s3.send(new sdk.CreateBucketCommand({ Bucket: 'rules', ObjectLockEnabledForBucket: true }));
  const old = (Key: string, more: object = {}) => s3.send(new sdk.PutObjectCommand({ Bucket: 'rules', Key, Body: 'x', ...more }));
  const kept = await old('k', { ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: inDays(100) });
  await old('free');
  await s3.send(new sdk.PutBucketLifecycleConfigurationCommand({ Bucket: 'rules', LifecycleConfiguration: { Rules: [
    { ID: 'current', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 1 }, NoncurrentVersionExpiration: { NoncurrentDays: 1 } },
    { ID: 'markers', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { ExpiredObjectDeleteMarker: true }, NoncurrentVersionExpiration: { NoncurrentDays: 1 } },
  ] } }));
  const left = async () => {
    gatehouse.clock.advance(5 * dayMs);
    await gatehouse.plane.s3.runLifecycles();
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new sdk.ListObjectVersionsCommand({ Bucket: 'rules' }));
    return [Versions.map(({ Key, VersionId }) => `${Key} ${VersionId}`), DeleteMarkers.map(({ Key }) => Key)];
  };
  await left();
  assert.deepEqual(await left(), [[`k ${kept.VersionId}`], ['k']]);
  gatehouse.clock.advance(100 * dayMs);
  await left();
  assert.deepEqual(await left(), [[], []]);
});

test('a bucket of another store is locked there, and what it tells is told on only to who may know', async () => {
  await using two = await startTwo();
  const Elsewhere = 'locked-there';
  await two.s3.send(new sdk.CreateBucketCommand({ Bucket: Elsewhere, ObjectLockEnabledForBucket: true }));
  assert.equal((await two.there.send(new sdk.GetObjectLockConfigurationCommand({ Bucket: `${prefix}${Elsewhere}` }))).ObjectLockConfiguration?.ObjectLockEnabled, 'Enabled');
  assert.equal((await two.s3.send(new sdk.GetObjectLockConfigurationCommand({ Bucket: Elsewhere }))).ObjectLockConfiguration?.ObjectLockEnabled, 'Enabled');
  const { VersionId } = await two.s3.send(new sdk.PutObjectCommand({ Bucket: Elsewhere, Key: 'k', Body: 'x', ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: new Date('2030-01-01') }));
  await two.s3.send(new sdk.PutObjectLegalHoldCommand({ Bucket: Elsewhere, Key: 'k', LegalHold: { Status: 'ON' } }));
  const seen = await two.s3.send(new sdk.HeadObjectCommand({ Bucket: Elsewhere, Key: 'k' }));
  assert.deepEqual([seen.ObjectLockMode, seen.ObjectLockLegalHoldStatus], ['COMPLIANCE', 'ON']);
  await assert.rejects(two.s3.send(new sdk.DeleteObjectCommand({ Bucket: Elsewhere, Key: 'k', VersionId, BypassGovernanceRetention: true })), denied);
  await two.front.iam().send(new CreateUserCommand({ UserName: 'reader' }));
  await two.front.iam().send(new PutUserPolicyCommand({ UserName: 'reader', PolicyName: 'p', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] }) }));
  const { AccessKey } = await two.front.iam().send(new CreateAccessKeyCommand({ UserName: 'reader' }));
  const reader = two.front.s3({ accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! });
  const read = await reader.send(new sdk.GetObjectCommand({ Bucket: Elsewhere, Key: 'k' }));
  assert.deepEqual([await read.Body!.transformToString(), read.ObjectLockMode, read.ObjectLockRetainUntilDate, read.ObjectLockLegalHoldStatus], ['x', undefined, undefined, undefined]);
});

test('a store that is not said to lock makes no bucket that would', async () => {
  await using two = await startTwo({ changed: (settings) => ({ ...settings, stores: new Map([...settings.stores].map(([name, store]) => [name, { ...store, features: new Set([...store.features].filter((feature) => feature !== 'object-lock')) }])) }) });
  await assert.rejects(two.s3.send(new sdk.CreateBucketCommand({ Bucket: 'unlocked', ObjectLockEnabledForBucket: true })), refusal('NotImplemented', 501));
  await two.s3.send(new sdk.CreateBucketCommand({ Bucket: 'unlocked' }));
  await assert.rejects(two.s3.send(new sdk.PutObjectCommand({ Bucket: 'unlocked', Key: 'k', Body: 'x', ObjectLockLegalHoldStatus: 'ON' })), refusal('NotImplemented', 501));
});
