/** Enrolling a passkey or a security key of one's own: the browser makes it, the door keeps its public half. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useIdentity } from '../../identity.tsx';
import { ProblemAlert } from '../../problem-alert.tsx';
import { askDoor } from '../../session.ts';
import type { OwnSession } from '../../session.ts';
import { useWrite } from '../../write.ts';

export function AddPasskey({ onDone }: { readonly onDone: () => void }): ReactNode {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>Add a passkey</Button>
      {isOpen ? <PasskeyDialog onDone={() => { setIsOpen(false); onDone(); }} onDismiss={() => setIsOpen(false)} /> : undefined}
    </>
  );
}

/** Rejects with what the door refused, or with what the browser said. */
async function enrol(session: OwnSession, name: string): Promise<void> {
  const { enrolment, options } = await askDoor(session, 'passkeys/begin', {});
  const credential = await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
  if (!(credential instanceof PublicKeyCredential)) throw new Error('The browser made no passkey.');
  await askDoor(session, 'passkeys/finish', { enrolment, name, response: credential.toJSON() });
}

/** Browsers bind passkeys to names, and make them in secure contexts only. */
const isPossible = (): boolean => isSecureContext && 'credentials' in navigator && !/^[\d.]+$|^\[/.test(location.hostname);

function PasskeyDialog({ onDone, onDismiss }: { readonly onDone: () => void; readonly onDismiss: () => void }): ReactNode {
  const { session } = useIdentity();
  const write = useWrite();
  const [name, setName] = useState('');
  const isReady = isPossible() && /^[\w+=,.@-]{1,64}$/.test(name);
  const add = async (): Promise<void> => { if (isReady && await write.run({ act: async () => enrol(session, name), done: `The passkey ${name} was added.` })) onDone(); };
  return (
    <Modal visible header="Add a passkey" onDismiss={onDismiss} closeAriaLabel="Close" footer={<Box float="right"><SpaceBetween direction="horizontal" size="xs"><Button variant="link" onClick={onDismiss}>Cancel</Button><Button variant="primary" loading={write.isBusy} disabled={!isReady} onClick={() => void add()}>Add</Button></SpaceBetween></Box>}>
      <form onSubmit={(event) => { event.preventDefault(); void add(); }}>
        <SpaceBetween size="m">
          {isPossible() ? <Box>Your browser asks for a fingerprint, a face, a PIN or a security key. From then on you show it after your password.</Box> : <Alert type="warning">Passkeys are bound to names: open this page by a host name (localhost, not 127.0.0.1), over TLS or on this machine.</Alert>}
          <ProblemAlert problem={write.problem} />
          <FormField label="A name for it" constraintText="Up to 64 letters, numbers and the characters + = , . @ _ -"><Input value={name} onChange={({ detail }) => setName(detail.value)} ariaRequired /></FormField>
        </SpaceBetween>
      </form>
    </Modal>
  );
}
