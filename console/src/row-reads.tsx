/** What a row reads beside its list: only while it is shown, once for all cells that need it, and for each row alone, so that one denial is one cell's. */
import Popover from '@cloudscape-design/components/popover';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { Clients } from './clients.ts';
import { useClients } from './identity.tsx';
import { Why } from './problem-alert.tsx';
import { problemOf } from './problem.ts';
import type { Problem } from './problem.ts';
import type { ListRead } from './read.ts';
import { settleOver } from './session-over.ts';

export type RowReads = Map<string, Promise<unknown>>;

/** A list whose rows read more: asked again, the rows ask again. */
export function useRowReads<Item>(list: ListRead<Item>): { readonly reads: RowReads; readonly list: ListRead<Item> } {
  const [reads, setReads] = useState<RowReads>(() => new Map());
  return useMemo(() => ({ reads, list: { ...list, refresh: () => { setReads(new Map()); list.refresh(); } } }), [reads, list]);
}

export interface RowCellProps<Value> {
  readonly reads: RowReads;
  /** What is read of which row, `groups of alice`: cells of the same name share it. */
  readonly name: string;
  readonly ask: (clients: Clients) => Promise<Value>;
  readonly children: (value: Value) => ReactNode;
}

export function RowCell<Value>({ reads, name, ask, children }: RowCellProps<Value>): ReactNode {
  const clients = useClients();
  const [held, setHeld] = useState<{ readonly of: string } & ({ readonly value: Value } | { readonly problem: Problem })>();
  useEffect(() => {
    let isGone = false;
    // By its name it is of this type.
    const known = reads.get(name) as Promise<Value> | undefined;
    const asked = known ?? ask(clients);
    if (!known) reads.set(name, asked);
    asked.then((value) => { if (!isGone) setHeld({ of: name, value }); }, (thrown: unknown) => { if (!isGone) setHeld({ of: name, problem: settleOver(problemOf(thrown)) }); });
    return () => { isGone = true; };
    // `ask` is what `name` says.
  }, [clients, reads, name]);
  // What is held may be another row's, before this one's has come.
  if (held?.of !== name) return <span aria-label="Loading">…</span>;
  return 'problem' in held ? <CellProblem problem={held.problem} /> : children(held.value);
}

/** A problem in as much room as a cell has. */
export function CellProblem({ problem }: { readonly problem: Problem }): ReactNode {
  const isDenied = problem.kind === 'denied';
  return (
    <Popover header={isDenied ? 'Access denied' : 'Not read'} content={<>{problem.message} <Why problem={problem} /></>} dismissAriaLabel="Close" triggerType="text">
      <StatusIndicator type={isDenied ? 'warning' : 'error'}>{isDenied ? 'Denied' : 'Failed'}</StatusIndicator>
    </Popover>
  );
}
