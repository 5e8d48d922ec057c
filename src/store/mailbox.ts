/** Messages that one thread hands to another, in order. A text goes through memory that both see: a copy and no system call, where a message port takes ten microseconds and wakes an event loop. */
import { MessageChannel, receiveMessageOnPort, type MessagePort } from 'node:worker_threads';

/** What one thread needs to write to the other and to read from it. Handed over with the port in the transfer list. */
export interface MailboxEnd { readonly port: MessagePort; readonly outgoing: SharedArrayBuffer; readonly incoming: SharedArrayBuffer }

/** Texts that may lie in memory untaken; a power of two. */
const slots = 8;
const slotBytes = 16 * 1024;
/** The words of a memory: how many messages were posted, how many were taken; then of each slot the number of its message and its bytes. Numbers wrap round. */
const posted = 0;
const taken = 1;
const words = 2 + 2 * slots;
const bytesFrom = 4 * words;
const numberOf = (slot: number): number => 2 + 2 * slot;
const lengthOf = (slot: number): number => 3 + 2 * slot;
const slotOf = (number: number): number => number & (slots - 1);

/** How long a thread that looks again pauses, in the processor's own measure. */
const looksApart = 64;

export function openMailbox(): readonly [MailboxEnd, MailboxEnd] {
  const { port1, port2 } = new MessageChannel();
  const [there, back] = [new SharedArrayBuffer(bytesFrom + slots * slotBytes), new SharedArrayBuffer(bytesFrom + slots * slotBytes)];
  return [{ port: port1, outgoing: there, incoming: back }, { port: port2, outgoing: back, incoming: there }];
}

/** The writing side. Only one thread has it. */
export class Outbox<Message> {
  readonly #port: MessagePort;
  readonly #words: Int32Array;
  readonly #bytes: Buffer;
  #posted: number;

  constructor({ port, outgoing }: MailboxEnd) {
    this.#port = port;
    this.#words = new Int32Array(outgoing, 0, words);
    this.#bytes = Buffer.from(outgoing, bytesFrom);
    this.#posted = Atomics.load(this.#words, posted);
  }

  /** Never waits: what is no text or too long, or finds all slots full, goes by the port. In a text a lone surrogate arrives as U+FFFD. */
  post(message: Message): void {
    const number = (this.#posted + 1) | 0;
    const slot = slotOf(number);
    const untaken = (number - Atomics.load(this.#words, taken)) | 0;
    if (typeof message === 'string' && untaken <= slots && fits(message)) {
      this.#words[lengthOf(slot)] = this.#bytes.write(message, slot * slotBytes);
      this.#words[numberOf(slot)] = number;
    } else {
      this.#port.postMessage(message);
    }
    this.#posted = number;
    Atomics.store(this.#words, posted, number);
    Atomics.notify(this.#words, posted);
  }
}

/** A character is three bytes at most; the bytes are counted only where that is not enough to know. */
const fits = (text: string): boolean => text.length * 3 <= slotBytes || (text.length <= slotBytes && Buffer.byteLength(text) <= slotBytes);

/** The reading side. Only one thread has it. */
export class Inbox<Message> {
  readonly #port: MessagePort;
  readonly #words: Int32Array;
  readonly #bytes: Buffer;
  #taken: number;

  constructor({ port, incoming }: MailboxEnd) {
    this.#port = port;
    this.#words = new Int32Array(incoming, 0, words);
    this.#bytes = Buffer.from(incoming, bytesFrom);
    this.#taken = Atomics.load(this.#words, taken);
  }

  get isEmpty(): boolean {
    return Atomics.load(this.#words, posted) === this.#taken;
  }

  /** The next message, if one is there. */
  take(): Message | undefined {
    if (this.isEmpty) return undefined;
    const number = (this.#taken + 1) | 0;
    const slot = slotOf(number);
    const from = slot * slotBytes;
    // A slot whose number is another was not used. An edge: what comes out is what the other thread's Outbox was given.
    const message = (this.#words[numberOf(slot)] === number ? this.#bytes.toString('utf8', from, from + this.#words[lengthOf(slot)]!) : this.#byPort()) as Message;
    this.#taken = number;
    Atomics.store(this.#words, taken, number);
    return message;
  }

  /** Blocks the thread until a message is there; `goesOn` says whether to look again or to sleep. */
  wait(goesOn: () => boolean): void {
    while (this.isEmpty) {
      if (goesOn()) Atomics.pause(looksApart);
      else Atomics.wait(this.#words, posted, this.#taken);
    }
  }

  /** Resolves when a message is there. Keeps no process alive. */
  async arrival(): Promise<void> {
    await Atomics.waitAsync(this.#words, posted, this.#taken).value;
  }

  /** Resolves what waits for an arrival, though nothing came. */
  release(): void {
    Atomics.notify(this.#words, posted);
  }

  #byPort(): unknown {
    const received = receiveMessageOnPort(this.#port);
    // INVARIANT: it was sent before its number was posted.
    if (!received) throw new Error('a message that was posted did not arrive');
    return received.message;
  }
}
