/** A body that is read whole before its request is answered, within the limits. */
import type { BodyBudget, ComingBody, Share } from './body-budget.ts';
import type { Limits } from './limits.ts';
import type { Watched } from './watch.ts';
import type { BodyReader } from './whole-message.ts';

const noBody = new Uint8Array(0);

/** So many chunks of a body are kept apart at most. */
const chunksApartMax = 1_000;

/** A body as it comes in, until it is whole or too long. */
export class WholeBody implements BodyReader, Watched, ComingBody {
  readonly #budget: BodyBudget;
  readonly #share: Share;
  readonly #limits: Limits;
  readonly #onRefused: (status: number) => void;
  readonly #onWhole: (bytes: Uint8Array) => void;
  #chunks: Uint8Array[] = [];
  /** How many of them, the first, are merged ones. */
  #merged = 0;
  #size = 0;
  #isRefused = false;
  readonly #since = performance.now();

  constructor(budget: BodyBudget, share: Share, limits: Limits, onRefused: (status: number) => void, onWhole: (bytes: Uint8Array) => void) {
    this.#budget = budget;
    this.#share = share;
    this.#limits = limits;
    this.#onRefused = onRefused;
    this.#onWhole = onWhole;
  }

  get size(): number {
    return this.#size;
  }

  add(chunk: Uint8Array): boolean {
    if (this.#isRefused) return true;
    if (this.#size === 0) this.#share.coming.add(this);
    this.#size += chunk.length;
    this.#chunks.push(chunk);
    if (this.#chunks.length - this.#merged >= chunksApartMax) this.#merge();
    this.#budget.take(this.#share, chunk.length);
    if (this.#size > this.#limits.bodyBytesMax) this.refuse(413);
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
    this.#share.coming.delete(this);
    const [first = noBody] = this.#chunks;
    this.#onWhole(this.#chunks.length > 1 ? Buffer.concat(this.#chunks, this.#size) : first);
  }

  refuse(status: number): void {
    this.#isRefused = true;
    this.#chunks = [];
    this.release();
    this.#onRefused(status);
  }

  giveWay(): void {
    this.refuse(503);
  }

  /** When the answer is sent, or nobody waits for it. */
  release(): void {
    this.#share.coming.delete(this);
    this.#budget.giveBack(this.#share, this.#size);
    this.#size = 0;
  }
}

