/** All resources and data sources of IAM under the real Terraform and its AWS provider, where they are: applied, planned without a change, changed in place, imported, destroyed. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import * as sdk from '@aws-sdk/client-iam';
import { intermediateCertificate, leafCertificate, leafKey, rootCertificate, strangerCertificate } from '../certificates.ts';
import { allowing } from '../iam/documents.ts';
import { samlMetadata } from '../sts/saml-idp.ts';
import { importOf } from './terraform-imports.ts';
import { outputsOf, resourcesOf, typesOf } from './terraform-state.ts';
import { openTerraform, terraformAccount as account, type Terraform } from './terraform.ts';

const configurationFolder = join(import.meta.dirname, 'terraform-iam');
const configuration = Object.fromEntries(readdirSync(configurationFolder).map((name) => [name, readFileSync(join(configurationFolder, name), 'utf8')]));
const variables = {
  certificate: leafCertificate, certificate_chain: intermediateCertificate + rootCertificate, private_key: leafKey,
  saml_metadata: samlMetadata(), saml_metadata_second: samlMetadata(strangerCertificate),
};

/** What the provider has of IAM and the configuration has not, and why. */
const leftOut: Readonly<Record<string, string>> = {
  // Applied, and refused as AWS refuses an account that is in no organization: there are none here.
  aws_iam_organizations_features: 'never in the state',
};

test('Terraform applies, changes in place, imports and destroys everything of IAM that its AWS provider knows', async (t) => {
  const terraform = await openTerraform({ ...configuration, 'terraform.tfvars.json': JSON.stringify(variables) });
  if (typeof terraform === 'string') return t.skip(terraform);
  try {
    const before = await inventory(terraform.iam);
    await apply(terraform);
    await changeInPlace(terraform);
    await importAll(terraform);
    await entangle(terraform.iam);
    assert.match(await terraform.run(['destroy', '-auto-approve', ...second]), /Destroy complete! Resources: 49 destroyed\./);
    assert.deepEqual(await inventory(terraform.iam), before);
  } finally {
    await terraform.close();
  }
});

const first: readonly string[] = [];
const second = ['-var', 'stage=second'];
const noChange = 'No changes. Your infrastructure matches the configuration.';

async function apply(terraform: Terraform): Promise<void> {
  const refused = await terraform.run(['apply', '-auto-approve', ...first, '-var', 'wants_organization=true'], 1);
  assert.equal(refused.match(/Error: /g)!.length, 1, refused);
  assert.match(refused.replaceAll(/\s+/g, ' '), /Error: creating IAM Organizations Features.* OrganizationNotFoundException: /);
  await plansNoChange(terraform, first);
  await hasEverything(terraform);
  assert.deepEqual(outputsOf(terraform), {
    account: { alias: 'acme-first', expires: true },
    credentials: {
      git_user: `alice-at-${account}`, password_length: 24, is_encrypted: [false, true], secrets_told: [[true, false], [false, true]], seed: 64,
      keys: [[true, 'Active']], ssh_key: [sshFingerprint, 'Active', '-----BEGIN PUBLIC KEY-----'],
    },
    policies: {
      read: ['/shared/', 'Reads what IAM holds', 2, { stage: 'first' }, 'iam:List*'], by_name: true, managed: 'arn:aws:iam::aws:policy/SecurityAudit', merged: ['iam:List*', 'iam:ChangePassword'],
      allowed: [true, ['allowed']], denied: ['iam:CreateUser implicitDeny', 'iam:ListUsers explicitDeny'],
    },
    providers: {
      certificate: ['site', '/'], saml: ['idp', { stage: 'first' }, true],
      oidc: [`arn:aws:iam::${account}:oidc-provider/ci.example/issuer`, ['sts.amazonaws.com'], ['cf23df2207d99a74fbe169e3eba035e633b65d94']],
    },
    roles: {
      deploy: ['Deploys, first', 3600, '', { stage: 'first' }], trusted: `arn:aws:iam::${account}:user/staff/alice`, ci: ['deploy'], fleet: ['/ec2/', false], batch_profiles: ['fleet'],
      scaling: ['AWSServiceRoleForAutoScaling_blue', '/aws-service-role/autoscaling.amazonaws.com/'], session: [`arn:aws:iam::${account}:role/ci/deploy`, 'build'],
    },
    users: {
      alice: [`arn:aws:iam::${account}:user/staff/alice`, '/staff/', `arn:aws:iam::${account}:policy/boundary`, { stage: 'first', team: 'blue' }],
      has_id: true, staff: ['alice'], developers: ['alice'],
    },
  });
}

