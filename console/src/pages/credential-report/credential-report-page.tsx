/** The credential report as a table, with charts of what it says, and as the .csv that AWS's is. */
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { ReactNode } from 'react';
import { isTrue, readCredentialReport, timeIn } from '../../credential-report.ts';
import type { ReportRow } from '../../credential-report.ts';
import { download } from '../../download.ts';
import { List } from '../../list.tsx';
import type { Column } from '../../list.tsx';
import { useRead } from '../../read.ts';
import { Reading } from '../../reading.tsx';
import { Ago, inFull } from '../../times.tsx';
import { CredentialCharts } from './credential-charts.tsx';

export function CredentialReportPage(): ReactNode {
  const report = useRead(({ iam }, abortSignal) => readCredentialReport(iam, abortSignal), []);
  return (
    <ContentLayout header={<Header variant="h1" description="Who has which passwords, keys and devices, how old they are and when they were used." actions={<Button iconName="download" disabled={report.value === undefined} onClick={() => report.value && download('credentials.csv', report.value.text)}>Download report</Button>}>Credential report</Header>}>
      <Reading read={report} what="the credential report">
        {(value) => (
          <SpaceBetween size="l">
            <Alert type="info">Made {inFull(value.generatedAt)}. A report is made anew when the last is four hours old.</Alert>
            <CredentialCharts report={value} />
            <List list={{ items: value.rows, isComplete: report.state !== 'loading', problem: undefined, refresh: report.refresh }} variant="container" title="Credentials" noun="user" columns={columns} keyOf={({ user = '' }) => user} />
          </SpaceBetween>
        )}
      </Reading>
    </ContentLayout>
  );
}

const columns: readonly Column<ReportRow>[] = [
  { id: 'user', header: 'User', cell: ({ user }) => user, value: ({ user }) => user, width: 200 },
  { id: 'created', header: 'Created', ...timeColumn('user_creation_time') },
  { id: 'password', header: 'Password', ...stateColumn('password_enabled', 'Enabled', 'None') },
  { id: 'password-used', header: 'Password used', ...timeColumn('password_last_used') },
  { id: 'password-changed', header: 'Password changed', isHidden: true, ...timeColumn('password_last_changed') },
  { id: 'mfa', header: 'MFA', ...stateColumn('mfa_active', 'On', 'Off') },
  ...([1, 2] as const).flatMap((number): readonly Column<ReportRow>[] => [
    { id: `key-${number}`, header: `Key ${number}`, ...stateColumn(`access_key_${number}_active`, 'Active', '–') },
    { id: `key-${number}-made`, header: `Key ${number} made`, ...timeColumn(`access_key_${number}_last_rotated`) },
    { id: `key-${number}-used`, header: `Key ${number} used`, ...timeColumn(`access_key_${number}_last_used_date`) },
    { id: `key-${number}-service`, header: `Key ${number} used for`, isHidden: true, cell: (row) => row[`access_key_${number}_last_used_service`], value: (row) => row[`access_key_${number}_last_used_service`] },
  ]),
  { id: 'arn', header: 'ARN', isHidden: true, cell: ({ arn }) => arn, value: ({ arn }) => arn },
];

function timeColumn(name: string): Pick<Column<ReportRow>, 'cell' | 'value' | 'width'> {
  const at = (row: ReportRow): Date | undefined => timeIn(row[name]);
  return { cell: (row) => <Ago time={at(row)} never="–" />, value: (row) => at(row)?.getTime(), width: 150 };
}

function stateColumn(name: string, on: string, off: string): Pick<Column<ReportRow>, 'cell' | 'value' | 'width'> {
  const text = (row: ReportRow): string => (isTrue(row[name]) ? on : row[name] === 'not_supported' ? 'Not told' : off);
  return { cell: (row) => <StatusIndicator type={isTrue(row[name]) ? 'success' : 'stopped'}>{text(row)}</StatusIndicator>, value: text, width: 130 };
}
