/** What ends a session, or takes its rights, does so with the next request: nothing of it is kept anywhere. */
import { after, beforeEach, test } from 'node:test';
import * as iamSdk from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, GetFederationTokenCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts';
import { startGatehouse, type KeyPair, type TestGatehouse } from '../gatehouse.ts';
import { assertRefused } from '../iam/refusal.ts';
import { allow, assume, document, keyOf, makeRole, makeUser, sessionOf, trust, untrusted } from './roles.ts';

const account = '111122223333';
const RoleArn = `arn:aws:iam::${account}:role/worker`;
const ended = { code: 'InvalidClientTokenId', status: 403, message: 'The security token included in the request is invalid.' };
let gatehouse: TestGatehouse;
beforeEach(async () => {
  gatehouse = await startGatehouse({ seed: 'revocation', accountId: account });
  await makeRole(gatehouse, 'worker', { trust: [trust(account)], policy: [allow(['iam:ListUsers', 'sts:AssumeRole'])] });
});
after(() => gatehouse.stop());

const identity = (key: KeyPair) => gatehouse.sts(key).send(new GetCallerIdentityCommand({}));
const list = (key: KeyPair) => gatehouse.iam(key).send(new iamSdk.ListUsersCommand({}));
const denied = (message: RegExp) => ({ code: 'AccessDenied', status: 403, message });

async function deleteRole(RoleName: string): Promise<void> {
  const iam = gatehouse.iam();
  await iam.send(new iamSdk.DeleteRolePolicyCommand({ RoleName, PolicyName: 'p' }));
  await iam.send(new iamSdk.DeleteRoleCommand({ RoleName }));
}

test('a role that is deleted takes its sessions with it, and one of the same name made since does not bring them back', async () => {
  const key = await sessionOf(gatehouse, RoleArn);
  await list(key);
  await deleteRole('worker');
  await assertRefused(identity(key), ended);
  await makeRole(gatehouse, 'worker', { trust: [trust(account)], policy: [allow('iam:ListUsers')] });
  await assertRefused(identity(key), ended);
  await assertRefused(list(key), ended);
  await list(await sessionOf(gatehouse, RoleArn));
});

test('sessions of a chain go on when a role before them is deleted, as on AWS', async () => {
  await makeRole(gatehouse, 'next', { trust: [trust(RoleArn)], policy: [allow('iam:ListUsers')] });
  const key = await sessionOf(gatehouse, RoleArn);
  const next = await sessionOf(gatehouse, `arn:aws:iam::${account}:role/next`, {}, key);
  await deleteRole('worker');
  await list(next);
  await assertRefused(identity(key), ended);
});

test('a trust policy that was changed lets nobody new in, and ends no session', async () => {
  const key = await sessionOf(gatehouse, RoleArn);
  await gatehouse.iam().send(new iamSdk.UpdateAssumeRolePolicyCommand({ RoleName: 'worker', PolicyDocument: document(trust(`arn:aws:iam::${account}:root`, { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })) }));
  await assertRefused(assume(gatehouse, RoleArn), untrusted(`arn:aws:iam::${account}:user/admin`, RoleArn));
  await list(key);
});

test('a policy that is taken away is taken from sessions that are out there', async () => {
  const key = await sessionOf(gatehouse, RoleArn, { Policy: document(allow('*')) });
  await list(key);
  await gatehouse.iam().send(new iamSdk.DeleteRolePolicyCommand({ RoleName: 'worker', PolicyName: 'p' }));
  await assertRefused(list(key), denied(/because no identity-based policy allows/));
  await gatehouse.iam().send(new iamSdk.PutRolePolicyCommand({ RoleName: 'worker', PolicyName: 'p', PolicyDocument: document(allow('iam:ListUsers')) }));
  await list(key);
  await gatehouse.iam().send(new iamSdk.PutRolePermissionsBoundaryCommand({ RoleName: 'worker', PermissionsBoundary: 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess' }));
  await assertRefused(list(key), denied(/because no permissions boundary allows/));
});

test('older sessions are revoked by the policy that AWS\'s console writes; those issued since are not', async () => {
  const older = await sessionOf(gatehouse, RoleArn);
  gatehouse.clock.advance(60_000);
  const before = new Date(gatehouse.clock.now).toISOString();
  await gatehouse.iam().send(new iamSdk.PutRolePolicyCommand({ RoleName: 'worker', PolicyName: 'AWSRevokeOlderSessions', PolicyDocument: document({ Effect: 'Deny', Action: ['*'], Resource: ['*'], Condition: { DateLessThan: { 'aws:TokenIssueTime': before } } }) }));
  await assertRefused(list(older), denied(/with an explicit deny in an identity-based policy/));
  await identity(older);
  gatehouse.clock.advance(1_000);
  const newer = await sessionOf(gatehouse, RoleArn);
  await list(newer);
  // The time is the token's, never the request's.
  gatehouse.clock.advance(600_000);
  await list(newer);
  await assertRefused(list(older), denied(/explicit deny/));
});

test('a user that is deleted takes its sessions of every kind with it, and one of the same name does not bring them back', async () => {
  const user = await makeUser(gatehouse, 'alice', [allow('*')]);
  const session = keyOf((await gatehouse.sts(user).send(new GetSessionTokenCommand({}))).Credentials);
  const federated = keyOf((await gatehouse.sts(user).send(new GetFederationTokenCommand({ Name: 'guest', Policy: document(allow('*')) }))).Credentials);
  const role = await sessionOf(gatehouse, RoleArn, {}, user);
  const iam = gatehouse.iam();
  await iam.send(new iamSdk.DeleteAccessKeyCommand({ UserName: 'alice', AccessKeyId: user.accessKeyId }));
  for (const key of [session, federated]) await identity(key);
  await iam.send(new iamSdk.DeleteUserPolicyCommand({ UserName: 'alice', PolicyName: 'p' }));
  await iam.send(new iamSdk.DeleteUserCommand({ UserName: 'alice' }));
  for (const key of [session, federated]) await assertRefused(identity(key), ended);
  await makeUser(gatehouse, 'alice', [allow('*')]);
  for (const key of [session, federated]) await assertRefused(identity(key), ended);
  await list(role);
});

test('a session ends at its second, and not before', async () => {
  const key = await sessionOf(gatehouse, RoleArn, { DurationSeconds: 900 });
  gatehouse.clock.advance(899_999);
  await list(key);
  gatehouse.clock.advance(1);
  await assertRefused(list(key), { code: 'ExpiredToken', status: 403, message: 'The security token included in the request is expired' });
});
