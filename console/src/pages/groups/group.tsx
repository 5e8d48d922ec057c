/** A user group: who is in it, and what it gives them. */
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { GetGroupCommand } from '@aws-sdk/client-iam';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { LastAccessed } from '../../access-advisor/last-accessed.tsx';
import { DeleteDialog } from '../../delete-dialog.tsx';
import { PageTabs } from '../../page-tabs.tsx';
import { HeldPolicies } from '../../permissions/held-policies.tsx';
import { useRead } from '../../read.ts';
import { Reading } from '../../reading.tsx';
import { href, navigate, pathOf } from '../../router.ts';
import { inFull } from '../../times.tsx';
import { planGroupDeletion } from './group-deletion.ts';
import { GroupUsers } from './group-users.tsx';
import { RenameGroup } from './rename-group.tsx';

export function GroupPage({ groupName }: { readonly groupName: string }): ReactNode {
  const group = useRead(async ({ iam }, abortSignal) => (await iam.send(new GetGroupCommand({ GroupName: groupName, MaxItems: 1 }), { abortSignal })).Group!, [groupName]);
  const [dialog, setDialog] = useState<'delete' | 'rename'>();
  const close = (): void => setDialog(undefined);
  return (
    <ContentLayout header={<Header variant="h1" actions={<SpaceBetween direction="horizontal" size="xs"><Button onClick={() => setDialog('rename')}>Rename</Button><Button onClick={() => setDialog('delete')}>Delete</Button></SpaceBetween>}>{groupName}</Header>}>
      <SpaceBetween size="l">
        <Container header={<Header variant="h2">Summary</Header>}>
          <Reading read={group} what="user group">{({ Arn, CreateDate, GroupId, Path }) => <KeyValuePairs columns={4} items={[{ label: 'ARN', value: <div className="long-text">{Arn}</div> }, { label: 'Created', value: inFull(CreateDate) }, { label: 'Group ID', value: GroupId }, { label: 'Path', value: Path }]} />}</Reading>
        </Container>
        <PageTabs tabs={[
          { id: 'users', label: 'Users', content: () => <GroupUsers groupName={groupName} /> },
          { id: 'permissions', label: 'Permissions', content: () => <HeldPolicies holder={{ kind: 'group', name: groupName }} /> },
          { id: 'accessed', label: 'Last accessed', content: () => <Reading read={group} what="user group">{({ Arn }) => <LastAccessed arn={Arn!} />}</Reading> },
        ]} />
      </SpaceBetween>
      {dialog === 'delete' ? <DeleteDialog noun="user group" names={[groupName]} plan={planGroupDeletion} onDone={() => navigate(href('groups'))} onDismiss={close}>Its users stay, and lose what the group allows with the next request.</DeleteDialog> : undefined}
      {dialog === 'rename' ? <RenameGroup groupName={groupName} onDone={(name) => { close(); navigate(href(pathOf('groups/:groupName', { groupName: name })), { isReplaced: true }); }} onDismiss={close} /> : undefined}
    </ContentLayout>
  );
}
