/** DecodeAuthorizationMessage: a denial's encoded message, decoded to AWS's own JSON by those who may, and by nothing else. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import * as iamSdk from '@aws-sdk/client-iam';
import { AssumeRoleCommand, DecodeAuthorizationMessageCommand } from '@aws-sdk/client-sts';
import { startGatehouse, type KeyPair, type TestGatehouse } from '../gatehouse.ts';
import { assertRefused } from '../iam/refusal.ts';
import { callQuery } from '../signed-call.ts';

let gatehouse: TestGatehouse;
let alice: KeyPair;
let aliceId: string;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'authorization message' });
  const iam = gatehouse.iam();
  aliceId = (await iam.send(new iamSdk.CreateUserCommand({ UserName: 'alice' }))).User!.UserId!;
  const { AccessKey } = await iam.send(new iamSdk.CreateAccessKeyCommand({ UserName: 'alice' }));
  alice = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
});

const document = (...Statement: object[]): string => JSON.stringify({ Version: '2012-10-17', Statement });
const permit = (...statements: object[]) => gatehouse.iam().send(new iamSdk.PutUserPolicyCommand({ UserName: 'alice', PolicyName: 'p', PolicyDocument: document(...statements) }));

/** The message that comes with a denial. */
async function messageOf(parameters: Readonly<Record<string, string>>, key = alice, service: 'iam' | 'sts' = 'iam'): Promise<string> {
  const answer = await callQuery(gatehouse, service, parameters, key);
  assert.equal(answer.status, 403);
  return answer.headers['x-gatehouse-encoded-authorization-message']!;
}

interface Decoded {
  readonly explicitDeny: boolean;
  readonly matchedStatements: { readonly items: readonly object[] };
  readonly context: { readonly conditions: { readonly items: readonly { readonly key: string; readonly values: { readonly items: readonly { readonly value: string }[] } }[] } };
}
async function decode(EncodedMessage: string, key?: KeyPair): Promise<Decoded> {
  const { DecodedMessage } = await gatehouse.sts(key).send(new DecodeAuthorizationMessageCommand({ EncodedMessage }));
  return JSON.parse(DecodedMessage!) as Decoded;
}
const conditionsOf = ({ context: { conditions } }: Decoded): Readonly<Record<string, readonly string[]>> => Object.fromEntries(conditions.items.map(({ key, values }) => [key, values.items.map(({ value }) => value)]));

test('an implicit denial: nothing matched, who, what and on which resource', async () => {
  const message = await messageOf({ Action: 'GetUser', UserName: 'bob' });
  assert.match(message, /^[\w-]{50,300}$/, 'short, and of the letters that AWS uses');
  const { context, ...rest } = await decode(message);
  assert.deepEqual(rest, { allowed: false, explicitDeny: false, matchedStatements: { items: [] }, failures: { items: [] } });
  const { conditions, ...asked } = context;
  const arn = `arn:aws:iam::${gatehouse.account}`;
  assert.deepEqual(asked, { principal: { id: aliceId, name: 'alice', arn: `${arn}:user/alice` }, action: 'iam:GetUser', resource: `${arn}:user/bob` });
  assert.deepEqual(conditions.items.slice(0, 5), [['aws:Service', 'iam'], ['aws:Resource', 'user/bob'], ['aws:Type', 'user'], ['aws:Account', gatehouse.account], ['aws:ARN', `${arn}:user/bob`]].map(([key, value]) => ({ key, values: { items: [{ value }] } })));
  const keys = conditionsOf({ context, ...rest });
  assert.deepEqual([keys['aws:SourceIp'], keys['aws:PrincipalArn'], keys['aws:RequestedRegion']], [['127.0.0.1'], [`${arn}:user/alice`], ['us-east-1']]);
});

