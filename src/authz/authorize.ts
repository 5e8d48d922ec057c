/** Asks the policy engine what an operation asks permission for, one ask after the other; all must be allowed. */
import { ApiError } from '../base/api-error.ts';
import * as arn from '../base/arn.ts';
import type { Caller } from '../base/caller.ts';
import type { Decision, Principal } from '../policy/types.ts';
import type { AwsManagedPolicies } from '../store/aws-managed-policies.ts';
import type { AccountView } from '../store/store.ts';
import type { Ask } from './ask.ts';
import { appliedResourcePolicy, CallerPolicyGatherer } from './applied-policies.ts';
import { Denied, denialMessage } from './denial.ts';
import { AskContext } from './request-context.ts';
import type { FindMembership, RequestFacts } from './request-context.ts';

/** Throws AccessDenied unless every ask is allowed on the state that `view` shows. `defaultAction` is the operation's own. */
export type Authorize = (caller: Caller, defaultAction: string, asks: readonly Ask[], facts: RequestFacts, view: AccountView | undefined) => void;

/** An authorizer over the given AWS-managed policies. */
export function createAuthorizer(awsManaged: AwsManagedPolicies, findMembership: FindMembership): Authorize {
  const gatherer = new CallerPolicyGatherer(awsManaged);
  return (caller, defaultAction, asks, facts, view) => {
    // INVARIANT: an operation that asks for nothing is our bug, and what is uncertain is denied.
    if (asks.length === 0) throw new ApiError('AccessDenied', `User: ${caller.arn} is not authorized to perform: ${defaultAction}`, { cause: new Error(`${defaultAction} asked for no permission`) });
    const policies = gatherer.policiesOf(caller, view);
    const principal = principalOf(caller, view);
    for (const ask of asks) {
      const action = ask.action ?? defaultAction;
      const own = ask.resourcePolicy;
      const context = new AskContext(caller, facts, ask, view, findMembership);
      const request = { action, resource: ask.resource, resourceAccount: ask.resourceAccount ?? caller.account ?? '', principal, context };
      const resource = own && { resource: own.policy && appliedResourcePolicy(resourcePolicyKinds[own.kind], own.policy), isResourcePolicyRequired: own.kind === 'trust' || own.kind === 'key' };
      const decision = policies.decide(request, resource);
      if (!isGranted(ask, decision)) throw new Denied(denialMessage(caller, action, ask, decision), { request, context: context.all(), policies: { ...policies.policies, ...resource }, decision, revision: view?.revision, isAllowNeeded: ask.mode !== 'unless-denied' });
    }
  };
}

const resourcePolicyKinds = { trust: 'trust', bucket: 'bucket', key: 'resource' } as const;

const isGranted = (ask: Ask, { outcome }: Decision): boolean => outcome === 'allowed' || (ask.mode === 'unless-denied' && outcome === 'implicitDeny');

/** The caller as policies name it. `view` is its own account. */
function principalOf(caller: Caller, view: AccountView | undefined): Principal {
  if (caller.kind === 'anonymous') return { kind: 'anonymous' };
  if (caller.kind === 'service' || caller.kind === 'certificate') return { kind: 'service', service: caller.service };
  if (caller.account === undefined) return { kind: caller.kind, federated: caller.federated };
  const { kind, account, arn: own, principalId } = caller;
  if (caller.kind === 'federatedUser') return { kind, account, arn: own, principalArn: issuerArn(principalId, account, view), principalId };
  return { kind, account, arn: own, principalArn: caller.principalArn, principalId, isServiceLinked: caller.kind === 'role' && caller.principalArn.includes(':role/aws-service-role/') };
}

/** Who called GetFederationToken: root, or a user by the name that it has now. */
function issuerArn(principalId: string, account: string, view: AccountView | undefined): string {
  const user = view?.users.find(principalId);
  return user ? arn.user(account, user.Path, user.UserName) : arn.root(account);
}
