/** Tags of repositories. Source: "TagResource" and its siblings (AWS CodeCommit API Reference); "Quotas in AWS CodeCommit". */
import * as arn from '../../base/arn.ts';
import type { Raise } from '../../base/api-error.ts';
import type { Codecommit } from '../../../models/codecommit.ts';
import type { Ask } from '../../authz/ask.ts';
import type { AccessContext, Operations } from '../operation.ts';
import { getRepository, repositoryAsk } from './lookup.ts';

type Tags = Readonly<Record<string, string>>;

const tagsMax = 50;

export const tags = {
  TagResource: {
    access: ({ resourceArn, tags }, context) => [repositoryAsk(context, nameOf(resourceArn, context), requestTagContext(tags))],
    run: ({ resourceArn, tags }, context) => context.write((draft) => {
      checkTags(tags, context.error);
      const repository = getRepository(draft, context.region, nameOf(resourceArn, context), context.error);
      const merged = { ...repository.Tags, ...tags };
      if (Object.keys(merged).length > tagsMax) throw tooMany(context.error);
      draft.repositories.update({ ...repository, Tags: merged });
    }),
  },

  UntagResource: {
    access: ({ resourceArn, tagKeys }, context) => [repositoryAsk(context, nameOf(resourceArn, context), { 'aws:TagKeys': tagKeys })],
    run: ({ resourceArn, tagKeys }, context) => context.write((draft) => {
      const repository = getRepository(draft, context.region, nameOf(resourceArn, context), context.error);
      const Tags = Object.fromEntries(Object.entries(repository.Tags ?? {}).filter(([key]) => !tagKeys.includes(key)));
      draft.repositories.update({ ...repository, Tags });
    }),
  },

  ListTagsForResource: {
    access: ({ resourceArn }, context) => [repositoryAsk(context, nameOf(resourceArn, context))],
    run: ({ resourceArn }, context) => ({ tags: getRepository(context.view, context.region, nameOf(resourceArn, context), context.error).Tags ?? {} }),
  },
} satisfies Operations<Codecommit, 'TagResource' | 'UntagResource' | 'ListTagsForResource'>;

/** The repository that an ARN names: one of the caller's own account, in the region that is asked. */
function nameOf(resourceArn: string, { account, region, error }: Pick<AccessContext<'InvalidResourceArnException'>, 'account' | 'region' | 'error'>): string {
  const parsed = arn.parse(resourceArn);
  const isHere = parsed?.service === 'codecommit' && parsed.partition === arn.partition && parsed.account === account && parsed.region === region;
  if (!isHere || !/^[\w.-]{1,100}$/.test(parsed.resource)) throw error('InvalidResourceArnException', 'The value for the resource ARN is not valid.');
  return parsed.resource;
}

export function requestTagContext(tags: Tags | undefined): Ask['context'] {
  if (!tags || Object.keys(tags).length === 0) return {};
  return { 'aws:TagKeys': Object.keys(tags), ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value])) };
}

/** Beside what the model says of keys and values. */
export function checkTags(tags: Tags, error: Raise<'InvalidSystemTagUsageException' | 'TooManyTagsException'>): void {
  const keys = Object.keys(tags);
  if (keys.some((key) => key.toLowerCase().startsWith('aws:'))) throw error('InvalidSystemTagUsageException', 'Tag keys that begin with aws: are reserved.');
  if (keys.length > tagsMax) throw tooMany(error);
}

function tooMany(error: Raise<'TooManyTagsException'>): Error {
  return error('TooManyTagsException', `The maximum number of tags for an AWS CodeCommit resource has been exceeded: ${tagsMax}`);
}
