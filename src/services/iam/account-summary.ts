/** GetAccountSummary: how much of everything the account has, and may have. */
import type { Iam } from '../../../models/iam.ts';
import { quotaOf } from '../../store/account-quotas.ts';
import type { AccountView, PartitionView } from '../../store/store.ts';
import type { Operations } from '../operation.ts';
import { settingsOf } from './account-settings.ts';
import { policyArnsInUse } from './managed-policies.ts';
import { inlinePolicySizes, quotas, versionsPerPolicy } from './quotas.ts';
import { hasRootProfile } from './root-login-profile.ts';

export const accountSummary = {
  GetAccountSummary: {
    access: () => [{ resource: '*' }],
    run: (_input, { view, partition }) => ({ SummaryMap: { ...limits(view), ...counts(view, partition) } }),
  },
} satisfies Operations<Iam, 'GetAccountSummary'>;

const limits = (view: AccountView) => ({
  UsersQuota: quotaOf(view, 'UsersPerAccount'),
  GroupsQuota: quotaOf(view, 'GroupsPerAccount'),
  RolesQuota: quotaOf(view, 'RolesPerAccount'),
  PoliciesQuota: quotaOf(view, 'PoliciesPerAccount'),
  InstanceProfilesQuota: quotaOf(view, 'InstanceProfilesPerAccount'),
  ServerCertificatesQuota: quotaOf(view, 'ServerCertificatesPerAccount'),
  AccessKeysPerUserQuota: quotas.AccessKeysPerUser,
  SigningCertificatesPerUserQuota: quotas.CertificatesPerUser,
  GroupsPerUserQuota: quotaOf(view, 'GroupsPerUser'),
  AttachedPoliciesPerUserQuota: quotaOf(view, 'PoliciesPerUser'),
  AttachedPoliciesPerGroupQuota: quotaOf(view, 'PoliciesPerGroup'),
  AttachedPoliciesPerRoleQuota: quotaOf(view, 'PoliciesPerRole'),
  UserPolicySizeQuota: inlinePolicySizes.user,
  GroupPolicySizeQuota: inlinePolicySizes.group,
  RolePolicySizeQuota: inlinePolicySizes.role,
  PolicySizeQuota: quotas.PolicySize,
  AssumeRolePolicySizeQuota: quotaOf(view, 'ACLSizePerRole'),
  VersionsPerPolicyQuota: versionsPerPolicy,
  PolicyVersionsInUseQuota: quotaOf(view, 'PolicyVersionsInUsePerAccount'),
});

function counts(view: AccountView, partition: PartitionView) {
  const account = partition.accounts.find(view.account);
  return {
    GlobalEndpointTokenVersion: settingsOf(view).GlobalEndpointTokenVersion === 'v2Token' ? 2 : 1,
    Users: view.users.size,
    Groups: view.groups.size,
    Roles: view.roles.size,
    Policies: view.policies.size,
    InstanceProfiles: view.instanceProfiles.size,
    ...mfaDevices(view),
    AccountMFAEnabled: view.mfaDevices.countBy('owner', view.account) > 0 ? 1 : 0,
    // Of each policy in use the default version is.
    PolicyVersionsInUse: policyArnsInUse(view).size,
    Providers: view.samlProviders.size + view.oidcProviders.size,
    ServerCertificates: view.serverCertificates.size,
    AccountSigningCertificatesPresent: view.signingCertificates.countBy('principal', view.account) > 0 ? 1 : 0,
    AccountAccessKeysPresent: view.accessKeys.countBy('principal', view.account) > 0 ? 1 : 0,
    // GUESS: a login profile whose password is still to be recovered counts.
    AccountPasswordPresent: account && hasRootProfile(account) ? 1 : 0,
  };
}

/** A hardware token counts once it is somebody's: before, it is only known. */
function mfaDevices(view: AccountView): { readonly MFADevices: number; readonly MFADevicesInUse: number } {
  let MFADevicesInUse = 0;
  let unassigned = 0;
  for (const { Kind, Owner } of view.mfaDevices.all()) {
    if (Owner) MFADevicesInUse++;
    else if (Kind !== 'hardware') unassigned++;
  }
  return { MFADevices: MFADevicesInUse + unassigned, MFADevicesInUse };
}
