/** A load: connections that are kept open, each with one request under way, replaying requests that were signed before. */
import { connect } from 'node:net';
import type { Socket } from 'node:net';

export interface Load {
  readonly port: number;
  /** Whole requests as they go over the wire, used in turn. */
  readonly requests: readonly Buffer[];
  /** How many answers to wait for. */
  readonly count: number;
  readonly connections?: number;
}

/** Resolves when all are answered; rejects at the first answer that is not 200. */
export function sendLoad({ port, requests, count, connections = 16 }: Load): Promise<void> {
  return new Promise((resolve, reject) => {
    const sockets: Socket[] = [];
    let sent = 0;
    let answered = 0;
    // This process never sleeps: waking it would be paid by the server that answers, and dearly on a virtual machine, by a slow server at each answer, by a fast one never.
    let spinning: NodeJS.Immediate;
    const spin = (): void => { spinning = setImmediate(spin); };
    spin();
    const end = (error?: Error): void => {
      clearImmediate(spinning);
      for (const socket of sockets) socket.destroy();
      if (error) reject(error);
      else resolve();
    };
    const next = (socket: Socket): void => {
      if (sent < count) socket.write(requests[sent++ % requests.length]!);
    };
    for (let i = 0; i < Math.min(connections, count); i++) {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      sockets.push(socket);
      const answers = new AnswerReader((problem) => {
        if (problem !== undefined) return end(new Error(problem));
        if (++answered === count) return end();
        next(socket);
      });
      socket.on('connect', () => next(socket));
      socket.on('data', (chunk: Buffer) => answers.push(chunk));
      socket.on('error', end);
      socket.on('end', () => end(new Error('the server closed a connection')));
    }
  });
}

const headEnd = Buffer.from('\r\n\r\n');

/** Reads just enough of answers to know where each ends and that it was 200. */
class AnswerReader {
  readonly #onAnswer: (problem: string | undefined) => void;
  #pending: Buffer = Buffer.alloc(0);

  constructor(onAnswer: (problem: string | undefined) => void) {
    this.#onAnswer = onAnswer;
  }

  push(chunk: Buffer): void {
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    for (;;) {
      const end = this.#pending.indexOf(headEnd);
      if (end < 0) return;
      const head = this.#pending.toString('latin1', 0, end);
      const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
      if (length === undefined) return this.#onAnswer('an answer without Content-Length');
      const whole = end + headEnd.length + Number(length);
      if (this.#pending.length < whole) return;
      const problem = head.startsWith('HTTP/1.1 200 ') ? undefined : this.#pending.toString('utf8', 0, whole);
      this.#pending = this.#pending.subarray(whole);
      this.#onAnswer(problem);
    }
  }
}
