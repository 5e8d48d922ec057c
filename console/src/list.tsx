/** A list of things: a table that is searched, sorted and paged in the browser while its pages still come, for ten thousand rows as for ten. */
import { useCollection } from '@cloudscape-design/collection-hooks';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import CollectionPreferences from '@cloudscape-design/components/collection-preferences';
import Header from '@cloudscape-design/components/header';
import Pagination from '@cloudscape-design/components/pagination';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import type { TableProps } from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import { Children, Fragment, isValidElement, useState } from 'react';
import type { ReactNode } from 'react';
import { ProblemAlert } from './problem-alert.tsx';
import type { ListRead } from './read.ts';

export interface Column<Item> {
  readonly id: string;
  readonly header: string;
  /** What stands in the cell. */
  readonly cell: (item: Item) => ReactNode;
  /** By what the column sorts and the search finds; without it the column does neither. */
  readonly value?: (item: Item) => string | number | undefined;
  readonly width?: number;
  /** Not shown until the person asks for it. */
  readonly isHidden?: boolean;
}

export interface ListProps<Item> {
  readonly list: ListRead<Item>;
  /** `Users`, and of one `user`. */
  readonly title: string;
  readonly noun: string;
  /** Of many, where it is not the one with an s. */
  readonly nouns?: string;
  readonly description?: ReactNode;
  readonly columns: readonly Column<Item>[];
  /** By what a person knows a row. */
  readonly keyOf: (item: Item) => string;
  /** By what a row is told from all others, where that is more than what a person knows it by. */
  readonly idOf?: (item: Item) => string;
  /** Buttons, given what is chosen and what takes the choice back. */
  readonly actions?: (selected: readonly Item[], clear: () => void) => ReactNode;
  readonly selection?: 'single' | 'multi';
  /** For a choice that is kept by whoever shows the list: what is chosen, also of what is not shown now, and what is told of another choice. */
  readonly chosen?: readonly Item[];
  readonly onChoose?: (chosen: readonly Item[]) => void;
  /** Controls beside the search, for filters that have items of their own. */
  readonly filters?: ReactNode;
  /** Only items that pass are shown. */
  readonly isShown?: (item: Item) => boolean;
  readonly variant?: TableProps.Variant;
  /** What is said when there are none. */
  readonly empty?: ReactNode;
  /** Rows on a page until the person asks for another number. */
  readonly initialPageSize?: (typeof pageSizes)[number];
}

const pageSizes = [20, 50, 100] as const;

