/** What many rounds came to: the one in the middle, the least and the most. */

export interface Spread { readonly median: number; readonly min: number; readonly max: number }

export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return { median, min: sorted[0]!, max: sorted.at(-1)! };
}

/** Round by round, what the first cost for each that the second did. */
export const ratios = (costs: readonly number[], others: readonly number[]): Spread => spread(costs.map((cost, i) => cost / others[i]!));

/** Runs the contenders in turn, round after round, so that a slow moment of the machine meets them all; gives each one's costs. */
export async function alternate(rounds: number, contenders: readonly (() => number | Promise<number>)[]): Promise<readonly (readonly number[])[]> {
  const costs = contenders.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, contender] of contenders.entries()) costs[i]!.push(await contender());
  }
  return costs;
}
