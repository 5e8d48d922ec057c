/** The IAM service: what is built, one spread a noun, and the ledger of what is not. The ledger may only get shorter. */
import type { Iam } from '../../../models/iam.ts';
import { service } from '../operation.ts';
import { accessKeys } from './access-keys.ts';
import { accountSummary } from './account-summary.ts';
import { aliases } from './aliases.ts';
import { attachments } from './attachments.ts';
import { authorizationDetails } from './authorization-details.ts';
import { boundaries } from './boundaries.ts';
import { credentialReport } from './credential-report.ts';
import { delegationRequests } from './delegation-requests.ts';
import { groups } from './groups.ts';
import { inlinePolicies } from './inline-policies.ts';
import { instanceProfiles } from './instance-profiles.ts';
import { lastAccessed } from './last-accessed.ts';
import { loginProfiles } from './login-profiles.ts';
import { memberships } from './memberships.ts';
import { mfaAssignments } from './mfa-assignments.ts';
import { mfaDevices } from './mfa-devices.ts';
import { oidcProviders } from './oidc-providers.ts';
import { organizationsAccess } from './organizations-access.ts';
import { organizationsFeatures } from './organizations-features.ts';
import { outboundFederation } from './outbound-federation.ts';
import { passwordChange } from './password-change.ts';
import { passwordPolicy } from './password-policy.ts';
import { policies } from './policies.ts';
import { policyEntities } from './policy-entities.ts';
import { policyVersions } from './policy-versions.ts';
import { resourceTags } from './resource-tags.ts';
import { roles } from './roles.ts';
import { samlProviders } from './saml-providers.ts';
import { serverCertificates } from './server-certificates.ts';
import { serviceAccess } from './service-access.ts';
import { serviceLinkedRoles } from './service-linked-roles.ts';
import { serviceSpecificCredentials } from './service-specific-credentials.ts';
import { signingCertificates } from './signing-certificates.ts';
import { simulations } from './simulations.ts';
import { sshPublicKeys } from './ssh-public-keys.ts';
import { tokenPreferences } from './token-preferences.ts';
import { users } from './users.ts';

/** IAM. */
export const iam = service<Iam>()('iam', {
  operations: {
    ...accessKeys,
    ...accountSummary,
    ...aliases,
    ...attachments,
    ...authorizationDetails,
    ...boundaries,
    ...credentialReport,
    ...delegationRequests,
    ...groups,
    ...inlinePolicies,
    ...instanceProfiles,
    ...lastAccessed,
    ...loginProfiles,
    ...memberships,
    ...mfaAssignments,
    ...mfaDevices,
    ...oidcProviders,
    ...organizationsAccess,
    ...organizationsFeatures,
    ...outboundFederation,
    ...passwordChange,
    ...passwordPolicy,
    ...policies,
    ...policyEntities,
    ...policyVersions,
    ...resourceTags,
    ...roles,
    ...samlProviders,
    ...serverCertificates,
    ...serviceAccess,
    ...serviceLinkedRoles,
    ...serviceSpecificCredentials,
    ...signingCertificates,
    ...simulations,
    ...sshPublicKeys,
    ...tokenPreferences,
    ...users,
  },
  unimplemented: [],
});
