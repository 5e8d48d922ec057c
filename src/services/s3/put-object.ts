/** PutObject: bytes as they come, kept once they are found to be what they were said to be. */
import { onBucket } from './bucket.ts';
import type { S3Run } from './bucket.ts';
import { checksumAnswer, quoted, storedChecksum } from './object-answer.ts';
import { assertChecked, statedLock, withDefault } from './new-lock.ts';
import { attributesOf, checkNewObject } from './object-input.ts';
import type { WriteConditions } from './objects/object-store.ts';
import { checkedBody } from './put-object-body.ts';
import { worded } from './refused.ts';
import { newSealing, sealingAnswer } from './sealing.ts';
import { forwardBody } from './upstream.ts';
import { versionAnswer, versioningOf } from './versions.ts';

/** The conditions of a write. Source: "Conditional writes" (S3 User Guide). */
export function writeConditions({ IfMatch, IfNoneMatch }: { readonly IfMatch?: string | undefined; readonly IfNoneMatch?: string | undefined }, { error }: Pick<S3Run, 'error'>): WriteConditions {
  if (IfNoneMatch !== undefined && IfNoneMatch !== '*') throw error('NotImplemented', 'A header you provided implies functionality that is not implemented', { details: { Header: 'If-None-Match', additionalMessage: 'We don\'t accept the provided value of If-None-Match header for this API' } });
  if (IfMatch !== undefined && IfNoneMatch !== undefined) throw error('NotImplemented', 'A header you provided implies functionality that is not implemented', { details: { Header: 'If-Match,If-None-Match', additionalMessage: 'Multiple conditional request headers present in the request' } });
  return { ...(IfMatch !== undefined && { ifMatch: IfMatch.replaceAll('"', '') }), ...(IfNoneMatch !== undefined && { ifNoneMatch: '*' as const }) };
}

export const putObject = {
  PutObject: onBucket('PutObject', async (input, context, owned) => {
    const { bucket } = owned;
    checkNewObject(input, context);
    const body = checkedBody(input.Body, context);
    const sealing = newSealing(input, owned, context);
    const conditions = writeConditions(input, context);
    const lock = withDefault(statedLock(input, bucket, context), bucket, context.now);
    const object = await worded(context.objects.put({
      bucket: bucket.BucketId, key: input.Key, versioning: versioningOf(bucket), conditions, source: body, sealingKey: sealing.key,
      verified() {
        const digests = body.verified();
        const checksum = storedChecksum(digests.checksum);
        // GUESS: that a form, which has no length beforehand either, need not say.
        const isForm = body.statedBytes === undefined;
        assertChecked(lock, 'Put Object', isForm || input.ContentMD5 !== undefined || checksum !== undefined, context);
        return { etag: digests.md5, lastModified: context.now, lock, attributes: { ...attributesOf(input), ...(checksum && { checksum }), sealing: sealing.sealing } };
      },
    }), input, context.error);
    return { ETag: quoted(object.etag), ...versionAnswer(object, bucket), ...sealingAnswer(sealing), ...checksumAnswer(object.attributes.checksum) };
  }, { needsObjects: true, upstream: forwardBody }),
};
