/** Policies, managed and inline, what they are attached to, and what they would decide, with the AWS CLI. */
import assert from 'node:assert/strict';
import { allowing, policyOf } from '../../iam/documents.ts';
import { assertHolds, type Cli } from './cli.ts';

/** `list.json` and `get.json` are files beside the CLI. */
export const policyFiles = { 'list.json': allowing('iam:List*'), 'get.json': allowing('iam:Get*') };

export async function tourPolicies(cli: Cli, account: string): Promise<void> {
  await tourManaged(cli, account);
  await tourInline(cli);
  await tourSimulation(cli, account);
}

async function tourManaged({ json, text, refusal }: Cli, account: string): Promise<void> {
  const arn = `arn:aws:iam::${account}:policy/shared/list`;
  assertHolds(await json`iam create-policy --policy-name list --path /shared/ --description ${'May list'} --policy-document file://list.json --tags Key=team,Value=blue`, { Policy: { Arn: arn, DefaultVersionId: 'v1', AttachmentCount: 0, IsAttachable: true, Tags: [{ Key: 'team', Value: 'blue' }] } });
  await text`iam wait policy-exists --policy-arn ${arn}`;
  assertHolds(await json`iam get-policy --policy-arn ${arn}`, { Policy: { PolicyName: 'list', Description: 'May list', Path: '/shared/' } });
  assertHolds(await json`iam create-policy-version --policy-arn ${arn} --policy-document file://get.json --no-set-as-default`, { PolicyVersion: { VersionId: 'v2', IsDefaultVersion: false } });
  // The CLI shows documents decoded.
  assertHolds(await json`iam get-policy-version --policy-arn ${arn} --version-id v2`, { PolicyVersion: { Document: JSON.parse(policyFiles['get.json']), VersionId: 'v2' } });
  await text`iam set-default-policy-version --policy-arn ${arn} --version-id v2`;
  assert.equal(await text`iam list-policy-versions --policy-arn ${arn} --query ${'Versions[].[VersionId,IsDefaultVersion]'} --output text`, 'v2\tTrue\nv1\tFalse');
  assert.equal(await refusal`iam delete-policy --policy-arn ${arn}`, 'An error occurred (DeleteConflict) when calling the DeletePolicy operation: This policy has more than one version. Before you delete a policy, you must delete the policy\'s versions. The default version is deleted with the policy.');
  await text`iam delete-policy-version --policy-arn ${arn} --version-id v1`;
  assert.match(await refusal`iam create-policy --policy-name bad --policy-document ${'{"Version":"2012-10-17"}'}`, /^An error occurred \(MalformedPolicyDocument\) when calling the CreatePolicy operation: /);
  await text`iam tag-policy --policy-arn ${arn} --tags Key=site,Value=a`;
  await text`iam untag-policy --policy-arn ${arn} --tag-keys team`;
  assertHolds(await json`iam list-policy-tags --policy-arn ${arn}`, { Tags: [{ Key: 'site', Value: 'a' }] });

  await text`iam create-user --user-name holder`;
  await text`iam create-group --group-name holders`;
  await text`iam create-role --role-name held --assume-role-policy-document file://trust.json`;
  await text`iam attach-user-policy --user-name holder --policy-arn ${arn}`;
  await text`iam attach-group-policy --group-name holders --policy-arn ${arn}`;
  await text`iam attach-role-policy --role-name held --policy-arn ${arn}`;
  assert.deepEqual(await json`iam list-policies --scope Local --query ${'Policies[].[PolicyName,AttachmentCount]'}`, [['list', 3]]);
  assertHolds(await json`iam list-entities-for-policy --policy-arn ${arn}`, { PolicyGroups: [{ GroupName: 'holders' }], PolicyUsers: [{ UserName: 'holder' }], PolicyRoles: [{ RoleName: 'held' }] });
  for (const list of [json`iam list-attached-user-policies --user-name holder`, json`iam list-attached-group-policies --group-name holders`, json`iam list-attached-role-policies --role-name held`]) {
    assert.deepEqual(await list, { AttachedPolicies: [{ PolicyName: 'list', PolicyArn: arn }] });
  }
  assertHolds(await json`iam list-policies-granting-service-access --arn ${`arn:aws:iam::${account}:user/holder`} --service-namespaces iam s3`, { PoliciesGrantingServiceAccess: [{ ServiceNamespace: 'iam', Policies: [{ PolicyName: 'list', PolicyType: 'MANAGED' }] }, { ServiceNamespace: 's3', Policies: [] }] });
  assert.equal(await refusal`iam delete-policy --policy-arn ${arn}`, 'An error occurred (DeleteConflict) when calling the DeletePolicy operation: Cannot delete a policy attached to entities.');
  await text`iam detach-user-policy --user-name holder --policy-arn ${arn}`;
  await text`iam detach-group-policy --group-name holders --policy-arn ${arn}`;
  await text`iam detach-role-policy --role-name held --policy-arn ${arn}`;
  await text`iam delete-policy --policy-arn ${arn}`;
  assert.match(await refusal`iam get-policy --policy-arn ${arn}`, /^An error occurred \(NoSuchEntity\) when calling the GetPolicy operation: /);
}

