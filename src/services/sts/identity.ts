/** Who is calling, and whose an access key is. */
import type { Sts } from '../../../models/sts.ts';
import { noPermission } from '../../authz/ask.ts';
import { accountOf } from '../../base/ids.ts';
import type { Operations } from '../operation.ts';

export const identity = {
  GetCallerIdentity: {
    access: noPermission('AWS: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html'),
    run: (_, { caller }) => ({ UserId: caller.userId, Account: caller.account, Arn: caller.arn }),
  },

  /** Also of keys that are inactive or gone: the number stands in the id. */
  GetAccessKeyInfo: {
    access: () => [{ resource: '*' }],
    run({ AccessKeyId }, { partition, error }) {
      const foreign = partition.foreignAccessKeys.find(AccessKeyId);
      const Account = foreign?.AccountId ?? (/^A[KS]IA/.test(AccessKeyId) ? accountOf(AccessKeyId) : undefined);
      if (Account === undefined) throw error('ValidationError', `Invalid access key id: ${AccessKeyId}`);
      return { Account };
    },
  },
} satisfies Operations<Sts, 'GetCallerIdentity' | 'GetAccessKeyInfo'>;
