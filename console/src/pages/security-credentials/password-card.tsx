/** Changing the own password. Every other session of the person ends with the old one. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import { useIdentity } from '../../identity.tsx';
import { ProblemAlert } from '../../problem-alert.tsx';
import { useRead } from '../../read.ts';
import { askDoor } from '../../session.ts';
import { useWrite } from '../../write.ts';
import { ownRules, readPasswordPolicy, rulesOf } from '../account-settings/password-policy.ts';

export function PasswordCard(): ReactNode {
  const [isOpen, setIsOpen] = useState(false);
  const { session } = useIdentity();
  return (
    <Container header={<Header variant="h2" description="With it you sign in to the console" actions={<Button onClick={() => setIsOpen(true)}>Change password</Button>}>Console password</Header>}>
      <Box>{session.passwordExpiresInDays === undefined ? 'Your password does not expire in the next days.' : `Your password expires in ${session.passwordExpiresInDays === 1 ? 'a day' : `${session.passwordExpiresInDays} days`}.`}</Box>
      {isOpen ? <ChangePassword onDone={() => setIsOpen(false)} /> : undefined}
    </Container>
  );
}

function ChangePassword({ onDone }: { readonly onDone: () => void }): ReactNode {
  const { session } = useIdentity();
  const write = useWrite();
  const [typed, setTyped] = useState({ old: '', new: '', again: '' });
  const form = useId();
  const isSame = typed.new === typed.again;
  const isReady = typed.old !== '' && typed.new !== '' && isSame;
  const change = async (): Promise<void> => {
    if (isReady && await write.run({ act: async () => askDoor(session, 'change-password', { oldPassword: typed.old, newPassword: typed.new }), done: 'Your password was changed. Your other sessions have ended.' })) onDone();
  };
  return (
    <Modal visible header="Change password" onDismiss={onDone} closeAriaLabel="Close" footer={<Box float="right"><SpaceBetween direction="horizontal" size="xs"><Button variant="link" onClick={onDone}>Cancel</Button><Button variant="primary" form={form} loading={write.isBusy} disabled={!isReady}>Change password</Button></SpaceBetween></Box>}>
      <form id={form} onSubmit={(event) => { event.preventDefault(); void change(); }}>
        <SpaceBetween size="m">
          <ProblemAlert problem={write.problem} />
          <Rules />
          <FormField label="Current password"><Input type="password" autoComplete="current-password" value={typed.old} onChange={({ detail }) => setTyped({ ...typed, old: detail.value })} ariaRequired /></FormField>
          <FormField label="New password"><Input type="password" autoComplete="new-password" value={typed.new} onChange={({ detail }) => setTyped({ ...typed, new: detail.value })} ariaRequired /></FormField>
          <FormField label="New password again" errorText={typed.again !== '' && !isSame ? 'The two are not the same.' : undefined}><Input type="password" autoComplete="new-password" value={typed.again} onChange={({ detail }) => setTyped({ ...typed, again: detail.value })} ariaRequired /></FormField>
        </SpaceBetween>
      </form>
    </Modal>
  );
}

/** What the new password must be, where the person may read it; the server says it anyway when it refuses one. Root's obeys no account's policy. */
function Rules(): ReactNode {
  const { session } = useIdentity();
  const policy = useRead(async ({ iam }, signal) => session.kind === 'root' ? { policy: undefined } : readPasswordPolicy(iam, signal), [session.kind]);
  if (policy.value === undefined) return null;
  const { policy: own } = policy.value;
  return <Alert type="info" header="A password must have"><ul>{(own ? rulesOf(own) : ownRules).map((rule) => <li key={rule}>{rule}</li>)}</ul></Alert>;
}
