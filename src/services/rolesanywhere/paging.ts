/** Lists in pages: nextToken says behind what the next begins. */
import type { ListRequest } from '../../../models/rolesanywhere.ts';
import type { AccessContext, RunContext } from '../operation.ts';
import { rolesAnywhereLimits } from './limits.ts';

/** A page of a list that stands in order of its keys. */
export function pageOf<Doc>(docs: readonly Doc[], keyOf: (doc: Doc) => string, { nextToken, pageSize = rolesAnywhereLimits.pageSizeDefault }: ListRequest, { marker, error }: Pick<RunContext<'ValidationException'>, 'marker'> & Pick<AccessContext<'ValidationException'>, 'error'>): { readonly docs: readonly Doc[]; readonly end: { readonly nextToken?: string } } {
  if (pageSize < 1 || pageSize > rolesAnywhereLimits.pageSizeMax) throw error('ValidationException', `pageSize must be between 1 and ${rolesAnywhereLimits.pageSizeMax}.`);
  const after = nextToken === undefined ? undefined : marker.open(nextToken);
  const rest = after === undefined ? docs : docs.filter((doc) => keyOf(doc) > after);
  const page = rest.slice(0, pageSize);
  return { docs: page, end: rest.length > page.length ? { nextToken: marker.seal(keyOf(page.at(-1)!)) } : {} };
}
