/** Permissions boundaries put on users and roles, and taken off. */
import type { Iam } from '../../../models/iam.ts';
import type { Operations } from '../operation.ts';
import { checkBoundary } from './attached-boundary.ts';
import { getUser, roleAsk, userAsk, withContext } from './lookup.ts';
import { ofRole, ofUser } from './policy-holders.ts';
import { getUnprotectedRole } from './protected-roles.ts';

// The condition key iam:PermissionsBoundary is the policy that is put on, or the one that is taken off.
// Source: "Permissions boundaries for IAM entities" (IAM User Guide), delegating responsibility.

/** Putting and deleting boundaries. */
export const boundaries = {
  PutUserPermissionsBoundary: {
    access: ({ UserName, PermissionsBoundary }, { view }) => [withContext(userAsk(view, UserName), { 'iam:PermissionsBoundary': PermissionsBoundary })],
    run: ({ UserName, PermissionsBoundary }, { write, awsManagedPolicies, error }) => write((draft) => {
      const user = getUser(draft, UserName, error);
      checkBoundary(PermissionsBoundary, draft, awsManagedPolicies, error);
      draft.users.update({ ...user, PermissionsBoundary });
    }),
  },

  PutRolePermissionsBoundary: {
    access: ({ RoleName, PermissionsBoundary }, { view }) => [withContext(roleAsk(view, RoleName), { 'iam:PermissionsBoundary': PermissionsBoundary })],
    run: ({ RoleName, PermissionsBoundary }, { write, awsManagedPolicies, error }) => write((draft) => {
      const role = getUnprotectedRole(draft, RoleName, error);
      checkBoundary(PermissionsBoundary, draft, awsManagedPolicies, error);
      draft.roles.update({ ...role, PermissionsBoundary });
    }),
  },

  // GUESS: taking off a boundary that is not there succeeds; the pages name no error for it.
  DeleteUserPermissionsBoundary: {
    access: ({ UserName }, { view }) => [ofUser.askWithBoundary(view, UserName)],
    run: ({ UserName }, { write, error }) => write((draft) => {
      const { PermissionsBoundary, ...user } = getUser(draft, UserName, error);
      if (PermissionsBoundary !== undefined) draft.users.update(user);
    }),
  },

  DeleteRolePermissionsBoundary: {
    access: ({ RoleName }, { view }) => [ofRole.askWithBoundary(view, RoleName)],
    run: ({ RoleName }, { write, error }) => write((draft) => {
      const { PermissionsBoundary, ...role } = getUnprotectedRole(draft, RoleName, error);
      if (PermissionsBoundary !== undefined) draft.roles.update(role);
    }),
  },
} satisfies Operations<Iam, `${'Put' | 'Delete'}${'User' | 'Role'}PermissionsBoundary`>;
