/** The SSH public keys of a user: uploaded, shown again, switched and deleted. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { GetSSHPublicKeyCommand, UploadSSHPublicKeyCommand } from '@aws-sdk/client-iam';
import type { SSHPublicKeyMetadata } from '@aws-sdk/client-iam';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { ProblemAlert } from '../problem-alert.tsx';
import { useRead } from '../read.ts';
import { Reading } from '../reading.tsx';
import { useWrite } from '../write.ts';
import { sshKeyKind } from './credential-kinds.ts';
import { CredentialList } from './credential-list.tsx';

/** SSH keys are always somebody's: root has none. */
export function SshKeys({ userName }: { readonly userName: string }): ReactNode {
  const [shown, setShown] = useState<string>();
  return (
    <>
      <CredentialList<SSHPublicKeyMetadata>
        kind={sshKeyKind} userName={userName}
        actions={(item) => <Button disabled={item === undefined} onClick={() => setShown(item?.SSHPublicKeyId)}>Show key</Button>}
        create={{ label: 'Upload SSH public key', dialog: (props) => <UploadSshKey userName={userName} {...props} /> }}
      />
      {shown === undefined ? undefined : <ShownKey userName={userName} id={shown} onDismiss={() => setShown(undefined)} />}
    </>
  );
}

function ShownKey({ userName, id, onDismiss }: { readonly userName: string; readonly id: string; readonly onDismiss: () => void }): ReactNode {
  const key = useRead(async ({ iam }) => (await iam.send(new GetSSHPublicKeyCommand({ UserName: userName, SSHPublicKeyId: id, Encoding: 'SSH' }))).SSHPublicKey!, [userName, id]);
  return (
    <Modal visible header={`SSH public key ${id}`} closeAriaLabel="Close" onDismiss={onDismiss} footer={<Box float="right"><Button onClick={onDismiss}>Close</Button></Box>}>
      <Reading read={key} what="key">{({ Fingerprint, SSHPublicKeyBody }) => <KeyValuePairs columns={1} items={[{ label: 'Fingerprint (MD5)', value: Fingerprint }, { label: 'Key', value: <div className="long-text">{SSHPublicKeyBody}</div> }]} />}</Reading>
    </Modal>
  );
}

function UploadSshKey({ userName, onDone, onDismiss }: { readonly userName: string; readonly onDone: () => void; readonly onDismiss: () => void }): ReactNode {
  const [body, setBody] = useState('');
  const write = useWrite();
  const upload = async (): Promise<void> => {
    if (await write.run({ act: async ({ iam }) => iam.send(new UploadSSHPublicKeyCommand({ UserName: userName, SSHPublicKeyBody: body.trim() })), done: ({ SSHPublicKey }) => `SSH public key ${SSHPublicKey!.SSHPublicKeyId} is uploaded: it is the user name for Git over SSH.` })) onDone();
  };
  return (
    <Modal visible header="Upload SSH public key" closeAriaLabel="Close" onDismiss={onDismiss} footer={<Box float="right"><SpaceBetween direction="horizontal" size="xs"><Button variant="link" onClick={onDismiss}>Cancel</Button><Button variant="primary" disabled={body.trim() === ''} loading={write.isBusy} onClick={upload}>Upload</Button></SpaceBetween></Box>}>
      <SpaceBetween size="m">
        <FormField label="Public key" constraintText="An RSA key of at least 2048 bits, as in id_rsa.pub or PEM. Never the private key." errorText={write.fieldError('SSHPublicKeyBody')}><Textarea value={body} rows={8} spellcheck={false} onChange={({ detail }) => setBody(detail.value)} /></FormField>
        <ProblemAlert problem={write.problem} what="SSH public key" />
      </SpaceBetween>
    </Modal>
  );
}
