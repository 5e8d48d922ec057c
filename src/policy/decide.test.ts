/** Who gets what from which policies: each row of AWS's evaluation logic as a decision. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compilePolicy } from './compile.ts';
import { decide } from './decide.ts';
import type { AccountPrincipal, AppliedPolicy, AppliedResourcePolicy, Decision, OrganizationPolicies, PolicyKind, PolicySet, Principal } from './types.ts';

const account = '111122223333';
const elsewhere = '444455556666';
const bucket = 'arn:aws:s3:::b';

const policy = (kind: PolicyKind, ...statements: readonly object[]): AppliedPolicy => ({ compiled: compilePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }), kind), arn: undefined, name: kind });
const allow = { Effect: 'Allow', Action: 's3:*', Resource: '*' };
const deny = { ...allow, Effect: 'Deny' };
const to = (Principal: unknown, statement: object = allow): object => ({ ...statement, Principal });
const allowing = (kind: PolicyKind): AppliedPolicy => policy(kind, allow);
const silent = (kind: PolicyKind): AppliedPolicy => policy(kind);

const user: AccountPrincipal = { kind: 'user', account, arn: `arn:aws:iam::${account}:user/ann`, principalArn: `arn:aws:iam::${account}:user/ann`, principalId: 'AIDAANN' };
const role: AccountPrincipal = { kind: 'role', account, arn: `arn:aws:sts::${account}:assumed-role/r/s`, principalArn: `arn:aws:iam::${account}:role/r`, principalId: 'AROAR' };
const federated: AccountPrincipal = { kind: 'federatedUser', account, arn: `arn:aws:sts::${account}:federated-user/f`, principalArn: user.arn, principalId: user.principalId };
const root: AccountPrincipal = { kind: 'root', account, arn: `arn:aws:iam::${account}:root`, principalArn: `arn:aws:iam::${account}:root`, principalId: account };
const service: Principal = { kind: 'service', service: 'ec2.amazonaws.com' };
const anonymous: Principal = { kind: 'anonymous' };

function ask(principal: Principal, policies: Partial<PolicySet>, more: { readonly resourceAccount?: string; readonly context?: ReadonlyMap<string, string> } = {}): Decision {
  const { resourceAccount = account, context = new Map<string, string>() } = more;
  return decide({ action: 's3:GetObject', resource: bucket, resourceAccount, principal, context }, { identity: [], ...policies });
}

const said = ({ outcome, layer }: Decision): string => (layer === undefined ? outcome : `${outcome} ${layer}`);
const answers = (...args: Parameters<typeof ask>): string => said(ask(...args));

test('nothing is allowed without an Allow, and a Deny in any policy wins over every Allow', () => {
  assert.equal(answers(user, {}), 'implicitDeny identity');
  assert.equal(answers(user, { identity: [allowing('identity')] }), 'allowed identity');
  const all: Partial<PolicySet> = {
    identity: [allowing('identity')], boundary: allowing('boundary'), session: [allowing('session')], resource: policy('bucket', to('*')), endpoint: policy('endpoint', to('*')),
    scps: { managementAccount: elsewhere, levels: [[allowing('scp')]] }, rcps: { managementAccount: elsewhere, levels: [[policy('rcp', to('*'))]] },
  };
  assert.equal(answers(user, all), 'allowed resource');
  assert.equal(answers(user, { ...all, identity: [allowing('identity'), policy('identity', deny)] }), 'explicitDeny identity');
  assert.equal(answers(user, { ...all, boundary: policy('boundary', allow, deny) }), 'explicitDeny boundary');
  assert.equal(answers(user, { ...all, session: [policy('session', allow, deny)] }), 'explicitDeny session');
  assert.equal(answers(user, { ...all, resource: policy('bucket', to('*'), to('*', deny)) }), 'explicitDeny resource');
  assert.equal(answers(user, { ...all, endpoint: policy('endpoint', to('*'), to('*', deny)) }), 'explicitDeny endpoint');
  assert.equal(answers(user, { ...all, scps: { managementAccount: elsewhere, levels: [[allowing('scp')], [policy('scp', allow, deny)]] } }), 'explicitDeny scp');
  assert.equal(answers(user, { ...all, rcps: { managementAccount: elsewhere, levels: [[policy('rcp', to('*'), to('*', deny))]] } }), 'explicitDeny rcp');
});

test('a decision names the statement that decided, and the policy it stands in', () => {
  const managed: AppliedPolicy = { ...policy('identity', { ...allow, Action: 'ec2:*' }, { ...deny, Sid: 'No' }), arn: `arn:aws:iam::${account}:policy/p`, name: 'p' };
  const { statements } = ask(user, { identity: [allowing('identity'), managed] });
  assert.deepEqual(statements.map(({ policy, statement: { index, sid, effect } }) => [policy.arn, index, sid, effect]), [[managed.arn, 1, 'No', 'Deny']]);
});

// Source: "Policy evaluation logic", "Evaluating identity-based policies with resource-based policies" (IAM User Guide).
for (const [requester, principal, named, identity, boundary, session] of [
  ['an IAM user', user, user.arn, 'ignored', 'ignored', undefined],
  ['an IAM user', user, 'AIDAANN', 'ignored', 'ignored', undefined],
  ['an IAM user', user, account, 'needed', 'needed', undefined],
  ['an IAM user', user, root.arn, 'needed', 'needed', undefined],
  ['a role session', role, role.principalArn, 'ignored', 'needed', 'needed'],
  ['a role session', role, 'AROAR', 'ignored', 'needed', 'needed'],
  ['a role session', role, role.arn, 'ignored', 'ignored', 'ignored'],
  ['a role session', role, account, 'needed', 'needed', 'needed'],
  ['a role session', role, '*', 'ignored', 'ignored', 'ignored'],
  ['a federated user', federated, federated.arn, 'ignored', 'ignored', 'ignored'],
  ['a federated user', federated, user.arn, 'ignored', 'needed', 'needed'],
] as const) {
  test(`${requester} that the resource's policy names as ${named}: identity policies are ${identity}, a boundary ${boundary}, a session policy ${session ?? 'not there'}`, () => {
    const resource = policy('bucket', to({ AWS: named }));
    const full: Partial<PolicySet> = { resource, identity: [allowing('identity')], boundary: allowing('boundary'), ...(session && { session: [allowing('session')] }) };
    assert.equal(ask(principal, full).outcome, 'allowed');
    assert.equal(answers(principal, { ...full, identity: [] }), identity === 'needed' ? 'implicitDeny identity' : 'allowed resource');
    assert.equal(ask(principal, { ...full, boundary: silent('boundary') }).outcome, boundary === 'needed' ? 'implicitDeny' : 'allowed');
    if (session) assert.equal(ask(principal, { ...full, session: [] }).outcome, session === 'needed' ? 'implicitDeny' : 'allowed');
  });
}

test('from another account both sides must allow, however closely the resource\'s policy names the caller', () => {
  const resource = policy('bucket', to({ AWS: user.arn }));
  const across = { resourceAccount: elsewhere };
  assert.equal(answers(user, { resource }, across), 'implicitDeny identity');
  assert.equal(answers(user, { identity: [allowing('identity')] }, across), 'implicitDeny resource');
  assert.equal(answers(user, { resource, identity: [allowing('identity')] }, across), 'allowed identity');
  assert.equal(answers(user, { resource, identity: [allowing('identity')], boundary: silent('boundary') }, across), 'implicitDeny boundary');
  assert.equal(answers(root, { resource: policy('bucket', to({ AWS: account })) }, across), 'allowed resource');
});

test('trust and key policies must themselves allow, or hand the decision to the account', () => {
  const required = { isResourcePolicyRequired: true, identity: [allowing('identity')] };
  assert.equal(answers(user, { ...required, resource: silent('trust') }), 'implicitDeny trust');
  assert.equal(answers(root, { ...required, resource: silent('resource') }), 'implicitDeny resource');
  const trust = { Effect: 'Allow', Action: 's3:*' };
  assert.equal(answers(user, { ...required, resource: policy('trust', to({ AWS: account }, trust)) }), 'allowed identity');
  assert.equal(answers(user, { ...required, identity: [], resource: policy('trust', to({ AWS: account }, trust)) }), 'implicitDeny identity');
  assert.equal(answers(user, { ...required, identity: [], resource: policy('trust', to({ AWS: user.arn }, trust)) }), 'allowed trust');
});

test('root needs no policy in its own account, and is still bound by denials, by SCPs and by what limits its session', () => {
  assert.equal(answers(root, {}), 'allowed identity');
  assert.equal(answers(root, { resource: policy('bucket', to('*', deny)) }), 'explicitDeny resource');
  assert.equal(answers(root, { scps: { managementAccount: elsewhere, levels: [[silent('scp')]] } }), 'implicitDeny scp');
  assert.equal(answers(root, { session: [] }), 'implicitDeny session');
});

test('a federated user has what both its user and its session policies allow; one that root federates, what its session policies allow', () => {
  assert.equal(answers(federated, { identity: [allowing('identity')], session: [] }), 'implicitDeny session');
  assert.equal(answers(federated, { identity: [allowing('identity')], session: [allowing('session')] }), 'allowed identity');
  assert.equal(answers(federated, { session: [allowing('session')] }), 'implicitDeny identity');
  assert.equal(answers({ ...federated, principalArn: root.arn, principalId: account }, { session: [allowing('session')] }), 'allowed identity');
});

test('who has no account has only what a resource\'s policy gives', () => {
  const resource = policy('bucket', to({ Service: 'ec2.amazonaws.com' }), to({ Federated: 'accounts.google.com' }));
  assert.equal(answers(service, { resource }), 'allowed resource');
  assert.equal(answers({ kind: 'service', service: 'lambda.amazonaws.com' }, { resource }), 'implicitDeny resource');
  assert.equal(answers({ kind: 'webIdentity', federated: 'accounts.google.com' }, { resource }), 'allowed resource');
  assert.equal(answers({ kind: 'saml', federated: `arn:aws:iam::${account}:saml-provider/idp` }, { resource }), 'implicitDeny resource');
  assert.equal(answers(anonymous, { resource }), 'implicitDeny resource');
  assert.equal(answers(anonymous, { resource: policy('bucket', to('*')) }), 'allowed resource');
  assert.equal(answers(anonymous, {}), 'implicitDeny resource');
});

test('each level of an organization must allow; its management account and service-linked roles are not bound', () => {
  const levels = (...allows: readonly boolean[]): OrganizationPolicies => ({ managementAccount: elsewhere, levels: allows.map((is) => [is ? allowing('scp') : silent('scp')]) });
  const identity = [allowing('identity')];
  assert.equal(answers(user, { identity, scps: levels(true, true, true) }), 'allowed identity');
  assert.equal(answers(user, { identity, scps: levels(true, false, true) }), 'implicitDeny scp');
  assert.equal(answers(user, { identity, scps: { ...levels(false), managementAccount: account } }), 'allowed identity');
  const linked = { ...role, isServiceLinked: true };
  const rcps = { managementAccount: elsewhere, levels: [[policy('rcp', to('*', deny))]] };
  assert.equal(answers(role, { identity, rcps }), 'explicitDeny rcp');
  assert.equal(answers(linked, { identity, scps: levels(false), rcps }), 'allowed identity');
  assert.equal(answers(user, { identity, rcps: { ...rcps, managementAccount: account } }), 'allowed identity');
  // RCPs bind callers from outside too, SCPs only those of the account.
  assert.equal(answers(anonymous, { resource: policy('bucket', to('*')), rcps }), 'explicitDeny rcp');
  assert.equal(answers(anonymous, { resource: policy('bucket', to('*')), scps: levels(false) }), 'allowed resource');
});

test('a request that came through a VPC endpoint needs the endpoint\'s policy too', () => {
  assert.equal(answers(user, { identity: [allowing('identity')], endpoint: silent('endpoint') }), 'implicitDeny endpoint');
  assert.equal(answers(anonymous, { resource: policy('bucket', to('*')), endpoint: policy('endpoint', to({ AWS: account })) }), 'implicitDeny endpoint');
});

test('a user that was renamed is still whom a policy was saved for, and a new one of its name is not', () => {
  const saved: AppliedResourcePolicy = { ...policy('trust', to({ AWS: user.arn }, { Effect: 'Allow', Action: 's3:*' })), principalIds: { [user.arn]: 'AIDAANN' } };
  const renamed = { ...user, arn: `arn:aws:iam::${account}:user/anna`, principalArn: `arn:aws:iam::${account}:user/anna` };
  assert.equal(answers(renamed, { resource: saved, isResourcePolicyRequired: true }), 'allowed trust');
  assert.equal(answers({ ...user, principalId: 'AIDANEW' }, { resource: saved, isResourcePolicyRequired: true }), 'implicitDeny trust');
});

test('NotPrincipal lets off only who is named in every form, and nobody that has a boundary', () => {
  const others = (...aws: readonly string[]): PolicySet => ({ identity: [allowing('identity')], resource: policy('bucket', { ...deny, NotPrincipal: { AWS: aws } }) });
  assert.equal(answers(user, others(user.arn, account)), 'allowed identity');
  assert.equal(answers(user, others(user.arn)), 'explicitDeny resource');
  assert.equal(answers(role, others(account, role.principalArn)), 'explicitDeny resource');
  assert.equal(answers(role, others(account, role.principalArn, role.arn)), 'allowed identity');
  assert.equal(answers(user, { ...others(user.arn, account), boundary: allowing('boundary') }), 'explicitDeny resource');
  assert.equal(answers(root, others(account)), 'allowed identity');
});

test('what is not understood cannot allow, and narrows no Deny', () => {
  const odd = [{ Condition: { Bogus: { k: 'v' } } }, { Condition: { NumericEquals: { k: 'one' } } }, { Condition: { StringEquals: { k: null } } }, { Condition: 7 }, { Surprise: true }, { Resource: [bucket, 7] }, { Action: [7] }];
  for (const element of odd) {
    assert.equal(answers(user, { identity: [policy('identity', { ...allow, ...element })] }), 'implicitDeny identity', JSON.stringify(element));
    assert.equal(answers(user, { identity: [allowing('identity'), policy('identity', { ...deny, ...element })] }), 'explicitDeny identity', JSON.stringify(element));
  }
  for (const Principal of ['everyone', { AWS: [7] }, { Alien: '*' }]) assert.equal(answers(root, { resource: policy('bucket', to(Principal, deny)) }), 'explicitDeny resource', JSON.stringify(Principal));
  for (const text of ['', '{', '[]', '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}],"Statement":[]}']) {
    const broken = { ...silent('identity'), compiled: compilePolicy(text, 'identity') };
    assert.notEqual(ask(user, { identity: [broken] }).outcome, 'allowed', text);
  }
});

test('a decision that takes too much work is a denial that says so', () => {
  const values = Array.from({ length: 10_000 }, () => 'a'.repeat(2_048));
  const patterns = Array.from({ length: 60 }, (_, i) => `*${'a?'.repeat(500)}b${i}*`);
  const greedy = policy('identity', { ...allow, Condition: { 'ForAnyValue:StringLike': { 'x:values': patterns } } });
  const decision = decide({ action: 's3:GetObject', resource: bucket, resourceAccount: account, principal: user, context: { get: () => values } }, { identity: [greedy] });
  assert.deepEqual(decision, { outcome: 'budgetExceeded', statements: [] });
});
