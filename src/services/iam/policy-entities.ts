/** Which users, groups and roles a managed policy is attached to or bounds. */
import type { Iam, PolicyUsageType } from '../../../models/iam.ts';
import type { AccountView } from '../../store/store.ts';
import { foldCase } from '../../store/tables.ts';
import type { Operations } from '../operation.ts';
import { getManagedPolicy, readPolicyAsk } from './managed-policies.ts';
import { pageList } from './paging.ts';

type EntityKind = 'Group' | 'User' | 'Role';
interface Entity { readonly kind: EntityKind; readonly id: string; readonly name: string; readonly path: string }

/** Listing the entities of a policy. */
export const policyEntities = {
  ListEntitiesForPolicy: {
    access: ({ PolicyArn }, { view, error }) => [readPolicyAsk(view, PolicyArn, error)],
    run: (request, { view, awsManagedPolicies, marker, error }) => {
      const { PolicyArn, EntityFilter, PathPrefix = '/', PolicyUsageFilter } = request;
      getManagedPolicy(view, awsManagedPolicies, PolicyArn, error);
      // EntityFilter may also name kinds of policies, which are never attached to a policy: nothing is listed then.
      const listed = entitiesOf(view, PolicyArn, PolicyUsageFilter).filter(({ kind, path }) => (EntityFilter === undefined || EntityFilter === kind) && path.startsWith(PathPrefix));
      const { items, end } = pageList(listed, ({ kind, name }) => `${kind}/${foldCase(name)}`, request, marker);
      const ofKind = (kind: EntityKind): readonly Entity[] => items.filter((entity) => entity.kind === kind);
      return {
        PolicyGroups: ofKind('Group').map(({ id, name }) => ({ GroupName: name, GroupId: id })),
        PolicyUsers: ofKind('User').map(({ id, name }) => ({ UserName: name, UserId: id })),
        PolicyRoles: ofKind('Role').map(({ id, name }) => ({ RoleName: name, RoleId: id })),
        ...end,
      };
    },
  },
} satisfies Operations<Iam, 'ListEntitiesForPolicy'>;

/** Each entity once, whether the policy is attached to it, bounds it or both. */
function entitiesOf(view: AccountView, policyArn: string, usage: PolicyUsageType | undefined): readonly Entity[] {
  const ids = new Set<string>();
  if (usage !== 'PermissionsBoundary') for (const { PrincipalId } of view.attachments.listBy('policy', policyArn)) ids.add(PrincipalId);
  if (usage !== 'PermissionsPolicy') {
    for (const { UserId } of view.users.listBy('boundary', policyArn)) ids.add(UserId);
    for (const { RoleId } of view.roles.listBy('boundary', policyArn)) ids.add(RoleId);
  }
  return [...ids].map((id) => entity(view, id));
}

function entity(view: AccountView, id: string): Entity {
  const user = view.users.find(id);
  if (user) return { kind: 'User', id, name: user.UserName, path: user.Path };
  const role = view.roles.find(id);
  if (role) return { kind: 'Role', id, name: role.RoleName, path: role.Path };
  const group = view.groups.find(id);
  if (group) return { kind: 'Group', id, name: group.GroupName, path: group.Path };
  // INVARIANT: nothing is deleted while a policy is attached to it.
  throw new Error(`a policy is attached to ${id}, which does not exist`);
}
