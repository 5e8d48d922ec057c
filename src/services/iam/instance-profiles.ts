/** Instance profiles. None can be made yet, so that no role is in one: what is listed here says just that. */
import type { Iam } from '../../../models/iam.ts';
import type { Operations } from '../operation.ts';
import { getRole, roleAsk } from './lookup.ts';

export const instanceProfiles = {
  ListInstanceProfilesForRole: {
    access: ({ RoleName }, { view }) => [roleAsk(view, RoleName)],
    run({ RoleName }, { view, error }) {
      getRole(view, RoleName, error);
      return { InstanceProfiles: [], IsTruncated: false };
    },
  },
} satisfies Operations<Iam, 'ListInstanceProfilesForRole'>;
