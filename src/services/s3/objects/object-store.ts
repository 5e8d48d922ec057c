/** What keeps the bytes of buckets: the interface that a store of objects has, whatever it keeps them in. */
import type { Timestamp } from '../../../base/clock.ts';
import type { ObjectLock, Retention } from './object-lock.ts';

/** Whether a bucket keeps a key's older versions. `suspended`: it did; what comes now takes the place of the version `null`. */
export type Versioning = 'off' | 'enabled' | 'suspended';

/** The id of a version that was stored while its bucket kept none. Source: "How S3 Versioning works" (Amazon S3 User Guide). */
export const nullVersionId = 'null';

/** A stretch of an object's bytes that is stored as one; an object that came in parts has one a part, an empty one none. */
export interface Segment {
  readonly fileId: string;
  readonly sizeBytes: number;
  readonly isSealed: boolean;
}

/** One version of one key. `Attributes` is what the service keeps beside the bytes, and nothing to the store. */
export interface ObjectVersion<Attributes> {
  readonly key: string;
  readonly versionId: string;
  readonly isLatest: boolean;
  /** It has no bytes: the key counts as deleted. */
  readonly isDeleteMarker: boolean;
  readonly sizeBytes: number;
  /** Without quotes. */
  readonly etag: string;
  readonly lastModified: Timestamp;
  readonly segments: readonly Segment[];
  /** Grows from version to version of a bucket. */
  readonly sequence: number;
  readonly attributes: Attributes;
  readonly lock: ObjectLock | undefined;
}

/** What has to hold of a key's current version when the change is made. A delete marker counts as no version. */
export interface WriteConditions {
  /** It has this entity tag. */
  readonly ifMatch?: string | undefined;
  /** There is none. */
  readonly ifNoneMatch?: '*' | undefined;
}

/** What is known of an object once its last byte was read. */
export interface Verified<Attributes> {
  readonly etag: string;
  readonly lastModified: Timestamp;
  readonly attributes: Attributes;
  /** From its first moment. Parts of an object have none. */
  readonly lock?: ObjectLock | undefined;
}

/** Bytes on their way in. */
export interface Incoming<Attributes> {
  readonly source: AsyncIterable<Uint8Array>;
  /** Asked after the last byte and before anybody sees the object. What it throws undoes all, and is thrown on. */
  readonly verified: (sizeBytes: number) => Verified<Attributes> | Promise<Verified<Attributes>>;
  /** Thirty-two bytes: what is stored is sealed with them (AES-256-GCM), and opened with nothing else. */
  readonly sealingKey?: Uint8Array | undefined;
}

export interface Place {
  readonly bucket: string;
  readonly key: string;
}

export interface Put<Attributes> extends Place, Incoming<Attributes> {
  readonly versioning: Versioning;
  readonly conditions?: WriteConditions | undefined;
}

export interface Removal extends Place {
  /** This version, for good; without it the key: an older version stays where the bucket keeps them. */
  readonly versionId?: string | undefined;
  readonly versioning: Versioning;
  readonly conditions?: Pick<WriteConditions, 'ifMatch'> | undefined;
  readonly at: Timestamp;
  /** Whether retention in governance mode keeps nothing from it. */
  readonly bypassesGovernance?: boolean | undefined;
}

/** Another retention of one version, undefined for none. */
export interface Retaining {
  readonly bucket: string;
  readonly sequence: number;
  readonly retention: Retention | undefined;
  readonly at: Timestamp;
  readonly bypassesGovernance: boolean;
}

/** What a removal left or took: the version that is gone, or the delete marker that was made. */
export interface Removed {
  readonly versionId: string;
  readonly isDeleteMarker: boolean;
}

/** Both ends belong to it. Source: RFC 9110, section 14.1.2. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

export interface Opening<Attributes> extends Place {
  readonly versionId?: string | undefined;
  /** Which bytes to read; undefined for all. What it throws is thrown on, and nothing is read. Asked again when the version was replaced in between. */
  readonly select: (object: ObjectVersion<Attributes>) => { readonly range: ByteRange | undefined; readonly sealingKey?: Uint8Array | undefined };
}

export interface Opened<Attributes> {
  readonly object: ObjectVersion<Attributes>;
  /** Whole when it is small. Bytes that were changed on the disk since they were sealed throw. */
  readonly body: Uint8Array | AsyncIterable<Uint8Array>;
}

/** A page of a list in the order of the keys' UTF-8 bytes. */
export interface PageOptions {
  readonly bucket: string;
  readonly prefix?: string | undefined;
  /** Keys that have it behind the prefix are one entry, up to it. */
  readonly delimiter?: string | undefined;
  /** Only what comes behind this key; behind all that begins with it, where it is an entry that the delimiter makes. */
  readonly after?: string | undefined;
  /** Entries, common prefixes among them. */
  readonly limit: number;
}

