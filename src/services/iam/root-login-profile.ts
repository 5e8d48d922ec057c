/** Root's own sign-in, seen, taken away and given back in sessions of AssumeRoot: nobody else may leave out whose it is. Source: "GetLoginProfile" and its siblings (IAM API Reference), "Perform a privileged task on an AWS Organizations member account" (IAM User Guide). */
import type { LoginProfile } from '../../../models/iam.ts';
import type { Raise } from '../../base/api-error.ts';
import type { IdentifiedCaller } from '../../base/caller.ts';
import type { Timestamp } from '../../base/clock.ts';
import type { AccountDoc } from '../../store/tables.ts';
import type { PartitionView } from '../../store/store.ts';

/** Whether the request is about root's password. */
export const isOfRoot = (UserName: string | undefined, { kind, session }: IdentifiedCaller): boolean => UserName === undefined && kind === 'root' && session?.issuer === 'AssumeRoot';

/** Whether root can sign in, or could once its password is recovered: it has a login profile. */
export const hasRootProfile = ({ PasswordHash, RootSignIn }: AccountDoc): boolean => PasswordHash !== undefined || RootSignIn?.State === 'recoverable';

/** Whether the management account took root's sign-in away, so that nobody recovers a password until it gives it back. */
export const isRecoveryRefused = ({ RootSignIn }: AccountDoc): boolean => RootSignIn?.State === 'removed';

type Accounts = Pick<PartitionView, 'accounts'>;

/** The account, whose root must have a login profile. */
function withProfile({ accounts }: Accounts, account: string, error: Raise<'NoSuchEntity'>): AccountDoc {
  const found = accounts.find(account);
  // GUESS: the words.
  if (!found || !hasRootProfile(found)) throw error('NoSuchEntity', 'Login Profile for User root cannot be found.');
  return found;
}

/** GUESS: like root's access keys it has no name, though the model requires one. It is as old as the account, or as the recovery that was allowed: when a password was set anew is not kept. */
export function rootProfile(partition: Accounts, account: string, error: Raise<'NoSuchEntity'>): LoginProfile {
  const { CreateDate, RootSignIn, PasswordResetRequired = false } = withProfile(partition, account, error);
  return { CreateDate: RootSignIn?.ChangedAt ?? CreateDate, PasswordResetRequired } as LoginProfile;
}

/** What is to be said before root's sign-in is given back. */
export function checkRootProfileRequest({ Password, PasswordResetRequired }: { readonly Password?: string | undefined; readonly PasswordResetRequired?: boolean | undefined }, error: Raise<never>): void {
  // AWS: the password "must be omitted when you make the request with an AssumeRoot session". GUESS: the words, and that the other is no more welcome.
  if (Password !== undefined) throw error('ValidationError', 'Password must be omitted when the request is made with an AssumeRoot session');
  if (PasswordResetRequired) throw error('ValidationError', 'PasswordResetRequired must be omitted when the request is made with an AssumeRoot session');
}

/** The account whose root has a login profile, and no password until it recovers one. */
export function withRootProfile({ accounts }: Accounts, account: string, now: Timestamp, error: Raise<'EntityAlreadyExists' | 'NoSuchEntity'>): AccountDoc {
  const found = accounts.find(account);
  if (!found) throw error('NoSuchEntity', `The account ${account} cannot be found.`);
  // GUESS: the words.
  if (hasRootProfile(found)) throw error('EntityAlreadyExists', 'Login Profile for user root already exists.');
  return { ...found, RootSignIn: { State: 'recoverable', ChangedAt: now } };
}

/** The account without its root's sign-in. */
export function withoutRootProfile(partition: Accounts, account: string, now: Timestamp, error: Raise<'NoSuchEntity'>): AccountDoc {
  return { ...withProfile(partition, account, error), PasswordHash: undefined, PasswordResetRequired: undefined, RootSignIn: { State: 'removed', ChangedAt: now } };
}
