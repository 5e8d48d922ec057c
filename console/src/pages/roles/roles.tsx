/** The roles of the account: whom they trust, and when they were last used. */
import Button from '@cloudscape-design/components/button';
import { GetRoleCommand, ListRolesCommand } from '@aws-sdk/client-iam';
import type { Role } from '@aws-sdk/client-iam';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { DeleteDialog } from '../../delete-dialog.tsx';
import { decodeDocument } from '../../holders.ts';
import { List } from '../../list.tsx';
import { HolderLink } from '../../permissions/policy-link.tsx';
import { markedPages, useList } from '../../read.ts';
import { href, navigate } from '../../router.ts';
import { RowCell, useRowReads } from '../../row-reads.tsx';
import { Ago, inFull } from '../../times.tsx';
import { isServiceLinked, planRoleDeletion } from './role-deletion.ts';
import { trustedIn } from './trusted-entities.ts';

const trustedBy = ({ AssumeRolePolicyDocument, Path }: Role): string => `${trustedIn(decodeDocument(AssumeRolePolicyDocument)).join(', ')}${isServiceLinked(Path) ? ' (service-linked role)' : ''}`;

export function RolesPage(): ReactNode {
  const { reads, list } = useRowReads(useList(({ iam }) => markedPages((Marker) => iam.send(new ListRolesCommand({ Marker, MaxItems: 1000 })), ({ Roles }) => Roles), []));
  const [removed, setRemoved] = useState<readonly Role[]>();
  const close = (): void => setRemoved(undefined);
  return (
    <>
      <List<Role>
        list={list} title="Roles" noun="role" keyOf={({ RoleName }) => RoleName!} selection="multi" description="A role is for whoever it trusts and has credentials that end by themselves."
        columns={[
          { id: 'name', header: 'Role name', cell: ({ RoleName }) => <HolderLink kind="role" name={RoleName!} />, value: ({ RoleName }) => RoleName, width: 300 },
          { id: 'trusted', header: 'Trusted entities', cell: trustedBy, value: trustedBy, width: 340 },
          { id: 'activity', header: 'Last activity', cell: ({ RoleName }) => <RowCell reads={reads} name={`use of ${RoleName}`} ask={async ({ iam }) => (await iam.send(new GetRoleCommand({ RoleName }))).Role?.RoleLastUsed?.LastUsedDate}>{(time) => <Ago time={time} never="–" />}</RowCell>, width: 150 },
          { id: 'description', header: 'Description', isHidden: true, cell: ({ Description }) => Description ?? '–', value: ({ Description }) => Description },
          { id: 'path', header: 'Path', isHidden: true, cell: ({ Path }) => Path, value: ({ Path }) => Path },
          { id: 'arn', header: 'ARN', isHidden: true, cell: ({ Arn }) => Arn, value: ({ Arn }) => Arn },
          { id: 'created', header: 'Creation time', isHidden: true, cell: ({ CreateDate }) => inFull(CreateDate), value: ({ CreateDate }) => CreateDate?.getTime() },
        ]}
        actions={(selected, clear) => <><Button disabled={selected.length === 0} onClick={() => { setRemoved(selected); clear(); }}>Delete</Button><Button variant="primary" onClick={() => navigate(href('roles/create'))}>Create role</Button></>}
      />
      {removed ? <DeleteDialog noun="role" names={removed.map(({ RoleName }) => RoleName!)} plan={planRoleDeletion} onDone={() => { close(); list.refresh(); }} onDismiss={close}>Whoever acts with it now is refused from the next request on. A role of the same name made later is another one: trust policies that name this one do not mean it.</DeleteDialog> : undefined}
    </>
  );
}
