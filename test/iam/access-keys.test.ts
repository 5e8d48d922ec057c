/** Access keys, asked of a whole Gatehouse through the AWS SDK. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CreateAccessKeyCommand, CreateUserCommand, DeleteAccessKeyCommand, GetAccessKeyLastUsedCommand, GetUserCommand, ListAccessKeysCommand, PutUserPolicyCommand, UpdateAccessKeyCommand } from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { accountOf } from '../../src/base/ids.ts';
import { startGatehouse, type KeyPair, type TestGatehouse } from '../gatehouse.ts';
import { assertRefused, beyondQuota, noSuch } from './refusal.ts';

let gatehouse: TestGatehouse;
let iam: IAMClient;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'access keys' });
  iam = gatehouse.iam();
});
after(() => gatehouse.stop());

async function newUser(UserName: string): Promise<KeyPair> {
  await iam.send(new CreateUserCommand({ UserName }));
  return newKey(iam, UserName);
}

async function newKey(client: IAMClient, UserName?: string): Promise<KeyPair> {
  const { AccessKey } = await client.send(new CreateAccessKeyCommand({ UserName }));
  return { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
}

const notFound = (id: string) => ({ code: 'NoSuchEntity', status: 404, message: `The Access Key with id ${id} cannot be found` });

test('CreateAccessKey answers a key that works, shows its secret once, and keeps only a sealed one', async () => {
  await iam.send(new CreateUserCommand({ UserName: 'Keyed' }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'keyed' }));
  assert.match(AccessKey?.AccessKeyId ?? '', /^AKIA[A-Z2-7]{16}$/);
  assert.match(AccessKey?.SecretAccessKey ?? '', /^[A-Za-z0-9+/]{40}$/);
  assert.equal(accountOf(AccessKey!.AccessKeyId!), gatehouse.account);
  assert.deepEqual({ UserName: AccessKey?.UserName, Status: AccessKey?.Status, CreateDate: AccessKey?.CreateDate }, { UserName: 'Keyed', Status: 'Active', CreateDate: new Date('2026-11-23T10:00:00Z') });
  const own = gatehouse.sts({ accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! });
  assert.equal((await own.send(new GetCallerIdentityCommand({}))).Arn, `arn:aws:iam::${gatehouse.account}:user/Keyed`);
  const { AccessKeyMetadata } = await iam.send(new ListAccessKeysCommand({ UserName: 'Keyed' }));
  assert.deepEqual(AccessKeyMetadata, [{ UserName: 'Keyed', AccessKeyId: AccessKey?.AccessKeyId, Status: 'Active', CreateDate: AccessKey?.CreateDate }]);
  const stored = gatehouse.plane.store.loaded(gatehouse.account)!.accessKeys.find(AccessKey!.AccessKeyId!);
  assert.ok(!JSON.stringify(stored).includes(AccessKey!.SecretAccessKey!));
  assert.ok(!JSON.stringify([gatehouse.auditRecords, gatehouse.logLines]).includes(AccessKey!.SecretAccessKey!));
});

test('CreateAccessKey: an owner has two keys at most, and a deleted one makes room', async () => {
  const first = await newUser('pair');
  await newKey(iam, 'pair');
  await assertRefused(newKey(iam, 'pair'), beyondQuota('AccessKeysPerUser', 2));
  await iam.send(new DeleteAccessKeyCommand({ UserName: 'pair', AccessKeyId: first.accessKeyId }));
  await newKey(iam, 'pair');
  await assertRefused(newKey(iam, 'nobody'), noSuch('user', 'nobody'));
});

test('CreateAccessKey: of five at once two are made, however they meet', async () => {
  await iam.send(new CreateUserCommand({ UserName: 'racer' }));
  const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => newKey(iam, 'racer')));
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 2);
  assert.equal((await iam.send(new ListAccessKeysCommand({ UserName: 'racer' }))).AccessKeyMetadata?.length, 2);
});

test('ListAccessKeys pages through the keys', async () => {
  await newUser('lister');
  await newKey(iam, 'lister');
  const first = await iam.send(new ListAccessKeysCommand({ UserName: 'lister', MaxItems: 1 }));
  const second = await iam.send(new ListAccessKeysCommand({ UserName: 'lister', MaxItems: 1, Marker: first.Marker }));
  assert.deepEqual([first.AccessKeyMetadata?.length, first.IsTruncated, second.AccessKeyMetadata?.length, second.IsTruncated], [1, true, 1, false]);
  assert.notEqual(first.AccessKeyMetadata![0]!.AccessKeyId, second.AccessKeyMetadata![0]!.AccessKeyId);
  await assertRefused(iam.send(new ListAccessKeysCommand({ UserName: 'nobody' })), noSuch('user', 'nobody'));
});

test('an inactive key is refused at once, and works again when it is active', async () => {
  const key = await newUser('toggled');
  const identity = () => gatehouse.sts(key).send(new GetCallerIdentityCommand({}));
  await iam.send(new UpdateAccessKeyCommand({ UserName: 'toggled', AccessKeyId: key.accessKeyId, Status: 'Inactive' }));
  await assertRefused(identity(), { code: 'InvalidClientTokenId', status: 403, message: 'The security token included in the request is invalid.' });
  assert.equal((await iam.send(new ListAccessKeysCommand({ UserName: 'toggled' }))).AccessKeyMetadata?.[0]?.Status, 'Inactive');
  await iam.send(new UpdateAccessKeyCommand({ UserName: 'toggled', AccessKeyId: key.accessKeyId, Status: 'Active' }));
  await identity();
  await iam.send(new DeleteAccessKeyCommand({ UserName: 'toggled', AccessKeyId: key.accessKeyId }));
  await assertRefused(identity(), { code: 'InvalidClientTokenId', status: 403, message: 'The security token included in the request is invalid.' });
});

test('UpdateAccessKey: Expired is no status of an access key', async () => {
  const { accessKeyId: AccessKeyId } = await newUser('expiring');
  await assertRefused(iam.send(new UpdateAccessKeyCommand({ UserName: 'expiring', AccessKeyId, Status: 'Expired' })), { code: 'InvalidInput', status: 400, message: /Active or Inactive/ });
});

test('a key is found under its owner only', async () => {
  const { accessKeyId: AccessKeyId } = await newUser('owner');
  await newUser('stranger');
  for (const UserName of ['stranger', undefined]) {
    await assertRefused(iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId })), notFound(AccessKeyId));
    await assertRefused(iam.send(new UpdateAccessKeyCommand({ UserName, AccessKeyId, Status: 'Inactive' })), notFound(AccessKeyId));
  }
  await assertRefused(iam.send(new DeleteAccessKeyCommand({ UserName: 'owner', AccessKeyId: 'AKIAABSENTABSENTABSE' })), notFound('AKIAABSENTABSENTABSE'));
});

test('without a UserName the operations are about whoever signed', async () => {
  const key = await newUser('self');
  await iam.send(new PutUserPolicyCommand({ UserName: 'self', PolicyName: 'own-keys', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: ['iam:*AccessKey*', 'iam:GetUser'], Resource: 'arn:aws:iam::*:user/${aws:username}' } }) }));
  const own = gatehouse.iam(key);
  const second = await newKey(own);
  await own.send(new UpdateAccessKeyCommand({ AccessKeyId: second.accessKeyId, Status: 'Inactive' }));
  assert.equal((await own.send(new GetUserCommand({}))).User?.UserName, 'self');
  assert.deepEqual((await own.send(new ListAccessKeysCommand({}))).AccessKeyMetadata?.map(({ UserName, Status }) => [UserName, Status]).sort(), [['self', 'Active'], ['self', 'Inactive']]);
  await own.send(new DeleteAccessKeyCommand({ AccessKeyId: second.accessKeyId }));
  assert.equal((await own.send(new ListAccessKeysCommand({}))).AccessKeyMetadata?.length, 1);
});

test('root without a UserName works on its own keys, which have none, and its given one can be deleted', async () => {
  const root = gatehouse.iam(gatehouse.root);
  const made = await root.send(new CreateAccessKeyCommand({}));
  assert.equal(made.AccessKey?.UserName, undefined);
  const second = gatehouse.iam({ accessKeyId: made.AccessKey!.AccessKeyId!, secretAccessKey: made.AccessKey!.SecretAccessKey! });
  const { AccessKeyMetadata } = await second.send(new ListAccessKeysCommand({}));
  assert.equal(AccessKeyMetadata?.length, 2);
  assert.ok(AccessKeyMetadata?.every(({ UserName }) => UserName === undefined));
  await assertRefused(root.send(new CreateAccessKeyCommand({})), beyondQuota('AccessKeysPerUser', 2));
  await second.send(new DeleteAccessKeyCommand({ AccessKeyId: gatehouse.root.accessKeyId }));
  await assertRefused(root.send(new ListAccessKeysCommand({})), { code: 'InvalidClientTokenId', status: 403, message: 'The security token included in the request is invalid.' });
  assert.equal(gatehouse.plane.store.partition.foreignAccessKeys.find(gatehouse.root.accessKeyId), undefined);
});

test('GetAccessKeyLastUsed says N/A before the first use, and when, where and for what after it', async () => {
  const key = await newUser('user-of-keys');
  const AccessKeyId = key.accessKeyId;
  const never = await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId }));
  assert.deepEqual([never.UserName, never.AccessKeyLastUsed], ['user-of-keys', { ServiceName: 'N/A', Region: 'N/A' }]);
  gatehouse.clock.advance(60_000);
  await gatehouse.sts(key).send(new GetCallerIdentityCommand({}));
  const used = await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId }));
  assert.deepEqual(used.AccessKeyLastUsed, { LastUsedDate: new Date(gatehouse.clock.now), ServiceName: 'sts', Region: 'us-east-1' });
});

test('GetAccessKeyLastUsed: a key that is not the account\'s is refused, whoever asks', async () => {
  const AccessKeyId = 'AKIAABSENTABSENTABSE';
  await assertRefused(iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId })), { code: 'AccessDenied', status: 403, message: `User: arn:aws:iam::${gatehouse.account}:user/admin is not authorized to perform: iam:GetAccessKeyLastUsed on resource: access key ${AccessKeyId}` });
});

test('when a deleted key was last used is forgotten', async () => {
  const { accessKeyId, secretAccessKey } = await newUser('forgotten');
  await gatehouse.sts({ accessKeyId, secretAccessKey }).send(new GetCallerIdentityCommand({}));
  assert.ok(gatehouse.plane.lastUsed.find(accessKeyId));
  await iam.send(new DeleteAccessKeyCommand({ UserName: 'forgotten', AccessKeyId: accessKeyId }));
  assert.equal(gatehouse.plane.lastUsed.find(accessKeyId), undefined);
});
