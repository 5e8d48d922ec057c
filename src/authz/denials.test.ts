/** Tests of what an explanation leaves out because whoever reads it may not see it, and of what is kept of a denial. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Seal } from '../base/seal.ts';
import { compilePolicy } from '../policy/compile.ts';
import { decide } from '../policy/decide.ts';
import type { AppliedPolicy, DecisionRequest, PolicyKind, PolicySet } from '../policy/types.ts';
import { memoryTraces } from '../store/traces.ts';
import { Denied } from './denial.ts';
import { Denials } from './denials.ts';
import { explainDenial } from './explain-denial.ts';

const account = '111122223333';
const now = 1_000_000_000_000;
const userArn = `arn:aws:iam::${account}:user/alice`;
const context: Readonly<Record<string, string>> = { 'sts:externalid': 'between-us', 'aws:username': 'alice' };
const request: DecisionRequest = { action: 's3:GetObject', resource: 'arn:aws:s3:::b/a', resourceAccount: account, principal: { kind: 'user', account, arn: userArn, principalArn: userArn, principalId: 'AIDA1' }, context: { get: (key) => context[key] } };
const policy = (kind: PolicyKind, name: string, ...Statement: readonly object[]): AppliedPolicy => ({ compiled: compilePolicy(JSON.stringify({ Version: '2012-10-17', Statement }), kind), arn: undefined, name });
const allowAll = { Effect: 'Allow', Action: '*', Resource: '*' };

/** Seals by reversing, so that what is sealed can be told from what is not. */
const seal: Seal = { seal: (secret) => [...secret].toReversed().join(''), open: (sealed) => [...sealed].toReversed().join('') };

function kept(policies: PolicySet, requestId = '00000000-0000-4000-8000-000000000001') {
  const traces = memoryTraces(() => now);
  const denials = new Denials(traces, seal);
  const denied = new Denied('no', { request, context, policies, decision: decide(request, policies), revision: 7, isAllowNeeded: true });
  const { id } = denials.record(denied, { requestId, operation: 's3:GetObject', message: 'no' }, now);
  return { id, denials, traces };
}

test('a denial is found by its request\'s id, as it was, and what it was asked with is sealed', () => {
  const { id, denials, traces } = kept({ identity: [policy('identity', 'own')] });
  const { occasion, decision, revision, at, request: { action } } = denials.find(account, id)!;
  assert.deepEqual([id, occasion.requestId, decision.outcome, revision, at, action], ['00000000-0000-4000-8000-000000000001', id, 'implicitDeny', 7, now, 's3:GetObject']);
  assert.equal(denials.find(account, id)!.request.context.get('sts:externalid'), 'between-us');
  assert.doesNotMatch(traces.find(account, id)!.body, /between-us|alice/);
});

test('what an organization\'s policies say is seen in its management account, and elsewhere only that they deny', () => {
  const deny = { Sid: 'Secret', Effect: 'Deny', Action: 's3:*', Resource: '*' };
  const { id, denials } = kept({ identity: [policy('identity', 'own', allowAll)], scps: { managementAccount: '999999999999', levels: [[policy('scp', 'guard', allowAll, deny)]] } });
  const { explanation, text } = explainDenial(denials.find(account, id)!);
  assert.deepEqual(explanation.layers[0], { layer: 'scp', level: 0, verdict: 'denies', policies: [{ name: 'guard', arn: undefined, statements: [], unreadable: undefined, isMissing: false, isHidden: true }] });
  assert.deepEqual(explanation.remedy, [{ step: 'remove', layer: 'scp', level: 0, policy: 'guard', policyIndex: 0, statement: undefined, sid: undefined }]);
  assert.doesNotMatch(text + JSON.stringify(explanation), /Secret/);
  assert.match(text, /guard\n {4}is not yours to see[\s\S]*1\. Change the service control policy guard: as it is, it denies this\./);
});

test('a policy that is named but not there is kept as one that allows nothing', () => {
  const missing: AppliedPolicy = { compiled: { kind: 'boundary', text: '', statements: [] }, arn: 'arn:aws:iam::111122223333:policy/gone', name: 'gone' };
  const { id, denials } = kept({ identity: [policy('identity', 'own', allowAll)], boundary: missing });
  const { explanation, text } = explainDenial(denials.find(account, id)!);
  assert.deepEqual([explanation.outcome, explanation.layer], ['implicitDeny', 'boundary']);
  assert.match(text, /gone \(arn:aws:iam::111122223333:policy\/gone\)\n {4}is not there any more, so it allows nothing/);
});

test('an encoded message never begins as an option of a command does, though all that a key seals may', () => {
  const hyphened: Seal = { seal: (secret) => `-${secret}`, open: (sealed) => sealed.slice(1) };
  const denials = new Denials(memoryTraces(() => now), hyphened);
  const message = denials.encode(account, 'an-id');
  assert.equal(message, '.-an-id');
  assert.equal(denials.decode(account, message), undefined);
});
