/** Signing out: of a session, of all of a browser's, or everywhere. */
import type { DoorParts } from './parts.ts';
import { identityOfCaller, record } from './events.ts';
import { refusal } from './refusal.ts';
import { optionalText, readFields } from './request.ts';
import type { SignedInVisit } from './request.ts';
import { endSessions, findCaller, originalClaims, sessionsOf } from './sessions.ts';
import type { ConsoleSession } from '../../store/console-sessions.ts';

/** Which sessions end: this one, all of this browser, or all of the principal's, those of the command line among them. */
const reaches: Readonly<Record<string, (parts: DoorParts, visit: SignedInVisit) => Promise<readonly ConsoleSession[]>>> = {
  this: async (_parts, { signedIn }) => [signedIn.session],
  browser: async (parts, { request }) => (await sessionsOf(parts, request)).map(({ session }) => session),
  everywhere: async ({ consoleSessions }, { request, signedIn: { session } }) => consoleSessions.listOf(session.principalId, request.receivedAt),
};

export async function signOut(parts: DoorParts, visit: SignedInVisit): Promise<{ readonly cookies: readonly string[]; readonly issuer: string | undefined }> {
  const { request, signedIn: { session } } = visit;
  const which = optionalText(readFields(request), 'which', 16) ?? 'this';
  if (!Object.hasOwn(reaches, which)) throw refusal('InvalidRequest', 'which must be this, browser or everywhere.');
  const cookies = await endSessions(parts, request, await reaches[which]!(parts, visit));
  const view = await parts.store.account(session.account);
  const caller = view && findCaller(view, originalClaims(session, session.endsAt));
  if (caller) record(parts, request, { name: 'Logout', identity: identityOfCaller(caller), account: session.account });
  return { cookies, issuer: session.issuer };
}
