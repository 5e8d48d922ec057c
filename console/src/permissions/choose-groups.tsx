/** Choosing groups from all there are. */
import { ListGroupsCommand } from '@aws-sdk/client-iam';
import type { Group } from '@aws-sdk/client-iam';
import type { ReactNode } from 'react';
import { List } from '../list.tsx';
import { markedPages, useList } from '../read.ts';
import { Ago } from '../times.tsx';
import { HolderLink } from './policy-link.tsx';

export function ChooseGroups({ chosen, onChoose, without }: { readonly chosen: readonly Group[]; readonly onChoose: (chosen: readonly Group[]) => void; readonly without?: ReadonlySet<string> }): ReactNode {
  const groups = useList(({ iam }) => markedPages((Marker) => iam.send(new ListGroupsCommand({ Marker, MaxItems: 1000 })), ({ Groups }) => Groups), []);
  return (
    <List<Group>
      variant="container" list={groups} title="User groups" noun="user group" keyOf={({ GroupName }) => GroupName!} selection="multi" chosen={chosen} onChoose={onChoose} isShown={({ GroupName }) => without?.has(GroupName!) !== true} initialPageSize={20}
      columns={[{ id: 'name', header: 'Group name', cell: ({ GroupName }) => <HolderLink kind="group" name={GroupName!} />, value: ({ GroupName }) => GroupName, width: 300 }, { id: 'created', header: 'Created', cell: ({ CreateDate }) => <Ago time={CreateDate} />, value: ({ CreateDate }) => CreateDate?.getTime() }]}
    />
  );
}
