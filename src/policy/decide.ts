/** Decides a request over all the policies that apply, in AWS's order. Source: "Policy evaluation logic", "How AWS enforcement code logic evaluates requests" (IAM User Guide). */
import { Budget, BudgetExceeded } from './budget.ts';
import { EnginePolicy, type EngineStatement } from './compile.ts';
import { closer, type Naming } from './principal-match.ts';
import type { AccountPrincipal, AppliedPolicy, AppliedResourcePolicy, Decision, DecisionRequest, MatchedStatement, OrganizationPolicies, PolicyLayer, PolicySet, Principal } from './types.ts';

/** Never throws for what a policy or a request holds; a decision that takes too much work is a denial. */
export function decide(request: DecisionRequest, policies: PolicySet): Decision {
  try {
    return decideWithin(request, policies, new Budget());
  } catch (thrown) {
    if (thrown instanceof BudgetExceeded) return { outcome: 'budgetExceeded', statements: [] };
    throw thrown;
  }
}

function decideWithin(request: DecisionRequest, policies: PolicySet, budget: Budget): Decision {
  const { principal, resourceAccount } = request;
  const asked: Asked = { request, action: request.action.toLowerCase(), hasBoundary: policies.boundary !== undefined, budget };
  const resourceLayer: PolicyLayer = policies.resource?.compiled.kind === 'trust' || (policies.isResourcePolicyRequired && !policies.resource) ? 'trust' : 'resource';

  const rcps = (isBound(policies.rcps, resourceAccount, principal) ? policies.rcps.levels : []).map((level) => evaluate(level, asked));
  const scps = (principal.account !== undefined && isBound(policies.scps, principal.account, principal) ? policies.scps.levels : []).map((level) => evaluate(level, asked));
  const endpoint = policies.endpoint && evaluate([policies.endpoint], asked);
  const resource = policies.resource && evaluate([policies.resource], asked, policies.resource.principalIds);
  const identity = evaluate(policies.identity, asked);
  const boundary = policies.boundary && evaluate([policies.boundary], asked);
  const session = policies.session && evaluate(policies.session, asked);

  // 1. A Deny in any policy wins.
  const denied =
    firstDeny('rcp', ...rcps) ?? firstDeny('scp', ...scps) ?? firstDeny('endpoint', endpoint) ?? firstDeny(resourceLayer, resource)
    ?? firstDeny('identity', identity) ?? firstDeny('boundary', boundary) ?? firstDeny('session', session);
  if (denied) return denied;

  // 2. Each level of the organization's policies must allow, and so must the endpoint that the request came through.
  if (rcps.some(({ allow }) => !allow)) return implicitDeny('rcp');
  if (scps.some(({ allow }) => !allow)) return implicitDeny('scp');
  if (endpoint && !endpoint.allow) return implicitDeny('endpoint');

  // 3. The resource's own policy: in the same account its Allow may be enough; from another account, or of a role or a key, it is needed.
  const isSameAccount = principal.account === resourceAccount;
  const naming = resource?.naming;
  if (principal.account === undefined || (isSameAccount && naming === 'direct')) return resource?.allow ? allowed(resourceLayer, resource.allow) : implicitDeny(resourceLayer);
  if (!naming && (!isSameAccount || policies.isResourcePolicyRequired)) return implicitDeny(resourceLayer);

  // 4. The caller's own policies, unless it is root's or the resource's policy names it closely; then what limits them.
  const isIdentityNeeded = !isRoots(principal) && !(isSameAccount && naming === 'bounded');
  if (isIdentityNeeded && !identity.allow) return implicitDeny('identity');
  if (boundary && !boundary.allow) return implicitDeny('boundary');
  if (session && !session.allow) return implicitDeny('session');
  return isIdentityNeeded || !resource?.allow ? allowed('identity', identity.allow) : allowed(resourceLayer, resource.allow);
}

/** Whether an organization's policies bind `account`'s side of the request: not the management account's, and not a service-linked role. */
function isBound(policies: OrganizationPolicies | undefined, account: string, principal: Principal): policies is OrganizationPolicies {
  return policies !== undefined && account !== policies.managementAccount && !(principal.kind === 'role' && principal.isServiceLinked);
}

/** Root, and whom it federates, need no policy in their own account. */
const isRoots = ({ kind, principalId, account }: AccountPrincipal): boolean => kind === 'root' || (kind === 'federatedUser' && principalId === account);

interface Asked { readonly request: DecisionRequest; readonly action: string; readonly hasBoundary: boolean; readonly budget: Budget }
/** The first statements that match; of a resource's policy, the first Allow that names the caller most closely. */
interface Evaluation { readonly allow: MatchedStatement | undefined; readonly deny: MatchedStatement | undefined; readonly naming: Naming | undefined }

function evaluate(policies: readonly AppliedPolicy[], asked: Asked, ids?: AppliedResourcePolicy['principalIds']): Evaluation {
  let allow: MatchedStatement | undefined;
  let deny: MatchedStatement | undefined;
  let naming: Naming | undefined;
  for (const policy of policies) {
    if (!(policy.compiled instanceof EnginePolicy)) continue;
    for (const statement of policy.compiled.statementsFor(asked.action, asked.budget)) {
      const named = statement.naming ? statement.naming(asked.request.principal, ids, asked.hasBoundary) : 'direct';
      if (named === undefined || !applies(statement, asked)) continue;
      if (statement.effect === 'Deny') deny ??= { policy, statement };
      else if (closer(naming, named) !== naming) {
        naming = named;
        allow = { policy, statement };
      }
    }
  }
  return { allow, deny, naming };
}

/** Whether resource and conditions match; the action does. */
function applies({ matchesResource, conditions }: EngineStatement, { request, budget }: Asked): boolean {
  budget.spend(1);
  if (matchesResource && !matchesResource(request, budget)) return false;
  for (const condition of conditions) if (!condition(request.context, budget)) return false;
  return true;
}

const allowed = (layer: PolicyLayer, statement: MatchedStatement | undefined): Decision => ({ outcome: 'allowed', layer, statements: statement ? [statement] : [] });
const implicitDeny = (layer: PolicyLayer): Decision => ({ outcome: 'implicitDeny', layer, statements: [] });

function firstDeny(layer: PolicyLayer, ...evaluations: readonly (Evaluation | undefined)[]): Decision | undefined {
  for (const evaluation of evaluations) if (evaluation?.deny) return { outcome: 'explicitDeny', layer, statements: [evaluation.deny] };
  return undefined;
}
