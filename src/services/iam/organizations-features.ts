/** What an organization's management account may do about root of its member accounts. Source: "Centralize root access for member accounts" (IAM User Guide). */
import type { Iam } from '../../../models/iam.ts';
import type { Raise } from '../../base/api-error.ts';
import { membershipOf } from '../../store/organizations.ts';
import type { OrganizationDoc, RootFeature } from '../../store/organizations.ts';
import type { PartitionView } from '../../store/store.ts';
import type { OperationDefinition, Operations } from '../operation.ts';

/** Listing the features, and switching each on and off. */
export const organizationsFeatures = {
  ListOrganizationsFeatures: {
    access: () => [{ resource: '*' }],
    run: (_input, { partition, account, error }) => shown(managed(partition, account, error)),
  },
  EnableOrganizationsRootCredentialsManagement: enabling('RootCredentialsManagement'),
  EnableOrganizationsRootSessions: enabling('RootSessions'),
  DisableOrganizationsRootCredentialsManagement: disabling('RootCredentialsManagement'),
  DisableOrganizationsRootSessions: disabling('RootSessions'),
} satisfies Operations<Iam, 'ListOrganizationsFeatures' | `${'Enable' | 'Disable'}OrganizationsRoot${'CredentialsManagement' | 'Sessions'}`>;

type Features = Iam['ListOrganizationsFeatures']['output'];

function enabling(feature: RootFeature): OperationDefinition<unknown, Features, 'OrganizationNotFoundException' | 'CallerIsNotManagementAccountException'> {
  return {
    access: () => [{ resource: '*' }],
    run: (_input, { account, write, error }) => write((draft) => {
      const membership = membershipOf(draft.partition, account);
      if (!membership) throw absent(error);
      if (!membership.isManagement) throw error('CallerIsNotManagementAccountException', 'The request was rejected because the account making the request is not the management account for the organization.');
      return changed(draft.partition, membership.organization, (features) => [...new Set([...features, feature])].sort());
    }),
  };
}

function disabling(feature: RootFeature): OperationDefinition<unknown, Features, 'OrganizationNotFoundException' | 'AccountNotManagementOrDelegatedAdministratorException'> {
  return {
    access: () => [{ resource: '*' }],
    run: (_input, { account, write, error }) => write((draft) => changed(draft.partition, managed(draft.partition, account, error), (features) => features.filter((one) => one !== feature))),
  };
}

// The words of all three: the errors' descriptions (IAM API Reference).
const absent = (error: Raise<'OrganizationNotFoundException'>): Error => error('OrganizationNotFoundException', 'The request was rejected because no organization is associated with your account.');

/** The organization that the account manages. There is no delegating yet. */
function managed(partition: Pick<PartitionView, 'accounts' | 'organizations'>, account: string, error: Raise<'OrganizationNotFoundException' | 'AccountNotManagementOrDelegatedAdministratorException'>): OrganizationDoc {
  const membership = membershipOf(partition, account);
  if (!membership) throw absent(error);
  if (!membership.isManagement) throw error('AccountNotManagementOrDelegatedAdministratorException', 'The request was rejected because the account making the request is not the management account or delegated administrator account for centralized root access.');
  return membership.organization;
}

function changed(partition: { readonly organizations: { update(doc: OrganizationDoc): boolean } }, organization: OrganizationDoc, change: (features: readonly RootFeature[]) => readonly RootFeature[]): Features {
  const after = { ...organization, RootFeatures: change(organization.RootFeatures) };
  partition.organizations.update(after);
  return shown(after);
}

const shown = ({ OrganizationId, RootFeatures }: OrganizationDoc): Features => ({ OrganizationId, EnabledFeatures: RootFeatures });
