/** A thread that writes to a file, so that no fsync stalls the event loop: asked on the main thread, served on its own. */
import { Worker, workerData } from 'node:worker_threads';
import { Inbox, Outbox, openMailbox, type MailboxEnd } from './mailbox.ts';
import { Watch } from './watch.ts';

interface Waiting<Result> { readonly resolve: (result: Result) => void; readonly reject: (error: Error) => void; readonly askedAt: number }
interface ThreadData { readonly end: MailboxEnd; readonly settings: unknown }

/** Asks the thread to close its file and end. */
const closing = null;
/** A result that is a text is answered as it is, so that it goes through shared memory. */
type Answer<Result> = (Result & string) | { readonly result: Result | undefined } | { readonly error: string };

/** The asking side. Texts are the cheapest tasks and results (see mailbox.ts); others are cloned. Tasks are done in the order in which they are asked. The thread starts with the first, and again when it was lost. */
export class WriterThread<Task, Result> {
  readonly #module: URL;
  readonly #settings: unknown;
  #thread: Thread<Task, Result> | undefined;

  /** `module` calls `serveTasks`; it finds `settings` by `threadSettings`. */
  constructor(module: URL, settings: unknown) {
    this.#module = module;
    this.#settings = settings;
  }

  /** Rejects when the task failed, or the thread was lost; then nobody knows whether it was done. */
  ask(task: Task): Promise<Result> {
    this.#thread ??= new Thread(this.#module, this.#settings, () => { this.#thread = undefined; });
    // Only the answer to `closing` has no result.
    return this.#thread.ask(task) as Promise<Result>;
  }

  /** Waits for what was asked. */
  async close(): Promise<void> {
    await this.#thread?.ask(closing);
  }
}

/** One life of the thread. */
class Thread<Task, Result> {
  readonly #worker: Worker;
  readonly #outbox: Outbox<Task | typeof closing>;
  readonly #inbox: Inbox<Answer<Result>>;
  /** In the order in which they were asked, which is that of the answers. */
  readonly #waiting: Waiting<Result | undefined>[] = [];
  readonly #watch = new Watch();
  /** How long the last answer took, milliseconds. */
  #lastMs = 0;
  #isListening = false;

  constructor(module: URL, settings: unknown, lost: () => void) {
    const [mine, its] = openMailbox();
    this.#outbox = new Outbox(mine);
    this.#inbox = new Inbox(mine);
    this.#worker = new Worker(module, { workerData: { end: its, settings } satisfies ThreadData, transferList: [its.port] });
    this.#worker.unref();
    const lose = (error: Error): void => {
      lost();
      // What it had answered before it ended is so.
      this.#takeAnswers();
      mine.port.close();
      for (const { reject } of this.#waiting.splice(0)) reject(error);
      this.#inbox.release();
    };
    this.#worker.on('error', (error) => lose(error instanceof Error ? error : new Error(String(error))));
    this.#worker.on('exit', () => lose(new Error('the thread that writes has ended')));
  }

  ask(task: Task | typeof closing): Promise<Result | undefined> {
    return new Promise((resolve, reject) => {
      // A process that has nothing else to do still waits for what it is writing.
      if (this.#waiting.length === 0) this.#worker.ref();
      this.#waiting.push({ resolve, reject, askedAt: performance.now() });
      this.#outbox.post(task);
      if (this.#isListening) return;
      this.#isListening = true;
      this.#watch.begin(this.#lastMs);
      this.#listen();
    });
  }

  /** Until all is answered: looks for an answer in every turn of the event loop, or is woken by it where it takes long. */
  readonly #listen = (): void => {
    this.#takeAnswers();
    if (this.#waiting.length === 0) {
      this.#isListening = false;
      this.#worker.unref();
      return;
    }
    if (this.#watch.goesOn()) setImmediate(this.#listen);
    else void this.#inbox.arrival().then(this.#listen);
  };

  #takeAnswers(): void {
    for (let answer = this.#inbox.take(); answer !== undefined; answer = this.#inbox.take()) {
      const { resolve, reject, askedAt } = this.#waiting.shift()!;
      this.#lastMs = performance.now() - askedAt;
      this.#watch.begin(this.#lastMs);
      if (typeof answer === 'string') resolve(answer);
      else if ('error' in answer) reject(new Error(answer.error));
      else resolve(answer.result);
    }
  }
}

/** What came of one task. */
export type Done<Result> = { readonly result: Result } | { readonly error: unknown };

/** On the thread: what WriterThread was given for it. */
export function threadSettings(): unknown {
  return (workerData as ThreadData).settings;
}

/** What a thread does besides its tasks. `answered`: each time when those who waited have been answered. `close` closes the file. */
export interface ThreadDuties { readonly answered?: () => void; readonly close: () => void }

/** The serving side, which has the thread for itself: `work` is given all tasks that wait, in order, and answers each. Returns when the thread is to end. */
export function serveTasks<Task, Result>(work: (tasks: readonly Task[]) => readonly Done<Result>[], { answered, close }: ThreadDuties): void {
  // INVARIANT: called on a thread that WriterThread started.
  const { end } = workerData as ThreadData;
  const inbox = new Inbox<Task | typeof closing>(end);
  const outbox = new Outbox<Answer<Result>>(end);
  let isClosing = false;
  const watch = new Watch();
  const goesOn = (): boolean => watch.goesOn();
  while (!isClosing) {
    inbox.wait(goesOn);
    const began = performance.now();
    const tasks: Task[] = [];
    for (let task = inbox.take(); task !== undefined; task = inbox.take()) {
      if (task === closing) isClosing = true;
      else tasks.push(task);
    }
    for (const done of tasks.length > 0 ? work(tasks) : []) outbox.post(answerOf(done));
    answered?.();
    // Who comes right back has not been away for longer than what he waited for took.
    watch.begin(performance.now() - began);
  }
  close();
  outbox.post({ result: undefined });
  end.port.close();
}

function answerOf<Result>(done: Done<Result>): Answer<Result> {
  if ('error' in done) return { error: messageOf(done.error) };
  return typeof done.result === 'string' ? done.result : { result: done.result };
}

const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));
