/** What the store of objects refuses, in S3's words. */
import type { ApiErrorOptions, Raise } from '../../base/api-error.ts';
import { ObjectRefused } from './objects/object-store.ts';
import type { Refusal } from './objects/object-store.ts';

/** What the request named. */
export interface Named { readonly Bucket: string; readonly Key?: string | undefined; readonly VersionId?: string | undefined; readonly UploadId?: string | undefined }

interface Wording { readonly message: string; readonly details: (named: Named) => Record<string, string> }

const words: { readonly [Reason in Refusal]: Wording } = {
  AccessDenied: { message: 'Access Denied because object protected by object lock.', details: () => ({}) },
  NoSuchBucket: { message: 'The specified bucket does not exist', details: ({ Bucket }) => ({ BucketName: Bucket }) },
  NoSuchKey: { message: 'The specified key does not exist.', details: ({ Key = '' }) => ({ Key }) },
  NoSuchVersion: { message: 'The specified version does not exist.', details: ({ Key = '', VersionId = '' }) => ({ Key, VersionId }) },
  NoSuchUpload: { message: 'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.', details: ({ UploadId = '' }) => ({ UploadId }) },
  PreconditionFailed: { message: 'At least one of the pre-conditions you specified did not hold', details: () => ({}) },
  InvalidPart: { message: "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.", details: ({ UploadId = '' }) => ({ UploadId }) },
  InvalidPartOrder: { message: 'The list of parts was not in ascending order. Parts must be ordered by part number.', details: ({ UploadId = '' }) => ({ UploadId }) },
  EntityTooSmall: { message: 'Your proposed upload is smaller than the minimum allowed size', details: () => ({}) },
};

/** The error of a refusal; anything else as it is. */
export function refused(thrown: unknown, named: Named, error: Raise<Exclude<Refusal, 'AccessDenied'>>, options?: ApiErrorOptions): unknown {
  if (!(thrown instanceof ObjectRefused)) return thrown;
  const { message, details } = words[thrown.reason];
  return error(thrown.reason, message, { ...options, details: details(named) });
}

/** Does it, and words its refusal. */
export async function worded<T>(doing: Promise<T>, named: Named, error: Raise<Exclude<Refusal, 'AccessDenied'>>): Promise<T> {
  try {
    return await doing;
  } catch (thrown) {
    throw refused(thrown, named, error);
  }
}
