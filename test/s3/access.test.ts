/** What each operation of S3 asks of the policies: with exactly these actions it is let through, and without any one of them it is not. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as sdk from '@aws-sdk/client-s3';
import { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { s3 as service } from '../../src/services/s3/index.ts';
import { startGatehouse, type KeyPair, type TestGatehouse } from '../gatehouse.ts';

const Bucket = 'asked-about';
const bucket = `arn:aws:s3:::${Bucket}`;
const object = `${bucket}/k`;

/** Operation → its input beside the bucket → action → resource. */
const cases: readonly (readonly [operation: string, input: object, asked: Readonly<Record<string, string>>])[] = [
  ['ListBuckets', {}, { 's3:ListAllMyBuckets': '*' }],
  ['CreateBucket', { Bucket: 'another-one' }, { 's3:CreateBucket': 'arn:aws:s3:::another-one' }],
  ['CreateBucket', { Bucket: 'another-one', ObjectOwnership: 'BucketOwnerEnforced', ACL: 'private' }, { 's3:CreateBucket': 'arn:aws:s3:::another-one', 's3:PutBucketOwnershipControls': 'arn:aws:s3:::another-one', 's3:PutBucketAcl': 'arn:aws:s3:::another-one' }],
  ['HeadBucket', {}, { 's3:ListBucket': bucket }],
  ['GetBucketLocation', {}, { 's3:GetBucketLocation': bucket }],
  ['ListObjects', {}, { 's3:ListBucket': bucket }],
  ['ListObjectsV2', {}, { 's3:ListBucket': bucket }],
  ['ListObjectVersions', {}, { 's3:ListBucketVersions': bucket }],
  ['ListMultipartUploads', {}, { 's3:ListBucketMultipartUploads': bucket }],
  ['GetBucketPolicy', {}, { 's3:GetBucketPolicy': bucket }],
  ['PutBucketPolicy', { Policy: '{}' }, { 's3:PutBucketPolicy': bucket }],
  ['DeleteBucketPolicy', {}, { 's3:DeleteBucketPolicy': bucket }],
  ['GetBucketPolicyStatus', {}, { 's3:GetBucketPolicyStatus': bucket }],
  ['GetPublicAccessBlock', {}, { 's3:GetBucketPublicAccessBlock': bucket }],
  ['PutPublicAccessBlock', { PublicAccessBlockConfiguration: { BlockPublicPolicy: true } }, { 's3:PutBucketPublicAccessBlock': bucket }],
  ['DeletePublicAccessBlock', {}, { 's3:PutBucketPublicAccessBlock': bucket }],
  ['GetBucketTagging', {}, { 's3:GetBucketTagging': bucket }],
  ['PutBucketTagging', { Tagging: { TagSet: [] } }, { 's3:PutBucketTagging': bucket }],
  ['DeleteBucketTagging', {}, { 's3:PutBucketTagging': bucket }],
  ['GetBucketVersioning', {}, { 's3:GetBucketVersioning': bucket }],
  ['PutBucketVersioning', { VersioningConfiguration: { Status: 'Enabled' } }, { 's3:PutBucketVersioning': bucket }],
  ['GetBucketOwnershipControls', {}, { 's3:GetBucketOwnershipControls': bucket }],
  ['PutBucketOwnershipControls', { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } }, { 's3:PutBucketOwnershipControls': bucket }],
  ['DeleteBucketOwnershipControls', {}, { 's3:PutBucketOwnershipControls': bucket }],
  ['GetBucketEncryption', {}, { 's3:GetEncryptionConfiguration': bucket }],
  ['PutBucketEncryption', { ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] } }, { 's3:PutEncryptionConfiguration': bucket }],
  ['DeleteBucketEncryption', {}, { 's3:PutEncryptionConfiguration': bucket }],
  ['GetBucketCors', {}, { 's3:GetBucketCORS': bucket }],
  ['PutBucketCors', { CORSConfiguration: { CORSRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'] }] } }, { 's3:PutBucketCORS': bucket }],
  ['DeleteBucketCors', {}, { 's3:PutBucketCORS': bucket }],
  ['GetBucketLifecycleConfiguration', {}, { 's3:GetLifecycleConfiguration': bucket }],
  ['PutBucketLifecycleConfiguration', { LifecycleConfiguration: { Rules: [{ ID: 'r', Status: 'Enabled', Filter: { Prefix: 'tmp/' }, Expiration: { Days: 1 } }] } }, { 's3:PutLifecycleConfiguration': bucket }],
  ['DeleteBucketLifecycle', {}, { 's3:PutLifecycleConfiguration': bucket }],
  ['GetBucketAcl', {}, { 's3:GetBucketAcl': bucket }],
  ['PutBucketAcl', { ACL: 'private' }, { 's3:PutBucketAcl': bucket }],
  ['GetBucketAccelerateConfiguration', {}, { 's3:GetAccelerateConfiguration': bucket }],
  ['GetBucketLogging', {}, { 's3:GetBucketLogging': bucket }],
  ['GetBucketNotificationConfiguration', {}, { 's3:GetBucketNotification': bucket }],
  ['GetBucketReplication', {}, { 's3:GetReplicationConfiguration': bucket }],
  ['GetBucketRequestPayment', {}, { 's3:GetBucketRequestPayment': bucket }],
  ['GetBucketWebsite', {}, { 's3:GetBucketWebsite': bucket }],
  ['GetObjectLockConfiguration', {}, { 's3:GetBucketObjectLockConfiguration': bucket }],
  ['CreateBucket', { Bucket: 'another-one', ObjectLockEnabledForBucket: true }, { 's3:CreateBucket': 'arn:aws:s3:::another-one', 's3:PutBucketObjectLockConfiguration': 'arn:aws:s3:::another-one', 's3:PutBucketVersioning': 'arn:aws:s3:::another-one' }],
  ['PutObjectLockConfiguration', { ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' } }, { 's3:PutBucketObjectLockConfiguration': bucket }],
  ['GetObjectRetention', { Key: 'k' }, { 's3:GetObjectRetention': object }],
  ['GetObjectRetention', { Key: 'k', VersionId: 'null' }, { 's3:GetObjectRetention': object }],
  ['PutObjectRetention', { Key: 'k', Retention: { Mode: 'GOVERNANCE', RetainUntilDate: new Date('2030-01-01') } }, { 's3:PutObjectRetention': object }],
  ['PutObjectRetention', { Key: 'k', Retention: {}, BypassGovernanceRetention: true }, { 's3:PutObjectRetention': object, 's3:BypassGovernanceRetention': object }],
  ['GetObjectLegalHold', { Key: 'k' }, { 's3:GetObjectLegalHold': object }],
  ['PutObjectLegalHold', { Key: 'k', LegalHold: { Status: 'ON' } }, { 's3:PutObjectLegalHold': object }],
  ['GetObject', { Key: 'k' }, { 's3:GetObject': object }],
  ['GetObject', { Key: 'k', VersionId: 'null' }, { 's3:GetObjectVersion': object }],
  ['HeadObject', { Key: 'k' }, { 's3:GetObject': object }],
  ['HeadObject', { Key: 'k', VersionId: 'null' }, { 's3:GetObjectVersion': object }],
  ['GetObject', { Key: 'absent' }, { 's3:GetObject': `${bucket}/absent`, 's3:ListBucket': bucket }],
  ['HeadObject', { Key: 'absent' }, { 's3:GetObject': `${bucket}/absent`, 's3:ListBucket': bucket }],
  ['GetObjectAttributes', { Key: 'k', ObjectAttributes: ['ETag'] }, { 's3:GetObject': object, 's3:GetObjectAttributes': object }],
  ['GetObjectAttributes', { Key: 'k', VersionId: 'null', ObjectAttributes: ['ETag'] }, { 's3:GetObjectVersion': object, 's3:GetObjectVersionAttributes': object }],
  ['GetObjectAcl', { Key: 'k' }, { 's3:GetObjectAcl': object }],
  ['PutObjectAcl', { Key: 'k', ACL: 'private' }, { 's3:PutObjectAcl': object }],
  ['GetObjectTagging', { Key: 'k' }, { 's3:GetObjectTagging': object }],
  ['GetObjectTagging', { Key: 'k', VersionId: 'null' }, { 's3:GetObjectVersionTagging': object }],
  ['PutObjectTagging', { Key: 'k', Tagging: { TagSet: [{ Key: 'kind', Value: 'x' }] } }, { 's3:PutObjectTagging': object }],
  ['DeleteObjectTagging', { Key: 'gone', VersionId: 'null' }, { 's3:DeleteObjectVersionTagging': `${bucket}/gone`, 's3:ListBucket': bucket }],
  ['PutObject', { Key: 'k2', Body: 'x' }, { 's3:PutObject': `${bucket}/k2` }],
  ['PutObject', { Key: 'k2', Body: 'x', Tagging: 'a=b' }, { 's3:PutObject': `${bucket}/k2`, 's3:PutObjectTagging': `${bucket}/k2` }],
  ['PutObject', { Key: 'k2', Body: 'x', ACL: 'bucket-owner-full-control' }, { 's3:PutObject': `${bucket}/k2`, 's3:PutObjectAcl': `${bucket}/k2` }],
  ['PutObject', { Key: 'k2', Body: 'x', ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: new Date('2030-01-01') }, { 's3:PutObject': `${bucket}/k2`, 's3:PutObjectRetention': `${bucket}/k2` }],
  ['PutObject', { Key: 'k2', Body: 'x', ObjectLockLegalHoldStatus: 'ON' }, { 's3:PutObject': `${bucket}/k2`, 's3:PutObjectLegalHold': `${bucket}/k2` }],
  ['CopyObject', { Key: 'k3', CopySource: `${Bucket}/plain`, ObjectLockLegalHoldStatus: 'ON' }, { 's3:PutObject': `${bucket}/k3`, 's3:PutObjectLegalHold': `${bucket}/k3`, 's3:GetObject': `${bucket}/plain` }],
  ['CreateMultipartUpload', { Key: 'k4', ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: new Date('2030-01-01') }, { 's3:PutObject': `${bucket}/k4`, 's3:PutObjectRetention': `${bucket}/k4` }],
  ['CopyObject', { Key: 'k3', CopySource: `${Bucket}/plain` }, { 's3:PutObject': `${bucket}/k3`, 's3:GetObject': `${bucket}/plain` }],
  ['CopyObject', { Key: 'k3', CopySource: `${Bucket}/plain?versionId=null` }, { 's3:PutObject': `${bucket}/k3`, 's3:GetObjectVersion': `${bucket}/plain` }],
  ['CopyObject', { Key: 'k3', CopySource: `${Bucket}/k` }, { 's3:PutObject': `${bucket}/k3`, 's3:PutObjectTagging': `${bucket}/k3`, 's3:GetObject': object, 's3:GetObjectTagging': object }],
  ['CreateMultipartUpload', { Key: 'k4' }, { 's3:PutObject': `${bucket}/k4` }],
  ['UploadPart', { Key: 'k4', PartNumber: 1, UploadId: 'u', Body: 'x' }, { 's3:PutObject': `${bucket}/k4` }],
  ['UploadPartCopy', { Key: 'k4', PartNumber: 1, UploadId: 'u', CopySource: `${Bucket}/plain` }, { 's3:PutObject': `${bucket}/k4`, 's3:GetObject': `${bucket}/plain` }],
  ['CompleteMultipartUpload', { Key: 'k4', UploadId: 'u', MultipartUpload: { Parts: [{ PartNumber: 1, ETag: 'x' }] } }, { 's3:PutObject': `${bucket}/k4` }],
  ['AbortMultipartUpload', { Key: 'k4', UploadId: 'u' }, { 's3:AbortMultipartUpload': `${bucket}/k4` }],
  ['ListParts', { Key: 'k4', UploadId: 'u' }, { 's3:ListMultipartUploadParts': `${bucket}/k4` }],
  ['DeleteObject', { Key: 'k2' }, { 's3:DeleteObject': `${bucket}/k2` }],
  ['DeleteObject', { Key: 'k2', VersionId: 'null' }, { 's3:DeleteObjectVersion': `${bucket}/k2` }],
  ['DeleteObject', { Key: 'k2', BypassGovernanceRetention: true }, { 's3:DeleteObject': `${bucket}/k2`, 's3:BypassGovernanceRetention': `${bucket}/k2` }],
  ['DeleteBucket', {}, { 's3:DeleteBucket': bucket }],
];

let gatehouse: TestGatehouse;
let probe: sdk.S3Client;
before(async () => {
  gatehouse = await startGatehouse();
  const admin = gatehouse.s3();
  await admin.send(new sdk.CreateBucketCommand({ Bucket }));
  await admin.send(new sdk.PutObjectCommand({ Bucket, Key: 'k', Body: 'x', Tagging: 'kind=x' }));
  await admin.send(new sdk.PutObjectCommand({ Bucket, Key: 'plain', Body: 'x' }));
  const iam = gatehouse.iam();
  await iam.send(new CreateUserCommand({ UserName: 'probe' }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'probe' }));
  const key: KeyPair = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
  probe = gatehouse.s3(key);
});
after(() => gatehouse.stop());

async function allow(statements: readonly (readonly [action: string, resource: string])[]): Promise<void> {
  const Statement = [...statements.map(([Action, Resource]) => ({ Effect: 'Allow', Action, Resource })), { Effect: 'Allow', Action: 'none:Nothing', Resource: '*' }];
  await gatehouse.iam().send(new PutUserPolicyCommand({ UserName: 'probe', PolicyName: 'p', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) }));
}

/** The name of the error, undefined where there was none. A HEAD has no body to name it. */
async function outcome(operation: string, input: object): Promise<string | undefined> {
  const commands = sdk as unknown as Record<string, new (input: object) => Parameters<sdk.S3Client['send']>[0]>;
  try {
    await probe.send(new commands[`${operation}Command`]!({ Bucket, ...input }));
    return undefined;
  } catch (thrown) {
    const { name, $metadata } = thrown as { name: string; $metadata?: { httpStatusCode?: number } };
    return $metadata?.httpStatusCode === 403 ? 'AccessDenied' : name;
  }
}

describe('each operation asks for its actions on its resources, and no other', () => {
  for (const [operation, input, asked] of cases) {
    test(`${operation} ${JSON.stringify(input).slice(0, 60)}: ${Object.keys(asked).join(', ')}`, async () => {
      const all = Object.entries(asked);
      for (const without of all) {
        await allow(all.filter((one) => one !== without));
        assert.equal(await outcome(operation, input), 'AccessDenied', `without ${without[0]}`);
      }
      await allow(all);
      assert.notEqual(await outcome(operation, input), 'AccessDenied', 'with all of them');
    });
  }
});

test('every operation that is served is asked about here', () => {
  const here = new Set(cases.map(([operation]) => operation));
  assert.deepEqual([...service.operations.keys()].filter((name) => !here.has(name)), ['DeleteObjects'], 'a new operation of S3 has a row in this file');
});

test('DeleteObjects asks for each key by itself, and answers for each', async () => {
  await gatehouse.s3().send(new sdk.CreateBucketCommand({ Bucket: 'many-keys' }));
  for (const Key of ['mine', 'theirs']) await gatehouse.s3().send(new sdk.PutObjectCommand({ Bucket: 'many-keys', Key, Body: 'x' }));
  await allow([['s3:DeleteObject', 'arn:aws:s3:::many-keys/mine']]);
  const { Deleted, Errors } = await probe.send(new sdk.DeleteObjectsCommand({ Bucket: 'many-keys', Delete: { Objects: [{ Key: 'mine' }, { Key: 'theirs' }, { Key: 'mine', VersionId: 'null' }] } }));
  assert.deepEqual([Deleted?.map(({ Key }) => Key), Errors?.map(({ Key, Code, VersionId }) => [Key, Code, VersionId])], [['mine'], [['theirs', 'AccessDenied', undefined], ['mine', 'AccessDenied', 'null']]]);
  assert.match(Errors![0]!.Message!, /^User: arn:aws:iam::111122223333:user\/probe is not authorized to perform: s3:DeleteObject on resource: "arn:aws:s3:::many-keys\/theirs" because no identity-based policy allows the s3:DeleteObject action$/);
});
