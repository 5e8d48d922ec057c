/** The account: its number, its alias, and where its people sign in. */
import { CreateAccountAliasCommand, DeleteAccountAliasCommand, ListAccountAliasesCommand } from '@aws-sdk/client-iam';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Confirm } from '../../confirm.tsx';
import { useIdentity } from '../../identity.tsx';
import { ProblemAlert } from '../../problem-alert.tsx';
import { useRead } from '../../read.ts';
import { Reading } from '../../reading.tsx';
import { actingAccount } from '../../session.ts';
import { useWrite } from '../../write.ts';

export function AccountCard(): ReactNode {
  const { session } = useIdentity();
  const account = actingAccount(session);
  const alias = useRead(async ({ iam }, abortSignal) => ({ name: (await iam.send(new ListAccountAliasesCommand({}), { abortSignal })).AccountAliases?.[0] }), []);
  return (
    <Container header={<Header variant="h2">Account</Header>}>
      <KeyValuePairs items={[
        { label: 'Account ID', value: <Copied text={account} what="account ID" /> },
        { label: 'Account alias', value: <Reading read={alias} what="alias">{({ name }) => <Alias name={name} onChange={alias.refresh} />}</Reading> },
        { label: 'Sign-in URL for users of this account', value: <Copied text={signInUrl(alias.value?.name ?? account)} what="sign-in URL" /> },
      ]} />
    </Container>
  );
}

const signInUrl = (account: string): string => `${location.origin}/_gatehouse/signin/?account=${account}`;

const Copied = ({ text, what }: { readonly text: string; readonly what: string }): ReactNode =>
  <CopyToClipboard variant="inline" textToCopy={text} copyButtonAriaLabel={`Copy the ${what}`} copySuccessText="Copied" copyErrorText="Not copied" />;

function Alias({ name, onChange }: { readonly name: string | undefined; readonly onChange: () => void }): ReactNode {
  const [open, setOpen] = useState<'edit' | 'delete'>();
  const close = (): void => setOpen(undefined);
  const changed = (): void => { close(); onChange(); };
  return (
    <SpaceBetween direction="horizontal" size="xs" alignItems="center">
      <Box>{name ?? 'None'}</Box>
      <Button variant="inline-link" ariaLabel={`${name === undefined ? 'Create' : 'Edit'} the account alias`} onClick={() => setOpen('edit')}>{name === undefined ? 'Create' : 'Edit'}</Button>
      {name === undefined ? undefined : <Button variant="inline-link" ariaLabel="Delete the account alias" onClick={() => setOpen('delete')}>Delete</Button>}
      {open === 'edit' ? <EditAlias name={name} onDone={changed} onDismiss={close} /> : undefined}
      {open === 'delete' && name !== undefined ? <DeleteAlias name={name} onDone={changed} onDismiss={close} /> : undefined}
    </SpaceBetween>
  );
}

interface DialogProps<Name> { readonly name: Name; readonly onDone: () => void; readonly onDismiss: () => void }

function EditAlias({ name, onDone, onDismiss }: DialogProps<string | undefined>): ReactNode {
  const write = useWrite();
  const [typed, setTyped] = useState(name ?? '');
  const save = async (): Promise<void> => {
    const done = await write.run({ act: ({ iam }) => iam.send(new CreateAccountAliasCommand({ AccountAlias: typed })), done: `The account's alias is ${typed}.` });
    if (done) onDone();
  };
  return (
    <Modal visible header={name === undefined ? 'Create an account alias' : 'Edit the account alias'} onDismiss={onDismiss} closeAriaLabel="Close" footer={<Box float="right"><SpaceBetween direction="horizontal" size="xs"><Button variant="link" onClick={onDismiss}>Cancel</Button><Button variant="primary" loading={write.isBusy} onClick={() => void save()}>Save</Button></SpaceBetween></Box>}>
      <form onSubmit={(event) => { event.preventDefault(); void save(); }}>
        <SpaceBetween size="m">
          <ProblemAlert problem={write.problem} />
          <FormField label="Alias" constraintText="3 to 63 lowercase letters, numbers and single hyphens; not 12 digits. No other account of this Gatehouse has it." errorText={write.fieldError('AccountAlias')}>
            <Input value={typed} onChange={({ detail }) => setTyped(detail.value)} ariaRequired />
          </FormField>
          {name === undefined ? undefined : <Box color="text-body-secondary">Links with the alias {name} no longer name this account. Links with its number always do.</Box>}
        </SpaceBetween>
      </form>
    </Modal>
  );
}

function DeleteAlias({ name, onDone, onDismiss }: DialogProps<string>): ReactNode {
  const write = useWrite();
  const remove = async (): Promise<void> => {
    const done = await write.run({ act: ({ iam }) => iam.send(new DeleteAccountAliasCommand({ AccountAlias: name })), done: `The alias ${name} was deleted.` });
    if (done) onDone();
  };
  return <Confirm title="Delete the account alias?" verb="Delete" write={write} onConfirm={() => void remove()} onDismiss={onDismiss}>People sign in with the account's number from then on; links with {name} lead nowhere, and another account may take it.</Confirm>;
}
