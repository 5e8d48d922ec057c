/** The readable twin of the policy engine: AWS's rules written down to be read, slow and plain, sharing nothing with the engine but the names of things. Source: "Policy evaluation logic" (IAM User Guide). */
import type { PolicyKind, PolicyLayer, Principal } from '../../src/policy/types.ts';
import { conditionHolds } from './reference-conditions.ts';
import { readPolicy, type ReadPolicy, type ReadStatement } from './reference-document.ts';
import { actionMatches, resourceMatches } from './reference-patterns.ts';
import { namedAs, type NamedAs } from './reference-principals.ts';
import { contextOf, textOf, type Answer, type Evaluator, type WrittenPolicies, type WrittenPolicy, type WrittenRequest } from './written-policies.ts';

/** Reads the policies once, then answers requests. */
export const reference: Evaluator = (policies) => {
  const layers = readLayers(policies);
  return (request) => answer(request, policies, layers);
};

/** The policies of one layer that must allow together: one of them has to. */
interface Layer { readonly layer: PolicyLayer; readonly policies: readonly PlacedPolicy[] }
interface PlacedPolicy extends ReadPolicy { readonly name: string; readonly principalIds?: Readonly<Record<string, string>> | undefined }
interface Layers {
  /** One for each level of the organization. */
  readonly rcps: readonly Layer[];
  readonly scps: readonly Layer[];
  readonly endpoint: Layer | undefined;
  readonly resource: Layer | undefined;
  readonly identity: Layer;
  readonly boundary: Layer | undefined;
  readonly session: Layer | undefined;
}

function answer(request: WrittenRequest, policies: WrittenPolicies, layers: Layers): Answer {
  const { principal, resourceAccount } = request;
  const asked: Asked = { request, hasBoundary: layers.boundary !== undefined };
  const rcps = isBoundBy(policies.rcps, resourceAccount, principal) ? layers.rcps : [];
  const scps = isBoundBy(policies.scps, principal.account, principal) ? layers.scps : [];
  const { endpoint, resource, identity, boundary, session } = layers;

  // "Deny evaluation": an explicit deny in any policy that applies is final.
  for (const layer of [...rcps, ...scps, endpoint, resource, identity, boundary, session]) {
    const [deny] = matching(layer, 'Deny', asked);
    if (layer && deny) return { outcome: 'explicitDeny', layer: layer.layer, by: deny.by };
  }

  // "Organizations RCPs", then "Organizations SCPs": there must be an Allow at every level. Then the VPC endpoint that the request came through.
  for (const layer of [...rcps, ...scps, endpoint]) {
    if (layer && matching(layer, 'Allow', asked).length === 0) return implicitDeny(layer.layer);
  }

  // "Resource-based policies". Of several Allows the one counts that names the caller most closely, and so leaves the fewest of its own policies to be asked.
  const grants = matching(resource, 'Allow', asked).map(({ by, named }) => ({ by, named, stillAsked: stillAsked(principal, resourceAccount, named) }));
  grants.sort((a, b) => distance[a.named] - distance[b.named]);
  const [grant] = grants;
  const mustGrant = principal.account !== resourceAccount || policies.isResourcePolicyRequired === true;
  const resourceLayer = resource?.layer ?? (policies.isResourcePolicyRequired ? 'trust' : 'resource');
  if (!grant && mustGrant) return implicitDeny(resourceLayer);
  // "Announcing an update to IAM role trust policy behavior" (AWS Security Blog): a role assumes itself only where its trust policy names it, not its account.
  if (resourceLayer === 'trust' && principal.account !== undefined && request.resource === principal.principalArn && grant?.named === 'account') return implicitDeny('trust');

  // "Identity-based policies", "IAM permissions boundaries", "Session policies": each that is asked must allow.
  const toAsk = grant ? grant.stillAsked : ownLayers(principal);
  const [identityAllow] = toAsk.includes('identity') ? matching(identity, 'Allow', asked) : [];
  if (toAsk.includes('identity') && !identityAllow) return implicitDeny('identity');
  if (toAsk.includes('boundary') && boundary && matching(boundary, 'Allow', asked).length === 0) return implicitDeny('boundary');
  if (toAsk.includes('session') && !sessionAllows(principal, session, asked)) return implicitDeny('session');
  // What allowed: the identity policies where they had to, else the resource's; root alone needs neither.
  if (grant && !identityAllow) return { outcome: 'allowed', layer: resourceLayer, by: grant.by };
  return { outcome: 'allowed', layer: 'identity', by: identityAllow?.by };
}

const implicitDeny = (layer: PolicyLayer): Answer => ({ outcome: 'implicitDeny', layer, by: undefined });

/** "If there is no session policy, the code checks whether the principal is a role session. If [it] is, then the request is Allowed. Otherwise [of a federated user] the request is implicitly denied." */
function sessionAllows(principal: Principal, session: Layer | undefined, asked: Asked): boolean {
  if (!session) return principal.kind !== 'federatedUser';
  return matching(session, 'Allow', asked).length > 0;
}

