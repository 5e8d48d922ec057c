/** The permissions boundary of a user or a role: the most that its policies can give it. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Policy } from '@aws-sdk/client-iam';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Confirm } from '../confirm.tsx';
import { boundaryCalls } from '../holders.ts';
import { nameInArn } from '../name-in-arn.ts';
import type { BoundedHolder } from '../holders.ts';
import { ProblemAlert } from '../problem-alert.tsx';
import { useWrite } from '../write.ts';
import { ChoosePolicies } from './choose-policies.tsx';
import { ManagedPolicyLink } from './policy-link.tsx';

/** `arn` is the boundary's; absent, there is none. */
export function Boundary({ holder, arn, onChanged }: { readonly holder: BoundedHolder; readonly arn: string | undefined; readonly onChanged: () => void }): ReactNode {
  const [dialog, setDialog] = useState<'set' | 'remove'>();
  const close = (): void => setDialog(undefined);
  const changed = (): void => { close(); onChanged(); };
  return (
    <>
      <Container
        header={<Header variant="h2" description="The most that its policies can allow. It gives nothing by itself." actions={<SpaceBetween direction="horizontal" size="xs"><Button disabled={arn === undefined} onClick={() => setDialog('remove')}>Remove boundary</Button><Button onClick={() => setDialog('set')}>{arn === undefined ? 'Set permissions boundary' : 'Change boundary'}</Button></SpaceBetween>}>Permissions boundary</Header>}
      >{arn === undefined ? <Box color="text-body-secondary">Not set</Box> : <ManagedPolicyLink arn={arn} name={nameInArn(arn)} />}</Container>
      {dialog === 'set' ? <SetDialog holder={holder} onDone={changed} onDismiss={close} /> : undefined}
      {dialog === 'remove' ? <RemoveDialog holder={holder} onDone={changed} onDismiss={close} /> : undefined}
    </>
  );
}

interface DialogProps { readonly holder: BoundedHolder; readonly onDone: () => void; readonly onDismiss: () => void }

function SetDialog({ holder: { kind, name }, onDone, onDismiss }: DialogProps): ReactNode {
  const [chosen, setChosen] = useState<readonly Policy[]>([]);
  const write = useWrite();
  const [policy] = chosen;
  const set = async (): Promise<void> => {
    if (policy && await write.run({ done: `${policy.PolicyName} is the permissions boundary of ${name}.`, act: ({ iam }) => boundaryCalls[kind].put(iam, name, policy.Arn!) })) onDone();
  };
  return (
    <Modal visible size="large" header={`Permissions boundary of ${name}`} closeAriaLabel="Close" onDismiss={onDismiss} footer={<Box float="right"><SpaceBetween direction="horizontal" size="xs"><Button variant="link" onClick={onDismiss}>Cancel</Button><Button variant="primary" loading={write.isBusy} disabled={!policy} onClick={set}>Set boundary</Button></SpaceBetween></Box>}>
      <SpaceBetween size="m"><ProblemAlert problem={write.problem} /><ChoosePolicies selection="single" chosen={chosen} onChoose={setChosen} title="Policies" /></SpaceBetween>
    </Modal>
  );
}

function RemoveDialog({ holder: { kind, name }, onDone, onDismiss }: DialogProps): ReactNode {
  const write = useWrite();
  const remove = async (): Promise<void> => { if (await write.run({ done: `${name} has no permissions boundary any more.`, act: ({ iam }) => boundaryCalls[kind].remove(iam, name) })) onDone(); };
  return <Confirm title="Remove the permissions boundary?" verb="Remove boundary" write={write} onConfirm={remove} onDismiss={onDismiss}>{name} may then do all that its policies allow, also what the boundary kept it from.</Confirm>;
}
