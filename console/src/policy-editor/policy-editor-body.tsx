/** The policy editor: visual and JSON over the same text, its size, and what was found in it. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { FindingList } from './finding-list.tsx';
import { JsonEditor } from './json-editor.tsx';
import type { PolicyEditorProps } from './policy-editor.tsx';
import { sizeLimits, sizeOf } from './policy-size.ts';
import type { SizeLimit } from './policy-size.ts';
import { readShown } from './statement-edits.ts';
import { useFindings } from './use-findings.ts';
import { VisualEditor } from './visual-editor.tsx';

export function PolicyEditorBody({ kind, value, onChange, onFindings, limit = sizeLimits[kind], label = 'Policy document' }: PolicyEditorProps): ReactNode {
  const [mode, setMode] = useState<'visual' | 'json'>('json');
  const [goTo, setGoTo] = useState<{ readonly offset: number }>();
  const findings = useFindings(value, kind, onFindings);
  const shown = mode === 'visual' ? readShown(value) : undefined;
  return (
    <SpaceBetween size="m">
      <SegmentedControl
        label="How to edit the policy" selectedId={mode}
        options={[{ id: 'visual', text: 'Visual' }, { id: 'json', text: 'JSON' }]}
        onChange={({ detail }) => setMode(detail.selectedId === 'visual' ? 'visual' : 'json')}
      />
      {shown === undefined ? <JsonEditor value={value} onChange={onChange} findings={findings.list} label={label} goTo={goTo} />
        : 'unreadable' in shown ? <Alert type="warning" header="This text is no policy yet">The visual editor shows it as soon as it is: {shown.unreadable}.</Alert>
        : <VisualEditor text={value} statements={shown.statements} kind={kind} onChange={onChange} />}
      <SizeMeter text={value} limit={limit} />
      <FindingList findings={findings} onGoTo={(offset) => { setMode('json'); setGoTo({ offset }); }} />
    </SpaceBetween>
  );
}

function SizeMeter({ text, limit }: { readonly text: string; readonly limit: SizeLimit }): ReactNode {
  const size = sizeOf(text, limit);
  const isOver = size > limit.max;
  const words = `${size.toLocaleString('en')} of ${limit.max.toLocaleString('en')} characters that ${limit.what} may have${limit.isWhole ? '' : ', white space apart'}`;
  return <Box color={isOver ? 'text-status-error' : 'text-body-secondary'} fontSize="body-s"><output>{isOver ? `Too long: ${words}` : words}</output></Box>;
}
