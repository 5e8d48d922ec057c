/** Asks before something is destroyed: what goes, what goes with it, and the word that is typed for it. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { ProblemAlert } from './problem-alert.tsx';
import type { Write } from './write.ts';

export interface ConfirmProps {
  readonly title: string;
  readonly children: ReactNode;
  /** What has to be typed, `delete` or the thing's name; absent, the button is enough. */
  readonly word?: string;
  /** Of the button. */
  readonly verb: string;
  readonly write: Write;
  readonly onConfirm: () => void;
  readonly onDismiss: () => void;
}

export function Confirm({ title, children, word, verb, write, onConfirm, onDismiss }: ConfirmProps): ReactNode {
  const [typed, setTyped] = useState('');
  const isReady = word === undefined || typed === word;
  return (
    <Modal visible header={title} onDismiss={onDismiss} closeAriaLabel="Close" footer={<Box float="right"><SpaceBetween direction="horizontal" size="xs"><Button variant="link" onClick={onDismiss}>Cancel</Button><Button variant="primary" disabled={!isReady} loading={write.isBusy} onClick={onConfirm}>{verb}</Button></SpaceBetween></Box>}>
      <SpaceBetween size="m">
        <Alert type="warning">{children}</Alert>
        {word === undefined ? undefined : <form onSubmit={(event) => { event.preventDefault(); if (isReady && !write.isBusy) onConfirm(); }}><FormField label={`To confirm, type ${word}`}><Input value={typed} onChange={({ detail }) => setTyped(detail.value)} placeholder={word} ariaRequired /></FormField></form>}
        <ProblemAlert problem={write.problem} />
      </SpaceBetween>
    </Modal>
  );
}
