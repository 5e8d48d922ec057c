/** A thread that writes to a file, so that no fsync stalls the event loop: asked on the main thread, served on its own. */
import { parentPort, receiveMessageOnPort, Worker } from 'node:worker_threads';

interface Request<Task> { readonly id: number; readonly task: Task | typeof closing }
interface Reply<Result> { readonly id: number; readonly result?: Result; readonly error?: string }
interface Waiting<Result> { readonly resolve: (result: Result) => void; readonly reject: (error: Error) => void }

/** Asks the thread to close its file and end. */
const closing = null;

/** The asking side. Tasks are done in the order in which they are asked. The thread starts with the first, and again when it was lost. */
export class WriterThread<Task, Result> {
  readonly #module: URL;
  readonly #settings: unknown;
  readonly #waiting = new Map<number, Waiting<Result | undefined>>();
  #worker: Worker | undefined;
  #asked = 0;

  /** `module` calls `serveTasks`; it finds `settings` as its workerData. */
  constructor(module: URL, settings: unknown) {
    this.#module = module;
    this.#settings = settings;
  }

  /** Rejects when the task failed, or the thread was lost; then nobody knows whether it was done. */
  ask(task: Task): Promise<Result> {
    // Only the answer to `closing` has no result.
    return this.#ask(task) as Promise<Result>;
  }

  /** Waits for what was asked. */
  async close(): Promise<void> {
    if (this.#worker) await this.#ask(closing);
  }

  #ask(task: Task | typeof closing): Promise<Result | undefined> {
    const worker = (this.#worker ??= this.#start());
    const id = ++this.#asked;
    return new Promise((resolve, reject) => {
      // A process that has nothing else to do still waits for what it is writing.
      if (this.#waiting.size === 0) worker.ref();
      this.#waiting.set(id, { resolve, reject });
      worker.postMessage({ id, task } satisfies Request<Task>);
    });
  }

  #start(): Worker {
    const worker = new Worker(this.#module, { workerData: this.#settings });
    worker.unref();
    worker.on('message', ({ id, result, error }: Reply<Result>) => {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (this.#waiting.size === 0) worker.unref();
      if (error === undefined) waiting?.resolve(result);
      else waiting?.reject(new Error(error));
    });
    worker.on('error', (error) => this.#lose(worker, error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', () => this.#lose(worker, new Error('the thread that writes has ended')));
    return worker;
  }

  #lose(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

/** What came of one task. */
export type Done<Result> = { readonly result: Result } | { readonly error: unknown };

/** The serving side: `work` is given all tasks that wait, in order, and answers each. `close` closes the file. */
export function serveTasks<Task, Result>(work: (tasks: readonly Task[]) => readonly Done<Result>[], close: () => void): void {
  // INVARIANT: called on a thread that WriterThread started.
  const port = parentPort!;
  port.on('message', (first: Request<Task>) => {
    const requests = [first];
    for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) requests.push(next.message as Request<Task>);
    const tasks = requests.filter((request): request is Request<Task> & { readonly task: Task } => request.task !== closing);
    const done = tasks.length === 0 ? [] : work(tasks.map(({ task }) => task));
    for (const [i, { id }] of tasks.entries()) {
      const came = done[i]!;
      port.postMessage('result' in came ? { id, result: came.result } : { id, error: messageOf(came.error) } satisfies Reply<Result>);
    }
    const last = requests.find(({ task }) => task === closing);
    if (!last) return;
    close();
    port.postMessage({ id: last.id } satisfies Reply<Result>);
    port.close();
  });
}

const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));
