/** Tags of log groups, by name and by ARN. Source: "TagResource" and its siblings, "TagLogGroup" and its siblings (CloudWatch Logs API Reference). */
import type { Logs } from '../../../models/logs.ts';
import type { Ask } from '../../authz/ask.ts';
import type { Raise } from '../../base/api-error.ts';
import type { AccessContext, Operations, RunContext } from '../operation.ts';
import { limits } from './limits.ts';
import { getGroup, groupAsk, nameOf, taggedAsk } from './lookup.ts';

type Tags = Readonly<Record<string, string>>;
type Named = AccessContext<'InvalidParameterException' | 'ResourceNotFoundException'>;

export const tags = {
  TagResource: {
    access: ({ resourceArn, tags }, context) => [taggedAsk(context, byArn(resourceArn, context), requestTagContext(tags))],
    run: ({ resourceArn, tags }, context) => tag(byArn(resourceArn, context), tags, context, (message) => context.error('TooManyTagsException', message)),
  },
  UntagResource: {
    access: ({ resourceArn, tagKeys }, context) => [taggedAsk(context, byArn(resourceArn, context), { 'aws:TagKeys': tagKeys })],
    run: ({ resourceArn, tagKeys }, context) => untag(byArn(resourceArn, context), tagKeys, context),
  },
  ListTagsForResource: {
    access: ({ resourceArn }, context) => [taggedAsk(context, byArn(resourceArn, context))],
    run: ({ resourceArn }, context) => ({ tags: tagsOf(byArn(resourceArn, context), context) }),
  },

  TagLogGroup: {
    access: ({ logGroupName, tags }, context) => [groupAsk(context, logGroupName, requestTagContext(tags))],
    run: ({ logGroupName, tags }, context) => tag(logGroupName, tags, context, (message) => context.error('InvalidParameterException', message)),
  },
  UntagLogGroup: {
    access: ({ logGroupName, tags }, context) => [groupAsk(context, logGroupName, { 'aws:TagKeys': tags })],
    run: ({ logGroupName, tags }, context) => untag(logGroupName, tags, context),
  },
  ListTagsLogGroup: {
    access: ({ logGroupName }, context) => [groupAsk(context, logGroupName)],
    run: ({ logGroupName }, context) => ({ tags: tagsOf(logGroupName, context) }),
  },
} satisfies Operations<Logs, 'TagResource' | 'UntagResource' | 'ListTagsForResource' | 'TagLogGroup' | 'UntagLogGroup' | 'ListTagsLogGroup'>;

/** Of what can be tagged only log groups are here. */
function byArn(resourceArn: string, context: Named): string {
  if (!resourceArn.startsWith('arn:')) throw context.error('InvalidParameterException', `Invalid resource ARN: ${resourceArn}`);
  return nameOf(resourceArn, context);
}

export function requestTagContext(tags: Tags | undefined): Ask['context'] {
  if (!tags || Object.keys(tags).length === 0) return {};
  return { 'aws:TagKeys': Object.keys(tags), ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value])) };
}

/** Beside what the model says of keys and values. GUESS: the words. */
export function checkTags(tags: Tags, error: Raise<'InvalidParameterException'>): void {
  const reserved = Object.keys(tags).find((key) => key.toLowerCase().startsWith('aws:'));
  if (reserved !== undefined) throw error('InvalidParameterException', `Tag keys that begin with aws: are reserved: ${reserved}`);
}

function tag(name: string, tags: Tags, { write, region, error }: Pick<RunContext<'ResourceNotFoundException' | 'InvalidParameterException'>, 'write' | 'region' | 'error'>, tooMany: (message: string) => Error): Promise<void> {
  checkTags(tags, error);
  return write((draft) => {
    const group = getGroup(draft, region, name, error);
    const Tags = { ...group.Tags, ...tags };
    if (Object.keys(Tags).length > limits.tagsMax) throw tooMany(`A log group can have up to ${limits.tagsMax} tags.`);
    draft.logGroups.update({ ...group, Tags });
  });
}

function untag(name: string, keys: readonly string[], { write, region, error }: Pick<RunContext<'ResourceNotFoundException'>, 'write' | 'region' | 'error'>): Promise<void> {
  return write((draft) => {
    const group = getGroup(draft, region, name, error);
    draft.logGroups.update({ ...group, Tags: Object.fromEntries(Object.entries(group.Tags ?? {}).filter(([key]) => !keys.includes(key))) });
  });
}

const tagsOf = (name: string, { view, region, error }: Pick<RunContext<'ResourceNotFoundException'>, 'view' | 'region' | 'error'>): Tags => getGroup(view, region, name, error).Tags ?? {};
