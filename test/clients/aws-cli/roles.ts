/** Roles, instance profiles and service-linked roles, with the AWS CLI. */
import assert from 'node:assert/strict';
import { trusting } from '../../iam/documents.ts';
import { assertHolds, type Cli } from './cli.ts';

/** `trust.json` and `trust-ecs.json` are files beside the CLI. */
export const trustFiles = { 'trust.json': trusting('Service', 'ec2.amazonaws.com'), 'trust-ecs.json': trusting('Service', 'ecs.amazonaws.com') };

export async function tourRoles(cli: Cli, account: string): Promise<void> {
  const { json, text, refusal } = cli;
  assertHolds(await json`iam create-role --role-name worker --path /ec2/ --assume-role-policy-document file://trust.json --description ${'Works'} --max-session-duration 7200 --permissions-boundary arn:aws:iam::aws:policy/ReadOnlyAccess --tags Key=team,Value=blue`, {
    Role: { RoleName: 'worker', Arn: `arn:aws:iam::${account}:role/ec2/worker`, AssumeRolePolicyDocument: JSON.parse(trustFiles['trust.json']), MaxSessionDuration: 7200, Description: 'Works', Tags: [{ Key: 'team', Value: 'blue' }] },
  });
  await text`iam wait role-exists --role-name worker`;
  await text`iam update-role --role-name worker --description ${'Works more'} --max-session-duration 3600`;
  assertHolds(await json`iam update-role-description --role-name worker --description ${'Works less'}`, { Role: { Description: 'Works less', MaxSessionDuration: 3600 } });
  await text`iam update-assume-role-policy --role-name worker --policy-document file://trust-ecs.json`;
  await text`iam delete-role-permissions-boundary --role-name worker`;
  assertHolds(await json`iam get-role --role-name worker`, { Role: { AssumeRolePolicyDocument: JSON.parse(trustFiles['trust-ecs.json']), RoleLastUsed: {} } });
  assert.equal(await text`iam get-role --role-name worker --query Role.PermissionsBoundary`, 'null');
  await text`iam put-role-permissions-boundary --role-name worker --permissions-boundary arn:aws:iam::aws:policy/SecurityAudit`;
  assert.equal(await text`iam get-role --role-name worker --query Role.PermissionsBoundary.PermissionsBoundaryArn --output text`, 'arn:aws:iam::aws:policy/SecurityAudit');
  await text`iam tag-role --role-name worker --tags Key=site,Value=a`;
  await text`iam untag-role --role-name worker --tag-keys team`;
  assertHolds(await json`iam list-role-tags --role-name worker`, { Tags: [{ Key: 'site', Value: 'a' }] });
  assert.deepEqual(await json`iam list-roles --path-prefix /ec2/ --query Roles[].RoleName`, ['worker']);
  assert.match(await refusal`iam update-role --role-name worker --max-session-duration 43201`, /^An error occurred \(ValidationError\) when calling the UpdateRole operation: 1 validation error detected: .*maxSessionDuration/);

  assertHolds(await json`iam create-instance-profile --instance-profile-name fleet --tags Key=team,Value=blue`, { InstanceProfile: { InstanceProfileName: 'fleet', Arn: `arn:aws:iam::${account}:instance-profile/fleet`, Roles: [] } });
  await text`iam wait instance-profile-exists --instance-profile-name fleet`;
  await text`iam add-role-to-instance-profile --instance-profile-name fleet --role-name worker`;
  assertHolds(await json`iam get-instance-profile --instance-profile-name fleet`, { InstanceProfile: { Roles: [{ RoleName: 'worker' }] } });
  assert.equal(await refusal`iam add-role-to-instance-profile --instance-profile-name fleet --role-name worker`, 'An error occurred (LimitExceeded) when calling the AddRoleToInstanceProfile operation: Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1');
  assert.deepEqual(await json`iam list-instance-profiles-for-role --role-name worker --query InstanceProfiles[].InstanceProfileName`, ['fleet']);
  assert.equal(await text`iam list-instance-profiles --query ${'InstanceProfiles[].Roles[].RoleName'} --output text`, 'worker');
  await text`iam tag-instance-profile --instance-profile-name fleet --tags Key=site,Value=a`;
  await text`iam untag-instance-profile --instance-profile-name fleet --tag-keys team`;
  assertHolds(await json`iam list-instance-profile-tags --instance-profile-name fleet`, { Tags: [{ Key: 'site', Value: 'a' }] });
  assert.equal(await refusal`iam delete-role --role-name worker`, 'An error occurred (DeleteConflict) when calling the DeleteRole operation: Cannot delete entity, must remove roles from instance profile first.');
  await text`iam remove-role-from-instance-profile --instance-profile-name fleet --role-name worker`;
  await text`iam delete-instance-profile --instance-profile-name fleet`;
  await text`iam delete-role --role-name worker`;

  assertHolds(await json`iam create-service-linked-role --aws-service-name ecs.amazonaws.com`, { Role: { RoleName: 'AWSServiceRoleForECS', Path: '/aws-service-role/ecs.amazonaws.com/' } });
  assert.match(await refusal`iam delete-role --role-name AWSServiceRoleForECS`, /^An error occurred \(UnmodifiableEntity\) when calling the DeleteRole operation: /);
  const task = await text`iam delete-service-linked-role --role-name AWSServiceRoleForECS --query DeletionTaskId --output text`;
  assert.match(task, /^task\/aws-service-role\/ecs\.amazonaws\.com\/AWSServiceRoleForECS\/[\da-f-]{36}$/);
  assertHolds(await json`iam get-service-linked-role-deletion-status --deletion-task-id ${task}`, { Status: 'SUCCEEDED' });
}
