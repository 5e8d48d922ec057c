/** The IAM user behind a key or a password that opens Git and nothing else, as he is now. */
import { hash, timingSafeEqual } from 'node:crypto';
import * as arn from '../../base/arn.ts';
import type { UserCaller } from '../../base/caller.ts';
import { accountOf } from '../../base/ids.ts';
import type { AccountView, Store } from '../../store/store.ts';
import { pairKey } from '../../store/tables.ts';

/** Whoever is proven, and in which account. */
export interface GitUser { readonly caller: UserCaller; readonly view: AccountView }

/** An uploaded key that is active, by its id: the user name of SSH. */
export interface KnownKey extends GitUser { readonly publicKey: string }

export async function findSshKey(store: Store, keyId: string): Promise<KnownKey | undefined> {
  if (!/^APKA[A-Z2-7]{16}$/.test(keyId)) return undefined;
  const view = await findAccount(store, accountOf(keyId));
  const key = view?.sshPublicKeys.find(keyId);
  if (!view || key?.Status !== 'Active') return undefined;
  const caller = userCaller(view, key.PrincipalId, keyId);
  return caller && { caller, view, publicKey: key.PublicKey };
}

const service = 'codecommit.amazonaws.com';

/** The user of a service-specific credential: `alice-at-111122223333` and its password. */
export async function findGitCredential(store: Store, name: string, password: string): Promise<GitUser | undefined> {
  const [, account] = /-at-(\d{12})$/.exec(name) ?? [];
  const view = await findAccount(store, account);
  const credential = view?.serviceSpecificCredentials.findBy('name', pairKey(service, name));
  // The comparison is made whether there is something to compare with or not.
  const isSame = timingSafeEqual(hash('sha256', password, 'buffer'), Buffer.from(credential?.SecretHash ?? noHash, 'base64'));
  if (!view || !credential || !isSame || credential.Status !== 'Active') return undefined;
  const caller = userCaller(view, credential.PrincipalId, credential.ServiceSpecificCredentialId);
  return caller && { caller, view };
}

const noHash = Buffer.alloc(32).toString('base64');

async function findAccount(store: Store, account: string | undefined): Promise<AccountView | undefined> {
  return account === undefined || !store.partition.accounts.find(account) ? undefined : store.account(account);
}

function userCaller(view: AccountView, userId: string, credentialId: string): UserCaller | undefined {
  const user = view.users.find(userId);
  if (!user) return undefined;
  const userArn = arn.user(view.account, user.Path, user.UserName);
  return { kind: 'user', account: view.account, arn: userArn, userId: user.UserId, principalArn: userArn, principalId: user.UserId, accessKeyId: credentialId, userName: user.UserName };
}
