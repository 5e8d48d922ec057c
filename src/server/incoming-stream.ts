/** A body that is read as it comes: little of it is held, the client waits while its reader does, and one that hardly sends is cut. */
import { ApiError } from '../base/api-error.ts';
import type { OwnedByteStream } from '../base/byte-stream.ts';
import type { Limits } from './limits.ts';
import type { Watched } from './watch.ts';
import type { BodyReader } from './whole-message.ts';

interface Parser {
  /** Called once, before anything is waited for. */
  readonly onFirstRead: () => void;
  /** Lets bytes come again. */
  readonly resume: () => void;
}

type Waiting = { readonly resolve: (result: IteratorResult<Uint8Array>) => void; readonly reject: (reason: Error) => void };

const done: IteratorResult<Uint8Array> = { done: true, value: undefined };

/** It is read once, by one reader. */
export class IncomingStream implements BodyReader, OwnedByteStream, Watched, AsyncIterator<Uint8Array> {
  /** The parser copies each out of what it reads. */
  readonly ownsChunks = true;
  readonly #limits: Limits;
  readonly #parser: Parser;
  #queue: Uint8Array[] = [];
  #queuedBytes = 0;
  #isPaused = false;
  #isBegun = false;
  #state: 'coming' | 'whole' | 'cut' = 'coming';
  #waiting: Waiting | undefined;
  /** Since the rate was last looked at: for how long the reader waited, and for how much. */
  #waitedMs = 0;
  #cameBytes = 0;
  #lookedAt: number | undefined;

  constructor(limits: Limits, parser: Parser) {
    this.#limits = limits;
    this.#parser = parser;
  }

  add(chunk: Uint8Array): boolean {
    if (this.#state === 'cut') return true;
    this.#cameBytes += chunk.length;
    if (this.#waiting) {
      this.#settle().resolve({ done: false, value: chunk });
      return true;
    }
    this.#queue.push(chunk);
    this.#queuedBytes += chunk.length;
    this.#isPaused = this.#queuedBytes >= this.#limits.streamBytesHeldMax;
    return !this.#isPaused;
  }

  end(): void {
    if (this.#state === 'cut') return;
    this.#state = 'whole';
    if (this.#waiting) this.#settle().resolve(done);
  }

  /** Nothing comes any more, or nothing more is wanted. */
  cut(): void {
    if (this.#state === 'whole') return;
    this.#state = 'cut';
    this.#queue = [];
    this.#queuedBytes = 0;
    if (this.#waiting) this.#settle().reject(cutShort());
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    return this;
  }

  next(): Promise<IteratorResult<Uint8Array>> {
    if (!this.#isBegun) {
      this.#isBegun = true;
      this.#parser.onFirstRead();
    }
    const chunk = this.#queue.shift();
    if (chunk) {
      this.#queuedBytes -= chunk.length;
      if (this.#isPaused && this.#queuedBytes < this.#limits.streamBytesHeldMax / 2) {
        this.#isPaused = false;
        this.#parser.resume();
      }
      return Promise.resolve({ done: false, value: chunk });
    }
    if (this.#state === 'whole') return Promise.resolve(done);
    if (this.#state === 'cut') return Promise.reject(cutShort());
    return new Promise((resolve, reject) => { this.#waiting = { resolve, reject }; });
  }

  return(): Promise<IteratorResult<Uint8Array>> {
    this.cut();
    return Promise.resolve(done);
  }

  lookAt(now: number): boolean {
    if (this.#state !== 'coming') return false;
    if (this.#waiting && this.#lookedAt !== undefined) this.#waitedMs += now - this.#lookedAt;
    this.#lookedAt = now;
    if (this.#waitedMs < this.#limits.streamRateWindowMs) return true;
    if (this.#cameBytes < this.#limits.streamBytesPerWindowMin) {
      this.cut();
      return false;
    }
    this.#waitedMs = 0;
    this.#cameBytes = 0;
    return true;
  }

  #settle(): Waiting {
    const waiting = this.#waiting!;
    this.#waiting = undefined;
    return waiting;
  }
}

// AWS: RequestTimeout, of a client that is too slow; nobody hears it where the connection is gone.
const cutShort = (): ApiError => new ApiError('RequestTimeout', 'Your socket connection to the server was not read from or written to within the timeout period. Idle connections will be closed.');
