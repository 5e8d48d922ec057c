/** Finding an object that a request names, and saying that it is not there only to those who may know. Source: GetObject (S3 API Reference), "Permissions". */
import type { ApiError } from '../../base/api-error.ts';
import type { ObjectAttributes } from './attributes.ts';
import { bucketAsk } from './ask.ts';
import type { S3Run } from './bucket.ts';
import type { OwnedBucket } from './owned-bucket.ts';
import type { ObjectVersion } from './objects/object-store.ts';
import { nullVersionId } from './objects/object-store.ts';

export interface NamedObject { readonly Bucket: string; readonly Key: string; readonly VersionId?: string | undefined }

/** The version that a request names, the current one where it names none. Raises NoSuchKey, NoSuchVersion, and MethodNotAllowed of a delete marker. */
export function getVersion(input: NamedObject, context: S3Run, owned: OwnedBucket): ObjectVersion<ObjectAttributes> {
  checkVersionId(input, context);
  const object = context.objects.find({ bucket: owned.bucket.BucketId, key: input.Key }, input.VersionId);
  if (!object || object.isDeleteMarker) throw absent(input, object, context, owned);
  return object;
}

/** The ids that were ever given have a form; others are none. */
export function checkVersionId({ VersionId }: { readonly VersionId?: string | undefined }, { error }: Pick<S3Run, 'error'>): void {
  if (VersionId !== undefined && VersionId !== nullVersionId && !/^[A-Za-z0-9._-]{1,1024}$/.test(VersionId)) throw error('InvalidArgument', 'Invalid version id specified', { details: { ArgumentName: 'versionId', ArgumentValue: VersionId.slice(0, 256) } });
}

/** What is said where there is no object, or a delete marker stands for it. Who may not list the bucket is not told. */
export function absent(input: NamedObject, marker: ObjectVersion<unknown> | undefined, context: S3Run, owned: OwnedBucket): ApiError {
  const { error } = context;
  context.require([bucketAsk('s3:ListBucket', owned, context, { VersionId: input.VersionId })]);
  const headers = marker ? { 'x-amz-delete-marker': 'true', ...(owned.bucket.Versioning && { 'x-amz-version-id': marker.versionId }) } : undefined;
  if (marker && input.VersionId !== undefined) return error('MethodNotAllowed', 'The specified method is not allowed against this resource.', { details: { ResourceType: 'DeleteMarker' }, headers: { ...headers, Allow: 'DELETE' } });
  if (input.VersionId !== undefined) return error('NoSuchVersion', 'The specified version does not exist.', { details: { Key: input.Key, VersionId: input.VersionId } });
  return error('NoSuchKey', 'The specified key does not exist.', { details: { Key: input.Key }, headers });
}