async function changeInPlace(terraform: Terraform): Promise<void> {
  const { iam } = terraform;
  // As many versions as a policy may have: the provider takes one away before it makes the next, by their dates, which are the same second here.
  const PolicyArn = `arn:aws:iam::${account}:policy/shared/read`;
  for (const action of ['a', 'b', 'c', 'd']) await iam.send(new sdk.CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: allowing(`iam:${action}`) }));
  // And what somebody gave a principal whose policies are exclusive is taken away.
  await iam.send(new sdk.PutUserPolicyCommand({ UserName: 'bob', PolicyName: 'smuggled', PolicyDocument: allowing('*') }));
  await iam.send(new sdk.AttachGroupPolicyCommand({ GroupName: 'auditors', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }));
  // The alias has no name but its own, and which policy an attachment attaches is its name.
  assert.match(await terraform.run(['apply', '-auto-approve', ...second]), /Apply complete! Resources: 4 added, 29 changed, 4 destroyed\./);
  await plansNoChange(terraform, second);
  const { Versions } = await iam.send(new sdk.ListPolicyVersionsCommand({ PolicyArn }));
  assert.deepEqual([Versions!.length, Versions!.find(({ IsDefaultVersion }) => IsDefaultVersion)!.VersionId], [5, 'v6']);
  assert.deepEqual((await iam.send(new sdk.ListUserPoliciesCommand({ UserName: 'bob' }))).PolicyNames, ['inline']);
  assert.deepEqual(outputsOf(terraform), {
    account: { alias: 'acme-second', expires: true },
    credentials: {
      git_user: `alice-at-${account}`, password_length: 24, is_encrypted: [false, true], secrets_told: [[true, false], [false, true]], seed: 64,
      keys: [[true, 'Inactive']], ssh_key: [sshFingerprint, 'Inactive', '-----BEGIN PUBLIC KEY-----'],
    },
    policies: {
      read: ['/shared/', 'Reads what IAM holds', 2, { stage: 'second' }, 'iam:Get*'], by_name: true, managed: 'arn:aws:iam::aws:policy/SecurityAudit', merged: ['iam:Get*', 'iam:ChangePassword'],
      allowed: [true, ['allowed']], denied: ['iam:CreateUser implicitDeny', 'iam:ListUsers explicitDeny'],
    },
    providers: {
      certificate: ['shop', '/cloudfront/'], saml: ['idp', { stage: 'second' }, true],
      oidc: [`arn:aws:iam::${account}:oidc-provider/ci.example/issuer`, ['another', 'sts.amazonaws.com'], ['990f4193972f2becf12ddeda5237f9c952f20d9e']],
    },
    roles: {
      deploy: ['Deploys, second', 7200, `arn:aws:iam::${account}:policy/boundary`, { stage: 'second' }], trusted: `arn:aws:iam::${account}:user/bob`, ci: ['deploy'], fleet: ['/ec2/', true], batch_profiles: [],
      scaling: ['AWSServiceRoleForAutoScaling_blue', '/aws-service-role/autoscaling.amazonaws.com/'], session: [`arn:aws:iam::${account}:role/ci/deploy`, 'build'],
    },
    users: {
      alice: [`arn:aws:iam::${account}:user/staff/alice`, '/staff/', 'arn:aws:iam::aws:policy/ReadOnlyAccess', { stage: 'second' }],
      has_id: true, staff: ['alice'], developers: ['alice', 'bob'],
    },
  });
}

