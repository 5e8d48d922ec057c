/** What a bucket policy is told that does not go together, over the wire with the SDK: S3's words, and nothing is changed. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as sdk from '@aws-sdk/client-s3';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';

const Bucket = 'policies';
let gatehouse: TestGatehouse;
let s3: sdk.S3Client;
before(async () => {
  gatehouse = await startGatehouse();
  s3 = gatehouse.s3();
  await s3.send(new sdk.CreateBucketCommand({ Bucket }));
});
after(() => gatehouse.stop());

const bucket = `arn:aws:s3:::${Bucket}`;
const put = (statement: object) => s3.send(new sdk.PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 's3:GetObject', Resource: `${bucket}/*`, ...statement }] }) }));

const refused: readonly (readonly [message: string, statement: object])[] = [
  ['Action does not apply to any resource(s) in statement', { Resource: bucket }],
  ['Action does not apply to any resource(s) in statement', { Action: ['s3:GetObject', 's3:ListBucket'] }],
  ['Conditions do not apply to combination of actions and resources in statement', { Condition: { StringLike: { 's3:prefix': 'home/*' } } }],
  ['Conditions do not apply to combination of actions and resources in statement', { Action: ['s3:GetObject', 's3:ListBucket'], Resource: [bucket, `${bucket}/*`], Condition: { StringLike: { 's3:prefix': 'home/*' } } }],
  ['Policy has an invalid condition key', { Condition: { StringEquals: { 's3:prefx': 'a' } } }],
  ['Policy has invalid action', { Action: 's3:GetObjct' }],
  ['Missing required field Resource', { Resource: undefined }],
];

test('actions, resources and conditions that do not go together are refused in S3\'s words, and change nothing', async () => {
  for (const [message, statement] of refused) {
    await assert.rejects(put(statement), (thrown: Error) => {
      assert.deepEqual([thrown.name, thrown.message], ['MalformedPolicy', message], JSON.stringify(statement));
      return true;
    });
  }
  await assert.rejects(s3.send(new sdk.GetBucketPolicyCommand({ Bucket })), { name: 'NoSuchBucketPolicy' });
});

test('what goes together is stored', async () => {
  for (const statement of [{}, { Action: 's3:ListBucket', Resource: bucket, Condition: { StringLike: { 's3:prefix': 'home/*' } } }, { Action: 's3:*', Resource: [bucket, `${bucket}/*`] }, { Condition: { StringEquals: { 's3:ExistingObjectTag/team': 'a' } } }]) await put(statement);
  const { Policy } = await s3.send(new sdk.GetBucketPolicyCommand({ Bucket }));
  assert.match(Policy ?? '', /ExistingObjectTag/);
});
