/** What policies hang on – users, groups and roles – in one table, so that each operation on their policies is written once. */
import type { Ask } from '../../authz/ask.ts';
import type { Raise } from '../../base/api-error.ts';
import type { AccountView } from '../../store/store.ts';
import { findRole, findUser, getGroup, getRole, getUser, groupAsk, roleAsk, userAsk, withContext } from './lookup.ts';
import { getUnprotectedRole } from './protected-roles.ts';

/** A user, group or role, as far as its policies are concerned. */
export interface PolicyHolder { readonly id: string; readonly name: string }

/** One kind of holder: how a request names it, how it is found and asked for. `Changing` are the errors of changing one. */
export interface HolderKind<Named, Changing extends string = 'NoSuchEntity'> {
  readonly kind: 'User' | 'Group' | 'Role';
  readonly noun: 'user' | 'group' | 'role';
  readonly attachmentQuota: 'PoliciesPerUser' | 'PoliciesPerGroup' | 'PoliciesPerRole';
  nameOf(input: Named): string;
  /** The member that names a holder, as requests and answers carry it. */
  named(name: string): Named;
  get(view: AccountView, name: string, error: Raise<'NoSuchEntity'>): PolicyHolder;
  /** The holder where its policies may be changed. */
  getToChange(view: AccountView, name: string, error: Raise<Changing>): PolicyHolder;
  ask(view: AccountView, name: string): Ask;
  /** The same, with the holder's boundary as a condition key. Which actions have it: "Actions, resources, and condition keys for IAM" (Service Authorization Reference). */
  askWithBoundary(view: AccountView, name: string): Ask;
}

const userHolder = (view: AccountView, name: string, error: Raise<'NoSuchEntity'>): PolicyHolder => {
  const { UserId, UserName } = getUser(view, name, error);
  return { id: UserId, name: UserName };
};

const groupHolder = (view: AccountView, name: string, error: Raise<'NoSuchEntity'>): PolicyHolder => {
  const { GroupId, GroupName } = getGroup(view, name, error);
  return { id: GroupId, name: GroupName };
};

/** Users as holders of policies. */
export const ofUser: HolderKind<{ readonly UserName: string }> = {
  kind: 'User',
  noun: 'user',
  attachmentQuota: 'PoliciesPerUser',
  nameOf: ({ UserName }) => UserName,
  named: (UserName) => ({ UserName }),
  get: userHolder,
  getToChange: userHolder,
  ask: userAsk,
  askWithBoundary: (view, name) => withContext(userAsk(view, name), { 'iam:PermissionsBoundary': findUser(view, name)?.PermissionsBoundary }),
};

/** Groups as holders of policies. They have no boundary. */
export const ofGroup: HolderKind<{ readonly GroupName: string }> = {
  kind: 'Group',
  noun: 'group',
  attachmentQuota: 'PoliciesPerGroup',
  nameOf: ({ GroupName }) => GroupName,
  named: (GroupName) => ({ GroupName }),
  get: groupHolder,
  getToChange: groupHolder,
  ask: groupAsk,
  askWithBoundary: groupAsk,
};

/** Roles as holders of policies. Those that are AWS's to change are protected. */
export const ofRole: HolderKind<{ readonly RoleName: string }, 'NoSuchEntity' | 'UnmodifiableEntity'> = {
  kind: 'Role',
  noun: 'role',
  attachmentQuota: 'PoliciesPerRole',
  nameOf: ({ RoleName }) => RoleName,
  named: (RoleName) => ({ RoleName }),
  get: (view, name, error) => {
    const { RoleId, RoleName } = getRole(view, name, error);
    return { id: RoleId, name: RoleName };
  },
  getToChange: (view, name, error) => {
    const { RoleId, RoleName } = getUnprotectedRole(view, name, error);
    return { id: RoleId, name: RoleName };
  },
  ask: roleAsk,
  askWithBoundary: (view, name) => withContext(roleAsk(view, name), { 'iam:PermissionsBoundary': findRole(view, name)?.PermissionsBoundary }),
};
