/** What should be done about the account's security: each recommendation is a row, which reads for itself what it needs. */
import { ListMFADevicesCommand } from '@aws-sdk/client-iam';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { ReactNode } from 'react';
import { isTrue, readCredentialReport, rootRow, timeIn } from '../../credential-report.ts';
import type { CredentialReport, ReportRow } from '../../credential-report.ts';
import { useIdentity } from '../../identity.tsx';
import { hasPage } from '../../pages.tsx';
import { ProblemAlert } from '../../problem-alert.tsx';
import { useList, useRead } from '../../read.ts';
import type { Read } from '../../read.ts';
import { follow, href, pathOf } from '../../router.ts';
import { daysSince, inFull } from '../../times.tsx';
import { searchFullAccess } from './full-access.ts';
import type { FullAccess, HolderKind } from './full-access.ts';

/** A key that nobody has used for as long should go. Source: "Remove unused credentials" (IAM User Guide, Security best practices). */
const unusedDays = 90;

export function Recommendations({ summary }: { readonly summary: Read<Readonly<Record<string, number>>> }): ReactNode {
  const report = useRead(({ iam }, signal) => readCredentialReport(iam, signal), []);
  const { session } = useIdentity();
  return (
    <Container header={<Header variant="h2" description={report.value && `Users and keys as of ${inFull(report.value.generatedAt)}: the credential report is made anew every four hours.`}>Security recommendations</Header>}>
      <SpaceBetween size="m">
        <FromRead read={summary} what="the account summary">{(counts) => <SpaceBetween size="m"><RootMfa isOn={counts['AccountMFAEnabled'] === 1} /><RootKeys areThere={counts['AccountAccessKeysPresent'] === 1} /></SpaceBetween>}</FromRead>
        {session.kind === 'user' && !session.role ? <OwnMfa /> : undefined}
        <FromRead read={report} what="the credential report">{(value) => <SpaceBetween size="m"><UsersWithoutMfa report={value} /><UnusedKeys report={value} /></SpaceBetween>}</FromRead>
        <WideAccess />
      </SpaceBetween>
    </Container>
  );
}

function FromRead<Value>({ read, what, children }: { readonly read: Read<Value>; readonly what: string; readonly children: (value: Value) => ReactNode }): ReactNode {
  if (read.value !== undefined) return children(read.value);
  return read.problem ? <ProblemAlert problem={read.problem} what={what} onRetry={read.refresh} /> : <StatusIndicator type="loading">Reading {what}</StatusIndicator>;
}

interface AdviceProps { readonly isGood: boolean; readonly title: string; readonly children?: ReactNode; /** Whom it is about. */ readonly names?: readonly Named[] }
interface Named { readonly name: string; readonly path?: string; readonly detail?: string }

/** As many are named before the rest is only counted. */
const namedMax = 50;

const nobody: readonly Named[] = [];

function Advice({ isGood, title, children, names = nobody }: AdviceProps): ReactNode {
  return (
    <div data-advice={isGood ? 'good' : 'needed'}>
      <Box fontWeight="bold"><StatusIndicator type={isGood ? 'success' : 'warning'} iconAriaLabel={isGood ? 'Good' : 'To do'}>{title}</StatusIndicator></Box>
      {children === undefined ? undefined : <Box color="text-body-secondary" margin={{ left: 'l' }}>{children}</Box>}
      {names.length === 0 ? undefined : (
        <Box margin={{ left: 'l' }}>
          <ExpandableSection headerText={`Show ${names.length === 1 ? 'it' : `all ${names.length.toLocaleString('en')}`}`} headingTagOverride="h3">
            <ul>{names.slice(0, namedMax).map(({ name, path, detail }) => <li key={`${name} ${detail ?? ''}`}>{path !== undefined && hasPage(path) ? <Link href={href(path)} onFollow={follow}>{name}</Link> : name}{detail === undefined ? undefined : `: ${detail}`}</li>)}</ul>
            {names.length > namedMax ? `… and ${(names.length - namedMax).toLocaleString('en')} more` : undefined}
          </ExpandableSection>
        </Box>
      )}
    </div>
  );
}

const credentialsPath = 'security-credentials';

/** The way to one's own credentials. */
const ToOwnCredentials = ({ children }: { readonly children: string }): ReactNode => hasPage(credentialsPath) ? <Link href={href(credentialsPath)} onFollow={follow}>{children}</Link> : children;

