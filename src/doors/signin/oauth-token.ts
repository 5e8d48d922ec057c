/** `POST /v1/token`, CreateOAuth2Token: a code, once, or a refresh token, for credentials of fifteen minutes; both bound to the key of whoever asks. Source: AWS Sign-In API Reference; RFC 6749, 7636, 9449. */
import { bindingOf, challengeOf, clientAsk, clientOf, ownUrls } from './authorization-request.ts';
import type { AuthorizationCode } from './command-line-login.ts';
import { mintCredentials } from './credentials.ts';
import { identityOfCaller, record } from './events.ts';
import { factsOf } from './facts.ts';
import { limits } from './limits.ts';
import type { ConsoleSession } from '../../store/console-sessions.ts';
import type { DoorParts } from './parts.ts';
import { denialOf } from './permission.ts';
import { SignInRefusal } from './refusal.ts';
import { json, readFields } from './request.ts';
import type { DoorAnswer, DoorRequest, Fields, Visit } from './request.ts';
import { openState, sealState } from './sealed.ts';
import { actingClaims, findCaller, isStanding, liveRole, sessionId } from './sessions.ts';

/** The errors of the operation: each code, the shape that it comes in, and its status. Source: AccessDeniedException and its siblings (AWS Sign-In API Reference). */
const errors = {
  INVALID_REQUEST: { shape: 'ValidationException', status: 400 },
  TOO_MANY: { shape: 'TooManyRequestsError', status: 429 },
  AUTHCODE_EXPIRED: { shape: 'AccessDeniedException', status: 401 },
  TOKEN_EXPIRED: { shape: 'AccessDeniedException', status: 401 },
  USER_CREDENTIALS_CHANGED: { shape: 'AccessDeniedException', status: 403 },
  INSUFFICIENT_PERMISSIONS: { shape: 'AccessDeniedException', status: 403 },
} as const;

class TokenRefusal extends Error {
  readonly code: keyof typeof errors;

  constructor(code: keyof typeof errors, message: string) {
    super(message);
    this.code = code;
  }
}

const refuse = (code: keyof typeof errors, message: string): TokenRefusal => new TokenRefusal(code, message);

/** What a refresh token says: which session it is of, and the key that alone may use it. */
interface RefreshToken { readonly session: string; readonly key: string; readonly clientId: string }

/** Names as the command line writes them, and as RFC 6749 does: whoever asks is answered in kind. */
const spellings = { clientId: 'client_id', grantType: 'grant_type', code: 'code', redirectUri: 'redirect_uri', codeVerifier: 'code_verifier', refreshToken: 'refresh_token' } as const;
type Spelt = { readonly [Name in keyof typeof spellings]: string | undefined } & { readonly isSnakeCase: boolean };

const requestsMax = 120;
const requestsWindowMs = 60_000;

export async function oauthToken(parts: DoorParts, { request }: Visit): Promise<DoorAnswer> {
  try {
    if ((await parts.guard.count(`oauth/${request.remoteAddress}`, requestsWindowMs)) > requestsMax) throw refuse('TOO_MANY', 'Too many requests were made. Wait a minute and try again.');
    const spelt = read(readFields(request));
    const { clientId = '', grantType } = spelt;
    if (!clientOf(clientId)) throw refuse('INVALID_REQUEST', 'clientId names no client that may sign in here.');
    const key = await provenKey(parts, request);
    parts.assertAuditWritable();
    if (grantType === 'authorization_code') return answer(spelt, await redeem(parts, request, spelt, key));
    if (grantType === 'refresh_token') return answer(spelt, await refresh(parts, request, spelt, key));
    throw refuse('INVALID_REQUEST', 'grantType must be authorization_code or refresh_token.');
  } catch (thrown) {
    const refused = thrown instanceof SignInRefusal ? refuse('INVALID_REQUEST', thrown.message) : thrown;
    if (!(refused instanceof TokenRefusal)) throw thrown;
    const { shape, status } = errors[refused.code];
    return json(status, { error: refused.code === 'TOO_MANY' ? 'INVALID_REQUEST' : refused.code, message: refused.message }, { headers: { 'x-amzn-ErrorType': shape } });
  }
}

