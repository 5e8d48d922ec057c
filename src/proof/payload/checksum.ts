/** The checksums of `x-amz-checksum-…`, computed as bytes come. Source: "Checking object integrity" (S3 User Guide). */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { ChecksumAlgorithm } from '../../base/byte-stream.ts';

export interface Checksum {
  add(bytes: Uint8Array): void;
  /** The checksum of all that was added, in base64; only once. */
  value(): string;
}

/** How long each is, in bytes, and how it is begun. */
export const checksums: { readonly [Algorithm in ChecksumAlgorithm]: { readonly sizeBytes: number; readonly begin: () => Checksum } } = {
  CRC32: { sizeBytes: 4, begin: beginCrc32 },
  CRC32C: { sizeBytes: 4, begin: beginCrc32c },
  CRC64NVME: { sizeBytes: 8, begin: beginCrc64 },
  SHA1: { sizeBytes: 20, begin: () => beginHash('sha1') },
  SHA256: { sizeBytes: 32, begin: () => beginHash('sha256') },
};

function beginHash(name: string): Checksum {
  const hash = createHash(name);
  return { add: (bytes) => void hash.update(bytes), value: () => hash.digest('base64') };
}

function beginCrc32(): Checksum {
  let sum = 0;
  return {
    add: (bytes) => { sum = crc32(bytes, sum); },
    value: () => words(sum),
  };
}

/** Numbers of thirty-two bits, the highest first, in base64. */
function words(...numbers: readonly number[]): string {
  const bytes = Buffer.alloc(4 * numbers.length);
  numbers.forEach((number, i) => bytes.writeUInt32BE(number >>> 0, 4 * i));
  return bytes.toString('base64');
}

/** Eight tables let a loop take eight bytes a turn ("slicing-by-8"). */
const slices = 8;

let crc32cTables: Int32Array | undefined;

function makeCrc32cTables(): Int32Array {
  const tables = new Int32Array(256 * slices);
  for (let byte = 0; byte < 256; byte++) {
    let sum = byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ castagnoli : sum >>> 1;
    tables[byte] = sum;
  }
  for (let i = 256; i < tables.length; i++) tables[i] = (tables[i - 256]! >>> 8) ^ tables[tables[i - 256]! & 0xff]!;
  return tables;
}

/** The polynomial of CRC-32C, reflected. Source: RFC 3720, section 12.1. */
const castagnoli = 0x82f63b78 | 0;

function beginCrc32c(): Checksum {
  const t = (crc32cTables ??= makeCrc32cTables());
  let sum = -1;
  return {
    add(bytes) {
      let i = 0;
      const whole = bytes.length - (bytes.length % slices);
      for (; i < whole; i += slices) {
        const low = sum ^ (bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24));
        sum = t[1792 + (low & 0xff)]! ^ t[1536 + ((low >>> 8) & 0xff)]! ^ t[1280 + ((low >>> 16) & 0xff)]! ^ t[1024 + (low >>> 24)]!
          ^ t[768 + bytes[i + 4]!]! ^ t[512 + bytes[i + 5]!]! ^ t[256 + bytes[i + 6]!]! ^ t[bytes[i + 7]!]!;
      }
      for (; i < bytes.length; i++) sum = (sum >>> 8) ^ t[(sum ^ bytes[i]!) & 0xff]!;
    },
    value: () => words(~sum),
  };
}

/** Each entry of the tables in two halves: numbers of JavaScript hold no sixty-four bits that can be shifted. */
let crc64Tables: { readonly low: Int32Array; readonly high: Int32Array } | undefined;

/** The polynomial of CRC-64/NVME, reflected. Source: NVM Express NVM Command Set Specification, section 5.2.1.3.4. */
const nvme = { high: 0x9a6c9329 | 0, low: 0xac4bc9b5 | 0 };

function makeCrc64Tables(): { readonly low: Int32Array; readonly high: Int32Array } {
  const low = new Int32Array(256 * slices);
  const high = new Int32Array(256 * slices);
  for (let byte = 0; byte < 256; byte++) {
    let l = byte;
    let h = 0;
    for (let bit = 0; bit < 8; bit++) {
      const isOdd = l & 1;
      l = (l >>> 1) | (h << 31);
      h >>>= 1;
      if (isOdd) {
        l ^= nvme.low;
        h ^= nvme.high;
      }
    }
    low[byte] = l;
    high[byte] = h;
  }
  for (let i = 256; i < low.length; i++) {
    const l = low[i - 256]!;
    const h = high[i - 256]!;
    low[i] = ((l >>> 8) | (h << 24)) ^ low[l & 0xff]!;
    high[i] = (h >>> 8) ^ high[l & 0xff]!;
  }
  return { low, high };
}

function beginCrc64(): Checksum {
  const { low, high } = (crc64Tables ??= makeCrc64Tables());
  let l = -1;
  let h = -1;
  return {
    add(bytes) {
      let i = 0;
      const whole = bytes.length - (bytes.length % slices);
      for (; i < whole; i += slices) {
        const a = l ^ (bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24));
        const b = h ^ (bytes[i + 4]! | (bytes[i + 5]! << 8) | (bytes[i + 6]! << 16) | (bytes[i + 7]! << 24));
        const i7 = 1792 + (a & 0xff), i6 = 1536 + ((a >>> 8) & 0xff), i5 = 1280 + ((a >>> 16) & 0xff), i4 = 1024 + (a >>> 24);
        const i3 = 768 + (b & 0xff), i2 = 512 + ((b >>> 8) & 0xff), i1 = 256 + ((b >>> 16) & 0xff), i0 = b >>> 24;
        l = low[i7]! ^ low[i6]! ^ low[i5]! ^ low[i4]! ^ low[i3]! ^ low[i2]! ^ low[i1]! ^ low[i0]!;
        h = high[i7]! ^ high[i6]! ^ high[i5]! ^ high[i4]! ^ high[i3]! ^ high[i2]! ^ high[i1]! ^ high[i0]!;
      }
      for (; i < bytes.length; i++) {
        const at = (l ^ bytes[i]!) & 0xff;
        l = ((l >>> 8) | (h << 24)) ^ low[at]!;
        h = (h >>> 8) ^ high[at]!;
      }
    },
    value: () => words(~h, ~l),
  };
}
