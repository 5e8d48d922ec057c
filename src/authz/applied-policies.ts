/** Which policies apply to a caller: its own inline and attached ones, its groups', its boundary and its session's, compiled. */
import * as arn from '../base/arn.ts';
import type { Caller } from '../base/caller.ts';
import { compilePolicy } from '../policy/compile.ts';
import type { AppliedPolicy, AppliedResourcePolicy, CompiledPolicy, PolicyKind, PolicySet } from '../policy/types.ts';
import type { AwsManagedPolicies } from '../store/aws-managed-policies.ts';
import type { AccountView } from '../store/store.ts';
import { foldCase, pairKey } from '../store/tables.ts';
import type { PrincipalPolicy } from '../store/tables.ts';

/** What limits and allows a caller, before any resource's own policy is looked at. */
export type CallerPolicies = Pick<PolicySet, 'identity' | 'boundary' | 'session'>;

/** The most principals whose policies are kept gathered for one account. */
const gatheredMax = 20_000;

/** Compiled policies hang off the immutable document they came from, so that a change of the document is a change of the key. */
const compiledBy: Record<PolicyKind, WeakMap<object, CompiledPolicy>> = {
  identity: new WeakMap(), boundary: new WeakMap(), session: new WeakMap(), trust: new WeakMap(), resource: new WeakMap(), scp: new WeakMap(), rcp: new WeakMap(),
};

function compiled(kind: PolicyKind, owner: object, text: string): CompiledPolicy {
  let policy = compiledBy[kind].get(owner);
  if (!policy) {
    policy = compilePolicy(text, kind);
    compiledBy[kind].set(owner, policy);
  }
  return policy;
}

/** A resource's own policy, compiled. */
export function appliedResourcePolicy(kind: 'trust' | 'resource', policy: PrincipalPolicy): AppliedResourcePolicy {
  return { compiled: compiled(kind, policy, policy.Document), arn: undefined, name: kind, principalIds: policy.PrincipalIds };
}

/** Gathers the policies of callers. Gathered sets are kept until the account's next revision. */
export class CallerPolicyGatherer {
  readonly #awsManaged: AwsManagedPolicies;
  readonly #gathered = new WeakMap<AccountView, { revision: number; byPrincipal: Map<string, CallerPolicies> }>();

  constructor(awsManaged: AwsManagedPolicies) {
    this.#awsManaged = awsManaged;
  }

  /** `view` is the caller's own account. A principal that is gone has no policies, and so may do nothing. */
  policiesOf(caller: Caller, view: AccountView | undefined): CallerPolicies {
    if (caller.kind === 'anonymous' || caller.kind === 'root' || !view) return { identity: [] };
    const own = this.#ofPrincipal(caller.principalId, caller.kind === 'role' ? 'role' : 'user', view);
    if (caller.kind === 'federatedUser') return { ...own, session: this.#session(caller.session, view) ?? [] };
    const session = caller.session && this.#session(caller.session, view);
    return session ? { ...own, session } : own;
  }

  #ofPrincipal(principalId: string, kind: 'user' | 'role', view: AccountView): CallerPolicies {
    let kept = this.#gathered.get(view);
    if (!kept || kept.revision !== view.revision) {
      kept = { revision: view.revision, byPrincipal: new Map() };
      this.#gathered.set(view, kept);
    }
    let policies = kept.byPrincipal.get(principalId);
    if (!policies) {
      policies = this.#gather(principalId, kind, view);
      if (kept.byPrincipal.size >= gatheredMax) kept.byPrincipal.clear();
      kept.byPrincipal.set(principalId, policies);
    }
    return policies;
  }

  #gather(principalId: string, kind: 'user' | 'role', view: AccountView): CallerPolicies {
    const principal = kind === 'user' ? view.users.find(principalId) : view.roles.find(principalId);
    if (!principal) return { identity: [] };
    const holders = kind === 'user' ? [principalId, ...view.memberships.listBy('user', principalId).map((m) => m.GroupId)] : [principalId];
    const identity: AppliedPolicy[] = [];
    for (const holder of holders) {
      for (const inline of view.inlinePolicies.listBy('principal', holder)) {
        identity.push({ compiled: compiled('identity', inline, inline.Document), arn: undefined, name: inline.PolicyName });
      }
      for (const { PolicyArn } of view.attachments.listBy('principal', holder)) {
        const policy = this.#managed('identity', PolicyArn, view);
        if (policy) identity.push(policy);
      }
    }
    if (principal.PermissionsBoundary === undefined) return { identity };
    return { identity, boundary: this.#managed('boundary', principal.PermissionsBoundary, view) ?? allowsNothing(principal.PermissionsBoundary) };
  }

  /** The session policies as one layer; undefined where the session was made without any. */
  #session(session: NonNullable<Caller['session']>, view: AccountView): AppliedPolicy[] | undefined {
    if (session.policy === undefined && !session.policyArns?.length) return undefined;
    const policies: AppliedPolicy[] = [];
    if (session.policy !== undefined) policies.push({ compiled: compiled('session', session, session.policy), arn: undefined, name: 'session' });
    for (const policyArn of session.policyArns ?? []) {
      const policy = this.#managed('session', policyArn, view);
      if (policy) policies.push(policy);
    }
    return policies;
  }

  #managed(kind: 'identity' | 'boundary' | 'session', policyArn: string, view: AccountView): AppliedPolicy | undefined {
    const parsed = arn.parse(policyArn);
    if (!parsed) return undefined;
    const awsManaged = parsed.account === 'aws' ? this.#awsManaged.find(policyArn) : undefined;
    if (awsManaged) return { compiled: compiled(kind, awsManaged.version, awsManaged.version.Document), arn: policyArn, name: awsManaged.PolicyName };
    const named = arn.splitResource(parsed.resource);
    const policy = named && view.policies.findBy('name', foldCase(named.name));
    if (!policy || arn.policy(view.account, policy.Path, policy.PolicyName) !== policyArn) return undefined;
    const version = view.policyVersions.find(pairKey(policy.PolicyId, policy.DefaultVersionId));
    return version && { compiled: compiled(kind, version, version.Document), arn: policyArn, name: policy.PolicyName };
  }
}

/** A boundary whose policy cannot be found limits to nothing: what is uncertain is denied. */
function allowsNothing(policyArn: string): AppliedPolicy {
  return { compiled: { kind: 'boundary', statements: [] }, arn: policyArn, name: policyArn };
}
