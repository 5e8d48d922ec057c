/** Roles: created, read, listed, changed, deleted. */
import type { Iam, Role } from '../../../models/iam.ts';
import { raise } from '../../base/api-error.ts';
import * as arn from '../../base/arn.ts';
import type { Timestamp } from '../../base/clock.ts';
import { usesKeptMs } from '../../store/last-used.ts';
import type { AccountView, LastUsed } from '../../store/store.ts';
import type { RoleDoc } from '../../store/tables.ts';
import type { Operations } from '../operation.ts';
import { attachedBoundary, checkBoundary } from './attached-boundary.ts';
import { getRole, roleArn } from './lookup.ts';
import { pageTable } from './paging.ts';
import { encodeDocument } from './policy-documents.ts';
import { ofRole } from './policy-holders.ts';
import { getDescribableRole, getUnprotectedRole, isProtectedPath } from './protected-roles.ts';
import { claimAdjustable } from './quotas.ts';
import { mergeTags, requestTagContext } from './tags.ts';
import { accountsNamedIn, shownTrustPolicy, trustPolicy } from './trust-policies.ts';

/** Seconds that a role's sessions may last at most, unless the role says otherwise. */
const maxSessionDurationDefault = 3600;

/** The operations on roles. */
export const roles = {
  CreateRole: {
    accounts: ({ AssumeRolePolicyDocument }) => accountsNamedIn(AssumeRolePolicyDocument),
    access: ({ RoleName, Path = '/', PermissionsBoundary, Tags }, { account }) => {
      const resource = arn.role(account, Path, RoleName);
      const tags = requestTagContext(Tags);
      const ask = { resource, context: { ...tags, 'iam:PermissionsBoundary': PermissionsBoundary } };
      return Tags?.length ? [ask, { action: 'iam:TagRole', resource, context: tags }] : [ask];
    },
    run: (input, context) => {
      const { RoleName, Path = '/', AssumeRolePolicyDocument, Description, MaxSessionDuration, PermissionsBoundary, Tags = [] } = input;
      const { write, now, awsManagedPolicies, error } = context;
      // GUESS: the words; that only AWS puts roles there is documented.
      if (isProtectedPath(Path)) throw error('InvalidInput', `The path ${Path} is reserved for roles that AWS creates.`);
      const RoleId = context.newId('AROA');
      return write((draft) => {
        // AWS: the model lists no NoSuchEntity for CreateRole, and it is what a boundary that does not exist is answered with.
        if (PermissionsBoundary !== undefined) checkBoundary(PermissionsBoundary, draft, awsManagedPolicies, raise);
        const role: RoleDoc = {
          RoleId, RoleName, Path, CreateDate: now, Description, MaxSessionDuration, PermissionsBoundary,
          TrustPolicy: trustPolicy(AssumeRolePolicyDocument, { own: draft, partition: draft.partition, accountView: context.accountView }, error),
          ...(Tags.length > 0 && { Tags: mergeTags('role', undefined, Tags, error) }),
        };
        claimAdjustable(draft, 'RolesPerAccount', draft.roles.size + 1, error);
        if (!draft.roles.insert(role)) throw error('EntityAlreadyExists', `Role with name ${RoleName} already exists.`);
        // AWS: MaxSessionDuration is answered only if it was sent.
        return { Role: { ...listedRole(draft, role), MaxSessionDuration, ...boundaryAndTags(role) } };
      });
    },
  },

  GetRole: {
    access: ({ RoleName }, { view }) => [ofRole.askWithBoundary(view, RoleName)],
    run: ({ RoleName }, { view, lastUsed, now, error }) => {
      const role = getRole(view, RoleName, error);
      return { Role: { ...listedRole(view, role), ...boundaryAndTags(role), RoleLastUsed: roleLastUsed(role, lastUsed, now) } };
    },
  },

  ListRoles: {
    // AWS: a denial names `role` and the prefix asked for, as for users, so a policy can confine listing to a path.
    access: ({ PathPrefix = '/' }, { account }) => [{ resource: arn.role(account, PathPrefix, '') }],
    run: ({ PathPrefix = '/', ...page }, { view, marker }) => {
      const { docs, end } = pageTable(view.roles, page, marker, ({ Path }) => Path.startsWith(PathPrefix));
      return { Roles: docs.map((role) => listedRole(view, role)), ...end };
    },
  },

  UpdateRole: {
    access: ({ RoleName }, { view }) => [ofRole.askWithBoundary(view, RoleName)],
    run: ({ RoleName, Description, MaxSessionDuration }, { write, error }) => write((draft) => {
      const role = (MaxSessionDuration === undefined ? getDescribableRole : getUnprotectedRole)(draft, RoleName, error);
      // What is not sent stays as it is.
      draft.roles.update({ ...role, Description: Description ?? role.Description, MaxSessionDuration: MaxSessionDuration ?? role.MaxSessionDuration });
      return {};
    }),
  },

  UpdateRoleDescription: {
    access: ({ RoleName }, { view }) => [ofRole.askWithBoundary(view, RoleName)],
    run: ({ RoleName, Description }, { write, error }) => write((draft) => {
      const role = { ...getDescribableRole(draft, RoleName, error), Description };
      draft.roles.update(role);
      return { Role: { ...listedRole(draft, role), ...boundaryAndTags(role) } };
    }),
  },

  UpdateAssumeRolePolicy: {
    accounts: ({ PolicyDocument }) => accountsNamedIn(PolicyDocument),
    access: ({ RoleName }, { view }) => [ofRole.askWithBoundary(view, RoleName)],
    run: ({ RoleName, PolicyDocument }, { write, accountView, error }) => write((draft) => {
      const role = getUnprotectedRole(draft, RoleName, error);
      draft.roles.update({ ...role, TrustPolicy: trustPolicy(PolicyDocument, { own: draft, partition: draft.partition, accountView }, error) });
    }),
  },

  DeleteRole: {
    access: ({ RoleName }, { view }) => [ofRole.askWithBoundary(view, RoleName)],
    run: ({ RoleName }, { write, error }) => write((draft) => {
      const { RoleId } = getUnprotectedRole(draft, RoleName, error);
      if (draft.attachments.countBy('principal', RoleId) > 0) throw error('DeleteConflict', 'Cannot delete entity, must detach all policies first.');
      if (draft.inlinePolicies.countBy('principal', RoleId) > 0) throw error('DeleteConflict', 'Cannot delete entity, must delete policies first.');
      if (draft.instanceProfiles.countBy('role', RoleId) > 0) throw error('DeleteConflict', 'Cannot delete entity, must remove roles from instance profile first.');
      draft.roles.remove(RoleId);
    }),
  },
} satisfies Operations<Iam, 'CreateRole' | 'GetRole' | 'ListRoles' | 'UpdateRole' | 'UpdateRoleDescription' | 'UpdateAssumeRolePolicy' | 'DeleteRole'>;

