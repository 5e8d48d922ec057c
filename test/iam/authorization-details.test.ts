/** GetAccountAuthorizationDetails, asked of a whole Gatehouse through the AWS SDK. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as sdk from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { testAsks } from './asked-resources.ts';
import { allowing, trusting } from './documents.ts';
import { assertRefused } from './refusal.ts';
import { type RestrictedCaller, restrictedCaller } from './restricted-caller.ts';

const account = '111122223333';
const prefix = `arn:aws:iam::${account}`;
const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const CreateDate = new Date('2026-11-23T10:00:00Z');
const document = allowing('s3:GetObject');
const trust = trusting('AWS', account);
const Tags = [{ Key: 'team', Value: 'blue' }];

let gatehouse: TestGatehouse;
let iam: IAMClient;
let caller: RestrictedCaller;
const ids: Record<string, string> = {};
before(async () => {
  gatehouse = await startGatehouse({ seed: 'authorization details', accountId: account });
  iam = gatehouse.iam();
  caller = await restrictedCaller(gatehouse);
  ids['policy'] = (await iam.send(new sdk.CreatePolicyCommand({ PolicyName: 'reading', Path: '/docs/', PolicyDocument: document, Description: 'reads', Tags }))).Policy!.PolicyId!;
  const PolicyArn = `${prefix}:policy/docs/reading`;
  await iam.send(new sdk.CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: allowing('s3:*'), SetAsDefault: true }));
  ids['user'] = (await iam.send(new sdk.CreateUserCommand({ UserName: 'Alice', Path: '/eng/', Tags, PermissionsBoundary: readOnly }))).User!.UserId!;
  ids['group'] = (await iam.send(new sdk.CreateGroupCommand({ GroupName: 'crew' }))).Group!.GroupId!;
  await iam.send(new sdk.AddUserToGroupCommand({ UserName: 'Alice', GroupName: 'crew' }));
  ids['role'] = (await iam.send(new sdk.CreateRoleCommand({ RoleName: 'worker', Path: '/svc/', AssumeRolePolicyDocument: trust, Description: 'works', MaxSessionDuration: 7200, Tags }))).Role!.RoleId!;
  ids['profile'] = (await iam.send(new sdk.CreateInstanceProfileCommand({ InstanceProfileName: 'workers' }))).InstanceProfile!.InstanceProfileId!;
  await iam.send(new sdk.AddRoleToInstanceProfileCommand({ InstanceProfileName: 'workers', RoleName: 'worker' }));
  const inline = { PolicyName: 'inline', PolicyDocument: document };
  await iam.send(new sdk.PutUserPolicyCommand({ UserName: 'Alice', ...inline }));
  await iam.send(new sdk.PutGroupPolicyCommand({ GroupName: 'crew', ...inline }));
  await iam.send(new sdk.PutRolePolicyCommand({ RoleName: 'worker', ...inline }));
  await iam.send(new sdk.AttachUserPolicyCommand({ UserName: 'Alice', PolicyArn }));
  await iam.send(new sdk.AttachGroupPolicyCommand({ GroupName: 'crew', PolicyArn }));
  await iam.send(new sdk.AttachRolePolicyCommand({ RoleName: 'worker', PolicyArn }));
});
after(() => gatehouse.stop());

type Page = sdk.GetAccountAuthorizationDetailsCommandOutput;
const details = (input: sdk.GetAccountAuthorizationDetailsCommandInput = {}): Promise<Page> => iam.send(new sdk.GetAccountAuthorizationDetailsCommand(input));
const namesOf = ({ UserDetailList = [], GroupDetailList = [], RoleDetailList = [], Policies = [] }: Page): (string | undefined)[] =>
  [...UserDetailList.map(({ UserName }) => UserName), ...GroupDetailList.map(({ GroupName }) => GroupName), ...RoleDetailList.map(({ RoleName }) => RoleName), ...Policies.map(({ PolicyName }) => PolicyName)];

async function allPages(input: sdk.GetAccountAuthorizationDetailsCommandInput): Promise<readonly Page[]> {
  const pages: Page[] = [];
  let Marker: string | undefined;
  do {
    const page = await details({ ...input, Marker });
    assert.equal(page.IsTruncated, page.Marker !== undefined);
    pages.push(page);
    ({ Marker } = page);
  } while (Marker !== undefined);
  return pages;
}

/** As answers carry a document: also the asterisks are encoded. */
const encoded = (text: string): string => encodeURIComponent(text).replaceAll('*', '%2A');
const inlineDetail = [{ PolicyName: 'inline', PolicyDocument: encoded(document) }];
const attachedDetail = [{ PolicyName: 'reading', PolicyArn: `${prefix}:policy/docs/reading` }];

