/** Whether the actions of a bucket policy's statement go with its resources, and its conditions with both, as S3 asks when the policy is stored. Source: "Policies and permissions in Amazon S3" (S3 User Guide), Service Authorization Reference. */
import type { AuthorizationReference } from '../../base/authorization-reference.ts';
import type { StatementNode } from '../document.ts';
import { actionsTakenIn, formsOf, isListedKey, keysOf, type ListedAction } from '../lint/listed-service.ts';
import { canBeOfForm } from '../patterns/pattern-overlap.ts';

/** The first thing that does not go together; undefined where all does. Of actions and resources that are left out by a Not form nothing is asked. */
export function bucketActionsMessage({ actions = [], resources, conditions }: StatementNode, reference: AuthorizationReference): string | undefined {
  const listed = [...(reference.find('s3')?.conditionKeys.keys() ?? [])];
  const keys = new Set<string>();
  for (const { key } of conditions) {
    if (!key.toLowerCase().startsWith('s3:')) continue;
    const known = listed.find((one) => isListedKey(one, key));
    if (known === undefined) return 'Policy has an invalid condition key';
    keys.add(known);
  }
  const isApplicable = applicability(resources);
  const keysAmong = keyMasks([...keys]);
  for (const action of new Set(actions)) {
    const taken = actionsTakenIn(action, reference);
    // `*` stands for the actions of every service.
    if (!taken) continue;
    if (taken.length === 0) return 'Policy has invalid action';
    const applicable = taken.filter(isApplicable);
    if (applicable.length === 0) return 'Action does not apply to any resource(s) in statement';
    // AWS: a key must go with each action of the statement; `s3:prefix` beside ListBucket and GetObject is refused (reports of users, 2026).
    if (keysAmong(applicable) < keys.size) return 'Conditions do not apply to combination of actions and resources in statement';
  }
  return undefined;
}

/** Whether an action is asked for on some of the resources. Each form of ARN is held to them once, however many actions have it. */
function applicability(resources: readonly string[] | undefined): (action: ListedAction) => boolean {
  const known = new Map<string, boolean>();
  const isOfForm = (form: string): boolean => {
    const fits = known.get(form) ?? resources!.some((resource) => canBeOfForm(resource, form));
    known.set(form, fits);
    return fits;
  };
  return (action) => resources === undefined || formsOf(action).some(isOfForm);
}

/** How many of the keys AWS lists for one or another of some actions. A policy may name a thousand patterns of actions and hundreds of keys: an action's keys are one number, a bit for each. */
function keyMasks(keys: readonly string[]): (actions: readonly ListedAction[]) => number {
  const masks = new Map<ListedAction['action'], bigint>();
  const maskOf = (one: ListedAction): bigint => {
    const own = keysOf(one);
    const mask = masks.get(one.action) ?? keys.reduce((bits, key, i) => (own.has(key) ? bits | (1n << BigInt(i)) : bits), 0n);
    masks.set(one.action, mask);
    return mask;
  };
  const all = (1n << BigInt(keys.length)) - 1n;
  return (actions) => {
    let mask = 0n;
    for (const action of actions) mask |= maskOf(action);
    return mask === all ? keys.length : keys.filter((_, i) => (mask >> BigInt(i)) & 1n).length;
  };
}