/** A role as lists show it: without its boundary, its tags and when it was last used. Source: "ListRoles" (IAM API Reference). */
export function listedRole(view: AccountView, role: RoleDoc): Role {
  return {
    Path: role.Path,
    RoleName: role.RoleName,
    RoleId: role.RoleId,
    Arn: roleArn(view, role),
    CreateDate: role.CreateDate,
    AssumeRolePolicyDocument: encodeDocument(shownTrustPolicy(role.TrustPolicy, view)),
    Description: role.Description,
    MaxSessionDuration: role.MaxSessionDuration ?? maxSessionDurationDefault,
  };
}

function boundaryAndTags({ PermissionsBoundary, Tags }: RoleDoc): Pick<Role, 'PermissionsBoundary' | 'Tags'> {
  return { PermissionsBoundary: PermissionsBoundary === undefined ? undefined : attachedBoundary(PermissionsBoundary), Tags: Tags?.length ? Tags : undefined };
}

/** Empty for a role that was not used within the time that AWS tells of. Source: "RoleLastUsed" (IAM API Reference). */
export function roleLastUsed({ RoleId }: RoleDoc, lastUsed: LastUsed, now: Timestamp): NonNullable<Role['RoleLastUsed']> {
  const use = lastUsed.find(RoleId);
  return use && use.at >= now - usesKeptMs ? { LastUsedDate: use.at, Region: use.region } : {};
}
