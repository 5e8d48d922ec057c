/** The credentials of a user for one service: a user name and password for Git or Keyspaces, a key for Bedrock, shown once. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { CreateServiceSpecificCredentialCommand, ResetServiceSpecificCredentialCommand } from '@aws-sdk/client-iam';
import type { ServiceSpecificCredential, ServiceSpecificCredentialMetadata } from '@aws-sdk/client-iam';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { ProblemAlert } from '../problem-alert.tsx';
import { inFull } from '../times.tsx';
import { useWrite } from '../write.ts';
import { serviceCredentialKind } from './credential-kinds.ts';
import type { CredentialService } from './credential-kinds.ts';
import { CredentialList, useCredentials } from './credential-list.tsx';
import { SecretOnce } from './secret-once.tsx';
import type { SecretField } from './secret-once.tsx';

interface Props { readonly userName: string; readonly service: CredentialService }

export function ServiceCredentials({ userName, service }: Props): ReactNode {
  const kind = serviceCredentialKind(service);
  const list = useCredentials(kind, userName);
  const reset = useWrite();
  const [made, setMade] = useState<ServiceSpecificCredential>();
  const resetIt = async (id: string): Promise<void> => {
    const answered = await reset.run({ act: async ({ iam }) => (await iam.send(new ResetServiceSpecificCredentialCommand({ UserName: userName, ServiceSpecificCredentialId: id }))).ServiceSpecificCredential! });
    if (answered) setMade(answered.value);
  };
  return (
    <>
      <ProblemAlert problem={reset.problem} what={service.noun} />
      <CredentialList<ServiceSpecificCredentialMetadata>
        kind={kind} userName={userName} given={list}
        columns={service.isKey
          ? [{ id: 'alias', header: 'Key name', cell: ({ ServiceCredentialAlias }) => ServiceCredentialAlias ?? '–', value: ({ ServiceCredentialAlias }) => ServiceCredentialAlias }, { id: 'expires', header: 'Expires', cell: ({ ExpirationDate }) => ExpirationDate ? inFull(ExpirationDate) : 'Never', value: ({ ExpirationDate }) => ExpirationDate?.getTime() }]
          : [{ id: 'name', header: 'User name', cell: ({ ServiceUserName }) => ServiceUserName ?? '–', value: ({ ServiceUserName }) => ServiceUserName }]}
        actions={(item) => <Button disabled={item === undefined} loading={reset.isBusy} onClick={() => { if (item) void resetIt(item.ServiceSpecificCredentialId!); }}>{service.isKey ? 'Reset key' : 'Reset password'}</Button>}
        create={{ label: service.isKey ? 'Generate API key' : 'Generate credentials', dialog: (props) => <Generate userName={userName} service={service} {...props} /> }}
      />
      {made ? <Made service={service} userName={userName} credential={made} onDone={() => { setMade(undefined); list.refresh(); }} /> : undefined}
    </>
  );
}

function Made({ service, userName, credential, onDone }: Props & { readonly credential: ServiceSpecificCredential; readonly onDone: () => void }): ReactNode {
  const fields: readonly SecretField[] = service.isKey
    ? [{ label: 'API key name', value: credential.ServiceCredentialAlias ?? credential.ServiceSpecificCredentialId! }, { label: 'API key', value: credential.ServiceCredentialSecret!, isSecret: true }]
    : [{ label: 'User name', value: credential.ServiceUserName! }, { label: 'Password', value: credential.ServicePassword!, isSecret: true }];
  return (
    <Modal visible header={service.title} closeAriaLabel="Close" onDismiss={onDone} footer={<Box float="right"><Button variant="primary" onClick={onDone}>Done</Button></Box>}>
      <SecretOnce fileName={`${userName}_${service.serviceName.split('.')[0]}_credentials.csv`} fields={fields} />
    </Modal>
  );
}

function Generate({ userName, service, onDone, onDismiss }: Props & { readonly onDone: () => void; readonly onDismiss: () => void }): ReactNode {
  const [days, setDays] = useState('30');
  const [made, setMade] = useState<ServiceSpecificCredential>();
  const write = useWrite();
  const generate = async (): Promise<void> => {
    const created = await write.run({ act: async ({ iam }) => (await iam.send(new CreateServiceSpecificCredentialCommand({ UserName: userName, ServiceName: service.serviceName, ...(service.isKey && days !== '' && { CredentialAgeDays: Number(days) }) }))).ServiceSpecificCredential! });
    if (created) setMade(created.value);
  };
  if (made) return <Made service={service} userName={userName} credential={made} onDone={onDone} />;
  return (
    <Modal visible header={service.title} closeAriaLabel="Close" onDismiss={onDismiss} footer={<Box float="right"><SpaceBetween direction="horizontal" size="xs"><Button variant="link" onClick={onDismiss}>Cancel</Button><Button variant="primary" loading={write.isBusy} onClick={generate}>Generate</Button></SpaceBetween></Box>}>
      <SpaceBetween size="m">
        {service.isKey ? <FormField label="Expires after (days)" constraintText="Empty: never." errorText={write.fieldError('CredentialAgeDays')}><Input type="number" inputMode="numeric" value={days} onChange={({ detail }) => setDays(detail.value)} /></FormField> : <Box>A user name and a password are made for {userName}. The password is shown once.</Box>}
        <ProblemAlert problem={write.problem} what={service.noun} />
      </SpaceBetween>
    </Modal>
  );
}
