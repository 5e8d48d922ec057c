/** The X.509 signing certificates of a user: uploaded, shown again, switched and deleted. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { UploadSigningCertificateCommand } from '@aws-sdk/client-iam';
import type { SigningCertificate } from '@aws-sdk/client-iam';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { ProblemAlert } from '../problem-alert.tsx';
import { useWrite } from '../write.ts';
import { signingCertificateKind } from './credential-kinds.ts';
import { CredentialList } from './credential-list.tsx';

/** `userName` undefined: the caller's own, as of root. */
export function SigningCertificates({ userName }: { readonly userName: string | undefined }): ReactNode {
  const [shown, setShown] = useState<SigningCertificate>();
  const close = (): void => setShown(undefined);
  return (
    <>
      <CredentialList<SigningCertificate>
        kind={signingCertificateKind} userName={userName}
        actions={(item) => <Button disabled={item === undefined} onClick={() => setShown(item)}>Show certificate</Button>}
        create={{ label: 'Upload certificate', dialog: (props) => <UploadCertificate userName={userName} {...props} /> }}
      />
      {shown ? <Modal visible header={`Certificate ${shown.CertificateId}`} closeAriaLabel="Close" onDismiss={close} footer={<Box float="right"><Button onClick={close}>Close</Button></Box>}><pre className="long-text">{shown.CertificateBody}</pre></Modal> : undefined}
    </>
  );
}

function UploadCertificate({ userName, onDone, onDismiss }: { readonly userName: string | undefined; readonly onDone: () => void; readonly onDismiss: () => void }): ReactNode {
  const [body, setBody] = useState('');
  const write = useWrite();
  const upload = async (): Promise<void> => {
    if (await write.run({ act: async ({ iam }) => iam.send(new UploadSigningCertificateCommand({ UserName: userName, CertificateBody: body })), done: ({ Certificate }) => `Certificate ${Certificate!.CertificateId} is uploaded.` })) onDone();
  };
  return (
    <Modal visible header="Upload signing certificate" closeAriaLabel="Close" onDismiss={onDismiss} footer={<Box float="right"><SpaceBetween direction="horizontal" size="xs"><Button variant="link" onClick={onDismiss}>Cancel</Button><Button variant="primary" disabled={body.trim() === ''} loading={write.isBusy} onClick={upload}>Upload</Button></SpaceBetween></Box>}>
      <SpaceBetween size="m">
        <FormField label="Certificate" constraintText="PEM, beginning with -----BEGIN CERTIFICATE-----. Never the private key." errorText={write.fieldError('CertificateBody')}><Textarea value={body} rows={10} spellcheck={false} onChange={({ detail }) => setBody(detail.value)} /></FormField>
        <ProblemAlert problem={write.problem} what="certificate" />
      </SpaceBetween>
    </Modal>
  );
}
