/** The checksums, held to published check values and to a slow computation of the same, whatever the pieces the bytes come in. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ChecksumAlgorithm } from '../../base/byte-stream.ts';
import { checksums } from './checksum.ts';
import { combinedCrc } from './combined-crc.ts';

/** A bit at a time, in whole numbers without end. */
function slowCrc(bytes: Uint8Array, width: bigint, polynomial: bigint): string {
  const all = (1n << width) - 1n;
  let sum = all;
  for (const byte of bytes) {
    sum ^= BigInt(byte);
    for (let bit = 0; bit < 8; bit++) sum = sum & 1n ? (sum >> 1n) ^ polynomial : sum >> 1n;
  }
  return Buffer.from((sum ^ all).toString(16).padStart(Number(width) / 4, '0'), 'hex').toString('base64');
}

const slow: { readonly [Algorithm in ChecksumAlgorithm]?: (bytes: Uint8Array) => string } = {
  CRC32: (bytes) => slowCrc(bytes, 32n, 0xedb88320n),
  CRC32C: (bytes) => slowCrc(bytes, 32n, 0x82f63b78n),
  CRC64NVME: (bytes) => slowCrc(bytes, 64n, 0x9a6c9329ac4bc9b5n),
};

function sumOf(algorithm: ChecksumAlgorithm, ...pieces: readonly Uint8Array[]): string {
  const sum = checksums[algorithm].begin();
  for (const piece of pieces) sum.add(piece);
  return sum.value();
}

// Source: the catalogue of parametrised CRC algorithms: CRC-32/ISO-HDLC, CRC-32/ISCSI, CRC-64/NVME; FIPS 180-4.
for (const [algorithm, check] of [['CRC32', 'cbf43926'], ['CRC32C', 'e3069283'], ['CRC64NVME', 'ae8b14860a799888'], ['SHA1', 'f7c3bc1d808e04732adf679965ccc34ca7ae3441'], ['SHA256', '15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225']] as const) {
  test(`${algorithm} of 123456789 is its check value`, () => {
    assert.equal(sumOf(algorithm, Buffer.from('123456789')), Buffer.from(check, 'hex').toString('base64'));
    assert.equal(Buffer.from(check, 'hex').length, checksums[algorithm].sizeBytes);
  });
}

for (const [algorithm, computed] of Object.entries(slow) as readonly (readonly [ChecksumAlgorithm, (bytes: Uint8Array) => string])[]) {
  test(`${algorithm}: the same however the bytes are cut`, () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(200), (bytes, at) => {
      assert.equal(sumOf(algorithm, bytes.subarray(0, at), bytes.subarray(at)), computed(bytes));
    }), { numRuns: 200, seed: 7 });
  });
}

for (const algorithm of ['CRC32', 'CRC32C', 'CRC64NVME'] as const) {
  test(`${algorithm}: the checksum of the whole is told from those of its pieces`, () => {
    fc.assert(fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 5 }), (pieces) => {
      const combined = combinedCrc(algorithm, pieces.map((piece) => ({ value: Buffer.from(sumOf(algorithm, piece), 'base64'), sizeBytes: piece.length })));
      assert.equal(combined.toString('base64'), sumOf(algorithm, ...pieces));
    }), { numRuns: 100, seed: 7 });
  });
}