/** Forgets whatever can be imported and takes it over again: it is found as it stands in the configuration. */
async function importAll(terraform: Terraform): Promise<void> {
  const blocks = new Map(resourcesOf(terraform).flatMap((resource) => {
    const block = importOf(resource);
    return block === undefined ? [] : [[resource.address, block] as const];
  }));
  await terraform.run(['state', 'rm', ...blocks.keys()]);
  writeFileSync(join(terraform.folder, 'imports.tf'), [...blocks.values()].join('\n'));
  // `force_destroy` and `force_detach_policies` are the provider's own, and stand nowhere but in its state.
  assert.match(await terraform.run(['apply', '-auto-approve', ...second]), /Apply complete! Resources: 46 imported, 0 added, 2 changed, 0 destroyed\./);
  await plansNoChange(terraform, second);
}

/** Gives a user and a role what would stop them from being deleted, behind Terraform's back: `force_destroy` and `force_detach_policies` take it away. */
async function entangle(iam: sdk.IAMClient): Promise<void> {
  const UserName = 'bob';
  await iam.send(new sdk.CreateAccessKeyCommand({ UserName }));
  await iam.send(new sdk.UploadSSHPublicKeyCommand({ UserName, SSHPublicKeyBody: /ssh-rsa [^"]*/.exec(configuration['credentials.tf']!)![0] }));
  await iam.send(new sdk.UploadSigningCertificateCommand({ UserName, CertificateBody: intermediateCertificate }));
  await iam.send(new sdk.CreateServiceSpecificCredentialCommand({ UserName, ServiceName: 'codecommit.amazonaws.com' }));
  await iam.send(new sdk.AttachUserPolicyCommand({ UserName, PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }));
  await iam.send(new sdk.PutUserPolicyCommand({ UserName, PolicyName: 'more', PolicyDocument: allowing('*') }));
  const { Roles } = await iam.send(new sdk.ListRolesCommand({}));
  const RoleName = Roles!.find((role) => role.RoleName!.startsWith('batch-'))!.RoleName!;
  await iam.send(new sdk.AttachRolePolicyCommand({ RoleName, PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }));
  await iam.send(new sdk.PutRolePolicyCommand({ RoleName, PolicyName: 'more', PolicyDocument: allowing('*') }));
}

async function plansNoChange(terraform: Terraform, stage: readonly string[]): Promise<void> {
  assert.ok((await terraform.run(['plan', '-detailed-exitcode', ...stage])).includes(noChange));
}

/** A resource or data source that a newer provider has, and this test has not, is noticed. */
async function hasEverything(terraform: Terraform): Promise<void> {
  const { provider_schemas: schemas } = JSON.parse(await terraform.run(['providers', 'schema', '-json'])) as { readonly provider_schemas: Readonly<Record<string, { readonly resource_schemas: object; readonly data_source_schemas: object }>> };
  const [schema] = Object.values(schemas);
  const isOurs = (name: string): boolean => name.startsWith('aws_iam_') || name.startsWith('aws_sts_') || name === 'aws_caller_identity';
  const known = (of: object): readonly string[] => Object.keys(of).filter((name) => isOurs(name) && !(name in leftOut)).sort();
  assert.deepEqual(typesOf(terraform), { managed: known(schema!.resource_schemas), data: known(schema!.data_source_schemas) },
    'If you are here because the provider has more than the test: add it to a file in test/clients/terraform-iam/, or say in `leftOut` why not.');
}

/** What the account holds. */
async function inventory(iam: sdk.IAMClient): Promise<object> {
  const { SummaryMap } = await iam.send(new sdk.GetAccountSummaryCommand({}));
  const { UserDetailList, GroupDetailList, RoleDetailList, Policies } = await iam.send(new sdk.GetAccountAuthorizationDetailsCommand({ Filter: ['User', 'Group', 'Role', 'LocalManagedPolicy'] }));
  const { AccountAliases } = await iam.send(new sdk.ListAccountAliasesCommand({}));
  const passwordPolicy = await iam.send(new sdk.GetAccountPasswordPolicyCommand({})).then(() => 'there', ({ name }: Error) => name);
  return { SummaryMap, UserDetailList, GroupDetailList, RoleDetailList, Policies, AccountAliases, passwordPolicy };
}

const sshFingerprint = 'c0:76:c9:1a:2b:39:c4:96:7c:02:9a:14:68:c6:b9:3a';
