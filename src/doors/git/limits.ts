/** The limits of the Git door, all in one place. */

export const gitDoorLimits = {
  connectionsMax: 500,
  /** From a connection to a proven key. */
  proofMs: 30_000,
  /** Keys that one connection may offer: an agent may hold several. */
  offersMax: 10,
  /** Sessions that one connection may open. */
  sessionsPerConnectionMax: 10,
  /** A connection on which nothing moves, though git is at work. */
  idleMs: 120_000,
  /** What is read of a push before it is known what it changes: one line a reference. */
  commandBytesMax: 4 * 1024 * 1024,
  /** What a client says of what it has, in one request of a pull over HTTP. */
  negotiationBytesMax: 32 * 1024 * 1024,
  /** How long a client that was refused may go on sending what nobody keeps. */
  refusedDrainMs: 30_000,
  /** What git says of itself is passed on up to here. */
  saidBytesMax: 64 * 1024,
} as const;
