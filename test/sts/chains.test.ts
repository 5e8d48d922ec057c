/** Session tags and source identities: which win, which conflict, and what a chain of roles hands on. Source: "Pass session tags in AWS STS" (IAM User Guide). */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as iamSdk from '@aws-sdk/client-iam';
import { startGatehouse, type KeyPair, type TestGatehouse } from '../gatehouse.ts';
import { assertRefused } from '../iam/refusal.ts';
import { allow, assume, makeRole, makeUser, sessionOf, trust, untrusted } from './roles.ts';

const account = '111122223333';
let gatehouse: TestGatehouse;
before(async () => { gatehouse = await startGatehouse({ seed: 'chains', accountId: account }); });
after(() => gatehouse.stop());

const tags = (given: Readonly<Record<string, string>>) => Object.entries(given).map(([Key, Value]) => ({ Key, Value }));
const badTags = (message: string) => ({ code: 'InvalidParameterValue', status: 400, message });
const conflict = badTags("One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.");

/** The value that a policy sees of a tag of the session: tried one by one. */
async function principalTag(key: KeyPair, name: string, role: string, values: readonly string[]): Promise<string | undefined> {
  for (const value of values) {
    await gatehouse.iam().send(new iamSdk.PutRolePolicyCommand({ RoleName: role, PolicyName: 'see', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [allow('iam:ListUsers', { Condition: { StringEquals: { [`aws:PrincipalTag/${name}`]: value } } })] }) }));
    if (await gatehouse.iam(key).send(new iamSdk.ListUsersCommand({})).then(() => true, () => false)) return value;
  }
  return undefined;
}

test('a passed tag wins over the role\'s own of that key, letter case apart', async () => {
  const RoleArn = await makeRole(gatehouse, 'tagged', { trust: [trust(account)], Tags: tags({ Team: 'of-role', stage: 'of-role' }) });
  const key = await sessionOf(gatehouse, RoleArn, { Tags: tags({ team: 'passed' }) });
  const values = ['of-role', 'passed'];
  for (const [name, value] of [['team', 'passed'], ['Team', 'passed'], ['TEAM', 'passed'], ['stage', 'of-role'], ['other', undefined]] as const) assert.equal(await principalTag(key, name, 'tagged', values), value, name);
});

test('tags that no session can have are refused, in AWS\'s words', async () => {
  const RoleArn = `arn:aws:iam::${account}:role/tagged`;
  await assertRefused(assume(gatehouse, RoleArn, { Tags: [{ Key: 'a', Value: '1' }, { Key: 'A', Value: '2' }] }), badTags('Duplicate tag keys found. Please note that Tag keys are case insensitive.'));
  await assertRefused(assume(gatehouse, RoleArn, { Tags: tags({ a: '1' }), TransitiveTagKeys: ['b'] }), badTags('The specified transitive tag key must be included in the requested tags.'));
  await assertRefused(assume(gatehouse, RoleArn, { TransitiveTagKeys: ['a'] }), badTags('The specified transitive tag key must be included in the requested tags.'));
  await assertRefused(assume(gatehouse, RoleArn, { Tags: tags({ 'aws:team': '1' }) }), badTags('aws: prefixed tag key names are not allowed for external use.'));
});

