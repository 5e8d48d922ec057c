/** Tags of IAM's resources: how they are merged and removed, and what they say to policies. Source: "Tags for AWS Identity and Access Management resources" (IAM User Guide). */
import type { Raise } from '../../base/api-error.ts';
import type { ContextValue } from '../../policy/types.ts';
import { foldCase, type TagDoc } from '../../store/tables.ts';
import { tagsMax } from './quotas.ts';

interface TagRules {
  /** Keys that this maps to the same text are the same key. */
  readonly identity: (key: string) => string;
  /** The condition keys that say which tags the resource has. Source: resource types of IAM (Service Authorization Reference). */
  readonly contextKeys: readonly ('aws:ResourceTag' | 'iam:ResourceTag')[];
}

/**
 * Keys of users and roles are the same whatever their letter case; those of other resources are not
 * ("Case sensitivity" on the same page: a policy may have both Costcenter and costcenter).
 */
const rules = {
  user: { identity: foldCase, contextKeys: ['aws:ResourceTag', 'iam:ResourceTag'] },
  role: { identity: foldCase, contextKeys: ['aws:ResourceTag', 'iam:ResourceTag'] },
  policy: { identity: (key) => key, contextKeys: ['aws:ResourceTag'] },
  mfaDevice: { identity: (key) => key, contextKeys: ['aws:ResourceTag'] },
  instanceProfile: { identity: (key) => key, contextKeys: ['aws:ResourceTag'] },
  oidcProvider: { identity: (key) => key, contextKeys: ['aws:ResourceTag'] },
  samlProvider: { identity: (key) => key, contextKeys: ['aws:ResourceTag'] },
  serverCertificate: { identity: (key) => key, contextKeys: ['aws:ResourceTag'] },
} as const satisfies Record<string, TagRules>;

export type Taggable = keyof typeof rules;

/** The tags after `added` is put on: a key that is there is replaced, letter case included. The answer is sorted by key, as the List…Tags operations show it. */
export function mergeTags(kind: Taggable, existing: readonly TagDoc[] | undefined, added: readonly TagDoc[], error: Raise<'InvalidInput' | 'LimitExceeded'>): readonly TagDoc[] {
  const { identity } = rules[kind];
  const addedKeys = new Set(added.map(({ Key }) => identity(Key)));
  if (addedKeys.size < added.length) throw error('InvalidInput', 'Duplicate tag keys found. Please note that Tag keys are case insensitive.');
  const reserved = added.find(({ Key }) => foldCase(Key).startsWith('aws:'));
  // GUESS: the words; the page says that the prefix is reserved in any letter case.
  if (reserved) throw error('InvalidInput', `Tag key ${reserved.Key} is invalid. Tag keys that begin with aws: are reserved for system use.`);
  const merged = [...(existing ?? []).filter(({ Key }) => !addedKeys.has(identity(Key))), ...added.map(({ Key, Value }) => ({ Key, Value }))];
  if (merged.length > tagsMax) throw error('LimitExceeded', 'The number of tags has reached the maximum limit.');
  return merged.sort((a, b) => (a.Key < b.Key ? -1 : 1));
}

/** The tags after those of the given keys are taken off; keys that are not there are passed over. */
export function removeTags(kind: Taggable, existing: readonly TagDoc[] | undefined, keys: readonly string[]): readonly TagDoc[] {
  const { identity } = rules[kind];
  const removed = new Set(keys.map(identity));
  return (existing ?? []).filter(({ Key }) => !removed.has(identity(Key)));
}

/** Condition keys of one ask, as an Ask takes them. */
export type TagContext = Readonly<Record<string, ContextValue | undefined>>;

/** aws:RequestTag/K and aws:TagKeys: the tags that a request puts on. Nothing when it brings none. */
export function requestTagContext(tags: readonly TagDoc[] | undefined): TagContext {
  if (!tags || tags.length === 0) return {};
  return { ...Object.fromEntries(tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value])), ...tagKeysContext(tags.map(({ Key }) => Key)) };
}

/** aws:TagKeys alone: the tags that a request takes off. */
export function tagKeysContext(keys: readonly string[]): TagContext {
  return keys.length === 0 ? {} : { 'aws:TagKeys': keys };
}

/** aws:ResourceTag/K, and for users and roles iam:ResourceTag/K: the tags that a resource has. */
export function resourceTagContext(kind: Taggable, tags: readonly TagDoc[] | undefined): TagContext {
  if (!tags || tags.length === 0) return {};
  return Object.fromEntries(rules[kind].contextKeys.flatMap((prefix) => tags.map(({ Key, Value }) => [`${prefix}/${Key}`, Value])));
}
