/** Editing the password policy: none of the account's own, or every field of one. */
import { DeleteAccountPasswordPolicyCommand, UpdateAccountPasswordPolicyCommand } from '@aws-sdk/client-iam';
import type { PasswordPolicy } from '@aws-sdk/client-iam';
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Checkbox from '@cloudscape-design/components/checkbox';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Form from '@cloudscape-design/components/form';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { ProblemAlert } from '../../problem-alert.tsx';
import { useRead } from '../../read.ts';
import { Reading } from '../../reading.tsx';
import { follow, href, navigate } from '../../router.ts';
import { useWrite } from '../../write.ts';
import { limits, ownRules, readPasswordPolicy, requirements } from './password-policy.ts';

export function EditPasswordPolicyPage(): ReactNode {
  const read = useRead(({ iam }, signal) => readPasswordPolicy(iam, signal), []);
  return <ContentLayout header={<Header variant="h1">Edit password policy</Header>}><Reading read={read} what="password policy">{({ policy }) => <PolicyForm before={policy} />}</Reading></ContentLayout>;
}

/** Numbers are texts while they are typed; what is switched off keeps its text for when it is switched on again. */
interface Fields {
  readonly isOwn: boolean;
  readonly length: string;
  readonly required: Readonly<Record<(typeof requirements)[number]['member'], boolean>>;
  readonly expires: boolean;
  readonly ageDays: string;
  readonly isHard: boolean;
  readonly mayChange: boolean;
  readonly remembers: boolean;
  readonly remembered: string;
}

const fieldsOf = (policy: PasswordPolicy | undefined): Fields => ({
  isOwn: policy !== undefined, length: String(policy?.MinimumPasswordLength ?? 8),
  required: { RequireUppercaseCharacters: policy?.RequireUppercaseCharacters ?? true, RequireLowercaseCharacters: policy?.RequireLowercaseCharacters ?? true, RequireNumbers: policy?.RequireNumbers ?? true, RequireSymbols: policy?.RequireSymbols ?? true },
  expires: policy?.MaxPasswordAge !== undefined, ageDays: String(policy?.MaxPasswordAge ?? 90), isHard: policy?.HardExpiry ?? false,
  mayChange: policy?.AllowUsersToChangePassword ?? true, remembers: policy?.PasswordReusePrevention !== undefined, remembered: String(policy?.PasswordReusePrevention ?? 5),
});

function wrong(text: string, { min, max }: { readonly min: number; readonly max: number }): string | undefined {
  const value = Number(text);
  return /^\d+$/.test(text.trim()) && value >= min && value <= max ? undefined : `A whole number from ${min} to ${max.toLocaleString('en')}`;
}

function PolicyForm({ before }: { readonly before: PasswordPolicy | undefined }): ReactNode {
  const write = useWrite();
  const [fields, setFields] = useState(() => fieldsOf(before));
  const set = (changed: Partial<Fields>): void => setFields({ ...fields, ...changed });
  const errors = { length: wrong(fields.length, limits.length), ageDays: fields.expires ? wrong(fields.ageDays, limits.ageDays) : undefined, remembered: fields.remembers ? wrong(fields.remembered, limits.remembered) : undefined };
  const isSound = !fields.isOwn || Object.values(errors).every((error) => error === undefined);
  const back = href('account-settings');
  const save = async (): Promise<void> => {
    if (!isSound) return;
    const written = await write.run({ act: async ({ iam }): Promise<unknown> => {
      if (fields.isOwn) return iam.send(new UpdateAccountPasswordPolicyCommand(inputOf(fields)));
      return before ? iam.send(new DeleteAccountPasswordPolicyCommand({})) : undefined;
    }, done: fields.isOwn ? 'The password policy was saved.' : 'This account has no password policy of its own now.' });
    if (written) navigate(back);
  };
  return (
    <form onSubmit={(event) => { event.preventDefault(); void save(); }}>
      <Form actions={<SpaceBetween direction="horizontal" size="xs"><Button variant="link" formAction="none" href={back} onFollow={follow}>Cancel</Button><Button variant="primary" loading={write.isBusy} disabled={!isSound}>Save changes</Button></SpaceBetween>}>
        <SpaceBetween size="l">
          <ProblemAlert problem={write.problem} />
          <Container header={<Header variant="h2">Policy</Header>}>
            <RadioGroup ariaLabel="Policy" value={fields.isOwn ? 'own' : 'none'} onChange={({ detail }) => set({ isOwn: detail.value === 'own' })} items={[{ value: 'none', label: 'IAM default', description: `${ownRules.join('. ')}.` }, { value: 'own', label: 'Custom', description: 'Requirements of this account\'s own.' }]} />
          </Container>
          {fields.isOwn ? <OwnPolicy fields={fields} set={set} errors={errors} /> : undefined}
        </SpaceBetween>
      </Form>
    </form>
  );
}

