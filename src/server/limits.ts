/** Every limit of the server, in one place. */

export const limits = {
  /** A request's headers, all together; session tokens need 4 KiB of it. Node's `maxHeaderSize`. */
  headerBytesMax: 32 * 1024,
  headersMax: 100,
  /** A request's body. Source: STS accepts 10,000,000 bytes; IAM's largest parameter (SAML metadata) is 10,000,000 characters. */
  bodyBytesMax: 10_000_000,
  /** A form or a JSON text of our own pages. */
  formBytesMax: 32 * 1024,
  /** The bodies of all requests in memory at a time, and those of one client, known by its address; beyond either the largest that is still coming is answered 503. */
  bodyBytesInFlightMax: 256 * 1024 * 1024,
  bodyBytesPerClientMax: 64 * 1024 * 1024,
  connectionsMax: 10_000,
  /** Pipelined requests of one connection that wait for their answers; beyond it the connection is closed. */
  requestsInFlightPerConnectionMax: 16,
  /** From the first byte of a request to the last of its headers, milliseconds. */
  headersTimeoutMs: 10_000,
  /** From a request's head to the last byte of its body, where that is read whole. */
  requestTimeoutMs: 60_000,
  /** What is held of a body that is read as it comes. */
  streamBytesHeldMax: 512 * 1024,
  /** A body of so many bytes or more is digested on a thread of its own. */
  digestedApartBytesMin: 1024 * 1024,
  /** What is held of an answer that is sent as it comes. */
  answerBytesHeldMax: 256 * 1024,
  /** Bytes up to which an answer is sent in one piece with its headers. */
  joinedBytesMax: 16 * 1024,
  /** Of a form that uploads a file: the head of each part, and all fields before the file together. Source: "Browser-based uploads using POST" (20 KiB). */
  formHeadBytesMax: 4 * 1024,
  formFieldBytesMax: 20 * 1024,
  formFieldsMax: 100,
  formFileBytesMax: 5 * 1024 ** 3,
  /** In so much time of waiting for such a body so many bytes must come. */
  streamRateWindowMs: 20_000,
  streamBytesPerWindowMin: 20 * 1024,
  /** How often connections are looked over for those beyond either: a slow one is cut this much late at most. */
  timeoutCheckMs: 1_000,
  /** How long a connection may stand still while a request is under way: it sends nothing, or takes nothing of its answer. */
  stallTimeoutMs: 75_000,
  /** How long what follows a refused head is still read, so that the refusal arrives. */
  lingerMs: 2_000,
  /** How long an idle connection stays open. */
  keepAliveTimeoutMs: 65_000,
  /** How long requests under way may take once the server was told to stop. */
  drainTimeoutMs: 10_000,
  /** How long a request that names a revision waits for this process to reach it. */
  revisionWaitMs: 5_000,
  /** Log lines for machines wait this long, or until there are so many bytes of them, before they are written; lines for the eye do not wait. */
  logFlushMs: 1_000,
  logFlushBytes: 32 * 1024,
  /** What waits for a reader of the log that is slow, or gone; more is dropped. */
  logWaitingBytesMax: 8 * 1024 * 1024,
  /** Audit lines wait this long, or until there are so many bytes of them, before they are written. */
  auditFlushMs: 1_000,
  auditFlushBytes: 256 * 1024,
  /** Room beyond that for the line that is one too many. */
  lineBytesUsual: 16 * 1024,
  /** Bytes of audit lines kept in memory while their file cannot be written; beyond it lines are counted as lost. */
  auditPendingBytesMax: 16 * 1024 * 1024,
  /** An audit file is closed and the next begun at this size. */
  auditFileBytesMax: 64 * 1024 * 1024,
  /** Discovery documents and keys of token issuers: their size, how long fetching one may take, how often it may redirect. */
  issuerDocumentBytesMax: 256 * 1024,
  issuerTimeoutMs: 5_000,
  issuerRedirectsMax: 3,
  issuerChainLengthMax: 10,
  /** Connections to one other store of objects, and how many stay open unused. */
  upstreamConnectionsMax: 256,
  upstreamConnectionsIdleMax: 32,
  /** How long connecting to it may take, how long it may stand still, how long it may think about word that it wants a body: then it is sent. */
  upstreamConnectMs: 5_000,
  upstreamStallMs: 90_000,
  upstreamContinueMs: 2_000,
  /** A body up to this size is held, so that it is sent whole and signed, and once more where the connection was stale. */
  upstreamHeldBytesMax: 64 * 1024,
  /** What it may answer where the answer is no object: its longest list. */
  upstreamAnswerBytesMax: 16 * 1024 * 1024,
  /** How long others may keep the documents of an issuer of ours: much less than a key is published before it signs. */
  issuerDocumentSeconds: 300,
  /** How long a process of several has to say how it is. */
  peerAnswerMs: 1_000,
  /** A worker that ended sooner is replaced only after so long. */
  workerRestartMs: 1_000,
  /** Characters of the Host headers of which it is remembered whether they are served. */
  hostsCachedCharactersMax: 64 * 1024,
  /** A user agent is cut to this length where it is recorded. */
  userAgentLengthMax: 1_024,
  /** Refusals at the doors that are recorded one by one, in so long; of the others their number is. */
  refusedProofsPerWindow: 20,
  refusedProofsWindowMs: 60_000,
} as const;

export type Limits = { readonly [Name in keyof typeof limits]: number };
