/** Which organization an account is in: the one place where that is told. What serves organizations will fill the same documents; until then the operator's `account create` does. */
import type { Timestamp } from '../base/clock.ts';
import type { PartitionView } from './store.ts';

/** What the management account may do about root of its members. Source: ListOrganizationsFeatures (IAM API Reference). */
export type RootFeature = 'RootCredentialsManagement' | 'RootSessions';

export interface OrganizationDoc {
  /** `o-` and ten characters. */
  readonly OrganizationId: string;
  /** Of the root that all accounts are below: `r-` and four characters. */
  readonly RootId: string;
  readonly ManagementAccountId: string;
  readonly CreateDate: Timestamp;
  readonly RootFeatures: readonly RootFeature[];
}

/** An account's place in its organization. */
export interface Membership {
  readonly organization: OrganizationDoc;
  readonly isManagement: boolean;
  /** As `aws:PrincipalOrgPaths` writes it. Source: "AWS global condition context keys" (IAM User Guide). */
  readonly path: string;
}

/** Undefined for an account that is in no organization, or is not there. */
export function membershipOf(partition: Pick<PartitionView, 'accounts' | 'organizations'>, account: string): Membership | undefined {
  const id = partition.accounts.find(account)?.OrganizationId;
  const organization = id === undefined ? undefined : partition.organizations.find(id);
  return organization && { organization, isManagement: organization.ManagementAccountId === account, path: `${organization.OrganizationId}/${organization.RootId}/` };
}

/** Whether `caller` is the management account of an organization that `target` is another account of, with root sessions switched on: what AssumeRoot needs beside the caller's own permission. */
export function mayAssumeRoot(partition: Pick<PartitionView, 'accounts' | 'organizations'>, caller: string, target: string): boolean {
  const own = membershipOf(partition, caller);
  const other = membershipOf(partition, target);
  return own !== undefined && other !== undefined && own.isManagement && !other.isManagement && own.organization === other.organization && own.organization.RootFeatures.includes('RootSessions');
}