const RootMfa = ({ isOn }: { readonly isOn: boolean }): ReactNode =>
  <Advice isGood={isOn} title={isOn ? 'Root has MFA' : 'Add MFA for the root user'}>{isOn ? 'A password alone does not sign root in.' : 'Sign in as root and enrol a device: a password alone should not be enough for what may do everything.'}</Advice>;

const RootKeys = ({ areThere }: { readonly areThere: boolean }): ReactNode =>
  <Advice isGood={!areThere} title={areThere ? 'Delete the access keys of the root user' : 'Root has no access keys'}>{areThere ? 'Use an IAM user or a role instead: no policy limits what root\'s keys may do.' : 'Programs use users and roles, which policies limit.'}</Advice>;

function OwnMfa(): ReactNode {
  const devices = useRead(async ({ iam }, abortSignal) => (await iam.send(new ListMFADevicesCommand({}), { abortSignal })).MFADevices ?? [], []);
  return <FromRead read={devices} what="your MFA devices">{(mine) => <Advice isGood={mine.length > 0} title={mine.length > 0 ? 'You have MFA' : 'Add MFA for yourself'}>{mine.length > 0 ? undefined : <ToOwnCredentials>Enrol a device or a passkey</ToOwnCredentials>}</Advice>}</FromRead>;
}

const userPath = (userName: string): string => pathOf('users/:userName', { userName });
const userRows = ({ rows }: CredentialReport): readonly ReportRow[] => rows.filter(({ user }) => user !== rootRow);

function UsersWithoutMfa({ report }: { readonly report: CredentialReport }): ReactNode {
  const without = userRows(report).filter((row) => isTrue(row['password_enabled']) && !isTrue(row['mfa_active']));
  return <Advice isGood={without.length === 0} title={without.length === 0 ? 'Every user with a password has MFA' : `Users with a password and without MFA: ${without.length.toLocaleString('en')}`} names={without.map(({ user = '' }) => ({ name: user, path: userPath(user) }))} />;
}

function UnusedKeys({ report }: { readonly report: CredentialReport }): ReactNode {
  const unused = userRows(report).flatMap((row) => ['access_key_1', 'access_key_2'].flatMap((key) => unusedFor(row, key)));
  return <Advice isGood={unused.length === 0} title={unused.length === 0 ? `Every active access key was used in the last ${unusedDays} days, or is younger` : `Active access keys not used for ${unusedDays} days: ${unused.length.toLocaleString('en')}`} names={unused} />;
}

function unusedFor(row: ReportRow, key: string): readonly Named[] {
  const used = timeIn(row[`${key}_last_used_date`]);
  const since = used ?? timeIn(row[`${key}_last_rotated`]);
  if (!isTrue(row[`${key}_active`]) || since === undefined || daysSince(since) < unusedDays) return [];
  const name = row['user'] ?? '';
  return [{ name, path: userPath(name), detail: `${key === 'access_key_1' ? 'the older key' : 'the newer key'}, ${used ? `last used ${daysSince(used)} days ago` : `never used, made ${daysSince(since)} days ago`}` }];
}

const holderPaths: Readonly<Record<HolderKind, (name: string) => string>> = {
  user: userPath,
  group: (groupName) => pathOf('groups/:groupName', { groupName }),
  role: (roleName) => pathOf('roles/:roleName', { roleName }),
};

/** Whoever reads it decides whether these should be so many. */
function WideAccess(): ReactNode {
  const search = useList(({ iam }, signal) => searchFullAccess(iam, signal), []);
  const { looked, found } = search.items.at(-1) ?? { looked: 0, found: [] };
  if (search.problem) return <ProblemAlert problem={search.problem} what="the account's policies" onRetry={search.refresh} />;
  if (!search.isComplete) return <StatusIndicator type="loading">Looking for policies that allow everything{looked > 0 ? `: ${looked.toLocaleString('en')} users, groups and roles so far` : ''}</StatusIndicator>;
  const named = (one: FullAccess): Named => ({ name: one.holder.name, path: holderPaths[one.holder.kind](one.holder.name), detail: `${one.holder.kind}, by ${one.policy}` });
  return <Advice isGood={found.length === 0} title={found.length === 0 ? 'No policy allows every action on every resource' : `May do everything: ${found.length.toLocaleString('en')} of ${looked.toLocaleString('en')} users, groups and roles`} names={found.map(named)}>{found.length === 0 ? undefined : 'Give those who do not need it what their work asks for, and no more.'}</Advice>;
}
