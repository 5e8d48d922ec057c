/** Makes a role as AWS's console does: whom it trusts, what it may do, what it is called. */
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import Wizard from '@cloudscape-design/components/wizard';
import { AddRoleToInstanceProfileCommand, AttachRolePolicyCommand, CreateInstanceProfileCommand, CreateRoleCommand } from '@aws-sdk/client-iam';
import type { Policy } from '@aws-sdk/client-iam';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { DeedSteps, useDeed } from '../../deed.tsx';
import type { Step } from '../../deed.tsx';
import { useNotifications } from '../../notifications.tsx';
import { ChoosePolicies } from '../../permissions/choose-policies.tsx';
import { PolicyView } from '../../policy-editor/policy-editor.tsx';
import { ProblemAlert } from '../../problem-alert.tsx';
import { href, navigate, pathOf } from '../../router.ts';
import { noTags, TagFields, tagsOf } from '../../tags/tag-fields.tsx';
import type { TagDraft } from '../../tags/tag-fields.tsx';
import { wizardWords } from '../../wizard-words.ts';
import { firstTrust, isWhole, TrustFields } from './trust-fields.tsx';
import { trustPolicyOf } from './trusted-entities.ts';
import type { Trust } from './trusted-entities.ts';

interface RoleDraft { readonly trust: Trust; readonly policies: readonly Policy[]; readonly boundary: Policy | undefined; readonly name: string; readonly description: string; readonly tags: TagDraft }

const ec2 = 'ec2.amazonaws.com';

function stepsOf({ trust, policies, boundary, name: RoleName, description, tags }: RoleDraft): readonly Step[] {
  return [
    { what: `Create role ${RoleName}`, act: async ({ iam }) => iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trustPolicyOf(trust), ...(description !== '' && { Description: description }), PermissionsBoundary: boundary?.Arn, Tags: tagsOf(tags) })) },
    ...policies.map(({ PolicyName, Arn }): Step => ({ what: `Attach policy ${PolicyName}`, act: async ({ iam }) => iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: Arn })) })),
    // The console's own doing: the API makes none. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2_instance-profiles.html
    ...(trust.kind === 'service' && trust.service === ec2 ? [
      { what: `Create instance profile ${RoleName}`, act: async ({ iam }: Parameters<Step['act']>[0]) => iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: RoleName })) },
      { what: 'Put the role into the instance profile', act: async ({ iam }: Parameters<Step['act']>[0]) => iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: RoleName, RoleName })) },
    ] : []),
  ];
}

export function CreateRolePage(): ReactNode {
  const [draft, setDraft] = useState<RoleDraft>({ trust: firstTrust, policies: [], boundary: undefined, name: '', description: '', tags: noTags });
  const [at, setAt] = useState(0);
  const [isRefused, setIsRefused] = useState(false);
  const deed = useDeed();
  const { notify } = useNotifications();
  const change = (part: Partial<RoleDraft>): void => setDraft((before) => ({ ...before, ...part }));
  const path = pathOf('roles/:roleName', { roleName: draft.name });
  const create = async (): Promise<void> => {
    if (!await (deed.done > 0 ? deed.goOn() : deed.run(stepsOf(draft)))) return;
    notify({ type: 'success', text: `Role ${draft.name} is created.` });
    navigate(href(path));
  };
  const navigateTo = (step: number): void => {
    const isAllowed = step < at || at > 0 || isWhole(draft.trust);
    setIsRefused(!isAllowed);
    if (isAllowed && deed.done === 0) setAt(step);
  };
  return (
    <ContentLayout header={<Header variant="h1">Create role</Header>}>
      <Wizard
        activeStepIndex={at} submitButtonText="Create role" isLoadingNextStep={deed.isBusy} i18nStrings={wizardWords}
        onNavigate={({ detail }) => navigateTo(detail.requestedStepIndex)} onCancel={() => navigate(href('roles'))} onSubmit={create}
        steps={[
          { title: 'Select trusted entity', content: <SpaceBetween size="l"><TrustFields trust={draft.trust} onChange={(trust) => change({ trust })} />{isRefused ? <Alert type="error">Say whom the role trusts: something is missing above.</Alert> : undefined}</SpaceBetween> },
          { title: 'Add permissions', isOptional: true, content: <Permissions draft={draft} change={change} /> },
          { title: 'Name, review, and create', content: (
            <SpaceBetween size="l">
              <Review draft={draft} change={change} nameError={deed.problem?.fields['rolename']} isBegun={deed.done > 0} />
              {deed.steps.length > 0 ? <DeedSteps deed={deed} /> : undefined}
              <ProblemAlert problem={deed.problem} what={deed.steps[deed.done]?.what ?? 'role'} />
              {deed.problem && deed.done > 0 ? <Alert type="info" action={<Button onClick={() => navigate(href(path))}>To the role</Button>}>The role is there, without what comes after the step that was refused. “Create role” tries the rest again.</Alert> : undefined}
            </SpaceBetween>
          ) },
        ]}
      />
    </ContentLayout>
  );
}

interface PartProps { readonly draft: RoleDraft; readonly change: (part: Partial<RoleDraft>) => void }

const Permissions = ({ draft: { policies, boundary }, change }: PartProps): ReactNode => (
  <SpaceBetween size="l">
    <ChoosePolicies chosen={policies} onChoose={(policies) => change({ policies })} />
    <ExpandableSection variant="container" headerText="Set permissions boundary – optional" headerDescription="The most that its policies can allow. It gives nothing by itself.">
      <ChoosePolicies selection="single" title="Boundary" chosen={boundary ? [boundary] : []} onChoose={([boundary]) => change({ boundary })} />
    </ExpandableSection>
  </SpaceBetween>
);

function Review({ draft: { trust, policies, boundary, name, description, tags }, change, nameError, isBegun }: PartProps & { readonly nameError: string | undefined; readonly isBegun: boolean }): ReactNode {
  return (
    <>
      <Container header={<Header variant="h2">Role details</Header>}>
        <SpaceBetween size="m">
          <FormField label="Role name" constraintText="Up to 64 letters, digits and +=,.@-_" errorText={nameError}><Input value={name} disabled={isBegun} onChange={({ detail }) => change({ name: detail.value })} ariaRequired autoComplete={false} /></FormField>
          <FormField label="Description – optional" constraintText="Up to 1,000 characters."><Textarea value={description} onChange={({ detail }) => change({ description: detail.value })} /></FormField>
        </SpaceBetween>
      </Container>
      <Container header={<Header variant="h2">Trust policy</Header>}><PolicyView kind="trust" label="Trust policy" value={trustPolicyOf(trust)} /></Container>
      <Container header={<Header variant="h2">Permissions</Header>}>
        <KeyValuePairs columns={2} items={[{ label: 'Policies', value: policies.length === 0 ? 'None' : policies.map(({ PolicyName }) => PolicyName).join(', ') }, { label: 'Permissions boundary', value: boundary?.PolicyName ?? 'None' }]} />
      </Container>
      <Container header={<Header variant="h2">Tags – optional</Header>}><TagFields draft={tags} onChange={(tags) => change({ tags })} /></Container>
    </>
  );
}
