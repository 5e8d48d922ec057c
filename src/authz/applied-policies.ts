/** Which policies apply to a caller: its own inline and attached ones, its groups', its boundary and its session's, compiled. */
import * as arn from '../base/arn.ts';
import type { Caller } from '../base/caller.ts';
import type { SessionClaims } from '../base/session.ts';
import { compilePolicy } from '../policy/compile.ts';
import { preparePolicies, type PreparedPolicies } from '../policy/prepare.ts';
import type { AppliedPolicy, AppliedResourcePolicy, CallerPolicies, CompiledPolicy, PolicyKind } from '../policy/types.ts';
import type { AwsManagedPolicies } from '../store/aws-managed-policies.ts';
import type { AccountView } from '../store/store.ts';
import { foldCase, pairKey } from '../store/tables.ts';
import type { PrincipalPolicy } from '../store/tables.ts';

/** The most principals whose policies are kept gathered for one account. */
const gatheredMax = 20_000;

/** Compiled policies hang off the immutable document they came from, so that a change of the document is a change of the key. */
const compiledBy: Record<PolicyKind, WeakMap<object, CompiledPolicy>> = {
  identity: new WeakMap(), boundary: new WeakMap(), session: new WeakMap(), trust: new WeakMap(), resource: new WeakMap(), bucket: new WeakMap(), endpoint: new WeakMap(), scp: new WeakMap(), rcp: new WeakMap(),
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
export function appliedResourcePolicy(kind: 'trust' | 'resource' | 'bucket', policy: PrincipalPolicy): AppliedResourcePolicy {
  return { compiled: compiled(kind, policy, policy.Document), arn: undefined, name: kind, principalIds: policy.PrincipalIds };
}

/** What was gathered for a caller, and the revision that it was last found true at. */
interface Gathered { revision: number | undefined; readonly prepared: PreparedPolicies }

/** Gathers the policies of callers and makes them ready for decisions. After the account changed they are gathered anew, but what was made ready stays unless it is other policies. */
export class CallerPolicyGatherer {
  readonly #awsManaged: AwsManagedPolicies;
  readonly #ofPrincipals = new WeakMap<AccountView, Map<string, Gathered>>();
  readonly #ofSessions = new WeakMap<SessionClaims, Gathered>();

  constructor(awsManaged: AwsManagedPolicies) {
    this.#awsManaged = awsManaged;
  }

  /** `view` is the caller's own account. A principal that is gone has no policies, and so may do nothing. */
  policiesOf(caller: Caller, view: AccountView | undefined): PreparedPolicies {
    if (caller.account === undefined) return noPolicies;
    if (caller.session?.issuer === 'AssumeRoot') return this.#ofRootSession(caller.session, view);
    const own = caller.kind === 'root' || !view ? noPolicies : this.#ofPrincipal(caller.principalId, caller.kind === 'role' ? 'role' : 'user', view);
    const { session } = caller;
    if (!session || (caller.kind !== 'federatedUser' && !hasSessionPolicies(session))) return own;
    const known = this.#ofSessions.get(session);
    // Where the account is not at hand, nor are its policies: what is uncertain is denied.
    const gathered = upToDate(known, view?.revision, () => ({ ...own.policies, session: view ? this.#session(session, view) : [] }));
    if (gathered !== known) this.#ofSessions.set(session, gathered);
    return gathered.prepared;
  }

  /** A session of AssumeRoot is root, to whom the task policy denies all but the task. One whose policy is not at hand may do nothing. */
  #ofRootSession(session: SessionClaims, view: AccountView | undefined): PreparedPolicies {
    const known = this.#ofSessions.get(session);
    const gathered = upToDate(known, view?.revision, () => {
      const [task = ''] = session.policyArns ?? [];
      const policy = view && managedPolicy('identity', task, view, this.#awsManaged, compiled);
      return policy ? { identity: [policy] } : { identity: [], boundary: allowsNothing(task) };
    });
    if (gathered !== known) this.#ofSessions.set(session, gathered);
    return gathered.prepared;
  }

  #ofPrincipal(principalId: string, kind: 'user' | 'role', view: AccountView): PreparedPolicies {
    let byPrincipal = this.#ofPrincipals.get(view);
    if (!byPrincipal) this.#ofPrincipals.set(view, (byPrincipal = new Map()));
    const known = byPrincipal.get(principalId);
    const gathered = upToDate(known, view.revision, () => this.#gather(principalId, kind, view));
    if (gathered !== known) {
      if (byPrincipal.size >= gatheredMax) byPrincipal.clear();
      byPrincipal.set(principalId, gathered);
    }
    return gathered.prepared;
  }

  #gather(principalId: string, kind: 'user' | 'role', view: AccountView): CallerPolicies {
    return principalPolicies(principalId, kind, view, this.#awsManaged, compiled).policies;
  }

  /** The session policies as one layer. */
  #session(session: SessionClaims, view: AccountView): readonly AppliedPolicy[] {
    const policies: AppliedPolicy[] = [];
    if (session.policy !== undefined) policies.push({ compiled: compiled('session', session, session.policy), arn: undefined, name: 'session' });
    for (const policyArn of session.policyArns ?? []) {
      const policy = managedPolicy('session', policyArn, view, this.#awsManaged, compiled);
      if (policy) policies.push(policy);
    }
    return policies;
  }
}

/** Compiles a policy of a document, or hands out what was made of it before. */
export type CompileOwned = (kind: PolicyKind, owner: object, text: string) => CompiledPolicy;

/** What hangs on a user or role. `holders` tells of each identity policy whose it is: the unique id of the principal itself or of one of its groups. */
export interface PrincipalPolicies { readonly policies: CallerPolicies; readonly holders: readonly string[] }

/** The policies of a user or role: its own inline and attached ones, its groups', and its boundary. One that is gone has none. */
export function principalPolicies(principalId: string, kind: 'user' | 'role', view: AccountView, awsManaged: AwsManagedPolicies, compile: CompileOwned): PrincipalPolicies {
  const principal = kind === 'user' ? view.users.find(principalId) : view.roles.find(principalId);
  if (!principal) return { policies: { identity: [] }, holders: [] };
  const candidates = kind === 'user' ? [principalId, ...view.memberships.listBy('user', principalId).map((m) => m.GroupId)] : [principalId];
  const identity: AppliedPolicy[] = [];
  const holders: string[] = [];
  for (const holder of candidates) {
    for (const inline of view.inlinePolicies.listBy('principal', holder)) {
      identity.push({ compiled: compile('identity', inline, inline.Document), arn: undefined, name: inline.PolicyName });
      holders.push(holder);
    }
    for (const { PolicyArn } of view.attachments.listBy('principal', holder)) {
      const policy = managedPolicy('identity', PolicyArn, view, awsManaged, compile);
      if (!policy) continue;
      identity.push(policy);
      holders.push(holder);
    }
  }
  if (principal.PermissionsBoundary === undefined) return { policies: { identity }, holders };
  const boundary = managedPolicy('boundary', principal.PermissionsBoundary, view, awsManaged, compile) ?? allowsNothing(principal.PermissionsBoundary);
  return { policies: { identity, boundary }, holders };
}

function managedPolicy(kind: 'identity' | 'boundary' | 'session', policyArn: string, view: AccountView, awsManagedPolicies: AwsManagedPolicies, compile: CompileOwned): AppliedPolicy | undefined {
  const parsed = arn.parse(policyArn);
  if (!parsed) return undefined;
  const awsManaged = parsed.account === 'aws' ? awsManagedPolicies.find(policyArn) : undefined;
  if (awsManaged) return { compiled: compile(kind, awsManaged.version, awsManaged.version.Document), arn: policyArn, name: awsManaged.PolicyName };
  const named = arn.splitResource(parsed.resource);
  const policy = named && view.policies.findBy('name', foldCase(named.name));
  if (!policy || arn.policy(view.account, policy.Path, policy.PolicyName) !== policyArn) return undefined;
  const version = view.policyVersions.find(pairKey(policy.PolicyId, policy.DefaultVersionId));
  return version && { compiled: compile(kind, version, version.Document), arn: policyArn, name: policy.PolicyName };
}

/** What is known, if it is of this revision or still holds in it; else what `gather` finds, made ready. */
function upToDate(known: Gathered | undefined, revision: number | undefined, gather: () => CallerPolicies): Gathered {
  if (known && known.revision === revision) return known;
  const policies = gather();
  if (!known || !isSame(known.prepared.policies, policies)) return { revision, prepared: preparePolicies(policies) };
  known.revision = revision;
  return known;
}

const isSame = (a: CallerPolicies, b: CallerPolicies): boolean => isSameLayer(a.identity, b.identity) && isSameLayer(a.session, b.session) && isSameLayer(a.boundary && [a.boundary], b.boundary && [b.boundary]);

function isSameLayer(a: readonly AppliedPolicy[] | undefined, b: readonly AppliedPolicy[] | undefined): boolean {
  if (!a || !b) return a === b;
  return a.length === b.length && a.every(({ compiled, arn, name }, i) => compiled === b[i]!.compiled && arn === b[i]!.arn && name === b[i]!.name);
}

const noPolicies = preparePolicies({ identity: [] });

const hasSessionPolicies = ({ policy, policyArns }: SessionClaims): boolean => policy !== undefined || (policyArns?.length ?? 0) > 0;

/** A boundary whose policy cannot be found limits to nothing: what is uncertain is denied. */
function allowsNothing(policyArn: string): AppliedPolicy {
  return { compiled: { kind: 'boundary', text: '', statements: [] }, arn: policyArn, name: policyArn };
}
