/** `aws login` in the browser: the person says which session the command line may use, and a code that is good once goes back to it. */
import { clientAsk, bindingOf, readAuthorizationRequest } from './authorization-request.ts';
import type { AuthorizationRequest } from './authorization-request.ts';
import { identityOfCaller, record } from './events.ts';
import { factsOf } from './facts.ts';
import { codePage, consentPage } from './pages.ts';
import type { DoorParts } from './parts.ts';
import { denialOf } from './permission.ts';
import { refusal } from './refusal.ts';
import { readFields, readQuery, redirect } from './request.ts';
import type { DoorAnswer, PageVisit, SignedInVisit } from './request.ts';
import { sealState } from './sealed.ts';
import { actingClaims, csrfToken, findCaller, sessionsOf } from './sessions.ts';
import { sessionView } from './views.ts';

/** What a code says. Of 512 characters, which are all that it may have, it takes some 300. */
export interface AuthorizationCode {
  readonly id: string;
  /** The session that was chosen. */
  readonly session: string;
  readonly binding: string;
  readonly issuedAt: number;
}

/** `GET /v1/authorize`: asks the person, who is sent to sign in first where that has not happened. */
export async function authorizePage(parts: DoorParts, { request }: PageVisit): Promise<DoorAnswer> {
  const asked = readAuthorizationRequest(request, readQuery(request));
  const sessions = await sessionsOf(parts, request);
  if (sessions.length === 0) return redirect(`/_gatehouse/signin/?continue=${encodeURIComponent(`/v1/authorize?${new URLSearchParams(asked.fields)}`)}`);
  const shown = await Promise.all(sessions.map(async (signedIn) => ({ view: await sessionView(parts, signedIn.session, request.receivedAt), token: csrfToken(signedIn) })));
  return consentPage(shown, asked.fields, asked.kind === 'sameDevice' ? [new URL(asked.redirectUri).origin] : []);
}

/** `POST authorize`: the session may be used, if its policies let it. */
export async function authorize(parts: DoorParts, { request, signedIn: { session } }: SignedInVisit): Promise<DoorAnswer> {
  const fields = readFields(request);
  const asked = readAuthorizationRequest(request, fields);
  if (fields['answer'] !== 'allow') return sentBack(asked, { error: 'access_denied' });
  const acting = actingClaims(session, request.receivedAt, session.endsAt);
  const view = await parts.store.account(acting.account);
  const caller = view && findCaller(view, acting);
  if (!caller) throw refusal('SessionOver');
  parts.assertAuditWritable();
  const failure = denialOf(parts, request, 'signin:AuthorizeOAuth2Access', () => parts.authorize(caller, 'signin:AuthorizeOAuth2Access', [clientAsk(acting.account, asked.clientId, asked)], factsOf(request), view));
  record(parts, request, { name: 'AuthorizeOAuth2Access', identity: identityOfCaller(caller), account: acting.account, failure, more: { clientId: asked.clientId } });
  if (failure !== undefined) throw refusal('AccessDenied', failure);
  const code = sealState(parts.seal, 'authorization code', { id: Buffer.from(parts.random(16)).toString('base64url'), session: session.id, binding: bindingOf(asked.clientId, asked.redirectUri, asked.codeChallenge), issuedAt: request.receivedAt } satisfies AuthorizationCode);
  // AWS: the person carries over both, as one text that is pasted.
  if (asked.kind === 'crossDevice') return codePage(Buffer.from(new URLSearchParams({ state: asked.state, code }).toString()).toString('base64'));
  return sentBack(asked, { code });
}

/** To the client's own address, which was checked. */
const sentBack = ({ kind, redirectUri, state }: AuthorizationRequest, answer: Readonly<Record<string, string>>): DoorAnswer =>
  kind === 'crossDevice' ? redirect('/_gatehouse/console/') : redirect(`${redirectUri}?${new URLSearchParams({ ...answer, state })}`);
