/** Service-linked roles, asked of a whole Gatehouse through the AWS SDK. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as sdk from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import { linkableServices } from '../../src/services/iam/linkable-services.ts';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { testAsks } from './asked-resources.ts';
import { allowing, trusting } from './documents.ts';
import { assertRefused, beyondQuota, noSuch } from './refusal.ts';
import { type RestrictedCaller, restrictedCaller } from './restricted-caller.ts';

const account = '111122223333';
const prefix = `arn:aws:iam::${account}`;
const autoScaling = 'autoscaling.amazonaws.com';

let gatehouse: TestGatehouse;
let iam: IAMClient;
let caller: RestrictedCaller;
let own: IAMClient;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'service-linked roles', accountId: account });
  iam = gatehouse.iam();
  caller = await restrictedCaller(gatehouse);
  own = caller.iam;
});
after(() => gatehouse.stop());

const create = (AWSServiceName: string, options: Partial<sdk.CreateServiceLinkedRoleCommandInput> = {}, client = iam) => client.send(new sdk.CreateServiceLinkedRoleCommand({ AWSServiceName, ...options }));
const remove = async (RoleName: string, client = iam) => (await client.send(new sdk.DeleteServiceLinkedRoleCommand({ RoleName }))).DeletionTaskId!;
const status = (DeletionTaskId: string, client = iam) => client.send(new sdk.GetServiceLinkedRoleDeletionStatusCommand({ DeletionTaskId }));
const invalid = (message: string | RegExp) => ({ code: 'InvalidInput', status: 400, message });

test('CreateServiceLinkedRole makes the role that the service says, with its trust and its policy', async () => {
  const { Role } = await create(autoScaling, { Description: 'scales' });
  const trust = trusting('Service', autoScaling);
  assert.deepEqual(Role, {
    Path: '/aws-service-role/autoscaling.amazonaws.com/', RoleName: 'AWSServiceRoleForAutoScaling', RoleId: Role?.RoleId, Arn: `${prefix}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
    CreateDate: new Date('2026-11-23T10:00:00Z'), AssumeRolePolicyDocument: encodeURIComponent(trust), Description: 'scales',
  });
  assert.match(Role?.RoleId ?? '', /^AROA[A-Z2-7]{17}$/);
  const { AttachedPolicies } = await iam.send(new sdk.ListAttachedRolePoliciesCommand({ RoleName: 'AWSServiceRoleForAutoScaling' }));
  assert.deepEqual(AttachedPolicies, [{ PolicyName: 'AutoScalingServiceRolePolicy', PolicyArn: 'arn:aws:iam::aws:policy/aws-service-role/AutoScalingServiceRolePolicy' }]);
  const { Role: read } = await iam.send(new sdk.GetRoleCommand({ RoleName: 'AWSServiceRoleForAutoScaling' }));
  assert.deepEqual(read, { ...Role, MaxSessionDuration: 3600, RoleLastUsed: {} });
});

test('there is one role of a service, or with suffixes several where the service allows them', async () => {
  await assertRefused(create(autoScaling), invalid('Service role name AWSServiceRoleForAutoScaling has been taken in this account, please try a different suffix.'));
  assert.equal((await create(autoScaling, { CustomSuffix: 'blue' })).Role?.RoleName, 'AWSServiceRoleForAutoScaling_blue');
  await assertRefused(create(autoScaling, { CustomSuffix: 'BLUE' }), invalid('Service role name AWSServiceRoleForAutoScaling_BLUE has been taken in this account, please try a different suffix.'));
  await assertRefused(create('es.amazonaws.com', { CustomSuffix: 'blue' }), invalid('Custom suffix is not allowed for es.amazonaws.com'));
  await assertRefused(create(autoScaling, { CustomSuffix: 'x'.repeat(64) }), invalid(/has more than 64 characters/));
  await assertRefused(create('nothing.amazonaws.com'), invalid('Service linked roles are not supported for nothing.amazonaws.com'));
  await assertRefused(create('Elasticsearch'), invalid('Service linked roles are not supported for Elasticsearch'));
});

test('every service of the table can be given its role, with a policy that exists and a name of its own', async () => {
  const other = gatehouse.iam(await gatehouse.newAccount('444455556666'));
  for (const [service, { policy }] of linkableServices) {
    assert.ok(gatehouse.plane.awsManagedPolicies.find(`arn:aws:iam::aws:policy/aws-service-role/${policy}`), `${service}: ${policy}`);
    await create(service, {}, other);
  }
  const { Roles } = await other.send(new sdk.ListRolesCommand({ PathPrefix: '/aws-service-role/', MaxItems: 1000 }));
  assert.equal(Roles?.length, linkableServices.size);
});

test('nobody in the account changes a service-linked role, but its description and tags', async () => {
  const RoleName = 'AWSServiceRoleForAutoScaling';
  const PolicyArn = 'arn:aws:iam::aws:policy/aws-service-role/AutoScalingServiceRolePolicy';
  const unmodifiable = { code: 'UnmodifiableEntity', status: 400, message: `Cannot perform the operation on the protected role '${RoleName}' - this role is only modifiable by AWS` };
  await iam.send(new sdk.CreateInstanceProfileCommand({ InstanceProfileName: 'profile' }));
  for (const client of [iam, gatehouse.iam(gatehouse.root)]) {
    for (const refused of [
      client.send(new sdk.DetachRolePolicyCommand({ RoleName, PolicyArn })),
      client.send(new sdk.AttachRolePolicyCommand({ RoleName, PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' })),
      client.send(new sdk.PutRolePolicyCommand({ RoleName, PolicyName: 'x', PolicyDocument: allowing('s3:*') })),
      client.send(new sdk.DeleteRolePolicyCommand({ RoleName, PolicyName: 'x' })),
      client.send(new sdk.UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trusting('AWS', account) })),
      client.send(new sdk.UpdateRoleCommand({ RoleName, MaxSessionDuration: 7200 })),
      client.send(new sdk.PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary: 'arn:aws:iam::aws:policy/ReadOnlyAccess' })),
      client.send(new sdk.AddRoleToInstanceProfileCommand({ RoleName, InstanceProfileName: 'profile' })),
      client.send(new sdk.DeleteRoleCommand({ RoleName })),
    ]) await assertRefused(refused, unmodifiable);
  }
  await iam.send(new sdk.UpdateRoleDescriptionCommand({ RoleName, Description: 'other' }));
  await iam.send(new sdk.TagRoleCommand({ RoleName, Tags: [{ Key: 'a', Value: 'b' }] }));
});

test('a service-linked role is deleted by a task, whose status is told', async () => {
  const task = await remove('awsserviceroleforautoscaling_BLUE');
  assert.match(task, /^task\/aws-service-role\/autoscaling\.amazonaws\.com\/AWSServiceRoleForAutoScaling_blue\/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal((await status(task)).Status, 'SUCCEEDED');
  await assertRefused(remove('AWSServiceRoleForAutoScaling_blue'), noSuch('role', 'AWSServiceRoleForAutoScaling_blue'));
  const { Role } = await create(autoScaling, { CustomSuffix: 'blue' });
  assert.deepEqual((await iam.send(new sdk.ListAttachedRolePoliciesCommand({ RoleName: Role!.RoleName }))).AttachedPolicies?.length, 1);
});

test('other roles are not deleted so, and other tasks are not known', async () => {
  await iam.send(new sdk.CreateRoleCommand({ RoleName: 'ordinary', AssumeRolePolicyDocument: trusting('AWS', account) }));
  await assertRefused(remove('ordinary'), { code: 'NoSuchEntity', status: 404, message: 'The role with name ordinary is not a service-linked role.' });
  await assertRefused(status('task/ordinary'), invalid('The deletion task id task/ordinary is not valid.'));
  const unknown = `task/aws-service-role/${autoScaling}/AWSServiceRoleForAutoScaling/00000000-0000-4000-8000-000000000000`;
  await assertRefused(status(unknown), { code: 'NoSuchEntity', status: 404, message: `The deletion task with id ${unknown} cannot be found.` });
});

describe('is denied, unless exactly the action is allowed on exactly the resource:', () => {
  const ecs = { resource: `${prefix}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS` };
  const role = { ...ecs, shownAs: 'role AWSServiceRoleForECS' };
  let task: string;
  testAsks([
    { action: 'CreateServiceLinkedRole', ...ecs, send: () => create('ecs.amazonaws.com', {}, own) },
    { action: 'DeleteServiceLinkedRole', ...role, send: async () => { task = await remove('AWSServiceRoleForECS', own); } },
  ], () => caller);

  test('GetServiceLinkedRoleDeletionStatus on the role that was', async () => {
    await caller.permit();
    await assertRefused(status(task, own), caller.denied('GetServiceLinkedRoleDeletionStatus', 'role AWSServiceRoleForECS'));
    await caller.permit({ Effect: 'Allow', Action: 'iam:GetServiceLinkedRoleDeletionStatus', Resource: ecs.resource });
    assert.equal((await status(task, own)).Status, 'SUCCEEDED');
  });
});

test('iam:AWSServiceName confines which services may be given a role', async () => {
  await caller.permit({ Effect: 'Allow', Action: 'iam:CreateServiceLinkedRole', Resource: '*', Condition: { StringLike: { 'iam:AWSServiceName': 'rds.amazonaws.com' } } });
  await assertRefused(create('ecs.amazonaws.com', {}, own), caller.denied('CreateServiceLinkedRole', `${prefix}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS`));
  await create('rds.amazonaws.com', {}, own);
});

test('a thousand deletions are remembered, and the oldest forgotten', async () => {
  const oldest = await remove('AWSServiceRoleForRDS');
  gatehouse.clock.advance(1000);
  await gatehouse.plane.store.write(account, { by: 'test', requestId: 'test', action: 'iam:DeleteServiceLinkedRole' }, (draft) => {
    for (let i = draft.roleDeletions.size; i < 1000; i++) draft.roleDeletions.insert({ DeletionTaskId: `filler-${i}`, RoleName: 'filler', CreateDate: gatehouse.clock.now });
  });
  assert.equal((await status(oldest)).Status, 'SUCCEEDED');
  const before = [...gatehouse.plane.store.loaded(account)!.roleDeletions.all()][0]!.DeletionTaskId;
  await remove('AWSServiceRoleForAutoScaling');
  const { roleDeletions } = gatehouse.plane.store.loaded(account)!;
  assert.equal(roleDeletions.size, 1000);
  assert.equal(roleDeletions.find(before), undefined);
});

test('service-linked roles count as roles', async () => {
  await gatehouse.plane.store.write(account, { by: 'test', requestId: 'test', action: 'iam:CreateRole' }, (draft) => {
    for (let i = draft.roles.size; i < 1000; i++) draft.roles.insert({ RoleId: `AROAFILLER${i}`, RoleName: `filler-${i}`, Path: '/', CreateDate: 0, TrustPolicy: { Document: '{}', PrincipalIds: {} } });
  });
  await assertRefused(create('ecs.amazonaws.com'), beyondQuota('RolesPerAccount', 1000));
});
