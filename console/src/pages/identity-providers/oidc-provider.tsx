/** An OpenID Connect provider: for whom its tokens may be made, which certificates its server is known by, and its tags. */
import { AddClientIDToOpenIDConnectProviderCommand, GetOpenIDConnectProviderCommand, RemoveClientIDFromOpenIDConnectProviderCommand, UpdateOpenIDConnectProviderThumbprintCommand } from '@aws-sdk/client-iam';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Modal from '@cloudscape-design/components/modal';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Confirm } from '../../confirm.tsx';
import { useIdentity } from '../../identity.tsx';
import { List } from '../../list.tsx';
import { ProblemAlert } from '../../problem-alert.tsx';
import { useRead } from '../../read.ts';
import type { Read } from '../../read.ts';
import { Reading } from '../../reading.tsx';
import { actingAccount } from '../../session.ts';
import { TagsTab } from '../../tags/tags-tab.tsx';
import { useWrite } from '../../write.ts';
import { linesOf } from './lines.ts';
import { ProviderFrame } from './provider-frame.tsx';
import { providerArn } from './providers.ts';

interface Details { readonly audiences: readonly string[]; readonly thumbprints: readonly string[]; readonly createdAt: Date | undefined }

export function OidcProviderPage({ url }: { readonly url: string }): ReactNode {
  const arn = providerArn('oidc', actingAccount(useIdentity().session), url);
  const provider = useRead(async ({ iam }, abortSignal): Promise<Details> => {
    const { ClientIDList = [], ThumbprintList = [], CreateDate } = await iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn }), { abortSignal });
    return { audiences: ClientIDList, thumbprints: ThumbprintList, createdAt: CreateDate };
  }, [arn]);
  return (
    <ProviderFrame provider={{ kind: 'oidc', name: url, arn }} createdAt={provider.value?.createdAt} more={[{ label: 'Issuer', value: `https://${url}` }]}>
      <Reading read={provider} what="provider">
        {({ audiences, thumbprints }) => <SpaceBetween size="l"><Audiences arn={arn} audiences={audiences} provider={provider} /><Thumbprints arn={arn} thumbprints={thumbprints} onChange={provider.refresh} /></SpaceBetween>}
      </Reading>
      <TagsTab kind="openIdConnectProvider" id={arn} name={url} />
    </ProviderFrame>
  );
}

function Audiences({ arn, audiences, provider }: { readonly arn: string; readonly audiences: readonly string[]; readonly provider: Read<Details> }): ReactNode {
  const write = useWrite();
  const [dialog, setDialog] = useState<'add' | { readonly removed: string }>();
  const [typed, setTyped] = useState('');
  const close = (): void => { setDialog(undefined); setTyped(''); write.forget(); };
  const done = (): void => { close(); provider.refresh(); };
  const add = async (): Promise<void> => { if (await write.run({ act: ({ iam }) => iam.send(new AddClientIDToOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn, ClientID: typed.trim() })), done: `The audience ${typed.trim()} was added.` })) done(); };
  const remove = async (ClientID: string): Promise<void> => { if (await write.run({ act: ({ iam }) => iam.send(new RemoveClientIDFromOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn, ClientID })), done: `The audience ${ClientID} was removed.` })) done(); };
  return (
    <>
      <List<string>
        list={{ items: audiences, isComplete: true, problem: undefined, refresh: provider.refresh }} title="Audiences" noun="audience" variant="container" selection="single" keyOf={(audience) => audience}
        columns={[{ id: 'audience', header: 'Audience (client ID)', cell: (audience) => audience, value: (audience) => audience }]}
        actions={([selected]) => <><Button disabled={selected === undefined} onClick={() => { if (selected !== undefined) setDialog({ removed: selected }); }}>Remove</Button><Button onClick={() => setDialog('add')}>Add audience</Button></>}
      />
      {dialog === 'add' ? (
        <Modal visible header="Add an audience" onDismiss={close} closeAriaLabel="Close" footer={<Box float="right"><SpaceBetween direction="horizontal" size="xs"><Button variant="link" onClick={close}>Cancel</Button><Button variant="primary" loading={write.isBusy} disabled={typed.trim() === ''} onClick={() => void add()}>Add</Button></SpaceBetween></Box>}>
          <form onSubmit={(event) => { event.preventDefault(); void add(); }}>
            <SpaceBetween size="m"><ProblemAlert problem={write.problem} /><FormField label="Audience" description="What the issuer makes tokens for" errorText={write.fieldError('ClientID')}><Input value={typed} onChange={({ detail }) => setTyped(detail.value)} ariaRequired /></FormField></SpaceBetween>
          </form>
        </Modal>
      ) : undefined}
      {typeof dialog === 'object' ? <Confirm title={`Remove ${dialog.removed}?`} verb="Remove" write={write} onConfirm={() => void remove(dialog.removed)} onDismiss={close}>Tokens that are made for it assume no role any more.</Confirm> : undefined}
    </>
  );
}

function Thumbprints({ arn, thumbprints, onChange }: { readonly arn: string; readonly thumbprints: readonly string[]; readonly onChange: () => void }): ReactNode {
  const write = useWrite();
  const [typed, setTyped] = useState<string>();
  const save = async (): Promise<void> => {
    if (!(await write.run({ act: ({ iam }) => iam.send(new UpdateOpenIDConnectProviderThumbprintCommand({ OpenIDConnectProviderArn: arn, ThumbprintList: linesOf(typed ?? '') })), done: 'The thumbprints were saved.' }))) return;
    setTyped(undefined);
    onChange();
  };
  return (
    <Container header={<Header variant="h2" description="Of certificates that no public authority signs" counter={`(${thumbprints.length})`} actions={<Button onClick={() => setTyped(thumbprints.join('\n'))}>Manage thumbprints</Button>}>Thumbprints</Header>}>
      {thumbprints.length === 0 ? 'None: the issuer is known by a certificate of a public authority.' : <ul>{thumbprints.map((thumbprint) => <li key={thumbprint}><Box variant="code">{thumbprint}</Box></li>)}</ul>}
      {typed === undefined ? undefined : (
        <Modal visible header="Manage thumbprints" onDismiss={() => setTyped(undefined)} closeAriaLabel="Close" footer={<Box float="right"><SpaceBetween direction="horizontal" size="xs"><Button variant="link" onClick={() => setTyped(undefined)}>Cancel</Button><Button variant="primary" loading={write.isBusy} onClick={() => void save()}>Save changes</Button></SpaceBetween></Box>}>
          <SpaceBetween size="m"><ProblemAlert problem={write.problem} /><FormField label="Thumbprints" constraintText="40 hexadecimal characters each, one on each line, five at most." errorText={write.fieldError('ThumbprintList')}><Textarea value={typed} onChange={({ detail }) => setTyped(detail.value)} /></FormField></SpaceBetween>
        </Modal>
      )}
    </Container>
  );
}
