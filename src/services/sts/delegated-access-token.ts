/** GetDelegatedAccessToken: a partner of AWS trades in the token that a customer's approval of its delegation request sent it. Source: GetDelegatedAccessToken (STS API Reference); "Temporary delegation" (IAM User Guide). */
import type { Sts } from '../../../models/sts.ts';
import type { Operations } from '../operation.ts';

/**
 * A token comes of a request that IAM's CreateDelegationRequest made, SendDelegationToken hands it over, and only who was taken on as a partner of AWS can make one. Nobody is here, so
 * that no token was ever handed out (services/iam/delegation-requests.ts), and whatever is traded in is none.
 * INVARIANT: what makes delegation requests real has to seal their tokens, and to open and expire them here (ExpiredTradeInTokenException).
 */
export const delegatedAccessToken = {
  GetDelegatedAccessToken: {
    access: () => [{ resource: '*', isResourceHidden: true }],
    // GUESS: code and words for what is no token; the operation's own error is for one that has expired.
    run(_input, { error }) {
      throw error('ValidationError', 'The trade-in token is not valid.');
    },
  },
} satisfies Operations<Sts, 'GetDelegatedAccessToken'>;
