/** Decides a request over all the policies that apply, in AWS's order. Source: "Policy evaluation logic", "How AWS enforcement code logic evaluates requests" (IAM User Guide). */
import { Asked } from './asked.ts';
import { BudgetExceeded } from './budget.ts';
import { type Layer, PlainLayer, ResourceLayer } from './layers.ts';
import type { AccountPrincipal, AppliedPolicy, CallerPolicies, Decision, DecisionRequest, MatchedStatement, PolicyDecision, PolicyLayer, PolicySet, Principal, ResourcePolicies } from './types.ts';

/** Never throws for what a policy or a request holds; a decision that takes too much work is a denial. */
export function decide(request: DecisionRequest, policies: PolicySet): Decision {
  return decideOn(request, { policies, layersFor: () => layersOf(policies) }, policies);
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

function decideWithin(asked: Asked, { principal, resourceAccount }: DecisionRequest, { identity, boundary, session, scps: callersScps }: CallerLayers, on: ResourcePolicies): Decision {
  const rcps = on.rcps && isBound(resourceAccount, on.rcps.managementAccount, principal) ? on.rcps.levels.map(plainLayer) : noLayers;
  const scps = callersScps && principal.account !== undefined && isBound(principal.account, callersScps.managementAccount, principal) ? callersScps.levels : noLayers;
  const endpoint = on.endpoint && plainLayer([on.endpoint]);
  const resource = on.resource && new ResourceLayer(on.resource);
  const resourceName = resource ? resource.name : on.isResourcePolicyRequired ? 'trust' : 'resource';

  // 1. A Deny in any policy wins.
  const denied =
    denyOfLevels('rcp', rcps, asked) ?? denyOfLevels('scp', scps, asked) ?? denyOf('endpoint', endpoint, asked) ?? denyOf(resourceName, resource, asked)
    ?? denyOf('identity', identity, asked) ?? denyOf('boundary', boundary, asked) ?? denyOf('session', session, asked);
  if (denied) return denied;

  // 2. Each level of the organizations' policies must allow, and so must the endpoint that the request came through.
  if (!allAllow(rcps, asked)) return implicitDeny('rcp');
  if (!allAllow(scps, asked)) return implicitDeny('scp');
  if (endpoint && !endpoint.firstAllow(asked)) return implicitDeny('endpoint');

  // 3. The resource's own policy: in the same account its Allow may be enough; from another account, to a role or a key, it is needed.
  const granted = resource?.closestAllow(asked);
  const isSameAccount = principal.account === resourceAccount;
  if (granted && (principal.account === undefined || (isSameAccount && granted.naming === 'direct'))) return allowed(resourceName, granted.by);
  if (principal.account === undefined || (!granted && (!isSameAccount || on.isResourcePolicyRequired))) return implicitDeny(resourceName);

  // 4. The caller's own policies, unless it is root, or the resource's policy names it closely enough; then what limits them.
  const isIdentityNeeded = !isRoots(principal) && !(isSameAccount && granted?.naming === 'bounded');
  const own = isIdentityNeeded ? identity.firstAllow(asked) : undefined;
  if (isIdentityNeeded && !own) return implicitDeny('identity');
  if (boundary && !boundary.firstAllow(asked)) return implicitDeny('boundary');
  if (session && !session.firstAllow(asked)) return implicitDeny('session');
  return !isIdentityNeeded && granted ? allowed(resourceName, granted.by) : allowed('identity', own);
}

/** Whether an organization's policies bind this side of a request: not the management account's, and no service-linked role. Source: "Service control policies", "Resource control policies" (AWS Organizations User Guide). */
const isBound = (account: string, managementAccount: string, principal: Principal): boolean => account !== managementAccount && !(principal.kind === 'role' && principal.isServiceLinked);

/** Root, and whom it federates, need no policy in their own account. */
const isRoots = ({ kind, principalId, account }: AccountPrincipal): boolean => kind === 'root' || (kind === 'federatedUser' && principalId === account);

/** The caller's policies in layers. */
export interface CallerLayers {
  readonly identity: Layer;
  readonly boundary: Layer | undefined;
  readonly session: Layer | undefined;
  readonly scps: { readonly managementAccount: string; readonly levels: readonly Layer[] } | undefined;
}

const plainLayer = (policies: readonly AppliedPolicy[]): Layer => new PlainLayer(policies);

export function layersOf({ identity, boundary, session, scps }: CallerPolicies, layerOf: (policies: readonly AppliedPolicy[]) => Layer = plainLayer): CallerLayers {
  return {
    identity: layerOf(identity),
    boundary: boundary && layerOf([boundary]),
    session: session && layerOf(session),
    scps: scps && { managementAccount: scps.managementAccount, levels: scps.levels.map(layerOf) },
  };
}

const noLayers: readonly Layer[] = [];

function denyOf(name: PolicyLayer, layer: Pick<Layer, 'firstDeny'> | undefined, asked: Asked): PolicyDecision | undefined {
  const deny = layer?.firstDeny(asked);
  return deny && { outcome: 'explicitDeny', layer: name, statements: [deny] };
}

function denyOfLevels(name: PolicyLayer, levels: readonly Layer[], asked: Asked): PolicyDecision | undefined {
  for (const level of levels) {
    const denied = denyOf(name, level, asked);
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
