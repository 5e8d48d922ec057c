/** OAuth 2.0 access tokens of the two providers that have no ID tokens: whose one is, and for which application, only the provider that gave it can say. Source: AssumeRoleWithWebIdentity, ProviderId (STS API Reference). */
import { Turnstile } from '../base/turnstile.ts';
import { IssuerUnreachable } from './issuer-keys.ts';
import type { FetchDocument, IssuerAddresses } from './issuer-keys.ts';

/** What the provider says of a token that it stands by. */
export interface TokenHolder {
  /** As `Principal` and `aws:FederatedProvider` name the provider. */
  readonly provider: string;
  readonly subject: string;
  readonly audience: string;
  /** Condition keys, named as AWS writes them. */
  readonly keys: Readonly<Record<string, string>>;
  /** Those of them that later requests of the session still have. */
  readonly lastingKeys: Readonly<Record<string, string>>;
}

export type TokenRejection = 'unknownProvider' | 'rejected' | 'expired' | 'odd';

/** The token proves nobody. */
export class AccessTokenRefused extends Error {
  override readonly name = 'AccessTokenRefused';
  readonly rejection: TokenRejection;

  constructor(rejection: TokenRejection, message: string, options?: ErrorOptions) {
    super(message, options);
    this.rejection = rejection;
  }
}

type Fields = Readonly<Record<string, unknown>>;

interface Provider {
  /** Where its API is, unless the operator names another address for `https://PROVIDER`. */
  readonly address: string;
  /** `ask` resolves to the object that a path of its API answers for the token. */
  readonly holderOf: (ask: (path: string, parameters?: Readonly<Record<string, string>>) => Promise<Fields>) => Promise<Omit<TokenHolder, 'provider'>>;
}

// Source of the keys, and that an id alone outlives the trust policy: "IAM and AWS STS condition context keys", Available keys for AWS OIDC federation (IAM User Guide).
const providers: Readonly<Record<string, Provider>> = {
  // Source: "Verifying access tokens" (Login with Amazon, Developer Guide for Websites).
  'www.amazon.com': {
    address: 'https://api.amazon.com',
    async holderOf(ask) {
      const { iss, user_id, app_id, aud, exp } = await ask('/auth/o2/tokeninfo');
      if (iss !== 'https://www.amazon.com') throw odd('iss');
      // Seconds that are left.
      if (typeof exp !== 'number') throw odd('exp');
      if (!(exp > 0)) throw new AccessTokenRefused('expired', 'its provider says that it has expired');
      const subject = textOf(user_id, 'user_id');
      const lastingKeys = { 'www.amazon.com:user_id': subject };
      return { subject, audience: textOf(aud, 'aud'), lastingKeys, keys: { ...lastingKeys, 'www.amazon.com:app_id': textOf(app_id, 'app_id') } };
    },
  },
  // Source: "User", "Application" (Graph API Reference): who a token is of is `me`, what it is for is `app`.
  'graph.facebook.com': {
    address: 'https://graph.facebook.com',
    async holderOf(ask) {
      const [user, app] = await Promise.all([ask('/me', { fields: 'id' }), ask('/app', { fields: 'id' })]);
      const subject = textOf(user['id'], 'id');
      const audience = textOf(app['id'], 'id');
      const lastingKeys = { 'graph.facebook.com:id': subject };
      return { subject, audience, lastingKeys, keys: { ...lastingKeys, 'graph.facebook.com:app_id': audience } };
    },
  },
};

const odd = (field: string): AccessTokenRefused => new AccessTokenRefused('odd', `its provider's answer has no ${field} that can be read`);

/** What a condition may be asked of: printable, and no longer than SubjectFromWebIdentityToken may be. */
function textOf(value: unknown, field: string): string {
  if (typeof value !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(value)) throw odd(field);
  return value;
}

/** Requests need no signature: whoever shows tokens that are none does not make us ask a provider without end. */
const limits = { askingMax: 16, waitingMax: 256 } as const;

interface Parts { readonly fetchDocument: FetchDocument; readonly issuerAddresses: IssuerAddresses }

/** Resolves to whom the provider says the token is of. Rejects with AccessTokenRefused, IssuerUnreachable or IssuerUntrusted. Nothing is kept: a token that was revoked is refused the next time. */
export function createAccessTokenReader({ fetchDocument, issuerAddresses }: Parts): (providerId: string, token: string) => Promise<TokenHolder> {
  const turnstile = new Turnstile(limits.askingMax, limits.waitingMax);
  return async (providerId, token) => {
    const provider = Object.hasOwn(providers, providerId) ? providers[providerId] : undefined;
    if (!provider) throw new AccessTokenRefused('unknownProvider', 'there is no such provider of access tokens');
    const given = issuerAddresses.get(`https://${providerId}`);
    async function ask(path: string, parameters: Readonly<Record<string, string>> = {}): Promise<Fields> {
      const url = `${(given ?? provider!.address).replace(/\/$/, '')}${path}?${new URLSearchParams({ ...parameters, access_token: token }).toString()}`;
      const answer = await fetchDocument(url, { thumbprints: [], holdsSecret: true, ...(given !== undefined && { isOperators: true }) }).catch((thrown: unknown) => { throw rejectionOf(thrown); });
      if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) throw new AccessTokenRefused('odd', "its provider's answer is no object");
      return answer as Fields;
    }
    const holder = await turnstile.pass(() => provider.holderOf(ask), () => new IssuerUnreachable('too many tokens are being asked about', { isPassing: true }));
    return { provider: providerId, ...holder };
  };
}

/** A provider says of a token that it is none by these statuses. Source: RFC 6750 section 3.1, which both follow. */
const rejectingStatuses: ReadonlySet<number | undefined> = new Set([400, 401, 403]);

function rejectionOf(thrown: unknown): unknown {
  if (!(thrown instanceof IssuerUnreachable) || thrown.isPassing) return thrown;
  return rejectingStatuses.has(thrown.status) ? new AccessTokenRefused('rejected', `its provider answers ${thrown.status}`, { cause: thrown }) : new AccessTokenRefused('odd', thrown.message, { cause: thrown });
}