export type PageEntry<Item> = { readonly item: Item } | { readonly commonPrefix: string };

export interface Page<Item> {
  readonly entries: readonly PageEntry<Item>[];
  readonly isTruncated: boolean;
}

export interface Upload<Attributes> {
  readonly uploadId: string;
  readonly key: string;
  readonly initiated: Timestamp;
  readonly attributes: Attributes;
}

export interface UploadedPart<Attributes> {
  readonly number: number;
  readonly sizeBytes: number;
  readonly etag: string;
  readonly lastModified: Timestamp;
  readonly attributes: Attributes;
}

export interface PlacedUpload extends Place {
  readonly uploadId: string;
}

export interface Completion<Attributes> extends PlacedUpload, Verified<Attributes> {
  /** In the order in which they make the object. */
  readonly parts: readonly { readonly number: number; readonly etag: string }[];
  /** Each part but the last has at least so many bytes. */
  readonly partBytesMin: number;
  readonly versioning: Versioning;
  readonly conditions?: WriteConditions | undefined;
}

/**
 * A store of objects. A bucket is known by an id that never returns, so that what is on its way into a removed bucket lands in no other.
 * What a method resolves to is durable; what rejects with an ObjectRefused has changed nothing; a rejection with anything else may have.
 */
export interface ObjectStore<Attributes, UploadAttributes = Attributes, PartAttributes = Attributes> {
  /** One that is there stays as it is. */
  createBucket(bucket: string): Promise<void>;
  /** Removes the bucket unless it holds a version or a delete marker; false when it does. Uploads that were not completed go with it. True where it is gone already. */
  removeBucketIfEmpty(bucket: string): Promise<boolean>;

  put(put: Put<Attributes>): Promise<ObjectVersion<Attributes>>;
  /** The current version, which may be a delete marker, or the one asked for. */
  find(place: Place, versionId?: string): ObjectVersion<Attributes> | undefined;
  /** As `find`; refuses with NoSuchKey or NoSuchVersion. What is opened can be read to its end, whatever becomes of the version. */
  open(opening: Opening<Attributes>): Promise<Opened<Attributes>>;
  /** The same without waiting, of what is at hand in memory; undefined where it is not, and `open` is to be asked. Throws what `open` would reject with. */
  openAtOnce(opening: Opening<Attributes>): Opened<Attributes> | undefined;
  /** Undefined where there was nothing to remove. A version that its lock protects is refused with AccessDenied, as is what would take its place. */
  remove(removal: Removal): Promise<Removed | undefined>;
  /** False when the version is gone. */
  replaceAttributes(bucket: string, sequence: number, attributes: Attributes): Promise<boolean>;
  /** False when the version is gone; refused with AccessDenied where the retention that it has may not be replaced so. */
  retain(retaining: Retaining): Promise<boolean>;
  /** False when the version is gone. */
  hold(bucket: string, sequence: number, legalHold: 'ON' | 'OFF'): Promise<boolean>;

  /** Current versions that are no delete markers. */
  list(options: PageOptions): Page<ObjectVersion<Attributes>>;
  /** All versions, the newest of a key first; behind `after` and this version of it, where one is given. */
  listVersions(options: PageOptions & { readonly afterVersionId?: string | undefined }): Page<ObjectVersion<Attributes>>;

  createUpload(upload: Upload<UploadAttributes> & Place): Promise<void>;
  findUpload(upload: PlacedUpload): Upload<UploadAttributes> | undefined;
  /** Takes the place of a part of the same number. */
  putPart(upload: PlacedUpload, number: number, incoming: Incoming<PartAttributes>): Promise<UploadedPart<PartAttributes>>;
  /** In the order of their numbers, those above `after`. */
  listParts(upload: PlacedUpload, after: number, limit: number): readonly UploadedPart<PartAttributes>[];
  /** Parts that are not named are removed. */
  completeUpload(completion: Completion<Attributes>): Promise<ObjectVersion<Attributes>>;
  abortUpload(upload: PlacedUpload): Promise<void>;
  /** By key, the oldest of a key first. */
  listUploads(options: PageOptions & { readonly afterUploadId?: string | undefined }): Page<Upload<UploadAttributes>>;

  close(): Promise<void>;
}

export const refusals = ['AccessDenied', 'NoSuchBucket', 'NoSuchKey', 'NoSuchVersion', 'NoSuchUpload', 'PreconditionFailed', 'InvalidPart', 'InvalidPartOrder', 'EntityTooSmall'] as const;

/** Why a store does not do what it is asked; named as S3 names it. */
export type Refusal = (typeof refusals)[number];

export class ObjectRefused extends Error {
  override readonly name = 'ObjectRefused';
  readonly reason: Refusal;

  constructor(reason: Refusal) {
    super(reason);
    this.reason = reason;
  }
}
