/** Filters of Describe operations: one of its values must match, of every filter. Source: "List and filter your resources" (EC2 User Guide). */
import type { Filter } from '../../../models/ec2.ts';
import { Budget, BudgetExceeded } from '../../policy/budget.ts';
import { HoledText } from '../../policy/patterns/holed-text.ts';
import { Glob } from '../../policy/patterns/wildcard.ts';
import type { Piece } from '../../policy/patterns/wildcard.ts';
import type { TagDoc } from '../../store/tables.ts';
import { ec2Limits } from './limits.ts';
import type { RaiseEc2 } from './lookup.ts';

type FilterValue = string | number | boolean | undefined;
/** What an item has under each name that it can be filtered by: a value, several, or none. */
export type FilterTable<Item> = { readonly [name: string]: (item: Item) => FilterValue | readonly FilterValue[] };

/** The steps that the filters of one request may take. */
const stepsMax = 10_000_000;

/** The items that pass all filters; tags can be filtered by where `tagsOf` says which an item has. Raises InvalidParameterValue for a name that there is none of. */
export function filtered<Item>(items: readonly Item[], filters: readonly Filter[] | undefined, table: FilterTable<Item>, error: RaiseEc2, tagsOf?: (item: Item) => readonly TagDoc[]): readonly Item[] {
  if (!filters || filters.length === 0) return items;
  if (filters.length > ec2Limits.filtersMax) throw error('InvalidParameterValue', `A request can have at most ${ec2Limits.filtersMax} filters.`);
  const budget = new Budget(stepsMax);
  const tests = filters.map((filter) => testOf(filter, table, error, tagsOf, budget));
  try {
    return items.filter((item) => tests.every((test) => test(item)));
  } catch (thrown) {
    if (thrown instanceof BudgetExceeded) throw error('InvalidParameterValue', 'The filters take too much work.');
    throw thrown;
  }
}

function testOf<Item>({ Name = '', Values = [] }: Filter, table: FilterTable<Item>, error: RaiseEc2, tagsOf: ((item: Item) => readonly TagDoc[]) | undefined, budget: Budget): (item: Item) => boolean {
  const read = Object.hasOwn(table, Name) ? table[Name] : tagsOf && tagReader(Name, tagsOf);
  if (!read) throw error('InvalidParameterValue', `The filter '${Name.slice(0, 128)}' is invalid`);
  if (Values.length > ec2Limits.filterValuesMax) throw error('InvalidParameterValue', `A filter can have at most ${ec2Limits.filterValuesMax} values.`);
  if (Values.some((value) => value.length > ec2Limits.filterValueLengthMax)) throw error('InvalidParameterValue', `A value of the filter '${Name}' is too long.`);
  const globs = Values.map(globOf);
  return (item) => listOf(read(item)).some((value) => {
    const text = String(value);
    return globs.some((glob) => glob.matches(text, 0, text.length, budget));
  });
}

const listOf = (value: FilterValue | readonly FilterValue[]): readonly FilterValue[] => (Array.isArray(value) ? (value as readonly FilterValue[]) : [value as FilterValue]).filter((one) => one !== undefined);

/** `tag:KEY`: the tag's value; `tag-key`, and `tag-value` of before: any tag's. */
function tagReader<Item>(name: string, tagsOf: (item: Item) => readonly TagDoc[]): FilterTable<Item>[string] | undefined {
  if (name.startsWith('tag:')) return (item) => tagsOf(item).find(({ Key }) => Key === name.slice('tag:'.length))?.Value;
  if (name === 'tag-key') return (item) => tagsOf(item).map(({ Key }) => Key);
  return name === 'tag-value' ? (item) => tagsOf(item).map(({ Value }) => Value) : undefined;
}

/** `*` is any run, `?` one character, a backslash makes the next one plain. */
function globOf(value: string): Glob {
  const pieces: Piece[] = [];
  let codes: string[] = [];
  let hasHole = false;
  const end = (): void => {
    pieces.push(hasHole ? HoledText.of(codes.join('')) : codes.join(''));
    codes = [];
    hasHole = false;
  };
  for (let i = 0; i < value.length; i++) {
    const character = value[i]!;
    if (character === '*') end();
    else if (character === '\\' && i + 1 < value.length) codes.push(value[++i]!);
    else {
      if (character === '?') hasHole = true;
      codes.push(character);
    }
  }
  end();
  return new Glob(pieces);
}
