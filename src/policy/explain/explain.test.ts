/** Tests of explain(): it agrees with decide() on generated policies, and says what a person needs to know on written ones. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compilePolicy } from '../compile.ts';
import { decide } from '../decide.ts';
import { explain } from './explain.ts';
import { explanationText } from './text.ts';
import type { Explanation, LayerExplanation } from './explanation.ts';
import type { AppliedPolicy, ContextValue, DecisionRequest, PolicyKind, PolicySet, Principal } from '../types.ts';

const account = '111122223333';
const alice: Principal = { kind: 'user', account, arn: `arn:aws:iam::${account}:user/alice`, principalArn: `arn:aws:iam::${account}:user/alice`, principalId: 'AIDAALICE' };
const session: Principal = { kind: 'role', account, arn: `arn:aws:sts::${account}:assumed-role/dev/s`, principalArn: `arn:aws:iam::${account}:role/dev`, principalId: 'AROADEV' };

function request(overrides: Partial<DecisionRequest> = {}, context: Readonly<Record<string, ContextValue>> = {}): DecisionRequest {
  const keys = new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), value]));
  return { action: 's3:GetObject', resource: 'arn:aws:s3:::logs/a', resourceAccount: account, principal: alice, context: { get: (key) => keys.get(key) }, ...overrides };
}

const text = (...statements: readonly object[]): string => JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2);
const policy = (kind: PolicyKind, name: string, document: string): AppliedPolicy => ({ compiled: compilePolicy(document, kind), arn: undefined, name });
const identity = (...statements: readonly object[]): AppliedPolicy => policy('identity', 'own', text(...statements));
const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::logs/*' };

const layerOf = ({ layers }: Explanation, layer: LayerExplanation['layer']): LayerExplanation => layers.find((one) => one.layer === layer)!;

// Few words, so that policies and requests meet often.
const actions = fc.constantFrom('s3:GetObject', 's3:Get*', 's3:PutObject', '*', 'iam:*', 'S3:getobject', 's3:?etObject');
const resources = fc.constantFrom('arn:aws:s3:::logs/a', 'arn:aws:s3:::logs/*', '*', 'arn:aws:s3:::${aws:username}/*', 'arn:aws:s3:::l?gs/${aws:PrincipalTag/x, \'a\'}', 'arn:aws:s3:*:*:logs*', 'nonsense');
const principals = fc.constantFrom<unknown>('*', { AWS: '*' }, { AWS: account }, { AWS: alice.arn }, { AWS: [session.principalArn, `arn:aws:iam::${account}:root`] }, { AWS: session.arn }, { Service: 'ec2.amazonaws.com' }, {});
const operators = fc.constantFrom('StringEquals', 'StringNotLike', 'StringLikeIfExists', 'ForAllValues:StringLike', 'ForAnyValue:StringNotEquals', 'Null', 'Bool', 'NumericLessThan', 'ArnLike', 'IpAddress', 'NoSuchOperator');
const keys = fc.constantFrom('aws:username', 'aws:PrincipalTag/x', 's3:prefix', 'aws:sourceip', 'aws:TagKeys');
const values = fc.oneof(fc.constantFrom('alice', 'a*', 'true', 'false', '10.0.0.0/8', '3', '${aws:username}', alice.arn), fc.boolean(), fc.integer({ min: 0, max: 5 }));
const listed = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<unknown> => fc.oneof(item, fc.array(item, { maxLength: 3 }));
const conditions = fc.dictionary(operators, fc.dictionary(keys, listed(values), { maxKeys: 2 }), { maxKeys: 2 });

const rarely = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: item });
const mostly = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(item, { nil: undefined, freq: 30 });

/** Statements of all kinds, some of them broken. */
const statements = fc.record({
  most: fc.record({
    Sid: rarely(fc.constantFrom('One', 'Two')), Effect: mostly(fc.constantFrom('Allow', 'Allow', 'Allow', 'Allow', 'Allow', 'Allow', 'Deny')),
    Action: mostly(fc.oneof(actions, listed(actions))), Resource: mostly(fc.oneof(resources, listed(resources))), Condition: rarely(conditions),
  }),
  NotAction: listed(actions), NotResource: listed(resources), Principal: mostly(principals), NotPrincipal: principals,
});

