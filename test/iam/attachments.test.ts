/** Managed policies attached to users, groups and roles, and their entities, asked of a whole Gatehouse through the AWS SDK. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as sdk from '@aws-sdk/client-iam';
import type { AttachedPolicy, IAMClient } from '@aws-sdk/client-iam';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { allowing, trusting } from './documents.ts';
import { assertRefused, beyondQuota, noSuch } from './refusal.ts';

let gatehouse: TestGatehouse;
let iam: IAMClient;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'attachments' });
  iam = gatehouse.iam();
});
after(() => gatehouse.stop());

interface AttachedPage { readonly AttachedPolicies: readonly AttachedPolicy[] | undefined; readonly IsTruncated: boolean | undefined; readonly Marker: string | undefined }
interface Holder {
  readonly kind: 'user' | 'group' | 'role';
  readonly quota: string;
  make(name: string): Promise<unknown>;
  attach(name: string, PolicyArn: string): Promise<unknown>;
  detach(name: string, PolicyArn: string): Promise<unknown>;
  list(name: string, page?: { readonly PathPrefix?: string; readonly MaxItems?: number; readonly Marker?: string | undefined }): Promise<AttachedPage>;
}

const attachedPage = ({ AttachedPolicies, IsTruncated, Marker }: { AttachedPolicies?: AttachedPolicy[]; IsTruncated?: boolean; Marker?: string }): AttachedPage => ({ AttachedPolicies, IsTruncated, Marker });

const holders: readonly Holder[] = [
  {
    kind: 'user', quota: 'PoliciesPerUser',
    make: (UserName) => iam.send(new sdk.CreateUserCommand({ UserName })),
    attach: (UserName, PolicyArn) => iam.send(new sdk.AttachUserPolicyCommand({ UserName, PolicyArn })),
    detach: (UserName, PolicyArn) => iam.send(new sdk.DetachUserPolicyCommand({ UserName, PolicyArn })),
    list: async (UserName, page) => attachedPage(await iam.send(new sdk.ListAttachedUserPoliciesCommand({ UserName, ...page }))),
  },
  {
    kind: 'group', quota: 'PoliciesPerGroup',
    make: (GroupName) => iam.send(new sdk.CreateGroupCommand({ GroupName })),
    attach: (GroupName, PolicyArn) => iam.send(new sdk.AttachGroupPolicyCommand({ GroupName, PolicyArn })),
    detach: (GroupName, PolicyArn) => iam.send(new sdk.DetachGroupPolicyCommand({ GroupName, PolicyArn })),
    list: async (GroupName, page) => attachedPage(await iam.send(new sdk.ListAttachedGroupPoliciesCommand({ GroupName, ...page }))),
  },
  {
    kind: 'role', quota: 'PoliciesPerRole',
    make: (RoleName) => iam.send(new sdk.CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trusting('Service', 'ec2.amazonaws.com') })),
    attach: (RoleName, PolicyArn) => iam.send(new sdk.AttachRolePolicyCommand({ RoleName, PolicyArn })),
    detach: (RoleName, PolicyArn) => iam.send(new sdk.DetachRolePolicyCommand({ RoleName, PolicyArn })),
    list: async (RoleName, page) => attachedPage(await iam.send(new sdk.ListAttachedRolePoliciesCommand({ RoleName, ...page }))),
  },
];

const createPolicy = async (PolicyName: string, Path = '/'): Promise<string> =>
  (await iam.send(new sdk.CreatePolicyCommand({ PolicyName, Path, PolicyDocument: allowing('s3:GetObject') }))).Policy!.Arn!;
const awsPolicy = (name: string): string => `arn:aws:iam::aws:policy/${name}`;
const notAttachable = (policyArn: string) => ({ code: 'NoSuchEntity', status: 404, message: `Policy ${policyArn} does not exist or is not attachable.` });

for (const { kind, quota, make, attach, detach, list } of holders) {
  test(`A ${kind}: attaching and detaching, each seen at once, attaching twice changes nothing`, async () => {
    await make(`${kind}-basic`);
    const own = await createPolicy(`${kind}-Own`, '/eng/');
    await attach(`${kind}-basic`, own);
    await attach(`${kind}-BASIC`, own);
    await attach(`${kind}-basic`, awsPolicy('ReadOnlyAccess'));
    assert.deepEqual(await list(`${kind}-basic`), {
      AttachedPolicies: [{ PolicyName: 'ReadOnlyAccess', PolicyArn: awsPolicy('ReadOnlyAccess') }, { PolicyName: `${kind}-Own`, PolicyArn: own }].sort((a, b) => (a.PolicyName.toLowerCase() < b.PolicyName.toLowerCase() ? -1 : 1)),
      IsTruncated: false, Marker: undefined,
    });
    assert.equal((await iam.send(new sdk.GetPolicyCommand({ PolicyArn: own }))).Policy?.AttachmentCount, 1);
    assert.deepEqual((await list(`${kind}-basic`, { PathPrefix: '/eng/' })).AttachedPolicies?.map(({ PolicyArn }) => PolicyArn), [own]);
    await detach(`${kind}-basic`, own);
    await assertRefused(detach(`${kind}-basic`, own), { code: 'NoSuchEntity', status: 404, message: `Policy ${own} was not found.` });
    assert.deepEqual((await list(`${kind}-basic`)).AttachedPolicies?.map(({ PolicyArn }) => PolicyArn), [awsPolicy('ReadOnlyAccess')]);
  });

  test(`A ${kind}: what does not exist cannot be attached, nor to what does not exist`, async () => {
    await make(`${kind}-absent`);
    for (const absent of [awsPolicy('ReadOnlyAcess'), awsPolicy('readonlyaccess'), `arn:aws:iam::${gatehouse.account}:policy/absent`, 'arn:aws:iam::999999999999:policy/theirs']) {
      await assertRefused(attach(`${kind}-absent`, absent), notAttachable(absent));
    }
    await assertRefused(attach('nobody', awsPolicy('ReadOnlyAccess')), noSuch(kind, 'nobody'));
    await assertRefused(detach('nobody', awsPolicy('ReadOnlyAccess')), noSuch(kind, 'nobody'));
    await assertRefused(list('nobody'), noSuch(kind, 'nobody'));
    const other = `arn:aws:iam::${gatehouse.account}:role/other`;
    await assertRefused(attach(`${kind}-absent`, other), { code: 'InvalidInput', status: 400, message: `ARN ${other} is not valid.` });
  });

  test(`A ${kind}: policies of service-linked roles cannot be attached`, async () => {
    await make(`${kind}-linked`);
    await assertRefused(attach(`${kind}-linked`, awsPolicy('aws-service-role/AWSSupportServiceRolePolicy')),
      { code: 'PolicyNotAttachable', status: 400, message: `Cannot attach a Service Role Policy to a Customer ${kind[0]!.toUpperCase()}${kind.slice(1)}.` });
  });

  test(`A ${kind}: ten managed policies, and pages of them in order of name`, async () => {
    await make(`${kind}-many`);
    for (let i = 0; i < 10; i++) await attach(`${kind}-many`, await createPolicy(`${kind}-many-${i}`));
    const eleventh = await createPolicy(`${kind}-many-x`);
    await assertRefused(attach(`${kind}-many`, eleventh), beyondQuota(quota, 10));
    const first = await list(`${kind}-many`, { MaxItems: 7 });
    const rest = await list(`${kind}-many`, { MaxItems: 7, Marker: first.Marker });
    assert.deepEqual([first.IsTruncated, rest.IsTruncated], [true, false]);
    assert.deepEqual([...first.AttachedPolicies!, ...rest.AttachedPolicies!].map(({ PolicyName }) => PolicyName), Array.from({ length: 10 }, (_, i) => `${kind}-many-${i}`));
  });
}

test('Deleting a role or group waits until its policies are gone', async () => {
  await iam.send(new sdk.CreateRoleCommand({ RoleName: 'kept', AssumeRolePolicyDocument: trusting('Service', 'ec2.amazonaws.com') }));
  await iam.send(new sdk.AttachRolePolicyCommand({ RoleName: 'kept', PolicyArn: awsPolicy('ReadOnlyAccess') }));
  await iam.send(new sdk.PutRolePolicyCommand({ RoleName: 'kept', PolicyName: 'inline', PolicyDocument: allowing('s3:*') }));
  await assertRefused(iam.send(new sdk.DeleteRoleCommand({ RoleName: 'kept' })), { code: 'DeleteConflict', status: 409, message: 'Cannot delete entity, must detach all policies first.' });
  await iam.send(new sdk.DetachRolePolicyCommand({ RoleName: 'kept', PolicyArn: awsPolicy('ReadOnlyAccess') }));
  await assertRefused(iam.send(new sdk.DeleteRoleCommand({ RoleName: 'kept' })), { code: 'DeleteConflict', status: 409, message: 'Cannot delete entity, must delete policies first.' });
  await iam.send(new sdk.DeleteRolePolicyCommand({ RoleName: 'kept', PolicyName: 'inline' }));
  await iam.send(new sdk.DeleteRoleCommand({ RoleName: 'kept' }));
  await assertRefused(iam.send(new sdk.GetRoleCommand({ RoleName: 'kept' })), noSuch('role', 'kept'));
});

test('ListEntitiesForPolicy names who a policy is attached to or bounds, filtered and in pages', async () => {
  const PolicyArn = await createPolicy('entities');
  const { User } = await iam.send(new sdk.CreateUserCommand({ UserName: 'e-user', Path: '/e/', PermissionsBoundary: PolicyArn }));
  const { Group } = await iam.send(new sdk.CreateGroupCommand({ GroupName: 'e-group' }));
  const { Role } = await iam.send(new sdk.CreateRoleCommand({ RoleName: 'e-role', Path: '/e/', AssumeRolePolicyDocument: trusting('Service', 'ec2.amazonaws.com') }));
  await iam.send(new sdk.AttachUserPolicyCommand({ UserName: 'e-user', PolicyArn }));
  await iam.send(new sdk.AttachGroupPolicyCommand({ GroupName: 'e-group', PolicyArn }));
  await iam.send(new sdk.PutRolePermissionsBoundaryCommand({ RoleName: 'e-role', PermissionsBoundary: PolicyArn }));
  const entities = async (input: Partial<sdk.ListEntitiesForPolicyCommandInput> = {}) => iam.send(new sdk.ListEntitiesForPolicyCommand({ PolicyArn, ...input }));
  const names = async (input: Partial<sdk.ListEntitiesForPolicyCommandInput>) => {
    const { PolicyGroups = [], PolicyUsers = [], PolicyRoles = [] } = await entities(input);
    return [...PolicyGroups.map(({ GroupName }) => GroupName), ...PolicyUsers.map(({ UserName }) => UserName), ...PolicyRoles.map(({ RoleName }) => RoleName)];
  };
  const whole = await entities();
  assert.deepEqual({ groups: whole.PolicyGroups, users: whole.PolicyUsers, roles: whole.PolicyRoles, truncated: whole.IsTruncated }, {
    groups: [{ GroupName: 'e-group', GroupId: Group?.GroupId }], users: [{ UserName: 'e-user', UserId: User?.UserId }], roles: [{ RoleName: 'e-role', RoleId: Role?.RoleId }], truncated: false,
  });
  assert.deepEqual(await names({ EntityFilter: 'Role' }), ['e-role']);
  assert.deepEqual(await names({ EntityFilter: 'AWSManagedPolicy' }), []);
  assert.deepEqual(await names({ PathPrefix: '/e/' }), ['e-user', 'e-role']);
  assert.deepEqual(await names({ PolicyUsageFilter: 'PermissionsPolicy' }), ['e-group', 'e-user']);
  assert.deepEqual(await names({ PolicyUsageFilter: 'PermissionsBoundary' }), ['e-user', 'e-role']);
  const first = await entities({ MaxItems: 2 });
  const rest = await entities({ MaxItems: 2, Marker: first.Marker });
  const count = ({ PolicyGroups = [], PolicyUsers = [], PolicyRoles = [] }: sdk.ListEntitiesForPolicyCommandOutput) => PolicyGroups.length + PolicyUsers.length + PolicyRoles.length;
  assert.deepEqual([count(first), first.IsTruncated, count(rest), rest.IsTruncated], [2, true, 1, false]);
  const absent = `arn:aws:iam::${gatehouse.account}:policy/none`;
  await assertRefused(iam.send(new sdk.ListEntitiesForPolicyCommand({ PolicyArn: absent })), { code: 'NoSuchEntity', status: 404, message: `Policy ${absent} was not found.` });
});

test('ListEntitiesForPolicy of an AWS-managed policy names the account\'s own entities only', async () => {
  const key = await gatehouse.newAccount('777788889999');
  await gatehouse.iam(key).send(new sdk.CreateUserCommand({ UserName: 'elsewhere' }));
  await gatehouse.iam(key).send(new sdk.AttachUserPolicyCommand({ UserName: 'elsewhere', PolicyArn: awsPolicy('SecurityAudit') }));
  await iam.send(new sdk.CreateUserCommand({ UserName: 'here' }));
  await iam.send(new sdk.AttachUserPolicyCommand({ UserName: 'here', PolicyArn: awsPolicy('SecurityAudit') }));
  const { PolicyUsers } = await iam.send(new sdk.ListEntitiesForPolicyCommand({ PolicyArn: awsPolicy('SecurityAudit') }));
  assert.deepEqual(PolicyUsers?.map(({ UserName }) => UserName), ['here']);
  assert.equal((await iam.send(new sdk.GetPolicyCommand({ PolicyArn: awsPolicy('SecurityAudit') }))).Policy?.AttachmentCount, 1);
});
