/** Service-specific credentials, asked of a whole Gatehouse through the AWS SDK. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as sdk from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { assertRefused, beyondQuota, mustFirst, noSuch } from './refusal.ts';
import { restrictedCaller } from './restricted-caller.ts';

let gatehouse: TestGatehouse;
let iam: IAMClient;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'service-specific credentials' });
  iam = gatehouse.iam();
});
after(() => gatehouse.stop());

const git = 'codecommit.amazonaws.com';
const bedrock = 'bedrock.amazonaws.com';
const newUser = (UserName: string) => iam.send(new sdk.CreateUserCommand({ UserName }));
const create = async (UserName: string, ServiceName = git, rest: Partial<sdk.CreateServiceSpecificCredentialCommandInput> = {}, client = iam) => (await client.send(new sdk.CreateServiceSpecificCredentialCommand({ UserName, ServiceName, ...rest }))).ServiceSpecificCredential!;
const list = async (input: sdk.ListServiceSpecificCredentialsCommandInput = {}, client = iam) => (await client.send(new sdk.ListServiceSpecificCredentialsCommand(input))).ServiceSpecificCredentials!;
const remove = (UserName: string | undefined, ServiceSpecificCredentialId: string | undefined, client = iam) => client.send(new sdk.DeleteServiceSpecificCredentialCommand({ UserName, ServiceSpecificCredentialId }));
const notFound = { code: 'NoSuchEntity', status: 404, message: 'No such credential ID exists' };
const unsupported = (service: string) => ({ code: 'NotSupportedService', status: 404, message: `No such service ${service} is supported for Service Specific Credentials` });

test('a credential is shown with its password once, and listed without', async () => {
  await newUser('alice');
  const { ServicePassword, ...made } = await create('alice');
  assert.match(made.ServiceSpecificCredentialId!, /^ACCA[A-Z2-7]{17}$/);
  assert.match(ServicePassword!, /^[A-Za-z0-9+/]{59}=$/);
  assert.deepEqual([made.UserName, made.ServiceName, made.ServiceUserName, made.Status, made.CreateDate], ['alice', git, `alice-at-${gatehouse.account}`, 'Active', new Date(gatehouse.clock.now)]);
  assert.deepEqual(await list({ UserName: 'alice' }), [made]);
  const kept = JSON.stringify([...gatehouse.plane.store.loaded(gatehouse.account)!.serviceSpecificCredentials.all(), gatehouse.auditRecords]);
  assert.ok(!kept.includes(ServicePassword!), 'what is kept does not hold the password');
});

test('a user has two for each service; the second name has a number, and a deleted one\'s is free again', async () => {
  await newUser('many');
  const first = await create('many');
  const second = await create('many');
  assert.equal(second.ServiceUserName, `many+1-at-${gatehouse.account}`);
  await assertRefused(create('many'), beyondQuota('ServiceSpecificCredentialsPerUser', 2));
  assert.equal((await create('many', 'cassandra.amazonaws.com')).ServiceUserName, `many-at-${gatehouse.account}`);
  await remove('many', first.ServiceSpecificCredentialId);
  assert.equal((await create('many')).ServiceUserName, `many-at-${gatehouse.account}`);
  assert.equal((await list({ UserName: 'many', ServiceName: git })).length, 2);
  await assertRefused(iam.send(new sdk.DeleteUserCommand({ UserName: 'many' })), mustFirst('remove referenced objects'));
});

test('an API key has an alias and may expire, which a password may not', async () => {
  await newUser('keys');
  const key = await create('keys', bedrock, { CredentialAgeDays: 2 });
  assert.match(key.ServiceCredentialAlias!, new RegExp(`^BedrockAPIKey-[a-z2-7]{4}-at-${gatehouse.account}$`));
  assert.match(Buffer.from(key.ServiceCredentialSecret!.slice(4), 'base64').toString(), new RegExp(`^${key.ServiceCredentialAlias}:`));
  assert.deepEqual([key.ServicePassword, key.ServiceUserName, key.ExpirationDate], [undefined, undefined, new Date(gatehouse.clock.now + 2 * 86_400_000)]);
  await assertRefused(create('keys', git, { CredentialAgeDays: 2 }), { code: 'ValidationError', status: 400, message: `CredentialAgeDays is not supported for service ${git}.` });
  gatehouse.clock.advance(2 * 86_400_000 - 1);
  assert.equal((await gatehouse.iam().send(new sdk.ListServiceSpecificCredentialsCommand({ UserName: 'keys' }))).ServiceSpecificCredentials![0]!.Status, 'Active');
  gatehouse.clock.advance(1);
  iam = gatehouse.iam();
  assert.equal((await list({ UserName: 'keys' }))[0]!.Status, 'Expired');
});

test('a reset gives another secret under the same name; a status is Active or Inactive', async () => {
  await newUser('resetter');
  const made = await create('resetter');
  const { ServiceSpecificCredentialId } = made;
  const reset = (await iam.send(new sdk.ResetServiceSpecificCredentialCommand({ UserName: 'resetter', ServiceSpecificCredentialId }))).ServiceSpecificCredential!;
  assert.notEqual(reset.ServicePassword, made.ServicePassword);
  assert.deepEqual({ ...reset, ServicePassword: '' }, { ...made, ServicePassword: '' });
  const update = (Status: sdk.StatusType) => iam.send(new sdk.UpdateServiceSpecificCredentialCommand({ UserName: 'resetter', ServiceSpecificCredentialId, Status }));
  await update('Inactive');
  assert.equal((await list({ UserName: 'resetter' }))[0]!.Status, 'Inactive');
  await assertRefused(update('Expired'), { code: 'ValidationError', status: 400, message: 'The status of a service-specific credential can be set to Active or Inactive.' });
});

test('those of all users are listed in pages, and of one service', async () => {
  const all = await list({ AllUsers: true });
  const first = await iam.send(new sdk.ListServiceSpecificCredentialsCommand({ AllUsers: true, MaxItems: 2 }));
  const rest = await iam.send(new sdk.ListServiceSpecificCredentialsCommand({ AllUsers: true, Marker: first.Marker }));
  assert.equal(first.IsTruncated, true);
  assert.deepEqual([...first.ServiceSpecificCredentials!, ...rest.ServiceSpecificCredentials!], all);
  assert.deepEqual(new Set((await list({ AllUsers: true, ServiceName: bedrock })).map(({ UserName }) => UserName)), new Set(['keys']));
  await assertRefused(list({ AllUsers: true, UserName: 'alice' }), { code: 'ValidationError', status: 400, message: 'UserName and AllUsers cannot be given together.' });
});

test('an unknown service, user and id are named', async () => {
  await assertRefused(create('alice', 's3.amazonaws.com'), unsupported('s3.amazonaws.com'));
  await assertRefused(create('alice', 'constructor'), unsupported('constructor'));
  await assertRefused(list({ UserName: 'alice', ServiceName: 'x' }), unsupported('x'));
  await assertRefused(create('nobody'), noSuch('user', 'nobody'));
  const { ServiceSpecificCredentialId } = (await list({ UserName: 'alice' }))[0]!;
  for (const [UserName, id] of [['many', ServiceSpecificCredentialId], ['alice', 'ACCAABSENTABSENTABSEN']] as const) {
    await assertRefused(remove(UserName, id), notFound);
    await assertRefused(iam.send(new sdk.ResetServiceSpecificCredentialCommand({ UserName, ServiceSpecificCredentialId: id })), notFound);
    await assertRefused(iam.send(new sdk.UpdateServiceSpecificCredentialCommand({ UserName, ServiceSpecificCredentialId: id, Status: 'Active' })), notFound);
  }
});

test('each operation asks for its own action on the user, and creating tells service and age', async () => {
  const caller = await restrictedCaller(gatehouse);
  const UserName = 'target';
  await iam.send(new sdk.CreateUserCommand({ UserName, Path: '/eng/' }));
  const { ServiceSpecificCredentialId } = await create(UserName);
  const Resource = `arn:aws:iam::${gatehouse.account}:user/eng/target`;
  const rows: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['CreateServiceSpecificCredential', () => create(UserName, git, {}, caller.iam)],
    ['ListServiceSpecificCredentials', () => list({ UserName }, caller.iam)],
    ['UpdateServiceSpecificCredential', () => caller.iam.send(new sdk.UpdateServiceSpecificCredentialCommand({ UserName, ServiceSpecificCredentialId, Status: 'Inactive' }))],
    ['ResetServiceSpecificCredential', () => caller.iam.send(new sdk.ResetServiceSpecificCredentialCommand({ UserName, ServiceSpecificCredentialId }))],
    ['DeleteServiceSpecificCredential', () => remove(UserName, ServiceSpecificCredentialId, caller.iam)],
  ];
  for (const [action, send] of rows) {
    await caller.permit({ Effect: 'Allow', Action: `iam:${action}`, Resource: `arn:aws:iam::${gatehouse.account}:user/target` });
    await assertRefused(send(), caller.denied(action, 'user target'));
    await caller.permit({ Effect: 'Allow', Action: `iam:${action}`, Resource });
    await send();
  }
  await caller.permit({ Effect: 'Allow', Action: 'iam:CreateServiceSpecificCredential', Resource, Condition: { StringEquals: { 'iam:ServiceSpecificCredentialServiceName': bedrock }, NumericLessThan: { 'iam:ServiceSpecificCredentialAgeDays': '31' } } });
  await assertRefused(create(UserName, git, {}, caller.iam), caller.denied('CreateServiceSpecificCredential', 'user target'));
  await assertRefused(create(UserName, bedrock, { CredentialAgeDays: 31 }, caller.iam), caller.denied('CreateServiceSpecificCredential', 'user target'));
  await create(UserName, bedrock, { CredentialAgeDays: 30 }, caller.iam);
  await caller.permit({ Effect: 'Allow', Action: 'iam:ListServiceSpecificCredentials', Resource });
  await assertRefused(list({ AllUsers: true }, caller.iam), caller.denied('ListServiceSpecificCredentials', '*'));
});

test('what is done to a credential can be confined to credentials of one service', async () => {
  const confined = await restrictedCaller(gatehouse, 'confined');
  const UserName = 'two-services';
  await iam.send(new sdk.CreateUserCommand({ UserName }));
  const ofGit = (await create(UserName)).ServiceSpecificCredentialId;
  const ofBedrock = (await create(UserName, bedrock)).ServiceSpecificCredentialId;
  await confined.permit({ Effect: 'Allow', Action: 'iam:*ServiceSpecificCredential', Resource: '*', Condition: { StringEquals: { 'iam:ServiceSpecificCredentialServiceName': bedrock } } });
  const requests = (ServiceSpecificCredentialId: string | undefined): readonly (readonly [string, () => Promise<unknown>])[] => [
    ['UpdateServiceSpecificCredential', () => confined.iam.send(new sdk.UpdateServiceSpecificCredentialCommand({ UserName, ServiceSpecificCredentialId, Status: 'Active' }))],
    ['ResetServiceSpecificCredential', () => confined.iam.send(new sdk.ResetServiceSpecificCredentialCommand({ UserName, ServiceSpecificCredentialId }))],
    ['DeleteServiceSpecificCredential', () => confined.iam.send(new sdk.DeleteServiceSpecificCredentialCommand({ UserName, ServiceSpecificCredentialId }))],
  ];
  for (const [action, send] of requests(ofGit)) await assertRefused(send(), confined.denied(action, `user ${UserName}`));
  for (const [, send] of requests(ofBedrock)) await send();
});
