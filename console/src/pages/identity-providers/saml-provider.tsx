/** A SAML provider: its metadata, the keys that open its assertions, and its tags. */
import { GetSAMLProviderCommand, UpdateSAMLProviderCommand } from '@aws-sdk/client-iam';
import type { AssertionEncryptionModeType, GetSAMLProviderResponse, SAMLPrivateKey } from '@aws-sdk/client-iam';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Modal from '@cloudscape-design/components/modal';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Confirm } from '../../confirm.tsx';
import { download } from '../../download.ts';
import { useIdentity } from '../../identity.tsx';
import { List } from '../../list.tsx';
import { ProblemAlert } from '../../problem-alert.tsx';
import { useRead } from '../../read.ts';
import { Reading } from '../../reading.tsx';
import { actingAccount } from '../../session.ts';
import { TagsTab } from '../../tags/tags-tab.tsx';
import { inFull } from '../../times.tsx';
import { useWrite } from '../../write.ts';
import { ProviderFrame } from './provider-frame.tsx';
import { providerArn } from './providers.ts';
import { TextFile } from './text-file.tsx';

export function SamlProviderPage({ name }: { readonly name: string }): ReactNode {
  const arn = providerArn('saml', actingAccount(useIdentity().session), name);
  const provider = useRead(({ iam }, abortSignal) => iam.send(new GetSAMLProviderCommand({ SAMLProviderArn: arn }), { abortSignal }), [arn]);
  return (
    <ProviderFrame provider={{ kind: 'saml', name, arn }} createdAt={provider.value?.CreateDate} more={[{ label: 'Valid until', value: inFull(provider.value?.ValidUntil) }]}>
      <Reading read={provider} what="provider">
        {(value) => <SpaceBetween size="l"><Metadata arn={arn} name={name} document={value.SAMLMetadataDocument ?? ''} onChange={provider.refresh} /><Encryption arn={arn} provider={value} onChange={provider.refresh} /></SpaceBetween>}
      </Reading>
      <TagsTab kind="samlProvider" id={arn} name={name} />
    </ProviderFrame>
  );
}

/** What stands in the metadata, for a person to know it again. It is read as data and shown as text. */
function factsOf(document: string): { readonly entityId: string | undefined; readonly certificates: number } {
  const xml = new DOMParser().parseFromString(document, 'text/xml');
  return { entityId: xml.documentElement.getAttribute('entityID') ?? undefined, certificates: xml.getElementsByTagNameNS('http://www.w3.org/2000/09/xmldsig#', 'X509Certificate').length };
}

function Metadata({ arn, name, document, onChange }: { readonly arn: string; readonly name: string; readonly document: string; readonly onChange: () => void }): ReactNode {
  const write = useWrite();
  const [replacement, setReplacement] = useState<string>();
  const { entityId, certificates } = factsOf(document);
  const save = async (): Promise<void> => {
    if (!(await write.run({ act: ({ iam }) => iam.send(new UpdateSAMLProviderCommand({ SAMLProviderArn: arn, SAMLMetadataDocument: replacement })), done: 'The metadata was replaced.' }))) return;
    setReplacement(undefined);
    onChange();
  };
  return (
    <Container header={<Header variant="h2" actions={<SpaceBetween direction="horizontal" size="xs"><Button iconName="download" onClick={() => download(`${name}.xml`, document, 'application/xml')}>Download</Button><Button onClick={() => setReplacement('')}>Replace metadata</Button></SpaceBetween>}>Metadata</Header>}>
      <Box>{entityId === undefined ? 'It names no entity.' : <>Of <Box variant="code">{entityId}</Box>, with {certificates === 1 ? 'one certificate' : `${certificates} certificates`} that its assertions are verified by.</>}</Box>
      {replacement === undefined ? undefined : (
        <Modal visible header="Replace the metadata" onDismiss={() => setReplacement(undefined)} closeAriaLabel="Close" footer={<Box float="right"><SpaceBetween direction="horizontal" size="xs"><Button variant="link" onClick={() => setReplacement(undefined)}>Cancel</Button><Button variant="primary" loading={write.isBusy} disabled={replacement === ''} onClick={() => void save()}>Replace</Button></SpaceBetween></Box>}>
          <SpaceBetween size="m"><ProblemAlert problem={write.problem} /><TextFile label="Metadata document" constraintText="The XML file that the identity provider gives out." accept=".xml,text/xml,application/xml" errorText={write.fieldError('SAMLMetadataDocument')} onChange={setReplacement} /></SpaceBetween>
        </Modal>
      )}
    </Container>
  );
}

