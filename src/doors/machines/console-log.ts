/** What a machine writes to its console: the end of it kept, in memory and in a file, and its writer held back where it writes without end. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import type { ConsoleLines } from './console-lines.ts';
import { machineLimits } from './limits.ts';

export interface ConsoleOutput { readonly bytes: Uint8Array; readonly at: number }

/** What an earlier machine, or an earlier process, left in the file; undefined where nothing did. */
export function readConsole(file: string): ConsoleOutput | undefined {
  try {
    return { bytes: readFileSync(file), at: Math.floor(statSync(file).mtimeMs) };
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return undefined;
    throw thrown;
  }
}

export class ConsoleLog {
  readonly #file: string;
  readonly #clock: () => number;
  readonly #warn: (message: string, cause: unknown) => void;
  readonly #lines: ConsoleLines | undefined;
  readonly #turn: NodeJS.Timeout;
  readonly #held = new Set<Readable>();
  #bytes: Buffer;
  #at: number;
  #isWritten = true;
  #isFailing = false;
  #inTurn = 0;

  /** Goes on behind what is in the file; `lines` has each line from now on. */
  constructor(file: string, { clock, warn }: { readonly clock: () => number; readonly warn: (message: string, cause: unknown) => void }, lines?: ConsoleLines) {
    const before = readConsole(file);
    this.#file = file;
    this.#clock = clock;
    this.#warn = warn;
    this.#lines = lines;
    this.#bytes = Buffer.from(before?.bytes ?? []);
    this.#at = before?.at ?? clock();
    this.#turn = setInterval(() => this.#nextTurn(), machineLimits.consoleTurnMs);
    this.#turn.unref();
  }

  get output(): ConsoleOutput {
    return { bytes: this.#bytes, at: this.#at };
  }

  follow(stream: Readable): void {
    stream.on('data', (bytes: Buffer) => {
      this.add(bytes);
      this.#inTurn += bytes.length;
      if (this.#inTurn < machineLimits.consoleBytesPerTurn && !this.#lines?.isFull) return;
      stream.pause();
      this.#held.add(stream);
    });
  }

  add(bytes: Uint8Array): void {
    this.#bytes = Buffer.concat([this.#bytes, bytes]).subarray(-machineLimits.consoleBytes);
    this.#at = this.#clock();
    this.#isWritten = false;
    this.#lines?.add(bytes);
  }

  /** Resolves when its lines are kept. */
  async close(): Promise<void> {
    clearInterval(this.#turn);
    this.#write();
    await this.#lines?.close();
  }

  #nextTurn(): void {
    this.#inTurn = 0;
    this.#lines?.turn();
    if (!this.#lines?.isFull) {
      for (const stream of this.#held) stream.resume();
      this.#held.clear();
    }
    this.#write();
  }

  /** A disk that takes nothing costs the file, not the process: the timer that calls has nobody to tell. */
  #write(): void {
    if (this.#isWritten) return;
    try {
      writeFileSync(this.#file, this.#bytes, { mode: 0o600 });
      this.#isWritten = true;
      this.#isFailing = false;
    } catch (cause) {
      if (!this.#isFailing) this.#warn('the console of a machine could not be written to its file; it is kept in memory, and tried again', cause);
      this.#isFailing = true;
    }
  }
}
