/** What a machine writes to its console, line by line, on its way to CloudWatch Logs: bounded in memory where the log is slow, and in bytes a day. */
import { StringDecoder } from 'node:string_decoder';
import { machineLimits } from './limits.ts';

export interface ConsoleLine { readonly timestamp: number; readonly message: string }

/** Resolves when the lines are kept. */
export type KeepLines = (lines: readonly ConsoleLine[]) => Promise<void>;

const dayMs = 86_400_000;

export class ConsoleLines {
  readonly #keep: KeepLines;
  readonly #clock: () => number;
  readonly #warn: (message: string, cause: unknown) => void;
  readonly #decoder = new StringDecoder('utf8');
  #begun = '';
  #lines: ConsoleLine[] = [];
  #waiting = 0;
  #keeping: Promise<void> | undefined;
  #keptAt = 0;
  #day = 0;
  #today = 0;

  constructor(keep: KeepLines, clock: () => number, warn: (message: string, cause: unknown) => void) {
    this.#keep = keep;
    this.#clock = clock;
    this.#warn = warn;
  }

  /** Whether so much waits that whoever writes should wait, too. */
  get isFull(): boolean {
    return this.#waiting > machineLimits.consoleWaitingBytes;
  }

  add(bytes: Uint8Array): void {
    const lines = (this.#begun + this.#decoder.write(Buffer.from(bytes))).split('\n');
    this.#begun = lines.pop()!;
    for (const line of lines) this.#push(line);
    // A line without end is cut, so that it cannot grow for ever.
    while (this.#begun.length > machineLimits.consoleLineLength) {
      this.#push(this.#begun.slice(0, machineLimits.consoleLineLength));
      this.#begun = this.#begun.slice(machineLimits.consoleLineLength);
    }
  }

  /** Hands on what there is, unless that was done just now or is being done. */
  turn(): void {
    if (this.#keeping || this.#lines.length === 0 || this.#clock() - this.#keptAt < machineLimits.consoleKeepMs) return;
    this.#send();
  }

  /** The last line has no end. Resolves when all is kept, or cannot be. */
  async close(): Promise<void> {
    this.#push(this.#begun + this.#decoder.end());
    this.#begun = '';
    await this.#keeping;
    this.#send();
    await this.#keeping;
  }

  #push(line: string): void {
    const message = line.replace(/\r$/, '');
    if (message === '') return;
    const timestamp = this.#clock();
    const day = Math.floor(timestamp / dayMs);
    if (day !== this.#day) [this.#day, this.#today] = [day, 0];
    const before = this.#today;
    this.#today += message.length;
    if (before > machineLimits.consoleBytesPerDay) return;
    const isLast = this.#today > machineLimits.consoleBytesPerDay;
    this.#lines.push({ timestamp, message: isLast ? 'The console wrote more than is kept in a day: what follows is left out until midnight (UTC).' : message });
    this.#waiting += message.length;
  }

  #send(): void {
    if (this.#lines.length === 0) return;
    const lines = this.#lines;
    const bytes = this.#waiting;
    this.#lines = [];
    this.#keptAt = this.#clock();
    this.#keeping = this.#keep(lines)
      .catch((cause: unknown) => this.#warn(`${lines.length} lines of an instance's console could not be kept in its log`, cause))
      .finally(() => {
        this.#waiting -= bytes;
        this.#keeping = undefined;
      });
  }
}
