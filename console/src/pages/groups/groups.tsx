/** The user groups of the account. */
import Button from '@cloudscape-design/components/button';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { GetGroupCommand, ListAttachedGroupPoliciesCommand, ListGroupPoliciesCommand, ListGroupsCommand } from '@aws-sdk/client-iam';
import type { Group } from '@aws-sdk/client-iam';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Clients } from '../../clients.ts';
import { DeleteDialog } from '../../delete-dialog.tsx';
import { List } from '../../list.tsx';
import { HolderLink } from '../../permissions/policy-link.tsx';
import { markedPages, useList } from '../../read.ts';
import { href, navigate } from '../../router.ts';
import { RowCell, useRowReads } from '../../row-reads.tsx';
import { Ago } from '../../times.tsx';
import { planGroupDeletion } from './group-deletion.ts';

export function GroupsPage(): ReactNode {
  const { reads, list } = useRowReads(useList(({ iam }) => markedPages((Marker) => iam.send(new ListGroupsCommand({ Marker, MaxItems: 1000 })), ({ Groups }) => Groups), []));
  const [removed, setRemoved] = useState<readonly Group[]>();
  const close = (): void => setRemoved(undefined);
  return (
    <>
      <List<Group>
        list={list} title="User groups" noun="user group" keyOf={({ GroupName }) => GroupName!} selection="multi" description="A group gives the same permissions to all of its users."
        columns={[
          { id: 'name', header: 'Group name', cell: ({ GroupName }) => <HolderLink kind="group" name={GroupName!} />, value: ({ GroupName }) => GroupName, width: 300 },
          { id: 'users', header: 'Users', cell: ({ GroupName }) => <RowCell reads={reads} name={`users of ${GroupName}`} ask={(clients) => countUsers(clients, GroupName!)}>{(count) => count}</RowCell>, width: 120 },
          { id: 'permissions', header: 'Permissions', cell: ({ GroupName }) => <RowCell reads={reads} name={`policies of ${GroupName}`} ask={(clients) => hasPolicies(clients, GroupName!)}>{(has) => has ? <StatusIndicator type="success">Defined</StatusIndicator> : <StatusIndicator type="warning">Not defined</StatusIndicator>}</RowCell>, width: 160 },
          { id: 'created', header: 'Creation time', cell: ({ CreateDate }) => <Ago time={CreateDate} />, value: ({ CreateDate }) => CreateDate?.getTime() },
          { id: 'path', header: 'Path', isHidden: true, cell: ({ Path }) => Path, value: ({ Path }) => Path },
          { id: 'arn', header: 'ARN', isHidden: true, cell: ({ Arn }) => Arn, value: ({ Arn }) => Arn },
        ]}
        actions={(selected, clear) => <><Button disabled={selected.length === 0} onClick={() => { setRemoved(selected); clear(); }}>Delete</Button><Button variant="primary" onClick={() => navigate(href('groups/create'))}>Create group</Button></>}
      />
      {removed ? <DeleteDialog noun="user group" names={removed.map(({ GroupName }) => GroupName!)} plan={planGroupDeletion} onDone={() => { close(); list.refresh(); }} onDismiss={close}>Its users stay, and lose what the group allows with the next request.</DeleteDialog> : undefined}
    </>
  );
}

/** More than a page of them is told as such: a group may have thousands. */
async function countUsers({ iam }: Clients, GroupName: string): Promise<string> {
  const { Users = [], IsTruncated } = await iam.send(new GetGroupCommand({ GroupName, MaxItems: 1000 }));
  return `${Users.length.toLocaleString('en')}${IsTruncated === true ? '+' : ''}`;
}

async function hasPolicies({ iam }: Clients, GroupName: string): Promise<boolean> {
  const [{ AttachedPolicies = [] }, { PolicyNames = [] }] = await Promise.all([iam.send(new ListAttachedGroupPoliciesCommand({ GroupName, MaxItems: 1 })), iam.send(new ListGroupPoliciesCommand({ GroupName, MaxItems: 1 }))]);
  return AttachedPolicies.length + PolicyNames.length > 0;
}
