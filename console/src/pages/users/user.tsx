/** A user: who it is, and in tabs its permissions, groups, tags, security credentials and what it last used. */
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { GetUserCommand } from '@aws-sdk/client-iam';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { LastAccessed } from '../../access-advisor/last-accessed.tsx';
import { AccessKeys } from '../../credentials/access-keys.tsx';
import { ConsolePassword } from '../../credentials/console-password.tsx';
import { credentialServices } from '../../credentials/credential-kinds.ts';
import { MfaDevices, useMfaDevices } from '../../credentials/mfa-devices.tsx';
import { ServiceCredentials } from '../../credentials/service-credentials.tsx';
import { SigningCertificates } from '../../credentials/signing-certificates.tsx';
import { SshKeys } from '../../credentials/ssh-keys.tsx';
import { DeleteDialog } from '../../delete-dialog.tsx';
import { Boundary } from '../../permissions/boundary.tsx';
import { HeldPolicies } from '../../permissions/held-policies.tsx';
import { useRead } from '../../read.ts';
import { Reading } from '../../reading.tsx';
import { href, navigate, pathOf } from '../../router.ts';
import { PageTabs } from '../../page-tabs.tsx';
import { TagsTab } from '../../tags/tags-tab.tsx';
import { Ago, inFull } from '../../times.tsx';
import { RenameDialog } from './rename-user.tsx';
import { planUserDeletion } from './user-deletion.ts';
import { UserGroups } from './user-groups.tsx';

export function UserPage({ userName }: { readonly userName: string }): ReactNode {
  const user = useRead(async ({ iam }, abortSignal) => (await iam.send(new GetUserCommand({ UserName: userName }), { abortSignal })).User!, [userName]);
  const [dialog, setDialog] = useState<'delete' | 'rename'>();
  const close = (): void => setDialog(undefined);
  const holder = { kind: 'user', name: userName } as const;
  return (
    <ContentLayout header={<Header variant="h1" actions={<SpaceBetween direction="horizontal" size="xs"><Button onClick={() => setDialog('rename')}>Rename</Button><Button onClick={() => setDialog('delete')}>Delete</Button></SpaceBetween>}>{userName}</Header>}>
      <SpaceBetween size="l">
        <Container header={<Header variant="h2">Summary</Header>}>
          <Reading read={user} what="user">
            {({ Arn, CreateDate, PasswordLastUsed, UserId, Path }) => (
              <KeyValuePairs columns={3} items={[
                { label: 'ARN', value: <div className="long-text">{Arn}</div> }, { label: 'Created', value: inFull(CreateDate) }, { label: 'Last console sign-in', value: <Ago time={PasswordLastUsed} /> },
                { label: 'User ID', value: UserId }, { label: 'Path', value: Path },
              ]} />
            )}
          </Reading>
        </Container>
        <PageTabs tabs={[
          { id: 'permissions', label: 'Permissions', content: () => <SpaceBetween size="l"><HeldPolicies holder={holder} /><Reading read={user} what="permissions boundary">{({ PermissionsBoundary }) => <Boundary holder={holder} arn={PermissionsBoundary?.PermissionsBoundaryArn} onChanged={user.refresh} />}</Reading></SpaceBetween> },
          { id: 'groups', label: 'Groups', content: () => <UserGroups userName={userName} /> },
          { id: 'tags', label: 'Tags', content: () => <TagsTab kind="user" id={userName} /> },
          { id: 'security', label: 'Security credentials', content: () => <SecurityCredentials userName={userName} /> },
          { id: 'accessed', label: 'Last accessed', content: () => <Reading read={user} what="user">{({ Arn }) => <LastAccessed arn={Arn!} />}</Reading> },
        ]} />
      </SpaceBetween>
      {dialog === 'delete' ? <DeleteDialog noun="user" names={[userName]} plan={planUserDeletion} onDone={() => navigate(href('users'))} onDismiss={close}>The user can do nothing from the next request on. A user of the same name made later is another one.</DeleteDialog> : undefined}
      {dialog === 'rename' ? <RenameDialog userName={userName} onDone={(name) => { close(); navigate(href(pathOf('users/:userName', { userName: name })), { isReplaced: true }); }} onDismiss={close} /> : undefined}
    </ContentLayout>
  );
}

function SecurityCredentials({ userName }: { readonly userName: string }): ReactNode {
  const devices = useMfaDevices(userName);
  return (
    <SpaceBetween size="l">
      <ConsolePassword userName={userName} />
      <MfaDevices userName={userName} owner={userName} devices={devices} />
      <AccessKeys userName={userName} />
      <SshKeys userName={userName} />
      {credentialServices.map((service) => <ServiceCredentials key={service.serviceName} userName={userName} service={service} />)}
      <SigningCertificates userName={userName} />
    </SpaceBetween>
  );
}
