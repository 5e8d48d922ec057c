/** Where log lines go: gathered, and written to stderr some dozens at a time. */
import sonicBoom from 'sonic-boom';
import { limits } from './limits.ts';

/** What every line of the log is handed to, so that they stay in order. */
export interface LogOutput {
  write(line: string): void;
  flush(done?: () => void): void;
}

/** Lines gathered until there are enough of them or time is up. */
export class GatheredLines implements LogOutput {
  readonly #destination: { write(text: string): unknown };
  #lines: string[] = [];
  #length = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(destination: { write(text: string): unknown }) {
    this.#destination = destination;
  }

  write(line: string): void {
    this.#lines.push(line);
    this.#length += line.length;
    if (this.#length >= limits.logFlushLength) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), limits.logFlushMs).unref();
  }

  flush(done?: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#length > 0) this.#destination.write(this.#lines.join(''));
    this.#lines = [];
    this.#length = 0;
    done?.();
  }
}

/** The process's standard error. What is still gathered when the process ends is written then. */
export function standardError(): LogOutput {
  const destination = new sonicBoom.SonicBoom({ fd: 2, sync: false });
  const lines = new GatheredLines(destination);
  process.once('exit', () => {
    lines.flush();
    destination.flushSync();
  });
  return lines;
}
