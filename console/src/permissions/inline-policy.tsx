/** The pages of an inline policy: writing a new one, and showing and editing one that is there; of users, groups and roles alike. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Form from '@cloudscape-design/components/form';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Confirm } from '../confirm.tsx';
import { holderCalls, inlineDocument } from '../holders.ts';
import type { Holder } from '../holders.ts';
import { PolicyEditor } from '../policy-editor/policy-editor.tsx';
import { newPolicy } from '../policy-editor/statement-edits.ts';
import { inlineLimits } from '../policy-editor/policy-size.ts';
import { ProblemAlert } from '../problem-alert.tsx';
import { useRead } from '../read.ts';
import { Reading } from '../reading.tsx';
import { href, navigate } from '../router.ts';
import { useWrite } from '../write.ts';
import { holderPath } from './policy-link.tsx';

const backTo = ({ kind, name }: Holder): void => navigate(href(holderPath(kind, name)));

export function NewInlinePolicy({ holder }: { readonly holder: Holder }): ReactNode {
  const { kind, name } = holder;
  const [policyName, setPolicyName] = useState('');
  const [document, setDocument] = useState(() => newPolicy(false));
  const write = useWrite();
  const create = async (): Promise<void> => {
    if (await write.run({ done: `Policy ${policyName} is part of ${holderCalls[kind].noun} ${name}.`, act: ({ iam }) => holderCalls[kind].putInline(iam, name, policyName, document) })) backTo(holder);
  };
  return (
    <ContentLayout header={<Header variant="h1" description={`It belongs to ${holderCalls[kind].noun} ${name} alone, and goes with it.`}>Create inline policy</Header>}>
      <form onSubmit={(event) => { event.preventDefault(); void create(); }}>
        <Form actions={<SpaceBetween direction="horizontal" size="xs"><Button formAction="none" variant="link" onClick={() => backTo(holder)}>Cancel</Button><Button variant="primary" loading={write.isBusy} disabled={policyName === ''}>Create policy</Button></SpaceBetween>}>
          <SpaceBetween size="l">
            <Container header={<Header variant="h2">Policy details</Header>}>
              <FormField label="Policy name" constraintText="Letters, digits and +=,.@-_, up to 128. One that is there already is replaced." errorText={write.fieldError('PolicyName')}><Input value={policyName} onChange={({ detail }) => setPolicyName(detail.value)} ariaRequired /></FormField>
            </Container>
            <Container header={<Header variant="h2">Permissions</Header>}><PolicyEditor kind="identity" value={document} onChange={setDocument} limit={inlineLimits[kind]} /></Container>
            <ProblemAlert problem={write.problem} what="policy" />
          </SpaceBetween>
        </Form>
      </form>
    </ContentLayout>
  );
}

export function InlinePolicy({ holder, policyName }: { readonly holder: Holder; readonly policyName: string }): ReactNode {
  const document = useRead(({ iam }) => inlineDocument(iam, holder, policyName), [holder.kind, holder.name, policyName]);
  return (
    <ContentLayout header={<Header variant="h1" description={`An inline policy of ${holderCalls[holder.kind].noun} ${holder.name}`}>{policyName}</Header>}>
      <Reading read={document} what="policy">{(text) => <InlinePolicyEditor key={text} holder={holder} policyName={policyName} text={text} onSaved={document.refresh} />}</Reading>
    </ContentLayout>
  );
}

function InlinePolicyEditor({ holder, policyName, text, onSaved }: { readonly holder: Holder; readonly policyName: string; readonly text: string; readonly onSaved: () => void }): ReactNode {
  const { kind, name } = holder;
  const [document, setDocument] = useState(text);
  const [isDeleting, setIsDeleting] = useState(false);
  const write = useWrite();
  const save = async (): Promise<void> => { if (await write.run({ done: `Policy ${policyName} is saved.`, act: ({ iam }) => holderCalls[kind].putInline(iam, name, policyName, document) })) onSaved(); };
  const remove = async (): Promise<void> => { if (await write.run({ done: `Policy ${policyName} is deleted.`, act: ({ iam }) => holderCalls[kind].deleteInline(iam, name, policyName) })) backTo(holder); };
  return (
    <SpaceBetween size="m">
      <Container header={<Header variant="h2">Policy document</Header>}><PolicyEditor kind="identity" value={document} onChange={setDocument} limit={inlineLimits[kind]} /></Container>
      {isDeleting ? undefined : <ProblemAlert problem={write.problem} what="policy" />}
      <Box float="right"><SpaceBetween direction="horizontal" size="xs"><Button onClick={() => setIsDeleting(true)}>Delete</Button><Button onClick={() => backTo(holder)}>Cancel</Button><Button variant="primary" disabled={document === text} loading={write.isBusy} onClick={save}>Save changes</Button></SpaceBetween></Box>
      {isDeleting ? <Confirm title={`Delete ${policyName}?`} verb="Delete" write={write} onConfirm={remove} onDismiss={() => { write.forget(); setIsDeleting(false); }}>{name} loses what it allows with the next request. An inline policy cannot be brought back.</Confirm> : undefined}
    </SpaceBetween>
  );
}
