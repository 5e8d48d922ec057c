/** Tags as they are given, and what policies are told of them. Source: "Tag your Amazon EC2 resources" (EC2 User Guide). */
import type { ResourceType, Tag, TagSpecification } from '../../../models/ec2.ts';
import type { Ask } from '../../authz/ask.ts';
import type { Draft } from '../../store/store.ts';
import type { TagDoc } from '../../store/tables.ts';
import { pairKey } from '../../store/tables.ts';
import { ec2Limits } from './limits.ts';
import type { RaiseEc2 } from './lookup.ts';

type Context = NonNullable<Ask['context']>;

/** A key once, and none of AWS's own. */
export function readTags(tags: readonly Tag[], error: RaiseEc2): readonly TagDoc[] {
  const read = tags.map(({ Key = '', Value = '' }) => ({ Key, Value }));
  const keys = new Set<string>();
  for (const { Key, Value } of read) {
    checkTagKey(Key, error);
    if (Value.length > ec2Limits.tagValueLengthMax) throw error('InvalidParameterValue', `Tag value exceeds the maximum length of ${ec2Limits.tagValueLengthMax} characters`);
    if (keys.has(Key)) throw error('InvalidParameterValue', `Duplicate tag key '${Key}' specified.`);
    keys.add(Key);
  }
  if (read.length > ec2Limits.tagsMax) throw error('TagLimitExceeded', `The maximum number of Tags for a resource has been reached: ${ec2Limits.tagsMax}`);
  return read;
}

export function checkTagKey(key: string, error: RaiseEc2): void {
  if (key === '') throw error('InvalidParameterValue', 'Tag key cannot be empty.');
  if (key.length > ec2Limits.tagKeyLengthMax) throw error('InvalidParameterValue', `Tag key exceeds the maximum length of ${ec2Limits.tagKeyLengthMax} characters`);
  if (/^aws:/i.test(key)) throw error('InvalidParameterValue', `Tag keys starting with 'aws:' are reserved for internal use`);
}

/** The tags that a request gives what it makes, by type; only the types that it makes can be tagged. */
export function readTagSpecifications<Type extends ResourceType>(specifications: readonly TagSpecification[] | undefined, makes: readonly Type[], error: RaiseEc2): ReadonlyMap<Type, readonly TagDoc[]> {
  const byType = new Map<Type, readonly TagDoc[]>();
  for (const { ResourceType, Tags = [] } of specifications ?? []) {
    const type = makes.find((made) => made === ResourceType);
    if (!type) throw error('InvalidParameterValue', `'${ResourceType}' is not a valid taggable resource type for this operation.`);
    if (byType.has(type)) throw error('InvalidParameterValue', `The same resource type may not be specified more than once in tag specifications`);
    if (Tags.length === 0) throw error('InvalidParameterValue', 'Tag specification must have at least one tag');
    byType.set(type, readTags(Tags, error));
  }
  return byType;
}

/** In the draft: the resource has these tags beside those it has, or instead. */
export function putTags(draft: Draft, region: string, resourceId: string, type: ResourceType, tags: readonly TagDoc[], error: RaiseEc2): void {
  const key = pairKey(region, resourceId);
  const before = draft.ec2Tags.find(key);
  const Tags = [...(before?.Tags ?? []).filter(({ Key }) => !tags.some((tag) => tag.Key === Key)), ...tags];
  if (Tags.length > ec2Limits.tagsMax) throw error('TagLimitExceeded', `The maximum number of Tags for a resource has been reached: ${ec2Limits.tagsMax}`);
  if (Tags.length === 0) return;
  const doc = { Region: region, ResourceId: resourceId, ResourceType: type, Tags };
  if (before) draft.ec2Tags.update(doc);
  else draft.ec2Tags.insert(doc);
}

export const shownTags = (tags: readonly TagDoc[]): readonly Tag[] => tags.map(({ Key, Value }) => ({ Key, Value }));

/** What a resource has. */
export const resourceTagContext = (tags: readonly TagDoc[]): Context => prefixed(['aws:ResourceTag/', 'ec2:ResourceTag/'], tags);

/** What a request gives it. */
export const requestTagContext = (tags: readonly TagDoc[]): Context => (tags.length === 0 ? {} : { ...prefixed(['aws:RequestTag/'], tags), 'aws:TagKeys': tags.map(({ Key }) => Key) });

const prefixed = (prefixes: readonly string[], tags: readonly TagDoc[]): Context => Object.fromEntries(prefixes.flatMap((prefix) => tags.map(({ Key, Value }) => [`${prefix}${Key}`, Value])));
