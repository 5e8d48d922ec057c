/** A question for an evaluator as plain data: a request, and the texts of the policies that apply. The form of cases, of generated questions and of the corpus. */
import { compilePolicy } from '../../src/policy/compile.ts';
import { decide } from '../../src/policy/decide.ts';
import { preparePolicies } from '../../src/policy/prepare.ts';
import type { AppliedPolicy, CompiledPolicy, ContextValue, Decision, DecisionRequest, PolicyKind, PolicyLayer, PolicySet, Principal } from '../../src/policy/types.ts';

/** A policy: its text, or the document that the text says. */
export type WrittenPolicy = string | { readonly [element: string]: unknown };

export interface WrittenRequest {
  readonly action: string;
  readonly resource: string;
  readonly resourceAccount: string;
  readonly principal: Principal;
  /** Keys in any letter case. */
  readonly context: Readonly<Record<string, ContextValue>>;
}

export interface WrittenResourcePolicy {
  readonly kind: 'resource' | 'bucket' | 'trust';
  readonly document: WrittenPolicy;
  readonly principalIds?: Readonly<Record<string, string>> | undefined;
}

export interface WrittenOrganization {
  readonly managementAccount: string;
  readonly levels: readonly (readonly WrittenPolicy[])[];
}

/** As PolicySet says it, in texts. */
export interface WrittenPolicies {
  readonly identity?: readonly WrittenPolicy[] | undefined;
  readonly boundary?: WrittenPolicy | undefined;
  readonly session?: readonly WrittenPolicy[] | undefined;
  readonly scps?: WrittenOrganization | undefined;
  readonly resource?: WrittenResourcePolicy | undefined;
  readonly isResourcePolicyRequired?: boolean | undefined;
  readonly rcps?: WrittenOrganization | undefined;
  readonly endpoint?: WrittenPolicy | undefined;
}

export interface Question { readonly request: WrittenRequest; readonly policies: WrittenPolicies }

/** What an evaluator answers, so far as every evaluator can say it. */
export interface Answer {
  readonly outcome: Decision['outcome'];
  readonly layer: PolicyLayer | undefined;
  /** The policy and the statement that decided, `identity 0 #1`; undefined where none did. */
  readonly by: string | undefined;
}

/** An evaluator made ready for one set of policies, which then answers many requests. */
export type Evaluator = (policies: WrittenPolicies) => (request: WrittenRequest) => Answer;

export const textOf = (policy: WrittenPolicy): string => (typeof policy === 'string' ? policy : JSON.stringify(policy));

/** The context that a request's data says; keys are looked up in lower case. */
export function contextOf(values: WrittenRequest['context']): DecisionRequest['context'] {
  const byKey = new Map(Object.entries(values).map(([key, value]) => [key.toLowerCase(), value]));
  return { get: (key) => byKey.get(key) };
}

/** The engine under test, asked in plain data. */
export const engine: Evaluator = (policies) => {
  const set = compileAll(policies);
  return ({ context, ...request }) => answerOf(decide({ ...request, context: contextOf(context) }, set));
};

/** The same, as a server asks it: the caller's policies stand ready, with the statements about each action at hand. */
export const preparedEngine: Evaluator = (policies) => {
  const set = compileAll(policies);
  const caller = preparePolicies({ ...set, identity: [...set.identity, padding()] });
  return ({ context, ...request }) => answerOf(caller.decide({ ...request, context: contextOf(context) }, set));
};

let pad: AppliedPolicy | undefined;

/** About nothing that is asked, and so long that statements are at hand from the first request on. */
function padding(): AppliedPolicy {
  return (pad ??= apply('identity', { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: Array.from({ length: 5_000 }, (_, i) => `none:A${i}`), Resource: '*' } }, 'padding'));
}

export function answerOf({ outcome, layer, statements: [first] }: Decision): Answer {
  return { outcome, layer, by: first && `${first.policy.name} #${first.statement.index}` };
}

/** The engine's policy set. Each policy's name says where it stands, as `by` names it. */
export function compileAll(policies: WrittenPolicies, compile: Compile = compilePolicy): PolicySet {
  const { identity, boundary, session, scps, resource, isResourcePolicyRequired, rcps, endpoint } = policies;
  return {
    identity: applyAll('identity', identity ?? [], 'identity', compile),
    boundary: boundary === undefined ? undefined : apply('boundary', boundary, 'boundary', compile),
    session: session && applyAll('session', session, 'session', compile),
    scps: scps && { ...scps, levels: scps.levels.map((level, i) => applyAll('scp', level, `scp ${i}`, compile)) },
    resource: resource && { ...apply(resource.kind, resource.document, 'resource', compile), principalIds: resource.principalIds },
    isResourcePolicyRequired,
    rcps: rcps && { ...rcps, levels: rcps.levels.map((level, i) => applyAll('rcp', level, `rcp ${i}`, compile)) },
    endpoint: endpoint === undefined ? undefined : apply('endpoint', endpoint, 'endpoint', compile),
  };
}

type Compile = (text: string, kind: PolicyKind) => CompiledPolicy;

const apply = (kind: PolicyKind, policy: WrittenPolicy, name: string, compile: Compile = compilePolicy): AppliedPolicy => ({ compiled: compile(textOf(policy), kind), arn: undefined, name });

const applyAll = (kind: PolicyKind, policies: readonly WrittenPolicy[], name: string, compile: Compile): readonly AppliedPolicy[] => policies.map((policy, i) => apply(kind, policy, `${name} ${i}`, compile));
