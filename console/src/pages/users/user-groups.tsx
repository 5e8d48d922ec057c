/** The groups that a user is in: put into more, and taken out. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { AddUserToGroupCommand, ListGroupsForUserCommand, RemoveUserFromGroupCommand } from '@aws-sdk/client-iam';
import type { Group } from '@aws-sdk/client-iam';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Confirm } from '../../confirm.tsx';
import { DeedSteps, useDeed } from '../../deed.tsx';
import { List } from '../../list.tsx';
import { ChooseGroups } from '../../permissions/choose-groups.tsx';
import { HolderLink } from '../../permissions/policy-link.tsx';
import { ProblemAlert } from '../../problem-alert.tsx';
import { markedPages, useList } from '../../read.ts';
import { Ago } from '../../times.tsx';
import { useWrite } from '../../write.ts';

export function UserGroups({ userName }: { readonly userName: string }): ReactNode {
  const groups = useList(({ iam }) => markedPages((Marker) => iam.send(new ListGroupsForUserCommand({ UserName: userName, Marker })), ({ Groups }) => Groups), [userName]);
  const [dialog, setDialog] = useState<'add' | { readonly removes: readonly Group[] }>();
  const close = (): void => setDialog(undefined);
  const changed = (): void => { close(); groups.refresh(); };
  return (
    <>
      <List<Group>
        variant="container" list={groups} title="User groups membership" noun="user group" keyOf={({ GroupName }) => GroupName!} selection="multi" description="What a group allows and denies holds for its users. A user is in at most ten groups."
        columns={[{ id: 'name', header: 'Group name', cell: ({ GroupName }) => <HolderLink kind="group" name={GroupName!} />, value: ({ GroupName }) => GroupName, width: 300 }, { id: 'created', header: 'Created', cell: ({ CreateDate }) => <Ago time={CreateDate} />, value: ({ CreateDate }) => CreateDate?.getTime() }]}
        actions={(selected, clear) => <><Button disabled={selected.length === 0} onClick={() => { setDialog({ removes: selected }); clear(); }}>Remove</Button><Button onClick={() => setDialog('add')}>Add user to groups</Button></>}
      />
      {dialog === 'add' ? <AddDialog userName={userName} without={new Set(groups.items.map(({ GroupName }) => GroupName!))} onDone={changed} onDismiss={close} /> : undefined}
      {typeof dialog === 'object' ? <RemoveDialog userName={userName} groups={dialog.removes} onDone={changed} onDismiss={close} /> : undefined}
    </>
  );
}

interface DialogProps { readonly userName: string; readonly onDone: () => void; readonly onDismiss: () => void }

function AddDialog({ userName, without, onDone, onDismiss }: DialogProps & { readonly without: ReadonlySet<string> }): ReactNode {
  const [chosen, setChosen] = useState<readonly Group[]>([]);
  const deed = useDeed();
  const add = async (): Promise<void> => { if (await deed.run(chosen.map(({ GroupName }) => ({ what: `Add ${userName} to ${GroupName}`, act: async ({ iam }) => iam.send(new AddUserToGroupCommand({ UserName: userName, GroupName })) })))) onDone(); };
  const leave = deed.done > 0 ? onDone : onDismiss;
  return (
    <Modal visible size="large" header={`Add ${userName} to groups`} closeAriaLabel="Close" onDismiss={leave} footer={<Box float="right"><SpaceBetween direction="horizontal" size="xs"><Button variant="link" onClick={leave}>Cancel</Button><Button variant="primary" disabled={chosen.length === 0} loading={deed.isBusy} onClick={add}>Add to groups</Button></SpaceBetween></Box>}>
      <SpaceBetween size="m"><ProblemAlert problem={deed.problem} />{deed.problem ? <DeedSteps deed={deed} /> : undefined}<ChooseGroups chosen={chosen} onChoose={setChosen} without={without} /></SpaceBetween>
    </Modal>
  );
}

function RemoveDialog({ userName, groups, onDone, onDismiss }: DialogProps & { readonly groups: readonly Group[] }): ReactNode {
  const write = useWrite();
  const remove = async (): Promise<void> => {
    const removed = await write.run({ done: `${userName} is no longer in ${groups.length === 1 ? groups[0]!.GroupName : `${groups.length} groups`}.`, act: async ({ iam }) => { for (const { GroupName } of groups) await iam.send(new RemoveUserFromGroupCommand({ UserName: userName, GroupName })); } });
    if (removed) onDone();
  };
  return <Confirm title={`Remove ${userName} from ${groups.length === 1 ? groups[0]!.GroupName : `${groups.length} groups`}?`} verb="Remove" write={write} onConfirm={remove} onDismiss={onDismiss}>It loses what the {groups.length === 1 ? 'group allows' : 'groups allow'} with the next request.</Confirm>;
}