test('tags need sts:TagSession of the trust policy, which sees them as the request\'s', async () => {
  const alice = await makeUser(gatehouse, 'alice');
  const aliceArn = `arn:aws:iam::${account}:user/alice`;
  const RoleArn = await makeRole(gatehouse, 'picky', { trust: [
    trust(aliceArn, { Action: 'sts:AssumeRole' }),
    trust(aliceArn, { Action: 'sts:TagSession', Condition: { StringEquals: { 'aws:RequestTag/team': ['red', 'blue'] }, 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team', 'job'], 'sts:TransitiveTagKeys': ['team'] } } }),
  ] });
  await assume(gatehouse, RoleArn, {}, alice);
  await assume(gatehouse, RoleArn, { Tags: tags({ team: 'red', job: '1' }), TransitiveTagKeys: ['team'] }, alice);
  for (const input of [{ Tags: tags({ team: 'green' }) }, { Tags: tags({ job: '1' }) }, { Tags: tags({ team: 'red', other: '' }) }, { Tags: tags({ team: 'red', job: '1' }), TransitiveTagKeys: ['job'] }]) await assertRefused(assume(gatehouse, RoleArn, input, alice), untrusted(aliceArn, RoleArn, 'sts:TagSession'));
});

test('transitive tags go through a whole chain, others end with their session; an inherited one wins over a role\'s and cannot be passed again', async () => {
  const link = (name: string, Tags: readonly iamSdk.Tag[] = []) => makeRole(gatehouse, name, { trust: [trust(account)], policy: [allow('sts:*')], ...(Tags.length > 0 && { Tags: [...Tags] }) });
  const [first, second, third] = [await link('first'), await link('second', tags({ Team: 'of-role' })), await link('third', tags({ team: 'of-role', job: 'of-role' }))];
  const one = await sessionOf(gatehouse, first, { Tags: tags({ team: 'red', job: '1' }), TransitiveTagKeys: ['team'] });
  await assertRefused(assume(gatehouse, second, { Tags: tags({ team: 'blue' }) }, one), conflict);
  await assertRefused(assume(gatehouse, second, { Tags: tags({ TEAM: 'blue' }), TransitiveTagKeys: ['TEAM'] }, one), conflict);
  await assertRefused(assume(gatehouse, second, { TransitiveTagKeys: ['team'] }, one), badTags('The specified transitive tag key must be included in the requested tags.'));
  const two = await sessionOf(gatehouse, second, { Tags: tags({ step: '2' }), TransitiveTagKeys: ['step'] }, one);
  const three = await sessionOf(gatehouse, third, {}, two);
  const values = ['red', 'of-role', '1', '2'];
  for (const [key, role, name, value] of [[two, 'second', 'team', 'red'], [two, 'second', 'job', undefined], [three, 'third', 'Team', 'red'], [three, 'third', 'step', '2'], [three, 'third', 'job', 'of-role']] as const) {
    assert.equal(await principalTag(key, name, role, values), value, `${role} ${name}`);
  }
});

test('a trust policy sees an inherited value in the place of the role\'s own tag, and the keys that go on', async () => {
  const first = `arn:aws:iam::${account}:role/first`;
  const sessionArn = `arn:aws:sts::${account}:assumed-role/first/session`;
  const key = await sessionOf(gatehouse, first, { Tags: tags({ team: 'red' }), TransitiveTagKeys: ['team'] });
  const same = await makeRole(gatehouse, 'same-team', { trust: [trust(first, { Condition: { StringEquals: { 'aws:ResourceTag/team': 'red', 'aws:PrincipalTag/team': 'red' }, 'ForAnyValue:StringEquals': { 'sts:TransitiveTagKeys': 'team' } } })], Tags: tags({ team: 'blue' }) });
  await assume(gatehouse, same, {}, key);
  const other = await makeRole(gatehouse, 'own-team', { trust: [trust(first, { Condition: { StringEquals: { 'iam:ResourceTag/team': 'blue' } } })], Tags: tags({ team: 'blue' }) });
  await assertRefused(assume(gatehouse, other, {}, key), untrusted(sessionArn, other));
  await assume(gatehouse, other, {}, await sessionOf(gatehouse, first));
});

test('a source identity is set once, needs sts:SetSourceIdentity at every link, and never changes', async () => {
  const first = `arn:aws:iam::${account}:role/first`;
  const sessionArn = `arn:aws:sts::${account}:assumed-role/first/session`;
  const answer = await assume(gatehouse, first, { SourceIdentity: 'alice' });
  assert.equal(answer.SourceIdentity, 'alice');
  const key = await sessionOf(gatehouse, first, { SourceIdentity: 'alice' });
  const second = `arn:aws:iam::${account}:role/second`;
  assert.equal((await assume(gatehouse, second, {}, key)).SourceIdentity, 'alice', 'it goes on by itself');
  assert.equal((await assume(gatehouse, second, { SourceIdentity: 'alice' }, key)).SourceIdentity, 'alice');
  await assertRefused(assume(gatehouse, second, { SourceIdentity: 'bob' }, key), { code: 'ValidationError', status: 400, message: 'The source identity is already set for this assume role session' });
  await assertRefused(assume(gatehouse, second, { SourceIdentity: 'Alice' }, key), { code: 'ValidationError', status: 400, message: /already set/ });
  const deaf = await makeRole(gatehouse, 'deaf', { trust: [trust(account, { Action: ['sts:AssumeRole', 'sts:TagSession'] })] });
  await assertRefused(assume(gatehouse, deaf, {}, key), untrusted(sessionArn, deaf, 'sts:SetSourceIdentity'));
  await assume(gatehouse, deaf, {}, await sessionOf(gatehouse, first));
  const one = await makeRole(gatehouse, 'only-alice', { trust: [trust(account, { Condition: { StringEquals: { 'sts:SourceIdentity': 'alice' } } })] });
  await assume(gatehouse, one, {}, key);
  await assume(gatehouse, one, { SourceIdentity: 'alice' });
  await assertRefused(assume(gatehouse, one, { SourceIdentity: 'bob' }), untrusted(`arn:aws:iam::${account}:user/admin`, one));
  const two = await sessionOf(gatehouse, second, {}, key);
  await gatehouse.iam().send(new iamSdk.PutRolePolicyCommand({ RoleName: 'second', PolicyName: 'see', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [allow('iam:ListUsers', { Condition: { StringEquals: { 'aws:SourceIdentity': 'alice' } } })] }) }));
  await gatehouse.iam(two).send(new iamSdk.ListUsersCommand({}));
  const record = gatehouse.auditRecords.at(-1) as { readonly userIdentity: { readonly sessionContext: { readonly sourceIdentity: string } } };
  assert.equal(record.userIdentity.sessionContext.sourceIdentity, 'alice', 'and the audit record says it of each request');
});

test('a chain of any length is an hour at a time', async () => {
  const links = [`arn:aws:iam::${account}:role/first`, `arn:aws:iam::${account}:role/second`];
  for (const RoleName of ['first', 'second']) {
    await gatehouse.iam().send(new iamSdk.UpdateRoleCommand({ RoleName, MaxSessionDuration: 43_200 }));
    await gatehouse.iam().send(new iamSdk.PutRolePolicyCommand({ RoleName, PolicyName: 'p', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [allow('sts:*')] }) }));
  }
  let key = await sessionOf(gatehouse, links[0]!, { DurationSeconds: 43_200 });
  for (let i = 1; i < 6; i++) {
    await assertRefused(assume(gatehouse, links[i % 2]!, { DurationSeconds: 3_601 }, key), { code: 'ValidationError', status: 400, message: /1 hour session limit for roles assumed by role chaining/ });
    key = await sessionOf(gatehouse, links[i % 2]!, { DurationSeconds: 3_600 }, key);
  }
});
