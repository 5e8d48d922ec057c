/** Root's own password, seen and taken away in a session of AssumeRoot: nobody else may leave out whose it is. Source: "GetLoginProfile" and its siblings (IAM API Reference). */
import type { LoginProfile } from '../../../models/iam.ts';
import type { Raise } from '../../base/api-error.ts';
import type { IdentifiedCaller } from '../../base/caller.ts';
import type { AccountDoc } from '../../store/tables.ts';
import type { PartitionView } from '../../store/store.ts';

/** Whether the request is about root's password. */
export const isOfRoot = (UserName: string | undefined, { kind, session }: IdentifiedCaller): boolean => UserName === undefined && kind === 'root' && session?.issuer === 'AssumeRoot';

type Accounts = Pick<PartitionView, 'accounts'>;

/** The account, whose root must have a password. */
function withPassword({ accounts }: Accounts, account: string, error: Raise<'NoSuchEntity'>): AccountDoc {
  const found = accounts.find(account);
  // GUESS: the words.
  if (found?.PasswordHash === undefined) throw error('NoSuchEntity', 'Login Profile for User root cannot be found.');
  return found;
}

/** GUESS: like root's access keys it has no name, though the model requires one. Root's password is as old as the account: when it was set anew is not kept. */
export function rootProfile(partition: Accounts, account: string, error: Raise<'NoSuchEntity'>): LoginProfile {
  const { CreateDate, PasswordResetRequired = false } = withPassword(partition, account, error);
  return { CreateDate, PasswordResetRequired } as LoginProfile;
}

/** The account without its root's password. */
export function withoutRootPassword(partition: Accounts, account: string, error: Raise<'NoSuchEntity'>): AccountDoc {
  return { ...withPassword(partition, account, error), PasswordHash: undefined, PasswordResetRequired: undefined };
}
