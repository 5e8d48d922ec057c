/** What the operations on people ask permission for: each on its resource, with its condition keys, and denied in AWS's words. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as sdk from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { assertRefused } from './refusal.ts';

const account = '111122223333';
const prefix = `arn:aws:iam::${account}`;
const caller = `${prefix}:user/staff/caller`;
const policyArn = `${prefix}:policy/docs/tagged`;

/** The same place for each kind of thing. */
const below = (path: string): string[] => ['user', 'group', 'role', 'policy'].map((kind) => `${prefix}:${kind}/${path}`);

let gatehouse: TestGatehouse;
let admin: IAMClient;
let own: IAMClient;
let keyOfTarget: string;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'people access', accountId: account });
  admin = gatehouse.iam();
  await admin.send(new sdk.CreateUserCommand({ UserName: 'caller', Path: '/staff/' }));
  const { AccessKey } = await admin.send(new sdk.CreateAccessKeyCommand({ UserName: 'caller' }));
  own = gatehouse.iam({ accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! });
  await admin.send(new sdk.CreateUserCommand({ UserName: 'target', Path: '/eng/', Tags: [{ Key: 'team', Value: 'blue' }] }));
  keyOfTarget = (await admin.send(new sdk.CreateAccessKeyCommand({ UserName: 'target' }))).AccessKey!.AccessKeyId!;
  await admin.send(new sdk.CreateGroupCommand({ GroupName: 'crew', Path: '/eng/' }));
  await admin.send(new sdk.CreateRoleCommand({ RoleName: 'auditor', Path: '/svc/', Tags: [{ Key: 'team', Value: 'blue' }], AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { AWS: account }, Action: 'sts:AssumeRole' } }) }));
  await admin.send(new sdk.CreatePolicyCommand({ PolicyName: 'tagged', Path: '/docs/', Tags: [{ Key: 'team', Value: 'blue' }], PolicyDocument: '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}' }));
});
after(() => gatehouse.stop());

/** Makes these statements all that the caller is allowed. */
async function permit(...statements: object[]): Promise<void> {
  const Statement = statements.length > 0 ? statements : [{ Effect: 'Allow', Action: 'iam:NothingAtAll', Resource: '*' }];
  await admin.send(new sdk.PutUserPolicyCommand({ UserName: 'caller', PolicyName: 'permitted', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) }));
}

const denied = (action: string, shownAs: string) => ({ code: 'AccessDenied', status: 403, message: `User: ${caller} is not authorized to perform: iam:${action} on resource: ${shownAs} because no identity-based policy allows the iam:${action} action` });

interface Row { readonly action: string; readonly resource: string; readonly shownAs?: string; send(): Promise<unknown> }

