/** Gives a group another name. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { UpdateGroupCommand } from '@aws-sdk/client-iam';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { ProblemAlert } from '../../problem-alert.tsx';
import { useWrite } from '../../write.ts';

export function RenameGroup({ groupName, onDone, onDismiss }: { readonly groupName: string; readonly onDone: (name: string) => void; readonly onDismiss: () => void }): ReactNode {
  const [name, setName] = useState(groupName);
  const write = useWrite();
  const rename = async (): Promise<void> => { if (await write.run({ done: `Group ${groupName} is called ${name} now.`, act: ({ iam }) => iam.send(new UpdateGroupCommand({ GroupName: groupName, NewGroupName: name })) })) onDone(name); };
  return (
    <Modal visible header={`Rename ${groupName}`} closeAriaLabel="Close" onDismiss={onDismiss} footer={<Box float="right"><SpaceBetween direction="horizontal" size="xs"><Button variant="link" onClick={onDismiss}>Cancel</Button><Button variant="primary" disabled={name === '' || name === groupName} loading={write.isBusy} onClick={rename}>Rename</Button></SpaceBetween></Box>}>
      <SpaceBetween size="m">
        <Alert type="info">Its users and policies stay. Its ARN changes: policies that name the old one in Resource no longer mean it.</Alert>
        <FormField label="Group name" errorText={write.fieldError('NewGroupName')}><Input value={name} onChange={({ detail }) => setName(detail.value)} ariaRequired /></FormField>
        <ProblemAlert problem={write.problem} what="user group" />
      </SpaceBetween>
    </Modal>
  );
}
