/** The first page: what is there, and what should be done about it. */
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import { GetAccountSummaryCommand } from '@aws-sdk/client-iam';
import type { ReactNode } from 'react';
import { useRead } from '../../read.ts';
import { Reading } from '../../reading.tsx';

export function DashboardPage(): ReactNode {
  const summary = useRead(async ({ iam }, abortSignal) => (await iam.send(new GetAccountSummaryCommand({}), { abortSignal })).SummaryMap ?? {}, []);
  return (
    <ContentLayout header={<Header variant="h1">IAM dashboard</Header>}>
      <Container header={<Header variant="h2">IAM resources</Header>}>
        <Reading read={summary} what="account summary">
          {(counts) => <ColumnLayout><KeyValuePairs columns={4} items={[{ label: 'User groups', value: counts['Groups'] ?? 0 }, { label: 'Users', value: counts['Users'] ?? 0 }, { label: 'Roles', value: counts['Roles'] ?? 0 }, { label: 'Policies', value: counts['Policies'] ?? 0 }]} /></ColumnLayout>}
        </Reading>
      </Container>
    </ContentLayout>
  );
}