const rows: readonly Row[] = [
  { action: 'CreateUser', resource: `${prefix}:user/eng/new`, send: () => own.send(new sdk.CreateUserCommand({ UserName: 'new', Path: '/eng/' })) },
  { action: 'GetUser', resource: `${prefix}:user/eng/target`, shownAs: 'user target', send: () => own.send(new sdk.GetUserCommand({ UserName: 'target' })) },
  { action: 'ListUsers', resource: `${prefix}:user/`, send: () => own.send(new sdk.ListUsersCommand({})) },
  { action: 'ListUsers', resource: `${prefix}:user/eng/`, send: () => own.send(new sdk.ListUsersCommand({ PathPrefix: '/eng/' })) },
  { action: 'UpdateUser', resource: `${prefix}:user/eng/target`, shownAs: 'user target', send: () => own.send(new sdk.UpdateUserCommand({ UserName: 'target' })) },
  { action: 'CreateGroup', resource: `${prefix}:group/eng/new`, send: () => own.send(new sdk.CreateGroupCommand({ GroupName: 'new', Path: '/eng/' })) },
  { action: 'GetGroup', resource: `${prefix}:group/eng/crew`, shownAs: 'group crew', send: () => own.send(new sdk.GetGroupCommand({ GroupName: 'crew' })) },
  { action: 'ListGroups', resource: `${prefix}:group/`, send: () => own.send(new sdk.ListGroupsCommand({})) },
  { action: 'UpdateGroup', resource: `${prefix}:group/eng/crew`, shownAs: 'group crew', send: () => own.send(new sdk.UpdateGroupCommand({ GroupName: 'crew' })) },
  { action: 'AddUserToGroup', resource: `${prefix}:group/eng/crew`, shownAs: 'group crew', send: () => own.send(new sdk.AddUserToGroupCommand({ GroupName: 'crew', UserName: 'target' })) },
  { action: 'RemoveUserFromGroup', resource: `${prefix}:group/eng/crew`, shownAs: 'group crew', send: () => own.send(new sdk.RemoveUserFromGroupCommand({ GroupName: 'crew', UserName: 'target' })) },
  { action: 'ListGroupsForUser', resource: `${prefix}:user/eng/target`, shownAs: 'user target', send: () => own.send(new sdk.ListGroupsForUserCommand({ UserName: 'target' })) },
  { action: 'CreateAccessKey', resource: `${prefix}:user/eng/target`, shownAs: 'user target', send: () => own.send(new sdk.CreateAccessKeyCommand({ UserName: 'target' })) },
  { action: 'CreateAccessKey', resource: caller, shownAs: 'user caller', send: () => own.send(new sdk.CreateAccessKeyCommand({})) },
  { action: 'UpdateAccessKey', resource: `${prefix}:user/eng/target`, shownAs: 'user target', send: () => own.send(new sdk.UpdateAccessKeyCommand({ UserName: 'target', AccessKeyId: keyOfTarget, Status: 'Active' })) },
  { action: 'ListAccessKeys', resource: `${prefix}:user/eng/target`, shownAs: 'user target', send: () => own.send(new sdk.ListAccessKeysCommand({ UserName: 'target' })) },
  { action: 'CreateAccountAlias', resource: '*', send: () => own.send(new sdk.CreateAccountAliasCommand({ AccountAlias: 'alias' })) },
  { action: 'ListAccountAliases', resource: '*', send: () => own.send(new sdk.ListAccountAliasesCommand({})) },
  { action: 'DeleteAccountAlias', resource: '*', send: () => own.send(new sdk.DeleteAccountAliasCommand({ AccountAlias: 'alias' })) },
  { action: 'GetAccountSummary', resource: '*', send: () => own.send(new sdk.GetAccountSummaryCommand({})) },
  { action: 'TagUser', resource: `${prefix}:user/eng/target`, shownAs: 'user target', send: () => own.send(new sdk.TagUserCommand({ UserName: 'target', Tags: [{ Key: 'a', Value: 'b' }] })) },
  { action: 'UntagUser', resource: `${prefix}:user/eng/target`, shownAs: 'user target', send: () => own.send(new sdk.UntagUserCommand({ UserName: 'target', TagKeys: ['a'] })) },
  { action: 'ListUserTags', resource: `${prefix}:user/eng/target`, shownAs: 'user target', send: () => own.send(new sdk.ListUserTagsCommand({ UserName: 'target' })) },
  { action: 'TagRole', resource: `${prefix}:role/svc/auditor`, shownAs: 'role auditor', send: () => own.send(new sdk.TagRoleCommand({ RoleName: 'auditor', Tags: [{ Key: 'a', Value: 'b' }] })) },
  { action: 'UntagRole', resource: `${prefix}:role/svc/auditor`, shownAs: 'role auditor', send: () => own.send(new sdk.UntagRoleCommand({ RoleName: 'auditor', TagKeys: ['a'] })) },
  { action: 'ListRoleTags', resource: `${prefix}:role/svc/auditor`, shownAs: 'role auditor', send: () => own.send(new sdk.ListRoleTagsCommand({ RoleName: 'auditor' })) },
  { action: 'TagPolicy', resource: policyArn, shownAs: `policy ${policyArn}`, send: () => own.send(new sdk.TagPolicyCommand({ PolicyArn: policyArn, Tags: [{ Key: 'a', Value: 'b' }] })) },
  { action: 'UntagPolicy', resource: policyArn, shownAs: `policy ${policyArn}`, send: () => own.send(new sdk.UntagPolicyCommand({ PolicyArn: policyArn, TagKeys: ['a'] })) },
  { action: 'ListPolicyTags', resource: policyArn, shownAs: `policy ${policyArn}`, send: () => own.send(new sdk.ListPolicyTagsCommand({ PolicyArn: policyArn })) },
  // Last: what the others need is deleted here.
  { action: 'DeleteGroup', resource: `${prefix}:group/eng/crew`, shownAs: 'group crew', send: () => own.send(new sdk.DeleteGroupCommand({ GroupName: 'crew' })) },
  { action: 'DeleteUser', resource: `${prefix}:user/eng/new`, shownAs: 'user new', send: () => own.send(new sdk.DeleteUserCommand({ UserName: 'new' })) },
];

