/** Who presents a token to AssumeRoleWithWebIdentity: proven by an ID token, its issuer's keys, and the provider that the account has for that issuer; or by what the provider of an access token says of it. */
import { ApiError } from '../base/api-error.ts';
import * as arn from '../base/arn.ts';
import type { PresentedToken, ProvidedCaller } from '../base/caller.ts';
import type { Clock } from '../base/clock.ts';
import { providedClaims } from '../proof/oidc/provided-claims.ts';
import { readUnproven, TokenRefused, verifyIdToken } from '../proof/oidc/id-token.ts';
import type { IdTokenClaims, TokenFault } from '../proof/oidc/id-token.ts';
import type { AccountView, Store } from '../store/store.ts';
import { AccessTokenRefused, createAccessTokenReader } from './access-tokens.ts';
import type { TokenHolder, TokenRejection } from './access-tokens.ts';
import { createIssuerKeys, IssuerUnreachable, IssuerUntrusted } from './issuer-keys.ts';
import type { FetchDocument, IssuerAddresses } from './issuer-keys.ts';

/** Resolves to the caller that the token proves. Rejects with an ApiError in STS's words. */
export type ProveToken = (presented: PresentedToken) => Promise<ProvidedCaller>;

/** What is trusted of an issuer: how policies name it, whom its tokens may be for, which certificates it may show. */
interface TrustedIssuer {
  readonly federated: string;
  /** Undefined where any audience is accepted, and the role's trust policy alone tells them apart. */
  readonly clientIds: readonly string[] | undefined;
  readonly thumbprints: readonly string[];
}

/** Issuers that every account may trust without a provider. Source: "AWS JSON policy elements: Principal" (IAM User Guide). */
const builtIn: Readonly<Record<string, TrustedIssuer>> = {
  'https://accounts.google.com': { federated: 'accounts.google.com', clientIds: undefined, thumbprints: [] },
  'https://cognito-identity.amazonaws.com': { federated: 'cognito-identity.amazonaws.com', clientIds: undefined, thumbprints: [] },
};

const scheme = 'https://';

/** Google's tokens name their issuer with its scheme or without. Source: "Validating an ID token" (Google Identity, OpenID Connect). */
const withScheme = (iss: string): string => (iss === 'accounts.google.com' ? `${scheme}${iss}` : iss);

interface Parts {
  readonly store: Pick<Store, 'account'>;
  readonly fetchDocument: FetchDocument;
  /** Whether an issuer is one of this Gatehouse's own accounts'. */
  readonly isOwnIssuer: (iss: string) => boolean;
  readonly clock: Clock;
  readonly issuerAddresses: IssuerAddresses;
}

export function createWebIdentityProver({ store, fetchDocument, isOwnIssuer, clock, issuerAddresses }: Parts): ProveToken {
  const issuerKeys = createIssuerKeys({ fetchDocument, clock, issuerAddresses });
  const readAccessToken = createAccessTokenReader({ fetchDocument, issuerAddresses });
  return async ({ account, token, providerId, roleArn }) => {
    try {
      if (providerId !== undefined) {
        const caller = holderCaller(await readAccessToken(providerId, token));
        // The words that a role gets which is not there: whether the account is, nobody is told who brings any token.
        if (!(await store.account(account))) throw new ApiError('AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity');
        return caller;
      }
      const { iss: named, keyId } = readUnproven(token);
      const iss = withScheme(named);
      // A session would otherwise begin anew by its own token, past what bounds a chain. Source: "Getting started with outbound identity federation" (IAM User Guide). GUESS: the words.
      if (isOwnIssuer(iss)) throw new ApiError('InvalidIdentityToken', 'Tokens that GetWebIdentityToken gives cannot be used to assume a role.');
      const trusted = trustedIssuer(await store.account(account), iss);
      if (!trusted) throw new ApiError('InvalidIdentityToken', `No OpenIDConnect provider found in your account for ${iss}`);
      const claims = await verifyIdToken(token, await issuerKeys.keysOf(iss, trusted.thumbprints, keyId), clock());
      // INVARIANT: the claims were signed by the keys of the issuer that was looked up, so that it can speak for no other.
      if (withScheme(claims.iss) !== iss) throw new TokenRefused('malformed');
      if (trusted.clientIds && !claims.aud.some((audience) => trusted.clientIds!.includes(audience))) throw new TokenRefused('audience', claims.aud.join(' '));
      return callerOf(claims, iss, trusted, roleArn);
    } catch (thrown) {
      throw refusal(thrown, clock());
    }
  };
}

