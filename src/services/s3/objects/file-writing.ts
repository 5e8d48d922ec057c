/** Bytes that come in, written to a file of their own and synced. */
import type { FileHandle } from 'node:fs/promises';
import { ownsChunks } from '../../../base/byte-stream.ts';
import { freeMemory } from '../../../base/free-memory.ts';
import type { RandomBytes } from '../../../base/ids.ts';
import { objectLimits } from './limits.ts';
import { ChunkSeal, saltBytes } from './sealed-chunks.ts';

/** Writes all that the source gives, and makes it durable. The number of bytes that came. */
export async function writeFile(file: FileHandle, source: AsyncIterable<Uint8Array>, sealingKey: Uint8Array | undefined, random: RandomBytes): Promise<number> {
  const blocks = new Blocks(source, sealingKey ? objectLimits.sealedChunkBytes : objectLimits.blockBytes);
  // The next block is fetched while the one before it is being written.
  let writing: Promise<unknown> = Promise.resolve();
  try {
    for await (const bytes of sealingKey ? sealed(blocks, sealingKey, random(saltBytes)) : plain(blocks)) {
      await writing;
      writing = sealingKey ? writeAndFree(file, bytes) : writeAll(file, bytes);
      // What fails is thrown where it is awaited.
      writing.catch(() => {});
    }
  } finally {
    await writing;
  }
  await file.datasync();
  return blocks.sizeBytes;
}

/** Writes bytes that were made for it. */
async function writeAndFree(file: FileHandle, bytes: readonly Uint8Array[]): Promise<void> {
  await writeAll(file, bytes);
  for (const piece of bytes) freeMemory(piece);
}

/** Writes all of the bytes. A disk that fills takes some of them and says how many, without an error: that comes with the next. */
async function writeAll(file: Pick<FileHandle, 'writev'>, bytes: readonly Uint8Array[]): Promise<void> {
  for (let rest = bytes; rest.length > 0; ) {
    const { bytesWritten } = await file.writev(rest as Uint8Array[]);
    rest = behind(rest, bytesWritten);
  }
}

/** What is left of the bytes behind the first `count`. */
function behind(bytes: readonly Uint8Array[], count: number): readonly Uint8Array[] {
  let left = count;
  for (const [i, piece] of bytes.entries()) {
    if (left < piece.length) return [piece.subarray(left), ...bytes.slice(i + 1)];
    left -= piece.length;
  }
  return [];
}

const chunksPerBlock = objectLimits.blockBytes / objectLimits.sealedChunkBytes;

/** `ended`: what came and is whole in this block and those before it, where that may be freed. */
interface Block { readonly bytes: readonly Uint8Array[]; readonly ended: readonly Uint8Array[]; readonly isLast: boolean }

/** A source in blocks of one size, the last one aside: never empty but where all is. */
class Blocks {
  sizeBytes = 0;
  readonly #source: AsyncIterable<Uint8Array>;
  readonly #blockBytes: number;

  constructor(source: AsyncIterable<Uint8Array>, blockBytes: number) {
    this.#source = source;
    this.#blockBytes = blockBytes;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Block> {
    const isOwned = ownsChunks(this.#source);
    let bytes: Uint8Array[] = [];
    let ended: Uint8Array[] = [];
    let room = this.#blockBytes;
    for await (const given of this.#source) {
      this.sizeBytes += given.length;
      for (let rest = given; rest.length > 0; ) {
        if (room === 0) {
          yield { bytes, ended, isLast: false };
          bytes = [];
          ended = [];
          room = this.#blockBytes;
        }
        const piece = rest.subarray(0, room);
        bytes.push(piece);
        room -= piece.length;
        rest = rest.subarray(piece.length);
      }
      if (isOwned) ended.push(given);
    }
    yield { bytes, ended, isLast: true };
  }
}

async function* plain(blocks: Blocks): AsyncGenerator<readonly Uint8Array[]> {
  for await (const { bytes } of blocks) if (bytes.length > 0) yield bytes;
}

/** Several chunks are one write. */
async function* sealed(blocks: Blocks, sealingKey: Uint8Array, salt: Uint8Array): AsyncGenerator<readonly Uint8Array[]> {
  const seal = new ChunkSeal(sealingKey, salt);
  let gathered: Uint8Array[] = [salt];
  let number = 0;
  for await (const { bytes, ended, isLast } of blocks) {
    gathered.push(...seal.seal(number++, isLast, bytes));
    for (const given of ended) freeMemory(given);
    if (!isLast && number % chunksPerBlock !== 0) continue;
    yield gathered;
    gathered = [];
  }
}
