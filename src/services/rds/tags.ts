/** Tags of database instances. Source: "AddTagsToResource" and its siblings (Amazon RDS API Reference). */
import type { Raise } from '../../base/api-error.ts';
import type { Rds, Tag } from '../../../models/rds.ts';
import type { DatabaseInstanceDoc } from '../../store/database-docs.ts';
import type { TagDoc } from '../../store/tables.ts';
import type { Operations } from '../operation.ts';
import { getInstance, instanceAsk, nameOf, requestTagContext } from './lookup.ts';

const tagsMax = 50;

export const tags = {
  AddTagsToResource: {
    access: ({ ResourceName, Tags }, context) => [instanceAsk(context, nameOf(ResourceName, context), requestTagContext(readTags(Tags, context.error)))],
    run: ({ ResourceName, Tags }, context) => context.write((draft) => {
      const instance = getInstance(draft, context.region, nameOf(ResourceName, context), context.error);
      const added = readTags(Tags, context.error);
      const kept = (instance.Tags ?? []).filter(({ Key }) => !added.some((tag) => tag.Key === Key));
      if (kept.length + added.length > tagsMax) throw context.error('InvalidParameterValue', `A resource can have at most ${tagsMax} tags.`);
      draft.databaseInstances.update({ ...instance, Tags: [...kept, ...added] });
    }),
  },

  RemoveTagsFromResource: {
    access: ({ ResourceName, TagKeys }, context) => [instanceAsk(context, nameOf(ResourceName, context), { 'aws:TagKeys': TagKeys })],
    run: ({ ResourceName, TagKeys }, context) => context.write((draft) => {
      const instance = getInstance(draft, context.region, nameOf(ResourceName, context), context.error);
      draft.databaseInstances.update({ ...instance, Tags: (instance.Tags ?? []).filter(({ Key }) => !TagKeys.includes(Key)) });
    }),
  },

  ListTagsForResource: {
    access: ({ ResourceName }, context) => [instanceAsk(context, nameOf(ResourceName, context))],
    run({ ResourceName, Filters }, context) {
      // Source: "ListTagsForResource", Filters: "This parameter isn't currently supported."
      if (Filters && Filters.length > 0) throw context.error('InvalidParameterValue', 'Filters are not supported.');
      return { TagList: tagList(getInstance(context.view, context.region, nameOf(ResourceName, context), context.error)) };
    },
  },
} satisfies Operations<Rds, 'AddTagsToResource' | 'RemoveTagsFromResource' | 'ListTagsForResource'>;

export const tagList = ({ Tags = [] }: DatabaseInstanceDoc): readonly Tag[] => Tags.map(({ Key, Value }) => ({ Key, Value }));

/** Tags as they are given: a key once, and none of AWS's own. */
export function readTags(tags: readonly Tag[] = [], error: Raise<never>): readonly TagDoc[] {
  const read = tags.map(({ Key = '', Value = '' }) => ({ Key, Value }));
  for (const { Key, Value } of read) {
    if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u.test(Key) || Key.toLowerCase().startsWith('aws:') || Key.toLowerCase().startsWith('rds:')) throw error('InvalidParameterValue', `The tag key ${Key.slice(0, 128)} is not valid.`);
    if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u.test(Value)) throw error('InvalidParameterValue', `The value of the tag ${Key} is not valid.`);
  }
  if (new Set(read.map(({ Key }) => Key)).size < read.length) throw error('InvalidParameterValue', 'A tag key is given twice.');
  if (read.length > tagsMax) throw error('InvalidParameterValue', `A resource can have at most ${tagsMax} tags.`);
  return read;
}
