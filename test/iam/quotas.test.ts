/** Every quota that an account can have adjusted: it bounds what it names from the next request on, in AWS's words, and GetAccountSummary tells it. Source: "IAM and AWS STS quotas" (IAM User Guide). */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as sdk from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import { adjustableQuotas, type AdjustableQuotaName } from '../../src/store/account-quotas.ts';
import { accountSettingsKey } from '../../src/store/tables.ts';
import { leafCertificate, leafKey } from '../certificates.ts';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { allowing, trusting } from './documents.ts';
import { assertRefused, beyondQuota } from './refusal.ts';

const account = '111122223333';
const PolicyDocument = allowing('s3:GetObject');

let gatehouse: TestGatehouse;
let iam: IAMClient;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'quotas', accountId: account });
  iam = gatehouse.iam();
  await iam.send(new sdk.CreateUserCommand({ UserName: 'user' }));
  await iam.send(new sdk.CreateGroupCommand({ GroupName: 'group' }));
  await iam.send(new sdk.CreateRoleCommand({ RoleName: 'role', AssumeRolePolicyDocument: trusting('AWS', account) }));
  for (let i = 0; i < 2; i++) {
    await iam.send(new sdk.CreatePolicyCommand({ PolicyName: `policy-${i}`, PolicyDocument }));
    await iam.send(new sdk.CreateGroupCommand({ GroupName: `group-${i}` }));
  }
});
after(() => gatehouse.stop());

const arnOf = (i: number): string => `arn:aws:iam::${account}:policy/policy-${i}`;

interface Row {
  /** What new accounts have on AWS, and what the quota is called in GetAccountSummary. */
  readonly default: number;
  readonly summaryKey?: keyof typeof sdk.SummaryKeyType;
  /** How many there are before the test. */
  readonly there: number;
  readonly add: (i: number) => Promise<unknown>;
}

const rows: Readonly<Record<AdjustableQuotaName, Row>> = {
  UsersPerAccount: { default: 5_000, summaryKey: 'UsersQuota', there: 2, add: (i) => iam.send(new sdk.CreateUserCommand({ UserName: `further-${i}` })) },
  GroupsPerAccount: { default: 300, summaryKey: 'GroupsQuota', there: 3, add: (i) => iam.send(new sdk.CreateGroupCommand({ GroupName: `further-${i}` })) },
  RolesPerAccount: { default: 1_000, summaryKey: 'RolesQuota', there: 1, add: (i) => iam.send(new sdk.CreateRoleCommand({ RoleName: `further-${i}`, AssumeRolePolicyDocument: trusting('AWS', account) })) },
  PoliciesPerAccount: { default: 1_500, summaryKey: 'PoliciesQuota', there: 2, add: (i) => iam.send(new sdk.CreatePolicyCommand({ PolicyName: `further-${i}`, PolicyDocument })) },
  InstanceProfilesPerAccount: { default: 1_000, summaryKey: 'InstanceProfilesQuota', there: 0, add: (i) => iam.send(new sdk.CreateInstanceProfileCommand({ InstanceProfileName: `further-${i}` })) },
  ServerCertificatesPerAccount: { default: 20, summaryKey: 'ServerCertificatesQuota', there: 0, add: (i) => iam.send(new sdk.UploadServerCertificateCommand({ ServerCertificateName: `further-${i}`, CertificateBody: leafCertificate, PrivateKey: leafKey })) },
  OpenIdConnectProvidersPerAccount: { default: 100, there: 0, add: (i) => iam.send(new sdk.CreateOpenIDConnectProviderCommand({ Url: `https://issuer-${i}.example` })) },
  // AdministratorAccess of the administrator is in use.
  PolicyVersionsInUsePerAccount: { default: 10_000, summaryKey: 'PolicyVersionsInUseQuota', there: 1, add: (i) => iam.send(new sdk.AttachUserPolicyCommand({ UserName: 'user', PolicyArn: arnOf(i) })) },
  GroupsPerUser: { default: 10, summaryKey: 'GroupsPerUserQuota', there: 0, add: (i) => iam.send(new sdk.AddUserToGroupCommand({ UserName: 'user', GroupName: `group-${i}` })) },
  PoliciesPerUser: { default: 10, summaryKey: 'AttachedPoliciesPerUserQuota', there: 0, add: (i) => iam.send(new sdk.AttachUserPolicyCommand({ UserName: 'user', PolicyArn: arnOf(i) })) },
  PoliciesPerGroup: { default: 10, summaryKey: 'AttachedPoliciesPerGroupQuota', there: 0, add: (i) => iam.send(new sdk.AttachGroupPolicyCommand({ GroupName: 'group', PolicyArn: arnOf(i) })) },
  PoliciesPerRole: { default: 10, summaryKey: 'AttachedPoliciesPerRoleQuota', there: 0, add: (i) => iam.send(new sdk.AttachRolePolicyCommand({ RoleName: 'role', PolicyArn: arnOf(i) })) },
  // Characters: the first document fits, the second has some more.
  ACLSizePerRole: { default: 2_048, summaryKey: 'AssumeRolePolicySizeQuota', there: trusting('AWS', account).length - 1, add: (i) => iam.send(new sdk.UpdateAssumeRolePolicyCommand({ RoleName: 'role', PolicyDocument: trusting('AWS', i === 0 ? account : [account, account]) })) },
};