test('a user is shown with its policies, groups, boundary and tags', async () => {
  const { UserDetailList } = await details({ Filter: ['User'] });
  assert.deepEqual(UserDetailList?.map(({ UserName }) => UserName), ['admin', 'Alice', 'caller']);
  assert.deepEqual(UserDetailList?.[1], {
    Path: '/eng/', UserName: 'Alice', UserId: ids['user'], Arn: `${prefix}:user/eng/Alice`, CreateDate, UserPolicyList: inlineDetail, GroupList: ['crew'], AttachedManagedPolicies: attachedDetail,
    PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: readOnly }, Tags,
  });
});

test('a group is shown with its policies', async () => {
  const { GroupDetailList } = await details({ Filter: ['Group'] });
  assert.deepEqual(GroupDetailList, [{ Path: '/', GroupName: 'crew', GroupId: ids['group'], Arn: `${prefix}:group/crew`, CreateDate, GroupPolicyList: inlineDetail, AttachedManagedPolicies: attachedDetail }]);
});

test('a role is shown with its trust, policies, instance profiles, tags and last use', async () => {
  const role = {
    Path: '/svc/', RoleName: 'worker', RoleId: ids['role'], Arn: `${prefix}:role/svc/worker`, CreateDate, AssumeRolePolicyDocument: encodeURIComponent(trust), RolePolicyList: inlineDetail, AttachedManagedPolicies: attachedDetail,
    InstanceProfileList: [{
      Path: '/', InstanceProfileName: 'workers', InstanceProfileId: ids['profile'], Arn: `${prefix}:instance-profile/workers`, CreateDate,
      Roles: [{ Path: '/svc/', RoleName: 'worker', RoleId: ids['role'], Arn: `${prefix}:role/svc/worker`, CreateDate, AssumeRolePolicyDocument: encodeURIComponent(trust) }],
    }],
    Tags,
  };
  assert.deepEqual((await details({ Filter: ['Role'] })).RoleDetailList, [{ ...role, RoleLastUsed: {} }]);
  const { Credentials } = await gatehouse.sts().send(new AssumeRoleCommand({ RoleArn: role.Arn, RoleSessionName: 'session' }));
  await assertRefused(gatehouse.iam({ accessKeyId: Credentials!.AccessKeyId!, secretAccessKey: Credentials!.SecretAccessKey!, sessionToken: Credentials!.SessionToken }).send(new sdk.ListUsersCommand({})), { code: 'AccessDenied', status: 403, message: /iam:ListUsers/ });
  assert.deepEqual((await details({ Filter: ['Role'] })).RoleDetailList, [{ ...role, RoleLastUsed: { LastUsedDate: CreateDate, Region: 'us-east-1' } }]);
});

test('a policy of the account is shown with all its versions, newest first', async () => {
  const version = { CreateDate };
  assert.deepEqual((await details({ Filter: ['LocalManagedPolicy'] })).Policies, [{
    PolicyName: 'reading', PolicyId: ids['policy'], Arn: `${prefix}:policy/docs/reading`, Path: '/docs/', DefaultVersionId: 'v2', AttachmentCount: 3, PermissionsBoundaryUsageCount: 0, IsAttachable: true, Description: 'reads', CreateDate, UpdateDate: CreateDate,
    PolicyVersionList: [{ ...version, VersionId: 'v2', IsDefaultVersion: true, Document: encoded(allowing('s3:*')) }, { ...version, VersionId: 'v1', IsDefaultVersion: false, Document: encoded(document) }],
  }]);
});

