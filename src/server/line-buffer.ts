/** Lines that wait to be written, as bytes outside the heap: kept as strings they would be copied by each collection of garbage until they are written. */
export class LineBuffer {
  readonly #usualBytes: number;
  #bytes: Buffer;
  #length = 0;

  /** `usualBytes` are kept at hand; more are had when there are more lines. */
  constructor(usualBytes: number) {
    this.#usualBytes = usualBytes;
    this.#bytes = Buffer.allocUnsafeSlow(usualBytes);
  }

  /** How many bytes wait. */
  get length(): number {
    return this.#length;
  }

  push(line: string): void {
    // No UTF-16 unit takes more than three bytes.
    this.#reserve(line.length * 3);
    this.#length += this.#bytes.write(line, this.#length);
  }

  /** Puts bytes before all that wait. */
  unshift(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.copyWithin(bytes.length, 0, this.#length);
    this.#bytes.set(bytes);
    this.#length += bytes.length;
  }

  /** All that waits, which is the caller's from then on. */
  take(): Buffer {
    const taken = this.#bytes.subarray(0, this.#length);
    this.#bytes = Buffer.allocUnsafeSlow(this.#usualBytes);
    this.#length = 0;
    return taken;
  }

  #reserve(bytes: number): void {
    const needed = this.#length + bytes;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.#bytes.length));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}
