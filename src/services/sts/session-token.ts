/** Temporary credentials of one's own: GetSessionToken. */
import type { Sts } from '../../../models/sts.ts';
import { noPermission } from '../../authz/ask.ts';
import { raise } from '../../base/api-error.ts';
import type { Operations } from '../operation.ts';
import { issueCredentials } from './issue.ts';
import { callerWithMfa } from './mfa.ts';

/** Seconds. Source: GetSessionToken (STS API Reference): root's sessions last at most an hour, and a longer wish is cut to it. */
const durations = { user: 43_200, rootMax: 3_600 } as const;

export const sessionToken = {
  GetSessionToken: {
    access: noPermission('AWS: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html'),
    proveCaller: callerWithMfa,
    run({ DurationSeconds }, context) {
      const { caller, account } = context;
      const wanted = DurationSeconds ?? durations.user;
      const seconds = caller.kind === 'root' ? Math.min(wanted, durations.rootMax) : wanted;
      // No policy and no tag is in it, so it always fits: PackedPolicyTooLarge is not among the operation's errors.
      const { credentials } = issueCredentials({ issuer: 'GetSessionToken', account, principalId: caller.principalId, ...(caller.mfaAt !== undefined && { mfaAt: caller.mfaAt }) }, seconds, { ...context, error: raise });
      return { Credentials: credentials };
    },
  },
} satisfies Operations<Sts, 'GetSessionToken'>;
