/** The versions of a managed policy: which one counts, what differs between two, and what may go. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { DeletePolicyVersionCommand, GetPolicyVersionCommand, ListPolicyVersionsCommand, SetDefaultPolicyVersionCommand } from '@aws-sdk/client-iam';
import type { PolicyVersion } from '@aws-sdk/client-iam';
import { diffLines } from 'diff';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Confirm } from '../../confirm.tsx';
import { decodeDocument, isAwsManaged, laidOut } from '../../holders.ts';
import { List } from '../../list.tsx';
import { PolicyView } from '../../policy-editor/policy-editor.tsx';
import { ProblemAlert } from '../../problem-alert.tsx';
import { markedPages, useList, useRead } from '../../read.ts';
import { Reading } from '../../reading.tsx';
import { inFull } from '../../times.tsx';
import { useWrite } from '../../write.ts';

const numberOf = ({ VersionId }: PolicyVersion): number => Number(VersionId!.slice(1));

export function PolicyVersions({ policyArn, onChanged }: { readonly policyArn: string; readonly onChanged: () => void }): ReactNode {
  const versions = useList(({ iam }) => markedPages((Marker) => iam.send(new ListPolicyVersionsCommand({ PolicyArn: policyArn, Marker })), ({ Versions }) => Versions), [policyArn]);
  const [chosen, setChosen] = useState<readonly PolicyVersion[]>([]);
  const [isDeleting, setIsDeleting] = useState(false);
  const write = useWrite();
  const deletion = useWrite();
  // As they are now.
  const selected = versions.items.filter(({ VersionId }) => chosen.some((one) => one.VersionId === VersionId)).sort((a, b) => numberOf(a) - numberOf(b));
  const only = selected.length === 1 ? selected[0] : undefined;
  const changed = (): void => { versions.refresh(); onChanged(); };
  const isOurs = !isAwsManaged(policyArn);
  const setDefault = async (): Promise<void> => { if (only && await write.run({ done: `Version ${only.VersionId} is what counts now.`, act: ({ iam }) => iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn: policyArn, VersionId: only.VersionId })) })) changed(); };
  const remove = async (): Promise<void> => {
    if (!only || !await deletion.run({ done: `Version ${only.VersionId} is deleted.`, act: ({ iam }) => iam.send(new DeletePolicyVersionCommand({ PolicyArn: policyArn, VersionId: only.VersionId })) })) return;
    setIsDeleting(false);
    setChosen([]);
    changed();
  };
  return (
    <SpaceBetween size="l">
      <ProblemAlert problem={write.problem} what="version" />
      <List<PolicyVersion>
        variant="container" list={versions} title="Policy versions" noun="version" keyOf={({ VersionId }) => VersionId!} selection="multi" chosen={selected} onChoose={(many) => setChosen(many.slice(-2))}
        description="One version counts; up to five are kept. Choose one to read it, two to see what differs."
        columns={[
          { id: 'version', header: 'Version', cell: ({ VersionId }) => VersionId, value: numberOf },
          { id: 'default', header: 'Default', cell: ({ IsDefaultVersion }) => IsDefaultVersion === true ? <StatusIndicator type="success">Default</StatusIndicator> : '–', value: ({ IsDefaultVersion }) => String(IsDefaultVersion) },
          { id: 'created', header: 'Creation time', cell: ({ CreateDate }) => inFull(CreateDate), value: ({ CreateDate }) => CreateDate?.getTime() },
        ]}
        actions={() => isOurs ? <><Button disabled={!only || only.IsDefaultVersion === true} disabledReason={only ? 'The default version stays: set another as default first.' : undefined} onClick={() => setIsDeleting(true)}>Delete</Button><Button disabled={!only || only.IsDefaultVersion === true} loading={write.isBusy} onClick={setDefault}>Set as default</Button></> : undefined}
      />
      {selected.length > 0 ? <Documents policyArn={policyArn} ids={selected.map(({ VersionId }) => VersionId!)} /> : undefined}
      {isDeleting && only ? <Confirm title={`Delete version ${only.VersionId}?`} verb="Delete" write={deletion} onConfirm={remove} onDismiss={() => { deletion.forget(); setIsDeleting(false); }}>It is not what counts now, and cannot be brought back.</Confirm> : undefined}
    </SpaceBetween>
  );
}

function Documents({ policyArn, ids }: { readonly policyArn: string; readonly ids: readonly string[] }): ReactNode {
  const documents = useRead(({ iam }) => Promise.all(ids.map(async (VersionId) => laidOut(decodeDocument((await iam.send(new GetPolicyVersionCommand({ PolicyArn: policyArn, VersionId }))).PolicyVersion?.Document)))), [policyArn, ids.join()]);
  return (
    <Container header={<Header variant="h2">{ids.length === 1 ? `Version ${ids[0]}` : `From version ${ids[0]} to ${ids[1]}`}</Header>}>
      <Reading read={documents} what="policy document">{([older = '', newer]) => newer === undefined ? <PolicyView kind="identity" value={older} /> : <Difference older={older} newer={newer} />}</Reading>
    </Container>
  );
}

function Difference({ older, newer }: { readonly older: string; readonly newer: string }): ReactNode {
  const parts = partsOf(older, newer);
  if (parts.every(({ mark }) => mark === ' ')) return <Box>Nothing differs.</Box>;
  return (
    <pre className="difference" aria-label="What differs">
      {parts.map(({ id, mark, text }) => mark === '+' ? <ins key={id}>{text}</ins> : mark === '-' ? <del key={id}>{text}</del> : <span key={id}>{text}</span>)}
    </pre>
  );
}

interface Part { readonly id: number; readonly mark: '+' | '-' | ' '; readonly text: string }

/** Whole lines, each with its mark before it. */
function partsOf(older: string, newer: string): readonly Part[] {
  return diffLines(`${older}\n`, `${newer}\n`).map(({ value, added, removed }, id) => {
    const mark = added ? '+' : removed ? '-' : ' ';
    return { id, mark, text: value.replaceAll(/^(?=.)/gm, `${mark} `) };
  });
}
