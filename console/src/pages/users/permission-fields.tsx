/** What a new user gets: groups, what another user has, or policies; and a boundary. */
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tiles from '@cloudscape-design/components/tiles';
import type { Group, Policy, User } from '@aws-sdk/client-iam';
import type { ReactNode } from 'react';
import { ChooseGroups } from '../../permissions/choose-groups.tsx';
import { ChoosePolicies } from '../../permissions/choose-policies.tsx';
import { ChooseUsers } from '../../permissions/choose-users.tsx';

/** All that was chosen stays while the person looks at another way; only the chosen way counts. */
export interface Grant {
  readonly way: 'groups' | 'copy' | 'policies';
  readonly groups: readonly Group[];
  readonly from: User | undefined;
  readonly policies: readonly Policy[];
  readonly boundary: Policy | undefined;
}

export const firstGrant: Grant = { way: 'groups', groups: [], from: undefined, policies: [], boundary: undefined };

const ways = [
  { value: 'groups', label: 'Add user to group', description: 'The best way for people: who does the same work has the same permissions.' },
  { value: 'copy', label: 'Copy permissions', description: 'Groups, attached and inline policies, and the boundary of another user.' },
  { value: 'policies', label: 'Attach policies directly', description: 'To this user alone.' },
] as const;

export function PermissionFields({ grant, onChange }: { readonly grant: Grant; readonly onChange: (grant: Grant) => void }): ReactNode {
  const change = (part: Partial<Grant>): void => onChange({ ...grant, ...part });
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2">Permissions options</Header>}>
        <Tiles value={grant.way} items={ways.map((way) => ({ ...way }))} columns={3} ariaLabel="Permissions options" onChange={({ detail }) => change({ way: ways.find(({ value }) => value === detail.value)?.value ?? 'groups' })} />
      </Container>
      {grant.way === 'groups' ? <ChooseGroups chosen={grant.groups} onChoose={(groups) => change({ groups })} /> : undefined}
      {grant.way === 'copy' ? <ChooseUsers selection="single" chosen={grant.from ? [grant.from] : []} onChoose={([from]) => change({ from })} /> : undefined}
      {grant.way === 'policies' ? <ChoosePolicies chosen={grant.policies} onChoose={(policies) => change({ policies })} /> : undefined}
      <ExpandableSection variant="container" headerText="Set permissions boundary – optional" headerDescription="The most that its policies can allow. It gives nothing by itself.">
        <ChoosePolicies selection="single" title="Boundary" chosen={grant.boundary ? [grant.boundary] : []} onChoose={([boundary]) => change({ boundary })} />
      </ExpandableSection>
    </SpaceBetween>
  );
}

/** What the review says of it. */
export function grantSummary({ way, groups, from, policies, boundary }: Grant): { readonly label: string; readonly value: string }[] {
  const named = (names: readonly (string | undefined)[]): string => names.length === 0 ? 'None' : names.join(', ');
  const given: Readonly<Record<Grant['way'], { readonly label: string; readonly value: string }>> = {
    groups: { label: 'Groups', value: named(groups.map(({ GroupName }) => GroupName)) },
    copy: { label: 'As user', value: from?.UserName ?? 'None' },
    policies: { label: 'Policies', value: named(policies.map(({ PolicyName }) => PolicyName)) },
  };
  return [given[way], { label: 'Permissions boundary', value: boundary?.PolicyName ?? (way === 'copy' && from ? 'As the other user’s' : 'None') }];
}
