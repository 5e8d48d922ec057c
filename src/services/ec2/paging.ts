/** Pages of Describe operations. Source: "Query requests", "Pagination" (EC2 API Reference). */
import { ApiError } from '../../base/api-error.ts';
import type { RunContext } from '../operation.ts';
import { ec2Limits } from './limits.ts';
import type { RaiseEc2 } from './lookup.ts';

interface Wanted { readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined }

/** Source: each operation's MaxResults. */
const pageMin = 5;

/** The items of the page, which are in order of `keyOf`, and what gets the next one. Without MaxResults all that a page may hold. */
export function pageOf<Item>(items: readonly Item[], keyOf: (item: Item) => string, { MaxResults, NextToken }: Wanted, { marker, error }: Pick<RunContext<never>, 'marker'> & { readonly error: RaiseEc2 }): { readonly page: readonly Item[]; readonly end: { readonly NextToken?: string } } {
  if (MaxResults !== undefined && (MaxResults < pageMin || MaxResults > ec2Limits.pageMax)) {
    throw error('InvalidParameterValue', `Value ( ${MaxResults} ) for parameter maxResults is invalid. Expecting a value ${MaxResults < pageMin ? `greater than or equal to ${pageMin}` : `less than or equal to ${ec2Limits.pageMax}`}.`);
  }
  const after = NextToken === undefined ? undefined : opened(NextToken, marker, error);
  const rest = after === undefined ? items : items.filter((item) => keyOf(item) > after);
  const page = rest.slice(0, MaxResults ?? ec2Limits.pageMax);
  return { page, end: rest.length > page.length ? { NextToken: marker.seal(keyOf(page.at(-1)!)) } : {} };
}

function opened(token: string, marker: RunContext<never>['marker'], error: RaiseEc2): string {
  try {
    return marker.open(token);
  } catch (thrown) {
    if (thrown instanceof ApiError) throw error('InvalidNextToken', 'The token is invalid.');
    throw thrown;
  }
}

/** What is named and what is paged are two ways of asking. */
export function refuseBoth(named: readonly unknown[] | undefined, { MaxResults }: Wanted, name: string, error: RaiseEc2): void {
  if (named && named.length > 0 && MaxResults !== undefined) throw error('InvalidParameterCombination', `The parameter ${name} cannot be used with the parameter maxResults`);
}
