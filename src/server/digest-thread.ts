/** Digests of large bodies, computed on a thread of its own: MD5 alone takes longer than all else that is done with a byte, and would keep every other request waiting. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { beginDigest } from '../proof/payload/digest.ts';
import type { BeginDigest, Digest, DigestAlgorithm, DigestValues } from '../proof/payload/digest.ts';
import { RingWriter, algorithmBits, bodyStep, openRing, slotBytes } from './digest-ring.ts';
import type { DigestCommand } from './digest-ring.ts';
import { limits } from './limits.ts';

export interface DigestSettings { readonly memory: SharedArrayBuffer }
export interface DigestAnswer { readonly body: number; readonly values: { readonly md5?: Uint8Array; readonly sha256?: Uint8Array } }

export interface DigestThread {
  readonly begin: BeginDigest;
  close(): Promise<void>;
}

/** Starts with the first large body, and again when it was lost. Small ones are not worth the way; nor is any where there is one core. */
export function digestThread(cores = availableParallelism()): DigestThread {
  let thread: Thread | undefined;
  return {
    begin(algorithms, aboutBytes) {
      if (cores < 2 || algorithms.length === 0 || aboutBytes === undefined || aboutBytes < limits.digestedApartBytesMin) return beginDigest(algorithms, aboutBytes);
      return new ThreadDigest(() => (thread && !thread.isLost ? thread : (thread = new Thread())), algorithms);
    },
    async close() {
      await thread?.end();
    },
  };
}

interface Waiting { readonly resolve: (values: DigestValues) => void; readonly reject: (reason: Error) => void }

/** One life of the thread. */
class Thread {
  isLost = false;
  readonly ring: RingWriter;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #bodies = 0;

  constructor() {
    const memory = openRing();
    this.ring = new RingWriter(memory);
    // Compiled, this file and the thread's both end in .js.
    this.#worker = new Worker(new URL(import.meta.url.endsWith('.ts') ? './digest-worker.ts' : './digest-worker.js', import.meta.url), { workerData: { memory } satisfies DigestSettings });
    this.#worker.unref();
    this.#worker.on('message', ({ body, values: { md5, sha256 } }: DigestAnswer) => {
      const waiting = this.#waiting.get(body);
      this.#waiting.delete(body);
      waiting?.resolve({ ...(md5 && { md5: Buffer.from(md5) }), ...(sha256 && { sha256: Buffer.from(sha256) }) });
    });
    this.#worker.on('error', (error) => this.#lose(error instanceof Error ? error : new Error(String(error))));
    this.#worker.on('exit', () => this.#lose(new Error('the thread that digests has ended')));
  }

  /** It says which algorithms. */
  newBody(algorithms: readonly DigestAlgorithm[]): number {
    this.#bodies = (this.#bodies + bodyStep) & 0x3fffffff;
    return algorithms.reduce((number, algorithm) => number + algorithmBits[algorithm], this.#bodies);
  }

  answer(body: number): Promise<DigestValues> {
    if (this.isLost) throw new Error('the thread that digests was lost');
    return new Promise((resolve, reject) => { this.#waiting.set(body, { resolve, reject }); });
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #lose(error: Error): void {
    this.isLost = true;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
    this.ring.release();
  }
}

const noBytes = new Uint8Array(0);

/** A body that is refused before its first byte has nothing on the thread, nor does it start one. */
class ThreadDigest implements Digest {
  readonly #open: () => Thread;
  readonly #algorithms: readonly DigestAlgorithm[];
  #begun: { readonly thread: Thread; readonly body: number } | undefined;
  /** What found all slots full, in order: no more than a chunk, as more is added only after `room`. */
  #backlog: Uint8Array[] = [];

  constructor(open: () => Thread, algorithms: readonly DigestAlgorithm[]) {
    this.#open = open;
    this.#algorithms = algorithms;
  }

  add(bytes: Uint8Array): void {
    this.#begin();
    for (let at = 0; at < bytes.length; at += slotBytes) {
      const piece = bytes.subarray(at, at + slotBytes);
      if (this.#backlog.length > 0 || !this.#post('add', piece)) this.#backlog.push(Uint8Array.from(piece));
    }
  }

  room(): Promise<void> | undefined {
    return !this.#begun || this.#flush() ? undefined : this.#whenRoom();
  }

  async values(): Promise<DigestValues> {
    const { thread, body } = this.#begin();
    await this.#postLast('end');
    return thread.answer(body);
  }

  abandon(): void {
    if (!this.#begun) return;
    this.#backlog = [];
    void this.#postLast('abandon');
  }

  #begin(): { readonly thread: Thread; readonly body: number } {
    if (this.#begun) return this.#begun;
    const thread = this.#open();
    return (this.#begun = { thread, body: thread.newBody(this.#algorithms) });
  }

  #post(command: DigestCommand, bytes: Uint8Array): boolean {
    const { thread, body } = this.#begin();
    return thread.ring.post(body, command, bytes);
  }

  /** Whether nothing is left, and there is room for more. */
  #flush(): boolean {
    while (this.#backlog.length > 0 && this.#post('add', this.#backlog[0]!)) this.#backlog.shift();
    return this.#backlog.length === 0 && !this.#begin().thread.ring.isFull;
  }

  /** Behind all bytes. Of a thread that is lost nobody has to know. */
  async #postLast(command: 'end' | 'abandon'): Promise<void> {
    const { thread } = this.#begin();
    do await this.#whenRoom(); while (!thread.isLost && !this.#post(command, noBytes));
  }

  /** Resolves when nothing is left and a slot was free, which another body may have taken since; or the thread is lost, and whoever asks it for an answer is told so. */
  async #whenRoom(): Promise<void> {
    const { thread } = this.#begin();
    while (!this.#flush() && !thread.isLost) await thread.ring.room();
  }
}
