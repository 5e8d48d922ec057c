/** The cookies of the console: what a browser holds of a session, of a known device, of the roles it switched to. */
import type { DoorRequest } from './request.ts';

/**
 * A cookie with this prefix comes from this very host, over TLS, and no other host or port could have set it. Source: RFC 6265bis, section 4.1.3.2.
 * Without TLS there is no such promise, and another name is used.
 */
const hostPrefix = '__Host-';

const names = { session: 'gatehouse-session-', device: 'gatehouse-device', roles: 'gatehouse-roles' } as const;
export type CookieKind = keyof typeof names;

/** Whether the browser speaks TLS: to us, or to a proxy in front, as the origin of what it sends says. To lie about it harms only the liar. */
export function speaksTls(request: DoorRequest): boolean {
  return request.isSecure || (request.header('origin') ?? '').startsWith('https://');
}

/** Every cookie of the kind, by what follows its name. Over TLS those without the prefix are others' doing and are not looked at. */
export function readCookies(request: DoorRequest, kind: CookieKind): ReadonlyMap<string, string> {
  const all = parseCookies(request);
  const prefixed = ofKind(all, `${hostPrefix}${names[kind]}`);
  if (speaksTls(request) || prefixed.size > 0) return prefixed;
  return ofKind(all, names[kind]);
}

function ofKind(all: readonly (readonly [string, string])[], name: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [full, value] of all) if (full.startsWith(name) && !found.has(full.slice(name.length))) found.set(full.slice(name.length), value);
  return found;
}

/** Source: RFC 6265, section 4.2. */
function parseCookies({ rawHeaders }: DoorRequest): readonly (readonly [string, string])[] {
  const cookies: (readonly [string, string])[] = [];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    if (rawHeaders[i]!.toLowerCase() !== 'cookie') continue;
    for (const part of rawHeaders[i + 1]!.split(';')) {
      const equals = part.indexOf('=');
      if (equals > 0) cookies.push([part.slice(0, equals).trim(), part.slice(equals + 1).trim()]);
    }
  }
  return cookies;
}

/** A Set-Cookie for that browser. Never read by script, never sent along from another site, gone with the browser unless it has an age. */
export function setCookie(request: DoorRequest, kind: CookieKind, suffix: string, value: string, ageMs?: number): string {
  const isTls = speaksTls(request);
  return `${isTls ? hostPrefix : ''}${names[kind]}${suffix}=${value}; Path=/; HttpOnly; SameSite=Strict${isTls ? '; Secure' : ''}${ageMs === undefined ? '' : `; Max-Age=${Math.floor(ageMs / 1000)}`}`;
}

export const clearCookie = (request: DoorRequest, kind: CookieKind, suffix: string): string => setCookie(request, kind, suffix, '', 0);
