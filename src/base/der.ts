/** DER, read strictly and written: the one encoding that certificates have. Source: ITU-T X.690, sections 8 and 10. */

/** The tags that certificates use. */
export const tags = {
  boolean: 0x01, integer: 0x02, bitString: 0x03, octetString: 0x04, null: 0x05, oid: 0x06, enumerated: 0x0a, utf8String: 0x0c, sequence: 0x30, set: 0x31,
  printableString: 0x13, teletexString: 0x14, ia5String: 0x16, utcTime: 0x17, generalizedTime: 0x18, universalString: 0x1c, bmpString: 0x1e,
} as const;

/** The tag [number] of a field whose meaning is its place; `isConstructed` where other values are in it. */
export const contextTag = (number: number, isConstructed: boolean): number => 0x80 | (isConstructed ? 0x20 : 0) | number;

/** The bytes are no DER, or not what is expected there. */
export class DerBroken extends Error {
  override readonly name = 'DerBroken';
}

const broken = (why: string): DerBroken => new DerBroken(why);

/** One value: its tag, what is in it, and all of its bytes. */
export interface DerValue { readonly tag: number; readonly content: Uint8Array; readonly bytes: Uint8Array }

/** The one value that the bytes are. Throws DerBroken, here as everywhere below. */
export function readDer(bytes: Uint8Array, tag?: number): DerValue {
  const reader = new DerReader(bytes);
  const value = reader.next(tag);
  reader.end();
  return value;
}

/** Reads the values that stand one after the other in some bytes. */
export class DerReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  /** The tag of what comes next, undefined at the end. */
  peek(): number | undefined {
    return this.#bytes[this.#at];
  }

  next(tag?: number): DerValue {
    const start = this.#at;
    const found = this.#byte();
    // Source: X.690 section 8.1.2.4: tags beyond 30, which nothing in a certificate has.
    if ((found & 0x1f) === 0x1f) throw broken('a tag of several bytes');
    if (tag !== undefined && found !== tag) throw broken(`the tag ${found} where ${tag} is expected`);
    const length = this.#length();
    const end = this.#at + length;
    if (end > this.#bytes.length) throw broken('a value that is longer than what it is in');
    const content = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return { tag: found, content, bytes: this.#bytes.subarray(start, end) };
  }

  /** What comes next if it has this tag. */
  optional(tag: number): DerValue | undefined {
    return this.peek() === tag ? this.next() : undefined;
  }

  end(): void {
    if (!this.isAtEnd) throw broken('more than is expected');
  }

  #byte(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw broken('bytes are missing');
    return byte;
  }

  /** Definite, and no longer than it must be. Source: X.690 section 10.1. */
  #length(): number {
    const first = this.#byte();
    if (first < 0x80) return first;
    const count = first & 0x7f;
    if (count === 0 || count > 4) throw broken('a length that DER does not have');
    let length = 0;
    for (let i = 0; i < count; i++) length = length * 256 + this.#byte();
    if (length < 0x80 || length < 256 ** (count - 1)) throw broken('a length in more bytes than it needs');
    return length;
  }
}

/** All values in a sequence or set. */
export function children(value: DerValue): readonly DerValue[] {
  const reader = new DerReader(value.content);
  const found: DerValue[] = [];
  while (!reader.isAtEnd) found.push(reader.next());
  return found;
}

/** The bytes of an integer, in two's complement, as few as it needs. */
export function integerBytes({ tag, content }: DerValue): Uint8Array {
  if (tag !== tags.integer || content.length === 0) throw broken('no integer');
  if (content.length > 1 && ((content[0] === 0 && content[1]! < 0x80) || (content[0] === 0xff && content[1]! >= 0x80))) throw broken('an integer in more bytes than it needs');
  return content;
}

/** A number that counts something: from 0 to 2^31. */
export function smallInteger(value: DerValue): number {
  const bytes = integerBytes(value);
  if (bytes[0]! >= 0x80 || bytes.length > 4) throw broken('a number that is out of range');
  return bytes.reduce((number, byte) => number * 256 + byte, 0);
}

