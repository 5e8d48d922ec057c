/** The person's session, as the sign-in door tells of it (docs/how-to/sign-in.md), and what can be asked of the door. */
import type { OwnSessionView, RecentRole, SessionView } from '../../src/doors/signin/session-view.ts';

export type Session = SessionView;
export type OwnSession = OwnSessionView;
export type SwitchedRole = RecentRole;

/** The account that the session acts in: that of its role, or its own. */
export const actingAccount = ({ role, account }: Session): string => role?.arn.split(':')[4] ?? account;

export interface Credentials { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken: string; readonly expiration: string }

/** What each of the door's routes that do something takes and answers. */
interface Doings {
  readonly credentials: { takes: Record<string, never>; answers: Credentials };
  readonly 'switch-role': { takes: { account: string; roleName: string; displayName?: string; color?: string }; answers: OwnSession };
  readonly 'switch-back': { takes: Record<string, never>; answers: OwnSession };
  readonly 'change-password': { takes: { oldPassword: string; newPassword: string }; answers: undefined };
  readonly 'passkeys/begin': { takes: Record<string, never>; answers: { enrolment: string; options: PublicKeyCredentialCreationOptionsJSON } };
  readonly 'passkeys/finish': { takes: { enrolment: string; name: string; response: unknown }; answers: { serialNumber: string } };
  readonly 'sign-out': { takes: { which?: 'this' | 'browser' | 'everywhere' }; answers: { issuer: string } | undefined };
}

/** What the door refused, in its words. */
export class DoorRefusal extends Error {
  override readonly name = 'DoorRefusal';
  readonly code: string;
  readonly authorizationId: string | undefined;

  constructor(code: string, message: string, authorizationId: string | undefined) {
    super(message);
    this.code = code;
    this.authorizationId = authorizationId;
  }
}

const door = '/_gatehouse/signin/';

/** Which of the browser's sessions the page is about: the address says it, so that each tab may have another. */
export const sessionInAddress = (): string | undefined => new URLSearchParams(location.search).get('session') ?? undefined;

async function ask(path: string, init: RequestInit, session: string | undefined): Promise<unknown> {
  const headers = { Accept: 'application/json', ...(session !== undefined && { 'x-gatehouse-session': session }), ...init.headers };
  const answer = await fetch(`${door}${path}`, { ...init, headers, credentials: 'same-origin', cache: 'no-store', redirect: 'error' });
  const text = await answer.text();
  if (answer.ok) return text === '' ? undefined : JSON.parse(text);
  // Only the door's own refusals are JSON; what a proxy says is shown by its status.
  const refused: { error?: string; message?: string; authorizationId?: string } = (answer.headers.get('Content-Type') ?? '').startsWith('application/json') ? JSON.parse(text) : {};
  throw new DoorRefusal(refused.error ?? `HTTP ${answer.status}`, refused.message ?? 'Gatehouse could not be asked.', refused.authorizationId);
}

/** Who is signed in. Rejects with `SessionOver` where nobody is. */
export const readSession = async (session: string | undefined): Promise<OwnSession> => (await ask('session', { method: 'GET' }, session)) as OwnSession;

/** All sessions of this browser, the newest first. */
export const readSessions = async (): Promise<readonly Session[]> => ((await ask('sessions', { method: 'GET' }, undefined)) as { sessions: readonly Session[] }).sessions;

/** Asks the door to do something with a session. Rejects with DoorRefusal. */
export async function askDoor<Name extends keyof Doings>({ session, csrfToken }: Pick<OwnSession, 'session' | 'csrfToken'>, name: Name, given: Doings[Name]['takes']): Promise<Doings[Name]['answers']> {
  const answered = await ask(name, { method: 'POST', body: JSON.stringify(given), headers: { 'Content-Type': 'application/json', 'x-gatehouse-csrf': csrfToken } }, session);
  // As the door's documentation has it.
  return answered as Doings[Name]['answers'];
}

/** Leaves for the sign-in page, which leads back here. What the page held in memory goes with it. */
export function goToSignIn(): void {
  const here = new URL(location.href);
  here.searchParams.delete('session');
  location.assign(`${door}?continue=${encodeURIComponent(`${here.pathname}${here.search}`)}`);
}
