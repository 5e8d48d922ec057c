/** The limits of connections to PostgreSQL, all in one place. */

export const postgresLimits = {
  /** From a connection to its ReadyForQuery, upstream and in front of it. */
  loginMs: 15_000,
  /** Messages before that; a token has some kilobytes at most. */
  loginMessageBytesMax: 64 * 1024,
  /** PostgreSQL's own limit of a startup packet. */
  startupBytesMax: 10_000,
} as const;
