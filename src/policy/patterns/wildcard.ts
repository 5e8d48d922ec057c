/** Wildcard patterns: `*` any run, `?` one character, everything else itself. Whatever the pattern, matching takes a few passes over the text, never a search of all ways to match. */
import type { Budget } from '../budget.ts';
import { HoledText } from './holed-text.ts';

/** What stands between two `*`: text, or text in which some characters may be any. */
export type Piece = string | HoledText;

const none: readonly Piece[] = [];

/** A pattern taken apart at its `*`. */
export class Glob {
  /** Before the first `*`; all there is, where there is no `*`. */
  readonly head: Piece;
  /** Between the `*`s, in order; none is empty. */
  readonly middle: readonly Piece[];
  /** Behind the last `*`; undefined where there is no `*`. */
  readonly tail: Piece | undefined;

  /** What stands between the `*`s: one piece more than there are `*`s. */
  constructor(pieces: readonly Piece[]) {
    this.head = pieces[0]!;
    this.tail = pieces.length > 1 ? pieces.at(-1) : undefined;
    this.middle = pieces.length > 2 ? pieces.slice(1, -1).filter(({ length }) => length > 0) : none;
  }

  /** What stands behind that many colons of every text that matches, as far as the next wildcard; nothing where that is not known. */
  behindColons(count: number): string {
    return behindColons([this.head, ...this.middle, this.tail], count);
  }

  /** It has no variables that could stand for nothing. */
  isResolved(): boolean {
    return true;
  }

  resolve(): Glob {
    return this;
  }

  /** Whether the whole of `text` from `start` to `end` matches. */
  matches(text: string, start: number, end: number, budget: Budget): boolean {
    const { head, middle, tail } = this;
    if (tail === undefined) return head.length === end - start && standsAt(head, text, start);
    const from = start + head.length;
    const to = end - tail.length;
    if (from > to || !standsAt(head, text, start) || !standsAt(tail, text, to)) return false;
    return middle.length === 0 || standsBetween(middle, text, from, to, budget);
  }
}

/** A pattern without variables. */
export const globOf = (pattern: string): Glob => new Glob(pattern.split('*').map((piece) => (piece.includes('?') ? HoledText.of(piece) : piece)));

/** What is left of the texts behind that many of their colons, up to the end of one; nothing where something else stands before. */
export function behindColons(items: readonly unknown[], count: number): string {
  let left = count;
  for (const item of items) {
    if (typeof item !== 'string') return '';
    let at = 0;
    for (; left > 0; left--) {
      const colon = item.indexOf(':', at);
      if (colon < 0) break;
      at = colon + 1;
    }
    if (left === 0) return item.slice(at);
  }
  return '';
}

export const standsAt = (piece: Piece, text: string, at: number): boolean => (typeof piece === 'string' ? piece.length === 0 || text.startsWith(piece, at) : piece.standsAt(text, at));

/** Whether the pieces follow each other from `from` to `to`. Each is taken where it first stands: that leaves most room to the next, so no other place needs to be tried. */
function standsBetween(pieces: readonly Piece[], text: string, from: number, to: number, budget: Budget): boolean {
  let at = from;
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      const found = text.indexOf(piece, at);
      budget.spend(1 + (((found < 0 ? text.length : found) - at) >> 5));
      at = found;
    } else at = piece.find(text, at, to, budget);
    if (at < 0) return false;
    at += piece.length;
    if (at > to) return false;
  }
  return true;
}
