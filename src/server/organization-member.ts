/** Makes a new account a member of another's organization, as AWS's CreateAccount does: with a role by which the management account reaches it. Source: "CreateAccount" (AWS Organizations API Reference). */
import { ApiError } from '../base/api-error.ts';
import * as arn from '../base/arn.ts';
import type { Timestamp } from '../base/clock.ts';
import { newId, newOpaqueId } from '../base/ids.ts';
import type { RandomBytes } from '../base/ids.ts';
import type { OrganizationDoc } from '../store/organizations.ts';
import { membershipOf } from '../store/organizations.ts';
import type { Draft } from '../store/store.ts';

interface Wish { readonly accountId: string; readonly managementAccount: string; readonly random: RandomBytes; readonly now: Timestamp }

const accessRoleName = 'OrganizationAccountAccessRole';

/** What puts the account, which the draft has just made, into the organization. An account that manages none yet begins one. Raises what a person can put right. */
export function organizationMember({ accountId, managementAccount, random, now }: Wish): (draft: Draft) => void {
  const begun: OrganizationDoc = { OrganizationId: `o-${newOpaqueId(10, random).toLowerCase()}`, RootId: `r-${newOpaqueId(4, random).toLowerCase()}`, ManagementAccountId: managementAccount, CreateDate: now, RootFeatures: [] };
  const RoleId = newId('AROA', accountId, random);
  return (draft) => {
    const { partition } = draft;
    const manager = partition.accounts.find(managementAccount);
    if (!manager || managementAccount === accountId) throw new ApiError('NoSuchEntity', `There is no account ${managementAccount} to manage the organization.`);
    const membership = membershipOf(partition, managementAccount);
    if (membership && !membership.isManagement) throw new ApiError('InvalidParameterValue', `The account ${managementAccount} is itself a member of the organization of ${membership.organization.ManagementAccountId}.`);
    const { OrganizationId } = membership?.organization ?? begun;
    if (!membership) {
      partition.organizations.insert(begun);
      partition.accounts.update({ ...manager, OrganizationId });
    }
    // INVARIANT: the draft has made it.
    partition.accounts.update({ ...partition.accounts.find(accountId)!, OrganizationId });
    const Document = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: arn.root(managementAccount) }, Action: 'sts:AssumeRole' }] });
    draft.roles.insert({ RoleId, RoleName: accessRoleName, Path: '/', CreateDate: now, TrustPolicy: { Document, PrincipalIds: {} } });
    draft.attachments.insert({ PrincipalId: RoleId, PolicyArn: arn.awsPolicy('/', 'AdministratorAccess') });
  };
}
