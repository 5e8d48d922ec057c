/** AssumeRoleWithWebIdentity: temporary credentials of a role for whoever an OpenID Connect provider vouches for. */
import type { AssumeRoleWithWebIdentityRequest, Sts } from '../../../models/sts.ts';
import type { ProvidedCaller } from '../../base/caller.ts';
import type { ContextValue } from '../../policy/types.ts';
import type { RoleDoc } from '../../store/tables.ts';
import type { Operations } from '../operation.ts';
import { findRole, issueRoleSession, parseRoleArn, sessionSeconds, trustAsk } from './role-session.ts';
import { checkSessionPolicy } from './session-policies.ts';
import { sessionTags } from './session-tags.ts';

export const assumeRoleWithWebIdentity = {
  AssumeRoleWithWebIdentity: {
    proof: 'webIdentity',
    presented({ RoleArn, WebIdentityToken, ProviderId, Policy, PolicyArns = [] }, error) {
      const { account } = parseRoleArn(RoleArn, error);
      checkSessionPolicy(Policy, PolicyArns, error);
      // Access tokens of OAuth 2.0 are proven by asking the two providers that have them, www.amazon.com and graph.facebook.com.
      if (ProviderId !== undefined) throw error('NotImplemented', 'sts:AssumeRoleWithWebIdentity with a ProviderId is not implemented yet.');
      return { account, token: WebIdentityToken };
    },
    access(input, { account, view, caller, error }) {
      sessionTags(Object.entries(caller.tags).map(([Key, Value]) => ({ Key, Value })), caller.transitiveTagKeys, undefined, error);
      const role = findRole(input.RoleArn, view);
      const context = contextOf(input, role, caller);
      const ask = (action: string) => trustAsk(action, input.RoleArn, account, role, context);
      return [
        ask('sts:AssumeRoleWithWebIdentity'),
        ...(Object.keys(caller.tags).length > 0 ? [ask('sts:TagSession')] : []),
        ...(caller.sourceIdentity !== undefined ? [ask('sts:SetSourceIdentity')] : []),
      ];
    },
    run({ RoleArn, RoleSessionName, DurationSeconds, Policy, PolicyArns }, context) {
      const { caller, view, error } = context;
      const role = findRole(RoleArn, view);
      // INVARIANT: only a role that is there can have allowed it.
      if (!role) throw error('AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity');
      const { tags, transitiveTagKeys, sourceIdentity, federated, lastingKeys, subject, audience } = caller;
      const session = issueRoleSession({
        issuer: 'AssumeRoleWithWebIdentity', RoleArn, RoleSessionName, Policy, PolicyArns, seconds: sessionSeconds(DurationSeconds, role, error),
        tags, transitiveTagKeys, sourceIdentity, federatedProvider: federated, providerKeys: lastingKeys,
      }, role, view, context);
      return { ...session, SubjectFromWebIdentityToken: subject, Provider: federated, Audience: audience };
    },
  },
} satisfies Operations<Sts, 'AssumeRoleWithWebIdentity'>;

/** What the trust policy can ask of: the provider's claims are there already, as the caller's own keys. */
function contextOf({ RoleSessionName }: AssumeRoleWithWebIdentityRequest, role: RoleDoc | undefined, { tags, transitiveTagKeys, sourceIdentity }: ProvidedCaller): Record<string, ContextValue | undefined> {
  const keys = Object.keys(tags);
  const context: Record<string, ContextValue | undefined> = {
    'sts:RoleSessionName': RoleSessionName,
    'sts:SourceIdentity': sourceIdentity,
    'sts:TransitiveTagKeys': transitiveTagKeys.length > 0 ? transitiveTagKeys : undefined,
    'aws:TagKeys': keys.length > 0 ? keys : undefined,
  };
  for (const key of keys) context[`aws:RequestTag/${key}`] = tags[key];
  for (const { Key, Value } of role?.Tags ?? []) {
    context[`aws:ResourceTag/${Key}`] = Value;
    context[`iam:ResourceTag/${Key}`] = Value;
  }
  return context;
}
