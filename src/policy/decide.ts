/** Decides a request over all the policies that apply, in AWS's order. Source: "Policy evaluation logic", "How AWS enforcement code logic evaluates requests" (IAM User Guide). */
import { Asked } from './asked.ts';
import { BudgetExceeded } from './budget.ts';
import { type CallerLayers, plainLayers } from './caller-layers.ts';
import { type Denies, type Layer, PlainDenies, PlainLayer, ResourceLayer } from './layers.ts';
import type { AccountPrincipal, CallerPolicies, Decision, DecisionRequest, MatchedStatement, PolicyDecision, PolicyLayer, PolicySet, Principal, ResourcePolicies } from './types.ts';

/** Never throws for what a policy or a request holds; a decision that takes too much work is a denial. */
export function decide(request: DecisionRequest, policies: PolicySet): Decision {
  return decideOn(request, { policies, layersFor: () => plainLayers(policies) }, policies);
}

/** What hangs on the caller, and the layers in which it is asked. */
export interface CallerSide {
  readonly policies: CallerPolicies;
  layersFor(asked: Asked): CallerLayers;
}

/** The same, where the caller's policies may stand ready. */
export function decideOn(request: DecisionRequest, caller: CallerSide, resource: ResourcePolicies): Decision {
  const asked = new Asked(request, caller.policies.boundary !== undefined);
  try {
    return decideWithin(asked, request, caller.layersFor(asked), resource);
  } catch (thrown) {
    if (thrown instanceof BudgetExceeded) return { outcome: 'budgetExceeded', statements: [] };
    throw thrown;
  }
}

function decideWithin(asked: Asked, { principal, resource: resourceArn, resourceAccount }: DecisionRequest, caller: CallerLayers, on: ResourcePolicies): Decision {
  const rcps = on.rcps && isBound(resourceAccount, on.rcps.managementAccount, principal) ? on.rcps.levels.map((level) => new PlainLayer('rcp', level)) : noLayers;
  const scps = caller.scps && principal.account !== undefined && isBound(principal.account, caller.scps.managementAccount, principal) ? caller.scps : noScps;
  const endpoint = on.endpoint && new PlainLayer('endpoint', [on.endpoint]);
  const resource = on.resource && new ResourceLayer(on.resource);
  const resourceName = resource ? resource.name : on.isResourcePolicyRequired ? 'trust' : 'resource';

  // 1. A Deny in any policy wins.
  const denied = firstOf(rcps, asked) ?? scps.denies.first(asked) ?? endpoint?.first(asked) ?? resource?.first(asked) ?? caller.denies.first(asked);
  if (denied) return denied;

  // 2. Each level of the organizations' policies must allow, and so must the endpoint that the request came through.
  if (!allAllow(rcps, asked)) return implicitDeny('rcp');
  if (!allAllow(scps.levels, asked)) return implicitDeny('scp');
  if (endpoint && !endpoint.firstAllow(asked)) return implicitDeny('endpoint');

  // 3. The resource's own policy: in the same account its Allow may be enough; from another account, to a role or a key, it is needed.
  const granted = resource?.closestAllow(asked);
  const isSameAccount = principal.account === resourceAccount;
  if (granted && (principal.account === undefined || (isSameAccount && granted.naming === 'direct'))) return allowed(resourceName, granted.by);
  if (principal.account === undefined || (!granted && (!isSameAccount || on.isResourcePolicyRequired))) return implicitDeny(resourceName);

  // A role that assumes itself must be named by its own trust policy: that its account is, is not enough. Source: "Announcing an update to IAM role trust policy behavior" (AWS Security Blog).
  if (granted?.naming === 'delegated' && resourceName === 'trust' && resourceArn === principal.principalArn) return implicitDeny('trust');

  // 4. The caller's own policies, unless it is root, or the resource's policy names it closely enough; then what limits them.
  const isIdentityNeeded = !isRoots(principal) && !(isSameAccount && granted?.naming === 'bounded');
  const own = isIdentityNeeded ? caller.identity.firstAllow(asked) : undefined;
  if (isIdentityNeeded && !own) return implicitDeny('identity');
  if (caller.boundary && !caller.boundary.firstAllow(asked)) return implicitDeny('boundary');
  // A federated user may do nothing that no session policy allows.
  if (caller.session ? !caller.session.firstAllow(asked) : principal.kind === 'federatedUser') return implicitDeny('session');
  return !isIdentityNeeded && granted ? allowed(resourceName, granted.by) : allowed('identity', own);
}

/** Whether an organization's policies bind this side of a request: not the management account's, and no service-linked role. Source: "Service control policies", "Resource control policies" (AWS Organizations User Guide). */
const isBound = (account: string, managementAccount: string, principal: Principal): boolean => account !== managementAccount && !(principal.kind === 'role' && principal.isServiceLinked);

/** Root, and whom it federates, need no policy in their own account. */
const isRoots = ({ kind, principalId, account }: AccountPrincipal): boolean => kind === 'root' || (kind === 'federatedUser' && principalId === account);

const noLayers: readonly PlainLayer[] = [];
const noScps = { denies: new PlainDenies([]), levels: noLayers };

function firstOf(levels: readonly Denies[], asked: Asked): PolicyDecision | undefined {
  for (const level of levels) {
    const denied = level.first(asked);
    if (denied) return denied;
  }
  return undefined;
}

function allAllow(levels: readonly Layer[], asked: Asked): boolean {
  for (const level of levels) if (!level.firstAllow(asked)) return false;
  return true;
}

const nothing: readonly MatchedStatement[] = [];
const allowed = (layer: PolicyLayer, statement: MatchedStatement | undefined): Decision => ({ outcome: 'allowed', layer, statements: statement ? [statement] : nothing });
const implicitDeny = (layer: PolicyLayer): Decision => ({ outcome: 'implicitDeny', layer, statements: nothing });
