/** Checks of Action and NotAction: services and actions that AWS does not have, and such as say nothing new. */
import type { AuthorizationReference } from '../../base/authorization-reference.ts';
import { closestName } from '../../base/closest-name.ts';
import { takesInAction } from '../patterns/pattern-overlap.ts';
import type { Report } from './lint.ts';
import type { LintedStatement } from './linted-statement.ts';
import { actionsTakenIn } from './listed-service.ts';

export function checkActions({ action }: LintedStatement, reference: AuthorizationReference, report: Report): void {
  for (const value of action?.values ?? []) {
    const [prefix = '', ...rest] = value.text.split(':');
    // What has no service, or is no action at all, is refused when it is stored.
    if (value.text === '*' || rest.length !== 1) continue;
    if (/[*?]/.test(prefix)) report('WILDCARD_IN_SERVICE_NAME', value, 'Avoid using wildcards (*, ?) in the service name because it might grant unintended access to other AWS services with similar names.');
    else if (!reference.find(prefix.toLowerCase())) report('INVALID_SERVICE_IN_ACTION', value, `The service ${prefix} specified in the action does not exist.${meant(closestName(reference.prefixes, prefix))}`);
    else if (actionsTakenIn(value.text, reference)?.length === 0) {
      const names = [...reference.find(prefix.toLowerCase())!.actions.values()].map(({ name }) => name);
      const closest = /[*?]/.test(rest[0]!) ? undefined : closestName(names, rest[0]!);
      report('INVALID_ACTION', value, `The action ${value.text} does not exist.${meant(closest && `${prefix}:${closest}`)}`);
    }
  }
  checkRedundancy(action?.values ?? [], takesInAction, ([first, ...more]) => {
    report('REDUNDANT_ACTION', first, `The ${more.length + 1} action(s) are redundant because they provide similar permissions. Update the policy to remove the redundant action such as: ${first.text}.`);
  });
}

const meant = (closest: string | undefined): string => (closest === undefined ? '' : ` Did you mean ${closest}?`);

/** Hands over the values that others of the list take in, if there are any. Of two that say the same the later one is redundant. */
export function checkRedundancy<Value extends { readonly text: string }>(values: readonly Value[], takesIn: (wide: string, narrow: string) => boolean, found: (redundant: readonly [Value, ...Value[]]) => void): void {
  if (values.length > comparedMax) return;
  const [first, ...more] = values.filter(({ text }, i) => values.some((other, j) => i !== j && takesIn(other.text, text) && (j < i || !takesIn(text, other.text))));
  if (first) found([first, ...more]);
}

/** Each value is compared with each: a longer list would take long. */
const comparedMax = 1_000;
