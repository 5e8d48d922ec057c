/** GetObject, HeadObject, GetObjectAttributes: an object, or what is known of it. */
import type { GetObjectRequest, HeadObjectRequest, S3 } from '../../../models/s3.ts';
import type { ObjectAttributes } from './attributes.ts';
import { onBucket } from './bucket.ts';
import type { S3Run } from './bucket.ts';
import type { OwnedBucket, UpstreamBucket } from './owned-bucket.ts';
import { s3Limits } from './limits.ts';
import { checksumAnswer, checksumMember, quoted } from './object-answer.ts';
import { lockAnswer, lockMembers } from './object-lock.ts';
import { absent, checkVersionId, getVersion } from './object-lookup.ts';
import type { ByteRange, Opened, Opening, ObjectVersion } from './objects/object-store.ts';
import { checkConditions, rangeOf } from './read-conditions.ts';
import { refused } from './refused.ts';
import { openingKey, sealingAnswer } from './sealing.ts';
import type { SealingKey } from './sealing.ts';
import { forwardOfObject } from './upstream.ts';
import { versionAnswer } from './versions.ts';

type Read = GetObjectRequest | HeadObjectRequest;
type StoredObject = ObjectVersion<ObjectAttributes>;

/** What of an object a request reads, and with which key. Raises what keeps it from being read. */
function selected(input: Read, object: StoredObject, context: S3Run, owned: OwnedBucket): { readonly range: ByteRange | undefined; readonly sealing: SealingKey } {
  const { error } = context;
  if (object.isDeleteMarker) throw absent(input, object, context, owned);
  const sealing = openingKey(object.attributes.sealing, input, owned, context);
  checkConditions(input, object, error, versionHeader(object, owned));
  if (input.PartNumber !== undefined && input.Range !== undefined) throw error('InvalidRequest', 'Cannot specify both Range header and partNumber query parameter');
  return { range: input.PartNumber === undefined ? rangeOf(input.Range, object.sizeBytes, error) : partRange(input.PartNumber, object, context), sealing };
}

const versionHeader = (object: StoredObject, { bucket }: OwnedBucket): Readonly<Record<string, string>> => (bucket.Versioning === undefined ? {} : { 'x-amz-version-id': object.versionId });

/** The bytes of a part that an object was put together from; an object that came in one is its own first part. */
function partRange(number: number, { attributes: { parts }, sizeBytes }: StoredObject, { error }: S3Run): ByteRange | undefined {
  if (number < 1 || number > s3Limits.partNumberMax) throw error('InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive', { details: { ArgumentName: 'partNumber', ArgumentValue: String(number) } });
  const at = parts ? placeOfPart(number, parts) : number - 1;
  if (at >= (parts?.length ?? 1)) throw error('InvalidPartNumber', 'The requested partnumber is not satisfiable', { details: { PartNumberRequested: String(number), ActualPartCount: String(parts?.length ?? 1) } });
  const first = parts?.slice(0, at).reduce((sum, part) => sum + part.sizeBytes, 0) ?? 0;
  return sizeBytes === 0 ? undefined : { first, last: first + (parts?.[at]?.sizeBytes ?? sizeBytes) - 1 };
}

type Parts = NonNullable<ObjectAttributes['parts']>;

/** By the number that it was uploaded with, or else by its place. */
function placeOfPart(number: number, parts: Parts): number {
  const at = parts.findIndex((part) => part.number === number);
  return at < 0 ? number - 1 : at;
}

/** A checksum of the whole says nothing of some bytes; one of its parts' checksums knows that of the part. Source: "Checking object integrity" (S3 User Guide). */
function shownChecksum({ PartNumber }: Read, { attributes: { checksum, parts }, sizeBytes }: StoredObject, range: ByteRange | undefined) {
  if (!range || range.last - range.first + 1 === sizeBytes) return checksumAnswer(checksum);
  const value = PartNumber !== undefined && parts && checksum?.type === 'COMPOSITE' ? parts[placeOfPart(PartNumber, parts)]?.checksum : undefined;
  return value === undefined ? undefined : checksumAnswer({ ...checksum!, value });
}

