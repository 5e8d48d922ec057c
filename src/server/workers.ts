/** A start of several processes: a primary, which has what must exist once, and workers, which answer requests. They share the port, and the journal's file. */
import cluster from 'node:cluster';
import type { Worker } from 'node:cluster';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { limits } from './limits.ts';
import type { OwnWord, Peers, Question, Words } from './peers.ts';
import { Asked } from './process-messages.ts';
import type { FromPrimary, FromWorker } from './process-messages.ts';
import { start } from './start.ts';
import type { Started, StartParts } from './start.ts';

type Word = Words[Question];

/** Starts the primary with so many workers, or, in a process that a primary began, one of its workers. Rejects, with all of them ended, when something keeps one from starting. */
export function startWithWorkers(parts: StartParts, count: number): Promise<Started> {
  return cluster.isPrimary ? new Primary(parts, count).start() : startWorker(parts);
}

class Primary {
  readonly #parts: StartParts;
  readonly #count: number;
  readonly #serving = new Set<Worker>();
  readonly #words = new Asked<Word>();
  readonly #beganAt = new Map<Worker, number>();
  #own: OwnWord | undefined;
  #started: Started | undefined;
  #port = 0;
  #isStopping = false;

  constructor(parts: StartParts, count: number) {
    this.#parts = parts;
    this.#count = count;
  }

  async start(): Promise<Started> {
    const { host, tls } = this.#parts;
    // Taken for a moment: a port that another has keeps the first account from being made.
    const { address, family, port } = await freeAddress(host, this.#parts.port);
    const url = `${tls ? 'https' : 'http'}://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
    const started = await start({ ...this.#parts, port, role: { kind: 'primary', url, connect: (own) => this.#connect(own) } });
    this.#started = started;
    this.#port = port;
    try {
      await Promise.all(Array.from({ length: this.#count }, () => this.#fork()));
    } catch (thrown) {
      await this.#stop(started);
      throw thrown;
    }
    started.sayReady();
    return { ...started, stop: () => this.#stop(started) };
  }

  /** Resolves when the worker answers requests; rejects when it ends before. */
  #fork(): Promise<void> {
    const worker = cluster.fork();
    this.#beganAt.set(worker, performance.now());
    // Our own messages: a worker is this program.
    worker.on('message', (message: FromWorker) => this.#hear(worker, message));
    const serving = new Promise<void>((resolve, reject) => {
      worker.on('message', ({ kind }: FromWorker) => { if (kind === 'serving') resolve(); });
      worker.once('exit', (code, signal) => reject(new Error(`a worker ended with ${signal ?? code} before it served`)));
    });
    worker.once('exit', (code, signal) => this.#ended(worker, code, signal));
    return serving;
  }

  #hear(worker: Worker, message: FromWorker): void {
    if (message.kind === 'hello') {
      worker.send({ kind: 'begin', doors: this.#started!.doors, port: this.#port } satisfies FromPrimary);
    } else if (message.kind === 'serving') {
      this.#serving.add(worker);
    } else if (message.kind === 'word') {
      this.#words.answer(message.id, message.word);
    } else {
      void this.#tell(worker, message.id, message.question);
    }
  }

  async #tell(worker: Worker, id: number, question: Question): Promise<void> {
    const words = (await this.#gather(question)).map((word) => word ?? null);
    // Who has ended meanwhile waits for nothing.
    if (worker.isConnected()) worker.send({ kind: 'words', id, words } satisfies FromPrimary);
  }

  /** Ends in the log, and in another in its place: what it had begun outside the journal is ended here. */
  #ended(worker: Worker, code: number, signal: string | null): void {
    this.#serving.delete(worker);
    if (this.#isStopping || !this.#started) return;
    const { warn, settle } = this.#started;
    warn(`a worker ended; another is started`, new Error(`process ${worker.process.pid} ended with ${signal ?? code}`));
    settle().catch((cause: unknown) => warn('what a worker had begun could not be ended', cause));
    const lived = performance.now() - (this.#beganAt.get(worker) ?? 0);
    this.#beganAt.delete(worker);
    setTimeout(() => { if (!this.#isStopping) this.#fork().catch(() => {}); }, lived < limits.workerRestartMs ? limits.workerRestartMs : 0);
  }

  #connect(own: OwnWord): Peers {
    this.#own = own;
    // Each question has its own kind of word, and its answer is one.
    return { gather: <Q extends Question>(question: Q) => this.#gather(question) as Promise<readonly (Words[Q] | undefined)[]> };
  }

  #gather(question: Question): Promise<readonly (Word | undefined)[]> {
    const others = [...this.#serving].map((worker) => this.#words.ask((id) => { if (worker.isConnected()) worker.send({ kind: 'ask', id, question } satisfies FromPrimary); }, limits.peerAnswerMs));
    return Promise.all([this.#own?.(question), ...others]);
  }

  /** The workers drain first; what stands behind them goes last. */
  async #stop(started: Started): Promise<void> {
    this.#isStopping = true;
    const workers = Object.values(cluster.workers ?? {}).flatMap((worker) => (worker && !worker.isDead() ? [worker] : []));
    await Promise.all(workers.map((worker) => {
      const ended = once(worker, 'exit');
      worker.process.kill('SIGTERM');
      return ended;
    }));
    await started.stop();
  }
}

async function startWorker(parts: StartParts): Promise<Started> {
  // The launcher's leash lets go of the channel, and until the port is open nothing else keeps this process.
  process.channel!.ref();
  const words = new Asked<readonly (Word | null)[]>();
  let own: OwnWord | undefined;
  // Our own messages: the primary is this program.
  const say = (message: FromWorker): void => { process.send!(message); };
  const { doors, port } = await new Promise<FromPrimary & { kind: 'begin' }>((resolve) => {
    process.on('message', (message: FromPrimary) => {
      if (message.kind === 'begin') resolve(message);
      else if (message.kind === 'words') words.answer(message.id, message.words);
      else say({ kind: 'word', id: message.id, word: own!(message.question) });
    });
    say({ kind: 'hello' });
  });
  const connect = (word: OwnWord): Peers => {
    own = word;
    return {
      async gather<Q extends Question>(question: Q) {
        const answers = await words.ask((id) => say({ kind: 'ask', id, question }), 2 * limits.peerAnswerMs);
        // As above; the primary itself may be what does not answer.
        return (answers ?? [null]).map((word_) => word_ ?? undefined) as readonly (Words[Q] | undefined)[];
      },
    };
  };
  const started = await start({ ...parts, port, role: { kind: 'worker', doors, connect } });
  say({ kind: 'serving' });
  return { ...started, isWorker: true };
}

/** An address and a port that can be listened on. */
async function freeAddress(host: string, port: number): Promise<AddressInfo> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  // A listening server that asked for an address by name always has one.
  const address = server.address() as AddressInfo;
  await new Promise((resolve) => { server.close(resolve); });
  return address;
}
