/** Tags of objects: given with the object as a header, or by themselves. Source: "Categorizing your storage using tags" (S3 User Guide). */
import type { ObjectAttributes } from './attributes.ts';
import { onBucket } from './bucket.ts';
import type { S3Run } from './bucket.ts';
import type { OwnedBucket } from './owned-bucket.ts';
import { getVersion } from './object-lookup.ts';
import { forwardOfObject } from './upstream.ts';
import { versionAnswer } from './versions.ts';
import { checkedTags, tagsPerObjectMax } from './tags.ts';
import type { Tag } from './tags.ts';

interface Named { readonly Bucket: string; readonly Key: string; readonly VersionId?: string | undefined }

/** Replaces the tags, whatever else becomes of the object meanwhile. */
async function replaceTags(input: Named, tags: readonly Tag[], context: S3Run, owned: OwnedBucket) {
  const { bucket } = owned;
  for (;;) {
    const object = getVersion(input, context, owned);
    const attributes: ObjectAttributes = { ...object.attributes, tags };
    // It is another object's by now where this fails: that is looked up.
    if (await context.objects.replaceAttributes(bucket.BucketId, object.sequence, attributes)) return versionAnswer(object, bucket);
  }
}

export const objectTags = {
  GetObjectTagging: onBucket('GetObjectTagging', (input, context, owned) => {
    const object = getVersion(input, context, owned);
    return { ...versionAnswer(object, owned.bucket), TagSet: object.attributes.tags };
  }, { needsObjects: true, upstream: forwardOfObject }),
  PutObjectTagging: onBucket('PutObjectTagging', (input, context, owned) => replaceTags(input, checkedTags(input.Tagging.TagSet, tagsPerObjectMax), context, owned), { needsObjects: true, upstream: forwardOfObject }),
  DeleteObjectTagging: onBucket('DeleteObjectTagging', (input, context, owned) => replaceTags(input, [], context, owned), { needsObjects: true, upstream: forwardOfObject }),
};
