/** Pooled randomness is the randomness it was drawn from, each byte once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { pooled } from './random-pool.ts';

/** Bytes that tell their own place: four of each number. */
function counting(): { readonly draws: Uint8Array[]; readonly random: (size: number) => Uint8Array } {
  const draws: Uint8Array[] = [];
  let next = 0;
  return {
    draws,
    random(size) {
      const bytes = new Uint8Array(size);
      const numbers = new DataView(bytes.buffer);
      for (let i = 0; i + 4 <= size; i += 4) numbers.setUint32(i, ++next);
      draws.push(bytes);
      return bytes;
    },
  };
}

const numbersOf = (bytes: Uint8Array): number[] => Array.from({ length: bytes.length >> 2 }, (_, i) => new DataView(bytes.buffer, bytes.byteOffset).getUint32(4 * i));

test('no randomness is handed out twice, whatever sizes are asked for', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 150 }), { maxLength: 200 }), (sizes) => {
    const random = pooled(counting().random);
    const seen = new Set<number>();
    for (const size of sizes) {
      const bytes = random(4 * size);
      assert.equal(bytes.length, 4 * size);
      for (const number of numbersOf(bytes)) {
        assert.ok(number > 0 && !seen.has(number), `${number} again`);
        seen.add(number);
      }
    }
  }), { seed: 1 });
});

test('what was handed out is the receiver\'s own, and is gone from the pool', () => {
  const { draws, random } = counting();
  const draw = pooled(random);
  const first = draw(32);
  const copy = Uint8Array.from(first);
  draw(32);
  assert.deepEqual(first, copy);
  assert.ok(draws[0]!.subarray(0, 64).every((byte) => byte === 0));
});

test('small draws share one large one; a long one is drawn for itself', () => {
  const { draws, random } = counting();
  const draw = pooled(random);
  for (let i = 0; i < 10; i++) draw(40);
  draw(1_000);
  assert.deepEqual(draws.map(({ length }) => length), [4096, 1_000]);
});

test('bytes of a Buffer, as node:crypto draws them, are not wiped with the pool', () => {
  const draw = pooled((size) => Buffer.alloc(size, 0xa5));
  const key = draw(32);
  draw(32);
  assert.ok(key.every((byte) => byte === 0xa5));
});
