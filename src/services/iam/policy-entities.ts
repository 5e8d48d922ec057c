/** Which users, groups and roles a managed policy is attached to or bounds. */
import type { Iam, PolicyGroup, PolicyRole, PolicyUsageType, PolicyUser } from '../../../models/iam.ts';
import type { AccountView } from '../../store/store.ts';
import type { TableView } from '../../store/table.ts';
import { foldCase, pairKey } from '../../store/tables.ts';
import type { Operations } from '../operation.ts';
import { getManagedPolicy, readPolicyAsk } from './managed-policies.ts';
import { type Listing, listingAs, listingOfAll, pageListing, selectionOf } from './paging.ts';

/** An entity under the list of the answer that it belongs to. */
type Entity = { readonly PolicyGroups: PolicyGroup } | { readonly PolicyRoles: PolicyRole } | { readonly PolicyUsers: PolicyUser };

/** Listing the entities of a policy. */
export const policyEntities = {
  ListEntitiesForPolicy: {
    access: ({ PolicyArn }, { view, error }) => [readPolicyAsk(view, PolicyArn, error)],
    run: (request, { view, awsManagedPolicies, marker, error }) => {
      const { PolicyArn, EntityFilter, PathPrefix = '/', PolicyUsageFilter } = request;
      getManagedPolicy(view, awsManagedPolicies, PolicyArn, error);
      const listings = entitiesOf(view, PolicyArn, PolicyUsageFilter, PathPrefix);
      // EntityFilter may also name kinds of policies, which are never attached to a policy: nothing is listed then.
      const asked = kinds.filter((kind) => EntityFilter === undefined || EntityFilter === kind).map((kind) => listings[kind]);
      const { items, end } = pageListing(listingOfAll(asked), request, marker);
      return {
        PolicyGroups: items.flatMap((entity) => ('PolicyGroups' in entity ? entity.PolicyGroups : [])),
        PolicyUsers: items.flatMap((entity) => ('PolicyUsers' in entity ? entity.PolicyUsers : [])),
        PolicyRoles: items.flatMap((entity) => ('PolicyRoles' in entity ? entity.PolicyRoles : [])),
        ...end,
      };
    },
  },
} satisfies Operations<Iam, 'ListEntitiesForPolicy'>;

/** In the order in which they are listed. */
const kinds = ['Group', 'Role', 'User'] as const;

/** Each entity once, whether the policy is attached to it, bounds it or both. */
function entitiesOf(view: AccountView, policyArn: string, usage: PolicyUsageType | undefined, pathPrefix: string): Readonly<Record<(typeof kinds)[number], Listing<Entity>>> {
  const selected = <Doc extends Holder>(table: HolderTable<Doc>, nameOf: (doc: Doc) => string, idOf: (doc: Doc) => string, bounded: { readonly count: number; readonly list: () => readonly Doc[] }): Listing<Doc> => {
    const has = (doc: Doc): boolean => doc.Path.startsWith(pathPrefix)
      && ((usage !== 'PermissionsBoundary' && view.attachments.find(pairKey(idOf(doc), policyArn)) !== undefined) || (usage !== 'PermissionsPolicy' && doc.PermissionsBoundary === policyArn));
    return selectionOf(table, (doc) => foldCase(nameOf(doc)), {
      has,
      // Of whichever kind: it only tells whether there are few.
      count: view.attachments.countBy('policy', policyArn) + bounded.count,
      list: () => [...new Set([...view.attachments.listBy('policy', policyArn).flatMap(({ PrincipalId }) => table.find(PrincipalId) ?? []), ...bounded.list()])].filter(has),
    });
  };
  const groups = selected(view.groups, ({ GroupName }) => GroupName, ({ GroupId }) => GroupId, { count: 0, list: () => [] });
  const roles = selected(view.roles, ({ RoleName }) => RoleName, ({ RoleId }) => RoleId, { count: view.roles.countBy('boundary', policyArn), list: () => view.roles.listBy('boundary', policyArn) });
  const users = selected(view.users, ({ UserName }) => UserName, ({ UserId }) => UserId, { count: view.users.countBy('boundary', policyArn), list: () => view.users.listBy('boundary', policyArn) });
  return {
    Group: listingAs(groups, ({ GroupName, GroupId }) => ({ PolicyGroups: { GroupName, GroupId } })),
    Role: listingAs(roles, ({ RoleName, RoleId }) => ({ PolicyRoles: { RoleName, RoleId } })),
    User: listingAs(users, ({ UserName, UserId }) => ({ PolicyUsers: { UserName, UserId } })),
  };
}

/** What policies are attached to; groups have no boundary. */
interface Holder { readonly Path: string; readonly PermissionsBoundary?: string | undefined }
type HolderTable<Doc> = Parameters<typeof selectionOf<Doc>>[0] & Pick<TableView<Doc>, 'find'>;
