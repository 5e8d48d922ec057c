/** The access keys of a user, or of root: with what they were last used for, and made with their secret shown once. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Alert from '@cloudscape-design/components/alert';
import { CreateAccessKeyCommand, GetAccessKeyLastUsedCommand, ListUserTagsCommand, TagUserCommand } from '@aws-sdk/client-iam';
import type { AccessKey, AccessKeyMetadata } from '@aws-sdk/client-iam';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { ProblemAlert } from '../problem-alert.tsx';
import { allOf, markedPages } from '../read.ts';
import { RowCell, useRowReads } from '../row-reads.tsx';
import { ago } from '../times.tsx';
import { useWrite } from '../write.ts';
import { accessKeyKind } from './credential-kinds.ts';
import { CredentialList, useCredentials } from './credential-list.tsx';
import { SecretOnce } from './secret-once.tsx';

/** A key's description is a tag of the user, named by the key, as AWS's console keeps it. Root has no tags. */
export function AccessKeys({ userName }: { readonly userName: string | undefined }): ReactNode {
  const { reads, list } = useRowReads(useCredentials(accessKeyKind, userName));
  return (
    <CredentialList<AccessKeyMetadata>
      kind={accessKeyKind} userName={userName} given={list}
      columns={[
        { id: 'used', header: 'Last used', cell: ({ AccessKeyId }) => <RowCell reads={reads} name={`use of ${AccessKeyId}`} ask={async ({ iam }) => (await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId }))).AccessKeyLastUsed}>{(use) => use?.LastUsedDate === undefined ? 'Never' : `${ago(use.LastUsedDate)}, ${use.ServiceName} in ${use.Region}`}</RowCell> },
        ...(userName === undefined ? [] : [{ id: 'description', header: 'Description', cell: ({ AccessKeyId }: AccessKeyMetadata) => <RowCell reads={reads} name="tags" ask={({ iam }) => allOf(markedPages((Marker) => iam.send(new ListUserTagsCommand({ UserName: userName, Marker })), ({ Tags }) => Tags))}>{(tags) => tags.find(({ Key }) => Key === AccessKeyId)?.Value ?? '–'}</RowCell> }]),
      ]}
      create={{ label: 'Create access key', dialog: (props) => <CreateAccessKey userName={userName} {...props} /> }}
    />
  );
}

/** What AWS's console asks before it makes a key, and what it advises instead. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html */
const purposes = [
  { value: 'cli', label: 'Command Line Interface (CLI)', advice: 'A person at a command line can sign in to the console and use `aws login` instead: credentials that end by themselves.' },
  { value: 'code', label: 'Local code', advice: 'Code under development can take the credentials of `aws login` or of a role, instead of a key that stays.' },
  { value: 'compute', label: 'Application on a compute service of AWS', advice: 'Give the instance a role: its credentials are handed out and renewed by themselves.' },
  { value: 'third-party', label: 'Third-party service', advice: 'A role that the third party may assume, with an external id, needs no key to be handed over.' },
  { value: 'outside', label: 'Application running outside of AWS', advice: 'IAM Roles Anywhere gives temporary credentials to whoever has a certificate.' },
  { value: 'other', label: 'Other', advice: 'Keep the key out of code and repositories, give the user only what it needs, and replace the key regularly.' },
] as const;

/** Of a tag's value. */
const descriptionMax = 256;

function CreateAccessKey({ userName, onDone, onDismiss }: { readonly userName: string | undefined; readonly onDone: () => void; readonly onDismiss: () => void }): ReactNode {
  const [purpose, setPurpose] = useState<string>();
  const [description, setDescription] = useState('');
  const [made, setMade] = useState<AccessKey>();
  const write = useWrite();
  const label = useWrite();
  const create = async (): Promise<void> => {
    const created = await write.run({ act: async ({ iam }) => (await iam.send(new CreateAccessKeyCommand({ UserName: userName }))).AccessKey! });
    if (!created) return;
    // The key is there, and its secret shown, whatever becomes of its description.
    setMade(created.value);
    if (userName !== undefined && description !== '') await label.run({ act: ({ iam }) => iam.send(new TagUserCommand({ UserName: userName, Tags: [{ Key: created.value.AccessKeyId!, Value: description }] })) });
  };
  if (made) {
    return (
      <Modal visible header="Retrieve access key" closeAriaLabel="Close" onDismiss={onDone} footer={<Box float="right"><Button variant="primary" onClick={onDone}>Done</Button></Box>}>
        <SpaceBetween size="m">
          <ProblemAlert problem={label.problem} what="its description" />
          <SecretOnce fileName={`${userName ?? 'root'}_accessKeys.csv`} fields={[{ label: 'Access key ID', value: made.AccessKeyId! }, { label: 'Secret access key', value: made.SecretAccessKey!, isSecret: true }]} />
        </SpaceBetween>
      </Modal>
    );
  }
  const advice = purposes.find(({ value }) => value === purpose)?.advice;
  return (
    <Modal visible header="Create access key" closeAriaLabel="Close" onDismiss={onDismiss} footer={<Box float="right"><SpaceBetween direction="horizontal" size="xs"><Button variant="link" onClick={onDismiss}>Cancel</Button><Button variant="primary" disabled={purpose === undefined} loading={write.isBusy} onClick={create}>Create access key</Button></SpaceBetween></Box>}>
      <SpaceBetween size="m">
        {userName === undefined ? <Alert type="warning">A key of root can do everything and cannot be limited. Make a user with what it needs instead.</Alert> : undefined}
        <FormField label="Use case"><RadioGroup value={purpose ?? null} items={purposes.map(({ value, label }) => ({ value, label }))} onChange={({ detail }) => setPurpose(detail.value)} /></FormField>
        {advice === undefined ? undefined : <Alert type="info" header="An alternative">{advice}</Alert>}
        {userName === undefined ? undefined : <FormField label="Description – optional" constraintText={`Kept as a tag of the user. Up to ${descriptionMax} characters.`}><Input value={description} onChange={({ detail }) => setDescription(detail.value.slice(0, descriptionMax))} /></FormField>}
        <ProblemAlert problem={write.problem} what="access key" />
      </SpaceBetween>
    </Modal>
  );
}
