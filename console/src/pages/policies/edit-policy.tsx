/** Writes a new version of a managed policy, which becomes the one that counts unless the person says otherwise. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Checkbox from '@cloudscape-design/components/checkbox';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { CreatePolicyVersionCommand, DeletePolicyVersionCommand, GetPolicyCommand, GetPolicyVersionCommand, ListPolicyVersionsCommand } from '@aws-sdk/client-iam';
import type { PolicyVersion } from '@aws-sdk/client-iam';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { decodeDocument, laidOut } from '../../holders.ts';
import { nameInArn } from '../../name-in-arn.ts';
import { PolicyEditor } from '../../policy-editor/policy-editor.tsx';
import { ProblemAlert } from '../../problem-alert.tsx';
import { useRead } from '../../read.ts';
import { Reading } from '../../reading.tsx';
import { href, navigate, pathOf } from '../../router.ts';
import { useWrite } from '../../write.ts';

/** Versions that one policy can have. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const versionsMax = 5;

export function EditPolicyPage({ policyArn }: { readonly policyArn: string }): ReactNode {
  const policy = useRead(async ({ iam }) => {
    const VersionId = (await iam.send(new GetPolicyCommand({ PolicyArn: policyArn }))).Policy!.DefaultVersionId;
    const [{ PolicyVersion }, { Versions = [] }] = await Promise.all([iam.send(new GetPolicyVersionCommand({ PolicyArn: policyArn, VersionId })), iam.send(new ListPolicyVersionsCommand({ PolicyArn: policyArn }))]);
    return { text: laidOut(decodeDocument(PolicyVersion!.Document)), versions: Versions };
  }, [policyArn]);
  return (
    <ContentLayout header={<Header variant="h1" description="What is saved becomes a new version; the present one is kept beside it.">Edit {nameInArn(policyArn)}</Header>}>
      <Reading read={policy} what="policy">{({ text, versions }) => <Editor policyArn={policyArn} text={text} versions={versions} />}</Reading>
    </ContentLayout>
  );
}

function Editor({ policyArn, text, versions }: { readonly policyArn: string; readonly text: string; readonly versions: readonly PolicyVersion[] }): ReactNode {
  const [document, setDocument] = useState(text);
  const [isDefault, setIsDefault] = useState(true);
  const [isReplacing, setIsReplacing] = useState(false);
  const write = useWrite();
  const path = pathOf('policies/:policyArn', { policyArn });
  const oldest = versions.filter(({ IsDefaultVersion }) => IsDefaultVersion !== true).sort((a, b) => a.CreateDate!.getTime() - b.CreateDate!.getTime())[0];
  const isFull = versions.length >= versionsMax;
  const save = async (): Promise<void> => {
    const saved = await write.run({ act: async ({ iam }) => {
      if (isFull && isReplacing && oldest) await iam.send(new DeletePolicyVersionCommand({ PolicyArn: policyArn, VersionId: oldest.VersionId }));
      return (await iam.send(new CreatePolicyVersionCommand({ PolicyArn: policyArn, PolicyDocument: document, SetAsDefault: isDefault }))).PolicyVersion!;
    }, done: ({ VersionId }) => `Version ${VersionId} is saved${isDefault ? ' and counts now' : ''}.` });
    if (saved) navigate(href(path));
  };
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2">Policy editor</Header>}><PolicyEditor kind="identity" value={document} onChange={setDocument} /></Container>
      <Checkbox checked={isDefault} onChange={({ detail }) => setIsDefault(detail.checked)}>Set this new version as the default: it counts with the next request</Checkbox>
      {isFull && oldest ? <Checkbox checked={isReplacing} onChange={({ detail }) => setIsReplacing(detail.checked)} description={`A policy has at most ${versionsMax} versions.`}>Delete version {oldest.VersionId}, the oldest, to make room</Checkbox> : undefined}
      <ProblemAlert problem={write.problem} what="policy" />
      <Box float="right"><SpaceBetween direction="horizontal" size="xs"><Button variant="link" onClick={() => navigate(href(path))}>Cancel</Button><Button variant="primary" disabled={document === text || (isFull && !isReplacing)} loading={write.isBusy} onClick={save}>Save changes</Button></SpaceBetween></Box>
    </SpaceBetween>
  );
}
