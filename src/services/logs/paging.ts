/** Lists in pages: nextToken says where the next begins. */
import { ApiError } from '../../base/api-error.ts';
import type { Raise } from '../../base/api-error.ts';
import type { RunContext } from '../operation.ts';

export interface Paging { readonly marker: RunContext<never>['marker']; readonly error: Raise<'InvalidParameterException'> }

/** What was sealed into the token; of the caller's own, of the same operation. */
export function openToken(token: string | undefined, { marker, error }: Paging): string | undefined {
  if (token === undefined) return undefined;
  try {
    return marker.open(token);
  } catch (cause) {
    if (cause instanceof ApiError) throw error('InvalidParameterException', 'The specified nextToken is invalid.', { cause });
    throw cause;
  }
}

export const nextToken = (next: string | undefined, { marker }: Paging): { readonly nextToken?: string } => (next === undefined ? {} : { nextToken: marker.seal(next) });

/** The least text that no text with the beginning comes before: what a page goes on behind, so that they are in it. */
export function before(text: string): string {
  const last = text.charCodeAt(text.length - 1);
  // A table's place always has a region or an id in front, so that there is a last character; none that names are made of is 0.
  return `${text.slice(0, -1)}${String.fromCharCode(last - 1)}\uffff`;
}
