/** The credentials of whoever is signed in: a user's own, or root's. */
import Alert from '@cloudscape-design/components/alert';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tabs from '@cloudscape-design/components/tabs';
import type { ReactNode } from 'react';
import { AccessKeys } from '../../credentials/access-keys.tsx';
import { credentialServices } from '../../credentials/credential-kinds.ts';
import { MfaDevices, useMfaDevices } from '../../credentials/mfa-devices.tsx';
import { ServiceCredentials } from '../../credentials/service-credentials.tsx';
import { SigningCertificates } from '../../credentials/signing-certificates.tsx';
import { SshKeys } from '../../credentials/ssh-keys.tsx';
import { useHelp } from '../../help.tsx';
import { useIdentity } from '../../identity.tsx';
import { href, navigate, useAddress } from '../../router.ts';
import type { OwnSession } from '../../session.ts';
import { AddPasskey } from './add-passkey.tsx';
import { PasswordCard } from './password-card.tsx';

const help = { header: 'Security credentials', content: <p>What proves that it is you: your password, devices that show codes, passkeys, and keys for programs. What your policies do not allow you to see or change is shown as denied, with the reason.</p> };

const path = 'security-credentials';

/** What programs use in a user's name to reach single services. */
const [git, keyspaces, bedrock] = credentialServices;

export function SecurityCredentialsPage(): ReactNode {
  useHelp(help);
  const { session } = useIdentity();
  const { query } = useAddress();
  const isRoot = session.kind === 'root';
  if (session.role || (session.kind !== 'user' && !isRoot)) return <Elsewhere session={session} />;
  const userName = isRoot ? undefined : session.name;
  const tabs = [
    { id: 'iam', label: isRoot ? 'Root credentials' : 'IAM credentials', content: <OwnCredentials session={session} userName={userName} /> },
    // Root has none of these.
    ...(userName === undefined ? [] : [
      { id: 'codecommit', label: 'Git credentials', content: <SpaceBetween size="l"><SshKeys userName={userName} /><ServiceCredentials userName={userName} service={git} /></SpaceBetween> },
      { id: 'services', label: 'Keyspaces and Bedrock', content: <SpaceBetween size="l"><ServiceCredentials userName={userName} service={keyspaces} /><ServiceCredentials userName={userName} service={bedrock} /></SpaceBetween> },
    ]),
  ];
  return (
    <ContentLayout header={<Header variant="h1" description={isRoot ? 'Of the root user, who may do everything: use it for what nobody else can do' : 'Your own'}>My security credentials</Header>}>
      <SpaceBetween size="l">
        <Details session={session} />
        <Tabs tabs={tabs} activeTabId={tabs.find(({ id }) => id === query.get('tab'))?.id ?? 'iam'} onChange={({ detail }) => navigate(href(path, { tab: detail.activeTabId }), { isReplaced: true })} ariaLabel="Kinds of credentials" />
      </SpaceBetween>
    </ContentLayout>
  );
}

const Elsewhere = ({ session }: { readonly session: OwnSession }): ReactNode => (
  <ContentLayout header={<Header variant="h1">My security credentials</Header>}>
    <Alert type="info">{session.role ? `You act as the role ${session.role.roleName}, which has no credentials of its own. Switch back to see yours.` : 'You signed in from elsewhere: your credentials are kept there.'}</Alert>
  </ContentLayout>
);

function Details({ session: { kind, name, arn, account, accountAlias } }: { readonly session: OwnSession }): ReactNode {
  const copied = (text: string, what: string): ReactNode => <CopyToClipboard variant="inline" textToCopy={text} copyButtonAriaLabel={`Copy the ${what}`} copySuccessText="Copied" copyErrorText="Not copied" />;
  return (
    <Container header={<Header variant="h2">{kind === 'root' ? 'Account details' : 'User details'}</Header>}>
      <KeyValuePairs columns={3} items={[
        { label: kind === 'root' ? 'E-mail address' : 'User name', value: name },
        { label: 'ARN', value: copied(arn, 'ARN') },
        { label: 'Account ID', value: <>{copied(account, 'account ID')}{accountAlias === undefined ? undefined : ` (${accountAlias})`}</> },
      ]} />
    </Container>
  );
}

function OwnCredentials({ session, userName }: { readonly session: OwnSession; readonly userName: string | undefined }): ReactNode {
  const devices = useMfaDevices(userName);
  return (
    <SpaceBetween size="l">
      {userName === undefined ? <Alert type="info">Root needs neither access keys nor certificates. Make users or roles for programs: their policies say what they may do.</Alert> : undefined}
      <PasswordCard />
      <MfaDevices userName={userName} owner={userName ?? session.account} devices={devices} actions={<AddPasskey onDone={devices.refresh} />} />
      <AccessKeys userName={userName} />
      <SigningCertificates userName={userName} />
    </SpaceBetween>
  );
}
