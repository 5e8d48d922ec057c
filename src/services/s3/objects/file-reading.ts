/** Bytes read back from the files of an object: whole where they are few, else a block ahead of who takes them. */
import type { FileHandle } from 'node:fs/promises';
import { BoundedCache } from '../../../base/bounded-cache.ts';
import type { OwnedByteStream } from '../../../base/byte-stream.ts';
import type { FileFolder } from './file-folder.ts';
import { objectLimits } from './limits.ts';
import type { ByteRange, Segment } from './object-store.ts';
import { ChunkSeal, chunkOf, placeOfChunk, saltBytes, storedBytesOf, tagBytes } from './sealed-chunks.ts';

/** A part of an object's range that lies in one file. */
interface Stretch {
  readonly segment: Segment;
  readonly first: number;
  /** Behind the last. */
  readonly end: number;
}

export class FileReader {
  readonly #folder: FileFolder;
  /** Small files, by their ids: they never change. */
  readonly #small = new BoundedCache<string, SmallFile>(objectLimits.cachedBytesMax, (_, { bytes }) => bytes.length);

  constructor(folder: FileFolder) {
    this.#folder = folder;
  }

  /** The bytes of the range; undefined when a file of them is gone. */
  async read(segments: readonly Segment[], range: ByteRange, sealingKey: Uint8Array | undefined): Promise<Uint8Array | AsyncIterable<Uint8Array> | undefined> {
    const stretches = stretchesOf(segments, range);
    if (stretches.length === 0) return nothing;
    const [only] = stretches;
    if (stretches.length === 1 && only!.segment.sizeBytes <= objectLimits.smallObjectBytes) return this.#readSmall(only!, sealingKey);
    const files = await this.#openFirst(stretches);
    if (!files) return undefined;
    const open = new Set(files);
    const bytes = owned(this.#readAll(stretches, files, open, sealingKey));
    forgotten.register(bytes, open);
    return bytes;
  }

  /** The files of the first stretches, all of them or none: undefined when one is gone. */
  async #openFirst(stretches: readonly Stretch[]): Promise<readonly FileHandle[] | undefined> {
    const files: FileHandle[] = [];
    let isWhole = false;
    try {
      for (const { segment } of stretches.slice(0, objectLimits.filesOpenedMax)) {
        const file = await this.#folder.open(segment.fileId);
        if (!file) return undefined;
        files.push(file);
      }
      isWhole = true;
      return files;
    } finally {
      if (!isWhole) await closeAll(files);
    }
  }

  /** Whether the bytes of an object are in memory, sealed or opened. */
  isAtHand(segments: readonly Segment[]): boolean {
    return segments.length === 1 && this.#small.find(segments[0]!.fileId) !== undefined;
  }

  /** As `read`, without waiting: undefined also where a file has to be read. */
  readAtOnce(segments: readonly Segment[], range: ByteRange, sealingKey: Uint8Array | undefined): Uint8Array | undefined {
    const [segment] = segments;
    const stretch = segments.length === 1 ? stretchOf(segment!, 0, range) : undefined;
    return stretch && this.#openKnown(stretch, this.#small.find(segment!.fileId), sealingKey);
  }

  async #readSmall(stretch: Stretch, sealingKey: Uint8Array | undefined): Promise<Uint8Array | undefined> {
    const { fileId, sizeBytes, isSealed } = stretch.segment;
    const known = this.#small.find(fileId);
    const plain = this.#openKnown(stretch, known, sealingKey);
    if (plain) return plain;
    const stored = await this.#readStored(fileId, isSealed ? storedBytesOf(sizeBytes) : sizeBytes);
    return stored && this.#openStored(stretch, known, stored, sealingKey);
  }

  /** What was opened with this key, or can be. */
  #openKnown(stretch: Stretch, known: SmallFile | undefined, sealingKey: Uint8Array | undefined): Uint8Array | undefined {
    if (!known) return undefined;
    if (known.state === 'stored') return this.#openStored(stretch, known, known.bytes, sealingKey);
    return known.sealingKey === sealingKey ? known.bytes.subarray(stretch.first, stretch.end) : undefined;
  }

  #openStored({ segment: { fileId, isSealed }, first, end }: Stretch, known: SmallFile | undefined, stored: Uint8Array, sealingKey: Uint8Array | undefined): Uint8Array {
    // INVARIANT: a small object is one chunk, as sealedChunkBytes is no less than smallObjectBytes.
    const plain = isSealed ? new ChunkSeal(given(sealingKey), stored.subarray(0, saltBytes)).open(0, true, stored.subarray(saltBytes)) : stored;
    const isAgain = known?.sealingKey === sealingKey && isSealed;
    this.#small.insert(fileId, isAgain ? { state: 'opened', bytes: plain, sealingKey } : { state: 'stored', bytes: stored, sealingKey });
    return plain.subarray(first, end);
  }

  async #readStored(fileId: string, length: number): Promise<Uint8Array | undefined> {
    const file = await this.#folder.open(fileId);
    if (!file) return undefined;
    try {
      return await readAt(file, 0, length);
    } finally {
      await file.close();
    }
  }

  /** Closes its files, also when nobody takes the bytes to the end. `files` are those of the first stretches, open already; `open` is what is to be closed. */
  async *#readAll(stretches: readonly Stretch[], files: readonly FileHandle[], open: Set<FileHandle>, sealingKey: Uint8Array | undefined): AsyncGenerator<Uint8Array> {
    try {
      for (const [i, stretch] of stretches.entries()) {
        const file = files[i] ?? (await this.#folder.open(stretch.segment.fileId));
        if (!file) throw new Error('the object was removed while it was read');
        open.add(file);
        yield* stretch.segment.isSealed ? openedBlocks(file, stretch, given(sealingKey)) : ahead(blocks(file, stretch));
        open.delete(file);
        await file.close();
      }
    } finally {
      await closeAll(open);
    }
  }
}

