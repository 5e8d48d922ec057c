/** From a principal to what it may do: by service and access level, then action by action. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Checkbox from '@cloudscape-design/components/checkbox';
import Container from '@cloudscape-design/components/container';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { ActionAccess, ServiceAccess } from '../../../../models/gatehouse.ts';
import { EntityPicker } from '../../entity-picker.tsx';
import { List } from '../../list.tsx';
import type { Column } from '../../list.tsx';
import { markedPages, useList } from '../../read.ts';
import { href, navigate, useAddress } from '../../router.ts';
import { Decision, decisionWords, StatementList } from './access-words.tsx';
import { reasonOf } from './reasons.ts';
import { TableOrGraph } from './table-or-graph.tsx';

export function WhatCan(): ReactNode {
  const { query } = useAddress();
  const principal = query.get('principal') ?? '';
  const service = query.get('service') ?? '';
  const [typed, setTyped] = useState(principal);
  const show = (arn: string, of?: string): void => navigate(href('access', { tab: 'what', principal: arn, ...(of !== undefined && { service: of }) }));
  return (
    <SpaceBetween size="l">
      <Container>
        <SpaceBetween size="s">
          <EntityPicker label="User or role" description="Or the account's root, by its ARN." kinds={['user', 'role']} value={typed} onChange={setTyped} onChosen={show} />
          <Button variant="primary" disabled={typed === ''} onClick={() => show(typed)}>Show what it can do</Button>
        </SpaceBetween>
      </Container>
      {principal === '' ? undefined : service === '' ? <Services key={principal} principal={principal} onShow={(of) => show(principal, of)} /> : <Actions key={`${principal} ${service}`} principal={principal} service={service} onBack={() => show(principal)} />}
    </SpaceBetween>
  );
}

const levels = ['List', 'Read', 'Write', 'Permissions management', 'Tagging'] as const;

function Services({ principal, onShow }: { readonly principal: string; readonly onShow: (service: string) => void }): ReactNode {
  const list = useList(({ gatehouse }, abortSignal) => markedPages((Marker) => gatehouse.send('ListServicesOfPrincipal', { PrincipalArn: principal, MaxItems: 50, Marker }, { abortSignal }), ({ Services }) => Services), [principal]);
  const columns = useMemo((): readonly Column<ServiceAccess>[] => [
    { id: 'service', header: 'Service', cell: ({ ServiceName, ServiceNamespace }) => <Button variant="inline-link" onClick={() => onShow(ServiceNamespace)}>{ServiceName}</Button>, value: ({ ServiceName, ServiceNamespace }) => `${ServiceName} ${ServiceNamespace}`, width: 280 },
    ...levels.map((level): Column<ServiceAccess> => ({ id: level, header: level, cell: (service) => <Level service={service} level={level} />, value: (service) => countOf(service, level).Allowed, width: 150 })),
  ], [onShow]);
  return <List list={list} variant="container" title="Services" noun="service" columns={columns} keyOf={({ ServiceNamespace }) => ServiceNamespace} empty="It may do nothing." description="Of each access level, how many actions are allowed on any resource, and how many are under conditions or on some resources only." />;
}

const countOf = ({ AccessLevels }: ServiceAccess, level: string) => AccessLevels.find(({ AccessLevel }) => AccessLevel === level) ?? { Actions: 0, Allowed: 0, AllowedIf: 0 };

function Level({ service, level }: { readonly service: ServiceAccess; readonly level: string }): ReactNode {
  const { Actions, Allowed, AllowedIf } = countOf(service, level);
  if (Actions === 0) return '–';
  if (Allowed + AllowedIf === 0) return <Box color="text-body-secondary">none of {Actions}</Box>;
  return <>{Allowed === Actions ? `all ${Actions}` : `${Allowed} of ${Actions}`}{AllowedIf > 0 ? <Box variant="span" color="text-status-warning">, {AllowedIf} if</Box> : undefined}</>;
}

function Actions({ principal, service, onBack }: { readonly principal: string; readonly service: string; readonly onBack: () => void }): ReactNode {
  const [isDeniedShown, setIsDeniedShown] = useState(false);
  const list = useList(({ gatehouse }, abortSignal) => markedPages((Marker) => gatehouse.send('ListActionsOfPrincipal', { PrincipalArn: principal, ServiceNamespace: service, IncludeDenied: isDeniedShown, MaxItems: 500, Marker }, { abortSignal }), ({ Actions }) => Actions), [principal, service, isDeniedShown]);
  const accesses = useMemo(() => list.items.filter(({ Access }) => Access !== 'denied').map(({ AccessLevel, Access, Grants, Limits }) => ({ principalArn: principal, target: `${service}: ${AccessLevel}`, access: Access, grants: Grants, limits: Limits })), [list.items, principal, service]);
  return (
    <SpaceBetween size="m">
      <Button iconName="arrow-left" onClick={onBack}>All services</Button>
      <TableOrGraph label={`What ${principal} may do in ${service}`} accesses={accesses}>
        <List
          list={list} variant="container" title={`Actions of ${service}`} noun="action" columns={columns} keyOf={({ ActionName }) => ActionName} empty="It may do none of them."
          actions={() => <Checkbox checked={isDeniedShown} onChange={({ detail }) => setIsDeniedShown(detail.checked)}>Also what is denied</Checkbox>}
        />
      </TableOrGraph>
    </SpaceBetween>
  );
}

const columns: readonly Column<ActionAccess>[] = [
  { id: 'action', header: 'Action', cell: ({ ActionName }) => ActionName, value: ({ ActionName }) => ActionName, width: 260 },
  { id: 'level', header: 'Access level', cell: ({ AccessLevel }) => AccessLevel, value: ({ AccessLevel }) => AccessLevel, width: 170 },
  { id: 'access', header: 'Access', cell: ({ Access, DecidedBy }) => <Decision access={Access} decidedBy={DecidedBy} />, value: ({ Access }) => decisionWords[Access].text, width: 160 },
  { id: 'grants', header: 'Given by', cell: ({ Grants, Access }) => <StatementList statements={Grants} none={Access === 'denied' ? 'nothing' : 'no policy: root may'} />, value: ({ Grants }) => Grants.map(reasonOf).join(' '), width: 380 },
  { id: 'limits', header: 'Limited by', cell: ({ Limits }) => <StatementList statements={Limits} none="–" />, value: ({ Limits }) => Limits.map(reasonOf).join(' '), width: 260 },
];
