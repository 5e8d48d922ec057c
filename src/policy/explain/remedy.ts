/** The smallest change that would allow exactly one request: which statements must go, which must be added. Each change is proven by deciding again. */
import { compilePolicy } from '../compile.ts';
import type { LayerExplanation, RemedyStep } from './explanation.ts';
import type { AppliedPolicy, Decision, DecisionRequest, OrganizationPolicies, PolicyKind, PolicyLayer, PolicySet, Principal } from '../types.ts';

/** Decides on changed policies, and explains where a decision does not say enough. */
interface Again { readonly decide: (policies: PolicySet) => Decision; readonly explain: (policies: PolicySet) => readonly LayerExplanation[] }

/** More than the layers there are: each must be added to at most once a level. */
const stepsMax = 24;

/** Undefined when no change of policies was found that allows the request. */
export function findRemedy(request: DecisionRequest, policies: PolicySet, again: Again): readonly RemedyStep[] | undefined {
  const steps: RemedyStep[] = [];
  let changed = policies;
  for (let round = 0; round < stepsMax; round++) {
    const decision = again.decide(changed);
    if (decision.outcome === 'allowed') return steps;
    if (decision.outcome === 'budgetExceeded') return undefined;
    const found = decision.outcome === 'explicitDeny' ? removals(again.explain(changed)) : [narrowest(request, changed, decision.layer, again)];
    if (found.length === 0 || found.some((step) => steps.some((earlier) => isSame(earlier, step)))) return undefined;
    steps.push(...found);
    // Later statements first, so that the places of the earlier ones stay what they are.
    for (const step of found.toReversed()) changed = applyStep(changed, step);
  }
  return undefined;
}

const isSame = (a: RemedyStep, b: RemedyStep): boolean => a.step === b.step && a.layer === b.layer && a.level === b.level && a.step === 'add';

/** Every Deny that matches: a denial needs only one, so all of them must go. */
function removals(layers: readonly LayerExplanation[]): readonly RemedyStep[] {
  return layers.flatMap(({ layer, level, policies }) => policies.flatMap(({ name, unreadable, statements }, policyIndex): readonly RemedyStep[] => {
    if (unreadable !== undefined) return [{ step: 'remove', layer, level, policy: name, policyIndex, statement: undefined, sid: undefined }];
    return statements.filter(({ effect, matches }) => effect === 'Deny' && matches).map(({ index, sid }) => ({ step: 'remove', layer, level, policy: name, policyIndex, statement: index, sid }));
  }));
}

/** Where only conditions keep a statement from allowing, one that asks for what this request has in their place, if that is enough; else one without conditions. */
function narrowest(request: DecisionRequest, policies: PolicySet, layer: PolicyLayer, again: Again): RemedyStep {
  const layers = again.explain(policies);
  // Of several levels, the first that does not allow.
  const silent = layers.find((one) => one.layer === layer && one.verdict !== 'allows');
  const level = layer !== 'scp' && layer !== 'rcp' ? undefined : silent?.level;
  const condition = silent && conditionOf(silent);
  if (condition) {
    const step = addition(request, policies, layer, level, condition);
    const { outcome, layer: decided } = again.decide(applyStep(policies, step));
    if (outcome === 'allowed' || decided !== layer || level !== undefined) return step;
  }
  return addition(request, policies, layer, level, undefined);
}

type Condition = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What the operators of a statement begin with → the one that asks for a single value, and what of a value would be more than itself. */
const sameValue: Readonly<Record<string, readonly [operator: string, marks: RegExp | undefined]>> = { String: ['StringEquals', /\$/g], Arn: ['ArnEquals', /[$*?]/g], IpAddress: ['IpAddress', undefined], NotIpAddress: ['IpAddress', undefined], Bool: ['Bool', undefined], Numeric: ['NumericEquals', undefined] };

/** The values that the request has where the first statement that only its conditions keep from allowing asks for others; undefined where it has none of them. */
function conditionOf({ policies }: LayerExplanation): Condition | undefined {
  const near = policies.flatMap(({ statements }) => statements).find(({ isNearMiss, misses }) => isNearMiss && misses[0] === 'condition');
  const condition: Record<string, Record<string, string>> = {};
  for (const { operator, key, seen } of near?.conditions ?? []) {
    const same = Object.entries(sameValue).find(([beginning]) => operator.slice(operator.indexOf(':') + 1).startsWith(beginning))?.[1];
    if (!same || typeof seen !== 'string') continue;
    const [name, marks] = same;
    (condition[name] ??= {})[key] = marks ? seen.replaceAll(marks, (mark) => `\${${mark}}`) : seen;
  }
  return Object.keys(condition).length > 0 ? condition : undefined;
}

function addition(request: DecisionRequest, policies: PolicySet, layer: PolicyLayer, level: number | undefined, condition: Condition | undefined): RemedyStep {
  const statement = {
    Effect: 'Allow',
    ...(withPrincipal.has(layer) && { Principal: principalElement(request.principal) }),
    Action: request.action,
    ...(layer !== 'trust' && { Resource: literalResource(request.resource) }),
    ...(condition && { Condition: condition }),
  };
  return { step: 'add', layer, level, policy: only(policiesOf(policies, layer, level))?.name, statement };
}

