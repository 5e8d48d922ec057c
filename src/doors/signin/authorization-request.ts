/** What `aws login` sends a browser with: which client it is, where the code is to go, and what will prove that it was the one who asked. Source: AWS CLI, `aws login`; RFC 6749, section 4.1.1; RFC 7636. */
import { createHash } from 'node:crypto';
import * as arn from '../../base/arn.ts';
import type { Ask } from '../../authz/ask.ts';
import { refusal } from './refusal.ts';
import { requiredText } from './request.ts';
import type { DoorRequest, Fields } from './request.ts';

/** The same machine: the code goes to a listener of the command line's own. Another: the person carries it over. */
type ClientKind = 'sameDevice' | 'crossDevice';

interface ClientRow { readonly id: string; /** As a policy names it: `oauth2/public-client/NAME`. */ readonly name: string; readonly isRedirect: (uri: URL, request: DoorRequest) => boolean }

/** The clients there are. A code goes nowhere else than a row says. */
const clients: Readonly<Record<ClientKind, ClientRow>> = {
  sameDevice: { id: 'arn:aws:signin:::devtools/same-device', name: 'localhost', isRedirect: (uri) => uri.protocol === 'http:' && (uri.hostname === '127.0.0.1' || uri.hostname === '[::1]') && uri.port !== '' && uri.pathname === '/oauth/callback' },
  crossDevice: { id: 'arn:aws:signin:::devtools/cross-device', name: 'remote', isRedirect: (uri, request) => ownUrls(request, '/v1/sessions/confirmation').includes(uri.href) },
};

/** An address of ours as whoever sent the request may write it: behind a proxy that speaks TLS it begins with https. */
export function ownUrls(request: DoorRequest, path: string): readonly string[] {
  const host = request.header('host')?.toLowerCase() ?? '';
  return (request.isSecure ? ['https'] : ['http', 'https']).map((scheme) => `${scheme}://${host}${path}`);
}

export interface AuthorizationRequest { readonly kind: ClientKind; readonly clientId: string; readonly redirectUri: string; readonly state: string; readonly codeChallenge: string; /** As they were given, for the form that asks the person. */ readonly fields: Readonly<Record<string, string>> }

const names = ['response_type', 'client_id', 'redirect_uri', 'state', 'scope', 'code_challenge', 'code_challenge_method'] as const;

/** Raises InvalidRequest: nobody is sent to an address that is not known to be the client's. */
export function readAuthorizationRequest(request: DoorRequest, given: Fields): AuthorizationRequest {
  const fields = Object.fromEntries(names.map((name) => [name, requiredText(given, name, 2_048)])) as Record<(typeof names)[number], string>;
  const found = clientOf(fields.client_id);
  if (!found) throw refusal('InvalidRequest', 'client_id names no client that may sign in here.');
  const uri = URL.canParse(fields.redirect_uri) ? new URL(fields.redirect_uri) : undefined;
  if (!uri || uri.username !== '' || uri.password !== '' || uri.search !== '' || uri.hash !== '' || !found.row.isRedirect(uri, request)) throw refusal('InvalidRequest', 'redirect_uri is not an address of the client.');
  if (fields.response_type !== 'code' || fields.scope !== 'openid') throw refusal('InvalidRequest', 'response_type must be code, and scope openid.');
  // AWS: the command line writes SHA-256 where RFC 7636 says S256.
  if (!['SHA-256', 'S256'].includes(fields.code_challenge_method) || !/^[\w-]{43}$/.test(fields.code_challenge)) throw refusal('InvalidRequest', 'code_challenge must be a SHA-256, and code_challenge_method say so.');
  if (fields.state.length > 512) throw refusal('InvalidRequest', 'state is too long.');
  return { kind: found.kind, clientId: fields.client_id, redirectUri: fields.redirect_uri, state: fields.state, codeChallenge: fields.code_challenge, fields };
}

export function clientOf(clientId: string): { readonly kind: ClientKind; readonly row: ClientRow } | undefined {
  const entry = (Object.entries(clients) as [ClientKind, ClientRow][]).find(([, { id }]) => id === clientId);
  return entry && { kind: entry[0], row: entry[1] };
}

/** What a code is bound to, in few characters: who asked, for which address, and the challenge that its verifier answers. */
export const bindingOf = (clientId: string, redirectUri: string, codeChallenge: string): string => createHash('sha256').update(JSON.stringify([clientId, redirectUri, codeChallenge])).digest('base64url');

export const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');

/** Asks for signin:AuthorizeOAuth2Access or signin:CreateOAuth2Token. Source: "Actions, resources, and condition keys for AWS Signin"; SignInLocalDevelopmentAccess. */
export function clientAsk(account: string, clientId: string, context: { readonly redirectUri?: string | undefined; readonly grantType?: string }): Ask {
  const name = clientOf(clientId)?.row.name ?? 'unknown';
  return {
    resource: `arn:${arn.partition}:signin:us-east-1:${account}:oauth2/public-client/${name}`,
    context: { 'signin:OAuthClientId': clientId, 'signin:OAuthRedirectUri': context.redirectUri, 'signin:OAuthGrantType': context.grantType },
  };
}
