/** What a managed policy is attached to, or bounds: shown, attached and detached. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { ListEntitiesForPolicyCommand, ListGroupsCommand, ListRolesCommand, ListUsersCommand } from '@aws-sdk/client-iam';
import type { IAMClient, PolicyUsageType } from '@aws-sdk/client-iam';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Confirm } from '../../confirm.tsx';
import { DeedSteps, useDeed } from '../../deed.tsx';
import { holderCalls } from '../../holders.ts';
import { nameInArn } from '../../name-in-arn.ts';
import type { Holder, HolderKind } from '../../holders.ts';
import { List } from '../../list.tsx';
import type { Column } from '../../list.tsx';
import { HolderLink } from '../../permissions/policy-link.tsx';
import { ProblemAlert } from '../../problem-alert.tsx';
import { markedPages, useList } from '../../read.ts';
import { useWrite } from '../../write.ts';

export async function* entitiesOf(iam: IAMClient, PolicyArn: string, PolicyUsageFilter: PolicyUsageType): AsyncGenerator<readonly Holder[]> {
  yield* markedPages((Marker) => iam.send(new ListEntitiesForPolicyCommand({ PolicyArn, PolicyUsageFilter, Marker })), ({ PolicyUsers = [], PolicyGroups = [], PolicyRoles = [] }): readonly Holder[] => [
    ...PolicyUsers.map(({ UserName }): Holder => ({ kind: 'user', name: UserName! })), ...PolicyGroups.map(({ GroupName }): Holder => ({ kind: 'group', name: GroupName! })), ...PolicyRoles.map(({ RoleName }): Holder => ({ kind: 'role', name: RoleName! })),
  ]);
}

const types: Readonly<Record<HolderKind, string>> = { user: 'User', group: 'User group', role: 'Role' };
const columns: readonly Column<Holder>[] = [
  { id: 'name', header: 'Entity name', cell: ({ kind, name }) => <HolderLink kind={kind} name={name} />, value: ({ name }) => name, width: 340 },
  { id: 'type', header: 'Entity type', cell: ({ kind }) => types[kind], value: ({ kind }) => types[kind] },
];
const idOf = ({ kind, name }: Holder): string => `${kind} ${name}`;

export function PolicyEntities({ policyArn }: { readonly policyArn: string }): ReactNode {
  const attached = useList(({ iam }) => entitiesOf(iam, policyArn, 'PermissionsPolicy'), [policyArn]);
  const bounded = useList(({ iam }) => entitiesOf(iam, policyArn, 'PermissionsBoundary'), [policyArn]);
  const [dialog, setDialog] = useState<'attach' | { readonly detaches: readonly Holder[] }>();
  const close = (): void => setDialog(undefined);
  const changed = (): void => { close(); attached.refresh(); };
  return (
    <SpaceBetween size="l">
      <List<Holder>
        variant="container" list={attached} title="Attached as a permissions policy" noun="entity" nouns="entities" keyOf={({ name }) => name} idOf={idOf} selection="multi" columns={columns}
        actions={(selected, clear) => <><Button disabled={selected.length === 0} onClick={() => { setDialog({ detaches: selected }); clear(); }}>Detach</Button><Button onClick={() => setDialog('attach')}>Attach</Button></>}
      />
      <List<Holder> variant="container" list={bounded} title="Attached as a permissions boundary" noun="entity" nouns="entities" keyOf={({ name }) => name} idOf={idOf} columns={columns} />
      {dialog === 'attach' ? <AttachDialog policyArn={policyArn} without={new Set(attached.items.map(idOf))} onDone={changed} onDismiss={close} /> : undefined}
      {typeof dialog === 'object' ? <DetachDialog policyArn={policyArn} entities={dialog.detaches} onDone={changed} onDismiss={close} /> : undefined}
    </SpaceBetween>
  );
}

/** All that could hold it. */
async function* holdersOf(iam: IAMClient, kind: HolderKind): AsyncGenerator<readonly Holder[]> {
  const asHolders = (names: readonly (string | undefined)[]): readonly Holder[] => names.map((name) => ({ kind, name: name! }));
  if (kind === 'user') yield* markedPages((Marker) => iam.send(new ListUsersCommand({ Marker, MaxItems: 1000 })), ({ Users = [] }) => asHolders(Users.map(({ UserName }) => UserName)));
  if (kind === 'group') yield* markedPages((Marker) => iam.send(new ListGroupsCommand({ Marker, MaxItems: 1000 })), ({ Groups = [] }) => asHolders(Groups.map(({ GroupName }) => GroupName)));
  if (kind === 'role') yield* markedPages((Marker) => iam.send(new ListRolesCommand({ Marker, MaxItems: 1000 })), ({ Roles = [] }) => asHolders(Roles.map(({ RoleName }) => RoleName)));
}

