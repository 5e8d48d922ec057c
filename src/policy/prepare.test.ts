/** The fast way of deciding is the plain way: for made-up policies and requests that collide often, both answer alike. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compilePolicy } from './compile.ts';
import { decide } from './decide.ts';
import { preparePolicies } from './prepare.ts';
import type { AppliedPolicy, CallerPolicies, DecisionRequest, Principal } from './types.ts';

const account = '111122223333';
const of = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const some = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(value, { minLength: 1, maxLength: 3 });

const action = of('*', 's3:*', 's3:Get*', 's3:GetObject', 'S3:putobject', 's3:?utObject', 'iam:*User', 'iam:GetUser', '*:Get*');
const resource = of(
  '*', 'arn:aws:s3:::b', 'arn:aws:s3:::b/*', 'arn:aws:s3:::b/a/*', 'arn:aws:s3:::b/a?c', 'arn:aws:s3:::*/a', 'arn:aws:s3:::b/${aws:username}/*', 'arn:aws:s3:::${aws:username}', 'arn:*:s3:*:*:b/*a',
  'arn:aws:s3', 'arn:aws:iam::*:user/*', 'arn:aws:iam::111122223333:user/ann', 'arn:aws:*:*:111122223333:user/a*n', 'arn:aws:s3:::${aws:absent, \'b\'}/x',
);
const condition = of(
  {}, { StringEquals: { 'aws:username': 'ann' } }, { StringNotEquals: { 'aws:username': ['ann', 'bob'] } }, { Bool: { 'aws:SecureTransport': 'false' } }, { Null: { 'aws:absent': 'true' } },
  { 'ForAllValues:StringLike': { 'aws:TagKeys': ['a*', 'b'] } }, { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }, { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/${aws:username}' } }, { Bogus: { x: 'y' } },
);
const statement = fc.record({
  Effect: of('Allow', 'Allow', 'Allow', 'Deny'),
  element: of('Action', 'Action', 'Action', 'NotAction'),
  actions: some(action),
  where: of('Resource', 'Resource', 'Resource', 'NotResource'),
  resources: some(resource),
  Condition: fc.oneof(fc.constant({}), condition),
}).map(({ Effect, element, actions, where, resources, Condition }) => ({ Effect, [element]: actions, [where]: resources, Condition }));
const policies = (kind: 'identity' | 'boundary' | 'session' | 'scp', maxLength: number): fc.Arbitrary<AppliedPolicy[]> =>
  fc.array(fc.array(statement, { maxLength: 12 }).map((Statement) => ({ compiled: compilePolicy(JSON.stringify({ Version: '2012-10-17', Statement }), kind), arn: undefined, name: kind })), { maxLength });
const sometimes = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined, freq: 2 });

const callers: fc.Arbitrary<CallerPolicies> = fc.record({
  identity: policies('identity', 4),
  boundary: sometimes(policies('boundary', 1).filter(({ length }) => length === 1).map(([boundary]) => boundary!)),
  session: sometimes(policies('session', 2)),
  scps: sometimes(fc.record({ managementAccount: of('999988887777', account), levels: fc.array(policies('scp', 2), { maxLength: 2 }) })),
});
const ann: Principal = { kind: 'user', account, arn: `arn:aws:iam::${account}:user/ann`, principalArn: `arn:aws:iam::${account}:user/ann`, principalId: 'AIDAANN' };
const context = new Map<string, string | string[]>([['aws:username', 'ann'], ['aws:securetransport', 'true'], ['aws:tagkeys', ['a', 'ab']], ['aws:sourceip', '10.1.2.3'], ['aws:principalarn', ann.arn]]);
const requests: fc.Arbitrary<DecisionRequest> = fc.record({
  action: of('s3:GetObject', 's3:PutObject', 'S3:GETOBJECT', 'iam:GetUser', 'iam:CreateUser'),
  resource: of('*', 'arn:aws:s3:::b', 'arn:aws:s3:::b/a', 'arn:aws:s3:::b/a/', 'arn:aws:s3:::b/abc', 'arn:aws:s3:::ann', 'arn:aws:s3:::b/ann/x', 'arn:aws:s3:::b/x', 'arn:aws:iam::111122223333:user/ann'),
  resourceAccount: of(account, account, '444455556666'),
  principal: fc.constant(ann),
  context: fc.constant(context),
});

test('prepared policies decide as the plain walk through them does, down to the statement', () => {
  const outcomes = new Set<string>();
  fc.assert(
    fc.property(callers, fc.array(requests, { minLength: 1, maxLength: 6 }), (caller, asked) => {
      const prepared = preparePolicies(caller);
      // Often enough for plans to be made.
      for (let round = 0; round < 40; round++) for (const request of asked.slice(0, round === 0 ? 6 : 1)) prepared.decide(request);
      const eager = preparePolicies({ ...caller, identity: [...caller.identity, padding] });
      for (const request of asked) {
        const plain = decide(request, caller);
        outcomes.add(`${plain.outcome} ${plain.layer}`);
        assert.deepEqual(prepared.decide(request), plain);
        assert.deepEqual(eager.decide(request), plain);
      }
    }),
    { numRuns: 1_500, seed: 20261124 },
  );
  for (const reached of ['allowed identity', 'explicitDeny identity', 'explicitDeny scp', 'implicitDeny identity', 'implicitDeny boundary', 'implicitDeny session', 'implicitDeny scp', 'implicitDeny resource']) assert.ok(outcomes.has(reached), reached);
});

/** So long that a set with it is planned at once; about nothing that is asked. */
const padding: AppliedPolicy = {
  compiled: compilePolicy(JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: Array.from({ length: 4_200 }, (_, i) => `ec2:A${i}`), Resource: '*' } }), 'identity'),
  arn: undefined,
  name: 'padding',
};
