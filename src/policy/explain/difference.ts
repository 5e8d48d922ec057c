/** Where a wildcard pattern and a text part, for an explanation to point at. */

/** How far both were used up: `textOffset` is the first character of the text that nothing could match. Undefined when the pattern matches. */
export interface Parting { readonly patternOffset: number; readonly textOffset: number }

/** The furthest that any reading of the wildcards gets. At most pattern × text steps. */
export function partingOf(pattern: string, text: string, foldCase: boolean): Parting | undefined {
  const wanted = foldCase ? pattern.toLowerCase() : pattern;
  const given = foldCase ? text.toLowerCase() : text;
  // The offsets in the pattern that reading so much of the text can have led to.
  let reached = spread(new Set([0]), wanted);
  for (let t = 0; t < given.length; t++) {
    const next = new Set<number>();
    for (const p of reached) {
      if (wanted[p] === '*') next.add(p);
      else if (p < wanted.length && (wanted[p] === '?' || wanted[p] === given[t])) next.add(p + 1);
    }
    if (next.size === 0) return { patternOffset: Math.max(...reached), textOffset: t };
    reached = spread(next, wanted);
  }
  return reached.has(wanted.length) ? undefined : { patternOffset: Math.max(...reached), textOffset: given.length };
}

/** A `*` may stand for nothing, so what follows it is reached as well. */
function spread(offsets: Set<number>, pattern: string): Set<number> {
  for (const p of offsets) if (pattern[p] === '*') offsets.add(p + 1);
  return offsets;
}