interface OwnPolicyProps { readonly fields: Fields; readonly set: (changed: Partial<Fields>) => void; readonly errors: Readonly<Record<'length' | 'ageDays' | 'remembered', string | undefined>> }

function OwnPolicy({ fields, set, errors }: OwnPolicyProps): ReactNode {
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2">What a password must be</Header>}>
        <SpaceBetween size="m">
          <FormField label="Minimum length" description={`${limits.length.min} to ${limits.length.max} characters`} errorText={errors.length}><Input type="number" value={fields.length} onChange={({ detail }) => set({ length: detail.value })} /></FormField>
          <FormField label="What must be in it"><SpaceBetween size="xs">{requirements.map(({ member, text }) => <Checkbox key={member} checked={fields.required[member]} onChange={({ detail }) => set({ required: { ...fields.required, [member]: detail.checked } })}>{text}</Checkbox>)}</SpaceBetween></FormField>
        </SpaceBetween>
      </Container>
      <Container header={<Header variant="h2">How long it holds</Header>}>
        <SpaceBetween size="m">
          <Checkbox checked={fields.expires} onChange={({ detail }) => set({ expires: detail.checked })}>Passwords expire</Checkbox>
          {fields.expires ? <FormField label="Days until a password expires" description={`${limits.ageDays.min} to ${limits.ageDays.max.toLocaleString('en')}`} errorText={errors.ageDays}><Input type="number" value={fields.ageDays} onChange={({ detail }) => set({ ageDays: detail.value })} /></FormField> : undefined}
          {fields.expires ? <Checkbox checked={fields.isHard} onChange={({ detail }) => set({ isHard: detail.checked })} description="Otherwise whoever signs in with an expired password must set another one there.">An administrator must reset an expired password</Checkbox> : undefined}
          {fields.expires && fields.isHard ? <Alert type="warning">A user whose password has expired cannot sign in until somebody else resets it.</Alert> : undefined}
          <Checkbox checked={fields.mayChange} onChange={({ detail }) => set({ mayChange: detail.checked })} description="Without a policy that says so.">Users may change their own password</Checkbox>
          <Checkbox checked={fields.remembers} onChange={({ detail }) => set({ remembers: detail.checked })}>Earlier passwords may not be used again</Checkbox>
          {fields.remembers ? <FormField label="How many passwords are remembered" description={`${limits.remembered.min} to ${limits.remembered.max}`} errorText={errors.remembered}><Input type="number" value={fields.remembered} onChange={({ detail }) => set({ remembered: detail.value })} /></FormField> : undefined}
        </SpaceBetween>
      </Container>
    </SpaceBetween>
  );
}

/** What is left out goes back to its default. */
const inputOf = ({ length, required, expires, ageDays, isHard, mayChange, remembers, remembered }: Fields) => ({
  MinimumPasswordLength: Number(length), ...required, AllowUsersToChangePassword: mayChange,
  ...(expires && { MaxPasswordAge: Number(ageDays), HardExpiry: isHard }), ...(remembers && { PasswordReusePrevention: Number(remembered) }),
});
