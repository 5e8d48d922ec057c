/** A new account: root, and the administrator who does the work, made in one atomic step with all it needs. */
import * as arn from '../base/arn.ts';
import type { Timestamp } from '../base/clock.ts';
import { newId, newSecretAccessKey } from '../base/ids.ts';
import type { RandomBytes } from '../base/ids.ts';
import type { Keyring } from '../credentials/keyring.ts';
import { hashPassword, passwordSaltBytes } from '../proof/password.ts';
import type { Draft } from '../store/store.ts';
import type { AccessKeyDoc } from '../store/tables.ts';

export interface GivenRootKey { readonly accessKeyId: string; readonly secretAccessKey: string }

export interface NewAccount {
  readonly accountId: string;
  readonly email: string;
  /** Shown once; undefined where root was given a key. */
  readonly rootPassword: string | undefined;
  readonly administrator: { readonly userName: string; readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
  /** Puts the account into a draft of its own stream. False when its number or e-mail address is taken: the draft is then to be abandoned. */
  readonly insertInto: (draft: Draft) => boolean;
}

interface NewAccountOptions {
  /** Twelve digits; random where undefined. */
  readonly accountId: string | undefined;
  readonly email: string;
  /** Root's access key. With it no administrator is made: the account is as empty as a new one on AWS. */
  readonly rootKey?: GivenRootKey | undefined;
  readonly random: RandomBytes;
  readonly now: Timestamp;
  readonly keyring: Keyring;
}

const administratorName = 'admin';

/** Makes up everything that the account will hold; nothing is stored yet. */
export async function newAccount(options: NewAccountOptions): Promise<NewAccount> {
  const { email, rootKey, random, now } = options;
  const accountId = options.accountId ?? randomAccountId(random);
  const rootPassword = rootKey ? undefined : newPassword(random);
  const PasswordHash = rootPassword === undefined ? undefined : await hashPassword(rootPassword, random(passwordSaltBytes));
  const account = { AccountId: accountId, Email: email, CreateDate: now, PasswordHash, ...(PasswordHash !== undefined && { PasswordResetRequired: true }) };
  if (rootKey) {
    const key = accessKey(options, accountId, accountId, rootKey);
    return {
      accountId, email, rootPassword, administrator: undefined,
      insertInto: ({ partition, accessKeys }) =>
        !partition.foreignAccessKeys.find(rootKey.accessKeyId) && partition.accounts.insert(account) && partition.foreignAccessKeys.insert({ AccessKeyId: rootKey.accessKeyId, AccountId: accountId }) && accessKeys.insert(key),
    };
  }
  const userId = newId('AIDA', accountId, random);
  const administrator = { userName: administratorName, accessKeyId: newId('AKIA', accountId, random), secretAccessKey: newSecretAccessKey(random) };
  const key = accessKey(options, accountId, userId, administrator);
  return {
    accountId, email, rootPassword, administrator,
    insertInto: ({ partition, users, attachments, accessKeys }) =>
      partition.accounts.insert(account) &&
      users.insert({ UserId: userId, UserName: administratorName, Path: '/', CreateDate: now }) &&
      attachments.insert({ PrincipalId: userId, PolicyArn: arn.awsPolicy('/', 'AdministratorAccess') }) &&
      accessKeys.insert(key),
  };
}

function accessKey({ keyring, now }: NewAccountOptions, account: string, PrincipalId: string, { accessKeyId, secretAccessKey }: GivenRootKey): AccessKeyDoc {
  const SecretAccessKey = keyring.seal(secretAccessKey, { account, table: 'accessKeys', key: accessKeyId, field: 'SecretAccessKey' });
  return { AccessKeyId: accessKeyId, PrincipalId, Status: 'Active', CreateDate: now, SecretAccessKey };
}

/** Twelve digits, the first not 0, as AWS's are today. */
function randomAccountId(random: RandomBytes): string {
  const number = Buffer.from(random(8)).readBigUInt64BE();
  return (100_000_000_000n + (number % 900_000_000_000n)).toString();
}

/** 24 characters of base64url: 144 bits. */
export const newPassword = (random: RandomBytes): string => Buffer.from(random(18)).toString('base64url');
