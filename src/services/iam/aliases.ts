/** The account's alias: one at a time, and no other account's. Source: "Using an alias for your AWS account ID" (IAM User Guide). */
import type { Iam } from '../../../models/iam.ts';
import type { Operations } from '../operation.ts';
import { pageList } from './paging.ts';

/** An alias that could be taken for an account number. */
const accountNumber = /^\d{12}$/;

export const aliases = {
  CreateAccountAlias: {
    access: () => [{ resource: '*' }],
    async run({ AccountAlias }, { account, write, error }) {
      // GUESS: the words; the rule is in the quotas page.
      if (accountNumber.test(AccountAlias)) throw error('ValidationError', 'The specified value for accountAlias is invalid. It must not be 12 digits.');
      return write(({ partition }) => {
        if (partition.aliases.find(AccountAlias)) throw error('EntityAlreadyExists', `The account alias ${AccountAlias} already exists.`);
        const replaced = partition.aliases.findBy('account', account);
        if (replaced) partition.aliases.remove(replaced.Alias);
        partition.aliases.insert({ Alias: AccountAlias, AccountId: account });
      });
    },
  },

  DeleteAccountAlias: {
    access: () => [{ resource: '*' }],
    async run({ AccountAlias }, { account, write, error }) {
      return write(({ partition }) => {
        // GUESS: the words.
        if (partition.aliases.find(AccountAlias)?.AccountId !== account) throw error('NoSuchEntity', `The account alias ${AccountAlias} cannot be found.`);
        partition.aliases.remove(AccountAlias);
      });
    },
  },

  ListAccountAliases: {
    access: () => [{ resource: '*' }],
    run(page, { account, partition, marker }) {
      const alias = partition.aliases.findBy('account', account)?.Alias;
      const { items, end } = pageList(alias === undefined ? [] : [alias], (name) => name, page, marker);
      return { AccountAliases: items, ...end };
    },
  },
} satisfies Operations<Iam, 'CreateAccountAlias' | 'DeleteAccountAlias' | 'ListAccountAliases'>;