type Parts = typeof statements extends fc.Arbitrary<infer T> ? T : never;

/** Mostly whole statements of a kind; now and then with what does not belong there. */
function statement(kind: PolicyKind): fc.Arbitrary<object> {
  const isNaming = ['trust', 'resource', 'bucket', 'endpoint', 'rcp'].includes(kind);
  return fc.tuple(statements, fc.nat(19)).map(([parts, dice]) => assembled(parts, dice, isNaming));
}

function assembled({ most, NotAction, NotResource, Principal, NotPrincipal }: Parts, dice: number, isNaming: boolean): object {
  return {
    ...most,
    ...((isNaming || dice === 3) && { Principal }),
    ...(dice === 0 && { NotAction }),
    ...(dice === 1 && { NotAction, Action: undefined }),
    ...(dice === 2 && { NotResource, Resource: undefined }),
    ...(dice === 4 && { NotPrincipal, Principal: undefined }),
    ...(dice === 5 && { Surprise: 1 }),
    ...(dice === 6 && { Effect: 'allow' }),
  };
}

const documents = (kind: PolicyKind): fc.Arbitrary<AppliedPolicy> => fc.oneof(
  { weight: 20, arbitrary: fc.tuple(fc.constantFrom('2012-10-17', '2008-10-17'), fc.array(statement(kind), { maxLength: 3 })).map(([Version, Statement]) => policy(kind, 'generated', JSON.stringify({ Version, Statement }))) },
  { weight: 1, arbitrary: fc.constantFrom('{', '[]', '{"Statement":[1]}', '{"Statement":{},"Statement":{}}', '{"Version":"2012-10-17"}').map((document) => policy(kind, 'broken', document)) },
);
const organization = (kind: 'scp' | 'rcp') => fc.record({ managementAccount: fc.constantFrom(account, '999999999999'), levels: fc.array(fc.array(documents(kind), { maxLength: 2 }), { minLength: 1, maxLength: 2 }) });
const kinds: readonly Principal[] = [
  alice, session, { ...session, isServiceLinked: true }, { kind: 'root', account, arn: `arn:aws:iam::${account}:root`, principalArn: `arn:aws:iam::${account}:root`, principalId: account },
  { kind: 'federatedUser', account, arn: `arn:aws:sts::${account}:federated-user/bob`, principalArn: alice.principalArn, principalId: 'AIDAALICE' },
  { kind: 'service', service: 'ec2.amazonaws.com' }, { kind: 'webIdentity', federated: 'accounts.google.com' }, { kind: 'anonymous' },
];

const cases = fc.record({
  principal: fc.constantFrom(...kinds),
  resourceAccount: fc.constantFrom(account, account, '444455556666'),
  context: fc.dictionary(keys, fc.oneof(fc.constantFrom('alice', 'a', 'true', '10.1.2.3', '2', alice.arn), fc.array(fc.constantFrom('a', 'alice'), { maxLength: 2 })), { maxKeys: 4 }),
  policies: fc.record({
    identity: fc.array(documents('identity'), { maxLength: 2 }),
    boundary: fc.option(documents('boundary'), { nil: undefined }),
    session: fc.option(fc.array(documents('session'), { maxLength: 2 }), { nil: undefined }),
    resource: fc.option(fc.oneof(documents('resource'), documents('trust'), documents('bucket')), { nil: undefined }),
    isResourcePolicyRequired: fc.boolean(),
    scps: fc.option(organization('scp'), { nil: undefined, freq: 2 }),
    rcps: fc.option(organization('rcp'), { nil: undefined, freq: 1 }),
    endpoint: fc.option(documents('endpoint'), { nil: undefined, freq: 1 }),
  }),
});

