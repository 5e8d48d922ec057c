/** Changes a role's description and how long its sessions may last. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { UpdateRoleCommand } from '@aws-sdk/client-iam';
import type { Role } from '@aws-sdk/client-iam';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { ProblemAlert } from '../../problem-alert.tsx';
import { useWrite } from '../../write.ts';

export function EditRole({ role: { RoleName, Description = '', MaxSessionDuration = 3600 }, onDone, onDismiss }: { readonly role: Role; readonly onDone: () => void; readonly onDismiss: () => void }): ReactNode {
  const [description, setDescription] = useState(Description);
  const [seconds, setSeconds] = useState(String(MaxSessionDuration));
  const write = useWrite();
  const save = async (): Promise<void> => { if (await write.run({ done: `Role ${RoleName} is saved.`, act: ({ iam }) => iam.send(new UpdateRoleCommand({ RoleName, Description: description, MaxSessionDuration: Number(seconds) })) })) onDone(); };
  return (
    <Modal visible header={`Edit ${RoleName}`} closeAriaLabel="Close" onDismiss={onDismiss} footer={<Box float="right"><SpaceBetween direction="horizontal" size="xs"><Button variant="link" onClick={onDismiss}>Cancel</Button><Button variant="primary" disabled={!/^\d+$/.test(seconds)} loading={write.isBusy} onClick={save}>Save changes</Button></SpaceBetween></Box>}>
      <SpaceBetween size="m">
        <FormField label="Description" errorText={write.fieldError('Description')}><Textarea value={description} onChange={({ detail }) => setDescription(detail.value)} /></FormField>
        <FormField label="Maximum session duration (seconds)" constraintText="From 3,600 (an hour) to 43,200 (twelve)." errorText={write.fieldError('MaxSessionDuration')}><Input type="number" inputMode="numeric" value={seconds} onChange={({ detail }) => setSeconds(detail.value)} /></FormField>
        <ProblemAlert problem={write.problem} what="role" />
      </SpaceBetween>
    </Modal>
  );
}
