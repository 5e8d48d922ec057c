/** The door of people: signing in, sessions, and what the console's pages need of both. */

// Its routes stand in the server's table of own routes, which says how each is authenticated; what is said here of a route is what it takes and
// answers. Every answer is JSON, or to a form a page. docs/how-to/sign-in.md shows them in use.

import { Denied } from '../../authz/denial.ts';
import { isoSeconds } from '../../base/clock.ts';
import { changePassword } from './change-password.ts';
import { authorize, authorizePage } from './command-line-login.ts';
import { mintCredentials } from './credentials.ts';
import type { DoorParts } from './parts.ts';
import { beginEnrolment, finishEnrolment } from './passkeys.ts';
import { confirmLogin, federation } from './federation.ts';
import { passkeyScript } from './passkey-script.ts';
import { consolePage, nothingHerePage, passkeyPage, refusalPage, signInPage, stepPage } from './pages.ts';
import { oauthToken } from './oauth-token.ts';
import type { Outcome } from './outcome.ts';
import type { ProposedRole } from './pages.ts';
import { recentRoles, withRecentRole } from './recent-roles.ts';
import { SignInRefusal, refusal } from './refusal.ts';
import { isForm, json, optionalText, ownPath, readQuery, redirect } from './request.ts';
import type { DoorAnswer, DoorRequest, PageVisit, SignedIn, SignedInVisit, Visit } from './request.ts';
import { csrfToken, findSession, holdsCsrfToken, sessionTag, sessionsOf } from './sessions.ts';
import { mfa, newPassword, password } from './sign-in.ts';
import { signOut } from './sign-out.ts';
import { switchBack, switchRole } from './switch-role.ts';
import { ownSessionView, sessionView } from './views.ts';

type Route<V extends Visit> = (parts: DoorParts, visit: V) => Promise<DoorAnswer>;

/** Routes for whoever is not signed in: sent from a page of our own. */
const steps = {
  /** `{ kind: 'root', email, password }` or `{ kind: 'user', account, userName, password }`, and `continue`, a path of our own → the next step. */
  password: step(password),
  /** `{ flow, code, device?, secondCode? }` → the next step. */
  mfa: step(mfa),
  /** `{ flow, oldPassword, newPassword }` → the next step. */
  newPassword: step(newPassword),
  /** `{ SigninToken, Destination, Issuer? }`, as the page that asked for it posts them → a redirection. */
  federated: confirmLogin,
} satisfies Record<string, Route<Visit>>;

/** Routes that only show: the session's cookie is enough. */
const shown = {
  /** → the session that is meant, with its token against forged requests and the roles that the browser switched to last. */
  session: async (parts, { request, signedIn }) => json(200, await ownSessionView(parts, signedIn, recentRoles(request), request.receivedAt)),
  /** → `{ sessions: […] }`, every session of the browser, the newest first. */
  sessions: async (parts, { request }) => json(200, { sessions: await Promise.all((await sessionsOf(parts, request)).map(({ session }) => sessionView(parts, session, request.receivedAt))) }),
} satisfies Record<string, Route<SignedInVisit>>;

