/** The first page: what is there, and what should be done about it. */
import { GetAccountSummaryCommand } from '@aws-sdk/client-iam';
import Alert from '@cloudscape-design/components/alert';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Grid from '@cloudscape-design/components/grid';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { useHelp } from '../../help.tsx';
import { useIdentity } from '../../identity.tsx';
import { hasPage } from '../../pages.tsx';
import { useRead } from '../../read.ts';
import { Reading } from '../../reading.tsx';
import { follow, href } from '../../router.ts';
import { AccountCard } from './account-card.tsx';
import { Recommendations } from './recommendations.tsx';

const help = { header: 'Dashboard', content: <p>What the account has, and what should be done about its security. The account's number and its alias name it when people sign in; the link may be given to them.</p> };

/** What is counted: its name in the summary, and the page that lists it. */
const counted = [
  { label: 'User groups', name: 'Groups', path: 'groups' },
  { label: 'Users', name: 'Users', path: 'users' },
  { label: 'Roles', name: 'Roles', path: 'roles' },
  { label: 'Policies', name: 'Policies', path: 'policies' },
  { label: 'Identity providers', name: 'Providers', path: 'identity-providers' },
] as const;

export function DashboardPage(): ReactNode {
  useHelp(help);
  const { session } = useIdentity();
  const summary = useRead(async ({ iam }, abortSignal): Promise<Readonly<Record<string, number>>> => (await iam.send(new GetAccountSummaryCommand({}), { abortSignal })).SummaryMap ?? {}, []);
  return (
    <ContentLayout header={<Header variant="h1">IAM dashboard</Header>}>
      <SpaceBetween size="l">
        {session.passwordExpiresInDays === undefined ? undefined : <Alert type="warning">Your password expires in {session.passwordExpiresInDays === 1 ? 'a day' : `${session.passwordExpiresInDays} days`}. {hasPage('security-credentials') ? <Link href={href('security-credentials')} onFollow={follow}>Change it</Link> : undefined}</Alert>}
        <Grid gridDefinition={[{ colspan: { default: 12, s: 8 } }, { colspan: { default: 12, s: 4 } }]}>
          <SpaceBetween size="l">
            <Recommendations summary={summary} />
            <Container header={<Header variant="h2">IAM resources</Header>}>
              <Reading read={summary} what="account summary">
                {(counts) => <KeyValuePairs columns={4} items={counted.map(({ label, name, path }) => ({ label, value: <Count value={counts[name] ?? 0} path={path} what={label} /> }))} />}
              </Reading>
            </Container>
          </SpaceBetween>
          <AccountCard />
        </Grid>
      </SpaceBetween>
    </ContentLayout>
  );
}

const Count = ({ value, path, what }: { readonly value: number; readonly path: string; readonly what: string }): ReactNode => {
  const text = value.toLocaleString('en');
  return hasPage(path) ? <Link href={href(path)} onFollow={follow} fontSize="heading-l" ariaLabel={`${text} ${what.toLowerCase()}`}>{text}</Link> : text;
};