/** What both answer. */
function answerOf(input: Read, object: StoredObject, { range, sealing }: ReturnType<typeof selected>, context: S3Run, owned: OwnedBucket) {
  const { attributes, sizeBytes } = object;
  const { tags } = attributes;
  const { ServerSideEncryption, SSECustomerAlgorithm, SSECustomerKeyMD5 } = sealingAnswer(sealing);
  // One list of members: put together from several, it costs as much as all that is done before.
  const answer = {
    CacheControl: attributes.CacheControl,
    ContentDisposition: attributes.ContentDisposition,
    ContentEncoding: attributes.ContentEncoding,
    ContentLanguage: attributes.ContentLanguage,
    ContentType: attributes.ContentType ?? 'binary/octet-stream',
    Expires: attributes.Expires,
    AcceptRanges: 'bytes',
    LastModified: object.lastModified,
    ETag: quoted(object.etag),
    Metadata: attributes.metadata,
    TagCount: tags.length > 0 ? tags.length : undefined,
    ServerSideEncryption, SSECustomerAlgorithm, SSECustomerKeyMD5,
    VersionId: versionAnswer(object, owned.bucket).VersionId,
    ContentLength: range ? range.last - range.first + 1 : sizeBytes,
    ContentRange: range && `bytes ${range.first}-${range.last}/${sizeBytes}`,
    PartsCount: input.PartNumber === undefined ? undefined : attributes.parts?.length,
    // Of the one that has it, once it is open.
    Body: undefined as Opened<ObjectAttributes>['body'] | undefined,
  };
  const asked = responseHeaders(input, context);
  const lock = object.lock && lockAnswer(lockMembers(object), input, context, owned);
  const checksum = input.ChecksumMode === 'ENABLED' ? shownChecksum(input, object, range) : undefined;
  return asked || lock || checksum ? { ...answer, ...asked, ...lock, ...checksum } : answer;
}

const overrides: readonly (readonly [asked: ResponseMember, answered: string])[] = Object.entries({ ResponseCacheControl: 'CacheControl', ResponseContentDisposition: 'ContentDisposition', ResponseContentEncoding: 'ContentEncoding', ResponseContentLanguage: 'ContentLanguage', ResponseContentType: 'ContentType', ResponseExpires: 'Expires' } satisfies Record<ResponseMember, string>) as [ResponseMember, string][];

type ResponseMember = Extract<keyof Read, `Response${string}`>;

/** Headers that the request itself asks for. Who signs nothing may not choose them: a link could be made to say anything in the bucket's name. */
function responseHeaders(input: Read, { caller, error }: S3Run): Record<string, string> | undefined {
  let headers: Record<string, string> | undefined;
  for (const [member, header] of overrides) {
    const value = input[member];
    if (value === undefined) continue;
    if (caller.kind === 'anonymous') throw error('InvalidRequest', 'Request specific response headers cannot be used for anonymous GET requests.');
    const text = typeof value === 'number' ? new Date(value).toUTCString() : value;
    if (/[^\t\x20-\x7e\x80-\xff]/.test(text)) throw error('InvalidArgument', 'Header value cannot be represented using ISO-8859-1.', { details: { ArgumentName: member } });
    (headers ??= {})[header] = text;
  }
  return headers;
}

/** Headers that the request asks for are Gatehouse's to give, wherever the object is. */
async function forwardRead<Name extends 'GetObject' | 'HeadObject'>(name: Name, input: S3[Name]['input'], context: S3Run, owned: UpstreamBucket): Promise<S3[Name]['output']> {
  const asked = responseHeaders(input, context);
  const plain = Object.fromEntries(Object.entries(input).filter(([member]) => !overrides.some(([name]) => name === member)));
  const answer = await forwardOfObject(name, plain as unknown as S3[Name]['input'], context, owned);
  // The store tells Gatehouse: whether it may be told on is asked here.
  const { ObjectLockMode, ObjectLockRetainUntilDate, ObjectLockLegalHoldStatus, ...rest } = answer;
  return { ...rest, ...lockAnswer({ ObjectLockMode, ObjectLockRetainUntilDate, ObjectLockLegalHoldStatus }, input, context, owned), ...asked };
}