/** Routes that do something: the cookie, our own origin, and the token, in the header `x-gatehouse-csrf` or a form's field `csrf`. */
const done = {
  /** → credentials of fifteen minutes for AWS's SDK: `{ accessKeyId, secretAccessKey, sessionToken, expiration }`. They end with the session. */
  async credentials(parts, { request, signedIn }) {
    const { expiresAt, ...credentials } = mintCredentials(parts, signedIn.session, request.receivedAt);
    return json(200, { ...credentials, expiration: isoSeconds(expiresAt) });
  },
  /** `{ account, roleName, displayName?, color? }` → the session, acting as the role. */
  async switchRole(parts, visit) {
    const { session, role } = await switchRole(parts, visit);
    const { roles, cookie } = withRecentRole(visit.request, role);
    if (isForm(visit.request)) return redirect(consolePath(session), [cookie]);
    return json(200, await ownSessionView(parts, { ...visit.signedIn, session }, roles, visit.request.receivedAt), { cookies: [cookie] });
  },
  /** → the session, acting as whoever signed in. */
  async switchBack(parts, visit) {
    const session = await switchBack(parts, visit);
    if (isForm(visit.request)) return redirect(consolePath(session));
    return json(200, await ownSessionView(parts, { ...visit.signedIn, session }, recentRoles(visit.request), visit.request.receivedAt));
  },
  /** `{ oldPassword, newPassword }` → 204; this session stays, the others of the principal end. */
  async changePassword(parts, visit) {
    await changePassword(parts, visit);
    return isForm(visit.request) ? redirect(consolePath(visit.signedIn.session)) : { status: 204, headers: {}, body: '' };
  },
  /** → `{ enrolment, options }`: the options are for `navigator.credentials.create`. */
  async beginPasskey(parts, visit) {
    const begun = await beginEnrolment(parts, visit);
    return isForm(visit.request) ? passkeyPage(sessionTag(visit.signedIn.session), csrfToken(visit.signedIn), begun) : json(200, begun);
  },
  /** `{ enrolment, name, response }` → `{ serialNumber }`. */
  async finishPasskey(parts, visit) {
    const finished = await finishEnrolment(parts, visit);
    return isForm(visit.request) ? redirect(consolePath(visit.signedIn.session)) : json(200, finished);
  },
  /** A consent to `aws login`, as its page posts it: `/v1/authorize`'s parameters and `answer` → back to the command line. */
  authorize,
  /** `{ which?: 'this' | 'browser' | 'everywhere' }` → 204. Sessions end in every process before the answer, and their credentials with them. */
  async signOut(parts, visit) {
    const { cookies, issuer } = await signOut(parts, visit);
    if (isForm(visit.request)) return redirect('/_gatehouse/signin/', cookies);
    return issuer === undefined ? { status: 204, headers: {}, cookies, body: '' } : json(200, { issuer }, { cookies });
  },
} satisfies Record<string, Route<SignedInVisit>>;

/** Routes that AWS's clients and tools know: what they are shown proves itself. */
const presented = {
  /** `Action=getSigninToken` with `Session` → `{ SigninToken }`; `Action=login` with `SigninToken`, `Destination`, `Issuer` → a console session. */
  federation,
  /** CreateOAuth2Token: `{ clientId, grantType, code, redirectUri, codeVerifier }` or `{ clientId, grantType, refreshToken }`, with a DPoP proof → credentials. */
  oauthToken,
} satisfies Record<string, Route<Visit>>;

/** Pages that need no script, but for passkeys, for a person whose browser has none, and for as long as there are no others. */
const pages = {
  /** The sign-in page; `continue` is the path of ours that follows, `account` the number or alias that is filled in already. */
  signInPage: async (_parts, { request }) => request.path !== '/_gatehouse/signin/' ? nothingHerePage() : signInPage({ continueTo: ownPath(optionalText(readQuery(request), 'continue', 2_048)), kind: readQuery(request)['kind'] === 'root' ? 'root' : 'user', account: optionalText(readQuery(request), 'account', 64) }),
  /** Who is signed in, and switching and signing out; to whoever is not, the sign-in page. */
  async consolePage(parts, { request, signedIn }) {
    if (!signedIn) return redirect(`/_gatehouse/signin/?continue=${encodeURIComponent(`${request.path}${request.query === '' ? '' : `?${request.query}`}`)}`);
    const all = await Promise.all((await sessionsOf(parts, request)).map(({ session }) => sessionView(parts, session, request.receivedAt)));
    return consolePage(await ownSessionView(parts, signedIn, recentRoles(request), request.receivedAt), all, proposedRole(request));
  },
  /** `aws login` sends a browser here: which session may the command line use? */
  authorizePage,
  /** `/switchrole?account=…&roleName=…&displayName=…&color=…`, as AWS's links have it: to the console, which proposes it. Source: "Switching to a role (console)" (IAM User Guide). */
  switchRoleLink: async (_parts, { request }) => redirect(`/_gatehouse/console/switch-role?${new URLSearchParams(Object.entries(proposedRole(request)).filter((entry): entry is [string, string] => entry[1] !== undefined))}`),
  /** The script of the pages that ask for passkeys. */
  passkeyScript: async () => ({ status: 200, headers: { 'Content-Type': 'text/javascript; charset=utf-8' }, body: passkeyScript }),
  nothingHere: async () => nothingHerePage(),
} satisfies Record<string, Route<PageVisit>>;

