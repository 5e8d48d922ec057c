/** ListPoliciesGrantingServiceAccess: which policies of a user, group or role let it into a service. */
import type { Iam, ListPoliciesGrantingServiceAccessEntry, PolicyGrantingServiceAccess, PolicyOwnerEntityType } from '../../../models/iam.ts';
import type { Raise } from '../../base/api-error.ts';
import * as arn from '../../base/arn.ts';
import { servicesGranted } from '../../policy/granted-services.ts';
import type { AwsManagedPolicies } from '../../store/aws-managed-policies.ts';
import type { AccountView } from '../../store/store.ts';
import type { Operations } from '../operation.ts';
import { attachedPoliciesOf, inlinePoliciesOf } from './entity-policies.ts';
import { findGroup, findRole, findUser, groupArn, groupAsk, roleArn, roleAsk, userArn, userAsk } from './lookup.ts';
import { pageList } from './paging.ts';
import { findVersions } from './policy-versions.ts';

/** Those that hold policies: whose they are in an answer. */
interface Holder { readonly id: string; readonly EntityType: PolicyOwnerEntityType; readonly EntityName: string }

/** A policy as the answer shows it, and what it grants. */
interface Granting { readonly shown: PolicyGrantingServiceAccess; readonly isGranted: (namespace: string) => boolean }

/** The list, service by service. */
export const serviceAccess = {
  ListPoliciesGrantingServiceAccess: {
    access: ({ Arn }, { view, error }) => {
      const { account, kind, name } = parseEntityArn(Arn, error);
      // By the ARN that was given: an entity of that name elsewhere is another.
      const { context } = { user: userAsk, group: groupAsk, role: roleAsk }[kind](view, name);
      return [{ resource: Arn, resourceAccount: account, context }];
    },
    run: ({ Arn, ServiceNamespaces, Marker }, { view, awsManagedPolicies, marker, error }) => {
      const policies = holdersOf(Arn, view, error).flatMap((holder) => policiesOf(holder, view, awsManagedPolicies));
      const numbered = ServiceNamespaces.map((namespace, index) => ({ namespace, position: String(index).padStart(3, '0') }));
      const { items, end } = pageList(numbered, ({ position }) => position, { Marker }, marker);
      const PoliciesGrantingServiceAccess = items.map(({ namespace }): ListPoliciesGrantingServiceAccessEntry => ({
        ServiceNamespace: namespace,
        Policies: policies.filter(({ isGranted }) => isGranted(namespace)).map(({ shown }) => shown),
      }));
      return { PoliciesGrantingServiceAccess, ...end };
    },
  },
} satisfies Operations<Iam, 'ListPoliciesGrantingServiceAccess'>;

function parseEntityArn(entityArn: string, error: Raise<'InvalidInput'>): { readonly account: string; readonly kind: 'user' | 'group' | 'role'; readonly name: string } {
  const parsed = arn.parse(entityArn);
  if (!parsed) throw error('ValidationError', 'Invalid ARN:  Could not be parsed!');
  const named = arn.splitResource(parsed.resource);
  const kind = (['user', 'group', 'role'] as const).find((each) => each === named?.type);
  if (parsed.service !== 'iam' || parsed.region !== '' || !named || kind === undefined) throw error('InvalidInput', `ARN ${entityArn} is not valid.`);
  return { account: parsed.account, kind, name: named.name };
}

/** The entity itself, and of a user the groups it is in: their policies are its own, too. Source: "ListPoliciesGrantingServiceAccess" (IAM API Reference). */
function holdersOf(entityArn: string, view: AccountView, error: Raise<'InvalidInput' | 'NoSuchEntity'>): readonly Holder[] {
  const { kind, name } = parseEntityArn(entityArn, error);
  const holders = holdersBy[kind](entityArn, name, view);
  // GUESS: the words.
  if (holders.length === 0) throw error('NoSuchEntity', `ARN ${entityArn} does not exist.`);
  return holders;
}

const holdersBy: Record<'user' | 'group' | 'role', (entityArn: string, name: string, view: AccountView) => readonly Holder[]> = {
  user: (entityArn, name, view) => {
    const user = findUser(view, name);
    if (!user || userArn(view, user) !== entityArn) return [];
    const groups = view.memberships.listBy('user', user.UserId).flatMap(({ GroupId }) => view.groups.find(GroupId) ?? []);
    return [{ id: user.UserId, EntityType: 'USER', EntityName: user.UserName }, ...groups.map(({ GroupId, GroupName }): Holder => ({ id: GroupId, EntityType: 'GROUP', EntityName: GroupName }))];
  },
  group: (entityArn, name, view) => {
    const group = findGroup(view, name);
    return group && groupArn(view, group) === entityArn ? [{ id: group.GroupId, EntityType: 'GROUP', EntityName: group.GroupName }] : [];
  },
  role: (entityArn, name, view) => {
    const role = findRole(view, name);
    return role && roleArn(view, role) === entityArn ? [{ id: role.RoleId, EntityType: 'ROLE', EntityName: role.RoleName }] : [];
  },
};

/** An inline policy is shown with whom it is part of, a managed one with its ARN. */
function policiesOf({ id, EntityType, EntityName }: Holder, view: AccountView, awsManagedPolicies: AwsManagedPolicies): readonly Granting[] {
  const inline = inlinePoliciesOf(view, id).map(({ PolicyName, Document }): Granting => ({ shown: { PolicyName, PolicyType: 'INLINE', EntityType, EntityName }, isGranted: servicesGranted(Document) }));
  const managed = attachedPoliciesOf(view, id).map(({ PolicyName, PolicyArn }): Granting => {
    const found = findVersions(view, awsManagedPolicies, PolicyArn);
    const inForce = found?.versions.find(({ VersionId }) => VersionId === found.defaultVersionId);
    return { shown: { PolicyName, PolicyType: 'MANAGED', PolicyArn }, isGranted: servicesGranted(inForce?.Document ?? '') };
  });
  return [...managed, ...inline];
}
