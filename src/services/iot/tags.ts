/** Tags of what has them: policies, role aliases, thing types and authorities. Source: "TagResource" and its siblings (AWS IoT API Reference). */
import type { Raise } from '../../base/api-error.ts';
import type { Iot, Tag } from '../../../models/iot.ts';
import type { Ask } from '../../authz/ask.ts';
import type { AccountView, Draft } from '../../store/store.ts';
import { pairKey } from '../../store/tables.ts';
import type { TagDoc } from '../../store/tables.ts';
import type { AccessContext, Operations } from '../operation.ts';
import { iotLimits } from './limits.ts';
import { nameIn, taggedAsk } from './lookup.ts';
import type { Kind } from './lookup.ts';
import { tokenPage } from './paging.ts';

type TaggedKind = Extract<Kind, 'policy' | 'rolealias' | 'thingtype' | 'cacert'>;
interface Tagged { readonly Tags?: readonly TagDoc[] | undefined }

interface TaggedRow {
  readonly find: (view: AccountView, region: string, name: string) => Tagged | undefined;
  /** INVARIANT: called where it is there. */
  readonly retag: (draft: Draft, region: string, name: string, Tags: readonly TagDoc[]) => void;
}

const taggedKinds: Readonly<Record<TaggedKind, TaggedRow>> = {
  policy: {
    find: (view, region, name) => view.devicePolicies.findBy('name', pairKey(region, name)),
    retag: (draft, region, name, Tags) => void draft.devicePolicies.update({ ...draft.devicePolicies.findBy('name', pairKey(region, name))!, Tags }),
  },
  rolealias: {
    find: (view, region, name) => view.roleAliases.find(pairKey(region, name)),
    retag: (draft, region, name, Tags) => void draft.roleAliases.update({ ...draft.roleAliases.find(pairKey(region, name))!, Tags }),
  },
  thingtype: {
    find: (view, region, name) => view.thingTypes.findBy('name', pairKey(region, name)),
    retag: (draft, region, name, Tags) => void draft.thingTypes.update({ ...draft.thingTypes.findBy('name', pairKey(region, name))!, Tags }),
  },
  cacert: {
    find: (view, region, name) => view.caCertificates.find(pairKey(region, name)),
    retag: (draft, region, name, Tags) => void draft.caCertificates.update({ ...draft.caCertificates.find(pairKey(region, name))!, Tags }),
  },
};

export const tags = {
  TagResource: {
    access: ({ resourceArn, tags }, context) => [namedAsk(resourceArn, context, requestTagContext(readTags(tags, context.error)))],
    run: ({ resourceArn, tags }, context) => context.write((draft) => {
      const { kind, name } = named(resourceArn, context);
      const added = readTags(tags, context.error);
      const Tags = [...(get(kind, draft, context.region, name, context.error).Tags ?? []).filter(({ Key }) => !added.some((tag) => tag.Key === Key)), ...added];
      if (Tags.length > iotLimits.tagsMax) throw context.error('LimitExceededException', `A resource can have at most ${iotLimits.tagsMax} tags.`);
      taggedKinds[kind].retag(draft, context.region, name, Tags);
      return {};
    }),
  },

  UntagResource: {
    access: ({ resourceArn, tagKeys }, context) => [namedAsk(resourceArn, context, { 'aws:TagKeys': tagKeys })],
    run: ({ resourceArn, tagKeys }, context) => context.write((draft) => {
      const { kind, name } = named(resourceArn, context);
      taggedKinds[kind].retag(draft, context.region, name, (get(kind, draft, context.region, name, context.error).Tags ?? []).filter(({ Key }) => !tagKeys.includes(Key)));
      return {};
    }),
  },

  ListTagsForResource: {
    access: ({ resourceArn }, context) => [namedAsk(resourceArn, context, {})],
    run({ resourceArn, nextToken }, context) {
      const { kind, name } = named(resourceArn, context);
      const { items, end } = tokenPage(get(kind, context.view, context.region, name, context.error).Tags ?? [], ({ Key }) => Key, { nextToken }, context);
      return { tags: items, ...end };
    },
  },
} satisfies Operations<Iot, 'TagResource' | 'UntagResource' | 'ListTagsForResource'>;

/** Tags as they are given: a key once, and none of AWS's own. */
export function readTags(tags: readonly Tag[] = [], error: Raise<'InvalidRequestException'>): readonly TagDoc[] {
  const read = tags.map(({ Key, Value = '' }) => ({ Key, Value }));
  if (read.some(({ Key }) => Key.toLowerCase().startsWith('aws:'))) throw error('InvalidRequestException', 'Tag keys that begin with aws: are reserved.');
  if (new Set(read.map(({ Key }) => Key)).size < read.length) throw error('InvalidRequestException', 'A tag key is given twice.');
  if (read.length > iotLimits.tagsMax) throw error('InvalidRequestException', `A resource can have at most ${iotLimits.tagsMax} tags.`);
  return read;
}

export function requestTagContext(tags: readonly TagDoc[]): NonNullable<Ask['context']> {
  return tags.length === 0 ? {} : { 'aws:TagKeys': tags.map(({ Key }) => Key), ...Object.fromEntries(tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value])) };
}

type Place = Pick<AccessContext<'InvalidRequestException'>, 'account' | 'region' | 'view' | 'error'>;

function namedAsk(resourceArn: string, context: Place, keys: Ask['context']): Ask {
  const { kind, name } = named(resourceArn, context);
  return taggedAsk(context, kind, name, taggedKinds[kind].find(context.view, context.region, name), keys);
}

function named(resourceArn: string, { account, region, error }: Pick<Place, 'account' | 'region' | 'error'>): { readonly kind: TaggedKind; readonly name: string } {
  for (const kind of Object.keys(taggedKinds) as readonly TaggedKind[]) {
    const name = nameIn(resourceArn, kind, { account, region });
    if (name !== undefined) return { kind, name };
  }
  throw error('InvalidRequestException', `${resourceArn} is nothing of this account in this region that has tags.`);
}

function get(kind: TaggedKind, view: AccountView, region: string, name: string, error: Raise<'ResourceNotFoundException'>): Tagged {
  const found = taggedKinds[kind].find(view, region, name);
  if (!found) throw error('ResourceNotFoundException', `${kind}/${name} was not found.`);
  return found;
}