function read(fields: Fields): Spelt {
  const isSnakeCase = fields['client_id'] !== undefined;
  const entries = Object.entries(spellings).map(([camel, snake]) => {
    const value = fields[isSnakeCase ? snake : camel];
    if (value !== undefined && (typeof value !== 'string' || value.length > 2_048)) throw refuse('INVALID_REQUEST', `${camel} must be a text of at most 2048 characters.`);
    return [camel, value] as const;
  });
  // One entry for each name.
  return { ...(Object.fromEntries(entries) as Omit<Spelt, 'isSnakeCase'>), isSnakeCase };
}

/** The thumbprint of the key whose proof came with the request. A proof is good once. */
async function provenKey({ guard }: DoorParts, request: DoorRequest): Promise<string> {
  const { verifyDpop } = await import('../../proof/dpop.ts');
  const proofs = request.rawHeaders.filter((_, i) => i % 2 === 1 && request.rawHeaders[i - 1]!.toLowerCase() === 'dpop');
  const proven = proofs.length === 1 ? await verifyDpop(proofs[0]!, { method: request.method, urls: ownUrls(request, request.path), now: request.receivedAt, ageMsMax: limits.dpopAgeMs }) : undefined;
  if (!proven || !(await guard.consume(`dpop/${proven.thumbprint}/${proven.id}`, request.receivedAt + 2 * limits.dpopAgeMs))) throw refuse('INVALID_REQUEST', 'The DPoP proof is missing, not valid for this request, or was used.');
  return proven.thumbprint;
}

interface Tokens { readonly session: ConsoleSession; readonly refreshToken: string; readonly credentials: ReturnType<typeof mintCredentials>; readonly idToken: string | undefined; readonly now: number }

async function redeem(parts: DoorParts, request: DoorRequest, { clientId = '', code = '', redirectUri = '', codeVerifier = '' }: Spelt, key: string): Promise<Tokens> {
  const now = request.receivedAt;
  if (!/^[A-Za-z0-9\-._~]{43,128}$/.test(codeVerifier)) throw refuse('INVALID_REQUEST', 'codeVerifier must have 43 to 128 characters: letters, digits and -._~');
  const opened = openState<AuthorizationCode>(parts.seal, 'authorization code', code);
  if (!opened || now >= opened.issuedAt + limits.authorizationCodeMs) throw refuse('AUTHCODE_EXPIRED', 'The authorization code is not valid, or has expired.');
  const id = sessionId(`command line ${opened.id}`);
  if (!(await parts.guard.consume(`oauth-code/${opened.id}`, opened.issuedAt + limits.authorizationCodeMs))) {
    // Somebody has it who should not: what came of it ends. Source: RFC 6749, section 4.1.2.
    await parts.consoleSessions.end(id);
    throw refuse('AUTHCODE_EXPIRED', 'The authorization code was used.');
  }
  if (bindingOf(clientId, redirectUri, challengeOf(codeVerifier)) !== opened.binding) throw refuse('INVALID_REQUEST', 'The authorization code was given to another client, address or verifier.');
  const chosen = parts.consoleSessions.find(opened.session, now);
  if (!chosen || !(await isStanding(parts, chosen))) throw refuse('AUTHCODE_EXPIRED', 'The console session that was chosen has ended.');
  const session = commandLineSession(chosen, id, now);
  const arn = await permit(parts, request, session, clientId, 'authorization_code', redirectUri);
  if (!(await parts.consoleSessions.insert(session))) throw refuse('AUTHCODE_EXPIRED', 'The authorization code was used.');
  const refreshToken = sealState(parts.seal, 'refresh token', { session: id, key, clientId } satisfies RefreshToken);
  return { session, refreshToken, credentials: mintCredentials(parts, session, now), idToken: idToken(request, arn, clientId, now), now };
}

