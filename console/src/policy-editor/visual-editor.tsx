/** A policy's statements as forms, each edit written back into the text at once. */
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import type { PolicyKind } from '../../../src/policy/types.ts';
import { ActionsField } from './actions-field.tsx';
import { ConditionsField } from './conditions-field.tsx';
import { PrincipalsField } from './principals-field.tsx';
import { ResourcesField } from './resources-field.tsx';
import { addStatement, changeStatement, duplicateStatement, removeStatement } from './statement-edits.ts';
import type { Changes, ShownStatement } from './statement-edits.ts';

/** What the statements of a kind of policy say beside effect, actions and conditions. */
export const elementsOf: Readonly<Record<PolicyKind, { readonly hasPrincipal: boolean; readonly hasResource: boolean }>> = {
  identity: { hasPrincipal: false, hasResource: true }, boundary: { hasPrincipal: false, hasResource: true }, session: { hasPrincipal: false, hasResource: true }, scp: { hasPrincipal: false, hasResource: true },
  trust: { hasPrincipal: true, hasResource: false },
  resource: { hasPrincipal: true, hasResource: true }, bucket: { hasPrincipal: true, hasResource: true }, endpoint: { hasPrincipal: true, hasResource: true }, rcp: { hasPrincipal: true, hasResource: true },
};

export interface VisualEditorProps { readonly text: string; readonly statements: readonly ShownStatement[]; readonly kind: PolicyKind; readonly onChange: (text: string) => void }

export function VisualEditor({ text, statements, kind, onChange }: VisualEditorProps): ReactNode {
  const { hasPrincipal, hasResource } = elementsOf[kind];
  const fresh: Changes = { Effect: 'Allow', ...(hasPrincipal && { Principal: {} }), Action: [], ...(hasResource && { Resource: [] }) };
  return (
    <SpaceBetween size="m">
      {statements.map((statement) => (
        <StatementForm
          key={statement.index} statement={statement} kind={kind}
          onChange={(changes) => onChange(changeStatement(text, statement.index, changes))}
          onRemove={() => onChange(removeStatement(text, statement.index))}
          onDuplicate={() => onChange(duplicateStatement(text, statement.index))}
        />
      ))}
      <Button iconName="add-plus" onClick={() => onChange(addStatement(text, fresh))}>Add a statement</Button>
    </SpaceBetween>
  );
}

interface StatementFormProps { readonly statement: ShownStatement; readonly kind: PolicyKind; readonly onChange: (changes: Changes) => void; readonly onRemove: () => void; readonly onDuplicate: () => void }

function StatementForm({ statement, kind, onChange, onRemove, onDuplicate }: StatementFormProps): ReactNode {
  const { index, sid, effect, unshown } = statement;
  const { hasPrincipal, hasResource } = elementsOf[kind];
  const title = `Statement ${index + 1}${sid === '' ? '' : `: ${sid}`}`;
  return (
    <Container
      header={<Header variant="h3" description={summaryOf(statement)} actions={<ButtonDropdown items={[{ id: 'duplicate', text: 'Duplicate' }, { id: 'remove', text: 'Remove' }]} ariaLabel={`More of statement ${index + 1}`} onItemClick={({ detail }) => (detail.id === 'remove' ? onRemove() : onDuplicate())}>More</ButtonDropdown>}>{title}</Header>}
    >
      {unshown.length > 0 ? (
        <Alert type="info" header="This statement is edited as JSON">It holds something that no form here shows, and stays as it is: {unshown.join('; ')}.</Alert>
      ) : (
        <SpaceBetween size="l">
          <ColumnLayout columns={2}>
            <SegmentedControl label={`Effect of statement ${index + 1}`} selectedId={effect} options={[{ id: 'Allow', text: 'Allow' }, { id: 'Deny', text: 'Deny' }]} onChange={({ detail }) => onChange({ Effect: detail.selectedId })} />
            <FormField label="Statement id (Sid)" description="Optional; letters and digits."><Input value={sid} onChange={({ detail }) => onChange({ Sid: detail.value === '' ? undefined : detail.value })} /></FormField>
          </ColumnLayout>
          {hasPrincipal || statement.principal !== undefined ? <PrincipalsField statement={statement} onChange={onChange} /> : undefined}
          <ActionsField statement={statement} kind={kind} onChange={onChange} />
          {hasResource || statement.hasResource ? <ResourcesField statement={statement} onChange={onChange} /> : undefined}
          <ConditionsField statement={statement} onChange={onChange} />
        </SpaceBetween>
      )}
    </Container>
  );
}

/** `Allow 3 actions of s3, iam` */
function summaryOf({ effect, actions, isNotAction }: ShownStatement): string {
  if (actions.length === 0) return `${effect}: no action yet`;
  if (isNotAction) return `${effect} all actions but ${actions.length}`;
  if (actions.includes('*')) return `${effect} all actions of all services`;
  const services = [...new Set(actions.map((action) => action.split(':', 1)[0]!.toLowerCase()))];
  return `${effect} ${actions.length} action${actions.length === 1 ? '' : 's'} of ${services.slice(0, 4).join(', ')}${services.length > 4 ? ' and others' : ''}`;
}
