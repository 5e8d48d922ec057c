/** Git's lines on the wire: four digits of length, then so many bytes. Source: gitprotocol-common(5), "pkt-line Format". */

export const flush = 'flush';

export class MalformedPacket extends Error {
  override readonly name = 'MalformedPacket';
}

/** A line with its length before it. */
export function packet(payload: string | Uint8Array): Buffer {
  const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload;
  return Buffer.concat([Buffer.from((bytes.length + 4).toString(16).padStart(4, '0')), bytes]);
}

export const flushPacket: Buffer = Buffer.from('0000');

/** The longest payload of a line. */
export const payloadBytesMax = 65_516;

/** Lines at the beginning of a stream that goes on otherwise. */
export class PacketReader {
  readonly #source: AsyncIterator<Uint8Array>;
  readonly #bytesMax: number;
  #held: Buffer = Buffer.alloc(0);
  #taken = 0;

  /** More than `bytesMax` bytes of lines are refused. */
  constructor(source: AsyncIterator<Uint8Array>, bytesMax: number) {
    this.#source = source;
    this.#bytesMax = bytesMax;
  }

  /** The next line's payload, `flush`, or undefined where the stream has ended. Throws MalformedPacket. */
  async next(): Promise<Buffer | typeof flush | undefined> {
    const head = await this.#take(4, true);
    if (!head) return undefined;
    const text = head.toString('latin1');
    if (!/^[0-9a-f]{4}$/i.test(text)) throw new MalformedPacket('a line of the Git protocol begins with its length');
    const length = Number.parseInt(text, 16);
    if (length === 0) return flush;
    if (length < 4) throw new MalformedPacket(`a line of the Git protocol cannot have the length ${length}`);
    return (await this.#take(length - 4, false))!;
  }

  /** What has been read beyond the lines that were taken. */
  rest(): Buffer {
    return this.#held;
  }

  async #take(length: number, mayEnd: boolean): Promise<Buffer | undefined> {
    this.#taken += length;
    if (this.#taken > this.#bytesMax) throw new MalformedPacket(`more than ${this.#bytesMax} bytes of commands`);
    while (this.#held.length < length) {
      const { done, value } = await this.#source.next();
      if (done) {
        if (mayEnd && this.#held.length === 0) return undefined;
        throw new MalformedPacket('the stream ends within a line');
      }
      this.#held = this.#held.length === 0 ? Buffer.from(value) : Buffer.concat([this.#held, value]);
    }
    const taken = this.#held.subarray(0, length);
    this.#held = this.#held.subarray(length);
    return taken;
  }
}
