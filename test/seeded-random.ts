/** Randomness for tests that repeats from a seed. */
import { createHash } from 'node:crypto';
import type { RandomBytes } from '../src/base/ids.ts';

/** Bytes that repeat from the seed: never for keys of the real world. */
export function seededRandom(seed: string): RandomBytes {
  let counter = 0;
  return (size) => {
    const blocks: Buffer[] = [];
    for (let have = 0; have < size; have += 32) blocks.push(createHash('sha256').update(`${seed}:${counter++}`).digest());
    return new Uint8Array(Buffer.concat(blocks).subarray(0, size));
  };
}
