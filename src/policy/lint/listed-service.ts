/** What AWS lists of actions and condition keys, looked up by what a policy says of them. */
import type { ActionReference, AuthorizationReference, ServiceReference } from '../../base/authorization-reference.ts';
import { takesInAction } from '../patterns/pattern-overlap.ts';

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
  return [...service.actions].flatMap(([folded, action]) => (takesInAction(name, folded) ? [{ service, action }] : []));
}

/** Whether a key that AWS lists, `s3:ExistingObjectTag/<key>`, `aws:RequestTag/${TagKey}` or `secretsmanager:ResourceTag/tag-key`, is the one that a policy names. */
export function isListedKey(listed: string, key: string): boolean {
  const open = listed.search(/\$\{|<|(?<=\/)tag-key$/);
  if (open < 0) return listed.toLowerCase() === key.toLowerCase();
  return key.length > open && key.toLowerCase().startsWith(listed.slice(0, open).toLowerCase());
}

/** Whether AWS lists the key for an action: its own, or one of a type of resource that it is asked for on. */
export function hasKey({ service, action }: ListedAction, key: string): boolean {
  return keysOf(service, action).some((listed) => isListedKey(listed, key));
}

const keysOf = (service: ServiceReference, { conditionKeys, resourceTypes }: ActionReference): readonly string[] => [...conditionKeys, ...resourceTypes.flatMap(({ name }) => service.resourceTypes.get(name)?.conditionKeys ?? [])];

/** The forms of the ARNs that an action is asked for on; none: it is asked for on `*`. */
export const formsOf = ({ service, action }: ListedAction): readonly string[] => action.resourceTypes.flatMap(({ name }) => service.resourceTypes.get(name)?.arn ?? []);
