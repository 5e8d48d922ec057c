/** Block Public Access: what a bucket's owner forbids its own policy to give. Source: "Blocking public access to your Amazon S3 storage" (S3 User Guide). */
import type { PublicAccessBlockConfiguration } from '../../../models/s3.ts';
import type { PublicAccessBlockDoc } from '../../store/bucket-doc.ts';
import { changeBucket, onBucket } from './bucket.ts';

/** What new buckets have. Source: "Creating a bucket" (S3 User Guide), since April 2023. */
export const everythingBlocked: PublicAccessBlockDoc = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true };

const documentOf = ({ BlockPublicAcls = false, IgnorePublicAcls = false, BlockPublicPolicy = false, RestrictPublicBuckets = false }: PublicAccessBlockConfiguration): PublicAccessBlockDoc => ({ BlockPublicAcls, IgnorePublicAcls, BlockPublicPolicy, RestrictPublicBuckets });

export const publicAccess = {
  GetPublicAccessBlock: onBucket('GetPublicAccessBlock', (_input, { error }, { bucket }) => {
    if (!bucket.PublicAccessBlock) throw error('NoSuchPublicAccessBlockConfiguration', 'The public access block configuration was not found', { details: { BucketName: bucket.BucketName } });
    return { PublicAccessBlockConfiguration: bucket.PublicAccessBlock };
  }),
  PutPublicAccessBlock: onBucket('PutPublicAccessBlock', (input, context, owned) => changeBucket(owned, context, (bucket) => ({ ...bucket, PublicAccessBlock: documentOf(input.PublicAccessBlockConfiguration) }))),
  DeletePublicAccessBlock: onBucket('DeletePublicAccessBlock', (_input, context, owned) => changeBucket(owned, context, ({ PublicAccessBlock: _, ...bucket }) => bucket)),
};
