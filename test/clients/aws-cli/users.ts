/** Users, groups and who is in which, with the AWS CLI. */
import assert from 'node:assert/strict';
import { assertHolds, type Cli } from './cli.ts';

export async function tourUsers({ json, text, refusal }: Cli, account: string): Promise<void> {
  assertHolds(await json`iam create-user --user-name alice --path /staff/ --tags Key=team,Value=blue Key=site,Value=${'den haag'}`, { User: { UserName: 'alice', Path: '/staff/', Arn: `arn:aws:iam::${account}:user/staff/alice`, Tags: [{ Key: 'site', Value: 'den haag' }, { Key: 'team', Value: 'blue' }] } });
  assert.equal(await text`iam wait user-exists --user-name alice`, '');
  assert.match(await text`iam get-user --user-name ALICE --query ${'[User.UserName, User.UserId]'} --output text`, /^alice\tAIDA[A-Z2-7]{17}$/);
  assert.match(await text`iam get-user --query User.CreateDate --output text`, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|\+00:00)$/);
  assert.equal(await refusal`iam get-user --user-name nobody`, 'An error occurred (NoSuchEntity) when calling the GetUser operation: The user with name nobody cannot be found.');
  assert.equal(await refusal`iam create-user --user-name Alice`, 'An error occurred (EntityAlreadyExists) when calling the CreateUser operation: User with name Alice already exists.');
  assert.match(await refusal`iam create-user --user-name ${'a b'}`, /^An error occurred \(ValidationError\) when calling the CreateUser operation: .*userName/);
  await text`iam tag-user --user-name alice --tags Key=team,Value=red`;
  await text`iam untag-user --user-name alice --tag-keys site`;
  assertHolds(await json`iam list-user-tags --user-name alice`, { Tags: [{ Key: 'team', Value: 'red' }] });
  await text`iam update-user --user-name alice --new-user-name alicia --new-path /people/`;
  assert.deepEqual(await json`iam list-users --path-prefix /people/ --query Users[].Arn`, [`arn:aws:iam::${account}:user/people/alicia`]);
  await text`iam put-user-permissions-boundary --user-name alicia --permissions-boundary arn:aws:iam::aws:policy/ReadOnlyAccess`;
  assertHolds(await json`iam get-user --user-name alicia`, { User: { PermissionsBoundary: { PermissionsBoundaryArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' } } });
  await text`iam delete-user-permissions-boundary --user-name alicia`;
  assert.equal(await text`iam get-user --user-name alicia --query User.PermissionsBoundary`, 'null');

  assertHolds(await json`iam create-group --group-name developers --path /teams/`, { Group: { GroupName: 'developers', Arn: `arn:aws:iam::${account}:group/teams/developers` } });
  await text`iam add-user-to-group --group-name developers --user-name alicia`;
  assertHolds(await json`iam get-group --group-name developers`, { Group: { Path: '/teams/' }, Users: [{ UserName: 'alicia' }] });
  assert.equal(await text`iam list-groups-for-user --user-name alicia --query Groups[].GroupName --output text`, 'developers');
  await text`iam update-group --group-name developers --new-group-name builders`;
  assert.deepEqual(await json`iam list-groups --query Groups[].GroupName`, ['builders']);
  assert.equal(await refusal`iam delete-group --group-name builders`, 'An error occurred (DeleteConflict) when calling the DeleteGroup operation: Cannot delete entity, must remove users from group first.');
  await text`iam remove-user-from-group --group-name builders --user-name alicia`;
  await text`iam delete-group --group-name builders`;
  await text`iam delete-user --user-name alicia`;
  assert.deepEqual(await json`iam list-users --path-prefix /people/`, { Users: [] });
}