async function tourInline({ json, text, refusal }: Cli): Promise<void> {
  await text`iam put-user-policy --user-name holder --policy-name own --policy-document file://list.json`;
  await text`iam put-group-policy --group-name holders --policy-name own --policy-document file://list.json`;
  await text`iam put-role-policy --role-name held --policy-name own --policy-document file://list.json`;
  const PolicyDocument = JSON.parse(policyFiles['list.json']);
  assert.deepEqual(await json`iam get-user-policy --user-name holder --policy-name own`, { UserName: 'holder', PolicyName: 'own', PolicyDocument });
  assert.deepEqual(await json`iam get-group-policy --group-name holders --policy-name own`, { GroupName: 'holders', PolicyName: 'own', PolicyDocument });
  assert.deepEqual(await json`iam get-role-policy --role-name held --policy-name own`, { RoleName: 'held', PolicyName: 'own', PolicyDocument });
  for (const list of [json`iam list-user-policies --user-name holder`, json`iam list-group-policies --group-name holders`, json`iam list-role-policies --role-name held`]) {
    assert.deepEqual(await list, { PolicyNames: ['own'] });
  }
  assert.equal(await refusal`iam delete-user --user-name holder`, 'An error occurred (DeleteConflict) when calling the DeleteUser operation: Cannot delete entity, must delete policies first.');
  await text`iam delete-user-policy --user-name holder --policy-name own`;
  await text`iam delete-group-policy --group-name holders --policy-name own`;
  await text`iam delete-role-policy --role-name held --policy-name own`;
  assert.equal(await refusal`iam get-role-policy --role-name held --policy-name own`, 'An error occurred (NoSuchEntity) when calling the GetRolePolicy operation: The role policy with name own cannot be found.');
}

async function tourSimulation({ json, text }: Cli, account: string): Promise<void> {
  const mine = policyOf({ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/${aws:username}/*' });
  assert.deepEqual(await json`iam get-context-keys-for-custom-policy --policy-input-list ${mine}`, { ContextKeyNames: ['aws:username'] });
  assert.equal(await text`iam simulate-custom-policy --policy-input-list ${mine} --action-names s3:GetObject s3:PutObject --resource-arns arn:aws:s3:::b/holder/k --context-entries ContextKeyName=aws:username,ContextKeyValues=holder,ContextKeyType=string --query ${'EvaluationResults[].[EvalActionName,EvalDecision]'} --output text`, 's3:GetObject\tallowed\ns3:PutObject\timplicitDeny');
  await text`iam put-user-policy --user-name holder --policy-name own --policy-document ${mine}`;
  const source = `arn:aws:iam::${account}:user/holder`;
  assert.deepEqual(await json`iam get-context-keys-for-principal-policy --policy-source-arn ${source}`, { ContextKeyNames: ['aws:username'] });
  assertHolds(await json`iam simulate-principal-policy --policy-source-arn ${source} --action-names s3:GetObject --resource-arns arn:aws:s3:::b/holder/k`, { EvaluationResults: [{ EvalActionName: 's3:GetObject', EvalResourceName: 'arn:aws:s3:::b/holder/k', EvalDecision: 'allowed' }] });
  await text`iam delete-user-policy --user-name holder --policy-name own`;
  await text`iam delete-user --user-name holder`;
  await text`iam delete-group --group-name holders`;
  await text`iam delete-role --role-name held`;
}