export function List<Item>({ list, title, noun, nouns = `${noun}s`, description, columns, keyOf, idOf = keyOf, actions, selection, chosen, onChoose, filters, isShown, variant = 'full-page', empty, initialPageSize = 50 }: ListProps<Item>): ReactNode {
  const [visible, setVisible] = useState(() => columns.filter(({ isHidden }) => isHidden !== true).map(({ id }) => id));
  const [pageSize, setPageSize] = useState<number>(initialPageSize);
  const shown = isShown ? list.items.filter(isShown) : list.items;
  const { items, collectionProps, filterProps, paginationProps, filteredItemsCount, actions: collection } = useCollection(shown, {
    filtering: {
      filteringFunction: (item, text) => { const wanted = text.toLowerCase(); return columns.some(({ value }) => String(value?.(item) ?? '').toLowerCase().includes(wanted)); },
      empty: <Box textAlign="center" color="inherit">{list.isComplete ? (empty ?? `No ${nouns}`) : 'Loading'}</Box>,
      noMatch: <Box textAlign="center" color="inherit">No {noun} matches.</Box>,
    },
    pagination: { pageSize },
    sorting: {},
    selection: { trackBy: idOf, keepSelection: true },
  });
  const selected = chosen ?? stillThere(collectionProps.selectedItems ?? [], list.items, idOf);
  const count = `(${selected.length > 0 ? `${selected.length}/` : ''}${shown.length}${list.isComplete ? '' : '+'})`;
  return (
    <SpaceBetween size="m">
      <ProblemAlert problem={list.problem} what={title.toLowerCase()} onRetry={list.refresh} />
      {list.problem && list.items.length === 0 ? undefined : (
        <Table<Item>
          {...collectionProps}
          items={items}
          columnDefinitions={columns.map(definitionOf)}
          columnDisplay={columns.map(({ id }) => ({ id, visible: visible.includes(id) }))}
          {...(selection && { selectionType: selection })}
          {...(chosen && onChoose && { selectedItems: chosen, onSelectionChange: ({ detail }) => onChoose(detail.selectedItems) })}
          variant={variant}
          stickyHeader={variant === 'full-page'}
          resizableColumns
          enableKeyboardNavigation
          loading={!list.isComplete && list.items.length === 0}
          loadingText={`Loading ${title.toLowerCase()}`}
          trackBy={idOf}
          ariaLabels={{ tableLabel: title, selectionGroupLabel: `Chosen ${nouns}`, allItemsSelectionLabel: () => `Choose all ${nouns}`, itemSelectionLabel: (_, item) => `Choose ${keyOf(item)}` }}
          header={<Header variant={variant === 'full-page' ? 'h1' : 'h2'} counter={count} {...(description !== undefined && { description })} actions={<SpaceBetween direction="horizontal" size="xs"><Button iconName="refresh" ariaLabel={`Ask for ${title.toLowerCase()} again`} onClick={list.refresh} />{eachOf(actions?.(selected, () => collection.setSelectedItems([])))}</SpaceBetween>}>{title}</Header>}
          filter={<SpaceBetween direction="horizontal" size="xs"><TextFilter {...filterProps} filteringPlaceholder={`Find ${nouns}`} filteringAriaLabel={`Find ${nouns}`} countText={`${filteredItemsCount ?? 0} match${filteredItemsCount === 1 ? '' : 'es'}`} />{filters}</SpaceBetween>}
          pagination={<Pagination {...paginationProps} ariaLabels={{ nextPageLabel: 'Next page', previousPageLabel: 'Previous page', pageLabel: (page) => `Page ${page}` }} />}
          preferences={<Preferences columns={columns} visible={visible} pageSize={pageSize} onChange={(visible, pageSize) => { setVisible(visible); setPageSize(pageSize); }} />}
        />
      )}
    </SpaceBetween>
  );
}

/** Of what was chosen, what was not taken away since, as it is now. */
function stillThere<Item>(chosen: readonly Item[], items: readonly Item[], idOf: (item: Item) => string): readonly Item[] {
  if (chosen.length === 0) return chosen;
  const ids = new Set(chosen.map(idOf));
  return items.filter((item) => ids.has(idOf(item)));
}

/** A row of buttons has room between them where each is a child of its own, which what stands in a fragment is not. */
const eachOf = (node: ReactNode): ReactNode => isValidElement<{ readonly children?: ReactNode }>(node) && node.type === Fragment ? Children.toArray(node.props.children) : node;

interface PreferencesProps<Item> { readonly columns: readonly Column<Item>[]; readonly visible: string[]; readonly pageSize: number; readonly onChange: (visible: string[], pageSize: number) => void }

function Preferences<Item>({ columns, visible, pageSize, onChange }: PreferencesProps<Item>): ReactNode {
  return (
    <CollectionPreferences
      title="Preferences" confirmLabel="Confirm" cancelLabel="Cancel"
      preferences={{ pageSize, visibleContent: visible }}
      onConfirm={({ detail }) => onChange([...(detail.visibleContent ?? visible)], detail.pageSize ?? pageSize)}
      pageSizePreference={{ title: 'Rows on a page', options: pageSizes.map((value) => ({ value, label: String(value) })) }}
      visibleContentPreference={{ title: 'Columns', options: [{ label: 'Columns', options: columns.map(({ id, header }, i) => ({ id, label: header, editable: i > 0 })) }] }}
    />
  );
}

function definitionOf<Item>({ id, header, cell, value, width }: Column<Item>, i: number): TableProps.ColumnDefinition<Item> {
  return { id, header, cell, isRowHeader: i === 0, ...(width !== undefined && { width }), ...(value && { sortingField: id, sortingComparator: (a: Item, b: Item) => compared(value(a), value(b)) }) };
}

const collator = new Intl.Collator('en', { numeric: true });

/** What has no value comes last. */
function compared(a: string | number | undefined, b: string | number | undefined): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
  return typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));
}
