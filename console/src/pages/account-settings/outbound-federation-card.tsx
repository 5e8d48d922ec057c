/** Whether the account's principals may have themselves vouched for elsewhere, and the keys that the account's issuer signs by. */
import { DisableOutboundWebIdentityFederationCommand, EnableOutboundWebIdentityFederationCommand, FeatureDisabledException, GetOutboundWebIdentityFederationInfoCommand } from '@aws-sdk/client-iam';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { TokenKeyState, TokenSigningKey } from '../../../../models/gatehouse.ts';
import { Confirm } from '../../confirm.tsx';
import { List } from '../../list.tsx';
import { ProblemAlert } from '../../problem-alert.tsx';
import { useList, useRead } from '../../read.ts';
import { Reading } from '../../reading.tsx';
import { inFull } from '../../times.tsx';
import { useWrite } from '../../write.ts';

export function OutboundFederationCard(): ReactNode {
  const write = useWrite();
  const [isDisabling, setIsDisabling] = useState(false);
  const info = useRead(async ({ iam }, abortSignal): Promise<{ readonly issuer: string | undefined }> => {
    try {
      return { issuer: (await iam.send(new GetOutboundWebIdentityFederationInfoCommand({}), { abortSignal })).IssuerIdentifier };
    } catch (thrown) {
      if (thrown instanceof FeatureDisabledException) return { issuer: undefined };
      throw thrown;
    }
  }, []);
  const isOn = info.value?.issuer !== undefined;
  const enable = async (): Promise<void> => { if (await write.run({ act: ({ iam }) => iam.send(new EnableOutboundWebIdentityFederationCommand({})), done: 'Outbound identity federation is on.' })) info.refresh(); };
  const disable = async (): Promise<void> => {
    if (!(await write.run({ act: ({ iam }) => iam.send(new DisableOutboundWebIdentityFederationCommand({})), done: 'Outbound identity federation is off.' }))) return;
    setIsDisabling(false);
    info.refresh();
  };
  const button = info.value === undefined ? undefined : isOn ? <Button ariaLabel="Disable outbound identity federation" onClick={() => setIsDisabling(true)}>Disable</Button> : <Button ariaLabel="Enable outbound identity federation" loading={write.isBusy} onClick={() => void enable()}>Enable</Button>;
  return (
    <Container header={<Header variant="h2" description="Users and roles of this account show others who they are, by tokens of the account's own issuer" actions={button}>Outbound identity federation</Header>}>
      <SpaceBetween size="m">
        {isDisabling ? undefined : <ProblemAlert problem={write.problem} />}
        <Reading read={info} what="outbound identity federation">
          {({ issuer }) => issuer === undefined ? <StatusIndicator type="stopped">Disabled</StatusIndicator> : (
            <SpaceBetween size="m">
              <KeyValuePairs columns={2} items={[{ label: 'Status', value: <StatusIndicator>Enabled</StatusIndicator> }, { label: 'Issuer', value: <CopyToClipboard variant="inline" textToCopy={issuer} copyButtonAriaLabel="Copy the issuer" copySuccessText="Copied" copyErrorText="Not copied" /> }]} />
              <SigningKeys />
            </SpaceBetween>
          )}
        </Reading>
      </SpaceBetween>
      {isDisabling ? <Confirm title="Disable outbound identity federation?" verb="Disable" write={write} onConfirm={() => void disable()} onDismiss={() => setIsDisabling(false)}>Nobody gets a token of the account's issuer from then on. Tokens that were handed out before are good until they expire.</Confirm> : undefined}
    </Container>
  );
}

const states: Readonly<Record<TokenKeyState, string>> = { next: 'Next', signing: 'Signing', retired: 'Retired' };

function SigningKeys(): ReactNode {
  const write = useWrite();
  const [asked, setAsked] = useState<'rotate' | 'revoke'>();
  const keys = useList(async function* ({ gatehouse }, abortSignal) { yield (await gatehouse.send('ListTokenSigningKeys', {}, { abortSignal })).Keys; }, []);
  const done = (): void => { setAsked(undefined); keys.refresh(); };
  const rotate = async (): Promise<void> => { if (await write.run({ act: ({ gatehouse }) => gatehouse.send('RotateTokenSigningKeys', {}), done: 'The next signing keys are published.' })) done(); };
  const revoke = async (): Promise<void> => { if (await write.run({ act: ({ gatehouse }) => gatehouse.send('RevokeTokenSigningKeys', {}), done: 'The signing keys were replaced.' })) done(); };
  return (
    <>
      <List<TokenSigningKey>
        list={keys} title="Signing keys" noun="signing key" variant="container" keyOf={({ KeyId }) => KeyId}
        actions={() => <><Button onClick={() => setAsked('rotate')}>Rotate</Button><Button onClick={() => setAsked('revoke')}>Revoke all</Button></>}
        columns={[
          { id: 'id', header: 'Key ID', cell: ({ KeyId }) => <Box variant="code">{KeyId}</Box>, value: ({ KeyId }) => KeyId },
          { id: 'algorithm', header: 'Algorithm', cell: ({ Algorithm }) => Algorithm, value: ({ Algorithm }) => Algorithm },
          { id: 'state', header: 'State', cell: ({ State }) => <StatusIndicator type={State === 'signing' ? 'success' : State === 'next' ? 'pending' : 'stopped'}>{states[State]}</StatusIndicator>, value: ({ State }) => states[State] },
          { id: 'from', header: 'Signs from', cell: ({ SignsFrom }) => inFull(new Date(SignsFrom)), value: ({ SignsFrom }) => SignsFrom },
        ]}
      />
      {asked === 'rotate' ? <Confirm title="Rotate the signing keys?" verb="Rotate" write={write} onConfirm={() => void rotate()} onDismiss={() => setAsked(undefined)}>The next keys are published at once and sign after a while, so that whoever keeps the issuer's documents has them by then. The keys before them stay published until what they signed has expired.</Confirm> : undefined}
      {asked === 'revoke' ? <Confirm title="Revoke all signing keys?" verb="Revoke" word="revoke" write={write} onConfirm={() => void revoke()} onDismiss={() => setAsked(undefined)}>For keys that others may know. New keys sign at once, and no token that was signed before can be verified any more.</Confirm> : undefined}
    </>
  );
}
