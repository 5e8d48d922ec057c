/** Findings by how grave they are, each with the way to where it stands. */
import Box from '@cloudscape-design/components/box';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { ReactNode } from 'react';
import type { PolicyFinding, PolicyFindings } from './policy-findings.ts';

const kinds: Readonly<Record<PolicyFinding['type'], { readonly title: string; readonly status: StatusIndicatorProps.Type }>> = {
  ERROR: { title: 'Errors', status: 'error' },
  SECURITY_WARNING: { title: 'Security', status: 'warning' },
  WARNING: { title: 'Warnings', status: 'warning' },
  SUGGESTION: { title: 'Suggestions', status: 'info' },
};
const order = Object.keys(kinds) as PolicyFinding['type'][];

export function FindingList({ findings: { list, state }, onGoTo }: { readonly findings: PolicyFindings; readonly onGoTo: (offset: number) => void }): ReactNode {
  const counts = order.map((type) => ({ type, found: list.filter((finding) => finding.type === type) }));
  if (state === 'failed') return <StatusIndicator type="warning">What AWS lists of its services could not be fetched: this policy was not looked through</StatusIndicator>;
  if (state === 'looking' && list.length === 0) return <StatusIndicator type="loading">Looking through this policy</StatusIndicator>;
  if (list.length === 0) return <StatusIndicator type="success">Nothing found in this policy</StatusIndicator>;
  return (
    <SpaceBetween size="xs">
      <output><SpaceBetween direction="horizontal" size="m">{counts.map(({ type, found }) => <StatusIndicator key={type} type={found.length > 0 ? kinds[type].status : 'success'}>{kinds[type].title}: {found.length}</StatusIndicator>)}</SpaceBetween></output>
      {counts.filter(({ found }) => found.length > 0).map(({ type, found }) => (
        <ExpandableSection key={type} headerText={`${kinds[type].title} (${found.length})`} defaultExpanded={type === 'ERROR' || type === 'SECURITY_WARNING'}>
          <SpaceBetween size="xs">
            {found.map(({ code, message, start, line, column }) => (
              <div key={`${start} ${code} ${message}`}><Link onFollow={() => onGoTo(start)} ariaLabel={`Go to line ${line}, column ${column}`}>Line {line}, column {column}</Link> <Box variant="span" fontWeight="bold">{titleOf(code)}:</Box> {message}</div>
            ))}
          </SpaceBetween>
        </ExpandableSection>
      ))}
    </SpaceBetween>
  );
}

/** `PASS_ROLE_WITH_STAR_IN_RESOURCE` → `Pass role with star in resource`. */
const titleOf = (code: string): string => code[0]! + code.slice(1).toLowerCase().replaceAll('_', ' ');
