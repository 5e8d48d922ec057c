/** The account's password policy: set as a whole, read, taken away. */
import type { Iam } from '../../../models/iam.ts';
import type { Ask } from '../../authz/ask.ts';
import type { Operations } from '../operation.ts';
import { changeSettings, settingsOf } from './account-settings.ts';

/** Characters, where UpdateAccountPasswordPolicy does not say. Source: its page (IAM API Reference). */
const lengthMinDefault = 6;

/** The operations on the account's password policy. */
export const passwordPolicy = {
  GetAccountPasswordPolicy: {
    access: (_input, { caller, view }) => {
      // Whoever may change the own password may read what it must be, with no policy attached. Source: "Set an account password policy for IAM users" (IAM User Guide).
      const isSelfService = caller.kind === 'user' && settingsOf(view).PasswordPolicy?.AllowUsersToChangePassword === true;
      const ask: Ask = { resource: '*', mode: isSelfService ? 'unless-denied' : 'allowed' };
      return [ask];
    },
    run: (_input, { account, view, error }) => {
      const policy = settingsOf(view).PasswordPolicy;
      if (!policy) throw error('NoSuchEntity', `The Password Policy with domain name ${account} cannot be found.`);
      return { PasswordPolicy: { ...policy, ExpirePasswords: policy.MaxPasswordAge !== undefined } };
    },
  },

  UpdateAccountPasswordPolicy: {
    access: () => [{ resource: '*' }],
    // What is not sent goes back to its default: nothing is kept of the policy before.
    run: (input, { write }) => write((draft) => changeSettings(draft, {
      PasswordPolicy: {
        MinimumPasswordLength: input.MinimumPasswordLength ?? lengthMinDefault,
        RequireSymbols: input.RequireSymbols ?? false,
        RequireNumbers: input.RequireNumbers ?? false,
        RequireUppercaseCharacters: input.RequireUppercaseCharacters ?? false,
        RequireLowercaseCharacters: input.RequireLowercaseCharacters ?? false,
        AllowUsersToChangePassword: input.AllowUsersToChangePassword ?? false,
        MaxPasswordAge: input.MaxPasswordAge,
        PasswordReusePrevention: input.PasswordReusePrevention,
        HardExpiry: input.HardExpiry,
      },
    })),
  },

  DeleteAccountPasswordPolicy: {
    access: () => [{ resource: '*' }],
    run: (_input, { write, error }) => write((draft) => {
      if (!settingsOf(draft).PasswordPolicy) throw error('NoSuchEntity', 'The account policy with name PasswordPolicy cannot be found.');
      changeSettings(draft, { PasswordPolicy: undefined });
    }),
  },
} satisfies Operations<Iam, `${'Get' | 'Update' | 'Delete'}AccountPasswordPolicy`>;
