/** AssumeRoleWithSAML: temporary credentials of a role for whoever a SAML provider vouches for. */
import type { Sts } from '../../../models/sts.ts';
import * as arn from '../../base/arn.ts';
import type { Operations } from '../operation.ts';
import { provided, providedAsks } from './provided-session.ts';
import { findRole, issueRoleSession, parseRoleArn, sessionSeconds } from './role-session.ts';
import { checkSessionPolicy } from './session-policies.ts';

/** Seconds: a session is never shorter, whenever the provider's own one ends. */
const sessionSecondsMin = 900;

export const assumeRoleWithSaml = {
  AssumeRoleWithSAML: {
    proof: 'saml',
    presented({ RoleArn, PrincipalArn, SAMLAssertion, Policy, PolicyArns = [] }, error) {
      const { account } = parseRoleArn(RoleArn, error);
      const provider = arn.parse(PrincipalArn);
      if (!provider?.resource.startsWith('saml-provider/')) throw error('ValidationError', `${PrincipalArn} is invalid`);
      checkSessionPolicy(Policy, PolicyArns, error);
      return { account, token: SAMLAssertion, providerArn: PrincipalArn, roleArn: RoleArn };
    },
    access({ RoleArn }, { account, view, caller, error }) {
      return providedAsks('sts:AssumeRoleWithSAML', { RoleArn, RoleSessionName: provided(caller.sessionName) }, { account, view, caller, error });
    },
    run({ RoleArn, DurationSeconds, Policy, PolicyArns }, context) {
      const { caller, view, now, error } = context;
      const role = findRole(RoleArn, view);
      // INVARIANT: only a role that is there can have allowed it.
      if (!role) throw error('AccessDenied', 'Not authorized to perform sts:AssumeRoleWithSAML');
      const { subjectType, issuer, nameQualifier, sessionEnds } = provided(caller.saml);
      // The session ends no later than the provider's. Source: AssumeRoleWithSAML, DurationSeconds (STS API Reference).
      const longest = sessionEnds === undefined ? Infinity : Math.max(sessionSecondsMin, Math.floor((sessionEnds - now) / 1000));
      const session = issueRoleSession({
        issuer: 'AssumeRoleWithSAML', RoleArn, RoleSessionName: provided(caller.sessionName), Policy, PolicyArns, seconds: Math.min(sessionSeconds(DurationSeconds, role, error), longest),
        tags: caller.tags, transitiveTagKeys: caller.transitiveTagKeys, sourceIdentity: caller.sourceIdentity, federatedProvider: caller.federated, providerKeys: caller.lastingKeys,
      }, role, view, context);
      return { ...session, Subject: caller.subject, SubjectType: subjectType, Issuer: issuer, Audience: caller.audience, NameQualifier: nameQualifier };
    },
  },
} satisfies Operations<Sts, 'AssumeRoleWithSAML'>;
