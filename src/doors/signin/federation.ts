/** The federation endpoint: from the credentials of a role or a federated user to a console session, as the tools of AWS's users do it. Source: "Enable custom identity broker access to the AWS console" (IAM User Guide). */
import { timingSafeEqual } from 'node:crypto';
import type { SessionClaims, SessionIssuer } from '../../base/session.ts';
import type { ConsoleClaims } from '../../store/console-sessions.ts';
import { identityOfCaller, record } from './events.ts';
import { limits } from './limits.ts';
import { confirmPage } from './pages.ts';
import type { DoorParts } from './parts.ts';
import { refusal } from './refusal.ts';
import { isForm, json, optionalText, ownPath, readFields, readQuery, redirect, requiredText } from './request.ts';
import type { DoorAnswer, DoorRequest, Fields, Visit } from './request.ts';
import { openState, sealState } from './sealed.ts';
import { beginSession, findCaller, sessionTag, sessionsOf } from './sessions.ts';
import { sessionView } from './views.ts';

/** Seconds. Source: the page above, SessionDuration. */
const seconds = { min: 900, max: 43_200, roleDefault: 3_600 } as const;

/** Which credentials open the console at all, and whether they may ask for a session that lasts longer than they do. */
const kinds: Readonly<Record<SessionIssuer, 'roleSession' | 'federatedUser' | 'refused'>> = {
  AssumeRole: 'roleSession', AssumeRoleWithSAML: 'roleSession', AssumeRoleWithWebIdentity: 'roleSession',
  GetFederationToken: 'federatedUser',
  GetSessionToken: 'refused', AssumeRoot: 'refused', SignIn: 'refused',
};

/** What a sign-in token says. It is good once. */
interface SigninToken { readonly id: string; readonly claims: ConsoleClaims; readonly endsAt: number; readonly issuedAt: number }

/** `/federation`, by its Action. */
export function federation(parts: DoorParts, { request }: Visit): Promise<DoorAnswer> {
  const fields = { ...readQuery(request), ...(request.method === 'POST' && isForm(request) ? readFields(request) : {}) };
  switch (fields['Action']) {
    case 'getSigninToken': return getSigninToken(parts, request, fields);
    case 'login': return login(parts, request, fields);
    default: throw refusal('InvalidRequest', 'Action must be getSigninToken or login.');
  }
}

/** Raises InvalidRequest for credentials that are not good, or not good for this: AWS answers 400 to all of them. */
async function getSigninToken(parts: DoorParts, request: DoorRequest, fields: Fields): Promise<DoorAnswer> {
  const now = request.receivedAt;
  const given = credentialsOf(requiredText(fields, 'Session', 8_192));
  const claims = parts.sessions.open(given.sessionToken);
  if (!claims || claims.accessKeyId !== given.sessionId || !isSame(claims.secretAccessKey, given.sessionKey) || claims.expiresAt <= now) throw notGood();
  const view = await parts.store.account(claims.account);
  const caller = view && findCaller(view, claims);
  const kind = kinds[claims.issuer];
  if (!caller || kind === 'refused') throw notGood();
  // Such a session would go on when the one that it comes from is signed out.
  if (claims.consoleSessionId !== undefined) throw refusal('InvalidRequest', 'Credentials that come from a console session or from aws login open no further one.');
  const wanted = optionalText(fields, 'SessionDuration', 8);
  const role = view.roles.find(claims.principalId);
  const endsAt = wanted === undefined ? claims.expiresAt : now + 1000 * durationOf(wanted, kind, claims, role?.MaxSessionDuration ?? seconds.roleDefault);
  const { accessKeyId: _key, secretAccessKey: _secret, ...kept } = claims;
  parts.assertAuditWritable();
  const token = sealState(parts.seal, 'sign-in token', { id: Buffer.from(parts.random(16)).toString('base64url'), claims: { ...kept, expiresAt: endsAt }, endsAt, issuedAt: now } satisfies SigninToken);
  record(parts, request, { name: 'GetSigninToken', identity: identityOfCaller(caller), account: claims.account });
  return json(200, { SigninToken: token });
}

function credentialsOf(text: string): { readonly sessionId: string; readonly sessionKey: string; readonly sessionToken: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw refusal('InvalidRequest', 'Session must be JSON: {"sessionId", "sessionKey", "sessionToken"}.', { cause });
  }
  if (typeof value !== 'object' || value === null) throw notGood();
  // An object's members are whatever they are until each is looked at.
  const fields = value as Fields;
  return { sessionId: requiredText(fields, 'sessionId', 128), sessionKey: requiredText(fields, 'sessionKey', 128), sessionToken: requiredText(fields, 'sessionToken', 4_096) };
}

