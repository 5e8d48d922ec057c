/** A managed policy: its document, what it is attached to, its tags and its versions. */
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { GetPolicyCommand, GetPolicyVersionCommand } from '@aws-sdk/client-iam';
import type { Policy } from '@aws-sdk/client-iam';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { LastAccessed } from '../../access-advisor/last-accessed.tsx';
import { DeleteDialog } from '../../delete-dialog.tsx';
import { decodeDocument, isAwsManaged, laidOut } from '../../holders.ts';
import { nameInArn } from '../../name-in-arn.ts';
import { PageTabs } from '../../page-tabs.tsx';
import { policyType } from '../../permissions/choose-policies.tsx';
import { PolicyView } from '../../policy-editor/policy-editor.tsx';
import { useRead } from '../../read.ts';
import { Reading } from '../../reading.tsx';
import { href, navigate, pathOf } from '../../router.ts';
import { TagsTab } from '../../tags/tags-tab.tsx';
import { inFull } from '../../times.tsx';
import { planPolicyDeletion } from './policy-deletion.ts';
import { PolicyEntities } from './policy-entities.tsx';
import { PolicyVersions } from './policy-versions.tsx';

export function PolicyPage({ policyArn }: { readonly policyArn: string }): ReactNode {
  const policy = useRead(async ({ iam }, abortSignal) => (await iam.send(new GetPolicyCommand({ PolicyArn: policyArn }), { abortSignal })).Policy!, [policyArn]);
  const [isDeleting, setIsDeleting] = useState(false);
  const isOurs = !isAwsManaged(policyArn);
  const name = nameInArn(policyArn);
  return (
    <ContentLayout header={<Header variant="h1" actions={isOurs ? <SpaceBetween direction="horizontal" size="xs"><Button onClick={() => navigate(href(pathOf('policies/:policyArn/edit', { policyArn })))}>Edit</Button><Button onClick={() => setIsDeleting(true)}>Delete</Button></SpaceBetween> : undefined} description={policy.value?.Description}>{name}</Header>}>
      <SpaceBetween size="l">
        <Container header={<Header variant="h2">Policy details</Header>}>
          <Reading read={policy} what="policy">
            {({ Arn, CreateDate, UpdateDate, DefaultVersionId, AttachmentCount }) => (
              <KeyValuePairs columns={3} items={[
                { label: 'Type', value: policyType(policyArn) }, { label: 'Created', value: inFull(CreateDate) }, { label: 'Edited', value: inFull(UpdateDate) },
                { label: 'ARN', value: <div className="long-text">{Arn}</div> }, { label: 'Default version', value: DefaultVersionId }, { label: 'Attached entities', value: AttachmentCount },
              ]} />
            )}
          </Reading>
        </Container>
        <PageTabs tabs={[
          { id: 'permissions', label: 'Permissions', content: () => <Container header={<Header variant="h2">Permissions defined in this policy</Header>}><Reading read={policy} what="policy">{(read) => <DefaultDocument policy={read} />}</Reading></Container> },
          { id: 'entities', label: 'Entities attached', content: () => <PolicyEntities policyArn={policyArn} /> },
          ...(isOurs ? [{ id: 'tags', label: 'Tags', content: () => <TagsTab kind="policy" id={policyArn} name={name} /> }] : []),
          { id: 'versions', label: 'Policy versions', content: () => <PolicyVersions policyArn={policyArn} onChanged={policy.refresh} /> },
          { id: 'accessed', label: 'Last accessed', content: () => <LastAccessed arn={policyArn} /> },
        ]} />
      </SpaceBetween>
      {isDeleting ? <DeleteDialog noun="policy" names={[name]} plan={(clients) => planPolicyDeletion(clients, policyArn)} onDone={() => navigate(href('policies'))} onDismiss={() => setIsDeleting(false)}>Whoever has it loses what it allows, and is no longer kept from what it denies, with the next request.</DeleteDialog> : undefined}
    </ContentLayout>
  );
}

function DefaultDocument({ policy: { Arn, DefaultVersionId } }: { readonly policy: Policy }): ReactNode {
  const document = useRead(async ({ iam }) => laidOut(decodeDocument((await iam.send(new GetPolicyVersionCommand({ PolicyArn: Arn, VersionId: DefaultVersionId }))).PolicyVersion?.Document)), [Arn, DefaultVersionId]);
  return <Reading read={document} what="policy document">{(text) => <PolicyView kind="identity" value={text} />}</Reading>;
}
