/** Users, asked of a whole Gatehouse through the AWS SDK. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { AddUserToGroupCommand, AttachUserPolicyCommand, CreateAccessKeyCommand, CreateGroupCommand, CreateUserCommand, DeleteAccessKeyCommand, DeleteUserCommand, DetachUserPolicyCommand, DeleteUserPolicyCommand, GetGroupCommand, GetUserCommand, ListUsersCommand, PutUserPolicyCommand, RemoveUserFromGroupCommand, UpdateUserCommand } from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { assertRefused, beyondQuota, mustFirst, noSuch } from './refusal.ts';

let gatehouse: TestGatehouse;
let iam: IAMClient;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'users' });
  iam = gatehouse.iam();
});
after(() => gatehouse.stop());

const administratorAccess = 'arn:aws:iam::aws:policy/AdministratorAccess';

test('CreateUser answers the user with its id, ARN, date, boundary and tags', async () => {
  const { User } = await iam.send(new CreateUserCommand({ UserName: 'Full.User+1', Path: '/eng/a!b/', PermissionsBoundary: administratorAccess, Tags: [{ Key: 'team', Value: 'blue' }, { Key: 'Cost', Value: '' }] }));
  assert.match(User?.UserId ?? '', /^AIDA[A-Z2-7]{17}$/);
  assert.deepEqual({ ...User, UserId: undefined }, {
    UserId: undefined, UserName: 'Full.User+1', Path: '/eng/a!b/', Arn: 'arn:aws:iam::111122223333:user/eng/a!b/Full.User+1', CreateDate: new Date('2026-11-23T10:00:00Z'),
    PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: administratorAccess },
    Tags: [{ Key: 'Cost', Value: '' }, { Key: 'team', Value: 'blue' }],
  });
  const got = await iam.send(new GetUserCommand({ UserName: 'Full.User+1' }));
  assert.deepEqual(got.User, User);
});

test('CreateUser: a name that differs only in case, or only in path, is taken', async () => {
  await iam.send(new CreateUserCommand({ UserName: 'Taken' }));
  await assertRefused(iam.send(new CreateUserCommand({ UserName: 'tAKEN', Path: '/other/' })), { code: 'EntityAlreadyExists', status: 409, message: 'User with name tAKEN already exists.' });
});

test('CreateUser: of two at once with one name one is made', async () => {
  const outcomes = await Promise.allSettled(['Twin', 'tWIN'].map((UserName) => iam.send(new CreateUserCommand({ UserName }))));
  assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
});

test('names and paths of other characters are refused in IAM\'s own sentence, lengths in the general one', async () => {
  const refused = (input: { UserName: string; Path?: string }, message: string) => assertRefused(iam.send(new CreateUserCommand(input)), { code: 'ValidationError', status: 400, message });
  await refused({ UserName: 'white space' }, 'The specified value for userName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-');
  await refused({ UserName: 'fine', Path: 'eng/' }, 'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.');
  await refused({ UserName: 'u'.repeat(65) }, '1 validation error detected: Value at \'userName\' failed to satisfy constraint: Member must have length less than or equal to 64');
  await assertRefused(iam.send(new ListUsersCommand({ PathPrefix: 'eng' })), { code: 'ValidationError', status: 400, message: 'The specified value for pathPrefix is invalid. It must begin with the / character and contain only alphanumeric characters and/or / characters.' });
  await assertRefused(iam.send(new ListUsersCommand({ MaxItems: 1001 })), { code: 'ValidationError', status: 400, message: '1 validation error detected: Value at \'maxItems\' failed to satisfy constraint: Member must have value less than or equal to 1000' });
});

test('GetUser finds the name in any letter case and answers it as it was given', async () => {
  await iam.send(new CreateUserCommand({ UserName: 'MixedCase' }));
  const { User } = await iam.send(new GetUserCommand({ UserName: 'mixedcase' }));
  assert.equal(User?.UserName, 'MixedCase');
  await assertRefused(iam.send(new GetUserCommand({ UserName: 'nobody' })), noSuch('user', 'nobody'));
});

test('CreateUser: a boundary must be a policy that exists', async () => {
  const absent = `arn:aws:iam::${gatehouse.account}:policy/absent`;
  await assertRefused(iam.send(new CreateUserCommand({ UserName: 'bounded', PermissionsBoundary: absent })), { code: 'NoSuchEntity', status: 404, message: `Scope ARN: ${absent} does not exist or is not attachable.` });
  const wrong = `arn:aws:iam::${gatehouse.account}:user/someone`;
  await assertRefused(iam.send(new CreateUserCommand({ UserName: 'bounded', PermissionsBoundary: wrong })), { code: 'ValidationError', status: 400, message: `Value (${wrong}) for parameter PermissionsBoundary is invalid.` });
  await assertRefused(iam.send(new GetUserCommand({ UserName: 'bounded' })), noSuch('user', 'bounded'));
});

test('CreateUser: tags follow the rules of tags', async () => {
  const Tags = [{ Key: 'Team', Value: 'a' }, { Key: 'team', Value: 'b' }];
  await assertRefused(iam.send(new CreateUserCommand({ UserName: 'tagged', Tags })), { code: 'InvalidInput', status: 400, message: 'Duplicate tag keys found. Please note that Tag keys are case insensitive.' });
});

test('GetUser without a name is about the caller, and about root when root asks', async () => {
  assert.equal((await iam.send(new GetUserCommand({}))).User?.UserName, 'admin');
  const { User } = await gatehouse.iam(gatehouse.root).send(new GetUserCommand({}));
  assert.deepEqual(User, { UserId: gatehouse.account, Arn: `arn:aws:iam::${gatehouse.account}:root`, CreateDate: new Date('2026-11-23T10:00:00Z') });
});

test('ListUsers pages through a path in order of name, without boundary and tags', async () => {
  for (const UserName of ['delta', 'Alpha', 'charlie', 'Bravo']) await iam.send(new CreateUserCommand({ UserName, Path: '/listed/', Tags: [{ Key: 'k', Value: 'v' }], PermissionsBoundary: administratorAccess }));
  const first = await iam.send(new ListUsersCommand({ PathPrefix: '/listed/', MaxItems: 3 }));
  assert.deepEqual(first.Users?.map(({ UserName }) => UserName), ['Alpha', 'Bravo', 'charlie']);
  assert.deepEqual(Object.keys(first.Users![0]!).sort(), ['Arn', 'CreateDate', 'Path', 'UserId', 'UserName']);
  assert.equal(first.IsTruncated, true);
  const second = await iam.send(new ListUsersCommand({ PathPrefix: '/listed/', MaxItems: 3, Marker: first.Marker }));
  assert.deepEqual(second.Users?.map(({ UserName }) => UserName), ['delta']);
  assert.equal(second.IsTruncated, false);
  assert.equal(second.Marker, undefined);
});

test('ListUsers: a path prefix is plain text, which need not end with a slash', async () => {
  await iam.send(new CreateUserCommand({ UserName: 'prefixed', Path: '/prefix/deep/' }));
  for (const PathPrefix of ['/prefix', '/prefix/d', '/prefix/deep/']) assert.equal((await iam.send(new ListUsersCommand({ PathPrefix }))).Users?.length, 1, PathPrefix);
  assert.deepEqual((await iam.send(new ListUsersCommand({ PathPrefix: '/refix/' }))).Users, []);
});

test('ListUsers: a marker that was not handed out, or by another operation or to another caller, is refused', async () => {
  const invalid = { code: 'ValidationError', status: 400, message: 'Invalid Marker.' };
  const { Marker } = await iam.send(new ListUsersCommand({ MaxItems: 1 }));
  await assertRefused(iam.send(new ListUsersCommand({ Marker: 'made-up' })), invalid);
  await assertRefused(gatehouse.iam(gatehouse.root).send(new ListUsersCommand({ Marker })), invalid);
  await iam.send(new CreateGroupCommand({ GroupName: 'marker-group' }));
  await assertRefused(iam.send(new GetGroupCommand({ GroupName: 'marker-group', Marker })), invalid);
});

test('UpdateUser renames a user, who keeps id, groups and keys', async () => {
  const { User } = await iam.send(new CreateUserCommand({ UserName: 'before' }));
  await iam.send(new CreateGroupCommand({ GroupName: 'renamers' }));
  await iam.send(new AddUserToGroupCommand({ GroupName: 'renamers', UserName: 'before' }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'before' }));
  await iam.send(new AttachUserPolicyCommand({ UserName: 'before', PolicyArn: administratorAccess }));
  await iam.send(new UpdateUserCommand({ UserName: 'BEFORE', NewUserName: 'After', NewPath: '/moved/' }));
  const renamed = await iam.send(new GetUserCommand({ UserName: 'after' }));
  assert.deepEqual(renamed.User, { ...User, UserName: 'After', Path: '/moved/', Arn: `arn:aws:iam::${gatehouse.account}:user/moved/After` });
  await assertRefused(iam.send(new GetUserCommand({ UserName: 'before' })), noSuch('user', 'before'));
  const { Users } = await iam.send(new GetGroupCommand({ GroupName: 'renamers' }));
  assert.deepEqual(Users?.map(({ UserName }) => UserName), ['After']);
  const own = gatehouse.iam({ accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! });
  assert.equal((await own.send(new GetUserCommand({}))).User?.UserName, 'After');
});

test('UpdateUser changes the letter case of a name, and does not take another user\'s', async () => {
  await iam.send(new CreateUserCommand({ UserName: 'lower' }));
  await iam.send(new UpdateUserCommand({ UserName: 'lower', NewUserName: 'LOWER' }));
  assert.equal((await iam.send(new GetUserCommand({ UserName: 'lower' }))).User?.UserName, 'LOWER');
  await assertRefused(iam.send(new UpdateUserCommand({ UserName: 'lower', NewUserName: 'Admin' })), { code: 'EntityAlreadyExists', status: 409, message: 'User with name Admin already exists.' });
  await assertRefused(iam.send(new UpdateUserCommand({ UserName: 'nobody', NewUserName: 'somebody' })), noSuch('user', 'nobody'));
});

test('DeleteUser waits until policies, groups and keys are gone', async () => {
  const UserName = 'leaver';
  const remove = () => iam.send(new DeleteUserCommand({ UserName }));
  await iam.send(new CreateUserCommand({ UserName, Tags: [{ Key: 'a', Value: 'b' }], PermissionsBoundary: administratorAccess }));
  await iam.send(new CreateGroupCommand({ GroupName: 'leavers' }));
  await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: administratorAccess }));
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'inline', PolicyDocument: '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}' }));
  await iam.send(new AddUserToGroupCommand({ UserName, GroupName: 'leavers' }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  await assertRefused(remove(), mustFirst('detach all policies'));
  await iam.send(new DetachUserPolicyCommand({ UserName, PolicyArn: administratorAccess }));
  await assertRefused(remove(), mustFirst('delete policies'));
  await iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName: 'inline' }));
  await assertRefused(remove(), mustFirst('remove users from group'));
  await iam.send(new RemoveUserFromGroupCommand({ UserName, GroupName: 'leavers' }));
  await assertRefused(remove(), mustFirst('delete access keys'));
  await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId: AccessKey!.AccessKeyId }));
  await remove();
  await assertRefused(remove(), noSuch('user', UserName));
});

test('a user made again under an old name has another id', async () => {
  const make = async () => (await iam.send(new CreateUserCommand({ UserName: 'again' }))).User?.UserId;
  const first = await make();
  await iam.send(new DeleteUserCommand({ UserName: 'again' }));
  assert.notEqual(await make(), first);
});

test('CreateUser: the five-thousand-and-first user is refused, before its name is looked at', async () => {
  const { plane, account, clock } = gatehouse;
  await plane.store.write(account, { by: 'test', requestId: 'test', action: 'iam:CreateUser' }, (draft) => {
    for (let i = draft.users.size; i < 5000; i++) draft.users.insert({ UserId: `AIDAFILLER${i}`, UserName: `filler-${i}`, Path: '/filler/', CreateDate: clock.now });
  });
  await assertRefused(iam.send(new CreateUserCommand({ UserName: 'one-too-many' })), beyondQuota('UsersPerAccount', 5000));
  await assertRefused(iam.send(new CreateUserCommand({ UserName: 'admin' })), beyondQuota('UsersPerAccount', 5000));
});