/** A session of the command line's own, as what the chosen one acts as, and no longer. It goes on when the browser signs out; signing out everywhere ends it. */
function commandLineSession(chosen: ConsoleSession, id: string, now: number): ConsoleSession {
  const { account, principalId, startedAt, mfaAt, passwordMark } = chosen;
  const claims = liveRole(chosen, now)?.claims ?? chosen.claims;
  return {
    id, holder: 'commandLine', account, principalId, startedAt, seenAt: now, idleMs: limits.commandLineIdleMs, endsAt: Math.min(claims?.expiresAt ?? Infinity, chosen.endsAt),
    ...(mfaAt !== undefined && { mfaAt }), ...(claims && { claims }), ...(passwordMark !== undefined && { passwordMark }),
  };
}

async function refresh(parts: DoorParts, request: DoorRequest, { clientId = '', refreshToken = '' }: Spelt, key: string): Promise<Tokens> {
  const now = request.receivedAt;
  const opened = openState<RefreshToken>(parts.seal, 'refresh token', refreshToken);
  if (!opened || opened.key !== key || opened.clientId !== clientId) throw refuse('INVALID_REQUEST', 'The refresh token is not valid, or is bound to another key or client.');
  const session = parts.consoleSessions.find(opened.session, now);
  if (!session || session.holder !== 'commandLine') throw refuse('TOKEN_EXPIRED', 'The session has ended. Run aws login again.');
  if (!(await isStanding(parts, session))) {
    await parts.consoleSessions.end(session.id);
    throw refuse('USER_CREDENTIALS_CHANGED', 'The password was changed since, or the principal is gone. Run aws login again.');
  }
  await permit(parts, request, session, clientId, 'refresh_token');
  if (!(await parts.consoleSessions.update(session.id, { seenAt: now }))) throw refuse('TOKEN_EXPIRED', 'The session has ended. Run aws login again.');
  return { session, refreshToken, credentials: mintCredentials(parts, session, now), idToken: undefined, now };
}

/** Asks whether the principal may have a token at all, as it is now. Resolves to its ARN. */
async function permit(parts: DoorParts, request: DoorRequest, session: ConsoleSession, clientId: string, grantType: string, redirectUri?: string): Promise<string> {
  const claims = actingClaims(session, request.receivedAt, session.endsAt);
  const view = await parts.store.account(claims.account);
  const caller = view && findCaller(view, claims);
  if (!caller) throw refuse('USER_CREDENTIALS_CHANGED', 'The principal is gone. Run aws login again.');
  const failure = denialOf(parts, request, 'signin:CreateOAuth2Token', () => parts.authorize(caller, 'signin:CreateOAuth2Token', [clientAsk(claims.account, clientId, { grantType, redirectUri })], factsOf(request), view));
  record(parts, request, { name: 'CreateOAuth2Token', identity: identityOfCaller(caller), account: claims.account, failure, more: { clientId, grantType } });
  if (failure !== undefined) throw refuse('INSUFFICIENT_PERMISSIONS', failure);
  return caller.arn;
}

/**
 * Who it is, for the command line to name the session by: it reads the subject and verifies nothing, having the token from us itself, so that it is
 * unsigned. Source: OpenID Connect Core 1.0, section 3.1.3.7, rule 6. GUESS: AWS signs its own.
 */
function idToken(request: DoorRequest, sub: string, aud: string, now: number): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const iat = Math.floor(now / 1000);
  return `${part({ alg: 'none', typ: 'JWT' })}.${part({ iss: ownUrls(request, '')[0], sub, aud, iat, exp: iat + limits.credentialsMs / 1000 })}.`;
}

function answer({ isSnakeCase }: Spelt, { credentials, refreshToken, idToken: id, now }: Tokens): DoorAnswer {
  const { expiresAt, ...keys } = credentials;
  const expiresIn = Math.max(1, Math.floor((expiresAt - now) / 1000));
  return json(200, isSnakeCase
    ? { access_token: { access_key_id: keys.accessKeyId, secret_access_key: keys.secretAccessKey, session_token: keys.sessionToken }, token_type: 'aws_sigv4', expires_in: expiresIn, refresh_token: refreshToken, ...(id !== undefined && { id_token: id }) }
    : { accessToken: keys, tokenType: 'aws_sigv4', expiresIn, refreshToken, ...(id !== undefined && { idToken: id }) });
}
