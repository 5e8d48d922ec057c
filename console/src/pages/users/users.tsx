/** The users of the account, with what AWS's console shows of each. */
import Button from '@cloudscape-design/components/button';
import { GetAccessKeyLastUsedCommand, ListAccessKeysCommand, ListGroupsForUserCommand, ListMFADevicesCommand, ListUsersCommand } from '@aws-sdk/client-iam';
import type { AccessKeyMetadata, User } from '@aws-sdk/client-iam';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Clients } from '../../clients.ts';
import { loginProfileOf } from '../../credentials/console-password.tsx';
import { DeleteDialog } from '../../delete-dialog.tsx';
import { List } from '../../list.tsx';
import type { Column } from '../../list.tsx';
import { HolderLink } from '../../permissions/policy-link.tsx';
import { markedPages, useList } from '../../read.ts';
import { href, navigate } from '../../router.ts';
import { RowCell, useRowReads } from '../../row-reads.tsx';
import type { RowReads } from '../../row-reads.tsx';
import { Ago, ago, daysLong, daysSince, inFull } from '../../times.tsx';
import { planUserDeletion } from './user-deletion.ts';

export function UsersPage(): ReactNode {
  const { reads, list } = useRowReads(useList(({ iam }) => markedPages((Marker) => iam.send(new ListUsersCommand({ Marker, MaxItems: 1000 })), ({ Users }) => Users), []));
  const [removed, setRemoved] = useState<readonly User[]>();
  const close = (): void => setRemoved(undefined);
  return (
    <>
      <List<User>
        list={list} title="Users" noun="user" keyOf={({ UserName }) => UserName!} selection="multi"
        description="An IAM user is one person or one program with long-term credentials of its own in this account."
        columns={columnsOf(reads)}
        actions={(selected, clear) => <><Button disabled={selected.length === 0} onClick={() => { setRemoved(selected); clear(); }}>Delete</Button><Button variant="primary" onClick={() => navigate(href('users/create'))}>Create user</Button></>}
      />
      {removed ? (
        <DeleteDialog noun="user" names={removed.map(({ UserName }) => UserName!)} plan={planUserDeletion} onDone={() => { close(); list.refresh(); }} onDismiss={close}>
          {removed.length === 1 ? 'The user' : 'The users'} can do nothing from the next request on. A user of the same name made later is another one.
        </DeleteDialog>
      ) : undefined}
    </>
  );
}

function columnsOf(reads: RowReads): readonly Column<User>[] {
  return [
    { id: 'name', header: 'User name', cell: ({ UserName }) => <HolderLink kind="user" name={UserName!} />, value: ({ UserName }) => UserName, width: 220 },
    { id: 'path', header: 'Path', cell: ({ Path }) => Path, value: ({ Path }) => Path, width: 110 },
    { id: 'groups', header: 'Groups', cell: ({ UserName }) => <RowCell reads={reads} name={`groups of ${UserName}`} ask={async ({ iam }) => (await iam.send(new ListGroupsForUserCommand({ UserName }))).Groups!.length}>{(count) => count}</RowCell>, width: 100 },
    { id: 'activity', header: 'Last activity', cell: ({ UserName, PasswordLastUsed }) => <RowCell reads={reads} name={`keys of ${UserName}`} ask={(clients) => keysOf(clients, UserName!)}>{(keys) => <Ago time={latest([PasswordLastUsed, ...keys.map(({ lastUsed }) => lastUsed?.LastUsedDate)])} />}</RowCell>, width: 140 },
    { id: 'mfa', header: 'MFA', cell: ({ UserName }) => <RowCell reads={reads} name={`mfa of ${UserName}`} ask={async ({ iam }) => (await iam.send(new ListMFADevicesCommand({ UserName }))).MFADevices!}>{(devices) => devices.length === 0 ? 'None' : devices.length === 1 ? (/:u2f\//.test(devices[0]!.SerialNumber!) ? 'Passkey' : 'Virtual') : `${devices.length} devices`}</RowCell>, width: 110 },
    { id: 'password-age', header: 'Password age', cell: ({ UserName }) => <RowCell reads={reads} name={`password of ${UserName}`} ask={({ iam }) => loginProfileOf(iam, UserName!)}>{(profile) => profile ? daysLong(daysSince(profile.CreateDate!)) : 'None'}</RowCell>, width: 130 },
    { id: 'signed-in', header: 'Console last sign-in', cell: ({ PasswordLastUsed }) => <Ago time={PasswordLastUsed} />, value: ({ PasswordLastUsed }) => PasswordLastUsed?.getTime(), width: 170 },
    { id: 'key-id', header: 'Access key ID', cell: ({ UserName }) => <RowCell reads={reads} name={`keys of ${UserName}`} ask={(clients) => keysOf(clients, UserName!)}>{(keys) => keys.length === 0 ? '–' : keys.map(({ key: { AccessKeyId, Status } }) => `${Status === 'Active' ? 'Active' : 'Inactive'} – ${AccessKeyId}`).join(', ')}</RowCell>, width: 260 },
    { id: 'key-age', header: 'Active key age', cell: ({ UserName }) => <RowCell reads={reads} name={`keys of ${UserName}`} ask={(clients) => keysOf(clients, UserName!)}>{(keys) => { const active = keys.filter(({ key: { Status } }) => Status === 'Active'); return active.length === 0 ? '–' : daysLong(Math.max(...active.map(({ key: { CreateDate } }) => daysSince(CreateDate!)))); }}</RowCell>, width: 130 },
    { id: 'key-used', header: 'Access key last used', isHidden: true, cell: ({ UserName }) => <RowCell reads={reads} name={`keys of ${UserName}`} ask={(clients) => keysOf(clients, UserName!)}>{(keys) => { const time = latest(keys.map(({ lastUsed }) => lastUsed?.LastUsedDate)); return keys.length === 0 ? '–' : time ? ago(time) : 'Never'; }}</RowCell> },
    { id: 'arn', header: 'ARN', isHidden: true, cell: ({ Arn }) => Arn, value: ({ Arn }) => Arn },
    { id: 'created', header: 'Creation time', isHidden: true, cell: ({ CreateDate }) => inFull(CreateDate), value: ({ CreateDate }) => CreateDate?.getTime() },
  ];
}

interface KeyWithUse { readonly key: AccessKeyMetadata; readonly lastUsed: { readonly LastUsedDate?: Date | undefined } | undefined }

async function keysOf({ iam }: Clients, UserName: string): Promise<readonly KeyWithUse[]> {
  const { AccessKeyMetadata = [] } = await iam.send(new ListAccessKeysCommand({ UserName }));
  return Promise.all(AccessKeyMetadata.map(async (key) => ({ key, lastUsed: (await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: key.AccessKeyId }))).AccessKeyLastUsed })));
}

const latest = (times: readonly (Date | undefined)[]): Date | undefined => times.reduce((a, b) => (a && b ? (a > b ? a : b) : a ?? b), undefined);
