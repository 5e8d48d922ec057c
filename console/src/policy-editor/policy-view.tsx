/** A policy to be read. */
import type { ReactNode } from 'react';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { PolicyKind } from '../../../src/policy/types.ts';
import { FindingList } from './finding-list.tsx';
import { JsonEditor } from './json-editor.tsx';
import { useFindings } from './use-findings.ts';

export function PolicyViewBody({ kind, value, label = 'Policy document' }: { readonly kind: PolicyKind; readonly value: string; readonly label?: string }): ReactNode {
  const findings = useFindings(value, kind);
  const [goTo, setGoTo] = useState<{ readonly offset: number }>();
  return (
    <SpaceBetween size="s">
      <JsonEditor value={value} onChange={undefined} findings={findings.list} label={label} goTo={goTo} />
      <FindingList findings={findings} onGoTo={(offset) => setGoTo({ offset })} />
    </SpaceBetween>
  );
}