test('explain and decide agree: the outcome, the layer and the statements that mattered', () => {
  const outcomes = { allowed: 0, explicitDeny: 0, implicitDeny: 0, budgetExceeded: 0 };
  fc.assert(fc.property(cases, ({ principal, resourceAccount, context, policies }) => {
    const asked = request({ principal, resourceAccount }, context);
    const decision = decide(asked, policies);
    outcomes[decision.outcome] += 1;
    const explanation = explain(asked, policies);
    const layers = explanation.layers.filter(({ layer }) => layer === decision.layer);
    assert.deepEqual([explanation.outcome, explanation.layer], [decision.outcome, decision.layer]);
    assert.equal(decision.outcome === 'explicitDeny', explanation.layers.some(({ verdict }) => verdict === 'denies'), 'a Deny matches exactly when the decision is an explicit denial');
    for (const { policy: decided, statement: { index, effect } } of decision.statements) {
      const found = layers.flatMap((layer) => layer.policies).some(({ name, unreadable, statements: explained }) => name === decided.name && (unreadable !== undefined || explained[index]?.matches === true && explained[index].effect === effect));
      assert.ok(found, `statement ${index} decided, and is explained as one that matches`);
    }
    if (decision.outcome === 'allowed' && decision.statements.length > 0) assert.ok(layers.some(({ verdict }) => verdict === 'allows'));
    if (decision.outcome === 'implicitDeny' && decision.layer !== 'resource' && decision.layer !== 'trust') assert.ok(layers.some(({ verdict }) => verdict === 'silent'), 'who did not allow is silent');
    assert.equal(explanation.remedy === undefined || decision.outcome !== 'allowed', true);
    assert.ok(explanationText(explanation).startsWith(decision.outcome === 'allowed' ? 'Allowed' : 'Denied'));
  }), { numRuns: 2500, seed: 20261124 });
  assert.ok(Math.min(outcomes.allowed, outcomes.explicitDeny, outcomes.implicitDeny) > 50, JSON.stringify(outcomes));
});

/** Names and values that have broken readers of JSON. */
const strange = fc.constantFrom('__proto__', 'constructor', 'toString', '', '\ud800', '\u0000', '${', '${}', '${*', '${a,}', "${aws:username, 'x", '*'.repeat(50), 'arn:::::', ':', '\\', '"', '\n');
const anything = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, strange, actions, resources, fc.integer(), fc.boolean(), fc.constant(null), fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(fc.oneof(strange, operators, keys, fc.constantFrom('AWS', 'Service')), tie('value'), { maxKeys: 3 })),
})).value;
const elementNames = fc.constantFrom('Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Principal', 'NotPrincipal', 'Condition', '__proto__');

test('whatever stands in a policy or a request, an explanation is made, and agrees', () => {
  const strangeStatement = fc.dictionary(elementNames, anything, { maxKeys: 6 });
  const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.record({ Version: fc.constantFrom('2012-10-17', '2008-10-17', 7), Statement: fc.oneof(anything, fc.array(strangeStatement, { maxLength: 3 })) }).map((document) => JSON.stringify(document)));
  const kind = fc.constantFrom<PolicyKind>('identity', 'boundary', 'session', 'trust', 'resource');
  fc.assert(fc.property(texts, kind, fc.constantFrom(...kinds), fc.oneof(strange, resources), fc.dictionary(keys, fc.oneof(strange, fc.array(strange, { maxLength: 2 }))), (document, of, principal, resource, context) => {
    const asked = request({ principal, resource }, context);
    const own = policy(of, 'strange', document);
    const policies: PolicySet = { identity: of === 'identity' ? [own] : [], ...(of === 'boundary' && { boundary: own }), ...(of === 'session' && { session: [own] }), ...((of === 'trust' || of === 'resource') && { resource: own }) };
    const explanation = explain(asked, policies);
    assert.equal(explanation.outcome, decide(asked, policies).outcome);
    assert.equal(explanation.outcome === 'explicitDeny', explanation.layers.some(({ verdict }) => verdict === 'denies'), document);
    assert.equal(typeof explanationText(explanation), 'string');
  }), { numRuns: 3_000, seed: 3 });
});

