/** The routes that are not AWS's API, in one table that says how each is authenticated. */
import type { HttpRequest, Answer } from './http-request.ts';
import type { Plane } from './plane.ts';
import { answerIssuer, issuersPath } from './token-issuers.ts';

interface OwnRoute {
  readonly methods: readonly string[];
  /** How a caller is proven. `none`: anyone who reaches the port under a host that is served may ask, and learns nothing about accounts. */
  readonly authentication: 'none';
  readonly answer: (plane: Plane, request: HttpRequest) => Answer | Promise<Answer>;
}

const json = (status: number, value: unknown): Answer => ({ status, headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }, body: JSON.stringify(value) });

/** By path; one that ends with a slash stands for all that is below it. */
export const ownRoutes: Readonly<Record<string, OwnRoute>> = {
  '/health': { methods: ['GET', 'HEAD'], authentication: 'none', answer: () => json(200, { status: 'alive' }) },
  '/ready': {
    methods: ['GET', 'HEAD'],
    authentication: 'none',
    answer: (plane) => {
      const reason = plane.unreadyReason();
      return reason === undefined ? json(200, { status: 'ready' }) : json(503, { status: 'not ready', reason });
    },
  },
  [issuersPath]: { methods: ['GET', 'HEAD'], authentication: 'none', answer: (plane, { path }) => answerIssuer(plane, path, plane.clock()) },
};

const subtrees = Object.keys(ownRoutes).filter((path) => path.endsWith('/'));

/** The first path segments that no bucket may be called by, for they are routes. */
export const reservedNames: readonly string[] = [...new Set(['_gatehouse', ...Object.keys(ownRoutes).map((path) => path.split('/')[1]!), 'metrics'])];

/** The answer of an own route; undefined where the path is none. */
export function answerOwnRoute(plane: Plane, request: HttpRequest): Answer | Promise<Answer> | undefined {
  const route = routeOf(request.path);
  if (!route) return undefined;
  // Whatever it is asked for: no route here is proven by a signature, which would cover the host.
  if (!hasServedHost(plane, request)) return misdirected;
  if (!route.methods.includes(request.method)) return { status: 405, headers: { Allow: route.methods.join(', ') }, body: '' };
  return route.answer(plane, request);
}

function routeOf(path: string): OwnRoute | undefined {
  // What AWS's API is asked for.
  if (path === '/') return undefined;
  const name = Object.hasOwn(ownRoutes, path) ? path : subtrees.find((subtree) => path.startsWith(subtree));
  return name === undefined ? undefined : ownRoutes[name];
}

/** Source: RFC 9110, section 15.5.20. */
const misdirected: Answer = { status: 421, headers: { 'Content-Type': 'text/plain', 'Cache-Control': 'no-store' }, body: 'This name is not known to lead here. A start with --served-hosts makes it known.\n' };

/** One Host, and a served one. None, as HTTP/1.0 allows, is what no browser sends. */
function hasServedHost({ isServedHost }: Plane, { rawHeaders }: HttpRequest): boolean {
  const hosts = rawHeaders.filter((_, i) => i % 2 === 1 && rawHeaders[i - 1]!.toLowerCase() === 'host');
  return hosts.length === 0 || (hosts.length === 1 && isServedHost(hosts[0]!));
}