interface DialogProps { readonly policyArn: string; readonly onDone: () => void; readonly onDismiss: () => void }

function AttachDialog({ policyArn, without, onDone, onDismiss }: DialogProps & { readonly without: ReadonlySet<string> }): ReactNode {
  const [kind, setKind] = useState<HolderKind>('user');
  const [chosen, setChosen] = useState<readonly Holder[]>([]);
  const holders = useList(({ iam }) => holdersOf(iam, kind), [kind]);
  const deed = useDeed();
  const attach = async (): Promise<void> => { if (await deed.run(chosen.map((holder) => ({ what: `Attach it to ${holderCalls[holder.kind].noun} ${holder.name}`, act: ({ iam }) => holderCalls[holder.kind].attach(iam, holder.name, policyArn) })))) onDone(); };
  const leave = deed.done > 0 ? onDone : onDismiss;
  return (
    <Modal visible size="large" header={`Attach ${nameInArn(policyArn)}`} closeAriaLabel="Close" onDismiss={leave} footer={<Box float="right"><SpaceBetween direction="horizontal" size="xs"><Button variant="link" onClick={leave}>Cancel</Button><Button variant="primary" disabled={chosen.length === 0} loading={deed.isBusy} onClick={attach}>Attach policy</Button></SpaceBetween></Box>}>
      <SpaceBetween size="m">
        <ProblemAlert problem={deed.problem} />
        {deed.problem ? <DeedSteps deed={deed} /> : undefined}
        <SegmentedControl label="Type of entity" selectedId={kind} options={[{ id: 'user', text: 'Users' }, { id: 'group', text: 'User groups' }, { id: 'role', text: 'Roles' }]} onChange={({ detail }) => { setChosen([]); setKind(detail.selectedId === 'group' || detail.selectedId === 'role' ? detail.selectedId : 'user'); }} />
        <List<Holder> variant="container" list={holders} title="Entities" noun="entity" nouns="entities" keyOf={({ name }) => name} idOf={idOf} selection="multi" chosen={chosen} onChoose={setChosen} columns={columns} isShown={(holder) => !without.has(idOf(holder))} initialPageSize={20} />
      </SpaceBetween>
    </Modal>
  );
}

function DetachDialog({ policyArn, entities, onDone, onDismiss }: DialogProps & { readonly entities: readonly Holder[] }): ReactNode {
  const write = useWrite();
  const who = entities.length === 1 ? entities[0]!.name : `${entities.length} entities`;
  const detach = async (): Promise<void> => {
    if (await write.run({ done: `Detached from ${who}.`, act: async ({ iam }) => { for (const { kind, name } of entities) await holderCalls[kind].detach(iam, name, policyArn); } })) onDone();
  };
  return <Confirm title={`Detach from ${who}?`} verb="Detach" write={write} onConfirm={detach} onDismiss={onDismiss}>What the policy allows is lost, and what it denies no longer denied, with the next request.</Confirm>;
}
