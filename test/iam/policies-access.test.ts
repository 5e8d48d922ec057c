/** What the operations on policies and roles ask permission for: each on its resource, with its condition keys, and denied in AWS's words. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as sdk from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { allowing, trusting } from './documents.ts';
import { assertRefused } from './refusal.ts';
import { restrictedCaller, type RestrictedCaller } from './restricted-caller.ts';

const account = '111122223333';
const prefix = `arn:aws:iam::${account}`;
const PolicyArn = `${prefix}:policy/docs/tagged`;
const otherArn = `${prefix}:policy/docs/other`;
const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const trust = trusting('AWS', account);
const document = allowing('s3:GetObject');
const Tags = [{ Key: 'team', Value: 'blue' }];

let gatehouse: TestGatehouse;
let admin: IAMClient;
let own: IAMClient;
let caller: RestrictedCaller;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'policies access', accountId: account });
  admin = gatehouse.iam();
  caller = await restrictedCaller(gatehouse);
  own = caller.iam;
  await admin.send(new sdk.CreatePolicyCommand({ PolicyName: 'tagged', Path: '/docs/', Tags, PolicyDocument: document }));
  await admin.send(new sdk.CreatePolicyCommand({ PolicyName: 'other', Path: '/docs/', PolicyDocument: document }));
  await admin.send(new sdk.CreateUserCommand({ UserName: 'target', Path: '/eng/', Tags, PermissionsBoundary: readOnly }));
  await admin.send(new sdk.CreateGroupCommand({ GroupName: 'crew', Path: '/eng/' }));
  await admin.send(new sdk.CreateRoleCommand({ RoleName: 'auditor', Path: '/svc/', Tags, PermissionsBoundary: readOnly, AssumeRolePolicyDocument: trust }));
});
after(() => gatehouse.stop());

const elsewhere = ['user', 'group', 'role', 'policy'].map((kind) => `${prefix}:${kind}/elsewhere`);

interface Row { readonly action: string; readonly resource: string; readonly shownAs?: string; send(): Promise<unknown> }

const user = { resource: `${prefix}:user/eng/target`, shownAs: 'user target' };
const group = { resource: `${prefix}:group/eng/crew`, shownAs: 'group crew' };
const role = { resource: `${prefix}:role/svc/auditor`, shownAs: 'role auditor' };
const policy = { resource: PolicyArn, shownAs: `policy ${PolicyArn}` };
const inline = { PolicyName: 'inline', PolicyDocument: document };

// In an order in which each finds what it needs.
const rows: readonly Row[] = [
  { action: 'CreatePolicy', resource: `${prefix}:policy/docs/new`, shownAs: 'policy new', send: () => own.send(new sdk.CreatePolicyCommand({ PolicyName: 'new', Path: '/docs/', PolicyDocument: document })) },
  { action: 'GetPolicy', ...policy, send: () => own.send(new sdk.GetPolicyCommand({ PolicyArn })) },
  { action: 'GetPolicy', resource: readOnly, shownAs: `policy ${readOnly}`, send: () => own.send(new sdk.GetPolicyCommand({ PolicyArn: readOnly })) },
  { action: 'ListPolicies', resource: '*', shownAs: 'policy path /', send: () => own.send(new sdk.ListPoliciesCommand({})) },
  { action: 'CreatePolicyVersion', ...policy, send: () => own.send(new sdk.CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: document })) },
  { action: 'GetPolicyVersion', ...policy, send: () => own.send(new sdk.GetPolicyVersionCommand({ PolicyArn, VersionId: 'v1' })) },
  { action: 'ListPolicyVersions', ...policy, send: () => own.send(new sdk.ListPolicyVersionsCommand({ PolicyArn })) },
  { action: 'SetDefaultPolicyVersion', ...policy, send: () => own.send(new sdk.SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: 'v2' })) },
  { action: 'DeletePolicyVersion', ...policy, send: () => own.send(new sdk.DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v1' })) },
  { action: 'ListEntitiesForPolicy', ...policy, send: () => own.send(new sdk.ListEntitiesForPolicyCommand({ PolicyArn })) },
  { action: 'DeletePolicy', resource: `${prefix}:policy/docs/new`, shownAs: `policy ${prefix}:policy/docs/new`, send: () => own.send(new sdk.DeletePolicyCommand({ PolicyArn: `${prefix}:policy/docs/new` })) },

  { action: 'AttachUserPolicy', ...user, send: () => own.send(new sdk.AttachUserPolicyCommand({ UserName: 'target', PolicyArn })) },
  { action: 'ListAttachedUserPolicies', ...user, send: () => own.send(new sdk.ListAttachedUserPoliciesCommand({ UserName: 'target' })) },
  { action: 'DetachUserPolicy', ...user, send: () => own.send(new sdk.DetachUserPolicyCommand({ UserName: 'target', PolicyArn })) },
  { action: 'AttachGroupPolicy', ...group, send: () => own.send(new sdk.AttachGroupPolicyCommand({ GroupName: 'crew', PolicyArn })) },
  { action: 'ListAttachedGroupPolicies', ...group, send: () => own.send(new sdk.ListAttachedGroupPoliciesCommand({ GroupName: 'crew' })) },
  { action: 'DetachGroupPolicy', ...group, send: () => own.send(new sdk.DetachGroupPolicyCommand({ GroupName: 'crew', PolicyArn })) },
  { action: 'AttachRolePolicy', ...role, send: () => own.send(new sdk.AttachRolePolicyCommand({ RoleName: 'auditor', PolicyArn })) },
  { action: 'ListAttachedRolePolicies', ...role, send: () => own.send(new sdk.ListAttachedRolePoliciesCommand({ RoleName: 'auditor' })) },
  { action: 'DetachRolePolicy', ...role, send: () => own.send(new sdk.DetachRolePolicyCommand({ RoleName: 'auditor', PolicyArn })) },

  { action: 'PutUserPolicy', ...user, send: () => own.send(new sdk.PutUserPolicyCommand({ UserName: 'target', ...inline })) },
  { action: 'GetUserPolicy', ...user, send: () => own.send(new sdk.GetUserPolicyCommand({ UserName: 'target', PolicyName: 'inline' })) },
  { action: 'ListUserPolicies', ...user, send: () => own.send(new sdk.ListUserPoliciesCommand({ UserName: 'target' })) },
  { action: 'DeleteUserPolicy', ...user, send: () => own.send(new sdk.DeleteUserPolicyCommand({ UserName: 'target', PolicyName: 'inline' })) },
  { action: 'PutGroupPolicy', ...group, send: () => own.send(new sdk.PutGroupPolicyCommand({ GroupName: 'crew', ...inline })) },
  { action: 'GetGroupPolicy', ...group, send: () => own.send(new sdk.GetGroupPolicyCommand({ GroupName: 'crew', PolicyName: 'inline' })) },
  { action: 'ListGroupPolicies', ...group, send: () => own.send(new sdk.ListGroupPoliciesCommand({ GroupName: 'crew' })) },
  { action: 'DeleteGroupPolicy', ...group, send: () => own.send(new sdk.DeleteGroupPolicyCommand({ GroupName: 'crew', PolicyName: 'inline' })) },
  { action: 'PutRolePolicy', ...role, send: () => own.send(new sdk.PutRolePolicyCommand({ RoleName: 'auditor', ...inline })) },
  { action: 'GetRolePolicy', ...role, send: () => own.send(new sdk.GetRolePolicyCommand({ RoleName: 'auditor', PolicyName: 'inline' })) },
  { action: 'ListRolePolicies', ...role, send: () => own.send(new sdk.ListRolePoliciesCommand({ RoleName: 'auditor' })) },
  { action: 'DeleteRolePolicy', ...role, send: () => own.send(new sdk.DeleteRolePolicyCommand({ RoleName: 'auditor', PolicyName: 'inline' })) },

  { action: 'DeleteUserPermissionsBoundary', ...user, send: () => own.send(new sdk.DeleteUserPermissionsBoundaryCommand({ UserName: 'target' })) },
  { action: 'PutUserPermissionsBoundary', ...user, send: () => own.send(new sdk.PutUserPermissionsBoundaryCommand({ UserName: 'target', PermissionsBoundary: readOnly })) },
  { action: 'DeleteRolePermissionsBoundary', ...role, send: () => own.send(new sdk.DeleteRolePermissionsBoundaryCommand({ RoleName: 'auditor' })) },
  { action: 'PutRolePermissionsBoundary', ...role, send: () => own.send(new sdk.PutRolePermissionsBoundaryCommand({ RoleName: 'auditor', PermissionsBoundary: readOnly })) },

  { action: 'CreateRole', resource: `${prefix}:role/svc/new`, send: () => own.send(new sdk.CreateRoleCommand({ RoleName: 'new', Path: '/svc/', AssumeRolePolicyDocument: trust })) },
  { action: 'GetRole', ...role, send: () => own.send(new sdk.GetRoleCommand({ RoleName: 'auditor' })) },
  { action: 'ListRoles', resource: `${prefix}:role/`, send: () => own.send(new sdk.ListRolesCommand({})) },
  { action: 'ListRoles', resource: `${prefix}:role/svc/`, send: () => own.send(new sdk.ListRolesCommand({ PathPrefix: '/svc/' })) },
  { action: 'UpdateRole', ...role, send: () => own.send(new sdk.UpdateRoleCommand({ RoleName: 'auditor' })) },
  { action: 'UpdateRoleDescription', ...role, send: () => own.send(new sdk.UpdateRoleDescriptionCommand({ RoleName: 'auditor', Description: '' })) },
  { action: 'UpdateAssumeRolePolicy', ...role, send: () => own.send(new sdk.UpdateAssumeRolePolicyCommand({ RoleName: 'auditor', PolicyDocument: trust })) },
  { action: 'DeleteRole', resource: `${prefix}:role/svc/new`, shownAs: 'role new', send: () => own.send(new sdk.DeleteRoleCommand({ RoleName: 'new' })) },
];

describe('each operation is denied without a permission, denied with one for another resource, and allowed with its own', () => {
  for (const { action, resource, shownAs = resource, send } of rows) {
    test(`${action} on ${shownAs}`, async () => {
      await caller.permit();
      await assertRefused(send(), caller.denied(action, shownAs));
      await caller.permit({ Effect: 'Allow', Action: `iam:${action}`, Resource: elsewhere }, { Effect: 'Allow', NotAction: `iam:${action}`, Resource: '*' });
      await assertRefused(send(), caller.denied(action, shownAs));
      await caller.permit({ Effect: 'Allow', Action: `iam:${action}`, Resource: resource });
      await send();
    });
  }
});

test('creating with tags needs the permission to tag, shown as each kind is shown', async () => {
  const createRole = () => own.send(new sdk.CreateRoleCommand({ RoleName: 'with-tags', AssumeRolePolicyDocument: trust, Tags }));
  const createPolicy = () => own.send(new sdk.CreatePolicyCommand({ PolicyName: 'with-tags', PolicyDocument: document, Tags }));
  await caller.permit({ Effect: 'Allow', Action: ['iam:CreateRole', 'iam:CreatePolicy'], Resource: '*' });
  await assertRefused(createRole(), caller.denied('TagRole', `${prefix}:role/with-tags`));
  await assertRefused(createPolicy(), caller.denied('TagPolicy', 'policy with-tags'));
  await caller.permit({ Effect: 'Allow', Action: ['iam:CreateRole', 'iam:CreatePolicy', 'iam:TagRole', 'iam:TagPolicy'], Resource: '*', Condition: { StringEquals: { 'aws:RequestTag/team': 'blue' } } });
  await createRole();
  await createPolicy();
});

test('iam:PolicyARN confines what may be attached and detached', async () => {
  await caller.permit({ Effect: 'Allow', Action: ['iam:Attach*', 'iam:Detach*'], Resource: '*', Condition: { ArnEquals: { 'iam:PolicyARN': PolicyArn } } });
  const requests = (policyArn: string): readonly (readonly [string, string, () => Promise<unknown>])[] => [
    ['AttachUserPolicy', user.shownAs, () => own.send(new sdk.AttachUserPolicyCommand({ UserName: 'target', PolicyArn: policyArn }))],
    ['DetachUserPolicy', user.shownAs, () => own.send(new sdk.DetachUserPolicyCommand({ UserName: 'target', PolicyArn: policyArn }))],
    ['AttachGroupPolicy', group.shownAs, () => own.send(new sdk.AttachGroupPolicyCommand({ GroupName: 'crew', PolicyArn: policyArn }))],
    ['DetachGroupPolicy', group.shownAs, () => own.send(new sdk.DetachGroupPolicyCommand({ GroupName: 'crew', PolicyArn: policyArn }))],
    ['AttachRolePolicy', role.shownAs, () => own.send(new sdk.AttachRolePolicyCommand({ RoleName: 'auditor', PolicyArn: policyArn }))],
    ['DetachRolePolicy', role.shownAs, () => own.send(new sdk.DetachRolePolicyCommand({ RoleName: 'auditor', PolicyArn: policyArn }))],
  ];
  for (const [action, shownAs, send] of requests(otherArn)) await assertRefused(send(), caller.denied(action, shownAs));
  for (const [, , send] of requests(PolicyArn)) await send();
});

test('iam:PermissionsBoundary is the boundary that is put on, and else the one that is there', async () => {
  const Condition = { StringEquals: { 'iam:PermissionsBoundary': readOnly } };
  await caller.permit({ Effect: 'Allow', Action: ['iam:CreateRole', 'iam:PutRolePermissionsBoundary', 'iam:PutRolePolicy', 'iam:DeleteRole'], Resource: '*', Condition });
  const create = (PermissionsBoundary?: string) => own.send(new sdk.CreateRoleCommand({ RoleName: 'delegated', AssumeRolePolicyDocument: trust, PermissionsBoundary }));
  const put = () => own.send(new sdk.PutRolePolicyCommand({ RoleName: 'delegated', ...inline }));
  await assertRefused(create(), caller.denied('CreateRole', `${prefix}:role/delegated`));
  await assertRefused(create(PolicyArn), caller.denied('CreateRole', `${prefix}:role/delegated`));
  await create(readOnly);
  await put();
  await assertRefused(own.send(new sdk.PutRolePermissionsBoundaryCommand({ RoleName: 'delegated', PermissionsBoundary: PolicyArn })), caller.denied('PutRolePermissionsBoundary', 'role delegated'));
  await admin.send(new sdk.DeleteRolePermissionsBoundaryCommand({ RoleName: 'delegated' }));
  await assertRefused(put(), caller.denied('PutRolePolicy', 'role delegated'));
  await own.send(new sdk.PutRolePermissionsBoundaryCommand({ RoleName: 'delegated', PermissionsBoundary: readOnly }));
  await admin.send(new sdk.DeleteRolePolicyCommand({ RoleName: 'delegated', PolicyName: 'inline' }));
  await own.send(new sdk.DeleteRoleCommand({ RoleName: 'delegated' }));
});

test('the tags of a policy and of a role are seen by conditions; iam:ResourceTag by those on roles only', async () => {
  await caller.permit({ Effect: 'Allow', Action: ['iam:GetPolicy', 'iam:GetRole'], Resource: '*', Condition: { StringEquals: { 'aws:ResourceTag/team': 'blue' } } });
  await own.send(new sdk.GetPolicyCommand({ PolicyArn }));
  await own.send(new sdk.GetRoleCommand({ RoleName: 'auditor' }));
  await assertRefused(own.send(new sdk.GetPolicyCommand({ PolicyArn: otherArn })), caller.denied('GetPolicy', `policy ${otherArn}`));
  await assertRefused(own.send(new sdk.GetPolicyCommand({ PolicyArn: readOnly })), caller.denied('GetPolicy', `policy ${readOnly}`));
  await caller.permit({ Effect: 'Allow', Action: ['iam:GetPolicy', 'iam:GetRole'], Resource: '*', Condition: { StringEquals: { 'iam:ResourceTag/team': 'blue' } } });
  await own.send(new sdk.GetRoleCommand({ RoleName: 'auditor' }));
  await assertRefused(own.send(new sdk.GetPolicyCommand({ PolicyArn })), caller.denied('GetPolicy', `policy ${PolicyArn}`));
});

test('an absent role is asked for without a path: a caller confined to a path is denied, not told', async () => {
  await caller.permit({ Effect: 'Allow', Action: 'iam:GetRole', Resource: `${prefix}:role/svc/*` });
  await assertRefused(own.send(new sdk.GetRoleCommand({ RoleName: 'absent' })), caller.denied('GetRole', 'role absent'));
});

test('a change of the default version holds at the next request', async () => {
  const versioned = `${prefix}:policy/versioned`;
  await caller.permit();
  await admin.send(new sdk.CreatePolicyCommand({ PolicyName: 'versioned', PolicyDocument: allowing('iam:GetRole') }));
  await admin.send(new sdk.AttachUserPolicyCommand({ UserName: 'caller', PolicyArn: versioned }));
  const get = () => own.send(new sdk.GetRoleCommand({ RoleName: 'auditor' }));
  await get();
  await admin.send(new sdk.CreatePolicyVersionCommand({ PolicyArn: versioned, PolicyDocument: document }));
  await get();
  await admin.send(new sdk.SetDefaultPolicyVersionCommand({ PolicyArn: versioned, VersionId: 'v2' }));
  await assertRefused(get(), caller.denied('GetRole', 'role auditor'));
  await admin.send(new sdk.SetDefaultPolicyVersionCommand({ PolicyArn: versioned, VersionId: 'v1' }));
  await get();
  await admin.send(new sdk.DetachUserPolicyCommand({ UserName: 'caller', PolicyArn: versioned }));
  await assertRefused(get(), caller.denied('GetRole', 'role auditor'));
});

test('every operation on policies and roles that is built has its row here', async () => {
  const asked = new Set(rows.map(({ action }) => action));
  const nouns = /Polic(y|ies)(Version|Versions)?$|^(Create|Get|List|Update|Delete)Roles?$|RoleDescription$|PermissionsBoundary$/;
  // Tags, the account's password policy and simulations have tests of their own, where their asks stand.
  const elsewhere = /^(Tag|Untag)Policy$|AccountPasswordPolicy$|^(Simulate|GetContextKeysFor)/;
  const built = [...(await gatehouse.plane.services.get('iam')!.load()).definition.operations.keys()].filter((name) => nouns.test(name) && !elsewhere.test(name));
  assert.ok(built.length >= 42, `${built.length}`);
  assert.deepEqual(built.filter((name) => !asked.has(name)), [], 'an operation without a row: add what it asks permission for to `rows`');
});
