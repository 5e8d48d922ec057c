/** The user, group or role that an ARN names, and whose policies are its: its own, and of a user those of the groups it is in. */
import type { PolicyOwnerEntityType } from '../../../models/iam.ts';
import type { Ask } from '../../authz/ask.ts';
import type { Raise } from '../../base/api-error.ts';
import * as arn from '../../base/arn.ts';
import type { AccountView } from '../../store/store.ts';
import { findGroup, findRole, findUser, groupArn, groupAsk, roleArn, roleAsk, userArn, userAsk } from './lookup.ts';

/** Those that hold policies: whose they are in an answer. */
export interface Holder { readonly id: string; readonly EntityType: PolicyOwnerEntityType; readonly EntityName: string }

/** The user, group or role that an ARN names; whether there is one is not said. */
function parseEntityArn(entityArn: string, error: Raise<'InvalidInput'>): { readonly account: string; readonly kind: 'user' | 'group' | 'role'; readonly name: string } {
  const parsed = arn.parse(entityArn);
  if (!parsed) throw error('ValidationError', 'Invalid ARN:  Could not be parsed!');
  const named = arn.splitResource(parsed.resource);
  const kind = (['user', 'group', 'role'] as const).find((each) => each === named?.type);
  if (parsed.service !== 'iam' || parsed.region !== '' || !named || kind === undefined) throw error('InvalidInput', `ARN ${entityArn} is not valid.`);
  return { account: parsed.account, kind, name: named.name };
}

/** Asks for the entity by the ARN that was given: one of that name elsewhere is another. */
export function entityAsk(entityArn: string, view: AccountView, error: Raise<'InvalidInput'>): Ask {
  const { account, kind, name } = parseEntityArn(entityArn, error);
  const { context } = { user: userAsk, group: groupAsk, role: roleAsk }[kind](view, name);
  return { resource: entityArn, resourceAccount: account, context };
}

/** The entity itself, and of a user the groups it is in: their policies are its own, too. Source: "ListPoliciesGrantingServiceAccess" (IAM API Reference). */
export function holdersOf(entityArn: string, view: AccountView, error: Raise<'InvalidInput' | 'NoSuchEntity'>): readonly Holder[] {
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
