/** The conditions of a statement: key, operator, values. */
import Autosuggest from '@cloudscape-design/components/autosuggest';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import TokenGroup from '@cloudscape-design/components/token-group';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ConditionEntry } from '../../../src/policy/document.ts';
import { keysOf } from '../../../src/policy/lint/listed-service.ts';
import { conditionKeys } from './condition-keys.ts';
import { conditionElement } from './statement-edits.ts';
import type { Changes, ShownStatement } from './statement-edits.ts';
import { useListedActions } from './listed-actions.ts';

/** By the type of a key's values. Source: "IAM JSON policy elements: Condition operators" (IAM User Guide). */
const operators = [
  'StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', 'StringLike', 'StringNotLike',
  'NumericEquals', 'NumericNotEquals', 'NumericLessThan', 'NumericLessThanEquals', 'NumericGreaterThan', 'NumericGreaterThanEquals',
  'DateEquals', 'DateNotEquals', 'DateLessThan', 'DateLessThanEquals', 'DateGreaterThan', 'DateGreaterThanEquals',
  'Bool', 'BinaryEquals', 'IpAddress', 'NotIpAddress', 'ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike', 'Null',
] as const;

const quantifiers = [{ value: '', label: 'Default' }, { value: 'ForAllValues:', label: 'For all values in the request' }, { value: 'ForAnyValue:', label: 'For any value in the request' }] as const;

export function ConditionsField({ statement, onChange }: { readonly statement: ShownStatement; readonly onChange: (changes: Changes) => void }): ReactNode {
  const { conditions, actions } = statement;
  const [isAdding, setIsAdding] = useState(false);
  const listed = useListedActions(actions);
  const own = [...new Set(listed.flatMap((action) => Array.from(keysOf(action))))].toSorted();
  const write = (entries: readonly ConditionEntry[]): void => onChange({ Condition: conditionElement(entries) });
  return (
    <SpaceBetween size="s">
      <Box variant="h4">Conditions</Box>
      {conditions.map(({ operator, key, values }, i) => (
        <SpaceBetween key={`${operator} ${key}`} size="xxs">
          <SpaceBetween direction="horizontal" size="xs" alignItems="center"><Box><Box variant="code">{key}</Box> {operator}</Box><Button variant="inline-link" ariaLabel={`Remove the condition on ${key}`} onClick={() => write(conditions.filter((_, at) => at !== i))}>Remove</Button></SpaceBetween>
          <TokenGroup items={values.map((label) => ({ label, dismissLabel: `Remove ${label}` }))} onDismiss={({ detail }) => write(conditions.flatMap((entry, at) => (at !== i ? [entry] : entry.values.length === 1 ? [] : [{ ...entry, values: entry.values.filter((_, value) => value !== detail.itemIndex) }])))} />
        </SpaceBetween>
      ))}
      {isAdding ? <NewCondition keys={own} onCancel={() => setIsAdding(false)} onAdd={(entry) => { write([...conditions, entry]); setIsAdding(false); }} /> : <Button iconName="add-plus" onClick={() => setIsAdding(true)}>Add a condition</Button>}
    </SpaceBetween>
  );
}

interface NewConditionProps { readonly keys: readonly string[]; readonly onAdd: (entry: ConditionEntry) => void; readonly onCancel: () => void }

function NewCondition({ keys, onAdd, onCancel }: NewConditionProps): ReactNode {
  const [key, setKey] = useState('');
  const [operator, setOperator] = useState<string>('StringEquals');
  const [quantifier, setQuantifier] = useState<(typeof quantifiers)[number]>(quantifiers[0]);
  const [isIfExists, setIsIfExists] = useState(false);
  const [text, setText] = useState('');
  const values = text.split(',').map((value) => value.trim()).filter((value) => value !== '');
  const isTyped = /^[\w.-]+:\S+$/.test(key);
  return (
    <SpaceBetween size="s">
      <ColumnLayout columns={2}>
        <FormField label="Condition key" {...(key !== '' && !isTyped && { errorText: 'A key has a prefix: aws:SourceIp' })}>
          <Autosuggest
            value={key} enteredTextLabel={(value) => `Use ${value}`} placeholder="aws:SourceIp" ariaLabel="Condition key" empty="AWS lists no such key"
            options={[{ label: 'Of these actions', options: keys.filter((one) => !one.startsWith('aws:')).map((value) => ({ value })) }, { label: 'Of every request', options: conditionKeys.map((value) => ({ value })) }]}
            onChange={({ detail }) => setKey(detail.value.trim())}
          />
        </FormField>
        <FormField label="Operator"><Select selectedOption={{ value: operator, label: operator }} options={operators.map((value) => ({ value, label: value }))} onChange={({ detail }) => setOperator(detail.selectedOption.value!)} /></FormField>
        <FormField label="Several values in the request"><Select selectedOption={quantifier} options={quantifiers} onChange={({ detail }) => setQuantifier(quantifiers.find(({ value }) => value === detail.selectedOption.value) ?? quantifiers[0])} /></FormField>
        <FormField label="Values" description="With commas between them."><Input value={text} onChange={({ detail }) => setText(detail.value)} /></FormField>
      </ColumnLayout>
      <Checkbox checked={isIfExists} disabled={operator === 'Null'} onChange={({ detail }) => setIsIfExists(detail.checked)}>Only if the key is in the request (IfExists)</Checkbox>
      <SpaceBetween direction="horizontal" size="xs">
        <Button disabled={!isTyped || values.length === 0} onClick={() => onAdd({ operator: `${quantifier.value}${operator}${isIfExists && operator !== 'Null' ? 'IfExists' : ''}`, key, values })}>Add this condition</Button>
        <Button variant="link" onClick={onCancel}>Cancel</Button>
      </SpaceBetween>
    </SpaceBetween>
  );
}
