/** The quotas that an account can have adjusted: what a new account has, and how far each may go. Source: "IAM and AWS STS quotas" (IAM User Guide). */
import type { AccountView } from './store.ts';
import { accountSettingsKey } from './tables.ts';

interface AdjustableQuota {
  readonly default: number;
  /** As far as AWS goes for what hangs on one user, group or role; for an account as a whole as far as one is known to be served well. */
  readonly max: number;
}

/** Each under the name that AWS's LimitExceeded message gives it. */
export const adjustableQuotas = {
  UsersPerAccount: { default: 5_000, max: 100_000 },
  GroupsPerAccount: { default: 300, max: 10_000 },
  RolesPerAccount: { default: 1_000, max: 50_000 },
  PoliciesPerAccount: { default: 1_500, max: 50_000 },
  InstanceProfilesPerAccount: { default: 1_000, max: 50_000 },
  ServerCertificatesPerAccount: { default: 20, max: 1_000 },
  OpenIdConnectProvidersPerAccount: { default: 100, max: 700 },
  /** Of each policy that is attached or a boundary one version is in use. GUESS: the name. */
  PolicyVersionsInUsePerAccount: { default: 10_000, max: 50_000 },
  /** AWS gives no more than the default of this and of policies of a group; fewer may be wanted. */
  GroupsPerUser: { default: 10, max: 10 },
  PoliciesPerUser: { default: 10, max: 20 },
  PoliciesPerGroup: { default: 10, max: 10 },
  PoliciesPerRole: { default: 10, max: 25 },
  /** Characters of a trust policy. */
  ACLSizePerRole: { default: 2_048, max: 8_192 },
} as const satisfies Record<string, AdjustableQuota>;

export type AdjustableQuotaName = keyof typeof adjustableQuotas;

export const isAdjustableQuota = (name: string): name is AdjustableQuotaName => Object.hasOwn(adjustableQuotas, name);

/** How many the account may have now. */
export function quotaOf(view: AccountView, name: AdjustableQuotaName): number {
  const quota = adjustableQuotas[name];
  return Math.min(view.accountSettings.find(accountSettingsKey)?.Quotas?.[name] ?? quota.default, quota.max);
}
