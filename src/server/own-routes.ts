/** The routes that are not AWS's API, in one table that says how each is authenticated. */
import { ApiError } from '../base/api-error.ts';
import { guarded, isFromOwnPage, isLedFromElsewhere } from './browser-guard.ts';
import { callAs } from './call-as.ts';
import { Exchange } from './exchange.ts';
import type { AnyAnswer, HttpRequest, Answer } from './http-request.ts';
import { limits } from './limits.ts';
import { metricsContentType, metricsText } from './metrics.ts';
import { readinessOf } from './peers.ts';
import type { Plane } from './plane.ts';
import type { DoneName, PageName, PresentedName, ShownName, StepName, Visit } from './sign-in-routes.ts';
import { answerIssuer, issuersPath } from './token-issuers.ts';

/**
 * How a caller is proven.
 * `none`: anyone who reaches the port under a host that is served may ask, and learns nothing about accounts.
 * `ownPage`: anyone, but a browser only from a page of ours, as its Origin says.
 * `page`: a browser that is shown a page, with more on it where the cookie of a session came along; it changes nothing.
 * `session`: whoever has the cookie of a live session; it changes nothing.
 * `sessionFromOwnPage`: the same, from a page of ours, which also knows the session's token.
 * `presented`: what the request presents is proven by the route itself – credentials, a token or a code that is good once – and no cookie proves anything.
 */
export type Authentication = 'none' | 'ownPage' | 'page' | 'session' | 'sessionFromOwnPage' | 'presented';

interface OwnRoute {
  readonly methods: readonly string[];
  readonly authentication: Authentication;
  /** The longest body it takes. */
  readonly bodyBytesMax: number;
  /** Its body is read as it comes. */
  readonly isStreamed?: boolean;
  readonly answer: (plane: Plane, request: HttpRequest) => AnyAnswer | Promise<AnyAnswer>;
}

const json = (status: number, value: unknown): Answer => ({ status, headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }, body: JSON.stringify(value) });

const asked = ['GET', 'HEAD'] as const;

/** A step of signing in. */
const step = (name: StepName): OwnRoute => ({
  methods: ['POST'], authentication: 'ownPage', bodyBytesMax: limits.formBytesMax,
  async answer(plane, request) {
    if (!isFromOwnPage(request)) return fromElsewhere;
    return (await plane.signIn()).steps[name](visit(plane, request, undefined));
  },
});

/** Shows something of a session. */
const shown = (name: ShownName): OwnRoute => ({
  methods: ['GET'], authentication: 'session', bodyBytesMax: 0,
  async answer(plane, request) {
    const door = await plane.signIn();
    const signedIn = await door.findSession(request);
    return signedIn ? door.shown[name](visit(plane, request, signedIn)) : door.sessionOver(request);
  },
});

/** Does something with a session. */
const done = (name: DoneName): OwnRoute => ({
  methods: ['POST'], authentication: 'sessionFromOwnPage', bodyBytesMax: limits.formBytesMax,
  async answer(plane, request) {
    if (!isFromOwnPage(request)) return fromElsewhere;
    const door = await plane.signIn();
    const signedIn = await door.findSession(request);
    if (!signedIn) return door.sessionOver(request);
    return door.holdsToken(request, signedIn) ? door.done[name](visit(plane, request, signedIn)) : fromElsewhere;
  },
});

/** Shows a page. A browser that another site led here has left its cookies behind, and is sent on from a page of our own. */
const page = (name: PageName): OwnRoute => ({
  methods: asked, authentication: 'page', bodyBytesMax: 0,
  async answer(plane, request) {
    if (isLedFromElsewhere(request)) return onward(request);
    const door = await plane.signIn();
    return door.pages[name](visit(plane, request, await door.findSession(request)));
  },
});

const consolePath = '/_gatehouse/console/';

/** What a person types who leaves out the rest. */
const toConsole: OwnRoute = { methods: asked, authentication: 'none', bodyBytesMax: 0, answer: (_plane, request) => guarded(request, { status: 302, headers: { Location: consolePath }, body: '' }) };


/** The console: its page where it is built and somebody is signed in, else the door's. */
const consoleRoute: OwnRoute = {
  methods: asked, authentication: 'page', bodyBytesMax: 0,
  async answer(plane, request) {
    if (isLedFromElsewhere(request)) return onward(request);
    const door = await plane.signIn();
    const signedIn = await door.findSession(request);
    return (signedIn && plane.console.page(request)) ?? door.pages.consolePage(visit(plane, request, signedIn));
  },
};

const consoleAssetsPath = `${consolePath}assets/`;

/** What the console's page loads: the same for everyone. */
const consoleAssets: OwnRoute = {
  methods: asked, authentication: 'none', bodyBytesMax: 0,
  answer: (plane, request) => guarded(request, plane.console.asset(request, request.path.slice(consoleAssetsPath.length)) ?? refused(404, 'NotFound', 'The console has no such file.')),
};

