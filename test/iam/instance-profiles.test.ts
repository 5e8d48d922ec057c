/** Instance profiles, asked of a whole Gatehouse through the AWS SDK. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as sdk from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { testAsks } from './asked-resources.ts';
import { trusting } from './documents.ts';
import { assertRefused, beyondQuota, mustFirst, noSuch, tooManyTags } from './refusal.ts';
import { type RestrictedCaller, restrictedCaller } from './restricted-caller.ts';

const account = '111122223333';
const prefix = `arn:aws:iam::${account}`;
const ec2 = trusting('Service', 'ec2.amazonaws.com');
const Tags = [{ Key: 'team', Value: 'blue' }];

let gatehouse: TestGatehouse;
let iam: IAMClient;
let caller: RestrictedCaller;
let own: IAMClient;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'instance profiles', accountId: account });
  iam = gatehouse.iam();
  caller = await restrictedCaller(gatehouse);
  own = caller.iam;
});
after(() => gatehouse.stop());

const create = (InstanceProfileName: string, options: Partial<sdk.CreateInstanceProfileCommandInput> = {}) => iam.send(new sdk.CreateInstanceProfileCommand({ InstanceProfileName, ...options }));
const read = async (InstanceProfileName: string) => (await iam.send(new sdk.GetInstanceProfileCommand({ InstanceProfileName }))).InstanceProfile!;
const add = (InstanceProfileName: string, RoleName: string, client = iam) => client.send(new sdk.AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName }));
const take = (InstanceProfileName: string, RoleName: string) => iam.send(new sdk.RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName }));
const createRole = async (RoleName: string, options: Partial<sdk.CreateRoleCommandInput> = {}) => (await iam.send(new sdk.CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: ec2, ...options }))).Role!;
const absent = (name: string) => ({ code: 'NoSuchEntity', status: 404, message: `Instance Profile ${name} cannot be found.` });

test('CreateInstanceProfile answers the profile, empty, and GetInstanceProfile the same in any letter case', async () => {
  const { InstanceProfile } = await create('Web', { Path: '/fleet/', Tags });
  assert.match(InstanceProfile?.InstanceProfileId ?? '', /^AIPA[A-Z2-7]{17}$/);
  assert.deepEqual(InstanceProfile, {
    Path: '/fleet/', InstanceProfileName: 'Web', InstanceProfileId: InstanceProfile?.InstanceProfileId, Arn: `${prefix}:instance-profile/fleet/Web`, CreateDate: new Date('2026-11-23T10:00:00Z'), Roles: [], Tags,
  });
  assert.deepEqual(await read('wEB'), InstanceProfile);
});

test('a name that differs only in case or path is taken, and a role\'s name is not in the way', async () => {
  await createRole('Shared');
  await create('Shared');
  await assertRefused(create('sHARED', { Path: '/other/' }), { code: 'EntityAlreadyExists', status: 409, message: 'Instance Profile sHARED already exists.' });
});

test('names, paths and tags of other characters are refused', async () => {
  const refused = (request: Promise<unknown>, message: string | RegExp) => assertRefused(request, { code: 'ValidationError', status: 400, message });
  await refused(create('white space'), 'The specified value for instanceProfileName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-');
  await refused(create('x'.repeat(129)), '1 validation error detected: Value at \'instanceProfileName\' failed to satisfy constraint: Member must have length less than or equal to 128');
  await refused(create('x', { Path: 'fleet' }), /^The specified value for path is invalid/);
  await assertRefused(create('x', { Tags: [{ Key: 'aws:x', Value: '' }] }), { code: 'InvalidInput', status: 400, message: /reserved/ });
  await assertRefused(iam.send(new sdk.GetInstanceProfileCommand({ InstanceProfileName: 'x' })), absent('x'));
});

test('a role is put into a profile, shown in it, and taken out', async () => {
  const role = await createRole('Worker', { Path: '/svc/' });
  await create('workers');
  await add('WORKERS', 'worker');
  assert.deepEqual((await read('workers')).Roles, [{ Path: '/svc/', RoleName: 'Worker', RoleId: role.RoleId, Arn: `${prefix}:role/svc/Worker`, CreateDate: role.CreateDate, AssumeRolePolicyDocument: encodeURIComponent(ec2) }]);
  const { InstanceProfiles } = await iam.send(new sdk.ListInstanceProfilesForRoleCommand({ RoleName: 'Worker' }));
  assert.deepEqual(InstanceProfiles, [await read('workers')]);
  await take('workers', 'Worker');
  assert.deepEqual((await read('workers')).Roles, []);
});

test('a profile holds one role: a second one, and the same one again, are beyond the quota', async () => {
  await createRole('only');
  await createRole('another');
  await create('single');
  await add('single', 'only');
  await assertRefused(add('single', 'another'), beyondQuota('InstanceSessionsPerInstanceProfile', 1));
  await assertRefused(add('single', 'only'), beyondQuota('InstanceSessionsPerInstanceProfile', 1));
  await create('single-too');
  await add('single-too', 'only');
});

test('of two roles put into one profile at once one is in it', async () => {
  await createRole('twin-a');
  await createRole('twin-b');
  await create('twins');
  const outcomes = await Promise.allSettled(['twin-a', 'twin-b'].map((name) => add('twins', name)));
  assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  assert.equal((await read('twins')).Roles?.length, 1);
});

test('putting in and taking out name what is not there', async () => {
  await create('lonely');
  await createRole('outside');
  await assertRefused(add('absent', 'outside'), absent('absent'));
  await assertRefused(add('lonely', 'nobody'), noSuch('role', 'nobody'));
  await assertRefused(take('absent', 'outside'), absent('absent'));
  await assertRefused(take('lonely', 'nobody'), noSuch('role', 'nobody'));
  await assertRefused(take('lonely', 'outside'), { code: 'NoSuchEntity', status: 404, message: 'The role with name outside cannot be found in Instance Profile lonely.' });
});

test('a profile with a role, and a role in a profile, cannot be deleted', async () => {
  await createRole('bound');
  await create('binding');
  await add('binding', 'bound');
  const removeProfile = () => iam.send(new sdk.DeleteInstanceProfileCommand({ InstanceProfileName: 'binding' }));
  const removeRole = () => iam.send(new sdk.DeleteRoleCommand({ RoleName: 'bound' }));
  await assertRefused(removeProfile(), mustFirst('remove roles from instance profile'));
  await assertRefused(removeRole(), mustFirst('remove roles from instance profile'));
  await take('binding', 'bound');
  await removeRole();
  await removeProfile();
  await assertRefused(removeProfile(), absent('binding'));
});

test('profiles are listed by path, in order of name, in pages, without tags', async () => {
  for (const name of ['delta', 'Alpha', 'charlie', 'Bravo']) await create(name, { Path: '/listed/', Tags });
  const list = (page: Partial<sdk.ListInstanceProfilesCommandInput>) => iam.send(new sdk.ListInstanceProfilesCommand({ PathPrefix: '/listed', ...page }));
  const first = await list({ MaxItems: 3 });
  assert.deepEqual(first.InstanceProfiles?.map(({ InstanceProfileName }) => InstanceProfileName), ['Alpha', 'Bravo', 'charlie']);
  assert.deepEqual(Object.keys(first.InstanceProfiles![0]!).sort(), ['Arn', 'CreateDate', 'InstanceProfileId', 'InstanceProfileName', 'Path', 'Roles']);
  assert.equal(first.IsTruncated, true);
  const second = await list({ MaxItems: 3, Marker: first.Marker });
  assert.deepEqual(second.InstanceProfiles?.map(({ InstanceProfileName }) => InstanceProfileName), ['delta']);
  assert.deepEqual([second.IsTruncated, second.Marker], [false, undefined]);
});

test('the profiles of a role are listed in pages', async () => {
  await createRole('popular');
  for (const name of ['pop-2', 'pop-1', 'pop-3']) {
    await create(name);
    await add(name, 'popular');
  }
  const list = (page: { MaxItems?: number; Marker?: string | undefined }) => iam.send(new sdk.ListInstanceProfilesForRoleCommand({ RoleName: 'popular', ...page }));
  const first = await list({ MaxItems: 2 });
  const second = await list({ MaxItems: 2, Marker: first.Marker });
  assert.deepEqual([first, second].map(({ InstanceProfiles }) => InstanceProfiles?.map(({ InstanceProfileName }) => InstanceProfileName)), [['pop-1', 'pop-2'], ['pop-3']]);
  await assertRefused(iam.send(new sdk.ListInstanceProfilesForRoleCommand({ RoleName: 'nobody' })), noSuch('role', 'nobody'));
});

test('tags of a profile are put on, replaced and taken off; keys that differ in case are two', async () => {
  await create('tagged');
  const InstanceProfileName = 'tagged';
  await iam.send(new sdk.TagInstanceProfileCommand({ InstanceProfileName, Tags: [{ Key: 'Team', Value: 'a' }, { Key: 'cost', Value: '1' }] }));
  await iam.send(new sdk.TagInstanceProfileCommand({ InstanceProfileName, Tags: [{ Key: 'team', Value: 'b' }, { Key: 'cost', Value: '2' }] }));
  await iam.send(new sdk.UntagInstanceProfileCommand({ InstanceProfileName, TagKeys: ['Team', 'not-there'] }));
  const { Tags: left, IsTruncated } = await iam.send(new sdk.ListInstanceProfileTagsCommand({ InstanceProfileName }));
  assert.deepEqual([left, IsTruncated], [[{ Key: 'cost', Value: '2' }, { Key: 'team', Value: 'b' }], false]);
  const first = await iam.send(new sdk.ListInstanceProfileTagsCommand({ InstanceProfileName, MaxItems: 1 }));
  assert.deepEqual((await iam.send(new sdk.ListInstanceProfileTagsCommand({ InstanceProfileName, MaxItems: 1, Marker: first.Marker }))).Tags, [{ Key: 'team', Value: 'b' }]);
  await assertRefused(iam.send(new sdk.TagInstanceProfileCommand({ InstanceProfileName, Tags: Array.from({ length: 49 }, (_, i) => ({ Key: `k${i}`, Value: '' })) })), tooManyTags);
  await assertRefused(iam.send(new sdk.TagInstanceProfileCommand({ InstanceProfileName: 'absent', Tags })), absent('absent'));
  await assertRefused(iam.send(new sdk.UntagInstanceProfileCommand({ InstanceProfileName: 'absent', TagKeys: ['a'] })), absent('absent'));
  await assertRefused(iam.send(new sdk.ListInstanceProfileTagsCommand({ InstanceProfileName: 'absent' })), absent('absent'));
});

describe('is denied, unless exactly the action is allowed on exactly the resource:', () => {
  const InstanceProfileName = 'asked';
  const profile = { resource: `${prefix}:instance-profile/fleet/asked`, shownAs: 'instance profile asked' };
  testAsks([
    { action: 'CreateInstanceProfile', resource: profile.resource, send: () => own.send(new sdk.CreateInstanceProfileCommand({ InstanceProfileName, Path: '/fleet/' })) },
    { action: 'GetInstanceProfile', ...profile, send: () => own.send(new sdk.GetInstanceProfileCommand({ InstanceProfileName })) },
    { action: 'ListInstanceProfiles', resource: `${prefix}:instance-profile/fleet/`, send: () => own.send(new sdk.ListInstanceProfilesCommand({ PathPrefix: '/fleet/' })) },
    { action: 'TagInstanceProfile', ...profile, send: () => own.send(new sdk.TagInstanceProfileCommand({ InstanceProfileName, Tags })) },
    { action: 'UntagInstanceProfile', ...profile, send: () => own.send(new sdk.UntagInstanceProfileCommand({ InstanceProfileName, TagKeys: ['x'] })) },
    { action: 'ListInstanceProfileTags', ...profile, send: () => own.send(new sdk.ListInstanceProfileTagsCommand({ InstanceProfileName })) },
    { action: 'DeleteInstanceProfile', ...profile, send: () => own.send(new sdk.DeleteInstanceProfileCommand({ InstanceProfileName })) },
  ], () => caller);
});

test('putting a role into a profile needs iam:PassRole on the role, to EC2 and to instances', async () => {
  await create('passing', { Path: '/fleet/', Tags });
  await createRole('passed', { Path: '/svc/', Tags });
  const send = () => add('passing', 'passed', own);
  const onProfile = { Effect: 'Allow', Action: ['iam:AddRoleToInstanceProfile', 'iam:RemoveRoleFromInstanceProfile'], Resource: `${prefix}:instance-profile/fleet/passing` };
  const passing = (Condition: object) => ({ Effect: 'Allow', Action: 'iam:PassRole', Resource: `${prefix}:role/svc/passed`, Condition });
  await caller.permit(passing({}));
  await assertRefused(send(), caller.denied('AddRoleToInstanceProfile', 'instance profile passing'));
  await caller.permit(onProfile);
  await assertRefused(send(), caller.denied('PassRole', `${prefix}:role/svc/passed`));
  for (const refused of [{ StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } }, { ArnLike: { 'iam:AssociatedResourceArn': 'arn:aws:ec2:*:444455556666:instance/*' } }, { StringEquals: { 'iam:ResourceTag/team': 'red' } }]) {
    await caller.permit(onProfile, passing(refused));
    await assertRefused(send(), caller.denied('PassRole', `${prefix}:role/svc/passed`));
  }
  await caller.permit(onProfile, passing({ StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com', 'iam:ResourceTag/team': 'blue' }, ArnLike: { 'iam:AssociatedResourceArn': `arn:aws:ec2:*:${account}:instance/*` } }));
  await send();
  await caller.permit({ ...onProfile, Condition: { StringEquals: { 'aws:ResourceTag/team': 'blue' } } });
  await own.send(new sdk.RemoveRoleFromInstanceProfileCommand({ InstanceProfileName: 'passing', RoleName: 'passed' }));
});

test('creating with tags needs iam:TagInstanceProfile, and its conditions see the tags', async () => {
  const send = () => own.send(new sdk.CreateInstanceProfileCommand({ InstanceProfileName: 'with-tags', Tags }));
  await caller.permit({ Effect: 'Allow', Action: 'iam:CreateInstanceProfile', Resource: '*' });
  await assertRefused(send(), caller.denied('TagInstanceProfile', `${prefix}:instance-profile/with-tags`));
  await caller.permit({ Effect: 'Allow', Action: ['iam:CreateInstanceProfile', 'iam:TagInstanceProfile'], Resource: '*', Condition: { StringEquals: { 'aws:RequestTag/team': 'blue' }, 'ForAllValues:StringEquals': { 'aws:TagKeys': 'team' } } });
  await send();
  await caller.permit({ Effect: 'Allow', Action: 'iam:UntagInstanceProfile', Resource: '*', Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'team' } } });
  await assertRefused(own.send(new sdk.UntagInstanceProfileCommand({ InstanceProfileName: 'with-tags', TagKeys: ['other'] })), caller.denied('UntagInstanceProfile', 'instance profile with-tags'));
  await own.send(new sdk.UntagInstanceProfileCommand({ InstanceProfileName: 'with-tags', TagKeys: ['team'] }));
});

test('an absent profile is asked for without a path: a caller confined to a path is denied, not told', async () => {
  await caller.permit({ Effect: 'Allow', Action: 'iam:GetInstanceProfile', Resource: `${prefix}:instance-profile/fleet/*` });
  await assertRefused(own.send(new sdk.GetInstanceProfileCommand({ InstanceProfileName: 'absent' })), caller.denied('GetInstanceProfile', 'instance profile absent'));
});

test('the profiles of an account are counted, and the thousand-and-first is refused', async () => {
  const summary = async () => (await iam.send(new sdk.GetAccountSummaryCommand({}))).SummaryMap?.['InstanceProfiles'];
  const { plane, clock } = gatehouse;
  assert.equal(await summary(), plane.store.loaded(account)!.instanceProfiles.size);
  await plane.store.write(account, { by: 'test', requestId: 'test', action: 'iam:CreateInstanceProfile' }, (draft) => {
    for (let i = draft.instanceProfiles.size; i < 1000; i++) draft.instanceProfiles.insert({ InstanceProfileId: `AIPAFILLER${i}`, InstanceProfileName: `filler-${i}`, Path: '/', CreateDate: clock.now });
  });
  await assertRefused(create('one-too-many'), beyondQuota('InstanceProfilesPerAccount', 1000));
  assert.equal(await summary(), 1000);
});
