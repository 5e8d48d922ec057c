/** GetAccountAuthorizationDetails is all that a policy tool needs: every member that AWS documents is there, every document is the one that was stored, and what a tool makes of it is what the server decides. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import * as sdk from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { askedActions, askedResources, makeGeneratedAccount } from './generated-account.ts';
import { assertDecidesAsServer, fileOf, principalsOf } from './policy-tool.ts';

let gatehouse: TestGatehouse;
let iam: IAMClient;
let made: Awaited<ReturnType<typeof makeGeneratedAccount>>;
let pages: readonly sdk.GetAccountAuthorizationDetailsCommandOutput[];
before(async () => {
  gatehouse = await startGatehouse({ seed: 'policy tool' });
  iam = gatehouse.iam();
  made = await makeGeneratedAccount(iam, gatehouse.account, 'policy tool');
  const { Role } = await iam.send(new sdk.GetRoleCommand({ RoleName: 'role-0' }));
  const { Credentials } = await gatehouse.sts().send(new AssumeRoleCommand({ RoleArn: Role!.Arn, RoleSessionName: 'used' }));
  await gatehouse.sts({ accessKeyId: Credentials!.AccessKeyId!, secretAccessKey: Credentials!.SecretAccessKey!, sessionToken: Credentials!.SessionToken }).send(new GetCallerIdentityCommand({}));
  pages = await allPages(5);
});
after(() => gatehouse.stop());

async function allPages(MaxItems: number): Promise<readonly sdk.GetAccountAuthorizationDetailsCommandOutput[]> {
  const read: sdk.GetAccountAuthorizationDetailsCommandOutput[] = [];
  for await (const page of sdk.paginateGetAccountAuthorizationDetails({ client: iam, pageSize: MaxItems }, {})) read.push(page);
  return read;
}

test('what a tool makes of the file is what the server decides, for every principal, action and resource', async () => {
  const file = fileOf(pages);
  assert.equal(principalsOf(file).length, made.users + made.roles + 1, 'and the administrator');
  const decisions = await assertDecidesAsServer(file, iam, askedActions, askedResources(gatehouse.account));
  // The questions tell something: each answer is given often.
  for (const decision of ['allowed', 'explicitDeny', 'implicitDeny']) assert.ok(decisions[decision]! > 50, `${decision}: ${decisions[decision]}`);
});

test('every document is the text that was stored, percent-encoded as RFC 3986 says', async () => {
  const encoded = (text: string | undefined): string => {
    assert.match(text ?? '', /^(?:[A-Za-z0-9._~-]|%[0-9A-F]{2})+$/);
    return text!;
  };
  for (const { UserName, UserPolicyList = [] } of pages.flatMap(({ UserDetailList = [] }) => UserDetailList)) {
    for (const { PolicyName, PolicyDocument } of UserPolicyList) assert.equal(encoded(PolicyDocument), (await iam.send(new sdk.GetUserPolicyCommand({ UserName, PolicyName }))).PolicyDocument);
  }
  for (const { GroupName, GroupPolicyList = [] } of pages.flatMap(({ GroupDetailList = [] }) => GroupDetailList)) {
    for (const { PolicyName, PolicyDocument } of GroupPolicyList) assert.equal(encoded(PolicyDocument), (await iam.send(new sdk.GetGroupPolicyCommand({ GroupName, PolicyName }))).PolicyDocument);
  }
  for (const { RoleName, AssumeRolePolicyDocument, RolePolicyList = [] } of pages.flatMap(({ RoleDetailList = [] }) => RoleDetailList)) {
    assert.equal(encoded(AssumeRolePolicyDocument), (await iam.send(new sdk.GetRoleCommand({ RoleName }))).Role!.AssumeRolePolicyDocument);
    for (const { PolicyName, PolicyDocument } of RolePolicyList) assert.equal(encoded(PolicyDocument), (await iam.send(new sdk.GetRolePolicyCommand({ RoleName, PolicyName }))).PolicyDocument);
  }
  for (const { Arn, PolicyVersionList = [] } of pages.flatMap(({ Policies = [] }) => Policies)) {
    for (const { VersionId, Document } of PolicyVersionList) assert.equal(encoded(Document), (await iam.send(new sdk.GetPolicyVersionCommand({ PolicyArn: Arn, VersionId }))).PolicyVersion!.Document);
  }
});

interface ModelShape { readonly type: string; readonly members?: Readonly<Record<string, string | { readonly shape: string }>>; readonly member?: string | { readonly shape: string } }

/** Members that the shapes have for other operations. Source: the examples of get-account-authorization-details (AWS CLI Command Reference) and the texts of Role and InstanceProfile (IAM API Reference). */
const never: readonly string[] = [
  // "This operation does not return the following attributes": Role, where it is listed.
  'Role.Description', 'Role.MaxSessionDuration', 'Role.PermissionsBoundary', 'Role.Tags', 'Role.RoleLastUsed',
  'InstanceProfile.Tags',
];

test('every member that AWS documents is answered, and nothing else', () => {
  const { shapes } = JSON.parse(readFileSync(new URL('../../models/iam.json', import.meta.url), 'utf8')) as { readonly shapes: Readonly<Record<string, ModelShape>> };
  const nameOf = (member: string | { readonly shape: string }): string => (typeof member === 'string' ? member : member.shape);
  const seen = new Set<string>();
  const documented = new Set<string>();
  const visit = (shapeName: string, value: unknown): void => {
    const { type, members = {}, member } = shapes[shapeName]!;
    if (type === 'list') for (const each of value as readonly unknown[]) visit(nameOf(member!), each);
    if (type !== 'structure') return;
    for (const name of Object.keys(members)) documented.add(`${shapeName}.${name}`);
    for (const [name, each] of Object.entries(value as object)) {
      if (name === '$metadata' || each === undefined) continue;
      assert.ok(members[name] !== undefined, `${shapeName}.${name}`);
      seen.add(`${shapeName}.${name}`);
      visit(nameOf(members[name]), each);
    }
  };
  for (const page of pages) visit('GetAccountAuthorizationDetailsResponse', page);
  assert.deepEqual([...documented].filter((name) => !seen.has(name)).sort(), [...never].sort());
});

test('each list is in order of name, however it is paged', async () => {
  const whole = fileOf(await allPages(1000));
  for (const size of [1, 2, 7]) assert.deepEqual(fileOf(await allPages(size)), whole, `${size} a page`);
  const names = [whole.UserDetailList.map(({ UserName }) => UserName), whole.GroupDetailList.map(({ GroupName }) => GroupName), whole.RoleDetailList.map(({ RoleName }) => RoleName)];
  for (const list of names) assert.deepEqual(list, list.toSorted());
});
