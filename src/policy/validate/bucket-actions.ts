/** Whether the actions of a bucket policy's statement go with its resources, and its conditions with both, as S3 asks when the policy is stored. Source: "Policies and permissions in Amazon S3" (S3 User Guide), Service Authorization Reference. */
import type { AuthorizationReference } from '../../base/authorization-reference.ts';
import type { StatementNode } from '../document.ts';
import { actionsTakenIn, formsOf, hasKey, isListedKey } from '../lint/listed-service.ts';
import { canBeOfForm } from '../patterns/pattern-overlap.ts';

/** The first thing that does not go together; undefined where all does. Of actions and resources that are left out by a Not form nothing is asked. */
export function bucketActionsMessage({ actions = [], resources, conditions }: StatementNode, reference: AuthorizationReference): string | undefined {
  const keys = conditions.map(({ key }) => key).filter((key) => key.toLowerCase().startsWith('s3:'));
  const listed = [...(reference.find('s3')?.conditionKeys.keys() ?? [])];
  if (keys.some((key) => !listed.some((one) => isListedKey(one, key)))) return 'Policy has an invalid condition key';
  for (const action of actions) {
    const taken = actionsTakenIn(action, reference);
    // `*` stands for the actions of every service.
    if (!taken) continue;
    if (taken.length === 0) return 'Policy has invalid action';
    const applicable = taken.filter((one) => !resources || formsOf(one).some((form) => resources.some((resource) => canBeOfForm(resource, form))));
    if (applicable.length === 0) return 'Action does not apply to any resource(s) in statement';
    // AWS: a key must go with each action of the statement; `s3:prefix` beside ListBucket and GetObject is refused (reports of users, 2026).
    if (keys.some((key) => !applicable.some((one) => hasKey(one, key)))) return 'Conditions do not apply to combination of actions and resources in statement';
  }
  return undefined;
}
