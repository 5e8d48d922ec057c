/** Messages of PostgreSQL's protocol, version 3, as both ends of it write them. Source: PostgreSQL documentation, "Frontend/Backend Protocol", "Message Formats". */

/** A message: its type's letter and what follows its length. */
export interface Message { readonly type: string; readonly body: Buffer }

export class ProtocolBroken extends Error {
  override readonly name = 'ProtocolBroken';
}

/** Bytes that come in pieces, taken apart into messages. */
export class MessageReader {
  readonly #bytesMax: number;
  #held: Buffer = Buffer.alloc(0);

  /** A longer message is refused before it is held. */
  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  push(bytes: Uint8Array): void {
    this.#held = this.#held.length === 0 ? Buffer.from(bytes) : Buffer.concat([this.#held, bytes]);
  }

  /** The next whole message; undefined while there is none. Throws ProtocolBroken. */
  next(): Message | undefined {
    if (this.#held.length < 5) return undefined;
    const length = this.#checked(this.#held.readUInt32BE(1));
    if (this.#held.length < length + 1) return undefined;
    const message = { type: String.fromCharCode(this.#held[0]!), body: this.#held.subarray(5, length + 1) };
    this.#held = this.#held.subarray(length + 1);
    return message;
  }

  /** The first packet of a connection, which has no type. */
  nextStartup(): Buffer | undefined {
    if (this.#held.length < 4) return undefined;
    const length = this.#checked(this.#held.readUInt32BE(0));
    if (this.#held.length < length) return undefined;
    const body = this.#held.subarray(4, length);
    this.#held = this.#held.subarray(length);
    return body;
  }

  /** What was pushed and not taken. */
  rest(): Buffer {
    const rest = this.#held;
    this.#held = Buffer.alloc(0);
    return rest;
  }

  #checked(length: number): number {
    if (length < 4 || length > this.#bytesMax) throw new ProtocolBroken(`a message of ${length} bytes`);
    return length;
  }
}

export function message(type: string, ...parts: readonly (string | Uint8Array)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
  const head = Buffer.alloc(5);
  head.write(type, 'latin1');
  head.writeUInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

export const int32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};

/** Text and the zero that ends it. */
export const cString = (text: string): Buffer => Buffer.from(`${text}\0`);

/** The codes that a first packet begins with. */
export const startupCodes = { protocol3: 196_608, cancel: 80_877_102, ssl: 80_877_103, gss: 80_877_104 } as const;

/** What a client begins with. */
export interface Startup {
  /** Of version 3, as the client would have it. */
  readonly minorVersion: number;
  /** Names and values, in order. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Options of the protocol itself (`_pq_.…`). */
  readonly protocolOptions: readonly string[];
}

/** Undefined where it is none of version 3. */
export function readStartup(body: Buffer): Startup | undefined {
  if (body.length < 5 || body.readUInt16BE(0) !== 3 || body.at(-1) !== 0) return undefined;
  const texts = body.subarray(4, -1).toString('utf8').split('\0');
  // The last pair ends with a zero of its own.
  if (texts.at(-1) === '') texts.pop();
  if (texts.length % 2 === 1) return undefined;
  const parameters = new Map<string, string>();
  const protocolOptions: string[] = [];
  for (let i = 0; i < texts.length; i += 2) {
    const name = texts[i]!;
    if (parameters.has(name)) return undefined;
    if (name.startsWith('_pq_.')) protocolOptions.push(name);
    else parameters.set(name, texts[i + 1]!);
  }
  return { minorVersion: body.readUInt16BE(2), parameters, protocolOptions };
}

/** Says to a client which version there is instead of the one that it would have, and which of its options there are not. Source: PostgreSQL documentation, "Message Formats", NegotiateProtocolVersion. */
export const negotiateVersion = (minorVersion: number, unknownOptions: readonly string[]): Buffer => message('v', int32(startupCodes.protocol3 + minorVersion), int32(unknownOptions.length), ...unknownOptions.map(cString));

export function startupPacket(parameters: ReadonlyMap<string, string>, minorVersion: number): Buffer {
  const body = Buffer.concat([int32(startupCodes.protocol3 + minorVersion), ...[...parameters].flatMap(([name, value]) => [cString(name), cString(value)]), Buffer.of(0)]);
  return Buffer.concat([int32(body.length + 4), body]);
}

export interface ErrorFields { readonly severity: string; readonly code: string; readonly message: string; readonly detail?: string | undefined }

export function errorMessage({ severity, code, message: text, detail }: ErrorFields): Buffer {
  const fields = [['S', severity], ['V', severity], ['C', code], ['M', text], ...(detail === undefined ? [] : [['D', detail]])];
  return message('E', ...fields.map(([letter, value]) => cString(`${letter}${value!.replaceAll('\0', '')}`)), Buffer.of(0));
}

export function readError(body: Buffer): ErrorFields {
  const fields = new Map(body.toString('utf8').split('\0').filter((field) => field !== '').map((field) => [field[0]!, field.slice(1)]));
  return { severity: fields.get('V') ?? fields.get('S') ?? 'ERROR', code: fields.get('C') ?? 'XX000', message: fields.get('M') ?? 'unknown', detail: fields.get('D') };
}
