/** The limits of the listener for devices, all in one place. */

export const deviceLimits = {
  /** Open at once. */
  connectionsMax: 2_000,
  /** Milliseconds that a handshake may take. */
  handshakeMs: 10_000,
  /** Milliseconds until a request's head is there, and all of it. */
  headersMs: 10_000,
  requestMs: 15_000,
  /** Milliseconds that a connection is kept between requests. */
  keepAliveMs: 5_000,
  headerBytesMax: 16_384,
  /** Requests on one connection. */
  requestsPerConnectionMax: 100,
} as const;
