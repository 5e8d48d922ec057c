/** Policies and requests made to hurt: nothing throws, nothing goes beyond its budget, and what is not understood never allows. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compilePolicy } from '../../src/policy/compile.ts';
import { validatePolicy } from '../../src/policy/validate/validate.ts';
import type { PolicyKind } from '../../src/policy/types.ts';
import { reference } from './reference-evaluator.ts';
import { engine, type Answer, type WrittenPolicies, type WrittenPolicy, type WrittenRequest } from './written-policies.ts';

const kinds: readonly PolicyKind[] = ['identity', 'boundary', 'session', 'trust', 'resource', 'bucket', 'endpoint', 'scp', 'rcp'];

const account = '111122223333';
const arn = `arn:aws:iam::${account}:user/alice`;
const request = (more: Partial<WrittenRequest> = {}): WrittenRequest => ({
  action: 's3:GetObject', resource: 'arn:aws:s3:::b/k', resourceAccount: account, principal: { kind: 'user', account, arn, principalArn: arn, principalId: 'AIDAALICE' }, context: {}, ...more,
});
const policy = (...Statement: readonly object[]): WrittenPolicy => ({ Version: '2012-10-17', Statement });
const ask = (policies: WrittenPolicies, more: Partial<WrittenRequest> = {}): Answer['outcome'] => engine(policies)(request(more)).outcome;

/** As long as AWS lets a managed policy and an ARN be. */
const policyLengthMax = 6_144;
const arnLengthMax = 2_048;

test('a policy full of wildcards against the longest ARN is decided within its budget, rightly', () => {
  const room = policyLengthMax - 200;
  const patterns: readonly (readonly [pattern: string, matches: boolean])[] = [
    ['*a'.repeat(room / 2), false],
    [`${'*a'.repeat(1_000)}*`, true],
    [`${'*a'.repeat(1_000)}b`, false],
    [`${'*a?'.repeat(500)}c`, false],
    [`${'?'.repeat(room)}*`, false],
    ['*'.repeat(room), true],
    [`${'*aaaaaaaaaaaaaaaaaaaaaaaaaaaaaab'.repeat(150)}`, false],
    [`${'*?'.repeat(1_000)}`, true],
  ];
  const name = 'a'.repeat(arnLengthMax - 'arn:aws:s3:::'.length);
  for (const [pattern, matches] of patterns) {
    const Resource = `arn:aws:s3:::${pattern}`;
    assert.equal(ask({ identity: [policy({ Effect: 'Allow', Action: '*', Resource })] }, { resource: `arn:aws:s3:::${name}` }), matches ? 'allowed' : 'implicitDeny', pattern.slice(0, 40));
    assert.equal(ask({ identity: [policy({ Effect: 'Allow', Action: '*', Resource: '*', Condition: { StringLike: { 'aws:PrincipalTag/t': pattern } } })] }, { context: { 'aws:PrincipalTag/t': name } }), matches ? 'allowed' : 'implicitDeny', pattern.slice(0, 40));
  }
});

test('an action full of wildcards is decided within its budget', () => {
  const action = `s3:${'a'.repeat(1_000)}`;
  assert.equal(ask({ identity: [policy({ Effect: 'Allow', Action: `s3:${'*a'.repeat(2_000)}b`, Resource: '*' })] }, { action }), 'implicitDeny');
  assert.equal(ask({ identity: [policy({ Effect: 'Allow', Action: `s3:${'*a'.repeat(900)}*`, Resource: '*' })] }, { action }), 'allowed');
});

test('ten thousand values of a key are looked at, each', () => {
  const values = Array.from({ length: 10_000 }, (_, i) => `value-${i}`);
  const withCondition = (Condition: object): WrittenPolicies => ({ identity: [policy({ Effect: 'Allow', Action: '*', Resource: '*', Condition })] });
  const context = { 'aws:TagKeys': values };
  assert.equal(ask(withCondition({ 'ForAllValues:StringLike': { 'aws:TagKeys': ['x*', 'value-*'] } }), { context }), 'allowed');
  assert.equal(ask(withCondition({ 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'value-9999' } }), { context }), 'allowed');
  assert.equal(ask(withCondition({ 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'value-10000' } }), { context }), 'implicitDeny');
});

