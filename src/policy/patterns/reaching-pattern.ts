/** Patterns of Resource whose `*` reaches over colons, and whose other wildcards do not. Source: "IAM JSON policy elements: Resource" (IAM User Guide). */
import type { ArnPattern, ArnText } from './arn-text.ts';
import type { Budget } from '../budget.ts';
import type { RequestContext } from '../types.ts';
import type { GlobTemplate } from './variables.ts';
import { type Glob, globOf, standsAt } from './wildcard.ts';

/**
 * Matched part by part. A part that ends in `*` may take in parts of the text that follow the one it matches; those behind it are then looked for from part to part, and taken where
 * they first stand: that leaves most room to the next, so no other place needs to be tried.
 */
export class ReachingPattern implements ArnPattern {
  readonly isReaching = true;
  /** Up to five; one for each colon of the pattern, and the last. */
  readonly #parts: readonly Glob[];
  /** Whether the part ends in a `*`. */
  readonly #isOpen: readonly boolean[];
  /** The sixth part, which takes in all that is left of the text; undefined in a pattern of fewer parts. */
  readonly #sixth: Glob | GlobTemplate | undefined;

  /** `template` stands for the sixth part where variables may stand in it. */
  constructor(parts: readonly string[], template: GlobTemplate | undefined) {
    this.#parts = parts.slice(0, 5).map(globOf);
    this.#isOpen = parts.slice(0, 5).map((part) => part.endsWith('*'));
    this.#sixth = parts.length < 6 ? undefined : (template ?? globOf(parts[5]!));
  }

  get resourceHead(): string {
    return this.#sixth?.behindColons(0) ?? '';
  }

  isResolved(context: RequestContext): boolean {
    return this.#sixth?.isResolved(context) ?? true;
  }

  matches({ text, ends }: ArnText, context: RequestContext, budget: Budget): boolean {
    if (ends.length === 0) return false;
    const sixth = this.#sixth?.resolve(context, budget);
    if (this.#sixth && !sixth) return false;
    let at = 0;
    let part = 0;
    /** Behind the last part that may take in more: which part, and where the text goes on from. */
    let resume: { readonly part: number; at: number } | undefined;
    for (;;) {
      budget.spend(1);
      if (part === this.#parts.length) {
        const found = sixth ? endsWith(sixth, text, at, budget) : this.#isOpen[part - 1]! || at > text.length || undefined;
        if (found !== undefined) return found;
      } else if (at <= text.length) {
        const end = endOfPart(text, at);
        if (this.#parts[part]!.matches(text, at, end, budget)) {
          at = end + 1;
          if (this.#isOpen[part++]) resume = { part, at };
          continue;
        }
      }
      // It goes on one part of the text later, as long as there is one.
      if (!resume || resume.at > text.length) return false;
      resume.at = endOfPart(text, resume.at) + 1;
      ({ part, at } = resume);
    }
  }
}

function endOfPart(text: string, at: number): number {
  const colon = text.indexOf(':', at);
  return colon < 0 ? text.length : colon;
}

/** Whether the sixth part takes in the rest of the text; undefined where it does not from here, but might from further on. */
function endsWith(sixth: Glob, text: string, at: number, budget: Budget): boolean | undefined {
  if (at > text.length) return false;
  if (sixth.tail === undefined) return sixth.matches(text, at, text.length, budget) ? true : undefined;
  // Further on there is less room for what stands behind its first `*`.
  return standsAt(sixth.head, text, at) ? sixth.matches(text, at, text.length, budget) : undefined;
}

/** Either of two readings of one pattern. */
export class EitherPattern implements ArnPattern {
  readonly resourceHead = '';
  readonly isReaching = true;
  readonly #readings: readonly ArnPattern[];

  constructor(...readings: readonly ArnPattern[]) {
    this.#readings = readings;
  }

  matches(value: ArnText, context: RequestContext, budget: Budget): boolean {
    return this.#readings.some((reading) => reading.matches(value, context, budget));
  }

  isResolved(context: RequestContext): boolean {
    return this.#readings.every((reading) => reading.isResolved(context));
  }
}
