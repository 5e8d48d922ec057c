/** What a person or a page may be told when signing in does not go on: each kind, its status and its words. */

export const refusals = {
  /** One text for an unknown account, an unknown user, no password and a wrong one. AWS: the words, seen at its sign-in page (unverified). */
  AuthenticationFailed: { status: 401, message: 'Your authentication information is incorrect. Please try again.' },
  MfaFailed: { status: 401, message: 'The MFA code is incorrect, or was used before. Please try again.' },
  TooManyAttempts: { status: 429, message: 'Too many attempts were made. Wait a few minutes and try again.' },
  /** The steps of a sign-in took too long, were too many, or are done. */
  FlowOver: { status: 401, message: 'This sign-in has ended. Please begin again.' },
  /** Source: "UpdateAccountPasswordPolicy", HardExpiry (IAM API Reference). */
  PasswordExpired: { status: 403, message: 'Your password has expired, and you may not set a new one yourself. Contact your administrator.' },
  PasswordRefused: { status: 400, message: 'The new password does not conform to the password policy.' },
  AccessDenied: { status: 403, message: 'You are not authorized to do this.' },
  /** AWS: one text for a role that is not there and one that may not be assumed. */
  SwitchRoleFailed: { status: 403, message: 'Invalid information in one or more fields. Check your information or contact your administrator.' },
  SessionOver: { status: 401, message: 'You are not signed in, or your session has ended. Please sign in.' },
  TooManySessions: { status: 409, message: 'You are signed in five times in this browser. Sign out of one of the sessions first.' },
  InvalidRequest: { status: 400, message: 'The request cannot be understood.' },
  UnsupportedMediaType: { status: 415, message: 'The body must be JSON or a form.' },
  PasskeyFailed: { status: 401, message: 'The passkey could not be verified. Please try again.' },
  Unavailable: { status: 503, message: 'Signing in is not possible at the moment.' },
} as const satisfies Record<string, { readonly status: number; readonly message: string }>;

export type RefusalCode = keyof typeof refusals;

/** A step that does not go on, and why, in words for whoever asked. */
export class SignInRefusal extends Error {
  override readonly name = 'SignInRefusal';
  readonly code: RefusalCode;
  readonly status: number;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: RefusalCode, message: string | undefined, options: ErrorOptions & { readonly retryAfterSeconds?: number } = {}) {
    super(message ?? refusals[code].message, options);
    this.code = code;
    this.status = refusals[code].status;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

export const refusal = (code: RefusalCode, message?: string, options?: ErrorOptions & { readonly retryAfterSeconds?: number }): SignInRefusal => new SignInRefusal(code, message, options);
