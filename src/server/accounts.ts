/** The accounts of a Gatehouse: the first, made together with its data key, and further ones. */
import { ApiError } from '../base/api-error.ts';
import type { Clock } from '../base/clock.ts';
import type { RandomBytes } from '../base/ids.ts';
import type { Keyring } from '../credentials/keyring.ts';
import type { Draft, Store } from '../store/store.ts';
import { dropPendingKey, keepPendingKey, writePendingKey } from './credentials-file.ts';
import type { DataDir } from './data-dir.ts';
import { newAccount } from './new-account.ts';
import type { GivenRootKey, NewAccount } from './new-account.ts';
import { organizationMember } from './organization-member.ts';

interface Ground { readonly store: Store; readonly keyring: Keyring; readonly files: DataDir; readonly clock: Clock; readonly random: RandomBytes }
export interface AccountWish { readonly accountId: string | undefined; readonly email: string; readonly rootKey?: GivenRootKey | undefined; /** Whose organization the account is to be in; none where undefined. */ readonly managementAccount?: string | undefined }

/** The profile of the first account's administrator in the credentials file; a further account's is its number. */
export const firstProfile = 'default';

/** The AWS-shaped reason why an account cannot be made; the command line prints its message. */
const taken = (accountId: string, email: string): ApiError => new ApiError('EntityAlreadyExists', `There is an account ${accountId} or one whose root is ${email} already.`);

/**
 * Makes the data key and the first account in one atomic step, unless there is an account: then undefined. When two processes start at
 * once, one of them makes it and the other finds it.
 */
export async function makeFirstAccount(ground: Ground, wish: AccountWish): Promise<NewAccount | undefined> {
  const { store, keyring } = ground;
  if (store.partition.accounts.size > 0) return undefined;
  const dataKey = keyring.newDataKey();
  const isMade = await make(ground, wish, firstProfile, (draft) => {
    if (draft.partition.accounts.size > 0) return false;
    return draft.partition.dataKeys.insert(dataKey);
  });
  for (const key of store.partition.dataKeys.all()) keyring.add(key);
  return isMade;
}

/** Makes a further account. Raises EntityAlreadyExists where its number or e-mail address is taken. */
export async function makeAccount(ground: Ground, wish: AccountWish): Promise<NewAccount> {
  const made = await make(ground, wish, undefined, () => true);
  if (!made) throw taken(wish.accountId ?? '', wish.email);
  return made;
}

async function make(ground: Ground, wish: AccountWish, profile: string | undefined, prepare: (draft: Draft) => boolean): Promise<NewAccount | undefined> {
  const { store, files, keyring, random, clock } = ground;
  const account = await newAccount({ ...wish, random, keyring, now: clock() });
  const { administrator } = account;
  // The secret is on disk before the key exists, so that no crash can make an account that nobody can enter.
  const pending = administrator && writePendingKey(files.credentials, { account: account.accountId, profile: profile ?? account.accountId, ...administrator });
  const join = wish.managementAccount === undefined ? undefined : organizationMember({ accountId: account.accountId, managementAccount: wish.managementAccount, random, now: clock() });
  const cause = { by: 'gatehouse', requestId: account.accountId, action: 'gatehouse:CreateAccount' };
  let isMade = false;
  try {
    const { value } = await store.write(account.accountId, cause, (draft) => {
      if (!prepare(draft)) return false;
      if (!account.insertInto(draft)) throw taken(account.accountId, account.email);
      join?.(draft);
      return true;
    });
    isMade = value;
  } finally {
    if (pending) (isMade ? keepPendingKey : dropPendingKey)(files.credentials, pending);
  }
  return isMade ? account : undefined;
}