const modes: readonly { readonly value: AssertionEncryptionModeType; readonly label: string; readonly description: string }[] = [
  { value: 'Allowed', label: 'Allowed', description: 'Encrypted assertions are opened, others are taken as well.' },
  { value: 'Required', label: 'Required', description: 'Only encrypted assertions are taken.' },
];

function Encryption({ arn, provider: { AssertionEncryptionMode, PrivateKeyList }, onChange }: { readonly arn: string; readonly provider: GetSAMLProviderResponse; readonly onChange: () => void }): ReactNode {
  const write = useWrite();
  const [dialog, setDialog] = useState<'add' | 'mode' | { readonly removed: string }>();
  const [pem, setPem] = useState('');
  const [mode, setMode] = useState<AssertionEncryptionModeType>(AssertionEncryptionMode ?? 'Allowed');
  const close = (): void => { setDialog(undefined); setPem(''); write.forget(); };
  const update = async (changed: Omit<ConstructorParameters<typeof UpdateSAMLProviderCommand>[0], 'SAMLProviderArn'>, done: string): Promise<void> => {
    if (!(await write.run({ act: ({ iam }) => iam.send(new UpdateSAMLProviderCommand({ SAMLProviderArn: arn, ...changed })), done }))) return;
    close();
    onChange();
  };
  const footer = (verb: string, isReady: boolean, act: () => Promise<void>): ReactNode => <Box float="right"><SpaceBetween direction="horizontal" size="xs"><Button variant="link" onClick={close}>Cancel</Button><Button variant="primary" loading={write.isBusy} disabled={!isReady} onClick={() => void act()}>{verb}</Button></SpaceBetween></Box>;
  return (
    <>
      <List<SAMLPrivateKey>
        list={{ items: PrivateKeyList ?? [], isComplete: true, problem: undefined, refresh: onChange }} title="Encryption keys" noun="encryption key" variant="container" selection="single" keyOf={({ KeyId = '' }) => KeyId}
        description={`Private keys that open encrypted assertions, two at most. Encryption is ${AssertionEncryptionMode === undefined ? 'not set' : AssertionEncryptionMode.toLowerCase()}.`}
        columns={[{ id: 'id', header: 'Key ID', cell: ({ KeyId }) => KeyId, value: ({ KeyId }) => KeyId }, { id: 'added', header: 'Added', cell: ({ Timestamp }) => inFull(Timestamp), value: ({ Timestamp }) => Timestamp?.getTime() }]}
        actions={([selected]) => (
          <>
            <Button disabled={selected === undefined} onClick={() => { if (selected?.KeyId !== undefined) setDialog({ removed: selected.KeyId }); }}>Remove</Button>
            <Button onClick={() => setDialog('mode')}>Change encryption</Button>
            <Button onClick={() => setDialog('add')}>Add key</Button>
          </>
        )}
      />
      {dialog === 'add' ? <Modal visible header="Add an encryption key" onDismiss={close} closeAriaLabel="Close" footer={footer('Add', pem !== '', () => update({ AddPrivateKey: pem }, 'The key was added.'))}><SpaceBetween size="m"><ProblemAlert problem={write.problem} /><TextFile label="Private key" constraintText="An unencrypted RSA key in PEM format." accept=".pem,.key" errorText={write.fieldError('AddPrivateKey')} onChange={setPem} /></SpaceBetween></Modal> : undefined}
      {dialog === 'mode' ? <Modal visible header="Change encryption" onDismiss={close} closeAriaLabel="Close" footer={footer('Save changes', true, () => update({ AssertionEncryptionMode: mode }, 'Encryption was changed.'))}><SpaceBetween size="m"><ProblemAlert problem={write.problem} /><FormField label="Encrypted assertions"><RadioGroup ariaLabel="Encrypted assertions" value={mode} items={modes} onChange={({ detail }) => { const chosen = modes.find(({ value }) => value === detail.value); if (chosen) setMode(chosen.value); }} /></FormField></SpaceBetween></Modal> : undefined}
      {typeof dialog === 'object' ? <Confirm title={`Remove the key ${dialog.removed}?`} verb="Remove" write={write} onConfirm={() => void update({ RemovePrivateKey: dialog.removed }, 'The key was removed.')} onDismiss={close}>Assertions that are encrypted for it can no longer be opened.</Confirm> : undefined}
    </>
  );
}
