/** Whether AWS lists an action, and on which resources: for those who write one by hand. */
import type { AuthorizationReference } from '../base/authorization-reference.ts';
import { closestName } from '../base/closest-name.ts';

export interface ListedAction {
  readonly isListed: boolean;
  /** Of a name that is not listed, the one that it may be meant for. */
  readonly closest: string | undefined;
  /** The forms of the ARNs that the action is asked for on: `arn:${Partition}:s3:::${BucketName}`. None: it is asked for on `*`. */
  readonly resourceArns: readonly string[];
}

/** `s3:GetObject`, in any letter case; undefined where AWS has no such service, and so nothing is known. */
export function findListedAction(reference: AuthorizationReference, action: string): ListedAction | undefined {
  const colon = action.indexOf(':');
  const service = reference.find(action.slice(0, colon).toLowerCase());
  if (!service) return undefined;
  const listed = service.actions.get(action.slice(colon + 1).toLowerCase());
  if (!listed) return { isListed: false, closest: closestName([...service.actions.values()].map(({ name }) => name), action.slice(colon + 1)), resourceArns: [] };
  return { isListed: true, closest: undefined, resourceArns: listed.resourceTypes.flatMap(({ name }) => service.resourceTypes.get(name)?.arn ?? []) };
}
