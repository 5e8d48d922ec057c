/** Bytes of many bodies in memory that two threads see: one posts, the other takes, in order. */
import type { DigestAlgorithm } from '../proof/payload/digest.ts';

/** A power of two. */
const slots = 16;
export const slotBytes = 64 * 1024;

/** The words of the memory: how many messages were posted, how many were taken; then of each slot the body's number, what is to be done and how many bytes it has. Counts wrap round. */
const posted = 0;
const taken = 1;
const slotWords = 3;
const words = 2 + slots * slotWords;
const bytesFrom = 4 * words;

/** What becomes of a body's digests: more bytes come, all came and they are asked for, nobody wants them. */
export const digestCommands = { add: 0, end: 1, abandon: 2 } as const;
export type DigestCommand = keyof typeof digestCommands;

/** The last bits of a body's number say of what it has digests. */
export const algorithmBits: { readonly [Algorithm in DigestAlgorithm]: number } = { md5: 1, sha256: 2 };
export const bodyStep = 4;

/** An edge: the names are the table's own. */
export const algorithmsOf = (body: number): readonly DigestAlgorithm[] => (Object.keys(algorithmBits) as DigestAlgorithm[]).filter((algorithm) => (body & algorithmBits[algorithm]) !== 0);

/** Waking a thread is a system call: it is woken for so many slots, or where somebody waits. */
const worthWaking = 4;

export const openRing = (): SharedArrayBuffer => new SharedArrayBuffer(bytesFrom + slots * slotBytes);

/** The posting side. Only one thread has it. */
export class RingWriter {
  readonly #words: Int32Array;
  readonly #bytes: Buffer;
  #posted = 0;

  constructor(memory: SharedArrayBuffer) {
    this.#words = new Int32Array(memory, 0, words);
    this.#bytes = Buffer.from(memory, bytesFrom);
  }

  get isFull(): boolean {
    return ((this.#posted - Atomics.load(this.#words, taken)) | 0) >= slots;
  }

  /** At most `slotBytes`. False where all slots are full: nothing was posted. */
  post(body: number, command: DigestCommand, bytes: Uint8Array): boolean {
    if (this.isFull) return false;
    const slot = this.#posted & (slots - 1);
    this.#words.set([body, digestCommands[command], bytes.length], 2 + slot * slotWords);
    // A typed array's own `set` goes byte by byte where memory is shared and the bytes do not lie even.
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).copy(this.#bytes, slot * slotBytes);
    this.#posted = (this.#posted + 1) | 0;
    Atomics.store(this.#words, posted, this.#posted);
    if (command !== 'add' || ((this.#posted - Atomics.load(this.#words, taken)) | 0) >= worthWaking) Atomics.notify(this.#words, posted);
    return true;
  }

  /** Resolves when a slot is free, or `release` was called. */
  async room(): Promise<void> {
    const seen = Atomics.load(this.#words, taken);
    if (((this.#posted - seen) | 0) >= slots) await Atomics.waitAsync(this.#words, taken, seen).value;
  }

  release(): void {
    Atomics.notify(this.#words, taken);
  }
}

export interface RingMessage { readonly body: number; readonly command: number; /** Until `taken` is called. */ readonly bytes: Uint8Array }

/** The taking side. Only one thread has it. */
export class RingReader {
  readonly #words: Int32Array;
  readonly #memory: SharedArrayBuffer;
  #taken = 0;

  constructor(memory: SharedArrayBuffer) {
    this.#words = new Int32Array(memory, 0, words);
    this.#memory = memory;
  }

  /** Blocks the thread until there is one. */
  next(): RingMessage {
    while (Atomics.load(this.#words, posted) === this.#taken) Atomics.wait(this.#words, posted, this.#taken);
    const slot = this.#taken & (slots - 1);
    const at = 2 + slot * slotWords;
    return { body: this.#words[at]!, command: this.#words[at + 1]!, bytes: new Uint8Array(this.#memory, bytesFrom + slot * slotBytes, this.#words[at + 2]!) };
  }

  /** Gives the slot of the last message back. */
  taken(): void {
    this.#taken = (this.#taken + 1) | 0;
    Atomics.store(this.#words, taken, this.#taken);
    Atomics.notify(this.#words, taken);
  }
}
