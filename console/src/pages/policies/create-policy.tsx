/** Makes a managed policy: its permissions first, then what it is called. */
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import Wizard from '@cloudscape-design/components/wizard';
import { CreatePolicyCommand } from '@aws-sdk/client-iam';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { PolicyEditor, PolicyView } from '../../policy-editor/policy-editor.tsx';
import type { PolicyFindings } from '../../policy-editor/policy-findings.ts';
import { newPolicy } from '../../policy-editor/statement-edits.ts';
import { ProblemAlert } from '../../problem-alert.tsx';
import { href, navigate, pathOf } from '../../router.ts';
import { noTags, TagFields, tagsOf } from '../../tags/tag-fields.tsx';
import { wizardWords } from '../../wizard-words.ts';
import { useWrite } from '../../write.ts';

export function CreatePolicyPage(): ReactNode {
  const [document, setDocument] = useState(() => newPolicy(false));
  const [findings, setFindings] = useState<PolicyFindings>();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [tags, setTags] = useState(noTags);
  const [at, setAt] = useState(0);
  const write = useWrite();
  const create = async (): Promise<void> => {
    const created = await write.run({ act: async ({ iam }) => (await iam.send(new CreatePolicyCommand({ PolicyName: name, PolicyDocument: document, ...(description !== '' && { Description: description }), Tags: tagsOf(tags) }))).Policy!, done: `Policy ${name} is created.` });
    if (created) navigate(href(pathOf('policies/:policyArn', { policyArn: created.value.Arn! })));
  };
  return (
    <ContentLayout header={<Header variant="h1">Create policy</Header>}>
      <Wizard
        activeStepIndex={at} submitButtonText="Create policy" isLoadingNextStep={write.isBusy} i18nStrings={wizardWords}
        // What the server would refuse is said in the editor; nobody is sent on with it.
        onNavigate={({ detail }) => { if (detail.requestedStepIndex < at || findings?.isRefused !== true) setAt(detail.requestedStepIndex); }}
        onCancel={() => navigate(href('policies'))} onSubmit={create}
        steps={[
          { title: 'Specify permissions', content: <Container header={<Header variant="h2">Policy editor</Header>}><PolicyEditor kind="identity" value={document} onChange={setDocument} onFindings={setFindings} /></Container> },
          { title: 'Review and create', content: (
            <SpaceBetween size="l">
              <Container header={<Header variant="h2">Policy details</Header>}>
                <SpaceBetween size="m">
                  <FormField label="Policy name" constraintText="Up to 128 letters, digits and +=,.@-_" errorText={write.fieldError('PolicyName')}><Input value={name} onChange={({ detail }) => setName(detail.value)} ariaRequired autoComplete={false} /></FormField>
                  <FormField label="Description – optional" constraintText="Up to 1,000 characters. It cannot be changed later." errorText={write.fieldError('Description')}><Textarea value={description} onChange={({ detail }) => setDescription(detail.value)} /></FormField>
                </SpaceBetween>
              </Container>
              <Container header={<Header variant="h2">Permissions defined in this policy</Header>}><PolicyView kind="identity" value={document} /></Container>
              <Container header={<Header variant="h2">Tags – optional</Header>}><TagFields draft={tags} onChange={setTags} /></Container>
              <ProblemAlert problem={write.problem} what="policy" />
            </SpaceBetween>
          ) },
        ]}
      />
    </ContentLayout>
  );
}
