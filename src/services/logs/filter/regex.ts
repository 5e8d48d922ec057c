/** The regular expressions of filter patterns, matched in one pass over the text, without ever trying again. Source: "Supported regular expressions (regex) syntax" (CloudWatch Logs User Guide). */
import { PatternRefused } from './scanner.ts';

type Test = (code: number) => boolean;

/** One character to be matched: it may be left out, and it may be matched again. */
interface Element { readonly test: Test; readonly isOptional: boolean; readonly isRepeated: boolean }

interface Alternative { readonly elements: readonly Element[]; readonly isAtStart: boolean; readonly isAtEnd: boolean }

/** Characters of an expression when what is counted is written out. */
const elementsMax = 1_000;
/** Sets of places that are remembered with what follows them; then all are forgotten. */
const knownMax = 500;

/** Whether the expression is found in a text. Raises PatternRefused. */
export function compileRegex(source: string): (text: string) => boolean {
  const alternatives = new Reader(source).read();
  const automaton = new Automaton(alternatives);
  return (text) => automaton.isIn(text);
}

const symbols = ':_#=@/;,- ';
const operators = '^$?[]{}|\\*+.';
const isDigit: Test = (code) => code >= 48 && code <= 57;
const isWord: Test = (code) => isDigit(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;
const isSpace: Test = (code) => code === 32 || (code >= 9 && code <= 13);
const not = (test: Test): Test => (code) => !test(code);
const classes: Readonly<Record<string, Test>> = { d: isDigit, D: not(isDigit), s: isSpace, S: not(isSpace), w: isWord, W: not(isWord) };

class Reader {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  read(): readonly Alternative[] {
    if (this.#source === '') throw new PatternRefused('Invalid regular expression in the filter pattern: it is empty');
    const alternatives = [this.#alternative()];
    while (this.#takes('|')) alternatives.push(this.#alternative());
    if (this.#at < this.#source.length) throw this.#refusal();
    if (alternatives.reduce((sum, { elements }) => sum + elements.length, 0) > elementsMax) throw new PatternRefused('Invalid regular expression in the filter pattern: it is too large');
    return alternatives;
  }

  #alternative(): Alternative {
    const isAtStart = this.#takes('^');
    const elements: Element[] = [];
    while (this.#at < this.#source.length && !'|$'.includes(this.#source[this.#at]!)) {
      const test = this.#test();
      const { min, max } = this.#count();
      if (elements.length + (max === Infinity ? min : max) > elementsMax) throw new PatternRefused('Invalid regular expression in the filter pattern: it is too large');
      for (let i = 0; i < min; i++) elements.push({ test, isOptional: false, isRepeated: false });
      if (max === Infinity) elements.push({ test, isOptional: true, isRepeated: true });
      else for (let i = min; i < max; i++) elements.push({ test, isOptional: true, isRepeated: false });
    }
    const isAtEnd = this.#takes('$');
    if (elements.length === 0 && !isAtStart && !isAtEnd) throw this.#refusal();
    return { elements, isAtStart, isAtEnd };
  }

  #test(): Test {
    const char = this.#source[this.#at]!;
    if (this.#takes('.')) return () => true;
    if (this.#takes('[')) return this.#set();
    if (char === '\\') return this.#escape();
    if (!isPlain(char)) throw this.#refusal();
    this.#at++;
    return is(char.charCodeAt(0));
  }

  #escape(): Test {
    const hex = /^\\x([0-9a-f]{2})/i.exec(this.#source.slice(this.#at, this.#at + 4))?.[1];
    if (hex !== undefined) {
      this.#at += 4;
      return is(Number.parseInt(hex, 16));
    }
    const char = this.#source[this.#at + 1] ?? '';
    if (Object.hasOwn(classes, char)) {
      this.#at += 2;
      return classes[char]!;
    }
    if (char === '' || !(operators.includes(char) || symbols.includes(char))) throw this.#refusal();
    this.#at += 2;
    return is(char.charCodeAt(0));
  }

  #set(): Test {
    const isNegated = this.#takes('^');
    const tests: Test[] = [];
    while (!this.#takes(']')) {
      if (this.#at >= this.#source.length) throw this.#refusal();
      const char = this.#source[this.#at]!;
      const range = /^([0-9A-Za-z])-([0-9A-Za-z])/.exec(this.#source.slice(this.#at, this.#at + 3));
      if (range) {
        const [from, to] = [range[1]!.charCodeAt(0), range[2]!.charCodeAt(0)];
        if (from > to) throw this.#refusal();
        tests.push((code) => code >= from && code <= to);
        this.#at += 3;
      } else if (char === '\\') tests.push(this.#escape());
      else {
        // Within brackets an operator means itself, but for the two that open and close them.
        if (!isPlain(char) && (!operators.includes(char) || char === '[')) throw this.#refusal();
        tests.push(is(char.charCodeAt(0)));
        this.#at++;
      }
    }
    if (tests.length === 0) throw this.#refusal();
    const test: Test = (code) => tests.some((one) => one(code));
    return isNegated ? not(test) : test;
  }

  #count(): { readonly min: number; readonly max: number } {
    if (this.#takes('?')) return { min: 0, max: 1 };
    if (this.#takes('*')) return { min: 0, max: Infinity };
    if (this.#takes('+')) return { min: 1, max: Infinity };
    if (this.#source[this.#at] !== '{') return { min: 1, max: 1 };
    const counted = /^\{(\d{0,4})(,)?\s*(\d{0,4})\}/.exec(this.#source.slice(this.#at));
    const [whole = '', first = '', comma, second = ''] = counted ?? [];
    if (whole === '' || (first === '' && second === '') || (comma === undefined && second !== '')) throw this.#refusal();
    const min = first === '' ? 0 : Number(first);
    const max = comma === undefined ? min : second === '' ? Infinity : Number(second);
    if (max < min || max === 0) throw this.#refusal();
    this.#at += whole.length;
    return { min, max };
  }

  #takes(char: string): boolean {
    if (this.#source[this.#at] !== char) return false;
    this.#at++;
    return true;
  }

  #refusal(): PatternRefused {
    return new PatternRefused(`Invalid regular expression in the filter pattern: character ${this.#at + 1} of %${this.#source}% cannot stand there`);
  }
}

const isPlain = (char: string): boolean => /^[0-9A-Za-z]$/.test(char) || symbols.includes(char);
const is = (known: number): Test => (code) => code === known;

/** The places at which the expression may be after some text, and what follows them for each next character. */
interface Reached {
  readonly places: readonly number[];
  /** Whether it has been found, or has been if the text ends here. */
  readonly isFound: boolean;
  readonly isFoundAtEnd: boolean;
  readonly next: Map<number, Reached>;
}

/** Follows all alternatives at once; sets of places that came up before are known. */
class Automaton {
  readonly #alternatives: readonly Alternative[];
  /** By place: the alternative and its element. A place behind the last element is its end. */
  readonly #places: readonly { readonly alternative: Alternative; readonly element: Element | undefined }[];
  readonly #begins: readonly number[];
  readonly #known = new Map<string, Reached>();

  constructor(alternatives: readonly Alternative[]) {
    this.#alternatives = alternatives;
    this.#places = alternatives.flatMap((alternative) => [...alternative.elements, undefined].map((element) => ({ alternative, element })));
    let first = 0;
    this.#begins = alternatives.map(({ elements }) => (first += elements.length + 1) - elements.length - 1);
  }

  isIn(text: string): boolean {
    let reached = this.#reached(this.#alternatives.map((_, i) => this.#begins[i]!));
    for (let i = 0; i < text.length && !reached.isFound; i++) {
      const code = text.codePointAt(i)!;
      if (code > 0xffff) i++;
      reached = reached.next.get(code) ?? this.#follow(reached, code);
    }
    return reached.isFound || reached.isFoundAtEnd;
  }

  #follow(reached: Reached, code: number): Reached {
    const next: number[] = [];
    for (const place of reached.places) {
      const { element } = this.#places[place]!;
      if (element?.test(code)) next.push(element.isRepeated ? place : place + 1);
    }
    // What need not stand at the start may begin anywhere.
    for (const [i, { isAtStart }] of this.#alternatives.entries()) if (!isAtStart) next.push(this.#begins[i]!);
    const followed = this.#reached(next);
    reached.next.set(code, followed);
    return followed;
  }

  #reached(from: readonly number[]): Reached {
    const all = new Set<number>();
    for (const start of from) for (let place = start; !all.has(place); place++) {
      all.add(place);
      if (!this.#places[place]!.element?.isOptional) break;
    }
    const places = [...all].sort((a, b) => a - b);
    const key = places.join(',');
    let reached = this.#known.get(key);
    if (!reached) {
      if (this.#known.size >= knownMax) this.#known.clear();
      const ends = places.filter((place) => this.#places[place]!.element === undefined).map((place) => this.#places[place]!.alternative);
      reached = { places, isFound: ends.some(({ isAtEnd }) => !isAtEnd), isFoundAtEnd: ends.length > 0, next: new Map() };
      this.#known.set(key, reached);
    }
    return reached;
  }
}
