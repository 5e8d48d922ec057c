/** Which of the services that a user, group, role or policy allows were used, and when: for a tab of whoever it is about. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { ServiceLastAccessed } from '@aws-sdk/client-iam';
import { lazy, Suspense, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { List } from '../list.tsx';
import type { Column } from '../list.tsx';
import { PageLoading } from '../page-states.tsx';
import { useRead } from '../read.ts';
import type { ListRead, Read } from '../read.ts';
import { Reading } from '../reading.tsx';
import { inFull } from '../times.tsx';
import { actionsUsed, readEntities, readLastAccessed, recencyOf } from './last-accessed-details.ts';
import type { LastAccessedDetails, Recency } from './last-accessed-details.ts';

const Charts = lazy(async () => ({ default: (await import('./usage-charts.tsx')).UsageCharts }));

/** `<LastAccessed arn={Arn} />`, for a user, group, role or policy. */
export function LastAccessed({ arn }: { readonly arn: string }): ReactNode {
  const details = useRead(({ iam }, abortSignal) => readLastAccessed(iam, arn, abortSignal), [arn]);
  return (
    <SpaceBetween size="l">
      {details.state === 'ready' && details.value.services.length > 0 ? <Suspense fallback={<PageLoading />}><Charts details={details.value} /></Suspense> : undefined}
      {details.state === 'loading' && details.value === undefined ? <Reading read={details} what="what was used last">{() => null}</Reading> : <Services details={details.value} list={listOf(details)} />}
    </SpaceBetween>
  );
}

/** One answer as a list that is complete with it, what was used last first. */
const listOf = (read: Read<LastAccessedDetails>): ListRead<ServiceLastAccessed> => ({ items: (read.value?.services ?? []).toSorted((a, b) => (b.LastAuthenticated?.getTime() ?? 0) - (a.LastAuthenticated?.getTime() ?? 0)), isComplete: read.state !== 'loading', problem: read.problem, refresh: read.refresh });

function Services({ details, list }: { readonly details: LastAccessedDetails | undefined; readonly list: ListRead<ServiceLastAccessed> }): ReactNode {
  const [asked, setAsked] = useState<ServiceLastAccessed>();
  const now = details?.completedAt ?? never;
  const columns = useMemo((): readonly Column<ServiceLastAccessed>[] => [
    { id: 'service', header: 'Service', cell: ({ ServiceName = '', ServiceNamespace }) => <>{ServiceName} <Box variant="span" color="text-body-secondary">{ServiceNamespace}</Box></>, value: ({ ServiceName, ServiceNamespace }) => `${ServiceName} ${ServiceNamespace}`, width: 260 },
    { id: 'last', header: 'Last accessed', cell: ({ LastAuthenticated }) => <LastUse at={LastAuthenticated} now={now} />, value: ({ LastAuthenticated }) => LastAuthenticated?.getTime(), width: 240 },
    { id: 'who', header: 'By', cell: (service) => <ByWhom service={service} onAsk={() => setAsked(service)} />, value: ({ LastAuthenticatedEntity }) => LastAuthenticatedEntity, width: 300 },
    { id: 'region', header: 'In', cell: ({ LastAuthenticatedRegion }) => LastAuthenticatedRegion ?? '–', value: ({ LastAuthenticatedRegion }) => LastAuthenticatedRegion, width: 120 },
    { id: 'actions', header: 'Actions used', cell: (service) => <TrackedActions service={service} now={now} />, value: (service) => actionsUsed(service).used, width: 260 },
  ], [now]);
  return (
    <>
      <List
        list={list} variant="container" title="Services that are allowed" noun="service" columns={columns} keyOf={({ ServiceNamespace = '' }) => ServiceNamespace}
        description={details &&  `As of ${inFull(details.completedAt)}. A service counts as used when a request for it was signed, also one that was denied.`}
        empty="Nothing allows any service."
      />
      {asked && details ? <Entities details={details} service={asked} onDismiss={() => setAsked(undefined)} /> : undefined}
    </>
  );
}

/** Of a list without rows. */
const never = new Date(0);

const statuses: Readonly<Record<Recency, 'success' | 'warning' | 'stopped'>> = { recent: 'success', earlier: 'warning', never: 'stopped' };

function LastUse({ at, now }: { readonly at: Date | undefined; readonly now: Date }): ReactNode {
  return <StatusIndicator type={statuses[recencyOf(at, now)]}>{at ? inFull(at) : 'Not in the tracking period'}</StatusIndicator>;
}

function ByWhom({ service: { LastAuthenticatedEntity, TotalAuthenticatedEntities = 0 }, onAsk }: { readonly service: ServiceLastAccessed; readonly onAsk: () => void }): ReactNode {
  if (LastAuthenticatedEntity === undefined) return '–';
  return <>{LastAuthenticatedEntity}{TotalAuthenticatedEntities > 1 ? <> <Button variant="inline-link" onClick={onAsk}>and {TotalAuthenticatedEntities - 1} more</Button></> : undefined}</>;
}

function TrackedActions({ service, now }: { readonly service: ServiceLastAccessed; readonly now: Date }): ReactNode {
  const { TrackedActionsLastAccessed: tracked = [] } = service;
  if (tracked.length === 0) return <Box color="text-body-secondary">not tracked one by one</Box>;
  return (
    <ExpandableSection headerText={`${actionsUsed(service).used} of ${tracked.length}`}>
      {tracked.map(({ ActionName = '', LastAccessedTime }) => <div key={ActionName}>{ActionName} <LastUse at={LastAccessedTime} now={now} /></div>)}
    </ExpandableSection>
  );
}

function Entities({ details: { jobId, completedAt }, service: { ServiceName = '', ServiceNamespace = '' }, onDismiss }: { readonly details: LastAccessedDetails; readonly service: ServiceLastAccessed; readonly onDismiss: () => void }): ReactNode {
  const entities = useRead(({ iam }, abortSignal) => readEntities(iam, jobId, ServiceNamespace, abortSignal), [jobId, ServiceNamespace]);
  return (
    <Modal visible header={`Who used ${ServiceName}`} closeAriaLabel="Close" onDismiss={onDismiss}>
      <Reading read={entities} what="who used it">
        {(found) => <ul>{found.map(({ EntityInfo, LastAuthenticated }) => <li key={EntityInfo?.Arn}>{EntityInfo?.Arn} <LastUse at={LastAuthenticated} now={completedAt} /></li>)}</ul>}
      </Reading>
    </Modal>
  );
}
