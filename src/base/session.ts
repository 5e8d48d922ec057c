/** What a set of temporary credentials says about itself: the claims sealed into its session token. */
import type { Timestamp } from './clock.ts';

/** The operations that issue temporary credentials, and signing in, which makes those of a console session of a user or of root. */
export type SessionIssuer = 'AssumeRole' | 'AssumeRoleWithSAML' | 'AssumeRoleWithWebIdentity' | 'AssumeRoot' | 'GetFederationToken' | 'GetSessionToken' | 'SignIn';

export interface SessionClaims {
  readonly issuer: SessionIssuer;
  readonly account: string;
  /** Unique id of the principal the session acts as: AROA… (role), AIDA… (user), or the account id (root). A recreated principal has another. */
  readonly principalId: string;
  /** The access key id that the token belongs to (ASIA…). */
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly issuedAt: Timestamp;
  readonly expiresAt: Timestamp;
  /** RoleSessionName, or the Name of GetFederationToken. */
  readonly sessionName?: string;
  /** When MFA was shown, for sessions that carry MFA context. */
  readonly mfaAt?: Timestamp;
  /** The inline session policy, as given. */
  readonly policy?: string;
  /** Managed session policies, by ARN. */
  readonly policyArns?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
  /** Which of `tags` go on to the next session of a chain. */
  readonly transitiveTagKeys?: readonly string[];
  readonly sourceIdentity?: string;
  /** aws:FederatedProvider: a provider's ARN or a built-in host. */
  readonly federatedProvider?: string;
  /** Condition keys that the provider's claims made and that last as long as the session. */
  readonly providerKeys?: Readonly<Record<string, string | readonly string[]>>;
  /** Whether a role's session was assumed with another role's. */
  readonly isChained?: boolean;
  /** Of a token of the first version: it is valid only in the regions that every account has (authn/default-regions). */
  readonly isOfDefaultRegions?: boolean;
  /** The console session that the credentials belong to: they end with it. */
  readonly consoleSessionId?: string;
}