test('of AWS\'s policies those are shown that the account uses, as a permission or as a boundary', async () => {
  const { Policies } = await details({ Filter: ['AWSManagedPolicy'] });
  assert.deepEqual(Policies?.map(({ PolicyName, AttachmentCount, PermissionsBoundaryUsageCount, PolicyVersionList }) => ({ PolicyName, AttachmentCount, PermissionsBoundaryUsageCount, versions: PolicyVersionList?.length })), [
    { PolicyName: 'AdministratorAccess', AttachmentCount: 1, PermissionsBoundaryUsageCount: 0, versions: 1 },
    { PolicyName: 'ReadOnlyAccess', AttachmentCount: 0, PermissionsBoundaryUsageCount: 1, versions: 1 },
  ]);
  assert.equal(JSON.parse(decodeURIComponent(Policies![0]!.PolicyVersionList![0]!.Document!)).Statement[0].Effect, 'Allow');
});

test('filters are united, and without one all is listed', async () => {
  assert.deepEqual(namesOf(await details({ Filter: ['AWSManagedPolicy', 'Group'] })), ['crew', 'AdministratorAccess', 'ReadOnlyAccess']);
  assert.deepEqual(namesOf(await details()), ['admin', 'Alice', 'caller', 'crew', 'worker', 'reading', 'AdministratorAccess', 'ReadOnlyAccess']);
  await assertRefused(details({ Filter: ['Everything' as sdk.EntityType] }), { code: 'ValidationError', status: 400, message: /'filter' failed to satisfy constraint: Member must satisfy constraint/ });
});

test('pages go on from kind to kind, and miss and repeat nothing', async () => {
  const all = namesOf(await details());
  for (const MaxItems of [1, 2, 3, 5, 7, 8, 9]) {
    const pages = await allPages({ MaxItems });
    assert.deepEqual(pages.flatMap(namesOf), all, `${MaxItems}`);
    assert.ok(pages.every((page) => namesOf(page).length <= MaxItems));
    assert.equal(pages.length, Math.ceil(all.length / MaxItems));
  }
  const { Marker } = await details({ MaxItems: 1 });
  await assertRefused(gatehouse.iam(gatehouse.root).send(new sdk.GetAccountAuthorizationDetailsCommand({ Marker })), { code: 'ValidationError', status: 400, message: 'Invalid Marker.' });
});

test('a table is paged in batches of its own', async () => {
  await gatehouse.plane.store.write(account, { by: 'test', requestId: 'test', action: 'iam:CreateUser' }, (draft) => {
    for (let i = 0; i < 250; i++) draft.users.insert({ UserId: `AIDAFILLER${i}`, UserName: `Filler-${String(i).padStart(3, '0')}`, Path: '/', CreateDate: 0 });
  });
  const pages = await allPages({ Filter: ['User'] });
  assert.deepEqual(pages.map((page) => namesOf(page).length), [100, 100, 53]);
  const { Users } = await iam.send(new sdk.ListUsersCommand({ MaxItems: 1000 }));
  assert.deepEqual(pages.flatMap(namesOf), Users?.map(({ UserName }) => UserName));
  assert.equal(namesOf(await details({ Filter: ['User'], MaxItems: 1000 })).length, 253);
});

test('a page ends when its documents are long, whatever MaxItems says', async () => {
  await gatehouse.plane.store.write(account, { by: 'test', requestId: 'test', action: 'iam:CreateGroup' }, (draft) => {
    for (let i = 0; i < 5; i++) {
      draft.groups.insert({ GroupId: `AGPALONG${i}`, GroupName: `long-${i}`, Path: '/', CreateDate: 0 });
      draft.inlinePolicies.insert({ PrincipalId: `AGPALONG${i}`, PolicyName: 'long', Document: 'x'.repeat(900_000) });
    }
  });
  const pages = await allPages({ Filter: ['Group'] });
  assert.deepEqual(pages.map(namesOf), [['crew', 'long-0', 'long-1'], ['long-2', 'long-3'], ['long-4']]);
});

describe('is denied, unless exactly the action is allowed:', () => {
  testAsks([{ action: 'GetAccountAuthorizationDetails', resource: '*', send: () => caller.iam.send(new sdk.GetAccountAuthorizationDetailsCommand({ MaxItems: 1 })) }], () => caller);
});
