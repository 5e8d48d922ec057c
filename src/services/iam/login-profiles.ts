/** Login profiles: a user's password, as an administrator sets and takes it. Hashes leave the store by no operation. */
import type { Iam, LoginProfile } from '../../../models/iam.ts';
import type { Raise } from '../../base/api-error.ts';
import type { Ask } from '../../authz/ask.ts';
import { hashPassword, passwordSaltBytes } from '../../proof/password.ts';
import { passwordUse } from '../../store/last-used.ts';
import type { AccountView } from '../../store/store.ts';
import type { LoginProfileDoc, UserDoc } from '../../store/tables.ts';
import type { AccessContext, Operations } from '../operation.ts';
import { getUser, userAsk } from './lookup.ts';
import { checkPassword, checkReuse, withPassword } from './password-rules.ts';
import { checkRootProfileRequest, isOfRoot, rootProfile, withoutRootProfile, withRootProfile } from './root-login-profile.ts';
import { getSubject, subjectAsk } from './subject.ts';

/** The operations on login profiles. */
export const loginProfiles = {
  CreateLoginProfile: {
    access: ({ UserName }, context) => [profileAsk(UserName, context)],
    async run(input, { account, caller, partition, view, write, now, random, error }) {
      const { UserName, Password, PasswordResetRequired = false } = input;
      if (isOfRoot(UserName, caller)) {
        checkRootProfileRequest(input, error);
        return write((draft) => {
          draft.partition.accounts.update(withRootProfile(draft.partition, account, now, error));
          return { LoginProfile: rootProfile(draft.partition, account, error) };
        });
      }
      // GUESS: the words. The password may be left out with AssumeRoot credentials only. Source: "CreateLoginProfile" (IAM API Reference).
      if (Password === undefined) throw error('ValidationError', '1 validation error detected: Value at \'password\' failed to satisfy constraint: Member must not be null');
      const check = (state: AccountView): UserDoc => {
        const { user, profile } = findProfile(UserName, { caller, view: state, error });
        checkPassword(Password, state, partition, error);
        if (profile) throw error('EntityAlreadyExists', `Login Profile for user ${user.UserName} already exists.`);
        return user;
      };
      // Asked twice, so that nobody waits for the hash of a password that cannot be set.
      check(view);
      const PasswordHash = await hashPassword(Password, random(passwordSaltBytes));
      return write((draft) => {
        const user = check(draft);
        const profile: LoginProfileDoc = { UserId: user.UserId, CreateDate: now, PasswordHash, PasswordChangedAt: now, PasswordResetRequired, PreviousHashes: [] };
        draft.loginProfiles.insert(profile);
        return { LoginProfile: shownProfile(user, profile) };
      });
    },
  },

  GetLoginProfile: {
    access: ({ UserName }, context) => [profileAsk(UserName, context)],
    run: ({ UserName }, context) => {
      if (isOfRoot(UserName, context.caller)) return { LoginProfile: rootProfile(context.partition, context.account, context.error) };
      const { user, profile } = getProfile(UserName, context);
      return { LoginProfile: shownProfile(user, profile) };
    },
  },

  UpdateLoginProfile: {
    access: ({ UserName }, { view }) => [userAsk(view, UserName)],
    async run({ UserName, Password, PasswordResetRequired }, { caller, partition, view, write, now, random, error }) {
      const before = getProfile(UserName, { caller, view, error }).profile;
      let PasswordHash: string | undefined;
      if (Password !== undefined) {
        checkPassword(Password, view, partition, error);
        await checkReuse(Password, before, view, error);
        PasswordHash = await hashPassword(Password, random(passwordSaltBytes));
      }
      return write((draft) => {
        const { profile } = getProfile(UserName, { caller, view: draft, error });
        if (Password !== undefined) checkPassword(Password, draft, partition, error);
        if (PasswordHash !== undefined && profile.PasswordHash !== before.PasswordHash) throw changedMeanwhile(UserName, error);
        const changed = PasswordHash === undefined ? profile : withPassword(profile, PasswordHash, now);
        // What is not sent stays as it is.
        draft.loginProfiles.update({ ...changed, PasswordResetRequired: PasswordResetRequired ?? profile.PasswordResetRequired });
      });
    },
  },

  DeleteLoginProfile: {
    access: ({ UserName }, context) => [profileAsk(UserName, context)],
    async run({ UserName }, { account, caller, write, now, lastUsed, error }) {
      const removed = await write((draft) => {
        if (isOfRoot(UserName, caller)) {
          draft.partition.accounts.update(withoutRootProfile(draft.partition, account, now, error));
          return account;
        }
        const { UserId } = getProfile(UserName, { caller, view: draft, error }).user;
        draft.loginProfiles.remove(UserId);
        return UserId;
      });
      lastUsed.forget(passwordUse(removed));
    },
  },
} satisfies Operations<Iam, `${'Create' | 'Get' | 'Update' | 'Delete'}LoginProfile`>;

type Asked<Errors extends string> = Pick<AccessContext<Errors>, 'caller' | 'view'> & { readonly error: Raise<Errors> };

/** Asks for the user whose profile is meant. Root has none: it may leave out the name only with AssumeRoot credentials. Source: "GetLoginProfile" and its siblings (IAM API Reference). */
function profileAsk(UserName: string | undefined, asked: Asked<never>): Ask {
  // GUESS: the words are those for role sessions.
  if (UserName === undefined && asked.caller.kind === 'root' && !isOfRoot(UserName, asked.caller)) throw asked.error('ValidationError', 'Must specify userName when calling with non-User credentials');
  return subjectAsk(UserName, asked);
}

function findProfile(UserName: string | undefined, asked: Asked<'NoSuchEntity'>): { readonly user: UserDoc; readonly profile: LoginProfileDoc | undefined } {
  const { UserName: name = '' } = getSubject(UserName, asked);
  const user = getUser(asked.view, name, asked.error);
  return { user, profile: asked.view.loginProfiles.find(user.UserId) };
}

/** The user, and its profile, which must be there. */
export function getProfile(UserName: string | undefined, asked: Asked<'NoSuchEntity'>): { readonly user: UserDoc; readonly profile: LoginProfileDoc } {
  const { user, profile } = findProfile(UserName, asked);
  if (!profile) throw asked.error('NoSuchEntity', `Login Profile for User ${user.UserName} cannot be found.`);
  return { user, profile };
}

/** A password was set by someone else while this one was being hashed. GUESS: the words. */
export function changedMeanwhile(UserName: string, error: Raise<'EntityTemporarilyUnmodifiable'>): Error {
  return error('EntityTemporarilyUnmodifiable', `Login Profile for User ${UserName} cannot be modified while login profile is being changed.`);
}

function shownProfile({ UserName }: UserDoc, { CreateDate, PasswordResetRequired }: LoginProfileDoc): LoginProfile {
  return { UserName, CreateDate, PasswordResetRequired };
}
