/** Tags of clusters and associations. Source: "TagResource" and its siblings (EKS API Reference). */
import type { Eks } from '../../../models/eks.ts';
import * as arn from '../../base/arn.ts';
import type { Raise } from '../../base/api-error.ts';
import type { Ask } from '../../authz/ask.ts';
import type { AccountView, Draft } from '../../store/store.ts';
import { pairKey } from '../../store/tables.ts';
import type { TagDoc } from '../../store/tables.ts';
import { resourceTagContext } from '../kubernetes-clusters.ts';
import type { AccessContext, Operations } from '../operation.ts';
import { eksLimits } from './limits.ts';

type TagMap = { readonly [key: string]: string };
type Context = AccessContext<'BadRequestException' | 'NotFoundException'>;

interface Tagged { readonly Tags: readonly TagDoc[]; readonly retag: (draft: Draft, Tags: readonly TagDoc[]) => void }

/** What has tags, by the word for it in ARNs. */
const kinds: Readonly<Record<string, (view: AccountView, region: string, name: string) => Tagged | undefined>> = {
  cluster(view, region, name) {
    const doc = view.clusters.find(pairKey(region, name));
    return doc && { Tags: doc.Tags ?? [], retag: (draft, Tags) => void draft.clusters.update({ ...doc, Tags }) };
  },
  podidentityassociation(view, region, name) {
    const [cluster, id = ''] = name.split('/');
    const doc = view.podIdentityAssociations.find(pairKey(region, id));
    return doc && doc.ClusterName === cluster ? { Tags: doc.Tags ?? [], retag: (draft, Tags) => void draft.podIdentityAssociations.update({ ...doc, Tags }) } : undefined;
  },
};

export const tags = {
  TagResource: {
    access: ({ resourceArn, tags }, context) => [taggedAsk(resourceArn, context, requestTagContext(readTags(tags, context.error, 'BadRequestException')))],
    run: ({ resourceArn, tags }, context) => context.write((draft) => {
      const tagged = getTagged(resourceArn, draft, context);
      const added = readTags(tags, context.error, 'BadRequestException');
      const Tags = [...tagged.Tags.filter(({ Key }) => !added.some((tag) => tag.Key === Key)), ...added];
      if (Tags.length > eksLimits.tagsMax) throw context.error('BadRequestException', `A resource can have at most ${eksLimits.tagsMax} tags.`);
      tagged.retag(draft, Tags);
      return {};
    }),
  },

  UntagResource: {
    access: ({ resourceArn, tagKeys }, context) => [taggedAsk(resourceArn, context, { 'aws:TagKeys': tagKeys })],
    run: ({ resourceArn, tagKeys }, context) => context.write((draft) => {
      const tagged = getTagged(resourceArn, draft, context);
      tagged.retag(draft, tagged.Tags.filter(({ Key }) => !tagKeys.includes(Key)));
      return {};
    }),
  },

  ListTagsForResource: {
    access: ({ resourceArn }, context) => [taggedAsk(resourceArn, context)],
    run: ({ resourceArn }, context) => ({ tags: shownTags(getTagged(resourceArn, context.view, context).Tags) }),
  },
} satisfies Operations<Eks, 'TagResource' | 'UntagResource' | 'ListTagsForResource'>;

/** Tags as they are given: none of AWS's own. */
export function readTags<Name extends string>(tags: TagMap = {}, error: Raise<Name>, refusal: NoInfer<Name>): readonly TagDoc[] {
  const read = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  if (read.some(({ Key }) => Key.toLowerCase().startsWith('aws:'))) throw error(refusal, 'Tag keys that begin with aws: are reserved.');
  return read;
}

export const shownTags = (tags: readonly TagDoc[] = []): TagMap => Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));

export const requestTagContext = (tags: readonly TagDoc[]): NonNullable<Ask['context']> =>
  (tags.length === 0 ? {} : { 'aws:TagKeys': tags.map(({ Key }) => Key), ...Object.fromEntries(tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value])) });

function taggedAsk(resourceArn: string, context: Context, more: Ask['context'] = {}): Ask {
  return { resource: resourceArn, context: { ...resourceTagContext(findTagged(resourceArn, context.view, context)?.Tags), ...more } };
}

/** What an ARN names: of the caller's own account, in the region that is asked. */
function findTagged(resourceArn: string, view: AccountView, { account, region, error }: Pick<Context, 'account' | 'region' | 'error'>): Tagged | undefined {
  const parsed = arn.parse(resourceArn);
  // GUESS: the words.
  if (!parsed || parsed.service !== 'eks') throw error('BadRequestException', `${resourceArn} is no ARN of EKS.`);
  if (parsed.partition !== arn.partition || parsed.account !== account || parsed.region !== region) return undefined;
  const slash = parsed.resource.indexOf('/');
  const kind = parsed.resource.slice(0, slash);
  return Object.hasOwn(kinds, kind) ? kinds[kind]!(view, region, parsed.resource.slice(slash + 1)) : undefined;
}

function getTagged(resourceArn: string, view: AccountView, context: Pick<Context, 'account' | 'region' | 'error'>): Tagged {
  const tagged = findTagged(resourceArn, view, context);
  if (!tagged) throw context.error('NotFoundException', `${resourceArn} was not found.`);
  return tagged;
}
