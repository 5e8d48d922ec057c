/** What S3 keeps beside an object's bytes: headers, metadata, tags, checksum, how it is sealed. */
import type { ChecksumAlgorithm } from '../../base/byte-stream.ts';
import type { ObjectLock } from './objects/object-lock.ts';
import type { ObjectStore } from './objects/object-store.ts';

export interface StoredChecksum { readonly algorithm: ChecksumAlgorithm; readonly value: string; readonly type: 'FULL_OBJECT' | 'COMPOSITE' }

/** How bytes are sealed: with the bucket's key, or with one that the client keeps, of which only a proof is stored. */
export type Sealing = { readonly kind: 'AES256' } | { readonly kind: 'customer'; readonly salt: string; readonly proof: string };

/** The headers that an object is given and answered with. */
export interface ObjectHeaders {
  readonly CacheControl?: string | undefined;
  readonly ContentDisposition?: string | undefined;
  readonly ContentEncoding?: string | undefined;
  readonly ContentLanguage?: string | undefined;
  readonly ContentType?: string | undefined;
  readonly Expires?: string | undefined;
}

export interface ObjectAttributes extends ObjectHeaders {
  readonly metadata: Readonly<Record<string, string>>;
  readonly tags: readonly { readonly Key: string; readonly Value: string }[];
  readonly checksum?: StoredChecksum | undefined;
  readonly sealing: Sealing;
  /** Of an object that came in parts. */
  readonly parts?: readonly { readonly number: number; readonly sizeBytes: number; readonly checksum?: string | undefined }[] | undefined;
  /** Of the upload that it came from: its completion may be asked for again. */
  readonly uploadId?: string | undefined;
}

export interface UploadAttributes extends Omit<ObjectAttributes, 'checksum' | 'parts' | 'uploadId'> {
  readonly checksumAlgorithm?: ChecksumAlgorithm | undefined;
  readonly checksumType?: 'FULL_OBJECT' | 'COMPOSITE' | undefined;
  /** That the object is to have, where the upload was begun with one. */
  readonly lock?: ObjectLock | undefined;
  /** Who began it. */
  readonly initiator: { readonly ID: string; readonly DisplayName: string };
}

export interface PartAttributes { readonly checksum?: { readonly algorithm: ChecksumAlgorithm; readonly value: string } | undefined }

export type Objects = ObjectStore<ObjectAttributes, UploadAttributes, PartAttributes>;
