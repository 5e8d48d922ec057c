/** The same accesses as a table or as a graph; what draws the graph is loaded when somebody asks for it. */
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { lazy, Suspense, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { PageLoading } from '../../page-states.tsx';
import { graphOf } from './access-graph.ts';
import type { DrawnAccess } from './access-graph.ts';

const GraphView = lazy(async () => ({ default: (await import('./graph-view.tsx')).GraphView }));

export function TableOrGraph({ label, accesses, children }: { readonly label: string; readonly accesses: readonly DrawnAccess[]; readonly children: ReactNode }): ReactNode {
  const [mode, setMode] = useState<'table' | 'graph'>('table');
  return (
    <SpaceBetween size="m">
      <SegmentedControl label="How to show it" selectedId={mode} options={[{ id: 'table', text: 'Table' }, { id: 'graph', text: 'Graph', disabled: accesses.length === 0 }]} onChange={({ detail }) => setMode(detail.selectedId === 'graph' ? 'graph' : 'table')} />
      {mode === 'table' || accesses.length === 0 ? children : <Suspense fallback={<PageLoading />}><Graph label={label} accesses={accesses} /></Suspense>}
    </SpaceBetween>
  );
}

function Graph({ label, accesses }: { readonly label: string; readonly accesses: readonly DrawnAccess[] }): ReactNode {
  const graph = useMemo(() => graphOf(accesses), [accesses]);
  return <GraphView graph={graph} label={label} />;
}
