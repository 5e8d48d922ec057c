/** The actions of a statement: those that it names, and a picker by service and access level. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Checkbox from '@cloudscape-design/components/checkbox';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import TokenGroup from '@cloudscape-design/components/token-group';
import Toggle from '@cloudscape-design/components/toggle';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ActionReference } from '../../../src/base/authorization-reference.ts';
import { takesInAction } from '../../../src/policy/patterns/pattern-overlap.ts';
import type { PolicyKind } from '../../../src/policy/types.ts';
import { serviceNames } from '../authorization-reference.ts';
import { useService } from '../use-service.ts';
import { oneOrMany } from './statement-edits.ts';
import type { Changes, ShownStatement } from './statement-edits.ts';

interface ActionsFieldProps { readonly statement: ShownStatement; readonly kind: PolicyKind; readonly onChange: (changes: Changes) => void }

export function ActionsField({ statement, kind, onChange }: ActionsFieldProps): ReactNode {
  const { actions, isNotAction, index } = statement;
  // A role is assumed by operations of STS only.
  const [prefix, setPrefix] = useState(kind === 'trust' ? 'sts' : (actions[0]?.split(':', 1)[0]?.toLowerCase() ?? ''));
  const [typed, setTyped] = useState('');
  const write = (next: readonly string[], isNot = isNotAction): void => onChange({ Action: isNot ? undefined : oneOrMany(next), NotAction: isNot ? oneOrMany(next) : undefined });
  const add = (action: string): void => { if (action !== '' && !actions.includes(action)) write([...actions, action]); };
  return (
    <SpaceBetween size="s">
      <Box variant="h4">Actions</Box>
      {kind === 'trust' ? undefined : <Toggle checked={isNotAction} onChange={({ detail }) => write(actions, detail.checked)}>All actions but these (NotAction)</Toggle>}
      <TokenGroup
        items={actions.map((label) => ({ label, dismissLabel: `Remove ${label}` }))} limit={24}
        i18nStrings={{ limitShowMore: 'Show all', limitShowFewer: 'Show fewer' }}
        onDismiss={({ detail }) => write(actions.filter((_, at) => at !== detail.itemIndex))}
      />
      <ColumnLayout columns={2}>
        <FormField label={`Service of statement ${index + 1}`}>
          <Select
            filteringType="auto" virtualScroll placeholder="Choose a service" filteringAriaLabel="Find a service" filteringPlaceholder="Find a service"
            selectedOption={prefix === '' ? null : { value: prefix, label: nameOf(prefix) }}
            options={serviceNames.filter((service) => kind !== 'trust' || service.prefix === 'sts').map((service) => ({ value: service.prefix, label: service.name, description: service.prefix, filteringTags: [service.prefix] }))}
            onChange={({ detail }) => setPrefix(detail.selectedOption.value ?? '')}
          />
        </FormField>
        <FormField label="Action or pattern" description="As policies write it: s3:Get*" secondaryControl={<Button disabled={!isAction(typed)} onClick={() => { add(typed); setTyped(''); }}>Add</Button>}>
          <Input value={typed} placeholder="service:Action" onChange={({ detail }) => setTyped(detail.value.trim())} onKeyDown={({ detail }) => { if (detail.key === 'Enter' && isAction(typed)) { add(typed); setTyped(''); } }} />
        </FormField>
      </ColumnLayout>
      {prefix === '' ? undefined : <ServiceActions prefix={prefix} actions={actions} onChange={write} />}
    </SpaceBetween>
  );
}

const isAction = (text: string): boolean => text === '*' || /^[\w-]+:[\w*?]+$/.test(text);

const nameOf = (prefix: string): string => serviceNames.find((service) => service.prefix === prefix)?.name ?? prefix;

/** In the order in which AWS's console shows them. */
const levels = ['List', 'Read', 'Write', 'Permissions management', 'Tagging'] as const;

const levelOf = ({ accessLevel }: ActionReference): string => accessLevel.replace(/, Write$/, '');

