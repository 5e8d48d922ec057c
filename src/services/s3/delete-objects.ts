/** DeleteObject and DeleteObjects: keys, and versions of them. */
import type { DeletedObject, DeleteObjectsOutput, DeleteObjectsRequest, Error as DeleteError, ObjectIdentifier, S3Error } from '../../../models/s3.ts';
import { noPermission } from '../../authz/ask.ts';
import { ApiError } from '../../base/api-error.ts';
import { withAllAtHand } from '../../base/not-at-hand.ts';
import { asksOf } from './access.ts';
import { askContext, checkRegion, getAddressed, onBucket, ownerOf } from './bucket.ts';
import { isUpstream } from './owned-bucket.ts';
import type { S3Run } from './bucket.ts';
import type { OwnedBucket, UpstreamBucket } from './owned-bucket.ts';
import { s3Limits } from './limits.ts';
import { checkKey } from './object-input.ts';
import { checkVersionId } from './object-lookup.ts';
import type { Removed } from './objects/object-store.ts';
import { worded } from './refused.ts';
import { assertHas, forward, refuseDotSegments } from './upstream.ts';
import { versioningOf } from './versions.ts';
import type { OpenOperation } from '../operation.ts';

interface Named { readonly Bucket: string; readonly Key: string; readonly VersionId?: string | undefined; readonly IfMatch?: string | undefined; readonly BypassGovernanceRetention?: boolean | undefined }

function removeOne(input: Named, context: S3Run, { bucket }: OwnedBucket): Promise<Removed | undefined> {
  checkKey(input.Key, context);
  checkVersionId(input, context);
  return worded(context.objects.remove({
    bucket: bucket.BucketId, key: input.Key, versionId: input.VersionId, versioning: versioningOf(bucket), at: context.now, bypassesGovernance: input.BypassGovernanceRetention === true,
    ...(input.IfMatch !== undefined && { conditions: { ifMatch: input.IfMatch.replaceAll('"', '') } }),
  }), input, context.error);
}

/** What is not served is refused, not passed over. */
function refuseConditions({ IfMatchLastModifiedTime, IfMatchSize }: { readonly IfMatchLastModifiedTime?: number | undefined; readonly IfMatchSize?: number | undefined }, { error }: S3Run): void {
  if (IfMatchLastModifiedTime !== undefined || IfMatchSize !== undefined) throw error('NotImplemented', 'Conditions on size and time of a deletion are for directory buckets.');
}

export const deleteObjects = {
  DeleteObject: onBucket('DeleteObject', async (input, context, owned) => {
    if (input.MFA !== undefined) throw context.error('NotImplemented', 'MFA Delete is not implemented.');
    refuseConditions(input, context);
    const removed = await removeOne(input, context, owned);
    if (!removed || owned.bucket.Versioning === undefined) return input.VersionId === undefined ? {} : { VersionId: input.VersionId };
    return { VersionId: removed.versionId, ...(removed.isDeleteMarker && { DeleteMarker: true }) };
  }, { needsObjects: true, upstream: forward }),
  DeleteObjects: {
    proof: 'signatureOrNone',
    needsObjects: true,
    accounts: (input, partition, error) => [ownerOf(input.Bucket, partition, error)],
    access: noPermission('AWS: each key is asked for by itself, and answered for by itself: https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html'),
    async run(input, context) {
      const owned = getAddressed(input, context);
      checkRegion(owned, context);
      const { error } = context;
      if (input.MFA !== undefined) throw error('NotImplemented', 'MFA Delete is not implemented.');
      const { Objects, Quiet } = input.Delete;
      if (Objects.length === 0 || Objects.length > s3Limits.deletedAtOnceMax) throw error('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema');
      const Deleted: DeletedObject[] = [];
      const Errors: DeleteError[] = [];
      if (isUpstream(owned)) await deleteUpstream(input, context, owned, Deleted, Errors);
      else for (const named of Objects) await deleteOne(named, input, context, owned, Deleted, Errors);
      return { ...(!Quiet && Deleted.length > 0 && { Deleted }), ...(Errors.length > 0 && { Errors }) };
    },
  } satisfies OpenOperation<DeleteObjectsRequest, DeleteObjectsOutput, S3Error>,
};

/** One key of many, asked for by itself: what befalls it befalls no other. */
async function deleteOne(named: ObjectIdentifier, input: DeleteObjectsRequest, context: S3Run, owned: OwnedBucket, Deleted: DeletedObject[], Errors: DeleteError[]): Promise<void> {
  const { Key, VersionId, ETag } = named;
  try {
    refuseConditions({ IfMatchLastModifiedTime: named.LastModifiedTime, IfMatchSize: named.Size }, context);
    requireOne(named, input, context, owned);
    const removed = await removeOne({ Bucket: input.Bucket, Key, VersionId, IfMatch: ETag, BypassGovernanceRetention: input.BypassGovernanceRetention }, context, owned);
    const isMarked = removed?.isDeleteMarker === true && owned.bucket.Versioning !== undefined;
    Deleted.push({ Key, ...(VersionId !== undefined && { VersionId }), ...(isMarked && { DeleteMarker: true, DeleteMarkerVersionId: removed.versionId }) });
  } catch (thrown) {
    Errors.push(errorOf(named, thrown));
  }
}

function requireOne({ Key, VersionId }: ObjectIdentifier, { Bucket, BypassGovernanceRetention }: DeleteObjectsRequest, context: S3Run, owned: OwnedBucket): void {
  context.require(asksOf.DeleteObject({ Bucket, Key, VersionId, BypassGovernanceRetention }, owned, askContext(context)));
}

/** Throws on what is no answer to a caller. */
function errorOf({ Key, VersionId }: ObjectIdentifier, thrown: unknown): DeleteError {
  if (!(thrown instanceof ApiError)) throw thrown;
  return { Key, ...(VersionId !== undefined && { VersionId }), Code: thrown.name, Message: thrown.message };
}

/** Each key is asked for here; those that are let through go to the other store in one. */
async function deleteUpstream(input: DeleteObjectsRequest, context: S3Run, owned: UpstreamBucket, Deleted: DeletedObject[], Errors: DeleteError[]): Promise<void> {
  const allowed: ObjectIdentifier[] = [];
  for (const named of input.Delete.Objects) {
    try {
      checkKey(named.Key, context);
      refuseDotSegments(named.Key, context);
      await withAllAtHand(() => requireOne(named, input, context, owned));
      assertHas('DeleteObject', { VersionId: named.VersionId, IfMatch: named.ETag, IfMatchLastModifiedTime: named.LastModifiedTime, IfMatchSize: named.Size }, context, owned);
      allowed.push(named);
    } catch (thrown) {
      Errors.push(errorOf(named, thrown));
    }
  }
  if (allowed.length === 0) return;
  const answer = await forward('DeleteObjects', { ...input, Delete: { Objects: allowed } }, context, owned);
  Deleted.push(...(answer.Deleted ?? []));
  Errors.push(...(answer.Errors ?? []));
}
