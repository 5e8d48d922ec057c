/** What the door tells of a session: the form of its JSON, for the door that writes it and the console that reads it. */

/** A role that a session acts as, or acted as lately. */
export interface RecentRole { readonly account: string; readonly roleName: string; readonly displayName: string; readonly color: string }

export interface SessionView {
  /** By which requests say which session they mean, in the header `x-gatehouse-session` or the parameter `session`. */
  readonly session: string;
  /** Whoever signed in. */
  readonly kind: 'root' | 'user' | 'role' | 'federatedUser';
  readonly account: string;
  readonly accountAlias?: string;
  readonly arn: string;
  /** As the console shows it: a user's name, the role and session of a federated sign-in, root's e-mail address. */
  readonly name: string;
  readonly isMfaShown: boolean;
  readonly startedAt: string;
  readonly endsAt: string;
  /** When it ends if it is not used any more. */
  readonly idleEndsAt: string;
  /** Present for 15 days before the password expires. */
  readonly passwordExpiresInDays?: number;
  /** The role that the session acts as. */
  readonly role?: RecentRole & { readonly arn: string; readonly endsAt: string };
  /** Where to go when the session has ended, of a federated sign-in. */
  readonly issuer?: string;
}

/** What only the session's own page is told: the token that its requests carry. */
export interface OwnSessionView extends SessionView { readonly csrfToken: string; readonly recentRoles: readonly RecentRole[] }
