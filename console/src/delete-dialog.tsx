/** Deletes a thing with all that AWS's API wants gone before it: says what goes, asks, does it step by step, and stops honestly where it is refused. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Clients } from './clients.ts';
import { DeedSteps, useDeed } from './deed.tsx';
import type { Step } from './deed.tsx';
import { useNotifications } from './notifications.tsx';
import { ProblemAlert } from './problem-alert.tsx';
import { useRead } from './read.ts';
import { Reading } from './reading.tsx';

/** What has to be done for a thing to go, the thing itself last. */
export type PlanDeletion = (clients: Clients, name: string) => Promise<readonly Step[]>;

export interface DeleteDialogProps {
  readonly noun: string;
  readonly nouns?: string;
  readonly names: readonly string[];
  readonly plan: PlanDeletion;
  /** What else has to be known: who loses what. */
  readonly children: ReactNode;
  /** All, or what was done of it, is gone. */
  readonly onDone: () => void;
  readonly onDismiss: () => void;
}

/** More than these are counted, not named. */
const namedMax = 12;

export function DeleteDialog({ noun, nouns = `${noun}s`, names, plan, children, onDone, onDismiss }: DeleteDialogProps): ReactNode {
  const key = names.join('\n');
  const steps = useRead(async (clients) => {
    const planned: Step[] = [];
    for (const name of names) planned.push(...await plan(clients, name));
    return planned;
  }, [key]);
  const deed = useDeed();
  const { notify } = useNotifications();
  const [typed, setTyped] = useState('');
  const [only] = names;
  const word = names.length === 1 ? only! : 'delete';
  const what = names.length === 1 ? `${noun} ${only}` : `${names.length} ${nouns}`;
  const isBegun = deed.steps.length > 0;
  const leave = isBegun ? onDone : onDismiss;
  const remove = async (): Promise<void> => {
    if (!await (isBegun ? deed.goOn() : deed.run(steps.value ?? []))) return;
    notify({ type: 'success', text: `${names.length === 1 ? `${noun[0]!.toUpperCase()}${noun.slice(1)} ${only} is` : `${names.length} ${nouns} are`} deleted.` });
    onDone();
  };
  const isReady = steps.state === 'ready' && typed === word;
  return (
    <Modal visible header={`Delete ${what}?`} closeAriaLabel="Close" onDismiss={leave} footer={<Box float="right"><SpaceBetween direction="horizontal" size="xs"><Button variant="link" onClick={leave}>{isBegun ? 'Close' : 'Cancel'}</Button><Button variant="primary" disabled={!isReady} loading={deed.isBusy} onClick={remove}>{deed.problem ? 'Try again' : 'Delete'}</Button></SpaceBetween></Box>}>
      <SpaceBetween size="m">
        <Alert type="warning">{children}</Alert>
        {isBegun ? <DeedSteps deed={deed} /> : <Reading read={steps} what="what goes with it">{(planned) => <Planned steps={planned} names={names} />}</Reading>}
        <ProblemAlert problem={deed.problem} what={deed.steps[deed.done]?.what ?? ''} />
        {deed.problem ? <Box>What stands above as done is done, and stays so; what comes after it is untouched.</Box> : undefined}
        {isBegun ? undefined : <form onSubmit={(event) => { event.preventDefault(); if (isReady) void remove(); }}><FormField label={`To confirm, type ${word}`}><Input value={typed} onChange={({ detail }) => setTyped(detail.value)} placeholder={word} ariaRequired /></FormField></form>}
      </SpaceBetween>
    </Modal>
  );
}

function Planned({ steps, names }: { readonly steps: readonly Step[]; readonly names: readonly string[] }): ReactNode {
  const others = steps.length - names.length;
  if (others <= 0) return <Box>Nothing else goes with {names.length === 1 ? 'it' : 'them'}.</Box>;
  const shown = steps.slice(0, namedMax);
  return (
    <Box>
      This is done, in this order:
      <ul>{shown.map(({ what }) => <li key={what}>{what}</li>)}{steps.length > shown.length ? <li key="">and {steps.length - shown.length} more steps of this kind</li> : undefined}</ul>
    </Box>
  );
}
