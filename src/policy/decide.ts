/** Decides a request over all the policies that apply, in AWS's order. Source: "Policy evaluation logic", "How AWS enforcement code logic evaluates requests" (IAM User Guide). */
import { Budget, BudgetExceeded } from './budget.ts';
import { EnginePolicy, type EngineStatement } from './compile.ts';
import { closer, type Naming } from './principal-match.ts';
import type { AppliedPolicy, AppliedResourcePolicy, Decision, DecisionRequest, MatchedStatement, PolicyLayer, PolicySet } from './types.ts';

/** Never throws for what a policy or a request holds; a decision that takes too much work is a denial. */
export function decide(request: DecisionRequest, policies: PolicySet): Decision {
  try {
    return decideWithin(request, policies, new Budget());
  } catch (thrown) {
    if (thrown instanceof BudgetExceeded) return { outcome: 'implicitDeny', layer: 'identity', statements: [] };
    throw thrown;
  }
}

function decideWithin(request: DecisionRequest, policies: PolicySet, budget: Budget): Decision {
  const asked: Asked = { request, action: request.action.toLowerCase(), budget };
  const { principal, resourceAccount } = request;
  const resourceLayer: PolicyLayer = policies.resource?.compiled.kind === 'trust' || (policies.isResourcePolicyRequired && !policies.resource) ? 'trust' : 'resource';

  // 1. A Deny in any policy wins.
  const scps = policies.scps?.map((level) => evaluate(level, asked));
  const rcps = policies.rcps?.map((level) => evaluate(level, asked));
  const resource = policies.resource && evaluateResource(policies.resource, asked);
  const identity = evaluate(policies.identity, asked);
  const boundary = policies.boundary && evaluate([policies.boundary], asked);
  const session = policies.session && evaluate(policies.session, asked);
  const denied =
    firstDeny('scp', ...(scps ?? [])) ?? firstDeny('rcp', ...(rcps ?? [])) ?? firstDeny(resourceLayer, resource) ?? firstDeny('identity', identity) ?? firstDeny('boundary', boundary) ?? firstDeny('session', session);
  if (denied) return denied;

  // 2. and 3. Each level of the organization's policies must allow.
  if (rcps?.some(({ allows }) => allows.length === 0)) return implicitDeny('rcp');
  if (scps?.some(({ allows }) => allows.length === 0)) return implicitDeny('scp');

  // 4. What the resource's own policy says.
  const naming = resource?.naming;
  const isSameAccount = principal.account === resourceAccount;
  const needsResource = policies.isResourcePolicyRequired === true || !isSameAccount;
  if (principal.kind === 'anonymous' || principal.kind === 'service' || principal.kind === 'webIdentity' || principal.kind === 'saml') {
    return naming && resource ? allowed(resourceLayer, resource.allows) : implicitDeny(resourceLayer);
  }
  if (isSameAccount && resource && naming === 'direct') return allowed(resourceLayer, resource.allows);
  const isIdentityNeeded = principal.kind !== 'root' && !(isSameAccount && naming === 'bounded');

  // 5. to 7. The caller's own side: identity policies, then what limits them.
  if (isIdentityNeeded && identity.allows.length === 0) return implicitDeny(needsResource && !naming && policies.isResourcePolicyRequired ? resourceLayer : 'identity');
  if (boundary && boundary.allows.length === 0) return implicitDeny('boundary');
  if (session && session.allows.length === 0) return implicitDeny('session');
  if (needsResource && !naming) return implicitDeny(resourceLayer);
  return isIdentityNeeded || !resource ? allowed('identity', identity.allows) : allowed(resourceLayer, resource.allows);
}

interface Asked { readonly request: DecisionRequest; readonly action: string; readonly budget: Budget }
interface Evaluation { readonly allows: readonly MatchedStatement[]; readonly denies: readonly MatchedStatement[] }

const none: readonly MatchedStatement[] = [];
const nothing: Evaluation = { allows: none, denies: none };

function evaluate(policies: readonly AppliedPolicy[], asked: Asked): Evaluation {
  let allows: MatchedStatement[] | undefined;
  let denies: MatchedStatement[] | undefined;
  for (const policy of policies) {
    if (!(policy.compiled instanceof EnginePolicy)) continue;
    for (const statement of policy.compiled.statementsFor(asked.action, asked.budget)) {
      if (!applies(statement, asked)) continue;
      const matched = { policy, statement };
      if (statement.effect === 'Deny') (denies ??= []).push(matched);
      else (allows ??= []).push(matched);
    }
  }
  return allows || denies ? { allows: allows ?? none, denies: denies ?? none } : nothing;
}

/** A resource's policy: only the statements that name the principal, and how closely its Allows do. */
function evaluateResource(policy: AppliedResourcePolicy, asked: Asked): Evaluation & { readonly naming: Naming | undefined } {
  const allows: MatchedStatement[] = [];
  const denies: MatchedStatement[] = [];
  let naming: Naming | undefined;
  if (!(policy.compiled instanceof EnginePolicy)) return { ...nothing, naming };
  for (const statement of policy.compiled.statementsFor(asked.action, asked.budget)) {
    const named = statement.naming?.(asked.request.principal, policy.principalIds);
    if (named === undefined || !applies(statement, asked)) continue;
    (statement.effect === 'Deny' ? denies : allows).push({ policy, statement });
    if (statement.effect === 'Allow') naming = closer(naming, named);
  }
  return { allows, denies, naming };
}

/** Whether resource and conditions match; the action does. */
function applies({ matchesResource, conditions }: EngineStatement, { request, budget }: Asked): boolean {
  budget.spend(1);
  if (matchesResource && !matchesResource(request, budget)) return false;
  for (const condition of conditions) if (!condition(request.context, budget)) return false;
  return true;
}

const allowed = (layer: PolicyLayer, statements: readonly MatchedStatement[]): Decision => ({ outcome: 'allowed', layer, statements });
const implicitDeny = (layer: PolicyLayer): Decision => ({ outcome: 'implicitDeny', layer, statements: none });

function firstDeny(layer: PolicyLayer, ...evaluations: readonly (Evaluation | undefined)[]): Decision | undefined {
  for (const evaluation of evaluations) if (evaluation && evaluation.denies.length > 0) return { outcome: 'explicitDeny', layer, statements: evaluation.denies };
  return undefined;
}
