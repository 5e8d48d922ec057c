/** The limits of the metadata service, all in one place. */

export const metadataLimits = {
  /** Seconds. Source: "Use IMDSv2", X-aws-ec2-metadata-token-ttl-seconds. */
  tokenSecondsMax: 21_600,
  /** Request line and headers of a request. */
  headerBytesMax: 8 * 1024,
  /** Of one endpoint at once. */
  connectionsMax: 64,
  /** From a connection to the end of its answer: a connection is one request. */
  connectionMs: 10_000,
  /** How long credentials of a role hold. AWS: about six hours. */
  credentialSeconds: 6 * 3_600,
  /** After which a new set is handed out, so that what a client holds is never near its end. */
  credentialRenewalSeconds: 3_600,
  /** For how long a refusal is given again without asking, where nothing in the account has changed: whoever asks without end is recorded no oftener. */
  refusalSeconds: 10,
} as const;
