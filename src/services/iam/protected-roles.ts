/** Roles that belong to AWS: service-linked ones and those of IAM Identity Center. Their account cannot change them. */
import type { Raise } from '../../base/api-error.ts';
import type { AccountView } from '../../store/store.ts';
import type { RoleDoc } from '../../store/tables.ts';
import { getRole } from './lookup.ts';

// Source: "IAM identifiers" (IAM User Guide): what stands on these paths is made by AWS.
export const serviceLinkedPath = '/aws-service-role/';
const reservedPath = '/aws-reserved/';

/** Whether the path is one that only AWS puts roles on. */
export function isProtectedPath(path: string): boolean {
  return path.startsWith(serviceLinkedPath) || path.startsWith(reservedPath);
}

/** The role of that name, which its account may change. */
export function getUnprotectedRole(view: AccountView, name: string, error: Raise<'NoSuchEntity' | 'UnmodifiableEntity'>): RoleDoc {
  const role = getRole(view, name, error);
  if (isProtectedPath(role.Path)) throw isProtected(role, error);
  return role;
}

/** The role of that name, whose description its account may change: of a service-linked role, too. Source: "Editing a service-linked role" (IAM User Guide). */
export function getDescribableRole(view: AccountView, name: string, error: Raise<'NoSuchEntity' | 'UnmodifiableEntity'>): RoleDoc {
  const role = getRole(view, name, error);
  if (role.Path.startsWith(reservedPath)) throw isProtected(role, error);
  return role;
}

function isProtected({ RoleName }: RoleDoc, error: Raise<'UnmodifiableEntity'>): Error {
  return error('UnmodifiableEntity', `Cannot perform the operation on the protected role '${RoleName}' - this role is only modifiable by AWS`);
}
