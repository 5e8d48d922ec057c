/** Whether a console session's password is still its person's: what was opened with one password ends with it. */
import { createHash } from 'node:crypto';
import type { ConsoleSession } from '../store/console-sessions.ts';
import type { AccountView, Store } from '../store/store.ts';

/** What says of a password hash only whether it is still the same. */
export const passwordMark = (hash: string): string => createHash('sha256').update(hash).digest('base64url').slice(0, 22);

/** The hash of the password that the principal has now. */
export function passwordHashOf({ store }: { readonly store: Pick<Store, 'partition'> }, view: AccountView, principalId: string): string | undefined {
  return principalId === view.account ? store.partition.accounts.find(view.account)?.PasswordHash : view.loginProfiles.find(principalId)?.PasswordHash;
}

/** Whether the session was opened with the password of now, or with none. `view` is of the account that it was opened in. */
export function isOfPasswordNow(ground: { readonly store: Pick<Store, 'partition'> }, view: AccountView, { passwordMark: mark, principalId }: Pick<ConsoleSession, 'passwordMark' | 'principalId'>): boolean {
  if (mark === undefined) return true;
  const hash = passwordHashOf(ground, view, principalId);
  return hash !== undefined && passwordMark(hash) === mark;
}