function ServiceActions({ prefix, actions, onChange }: { readonly prefix: string; readonly actions: readonly string[]; readonly onChange: (actions: readonly string[]) => void }): ReactNode {
  const service = useService(prefix);
  const [search, setSearch] = useState('');
  if (service === 'loading') return <Spinner />;
  if (!service) return <Box color="text-body-secondary">AWS lists no actions of {prefix}.</Box>;
  const all = `${prefix}:*`;
  const wanted = search.toLowerCase();
  const found = [...service.actions.values()].filter(({ name }) => name.toLowerCase().includes(wanted));
  return (
    <SpaceBetween size="xs">
      <Checkbox checked={actions.includes(all) || actions.includes('*')} disabled={actions.includes('*')} onChange={({ detail }) => onChange(detail.checked ? [...actions.filter((action) => !takesInAction(all, action)), all] : actions.filter((action) => action !== all))}>All {service.name} actions ({all})</Checkbox>
      <Input type="search" value={search} ariaLabel={`Find actions of ${service.name}`} placeholder="Find actions" onChange={({ detail }) => setSearch(detail.value)} />
      {levels.map((level) => {
        const those = found.filter((action) => levelOf(action) === level);
        return those.length === 0 ? undefined : <LevelActions key={level} level={level} prefix={prefix} those={those} actions={actions} isOpen={wanted !== ''} onChange={onChange} />;
      })}
    </SpaceBetween>
  );
}

interface LevelActionsProps { readonly level: string; readonly prefix: string; readonly those: readonly ActionReference[]; readonly actions: readonly string[]; readonly isOpen: boolean; readonly onChange: (actions: readonly string[]) => void }

function LevelActions({ level, prefix, those, actions, isOpen, onChange }: LevelActionsProps): ReactNode {
  const [isExpanded, setIsExpanded] = useState(false);
  const states = those.map(({ name }) => stateOf(`${prefix}:${name}`, actions));
  const chosen = states.filter(({ isChosen }) => isChosen).length;
  const names = those.map(({ name }) => `${prefix}:${name}`);
  const isShown = isExpanded || isOpen;
  return (
    <ExpandableSection headerText={`${level} (${chosen} of ${those.length} chosen)`} expanded={isShown} onChange={({ detail }) => setIsExpanded(detail.expanded)}>
      {!isShown ? undefined : (
        <SpaceBetween size="xs">
          <Checkbox
            checked={chosen === those.length} indeterminate={chosen > 0 && chosen < those.length} disabled={states.every(({ by }) => by !== undefined)}
            onChange={({ detail }) => onChange(detail.checked ? [...actions, ...names.filter((_, i) => !states[i]!.isChosen)] : actions.filter((action) => !names.includes(action)))}
          >All {level.toLowerCase()} actions{isOpen ? ' found' : ''}</Checkbox>
          <ColumnLayout columns={3} minColumnWidth={220}>
            {those.map(({ name }, i) => (
              <Checkbox
                key={name} checked={states[i]!.isChosen} disabled={states[i]!.by !== undefined} {...(states[i]!.by !== undefined && { description: `by ${states[i]!.by}` })}
                onChange={({ detail }) => onChange(detail.checked ? [...actions, names[i]!] : actions.filter((action) => action.toLowerCase() !== names[i]!.toLowerCase()))}
              >{name}</Checkbox>
            ))}
          </ColumnLayout>
        </SpaceBetween>
      )}
    </ExpandableSection>
  );
}

/** Whether a statement names an action: itself, or by a pattern, which is shown and not taken back here. */
function stateOf(action: string, actions: readonly string[]): { readonly isChosen: boolean; readonly by: string | undefined } {
  const by = actions.find((pattern) => pattern.toLowerCase() !== action.toLowerCase() && takesInAction(pattern, action));
  return { isChosen: by !== undefined || actions.some((one) => one.toLowerCase() === action.toLowerCase()), by };
}
