/** A graph of accesses, drawn by cytoscape; every edge stands below it as text, too, for whoever does not see it or has no mouse. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import SpaceBetween from '@cloudscape-design/components/space-between';
import cytoscape from 'cytoscape';
import type { StylesheetJson } from 'cytoscape';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useIsDark } from '../../is-dark.ts';
import { nodeKinds } from './access-graph.ts';
import type { AccessGraph, EdgeKind, GraphEdge, NodeKind } from './access-graph.ts';

/** Pixels between columns, and between the nodes of one. */
const columnWidth = 300;
const rowHeight = 64;

export function GraphView({ graph, label }: { readonly graph: AccessGraph; readonly label: string }): ReactNode {
  const host = useRef<HTMLElement>(null);
  const view = useRef<cytoscape.Core>(undefined);
  const [chosen, setChosen] = useState<string>();
  const isDark = useIsDark();
  useEffect(() => {
    const core = cytoscape({
      container: host.current, style: styleOf(isDark), layout: { name: 'preset', padding: 24 }, autoungrabify: true, boxSelectionEnabled: false, userZoomingEnabled: true, wheelSensitivity: 0.3, minZoom: 0.1, maxZoom: 2.5,
      elements: { nodes: placed(graph).map(({ id, kind, label, x, y }) => ({ data: { id, label }, classes: kind, position: { x, y } })), edges: graph.edges.map(({ id, from, to, kind, label }) => ({ data: { id, source: from, target: to, label }, classes: kind })) },
    });
    core.on('tap', 'edge', ({ target }) => setChosen(String(target.id())));
    core.on('tap', ({ target }) => { if (target === core) setChosen(undefined); });
    view.current = core;
    return () => core.destroy();
  }, [graph, isDark]);
  useEffect(() => {
    view.current?.edges().removeClass('chosen');
    if (chosen !== undefined) view.current?.getElementById(chosen).addClass('chosen');
  }, [chosen]);
  const edge = graph.edges.find(({ id }) => id === chosen);
  return (
    <SpaceBetween size="s">
      {graph.left > 0 ? <Alert type="info">{graph.left} more are not drawn: the table has all of them.</Alert> : undefined}
      <SpaceBetween direction="horizontal" size="xs"><Button iconName="zoom-to-fit" onClick={() => view.current?.fit(undefined, 24)}>Fit</Button><Button iconName="zoom-in" ariaLabel="Nearer" onClick={() => zoomBy(view.current, 1.3)} /><Button iconName="zoom-out" ariaLabel="Farther" onClick={() => zoomBy(view.current, 1 / 1.3)} /></SpaceBetween>
      {/* By this id cytoscape finds the style sheet that it would put inline, which the content security policy stops; all that it says is done here. */}
      <figure ref={host} id="__________cytoscape_stylesheet" aria-label={`${label}: ${graph.nodes.length} things and ${graph.edges.length} connections, which follow as text`} style={{ position: 'relative', height: '480px', margin: 0 }} />
      <Box><output>{edge ? <Reasons edge={edge} /> : 'Choose a connection to read its reason.'}</output></Box>
      <ExpandableSection headerText={`All ${graph.edges.length} connections as text`}>
        <ul>{graph.edges.map((one) => <li key={one.id}><Button variant="inline-link" ariaLabel={`${words[one.kind]}: ${one.reasons[0]!}`} onClick={() => setChosen(one.id)}>{words[one.kind]}</Button> <Reasons edge={one} /></li>)}</ul>
      </ExpandableSection>
    </SpaceBetween>
  );
}

const words: Readonly<Record<EdgeKind, string>> = { has: 'Leads on', gives: 'Gives', opens: 'Gives, if', denies: 'Denies', limits: 'Limits' };

const Reasons = ({ edge: { reasons } }: { readonly edge: GraphEdge }): ReactNode => reasons.join('; ');

function zoomBy(core: cytoscape.Core | undefined, factor: number): void {
  core?.zoom({ level: core.zoom() * factor, renderedPosition: { x: core.width() / 2, y: core.height() / 2 } });
}

/** A column for each kind, each spread over the height of the longest. */
function placed({ nodes }: AccessGraph): readonly (AccessGraph['nodes'][number] & { readonly x: number; readonly y: number })[] {
  const columns = nodeKinds.map((kind) => nodes.filter((node) => node.kind === kind));
  const height = Math.max(...columns.map((column) => column.length)) * rowHeight;
  return columns.filter((column) => column.length > 0).flatMap((column, at) => column.map((node, i) => ({ ...node, x: at * columnWidth, y: ((i + 0.5) * height) / column.length })));
}

function styleOf(isDark: boolean): StylesheetJson {
  const text = isDark ? '#ebebf0' : '#0f141a';
  const back = isDark ? '#161d26' : '#ffffff';
  const quiet = isDark ? '#8c8c94' : '#656871';
  const nodeColors: Readonly<Record<NodeKind, string>> = isDark ? { principal: '#5c7fff', group: '#a783e1', policy: '#46b0a8', target: '#e0ca57' } : { principal: '#295eff', group: '#7d5bbe', policy: '#09796f', target: '#8a5a00' };
  const edgeColors: Readonly<Record<EdgeKind, string>> = isDark ? { has: quiet, gives: '#2bb534', opens: '#fbd332', denies: '#ff7a7a', limits: '#75cfff' } : { has: quiet, gives: '#00802f', opens: '#855900', denies: '#db0000', limits: '#006ce0' };
  const shapes: Readonly<Record<NodeKind, 'ellipse' | 'round-hexagon' | 'round-rectangle' | 'diamond'>> = { principal: 'ellipse', group: 'round-hexagon', policy: 'round-rectangle', target: 'diamond' };
  return [
    { selector: 'node', style: { label: 'data(label)', color: text, 'font-size': 12, 'text-valign': 'bottom', 'text-margin-y': 4, 'text-wrap': 'ellipsis', 'text-max-width': '220px', width: 22, height: 22 } },
    ...nodeKinds.map((kind) => ({ selector: `node.${kind}`, style: { 'background-color': nodeColors[kind], shape: shapes[kind] } })),
    { selector: 'edge', style: { label: 'data(label)', color: text, 'font-size': 10, 'text-background-color': back, 'text-background-opacity': 0.85, 'text-background-padding': '2px', 'min-zoomed-font-size': 8, width: 1.5, 'curve-style': 'bezier', 'target-arrow-shape': 'triangle', 'arrow-scale': 0.8 } },
    ...Object.entries(edgeColors).map(([kind, color]) => ({ selector: `edge.${kind}`, style: { 'line-color': color, 'target-arrow-color': color, ...(kind === 'opens' || kind === 'limits' ? { 'line-style': 'dashed' as const } : {}) } })),
    { selector: 'edge.chosen', style: { width: 4 } },
  ];
}
