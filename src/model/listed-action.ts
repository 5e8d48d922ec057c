/** Whether AWS lists an action, and on which resources: for those who write one by hand. */
import type { AuthorizationReference } from '../base/authorization-reference.ts';

export interface ListedAction {
  readonly isListed: boolean;
  /** Of a name that is not listed, the one that it may be meant for. */
  readonly closest: string | undefined;
  /** The forms of the ARNs that the action is asked for on: `arn:${Partition}:s3:::${BucketName}`. None: it is asked for on `*`. */
  readonly resourceArns: readonly string[];
}

/** So many letters may be wrong in a name. */
const mistakesMax = 3;

/** `s3:GetObject`, in any letter case; undefined where AWS has no such service, and so nothing is known. */
export function findListedAction(reference: AuthorizationReference, action: string): ListedAction | undefined {
  const colon = action.indexOf(':');
  const service = reference.find(action.slice(0, colon).toLowerCase());
  if (!service) return undefined;
  const listed = service.actions.get(action.slice(colon + 1).toLowerCase());
  if (!listed) return { isListed: false, closest: closestName([...service.actions.values()].map(({ name }) => name), action.slice(colon + 1)), resourceArns: [] };
  return { isListed: true, closest: undefined, resourceArns: listed.resourceTypes.flatMap(({ name }) => service.resourceTypes.get(name)?.arn ?? []) };
}

function closestName(names: readonly string[], given: string): string | undefined {
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
