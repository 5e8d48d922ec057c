/** A role: what it may do, whom it trusts, its tags, and the end of its sessions. */
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { GetRoleCommand, ListInstanceProfilesForRoleCommand } from '@aws-sdk/client-iam';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { LastAccessed } from '../../access-advisor/last-accessed.tsx';
import { DeleteDialog } from '../../delete-dialog.tsx';
import { useIdentity } from '../../identity.tsx';
import { PageTabs } from '../../page-tabs.tsx';
import { Boundary } from '../../permissions/boundary.tsx';
import { HeldPolicies } from '../../permissions/held-policies.tsx';
import { useRead } from '../../read.ts';
import { Reading } from '../../reading.tsx';
import { href, navigate } from '../../router.ts';
import { TagsTab } from '../../tags/tags-tab.tsx';
import { Ago, inFull } from '../../times.tsx';
import { EditRole } from './edit-role.tsx';
import { RevokeSessions } from './revoke-sessions.tsx';
import { planRoleDeletion } from './role-deletion.ts';
import { TrustRelationship } from './trust-relationship.tsx';

/** The link by which whoever may switches to the role. */
export const switchRoleAddress = (account: string, path: string, roleName: string): string => `${location.origin}/switchrole?${new URLSearchParams({ account, roleName: `${path.slice(1)}${roleName}` }).toString()}`;

const hoursLong = (seconds: number): string => seconds % 3600 === 0 ? `${seconds / 3600} ${seconds === 3600 ? 'hour' : 'hours'}` : `${Math.round(seconds / 60)} minutes`;

export function RolePage({ roleName }: { readonly roleName: string }): ReactNode {
  const { session } = useIdentity();
  const role = useRead(async ({ iam }, abortSignal) => (await iam.send(new GetRoleCommand({ RoleName: roleName }), { abortSignal })).Role!, [roleName]);
  const profiles = useRead(async ({ iam }, abortSignal) => (await iam.send(new ListInstanceProfilesForRoleCommand({ RoleName: roleName }), { abortSignal })).InstanceProfiles ?? [], [roleName]);
  const [dialog, setDialog] = useState<'delete' | 'edit'>();
  const close = (): void => setDialog(undefined);
  const holder = { kind: 'role', name: roleName } as const;
  return (
    <ContentLayout header={<Header variant="h1" description={role.value?.Description} actions={<SpaceBetween direction="horizontal" size="xs"><Button disabled={role.value === undefined} onClick={() => setDialog('edit')}>Edit</Button><Button onClick={() => setDialog('delete')}>Delete</Button></SpaceBetween>}>{roleName}</Header>}>
      <SpaceBetween size="l">
        <Container header={<Header variant="h2">Summary</Header>}>
          <Reading read={role} what="role">
            {({ Arn, CreateDate, RoleId, Path, MaxSessionDuration, RoleLastUsed }) => (
              <KeyValuePairs columns={3} items={[
                { label: 'ARN', value: <div className="long-text">{Arn}</div> }, { label: 'Created', value: inFull(CreateDate) }, { label: 'Last activity', value: <Ago time={RoleLastUsed?.LastUsedDate} never="–" /> },
                { label: 'Instance profile ARN', value: <Reading read={profiles} what="instance profiles">{(all) => all.length === 0 ? '–' : <div className="long-text">{all.map(({ Arn }) => Arn).join(', ')}</div>}</Reading> },
                { label: 'Maximum session duration', value: hoursLong(MaxSessionDuration ?? 3600) }, { label: 'Role ID', value: RoleId },
                { label: 'Link to switch roles in console', value: <CopyToClipboard variant="inline" textToCopy={switchRoleAddress(session.account, Path!, roleName)} textToDisplay={switchRoleAddress(session.account, Path!, roleName)} copyButtonAriaLabel="Copy the link to switch roles" copySuccessText="Copied" copyErrorText="Not copied" /> },
                { label: 'Path', value: Path },
              ]} />
            )}
          </Reading>
        </Container>
        <PageTabs tabs={[
          { id: 'permissions', label: 'Permissions', content: () => <SpaceBetween size="l"><HeldPolicies holder={holder} /><Reading read={role} what="permissions boundary">{({ PermissionsBoundary }) => <Boundary holder={holder} arn={PermissionsBoundary?.PermissionsBoundaryArn} onChanged={role.refresh} />}</Reading></SpaceBetween> },
          { id: 'trust', label: 'Trust relationships', content: () => <Reading read={role} what="trust policy">{(read) => <TrustRelationship role={read} onChanged={role.refresh} />}</Reading> },
          { id: 'tags', label: 'Tags', content: () => <TagsTab kind="role" id={roleName} /> },
          { id: 'accessed', label: 'Last accessed', content: () => <Reading read={role} what="role">{({ Arn }) => <LastAccessed arn={Arn!} />}</Reading> },
          { id: 'revoke', label: 'Revoke sessions', content: () => <RevokeSessions roleName={roleName} /> },
        ]} />
      </SpaceBetween>
      {dialog === 'delete' ? <DeleteDialog noun="role" names={[roleName]} plan={planRoleDeletion} onDone={() => navigate(href('roles'))} onDismiss={close}>Whoever acts with it now is refused from the next request on. A role of the same name made later is another one.</DeleteDialog> : undefined}
      {dialog === 'edit' && role.value ? <EditRole role={role.value} onDone={() => { close(); role.refresh(); }} onDismiss={close} /> : undefined}
    </ContentLayout>
  );
}
