/** The limits of the store of objects, all in one place. */

export const objectLimits = {
  /** Bytes that are read from the disk, or gathered for it, at once. */
  blockBytes: 256 * 1024,
  /** Objects up to this size are read whole, and kept in memory … */
  smallObjectBytes: 64 * 1024,
  /** … up to so many bytes together. */
  cachedBytesMax: 16 * 1024 * 1024,
  /** Files of an object in parts that are opened before its first byte is sent: so many parts can be read although the object is replaced meanwhile. */
  filesOpenedMax: 64,
  /** Bytes that are sealed as one: the least that is read of a sealed object. */
  sealedChunkBytes: 64 * 1024,
  /** How often an object that was replaced while it was opened is looked up again. */
  openingsMax: 20,
  /** A file that came in and belongs to nothing is removed after so long: nobody is writing it any more. */
  abandonedAfterMs: 24 * 3_600_000,
  /** Characters of what the index says of objects that were read lately. */
  versionsCachedCharactersMax: 8 * 1024 * 1024,
  /** Buckets whose number in the index is remembered. */
  bucketNumbersMax: 10_000,
} as const;
