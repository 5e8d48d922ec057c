/** The limits of S3, all in one place. Source: "Amazon S3 quotas and limits", "Amazon S3 multipart upload limits" (S3 User Guide). */

export const s3Limits = {
  keyBytesMax: 1_024,
  /** What one request may bring of an object. */
  objectBytesMax: 5 * 1024 ** 3,
  partNumberMax: 10_000,
  /** Each part but the last. */
  partBytesMin: 5 * 1024 ** 2,
  /** Names and values of an object's own metadata, together. */
  metadataBytesMax: 2_048,
  /** Entries of a page of any list. */
  pageMax: 1_000,
  bucketsPageMax: 10_000,
  deletedAtOnceMax: 1_000,
  bucketsPerAccountMax: 10_000,
  policyBytesMax: 20 * 1024,
  corsRulesMax: 100,
  lifecycleRulesMax: 1_000,
  /** Of a bucket's default. Source: "S3 Object Lock", "Retention periods". */
  retentionDaysMax: 36_500,
  retentionYearsMax: 100,
} as const;
