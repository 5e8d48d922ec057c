/** Terraform's AWS provider under a role: assumed with an external id, and by a token of a service account. Where Terraform and its provider are. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import * as iamSdk from '@aws-sdk/client-iam';
import { testIssuerPath } from '../../src/doors/test-issuer/serve.ts';
import { startTestIssuer } from '../running.ts';
import { openTerraform, terraformAccount } from './terraform.ts';

const issuerUrl = 'https://token.actions.githubusercontent.com';

const configuration = (tokenFile: string): string => `
provider "aws" {
  alias = "assumed"
  assume_role {
    role_arn     = "arn:aws:iam::${terraformAccount}:role/deploy"
    session_name = "terraform"
    external_id  = "acme-7"
    tags         = { team = "blue" }
    transitive_tag_keys = ["team"]
  }
}
provider "aws" {
  alias = "federated"
  assume_role_with_web_identity {
    role_arn                = "arn:aws:iam::${terraformAccount}:role/ci"
    session_name            = "ci"
    web_identity_token_file = "${tokenFile}"
  }
}
data "aws_caller_identity" "assumed" { provider = aws.assumed }
data "aws_caller_identity" "federated" { provider = aws.federated }
resource "aws_iam_user" "made" {
  provider = aws.federated
  name     = "made-by-ci"
}
output "assumed" { value = data.aws_caller_identity.assumed.arn }
output "federated" { value = data.aws_caller_identity.federated.arn }
`;

test('Terraform works as an assumed role, and as one that a GitHub token lets it assume', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-terraform-token-'));
  const issuer = await startTestIssuer(folder);
  const tokenFile = join(folder, 'token');
  const terraform = await openTerraform({ 'main.tf': configuration(tokenFile) }, { startArgs: ['--issuer-at', `${issuerUrl}=${issuer.url}${testIssuerPath(issuerUrl)}`], hasOneProvider: false });
  if (typeof terraform === 'string') {
    await issuer.stop();
    rmSync(folder, { recursive: true });
    return t.skip(terraform);
  }
  try {
    const { iam } = terraform;
    const make = async (RoleName: string, Statement: object): Promise<void> => {
      await iam.send(new iamSdk.CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) }));
      await iam.send(new iamSdk.AttachRolePolicyCommand({ RoleName, PolicyArn: 'arn:aws:iam::aws:policy/IAMFullAccess' }));
    };
    await make('deploy', { Effect: 'Allow', Principal: { AWS: terraformAccount }, Action: ['sts:AssumeRole', 'sts:TagSession'], Condition: { StringEquals: { 'sts:ExternalId': 'acme-7', 'aws:RequestTag/team': 'blue' } } });
    const { OpenIDConnectProviderArn: Federated } = await iam.send(new iamSdk.CreateOpenIDConnectProviderCommand({ Url: issuerUrl, ClientIDList: ['sts.amazonaws.com'] }));
    await make('ci', { Effect: 'Allow', Principal: { Federated }, Action: 'sts:AssumeRoleWithWebIdentity', Condition: { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:acme/app:*' } } });
    const mint = (project: string): void => writeFileSync(tokenFile, issuer.mint(['--github-repo', project, '--duration-seconds', '3600']));
    mint('evil/app');
    await terraform.run(['plan'], 1);
    mint('acme/app');
    const said = await terraform.run(['apply', '-auto-approve']);
    assert.match(said, /assumed = "arn:aws:sts::111122223333:assumed-role\/deploy\/terraform"/);
    assert.match(said, /federated = "arn:aws:sts::111122223333:assumed-role\/ci\/ci"/);
    assert.equal((await iam.send(new iamSdk.GetUserCommand({ UserName: 'made-by-ci' }))).User?.UserName, 'made-by-ci');
  } finally {
    await terraform.close();
    await issuer.stop();
    rmSync(folder, { recursive: true });
  }
});
