/** ListPoliciesGrantingServiceAccess, asked of a whole Gatehouse through the AWS SDK. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as sdk from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { testAsks } from './asked-resources.ts';
import { allowing, policyOf, trusting } from './documents.ts';
import { assertRefused } from './refusal.ts';
import { type RestrictedCaller, restrictedCaller } from './restricted-caller.ts';

const account = '111122223333';
const prefix = `arn:aws:iam::${account}`;
const storage = `${prefix}:policy/storage`;

let gatehouse: TestGatehouse;
let iam: IAMClient;
let caller: RestrictedCaller;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'service access', accountId: account });
  iam = gatehouse.iam();
  caller = await restrictedCaller(gatehouse);
  await iam.send(new sdk.CreatePolicyCommand({ PolicyName: 'storage', PolicyDocument: allowing('s3:Get*') }));
  await iam.send(new sdk.CreateUserCommand({ UserName: 'alice', Path: '/eng/', Tags: [{ Key: 'team', Value: 'blue' }] }));
  await iam.send(new sdk.CreateGroupCommand({ GroupName: 'crew' }));
  await iam.send(new sdk.AddUserToGroupCommand({ UserName: 'alice', GroupName: 'crew' }));
  await iam.send(new sdk.CreateRoleCommand({ RoleName: 'worker', AssumeRolePolicyDocument: trusting('AWS', account) }));
  await iam.send(new sdk.AttachUserPolicyCommand({ UserName: 'alice', PolicyArn: storage }));
  await iam.send(new sdk.AttachGroupPolicyCommand({ GroupName: 'crew', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }));
  await iam.send(new sdk.PutGroupPolicyCommand({ GroupName: 'crew', PolicyName: 'queues', PolicyDocument: policyOf({ Effect: 'Allow', Action: 'SQS:Send*', Resource: '*' }, { Effect: 'Deny', Action: 's3:*', Resource: '*' }) }));
  await iam.send(new sdk.PutRolePolicyCommand({ RoleName: 'worker', PolicyName: 'all-but', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', NotAction: ['s3:*'], Resource: '*' } }) }));
});
after(() => gatehouse.stop());

const list = async (Arn: string, ...ServiceNamespaces: string[]) => (await iam.send(new sdk.ListPoliciesGrantingServiceAccessCommand({ Arn, ServiceNamespaces }))).PoliciesGrantingServiceAccess;
const administrator = { PolicyName: 'AdministratorAccess', PolicyType: 'MANAGED', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' };
const managed = { PolicyName: 'storage', PolicyType: 'MANAGED', PolicyArn: storage };
const queues = { PolicyName: 'queues', PolicyType: 'INLINE', EntityType: 'GROUP', EntityName: 'crew' };

test('a user is let in by its own policies and by those of its groups', async () => {
  assert.deepEqual(await list(`${prefix}:user/eng/alice`, 's3', 'sqs', 'ec2'), [
    { ServiceNamespace: 's3', Policies: [managed, administrator] },
    { ServiceNamespace: 'sqs', Policies: [administrator, queues] },
    { ServiceNamespace: 'ec2', Policies: [administrator] },
  ]);
});

test('a group and a role are let in by their own; NotAction leaves out what it names whole', async () => {
  assert.deepEqual(await list(`${prefix}:group/crew`, 'sqs'), [{ ServiceNamespace: 'sqs', Policies: [administrator, queues] }]);
  const allBut = { PolicyName: 'all-but', PolicyType: 'INLINE', EntityType: 'ROLE', EntityName: 'worker' };
  assert.deepEqual(await list(`${prefix}:role/worker`, 's3', 'sqs'), [{ ServiceNamespace: 's3', Policies: [] }, { ServiceNamespace: 'sqs', Policies: [allBut] }]);
});

test('the version in force counts', async () => {
  await iam.send(new sdk.CreatePolicyVersionCommand({ PolicyArn: storage, PolicyDocument: allowing('dynamodb:*'), SetAsDefault: true }));
  assert.deepEqual(await list(`${prefix}:user/eng/alice`, 's3', 'dynamodb'), [{ ServiceNamespace: 's3', Policies: [administrator] }, { ServiceNamespace: 'dynamodb', Policies: [managed, administrator] }]);
});

test('many services are answered in pages', async () => {
  const ServiceNamespaces = Array.from({ length: 200 }, (_, i) => `service-${i}`);
  const Arn = `${prefix}:group/crew`;
  const first = await iam.send(new sdk.ListPoliciesGrantingServiceAccessCommand({ Arn, ServiceNamespaces }));
  const second = await iam.send(new sdk.ListPoliciesGrantingServiceAccessCommand({ Arn, ServiceNamespaces, Marker: first.Marker }));
  assert.deepEqual([...first.PoliciesGrantingServiceAccess!, ...second.PoliciesGrantingServiceAccess!].map(({ ServiceNamespace }) => ServiceNamespace), ServiceNamespaces);
  assert.deepEqual([first.IsTruncated, second.IsTruncated, second.Marker], [true, false, undefined]);
});

test('an ARN must be that of a user, group or role, letter by letter', async () => {
  const absent = (arn: string) => ({ code: 'NoSuchEntity', status: 404, message: `ARN ${arn} does not exist.` });
  for (const arn of [`${prefix}:user/alice`, `${prefix}:user/eng/Alice`, `${prefix}:group/nobody`, `${prefix}:role/nobody`]) await assertRefused(list(arn, 's3'), absent(arn));
  await assertRefused(list(storage, 's3'), { code: 'InvalidInput', status: 400, message: `ARN ${storage} is not valid.` });
  await assertRefused(list('not-an-arn-but-long-enough', 's3'), { code: 'ValidationError', status: 400, message: 'Invalid ARN:  Could not be parsed!' });
  await assertRefused(list('arn:aws:iam::444455556666:user/eng/alice', 's3'), { code: 'AccessDenied', status: 403, message: /iam:ListPoliciesGrantingServiceAccess on resource: arn:aws:iam::444455556666:user\/eng\/alice$/ });
  await assertRefused(list(`${prefix}:user/eng/alice`), { code: 'ValidationError', status: 400, message: /'serviceNamespaces'/ });
});

describe('is denied, unless exactly the action is allowed on exactly the resource:', () => {
  const send = (Arn: string) => () => caller.iam.send(new sdk.ListPoliciesGrantingServiceAccessCommand({ Arn, ServiceNamespaces: ['s3'] }));
  testAsks(['user/eng/alice', 'group/crew', 'role/worker'].map((resource) => ({ action: 'ListPoliciesGrantingServiceAccess', resource: `${prefix}:${resource}`, send: send(`${prefix}:${resource}`) })), () => caller);

  test('conditions see the tags of the user', async () => {
    await caller.permit({ Effect: 'Allow', Action: 'iam:ListPoliciesGrantingServiceAccess', Resource: '*', Condition: { StringEquals: { 'iam:ResourceTag/team': 'blue' } } });
    await send(`${prefix}:user/eng/alice`)();
    await assertRefused(send(`${prefix}:role/worker`)(), caller.denied('ListPoliciesGrantingServiceAccess', `${prefix}:role/worker`));
  });
});
