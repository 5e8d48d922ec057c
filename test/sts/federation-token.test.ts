/** GetFederationToken, asked of a whole Gatehouse through the AWS SDK. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import * as iamSdk from '@aws-sdk/client-iam';
import { AssumeRoleCommand, GetAccessKeyInfoCommand, GetCallerIdentityCommand, GetFederationTokenCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts';
import type { GetFederationTokenCommandInput } from '@aws-sdk/client-sts';
import { startGatehouse, testEpoch, type KeyPair, type TestGatehouse } from '../gatehouse.ts';
import { assertRefused } from '../iam/refusal.ts';

let gatehouse: TestGatehouse;
let broker: KeyPair;
const document = (...Statement: object[]): string => JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (Action: string, rest: object = {}) => ({ Effect: 'Allow', Action, Resource: '*', ...rest });

before(async () => {
  gatehouse = await startGatehouse({ seed: 'federation token' });
  const iam = gatehouse.iam();
  await iam.send(new iamSdk.CreateUserCommand({ UserName: 'broker', Tags: [{ Key: 'team', Value: 'red' }] }));
  await permit(allow('sts:GetFederationToken'), allow('sts:TagSession'), allow('sts:GetAccessKeyInfo'));
  const { AccessKey } = await iam.send(new iamSdk.CreateAccessKeyCommand({ UserName: 'broker' }));
  broker = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
});

async function permit(...statements: object[]): Promise<void> {
  await gatehouse.iam().send(new iamSdk.PutUserPolicyCommand({ UserName: 'broker', PolicyName: 'p', PolicyDocument: document(...statements) }));
}

const federate = (input: Partial<GetFederationTokenCommandInput> = {}, key = broker) => gatehouse.sts(key).send(new GetFederationTokenCommand({ Name: 'guest', ...input }));
async function keyOf(input: Partial<GetFederationTokenCommandInput> = {}, key = broker): Promise<KeyPair> {
  const { Credentials } = await federate(input, key);
  return { accessKeyId: Credentials!.AccessKeyId!, secretAccessKey: Credentials!.SecretAccessKey!, sessionToken: Credentials!.SessionToken };
}

test('a federated user has a name of its own, twelve hours and a packed size, nought without policies', async () => {
  const answer = await federate();
  assert.deepEqual([answer.FederatedUser, answer.PackedPolicySize, answer.Credentials?.Expiration], [{ FederatedUserId: `${gatehouse.account}:guest`, Arn: `arn:aws:sts::${gatehouse.account}:federated-user/guest` }, 0, new Date(testEpoch + 43_200_000)]);
  const identity = await gatehouse.sts(await keyOf()).send(new GetCallerIdentityCommand({}));
  assert.deepEqual([identity.Arn, identity.UserId], [`arn:aws:sts::${gatehouse.account}:federated-user/guest`, `${gatehouse.account}:guest`]);
});

test('it may do what both the user and the session policy allow, and without a session policy nothing', async () => {
  const read = () => new GetAccessKeyInfoCommand({ AccessKeyId: broker.accessKeyId });
  const whole = { Policy: document(allow('*')) };
  // STS is closed to federated users but for GetCallerIdentity, and IAM is closed altogether.
  await assertRefused(gatehouse.sts(await keyOf(whole)).send(read()), { code: 'AccessDenied', status: 403, message: 'Cannot call GetAccessKeyInfo with session credentials' });
  await assertRefused(gatehouse.iam(await keyOf(whole)).send(new iamSdk.ListUsersCommand({})), { code: 'InvalidClientTokenId', status: 403, message: /token included in the request is invalid/ });
});

test('only long-term keys may ask for it', async () => {
  const message = 'Cannot call GetFederationToken with session credentials';
  const { Credentials } = await gatehouse.sts(broker).send(new GetSessionTokenCommand({}));
  const session = { accessKeyId: Credentials!.AccessKeyId!, secretAccessKey: Credentials!.SecretAccessKey!, sessionToken: Credentials!.SessionToken };
  for (const key of [session, await keyOf()]) await assertRefused(federate({}, key), { code: 'AccessDenied', status: 403, message });
  await gatehouse.iam().send(new iamSdk.CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { AWS: gatehouse.account }, Action: 'sts:AssumeRole' } }) }));
  const role = (await gatehouse.sts().send(new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${gatehouse.account}:role/r`, RoleSessionName: 'ss' }))).Credentials!;
  await assertRefused(federate({}, { accessKeyId: role.AccessKeyId!, secretAccessKey: role.SecretAccessKey!, sessionToken: role.SessionToken }), { code: 'AccessDenied', status: 403, message });
});

test('it asks for sts:GetFederationToken on the federated user, and with tags for sts:TagSession', async () => {
  const denied = (action: string) => ({ code: 'AccessDenied', status: 403, message: `User: arn:aws:iam::${gatehouse.account}:user/broker is not authorized to perform: ${action} on resource: arn:aws:sts::${gatehouse.account}:federated-user/guest because no identity-based policy allows the ${action} action` });
  await permit({ Effect: 'Allow', Action: 'sts:GetFederationToken', Resource: `arn:aws:sts::${gatehouse.account}:federated-user/other` });
  await assertRefused(federate(), denied('sts:GetFederationToken'));
  await permit({ Effect: 'Allow', Action: 'sts:GetFederationToken', Resource: `arn:aws:sts::${gatehouse.account}:federated-user/gu*` });
  await federate();
  const Tags = [{ Key: 'team', Value: 'blue' }];
  await assertRefused(federate({ Tags }), denied('sts:TagSession'));
  await permit(allow('sts:GetFederationToken'), allow('sts:TagSession', { Condition: { StringEquals: { 'aws:RequestTag/team': 'blue' }, 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } } }));
  await federate({ Tags });
  await assertRefused(federate({ Tags: [...Tags, { Key: 'more', Value: '' }] }), denied('sts:TagSession'));
});

test('parameters are held to their rules, and what a root asks for is cut to an hour', async () => {
  await permit(allow('sts:*'));
  await assertRefused(federate({ Tags: [{ Key: 'a', Value: '' }, { Key: 'A', Value: '' }] }), { code: 'InvalidParameterValue', status: 400, message: 'Duplicate tag keys found. Please note that Tag keys are case insensitive.' });
  await assertRefused(federate({ Policy: '{"Statement":[]}' }), { code: 'MalformedPolicyDocument', status: 400, message: /./ });
  await assertRefused(federate({ PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/NoSuchPolicy' }] }), { code: 'ValidationError', status: 400, message: 'arn:aws:iam::aws:policy/NoSuchPolicy is invalid' });
  await assertRefused(federate({ DurationSeconds: 899 }), { code: 'ValidationError', status: 400, message: /greater than or equal to 900/ });
  await assertRefused(federate({ Name: 'a b' }), { code: 'ValidationError', status: 400, message: /satisfy regular expression pattern/ });
  assert.deepEqual((await federate({ DurationSeconds: 7_200 }, gatehouse.root)).Credentials?.Expiration, new Date(testEpoch + 3_600_000));
  assert.ok((await federate({ PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }] })).PackedPolicySize! > 0);
});

test('a deleted user takes the sessions it made with it', async () => {
  const iam = gatehouse.iam();
  await permit(allow('sts:*'));
  const key = await keyOf();
  await iam.send(new iamSdk.DeleteAccessKeyCommand({ UserName: 'broker', AccessKeyId: broker.accessKeyId }));
  await gatehouse.sts(key).send(new GetCallerIdentityCommand({}));
  await iam.send(new iamSdk.DeleteUserPolicyCommand({ UserName: 'broker', PolicyName: 'p' }));
  await iam.send(new iamSdk.DeleteUserCommand({ UserName: 'broker' }));
  await assertRefused(gatehouse.sts(key).send(new GetCallerIdentityCommand({})), { code: 'InvalidClientTokenId', status: 403, message: 'The security token included in the request is invalid.' });
});
