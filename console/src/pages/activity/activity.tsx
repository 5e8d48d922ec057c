/** Requests as they come: who asked what, and how it was decided. A denied one leads to its explanation. */
import Box from '@cloudscape-design/components/box';
import Link from '@cloudscape-design/components/link';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import Toggle from '@cloudscape-design/components/toggle';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { RequestDecision, RequestRecord } from '../../../../models/gatehouse.ts';
import { List } from '../../list.tsx';
import type { Column } from '../../list.tsx';
import { follow, href, pathOf } from '../../router.ts';
import { useRequests } from './use-requests.ts';

const decisions: Readonly<Record<RequestDecision, { readonly text: string; readonly status: StatusIndicatorProps.Type }>> = {
  allowed: { text: 'Allowed', status: 'success' },
  denied: { text: 'Denied', status: 'error' },
  none: { text: 'Not asked', status: 'stopped' },
};

const filters = [{ value: '', label: 'All decisions' }, ...(['denied', 'allowed', 'none'] as const).map((value) => ({ value, label: decisions[value].text }))];

const time = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

const columns: readonly Column<RequestRecord>[] = [
  { id: 'time', header: 'Time', cell: ({ Time }) => time.format(Time), value: ({ Time }) => Time, width: 190 },
  { id: 'decision', header: 'Decision', cell: (request) => <Decision request={request} />, value: ({ Decision }) => decisions[Decision].text, width: 160 },
  { id: 'operation', header: 'Operation', cell: ({ Operation }) => Operation, value: ({ Operation }) => Operation, width: 230 },
  { id: 'principal', header: 'Who', cell: ({ Principal }) => Principal, value: ({ Principal }) => Principal, width: 300 },
  { id: 'message', header: 'Answer', cell: ({ ErrorCode, Message }) => Message ?? ErrorCode ?? 'Done', value: ({ ErrorCode, Message }) => Message ?? ErrorCode ?? 'Done', width: 300 },
  { id: 'address', header: 'From', cell: ({ SourceIpAddress }) => SourceIpAddress ?? '–', value: ({ SourceIpAddress }) => SourceIpAddress, width: 130 },
  { id: 'region', header: 'Region', cell: ({ Region }) => Region ?? '–', value: ({ Region }) => Region, isHidden: true },
  { id: 'id', header: 'Request id', cell: ({ RequestId }) => RequestId, value: ({ RequestId }) => RequestId, isHidden: true },
];

export function ActivityPage(): ReactNode {
  const [isLive, setIsLive] = useState(true);
  const [filter, setFilter] = useState(filters[0]!);
  const requests = useRequests(isLive);
  return (
    <List
      list={requests} title="Activity" noun="request" columns={columns} keyOf={({ RequestId }) => RequestId}
      description={requests.keptSince === undefined ? undefined : `The latest requests that this process answered, complete since ${time.format(requests.keptSince)}. The audit log keeps all of them.`}
      actions={() => <Toggle checked={isLive} onChange={({ detail }) => setIsLive(detail.checked)}>Live</Toggle>}
      filters={<Select selectedOption={filter} options={filters} ariaLabel="Decision" onChange={({ detail }) => setFilter(filters.find(({ value }) => value === detail.selectedOption.value) ?? filters[0]!)} />}
      isShown={({ Decision }) => filter.value === '' || Decision === filter.value}
    />
  );
}

function Decision({ request: { Decision, AuthorizationId } }: { readonly request: RequestRecord }): ReactNode {
  const { text, status } = decisions[Decision];
  const to = AuthorizationId === undefined ? undefined : href(pathOf('why/:authorizationId', { authorizationId: AuthorizationId }));
  return <SpaceBetween direction="horizontal" size="xs"><StatusIndicator type={status}>{text}</StatusIndicator>{to === undefined ? undefined : <Box><Link href={to} onFollow={follow}>Why?</Link></Box>}</SpaceBetween>;
}