test('a remedy is what it says: applied to whole policies, it allows', () => {
  let remedies = 0;
  fc.assert(fc.property(cases, ({ principal, resourceAccount, context, policies: { identity: own } }) => {
    const asked = request({ principal, resourceAccount }, context);
    // Policies of 2008 know no escapes, and a trust policy no resource: nothing of that stands here.
    const { outcome, remedy } = explain(asked, { identity: own });
    if (outcome === 'allowed') return;
    remedies += 1;
    assert.ok(remedy, 'every denial has one');
    const removed = own.map(({ compiled }, at) => remedy.some((step) => step.step === 'remove' && step.policyIndex === at && step.statement === undefined) ? '{"Version":"2012-10-17","Statement":[]}' : without(compiled.text, remedy.flatMap((step) => (step.step === 'remove' && step.policyIndex === at && step.statement !== undefined ? [step.statement] : []))));
    const added = (kind: 'identity' | 'resource' | 'session'): readonly object[] => remedy.flatMap((step) => (step.step === 'add' && (step.layer === kind) ? [step.statement] : []));
    const applied: PolicySet = {
      identity: [...removed.map((document) => policy('identity', 'own', document)), ...added('identity').map((one) => policy('identity', 'new', text(one)))],
      ...(added('resource').length > 0 && { resource: policy('resource', 'new', text(...added('resource'))) }),
      ...(added('session').length > 0 && { session: [policy('session', 'new', text(...added('session')))] }),
    };
    assert.equal(decide(asked, applied).outcome, 'allowed');
    assert.notEqual(decide({ ...asked, resource: `${asked.resource}/other` }, { ...applied, identity: added('identity').map((one) => policy('identity', 'new', text(one))) }).outcome, principal.kind === 'root' ? '' : 'allowed');
  }), { numRuns: 400, seed: 7 });
  assert.ok(remedies > 100, `${remedies} denials were looked at`);
});

function without(document: string, indexes: readonly number[]): string {
  if (indexes.length === 0) return document;
  const parsed = JSON.parse(document) as { Statement: readonly object[] };
  return JSON.stringify({ ...parsed, Statement: parsed.Statement.filter((_, index) => !indexes.includes(index)) });
}

test('a near miss is shown with the place where pattern and resource part', () => {
  const explanation = explain(request({ resource: 'arn:aws:s3:::logs-2/a' }), { identity: [identity(allow)] });
  const [statement] = layerOf(explanation, 'identity').policies[0]!.statements;
  assert.deepEqual([statement!.isNearMiss, statement!.misses], [true, ['resource']]);
  assert.deepEqual(statement!.span, { start: { line: 4, column: 5 }, end: { line: 8, column: 6 } });
  assert.deepEqual(statement!.elements.find(({ element }) => element === 'Resource')!.difference, { pattern: 'arn:aws:s3:::logs/*', resolved: 'arn:aws:s3:::logs/*', patternOffset: 17, textOffset: 17, position: { line: 7, column: 20 }, unresolved: [], isVariableText: false });
  assert.match(explanationText(explanation), /asked arn:aws:s3:::logs-2\/a\n {42}\^ differs here: `\/` is wanted/);
});

test('of a policy with many statements those about other services are explained by their action alone, and the verdict is the same', () => {
  const many = Array.from({ length: 30 }, (_, i) => ({ Effect: i === 7 ? 'Deny' : 'Allow', Action: i % 10 === 7 ? 's3:*' : `svc${i}:*`, Resource: i % 10 === 7 ? 'arn:aws:s3:::logs/*' : '*', Condition: { Null: { 'aws:x': 'true' } } }));
  const explanation = explain(request(), { identity: [identity(...many)] });
  const { statements: explained } = layerOf(explanation, 'identity').policies[0]!;
  assert.deepEqual([explanation.outcome, explained.filter(({ matches }) => matches).map(({ index }) => index)], ['explicitDeny', [7, 17, 27]]);
  assert.deepEqual([explained[7]!.elements.length, explained[7]!.conditions.length, explained[8]!.elements.length, explained[8]!.misses], [2, 1, 1, ['action']]);
  assert.match(explanationText(explanation), /27 other statements do not match/);
});

test('a condition is shown with what was wanted and what the request had, and a key that is missing as missing', () => {
  const conditional = { ...allow, Condition: { StringEquals: { 'aws:PrincipalTag/team': ['red', 'blue'], 'aws:username': '${aws:username}' } } };
  const explanation = explain(request({}, { 'aws:username': 'alice' }), { identity: [identity(conditional)] });
  assert.deepEqual(layerOf(explanation, 'identity').policies[0]!.statements[0]!.conditions.map(({ key, wanted, seen, matches, variables }) => ({ key, wanted, seen, matches, variables })), [
    { key: 'aws:PrincipalTag/team', wanted: ['red', 'blue'], seen: undefined, matches: false, variables: {} },
    { key: 'aws:username', wanted: ['${aws:username}'], seen: 'alice', matches: true, variables: { 'aws:username': 'alice' } },
  ]);
  assert.match(explanationText(explanation), /StringEquals aws:PrincipalTag\/team: does not hold: wanted "red" or "blue"; the key is not in the request/);
});

