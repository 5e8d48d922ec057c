/** Tags of buckets and objects: what they may be. Source: "Categorizing your storage using tags" (S3 User Guide); PutBucketTagging (S3 API Reference). */
import { ApiError } from '../../base/api-error.ts';

export interface Tag { readonly Key: string; readonly Value: string }

const keyLengthMax = 128;
const valueLengthMax = 256;
export const tagsPerObjectMax = 10;
export const tagsPerBucketMax = 50;

const form = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** The tags, if they may be. Raises InvalidTag, BadRequest's kin. */
export function checkedTags(tags: readonly Tag[], max: number): readonly Tag[] {
  // AWS: the words of both.
  if (tags.length > max) throw new ApiError('InvalidTag', max === tagsPerObjectMax ? 'Object tags cannot be greater than 10' : 'Bucket tag count cannot be greater than 50');
  const seen = new Set<string>();
  for (const { Key, Value } of tags) {
    if (Key === '' || [...Key].length > keyLengthMax || !form.test(Key)) throw new ApiError('InvalidTag', 'The TagKey you have provided is invalid', { details: { TagKey: Key.slice(0, 256) } });
    if ([...Value].length > valueLengthMax || !form.test(Value)) throw new ApiError('InvalidTag', 'The TagValue you have provided is invalid', { details: { TagKey: Key.slice(0, 256), TagValue: Value.slice(0, 512) } });
    if (Key.toLowerCase().startsWith('aws:')) throw new ApiError('InvalidTag', 'System tags cannot be added/updated by requester');
    if (seen.has(Key)) throw new ApiError('InvalidTag', 'Cannot provide multiple Tags with the same key', { details: { TagKey: Key } });
    seen.add(Key);
  }
  return tags.map(({ Key, Value }) => ({ Key, Value }));
}
