/** From an action, and a resource, to the principals that may do it. */
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Checkbox from '@cloudscape-design/components/checkbox';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { PrincipalAccess } from '../../../../models/gatehouse.ts';
import { List } from '../../list.tsx';
import type { Column } from '../../list.tsx';
import { markedPages, useList } from '../../read.ts';
import { href, navigate, useAddress } from '../../router.ts';
import { Decision, decisionWords, StatementList } from './access-words.tsx';
import { ActionField } from './action-field.tsx';
import { reasonOf } from './reasons.ts';
import { TableOrGraph } from './table-or-graph.tsx';

export function WhoCan(): ReactNode {
  const { query } = useAddress();
  const asked = { action: query.get('action') ?? '', resource: query.get('resource') ?? '', isDeniedShown: query.has('denied') };
  const [action, setAction] = useState(asked.action);
  const [resource, setResource] = useState(asked.resource);
  const [isDeniedShown, setIsDeniedShown] = useState(asked.isDeniedShown);
  const isWhole = /^[\w-]+:\w+$/.test(action);
  const ask = (): void => navigate(href('access', { tab: 'who', action, ...(resource !== '' && { resource }), ...(isDeniedShown && { denied: '' }) }));
  return (
    <SpaceBetween size="l">
      <Container>
        <SpaceBetween size="m">
          <ColumnLayout columns={2}>
            <ActionField value={action} onChange={setAction} errorText={action !== '' && !isWhole && action.includes(':') && !action.endsWith(':') ? 'One action, by its whole name: s3:GetObject' : undefined} />
            <FormField label="Resource (optional)" description="An ARN; left empty, it is about any."><Input value={resource} placeholder="arn:aws:s3:::bucket/key" onChange={({ detail }) => setResource(detail.value.trim())} onKeyDown={({ detail }) => { if (detail.key === 'Enter' && isWhole) ask(); }} /></FormField>
          </ColumnLayout>
          <Checkbox checked={isDeniedShown} onChange={({ detail }) => setIsDeniedShown(detail.checked)}>Also those that something allows and something else denies</Checkbox>
          <Button variant="primary" disabled={!isWhole} onClick={ask}>Show who can</Button>
        </SpaceBetween>
      </Container>
      {asked.action === '' ? undefined : <Answer key={`${asked.action} ${asked.resource} ${asked.isDeniedShown}`} {...asked} />}
    </SpaceBetween>
  );
}

function Answer({ action, resource, isDeniedShown }: { readonly action: string; readonly resource: string; readonly isDeniedShown: boolean }): ReactNode {
  const [hidden, setHidden] = useState(0);
  const list = useList(({ gatehouse }, abortSignal) => {
    setHidden(0);
    return markedPages(async (Marker) => {
      const page = await gatehouse.send('ListPrincipalsWithAccess', { ActionName: action, ...(resource !== '' && { ResourceArn: resource }), IncludeDenied: isDeniedShown, MaxItems: 500, Marker }, { abortSignal });
      setHidden((before) => before + page.HiddenPrincipals);
      return page;
    }, ({ Principals }) => Principals);
  }, [action, resource, isDeniedShown]);
  const target = resource === '' ? action : `${action} on ${resource}`;
  const accesses = useMemo(() => list.items.map(({ PrincipalArn, Access, Grants, Limits }) => ({ principalArn: PrincipalArn, target, access: Access, grants: Grants, limits: Limits })), [list.items, target]);
  return (
    <SpaceBetween size="m">
      {hidden > 0 ? <Alert type="info">{hidden} more have access, and you may not simulate them (iam:SimulatePrincipalPolicy), so they are not named.</Alert> : undefined}
      <TableOrGraph label={`Who may do ${target}`} accesses={accesses}>
        <List
          list={list} variant="container" title="Principals" noun="principal" columns={columns} keyOf={({ PrincipalArn }) => PrincipalArn} empty="Nobody in this account."
          description={`Who may do ${target}. “Allowed, if” depends on the request: on conditions, or on which resource it is.`}
        />
      </TableOrGraph>
    </SpaceBetween>
  );
}

const columns: readonly Column<PrincipalAccess>[] = [
  { id: 'principal', header: 'Principal', cell: ({ PrincipalArn }) => PrincipalArn, value: ({ PrincipalArn }) => PrincipalArn, width: 300 },
  { id: 'type', header: 'Type', cell: ({ PrincipalType }) => PrincipalType, value: ({ PrincipalType }) => PrincipalType, width: 90 },
  { id: 'access', header: 'Access', cell: ({ Access, DecidedBy }) => <Decision access={Access} decidedBy={DecidedBy} />, value: ({ Access }) => decisionWords[Access].text, width: 160 },
  { id: 'grants', header: 'Given by', cell: ({ Grants }) => <StatementList statements={Grants} none="no policy: root may" />, value: ({ Grants }) => Grants.map(reasonOf).join(' '), width: 380 },
  { id: 'limits', header: 'Limited by', cell: ({ Limits }) => <StatementList statements={Limits} none="–" />, value: ({ Limits }) => Limits.map(reasonOf).join(' '), width: 260 },
];