/** A gate. */
const icon = '<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32" viewBox="0 0 16 16"><path fill="#06c" d="M1 15V7a7 7 0 0 1 14 0v8h-3V7a4 4 0 0 0-8 0v8zm6-7h2v7H7z"/></svg>';

/** Takes what proves itself. */
const presented = (name: PresentedName, methods: readonly string[]): OwnRoute => ({
  methods, authentication: 'presented', bodyBytesMax: limits.formBytesMax,
  async answer(plane, request) {
    if (request.method === 'GET' && isLedFromElsewhere(request)) return onward(request);
    return (await plane.signIn()).presented[name](visit(plane, request, undefined));
  },
});

/** Whoever is asked speaks for all processes. What only goes wrong is no reason to send requests elsewhere. */
async function readiness({ peers }: Plane): Promise<Answer> {
  const { reason, troubles } = readinessOf(await peers.gather('readiness'));
  if (reason !== undefined) return json(503, { status: 'not ready', reason });
  return json(200, { status: 'ready', ...(troubles.length > 0 && { warnings: troubles }) });
}

/** For whoever watches over this start: whoever is asked counts for all processes. */
async function metrics({ peers, mayReadMetrics }: Plane, request: HttpRequest): Promise<Answer> {
  if (!mayReadMetrics(request)) return refused(403, 'AccessDenied', 'Metrics are read from this machine, and not through a proxy; or with the token of --metrics-token-file.');
  const words = (await peers.gather('metrics')).filter((word) => word !== undefined);
  return { status: 200, headers: { 'Content-Type': metricsContentType, 'Cache-Control': 'no-store' }, body: metricsText(words) };
}

/** Git's own clients: who they are is proven by the password that they show. */
const gitRoute: OwnRoute = { methods: ['GET', 'POST'], authentication: 'presented', bodyBytesMax: Infinity, isStreamed: true, answer: async (plane, request) => (await plane.gitHttp())(request) };

/** What verifies the identity documents of instances. */
async function identityCertificate(plane: Plane, request: HttpRequest): Promise<Answer> {
  const certificate = await (await plane.instanceIdentity()).certificate();
  return guarded(request, { status: 200, headers: { 'Content-Type': 'application/x-pem-file', 'Cache-Control': 'no-store' }, body: certificate });
}

/** By path; one that ends with a slash stands for all that is below it and has no row of its own, nor a nearer one. */
export const ownRoutes: Readonly<Record<string, OwnRoute>> = {
  '/health': { methods: asked, authentication: 'none', bodyBytesMax: Infinity, answer: () => json(200, { status: 'alive' }) },
  '/ready': {
    methods: asked,
    authentication: 'none',
    bodyBytesMax: Infinity,
    answer: readiness,
  },
  '/metrics': { methods: asked, authentication: 'presented', bodyBytesMax: 0, answer: metrics },
  [issuersPath]: { methods: asked, authentication: 'none', bodyBytesMax: Infinity, answer: (plane, { path }) => answerIssuer(plane, path, plane.clock()) },
  '/_gatehouse/icon.svg': { methods: asked, authentication: 'none', bodyBytesMax: 0, answer: (_plane, request) => guarded(request, { status: 200, headers: { 'Content-Type': 'image/svg+xml', 'Cache-Control': 'public, max-age=86400' }, body: icon }) },
  '/_gatehouse/instance-identity/certificate.pem': { methods: asked, authentication: 'none', bodyBytesMax: 0, answer: identityCertificate },
  '/_gatehouse': toConsole,
  '/_gatehouse/console': toConsole,
  [consolePath]: consoleRoute,
  [consoleAssetsPath]: consoleAssets,
  '/_gatehouse/signin/': page('signInPage'),
  '/_gatehouse/signin/signed-in': page('consolePage'),
  '/_gatehouse/signin/passkey.js': page('passkeyScript'),
  '/_gatehouse/signin/password': step('password'),
  '/_gatehouse/signin/mfa': step('mfa'),
  '/_gatehouse/signin/new-password': step('newPassword'),
  '/_gatehouse/signin/federated': step('federated'),
  '/_gatehouse/signin/session': shown('session'),
  '/_gatehouse/signin/sessions': shown('sessions'),
  '/_gatehouse/signin/credentials': done('credentials'),
  '/_gatehouse/signin/switch-role': done('switchRole'),
  '/_gatehouse/signin/switch-back': done('switchBack'),
  '/_gatehouse/signin/change-password': done('changePassword'),
  '/_gatehouse/signin/passkeys/begin': done('beginPasskey'),
  '/_gatehouse/signin/passkeys/finish': done('finishPasskey'),
  '/_gatehouse/signin/authorize': done('authorize'),
  '/_gatehouse/signin/sign-out': done('signOut'),
  '/switchrole': page('switchRoleLink'),
  '/v1/authorize': page('authorizePage'),
  '/v1/token': presented('oauthToken', ['POST']),
  '/v1/repos/': gitRoute,
  '/_gatehouse/git/': gitRoute,
  '/federation': presented('federation', ['GET', 'POST']),
  '/_gatehouse/': page('nothingHere'),
};

