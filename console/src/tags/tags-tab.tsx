/** The tags of a thing: read, and edited in place. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Form from '@cloudscape-design/components/form';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Tag } from '@aws-sdk/client-iam';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { List } from '../list.tsx';
import { ProblemAlert } from '../problem-alert.tsx';
import { markedPages, useList } from '../read.ts';
import { useWrite } from '../write.ts';
import { TagFields, tagsMax } from './tag-fields.tsx';
import type { TagDraft } from './tag-fields.tsx';
import { taggables } from './taggables.ts';
import type { Taggable } from './taggables.ts';

/** `id` is the thing's name, or its ARN where the table says so; `name` is what the person calls it. */
export function TagsTab({ kind, id, name = id }: { readonly kind: Taggable; readonly id: string; readonly name?: string }): ReactNode {
  const calls = taggables[kind];
  const tags = useList(({ iam }) => markedPages((marker) => calls.list(iam, id, marker), ({ Tags }) => Tags), [kind, id]);
  const [draft, setDraft] = useState<TagDraft>();
  const write = useWrite();
  if (draft === undefined) {
    const edit = (): void => setDraft({ tags: tags.items.map(({ Key, Value }) => ({ key: Key!, value: Value!, existing: true })), isValid: true });
    return (
      <List<Tag>
        variant="container" list={tags} title="Tags" noun="tag" keyOf={({ Key }) => Key!}
        description={`Key-value pairs that identify and organise it, and that policies may ask for. Up to ${tagsMax}.`}
        columns={[{ id: 'key', header: 'Key', cell: ({ Key }) => Key, value: ({ Key }) => Key }, { id: 'value', header: 'Value', cell: ({ Value }) => Value === '' ? <Box color="text-body-secondary">(empty)</Box> : Value, value: ({ Value }) => Value }]}
        actions={() => <Button disabled={!tags.isComplete} onClick={edit}>Manage tags</Button>}
      />
    );
  }
  const save = async (): Promise<void> => {
    const saved = await write.run({ done: `Tags of ${name} saved.`, act: async ({ iam }) => {
      const removed = draft.tags.filter(({ existing, markedForRemoval }) => existing && markedForRemoval === true).map(({ key }) => key);
      const before = new Map(tags.items.map(({ Key, Value }) => [Key, Value]));
      const kept = draft.tags.filter(({ key, value, markedForRemoval }) => markedForRemoval !== true && before.get(key) !== value).map(({ key, value }) => ({ Key: key, Value: value }));
      if (removed.length > 0) await calls.untag(iam, id, removed);
      if (kept.length > 0) await calls.tag(iam, id, kept);
    } });
    if (!saved) return;
    setDraft(undefined);
    tags.refresh();
  };
  return (
    <Container header={<Header variant="h2">Manage tags</Header>}>
      <Form actions={<SpaceBetween direction="horizontal" size="xs"><Button variant="link" onClick={() => { write.forget(); setDraft(undefined); }}>Cancel</Button><Button variant="primary" loading={write.isBusy} disabled={!draft.isValid} onClick={save}>Save changes</Button></SpaceBetween>}>
        <SpaceBetween size="m"><TagFields draft={draft} onChange={setDraft} /><ProblemAlert problem={write.problem} what="tags" /></SpaceBetween>
      </Form>
    </Container>
  );
}
