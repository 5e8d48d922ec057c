/** Makes a user as AWS's console does: its details, its permissions, a review, and its password shown once. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Checkbox from '@cloudscape-design/components/checkbox';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Wizard from '@cloudscape-design/components/wizard';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { firstPasswordChoice, PasswordFields } from '../../credentials/console-password.tsx';
import type { PasswordChoice } from '../../credentials/console-password.tsx';
import { SecretOnce } from '../../credentials/secret-once.tsx';
import { useSignInAddress } from '../../credentials/sign-in-access.ts';
import { DeedSteps, useDeed } from '../../deed.tsx';
import { ProblemAlert } from '../../problem-alert.tsx';
import { href, navigate, pathOf } from '../../router.ts';
import { noTags, TagFields } from '../../tags/tag-fields.tsx';
import type { TagDraft } from '../../tags/tag-fields.tsx';
import { wizardWords } from '../../wizard-words.ts';
import { firstGrant, grantSummary, PermissionFields } from './permission-fields.tsx';
import type { Grant } from './permission-fields.tsx';
import { stepsOfCreation } from './user-creation.ts';

export interface UserDraft {
  readonly name: string;
  /** Undefined: no access to the console. */
  readonly password: PasswordChoice | undefined;
  readonly grant: Grant;
  readonly tags: TagDraft;
}

const nameForm = /^[\w+=,.@-]{1,64}$/;

export function CreateUserPage(): ReactNode {
  const [draft, setDraft] = useState<UserDraft>({ name: '', password: undefined, grant: firstGrant, tags: noTags });
  const [at, setAt] = useState(0);
  const [isRefused, setIsRefused] = useState(false);
  const [password, setPassword] = useState<string>();
  const [isDone, setIsDone] = useState(false);
  const deed = useDeed();
  const change = (part: Partial<UserDraft>): void => setDraft((before) => ({ ...before, ...part }));
  const create = async (): Promise<void> => {
    const isBegun = deed.done > 0;
    if (!await (isBegun ? deed.goOn() : deed.run(stepsOfCreation(draft, setPassword)))) return;
    if (draft.password) setIsDone(true);
    else navigate(href(pathOf('users/:userName', { userName: draft.name })));
  };
  const isNamed = nameForm.test(draft.name);
  const hasPassword = draft.password?.isOwn !== true || draft.password.typed !== '';
  const mayLeave = (from: number): boolean => from > 0 || (isNamed && hasPassword);
  if (isDone && password !== undefined) return <Retrieve userName={draft.name} password={password} />;
  return (
    <ContentLayout header={<Header variant="h1">Create user</Header>}>
      <Wizard
        activeStepIndex={at} submitButtonText="Create user" isLoadingNextStep={deed.isBusy}
        onNavigate={({ detail }) => { const isAllowed = detail.requestedStepIndex < at || mayLeave(at); setIsRefused(!isAllowed); if (isAllowed && deed.done === 0) setAt(detail.requestedStepIndex); }}
        onCancel={() => navigate(href('users'))} onSubmit={create}
        i18nStrings={wizardWords}
        steps={[
          { title: 'Specify user details', content: <Details draft={draft} change={change} nameError={isRefused && !isNamed ? 'Up to 64 letters, digits and +=,.@-_' : undefined} passwordError={isRefused && !hasPassword ? 'Type a password, or let one be made.' : undefined} /> },
          { title: 'Set permissions', content: <PermissionFields grant={draft.grant} onChange={(grant) => change({ grant })} />, isOptional: true },
          { title: 'Review and create', content: <Review draft={draft} change={change} deed={<>{deed.steps.length > 0 ? <DeedSteps deed={deed} /> : undefined}<ProblemAlert problem={deed.problem} what={deed.steps[deed.done]?.what ?? 'user'} />{deed.problem && deed.done > 0 ? <Alert type="info" action={<Button onClick={() => navigate(href(pathOf('users/:userName', { userName: draft.name })))}>To the user</Button>}>The user is there, without what comes after the step that was refused. “Create user” tries the rest again.</Alert> : undefined}</>} /> },
        ]}
      />
    </ContentLayout>
  );
}

interface PartProps { readonly draft: UserDraft; readonly change: (part: Partial<UserDraft>) => void }

function Details({ draft: { name, password }, change, nameError, passwordError }: PartProps & { readonly nameError: string | undefined; readonly passwordError: string | undefined }): ReactNode {
  return (
    <Container header={<Header variant="h2">User details</Header>}>
      <SpaceBetween size="l">
        <FormField label="User name" constraintText="Up to 64 letters, digits and +=,.@-_" errorText={nameError}><Input value={name} onChange={({ detail }) => change({ name: detail.value })} ariaRequired autoComplete={false} /></FormField>
        <Checkbox checked={password !== undefined} onChange={({ detail }) => change({ password: detail.checked ? firstPasswordChoice : undefined })} description="For a person, who signs in with a password. A program needs none: give it access keys afterwards.">Provide user access to the console – optional</Checkbox>
        {password ? <PasswordFields choice={password} onChange={(choice) => change({ password: choice })} errorText={passwordError} /> : undefined}
      </SpaceBetween>
    </Container>
  );
}

function Review({ draft: { name, password, grant, tags }, change, deed }: PartProps & { readonly deed: ReactNode }): ReactNode {
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2">User details</Header>}>
        <KeyValuePairs columns={3} items={[{ label: 'User name', value: name }, { label: 'Console password', value: password ? (password.isOwn ? 'Custom password' : 'Autogenerated') : 'None' }, { label: 'Must be changed at the first sign-in', value: password?.mustChange === true ? 'Yes' : 'No' }]} />
      </Container>
      <Container header={<Header variant="h2">Permissions summary</Header>}>
        <KeyValuePairs columns={1} items={grantSummary(grant)} />
      </Container>
      <Container header={<Header variant="h2">Tags – optional</Header>}><TagFields draft={tags} onChange={(tags) => change({ tags })} /></Container>
      {deed}
    </SpaceBetween>
  );
}

function Retrieve({ userName, password }: { readonly userName: string; readonly password: string }): ReactNode {
  const { address } = useSignInAddress();
  return (
    <ContentLayout header={<Header variant="h1">Retrieve password</Header>}>
      <SpaceBetween size="l">
        <Alert type="success">User {userName} is created.</Alert>
        <Container header={<Header variant="h2">Console sign-in details</Header>}>
          <SecretOnce fileName={`${userName}_credentials.csv`} warning="This is the only time that the password is shown. Another one can be set at any time." fields={[{ label: 'User name', value: userName }, { label: 'Password', value: password, isSecret: true }, { label: 'Console sign-in URL', value: address }]} />
        </Container>
        <Box float="right"><SpaceBetween direction="horizontal" size="xs"><Button onClick={() => navigate(href('users'))}>Return to users list</Button><Button variant="primary" onClick={() => navigate(href(pathOf('users/:userName', { userName })))}>View user</Button></SpaceBetween></Box>
      </SpaceBetween>
    </ContentLayout>
  );
}
