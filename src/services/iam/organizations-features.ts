/** What an organization's management account may do about root of its member accounts. */
import type { Iam } from '../../../models/iam.ts';
import type { OperationDefinition, Operations } from '../operation.ts';

/**
 * INVARIANT: no account is in an organization, because none can be made here; so this is the whole of what the five can answer. What serves
 * organizations has to change this first.
 */
const withoutOrganization: OperationDefinition<unknown, never, 'OrganizationNotFoundException'> = {
  access: () => [{ resource: '*' }],
  run: (_input, { error }) => {
    // Source: the error's description (IAM API Reference).
    throw error('OrganizationNotFoundException', 'The request was rejected because no organization is associated with your account.');
  },
};

/** Listing the features, and switching each on and off. */
export const organizationsFeatures = {
  ListOrganizationsFeatures: withoutOrganization,
  EnableOrganizationsRootCredentialsManagement: withoutOrganization,
  EnableOrganizationsRootSessions: withoutOrganization,
  DisableOrganizationsRootCredentialsManagement: withoutOrganization,
  DisableOrganizationsRootSessions: withoutOrganization,
} satisfies Operations<Iam, 'ListOrganizationsFeatures' | `${'Enable' | 'Disable'}OrganizationsRoot${'CredentialsManagement' | 'Sessions'}`>;