test('an explicit denial: the statements that denied, as AWS shows them; no change of a policy since changes it', async () => {
  await permit(
    { Effect: 'Allow', Action: 'iam:*', Resource: '*' },
    { Sid: 'NoAdmins', Effect: 'Deny', Action: ['iam:AttachUserPolicy', 'iam:AttachRolePolicy'], Resource: '*', Condition: { ArnEquals: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/AdministratorAccess' }, StringEquals: { 'aws:username': ['alice', 'bob'] } } },
    { Effect: 'Deny', NotAction: 'iam:Get*', Resource: `arn:aws:iam::${gatehouse.account}:user/root*` },
  );
  const message = await messageOf({ Action: 'AttachUserPolicy', UserName: 'alice', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' });
  const other = await messageOf({ Action: 'DeleteUser', UserName: 'rooty' });
  await permit({ Effect: 'Allow', Action: '*', Resource: '*' });
  const decoded = await decode(message);
  const item = (value: string) => ({ value });
  const principals = { items: [item(aliceId)] };
  assert.deepEqual([decoded.explicitDeny, decoded.matchedStatements.items], [true, [{
    statementId: 'NoAdmins', effect: 'DENY', principals, principalGroups: { items: [] },
    actions: { items: [item('iam:AttachUserPolicy'), item('iam:AttachRolePolicy')] }, resources: { items: [item('*')] },
    conditions: { items: [{ key: 'iam:PolicyARN', values: { items: [item('arn:aws:iam::aws:policy/AdministratorAccess')] } }, { key: 'aws:username', values: { items: [item('alice'), item('bob')] } }] },
  }]]);
  assert.deepEqual(conditionsOf(decoded)['iam:PolicyARN'], ['arn:aws:iam::aws:policy/AdministratorAccess'], 'a service\'s own key has AWS\'s letters');
  assert.deepEqual((await decode(other)).matchedStatements.items, [{
    statementId: '', effect: 'DENY', principals, principalGroups: { items: [] }, actions: { items: [] }, resources: { items: [item(`arn:aws:iam::${gatehouse.account}:user/root*`)] }, conditions: { items: [] },
  }]);
});

test('of a request to another account only the caller\'s own side is told', async () => {
  const theirs = await gatehouse.newAccount('222233334444');
  const trust = document({ Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' }, { Effect: 'Allow', Principal: { AWS: gatehouse.account }, Action: 'sts:AssumeRole' });
  await gatehouse.iam(theirs).send(new iamSdk.CreateRoleCommand({ RoleName: 'closed', AssumeRolePolicyDocument: trust }));
  const RoleArn = 'arn:aws:iam::222233334444:role/closed';
  const message = await messageOf({ Action: 'AssumeRole', RoleArn, RoleSessionName: 'xy' }, gatehouse.admin, 'sts');
  const decoded = await decode(message);
  assert.deepEqual([decoded.explicitDeny, decoded.matchedStatements.items], [false, []]);
  await assertRefused(gatehouse.sts(theirs).send(new DecodeAuthorizationMessageCommand({ EncodedMessage: message })), invalid);
});

const invalid = { code: 'InvalidAuthorizationMessageException', status: 400, message: 'Message is not valid' };

test('what is forged, altered, cut, of another account, of another purpose or no longer kept is no message', async () => {
  const message = await messageOf({ Action: 'ListUsers' }, await newUser());
  const { SessionToken } = (await gatehouse.sts().send(new AssumeRoleCommand({ RoleArn: await anyRole(), RoleSessionName: 'session' }))).Credentials!;
  const [key] = gatehouse.plane.store.loaded(gatehouse.account)!.accessKeys.all();
  const flipped = [...Array(message.length).keys()].filter((i) => i % 7 === 0).map((i) => `${message.slice(0, i)}${message[i] === 'A' ? 'B' : 'A'}${message.slice(i + 1)}`);
  for (const text of [...flipped, message.slice(0, -1), message.slice(1), `${message}A`, `${message}\n`, 'x', '00000000-0000-4000-8000-000000000001', SessionToken!, SessionToken!.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''), key!.SecretAccessKey]) {
    await assertRefused(gatehouse.sts().send(new DecodeAuthorizationMessageCommand({ EncodedMessage: text })), invalid);
  }
  const other = await gatehouse.newAccount('333344445555');
  await assertRefused(gatehouse.sts(other).send(new DecodeAuthorizationMessageCommand({ EncodedMessage: message })), invalid);
  await assertRefused(gatehouse.sts().send(new DecodeAuthorizationMessageCommand({ EncodedMessage: 'x'.repeat(10_241) })), { code: 'ValidationError', status: 400, message: /less than or equal to 10240/ });
  await decode(message);
  gatehouse.clock.advance(48 * 3_600_000);
  // Something is denied, so that what is old is looked over.
  await messageOf({ Action: 'ListUsers' }, await newUser());
  await assertRefused(gatehouse.sts().send(new DecodeAuthorizationMessageCommand({ EncodedMessage: message })), invalid);
});

test('it asks for sts:DecodeAuthorizationMessage, which the denied user need not have', async () => {
  const user = await newUser();
  const message = await messageOf({ Action: 'ListUsers' }, user);
  await assertRefused(gatehouse.sts(user).send(new DecodeAuthorizationMessageCommand({ EncodedMessage: message })), {
    code: 'AccessDenied', status: 403, message: new RegExp(`^User: arn:aws:iam::${gatehouse.account}:user/user\\d+ is not authorized to perform: sts:DecodeAuthorizationMessage because no identity-based policy allows the sts:DecodeAuthorizationMessage action$`),
  });
});

let users = 0;
async function newUser(): Promise<KeyPair> {
  const UserName = `user${++users}`;
  await gatehouse.iam().send(new iamSdk.CreateUserCommand({ UserName }));
  const { AccessKey } = await gatehouse.iam().send(new iamSdk.CreateAccessKeyCommand({ UserName }));
  return { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
}

async function anyRole(): Promise<string> {
  return (await gatehouse.iam().send(new iamSdk.CreateRoleCommand({ RoleName: 'any', AssumeRolePolicyDocument: document({ Effect: 'Allow', Principal: { AWS: gatehouse.account }, Action: 'sts:AssumeRole' }) }))).Role!.Arn!;
}
