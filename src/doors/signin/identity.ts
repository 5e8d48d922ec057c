/** Who is meant at the password: root by e-mail, a user by account and name. Whether there is one is told by nothing that is answered. */
import type { AccountView } from '../../store/store.ts';
import { foldCase } from '../../store/tables.ts';
import type { DoorParts } from './parts.ts';
import { limits } from './limits.ts';
import { refusal } from './refusal.ts';
import { requiredText } from './request.ts';
import type { Fields } from './request.ts';

/** What a person typed. */
export type TypedIdentity =
  | { readonly kind: 'root'; readonly email: string }
  | { readonly kind: 'user'; readonly account: string; readonly userName: string };

/** Someone who is there. Without a password nobody signs in. */
export interface Principal {
  readonly view: AccountView;
  /** The user's unique id; the account number for root. */
  readonly principalId: string;
  readonly kind: 'root' | 'user';
  readonly userName: string | undefined;
}

export function readIdentity(fields: Fields): TypedIdentity {
  const kind = fields['kind'];
  if (kind === 'root') return { kind, email: requiredText(fields, 'email', limits.identityLengthMax).trim() };
  if (kind === 'user') return { kind, account: requiredText(fields, 'account', limits.identityLengthMax).trim(), userName: requiredText(fields, 'userName', limits.identityLengthMax).trim() };
  throw refusal('InvalidRequest', 'kind must be root or user.');
}

/** One text for an identity however it is spelt: an account by number and by alias are two, and counted apart. */
export const identityText = (typed: TypedIdentity): string => JSON.stringify(typed.kind === 'root' ? ['root', foldCase(typed.email)] : ['user', typed.account.toLowerCase(), foldCase(typed.userName)]);

/** The account of a number or an alias. */
export function accountNumber({ store }: Pick<DoorParts, 'store'>, typed: string): string | undefined {
  const { accounts, aliases } = store.partition;
  const number = /^\d{12}$/.test(typed) ? typed : aliases.find(typed.toLowerCase())?.AccountId;
  return number !== undefined && accounts.find(number) ? number : undefined;
}

/** The principal that was meant, if there is one. */
export async function findPrincipal(parts: DoorParts, typed: TypedIdentity): Promise<Principal | undefined> {
  const number = typed.kind === 'root' ? parts.store.partition.accounts.findBy('email', foldCase(typed.email))?.AccountId : accountNumber(parts, typed.account);
  const view = number === undefined ? undefined : await parts.store.account(number);
  if (!view) return undefined;
  if (typed.kind === 'root') return { view, principalId: view.account, kind: 'root', userName: undefined };
  const user = view.users.findBy('name', foldCase(typed.userName));
  return user && { view, principalId: user.UserId, kind: 'user', userName: user.UserName };
}
