/** The users of a group: put in, and taken out. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { AddUserToGroupCommand, GetGroupCommand, RemoveUserFromGroupCommand } from '@aws-sdk/client-iam';
import type { User } from '@aws-sdk/client-iam';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Confirm } from '../../confirm.tsx';
import { DeedSteps, useDeed } from '../../deed.tsx';
import { List } from '../../list.tsx';
import { ChooseUsers } from '../../permissions/choose-users.tsx';
import { HolderLink } from '../../permissions/policy-link.tsx';
import { ProblemAlert } from '../../problem-alert.tsx';
import { markedPages, useList } from '../../read.ts';
import { Ago } from '../../times.tsx';
import { useWrite } from '../../write.ts';

export function GroupUsers({ groupName }: { readonly groupName: string }): ReactNode {
  const users = useList(({ iam }) => markedPages((Marker) => iam.send(new GetGroupCommand({ GroupName: groupName, Marker, MaxItems: 1000 })), ({ Users }) => Users), [groupName]);
  const [dialog, setDialog] = useState<'add' | { readonly removes: readonly User[] }>();
  const close = (): void => setDialog(undefined);
  const changed = (): void => { close(); users.refresh(); };
  return (
    <>
      <List<User>
        variant="container" list={users} title="Users in this group" noun="user" keyOf={({ UserName }) => UserName!} selection="multi"
        columns={[{ id: 'name', header: 'User name', cell: ({ UserName }) => <HolderLink kind="user" name={UserName!} />, value: ({ UserName }) => UserName, width: 300 }, { id: 'activity', header: 'Console last sign-in', cell: ({ PasswordLastUsed }) => <Ago time={PasswordLastUsed} />, value: ({ PasswordLastUsed }) => PasswordLastUsed?.getTime() }, { id: 'created', header: 'Created', cell: ({ CreateDate }) => <Ago time={CreateDate} />, value: ({ CreateDate }) => CreateDate?.getTime() }]}
        actions={(selected, clear) => <><Button disabled={selected.length === 0} onClick={() => { setDialog({ removes: selected }); clear(); }}>Remove</Button><Button onClick={() => setDialog('add')}>Add users</Button></>}
      />
      {dialog === 'add' ? <AddDialog groupName={groupName} without={new Set(users.items.map(({ UserName }) => UserName!))} onDone={changed} onDismiss={close} /> : undefined}
      {typeof dialog === 'object' ? <RemoveDialog groupName={groupName} users={dialog.removes} onDone={changed} onDismiss={close} /> : undefined}
    </>
  );
}

interface DialogProps { readonly groupName: string; readonly onDone: () => void; readonly onDismiss: () => void }

function AddDialog({ groupName, without, onDone, onDismiss }: DialogProps & { readonly without: ReadonlySet<string> }): ReactNode {
  const [chosen, setChosen] = useState<readonly User[]>([]);
  const deed = useDeed();
  const add = async (): Promise<void> => { if (await deed.run(chosen.map(({ UserName }) => ({ what: `Add ${UserName} to ${groupName}`, act: async ({ iam }) => iam.send(new AddUserToGroupCommand({ UserName, GroupName: groupName })) })))) onDone(); };
  const leave = deed.done > 0 ? onDone : onDismiss;
  return (
    <Modal visible size="large" header={`Add users to ${groupName}`} closeAriaLabel="Close" onDismiss={leave} footer={<Box float="right"><SpaceBetween direction="horizontal" size="xs"><Button variant="link" onClick={leave}>Cancel</Button><Button variant="primary" disabled={chosen.length === 0} loading={deed.isBusy} onClick={add}>Add to group</Button></SpaceBetween></Box>}>
      <SpaceBetween size="m"><ProblemAlert problem={deed.problem} />{deed.problem ? <DeedSteps deed={deed} /> : undefined}<ChooseUsers chosen={chosen} onChoose={setChosen} without={without} /></SpaceBetween>
    </Modal>
  );
}

function RemoveDialog({ groupName, users, onDone, onDismiss }: DialogProps & { readonly users: readonly User[] }): ReactNode {
  const write = useWrite();
  const who = users.length === 1 ? users[0]!.UserName! : `${users.length} users`;
  const remove = async (): Promise<void> => {
    const removed = await write.run({ done: `${who} removed from ${groupName}.`, act: async ({ iam }) => { for (const { UserName } of users) await iam.send(new RemoveUserFromGroupCommand({ UserName, GroupName: groupName })); } });
    if (removed) onDone();
  };
  return <Confirm title={`Remove ${who} from ${groupName}?`} verb="Remove" write={write} onConfirm={remove} onDismiss={onDismiss}>What the group allows is lost with the next request.</Confirm>;
}