/** SCPs do not bind the management account, nor RCPs its resources; neither binds service-linked roles. Source: "Service control policies", "Resource control policies" (AWS Organizations User Guide). */
function isBoundBy(organization: { readonly managementAccount: string } | undefined, account: string | undefined, principal: Principal): boolean {
  const isServiceLinked = principal.kind === 'role' && principal.isServiceLinked === true;
  return organization !== undefined && account !== undefined && account !== organization.managementAccount && !isServiceLinked;
}

const distance: Record<NamedAs, number> = { everyone: 0, itself: 0, identity: 1, account: 2 };

type OwnLayer = 'identity' | 'boundary' | 'session';

/** The caller's own policies that an Allow in the resource's policy leaves to be asked. */
function stillAsked(principal: Principal, resourceAccount: string, named: NamedAs): readonly OwnLayer[] {
  // A caller without an account has no policies of its own.
  if (principal.account === undefined) return [];
  // "Cross-account policy evaluation logic": both sides must allow, whatever form the principal has.
  if (principal.account !== resourceAccount || named === 'account') return ownLayers(principal);
  return sameAccount[principal.kind][named];
}

/** The table "Resource-based policies and implicit denies in other policy types (same account)": what can still deny implicitly. */
const sameAccount: Record<'root' | 'user' | 'role' | 'federatedUser', Record<Exclude<NamedAs, 'account'>, readonly OwnLayer[]>> = {
  root: { everyone: [], itself: [], identity: [] },
  user: { everyone: [], itself: [], identity: [] },
  role: { everyone: [], itself: [], identity: ['boundary', 'session'] },
  federatedUser: { everyone: [], itself: [], identity: ['boundary', 'session'] },
};

/** Root needs no policy; nor does a federated user that root federated. The session that AssumeRoot gives has a policy all the same. */
function ownLayers(principal: Principal): readonly OwnLayer[] {
  if (principal.account === undefined) return [];
  const isOfRoot = principal.kind === 'root' || (principal.kind === 'federatedUser' && principal.principalId === principal.account);
  return isOfRoot ? ['boundary', 'session'] : ['identity', 'boundary', 'session'];
}

interface Asked { readonly request: WrittenRequest; readonly hasBoundary: boolean }
interface Match { readonly by: string; readonly named: NamedAs }

/** The statements of one effect that match the request, in order. */
function matching(layer: Layer | undefined, effect: 'Allow' | 'Deny', asked: Asked): readonly Match[] {
  return (layer?.policies ?? []).flatMap((policy) => policy.statements.flatMap((statement) => {
    if (statement.effect !== effect || (effect === 'Allow' && !statement.isUnderstood)) return [];
    const named = statementMatches(statement, policy, asked);
    return named === undefined ? [] : [{ by: `${policy.name} #${statement.index}`, named }];
  }));
}

/** Undefined where the statement does not match; else as what it names the caller. Each part that is absent, or is not understood, does not narrow it. */
function statementMatches(statement: ReadStatement, policy: PlacedPolicy, { request, hasBoundary }: Asked): NamedAs | undefined {
  const context = contextOf(request.context);
  const { action, resource, principal, conditions } = statement;
  const named = principal ? namedAs(principal, request.principal, policy.principalIds, hasBoundary) : 'everyone';
  if (named === undefined) return undefined;
  if (action && !actionMatches(action, request.action)) return undefined;
  if (resource && !resourceMatches(resource, request.resource, context, policy.areVariablesAllowed)) return undefined;
  return conditions.every((condition) => conditionHolds(condition, context, policy.areVariablesAllowed)) ? named : undefined;
}

function readLayers(policies: WrittenPolicies): Layers {
  const { identity, boundary, session, scps, resource, rcps, endpoint } = policies;
  const layerOf = (layer: PolicyLayer, kind: PolicyKind, written: readonly WrittenPolicy[], name: (i: number) => string): Layer => ({
    layer, policies: written.map((policy, i) => ({ ...readPolicy(textOf(policy), kind), name: name(i), principalIds: layer === 'resource' || layer === 'trust' ? resource?.principalIds : undefined })),
  });
  return {
    rcps: (rcps?.levels ?? []).map((level, i) => layerOf('rcp', 'rcp', level, (j) => `rcp ${i} ${j}`)),
    scps: (scps?.levels ?? []).map((level, i) => layerOf('scp', 'scp', level, (j) => `scp ${i} ${j}`)),
    endpoint: endpoint === undefined ? undefined : layerOf('endpoint', 'endpoint', [endpoint], () => 'endpoint'),
    resource: resource && layerOf(resource.kind === 'trust' ? 'trust' : 'resource', resource.kind, [resource.document], () => 'resource'),
    identity: layerOf('identity', 'identity', identity ?? [], (i) => `identity ${i}`),
    boundary: boundary === undefined ? undefined : layerOf('boundary', 'boundary', [boundary], () => 'boundary'),
    session: session && layerOf('session', 'session', session, (i) => `session ${i}`),
  };
}
