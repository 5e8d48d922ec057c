/** Tags of whatever Roles Anywhere has. Source: "TagResource" and its siblings (IAM Roles Anywhere API Reference). */
import type { Raise } from '../../base/api-error.ts';
import type { Rolesanywhere, Tag } from '../../../models/rolesanywhere.ts';
import type { TagDoc } from '../../store/tables.ts';
import type { AccessContext, Operations } from '../operation.ts';
import { rolesAnywhereLimits } from './limits.ts';
import { anyAsk, get, parseResourceArn, requestTagContext, resourceAsk, update } from './lookup.ts';

export const tags = {
  TagResource: {
    access: ({ resourceArn, tags }, context) => [namedAsk(resourceArn, context, requestTagContext(readTags(tags, context.error)))],
    run: ({ resourceArn, tags }, context) => context.write((draft) => {
      const { kind, id } = named(resourceArn, context);
      const doc = get(kind, draft, context.region, id, context.error);
      const added = readTags(tags, context.error);
      const Tags = [...(doc.Tags ?? []).filter(({ Key }) => !added.some((tag) => tag.Key === Key)), ...added];
      if (Tags.length > rolesAnywhereLimits.tagsMax) throw context.error('TooManyTagsException', `A resource can have at most ${rolesAnywhereLimits.tagsMax} tags.`);
      update(kind, draft, { ...doc, Tags });
      return {};
    }),
  },

  UntagResource: {
    access: ({ resourceArn, tagKeys }, context) => [namedAsk(resourceArn, context, { 'aws:TagKeys': tagKeys })],
    run: ({ resourceArn, tagKeys }, context) => context.write((draft) => {
      const { kind, id } = named(resourceArn, context);
      const doc = get(kind, draft, context.region, id, context.error);
      update(kind, draft, { ...doc, Tags: (doc.Tags ?? []).filter(({ Key }) => !tagKeys.includes(Key)) });
      return {};
    }),
  },

  ListTagsForResource: {
    access: () => [anyAsk()],
    run({ resourceArn }, context) {
      const { kind, id } = named(resourceArn, context);
      return { tags: (get(kind, context.view, context.region, id, context.error).Tags ?? []).map(({ Key, Value }) => ({ key: Key, value: Value })) };
    },
  },
} satisfies Operations<Rolesanywhere, 'TagResource' | 'UntagResource' | 'ListTagsForResource'>;

/** Tags as they are given: a key once, and none of AWS's own. */
export function readTags(tags: readonly Tag[] = [], error: Raise<'ValidationException'>): readonly TagDoc[] {
  const read = tags.map(({ key, value }) => ({ Key: key, Value: value }));
  if (read.some(({ Key }) => Key.toLowerCase().startsWith('aws:'))) throw error('ValidationException', 'Tag keys that begin with aws: are reserved.');
  if (new Set(read.map(({ Key }) => Key)).size < read.length) throw error('ValidationException', 'A tag key is given twice.');
  return read;
}

function namedAsk(resourceArn: string, context: AccessContext<'ResourceNotFoundException'>, keys: ReturnType<typeof requestTagContext>) {
  const { kind, id } = named(resourceArn, context);
  return resourceAsk(kind, context, id, keys);
}

/** What an ARN names: of the caller's own account, in the region that is asked. */
function named(resourceArn: string, { account, region, error }: Pick<AccessContext<'ResourceNotFoundException'>, 'account' | 'region' | 'error'>) {
  const parsed = parseResourceArn(resourceArn);
  if (!parsed || parsed.account !== account || parsed.region !== region) throw error('ResourceNotFoundException', `${resourceArn} was not found.`);
  return parsed;
}
