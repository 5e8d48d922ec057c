/** Wildcard patterns: `*` any run, `?` one character, everything else itself. Matching takes at most pattern × text steps, whatever the pattern. */
import type { Budget } from './budget.ts';

/** A pattern's characters as UTF-16 units, wildcards as the two negative numbers. */
export type Tokens = readonly number[];

export const anyRun = -1;
export const anyOne = -2;

/** The tokens of text in which `*` and `?` are wildcards. */
export function wildcardTokens(text: string): Tokens {
  return Array.from({ length: text.length }, (_, i) => {
    const code = text.charCodeAt(i);
    return code === 0x2a ? anyRun : code === 0x3f ? anyOne : code;
  });
}

/** The tokens of text that means itself. */
export const literalTokens = (text: string): Tokens => Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));

/** Whether the whole of `text` from `start` to `end` matches. */
export function matches(pattern: Tokens, text: string, budget: Budget, start = 0, end = text.length): boolean {
  let p = 0;
  let t = start;
  let starAt = -1;
  let starText = 0;
  let steps = 0;
  while (t < end) {
    steps++;
    const token = p < pattern.length ? pattern[p]! : undefined;
    if (token === anyRun) {
      starAt = p++;
      starText = t;
    } else if (token === anyOne || token === text.charCodeAt(t)) {
      p++;
      t++;
    } else if (starAt >= 0) {
      p = starAt + 1;
      t = ++starText;
    } else {
      budget.spend(steps);
      return false;
    }
  }
  budget.spend(steps + 1);
  while (p < pattern.length && pattern[p] === anyRun) p++;
  return p === pattern.length;
}
