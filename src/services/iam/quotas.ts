/** How many of each thing an account may have: the quotas that are the same for all, and the claim on those and on adjustable ones. Source: "IAM and AWS STS quotas" (IAM User Guide). */
import type { Raise } from '../../base/api-error.ts';
import { quotaOf } from '../../store/account-quotas.ts';
import type { AdjustableQuotaName } from '../../store/account-quotas.ts';
import type { AccountView } from '../../store/store.ts';

/** Each fixed quota under the name that AWS's LimitExceeded message gives it. */
export const quotas = {
  AccessKeysPerUser: 2,
  CertificatesPerUser: 2,
  /** Roles in an instance profile. AWS: the name and the number (seen on the real service in 2023). */
  InstanceSessionsPerInstanceProfile: 1,
  ClientIdsPerOpenIdConnectProvider: 100,
  // GUESS: the names of the quotas down to PolicySize; AWS documents the numbers.
  SSHPublicKeysPerUser: 5,
  ServiceSpecificCredentialsPerUser: 2,
  SAMLProvidersPerAccount: 100,
  PrivateKeysPerSAMLProvider: 2,
  /** Keys of the identity provider that sign, in its metadata. */
  KeysPerSAMLProvider: 10,
  MFADevicesPerUser: 8,
  /** Characters of a managed policy, whitespace not counted. */
  PolicySize: 6144,
} as const;

/** Tags of one resource. Their refusal has words of its own. */
export const tagsMax = 50;

export type QuotaName = keyof typeof quotas;

/** Versions that a managed policy may have at a time. */
export const versionsPerPolicy = 5;

/** Characters of all inline policies of one user, group or role together, whitespace not counted. */
export const inlinePolicySizes = { user: 2048, group: 5120, role: 10_240 } as const;

/** Raises LimitExceeded if `count` things would be more than the quota. Called inside a draft, so that no two writes take the last place. */
export function claim(name: QuotaName, count: number, error: Raise<'LimitExceeded'>): void {
  if (count > quotas[name]) throw exceeded(name, quotas[name], error);
}

/** The same of a quota that the account may have had adjusted; `saidName` for what has another's number. */
export function claimAdjustable(view: AccountView, name: AdjustableQuotaName, count: number, error: Raise<'LimitExceeded'>, saidName: string = name): void {
  const quota = quotaOf(view, name);
  if (count > quota) throw exceeded(saidName, quota, error);
}

const exceeded = (name: string, quota: number, error: Raise<'LimitExceeded'>): Error => error('LimitExceeded', `Cannot exceed quota for ${name}: ${quota}`);
