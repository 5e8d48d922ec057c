/** The library `gatehouse-iam/policy`: the engine that Gatehouse itself asks, for other programs. No I/O and no dependency, so that it runs in a browser too. */
import { openAuthorizationReference, type AuthorizationReference } from '../base/authorization-reference.ts';
import { contextKeysOf } from './context-keys.ts';
import { decide } from './decide.ts';
import { explain as explainRequest } from './explain/explain.ts';
import { explanationText } from './explain/text.ts';
import type { Explanation } from './explain/explanation.ts';
import type { LintFinding } from './lint/finding.ts';
import { likelyKind } from './lint/likely-kind.ts';
import { lintPolicy } from './lint/lint.ts';
import { PreparedPolicies } from './prepare.ts';
import { policySetOf, requestOf, type PoliciesInput, type RequestInput } from './request-input.ts';
import type { Decision, Finding, PolicyKind, PolicyLayer } from './types.ts';
import { validatePolicy } from './validate/validate.ts';

export type { ConditionExplanation, Difference, ElementExplanation, Explanation, LayerExplanation, PolicyExplanation, Position, RemedyStep, Span, StatementExplanation } from './explain/explanation.ts';
export type { LintCode, LintFinding, LintType } from './lint/finding.ts';
export { InputError } from './request-input.ts';
export type { ContextInput, PoliciesInput, PolicyInput, PrincipalInput, RequestInput } from './request-input.ts';
export type { Finding, PolicyKind, PolicyLayer } from './types.ts';

/** What the policies say of a request. */
export interface Verdict {
  readonly isAllowed: boolean;
  /** Only `allowed` grants. `budgetExceeded`: deciding would have taken too much work, which denies. */
  readonly outcome: Decision['outcome'];
  /** The kind of policy that decided. */
  readonly layer: PolicyLayer | undefined;
  /** The statement that decided: the name of its policy, its place in it from 0, and its Sid. */
  readonly statement: { readonly policy: string; readonly index: number; readonly sid: string | undefined } | undefined;
}

/** Decides one request. Throws InputError where it or the policies are none; what is wrong inside a policy never throws, and never allows. */
export function evaluate(request: RequestInput, policies: PoliciesInput): Verdict {
  return verdictOf(decide(requestOf(request), policySetOf(policies)));
}

/** Policies made ready once, for many requests. */
export interface Evaluator { evaluate(request: RequestInput): Verdict }

/** Reads and compiles the policies once. */
export function prepare(policies: PoliciesInput): Evaluator {
  const { identity, boundary, session, scps, ...onResource } = policySetOf(policies);
  const prepared = new PreparedPolicies({ identity, boundary, session, scps });
  return { evaluate: (request) => verdictOf(prepared.decide(requestOf(request), onResource)) };
}

/** Every policy and statement that was asked, what matched and what did not, and the smallest change that would allow the request. */
export function explain(request: RequestInput, policies: PoliciesInput): Explanation {
  return explainRequest(requestOf(request), policySetOf(policies));
}

/** An explanation as plain text. */
export const explanationAsText = (explanation: Explanation): string => explanationText(explanation);

/**
 * What AWS would say to someone who wants to store the policy: nothing, where it is good. With `services`, what AWS lists of its services (`gatehouse-iam/authorization-reference.json`), a bucket
 * policy is also asked whether its actions go with its resources.
 */
export function validate(policy: string | object, kind: PolicyKind = 'identity', services?: object): readonly Finding[] {
  return validatePolicy(textOf(policy), kind, services && referenceOf(services));
}

/** What in a policy does nothing, does more than was meant, or is said twice, in the words of AWS's own check. `services` is what AWS lists of its services: `gatehouse-iam/authorization-reference.json`. */
export function lint(policy: string | object, services: object, kind?: PolicyKind): readonly LintFinding[] {
  const text = textOf(policy);
  return lintPolicy(text, kind ?? likelyKind(text), referenceOf(services));
}

const opened = new WeakMap<object, AuthorizationReference>();

/** Whoever asks often hands in the same object. */
function referenceOf(services: object): AuthorizationReference {
  const known = opened.get(services) ?? openAuthorizationReference(() => services);
  opened.set(services, known);
  return known;
}

const textOf = (policy: string | object): string => (typeof policy === 'string' ? policy : JSON.stringify(policy));

/** The condition keys that a policy asks for, in its conditions and its variables. */
export function contextKeys(policy: string | object): readonly string[] {
  return contextKeysOf(textOf(policy));
}

function verdictOf({ outcome, layer, statements }: Decision): Verdict {
  const [decisive] = statements;
  return { isAllowed: outcome === 'allowed', outcome, layer, statement: decisive && { policy: decisive.policy.name, index: decisive.statement.index, sid: decisive.statement.sid } };
}

