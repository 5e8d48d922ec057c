/** CopyObject: an object's bytes read from where they are and sealed anew where they go. */
import type { CopyObjectRequest, UploadPartCopyRequest } from '../../../models/s3.ts';
import { checksumAlgorithms } from '../../base/byte-stream.ts';
import type { ChecksumAlgorithm } from '../../base/byte-stream.ts';
import type { ObjectAttributes } from './attributes.ts';
import { getBucket, onBucket } from './bucket.ts';
import type { S3Run } from './bucket.ts';
import { copySourceOf } from './copy-source.ts';
import { s3Limits } from './limits.ts';
import { measured } from './measured.ts';
import { checksumAnswer, quoted } from './object-answer.ts';
import { statedLock, withDefault } from './new-lock.ts';
import { attributesOf, checkNewObject } from './object-input.ts';
import { absent, checkVersionId } from './object-lookup.ts';
import type { ByteRange, Opened } from './objects/object-store.ts';
import { ObjectRefused } from './objects/object-store.ts';
import { writeConditions } from './put-object.ts';
import { checkConditions } from './read-conditions.ts';
import { refused, worded } from './refused.ts';
import { newSealing, openingKey, sealingAnswer } from './sealing.ts';
import { copyBetweenStores, forwardCopy } from './upstream.ts';
import { versionAnswer, versioningOf } from './versions.ts';

/** The source of a copy, opened. Raises what keeps it from being read, and InvalidRequest where it is too large to be copied in one. */
export async function openSource(input: CopyObjectRequest | UploadPartCopyRequest, context: S3Run, range: (sizeBytes: number) => ByteRange | undefined): Promise<Opened<ObjectAttributes> & { readonly copied: { readonly sizeBytes: number } }> {
  const { error, objects } = context;
  const { bucket: name, key, versionId } = copySourceOf(input.CopySource);
  const source = getBucket(name, context);
  if (input.ExpectedSourceBucketOwner !== undefined && input.ExpectedSourceBucketOwner !== source.owner) throw error('AccessDenied', 'Access Denied');
  if (source.bucket.Upstream) throw copyBetweenStores(context);
  const named = { Bucket: name, Key: key, VersionId: versionId };
  checkVersionId(named, context);
  let sizeBytes = 0;
  try {
    const opened = await objects.open({
      bucket: source.bucket.BucketId, key, versionId,
      select(object) {
        if (object.isDeleteMarker) throw versionId === undefined ? absent(named, object, context, source) : error('InvalidRequest', 'The source of a copy request may not specifically refer to a delete marker by version id.');
        const sealing = openingKey(object.attributes.sealing, { SSECustomerAlgorithm: input.CopySourceSSECustomerAlgorithm, SSECustomerKey: input.CopySourceSSECustomerKey, SSECustomerKeyMD5: input.CopySourceSSECustomerKeyMD5 }, source, context);
        const conditions = { IfMatch: input.CopySourceIfMatch, IfNoneMatch: input.CopySourceIfNoneMatch, IfModifiedSince: input.CopySourceIfModifiedSince, IfUnmodifiedSince: input.CopySourceIfUnmodifiedSince };
        // Of a source everything that does not hold is a condition that failed. Source: CopyObject (S3 API Reference).
        checkConditions(conditions, object, (kind, message, options) => (kind === 'NotModified' ? error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold') : error('PreconditionFailed', message, options)));
        const selected = range(object.sizeBytes);
        sizeBytes = selected ? selected.last - selected.first + 1 : object.sizeBytes;
        if (sizeBytes > s3Limits.objectBytesMax) throw error('InvalidRequest', `The specified copy source is larger than the maximum allowable size for a copy source: ${s3Limits.objectBytesMax}`);
        return { range: selected, sealingKey: sealing.key };
      },
    });
    return { ...opened, copied: { sizeBytes } };
  } catch (thrown) {
    if (thrown instanceof ObjectRefused && (thrown.reason === 'NoSuchKey' || thrown.reason === 'NoSuchVersion')) throw absent(named, undefined, context, source);
    throw refused(thrown, named, error);
  }
}

/** The algorithm that a request asks for, if it is one. */
export function askedAlgorithm(name: string | undefined, { error }: Pick<S3Run, 'error'>): ChecksumAlgorithm | undefined {
  if (name === undefined) return undefined;
  const algorithm = checksumAlgorithms.find((one) => one === name.toUpperCase());
  if (!algorithm) throw error('InvalidRequest', 'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]');
  return algorithm;
}

/** What a copy has beside its bytes: the source's, or what the request gives. */
function copiedAttributes(input: CopyObjectRequest, given: ReturnType<typeof attributesOf>, source: ObjectAttributes): Omit<ObjectAttributes, 'sealing' | 'checksum' | 'parts' | 'uploadId'> {
  const { checksum: _, parts: __, sealing: ___, uploadId: ____, tags, ...headers } = source;
  return { ...(input.MetadataDirective === 'REPLACE' ? given : headers), tags: input.TaggingDirective === 'REPLACE' ? given.tags : tags };
}

export const copyObject = {
  CopyObject: onBucket('CopyObject', async (input, context, owned) => {
    const { bucket } = owned;
    const { error, objects, now } = context;
    checkNewObject(input, context);
    const algorithm = askedAlgorithm(input.ChecksumAlgorithm, context);
    const conditions = writeConditions(input, context);
    // What locks the source does not lock the copy. Source: CopyObject (S3 API Reference).
    const lock = withDefault(statedLock(input, bucket, context), bucket, now);
    const from = copySourceOf(input.CopySource);
    const isOnItself = from.bucket === input.Bucket && from.key === input.Key && from.versionId === undefined;
    const changes = input.MetadataDirective === 'REPLACE' || input.TaggingDirective === 'REPLACE' || input.SSECustomerAlgorithm !== undefined || input.CopySourceSSECustomerAlgorithm !== undefined || input.ServerSideEncryption !== undefined || algorithm !== undefined;
    if (isOnItself && !changes) throw error('InvalidRequest', "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.");
    const sealing = newSealing(input, owned, context);
    if (input.TaggingDirective !== 'REPLACE' && input.Tagging !== undefined) throw error('InvalidArgument', 'The tagging header is only used where the tagging directive is REPLACE.', { details: { ArgumentName: 'x-amz-tagging' } });
    const given = attributesOf(input);
    // Behind this nothing is refused before the source is read, whose files would stay open.
    const { object: source, body } = await openSource(input, context, () => undefined);
    const stream = measured(body, algorithm ?? source.attributes.checksum?.algorithm);
    const attributes = copiedAttributes(input, given, source.attributes);
    const object = await worded(objects.put({
      bucket: bucket.BucketId, key: input.Key, versioning: versioningOf(bucket), conditions, source: stream, sealingKey: sealing.key,
      verified() {
        const checksum = stream.checksum();
        return { etag: stream.md5(), lastModified: now, lock, attributes: { ...attributes, ...(checksum && { checksum: { ...checksum, type: 'FULL_OBJECT' as const } }), sealing: sealing.sealing } };
      },
    }), input, error);
    return {
      CopyObjectResult: { ETag: quoted(object.etag), LastModified: object.lastModified, ...checksumAnswer(object.attributes.checksum) },
      ...versionAnswer(object, bucket),
      ...sealingAnswer(sealing),
      ...(source.versionId !== 'null' && { CopySourceVersionId: source.versionId }),
    };
  }, { needsObjects: true, upstream: forwardCopy }),
};