const attributeParts = new Set(['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize']);

export const getObject = {
  GetObject: onBucket('GetObject', (input, context, owned) => {
    checkVersionId(input, context);
    let said: ReturnType<typeof answerOf> | undefined;
    const answer = ({ body }: Opened<ObjectAttributes>) => {
      said!.Body = body;
      return said!;
    };
    const refuse = (thrown: unknown): never => {
      const worded = refused(thrown, input, context.error);
      throw worded === thrown ? thrown : absentOr(worded, input, context, owned);
    };
    const opening: Opening<ObjectAttributes> = {
      bucket: owned.bucket.BucketId, key: input.Key, versionId: input.VersionId,
      select(found) {
        const choice = selected(input, found, context, owned);
        // All that can be refused is refused before anything is opened, which nobody would close.
        said = answerOf(input, found, choice, context, owned);
        return { range: choice.range, sealingKey: choice.sealing.key };
      },
    };
    try {
      const opened = context.objects.openAtOnce(opening);
      if (opened) return answer(opened);
    } catch (thrown) {
      refuse(thrown);
    }
    return context.objects.open(opening).then(answer, refuse);
  }, { needsObjects: true, upstream: forwardRead }),
  HeadObject: onBucket('HeadObject', (input, context, owned) => {
    checkVersionId(input, context);
    const object = context.objects.find({ bucket: owned.bucket.BucketId, key: input.Key }, input.VersionId);
    if (!object) throw absent(input, undefined, context, owned);
    const { Body: _, ...answer } = answerOf(input, object, selected(input, object, context, owned), context, owned);
    return answer;
  }, { needsObjects: true, upstream: forwardRead }),
  GetObjectAttributes: onBucket('GetObjectAttributes', (input, context, owned) => {
    const { error } = context;
    const object = getVersion(input, context, owned);
    openingKey(object.attributes.sealing, input, owned, context);
    const asked = new Set<string>(input.ObjectAttributes);
    for (const name of asked) if (!attributeParts.has(name)) throw error('InvalidArgument', 'Invalid attribute name specified.', { details: { ArgumentName: 'x-amz-object-attributes', ArgumentValue: name.slice(0, 64) } });
    const { checksum, parts } = object.attributes;
    return {
      LastModified: object.lastModified,
      ...versionAnswer(object, owned.bucket),
      ...(asked.has('ETag') && { ETag: object.etag }),
      ...(asked.has('Checksum') && checksum && { Checksum: checksumAnswer(checksum) }),
      ...(asked.has('ObjectParts') && parts && { ObjectParts: partsOf(parts, checksum, input) }),
      ...(asked.has('StorageClass') && { StorageClass: 'STANDARD' as const }),
      ...(asked.has('ObjectSize') && { ObjectSize: object.sizeBytes }),
    };
  }, { needsObjects: true, upstream: forwardOfObject }),
};

/** A key that is not there is told only to who may list. */
function absentOr(worded: unknown, input: GetObjectRequest, context: S3Run, owned: OwnedBucket): unknown {
  return worded instanceof Error && (worded.name === 'NoSuchKey' || worded.name === 'NoSuchVersion') ? absent(input, undefined, context, owned) : worded;
}

function partsOf(parts: Parts, checksum: ObjectAttributes['checksum'], { MaxParts = s3Limits.pageMax, PartNumberMarker: after = 0 }: { readonly MaxParts?: number | undefined; readonly PartNumberMarker?: number | undefined }) {
  const following = parts.filter(({ number }) => number > after);
  const page = following.slice(0, Math.min(MaxParts, s3Limits.pageMax));
  return {
    TotalPartsCount: parts.length, PartNumberMarker: after, NextPartNumberMarker: page.at(-1)?.number ?? after, MaxParts, IsTruncated: page.length < following.length,
    ...(checksum && { Parts: page.map((part) => Object.assign({ PartNumber: part.number, Size: part.sizeBytes }, checksumMember(part.checksum === undefined ? undefined : { algorithm: checksum.algorithm, value: part.checksum }))) }),
  };
}

