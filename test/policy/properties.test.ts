/** What holds of every decision, whatever the policies and the request. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { compilePolicy } from '../../src/policy/compile.ts';
import { decide } from '../../src/policy/decide.ts';
import { readDocument } from '../../src/policy/document.ts';
import { explain } from '../../src/policy/explain/explain.ts';
import type { PolicyKind } from '../../src/policy/types.ts';
import { validatePolicy } from '../../src/policy/validate/validate.ts';
import { policyOf, questionSets, type QuestionSet } from './generated-questions.ts';
import { compileAll, contextOf, engine, textOf, type WrittenPolicies, type WrittenPolicy, type WrittenRequest } from './written-policies.ts';

const requestsPerSet = 5;
const numRuns = 300;

/** Asks for each request of each set. */
function holds(check: (policies: WrittenPolicies, request: WrittenRequest) => void, seed: number): void {
  fc.assert(fc.property(questionSets(requestsPerSet), ({ policies, requests }: QuestionSet) => {
    for (const request of requests) check(policies, request);
  }), { numRuns, seed });
}

const isAllowed = (policies: WrittenPolicies, request: WrittenRequest): boolean => engine(policies)(request).outcome === 'allowed';

const everything = (effect: 'Allow' | 'Deny', kind: PolicyKind): WrittenPolicy => ({
  Version: '2012-10-17',
  Statement: [{ Effect: effect, ...(['trust', 'resource', 'bucket', 'endpoint', 'rcp'].includes(kind) && { Principal: '*' }), Action: '*', ...(kind !== 'trust' && { Resource: '*' }) }],
});

test('a matching Deny wins, in whichever policy it stands', () => {
  holds((policies, request) => {
    const withDeny: Record<string, WrittenPolicies> = {
      endpoint: { ...policies, endpoint: everything('Deny', 'endpoint') },
      resource: { ...policies, resource: { kind: 'resource', document: everything('Deny', 'resource') } },
      identity: { ...policies, identity: [...policies.identity ?? [], everything('Deny', 'identity')] },
      boundary: { ...policies, boundary: everything('Deny', 'boundary') },
      session: { ...policies, session: [...policies.session ?? [], everything('Deny', 'session')] },
      scp: { ...policies, scps: { managementAccount: '0', levels: [[everything('Allow', 'scp'), everything('Deny', 'scp')]] } },
      rcp: { ...policies, rcps: { managementAccount: '0', levels: [[everything('Allow', 'rcp'), everything('Deny', 'rcp')]] } },
    };
    const { principal } = request;
    const isExempt = principal.kind === 'role' && principal.isServiceLinked === true;
    for (const [layer, changed] of Object.entries(withDeny)) {
      if ((layer === 'scp' && (principal.account === undefined || isExempt)) || (layer === 'rcp' && isExempt)) continue;
      assert.equal(engine(changed)(request).outcome, 'explicitDeny', layer);
    }
  }, 1);
});

test('nothing is allowed without an Allow, except to root in its own account', () => {
  holds((policies, request) => {
    const withoutAllows: WrittenPolicies = { ...policies, identity: [], resource: undefined };
    const { kind, account } = request.principal;
    if (kind === 'root' || (kind === 'federatedUser' && request.principal.principalId === account)) return;
    assert.notEqual(engine(withoutAllows)(request).outcome, 'allowed');
  }, 2);
});

test('the order of policies and statements does not matter, nor does saying a thing twice', () => {
  const turned = (policy: WrittenPolicy): WrittenPolicy => (typeof policy === 'string' || !Array.isArray(policy.Statement) ? policy : { ...policy, Statement: [...policy.Statement.toReversed(), ...policy.Statement] });
  const all = (policies: readonly WrittenPolicy[]): readonly WrittenPolicy[] => [...policies, ...policies].map(turned).toReversed();
  holds((policies, request) => {
    const { identity, boundary, session, scps, rcps, resource, endpoint } = policies;
    const changed: WrittenPolicies = {
      ...policies,
      identity: identity && all(identity),
      boundary: boundary === undefined ? undefined : turned(boundary),
      session: session && all(session),
      scps: scps && { ...scps, levels: scps.levels.map(all) },
      rcps: rcps && { ...rcps, levels: rcps.levels.map(all) },
      resource: resource && { ...resource, document: turned(resource.document) },
      endpoint: endpoint === undefined ? undefined : turned(endpoint),
    };
    const [before, after] = [engine(policies)(request), engine(changed)(request)];
    assert.deepEqual([after.outcome, after.layer], [before.outcome, before.layer]);
  }, 3);
});

test('a boundary, a session policy, an SCP, an RCP and the policy of an endpoint only subtract', () => {
  holds((policies, request) => {
    if (!isAllowed(policies, request)) return;
    // A federated user without a session policy may do nothing: there, the most that one can give is everything.
    const session = request.principal.kind === 'federatedUser' ? [everything('Allow', 'session')] : undefined;
    for (const without of [{ boundary: undefined }, { session }, { scps: undefined }, { rcps: undefined }, { endpoint: undefined }]) assert.ok(isAllowed({ ...policies, ...without }, request), Object.keys(without).join());
  }, 4);
});

test('explain tells what decide decides', () => {
  fc.assert(fc.property(questionSets(1), ({ policies, requests }) => {
    const set = compileAll(policies);
    for (const { context, ...rest } of requests) {
      const request = { ...rest, context: contextOf(context) };
      const [decision, explanation] = [decide(request, set), explain(request, set)];
      assert.deepEqual([explanation.outcome, explanation.layer], [decision.outcome, decision.layer]);
    }
  }), { numRuns: 200, seed: 5 });
});

test('a policy that validation accepts is understood in every statement, and nothing throws', () => {
  const kinds: readonly PolicyKind[] = ['identity', 'trust'];
  for (const kind of kinds) {
    let accepted = 0;
    fc.assert(fc.property(policyOf(kind), questionSets(1), (policy, { policies, requests }) => {
      const text = textOf(policy);
      if (validatePolicy(text, kind).length > 0) return;
      accepted += 1;
      assert.equal(compilePolicy(text, kind).statements.length, readDocument(text).statements.length, text);
      for (const request of requests) engine({ ...policies, ...(kind === 'identity' ? { identity: [policy] } : { resource: { kind: 'trust', document: policy } }) })(request);
    }), { numRuns: 2_000, seed: 6 });
    assert.ok(accepted > 100, `${accepted} ${kind} policies were accepted`);
  }
});

test('reading a policy again after printing it gives the same document', () => {
  fc.assert(fc.property(policyOf('resource'), (policy) => {
    if (typeof policy === 'string' || !Array.isArray(policy.Statement) || !policy.Statement.every((statement) => typeof statement === 'object' && statement !== null && !Array.isArray(statement))) return;
    const text = JSON.stringify(policy);
    assert.deepEqual(readDocument(JSON.stringify(JSON.parse(text))), readDocument(text));
    assert.deepEqual(withoutPlaces(readDocument(JSON.stringify(policy, undefined, 2))), withoutPlaces(readDocument(text)));
  }), { numRuns: 2_000, seed: 7 });
});

const withoutPlaces = (document: unknown): unknown => JSON.parse(JSON.stringify(document, (key, value: unknown) => (key === 'offset' || key === 'start' || key === 'end' ? undefined : value)));
