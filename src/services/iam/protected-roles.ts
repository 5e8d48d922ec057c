/** Roles that belong to AWS: service-linked ones and those of IAM Identity Center. Their account cannot change them. */
import type { Raise } from '../../base/api-error.ts';
import type { AccountView } from '../../store/store.ts';
import type { RoleDoc } from '../../store/tables.ts';
import { getRole } from './lookup.ts';

/** Source: "IAM identifiers" and "Using service-linked roles" (IAM User Guide). */
const protectedPaths = ['/aws-service-role/', '/aws-reserved/'];

/** Whether the path is one that only AWS puts roles on. */
export function isProtectedPath(path: string): boolean {
  return protectedPaths.some((prefix) => path.startsWith(prefix));
}

/** The role of that name, which its account may change. */
export function getUnprotectedRole(view: AccountView, name: string, error: Raise<'NoSuchEntity' | 'UnmodifiableEntity'>): RoleDoc {
  const role = getRole(view, name, error);
  if (isProtectedPath(role.Path)) throw error('UnmodifiableEntity', `Cannot perform the operation on the protected role '${role.RoleName}' - this role is only modifiable by AWS`);
  return role;
}
