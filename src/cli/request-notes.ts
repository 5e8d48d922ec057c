/** What a request in a file may have wrong that is no error: a misspelt action matches nothing, and so is denied as if it were forbidden. */
import { partingOf } from '../policy/explain/difference.ts';
import type { RequestInput } from '../policy/library.ts';
import type { Commands } from './commands.ts';

/** Notes for the person who wrote the request; none for a service that AWS does not have. */
export async function notesOn({ action, resource = '*' }: RequestInput, { findAction }: Pick<Commands, 'findAction'>): Promise<readonly string[]> {
  if (typeof action !== 'string' || typeof resource !== 'string') return [];
  const listed = await findAction(action);
  if (!listed) return [];
  const [service] = action.split(':');
  if (!listed.isListed) return [`AWS lists no action ${action}${listed.closest === undefined ? '' : `; is ${service}:${listed.closest} meant?`}`];
  if (resource === '*') return [];
  if (listed.resourceArns.length === 0) return [`${action} is not asked for on single resources, only on *`];
  // A placeholder stands for any text.
  const isOfSomeType = listed.resourceArns.some((form) => partingOf(form.replaceAll(/\$\{[^}]*\}/g, '*'), resource, false) === undefined);
  return isOfSomeType ? [] : [`${action} is asked for on ${listed.resourceArns.join(' or ')}, and ${resource} is not of that form`];
}