describe('each operation is denied without a permission, denied with one for another resource, and allowed with its own', () => {
  for (const { action, resource, shownAs = resource, send } of rows) {
    test(`${action} on ${shownAs}`, async () => {
      await permit();
      await assertRefused(send(), denied(action, shownAs));
      await permit({ Effect: 'Allow', Action: `iam:${action}`, Resource: below('elsewhere') }, { Effect: 'Allow', NotAction: `iam:${action}`, Resource: '*' });
      await assertRefused(send(), denied(action, shownAs));
      await permit({ Effect: 'Allow', Action: `iam:${action}`, Resource: resource });
      await send();
    });
  }
});

test('DeleteAccessKey and GetAccessKeyLastUsed ask for the user whose key it is', async () => {
  await permit();
  await assertRefused(own.send(new sdk.GetAccessKeyLastUsedCommand({ AccessKeyId: keyOfTarget })), denied('GetAccessKeyLastUsed', `access key ${keyOfTarget}`));
  await assertRefused(own.send(new sdk.DeleteAccessKeyCommand({ UserName: 'target', AccessKeyId: keyOfTarget })), denied('DeleteAccessKey', 'user target'));
  await permit({ Effect: 'Allow', Action: ['iam:GetAccessKeyLastUsed', 'iam:DeleteAccessKey'], Resource: `${prefix}:user/eng/target` });
  await own.send(new sdk.GetAccessKeyLastUsedCommand({ AccessKeyId: keyOfTarget }));
  await own.send(new sdk.DeleteAccessKeyCommand({ UserName: 'target', AccessKeyId: keyOfTarget }));
});

test('an absent user is asked for without a path: a caller confined to a path is denied, not told', async () => {
  await permit({ Effect: 'Allow', Action: 'iam:GetUser', Resource: `${prefix}:user/eng/*` });
  await assertRefused(own.send(new sdk.GetUserCommand({ UserName: 'absent' })), denied('GetUser', 'user absent'));
  await permit({ Effect: 'Allow', Action: 'iam:GetUser', Resource: `${prefix}:user/*` });
  await assertRefused(own.send(new sdk.GetUserCommand({ UserName: 'absent' })), { code: 'NoSuchEntity', status: 404, message: 'The user with name absent cannot be found.' });
});

test('renaming needs the permission on the old name and on the new one', async () => {
  await admin.send(new sdk.CreateUserCommand({ UserName: 'mover', Path: '/eng/' }));
  await admin.send(new sdk.CreateGroupCommand({ GroupName: 'movers', Path: '/eng/' }));
  const user = () => own.send(new sdk.UpdateUserCommand({ UserName: 'mover', NewUserName: 'moved', NewPath: '/ops/' }));
  const group = () => own.send(new sdk.UpdateGroupCommand({ GroupName: 'movers', NewPath: '/ops/' }));
  await permit({ Effect: 'Allow', Action: ['iam:UpdateUser', 'iam:UpdateGroup'], Resource: below('eng/*') });
  await assertRefused(user(), denied('UpdateUser', 'user moved'));
  await assertRefused(group(), denied('UpdateGroup', 'group movers'));
  await permit({ Effect: 'Allow', Action: ['iam:UpdateUser', 'iam:UpdateGroup'], Resource: below('ops/*') });
  await assertRefused(user(), denied('UpdateUser', 'user mover'));
  await assertRefused(group(), denied('UpdateGroup', 'group movers'));
  await permit({ Effect: 'Allow', Action: ['iam:UpdateUser', 'iam:UpdateGroup'], Resource: [...below('eng/*'), ...below('ops/*')] });
  await user();
  await group();
});

test('creating a user with tags needs iam:TagUser too', async () => {
  const create = () => own.send(new sdk.CreateUserCommand({ UserName: 'with-tags', Tags: [{ Key: 'team', Value: 'blue' }] }));
  await permit({ Effect: 'Allow', Action: 'iam:CreateUser', Resource: '*' });
  await assertRefused(create(), denied('TagUser', `${prefix}:user/with-tags`));
  await permit({ Effect: 'Allow', Action: ['iam:CreateUser', 'iam:TagUser'], Resource: '*' });
  await create();
});

