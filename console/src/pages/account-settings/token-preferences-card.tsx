/** Which version of session tokens the global endpoint of STS gives. Source: "Managing global endpoint session tokens" (IAM User Guide). */
import { GetAccountSummaryCommand, SetSecurityTokenServicePreferencesCommand } from '@aws-sdk/client-iam';
import type { GlobalEndpointTokenVersion } from '@aws-sdk/client-iam';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Modal from '@cloudscape-design/components/modal';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { ProblemAlert } from '../../problem-alert.tsx';
import { useRead } from '../../read.ts';
import { Reading } from '../../reading.tsx';
import { useWrite } from '../../write.ts';

const versions: Readonly<Record<GlobalEndpointTokenVersion, { readonly label: string; readonly description: string }>> = {
  v1Token: { label: 'Valid only in AWS Regions enabled by default', description: 'Tokens of the first version.' },
  v2Token: { label: 'Valid in all AWS Regions', description: 'Tokens of the second version: those that an account opts into, too. They are longer, which old programs may not expect.' },
};

export function TokenPreferencesCard(): ReactNode {
  const [isOpen, setIsOpen] = useState(false);
  const version = useRead(async ({ iam }, abortSignal): Promise<GlobalEndpointTokenVersion> => ((await iam.send(new GetAccountSummaryCommand({}), { abortSignal })).SummaryMap?.['GlobalEndpointTokenVersion'] === 2 ? 'v2Token' : 'v1Token'), []);
  return (
    <Container header={<Header variant="h2" description="Of the global endpoint of the Security Token Service" actions={<Button ariaLabel="Change session tokens" disabled={version.value === undefined} onClick={() => setIsOpen(true)}>Change</Button>}>Session tokens</Header>}>
      <Reading read={version} what="session tokens">{(now) => <><Box fontWeight="bold">{versions[now].label}</Box><Box color="text-body-secondary">{versions[now].description}</Box></>}</Reading>
      {isOpen && version.value !== undefined ? <ChangeVersion now={version.value} onDone={() => { setIsOpen(false); version.refresh(); }} onDismiss={() => setIsOpen(false)} /> : undefined}
    </Container>
  );
}

function ChangeVersion({ now, onDone, onDismiss }: { readonly now: GlobalEndpointTokenVersion; readonly onDone: () => void; readonly onDismiss: () => void }): ReactNode {
  const write = useWrite();
  const [chosen, setChosen] = useState<GlobalEndpointTokenVersion>(now);
  const save = async (): Promise<void> => {
    if (await write.run({ act: ({ iam }) => iam.send(new SetSecurityTokenServicePreferencesCommand({ GlobalEndpointTokenVersion: chosen })), done: `Session tokens: ${versions[chosen].label}.` })) onDone();
  };
  return (
    <Modal visible header="Change session tokens" onDismiss={onDismiss} closeAriaLabel="Close" footer={<Box float="right"><SpaceBetween direction="horizontal" size="xs"><Button variant="link" onClick={onDismiss}>Cancel</Button><Button variant="primary" loading={write.isBusy} onClick={() => void save()}>Save changes</Button></SpaceBetween></Box>}>
      <SpaceBetween size="m">
        <ProblemAlert problem={write.problem} />
        <RadioGroup ariaLabel="Session tokens" value={chosen} onChange={({ detail }) => { if (detail.value in versions) setChosen(detail.value as GlobalEndpointTokenVersion); }} items={Object.entries(versions).map(([value, { label, description }]) => ({ value, label, description }))} />
      </SpaceBetween>
    </Modal>
  );
}