test('a decision that takes more work than it may denies, and says so', () => {
  const values = Array.from({ length: 10_000 }, (_, i) => `${'a'.repeat(200)}${i}`);
  const operands = Array.from({ length: 600 }, (_, i) => `*a*b*${i}`);
  const identity = [policy({ Effect: 'Allow', Action: '*', Resource: '*' }), policy({ Effect: 'Deny', Action: '*', Resource: '*', Condition: { 'ForAnyValue:StringLike': { 'aws:TagKeys': operands } } })];
  assert.deepEqual(engine({ identity })(request({ context: { 'aws:TagKeys': values } })), { outcome: 'budgetExceeded', layer: undefined, by: undefined });
});

const texts: readonly string[] = [
  '', ' ', '\u0000', '\ufeff{}', '{}', '[]', 'null', '0', '"x"', '{', '{"Statement":', '{"Version":"2012-10-17","Statement":[}', '[['.repeat(40_000), '{"Statement":'.repeat(5_000), '"'.repeat(131_072), 'x'.repeat(131_073),
  '{"Version":"2012-10-17","Version":"2012-10-17","Statement":[]}',
  '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","\\u0045ffect":"Allow","Action":"*","Resource":"*"}]}',
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"k":"a","\\u006b":"b"}}}]}',
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"k":"\\ud800"}}}}',
  '{"__proto__":{"Statement":[]},"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
  '{"Version":"2012-10-17","Statement":[{"__proto__":1,"Effect":"Allow","Action":"*","Resource":"*"}]}',
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"__proto__":{"k":"a"},"constructor":{"k":"a"}}}]}',
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"hasOwnProperty":{"k":"a"}}}]}',
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"NumericEquals":{"k":1e999}}}]}',
  `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"NumericEquals":{"k":${'9'.repeat(5_000)}}}}]}`,
  `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"IpAddress":{"k":"${'1'.repeat(5_000)}"}}}]}`,
  `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"DateEquals":{"k":"${'1'.repeat(5_000)}"}}}]}`,
];

test('whatever the text, nothing throws, validation refuses it, and it allows nothing', () => {
  for (const text of texts) {
    for (const kind of kinds) {
      assert.doesNotThrow(() => compilePolicy(text, kind));
      assert.ok(validatePolicy(text, kind).length > 0, `${kind}: ${text.slice(0, 120)} is accepted`);
    }
    const context = { k: 'a' };
    assert.notEqual(ask({ identity: [text] }, { context }), 'allowed', text.slice(0, 120));
    assert.notEqual(ask({ identity: [], resource: { kind: 'bucket', document: text } }, { context }), 'allowed', text.slice(0, 120));
  }
});

test('names that objects of JavaScript inherit are neither keys of the context, nor saved ids, nor operators', () => {
  for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
    assert.equal(ask({ identity: [policy({ Effect: 'Allow', Action: '*', Resource: '*', Condition: { Null: { [name]: 'false' } } })] }), 'implicitDeny');
    assert.equal(ask({ identity: [policy({ Effect: 'Allow', Action: '*', Resource: `arn:aws:s3:::b/\${${name}}` })] }), 'implicitDeny');
    assert.equal(ask({ identity: [], resource: { kind: 'bucket', document: policy({ Effect: 'Allow', Principal: { AWS: name }, Action: '*', Resource: '*' }), principalIds: {} } }), 'implicitDeny');
  }
});

test('requests with the longest and strangest texts are answered as the twin answers them', () => {
  const strange = ['', '*', '?', '${aws:username}', '\ud800', '\u0000', ':', ':::::', 'arn:', 'arn:aws:s3:::', `arn:aws:s3:::${'\udfff'.repeat(50)}`, '__proto__', 'İSTANBUL', 'ß', '\u212a'];
  const policies: WrittenPolicies = { identity: [
    policy({ Effect: 'Allow', Action: ['s3:*', '*k*'], Resource: ['arn:aws:s3:::b/*', 'arn:aws:s3:::${aws:username}', 'arn:*'] }),
    policy({ Effect: 'Deny', NotAction: ['s3:*', '*'], NotResource: '*' }),
    policy({ Effect: 'Allow', Action: '*', Resource: '*', Condition: { StringEqualsIgnoreCase: { 'aws:username': ['k', 'i\u0307stanbul', 'SS', '${aws:username}'] }, StringLikeIfExists: { 'aws:PrincipalTag/t': '*\u0000*' } } }),
  ] };
  for (const resource of strange) {
    for (const action of ['s3:GetObject', ...strange]) {
      const asked = request({ action, resource, context: { 'aws:username': resource } });
      assert.deepEqual(engine(policies)(asked), reference(policies)(asked), JSON.stringify([action, resource]));
    }
  }
});
