/** What AWS lists of an action, as a simulation needs it: whether it is asked for on single resources, and of what form their ARNs are. Source: Service Authorization Reference. */
import type { AuthorizationReference } from '../../base/authorization-reference.ts';
import { actionsTakenIn, formsOf } from '../../policy/lint/listed-service.ts';
import { canBeOfForm } from '../../policy/patterns/pattern-overlap.ts';

export interface SimulatedAction {
  /** What a request for the action on the resource is evaluated on: of an action without types of resources "you must specify all resources ("*")". Of an action that AWS does not list, the resource. */
  evaluatedOn(resource: string): string;
  /** How several resources are called together. */
  nameOf(resources: readonly string[]): string;
}

export function simulatedAction(name: string, reference: AuthorizationReference): SimulatedAction {
  const [listed] = actionsTakenIn(name, reference) ?? [];
  const forms = listed && formsOf(listed);
  return {
    evaluatedOn: (resource) => (forms?.length === 0 ? '*' : resource),
    // AWS: one result for an action, whatever the number of resources; with several it is named by the form of their ARNs (`arn:${Partition}:s3:::${BucketName}/${KeyName}`, 2026).
    // GUESS: that of the first resource, which is its own name where AWS lists no form for it.
    nameOf: ([first = '*', ...more]) => (more.length === 0 ? first : (forms?.find((form) => canBeOfForm(first, form)) ?? first)),
  };
}
