/** Sessions of browsers: begun, found by their cookie, and ended. What a browser holds is random and is kept nowhere; its hash names the session. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { sessionCaller } from '../../authn/callers.ts';
import { isOfPasswordNow } from '../../authn/password-mark.ts';
import type { IdentifiedCaller } from '../../base/caller.ts';
import type { SessionClaims } from '../../base/session.ts';
import { SignatureRefusal } from '../../proof/sigv4/refusal.ts';
import { endOf } from '../../store/console-sessions.ts';
import type { ConsoleSession } from '../../store/console-sessions.ts';
import type { AccountView } from '../../store/store.ts';
import { clearCookie, readCookies, setCookie } from './cookies.ts';
import type { DoorParts } from './parts.ts';
import { limits } from './limits.ts';
import { refusal } from './refusal.ts';
import type { DoorRequest, SignedIn } from './request.ts';

const secretBytes = 32;

/** What the session of a secret is known by. */
export const sessionId = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

/** By which a page says which of a browser's sessions it means. It is no secret: it stands in cookie names and URLs. */
export const sessionTag = ({ id }: Pick<ConsoleSession, 'id'>): string => id.slice(0, 8);

/** Proves that a request was made by a page that could read our answers: no other site can, and none can guess it. */
export const csrfToken = ({ secret }: SignedIn): string => createHmac('sha256', secret).update('csrf').digest('base64url');

export function holdsCsrfToken(signedIn: SignedIn, given: string | undefined): boolean {
  const expected = Buffer.from(csrfToken(signedIn));
  const actual = Buffer.from(given ?? '');
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

/** The live sessions of the browser, the newest first; those of principals that are gone, or whose password is another since, are ended. */
export async function sessionsOf(parts: DoorParts, request: DoorRequest): Promise<readonly SignedIn[]> {
  const found: SignedIn[] = [];
  let looked = 0;
  for (const secret of readCookies(request, 'session').values()) {
    // A browser has few; who sends many does not get them looked up.
    if (++looked > 2 * limits.sessionsPerBrowser) break;
    const session = parts.consoleSessions.find(sessionId(secret), request.receivedAt);
    if (!session || session.holder !== 'browser') continue;
    if (await isStanding(parts, session)) found.push({ session: await seen(parts, session, request.receivedAt), secret });
    else await parts.consoleSessions.end(session.id);
  }
  return found.toSorted((a, b) => b.session.startedAt - a.session.startedAt);
}

/** The session that the request means: by its tag in a header or in the query, else the newest. */
export async function findSession(parts: DoorParts, request: DoorRequest): Promise<SignedIn | undefined> {
  const all = await sessionsOf(parts, request);
  const [named, ...more] = [request.header('x-gatehouse-session') ?? [], new URLSearchParams(request.query).getAll('session')].flat();
  if (named === undefined) return all[0];
  // Who names two means neither.
  return more.length > 0 ? undefined : all.find(({ session }) => sessionTag(session) === named);
}

/** Whether whoever signed in is still there, with the password that was shown. */
export async function isStanding(parts: DoorParts, session: ConsoleSession): Promise<boolean> {
  const view = await parts.store.account(session.account);
  if (!view || !isOfPasswordNow(parts, view, session)) return false;
  const claims = originalClaims(session, session.endsAt);
  // A command line may act as a role of another account than that of whoever signed in.
  const acting = claims.account === view.account ? view : await parts.store.account(claims.account);
  return acting !== undefined && findCaller(acting, claims) !== undefined;
}

/** Who acts with these claims; undefined where its principal is gone. */
export function findCaller(view: AccountView, claims: SessionClaims): IdentifiedCaller | undefined {
  try {
    return sessionCaller(view, claims);
  } catch (thrown) {
    if (thrown instanceof SignatureRefusal) return undefined;
    throw thrown;
  }
}

/** No credentials: what a caller is made from within the process, where nothing is signed. */
const keyless = { accessKeyId: '', secretAccessKey: '' } as const;

/** The claims of whoever signed in, whatever role the session was switched to since. */
export function originalClaims({ id, account, principalId, startedAt, mfaAt, claims }: ConsoleSession, expiresAt: number): SessionClaims {
  const own = claims ?? { issuer: 'SignIn', account, principalId, issuedAt: startedAt, expiresAt, ...(mfaAt !== undefined && { mfaAt }) };
  return { ...own, ...keyless, expiresAt: Math.min(own.expiresAt, expiresAt), consoleSessionId: id };
}

/** The claims that the session acts with: those of the role that it was switched to, while that lasts. */
export function actingClaims(session: ConsoleSession, now: number, expiresAt: number): SessionClaims {
  const role = liveRole(session, now);
  return role ? { ...role.claims, ...keyless, expiresAt: Math.min(role.claims.expiresAt, expiresAt), consoleSessionId: session.id } : originalClaims(session, expiresAt);
}

export const liveRole = ({ role }: ConsoleSession, now: number): ConsoleSession['role'] => (role && role.claims.expiresAt > now ? role : undefined);

async function seen({ consoleSessions }: DoorParts, session: ConsoleSession, now: number): Promise<ConsoleSession> {
  if (now - session.seenAt < limits.seenEveryMs) return session;
  await consoleSessions.update(session.id, { seenAt: now });
  return { ...session, seenAt: now };
}

export type NewConsoleSession = Pick<ConsoleSession, 'account' | 'principalId'> & Partial<Pick<ConsoleSession, 'mfaAt' | 'claims' | 'passwordMark' | 'issuer'>> & { readonly endsAt?: number };

/**
 * Begins a session of the browser that sent the request, with a secret of its own whatever the browser came with; a session of the same
 * principal in the same browser ends. Raises TooManySessions.
 */
export async function beginSession(parts: DoorParts, request: DoorRequest, begun: NewConsoleSession): Promise<{ readonly signedIn: SignedIn; readonly cookies: readonly string[] }> {
  const now = request.receivedAt;
  const others = await sessionsOf(parts, request);
  const isSame = ({ session }: SignedIn): boolean => session.principalId === begun.principalId && session.claims?.sessionName === begun.claims?.sessionName;
  const replaced = others.filter(isSame);
  if (others.length - replaced.length >= limits.sessionsPerBrowser) throw refusal('TooManySessions');
  const secret = Buffer.from(parts.random(secretBytes)).toString('base64url');
  const session: ConsoleSession = { id: sessionId(secret), holder: 'browser', startedAt: now, seenAt: now, idleMs: limits.sessionIdleMs, ...begun, endsAt: Math.min(begun.endsAt ?? Infinity, now + limits.sessionMs) };
  // INVARIANT: 256 random bits are nobody else's.
  if (!(await parts.consoleSessions.insert(session))) throw new Error('a session of that id is there already');
  for (const old of replaced) await parts.consoleSessions.end(old.session.id);
  return {
    signedIn: { session, secret },
    cookies: [...replaced.map((old) => clearCookie(request, 'session', sessionTag(old.session))), setCookie(request, 'session', sessionTag(session), secret)],
  };
}

/** Ends sessions, and with them, in every process, the credentials that were handed out for them; the cookies go too. */
export async function endSessions({ consoleSessions }: DoorParts, request: DoorRequest, ended: readonly ConsoleSession[]): Promise<readonly string[]> {
  for (const { id } of ended) await consoleSessions.end(id);
  return ended.map((session) => clearCookie(request, 'session', sessionTag(session)));
}

export { endOf };
