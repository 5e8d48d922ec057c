/** The CRC of bytes of whose pieces the CRCs and lengths are known: a CRC is linear, so that a piece's can be moved on by what follows it. Source: the method of zlib's crc32_combine. */
import type { ChecksumAlgorithm } from '../../base/byte-stream.ts';

type Crc = Extract<ChecksumAlgorithm, `CRC${string}`>;

/** Bits, and the polynomial reflected. */
const polynomials: { readonly [Algorithm in Crc]: { readonly width: number; readonly polynomial: bigint } } = {
  CRC32: { width: 32, polynomial: 0xedb88320n },
  CRC32C: { width: 32, polynomial: 0x82f63b78n },
  CRC64NVME: { width: 64, polynomial: 0x9a6c9329ac4bc9b5n },
};

/** A linear map of CRCs: what each single bit becomes. */
type Matrix = readonly bigint[];

function applied(matrix: Matrix, vector: bigint): bigint {
  let sum = 0n;
  for (let bit = 0, rest = vector; rest !== 0n; bit++, rest >>= 1n) if (rest & 1n) sum ^= matrix[bit]!;
  return sum;
}

const squared = (matrix: Matrix): Matrix => matrix.map((column) => applied(matrix, column));

/** Maps by powers of two of zero bytes, made as far as they are needed. */
const powers = new Map<Crc, Matrix[]>();

function byteMatrix(algorithm: Crc): Matrix {
  const { width, polynomial } = polynomials[algorithm];
  let matrix: Matrix = Array.from({ length: width }, (_, bit) => (bit === 0 ? polynomial : 1n << BigInt(bit - 1)));
  for (let doublings = 0; doublings < 3; doublings++) matrix = squared(matrix);
  return matrix;
}

/** The CRC moved on over so many zero bytes. */
function shifted(algorithm: Crc, crc: bigint, bytes: number): bigint {
  let known = powers.get(algorithm);
  if (!known) powers.set(algorithm, (known = [byteMatrix(algorithm)]));
  let moved = crc;
  for (let power = 0, rest = bytes; rest > 0; power++, rest = Math.floor(rest / 2)) {
    while (known.length <= power) known.push(squared(known.at(-1)!));
    if (rest % 2 === 1) moved = applied(known[power]!, moved);
  }
  return moved;
}

/** The pieces' CRCs are big-endian bytes, and so is the answer. */
export function combinedCrc(algorithm: Crc, pieces: readonly { readonly value: Uint8Array; readonly sizeBytes: number }[]): Buffer {
  let crc = 0n;
  for (const { value, sizeBytes } of pieces) crc = shifted(algorithm, crc, sizeBytes) ^ BigInt(`0x${Buffer.from(value).toString('hex') || '0'}`);
  return Buffer.from(crc.toString(16).padStart(polynomials[algorithm].width / 4, '0'), 'hex');
}
