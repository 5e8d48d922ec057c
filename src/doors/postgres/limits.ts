/** The limits of the PostgreSQL door, all in one place. */

export const postgresDoorLimits = {
  /** Of all instances together. */
  connectionsMax: 1_000,
  /** From a connection to a session. */
  loginMs: 30_000,
  /** A token; session tokens take some kilobytes of it. */
  tokenLengthMax: 16 * 1024,
  /** What is read at once of a joined client or session, and so what is held of each of the two. */
  joinedReadBytes: 64 * 1024,
  /** How often it is looked whether instances came or went in another process. */
  lookMs: 1_000,
} as const;
