/** The managed policies of the account and of AWS. */
import Button from '@cloudscape-design/components/button';
import type { Policy } from '@aws-sdk/client-iam';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { DeleteDialog } from '../../delete-dialog.tsx';
import { isAwsManaged } from '../../holders.ts';
import { List } from '../../list.tsx';
import { policyType, usePolicies, usePolicyType } from '../../permissions/choose-policies.tsx';
import { ManagedPolicyLink } from '../../permissions/policy-link.tsx';
import { href, navigate } from '../../router.ts';
import { inFull } from '../../times.tsx';
import { planPolicyDeletion } from './policy-deletion.ts';

/** As AWS's console says it: by what it is attached to, or what it bounds. */
function usedAs({ AttachmentCount = 0, PermissionsBoundaryUsageCount = 0 }: Policy): string {
  const uses = [...(AttachmentCount > 0 ? [`Permissions policy (${AttachmentCount})`] : []), ...(PermissionsBoundaryUsageCount > 0 ? [`Boundary (${PermissionsBoundaryUsageCount})`] : [])];
  return uses.length === 0 ? 'None' : uses.join(', ');
}

export function PoliciesPage(): ReactNode {
  const list = usePolicies();
  const { filter, isShown } = usePolicyType();
  const [removed, setRemoved] = useState<Policy>();
  const close = (): void => setRemoved(undefined);
  return (
    <>
      <List<Policy>
        list={list} title="Policies" noun="policy" nouns="policies" keyOf={({ PolicyName }) => PolicyName!} idOf={({ Arn }) => Arn!} selection="single" filters={filter} isShown={isShown}
        description="A managed policy stands by itself and is attached to whoever needs what it allows."
        columns={[
          { id: 'name', header: 'Policy name', cell: ({ PolicyName, Arn }) => <ManagedPolicyLink arn={Arn!} name={PolicyName!} />, value: ({ PolicyName }) => PolicyName, width: 380 },
          { id: 'type', header: 'Type', cell: ({ Arn }) => policyType(Arn!), value: ({ Arn }) => policyType(Arn!), width: 200 },
          { id: 'used', header: 'Used as', cell: usedAs, value: ({ AttachmentCount = 0, PermissionsBoundaryUsageCount = 0 }) => AttachmentCount + PermissionsBoundaryUsageCount, width: 220 },
          { id: 'description', header: 'Description', cell: ({ Description }) => Description ?? '–', value: ({ Description }) => Description },
          { id: 'path', header: 'Path', isHidden: true, cell: ({ Path }) => Path, value: ({ Path }) => Path },
          { id: 'arn', header: 'ARN', isHidden: true, cell: ({ Arn }) => Arn, value: ({ Arn }) => Arn },
          { id: 'edited', header: 'Edited', isHidden: true, cell: ({ UpdateDate }) => inFull(UpdateDate), value: ({ UpdateDate }) => UpdateDate?.getTime() },
        ]}
        actions={(selected, clear) => {
          const [policy] = selected;
          return <><Button disabled={!policy || isAwsManaged(policy.Arn!)} disabledReason={policy ? 'A policy of AWS cannot be deleted.' : undefined} onClick={() => { setRemoved(policy); clear(); }}>Delete</Button><Button variant="primary" onClick={() => navigate(href('policies/create'))}>Create policy</Button></>;
        }}
      />
      {removed ? <DeleteDialog noun="policy" names={[removed.PolicyName!]} plan={(clients) => planPolicyDeletion(clients, removed.Arn!)} onDone={() => { close(); list.refresh(); }} onDismiss={close}>Whoever has it loses what it allows, and is no longer kept from what it denies, with the next request.</DeleteDialog> : undefined}
    </>
  );
}
