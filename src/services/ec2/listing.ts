/** A Describe operation's way from what there is to what is shown: what is named, what passes the filters, a page of it. */
import type { Filter } from '../../../models/ec2.ts';
import type { TagDoc } from '../../store/tables.ts';
import type { RunContext } from '../operation.ts';
import { filtered } from './filters.ts';
import type { FilterTable } from './filters.ts';
import { ec2Limits } from './limits.ts';
import type { RaiseEc2 } from './lookup.ts';
import { pageOf, refuseBoth } from './paging.ts';

export interface Listing<Item> {
  /** In order of id. */
  readonly items: readonly Item[];
  readonly idOf: (item: Item) => string;
  /** The ids that the request names. */
  readonly named: readonly string[] | undefined;
  /** What is said of one that there is not. */
  readonly missing: (id: string) => Error;
  readonly filters: FilterTable<Item>;
  readonly tagsOf?: (item: Item) => readonly TagDoc[];
}

interface Asked { readonly Filters?: readonly Filter[] | undefined; readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined }

export function listed<Item>({ items, idOf, named, missing, filters, tagsOf }: Listing<Item>, { Filters, ...paging }: Asked, context: Pick<RunContext<never>, 'marker'> & { readonly error: RaiseEc2 }): { readonly page: readonly Item[]; readonly end: { readonly NextToken?: string } } {
  refuseBoth(named, paging, 'ids', context.error);
  if (named && named.length > ec2Limits.namedMax) throw context.error('InvalidParameterValue', `A request can name at most ${ec2Limits.namedMax} ids.`);
  const wanted = new Set(named);
  const found = wanted.size === 0 ? items : items.filter((item) => wanted.has(idOf(item)));
  if (found.length < wanted.size) {
    const there = new Set(found.map(idOf));
    throw missing([...wanted].find((id) => !there.has(id))!.slice(0, 128));
  }
  return pageOf(filtered(found, Filters, filters, context.error, tagsOf), idOf, paging, context);
}
