/** Inline policies and permissions boundaries, asked of a whole Gatehouse through the AWS SDK. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as sdk from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { allowing, policyOfSize, trusting } from './documents.ts';
import { assertRefused, noSuch } from './refusal.ts';

let gatehouse: TestGatehouse;
let iam: IAMClient;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'inline policies' });
  iam = gatehouse.iam();
});
after(() => gatehouse.stop());

interface Page { readonly MaxItems?: number; readonly Marker?: string | undefined }
interface NamesPage { readonly PolicyNames?: string[] | undefined; readonly IsTruncated?: boolean | undefined; readonly Marker?: string | undefined }
interface Holder {
  readonly kind: 'user' | 'group' | 'role';
  readonly sizeMax: number;
  make(name: string): Promise<unknown>;
  put(name: string, PolicyName: string, PolicyDocument: string): Promise<unknown>;
  get(name: string, PolicyName: string): Promise<{ readonly holder: string | undefined; readonly name: string | undefined; readonly document: string | undefined }>;
  remove(name: string, PolicyName: string): Promise<unknown>;
  list(name: string, page?: Page): Promise<NamesPage>;
}

const holders: readonly Holder[] = [
  {
    kind: 'user', sizeMax: 2048,
    make: (UserName) => iam.send(new sdk.CreateUserCommand({ UserName })),
    put: (UserName, PolicyName, PolicyDocument) => iam.send(new sdk.PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument })),
    get: async (UserName, PolicyName) => {
      const answer = await iam.send(new sdk.GetUserPolicyCommand({ UserName, PolicyName }));
      return { holder: answer.UserName, name: answer.PolicyName, document: answer.PolicyDocument };
    },
    remove: (UserName, PolicyName) => iam.send(new sdk.DeleteUserPolicyCommand({ UserName, PolicyName })),
    list: (UserName, page) => iam.send(new sdk.ListUserPoliciesCommand({ UserName, ...page })),
  },
  {
    kind: 'group', sizeMax: 5120,
    make: (GroupName) => iam.send(new sdk.CreateGroupCommand({ GroupName })),
    put: (GroupName, PolicyName, PolicyDocument) => iam.send(new sdk.PutGroupPolicyCommand({ GroupName, PolicyName, PolicyDocument })),
    get: async (GroupName, PolicyName) => {
      const answer = await iam.send(new sdk.GetGroupPolicyCommand({ GroupName, PolicyName }));
      return { holder: answer.GroupName, name: answer.PolicyName, document: answer.PolicyDocument };
    },
    remove: (GroupName, PolicyName) => iam.send(new sdk.DeleteGroupPolicyCommand({ GroupName, PolicyName })),
    list: (GroupName, page) => iam.send(new sdk.ListGroupPoliciesCommand({ GroupName, ...page })),
  },
  {
    kind: 'role', sizeMax: 10_240,
    make: (RoleName) => iam.send(new sdk.CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trusting('Service', 'ec2.amazonaws.com') })),
    put: (RoleName, PolicyName, PolicyDocument) => iam.send(new sdk.PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument })),
    get: async (RoleName, PolicyName) => {
      const answer = await iam.send(new sdk.GetRolePolicyCommand({ RoleName, PolicyName }));
      return { holder: answer.RoleName, name: answer.PolicyName, document: answer.PolicyDocument };
    },
    remove: (RoleName, PolicyName) => iam.send(new sdk.DeleteRolePolicyCommand({ RoleName, PolicyName })),
    list: (RoleName, page) => iam.send(new sdk.ListRolePoliciesCommand({ RoleName, ...page })),
  },
];

for (const { kind, sizeMax, make, put, get, remove, list } of holders) {
  const noPolicy = (name: string) => ({ code: 'NoSuchEntity', status: 404, message: `The ${kind} policy with name ${name} cannot be found.` });

  test(`A ${kind}: an inline policy is put, replaced, read as it was put, and deleted`, async () => {
    await make(`${kind}-basic`);
    await put(`${kind}-basic`, 'p', allowing('s3:GetObject'));
    const replacement = ` ${allowing('s3:*')}\n`;
    await put(`${kind}-BASIC`, 'p', replacement);
    const { holder, name, document } = await get(`${kind}-basic`, 'p');
    assert.deepEqual({ holder, name, document: decodeURIComponent(document!) }, { holder: `${kind}-basic`, name: 'p', document: replacement });
    assert.ok(!document!.includes('*'));
    assert.deepEqual((await list(`${kind}-basic`)).PolicyNames, ['p']);
    await remove(`${kind}-basic`, 'p');
    await assertRefused(remove(`${kind}-basic`, 'p'), noPolicy('p'));
    await assertRefused(get(`${kind}-basic`, 'p'), noPolicy('p'));
    assert.deepEqual((await list(`${kind}-basic`)).PolicyNames, []);
  });

  test(`A ${kind}: all inline policies together have up to ${sizeMax} characters, whitespace not counted`, async () => {
    await make(`${kind}-large`);
    await put(`${kind}-large`, 'first', policyOfSize(1000));
    const exceeded = { code: 'LimitExceeded', status: 409, message: `Maximum policy size of ${sizeMax} bytes exceeded for ${kind} ${kind}-large` };
    await assertRefused(put(`${kind}-large`, 'second', policyOfSize(sizeMax - 999)), exceeded);
    await put(`${kind}-large`, 'second', ` \r\n\t${policyOfSize(sizeMax - 1000)}`);
    await put(`${kind}-large`, 'first', policyOfSize(900));
    await assertRefused(put(`${kind}-large`, 'first', policyOfSize(1001)), exceeded);
  });

  test(`A ${kind} that is absent is said to be before its malformed document is looked at`, async () => {
    await assertRefused(put('nobody', 'p', '{'), noSuch(kind, 'nobody'));
    await assertRefused(get('nobody', 'p'), noSuch(kind, 'nobody'));
    await assertRefused(remove('nobody', 'p'), noSuch(kind, 'nobody'));
    await assertRefused(list('nobody'), noSuch(kind, 'nobody'));
    await make(`${kind}-strict`);
    await assertRefused(put(`${kind}-strict`, 'p', '{'), { code: 'MalformedPolicyDocument', status: 400, message: 'Syntax errors in policy.' });
    await assertRefused(put(`${kind}-strict`, 'p', JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' } })),
      { code: 'MalformedPolicyDocument', status: 400, message: 'Policy document should not specify a principal.' });
  });

  test(`A ${kind}: inline policies are listed in pages in order of name`, async () => {
    await make(`${kind}-many`);
    for (const name of ['c', 'a', 'b']) await put(`${kind}-many`, name, allowing('s3:GetObject'));
    const first = await list(`${kind}-many`, { MaxItems: 2 });
    const rest = await list(`${kind}-many`, { MaxItems: 2, Marker: first.Marker });
    assert.deepEqual([first.PolicyNames, first.IsTruncated, rest.PolicyNames, rest.IsTruncated, rest.Marker], [['a', 'b'], true, ['c'], false, undefined]);
  });
}

test('A boundary is put on users and roles, shown, replaced and taken off', async () => {
  const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
  const { Policy } = await iam.send(new sdk.CreatePolicyCommand({ PolicyName: 'bound', PolicyDocument: allowing('s3:*') }));
  await iam.send(new sdk.CreateUserCommand({ UserName: 'bounded' }));
  await iam.send(new sdk.CreateRoleCommand({ RoleName: 'bounded', AssumeRolePolicyDocument: trusting('Service', 'ec2.amazonaws.com') }));
  const shown = async () => [
    (await iam.send(new sdk.GetUserCommand({ UserName: 'bounded' }))).User?.PermissionsBoundary?.PermissionsBoundaryArn,
    (await iam.send(new sdk.GetRoleCommand({ RoleName: 'bounded' }))).Role?.PermissionsBoundary?.PermissionsBoundaryArn,
  ];
  for (const PermissionsBoundary of [readOnly, Policy!.Arn!]) {
    await iam.send(new sdk.PutUserPermissionsBoundaryCommand({ UserName: 'bounded', PermissionsBoundary }));
    await iam.send(new sdk.PutRolePermissionsBoundaryCommand({ RoleName: 'bounded', PermissionsBoundary }));
    assert.deepEqual(await shown(), [PermissionsBoundary, PermissionsBoundary]);
  }
  assert.equal((await iam.send(new sdk.GetPolicyCommand({ PolicyArn: Policy!.Arn }))).Policy?.PermissionsBoundaryUsageCount, 2);
  for (let twice = 0; twice < 2; twice++) {
    await iam.send(new sdk.DeleteUserPermissionsBoundaryCommand({ UserName: 'bounded' }));
    await iam.send(new sdk.DeleteRolePermissionsBoundaryCommand({ RoleName: 'bounded' }));
    assert.deepEqual(await shown(), [undefined, undefined]);
  }
});

test('A boundary that is no policy, or none that exists, is refused', async () => {
  await iam.send(new sdk.CreateUserCommand({ UserName: 'unbounded' }));
  await iam.send(new sdk.CreateRoleCommand({ RoleName: 'unbounded', AssumeRolePolicyDocument: trusting('Service', 'ec2.amazonaws.com') }));
  const absent = `arn:aws:iam::${gatehouse.account}:policy/absent`;
  const noPolicy = `arn:aws:iam::${gatehouse.account}:user/unbounded`;
  const put = (PermissionsBoundary: string) => [
    () => iam.send(new sdk.PutUserPermissionsBoundaryCommand({ UserName: 'unbounded', PermissionsBoundary })),
    () => iam.send(new sdk.PutRolePermissionsBoundaryCommand({ RoleName: 'unbounded', PermissionsBoundary })),
    () => iam.send(new sdk.CreateRoleCommand({ RoleName: 'never-made', PermissionsBoundary, AssumeRolePolicyDocument: trusting('Service', 'ec2.amazonaws.com') })),
  ];
  for (const request of put(absent)) await assertRefused(request(), { code: 'NoSuchEntity', status: 404, message: `Scope ARN: ${absent} does not exist or is not attachable.` });
  for (const request of put(noPolicy)) await assertRefused(request(), { code: 'ValidationError', status: 400, message: `Value (${noPolicy}) for parameter PermissionsBoundary is invalid.` });
  await assertRefused(iam.send(new sdk.PutUserPermissionsBoundaryCommand({ UserName: 'nobody', PermissionsBoundary: absent })), noSuch('user', 'nobody'));
  await assertRefused(iam.send(new sdk.DeleteUserPermissionsBoundaryCommand({ UserName: 'nobody' })), noSuch('user', 'nobody'));
  await assertRefused(iam.send(new sdk.PutRolePermissionsBoundaryCommand({ RoleName: 'nobody', PermissionsBoundary: absent })), noSuch('role', 'nobody'));
  await assertRefused(iam.send(new sdk.DeleteRolePermissionsBoundaryCommand({ RoleName: 'nobody' })), noSuch('role', 'nobody'));
});
