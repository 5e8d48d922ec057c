/** What is said of requests that are known in part holds for each of them: allowed means that the engine allows every one, denied that it allows none. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { decide } from '../../src/policy/decide.ts';
import { possibleAccess, reasonsOf } from '../../src/policy/supposed/possible-access.ts';
import { open, SupposedContext } from '../../src/policy/supposed/supposed-context.ts';
import { compileSupposed } from '../../src/policy/supposed/supposed-policy.ts';
import type { ContextValue } from '../../src/policy/types.ts';
import { questionSets } from './generated-questions.ts';
import { compileAll, contextOf, type WrittenRequest } from './written-policies.ts';

/** The form of each resource that the generated questions are about, and the same with `*` for what is open. */
const forms = [
  { form: 'arn:${Partition}:s3:::${BucketName}/${Key}', literal: 'arn:aws:s3:::*/*', isOf: (arn: string) => /^arn:aws:s3:::[^/:]+\/./.test(arn) },
  { form: 'arn:${Partition}:s3:::${BucketName}', literal: 'arn:aws:s3:::*', isOf: (arn: string) => /^arn:aws:s3:::[^/:]+$/.test(arn) },
  { form: 'arn:${Partition}:sns:${Region}:111111111111:${Topic}', literal: 'arn:aws:sns:*:111111111111:*', isOf: (arn: string) => /^arn:aws:sns:[^:]*:111111111111:/.test(arn) },
];

/** Each key is open or not as the bit of its number in `mask` says. */
function known(context: WrittenRequest['context'], mask: number): (key: string) => ContextValue | undefined | typeof open {
  const whole = contextOf(context);
  return (key) => ([...key].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) + mask) % 3 === 0 || mask === 0 ? whole.get(key) : open;
}

test('what is said of requests known in part agrees with what the engine says of each, in 20,000 generated questions', () => {
  const seen = { allowed: 0, allowedIf: 0, denied: 0 };
  let formed = 0;
  fc.assert(fc.property(questionSets(20), fc.integer({ min: 0, max: 3 }), ({ policies, requests }, mask) => {
    const [set, supposed] = [compileAll(policies), compileAll(policies, compileSupposed)];
    for (const { context, ...request } of requests) {
      const { outcome } = decide({ ...request, context: contextOf(context) }, set);
      const formOf = mask === 2 ? forms.find(({ isOf }) => isOf(request.resource)) : undefined;
      if (formOf) formed++;
      const asked = { ...request, ...(formOf && { resource: formOf.literal }), context: new SupposedContext(known(context, mask), formOf?.form) };
      const { access } = possibleAccess(asked, supposed);
      seen[access]++;
      if (mask === 0) assert.equal(access, outcome === 'allowed' ? 'allowed' : 'denied', 'with nothing open it is the decision');
      if (access === 'allowed') assert.equal(outcome, 'allowed');
      if (access === 'denied') assert.notEqual(outcome, 'allowed');
      assert.equal(decide({ ...request, context: contextOf(context) }, supposed).outcome, outcome, 'of a whole request they say what others do');
      if (access !== 'denied' && 'principalId' in request.principal && request.principal.kind === 'user') assert.notEqual(reasonsOf(asked, supposed).grants.length, 0, 'what a user may do, a statement gives');
    }
  }), { numRuns: 1_000, seed: 20_261_124 });
  assert.ok(Math.min(seen.allowed, seen.allowedIf, seen.denied, formed) > 300, JSON.stringify({ ...seen, formed }));
});

const document = (...Statement: readonly object[]) => ({ Version: '2012-10-17', Statement });
const user = { kind: 'user', account: '111111111111', arn: 'arn:aws:iam::111111111111:user/a', principalArn: 'arn:aws:iam::111111111111:user/a', principalId: 'AIDAA' } as const;

test('the reasons name the statement, the conditions that are open, and what limits', () => {
  const policies = compileAll({
    identity: [document({ Sid: 'Read', Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' }, StringEquals: { 'aws:username': 'a' } } }, { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::c/*' })],
    boundary: document({ Effect: 'Allow', Action: 's3:*', Resource: '*' }, { Effect: 'Deny', Action: 's3:*', Resource: '*', Condition: { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }),
  }, compileSupposed);
  const request = { action: 's3:GetObject', resource: 'arn:aws:s3:::b/k', resourceAccount: user.account, principal: user, context: new SupposedContext((key) => (key === 'aws:username' ? 'a' : open)) };
  assert.equal(possibleAccess(request, policies).access, 'allowedIf');
  const { grants, limits } = reasonsOf(request, policies);
  assert.deepEqual(grants.map(({ layer, sid, statementIndex, conditions }) => [layer, sid, statementIndex, conditions.map(({ key }) => key)]), [['identity', 'Read', 0, ['aws:MultiFactorAuthPresent']]]);
  assert.deepEqual(limits.map(({ layer, effect, conditions }) => [layer, effect, conditions.map(({ key }) => key)]), [['boundary', 'Allow', []], ['boundary', 'Deny', ['aws:SourceIp']]]);
});

test('a variable that is open leaves a resource open; a pattern that takes in every name does not', () => {
  const policies = compileAll({ identity: [document({ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::${aws:SourceIp}/*' }, { Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::*' }, { Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::b?' })] }, compileSupposed);
  const ask = (action: string, resource: string, form?: string) => possibleAccess({ action, resource, resourceAccount: user.account, principal: user, context: new SupposedContext(() => open, form) }, policies).access;
  assert.equal(ask('s3:GetObject', 'arn:aws:s3:::b/k'), 'allowedIf');
  assert.equal(ask('s3:PutObject', 'arn:aws:s3:::*/*', forms[0]!.form), 'allowed');
  assert.equal(ask('s3:ListBucket', 'arn:aws:s3:::*', forms[1]!.form), 'allowedIf');
});
