/** What a request says of a new object: its headers, metadata and tags, and what is refused because nothing here would do it. */
import type { ApiErrorOptions } from '../../base/api-error.ts';
import type { ObjectAttributes, ObjectHeaders } from './attributes.ts';
import type { S3Run } from './bucket.ts';
import { s3Limits } from './limits.ts';
import { taggingOf } from './tagging-header.ts';

export interface NewObjectInput extends ObjectHeaders {
  readonly Key: string;
  readonly Metadata?: Readonly<Record<string, string>> | undefined;
  readonly Tagging?: string | undefined;
  readonly ACL?: string | undefined;
  readonly StorageClass?: string | undefined;
  readonly WebsiteRedirectLocation?: string | undefined;
  readonly GrantFullControl?: string | undefined;
  readonly GrantRead?: string | undefined;
  readonly GrantReadACP?: string | undefined;
  readonly GrantWriteACP?: string | undefined;
  readonly WriteOffsetBytes?: number | undefined;
}

/** Raises what S3 answers to a name that no object can have. */
export function checkKey(key: string, { error }: Pick<S3Run, 'error'>): void {
  const size = Buffer.byteLength(key);
  if (size > s3Limits.keyBytesMax) throw error('KeyTooLongError', 'Your key is too long', { details: { Size: String(size), MaxSizeAllowed: String(s3Limits.keyBytesMax) } });
}

export function checkNewObject(input: NewObjectInput, context: Pick<S3Run, 'error'>): void {
  const { error } = context;
  checkKey(input.Key, context);
  refuseAcl(input, context);
  const told = (name: string): ApiErrorOptions => ({ details: { Header: name } });
  if (input.StorageClass !== undefined && input.StorageClass !== 'STANDARD') throw error('InvalidStorageClass', 'The storage class you specified is not valid', { details: { StorageClassRequested: input.StorageClass.slice(0, 64) } });
  if (input.WebsiteRedirectLocation !== undefined) throw error('NotImplemented', 'Buckets are not served as websites.', told('x-amz-website-redirect-location'));
  if (input.WriteOffsetBytes !== undefined) throw error('NotImplemented', 'Objects are not appended to.', told('x-amz-write-offset-bytes'));
  const metadata = Object.entries(input.Metadata ?? {});
  const size = metadata.reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0);
  if (size > s3Limits.metadataBytesMax) throw error('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size', { details: { Size: String(size), MaxSizeAllowed: String(s3Limits.metadataBytesMax) } });
}

/**
 * Buckets' owners own what is in them, and no access control list gives anything. Source: "Controlling ownership of objects and disabling ACLs"
 * (S3 User Guide). GUESS: that `private`, which says the same, is accepted too; clients send it without being asked.
 */
export function refuseAcl({ ACL, GrantFullControl, GrantRead, GrantReadACP, GrantWriteACP }: Omit<NewObjectInput, 'Key'>, { error }: Pick<S3Run, 'error'>): void {
  const isOwners = ACL === undefined || ACL === 'bucket-owner-full-control' || ACL === 'private';
  if (!isOwners || [GrantFullControl, GrantRead, GrantReadACP, GrantWriteACP].some((grant) => grant !== undefined)) throw error('AccessControlListNotSupported', 'The bucket does not allow ACLs');
}

/** What is kept of it beside the bytes. */
export function attributesOf(input: NewObjectInput): Omit<ObjectAttributes, 'sealing'> {
  const { CacheControl, ContentDisposition, ContentLanguage, ContentType, Expires, Metadata = {}, Tagging } = input;
  return {
    ...headersOf({ CacheControl, ContentDisposition, ContentEncoding: storedEncoding(input.ContentEncoding), ContentLanguage, ContentType, Expires }),
    metadata: { ...Metadata },
    tags: Tagging === undefined ? [] : taggingOf(Tagging),
  };
}

const headersOf = (headers: ObjectHeaders): ObjectHeaders => Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));

/** `aws-chunked` says how the request was sent, not what was sent. */
export function storedEncoding(encoding: string | undefined): string | undefined {
  const kept = encoding?.split(',').map((part) => part.trim()).filter((part) => part !== '' && part.toLowerCase() !== 'aws-chunked').join(',');
  return kept === '' ? undefined : kept;
}
