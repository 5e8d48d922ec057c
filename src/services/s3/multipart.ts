/** Objects that come in parts: an upload is begun, its parts are put in any order, and it is completed or aborted. Source: "Multipart upload overview" (S3 User Guide). */
import type { CompletedPart, CompleteMultipartUploadRequest } from '../../../models/s3.ts';
import { ApiError } from '../../base/api-error.ts';
import { newArgument } from '../../base/ids.ts';
import { checksumAlgorithms } from '../../base/byte-stream.ts';
import type { ChecksumAlgorithm } from '../../base/byte-stream.ts';
import type { ObjectAttributes, PartAttributes, UploadAttributes } from './attributes.ts';
import { onBucket } from './bucket.ts';
import type { S3Run } from './bucket.ts';
import type { OwnedBucket } from './owned-bucket.ts';
import { askedAlgorithm, openSource } from './copy-object.ts';
import { s3Limits } from './limits.ts';
import { itemsOf, keyWriter, page, pageSize, prefixesOf } from './list-objects.ts';
import { measured } from './measured.ts';
import { multipartChecksum, multipartEtag } from './multipart-etag.ts';
import { checksumAnswer, checksumMember, quoted } from './object-answer.ts';
import { assertChecked, statedLock, withDefault } from './new-lock.ts';
import { attributesOf, checkKey, checkNewObject } from './object-input.ts';
import type { ObjectVersion, Upload, UploadedPart } from './objects/object-store.ts';
import { canonicalUser } from './owner.ts';
import { writeConditions } from './put-object.ts';
import { checkedBody } from './put-object-body.ts';
import { refused, worded } from './refused.ts';
import { newSealing, openingKey, sealingAnswer } from './sealing.ts';
import type { EncryptionInput, SealingKey } from './sealing.ts';
import { forward, forwardBody, forwardCopy } from './upstream.ts';
import { versionAnswer, versioningOf } from './versions.ts';

interface Named { readonly Bucket: string; readonly Key: string; readonly UploadId: string }

const placed = ({ Key, UploadId }: Named, { bucket }: OwnedBucket) => ({ bucket: bucket.BucketId, key: Key, uploadId: UploadId });

/** The upload that a request names. Raises NoSuchUpload. */
function getUpload(input: Named, { objects, error }: S3Run, owned: OwnedBucket): Upload<UploadAttributes> {
  checkKey(input.Key, { error });
  const upload = objects.findUpload(placed(input, owned));
  if (!upload) throw error('NoSuchUpload', 'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.', { details: { UploadId: input.UploadId.slice(0, 256) } });
  return upload;
}

function checkPartNumber(number: number, { error }: S3Run): void {
  if (number < 1 || number > s3Limits.partNumberMax) throw error('InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive', { details: { ArgumentName: 'partNumber', ArgumentValue: String(number) } });
}

/** Parts are sealed as the upload was begun: with a client's key the request has to bring it again. */
const partSealing = (upload: Upload<UploadAttributes>, input: EncryptionInput, owned: OwnedBucket, context: S3Run): SealingKey => openingKey(upload.attributes.sealing, input, owned, context);

