/** The limits of connections to PostgreSQL, all in one place. */

export const postgresLimits = {
  /** From a connection to its ReadyForQuery, upstream and in front of it. */
  loginMs: 15_000,
  /** Messages before that; a token has some kilobytes at most. */
  loginMessageBytesMax: 64 * 1024,
  /** From the last word to the end of a connection. */
  partingMs: 1_000,
  /** PostgreSQL cuts what is longer (NAMEDATALEN). */
  nameBytesMax: 63,
  /** PostgreSQL's own limit of a startup packet. */
  startupBytesMax: 10_000,
} as const;
