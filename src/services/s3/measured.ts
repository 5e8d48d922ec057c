/** Bytes that come from the store itself and go back into it: measured on their way, as a request's would be. */
import { createHash } from 'node:crypto';
import type { ByteStream, ChecksumAlgorithm } from '../../base/byte-stream.ts';
import { checksums } from '../../proof/payload/checksum.ts';

/** A stream, and, once it has been read to its end, what its bytes came to. */
export interface Measured extends ByteStream {
  /** Hexadecimal. */
  md5(): string;
  checksum(): { readonly algorithm: ChecksumAlgorithm; readonly value: string } | undefined;
}

export function measured(source: Uint8Array | ByteStream, algorithm: ChecksumAlgorithm | undefined): Measured {
  const md5 = createHash('md5');
  const sum = algorithm && checksums[algorithm].begin();
  return {
    async *[Symbol.asyncIterator]() {
      for await (const chunk of source instanceof Uint8Array ? [source] : source) {
        md5.update(chunk);
        sum?.add(chunk);
        yield chunk;
      }
    },
    md5: () => md5.digest('hex'),
    checksum: () => (algorithm && sum ? { algorithm, value: sum.value() } : undefined),
  };
}