const notGood = (): Error => refusal('InvalidRequest', 'The credentials are not valid, have expired, or are not those of a role or a federated user.');

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** AWS: a federated user's session lasts as long as its credentials; a role's may be longer, unless it was assumed by way of another. */
function durationOf(wanted: string, kind: 'roleSession' | 'federatedUser', { isChained }: SessionClaims, longest: number): number {
  const duration = /^\d{1,5}$/.test(wanted) ? Number(wanted) : Number.NaN;
  if (!(duration >= seconds.min && duration <= seconds.max)) throw refusal('InvalidRequest', `SessionDuration must be from ${seconds.min} to ${seconds.max} seconds.`);
  if (kind === 'federatedUser') throw refusal('InvalidRequest', 'SessionDuration cannot be given with credentials of GetFederationToken.');
  if (isChained) throw refusal('InvalidRequest', 'SessionDuration cannot be given with credentials of a role that was assumed by way of another role.');
  if (duration > longest) throw refusal('InvalidRequest', 'SessionDuration exceeds the MaxSessionDuration set for this role.');
  return duration;
}

/** Begins the session and goes on to the destination. A browser in which others are signed in is asked first: a link is not to put anybody into a stranger's session unawares. */
async function login(parts: DoorParts, request: DoorRequest, fields: Fields): Promise<DoorAnswer> {
  const asked = readLogin(parts, request, fields);
  const others = await sessionsOf(parts, request);
  if (others.length > 0) return confirmPage(await Promise.all(others.map(({ session }) => sessionView(parts, session, request.receivedAt))), asked.token.claims, asked.fields);
  return begin(parts, request, asked);
}

/** `POST federated`: the same, confirmed on a page of ours. */
export const confirmLogin = (parts: DoorParts, { request }: Visit): Promise<DoorAnswer> => begin(parts, request, readLogin(parts, request, readFields(request)));

interface Login { readonly token: SigninToken; readonly destination: string; readonly issuer: string | undefined; readonly fields: Readonly<Record<string, string>> }

function readLogin(parts: DoorParts, request: DoorRequest, fields: Fields): Login {
  const Destination = requiredText(fields, 'Destination', limits.continueLengthMax);
  const Issuer = optionalText(fields, 'Issuer', limits.continueLengthMax);
  const SigninToken = requiredText(fields, 'SigninToken', 16_384);
  const destination = destinationPath(request, Destination);
  if (destination === undefined) throw refusal('InvalidRequest', 'Destination must be a page of the console.');
  if (Issuer !== undefined && !isWebAddress(Issuer)) throw refusal('InvalidRequest', 'Issuer must be an http or https URL.');
  const token = openState<SigninToken>(parts.seal, 'sign-in token', SigninToken);
  if (!token || request.receivedAt >= token.issuedAt + limits.signinTokenMs || request.receivedAt >= token.endsAt) throw refusal('InvalidRequest', 'The sign-in token is not valid, or has expired.');
  return { token, destination, issuer: Issuer, fields: { Destination, ...(Issuer !== undefined && { Issuer }), SigninToken } };
}

async function begin(parts: DoorParts, request: DoorRequest, { token, destination, issuer }: Login): Promise<DoorAnswer> {
  const { claims, endsAt } = token;
  const view = await parts.store.account(claims.account);
  const caller = view && findCaller(view, { ...claims, accessKeyId: '', secretAccessKey: '' });
  parts.assertAuditWritable();
  if (!caller || !(await parts.guard.consume(`signin-token/${token.id}`, token.issuedAt + limits.signinTokenMs))) throw refusal('InvalidRequest', 'The sign-in token is not valid, or was used.');
  const { signedIn, cookies } = await beginSession(parts, request, { account: claims.account, principalId: claims.principalId, claims, endsAt, ...(claims.mfaAt !== undefined && { mfaAt: claims.mfaAt }), ...(issuer !== undefined && { issuer }) });
  record(parts, request, { name: 'ConsoleLogin', identity: identityOfCaller(caller), account: claims.account, more: { MFAUsed: 'No', LoginTo: destination } });
  const separator = destination.includes('?') ? '&' : '?';
  return redirect(destination.includes('#') ? destination : `${destination}${separator}session=${sessionTag(signedIn.session)}`, cookies);
}

/** A page of our own: by its path, by its whole address, or by that of AWS's console, which tools know by heart. */
function destinationPath(request: DoorRequest, text: string): string | undefined {
  const path = ownPath(text);
  if (path !== undefined) return path;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || url.username !== '' || url.password !== '') return undefined;
  if (url.protocol === 'https:' && url.port === '' && /^(?:[a-z0-9-]+\.)*console\.aws\.amazon\.com$/.test(url.hostname)) return '/_gatehouse/console/';
  const isOurs = (url.protocol === 'https:' || (url.protocol === 'http:' && !request.isSecure)) && url.host === request.header('host')?.toLowerCase();
  return isOurs ? ownPath(`${url.pathname}${url.search}${url.hash}`) : undefined;
}

const isWebAddress = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
