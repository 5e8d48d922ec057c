/** Gives a user another name. What names it by its ARN in policies goes on meaning the old name; what has its id follows. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { UpdateUserCommand } from '@aws-sdk/client-iam';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { ProblemAlert } from '../../problem-alert.tsx';
import { useWrite } from '../../write.ts';

export function RenameDialog({ userName, onDone, onDismiss }: { readonly userName: string; readonly onDone: (name: string) => void; readonly onDismiss: () => void }): ReactNode {
  const [name, setName] = useState(userName);
  const write = useWrite();
  const rename = async (): Promise<void> => { if (await write.run({ done: `User ${userName} is called ${name} now.`, act: ({ iam }) => iam.send(new UpdateUserCommand({ UserName: userName, NewUserName: name })) })) onDone(name); };
  return (
    <Modal visible header={`Rename ${userName}`} closeAriaLabel="Close" onDismiss={onDismiss} footer={<Box float="right"><SpaceBetween direction="horizontal" size="xs"><Button variant="link" onClick={onDismiss}>Cancel</Button><Button variant="primary" disabled={name === '' || name === userName} loading={write.isBusy} onClick={rename}>Rename</Button></SpaceBetween></Box>}>
      <SpaceBetween size="m">
        <Alert type="info">Its credentials, groups and policies stay. It signs in to the console with the new name, and its ARN changes: policies that name the old one in Resource no longer mean it.</Alert>
        <FormField label="User name" errorText={write.fieldError('NewUserName')}><Input value={name} onChange={({ detail }) => setName(detail.value)} ariaRequired /></FormField>
        <ProblemAlert problem={write.problem} what="user" />
      </SpaceBetween>
    </Modal>
  );
}
