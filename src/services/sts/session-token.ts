/** Temporary credentials of one's own: GetSessionToken. */
import type { Sts } from '../../../models/sts.ts';
import { noPermission } from '../../authz/ask.ts';
import { raise } from '../../base/api-error.ts';
import type { Operations } from '../operation.ts';
import { issueCredentials } from './issue.ts';
import { longTermSeconds } from './long-term-seconds.ts';
import { callerWithMfa } from './mfa.ts';

export const sessionToken = {
  GetSessionToken: {
    access: noPermission('AWS: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html'),
    proveCaller: callerWithMfa,
    run({ DurationSeconds }, context) {
      const { caller, account } = context;
      // No policy and no tag is in it, so it always fits: PackedPolicyTooLarge is not among the operation's errors.
      const { credentials } = issueCredentials({ issuer: 'GetSessionToken', account, principalId: caller.principalId, ...(caller.mfaAt !== undefined && { mfaAt: caller.mfaAt }) }, longTermSeconds(DurationSeconds, caller), { ...context, error: raise });
      return { Credentials: credentials };
    },
  },
} satisfies Operations<Sts, 'GetSessionToken'>;
