/** AssumeRole: who may, for how long, in which order it is refused, and what session policies leave of the role. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as iamSdk from '@aws-sdk/client-iam';
import { type AssumeRoleCommandInput, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { startGatehouse, testEpoch, type KeyPair, type TestGatehouse } from '../gatehouse.ts';
import { assertRefused } from '../iam/refusal.ts';
import { callQuery, textOf } from '../signed-call.ts';
import { allow, assume, document, keyOf, makeRole, makeUser, sessionOf, trust, untrusted } from './roles.ts';

const account = '111122223333';
const aliceArn = `arn:aws:iam::${account}:user/alice`;
let gatehouse: TestGatehouse;
let alice: KeyPair;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'assume role', accountId: account });
  alice = await makeUser(gatehouse, 'alice');
});
after(() => gatehouse.stop());

const permit = (...statements: readonly object[]) => gatehouse.iam().send(new iamSdk.PutUserPolicyCommand({ UserName: 'alice', PolicyName: 'p', PolicyDocument: document(...statements) }));
const invalid = (message: string | RegExp) => ({ code: 'ValidationError', status: 400, message });

test('the answer: a session named as asked, an hour long, without a packed size where nothing was passed', async () => {
  const RoleArn = await makeRole(gatehouse, 'plain', { trust: [trust(account)], Path: '/a/b/' });
  const { $metadata, Credentials, ...rest } = await assume(gatehouse, RoleArn, { RoleSessionName: 'me@example.com' });
  const { Role } = await gatehouse.iam().send(new iamSdk.GetRoleCommand({ RoleName: 'plain' }));
  const Arn = `arn:aws:sts::${account}:assumed-role/plain/me@example.com`;
  assert.deepEqual(rest, { AssumedRoleUser: { AssumedRoleId: `${Role!.RoleId}:me@example.com`, Arn } });
  assert.match(Credentials!.AccessKeyId!, /^ASIA[A-Z2-7]{16}$/);
  assert.equal(Credentials!.SecretAccessKey!.length, 40);
  assert.deepEqual([$metadata.httpStatusCode, Credentials!.Expiration], [200, new Date(testEpoch + 3_600_000)]);
  const identity = await gatehouse.sts(keyOf(Credentials)).send(new GetCallerIdentityCommand({}));
  assert.deepEqual([identity.Account, identity.Arn, identity.UserId], [account, Arn, `${Role!.RoleId}:me@example.com`]);
});

test('same account: a trust that names the caller is enough; one that names the account, or nobody, is not', async () => {
  const named = await makeRole(gatehouse, 'names-alice', { trust: [trust(aliceArn)] });
  const anyone = await makeRole(gatehouse, 'names-anyone', { trust: [trust('*')] });
  const whole = await makeRole(gatehouse, 'names-account', { trust: [trust(account)] });
  const nobody = await makeRole(gatehouse, 'names-other', { trust: [trust(`arn:aws:iam::${account}:user/admin`)] });
  await assume(gatehouse, named, {}, alice);
  await assume(gatehouse, anyone, {}, alice);
  for (const RoleArn of [whole, nobody, `arn:aws:iam::${account}:role/absent`]) await assertRefused(assume(gatehouse, RoleArn, {}, alice), untrusted(aliceArn, RoleArn));
  await permit(allow('sts:AssumeRole'));
  await assume(gatehouse, whole, {}, alice);
  await assertRefused(assume(gatehouse, nobody, {}, alice), untrusted(aliceArn, nobody));
  await permit(allow('sts:AssumeRole'), { Effect: 'Deny', Action: 'sts:AssumeRole', Resource: named });
  await assertRefused(assume(gatehouse, named, {}, alice), untrusted(aliceArn, named));
  await permit(allow('sts:GetAccessKeyInfo'));
});

test('across accounts both must allow, also where the trust names anyone', async () => {
  const theirs = await gatehouse.newAccount('222233334444');
  const make = (name: string, ...AWS: readonly string[]) => makeRole(gatehouse, name, { trust: [trust(AWS)] }, theirs);
  const roles = [await make('for-alice', aliceArn), await make('for-account', account), await make('for-anyone', '*')];
  const stranger = await make('for-nobody-here', '222233334444');
  for (const RoleArn of roles) await assertRefused(assume(gatehouse, RoleArn, {}, alice), untrusted(aliceArn, RoleArn));
  await permit(allow('sts:AssumeRole'));
  for (const RoleArn of roles) assert.equal((await gatehouse.sts(await sessionOf(gatehouse, RoleArn, {}, alice)).send(new GetCallerIdentityCommand({}))).Account, '222233334444');
  for (const RoleArn of [stranger, 'arn:aws:iam::222233334444:role/absent', 'arn:aws:iam::999999999999:role/absent']) await assertRefused(assume(gatehouse, RoleArn, {}, alice), untrusted(aliceArn, RoleArn));
  await permit(allow('sts:GetAccessKeyInfo'));
});

test('a role may assume itself only where its trust names it', async () => {
  const RoleArn = await makeRole(gatehouse, 'self', { trust: [trust(account)], policy: [allow('sts:AssumeRole')] });
  const key = await sessionOf(gatehouse, RoleArn);
  await assertRefused(assume(gatehouse, RoleArn, {}, key), untrusted(`arn:aws:sts::${account}:assumed-role/self/session`, RoleArn));
  await gatehouse.iam().send(new iamSdk.UpdateAssumeRolePolicyCommand({ RoleName: 'self', PolicyDocument: document(trust([account, RoleArn])) }));
  await assume(gatehouse, RoleArn, {}, key);
});

test('an external id is asked for by the trust policy, and echoed by nobody', async () => {
  const RoleArn = await makeRole(gatehouse, 'external', { trust: [trust(aliceArn, { Condition: { StringEquals: { 'sts:ExternalId': 'shared:secret/1' } } })] });
  for (const input of [{}, { ExternalId: 'other' }, { ExternalId: 'SHARED:secret/1' }]) await assertRefused(assume(gatehouse, RoleArn, input, alice), untrusted(aliceArn, RoleArn));
  await assume(gatehouse, RoleArn, { ExternalId: 'shared:secret/1' }, alice);
  await assertRefused(assume(gatehouse, RoleArn, { ExternalId: 'x' }, alice), invalid(/externalId.*greater than or equal to 2/));
  await assertRefused(assume(gatehouse, RoleArn, { ExternalId: 'secret with space' }, alice), invalid(/^(?!.*secret with space)/));
});

test('names and ARNs are held to their forms', async () => {
  const RoleArn = `arn:aws:iam::${account}:role/plain`;
  for (const [input, message] of [
    [{ RoleSessionName: 'x' }, /roleSessionName.*greater than or equal to 2/], [{ RoleSessionName: 'x'.repeat(65) }, /less than or equal to 64/], [{ RoleSessionName: 'a b' }, /regular expression/],
    [{ RoleArn: 'arn:aws:iam::1:r' }, /roleArn.*greater than or equal to 20/], [{ SourceIdentity: 'aws:me' }, /sourceIdentity/],
    [{ Tags: Array.from({ length: 51 }, (_, i) => ({ Key: `k${i}`, Value: '' })) }, /tags.*less than or equal to 50/], [{ Tags: [{ Key: 'k'.repeat(129), Value: '' }] }, /less than or equal to 128/],
    [{ PolicyArns: Array.from({ length: 11 }, () => ({ arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' })) }, /10/],
  ] satisfies [Partial<AssumeRoleCommandInput>, RegExp][]) await assertRefused(assume(gatehouse, RoleArn, input), invalid(message));
  for (const other of [`arn:aws:iam::${account}:user/alice-and-more`, `arn:aws:iam::${account}:policy/role/x`, `arn:aws:sts::${account}:assumed-role/plain/x`, `arn:aws:iam:us-east-1:${account}:role/plain`, 'arn:aws:iam::11112222333x:role/plain']) await assertRefused(assume(gatehouse, other), invalid(`${other} is invalid`));
  // A role is found by its whole ARN, path and letter case included.
  for (const other of [`arn:aws:iam::${account}:role/a/b/PLAIN`, RoleArn, `arn:aws:iam::${account}:role/a/plain`]) await assertRefused(assume(gatehouse, other), untrusted(`arn:aws:iam::${account}:user/admin`, other));
});

test('a length is checked against the schema, then the role, then the chain', async () => {
  const tooLong = 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.';
  const chained = 'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.';
  const hour = await makeRole(gatehouse, 'hour', { trust: [trust(account)], policy: [allow('sts:AssumeRole')] });
  const half = await makeRole(gatehouse, 'half-day', { trust: [trust(account)], MaxSessionDuration: 43_200 });
  const lengthOf = async (RoleArn: string, DurationSeconds?: number, key?: KeyPair) => (await assume(gatehouse, RoleArn, { ...(DurationSeconds !== undefined && { DurationSeconds }) }, key)).Credentials!.Expiration!.getTime() - testEpoch;
  for (const DurationSeconds of [900, 3_600]) assert.equal(await lengthOf(hour, DurationSeconds), DurationSeconds * 1_000);
  assert.equal(await lengthOf(half), 3_600_000, 'an hour where nothing is said, whatever the role allows');
  assert.equal(await lengthOf(half, 43_200), 43_200_000);
  for (const [DurationSeconds, message] of [[899, /greater than or equal to 900/], [0, /greater than or equal to 900/], [-1, /greater than or equal to 900/], [43_201, /less than or equal to 43200/]] as const) await assertRefused(assume(gatehouse, hour, { DurationSeconds }), invalid(message));
  await assertRefused(assume(gatehouse, hour, { DurationSeconds: 3_601 }), invalid(tooLong));
  const session = await sessionOf(gatehouse, hour);
  await assertRefused(assume(gatehouse, half, { DurationSeconds: 3_601 }, session), invalid(chained));
  assert.equal(await lengthOf(half, 3_600, session), 3_600_000);
  await gatehouse.iam().send(new iamSdk.UpdateAssumeRolePolicyCommand({ RoleName: 'hour', PolicyDocument: document(trust([account, hour])) }));
  await assertRefused(assume(gatehouse, hour, { DurationSeconds: 3_601 }, session), invalid(tooLong));
  // A chained session is not bound to the end of the one before it, as on AWS.
  gatehouse.clock.advance(3_599_000);
  assert.equal(await lengthOf(half, 3_600, { ...session }), 3_599_000 + 3_600_000);
});

test('a length is read as AWS reads a number', async () => {
  const RoleArn = `arn:aws:iam::${account}:role/hour`;
  const status = async (DurationSeconds: string) => {
    const answer = await callQuery(gatehouse, 'sts', { Action: 'AssumeRole', RoleArn, RoleSessionName: 'session', DurationSeconds });
    return /<Code>(\w+)<\/Code>/.exec(textOf(answer))?.[1] ?? answer.status;
  };
  for (const text of ['900', '+900', '0900']) assert.equal(await status(text), 200, text);
  for (const text of ['900.0', 'x', '', '9e2', '2147483648', '0x384']) assert.equal(await status(text), 'MalformedInput', text);
});

test('refusals have an order: the form, then permission, then the length; what is wrong with a session policy is said before permission', async () => {
  const RoleArn = `arn:aws:iam::${account}:role/half-day`;
  await assertRefused(assume(gatehouse, RoleArn, { DurationSeconds: 43_201 }, alice), invalid(/43200/));
  await assertRefused(assume(gatehouse, RoleArn, { DurationSeconds: 43_200, Policy: '{}' }, alice), { code: 'MalformedPolicyDocument', status: 400, message: /./ });
  await assertRefused(assume(gatehouse, RoleArn, { DurationSeconds: 43_200 }, alice), untrusted(aliceArn, RoleArn));
});

test('session policies only take away: the inline one and those by ARN together allow, and what the role lacks none gives', async () => {
  const { Policy } = await gatehouse.iam().send(new iamSdk.CreatePolicyCommand({ PolicyName: 'lists', PolicyDocument: document(allow(['iam:ListRoles', 'iam:ListGroups'])) }));
  const RoleArn = await makeRole(gatehouse, 'lister', { trust: [trust(account)], policy: [allow(['iam:ListUsers', 'iam:ListRoles'])] });
  const may = async (input: object) => {
    const iam = gatehouse.iam(await sessionOf(gatehouse, RoleArn, input));
    const tried = { users: new iamSdk.ListUsersCommand({}), roles: new iamSdk.ListRolesCommand({}), groups: new iamSdk.ListGroupsCommand({}) };
    const outcomes = await Promise.all(Object.entries(tried).map(async ([name, command]) => iam.send(command as iamSdk.ListUsersCommand).then(() => name, () => undefined)));
    return outcomes.filter((name) => name !== undefined);
  };
  const inline = { Policy: document(allow('iam:ListUsers')) };
  const byArn = { PolicyArns: [{ arn: Policy!.Arn! }] };
  assert.deepEqual(await may({}), ['users', 'roles']);
  assert.deepEqual(await may(inline), ['users']);
  assert.deepEqual(await may(byArn), ['roles'], 'what the role lacks, a session policy does not give');
  assert.deepEqual(await may({ ...inline, ...byArn }), ['users', 'roles'], 'several are one layer, as on AWS: each allows its own');
  assert.deepEqual(await may({ Policy: document(allow('*'), { Effect: 'Deny', Action: 'iam:ListUsers', Resource: '*' }), ...byArn }), ['roles']);
  const key = await sessionOf(gatehouse, RoleArn, byArn);
  await assertRefused(gatehouse.iam(key).send(new iamSdk.ListUsersCommand({})), { code: 'AccessDenied', status: 403, message: /because no session policy allows the iam:ListUsers action/ });
  // A managed one is read when it is asked: what becomes of it becomes of the session.
  await gatehouse.iam().send(new iamSdk.CreatePolicyVersionCommand({ PolicyArn: Policy!.Arn!, PolicyDocument: document(allow('iam:ListUsers')), SetAsDefault: true }));
  await gatehouse.iam(key).send(new iamSdk.ListUsersCommand({}));
  for (const VersionId of ['v1']) await gatehouse.iam().send(new iamSdk.DeletePolicyVersionCommand({ PolicyArn: Policy!.Arn!, VersionId }));
  await gatehouse.iam().send(new iamSdk.DeletePolicyCommand({ PolicyArn: Policy!.Arn! }));
  await assertRefused(gatehouse.iam(key).send(new iamSdk.ListUsersCommand({})), { code: 'AccessDenied', status: 403, message: /because no session policy allows/ });
  for (const arn of [Policy!.Arn!, 'arn:aws:iam::aws:policy/NoSuchPolicy', 'arn:aws:iam::222233334444:policy/lists']) await assertRefused(assume(gatehouse, RoleArn, { PolicyArns: [{ arn }] }), invalid(`${arn} is invalid`));
  for (const bad of ['{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}', '{"Statement":', document({ Effect: 'Allow', Action: 'x', Resource: '*' })]) await assertRefused(assume(gatehouse, RoleArn, { Policy: bad }), { code: 'MalformedPolicyDocument', status: 400, message: /./ });
});

test('a session never does more than its role\'s boundary', async () => {
  const RoleArn = await makeRole(gatehouse, 'bounded', { trust: [trust(account)], policy: [allow('iam:*')], PermissionsBoundary: 'arn:aws:iam::aws:policy/IAMReadOnlyAccess' });
  const iam = gatehouse.iam(await sessionOf(gatehouse, RoleArn, { Policy: document(allow('*')) }));
  await iam.send(new iamSdk.ListUsersCommand({}));
  await assertRefused(iam.send(new iamSdk.CreateUserCommand({ UserName: 'x' })), { code: 'AccessDenied', status: 403, message: /because no permissions boundary allows/ });
});

test('a provided context that cannot be proven is refused, never left out: only Identity Center\'s are known, and none is here', async () => {
  const RoleArn = await makeRole(gatehouse, 'context', { trust: [trust(account, { Action: ['sts:AssumeRole', 'sts:SetContext'] })] });
  const identityCenter = { ProviderArn: 'arn:aws:iam::aws:contextProvider/IdentityCenter', ContextAssertion: 'sealed-by-aws' };
  const expired = { code: 'ExpiredTokenException', status: 400, message: 'The trusted context assertion that was passed is expired or is not valid.' };
  await assertRefused(assume(gatehouse, RoleArn, { ProvidedContexts: [identityCenter] }), expired);
  await assertRefused(assume(gatehouse, RoleArn, { ProvidedContexts: [identityCenter] }, alice), expired);
  for (const [ProvidedContexts, message] of [
    [[{ ...identityCenter, ProviderArn: 'arn:aws:iam::aws:contextProvider/Other' }], 'arn:aws:iam::aws:contextProvider/Other is not a valid context provider'],
    [[{ ProviderArn: identityCenter.ProviderArn }], 'A provided context must have a ProviderArn and a ContextAssertion'], [[{ ContextAssertion: 'sealed-by-aws' }], 'A provided context must have a ProviderArn and a ContextAssertion'],
    [[identityCenter, identityCenter], 'Only one context can be provided'],
    [[{ ...identityCenter, ContextAssertion: 'abc' }], /greater than or equal to 4/], [[{ ...identityCenter, ContextAssertion: 'x'.repeat(2_049) }], /less than or equal to 2048/],
    [Array.from({ length: 6 }, () => identityCenter), /less than or equal to 5/],
  ] as const) await assertRefused(assume(gatehouse, RoleArn, { ProvidedContexts: [...ProvidedContexts] }), invalid(message));
});
