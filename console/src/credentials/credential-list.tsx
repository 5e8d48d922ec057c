/** The credentials of one kind: listed, activated, deactivated, deleted. What makes a new one is the kind's own. */
import Button from '@cloudscape-design/components/button';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Confirm } from '../confirm.tsx';
import { List } from '../list.tsx';
import type { Column } from '../list.tsx';
import { ProblemAlert } from '../problem-alert.tsx';
import { useList } from '../read.ts';
import type { ListRead } from '../read.ts';
import { Ago } from '../times.tsx';
import { useWrite } from '../write.ts';
import type { CredentialKind, Status } from './credential-kinds.ts';

export interface CredentialListProps<Item> {
  readonly kind: CredentialKind<Item>;
  /** Whose they are; undefined, the caller's own. */
  readonly userName: string | undefined;
  readonly columns?: readonly Column<Item>[];
  /** More buttons for the one that is chosen. */
  readonly actions?: (item: Item | undefined) => ReactNode;
  /** The dialog that makes a new one, and what its button says; told what was there, it says when there is another. */
  readonly create: { readonly label: string; readonly dialog: (props: { readonly onDone: () => void; readonly onDismiss: () => void }) => ReactNode };
  /** What changes them beside this list asks them again by it. */
  readonly given?: ListRead<Item>;
}

/** The credentials of a kind, read. */
export const useCredentials = <Item,>(kind: CredentialKind<Item>, userName: string | undefined): ListRead<Item> => useList(({ iam }) => kind.list(iam, userName), [kind.title, userName]);

export function CredentialList<Item>(props: CredentialListProps<Item>): ReactNode {
  return props.given ? <Shown {...props} list={props.given} /> : <Reading {...props} />;
}

function Reading<Item>(props: CredentialListProps<Item>): ReactNode {
  return <Shown {...props} list={useCredentials(props.kind, props.userName)} />;
}

function Shown<Item>({ kind, userName, columns, actions, create, list }: CredentialListProps<Item> & { readonly list: ListRead<Item> }): ReactNode {
  const [chosen, setChosen] = useState<readonly Item[]>([]);
  const [dialog, setDialog] = useState<'create' | 'delete'>();
  const write = useWrite();
  const deletion = useWrite();
  const id = chosen[0] === undefined ? undefined : kind.idOf(chosen[0]);
  // As it is now, not as it was when it was chosen.
  const item = list.items.find((one) => kind.idOf(one) === id);
  const other: Status = item !== undefined && kind.statusOf(item) === 'Active' ? 'Inactive' : 'Active';
  const close = (): void => setDialog(undefined);
  const changed = (): void => { close(); list.refresh(); };
  const toggle = async (): Promise<void> => {
    if (id !== undefined && await write.run({ done: `${id} is ${other === 'Active' ? 'active' : 'inactive'}.`, act: ({ iam }) => kind.setStatus(iam, userName, id, other) })) list.refresh();
  };
  const remove = async (): Promise<void> => {
    if (id === undefined || !await deletion.run({ done: `${id} is deleted.`, act: ({ iam }) => kind.remove(iam, userName, id) })) return;
    setChosen([]);
    changed();
  };
  return (
    <>
      <ProblemAlert problem={write.problem} what={kind.noun} />
      <List<Item>
        variant="container" list={list} title={kind.title} noun={kind.noun} description={kind.description} keyOf={kind.idOf} selection="single" chosen={item === undefined ? [] : [item]} onChoose={setChosen}
        columns={[
          { id: 'id', header: 'ID', cell: kind.idOf, value: kind.idOf, width: 240 },
          ...(columns ?? []),
          { id: 'created', header: 'Created', cell: (one) => <Ago time={kind.createdAt(one)} />, value: (one) => kind.createdAt(one)?.getTime() },
          { id: 'status', header: 'Status', cell: (one) => <StatusIndicator type={kind.statusOf(one) === 'Active' ? 'success' : 'stopped'}>{kind.statusOf(one)}</StatusIndicator>, value: kind.statusOf },
        ]}
        actions={() => (
          <>
            <Button disabled={item === undefined} loading={write.isBusy} onClick={toggle}>{other === 'Active' ? 'Activate' : 'Deactivate'}</Button>
            <Button disabled={item === undefined} onClick={() => setDialog('delete')}>Delete</Button>
            {actions?.(item)}
            <Button onClick={() => setDialog('create')}>{create.label}</Button>
          </>
        )}
      />
      {dialog === 'create' ? create.dialog({ onDone: changed, onDismiss: close }) : undefined}
      {dialog === 'delete' && id !== undefined ? <Confirm title={`Delete ${kind.noun} ${id}?`} verb="Delete" word={id} write={deletion} onConfirm={remove} onDismiss={() => { deletion.forget(); close(); }}>{kind.loss} It cannot be brought back; deactivating it can be undone.</Confirm> : undefined}
    </>
  );
}
