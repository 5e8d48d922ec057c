/** A body that is read whole before its request is answered, within the limits. */
import type { Limits } from './limits.ts';
import type { Watched } from './watch.ts';
import type { BodyReader } from './whole-message.ts';

const noBody = new Uint8Array(0);

/** The bodies of all requests in memory, together. */
export interface Held { bytes: number }

/** So many chunks of a body are kept apart at most. */
const chunksApartMax = 1_000;

/** A body as it comes in, until it is whole or too long. */
export class WholeBody implements BodyReader, Watched {
  readonly #held: Held;
  readonly #limits: Limits;
  readonly #onRefused: (status: number) => void;
  readonly #onWhole: (bytes: Uint8Array) => void;
  #chunks: Uint8Array[] = [];
  /** How many of them, the first, are merged ones. */
  #merged = 0;
  #size = 0;
  #isRefused = false;
  readonly #since = performance.now();

  constructor(held: Held, limits: Limits, onRefused: (status: number) => void, onWhole: (bytes: Uint8Array) => void) {
    this.#held = held;
    this.#limits = limits;
    this.#onRefused = onRefused;
    this.#onWhole = onWhole;
  }

  add(chunk: Uint8Array): boolean {
    if (this.#isRefused) return true;
    this.#size += chunk.length;
    this.#held.bytes += chunk.length;
    this.#chunks.push(chunk);
    if (this.#chunks.length - this.#merged >= chunksApartMax) this.#merge();
    if (this.#size > this.#limits.bodyBytesMax) this.refuse(413);
    else if (this.#held.bytes > this.#limits.bodyBytesInFlightMax) this.refuse(503);
    return true;
  }

  lookAt(now: number): boolean {
    if (this.#isRefused) return false;
    if (now - this.#since < this.#limits.requestTimeoutMs) return true;
    this.refuse(408);
    return false;
  }

  /** A body may come a byte at a time, and each chunk weighs hundreds of bytes beside its own: the newest are made one. */
  #merge(): void {
    this.#chunks.push(Buffer.concat(this.#chunks.splice(this.#merged)));
    this.#merged++;
  }

  end(): void {
    if (this.#isRefused) return;
    const [first = noBody] = this.#chunks;
    this.#onWhole(this.#chunks.length > 1 ? Buffer.concat(this.#chunks, this.#size) : first);
  }

  refuse(status: number): void {
    this.#isRefused = true;
    this.#chunks = [];
    this.#onRefused(status);
  }

  /** When the answer is sent, or nobody waits for it. */
  release(): void {
    this.#held.bytes -= this.#size;
    this.#size = 0;
  }
}

