/** The actions that policies name, each as a number, so that a policy's actions are a row of numbers and asking which statements an action concerns compares numbers. Source: "IAM JSON policy elements: Action" (IAM User Guide): letter case does not matter. */
import type { Budget } from './budget.ts';
import { type Glob, globOf } from './patterns/wildcard.ts';

/** The most patterns in one vocabulary; the next policy begins a new one. */
const patternsMax = 65_536;
/** The most requested actions that are remembered. */
const actionsMax = 4_096;

/** An action as one vocabulary sees it. */
export class KnownAction {
  readonly #folded: string;
  readonly #globs: readonly Glob[];
  /** The number of the pattern that is this very action. */
  #exact: number | undefined;
  /** For each pattern with wildcards whether it takes this action in: 1 no, 2 yes, 0 not looked at. */
  #taken = new Uint8Array(0);

  constructor(folded: string, exact: number | undefined, globs: readonly Glob[]) {
    this.#folded = folded;
    this.#exact = exact;
    this.#globs = globs;
  }

  setExact(number: number): void {
    this.#exact = number;
  }

  /** Whether the pattern of that number takes this action in. */
  isTakenIn(number: number, budget: Budget): boolean {
    if ((number & 1) === 0) return number === this.#exact;
    const taken = this.#taken[number >>> 1];
    return taken ? taken === 2 : this.#look(number >>> 1, budget);
  }

  #look(at: number, budget: Budget): boolean {
    if (at >= this.#taken.length) {
      const longer = new Uint8Array(this.#globs.length + 16);
      longer.set(this.#taken);
      this.#taken = longer;
    }
    const isTaken = this.#globs[at]!.matches(this.#folded, 0, this.#folded.length, budget);
    this.#taken[at] = isTaken ? 2 : 1;
    return isTaken;
  }
}

export class ActionVocabulary {
  /** Pattern in lower case → its number: even where it is an action, odd where it has wildcards. */
  readonly #numbers = new Map<string, number>();
  readonly #globs: Glob[] = [];
  readonly #known = new Map<string, KnownAction>();
  readonly #knownFolded = new Map<string, KnownAction>();
  #exactCount = 0;

  get isFull(): boolean {
    return this.#numbers.size >= patternsMax;
  }

  numberOf(pattern: string): number {
    const folded = pattern.toLowerCase();
    const known = this.#numbers.get(folded);
    if (known !== undefined) return known;
    const hasWildcard = folded.includes('*') || folded.includes('?');
    const number = hasWildcard ? this.#globs.push(globOf(folded)) * 2 - 1 : this.#exactCount++ * 2;
    this.#numbers.set(folded, number);
    if (!hasWildcard) this.#knownFolded.get(folded)?.setExact(number);
    return number;
  }

  /** A requested action, in any letter case. */
  find(action: string): KnownAction {
    return this.#known.get(action) ?? this.#meet(action);
  }

  #meet(action: string): KnownAction {
    if (this.#known.size >= actionsMax) {
      this.#known.clear();
      this.#knownFolded.clear();
    }
    const folded = action.toLowerCase();
    const known = this.#knownFolded.get(folded) ?? new KnownAction(folded, this.#numbers.get(folded), this.#globs);
    this.#knownFolded.set(folded, known);
    this.#known.set(action, known);
    return known;
  }
}

let current = new ActionVocabulary();

/** The vocabulary for the next policy. Those of earlier policies live as long as they do. */
export function currentVocabulary(): ActionVocabulary {
  if (current.isFull) current = new ActionVocabulary();
  return current;
}
