/** The resources of a statement: all, or ARNs, typed or put together from the forms that AWS lists for the statement's actions. */
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
import { useIdentity } from '../identity.tsx';
import { useListedActions } from './listed-actions.ts';
import { oneOrMany } from './statement-edits.ts';
import type { Changes, ShownStatement } from './statement-edits.ts';

export function ResourcesField({ statement, onChange }: { readonly statement: ShownStatement; readonly onChange: (changes: Changes) => void }): ReactNode {
  const { resources, isNotResource } = statement;
  const [typed, setTyped] = useState('');
  const write = (next: readonly string[], isNot = isNotResource): void => onChange({ Resource: isNot ? undefined : oneOrMany(next), NotResource: isNot ? oneOrMany(next) : undefined });
  const add = (resource: string): void => { if (!resources.includes(resource)) write([...resources.filter((one) => one !== '*'), resource]); };
  const isAll = resources.includes('*');
  const canAdd = typed.startsWith('arn:') && typed.split(':').length >= 6;
  return (
    <SpaceBetween size="s">
      <Box variant="h4">Resources</Box>
      <SpaceBetween direction="horizontal" size="l">
        <Toggle checked={isAll} onChange={({ detail }) => write(detail.checked ? ['*'] : [])}>All resources (*)</Toggle>
        <Toggle checked={isNotResource} onChange={({ detail }) => write(resources, detail.checked)}>All but these (NotResource)</Toggle>
      </SpaceBetween>
      {isAll ? undefined : (
        <SpaceBetween size="s">
          <TokenGroup items={resources.map((label) => ({ label, dismissLabel: `Remove ${label}` }))} limit={12} i18nStrings={{ limitShowMore: 'Show all', limitShowFewer: 'Show fewer' }} onDismiss={({ detail }) => write(resources.filter((_, at) => at !== detail.itemIndex))} />
          <ArnBuilder statement={statement} onAdd={add} />
          <FormField label="ARN or pattern" secondaryControl={<Button disabled={!canAdd} onClick={() => { add(typed); setTyped(''); }}>Add</Button>}>
            <Input value={typed} placeholder="arn:aws:s3:::bucket/*" onChange={({ detail }) => setTyped(detail.value.trim())} onKeyDown={({ detail }) => { if (detail.key === 'Enter' && canAdd) { add(typed); setTyped(''); } }} />
          </FormField>
        </SpaceBetween>
      )}
    </SpaceBetween>
  );
}

/** Puts an ARN together: the kind of resource, then what its form leaves open. */
function ArnBuilder({ statement, onAdd }: { readonly statement: ShownStatement; readonly onAdd: (arn: string) => void }): ReactNode {
  const listed = useListedActions(statement.actions);
  const { session } = useIdentity();
  const [chosen, setChosen] = useState<string>();
  const [given, setGiven] = useState<Readonly<Record<string, string>>>({});
  const types = [...new Map(listed.flatMap(({ service, action }) => action.resourceTypes.flatMap(({ name }): readonly (readonly [string, string])[] => {
    const type = service.resourceTypes.get(name);
    return type ? [[`${service.prefix} ${name}`, type.arn]] : [];
  })))];
  const form = types.find(([id]) => id === chosen)?.[1];
  if (types.length === 0) return undefined;
  const names = form === undefined ? [] : [...form.matchAll(/\$\{([^}]*)\}/g)].map(([, name = '']) => name).filter((name) => name !== 'Partition');
  const valueOf = (name: string): string => given[name] ?? (name === 'Account' ? session.account : '*');
  return (
    <SpaceBetween size="xs">
      <FormField label="Kind of resource">
        <Select placeholder="Choose, to put an ARN together" selectedOption={chosen === undefined ? null : { value: chosen, label: chosen }} options={types.map(([id, arn]) => ({ value: id, label: id, description: arn }))} onChange={({ detail }) => setChosen(detail.selectedOption.value)} />
      </FormField>
      {form === undefined ? undefined : (
        <SpaceBetween size="xs">
          <ColumnLayout columns={3} minColumnWidth={160}>
            {names.map((name) => <FormField key={name} label={name}><Input value={valueOf(name)} onChange={({ detail }) => setGiven({ ...given, [name]: detail.value.trim() })} /></FormField>)}
          </ColumnLayout>
          <Button onClick={() => onAdd(form.replaceAll(/\$\{([^}]*)\}/g, (_, name: string) => (name === 'Partition' ? 'aws' : valueOf(name))))}>Add this ARN</Button>
        </SpaceBetween>
      )}
    </SpaceBetween>
  );
}
