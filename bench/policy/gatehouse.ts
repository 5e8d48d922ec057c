/** Gatehouse's engine as a contender: policies compiled and prepared once, then asked. */
import { compilePolicy } from '../../src/policy/compile.ts';
import { type PreparedPolicies, preparePolicies } from '../../src/policy/prepare.ts';
import type { AppliedPolicy, DecisionRequest, PolicyKind, Principal } from '../../src/policy/types.ts';
import { account, documentOf, type RulePolicy, type Subject, type Workload } from './workload.ts';

/** A subject's documents, as they are stored. */
export interface SubjectTexts { readonly identity: readonly string[]; readonly boundary: string | undefined; readonly session: string | undefined; readonly scps: readonly (readonly string[])[] | undefined }

export function textsOf({ identity, boundary, session, scps }: Subject): SubjectTexts {
  const texts = (policies: readonly RulePolicy[]): readonly string[] => policies.map(documentOf);
  return { identity: texts(identity), boundary: boundary && documentOf(boundary), session: session && documentOf(session), scps: scps?.map(texts) };
}

export function prepare({ identity, boundary, session, scps }: SubjectTexts): PreparedPolicies {
  const applied = (text: string, kind: PolicyKind): AppliedPolicy => ({ compiled: compilePolicy(text, kind), arn: undefined, name: kind });
  return preparePolicies({
    identity: identity.map((text) => applied(text, 'identity')),
    boundary: boundary === undefined ? undefined : applied(boundary, 'boundary'),
    session: session === undefined ? undefined : [applied(session, 'session')],
    scps: scps && { managementAccount: '999988887777', levels: scps.map((level) => level.map((text) => applied(text, 'scp'))) },
  });
}

const principal: Principal = { kind: 'user', account, arn: `arn:aws:iam::${account}:user/ann`, principalArn: `arn:aws:iam::${account}:user/ann`, principalId: 'AIDAIOSFODNN7EXAMPLE' };

export function requestsOf({ requests }: Workload): readonly DecisionRequest[] {
  return requests.map(({ action, resource, context }) => ({ action, resource, resourceAccount: account, principal, context }));
}
