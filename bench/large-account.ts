/** Bench: an account at ten times AWS's default quotas, read as a whole and listed, page by page: the longest time that the event loop is held, and how the whole grows from a tenth of it. */
import { createAwsLists } from './large-account-reader.ts';
import type { Figure } from './measure.ts';
import { alternate, ratios, spread } from './spread.ts';

/** Things of each kind at ten times the quotas of a new account. Source: "IAM and AWS STS quotas" (IAM User Guide). */
const tenfold = { users: 50_000, groups: 3_000, roles: 10_000, policies: 15_000 };
const tenth = { users: 5_000, groups: 300, roles: 1_000, policies: 1_500 };

const operations = [
  { name: 'GetAccountAuthorizationDetails', things: 78_000 },
  { name: 'ListUsers', things: 50_000 },
];

export async function largeAccount(): Promise<readonly Figure[]> {
  const [large, small] = [await createAwsLists(tenfold), await createAwsLists(tenth)];
  const figures: Figure[] = [];
  for (const { name, things } of operations) {
    const longest: number[] = [];
    const [whole, part] = await alternate(5, [() => {
      const read = large(name);
      longest.push(read.longestSeconds);
      return read.seconds;
    }, () => small(name).seconds]);
    const heldLongest = spread(longest);
    figures.push(
      { measure: `${name} of ${things.toLocaleString('en')} things, the longest page`, figures: `${spread(whole!).median.toFixed(1)} s of CPU for all pages of 1,000`, value: heldLongest, unit: 's', bound: 'at most', must: 0.05, aim: 0.02 },
      { measure: `${name}, ten times as much against a tenth`, figures: `${(spread(part!).median * 1000).toFixed(0)} ms of CPU for a tenth`, value: ratios(whole!, part!), unit: '×', bound: 'at most', must: 15, aim: 11 },
    );
  }
  return figures;
}
