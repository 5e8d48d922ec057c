/** A field for actions: a service, and of its actions those that are chosen. */
import ColumnLayout from '@cloudscape-design/components/column-layout';
import FormField from '@cloudscape-design/components/form-field';
import Multiselect from '@cloudscape-design/components/multiselect';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import TokenGroup from '@cloudscape-design/components/token-group';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { serviceNames } from './authorization-reference.ts';
import { useService } from './use-service.ts';

export interface ServiceActionsPickerProps { readonly actions: readonly string[]; readonly onChange: (actions: readonly string[]) => void; readonly errorText?: string | undefined }

const services = serviceNames.map(({ prefix, name }) => ({ value: prefix, label: name, description: prefix, filteringTags: [prefix] }));

export function ServiceActionsPicker({ actions, onChange, errorText }: ServiceActionsPickerProps): ReactNode {
  const [prefix, setPrefix] = useState(actions[0]?.split(':', 1)[0]?.toLowerCase() ?? 'iam');
  const service = useService(prefix);
  const listed = service === 'loading' || !service ? [] : [...service.actions.values()].map(({ name, accessLevel }) => ({ value: `${prefix}:${name}`, label: name, description: accessLevel }));
  const isListed = new Set(listed.map(({ value }) => value));
  const others = actions.filter((action) => !isListed.has(action));
  return (
    <SpaceBetween size="xs">
      <ColumnLayout columns={2}>
        <FormField label="Service"><Select filteringType="auto" virtualScroll filteringAriaLabel="Find a service" selectedOption={services.find(({ value }) => value === prefix) ?? null} options={services} onChange={({ detail }) => setPrefix(detail.selectedOption.value ?? prefix)} /></FormField>
        <FormField label="Actions" {...(errorText !== undefined && { errorText })}>
          <Multiselect
            filteringType="auto" virtualScroll hideTokens placeholder="Choose actions" filteringAriaLabel="Find actions" statusType={service === 'loading' ? 'loading' : 'finished'} empty="AWS lists no actions of it"
            selectedOptions={listed.filter(({ value }) => actions.includes(value))} options={listed}
            onChange={({ detail }) => onChange([...others, ...detail.selectedOptions.map(({ value = '' }) => value)])}
          />
        </FormField>
      </ColumnLayout>
      <TokenGroup items={actions.map((label) => ({ label, dismissLabel: `Remove ${label}` }))} limit={12} i18nStrings={{ limitShowMore: 'Show all', limitShowFewer: 'Show fewer' }} onDismiss={({ detail }) => onChange(actions.filter((_, at) => at !== detail.itemIndex))} />
    </SpaceBetween>
  );
}
