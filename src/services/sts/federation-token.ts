/** GetFederationToken: temporary credentials for somebody who is no IAM user, with no more than the rights of whoever asks. */
import type { Sts } from '../../../models/sts.ts';
import * as arn from '../../base/arn.ts';
import type { ContextValue } from '../../policy/types.ts';
import type { Operations } from '../operation.ts';
import { issueCredentials } from './issue.ts';
import { longTermSeconds } from './long-term-seconds.ts';
import { checkSessionPolicy, managedSessionPolicies } from './session-policies.ts';
import { sessionTags } from './session-tags.ts';

export const federationToken = {
  GetFederationToken: {
    access({ Name, Policy, PolicyArns = [], Tags = [] }, { account, error }) {
      checkSessionPolicy(Policy, PolicyArns, error);
      const { tags } = sessionTags(Tags, [], undefined, error);
      const context: Record<string, ContextValue | undefined> = Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value]));
      if (Tags.length > 0) context['aws:TagKeys'] = Object.keys(tags);
      const ask = { resource: arn.federatedUser(account, Name), context };
      return Tags.length > 0 ? [ask, { ...ask, action: 'sts:TagSession' }] : [ask];
    },
    run({ Name, DurationSeconds, Policy, PolicyArns = [], Tags = [] }, context) {
      const { caller, account, view, awsManagedPolicies, error } = context;
      const { tags } = sessionTags(Tags, [], undefined, error);
      const policyArns = managedSessionPolicies(PolicyArns, view, awsManagedPolicies, error);
      const { credentials, packedPercent } = issueCredentials({
        issuer: 'GetFederationToken', account, principalId: caller.principalId, sessionName: Name,
        ...(Policy !== undefined && { policy: Policy }),
        ...(policyArns.length > 0 && { policyArns }),
        ...(Tags.length > 0 && { tags }),
      }, longTermSeconds(DurationSeconds, caller), context);
      return { Credentials: credentials, FederatedUser: { FederatedUserId: `${account}:${Name}`, Arn: arn.federatedUser(account, Name) }, PackedPolicySize: packedPercent };
    },
  },
} satisfies Operations<Sts, 'GetFederationToken'>;