/** The layers whose policies name principals. */
const withPrincipal: ReadonlySet<PolicyLayer> = new Set(['resource', 'trust', 'endpoint', 'rcp']);

/** There is one boundary and one policy of a resource: what is added is added to it. Of the others there may be several, and any would do but AWS's own, which nobody can change. */
const only = (policies: readonly AppliedPolicy[]): AppliedPolicy | undefined => (policies.length === 1 && !policies[0]!.arn?.startsWith('arn:aws:iam::aws:policy/') ? policies[0] : undefined);

function principalElement(principal: Principal): unknown {
  switch (principal.kind) {
    case 'service': return { Service: principal.service };
    case 'webIdentity':
    case 'saml': return { Federated: principal.federated };
    case 'anonymous': return '*';
    case 'federatedUser': return { AWS: principal.arn };
    default: return { AWS: principal.principalArn };
  }
}

/** A resource as a pattern that matches nothing else: what would be a wildcard or the beginning of a variable is escaped. Source: "IAM policy elements: Variables and tags" (IAM User Guide). */
const literalResource = (resource: string): string => (resource === '*' ? resource : resource.replaceAll(/[*?$]/g, (mark) => `\${${mark}}`));

function policiesOf({ identity, boundary, session = [], resource, endpoint, scps, rcps }: PolicySet, layer: PolicyLayer, level: number | undefined): readonly AppliedPolicy[] {
  const rows: Record<PolicyLayer, readonly (AppliedPolicy | undefined)[]> = {
    identity, session, boundary: [boundary], resource: [resource], trust: [resource], endpoint: [endpoint],
    scp: scps?.levels[level ?? 0] ?? [],
    rcp: rcps?.levels[level ?? 0] ?? [],
  };
  return rows[layer].filter((policy) => policy !== undefined);
}

function applyStep(policies: PolicySet, step: RemedyStep): PolicySet {
  const before = policiesOf(policies, step.layer, step.level);
  return withPolicies(policies, step.layer, step.level, step.step === 'remove' ? withoutStatement(before, step) : withStatement(before, step));
}

function withoutStatement(policies: readonly AppliedPolicy[], { policyIndex, statement }: Extract<RemedyStep, { step: 'remove' }>): readonly AppliedPolicy[] {
  return policies.map((policy, at) => {
    if (at !== policyIndex) return policy;
    return recompiled(policy, statement === undefined ? emptyDocument : withStatements(policy.compiled.text, (statements) => statements.filter((_, index) => index !== statement)));
  });
}

const emptyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [] });
const recompiled = (policy: AppliedPolicy, document: string): AppliedPolicy => ({ ...policy, compiled: compilePolicy(document, policy.compiled.kind) });

/** The layers of which there is one policy only. */
const alone: ReadonlySet<PolicyLayer> = new Set(['boundary', 'resource', 'trust', 'endpoint']);

/** As a policy of its own beside the others, except where there can be only one. */
function withStatement(policies: readonly AppliedPolicy[], { layer, statement }: Extract<RemedyStep, { step: 'add' }>): readonly AppliedPolicy[] {
  const [before] = policies;
  if (alone.has(layer) && before) return [recompiled(before, withStatements(before.compiled.text || emptyDocument, (statements) => [...statements, statement]))];
  const kind: PolicyKind = layer;
  return [...policies, { name: 'suggested', arn: undefined, compiled: compilePolicy(JSON.stringify({ Version: '2012-10-17', Statement: [statement] }), kind) }];
}

/** A document with other statements, all else as it was. The engine has read it, so it is JSON; one whose Statement holds what is no object stays as it is. */
function withStatements(document: string, change: (statements: readonly unknown[]) => readonly unknown[]): string {
  const parsed: unknown = JSON.parse(document);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return document;
  const before: unknown = 'Statement' in parsed ? parsed.Statement : [];
  const statements: readonly unknown[] = Array.isArray(before) ? before : [before];
  if (statements.some((statement) => typeof statement !== 'object' || statement === null || Array.isArray(statement))) return document;
  return JSON.stringify({ ...parsed, Statement: change(statements) });
}

function withPolicies(policies: PolicySet, layer: PolicyLayer, level: number | undefined, changed: readonly AppliedPolicy[]): PolicySet {
  const [first] = changed;
  const atLevel = (organization: OrganizationPolicies | undefined): OrganizationPolicies | undefined =>
    organization && { ...organization, levels: organization.levels.map((one, index) => (index === (level ?? 0) ? changed : one)) };
  const rows: Record<PolicyLayer, Partial<PolicySet>> = {
    identity: { identity: changed },
    boundary: { boundary: first },
    session: { session: changed },
    resource: { resource: first },
    trust: { resource: first },
    endpoint: { endpoint: first },
    scp: { scps: atLevel(policies.scps) },
    rcp: { rcps: atLevel(policies.rcps) },
  };
  return { ...policies, ...rows[layer] };
}