function trustedIssuer(view: AccountView | undefined, iss: string): TrustedIssuer | undefined {
  const provider = iss.startsWith(scheme) ? view?.oidcProviders.find(iss.slice(scheme.length)) : undefined;
  if (provider) return { federated: arn.oidcProvider(view!.account, provider.Url), clientIds: provider.ClientIDList, thumbprints: provider.ThumbprintList };
  return view && Object.hasOwn(builtIn, iss) ? builtIn[iss] : undefined;
}

function callerOf(claims: IdTokenClaims, iss: string, { federated }: TrustedIssuer, roleArn: string): ProvidedCaller {
  const provider = iss.slice(scheme.length);
  const { keys, lastingKeys, tags, transitiveTagKeys, sourceIdentity, roles } = providedClaims(claims, provider);
  // The issuer may say which roles the token is for; any other role is refused before its trust policy is asked.
  if (roles && !roles.includes(roleArn)) throw new TokenRefused('role', roleArn);
  return {
    kind: 'webIdentity', federated, arn: federated, userId: `${provider}:${claims.sub}`,
    subject: claims.sub, audience: claims.aud.join(','), keys: { ...keys, 'sts:RoleAuthorizedByIdp': String(roles !== undefined) }, lastingKeys, tags, transitiveTagKeys, sourceIdentity,
  };
}

/** Of an access token there are no claims beside whose it is and what it is for, so no session tags either. */
const holderCaller = ({ provider, subject, audience, keys, lastingKeys }: TokenHolder): ProvidedCaller =>
  ({ kind: 'webIdentity', federated: provider, arn: provider, userId: `${provider}:${subject}`, subject, audience, keys, lastingKeys, tags: {}, transitiveTagKeys: [], sourceIdentity: undefined });

type Wording = (detail: string | undefined, nowSeconds: number) => readonly [code: string, message: string];

/** What each fault of a token is answered. Source: AssumeRoleWithWebIdentity (STS API Reference), and answers seen in public. */
const refusals: Record<TokenFault, Wording> = {
  malformed: () => ['InvalidIdentityToken', 'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)'],
  noKey: () => ['InvalidIdentityToken', noVerificationKey],
  // GUESS: the words of this, of a token from the future, and of a claim that is missing.
  signature: () => ['InvalidIdentityToken', 'The signature of the web identity token is not valid.'],
  notYetValid: () => ['InvalidIdentityToken', 'The web identity token is not valid yet.'],
  missingClaim: (claim) => ['InvalidIdentityToken', `Missing a required claim: ${claim}`],
  expired: (at, nowSeconds) => ['ExpiredTokenException', `Token expired: current date/time ${nowSeconds} must be before the expiration date/time ${at}`],
  audience: () => ['InvalidIdentityToken', 'Incorrect token audience'],
  // GUESS: the words. AWS: the code (tokens tried in public, July 2026).
  role: (roleArn) => ['InvalidIdentityToken', `The identity provider did not authorize the token for ${roleArn}.`],
};

// GUESS: the words.
const notReached = 'The identity provider could not be reached to verify the token. Try again.';
const noVerificationKey = "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements";

/** GUESS: the words. Source of the codes: AssumeRoleWithWebIdentity (STS API Reference), Errors. */
const rejections: Record<TokenRejection, readonly [code: string, message: string]> = {
  unknownProvider: ['InvalidIdentityToken', "Specified provider doesn't exist"],
  rejected: ['IDPRejectedClaim', 'The identity provider rejected the access token: it is not valid, has expired or was revoked.'],
  expired: ['ExpiredTokenException', 'The web identity token that was passed has expired.'],
  odd: ['InvalidIdentityToken', 'The identity provider did not say whose the access token is.'],
};

function refusal(thrown: unknown, now: number): unknown {
  if (thrown instanceof AccessTokenRefused) return new ApiError(...rejections[thrown.rejection], { cause: thrown });
  if (thrown instanceof TokenRefused) {
    const [code, message] = refusals[thrown.fault](thrown.detail, Math.floor(now / 1000));
    return new ApiError(code, message, { cause: thrown });
  }
  if (thrown instanceof IssuerUntrusted) return new ApiError('InvalidIdentityToken', "OpenIDConnect provider's HTTPS certificate doesn't match configured thumbprint", { cause: thrown });
  // Source: "AssumeRoleWithWebIdentity" (STS API Reference), Errors: the one may pass, so clients try again; the other is for the issuer to mend.
  if (thrown instanceof IssuerUnreachable) return thrown.isPassing ? new ApiError('IDPCommunicationError', notReached, { cause: thrown }) : new ApiError('InvalidIdentityToken', noVerificationKey, { cause: thrown });
  return thrown;
}