const proposedRole = (request: DoorRequest): ProposedRole => {
  const query = readQuery(request);
  return { account: optionalText(query, 'account', 320), roleName: optionalText(query, 'roleName', 576), displayName: optionalText(query, 'displayName', 64), color: optionalText(query, 'color', 7) };
};

const consolePath = (session: Parameters<typeof sessionTag>[0]): string => `/_gatehouse/console/?session=${sessionTag(session)}`;

/** A step of signing in: its outcome as JSON, or as a page to a form. */
function step(take: (parts: DoorParts, visit: Visit) => Outcome | Promise<Outcome>): Route<Visit> {
  return async (parts, visit) => {
    const outcome = await take(parts, visit);
    if (outcome.step !== 'signedIn') return isForm(visit.request) ? stepPage(outcome) : json(200, outcome);
    const { cookies, ...rest } = outcome;
    return isForm(visit.request) ? redirect(outcome.continueTo ?? `/_gatehouse/console/?session=${outcome.session.session}`, cookies) : json(200, rest, { cookies });
  };
}

/** Routes by name, with what they stand on. */
type Opened<Table extends Record<string, unknown>, V extends Visit> = { readonly [Name in keyof Table]: (visit: V) => Promise<DoorAnswer> };

export interface SignInDoor {
  readonly steps: Opened<typeof steps, Visit>;
  readonly shown: Opened<typeof shown, SignedInVisit>;
  readonly done: Opened<typeof done, SignedInVisit>;
  readonly presented: Opened<typeof presented, Visit>;
  readonly pages: Opened<typeof pages, PageVisit>;
  findSession(request: DoorRequest): Promise<SignedIn | undefined>;
  /** Whether the request carries the session's token. */
  holdsToken(request: DoorRequest, signedIn: SignedIn): boolean;
  /** The answer to whoever has no session where one is needed. */
  sessionOver(request: DoorRequest): DoorAnswer;
}

export function openSignInDoor(parts: DoorParts): SignInDoor {
  const open = <V extends Visit, Table extends Record<string, Route<V>>>(table: Table): Opened<Table, V> =>
    // The names are the table's own.
    Object.fromEntries(Object.entries(table).map(([name, route]) => [name, (visit: V) => answered(visit, () => route(parts, visit))])) as Opened<Table, V>;
  return {
    steps: open<Visit, typeof steps>(steps),
    shown: open<SignedInVisit, typeof shown>(shown),
    done: open<SignedInVisit, typeof done>(done),
    presented: open<Visit, typeof presented>(presented),
    pages: open<PageVisit, typeof pages>(pages),
    findSession: (request) => findSession(parts, request),
    holdsToken: (request, signedIn) => holdsCsrfToken(signedIn, givenToken(request)),
    sessionOver: (request) => refused(request, refusal('SessionOver')),
  };
}

function givenToken(request: DoorRequest): string | undefined {
  const header = request.header('x-gatehouse-csrf');
  if (header !== undefined || !isForm(request)) return header;
  const [token, ...more] = new URLSearchParams(Buffer.from(request.body).toString()).getAll('csrf');
  return more.length > 0 ? undefined : token;
}

async function answered({ request }: Visit, answer: () => Promise<DoorAnswer>): Promise<DoorAnswer> {
  try {
    return await answer();
  } catch (thrown) {
    if (thrown instanceof SignInRefusal) return refused(request, thrown);
    throw thrown;
  }
}

/** A browser that was led here by a link. */
const wantsPage = (request: DoorRequest): boolean => request.method === 'GET' && (request.header('accept') ?? '').includes('text/html');

function refused(request: DoorRequest, { code, status, message, retryAfterSeconds, cause }: SignInRefusal): DoorAnswer {
  // A denial by policies is explained by the id of its request, here as everywhere.
  const headers: Readonly<Record<string, string>> = { ...(retryAfterSeconds !== undefined && { 'Retry-After': String(retryAfterSeconds) }), ...(cause instanceof Denied && { 'x-gatehouse-authorization-id': request.requestId }) };
  if (!isForm(request) && !wantsPage(request)) return json(status, { error: code, message, ...(cause instanceof Denied && { authorizationId: request.requestId }) }, { headers });
  const page = refusalPage(message);
  return { ...page, status, headers: { ...page.headers, ...headers } };
}
