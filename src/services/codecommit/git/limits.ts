/** The limits of Git repositories, all in one place. Source of those that AWS names: "Quotas in AWS CodeCommit". */

export const gitLimits = {
  /** Bytes of one push. AWS: a blob may have 2 GB. */
  pushBytesMax: 2 * 1024 ** 3,
  /** References in one push. AWS: 4,000 in create, delete and update together. */
  referencesPerPushMax: 4_000,
  /** What is read of git's answer where nothing else is said. */
  outputBytesMax: 64 * 1024 * 1024,
  /** A file that the API gives out. AWS: 6 MB. */
  fileBytesMax: 6 * 1024 * 1024,
  /** Gits that run at once in this process, each some megabytes of the machine's. */
  processesMax: 64,
  /** How long git may take for what the API asks. */
  runMs: 60_000,
  /** How long git may take to clear up when it is told to end. */
  stopMs: 5_000,
} as const;
