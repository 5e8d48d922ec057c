/** Text in which some characters may be any: what `?` makes of a pattern. Found in a text in a time that does not depend on how well it almost fits. */
import type { Budget } from '../budget.ts';

/** Stands for any one character. */
export const hole = -1;

/** How many more comparisons than characters the plain search may take before the other one takes over. */
const plainStepsFactor = 4;

export class HoledText {
  readonly length: number;
  /** UTF-16 units and holes. */
  readonly #codes: readonly number[];

  constructor(codes: readonly number[]) {
    this.#codes = codes;
    this.length = codes.length;
  }

  /** Each `?` is a hole. */
  static of(text: string): HoledText {
    return new HoledText(Array.from({ length: text.length }, (_, i) => (text[i] === '?' ? hole : text.charCodeAt(i))));
  }

  standsAt(text: string, at: number): boolean {
    const codes = this.#codes;
    if (at < 0 || at + codes.length > text.length) return false;
    for (let i = 0; i < codes.length; i++) if (codes[i] !== hole && codes[i] !== text.charCodeAt(at + i)) return false;
    return true;
  }

  /** Where it first stands between `from` and `to`; -1 where it does not. */
  find(text: string, from: number, to: number, budget: Budget): number {
    const codes = this.#codes;
    const last = to - codes.length;
    const stepsMax = (to - from + codes.length) * plainStepsFactor;
    let steps = 0;
    for (let at = from; at <= last; at++) {
      let i = 0;
      while (i < codes.length && (codes[i] === hole || codes[i] === text.charCodeAt(at + i))) i++;
      if (i === codes.length) {
        budget.spend(1 + (steps >> 5));
        return at;
      }
      steps += i + 1;
      if (steps > stepsMax) return this.#findAtOnce(text, at + 1, to, budget);
    }
    budget.spend(1 + (steps >> 5));
    return -1;
  }

  /** The same by trying all places at once, one bit for each character of the pattern (shift-and: Baeza-Yates and Gonnet, 1992). */
  #findAtOnce(text: string, from: number, to: number, budget: Budget): number {
    const codes = this.#codes;
    const words = (codes.length + 31) >>> 5;
    budget.spend((to - from + codes.length) * (words + 1));
    /** For each character of the text, where in the pattern it may stand. */
    const placesOf = new Map<number, Int32Array>();
    for (let t = from; t < to; t++) if (!placesOf.has(text.charCodeAt(t))) placesOf.set(text.charCodeAt(t), new Int32Array(words));
    const holes = new Int32Array(words);
    for (const [i, code] of codes.entries()) {
      const places = code === hole ? holes : placesOf.get(code);
      if (places) places[i >>> 5]! |= 1 << (i & 31);
    }
    const state = new Int32Array(words);
    const complete = 1 << ((codes.length - 1) & 31);
    for (let t = from; t < to; t++) {
      const places = placesOf.get(text.charCodeAt(t))!;
      let carry = 1;
      for (let w = 0; w < words; w++) {
        const word = state[w]!;
        state[w] = ((word << 1) | carry) & (places[w]! | holes[w]!);
        carry = word >>> 31;
      }
      if ((state[words - 1]! & complete) !== 0) return t - codes.length + 1;
    }
    return -1;
  }
}
