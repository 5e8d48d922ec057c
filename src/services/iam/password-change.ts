/** ChangePassword: users change their own password, if a policy or the account's password policy lets them. */
import type { Iam } from '../../../models/iam.ts';
import type { Raise } from '../../base/api-error.ts';
import type { IdentifiedCaller, UserCaller } from '../../base/caller.ts';
import type { Ask } from '../../authz/ask.ts';
import { hashPassword, isPassword, passwordSaltBytes } from '../../proof/password.ts';
import type { Operations } from '../operation.ts';
import { settingsOf } from './account-settings.ts';
import { changedMeanwhile, getProfile } from './login-profiles.ts';
import { checkPassword, checkReuse, withPassword } from './password-rules.ts';
import { subjectAsk } from './subject.ts';

/** How often within the window a user may give an old password, right or wrong: a stolen access key is not to be a way to guess it. */
const attemptsMax = 20;
const attemptsWindowMs = 15 * 60_000;

/** The change of one's own password. */
export const passwordChange = {
  ChangePassword: {
    access: (_input, context) => {
      checkIsUser(context.caller, context.error);
      // Source: "Set an account password policy for IAM users" (IAM User Guide): with the option on, no policy needs to allow it.
      const isSelfService = settingsOf(context.view).PasswordPolicy?.AllowUsersToChangePassword === true;
      const ask: Ask = { ...subjectAsk(undefined, context), mode: isSelfService ? 'unless-denied' : 'allowed' };
      return [ask];
    },
    async run({ OldPassword, NewPassword }, { caller, partition, view, write, now, random, guard, error }) {
      checkIsUser(caller, error);
      const { user: { UserId, UserName }, profile: before } = getProfile(undefined, { caller, view, error });
      if ((await guard.count(`password/${UserId}`, attemptsWindowMs)) > attemptsMax) throw error('Throttling', 'Rate exceeded');
      // GUESS: the error and its words; the page names none for an old password that is wrong.
      if (!(await isPassword(OldPassword, before.PasswordHash))) throw error('AccessDenied', 'The old password was incorrect.');
      checkPassword(NewPassword, view, partition, error);
      await checkReuse(NewPassword, before, view, error);
      const PasswordHash = await hashPassword(NewPassword, random(passwordSaltBytes));
      return write((draft) => {
        const { profile } = getProfile(undefined, { caller, view: draft, error });
        checkPassword(NewPassword, draft, partition, error);
        if (profile.PasswordHash !== before.PasswordHash) throw changedMeanwhile(UserName, error);
        draft.loginProfiles.update({ ...withPassword(profile, PasswordHash, now), PasswordResetRequired: false });
      });
    },
  },
} satisfies Operations<Iam, 'ChangePassword'>;

function checkIsUser(caller: IdentifiedCaller, error: Raise<'InvalidUserType'>): asserts caller is UserCaller {
  if (caller.kind !== 'user') throw error('InvalidUserType', 'Only IAM Users can change their own password.');
}
