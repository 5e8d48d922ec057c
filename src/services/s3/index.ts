/** Amazon S3: buckets and objects, each request asked of the policies, the bucket's own among them. */
import type { S3 } from '../../../models/s3.ts';
import { service } from '../operation.ts';
import { bucketCors } from './bucket-cors.ts';
import { bucketLifecycle } from './bucket-lifecycle.ts';
import { bucketPolicies } from './bucket-policies.ts';
import { accessControlLists, bucketEncryption, bucketTags, bucketVersioning, ownershipControls, unconfigured } from './bucket-settings.ts';
import { buckets } from './buckets.ts';
import { copyObject } from './copy-object.ts';
import { deleteObjects } from './delete-objects.ts';
import { getObject } from './get-object.ts';
import { listObjects } from './list-objects.ts';
import { multipart } from './multipart.ts';
import { objectLock } from './object-lock.ts';
import { objectTags } from './object-tags.ts';
import { publicAccess } from './public-access.ts';
import { putObject } from './put-object.ts';

export const s3 = service<S3>()('s3', {
  unimplemented: [
    'CreateBucketMetadataConfiguration', 'CreateBucketMetadataTableConfiguration', 'CreateSession',
    'DeleteBucketAnalyticsConfiguration', 'DeleteBucketIntelligentTieringConfiguration', 'DeleteBucketInventoryConfiguration', 'DeleteBucketMetadataConfiguration', 'DeleteBucketMetadataTableConfiguration',
    'DeleteBucketMetricsConfiguration', 'DeleteBucketReplication', 'DeleteBucketWebsite',
    'GetBucketAbac', 'GetBucketAnalyticsConfiguration', 'GetBucketIntelligentTieringConfiguration', 'GetBucketInventoryConfiguration', 'GetBucketMetadataConfiguration', 'GetBucketMetadataTableConfiguration', 'GetBucketMetricsConfiguration',
    'GetObjectTorrent',
    'ListBucketAnalyticsConfigurations', 'ListBucketIntelligentTieringConfigurations', 'ListBucketInventoryConfigurations', 'ListBucketMetricsConfigurations',
    'PutBucketAbac', 'PutBucketAccelerateConfiguration', 'PutBucketAnalyticsConfiguration', 'PutBucketIntelligentTieringConfiguration', 'PutBucketInventoryConfiguration', 'PutBucketLogging', 'PutBucketMetricsConfiguration',
    'PutBucketNotificationConfiguration', 'PutBucketReplication', 'PutBucketRequestPayment', 'PutBucketWebsite',
    'RenameObject', 'RestoreObject', 'SelectObjectContent',
    'UpdateBucketMetadataInventoryTableConfiguration', 'UpdateBucketMetadataJournalTableConfiguration', 'UpdateObjectEncryption', 'WriteGetObjectResponse',
  ],
  operations: { ...accessControlLists, ...bucketCors, ...bucketEncryption, ...bucketLifecycle, ...bucketPolicies, ...bucketTags, ...bucketVersioning, ...buckets, ...copyObject, ...deleteObjects, ...getObject, ...listObjects, ...multipart, ...objectLock, ...objectTags, ...ownershipControls, ...publicAccess, ...putObject, ...unconfigured },
});
