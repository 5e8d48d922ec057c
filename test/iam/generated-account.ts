/** An account as years of use leave it: users in groups, roles, boundaries, policies of every kind and age, all made through the API and repeated from a seed. */
import * as sdk from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import { seededRandom } from '../seeded-random.ts';

/** What is asked of its principals. */
export const askedActions = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 'iam:GetUser', 'iam:CreateAccessKey', 'sts:AssumeRole', 'dynamodb:Query'] as const;
export const askedResources = (account: string): readonly string[] => [
  'arn:aws:s3:::team-blue/report', 'arn:aws:s3:::home/user-3/notes', 'arn:aws:s3:::odd/50% + é/~(a)!\'', `arn:aws:iam::${account}:user/staff/user-3`, `arn:aws:iam::${account}:role/jobs/role-1`, `arn:aws:dynamodb:eu-west-1:${account}:table/orders`,
];

const awsPolicies = ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess', 'arn:aws:iam::aws:policy/IAMReadOnlyAccess', 'arn:aws:iam::aws:policy/job-function/ViewOnlyAccess'];
const actions = ['*', 's3:*', 's3:Get*', 's3:?etObject', 's3:PutObject', 'iam:*', 'iam:Get*', 'sts:AssumeRole', 'dynamodb:*', 'DYNAMODB:query'];
const resources = ['*', '*', 'arn:aws:s3:::team-${aws:PrincipalTag/team}/*', 'arn:aws:s3:::home/${aws:username}/*', 'arn:aws:s3:::odd/50% + é/~(a)!\'', 'arn:aws:iam::*:user/staff/*', 'arn:aws:iam::*:role/jobs/role-?', 'arn:aws:dynamodb:*:*:table/orders'];
const conditions = [{ StringEquals: { 'aws:PrincipalTag/team': 'blue' } }, { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } }, { 'ForAnyValue:StringLike': { 'aws:TagKeys': ['x', 'é&<>"'] } }, { Null: { 'aws:PrincipalTag/team': 'false' } }];

/** Makes it and gives how many users, groups and roles there are. */
export async function makeGeneratedAccount(iam: IAMClient, account: string, seed: string): Promise<{ readonly users: number; readonly groups: number; readonly roles: number }> {
  const random = seededRandom(seed);
  const below = (limit: number): number => Buffer.from(random(4)).readUInt32BE() % limit;
  const isOneIn = (n: number): boolean => below(n) === 0;
  const pick = <Item>(items: readonly Item[]): Item => items[below(items.length)]!;
  const some = <Item>(items: readonly Item[], most: number): readonly Item[] => [...new Set(Array.from({ length: below(most + 1) }, () => pick(items)))];
  const statement = (): object => ({
    Effect: isOneIn(4) ? 'Deny' : 'Allow',
    [isOneIn(8) ? 'NotAction' : 'Action']: isOneIn(3) ? [pick(actions), pick(actions)] : pick(actions),
    [isOneIn(8) ? 'NotResource' : 'Resource']: pick(resources),
    ...(isOneIn(3) && { Condition: pick(conditions) }),
  });
  /** Now and then as people write them: over several lines. */
  const document = (): string => JSON.stringify({ Version: '2012-10-17', Statement: isOneIn(4) ? statement() : Array.from({ length: 1 + below(2) }, statement) }, null, isOneIn(3) ? 4 : undefined);

  const policies: string[] = [];
  for (let i = 0; i < 8; i++) {
    const { Policy } = await iam.send(new sdk.CreatePolicyCommand({ PolicyName: `policy-${i}`, Path: pick(['/', '/docs/', '/a/b/']), PolicyDocument: document(), ...(isOneIn(2) && { Description: `the policy ${i}` }), Tags: [{ Key: 'n', Value: `${i}` }] }));
    const PolicyArn = Policy!.Arn!;
    for (let more = below(4); more > 0; more--) await iam.send(new sdk.CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: document(), SetAsDefault: isOneIn(2) }));
    policies.push(PolicyArn);
  }
  const managed = [...policies, ...awsPolicies];
  const boundary = (): object => (isOneIn(3) ? { PermissionsBoundary: pick(managed) } : {});
  const tags = (): object => ({ Tags: isOneIn(3) ? [] : [{ Key: 'team', Value: pick(['blue', 'red']) }, { Key: 'Größe', Value: '' }] });

  const groups = Array.from({ length: 4 }, (_, i) => `group-${i}`);
  for (const GroupName of groups) {
    await iam.send(new sdk.CreateGroupCommand({ GroupName, Path: pick(['/', '/teams/']) }));
    for (let i = below(3); i > 0; i--) await iam.send(new sdk.PutGroupPolicyCommand({ GroupName, PolicyName: `inline-${i}`, PolicyDocument: document() }));
    for (const PolicyArn of some(managed, 3)) await iam.send(new sdk.AttachGroupPolicyCommand({ GroupName, PolicyArn }));
  }
  const users = Array.from({ length: 12 }, (_, i) => `user-${i}`);
  for (const UserName of users) {
    await iam.send(new sdk.CreateUserCommand({ UserName, Path: pick(['/', '/staff/']), ...boundary(), ...tags() }));
    for (const GroupName of some(groups, 3)) await iam.send(new sdk.AddUserToGroupCommand({ UserName, GroupName }));
    for (let i = below(3); i > 0; i--) await iam.send(new sdk.PutUserPolicyCommand({ UserName, PolicyName: `inline-${i}`, PolicyDocument: document() }));
    for (const PolicyArn of some(managed, 2)) await iam.send(new sdk.AttachUserPolicyCommand({ UserName, PolicyArn }));
  }
  const roles = Array.from({ length: 6 }, (_, i) => `role-${i}`);
  const trust = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: account, Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }] });
  for (const RoleName of roles) {
    await iam.send(new sdk.CreateRoleCommand({ RoleName, Path: pick(['/', '/jobs/']), AssumeRolePolicyDocument: trust, Description: 'works', MaxSessionDuration: 7200, ...boundary(), ...tags() }));
    for (let i = below(3); i > 0; i--) await iam.send(new sdk.PutRolePolicyCommand({ RoleName, PolicyName: `inline-${i}`, PolicyDocument: document() }));
    for (const PolicyArn of some(managed, 3)) await iam.send(new sdk.AttachRolePolicyCommand({ RoleName, PolicyArn }));
  }
  for (const [i, RoleName] of roles.slice(0, 3).entries()) {
    await iam.send(new sdk.CreateInstanceProfileCommand({ InstanceProfileName: `profile-${i}`, Tags: [{ Key: 'n', Value: `${i}` }] }));
    await iam.send(new sdk.AddRoleToInstanceProfileCommand({ InstanceProfileName: `profile-${i}`, RoleName }));
  }
  return { users: users.length, groups: groups.length, roles: roles.length };
}
