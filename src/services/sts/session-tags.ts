/** Session tags and source identity of a new session: given, inherited through a chain, and how they meet. Source: "Pass session tags in AWS STS" (IAM User Guide). */
import type { Tag } from '../../../models/sts.ts';
import type { Raise } from '../../base/api-error.ts';
import type { SessionClaims } from '../../base/session.ts';

export interface SessionTags {
  /** What the new session carries: the tags given and the transitive ones of the calling session. */
  readonly tags: Readonly<Record<string, string>>;
  readonly transitiveTagKeys: readonly string[];
  /** What the calling session hands on, by key in lower case. */
  readonly inherited: ReadonlyMap<string, { readonly key: string; readonly value: string }>;
}

/** Raises InvalidParameterValue for tags given twice, reserved, in conflict with inherited ones, or transitive without being given. */
export function sessionTags(given: readonly Tag[] = [], transitive: readonly string[] = [], calling: SessionClaims | undefined, error: Raise<never>): SessionTags {
  if (given.length === 0 && transitive.length === 0 && !calling?.transitiveTagKeys?.length) return noTags;
  const inherited = inheritedTags(calling);
  const tags = new Map<string, { key: string; value: string }>();
  for (const { Key, Value } of given) {
    const folded = Key.toLowerCase();
    if (folded.startsWith('aws:')) throw error('InvalidParameterValue', 'aws: prefixed tag key names are not allowed for external use.');
    if (tags.has(folded)) throw error('InvalidParameterValue', 'Duplicate tag keys found. Please note that Tag keys are case insensitive.');
    if (inherited.has(folded)) throw error('InvalidParameterValue', "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.");
    tags.set(folded, { key: Key, value: Value });
  }
  const transitiveKeys = new Map([...inherited].map(([folded, { key }]) => [folded, key]));
  for (const key of transitive) {
    const tag = tags.get(key.toLowerCase());
    if (!tag) throw error('InvalidParameterValue', 'The specified transitive tag key must be included in the requested tags.');
    transitiveKeys.set(key.toLowerCase(), tag.key);
  }
  return {
    tags: Object.fromEntries([...inherited.values(), ...tags.values()].map(({ key, value }) => [key, value])),
    transitiveTagKeys: [...transitiveKeys.values()],
    inherited,
  };
}

/** Most sessions have none. */
const noTags: SessionTags = { tags: {}, transitiveTagKeys: [], inherited: new Map() };

function inheritedTags(calling: SessionClaims | undefined): Map<string, { key: string; value: string }> {
  const inherited = new Map<string, { key: string; value: string }>();
  for (const key of calling?.transitiveTagKeys ?? []) {
    const value = calling?.tags?.[key];
    if (value !== undefined) inherited.set(key.toLowerCase(), { key, value });
  }
  return inherited;
}
