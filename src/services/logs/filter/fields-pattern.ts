/** Patterns for messages whose fields stand between spaces: `[ip, user, ..., status = 4*, bytes > 1000]`. Source: "Using filter patterns to match terms in space-delimited log events". */
import { readComparison } from './comparison.ts';
import type { Counted } from './comparison.ts';
import { readConditions } from './condition.ts';
import type { Matches } from './pattern.ts';
import { PatternRefused, Scanner } from './scanner.ts';

/** What a field must be; undefined where it only has to be there. */
type Field = ((value: string) => boolean) | undefined;

export function fieldsPattern(pattern: string): Matches {
  const scanner = new Scanner(pattern);
  const counted: Counted = { regexes: 0 };
  const fields: Field[] = [];
  /** How many fields stand before the ellipsis. */
  let open: number | undefined;
  scanner.takes('[');
  do {
    scanner.skipSpace();
    if (scanner.takes('...')) {
      if (open !== undefined) throw new PatternRefused('A filter pattern can have one ellipsis');
      open = fields.length;
    } else fields.push(readField(scanner, counted));
    scanner.skipSpace();
  } while (scanner.takes(','));
  if (!scanner.takes(']') || !scanner.isAtEnd) throw scanner.refusal('`,`, or `]` at the end');
  return (message) => matches(fields, open, message);
}

/** A name, with conditions of its own or without; the last may be left blank. */
function readField(scanner: Scanner, counted: Counted): Field {
  if (/^(?:,|\])/.test(scanner.text.slice(scanner.at))) return undefined;
  const begun = scanner.at;
  const name = scanner.take(/\w+/y);
  scanner.skipSpace();
  if (name !== undefined && /^(?:,|\])/.test(scanner.text.slice(scanner.at))) return undefined;
  scanner.at = begun;
  let own: string | undefined;
  return readConditions<string>(scanner, (at) => {
    const named = at.take(/\w+/y);
    if (named === undefined) throw at.refusal("a field's name");
    if ((own ??= named) !== named) throw new PatternRefused(`A condition on ${named} stands in the place of the field ${own}`);
    at.skipSpace();
    return readComparison(at, counted);
  });
}

function matches(fields: readonly Field[], open: number | undefined, message: string): boolean {
  const found = split(message);
  if (found.length < fields.length) return false;
  const values = open === undefined ? withRest(found, fields.length, message) : [...found.slice(0, open), ...found.slice(found.length - (fields.length - open))].map(({ text }) => text);
  return fields.every((holds, i) => holds === undefined || holds(values[i]!));
}

interface FoundField { readonly text: string; readonly start: number }

/** The last field takes what is left of the message. Source: the page's `[w1=ERROR, w2]`, which takes messages of seven words. */
function withRest(found: readonly FoundField[], count: number, message: string): readonly string[] {
  const values = found.slice(0, count).map(({ text }) => text);
  if (found.length > count) values[count - 1] = message.slice(found[count - 1]!.start).trim();
  return values;
}

/** What stands between brackets or quotation marks, spaces around them, is one field, without them. One pass: where a closing mark was looked for and is not, it is not looked for again. */
function split(message: string): readonly FoundField[] {
  const closing: Readonly<Record<string, Closing>> = { '[': new Closing(message, ']'), '"': new Closing(message, '"') };
  const fields: FoundField[] = [];
  for (let at = firstOf(notSpace, message, 0); at < message.length;) {
    const end = closing[message[at]!]?.after(at);
    if (end !== undefined && (end + 1 === message.length || space.test(message[end + 1]!))) {
      fields.push({ text: message.slice(at + 1, end), start: at });
      at = end + 1;
    } else {
      const wordEnd = firstOf(spaces, message, at);
      fields.push({ text: message.slice(at, wordEnd), start: at });
      at = wordEnd;
    }
    at = firstOf(notSpace, message, at);
  }
  return fields;
}

const space = /\s/;
const spaces = /\s/g;
const notSpace = /\S/g;

/** Where the first such character stands from there on; the text's length where none does. */
function firstOf(kind: RegExp, text: string, from: number): number {
  kind.lastIndex = from;
  return kind.exec(text)?.index ?? text.length;
}

class Closing {
  readonly #text: string;
  readonly #mark: string;
  #found = -1;

  constructor(text: string, mark: string) {
    this.#text = text;
    this.#mark = mark;
  }

  /** Where the next mark behind that place stands. Places are asked for in order. */
  after(at: number): number | undefined {
    if (this.#found <= at) {
      const next = this.#text.indexOf(this.#mark, at + 1);
      this.#found = next < 0 ? Infinity : next;
    }
    return this.#found === Infinity ? undefined : this.#found;
  }
}
