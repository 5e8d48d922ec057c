/** A field for the ARN of a user, role, group or policy: chosen from those of the account as they come, or typed. */
import Autosuggest from '@cloudscape-design/components/autosuggest';
import FormField from '@cloudscape-design/components/form-field';
import { ListGroupsCommand, ListPoliciesCommand, ListRolesCommand, ListUsersCommand } from '@aws-sdk/client-iam';
import type { ReactNode } from 'react';
import type { Clients } from './clients.ts';
import { markedPages, useList } from './read.ts';

export type EntityKind = 'user' | 'role' | 'group' | 'policy';

interface Entity { readonly Arn?: string | undefined }

const kinds: Readonly<Record<EntityKind, { readonly title: string; readonly pages: (clients: Clients) => AsyncIterable<readonly Entity[]> }>> = {
  user: { title: 'Users', pages: ({ iam }) => markedPages((Marker) => iam.send(new ListUsersCommand({ Marker, MaxItems: 1000 })), ({ Users }) => Users) },
  role: { title: 'Roles', pages: ({ iam }) => markedPages((Marker) => iam.send(new ListRolesCommand({ Marker, MaxItems: 1000 })), ({ Roles }) => Roles) },
  group: { title: 'User groups', pages: ({ iam }) => markedPages((Marker) => iam.send(new ListGroupsCommand({ Marker, MaxItems: 1000 })), ({ Groups }) => Groups) },
  policy: { title: 'Customer managed policies', pages: ({ iam }) => markedPages((Marker) => iam.send(new ListPoliciesCommand({ Marker, MaxItems: 1000, Scope: 'Local' })), ({ Policies }) => Policies) },
};

export interface EntityPickerProps {
  readonly label: string;
  readonly kinds: readonly EntityKind[];
  readonly value: string;
  readonly onChange: (arn: string) => void;
  /** Told when one was chosen or the person pressed Enter. */
  readonly onChosen?: (arn: string) => void;
  readonly description?: string;
  readonly errorText?: string;
}

export function EntityPicker({ label, kinds: wanted, value, onChange, onChosen, description, errorText }: EntityPickerProps): ReactNode {
  const lists = [useEntities('user', wanted), useEntities('role', wanted), useEntities('group', wanted), useEntities('policy', wanted)].filter(({ kind }) => wanted.includes(kind));
  const isComplete = lists.every(({ list }) => list.isComplete);
  const unread = lists.filter(({ list }) => list.problem !== undefined);
  const status = !isComplete ? { statusType: 'loading' as const, loadingText: 'Loading' } : unread.length > 0 ? { statusType: 'error' as const, errorText: `${unread.map(({ kind }) => kinds[kind].title).join(', ')}: ${unread[0]!.list.problem!.message}` } : { statusType: 'finished' as const };
  return (
    <FormField label={label} {...(description !== undefined && { description })} {...(errorText !== undefined && { errorText })}>
      <Autosuggest
        value={value} virtualScroll placeholder="arn:aws:iam::…" enteredTextLabel={(text) => `Use ${text}`} empty="There are none" {...status}
        options={lists.map(({ kind, list }) => ({ label: kinds[kind].title, options: list.items.map(({ Arn = '' }) => ({ value: Arn })) }))}
        onChange={({ detail }) => onChange(detail.value.trim())}
        onSelect={({ detail }) => onChosen?.(detail.value)}
        onKeyDown={({ detail }) => { if (detail.key === 'Enter' && value !== '') onChosen?.(value); }}
      />
    </FormField>
  );
}

/** Of a kind that nobody wants nothing is asked. */
function useEntities(kind: EntityKind, wanted: readonly EntityKind[]) {
  const isWanted = wanted.includes(kind);
  return { kind, list: useList<Entity>((clients) => (isWanted ? kinds[kind].pages(clients) : none()), [isWanted]) };
}

async function* none(): AsyncGenerator<readonly Entity[]> {
  yield [];
}
