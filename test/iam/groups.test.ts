/** Groups and who is in them, asked of a whole Gatehouse through the AWS SDK. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { AddUserToGroupCommand, AttachGroupPolicyCommand, CreateGroupCommand, CreateUserCommand, DeleteGroupCommand, DeleteGroupPolicyCommand, DetachGroupPolicyCommand, GetGroupCommand, ListGroupsCommand, ListGroupsForUserCommand, PutGroupPolicyCommand, RemoveUserFromGroupCommand, UpdateGroupCommand } from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { assertRefused, beyondQuota, mustFirst, noSuch } from './refusal.ts';

let gatehouse: TestGatehouse;
let iam: IAMClient;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'groups' });
  iam = gatehouse.iam();
});
after(() => gatehouse.stop());

test('CreateGroup answers the group, and a name that differs only in case is taken', async () => {
  const { Group } = await iam.send(new CreateGroupCommand({ GroupName: 'Developers', Path: '/eng/' }));
  assert.match(Group?.GroupId ?? '', /^AGPA[A-Z2-7]{17}$/);
  assert.deepEqual({ ...Group, GroupId: undefined }, { GroupId: undefined, GroupName: 'Developers', Path: '/eng/', Arn: `arn:aws:iam::${gatehouse.account}:group/eng/Developers`, CreateDate: new Date('2026-11-23T10:00:00Z') });
  await assertRefused(iam.send(new CreateGroupCommand({ GroupName: 'developers' })), { code: 'EntityAlreadyExists', status: 409, message: 'Group with name developers already exists.' });
});

test('GetGroup pages through its members in order of name', async () => {
  await iam.send(new CreateGroupCommand({ GroupName: 'paged' }));
  for (const UserName of ['p3', 'P1', 'p2']) {
    await iam.send(new CreateUserCommand({ UserName }));
    await iam.send(new AddUserToGroupCommand({ GroupName: 'PAGED', UserName }));
  }
  const first = await iam.send(new GetGroupCommand({ GroupName: 'paged', MaxItems: 2 }));
  assert.deepEqual(first.Users?.map(({ UserName }) => UserName), ['P1', 'p2']);
  assert.equal(first.IsTruncated, true);
  const second = await iam.send(new GetGroupCommand({ GroupName: 'paged', MaxItems: 2, Marker: first.Marker }));
  assert.deepEqual(second.Users?.map(({ UserName }) => UserName), ['p3']);
  assert.equal(second.IsTruncated, false);
  assert.equal(second.Group?.GroupName, 'paged');
  await assertRefused(iam.send(new GetGroupCommand({ GroupName: 'absent' })), noSuch('group', 'absent'));
});

test('ListGroups pages through a path in order of name', async () => {
  for (const GroupName of ['z', 'B', 'a']) await iam.send(new CreateGroupCommand({ GroupName, Path: '/listed/' }));
  const first = await iam.send(new ListGroupsCommand({ PathPrefix: '/listed', MaxItems: 2 }));
  assert.deepEqual(first.Groups?.map(({ GroupName }) => GroupName), ['a', 'B']);
  const second = await iam.send(new ListGroupsCommand({ PathPrefix: '/listed', MaxItems: 2, Marker: first.Marker }));
  assert.deepEqual(second.Groups?.map(({ GroupName }) => GroupName), ['z']);
  assert.equal(second.IsTruncated, false);
});

test('UpdateGroup renames and moves a group, which keeps its members', async () => {
  await iam.send(new CreateGroupCommand({ GroupName: 'old' }));
  await iam.send(new CreateUserCommand({ UserName: 'member' }));
  await iam.send(new AddUserToGroupCommand({ GroupName: 'old', UserName: 'member' }));
  await iam.send(new UpdateGroupCommand({ GroupName: 'old', NewGroupName: 'new', NewPath: '/moved/' }));
  const { Groups } = await iam.send(new ListGroupsForUserCommand({ UserName: 'member' }));
  assert.deepEqual(Groups?.map(({ Arn }) => Arn), [`arn:aws:iam::${gatehouse.account}:group/moved/new`]);
  await assertRefused(iam.send(new UpdateGroupCommand({ GroupName: 'new', NewGroupName: 'Developers' })), { code: 'EntityAlreadyExists', status: 409, message: 'Group with name Developers already exists.' });
  await assertRefused(iam.send(new UpdateGroupCommand({ GroupName: 'old', NewGroupName: 'x' })), noSuch('group', 'old'));
});

test('AddUserToGroup and RemoveUserFromGroup may be repeated, and name what is absent', async () => {
  await iam.send(new CreateGroupCommand({ GroupName: 'twice' }));
  await iam.send(new CreateUserCommand({ UserName: 'double' }));
  const member = { GroupName: 'twice', UserName: 'double' };
  await iam.send(new AddUserToGroupCommand(member));
  await iam.send(new AddUserToGroupCommand(member));
  assert.equal((await iam.send(new GetGroupCommand({ GroupName: 'twice' }))).Users?.length, 1);
  await iam.send(new RemoveUserFromGroupCommand(member));
  await iam.send(new RemoveUserFromGroupCommand(member));
  assert.deepEqual((await iam.send(new ListGroupsForUserCommand({ UserName: 'double' }))).Groups, []);
  for (const Command of [AddUserToGroupCommand, RemoveUserFromGroupCommand]) {
    await assertRefused(iam.send(new Command({ GroupName: 'absent', UserName: 'double' })), noSuch('group', 'absent'));
    await assertRefused(iam.send(new Command({ GroupName: 'twice', UserName: 'absent' })), noSuch('user', 'absent'));
  }
  await assertRefused(iam.send(new ListGroupsForUserCommand({ UserName: 'absent' })), noSuch('user', 'absent'));
});

test('AddUserToGroup: a user is in ten groups at most', async () => {
  await iam.send(new CreateUserCommand({ UserName: 'joiner' }));
  for (let i = 0; i < 10; i++) {
    await iam.send(new CreateGroupCommand({ GroupName: `club-${i}` }));
    await iam.send(new AddUserToGroupCommand({ GroupName: `club-${i}`, UserName: 'joiner' }));
  }
  await iam.send(new CreateGroupCommand({ GroupName: 'club-10' }));
  await assertRefused(iam.send(new AddUserToGroupCommand({ GroupName: 'club-10', UserName: 'joiner' })), beyondQuota('GroupsPerUser', 10));
  await iam.send(new AddUserToGroupCommand({ GroupName: 'club-3', UserName: 'joiner' }));
  const { Groups, Marker } = await iam.send(new ListGroupsForUserCommand({ UserName: 'joiner', MaxItems: 9 }));
  assert.equal(Groups?.length, 9);
  assert.equal((await iam.send(new ListGroupsForUserCommand({ UserName: 'joiner', MaxItems: 9, Marker }))).Groups?.length, 1);
});

test('DeleteGroup waits until members and policies are gone', async () => {
  const GroupName = 'closing';
  const PolicyArn = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
  const remove = () => iam.send(new DeleteGroupCommand({ GroupName }));
  await iam.send(new CreateGroupCommand({ GroupName }));
  await iam.send(new CreateUserCommand({ UserName: 'last' }));
  await iam.send(new AddUserToGroupCommand({ GroupName, UserName: 'last' }));
  await iam.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn }));
  await iam.send(new PutGroupPolicyCommand({ GroupName, PolicyName: 'inline', PolicyDocument: '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}' }));
  await assertRefused(remove(), mustFirst('remove users from group'));
  await iam.send(new RemoveUserFromGroupCommand({ GroupName, UserName: 'last' }));
  await assertRefused(remove(), mustFirst('detach all policies'));
  await iam.send(new DetachGroupPolicyCommand({ GroupName, PolicyArn }));
  await assertRefused(remove(), mustFirst('delete policies'));
  await iam.send(new DeleteGroupPolicyCommand({ GroupName, PolicyName: 'inline' }));
  await remove();
  await assertRefused(remove(), noSuch('group', GroupName));
});

test('CreateGroup: the three-hundred-and-first group is refused', async () => {
  const { plane, account, clock } = gatehouse;
  await plane.store.write(account, { by: 'test', requestId: 'test', action: 'iam:CreateGroup' }, (draft) => {
    for (let i = draft.groups.size; i < 300; i++) draft.groups.insert({ GroupId: `AGPAFILLER${i}`, GroupName: `filler-${i}`, Path: '/filler/', CreateDate: clock.now });
  });
  await assertRefused(iam.send(new CreateGroupCommand({ GroupName: 'one-too-many' })), beyondQuota('GroupsPerAccount', 300));
});
