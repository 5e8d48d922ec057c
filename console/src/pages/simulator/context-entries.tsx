/** The condition keys of a simulated request: those that the policies look at, each with the values that it is to have. */
import Button from '@cloudscape-design/components/button';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ContextEntry, ContextKeyTypeEnum } from '@aws-sdk/client-iam';
import { useState } from 'react';
import type { ReactNode } from 'react';

export interface GivenKey { readonly name: string; readonly type: ContextKeyTypeEnum; readonly text: string }

const types: readonly { readonly value: ContextKeyTypeEnum; readonly label: string }[] = [
  { value: 'string', label: 'Text' }, { value: 'stringList', label: 'Texts' }, { value: 'boolean', label: 'True or false' }, { value: 'numeric', label: 'Number' }, { value: 'numericList', label: 'Numbers' },
  { value: 'date', label: 'Time' }, { value: 'dateList', label: 'Times' }, { value: 'ip', label: 'IP address' }, { value: 'ipList', label: 'IP addresses' }, { value: 'binary', label: 'Binary (base64)' }, { value: 'booleanList', label: 'Several true or false' }, { value: 'binaryList', label: 'Several binary' },
];

/** Of AWS's own keys what their values are; any other is text. Source: "AWS global condition context keys" (IAM User Guide). */
const knownTypes: ReadonlyMap<string, ContextKeyTypeEnum> = new Map(Object.entries({
  'aws:sourceip': 'ip', 'aws:vpcsourceip': 'ip', 'aws:multifactorauthpresent': 'boolean', 'aws:securetransport': 'boolean', 'aws:viaawsservice': 'boolean', 'aws:principalisawsservice': 'boolean',
  'aws:multifactorauthage': 'numeric', 'aws:currenttime': 'date', 'aws:tokenissuetime': 'date', 'aws:epochtime': 'date', 'aws:tagkeys': 'stringList', 'aws:calledvia': 'stringList', 'aws:principalorgpaths': 'stringList',
}));

export const keyNamed = (name: string): GivenKey => ({ name, type: knownTypes.get(name.toLowerCase()) ?? 'string', text: '' });

/** Those that were given a value; the others are absent from the request. */
export const entriesOf = (keys: readonly GivenKey[]): ContextEntry[] => keys.filter(({ text }) => text.trim() !== '').map(({ name, type, text }) => ({
  ContextKeyName: name, ContextKeyType: type,
  ContextKeyValues: type.endsWith('List') ? text.split(',').map((value) => value.trim()).filter((value) => value !== '') : [text.trim()],
}));

export function ContextEntries({ keys, onChange }: { readonly keys: readonly GivenKey[]; readonly onChange: (keys: readonly GivenKey[]) => void }): ReactNode {
  const [typed, setTyped] = useState('');
  const set = (name: string, change: Partial<GivenKey>): void => onChange(keys.map((key) => (key.name === name ? { ...key, ...change } : key)));
  const canAdd = /^[\w-]+:\S+$/.test(typed) && !keys.some(({ name }) => name.toLowerCase() === typed.toLowerCase());
  const add = (): void => { onChange([...keys, keyNamed(typed)]); setTyped(''); };
  return (
    <SpaceBetween size="s">
      {keys.map(({ name, type, text }) => (
        <ColumnLayout key={name} columns={2}>
          <FormField label={name} description={type.endsWith('List') ? 'With commas between; left empty, the request lacks the key.' : 'Left empty, the request lacks the key.'}><Input value={text} onChange={({ detail }) => set(name, { text: detail.value })} /></FormField>
          <FormField label={`Type of ${name}`}><Select selectedOption={types.find(({ value }) => value === type) ?? null} options={types} onChange={({ detail }) => set(name, { type: types.find(({ value }) => value === detail.selectedOption.value)?.value ?? type })} /></FormField>
        </ColumnLayout>
      ))}
      <FormField label="Another condition key" secondaryControl={<Button disabled={!canAdd} onClick={add}>Add</Button>}><Input value={typed} placeholder="aws:SourceIp" onChange={({ detail }) => setTyped(detail.value.trim())} onKeyDown={({ detail }) => { if (detail.key === 'Enter' && canAdd) add(); }} /></FormField>
    </SpaceBetween>
  );
}
