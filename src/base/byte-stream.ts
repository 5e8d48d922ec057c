/** Bodies that are not held in memory: bytes as they come, and, of a request's, the word that all of them were what they were said to be. */

/** Bytes in order; a chunk is not to be changed. */
export type ByteStream = AsyncIterable<Uint8Array>;

/** One whose chunks nobody else has: whoever reads it may free their memory. */
export interface OwnedByteStream extends ByteStream { readonly ownsChunks: true }

export const ownsChunks = (stream: AsyncIterable<Uint8Array>): boolean => 'ownsChunks' in stream && stream.ownsChunks === true;

/** Nobody reads it: what was opened for it is closed. A generator closes what it has opened only once it was begun. */
export function abandon(stream: ByteStream): void {
  const iterator = stream[Symbol.asyncIterator]();
  // What fails was asked for by nobody any more.
  iterator.next().catch(() => {});
  iterator.return?.().catch(() => {});
}

/** The algorithms of `x-amz-checksum-…`. */
export const checksumAlgorithms = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const;
export type ChecksumAlgorithm = (typeof checksumAlgorithms)[number];

export interface BodyDigests {
  readonly sizeBytes: number;
  /** Hexadecimal; empty where it was forgone. */
  readonly md5: string;
  /** What the request stated and was found true; base64. */
  readonly checksum: { readonly algorithm: ChecksumAlgorithm; readonly value: string } | undefined;
}

/** The body of a request. What was read of it may be acted on only once `verified` has returned. */
export interface StreamedBody extends ByteStream {
  /** How many bytes the request says it has, once decoded; undefined where it does not say. */
  readonly statedBytes: number | undefined;
  /** It is cut before it becomes longer than this, where that is known. */
  readonly bytesMax?: number | undefined;
  /** Before the first byte is read: whoever reads it does not want its MD5, which is most of what reading costs. */
  forgoMd5?(): void;
  /** After the last byte was read: what they came to. Throws ApiError where signature, hash, length or checksum is not theirs. */
  verified(): BodyDigests;
}