/** Source: CreateMultipartUpload, ChecksumType (S3 API Reference). */
function checksumTypeOf(algorithm: ChecksumAlgorithm | undefined, type: 'COMPOSITE' | 'FULL_OBJECT' | undefined, { error }: S3Run): 'COMPOSITE' | 'FULL_OBJECT' | undefined {
  if (!algorithm) {
    if (type !== undefined) throw error('InvalidRequest', 'The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.');
    return undefined;
  }
  const chosen = type ?? (algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE');
  if ((chosen === 'COMPOSITE' && algorithm === 'CRC64NVME') || (chosen === 'FULL_OBJECT' && algorithm.startsWith('SHA'))) throw error('InvalidRequest', `The ${chosen} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`);
  return chosen;
}

/** The parts as the request lists them, joined with those that are there. Raises InvalidPart, InvalidPartOrder, MalformedXML. */
function completedParts(input: CompleteMultipartUploadRequest, upload: Upload<UploadAttributes>, stored: ReadonlyMap<number, UploadedPart<PartAttributes>>, { error }: S3Run) {
  const listed = input.MultipartUpload?.Parts ?? [];
  if (listed.length === 0 || listed.length > s3Limits.partNumberMax) throw error('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema');
  let last = 0;
  return listed.map((part) => {
    if (part.PartNumber === undefined || part.ETag === undefined) throw error('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema');
    const number = part.PartNumber;
    if (number < 1) throw error('InvalidArgument', 'PartNumber must be >= 1', { details: { ArgumentName: 'PartNumber', ArgumentValue: String(number) } });
    if (number <= last) throw error('InvalidPartOrder', 'The list of parts was not in ascending order. Parts must be ordered by part number.', { details: { UploadId: input.UploadId } });
    last = number;
    const etag = part.ETag.replaceAll('"', '');
    const found = stored.get(number);
    if (!found || found.etag !== etag || !agrees(part, upload, found)) throw error('InvalidPart', "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.", { details: { UploadId: input.UploadId, PartNumber: String(number), ETag: etag } });
    return { number, etag, sizeBytes: found.sizeBytes, checksum: found.attributes.checksum?.algorithm === upload.attributes.checksumAlgorithm ? found.attributes.checksum?.value : undefined };
  });
}

/** Whether the checksum that the request gives for a part, if it gives one, is the part's. */
function agrees(part: CompletedPart, { attributes }: Upload<UploadAttributes>, found: UploadedPart<PartAttributes>): boolean {
  const algorithm = attributes.checksumAlgorithm;
  const given = algorithm && part[`Checksum${algorithm}`];
  return given === undefined || given === found.attributes.checksum?.value;
}

function allParts(input: Named, { objects, error }: S3Run, owned: OwnedBucket): ReadonlyMap<number, UploadedPart<PartAttributes>> {
  try {
    return new Map(objects.listParts(placed(input, owned), 0, s3Limits.partNumberMax).map((part) => [part.number, part]));
  } catch (thrown) {
    throw refused(thrown, input, error);
  }
}

/** Holds the object to the checksum of the whole that the request gives. */
function checkWhole(input: CompleteMultipartUploadRequest, checksum: ObjectAttributes['checksum'], { error }: S3Run): void {
  for (const algorithm of checksumAlgorithms) {
    const given = input[`Checksum${algorithm}`];
    if (given !== undefined && (checksum?.algorithm !== algorithm || checksum.value.replace(/-\d+$/, '') !== given.replace(/-\d+$/, ''))) throw error('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`);
  }
}

/** Makes the upload's parts an object. Raises what keeps it from being one. */
async function complete(input: CompleteMultipartUploadRequest, context: S3Run, owned: OwnedBucket): Promise<ObjectVersion<ObjectAttributes>> {
  const { bucket } = owned;
  const { objects, error, now } = context;
  const upload = getUpload(input, context, owned);
  const { checksumAlgorithm, checksumType, initiator: _, lock, ...attributes } = upload.attributes;
  if (input.ChecksumType !== undefined && checksumType !== undefined && input.ChecksumType !== checksumType) throw error('InvalidRequest', `The upload was created using the ${checksumType} checksum mode. The complete request must use the same checksum mode.`);
  const parts = completedParts(input, upload, allParts(input, context, owned), context);
  const size = parts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  if (input.MpuObjectSize !== undefined && input.MpuObjectSize !== size) throw error('InvalidRequest', `The provided 'x-amz-mp-object-size' header does not match what was computed.`);
  const checksum = multipartChecksum(upload.attributes, parts);
  checkWhole(input, checksum, context);
  return worded(objects.completeUpload({
    ...placed(input, owned), parts: parts.map(({ number, etag }) => ({ number, etag })), partBytesMin: s3Limits.partBytesMin, versioning: versioningOf(bucket), conditions: writeConditions(input, context),
    etag: multipartEtag(parts), lastModified: now, lock: withDefault(lock, bucket, now),
    attributes: { ...attributes, uploadId: input.UploadId, ...(checksum && { checksum }), parts: parts.map(({ number, sizeBytes, checksum: sum }) => ({ number, sizeBytes, checksum: checksumAlgorithm && sum })) },
  }), input, error);
}

/** The object that the upload has become, while it is its key's current version and was made of these parts: a client that did not hear the answer asks again. AWS: a completion can be repeated. */
function completedBefore(input: CompleteMultipartUploadRequest, { objects }: S3Run, { bucket }: OwnedBucket): ObjectVersion<ObjectAttributes> | undefined {
  const object = objects.find({ bucket: bucket.BucketId, key: input.Key });
  if (!object || object.isDeleteMarker || object.attributes.uploadId !== input.UploadId) return undefined;
  const parts = (input.MultipartUpload?.Parts ?? []).map(({ ETag = '' }) => ({ etag: ETag.replaceAll('"', '') }));
  return multipartEtag(parts) === object.etag ? object : undefined;
}

function completionAnswer({ Bucket, Key }: CompleteMultipartUploadRequest, { etag, attributes, ...object }: ObjectVersion<ObjectAttributes>, { bucket }: OwnedBucket) {
  return { Location: `/${Bucket}/${Key}`, Bucket, Key, ETag: quoted(etag), ...versionAnswer(object, bucket), ...(attributes.sealing.kind === 'AES256' && { ServerSideEncryption: 'AES256' }), ...checksumAnswer(attributes.checksum) };
}

export const multipart = {
  CreateMultipartUpload: onBucket('CreateMultipartUpload', async (input, context, owned) => {
    checkNewObject(input, context);
    const { objects, now, caller, s3, error } = context;
    const sealing = newSealing(input, owned, context);
    const checksumAlgorithm = askedAlgorithm(input.ChecksumAlgorithm, context);
    const checksumType = checksumTypeOf(checksumAlgorithm, input.ChecksumType, context);
    const lock = statedLock(input, owned.bucket, context);
    const uploadId = newArgument(32, s3.random);
    const attributes: UploadAttributes = { ...attributesOf(input), sealing: sealing.sealing, ...(lock && { lock }), ...(checksumAlgorithm && { checksumAlgorithm }), ...(checksumType && { checksumType }), initiator: caller.account === undefined ? { ID: 'anonymous', DisplayName: 'anonymous' } : { ID: caller.arn, DisplayName: caller.arn.slice(caller.arn.lastIndexOf('/') + 1) } };
    await worded(objects.createUpload({ bucket: owned.bucket.BucketId, key: input.Key, uploadId, initiated: now, attributes }), input, error);
    return { Bucket: input.Bucket, Key: input.Key, UploadId: uploadId, ...sealingAnswer(sealing), ...(checksumAlgorithm && { ChecksumAlgorithm: checksumAlgorithm }), ...(checksumType && { ChecksumType: checksumType }) };
  }, { needsObjects: true, upstream: forward }),
  UploadPart: onBucket('UploadPart', async (input, context, owned) => {
    checkPartNumber(input.PartNumber, context);
    const upload = getUpload(input, context, owned);
    const body = checkedBody(input.Body, context);
    const sealing = partSealing(upload, input, owned, context);
    const algorithm = upload.attributes.checksumAlgorithm;
    const lock = withDefault(upload.attributes.lock, owned.bucket, context.now);
    const part = await worded(context.objects.putPart(placed(input, owned), input.PartNumber, {
      source: body, sealingKey: sealing.key,
      verified() {
        const { md5, checksum } = body.verified();
        assertChecked(lock, 'Upload Part', input.ContentMD5 !== undefined || checksum !== undefined, context);
        if (checksum && algorithm && checksum.algorithm !== algorithm) throw context.error('InvalidRequest', `Checksum Type mismatch occurred, expected checksum Type: ${algorithm.toLowerCase()}, actual checksum Type: ${checksum.algorithm.toLowerCase()}`);
        return { etag: md5, lastModified: context.now, attributes: checksum ? { checksum } : {} };
      },
    }), input, context.error);
    return { ETag: quoted(part.etag), ...sealingAnswer(sealing), ...checksumMember(part.attributes.checksum) };
  }, { needsObjects: true, upstream: forwardBody }),
  UploadPartCopy: onBucket('UploadPartCopy', async (input, context, owned) => {
    checkPartNumber(input.PartNumber, context);
    const { error, objects, now } = context;
    const upload = getUpload(input, context, owned);
    const sealing = partSealing(upload, input, owned, context);
    const { object: source, body } = await openSource(input, context, (sizeBytes) => copiedRange(input.CopySourceRange, sizeBytes, context));
    const stream = measured(body, upload.attributes.checksumAlgorithm);
    const part = await worded(objects.putPart(placed(input, owned), input.PartNumber, {
      source: stream, sealingKey: sealing.key,
      verified() {
        const checksum = stream.checksum();
        return { etag: stream.md5(), lastModified: now, attributes: checksum ? { checksum } : {} };
      },
    }), input, error);
    return { CopyPartResult: { ETag: quoted(part.etag), LastModified: part.lastModified, ...checksumMember(part.attributes.checksum) }, ...sealingAnswer(sealing), ...(source.versionId !== 'null' && { CopySourceVersionId: source.versionId }) };
  }, { needsObjects: true, upstream: forwardCopy }),
  CompleteMultipartUpload: onBucket('CompleteMultipartUpload', async (input, context, owned) => {
    try {
      return completionAnswer(input, await complete(input, context, owned), owned);
    } catch (thrown) {
      // Its parts are gone where another completed it between two looks.
      const object = thrown instanceof ApiError && (thrown.name === 'NoSuchUpload' || thrown.name === 'InvalidPart') ? completedBefore(input, context, owned) : undefined;
      if (!object) throw thrown;
      return completionAnswer(input, object, owned);
    }
  }, { needsObjects: true, upstream: forward }),
  AbortMultipartUpload: onBucket('AbortMultipartUpload', async (input, context, owned) => {
    if (input.IfMatchInitiatedTime !== undefined) throw context.error('NotImplemented', 'Conditions on the time of an upload are for directory buckets.');
    getUpload(input, context, owned);
    await worded(context.objects.abortUpload(placed(input, owned)), input, context.error);
    return {};
  }, { needsObjects: true, upstream: forward }),
  ListParts: onBucket('ListParts', (input, context, owned) => {
    const { attributes } = getUpload(input, context, owned);
    const limit = pageSize(input.MaxParts, 'max-parts', context);
    const after = input.PartNumberMarker ?? 0;
    const parts = limit === 0 ? [] : context.objects.listParts(placed(input, owned), after, limit + 1);
    const shown = parts.slice(0, limit);
    const { checksumAlgorithm, checksumType } = attributes;
    return {
      Bucket: input.Bucket, Key: input.Key, UploadId: input.UploadId, PartNumberMarker: after, MaxParts: limit, IsTruncated: parts.length > shown.length,
      ...(shown.length > 0 && { NextPartNumberMarker: shown.at(-1)!.number }),
      Parts: shown.map(({ number, sizeBytes, etag, lastModified, attributes: { checksum } }) => Object.assign({ PartNumber: number, LastModified: lastModified, ETag: quoted(etag), Size: sizeBytes }, checksumMember(checksum))),
      Initiator: attributes.initiator, Owner: canonicalUser(owned.owner), StorageClass: 'STANDARD' as const,
      ...(checksumAlgorithm && { ChecksumAlgorithm: checksumAlgorithm }), ...(checksumType && { ChecksumType: checksumType }),
    };
  }, { needsObjects: true, upstream: forward }),
  ListMultipartUploads: onBucket('ListMultipartUploads', (input, context, owned) => {
    const write = keyWriter(input.EncodingType);
    const limit = pageSize(input.MaxUploads, 'max-uploads', context);
    const { entries, isTruncated } = page(input, input.KeyMarker, limit, owned, context, (options) => context.objects.listUploads({ ...options, afterUploadId: (input.KeyMarker && input.UploadIdMarker) || undefined }));
    const last = entries.at(-1);
    const Owner = canonicalUser(owned.owner);
    return {
      Bucket: input.Bucket, KeyMarker: write(input.KeyMarker ?? ''), UploadIdMarker: input.UploadIdMarker ?? '', Prefix: write(input.Prefix ?? ''), MaxUploads: limit, IsTruncated: isTruncated,
      ...(input.Delimiter && { Delimiter: write(input.Delimiter) }), ...(input.EncodingType !== undefined && { EncodingType: input.EncodingType }),
      ...(isTruncated && last && ('item' in last ? { NextKeyMarker: write(last.item.key), NextUploadIdMarker: last.item.uploadId } : { NextKeyMarker: write(last.commonPrefix) })),
      Uploads: itemsOf(entries).map(({ uploadId, key, initiated, attributes }) => ({ UploadId: uploadId, Key: write(key), Initiated: initiated, StorageClass: 'STANDARD' as const, Owner, Initiator: attributes.initiator, ChecksumAlgorithm: attributes.checksumAlgorithm, ChecksumType: attributes.checksumType })),
      CommonPrefixes: prefixesOf(entries, write),
    };
  }, { needsObjects: true, upstream: forward }),
};

/** A part's range must be whole: what is not one is refused, unlike a reader's. Source: UploadPartCopy (S3 API Reference). */
function copiedRange(header: string | undefined, sizeBytes: number, { error }: S3Run) {
  if (header === undefined) return undefined;
  const invalid = () => error('InvalidArgument', 'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy', { details: { ArgumentName: 'x-amz-copy-source-range', ArgumentValue: header.slice(0, 64) } });
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(header)?.map(Number) ?? [];
  if (first === undefined || last === undefined) throw invalid();
  if (last < first || last >= sizeBytes) throw error('InvalidArgument', `Range specified is not valid for source object of size: ${sizeBytes}`, { details: { ArgumentName: 'x-amz-copy-source-range', ArgumentValue: header.slice(0, 64) } });
  return { first, last };
}
