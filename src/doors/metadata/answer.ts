/** Answers a request to an instance's metadata service: who may ask, and what is asked for. Pure, but for what a value takes to be made. Source: "Use IMDSv2", "Retrieve instance metadata" (EC2 User Guide). */
import type { Timestamp } from '../../base/clock.ts';
import type { MetadataOptionsDoc } from '../../store/instance-docs.ts';
import { metadataLimits } from './limits.ts';
import type { MetadataTokens } from './tokens.ts';
import { find, listing } from './tree.ts';
import type { Directory } from './tree.ts';

export interface MetadataRequest {
  readonly method: string;
  /** As it stands in the request line. */
  readonly target: string;
  /** By name in lower case; several of one name joined by `, `. */
  header(name: string): string | undefined;
}

export interface MetadataAnswer { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string | Uint8Array }

/** How the request was proven, which is how what it is given was delivered (ec2:RoleDelivery). */
export type MetadataVersion = '1.0' | '2.0';

export interface Asked {
  readonly options: MetadataOptionsDoc;
  readonly tokens: MetadataTokens;
  /** The names, in lower case and with their ports, by which the endpoint is addressed. */
  readonly hosts: ReadonlySet<string>;
  readonly now: Timestamp;
  /** What there is to be read, by a request of that version. */
  tree(version: MetadataVersion): Directory;
}

const tokenHeader = 'x-aws-ec2-metadata-token';
const ttlHeader = 'X-Aws-Ec2-Metadata-Token-Ttl-Seconds';

/** Every version of AWS's has the same here. Source: "Retrieve instance metadata", Get the available versions. */
export const datedVersions = [
  '1.0', '2007-01-19', '2007-03-01', '2007-08-29', '2007-10-10', '2007-12-15', '2008-02-01', '2008-09-01', '2009-04-04', '2011-01-01', '2011-05-01', '2012-01-12', '2014-02-25', '2014-11-05', '2015-10-20',
  '2016-04-19', '2016-06-30', '2016-09-02', '2018-03-28', '2018-08-17', '2018-09-24', '2019-10-01', '2020-10-27', '2021-01-03', '2021-03-23', '2021-07-15', '2022-09-24', '2024-04-11',
] as const;

const versions: ReadonlySet<string> = new Set([...datedVersions, 'latest']);

const reasons = { 400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 405: 'Not Allowed', 500: 'Internal Server Error', 503: 'Service Unavailable' } as const;

export function refusal(status: keyof typeof reasons, headers: Readonly<Record<string, string>> = {}): MetadataAnswer {
  const title = `${status} - ${reasons[status]}`;
  const body = `<?xml version="1.0" encoding="iso-8859-1"?>\n<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" lang="en">\n <head>\n  <title>${title}</title>\n </head>\n <body>\n  <h1>${title}</h1>\n </body>\n</html>\n`;
  return { status, headers: { 'Content-Type': 'text/html', ...headers }, body };
}

const value = (body: string | Uint8Array, secondsLeft: number | undefined): MetadataAnswer =>
  ({ status: 200, headers: { 'Content-Type': typeof body === 'string' ? 'text/plain' : 'application/octet-stream', ...(secondsLeft !== undefined && { [ttlHeader]: String(secondsLeft) }) }, body });

/**
 * The answer. Nothing in a target is decoded or made shorter: a path that is not exactly one of the tree's is none. The order of refusals is GUESS; each of them is AWS's, but for
 * that of a foreign Host, which keeps the pages of a browser out that was told a name for this address.
 */
export async function answerMetadata(request: MetadataRequest, asked: Asked): Promise<MetadataAnswer> {
  const host = request.header('host');
  if (asked.options.HttpEndpoint === 'disabled' || host === undefined || !asked.hosts.has(host.toLowerCase())) return refusal(403);
  if (request.method === 'PUT') return giveToken(request, asked);
  if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405, { Allow: 'GET, HEAD, PUT' });
  const proof = prove(request, asked);
  if (!proof) return refusal(401);
  if (request.target === '/latest/api/token') return refusal(405, { Allow: 'OPTIONS, PUT' });
  return (await read(request.target, asked.tree(proof.version), proof.secondsLeft)) ?? refusal(404);
}

/** Source: "Use IMDSv2": a PUT that was forwarded is refused, and so is one to a dated version. */
function giveToken(request: MetadataRequest, { tokens, now }: Asked): MetadataAnswer {
  if (request.header('x-forwarded-for') !== undefined) return refusal(403);
  const version = /^\/([^/]+)\/api\/token$/.exec(request.target)?.[1];
  if (version === undefined || !versions.has(version)) return refusal(405, { Allow: 'GET, HEAD' });
  if (version !== 'latest') return refusal(403);
  const wanted = request.header(ttlHeader.toLowerCase());
  const seconds = /^[0-9]{1,5}$/.test(wanted ?? '') ? Number(wanted) : 0;
  if (seconds < 1 || seconds > metadataLimits.tokenSecondsMax) return refusal(400);
  return value(tokens.issue(seconds, now), seconds);
}

interface Proof { readonly version: MetadataVersion; readonly secondsLeft?: number }

/** A token that does not hold proves nothing, also where none is asked for. */
function prove(request: MetadataRequest, { options, tokens, now }: Asked): Proof | undefined {
  const token = request.header(tokenHeader);
  if (token === undefined) return options.HttpTokens === 'optional' ? { version: '1.0' } : undefined;
  const secondsLeft = tokens.secondsLeft(token, now);
  return secondsLeft === undefined ? undefined : { version: '2.0', secondsLeft };
}

async function read(target: string, tree: Directory, secondsLeft: number | undefined): Promise<MetadataAnswer | undefined> {
  if (target === '/') return value([...versions].join('\n'), secondsLeft);
  const [empty, version = '', ...names] = target.split('/');
  if (empty !== '' || !versions.has(version)) return undefined;
  // A directory is asked for with or without a slash at its end, a value only without.
  const hasSlash = names.at(-1) === '';
  const found = find(tree, hasSlash ? names.slice(0, -1) : names);
  if (found === undefined) return undefined;
  if (found.kind === 'directory') {
    const text = listing(found);
    return text === undefined ? undefined : value(text, secondsLeft);
  }
  const content = hasSlash ? undefined : await found.content();
  return content === undefined ? undefined : value(content, secondsLeft);
}
