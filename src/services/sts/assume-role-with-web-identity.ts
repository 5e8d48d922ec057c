/** AssumeRoleWithWebIdentity: temporary credentials of a role for whoever an OpenID Connect provider vouches for. */
import type { Sts } from '../../../models/sts.ts';
import type { Operations } from '../operation.ts';
import { providedAsks } from './provided-session.ts';
import { findRole, issueRoleSession, parseRoleArn, sessionSeconds } from './role-session.ts';
import { checkSessionPolicy } from './session-policies.ts';

export const assumeRoleWithWebIdentity = {
  AssumeRoleWithWebIdentity: {
    proof: 'webIdentity',
    presented({ RoleArn, WebIdentityToken, ProviderId, Policy, PolicyArns = [] }, error) {
      const { account } = parseRoleArn(RoleArn, error);
      checkSessionPolicy(Policy, PolicyArns, error);
      return { account, token: WebIdentityToken, providerId: ProviderId, roleArn: RoleArn };
    },
    access: ({ RoleArn, RoleSessionName }, context) => providedAsks('sts:AssumeRoleWithWebIdentity', { RoleArn, RoleSessionName }, context),
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
