/** The roles that a browser switched to last, in a cookie of its own. Source: "Switching to a role (console)" (IAM User Guide). */
import { readCookies, setCookie } from './cookies.ts';
import { limits } from './limits.ts';
import type { DoorRequest } from './request.ts';
import type { RecentRole } from './session-view.ts';

const shapes: Readonly<Record<keyof RecentRole, RegExp>> = { account: /^.{1,320}$/, roleName: /^.{1,640}$/, displayName: /^.{1,64}$/, color: /^[0-9A-Fa-f]{6}$/ };

/** What the browser brings is the browser's to change: what does not look like roles is none. */
export function recentRoles(request: DoorRequest): readonly RecentRole[] {
  const text = readCookies(request, 'roles').get('');
  if (text === undefined) return [];
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return [];
  }
  return Array.isArray(value) ? value.filter(isRecentRole).slice(0, limits.recentRoles) : [];
}

const isRecentRole = (value: unknown): value is RecentRole => typeof value === 'object' && value !== null && Object.entries(shapes).every(([name, shape]) => shape.test(String(Reflect.get(value, name))));

/** The roles with that one first, and the cookie that keeps them. */
export function withRecentRole(request: DoorRequest, { account, roleName, displayName, color }: RecentRole): { readonly roles: readonly RecentRole[]; readonly cookie: string } {
  const role = { account, roleName, displayName, color };
  let roles = [role, ...recentRoles(request).filter((other) => other.account !== account || other.roleName !== roleName)].slice(0, limits.recentRoles);
  // A browser drops a cookie that is too long, and would forget all of them.
  while (roles.length > 1 && written(roles).length > limits.cookieLengthMax) roles = roles.slice(0, -1);
  return { roles, cookie: setCookie(request, 'roles', '', written(roles), limits.deviceMs) };
}

const written = (roles: readonly RecentRole[]): string => Buffer.from(JSON.stringify(roles)).toString('base64url');
