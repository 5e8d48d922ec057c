/** What AWS lists of the actions that a statement names. */
import { useEffect, useState } from 'react';
import { actionsTakenIn } from '../../../src/policy/lint/listed-service.ts';
import type { ListedAction } from '../../../src/policy/lint/listed-service.ts';
import { askReference } from '../authorization-reference.ts';

const none: readonly ListedAction[] = [];

/** Those of patterns, too; none of patterns over all services. */
export function useListedActions(actions: readonly string[]): readonly ListedAction[] {
  const [listed, setListed] = useState(none);
  const named = actions.join();
  useEffect(() => {
    let isCurrent = true;
    askReference((reference) => actions.flatMap((action) => actionsTakenIn(action, reference) ?? none)).then((found) => { if (isCurrent) setListed(found); }, () => { if (isCurrent) setListed(none); });
    return () => { isCurrent = false; };
    // The list is made anew at every rendering; what it names is not.
  }, [named]);
  return listed;
}
