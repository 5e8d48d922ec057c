/** The digests of a body, as it comes: MD5 for the ETag, SHA-256 where the request states it. */
import { createHash, hash } from 'node:crypto';
import type { Hash } from 'node:crypto';

export type DigestAlgorithm = 'md5' | 'sha256';
export type DigestValues = { readonly [Algorithm in DigestAlgorithm]?: Buffer };

export interface Digest {
  /** The bytes are the caller's again when it returns. */
  add(bytes: Uint8Array): void;
  /** What must be waited for before more is added; undefined where nothing must. */
  room(): Promise<void> | undefined;
  /** Of all that was added; asked once. */
  values(): DigestValues | Promise<DigestValues>;
  /** Instead of `values`: nobody wants them. */
  abandon(): void;
}

/** Begins one over about so many bytes, where that is known. */
export type BeginDigest = (algorithms: readonly DigestAlgorithm[], aboutBytes: number | undefined) => Digest;

const ofNothing: DigestValues = { md5: hash('md5', '', 'buffer'), sha256: hash('sha256', '', 'buffer') };

/** Computed where it is called. */
export const beginDigest: BeginDigest = (algorithms) => {
  // Most bodies are empty, and cost nothing.
  let hashes: readonly Hash[] | undefined;
  return {
    add(bytes) {
      hashes ??= algorithms.map((algorithm) => createHash(algorithm));
      for (const one of hashes) one.update(bytes);
    },
    room: () => undefined,
    values: () => (hashes ? Object.fromEntries(algorithms.map((algorithm, i) => [algorithm, hashes![i]!.digest()])) : ofNothing),
    abandon() {},
  };
};
