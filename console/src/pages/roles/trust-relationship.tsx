/** Whom a role trusts: its trust policy, shown and edited. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import type { Role } from '@aws-sdk/client-iam';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { decodeDocument, laidOut } from '../../holders.ts';
import { PolicyEditor, PolicyView } from '../../policy-editor/policy-editor.tsx';
import { ProblemAlert } from '../../problem-alert.tsx';
import { useWrite } from '../../write.ts';
import { trustedIn } from './trusted-entities.ts';

export function TrustRelationship({ role: { RoleName, AssumeRolePolicyDocument }, onChanged }: { readonly role: Role; readonly onChanged: () => void }): ReactNode {
  const text = laidOut(decodeDocument(AssumeRolePolicyDocument));
  const [draft, setDraft] = useState<string>();
  const write = useWrite();
  if (draft === undefined) {
    return (
      <Container header={<Header variant="h2" description={`Entities that can assume the role: ${trustedIn(text).join(', ') || 'none'}.`} actions={<Button onClick={() => setDraft(text)}>Edit trust policy</Button>}>Trusted entities</Header>}>
        <PolicyView kind="trust" label="Trust policy" value={text} />
      </Container>
    );
  }
  const save = async (): Promise<void> => {
    if (!await write.run({ done: `The trust policy of ${RoleName} is saved.`, act: ({ iam }) => iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: draft })) })) return;
    setDraft(undefined);
    onChanged();
  };
  return (
    <SpaceBetween size="m">
      <Container header={<Header variant="h2" description="Sessions that there are go on until they end; revoke them to end them now.">Edit trust policy</Header>}><PolicyEditor kind="trust" label="Trust policy" value={draft} onChange={setDraft} /></Container>
      <ProblemAlert problem={write.problem} what="trust policy" />
      <Box float="right"><SpaceBetween direction="horizontal" size="xs"><Button variant="link" onClick={() => { write.forget(); setDraft(undefined); }}>Cancel</Button><Button variant="primary" disabled={draft === text} loading={write.isBusy} onClick={save}>Update policy</Button></SpaceBetween></Box>
    </SpaceBetween>
  );
}
