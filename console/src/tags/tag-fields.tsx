/** Tags being written: keys and values with AWS's limits, for a thing that is being made as for one that is there. */
import TagEditor from '@cloudscape-design/components/tag-editor';
import type { TagEditorProps } from '@cloudscape-design/components/tag-editor';
import type { ReactNode } from 'react';

/** As many as one thing can have. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const tagsMax = 50;

export interface TagDraft { readonly tags: readonly TagEditorProps.Tag[]; readonly isValid: boolean }
export const noTags: TagDraft = { tags: [], isValid: true };

export const TagFields = ({ draft, onChange }: { readonly draft: TagDraft; readonly onChange: (draft: TagDraft) => void }): ReactNode => (
  <TagEditor
    tags={draft.tags} tagLimit={tagsMax}
    keysRequest={async () => Promise.resolve([])} valuesRequest={async () => Promise.resolve([])}
    onChange={({ detail }) => onChange({ tags: detail.tags, isValid: detail.valid })}
  />
);

/** Of a draft what IAM's calls take. */
export const tagsOf = ({ tags }: TagDraft): { Key: string; Value: string }[] => tags.filter(({ markedForRemoval }) => markedForRemoval !== true).map(({ key, value }) => ({ Key: key, Value: value }));