export function boolean({ tag, content }: DerValue): boolean {
  // Source: X.690 section 11.1: true is 255.
  if (tag !== tags.boolean || content.length !== 1 || (content[0] !== 0 && content[0] !== 0xff)) throw broken('no truth value');
  return content[0] === 0xff;
}

/** The bytes of a string of bits that fills them. */
export function wholeBitString(value: DerValue): Uint8Array {
  const { unused, bytes } = bitString(value);
  if (unused !== 0) throw broken('bits that do not fill their bytes');
  return bytes;
}

export function bitString({ tag, content }: DerValue): { readonly unused: number; readonly bytes: Uint8Array } {
  const unused = content[0];
  if (tag !== tags.bitString || unused === undefined || unused > 7 || (content.length === 1 && unused > 0)) throw broken('no string of bits');
  const bytes = content.subarray(1);
  if (unused > 0 && (bytes.at(-1)! & ((1 << unused) - 1)) !== 0) throw broken('unused bits that are set');
  return { unused, bytes };
}

/** `1.2.840.113549` */
export function oid({ tag, content }: DerValue): string {
  if (tag !== tags.oid || content.length === 0 || content.length > 64 || content.at(-1)! >= 0x80) throw broken('no object identifier');
  const arcs: number[] = [];
  let arc = 0;
  let isFirstByte = true;
  for (const byte of content) {
    if (isFirstByte && byte === 0x80) throw broken('an object identifier in more bytes than it needs');
    arc = arc * 128 + (byte & 0x7f);
    if (!Number.isSafeInteger(arc)) throw broken('an object identifier that is out of range');
    isFirstByte = byte < 0x80;
    if (isFirstByte) {
      arcs.push(arc);
      arc = 0;
    }
  }
  const [first = 0, ...rest] = arcs;
  const root = Math.min(2, Math.floor(first / 40));
  return [root, first - root * 40, ...rest].join('.');
}

/** A value of that tag around the contents. */
export function encode(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const length = contents.reduce((sum, { length: one }) => sum + one, 0);
  const lengthBytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) lengthBytes.unshift(rest % 256);
  const head = length < 0x80 ? [tag, length] : [tag, 0x80 | lengthBytes.length, ...lengthBytes];
  return Buffer.concat([Buffer.from(head), ...contents]);
}

export const encodeSequence = (...parts: readonly Uint8Array[]): Uint8Array => encode(tags.sequence, ...parts);

/** A set's values stand in the order of their bytes. Source: X.690 section 11.6. */
export const encodeSet = (...parts: readonly Uint8Array[]): Uint8Array => encode(tags.set, ...[...parts].sort(Buffer.compare));

/** A number from 0 on that is written in these bytes, most significant first. */
export function encodeUnsigned(bytes: Uint8Array): Uint8Array {
  const start = bytes.findIndex((byte) => byte !== 0);
  const needed = start < 0 ? Uint8Array.of(0) : bytes.subarray(start);
  return encode(tags.integer, needed[0]! >= 0x80 ? Uint8Array.of(0) : new Uint8Array(), needed);
}

export function encodeSmallInteger(number: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(number);
  return encodeUnsigned(bytes);
}

export const encodeBoolean = (value: boolean): Uint8Array => encode(tags.boolean, Uint8Array.of(value ? 0xff : 0));

export const encodeBitString = (bytes: Uint8Array, unused = 0): Uint8Array => encode(tags.bitString, Uint8Array.of(unused), bytes);

export function encodeOid(text: string): Uint8Array {
  const [root = 0, second = 0, ...rest] = text.split('.').map(Number);
  return encode(tags.oid, Buffer.from([root * 40 + second, ...rest].flatMap((arc) => {
    const bytes = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) bytes.unshift(0x80 | (left % 128));
    return bytes;
  })));
}

export const encodeText = (tag: number, text: string): Uint8Array => encode(tag, Buffer.from(text, tag === tags.utf8String ? 'utf8' : 'latin1'));