async function set(name: AdjustableQuotaName, value: number | undefined): Promise<void> {
  await gatehouse.plane.store.write(account, { by: 'test', requestId: 'test', action: 'gatehouse:SetQuota' }, (draft) => {
    const settings = { ...draft.accountSettings.find(accountSettingsKey), Quotas: value === undefined ? {} : { [name]: value } };
    if (!draft.accountSettings.insert(settings)) draft.accountSettings.update(settings);
  });
}

/** What AWS raises for nobody stays bounded by it, whatever an account was once given. */
test('a quota that was set beyond what AWS allows counts as what it allows', async () => {
  for (const name of ['GroupsPerUser', 'PoliciesPerGroup'] as const) {
    await set(name, 50);
    assert.equal(await summary(rows[name].summaryKey!), 10);
  }
  await set('GroupsPerUser', undefined);
});

const summary = async (key: string): Promise<number | undefined> => (await iam.send(new sdk.GetAccountSummaryCommand({}))).SummaryMap?.[key as sdk.SummaryKeyType];

for (const [name, { default: fallback, summaryKey, there, add }] of Object.entries(rows) as [AdjustableQuotaName, Row][]) {
  test(`${name} is ${fallback.toLocaleString('en')} in a new account; adjusted, it bounds what it names`, async () => {
    assert.equal(adjustableQuotas[name].default, fallback);
    if (summaryKey) assert.equal(await summary(summaryKey), fallback);
    const quota = there + 1;
    await set(name, quota);
    if (summaryKey) assert.equal(await summary(summaryKey), quota);
    await add(0);
    await assertRefused(add(1), beyondQuota(name, quota));
    await set(name, undefined);
    await add(1);
    // Room for the next row.
    if (name === 'PolicyVersionsInUsePerAccount') for (const i of [0, 1]) await iam.send(new sdk.DetachUserPolicyCommand({ UserName: 'user', PolicyArn: arnOf(i) }));
  });
}

test('a policy that is in use already is attached once more, however many are in use', async () => {
  await set('PolicyVersionsInUsePerAccount', 1);
  await iam.send(new sdk.CreateUserCommand({ UserName: 'another' }));
  await iam.send(new sdk.AttachUserPolicyCommand({ UserName: 'another', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }));
  await assertRefused(iam.send(new sdk.AttachUserPolicyCommand({ UserName: 'another', PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' })), beyondQuota('PolicyVersionsInUsePerAccount', 1));
  await set('PolicyVersionsInUsePerAccount', undefined);
});

test('a policy of a service-linked role bounds nobody', async () => {
  const policy = 'arn:aws:iam::aws:policy/aws-service-role/AmazonECSServiceRolePolicy';
  const refused = { code: 'NoSuchEntity', status: 404, message: `Scope ARN: ${policy} does not exist or is not attachable.` };
  await assertRefused(iam.send(new sdk.PutUserPermissionsBoundaryCommand({ UserName: 'user', PermissionsBoundary: policy })), refused);
  await assertRefused(iam.send(new sdk.CreateUserCommand({ UserName: 'bounded', PermissionsBoundary: policy })), refused);
});