/** The nearest first. */
const subtrees = Object.keys(ownRoutes).filter((path) => path.endsWith('/')).toSorted((a, b) => b.length - a.length);

const visit = <Who>(plane: Plane, request: HttpRequest, signedIn: Who): Visit<Who> => ({ request, signedIn, call: (caller, action, input) => callAs(plane, request, caller, action, input) });

/** The first path segments that no bucket may be called by, for they are routes. */
export const reservedNames: readonly string[] = [...new Set(Object.keys(ownRoutes).map((path) => path.split('/')[1]!))];

const rows: ReadonlySet<string> = new Set(Object.keys(ownRoutes));

/** Whether a request of that target is a route's that reads its body as it comes. */
export function isStreamedRoute(target: string): boolean {
  const query = target.indexOf('?');
  const path = rowOf(query < 0 ? target : target.slice(0, query));
  return path !== undefined && ownRoutes[path]!.isStreamed === true;
}

/** The answer of an own route; undefined where the path is none. */
export function answerOwnRoute(plane: Plane, request: HttpRequest): AnyAnswer | Promise<AnyAnswer> | undefined {
  const path = rowOf(request.path);
  if (path === undefined) return isBrowserAtTheRoot(request) && hasServedHost(plane, request) ? guarded(request, { status: 302, headers: { Location: consolePath }, body: '' }) : undefined;
  const route = ownRoutes[path]!;
  // Whatever it is asked for: no route here is proven by a signature, which would cover the host.
  if (!hasServedHost(plane, request)) return misdirected;
  if (!route.methods.includes(request.method)) return { status: 405, headers: { Allow: route.methods.join(', ') }, body: '' };
  if (request.body.length > route.bodyBytesMax) return guarded(request, refused(413, 'RequestEntityTooLarge', 'The body is too long.'));
  return route.authentication === 'none' ? route.answer(plane, request) : answered(plane, request, path, route);
}

/** Whoever types the address into a browser. An SDK does not accept HTML. */
const isBrowserAtTheRoot = (request: HttpRequest): boolean =>
  request.path === '/' && request.query === '' && asked.some((method) => method === request.method) && request.header('authorization') === undefined && (request.header('accept') ?? '').includes('text/html');

/** Answers, and says so in the log. What goes wrong is an answer too, and tells nothing. */
async function answered(plane: Plane, request: HttpRequest, path: string, route: OwnRoute): Promise<AnyAnswer> {
  const exchange = new Exchange(request);
  exchange.route = path;
  let answer: AnyAnswer;
  try {
    plane.store.freshen();
    answer = await route.answer(plane, request);
  } catch (thrown) {
    // These say that nothing is wrong with what was asked, and to try again later.
    const isPassing = thrown instanceof ApiError && (thrown.name === 'ServiceUnavailable' || thrown.name === 'Throttling');
    answer = isPassing ? refused(503, 'Unavailable', thrown.message) : refused(500, 'InternalFailure', 'The request could not be answered because of an unknown failure.');
    exchange.error = { code: isPassing ? thrown.name : 'InternalFailure', message: '', cause: thrown };
  }
  plane.log(exchange, answer.status);
  return guarded(request, answer);
}

const refused = (status: number, error: string, message: string): Answer => json(status, { error, message });

const fromElsewhere = refused(403, 'ForgedRequest', 'The request does not come from a page of this Gatehouse, or from one that is out of date.');

const attributeUnsafe = /[^\w\-.~:/?#[\]@!$()*+,;=%]/g;

/** Goes on to the same page, as one page of ours leads to another. The path is one of the table's rows; of the query nothing is markup. */
function onward({ path, query }: HttpRequest): Answer {
  const target = `${path}${query === '' ? '' : `?${query}`}`.replaceAll('&', '&amp;').replaceAll(attributeUnsafe, (character) => (character === '&' ? '&' : encodeURIComponent(character)));
  return { status: 200, headers: { 'Content-Type': 'text/html; charset=utf-8' }, body: `<!doctype html><title>Gatehouse</title><meta http-equiv="refresh" content="0; url=${target}"><a href="${target}">Continue</a>` };
}

/** The row of the table that a path is in. */
function rowOf(path: string): string | undefined {
  // What AWS's API is asked for.
  if (path === '/') return undefined;
  if (rows.has(path)) return path;
  for (const subtree of subtrees) if (path.startsWith(subtree)) return subtree;
  return undefined;
}

/** Source: RFC 9110, section 15.5.20. */
const misdirected: Answer = { status: 421, headers: { 'Content-Type': 'text/plain', 'Cache-Control': 'no-store' }, body: 'This name is not known to lead here. A start with --served-hosts makes it known.\n' };

/** One Host, and a served one. None, as HTTP/1.0 allows, is what no browser sends. */
function hasServedHost({ isServedHost }: Plane, { rawHeaders }: HttpRequest): boolean {
  const hosts = rawHeaders.filter((_, i) => i % 2 === 1 && rawHeaders[i - 1]!.toLowerCase() === 'host');
  return hosts.length === 0 || (hosts.length === 1 && isServedHost(hosts[0]!));
}
