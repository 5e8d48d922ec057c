/** A policy looked through without storing it: what AWS would refuse, and what in it does nothing or too much. */
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { PolicyKind } from '../../../../src/policy/types.ts';
import { PolicyEditor } from '../../policy-editor/policy-editor.tsx';

const kinds: readonly { readonly value: PolicyKind; readonly label: string; readonly description: string }[] = [
  { value: 'identity', label: 'Identity policy', description: 'Of a user, group or role, managed or inline' },
  { value: 'trust', label: 'Trust policy', description: 'Who may assume a role' },
  { value: 'boundary', label: 'Permissions boundary', description: 'The most that a user or role may have' },
  { value: 'session', label: 'Session policy', description: 'Handed over with AssumeRole or GetFederationToken' },
  { value: 'bucket', label: 'Bucket policy', description: 'Of a bucket of S3' },
  { value: 'resource', label: 'Resource policy', description: 'Of any other resource' },
];

const example = JSON.stringify({ Version: '2012-10-17', Statement: [{ Sid: 'ReadReports', Effect: 'Allow', Action: ['s3:GetObject', 's3:ListBucket'], Resource: ['arn:aws:s3:::reports', 'arn:aws:s3:::reports/*'] }] }, null, 4);

export function CheckPolicyPage(): ReactNode {
  const [kind, setKind] = useState(kinds[0]!);
  const [text, setText] = useState(example);
  return (
    <ContentLayout header={<Header variant="h1" description="Nothing is stored, and nothing leaves the browser.">Check a policy</Header>}>
      <Container>
        <SpaceBetween size="l">
          <FormField label="Kind of policy"><Select selectedOption={kind} options={kinds} onChange={({ detail }) => setKind(kinds.find(({ value }) => value === detail.selectedOption.value) ?? kind)} /></FormField>
          <PolicyEditor kind={kind.value} value={text} onChange={setText} />
        </SpaceBetween>
      </Container>
    </ContentLayout>
  );
}
