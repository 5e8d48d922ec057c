/** A field for one action: services first, then the actions of the one that was typed. */
import Autosuggest from '@cloudscape-design/components/autosuggest';
import FormField from '@cloudscape-design/components/form-field';
import type { ReactNode } from 'react';
import { serviceNames } from '../../authorization-reference.ts';
import { useService } from '../../use-service.ts';

const services = serviceNames.map(({ prefix, name }) => ({ value: `${prefix}:`, label: `${prefix}:`, description: name }));

export function ActionField({ value, onChange, errorText }: { readonly value: string; readonly onChange: (action: string) => void; readonly errorText?: string | undefined }): ReactNode {
  const [prefix = '', name] = value.split(':', 2);
  const service = useService(name === undefined ? '' : prefix.toLowerCase());
  const actions = service === 'loading' || !service ? [] : [...service.actions.values()].map((action) => ({ value: `${prefix}:${action.name}`, description: action.accessLevel }));
  return (
    <FormField label="Action" {...(errorText !== undefined && { errorText })}>
      <Autosuggest value={value} virtualScroll placeholder="s3:GetObject" enteredTextLabel={(text) => `Use ${text}`} empty="AWS lists no such action" options={name === undefined ? services : actions} onChange={({ detail }) => onChange(detail.value.trim())} />
    </FormField>
  );
}
