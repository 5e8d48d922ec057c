/** Whom a statement of a trust or resource policy is about. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import TokenGroup from '@cloudscape-design/components/token-group';
import Toggle from '@cloudscape-design/components/toggle';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { NamedPrincipal } from '../../../src/policy/document.ts';
import { principalElement } from './statement-edits.ts';
import type { Changes, ShownStatement } from './statement-edits.ts';

type Kind = NamedPrincipal['element'];

const kinds: Readonly<Record<Kind, { readonly label: string; readonly placeholder: string }>> = {
  AWS: { label: 'Account, user, role or session', placeholder: '111122223333 or an ARN' },
  Service: { label: 'AWS service', placeholder: 'ec2.amazonaws.com' },
  Federated: { label: 'Identity provider', placeholder: 'arn:aws:iam::111122223333:oidc-provider/…' },
  CanonicalUser: { label: 'Canonical user of S3', placeholder: '64 hexadecimal digits' },
};
const kindNames = Object.keys(kinds) as Kind[];

export function PrincipalsField({ statement, onChange }: { readonly statement: ShownStatement; readonly onChange: (changes: Changes) => void }): ReactNode {
  const { principal = [], isNotPrincipal } = statement;
  const [kind, setKind] = useState<Kind>('AWS');
  const [typed, setTyped] = useState('');
  const named = principal === '*' ? [] : principal;
  const write = (next: '*' | readonly NamedPrincipal[]): void => onChange({ [isNotPrincipal ? 'NotPrincipal' : 'Principal']: principalElement(next) });
  const add = (): void => {
    write([...named, { element: kind, text: typed, start: 0, end: 0 }]);
    setTyped('');
  };
  return (
    <SpaceBetween size="s">
      <Box variant="h4">{isNotPrincipal ? 'Everyone but (NotPrincipal)' : 'Principals'}</Box>
      <Toggle checked={principal === '*'} onChange={({ detail }) => write(detail.checked ? '*' : [])}>Everyone (*)</Toggle>
      {principal === '*' ? undefined : (
        <SpaceBetween size="s">
          <TokenGroup items={named.map(({ element, text }) => ({ label: text, labelTag: element, dismissLabel: `Remove ${text}` }))} onDismiss={({ detail }) => write(named.filter((_, at) => at !== detail.itemIndex))} />
          <ColumnLayout columns={2}>
            <FormField label="Kind of principal"><Select selectedOption={{ value: kind, label: kinds[kind].label }} options={kindNames.map((value) => ({ value, label: kinds[value].label }))} onChange={({ detail }) => setKind(kindNames.find((name) => name === detail.selectedOption.value) ?? 'AWS')} /></FormField>
            <FormField label="Principal" secondaryControl={<Button disabled={typed === ''} onClick={add}>Add</Button>}><Input value={typed} placeholder={kinds[kind].placeholder} onChange={({ detail }) => setTyped(detail.value.trim())} onKeyDown={({ detail }) => { if (detail.key === 'Enter' && typed !== '') add(); }} /></FormField>
          </ColumnLayout>
        </SpaceBetween>
      )}
    </SpaceBetween>
  );
}
