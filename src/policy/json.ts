/** A JSON reader for policies: keeps positions, refuses duplicate keys, and has a limit for everything. Source: RFC 8259. */

interface Placed { readonly offset: number }
export interface JsonObjectNode extends Placed { readonly type: 'object'; readonly members: ReadonlyMap<string, JsonNode> }
export interface JsonArrayNode extends Placed { readonly type: 'array'; readonly items: readonly JsonNode[] }
export interface JsonStringNode extends Placed { readonly type: 'string'; readonly value: string; /** Behind the closing quote. */ readonly end: number }
/** A number keeps the text it was written in; `true`, `false` and `null` theirs. */
export interface JsonWordNode extends Placed { readonly type: 'number' | 'boolean' | 'null'; readonly value: string }
export type JsonNode = JsonObjectNode | JsonArrayNode | JsonStringNode | JsonWordNode;

/** The longest text and the deepest nesting that is read. A policy that is handed in has at most 131,072 characters (CreatePolicy, PolicyDocument, IAM API Reference); one that AWS manages has more. */
export const jsonLengthMax = 262_144;
export const jsonDepthMax = 32;

export class JsonError extends Error {
  override readonly name = 'JsonError';
  /** In UTF-16 units. */
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** The one value that the text holds. Throws JsonError. */
export function readJson(text: string): JsonNode {
  if (text.length > jsonLengthMax) throw new JsonError(`longer than ${jsonLengthMax} characters`, jsonLengthMax);
  const reader = new Reader(text);
  const node = reader.value(0);
  reader.end();
  return node;
}

const escapes: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const numberStart = /[-0-9]/;
const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const word = /true|false|null/y;

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): JsonNode {
    if (depth > jsonDepthMax) throw new JsonError(`nested deeper than ${jsonDepthMax}`, this.#at);
    this.#space();
    const start = this.#text[this.#at];
    if (start === '{') return this.#object(depth);
    if (start === '[') return this.#array(depth);
    if (start === '"') return this.#stringNode();
    if (start !== undefined && numberStart.test(start)) return { type: 'number', offset: this.#at, value: this.#match(number) };
    const offset = this.#at;
    const value = this.#match(word);
    return { type: value === 'null' ? 'null' : 'boolean', offset, value };
  }

  end(): void {
    this.#space();
    if (this.#at < this.#text.length) throw new JsonError('something follows the value', this.#at);
  }

  #object(depth: number): JsonObjectNode {
    const offset = this.#at++;
    const members = new Map<string, JsonNode>();
    if (this.#skip('}')) return { type: 'object', offset, members };
    do {
      this.#space();
      const keyAt = this.#at;
      const key = this.#string();
      if (members.has(key)) throw new JsonError('a key stands twice', keyAt);
      this.#expect(':');
      members.set(key, this.value(depth + 1));
    } while (this.#skip(','));
    this.#expect('}');
    return { type: 'object', offset, members };
  }

  #array(depth: number): JsonArrayNode {
    const offset = this.#at++;
    const items: JsonNode[] = [];
    if (this.#skip(']')) return { type: 'array', offset, items };
    do items.push(this.value(depth + 1)); while (this.#skip(','));
    this.#expect(']');
    return { type: 'array', offset, items };
  }

  #stringNode(): JsonStringNode {
    const offset = this.#at;
    const value = this.#string();
    return { type: 'string', offset, value, end: this.#at };
  }

  #string(): string {
    const start = this.#at;
    if (this.#text[this.#at] !== '"') throw new JsonError('a string is expected', start);
    this.#at++;
    let value = '';
    let from = this.#at;
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (Number.isNaN(code)) throw new JsonError('a string does not end', start);
      if (code < 0x20) throw new JsonError('a control character stands in a string', this.#at);
      if (code === 0x22) break;
      if (code === 0x5c) {
        value += this.#text.slice(from, this.#at) + this.#escape();
        from = this.#at;
      } else this.#at++;
    }
    value += this.#text.slice(from, this.#at++);
    if (!value.isWellFormed()) throw new JsonError('half of a surrogate pair stands alone', start);
    return value;
  }

  #escape(): string {
    const letter = this.#text[this.#at + 1] ?? '';
    if (letter === 'u') {
      const hex = this.#text.slice(this.#at + 2, this.#at + 6);
      if (!/^[0-9a-fA-F]{4}$/.test(hex)) throw new JsonError('not four hexadecimal digits', this.#at);
      this.#at += 6;
      return String.fromCharCode(Number.parseInt(hex, 16));
    }
    if (!Object.hasOwn(escapes, letter)) throw new JsonError('no such escape', this.#at);
    this.#at += 2;
    return escapes[letter]!;
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined) throw new JsonError('a value is expected', this.#at);
    this.#at += found.length;
    return found;
  }

  #space(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.#at++;
    }
  }

  #skip(mark: string): boolean {
    this.#space();
    if (this.#text[this.#at] !== mark) return false;
    this.#at++;
    return true;
  }

  #expect(mark: string): void {
    if (!this.#skip(mark)) throw new JsonError(`\`${mark}\` is expected`, this.#at);
  }
}
