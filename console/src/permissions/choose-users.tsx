/** Choosing users from all there are. */
import { ListUsersCommand } from '@aws-sdk/client-iam';
import type { User } from '@aws-sdk/client-iam';
import type { ReactNode } from 'react';
import { List } from '../list.tsx';
import { markedPages, useList } from '../read.ts';
import { Ago } from '../times.tsx';
import { HolderLink } from './policy-link.tsx';

export interface ChooseUsersProps { readonly chosen: readonly User[]; readonly onChoose: (chosen: readonly User[]) => void; readonly selection?: 'single' | 'multi'; readonly without?: ReadonlySet<string> }

export function ChooseUsers({ chosen, onChoose, selection = 'multi', without }: ChooseUsersProps): ReactNode {
  const users = useList(({ iam }) => markedPages((Marker) => iam.send(new ListUsersCommand({ Marker, MaxItems: 1000 })), ({ Users }) => Users), []);
  return (
    <List<User>
      variant="container" list={users} title="Users" noun="user" keyOf={({ UserName }) => UserName!} selection={selection} chosen={chosen} onChoose={onChoose} isShown={({ UserName }) => without?.has(UserName!) !== true} initialPageSize={20}
      columns={[{ id: 'name', header: 'User name', cell: ({ UserName }) => <HolderLink kind="user" name={UserName!} />, value: ({ UserName }) => UserName, width: 300 }, { id: 'created', header: 'Created', cell: ({ CreateDate }) => <Ago time={CreateDate} />, value: ({ CreateDate }) => CreateDate?.getTime() }]}
    />
  );
}