test('where a Deny stands in the way, the remedy says which statement must go, and what is then still missing', () => {
  const deny = { Sid: 'NoLogs', Effect: 'Deny', Action: '*', Resource: 'arn:aws:s3:::logs/*' };
  const { remedy } = explain(request(), { identity: [identity({ ...allow, Action: 's3:PutObject' }, deny)], boundary: policy('boundary', 'limit', text()) });
  assert.deepEqual(remedy, [
    { step: 'remove', layer: 'identity', level: undefined, policy: 'own', policyIndex: 0, statement: 1, sid: 'NoLogs' },
    { step: 'add', layer: 'identity', level: undefined, policy: 'own', statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::logs/a' } },
    { step: 'add', layer: 'boundary', level: undefined, policy: 'limit', statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::logs/a' } },
  ]);
});

test('a suggested resource is the resource and nothing more, also where its name holds wildcards', () => {
  const asked = request({ resource: 'arn:aws:s3:::logs/*?${x}' });
  const { remedy } = explain(asked, { identity: [] });
  assert.deepEqual(remedy?.map((step) => step.step === 'add' && step.statement['Resource']), ['arn:aws:s3:::logs/${*}${?}${$}{x}']);
});

test('nobody is told to change a policy of AWS', () => {
  const { remedy } = explain(request(), { identity: [{ ...identity(), arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }] });
  assert.deepEqual(remedy?.map((step) => step.policy), [undefined]);
});

test('a role is explained by its trust policy, and who it names is suggested', () => {
  const asked = request({ action: 'sts:AssumeRole', resource: `arn:aws:iam::${account}:role/dev` });
  const explanation = explain(asked, { identity: [], isResourcePolicyRequired: true, resource: policy('trust', 'trust', text({ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'sts:AssumeRole' })) });
  assert.equal(layerOf(explanation, 'trust').policies[0]!.statements[0]!.elements[0]!.naming, 'delegated');
  assert.deepEqual([explanation.outcome, explanation.layer], ['implicitDeny', 'identity']);
  assert.match(explanationText(explanation), /names the account: the caller's own policies must allow too/);
  const nobody = explain(asked, { identity: [], isResourcePolicyRequired: true });
  assert.deepEqual(nobody.remedy?.[0], { step: 'add', layer: 'trust', level: undefined, policy: undefined, statement: { Effect: 'Allow', Principal: { AWS: alice.arn }, Action: 'sts:AssumeRole' } });
});

test('what cannot be understood is said to be so: such an Allow never counts, such a Deny denies', () => {
  const explanation = explain(request(), { identity: [identity({ ...allow, Condition: { StringSame: { 'aws:username': 'alice' } } })] });
  const [statement] = layerOf(explanation, 'identity').policies[0]!.statements;
  assert.deepEqual([statement!.matches, statement!.isNearMiss, statement!.problems], [false, false, ['the condition `StringSame` on `aws:username` means nothing']]);
  const unreadable = explain(request(), { identity: [policy('identity', 'torn', '{"Version":')] });
  assert.equal(unreadable.outcome, 'explicitDeny');
  assert.match(explanationText(unreadable), /cannot be read, so it denies everything: a value is expected \(line 1, column 12\)/);
});

/** The text of an explanation, as its reader sees it. */
const told = (asked: DecisionRequest, policies: PolicySet): string => explanationText(explain(asked, policies));
const statementOf = (explanation: Explanation): object | undefined => explanation.remedy?.flatMap((step) => (step.step === 'add' ? [step.statement] : []))[0];

test('where only a condition differs, the change asks for what this request has, and another request is told', () => {
  const trust = { isResourcePolicyRequired: true, resource: policy('trust', 'trust', text({ Sid: 'Vendor', Effect: 'Allow', Principal: { AWS: account }, Action: 'sts:AssumeRole', Condition: { StringEquals: { 'sts:ExternalId': 'right' } } })), identity: [identity({ Effect: 'Allow', Action: 'sts:*', Resource: '*' })] };
  const asked = request({ action: 'sts:AssumeRole', resource: `arn:aws:iam::${account}:role/vendor` }, { 'sts:ExternalId': 'wrong${' });
  assert.deepEqual(statementOf(explain(asked, trust)), { Effect: 'Allow', Principal: { AWS: alice.arn }, Action: 'sts:AssumeRole', Condition: { StringEquals: { 'sts:ExternalId': 'wrong${$}{' } } });
  assert.match(told(asked, trust), /Or, with the policies as they are, a request that meets the conditions:\n {2}statement 1 "Vendor" of trust wants\n {4}sts:ExternalId to be "right" \(StringEquals\)\n/);
  // What the request does not have cannot be asked for.
  assert.deepEqual(statementOf(explain(request({ action: 'sts:AssumeRole', resource: `arn:aws:iam::${account}:role/vendor` }), trust)), { Effect: 'Allow', Principal: { AWS: alice.arn }, Action: 'sts:AssumeRole' });
});

test('a variable of the caller reads as its value, and a negated operator as what it asks for', () => {
  const own = identity({ ...allow, Condition: { StringEquals: { 's3:ExistingObjectTag/team': '${aws:PrincipalTag/team}' }, StringNotEquals: { 'aws:RequestedRegion': 'us-east-1' }, Null: { 'aws:TokenIssueTime': 'false' } } });
  const said = told(request({}, { 's3:ExistingObjectTag/team': 'blue', 'aws:PrincipalTag/team': 'red', 'aws:RequestedRegion': 'us-east-1' }), { identity: [own] });
  assert.match(said, /aws:RequestedRegion: does not hold: wanted other than "us-east-1"; the request has "us-east-1"/);
  assert.match(said, / {4}s3:ExistingObjectTag\/team to be "red" \(StringEquals\)\n {4}aws:RequestedRegion to be other than "us-east-1" \(StringNotEquals\)\n {4}aws:TokenIssueTime to be there \(Null\)\n/);
});

test('why an absent key meets a Deny, what a Not form takes in, and whom NotPrincipal leaves out', () => {
  const own = [identity(allow), identity({ Sid: 'NoMfa', Effect: 'Deny', NotAction: ['iam:*', 'sts:*'], Resource: '*', Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } })];
  const said = told(request(), { identity: own });
  assert.match(said, /NotAction {4}matches: s3:GetObject is not iam:\* or sts:\*\n/);
  assert.match(said, /BoolIfExists aws:MultiFactorAuthPresent: holds: wanted "false"; the key is not in the request, which …IfExists takes for met/);
  const bucket = policy('bucket', 'bucket', text({ Effect: 'Deny', NotPrincipal: { AWS: session.principalArn }, Action: 's3:*', Resource: '*' }));
  assert.match(told(request({ principal: session }), { identity: own, resource: bucket }), /NotPrincipal takes the caller in: it leaves out only whom it names as arn:aws:sts::111122223333:assumed-role\/dev\/s, and as arn:aws:iam::111122223333:role\/dev, and as arn:aws:iam::111122223333:root\n/);
  assert.match(told(request({ principal: session }), { identity: own, resource: bucket, boundary: policy('boundary', 'limit', text(allow)) }), /NotPrincipal takes in everyone who has a permissions boundary\n/);
});

test('an old policy, another account and callers without policies of their own are told so', () => {
  const old = policy('identity', 'old', JSON.stringify({ Version: '2008-10-17', Statement: [{ ...allow, Resource: 'arn:aws:s3:::logs/${aws:username}' }] }));
  assert.match(told(request(), { identity: [old] }), /\$\{…\} is a variable only in a policy that says "Version": "2012-10-17"; here it is text\n/);
  assert.match(told(request({ resourceAccount: '444455556666' }), { identity: [identity(allow)] }), /of the account 444455556666, and the caller is of 111122223333: the policies of both sides must allow\n/);
  assert.doesNotMatch(told(request({ principal: { kind: 'service', service: 'ec2.amazonaws.com' } }), { identity: [] }), /Identity-based/);
});
