/** Where log lines go: gathered, and written to stderr some dozens at a time. */
import sonicBoom from 'sonic-boom';
import { limits } from './limits.ts';
import { LineBuffer } from './line-buffer.ts';

/** What every line of the log is handed to, so that they stay in order. */
export interface LogOutput {
  write(line: string): void;
  flush(done?: () => void): void;
}

/** Lines gathered until there are enough of them or time is up. */
export class GatheredLines implements LogOutput {
  readonly #destination: { write(bytes: Buffer): unknown };
  readonly #lines = new LineBuffer(limits.logFlushBytes + limits.lineBytesUsual);
  #timer: NodeJS.Timeout | undefined;

  constructor(destination: { write(bytes: Buffer): unknown }) {
    this.#destination = destination;
  }

  write(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length >= limits.logFlushBytes) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), limits.logFlushMs).unref();
  }

  flush(done?: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#lines.length > 0) this.#destination.write(this.#lines.take());
    done?.();
  }
}

/** The process's standard error. What is still gathered when the process ends is written then. */
export function standardError(): LogOutput {
  const destination = new sonicBoom.SonicBoom({ fd: 2, sync: false, contentMode: 'buffer', maxLength: limits.logWaitingBytesMax });
  // Whoever read it is gone, or reads no more: what he would have read is dropped, and what is served goes on. The record is the audit log.
  destination.on('error', () => {});
  // Its types know of text only; told that its content are bytes, it takes bytes. Source: sonic-boom, README, contentMode.
  const lines = new GatheredLines({ write: (bytes) => destination.write(bytes as unknown as string) });
  process.once('exit', () => {
    lines.flush();
    try {
      destination.flushSync();
    } catch {
      // As above.
    }
  });
  return lines;
}
