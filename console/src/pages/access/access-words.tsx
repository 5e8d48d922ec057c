/** How an access is shown: the decision, and the statements that give it and that limit it. */
import Box from '@cloudscape-design/components/box';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { ReactNode } from 'react';
import type { AccessDecision, AccessStatement } from '../../../../models/gatehouse.ts';
import { reasonOf } from './reasons.ts';

export const decisionWords: Readonly<Record<AccessDecision, { readonly text: string; readonly status: 'success' | 'warning' | 'error' }>> = {
  allowed: { text: 'Allowed', status: 'success' },
  allowedIf: { text: 'Allowed, if', status: 'warning' },
  denied: { text: 'Denied', status: 'error' },
};

export function Decision({ access, decidedBy }: { readonly access: AccessDecision; readonly decidedBy: string | undefined }): ReactNode {
  const { text, status } = decisionWords[access];
  return <StatusIndicator type={status}>{text}{decidedBy === undefined || access !== 'denied' ? '' : ` (${decidedBy})`}</StatusIndicator>;
}

/** As many are shown at once. */
const shownMax = 2;

export function StatementList({ statements, none }: { readonly statements: readonly AccessStatement[]; readonly none: string }): ReactNode {
  if (statements.length === 0) return <Box color="text-body-secondary">{none}</Box>;
  const texts = [...new Set(statements.map(reasonOf))];
  const rest = texts.slice(shownMax);
  return (
    <>
      {texts.slice(0, shownMax).map((text) => <div key={text}>{text}</div>)}
      {rest.length > 0 ? <ExpandableSection headerText={`${rest.length} more`}>{rest.map((text) => <div key={text}>{text}</div>)}</ExpandableSection> : undefined}
    </>
  );
}
