/** Choosing managed policies from all there are: for what is being made, for attaching, for a boundary. */
import Select from '@cloudscape-design/components/select';
import type { Policy } from '@aws-sdk/client-iam';
import { ListPoliciesCommand } from '@aws-sdk/client-iam';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { isAwsManaged } from '../holders.ts';
import { List } from '../list.tsx';
import { markedPages, useList } from '../read.ts';
import type { ListRead } from '../read.ts';
import { ManagedPolicyLink } from './policy-link.tsx';

/** The types by which AWS's console filters, and which policies each shows. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_manage-attach-detach.html */
const types = [
  { value: 'all', label: 'All types', isShown: () => true },
  { value: 'customer', label: 'Customer managed', isShown: ({ Arn }: Policy) => !isAwsManaged(Arn!) },
  { value: 'aws', label: 'AWS managed', isShown: ({ Arn }: Policy) => isAwsManaged(Arn!) && !isJobFunction(Arn!) },
  { value: 'job', label: 'AWS managed – job function', isShown: ({ Arn }: Policy) => isJobFunction(Arn!) },
] as const;

const isJobFunction = (arn: string): boolean => arn.includes(':iam::aws:policy/job-function/');

export const policyType = (arn: string): string => isJobFunction(arn) ? 'AWS managed – job function' : isAwsManaged(arn) ? 'AWS managed' : 'Customer managed';

/** The filter by type, and what passes it. */
export function usePolicyType(): { readonly filter: ReactNode; readonly isShown: (policy: Policy) => boolean } {
  const [type, setType] = useState<string>('all');
  const { isShown } = types.find(({ value }) => value === type) ?? types[0];
  const filter = <Select selectedOption={types.find(({ value }) => value === type) ?? types[0]} options={types.map(({ value, label }) => ({ value, label }))} onChange={({ detail }) => setType(detail.selectedOption.value ?? 'all')} ariaLabel="Type of policies" />;
  return { filter, isShown };
}

/** All managed policies of the account and of AWS. */
export const usePolicies = (): ListRead<Policy> => useList(({ iam }) => markedPages((Marker) => iam.send(new ListPoliciesCommand({ Marker, MaxItems: 1000 })), ({ Policies }) => Policies), []);

export interface ChoosePoliciesProps {
  readonly chosen: readonly Policy[];
  readonly onChoose: (chosen: readonly Policy[]) => void;
  /** A boundary is one policy. */
  readonly selection?: 'single' | 'multi';
  readonly title?: string;
  /** Those that are there already are not offered. */
  readonly without?: ReadonlySet<string>;
}

export function ChoosePolicies({ chosen, onChoose, selection = 'multi', title = 'Permissions policies', without }: ChoosePoliciesProps): ReactNode {
  const policies = usePolicies();
  const { filter, isShown } = usePolicyType();
  return (
    <List<Policy>
      variant="container" list={policies} title={title} noun="policy" nouns="policies" selection={selection} chosen={chosen} onChoose={onChoose} keyOf={({ PolicyName }) => PolicyName!} idOf={({ Arn }) => Arn!} filters={filter} initialPageSize={20}
      isShown={(policy) => isShown(policy) && without?.has(policy.Arn!) !== true}
      columns={[
        { id: 'name', header: 'Policy name', cell: ({ PolicyName, Arn }) => <ManagedPolicyLink arn={Arn!} name={PolicyName!} />, value: ({ PolicyName }) => PolicyName, width: 340 },
        { id: 'type', header: 'Type', cell: ({ Arn }) => policyType(Arn!), value: ({ Arn }) => policyType(Arn!) },
        { id: 'attached', header: 'Attached entities', cell: ({ AttachmentCount }) => AttachmentCount ?? 0, value: ({ AttachmentCount }) => AttachmentCount },
      ]}
    />
  );
}