/** Each chunk was read or opened for this reader alone. */
const owned = (chunks: AsyncGenerator<Uint8Array>): OwnedByteStream => Object.assign(chunks, { ownsChunks: true as const });

/** As it lies on the disk, with the key that opened it last; or opened, where one key did so twice: a bucket's is one array as long as the bucket does not change, a client's another each time, and what it opens is never kept. */
interface SmallFile { readonly state: 'stored' | 'opened'; readonly bytes: Uint8Array; readonly sealingKey: Uint8Array | undefined }

const nothing = new Uint8Array(0);

/**
 * Bytes that nobody holds any more, which were neither taken to their end nor let go of: an answer that failed behind the opening of its object, say.
 * INVARIANT: no file is left to the garbage collector. Node ends the process that leaves it one.
 */
const forgotten = new FinalizationRegistry<ReadonlySet<FileHandle>>((open) => void closeAll(open).catch(() => {}));

async function closeAll(files: Iterable<FileHandle>): Promise<void> {
  await Promise.all(Array.from(files, (file) => file.close()));
}

function given(sealingKey: Uint8Array | undefined): Uint8Array {
  if (!sealingKey) throw new Error('sealed bytes are read without their key');
  return sealingKey;
}

/** The segments that a range touches, and which of their bytes. */
function stretchesOf(segments: readonly Segment[], range: ByteRange): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let at = 0;
  for (const segment of segments) {
    const stretch = stretchOf(segment, at, range);
    if (stretch) stretches.push(stretch);
    at += segment.sizeBytes;
  }
  return stretches;
}

/** What of a segment a range touches; its first byte is byte `start` of the object. */
function stretchOf(segment: Segment, start: number, { first, last }: ByteRange): Stretch | undefined {
  const from = Math.max(first - start, 0);
  const end = Math.min(last + 1 - start, segment.sizeBytes);
  return from < end ? { segment, first: from, end } : undefined;
}

/** Asks for the next while the one before it is being used. */
async function* ahead(source: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  let next = source.next();
  try {
    for (;;) {
      const { done, value } = await next;
      if (done) return;
      next = source.next();
      // What fails is thrown where it is awaited.
      next.catch(() => {});
      yield value;
    }
  } finally {
    // INVARIANT: nothing is being read when the file is closed.
    await next.catch(() => {});
  }
}

async function* blocks(file: FileHandle, { first, end }: Stretch): AsyncGenerator<Uint8Array> {
  for (let at = first; at < end; ) {
    const length = Math.min(objectLimits.blockBytes, end - at);
    yield await readAt(file, at, length);
    at += length;
  }
}

const chunksPerBlock = objectLimits.blockBytes / objectLimits.sealedChunkBytes;

/** As `ahead`, chunk by chunk. */
async function* openedBlocks(file: FileHandle, { segment: { sizeBytes }, first, end }: Stretch, sealingKey: Uint8Array): AsyncGenerator<Uint8Array> {
  const seal = new ChunkSeal(sealingKey, await readAt(file, 0, saltBytes));
  const until = chunkOf(end - 1);
  const { number: from, at } = chunkOf(first);
  // Read by turns: while chunks of one are opened and sent, the other is filled.
  const buffers = [0, 1].map(() => Buffer.allocUnsafeSlow(Math.min(chunksPerBlock, until.number - from + 1) * (objectLimits.sealedChunkBytes + tagBytes)));
  const fill = async (number: number): Promise<Uint8Array> => {
    const last = placeOfChunk(Math.min(number + chunksPerBlock - 1, until.number), sizeBytes);
    const { offset } = placeOfChunk(number, sizeBytes);
    const block = buffers[((number - from) / chunksPerBlock) % 2]!.subarray(0, last.offset + last.length - offset);
    await fillFrom(file, offset, block);
    return block;
  };
  let filling = fill(from);
  try {
    for (let number = from; number <= until.number; ) {
      const block = await filling;
      if (number + chunksPerBlock <= until.number) {
        filling = fill(number + chunksPerBlock);
        // What fails is thrown where it is awaited.
        filling.catch(() => {});
      }
      for (let used = 0; used < block.length; number++) {
        const { length, isLast } = placeOfChunk(number, sizeBytes);
        const plain = seal.open(number, isLast, block.subarray(used, used + length));
        used += length;
        yield plain.subarray(number === from ? at : 0, number === until.number ? until.at + 1 : plain.length);
      }
    }
  } finally {
    // INVARIANT: nothing is being read when the file is closed.
    await filling.catch(() => {});
  }
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafeSlow(length);
  await fillFrom(file, position, bytes);
  return bytes;
}

async function fillFrom(file: FileHandle, position: number, bytes: Uint8Array): Promise<void> {
  for (let filled = 0; filled < bytes.length; ) {
    const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, position + filled);
    if (bytesRead === 0) throw new Error('a file of an object is shorter than the index says');
    filled += bytesRead;
  }
}