test('the boundary of a new user can be demanded by iam:PermissionsBoundary', async () => {
  const boundary = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
  await permit({ Effect: 'Allow', Action: 'iam:CreateUser', Resource: '*', Condition: { StringEquals: { 'iam:PermissionsBoundary': boundary } } });
  await assertRefused(own.send(new sdk.CreateUserCommand({ UserName: 'unbounded' })), denied('CreateUser', `${prefix}:user/unbounded`));
  await assertRefused(own.send(new sdk.CreateUserCommand({ UserName: 'unbounded', PermissionsBoundary: 'arn:aws:iam::aws:policy/AdministratorAccess' })), denied('CreateUser', `${prefix}:user/unbounded`));
  await own.send(new sdk.CreateUserCommand({ UserName: 'bounded', PermissionsBoundary: boundary }));
});

test('the tags of a request and of a resource are seen by conditions, keys in any letter case', async () => {
  const put = (Value: string) => own.send(new sdk.TagUserCommand({ UserName: 'target', Tags: [{ Key: 'Stage', Value }] }));
  await permit({ Effect: 'Allow', Action: 'iam:TagUser', Resource: '*', Condition: { StringEquals: { 'aws:RequestTag/stage': 'test', 'aws:ResourceTag/team': 'blue', 'iam:ResourceTag/Team': 'blue' }, 'ForAllValues:StringEquals': { 'aws:TagKeys': ['Stage'] } } });
  await assertRefused(put('live'), denied('TagUser', 'user target'));
  await put('test');
  await assertRefused(own.send(new sdk.TagUserCommand({ UserName: 'target', Tags: [{ Key: 'Stage', Value: 'test' }, { Key: 'more', Value: '' }] })), denied('TagUser', 'user target'));
  await permit({ Effect: 'Allow', Action: ['iam:UntagUser', 'iam:UntagRole', 'iam:UntagPolicy'], Resource: '*', Condition: { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'Stage' }, StringEquals: { 'aws:ResourceTag/team': 'blue' } } });
  await assertRefused(own.send(new sdk.UntagUserCommand({ UserName: 'target', TagKeys: ['team'] })), denied('UntagUser', 'user target'));
  await own.send(new sdk.UntagUserCommand({ UserName: 'target', TagKeys: ['Stage'] }));
  await own.send(new sdk.UntagRoleCommand({ RoleName: 'auditor', TagKeys: ['Stage'] }));
  await own.send(new sdk.UntagPolicyCommand({ PolicyArn: policyArn, TagKeys: ['Stage'] }));
});

test('a role session must say whom it means', async () => {
  const { Credentials } = await gatehouse.sts().send(new AssumeRoleCommand({ RoleArn: `${prefix}:role/svc/auditor`, RoleSessionName: 'session' }));
  const session = gatehouse.iam({ accessKeyId: Credentials!.AccessKeyId!, secretAccessKey: Credentials!.SecretAccessKey!, sessionToken: Credentials!.SessionToken });
  const unnamed = { code: 'ValidationError', status: 400, message: 'Must specify userName when calling with non-User credentials' };
  await assertRefused(session.send(new sdk.GetUserCommand({})), unnamed);
  await assertRefused(session.send(new sdk.CreateAccessKeyCommand({})), unnamed);
  await assertRefused(session.send(new sdk.ListAccessKeysCommand({})), unnamed);
  await assertRefused(session.send(new sdk.UpdateAccessKeyCommand({ AccessKeyId: 'AKIAABSENTABSENTABSE', Status: 'Active' })), unnamed);
  await assertRefused(session.send(new sdk.DeleteAccessKeyCommand({ AccessKeyId: 'AKIAABSENTABSENTABSE' })), unnamed);
});

test('every operation on people that is built has its row here', async () => {
  const asked = new Set([...rows.map(({ action }) => action), 'DeleteAccessKey', 'GetAccessKeyLastUsed']);
  const nouns = /^(Create|Get|List|Update|Delete)(User|Users|Group|Groups)$|^(Add|Remove)User|GroupsForUser|AccessKey|AccountAlias|AccountSummary|^(Tag|Untag)(User|Role|Policy)$|^List(User|Role|Policy)Tags$/;
  const built = [...(await gatehouse.plane.services.get('iam')!.load()).definition.operations.keys()].filter((name) => nouns.test(name));
  assert.ok(built.length >= 31);
  assert.deepEqual(built.filter((name) => !asked.has(name)), [], 'an operation without a row: add what it asks permission for to `rows`');
});
