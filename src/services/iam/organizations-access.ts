/** When the entities of an organization last used which service: asked by its management account. */
import type { Iam } from '../../../models/iam.ts';
import * as arn from '../../base/arn.ts';
import { membershipOf } from '../../store/organizations.ts';
import type { Operations } from '../operation.ts';

/** INVARIANT: an organization has no entities but accounts yet, so that no report can be ordered, and none is there. What serves organizations has to change this first. */
export const organizationsAccess = {
  GenerateOrganizationsAccessReport: {
    access: ({ EntityPath, OrganizationsPolicyId }, { account }) => [{
      resource: `arn:${arn.partition}:iam::${account}:access-report/${EntityPath}`,
      context: { 'iam:OrganizationsPolicyId': OrganizationsPolicyId },
    }],
    // The page says that the caller must be the management account. GUESS: code and words for one that is not.
    run(_input, { account, partition, error }) {
      if (membershipOf(partition, account)?.isManagement) throw error('NotImplemented', 'iam:GenerateOrganizationsAccessReport of a management account is not implemented yet.');
      throw error('AccessDenied', 'You must be signed in to the management account of an organization to perform this operation.');
    },
  },

  GetOrganizationsAccessReport: {
    access: () => [{ resource: '*' }],
    // GUESS: the words.
    run({ JobId }, { error }) {
      throw error('NoSuchEntity', `The report with job id ${JobId} cannot be found.`);
    },
  },
} satisfies Operations<Iam, `${'Generate' | 'Get'}OrganizationsAccessReport`>;
