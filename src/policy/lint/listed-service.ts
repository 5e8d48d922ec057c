/** What AWS lists of actions and condition keys, looked up by what a policy says of them. */
import type { ActionReference, AuthorizationReference, ServiceReference } from '../../base/authorization-reference.ts';
import { Budget } from '../budget.ts';
import { globOf } from '../patterns/wildcard.ts';

export interface ListedAction { readonly service: ServiceReference; readonly action: ActionReference }

/** The actions that a pattern takes in; undefined where its service is a wildcard or unknown, so that nothing is known of them. */
export function actionsTakenIn(pattern: string, reference: AuthorizationReference): readonly ListedAction[] | undefined {
  const [prefix = '', name = ''] = pattern.toLowerCase().split(':');
  const service = reference.find(prefix);
  if (!service) return undefined;
  if (!/[*?]/.test(name)) {
    const action = service.actions.get(name);
    return action ? [{ service, action }] : [];
  }
  const glob = globOf(name);
  const budget = new Budget();
  return [...service.actions].flatMap(([folded, action]) => (glob.matches(folded, 0, folded.length, budget) ? [{ service, action }] : []));
}

/** Whether a key that AWS lists, `s3:ExistingObjectTag/<key>`, `aws:RequestTag/${TagKey}` or `secretsmanager:ResourceTag/tag-key`, is the one that a policy names. */
export function isListedKey(listed: string, key: string): boolean {
  const open = listed.search(/\$\{|<|(?<=\/)tag-key$/);
  if (open < 0) return listed.toLowerCase() === key.toLowerCase();
  return key.length > open && key.toLowerCase().startsWith(listed.slice(0, open).toLowerCase());
}

/** Whether AWS lists the key for an action: its own, or one of a type of resource that it is asked for on. */
export const hasKey = (action: ListedAction, key: string): boolean => [...keysOf(action)].some((listed) => isListedKey(listed, key));

const keysOfActions = new WeakMap<ActionReference, ReadonlySet<string>>();

/** The keys of an action and of the types of resources that it is asked for on, as AWS lists them. */
export function keysOf({ service, action }: ListedAction): ReadonlySet<string> {
  const known = keysOfActions.get(action) ?? new Set([...action.conditionKeys, ...action.resourceTypes.flatMap(({ name }) => service.resourceTypes.get(name)?.conditionKeys ?? [])]);
  keysOfActions.set(action, known);
  return known;
}

/** The forms of the ARNs that an action is asked for on; none: it is asked for on `*`. */
export const formsOf = ({ service, action }: ListedAction): readonly string[] => action.resourceTypes.flatMap(({ name }) => service.resourceTypes.get(name)?.arn ?? []);
