/** Every limit of signing in, in one place. */

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

export const limits = {
  /** Source: "Sign in to the AWS Management Console" (AWS Sign-In User Guide): a session of a user or root lasts twelve hours, used or not. */
  sessionMs: 12 * hourMs,
  /** A session that nobody uses ends earlier. An open console renews its credentials, which is use. */
  sessionIdleMs: hourMs,
  /** The refresh token of `aws login` is used only when the command line is. */
  commandLineIdleMs: 12 * hourMs,
  /** How old the last use that was written down may be. */
  seenEveryMs: minuteMs,
  /** Credentials handed to a browser or to the command line. */
  credentialsMs: 15 * minuteMs,
  /** Sessions side by side in one browser. */
  sessionsPerBrowser: 5,
  /** From the password to the last step. */
  flowMs: 10 * minuteMs,
  /** Characters of a sealed flow. */
  flowLengthMax: 4_096,
  /** Steps that one password opens: codes tried, new passwords proposed. */
  stepsPerFlow: 10,
  /** A refused password is answered no sooner than this: by then an account that was not in memory is, and one that is not there took as long. */
  refusalMs: 1_000,
  /** Attempts with a password. See throttle.ts. */
  attemptsWindowMs: 15 * minuteMs,
  attemptsPerAddress: 100,
  attemptsPerPrincipalAndAddress: 10,
  attemptsPerPrincipal: 50,
  /** How long a browser that has signed in is known by its device cookie. */
  deviceMs: 365 * 24 * hourMs,
  /** Devices known to one browser: those of the newest sign-ins. */
  devicesPerBrowser: 5,
  /** A password changed while signed in, right or wrong. */
  passwordChangesPerWindow: 20,
  /** Roles that a browser remembers. */
  recentRoles: 5,
  /** Source: RFC 6265, section 6.1: a browser keeps 4096 bytes of a cookie, its name and attributes among them. */
  cookieLengthMax: 3_800,
  /** Characters of a name, an address, a password, a state, a place to go on to. */
  identityLengthMax: 320,
  passwordLengthMax: 1_024,
  continueLengthMax: 2_048,
  /** Source: "Switching to a role (console)" (IAM User Guide). */
  displayNameLengthMax: 64,
  /** Source: "Enabling custom identity broker access to the AWS console" (IAM User Guide). */
  signinTokenMs: 15 * minuteMs,
  /** GUESS: how long AWS lets an authorization code be redeemed; RFC 6749, section 4.1.2, recommends ten minutes at most. */
  authorizationCodeMs: 5 * minuteMs,
  /** How old a proof of possession may be, or how far ahead its clock. Source: RFC 9449, section 11.1. */
  dpopAgeMs: 5 * minuteMs,
} as const;
