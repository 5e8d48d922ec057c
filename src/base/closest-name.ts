/** The name that a misspelt one may be meant for. */

/** So many letters may be wrong in a name. */
const mistakesMax = 3;

/** Of the names the one that differs in the fewest letters, if few enough. Letter case makes no difference. */
export function closestName(names: Iterable<string>, given: string): string | undefined {
  let closest: string | undefined;
  let fewest = mistakesMax + 1;
  for (const name of names) {
    const mistakes = Math.abs(name.length - given.length) >= fewest ? fewest : distance(name.toLowerCase(), given.toLowerCase());
    if (mistakes < fewest) [closest, fewest] = [name, mistakes];
  }
  return closest;
}

/** How many letters must be added, taken away or changed. Source: Wagner and Fischer, "The String-to-String Correction Problem" (1974). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}
