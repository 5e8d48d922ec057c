/** The types of S3's operations, written by scripts/refresh-models.ts from the same model as s3.json. Not edited by hand. */
import type { ByteStream, StreamedBody } from '../src/base/byte-stream.ts';

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Timestamp = number;

export interface AbacStatus {
  readonly Status?: BucketAbacStatus | undefined;
}

export interface AbortIncompleteMultipartUpload {
  readonly DaysAfterInitiation?: number | undefined;
}

export interface AbortMultipartUploadOutput {
  readonly RequestCharged?: RequestCharged | undefined;
}

export interface AbortMultipartUploadRequest {
  readonly Bucket: string;
  readonly Key: string;
  readonly UploadId: string;
  readonly RequestPayer?: RequestPayer | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
  readonly IfMatchInitiatedTime?: Timestamp | undefined;
}

export interface AccelerateConfiguration {
  readonly Status?: BucketAccelerateStatus | undefined;
}

export interface AccessControlPolicy {
  readonly Grants?: readonly Grant[] | undefined;
  readonly Owner?: Owner | undefined;
}

export interface AccessControlTranslation {
  readonly Owner: OwnerOverride;
}

export interface AnalyticsAndOperator {
  readonly Prefix?: string | undefined;
  readonly Tags?: readonly Tag[] | undefined;
}

export interface AnalyticsConfiguration {
  readonly Id: string;
  readonly Filter?: AnalyticsFilter | undefined;
  readonly StorageClassAnalysis: StorageClassAnalysis;
}

export interface AnalyticsExportDestination {
  readonly S3BucketDestination: AnalyticsS3BucketDestination;
}

export interface AnalyticsFilter {
  readonly Prefix?: string | undefined;
  readonly Tag?: Tag | undefined;
  readonly And?: AnalyticsAndOperator | undefined;
}

export interface AnalyticsS3BucketDestination {
  readonly Format: AnalyticsS3ExportFileFormat;
  readonly BucketAccountId?: string | undefined;
  readonly Bucket: string;
  readonly Prefix?: string | undefined;
}

export type AnalyticsS3ExportFileFormat = 'CSV';

export type ArchiveStatus = 'ARCHIVE_ACCESS' | 'DEEP_ARCHIVE_ACCESS';

export interface BlockedEncryptionTypes {
  readonly EncryptionType?: readonly EncryptionType[] | undefined;
}

export interface Bucket {
  readonly Name?: string | undefined;
  readonly CreationDate?: Timestamp | undefined;
  readonly BucketRegion?: string | undefined;
  readonly BucketArn?: string | undefined;
}

export type BucketAbacStatus = 'Enabled' | 'Disabled';

export type BucketAccelerateStatus = 'Enabled' | 'Suspended';

export interface BucketInfo {
  readonly DataRedundancy?: DataRedundancy | undefined;
  readonly Type?: BucketType | undefined;
}

export interface BucketLifecycleConfiguration {
  readonly Rules: readonly LifecycleRule[];
}

export interface BucketLoggingStatus {
  readonly LoggingEnabled?: LoggingEnabled | undefined;
}

export type BucketLogsPermission = 'FULL_CONTROL' | 'READ' | 'WRITE';

export type BucketNamespace = 'account-regional' | 'global';

export type BucketType = 'Directory';

export type BucketVersioningStatus = 'Enabled' | 'Suspended';

export interface CORSConfiguration {
  readonly CORSRules: readonly CORSRule[];
}

export interface CORSRule {
  readonly ID?: string | undefined;
  readonly AllowedHeaders?: readonly string[] | undefined;
  readonly AllowedMethods: readonly string[];
  readonly AllowedOrigins: readonly string[];
  readonly ExposeHeaders?: readonly string[] | undefined;
  readonly MaxAgeSeconds?: number | undefined;
}

export interface CSVInput {
  readonly FileHeaderInfo?: FileHeaderInfo | undefined;
  readonly Comments?: string | undefined;
  readonly QuoteEscapeCharacter?: string | undefined;
  readonly RecordDelimiter?: string | undefined;
  readonly FieldDelimiter?: string | undefined;
  readonly QuoteCharacter?: string | undefined;
  readonly AllowQuotedRecordDelimiter?: boolean | undefined;
}

export interface CSVOutput {
  readonly QuoteFields?: QuoteFields | undefined;
  readonly QuoteEscapeCharacter?: string | undefined;
  readonly RecordDelimiter?: string | undefined;
  readonly FieldDelimiter?: string | undefined;
  readonly QuoteCharacter?: string | undefined;
}

export interface Checksum {
  readonly ChecksumCRC32?: string | undefined;
  readonly ChecksumCRC32C?: string | undefined;
  readonly ChecksumCRC64NVME?: string | undefined;
  readonly ChecksumSHA1?: string | undefined;
  readonly ChecksumSHA256?: string | undefined;
  readonly ChecksumSHA512?: string | undefined;
  readonly ChecksumMD5?: string | undefined;
  readonly ChecksumXXHASH64?: string | undefined;
  readonly ChecksumXXHASH3?: string | undefined;
  readonly ChecksumXXHASH128?: string | undefined;
  readonly ChecksumType?: ChecksumType | undefined;
}

export type ChecksumMode = 'ENABLED';

export type ChecksumType = 'COMPOSITE' | 'FULL_OBJECT';

export interface CloudFunctionConfiguration {
  readonly Id?: string | undefined;
  readonly Event?: Event | undefined;
  readonly Events?: readonly Event[] | undefined;
  readonly CloudFunction?: string | undefined;
  readonly InvocationRole?: string | undefined;
}

export interface CommonPrefix {
  readonly Prefix?: string | undefined;
}

export interface CompleteMultipartUploadOutput {
  readonly Location?: string | undefined;
  readonly Bucket?: string | undefined;
  readonly Key?: string | undefined;
  readonly Expiration?: string | undefined;
  readonly ETag?: string | undefined;
  readonly ChecksumCRC32?: string | undefined;
  readonly ChecksumCRC32C?: string | undefined;
  readonly ChecksumCRC64NVME?: string | undefined;
  readonly ChecksumSHA1?: string | undefined;
  readonly ChecksumSHA256?: string | undefined;
  readonly ChecksumSHA512?: string | undefined;
  readonly ChecksumMD5?: string | undefined;
  readonly ChecksumXXHASH64?: string | undefined;
  readonly ChecksumXXHASH3?: string | undefined;
  readonly ChecksumXXHASH128?: string | undefined;
  readonly ChecksumType?: ChecksumType | undefined;
  readonly ServerSideEncryption?: string | undefined;
  readonly VersionId?: string | undefined;
  readonly SSEKMSKeyId?: string | undefined;
  readonly BucketKeyEnabled?: boolean | undefined;
  readonly RequestCharged?: RequestCharged | undefined;
}

export interface CompleteMultipartUploadRequest {
  readonly Bucket: string;
  readonly Key: string;
  readonly MultipartUpload?: CompletedMultipartUpload | undefined;
  readonly UploadId: string;
  readonly ChecksumCRC32?: string | undefined;
  readonly ChecksumCRC32C?: string | undefined;
  readonly ChecksumCRC64NVME?: string | undefined;
  readonly ChecksumSHA1?: string | undefined;
  readonly ChecksumSHA256?: string | undefined;
  readonly ChecksumSHA512?: string | undefined;
  readonly ChecksumMD5?: string | undefined;
  readonly ChecksumXXHASH64?: string | undefined;
  readonly ChecksumXXHASH3?: string | undefined;
  readonly ChecksumXXHASH128?: string | undefined;
  readonly ChecksumType?: ChecksumType | undefined;
  readonly MpuObjectSize?: number | undefined;
  readonly RequestPayer?: RequestPayer | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
  readonly SSECustomerAlgorithm?: string | undefined;
  readonly SSECustomerKey?: string | undefined;
  readonly SSECustomerKeyMD5?: string | undefined;
}

export interface CompletedMultipartUpload {
  readonly Parts?: readonly CompletedPart[] | undefined;
}

export interface CompletedPart {
  readonly ETag?: string | undefined;
  readonly ChecksumCRC32?: string | undefined;
  readonly ChecksumCRC32C?: string | undefined;
  readonly ChecksumCRC64NVME?: string | undefined;
  readonly ChecksumSHA1?: string | undefined;
  readonly ChecksumSHA256?: string | undefined;
  readonly ChecksumSHA512?: string | undefined;
  readonly ChecksumMD5?: string | undefined;
  readonly ChecksumXXHASH64?: string | undefined;
  readonly ChecksumXXHASH3?: string | undefined;
  readonly ChecksumXXHASH128?: string | undefined;
  readonly PartNumber?: number | undefined;
}

export type CompressionType = 'NONE' | 'GZIP' | 'BZIP2';

export interface Condition {
  readonly HttpErrorCodeReturnedEquals?: string | undefined;
  readonly KeyPrefixEquals?: string | undefined;
}

export interface ContinuationEvent {
}

export interface CopyObjectOutput {
  readonly CopyObjectResult?: CopyObjectResult | undefined;
  readonly Expiration?: string | undefined;
  readonly CopySourceVersionId?: string | undefined;
  readonly VersionId?: string | undefined;
  readonly ServerSideEncryption?: string | undefined;
  readonly SSECustomerAlgorithm?: string | undefined;
  readonly SSECustomerKeyMD5?: string | undefined;
  readonly SSEKMSKeyId?: string | undefined;
  readonly SSEKMSEncryptionContext?: string | undefined;
  readonly BucketKeyEnabled?: boolean | undefined;
  readonly RequestCharged?: RequestCharged | undefined;
}

export interface CopyObjectRequest {
  readonly ACL?: string | undefined;
  readonly Bucket: string;
  readonly CacheControl?: string | undefined;
  readonly ChecksumAlgorithm?: string | undefined;
  readonly ContentDisposition?: string | undefined;
  readonly ContentEncoding?: string | undefined;
  readonly ContentLanguage?: string | undefined;
  readonly ContentType?: string | undefined;
  readonly CopySource: string;
  readonly CopySourceIfMatch?: string | undefined;
  readonly CopySourceIfModifiedSince?: Timestamp | undefined;
  readonly CopySourceIfNoneMatch?: string | undefined;
  readonly CopySourceIfUnmodifiedSince?: Timestamp | undefined;
  readonly Expires?: string | undefined;
  readonly GrantFullControl?: string | undefined;
  readonly GrantRead?: string | undefined;
  readonly GrantReadACP?: string | undefined;
  readonly GrantWriteACP?: string | undefined;
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
  readonly Key: string;
  readonly Metadata?: { readonly [key: string]: string } | undefined;
  readonly MetadataDirective?: MetadataDirective | undefined;
  readonly TaggingDirective?: TaggingDirective | undefined;
  readonly ServerSideEncryption?: string | undefined;
  readonly StorageClass?: string | undefined;
  readonly WebsiteRedirectLocation?: string | undefined;
  readonly SSECustomerAlgorithm?: string | undefined;
  readonly SSECustomerKey?: string | undefined;
  readonly SSECustomerKeyMD5?: string | undefined;
  readonly SSEKMSKeyId?: string | undefined;
  readonly SSEKMSEncryptionContext?: string | undefined;
  readonly BucketKeyEnabled?: boolean | undefined;
  readonly CopySourceSSECustomerAlgorithm?: string | undefined;
  readonly CopySourceSSECustomerKey?: string | undefined;
  readonly CopySourceSSECustomerKeyMD5?: string | undefined;
  readonly RequestPayer?: RequestPayer | undefined;
  readonly Tagging?: string | undefined;
  readonly ObjectLockMode?: string | undefined;
  readonly ObjectLockRetainUntilDate?: Timestamp | undefined;
  readonly ObjectLockLegalHoldStatus?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
  readonly ExpectedSourceBucketOwner?: string | undefined;
}

export interface CopyObjectResult {
  readonly ETag?: string | undefined;
  readonly LastModified?: Timestamp | undefined;
  readonly ChecksumType?: ChecksumType | undefined;
  readonly ChecksumCRC32?: string | undefined;
  readonly ChecksumCRC32C?: string | undefined;
  readonly ChecksumCRC64NVME?: string | undefined;
  readonly ChecksumSHA1?: string | undefined;
  readonly ChecksumSHA256?: string | undefined;
  readonly ChecksumSHA512?: string | undefined;
  readonly ChecksumMD5?: string | undefined;
  readonly ChecksumXXHASH64?: string | undefined;
  readonly ChecksumXXHASH3?: string | undefined;
  readonly ChecksumXXHASH128?: string | undefined;
}

export interface CopyPartResult {
  readonly ETag?: string | undefined;
  readonly LastModified?: Timestamp | undefined;
  readonly ChecksumCRC32?: string | undefined;
  readonly ChecksumCRC32C?: string | undefined;
  readonly ChecksumCRC64NVME?: string | undefined;
  readonly ChecksumSHA1?: string | undefined;
  readonly ChecksumSHA256?: string | undefined;
  readonly ChecksumSHA512?: string | undefined;
  readonly ChecksumMD5?: string | undefined;
  readonly ChecksumXXHASH64?: string | undefined;
  readonly ChecksumXXHASH3?: string | undefined;
  readonly ChecksumXXHASH128?: string | undefined;
}

export interface CreateBucketConfiguration {
  readonly LocationConstraint?: string | undefined;
  readonly Location?: LocationInfo | undefined;
  readonly Bucket?: BucketInfo | undefined;
  readonly Tags?: readonly Tag[] | undefined;
}

export interface CreateBucketMetadataConfigurationRequest {
  readonly Bucket: string;
  readonly ContentMD5?: string | undefined;
  readonly ChecksumAlgorithm?: string | undefined;
  readonly MetadataConfiguration: MetadataConfiguration;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface CreateBucketMetadataTableConfigurationRequest {
  readonly Bucket: string;
  readonly ContentMD5?: string | undefined;
  readonly ChecksumAlgorithm?: string | undefined;
  readonly MetadataTableConfiguration: MetadataTableConfiguration;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface CreateBucketOutput {
  readonly Location?: string | undefined;
  readonly BucketArn?: string | undefined;
}

export interface CreateBucketRequest {
  readonly ACL?: string | undefined;
  readonly Bucket: string;
  readonly CreateBucketConfiguration?: CreateBucketConfiguration | undefined;
  readonly GrantFullControl?: string | undefined;
  readonly GrantRead?: string | undefined;
  readonly GrantReadACP?: string | undefined;
  readonly GrantWrite?: string | undefined;
  readonly GrantWriteACP?: string | undefined;
  readonly ObjectLockEnabledForBucket?: boolean | undefined;
  readonly ObjectOwnership?: string | undefined;
  readonly BucketNamespace?: BucketNamespace | undefined;
}

export interface CreateMultipartUploadOutput {
  readonly AbortDate?: Timestamp | undefined;
  readonly AbortRuleId?: string | undefined;
  readonly Bucket?: string | undefined;
  readonly Key?: string | undefined;
  readonly UploadId?: string | undefined;
  readonly ServerSideEncryption?: string | undefined;
  readonly SSECustomerAlgorithm?: string | undefined;
  readonly SSECustomerKeyMD5?: string | undefined;
  readonly SSEKMSKeyId?: string | undefined;
  readonly SSEKMSEncryptionContext?: string | undefined;
  readonly BucketKeyEnabled?: boolean | undefined;
  readonly RequestCharged?: RequestCharged | undefined;
  readonly ChecksumAlgorithm?: string | undefined;
  readonly ChecksumType?: ChecksumType | undefined;
}

export interface CreateMultipartUploadRequest {
  readonly ACL?: string | undefined;
  readonly Bucket: string;
  readonly CacheControl?: string | undefined;
  readonly ContentDisposition?: string | undefined;
  readonly ContentEncoding?: string | undefined;
  readonly ContentLanguage?: string | undefined;
  readonly ContentType?: string | undefined;
  readonly Expires?: string | undefined;
  readonly GrantFullControl?: string | undefined;
  readonly GrantRead?: string | undefined;
  readonly GrantReadACP?: string | undefined;
  readonly GrantWriteACP?: string | undefined;
  readonly Key: string;
  readonly Metadata?: { readonly [key: string]: string } | undefined;
  readonly ServerSideEncryption?: string | undefined;
  readonly StorageClass?: string | undefined;
  readonly WebsiteRedirectLocation?: string | undefined;
  readonly SSECustomerAlgorithm?: string | undefined;
  readonly SSECustomerKey?: string | undefined;
  readonly SSECustomerKeyMD5?: string | undefined;
  readonly SSEKMSKeyId?: string | undefined;
  readonly SSEKMSEncryptionContext?: string | undefined;
  readonly BucketKeyEnabled?: boolean | undefined;
  readonly RequestPayer?: RequestPayer | undefined;
  readonly Tagging?: string | undefined;
  readonly ObjectLockMode?: string | undefined;
  readonly ObjectLockRetainUntilDate?: Timestamp | undefined;
  readonly ObjectLockLegalHoldStatus?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
  readonly ChecksumAlgorithm?: string | undefined;
  readonly ChecksumType?: ChecksumType | undefined;
}

export interface CreateSessionOutput {
  readonly ServerSideEncryption?: string | undefined;
  readonly SSEKMSKeyId?: string | undefined;
  readonly SSEKMSEncryptionContext?: string | undefined;
  readonly BucketKeyEnabled?: boolean | undefined;
  readonly Credentials: SessionCredentials;
}

export interface CreateSessionRequest {
  readonly SessionMode?: SessionMode | undefined;
  readonly Bucket: string;
  readonly ServerSideEncryption?: string | undefined;
  readonly SSEKMSKeyId?: string | undefined;
  readonly SSEKMSEncryptionContext?: string | undefined;
  readonly BucketKeyEnabled?: boolean | undefined;
}

export type DataRedundancy = 'SingleAvailabilityZone' | 'SingleLocalZone';

export interface DefaultRetention {
  readonly Mode?: ObjectLockRetentionMode | undefined;
  readonly Days?: number | undefined;
  readonly Years?: number | undefined;
}

export interface Delete {
  readonly Objects: readonly ObjectIdentifier[];
  readonly Quiet?: boolean | undefined;
}

export interface DeleteBucketAnalyticsConfigurationRequest {
  readonly Bucket: string;
  readonly Id: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface DeleteBucketCorsRequest {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface DeleteBucketEncryptionRequest {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface DeleteBucketIntelligentTieringConfigurationRequest {
  readonly Bucket: string;
  readonly Id: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface DeleteBucketInventoryConfigurationRequest {
  readonly Bucket: string;
  readonly Id: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface DeleteBucketLifecycleRequest {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface DeleteBucketMetadataConfigurationRequest {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface DeleteBucketMetadataTableConfigurationRequest {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface DeleteBucketMetricsConfigurationRequest {
  readonly Bucket: string;
  readonly Id: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface DeleteBucketOwnershipControlsRequest {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface DeleteBucketPolicyRequest {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface DeleteBucketReplicationRequest {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface DeleteBucketRequest {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface DeleteBucketTaggingRequest {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface DeleteBucketWebsiteRequest {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface DeleteMarkerEntry {
  readonly Owner?: Owner | undefined;
  readonly Key?: string | undefined;
  readonly VersionId?: string | undefined;
  readonly IsLatest?: boolean | undefined;
  readonly LastModified?: Timestamp | undefined;
}

export interface DeleteMarkerReplication {
  readonly Status?: DeleteMarkerReplicationStatus | undefined;
}

export type DeleteMarkerReplicationStatus = 'Enabled' | 'Disabled';

export interface DeleteObjectOutput {
  readonly DeleteMarker?: boolean | undefined;
  readonly VersionId?: string | undefined;
  readonly RequestCharged?: RequestCharged | undefined;
}

export interface DeleteObjectRequest {
  readonly Bucket: string;
  readonly Key: string;
  readonly MFA?: string | undefined;
  readonly VersionId?: string | undefined;
  readonly RequestPayer?: RequestPayer | undefined;
  readonly BypassGovernanceRetention?: boolean | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
  readonly IfMatch?: string | undefined;
  readonly IfMatchLastModifiedTime?: Timestamp | undefined;
  readonly IfMatchSize?: number | undefined;
}

export interface DeleteObjectTaggingOutput {
  readonly VersionId?: string | undefined;
}

export interface DeleteObjectTaggingRequest {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface DeleteObjectsOutput {
  readonly Deleted?: readonly DeletedObject[] | undefined;
  readonly RequestCharged?: RequestCharged | undefined;
  readonly Errors?: readonly Error[] | undefined;
}

export interface DeleteObjectsRequest {
  readonly Bucket: string;
  readonly Delete: Delete;
  readonly MFA?: string | undefined;
  readonly RequestPayer?: RequestPayer | undefined;
  readonly BypassGovernanceRetention?: boolean | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
  readonly ChecksumAlgorithm?: string | undefined;
}

export interface DeletePublicAccessBlockRequest {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface DeletedObject {
  readonly Key?: string | undefined;
  readonly VersionId?: string | undefined;
  readonly DeleteMarker?: boolean | undefined;
  readonly DeleteMarkerVersionId?: string | undefined;
}

export interface Destination {
  readonly Bucket: string;
  readonly Account?: string | undefined;
  readonly StorageClass?: string | undefined;
  readonly AccessControlTranslation?: AccessControlTranslation | undefined;
  readonly EncryptionConfiguration?: EncryptionConfiguration | undefined;
  readonly ReplicationTime?: ReplicationTime | undefined;
  readonly Metrics?: Metrics | undefined;
}

export interface DestinationResult {
  readonly TableBucketType?: S3TablesBucketType | undefined;
  readonly TableBucketArn?: string | undefined;
  readonly TableNamespace?: string | undefined;
}

export type EncodingType = 'url';

export interface Encryption {
  readonly EncryptionType: string;
  readonly KMSKeyId?: string | undefined;
  readonly KMSContext?: string | undefined;
}

export interface EncryptionConfiguration {
  readonly ReplicaKmsKeyID?: string | undefined;
}

export type EncryptionType = 'NONE' | 'SSE-C';

export interface EndEvent {
}

export interface Error {
  readonly Key?: string | undefined;
  readonly VersionId?: string | undefined;
  readonly Code?: string | undefined;
  readonly Message?: string | undefined;
}

export interface ErrorDetails {
  readonly ErrorCode?: string | undefined;
  readonly ErrorMessage?: string | undefined;
}

export interface ErrorDocument {
  readonly Key: string;
}

export type Event = 's3:ReducedRedundancyLostObject' | 's3:ObjectCreated:*' | 's3:ObjectCreated:Put' | 's3:ObjectCreated:Post' | 's3:ObjectCreated:Copy' | 's3:ObjectCreated:CompleteMultipartUpload' | 's3:ObjectRemoved:*' | 's3:ObjectRemoved:Delete' | 's3:ObjectRemoved:DeleteMarkerCreated' | 's3:ObjectRestore:*' | 's3:ObjectRestore:Post' | 's3:ObjectRestore:Completed' | 's3:Replication:*' | 's3:Replication:OperationFailedReplication' | 's3:Replication:OperationNotTracked' | 's3:Replication:OperationMissedThreshold' | 's3:Replication:OperationReplicatedAfterThreshold' | 's3:ObjectRestore:Delete' | 's3:LifecycleTransition' | 's3:IntelligentTiering' | 's3:ObjectAcl:Put' | 's3:LifecycleExpiration:*' | 's3:LifecycleExpiration:Delete' | 's3:LifecycleExpiration:DeleteMarkerCreated' | 's3:ObjectTagging:*' | 's3:ObjectTagging:Put' | 's3:ObjectTagging:Delete';

export interface EventBridgeConfiguration {
}

export interface ExistingObjectReplication {
  readonly Status: ExistingObjectReplicationStatus;
}

export type ExistingObjectReplicationStatus = 'Enabled' | 'Disabled';

export type ExpirationState = 'ENABLED' | 'DISABLED';

export type ExpirationStatus = 'Enabled' | 'Disabled';

export type ExpressionType = 'SQL';

export type FileHeaderInfo = 'USE' | 'IGNORE' | 'NONE';

export interface FilterRule {
  readonly Name?: FilterRuleName | undefined;
  readonly Value?: string | undefined;
}

export type FilterRuleName = 'prefix' | 'suffix';

export interface GetBucketAbacOutput {
  readonly AbacStatus?: AbacStatus | undefined;
}

export interface GetBucketAbacRequest {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface GetBucketAccelerateConfigurationOutput {
  readonly Status?: BucketAccelerateStatus | undefined;
  readonly RequestCharged?: RequestCharged | undefined;
}

export interface GetBucketAccelerateConfigurationRequest {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string | undefined;
  readonly RequestPayer?: RequestPayer | undefined;
}

export interface GetBucketAclOutput {
  readonly Owner?: Owner | undefined;
  readonly Grants?: readonly Grant[] | undefined;
}

export interface GetBucketAclRequest {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface GetBucketAnalyticsConfigurationOutput {
  readonly AnalyticsConfiguration?: AnalyticsConfiguration | undefined;
}

export interface GetBucketAnalyticsConfigurationRequest {
  readonly Bucket: string;
  readonly Id: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface GetBucketCorsOutput {
  readonly CORSRules?: readonly CORSRule[] | undefined;
}

export interface GetBucketCorsRequest {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface GetBucketEncryptionOutput {
  readonly ServerSideEncryptionConfiguration?: ServerSideEncryptionConfiguration | undefined;
}

export interface GetBucketEncryptionRequest {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface GetBucketIntelligentTieringConfigurationOutput {
  readonly IntelligentTieringConfiguration?: IntelligentTieringConfiguration | undefined;
}

export interface GetBucketIntelligentTieringConfigurationRequest {
  readonly Bucket: string;
  readonly Id: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface GetBucketInventoryConfigurationOutput {
  readonly InventoryConfiguration?: InventoryConfiguration | undefined;
}

export interface GetBucketInventoryConfigurationRequest {
  readonly Bucket: string;
  readonly Id: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface GetBucketLifecycleConfigurationOutput {
  readonly Rules?: readonly LifecycleRule[] | undefined;
  readonly TransitionDefaultMinimumObjectSize?: TransitionDefaultMinimumObjectSize | undefined;
}

export interface GetBucketLifecycleConfigurationRequest {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface GetBucketLifecycleOutput {
  readonly Rules?: readonly Rule[] | undefined;
}

export interface GetBucketLifecycleRequest {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface GetBucketLocationOutput {
  readonly LocationConstraint?: string | undefined;
}

export interface GetBucketLocationRequest {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface GetBucketLoggingOutput {
  readonly LoggingEnabled?: LoggingEnabled | undefined;
}

export interface GetBucketLoggingRequest {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface GetBucketMetadataConfigurationOutput {
  readonly GetBucketMetadataConfigurationResult?: GetBucketMetadataConfigurationResult | undefined;
}

export interface GetBucketMetadataConfigurationRequest {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface GetBucketMetadataConfigurationResult {
  readonly MetadataConfigurationResult: MetadataConfigurationResult;
}

export interface GetBucketMetadataTableConfigurationOutput {
  readonly GetBucketMetadataTableConfigurationResult?: GetBucketMetadataTableConfigurationResult | undefined;
}

export interface GetBucketMetadataTableConfigurationRequest {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface GetBucketMetadataTableConfigurationResult {
  readonly MetadataTableConfigurationResult: MetadataTableConfigurationResult;
  readonly Status: string;
  readonly Error?: ErrorDetails | undefined;
}

export interface GetBucketMetricsConfigurationOutput {
  readonly MetricsConfiguration?: MetricsConfiguration | undefined;
}

export interface GetBucketMetricsConfigurationRequest {
  readonly Bucket: string;
  readonly Id: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface GetBucketNotificationConfigurationRequest {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface GetBucketOwnershipControlsOutput {
  readonly OwnershipControls?: OwnershipControls | undefined;
}

export interface GetBucketOwnershipControlsRequest {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface GetBucketPolicyOutput {
  readonly Policy?: string | undefined;
}

export interface GetBucketPolicyRequest {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface GetBucketPolicyStatusOutput {
  readonly PolicyStatus?: PolicyStatus | undefined;
}

export interface GetBucketPolicyStatusRequest {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface GetBucketReplicationOutput {
  readonly ReplicationConfiguration?: ReplicationConfiguration | undefined;
}

export interface GetBucketReplicationRequest {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface GetBucketRequestPaymentOutput {
  readonly Payer?: Payer | undefined;
}

export interface GetBucketRequestPaymentRequest {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface GetBucketTaggingOutput {
  readonly TagSet: readonly Tag[];
}

export interface GetBucketTaggingRequest {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface GetBucketVersioningOutput {
  readonly Status?: BucketVersioningStatus | undefined;
  readonly MFADelete?: MFADeleteStatus | undefined;
}

export interface GetBucketVersioningRequest {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface GetBucketWebsiteOutput {
  readonly RedirectAllRequestsTo?: RedirectAllRequestsTo | undefined;
  readonly IndexDocument?: IndexDocument | undefined;
  readonly ErrorDocument?: ErrorDocument | undefined;
  readonly RoutingRules?: readonly RoutingRule[] | undefined;
}

export interface GetBucketWebsiteRequest {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface GetObjectAclOutput {
  readonly Owner?: Owner | undefined;
  readonly Grants?: readonly Grant[] | undefined;
  readonly RequestCharged?: RequestCharged | undefined;
}

export interface GetObjectAclRequest {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId?: string | undefined;
  readonly RequestPayer?: RequestPayer | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface GetObjectAttributesOutput {
  readonly DeleteMarker?: boolean | undefined;
  readonly LastModified?: Timestamp | undefined;
  readonly VersionId?: string | undefined;
  readonly RequestCharged?: RequestCharged | undefined;
  readonly ETag?: string | undefined;
  readonly Checksum?: Checksum | undefined;
  readonly ObjectParts?: GetObjectAttributesParts | undefined;
  readonly StorageClass?: string | undefined;
  readonly ObjectSize?: number | undefined;
}

export interface GetObjectAttributesParts {
  readonly TotalPartsCount?: number | undefined;
  readonly PartNumberMarker?: number | undefined;
  readonly NextPartNumberMarker?: number | undefined;
  readonly MaxParts?: number | undefined;
  readonly IsTruncated?: boolean | undefined;
  readonly Parts?: readonly ObjectPart[] | undefined;
}

export interface GetObjectAttributesRequest {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId?: string | undefined;
  readonly MaxParts?: number | undefined;
  readonly PartNumberMarker?: number | undefined;
  readonly SSECustomerAlgorithm?: string | undefined;
  readonly SSECustomerKey?: string | undefined;
  readonly SSECustomerKeyMD5?: string | undefined;
  readonly RequestPayer?: RequestPayer | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
  readonly ObjectAttributes: readonly ObjectAttributes[];
}

export interface GetObjectLegalHoldOutput {
  readonly LegalHold?: ObjectLockLegalHold | undefined;
}

export interface GetObjectLegalHoldRequest {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId?: string | undefined;
  readonly RequestPayer?: RequestPayer | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface GetObjectLockConfigurationOutput {
  readonly ObjectLockConfiguration?: ObjectLockConfiguration | undefined;
}

export interface GetObjectLockConfigurationRequest {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface GetObjectOutput {
  readonly Body?: ByteStream | Uint8Array | undefined;
  readonly DeleteMarker?: boolean | undefined;
  readonly AcceptRanges?: string | undefined;
  readonly Expiration?: string | undefined;
  readonly Restore?: string | undefined;
  readonly LastModified?: Timestamp | undefined;
  readonly ContentLength?: number | undefined;
  readonly ETag?: string | undefined;
  readonly ChecksumCRC32?: string | undefined;
  readonly ChecksumCRC32C?: string | undefined;
  readonly ChecksumCRC64NVME?: string | undefined;
  readonly ChecksumSHA1?: string | undefined;
  readonly ChecksumSHA256?: string | undefined;
  readonly ChecksumSHA512?: string | undefined;
  readonly ChecksumMD5?: string | undefined;
  readonly ChecksumXXHASH64?: string | undefined;
  readonly ChecksumXXHASH3?: string | undefined;
  readonly ChecksumXXHASH128?: string | undefined;
  readonly ChecksumType?: ChecksumType | undefined;
  readonly MissingMeta?: number | undefined;
  readonly VersionId?: string | undefined;
  readonly CacheControl?: string | undefined;
  readonly ContentDisposition?: string | undefined;
  readonly ContentEncoding?: string | undefined;
  readonly ContentLanguage?: string | undefined;
  readonly ContentRange?: string | undefined;
  readonly ContentType?: string | undefined;
  readonly Expires?: string | undefined;
  readonly WebsiteRedirectLocation?: string | undefined;
  readonly ServerSideEncryption?: string | undefined;
  readonly Metadata?: { readonly [key: string]: string } | undefined;
  readonly SSECustomerAlgorithm?: string | undefined;
  readonly SSECustomerKeyMD5?: string | undefined;
  readonly SSEKMSKeyId?: string | undefined;
  readonly BucketKeyEnabled?: boolean | undefined;
  readonly StorageClass?: string | undefined;
  readonly RequestCharged?: RequestCharged | undefined;
  readonly ReplicationStatus?: ReplicationStatus | undefined;
  readonly PartsCount?: number | undefined;
  readonly TagCount?: number | undefined;
  readonly ObjectLockMode?: string | undefined;
  readonly ObjectLockRetainUntilDate?: Timestamp | undefined;
  readonly ObjectLockLegalHoldStatus?: string | undefined;
}

export interface GetObjectRequest {
  readonly Bucket: string;
  readonly IfMatch?: string | undefined;
  readonly IfModifiedSince?: Timestamp | undefined;
  readonly IfNoneMatch?: string | undefined;
  readonly IfUnmodifiedSince?: Timestamp | undefined;
  readonly Key: string;
  readonly Range?: string | undefined;
  readonly ResponseCacheControl?: string | undefined;
  readonly ResponseContentDisposition?: string | undefined;
  readonly ResponseContentEncoding?: string | undefined;
  readonly ResponseContentLanguage?: string | undefined;
  readonly ResponseContentType?: string | undefined;
  readonly ResponseExpires?: Timestamp | undefined;
  readonly VersionId?: string | undefined;
  readonly SSECustomerAlgorithm?: string | undefined;
  readonly SSECustomerKey?: string | undefined;
  readonly SSECustomerKeyMD5?: string | undefined;
  readonly RequestPayer?: RequestPayer | undefined;
  readonly PartNumber?: number | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
  readonly ChecksumMode?: ChecksumMode | undefined;
}

export interface GetObjectRetentionOutput {
  readonly Retention?: ObjectLockRetention | undefined;
}

export interface GetObjectRetentionRequest {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId?: string | undefined;
  readonly RequestPayer?: RequestPayer | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface GetObjectTaggingOutput {
  readonly VersionId?: string | undefined;
  readonly TagSet: readonly Tag[];
}

export interface GetObjectTaggingRequest {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
  readonly RequestPayer?: RequestPayer | undefined;
}

export interface GetObjectTorrentOutput {
  readonly Body?: ByteStream | Uint8Array | undefined;
  readonly RequestCharged?: RequestCharged | undefined;
}

export interface GetObjectTorrentRequest {
  readonly Bucket: string;
  readonly Key: string;
  readonly RequestPayer?: RequestPayer | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface GetPublicAccessBlockOutput {
  readonly PublicAccessBlockConfiguration?: PublicAccessBlockConfiguration | undefined;
}

export interface GetPublicAccessBlockRequest {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface GlacierJobParameters {
  readonly Tier: Tier;
}

export interface Grant {
  readonly Grantee?: Grantee | undefined;
  readonly Permission?: Permission | undefined;
}

export interface Grantee {
  readonly DisplayName?: string | undefined;
  readonly EmailAddress?: string | undefined;
  readonly ID?: string | undefined;
  readonly Type: Type;
  readonly URI?: string | undefined;
}

export interface HeadBucketOutput {
  readonly BucketArn?: string | undefined;
  readonly BucketLocationType?: LocationType | undefined;
  readonly BucketLocationName?: string | undefined;
  readonly BucketRegion?: string | undefined;
  readonly AccessPointAlias?: boolean | undefined;
}

export interface HeadBucketRequest {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface HeadObjectOutput {
  readonly DeleteMarker?: boolean | undefined;
  readonly AcceptRanges?: string | undefined;
  readonly Expiration?: string | undefined;
  readonly Restore?: string | undefined;
  readonly ArchiveStatus?: ArchiveStatus | undefined;
  readonly LastModified?: Timestamp | undefined;
  readonly ContentLength?: number | undefined;
  readonly ChecksumCRC32?: string | undefined;
  readonly ChecksumCRC32C?: string | undefined;
  readonly ChecksumCRC64NVME?: string | undefined;
  readonly ChecksumSHA1?: string | undefined;
  readonly ChecksumSHA256?: string | undefined;
  readonly ChecksumSHA512?: string | undefined;
  readonly ChecksumMD5?: string | undefined;
  readonly ChecksumXXHASH64?: string | undefined;
  readonly ChecksumXXHASH3?: string | undefined;
  readonly ChecksumXXHASH128?: string | undefined;
  readonly ChecksumType?: ChecksumType | undefined;
  readonly ETag?: string | undefined;
  readonly MissingMeta?: number | undefined;
  readonly VersionId?: string | undefined;
  readonly CacheControl?: string | undefined;
  readonly ContentDisposition?: string | undefined;
  readonly ContentEncoding?: string | undefined;
  readonly ContentLanguage?: string | undefined;
  readonly ContentType?: string | undefined;
  readonly ContentRange?: string | undefined;
  readonly Expires?: string | undefined;
  readonly WebsiteRedirectLocation?: string | undefined;
  readonly ServerSideEncryption?: string | undefined;
  readonly Metadata?: { readonly [key: string]: string } | undefined;
  readonly SSECustomerAlgorithm?: string | undefined;
  readonly SSECustomerKeyMD5?: string | undefined;
  readonly SSEKMSKeyId?: string | undefined;
  readonly BucketKeyEnabled?: boolean | undefined;
  readonly StorageClass?: string | undefined;
  readonly RequestCharged?: RequestCharged | undefined;
  readonly ReplicationStatus?: ReplicationStatus | undefined;
  readonly PartsCount?: number | undefined;
  readonly TagCount?: number | undefined;
  readonly ObjectLockMode?: string | undefined;
  readonly ObjectLockRetainUntilDate?: Timestamp | undefined;
  readonly ObjectLockLegalHoldStatus?: string | undefined;
}

export interface HeadObjectRequest {
  readonly Bucket: string;
  readonly IfMatch?: string | undefined;
  readonly IfModifiedSince?: Timestamp | undefined;
  readonly IfNoneMatch?: string | undefined;
  readonly IfUnmodifiedSince?: Timestamp | undefined;
  readonly Key: string;
  readonly Range?: string | undefined;
  readonly ResponseCacheControl?: string | undefined;
  readonly ResponseContentDisposition?: string | undefined;
  readonly ResponseContentEncoding?: string | undefined;
  readonly ResponseContentLanguage?: string | undefined;
  readonly ResponseContentType?: string | undefined;
  readonly ResponseExpires?: Timestamp | undefined;
  readonly VersionId?: string | undefined;
  readonly SSECustomerAlgorithm?: string | undefined;
  readonly SSECustomerKey?: string | undefined;
  readonly SSECustomerKeyMD5?: string | undefined;
  readonly RequestPayer?: RequestPayer | undefined;
  readonly PartNumber?: number | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
  readonly ChecksumMode?: ChecksumMode | undefined;
}

export interface IndexDocument {
  readonly Suffix: string;
}

export interface Initiator {
  readonly ID?: string | undefined;
  readonly DisplayName?: string | undefined;
}

export interface InputSerialization {
  readonly CSV?: CSVInput | undefined;
  readonly CompressionType?: CompressionType | undefined;
  readonly JSON?: JSONInput | undefined;
  readonly Parquet?: ParquetInput | undefined;
}

export type IntelligentTieringAccessTier = 'ARCHIVE_ACCESS' | 'DEEP_ARCHIVE_ACCESS';

export interface IntelligentTieringAndOperator {
  readonly Prefix?: string | undefined;
  readonly Tags?: readonly Tag[] | undefined;
}

export interface IntelligentTieringConfiguration {
  readonly Id: string;
  readonly Filter?: IntelligentTieringFilter | undefined;
  readonly Status: IntelligentTieringStatus;
  readonly Tierings: readonly Tiering[];
}

export interface IntelligentTieringFilter {
  readonly Prefix?: string | undefined;
  readonly Tag?: Tag | undefined;
  readonly And?: IntelligentTieringAndOperator | undefined;
}

export type IntelligentTieringStatus = 'Enabled' | 'Disabled';

export interface InventoryConfiguration {
  readonly Destination: InventoryDestination;
  readonly IsEnabled: boolean;
  readonly Filter?: InventoryFilter | undefined;
  readonly Id: string;
  readonly IncludedObjectVersions: InventoryIncludedObjectVersions;
  readonly OptionalFields?: readonly InventoryOptionalField[] | undefined;
  readonly Schedule: InventorySchedule;
}

export type InventoryConfigurationState = 'ENABLED' | 'DISABLED';

export interface InventoryDestination {
  readonly S3BucketDestination: InventoryS3BucketDestination;
}

export interface InventoryEncryption {
  readonly SSES3?: SSES3 | undefined;
  readonly SSEKMS?: SSEKMS | undefined;
}

export interface InventoryFilter {
  readonly Prefix: string;
}

export type InventoryFormat = 'CSV' | 'ORC' | 'Parquet';

export type InventoryFrequency = 'Daily' | 'Weekly';

export type InventoryIncludedObjectVersions = 'All' | 'Current';

export type InventoryOptionalField = 'Size' | 'LastModifiedDate' | 'StorageClass' | 'ETag' | 'IsMultipartUploaded' | 'ReplicationStatus' | 'EncryptionStatus' | 'ObjectLockRetainUntilDate' | 'ObjectLockMode' | 'ObjectLockLegalHoldStatus' | 'IntelligentTieringAccessTier' | 'BucketKeyStatus' | 'ChecksumAlgorithm' | 'ObjectAccessControlList' | 'ObjectOwner' | 'LifecycleExpirationDate';

export interface InventoryS3BucketDestination {
  readonly AccountId?: string | undefined;
  readonly Bucket: string;
  readonly Format: InventoryFormat;
  readonly Prefix?: string | undefined;
  readonly Encryption?: InventoryEncryption | undefined;
}

export interface InventorySchedule {
  readonly Frequency: InventoryFrequency;
}

export interface InventoryTableConfiguration {
  readonly ConfigurationState: InventoryConfigurationState;
  readonly EncryptionConfiguration?: MetadataTableEncryptionConfiguration | undefined;
}

export interface InventoryTableConfigurationResult {
  readonly ConfigurationState: InventoryConfigurationState;
  readonly TableStatus?: string | undefined;
  readonly Error?: ErrorDetails | undefined;
  readonly TableName?: string | undefined;
  readonly TableArn?: string | undefined;
}

export interface InventoryTableConfigurationUpdates {
  readonly ConfigurationState: InventoryConfigurationState;
  readonly EncryptionConfiguration?: MetadataTableEncryptionConfiguration | undefined;
}

export interface JSONInput {
  readonly Type?: JSONType | undefined;
}

export interface JSONOutput {
  readonly RecordDelimiter?: string | undefined;
}

export type JSONType = 'DOCUMENT' | 'LINES';

export interface JournalTableConfiguration {
  readonly RecordExpiration: RecordExpiration;
  readonly EncryptionConfiguration?: MetadataTableEncryptionConfiguration | undefined;
}

export interface JournalTableConfigurationResult {
  readonly TableStatus: string;
  readonly Error?: ErrorDetails | undefined;
  readonly TableName: string;
  readonly TableArn?: string | undefined;
  readonly RecordExpiration: RecordExpiration;
}

export interface JournalTableConfigurationUpdates {
  readonly RecordExpiration: RecordExpiration;
}

export interface LambdaFunctionConfiguration {
  readonly Id?: string | undefined;
  readonly LambdaFunctionArn: string;
  readonly Events: readonly Event[];
  readonly Filter?: NotificationConfigurationFilter | undefined;
}

export interface LifecycleConfiguration {
  readonly Rules: readonly Rule[];
}

export interface LifecycleExpiration {
  readonly Date?: Timestamp | undefined;
  readonly Days?: number | undefined;
  readonly ExpiredObjectDeleteMarker?: boolean | undefined;
}

export interface LifecycleRule {
  readonly Expiration?: LifecycleExpiration | undefined;
  readonly ID?: string | undefined;
  readonly Prefix?: string | undefined;
  readonly Filter?: LifecycleRuleFilter | undefined;
  readonly Status: ExpirationStatus;
  readonly Transitions?: readonly Transition[] | undefined;
  readonly NoncurrentVersionTransitions?: readonly NoncurrentVersionTransition[] | undefined;
  readonly NoncurrentVersionExpiration?: NoncurrentVersionExpiration | undefined;
  readonly AbortIncompleteMultipartUpload?: AbortIncompleteMultipartUpload | undefined;
}

export interface LifecycleRuleAndOperator {
  readonly Prefix?: string | undefined;
  readonly Tags?: readonly Tag[] | undefined;
  readonly ObjectSizeGreaterThan?: number | undefined;
  readonly ObjectSizeLessThan?: number | undefined;
}

export interface LifecycleRuleFilter {
  readonly Prefix?: string | undefined;
  readonly Tag?: Tag | undefined;
  readonly ObjectSizeGreaterThan?: number | undefined;
  readonly ObjectSizeLessThan?: number | undefined;
  readonly And?: LifecycleRuleAndOperator | undefined;
}

export interface ListBucketAnalyticsConfigurationsOutput {
  readonly IsTruncated?: boolean | undefined;
  readonly ContinuationToken?: string | undefined;
  readonly NextContinuationToken?: string | undefined;
  readonly AnalyticsConfigurationList?: readonly AnalyticsConfiguration[] | undefined;
}

export interface ListBucketAnalyticsConfigurationsRequest {
  readonly Bucket: string;
  readonly ContinuationToken?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface ListBucketIntelligentTieringConfigurationsOutput {
  readonly IsTruncated?: boolean | undefined;
  readonly ContinuationToken?: string | undefined;
  readonly NextContinuationToken?: string | undefined;
  readonly IntelligentTieringConfigurationList?: readonly IntelligentTieringConfiguration[] | undefined;
}

export interface ListBucketIntelligentTieringConfigurationsRequest {
  readonly Bucket: string;
  readonly ContinuationToken?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface ListBucketInventoryConfigurationsOutput {
  readonly ContinuationToken?: string | undefined;
  readonly InventoryConfigurationList?: readonly InventoryConfiguration[] | undefined;
  readonly IsTruncated?: boolean | undefined;
  readonly NextContinuationToken?: string | undefined;
}

export interface ListBucketInventoryConfigurationsRequest {
  readonly Bucket: string;
  readonly ContinuationToken?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface ListBucketMetricsConfigurationsOutput {
  readonly IsTruncated?: boolean | undefined;
  readonly ContinuationToken?: string | undefined;
  readonly NextContinuationToken?: string | undefined;
  readonly MetricsConfigurationList?: readonly MetricsConfiguration[] | undefined;
}

export interface ListBucketMetricsConfigurationsRequest {
  readonly Bucket: string;
  readonly ContinuationToken?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface ListBucketsOutput {
  readonly Buckets?: readonly Bucket[] | undefined;
  readonly Owner?: Owner | undefined;
  readonly ContinuationToken?: string | undefined;
  readonly Prefix?: string | undefined;
}

export interface ListBucketsRequest {
  readonly MaxBuckets?: number | undefined;
  readonly ContinuationToken?: string | undefined;
  readonly Prefix?: string | undefined;
  readonly BucketRegion?: string | undefined;
}

export interface ListDirectoryBucketsOutput {
  readonly Buckets?: readonly Bucket[] | undefined;
  readonly ContinuationToken?: string | undefined;
}

export interface ListDirectoryBucketsRequest {
  readonly ContinuationToken?: string | undefined;
  readonly MaxDirectoryBuckets?: number | undefined;
}

export interface ListMultipartUploadsOutput {
  readonly Bucket?: string | undefined;
  readonly KeyMarker?: string | undefined;
  readonly UploadIdMarker?: string | undefined;
  readonly NextKeyMarker?: string | undefined;
  readonly Prefix?: string | undefined;
  readonly Delimiter?: string | undefined;
  readonly NextUploadIdMarker?: string | undefined;
  readonly MaxUploads?: number | undefined;
  readonly IsTruncated?: boolean | undefined;
  readonly Uploads?: readonly MultipartUpload[] | undefined;
  readonly CommonPrefixes?: readonly CommonPrefix[] | undefined;
  readonly EncodingType?: EncodingType | undefined;
  readonly RequestCharged?: RequestCharged | undefined;
}

export interface ListMultipartUploadsRequest {
  readonly Bucket: string;
  readonly Delimiter?: string | undefined;
  readonly EncodingType?: EncodingType | undefined;
  readonly KeyMarker?: string | undefined;
  readonly MaxUploads?: number | undefined;
  readonly Prefix?: string | undefined;
  readonly UploadIdMarker?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
  readonly RequestPayer?: RequestPayer | undefined;
}

export interface ListObjectVersionsOutput {
  readonly IsTruncated?: boolean | undefined;
  readonly KeyMarker?: string | undefined;
  readonly VersionIdMarker?: string | undefined;
  readonly NextKeyMarker?: string | undefined;
  readonly NextVersionIdMarker?: string | undefined;
  readonly Versions?: readonly ObjectVersion[] | undefined;
  readonly DeleteMarkers?: readonly DeleteMarkerEntry[] | undefined;
  readonly Name?: string | undefined;
  readonly Prefix?: string | undefined;
  readonly Delimiter?: string | undefined;
  readonly MaxKeys?: number | undefined;
  readonly CommonPrefixes?: readonly CommonPrefix[] | undefined;
  readonly EncodingType?: EncodingType | undefined;
  readonly RequestCharged?: RequestCharged | undefined;
}

export interface ListObjectVersionsRequest {
  readonly Bucket: string;
  readonly Delimiter?: string | undefined;
  readonly EncodingType?: EncodingType | undefined;
  readonly KeyMarker?: string | undefined;
  readonly MaxKeys?: number | undefined;
  readonly Prefix?: string | undefined;
  readonly VersionIdMarker?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
  readonly RequestPayer?: RequestPayer | undefined;
  readonly OptionalObjectAttributes?: readonly OptionalObjectAttributes[] | undefined;
}

export interface ListObjectsOutput {
  readonly IsTruncated?: boolean | undefined;
  readonly Marker?: string | undefined;
  readonly NextMarker?: string | undefined;
  readonly Contents?: readonly Object[] | undefined;
  readonly Name?: string | undefined;
  readonly Prefix?: string | undefined;
  readonly Delimiter?: string | undefined;
  readonly MaxKeys?: number | undefined;
  readonly CommonPrefixes?: readonly CommonPrefix[] | undefined;
  readonly EncodingType?: EncodingType | undefined;
  readonly RequestCharged?: RequestCharged | undefined;
}

export interface ListObjectsRequest {
  readonly Bucket: string;
  readonly Delimiter?: string | undefined;
  readonly EncodingType?: EncodingType | undefined;
  readonly Marker?: string | undefined;
  readonly MaxKeys?: number | undefined;
  readonly Prefix?: string | undefined;
  readonly RequestPayer?: RequestPayer | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
  readonly OptionalObjectAttributes?: readonly OptionalObjectAttributes[] | undefined;
}

export interface ListObjectsV2Output {
  readonly IsTruncated?: boolean | undefined;
  readonly Contents?: readonly Object[] | undefined;
  readonly Name?: string | undefined;
  readonly Prefix?: string | undefined;
  readonly Delimiter?: string | undefined;
  readonly MaxKeys?: number | undefined;
  readonly CommonPrefixes?: readonly CommonPrefix[] | undefined;
  readonly EncodingType?: EncodingType | undefined;
  readonly KeyCount?: number | undefined;
  readonly ContinuationToken?: string | undefined;
  readonly NextContinuationToken?: string | undefined;
  readonly StartAfter?: string | undefined;
  readonly RequestCharged?: RequestCharged | undefined;
}

export interface ListObjectsV2Request {
  readonly Bucket: string;
  readonly Delimiter?: string | undefined;
  readonly EncodingType?: EncodingType | undefined;
  readonly MaxKeys?: number | undefined;
  readonly Prefix?: string | undefined;
  readonly ContinuationToken?: string | undefined;
  readonly FetchOwner?: boolean | undefined;
  readonly StartAfter?: string | undefined;
  readonly RequestPayer?: RequestPayer | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
  readonly OptionalObjectAttributes?: readonly OptionalObjectAttributes[] | undefined;
}

export interface ListPartsOutput {
  readonly AbortDate?: Timestamp | undefined;
  readonly AbortRuleId?: string | undefined;
  readonly Bucket?: string | undefined;
  readonly Key?: string | undefined;
  readonly UploadId?: string | undefined;
  readonly PartNumberMarker?: number | undefined;
  readonly NextPartNumberMarker?: number | undefined;
  readonly MaxParts?: number | undefined;
  readonly IsTruncated?: boolean | undefined;
  readonly Parts?: readonly Part[] | undefined;
  readonly Initiator?: Initiator | undefined;
  readonly Owner?: Owner | undefined;
  readonly StorageClass?: string | undefined;
  readonly RequestCharged?: RequestCharged | undefined;
  readonly ChecksumAlgorithm?: string | undefined;
  readonly ChecksumType?: ChecksumType | undefined;
}

export interface ListPartsRequest {
  readonly Bucket: string;
  readonly Key: string;
  readonly MaxParts?: number | undefined;
  readonly PartNumberMarker?: number | undefined;
  readonly UploadId: string;
  readonly RequestPayer?: RequestPayer | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
  readonly SSECustomerAlgorithm?: string | undefined;
  readonly SSECustomerKey?: string | undefined;
  readonly SSECustomerKeyMD5?: string | undefined;
}

export interface LocationInfo {
  readonly Type?: LocationType | undefined;
  readonly Name?: string | undefined;
}

export type LocationType = 'AvailabilityZone' | 'LocalZone';

export interface LoggingEnabled {
  readonly TargetBucket: string;
  readonly TargetGrants?: readonly TargetGrant[] | undefined;
  readonly TargetPrefix: string;
  readonly TargetObjectKeyFormat?: TargetObjectKeyFormat | undefined;
}

export type MFADelete = 'Enabled' | 'Disabled';

export type MFADeleteStatus = 'Enabled' | 'Disabled';

export interface MetadataConfiguration {
  readonly JournalTableConfiguration: JournalTableConfiguration;
  readonly InventoryTableConfiguration?: InventoryTableConfiguration | undefined;
}

export interface MetadataConfigurationResult {
  readonly DestinationResult: DestinationResult;
  readonly JournalTableConfigurationResult?: JournalTableConfigurationResult | undefined;
  readonly InventoryTableConfigurationResult?: InventoryTableConfigurationResult | undefined;
}

export type MetadataDirective = 'COPY' | 'REPLACE';

export interface MetadataEntry {
  readonly Name?: string | undefined;
  readonly Value?: string | undefined;
}

export interface MetadataTableConfiguration {
  readonly S3TablesDestination: S3TablesDestination;
}

export interface MetadataTableConfigurationResult {
  readonly S3TablesDestinationResult: S3TablesDestinationResult;
}

export interface MetadataTableEncryptionConfiguration {
  readonly SseAlgorithm: TableSseAlgorithm;
  readonly KmsKeyArn?: string | undefined;
}

export interface Metrics {
  readonly Status: MetricsStatus;
  readonly EventThreshold?: ReplicationTimeValue | undefined;
}

export interface MetricsAndOperator {
  readonly Prefix?: string | undefined;
  readonly Tags?: readonly Tag[] | undefined;
  readonly AccessPointArn?: string | undefined;
}

export interface MetricsConfiguration {
  readonly Id: string;
  readonly Filter?: MetricsFilter | undefined;
}

export interface MetricsFilter {
  readonly Prefix?: string | undefined;
  readonly Tag?: Tag | undefined;
  readonly AccessPointArn?: string | undefined;
  readonly And?: MetricsAndOperator | undefined;
}

export type MetricsStatus = 'Enabled' | 'Disabled';

export interface MultipartUpload {
  readonly UploadId?: string | undefined;
  readonly Key?: string | undefined;
  readonly Initiated?: Timestamp | undefined;
  readonly StorageClass?: string | undefined;
  readonly Owner?: Owner | undefined;
  readonly Initiator?: Initiator | undefined;
  readonly ChecksumAlgorithm?: string | undefined;
  readonly ChecksumType?: ChecksumType | undefined;
}

export interface NoncurrentVersionExpiration {
  readonly NoncurrentDays?: number | undefined;
  readonly NewerNoncurrentVersions?: number | undefined;
}

export interface NoncurrentVersionTransition {
  readonly NoncurrentDays?: number | undefined;
  readonly StorageClass?: TransitionStorageClass | undefined;
  readonly NewerNoncurrentVersions?: number | undefined;
}

export interface NotificationConfiguration {
  readonly TopicConfigurations?: readonly TopicConfiguration[] | undefined;
  readonly QueueConfigurations?: readonly QueueConfiguration[] | undefined;
  readonly LambdaFunctionConfigurations?: readonly LambdaFunctionConfiguration[] | undefined;
  readonly EventBridgeConfiguration?: EventBridgeConfiguration | undefined;
}

export interface NotificationConfigurationDeprecated {
  readonly TopicConfiguration?: TopicConfigurationDeprecated | undefined;
  readonly QueueConfiguration?: QueueConfigurationDeprecated | undefined;
  readonly CloudFunctionConfiguration?: CloudFunctionConfiguration | undefined;
}

export interface NotificationConfigurationFilter {
  readonly Key?: S3KeyFilter | undefined;
}

export interface Object {
  readonly Key?: string | undefined;
  readonly LastModified?: Timestamp | undefined;
  readonly ETag?: string | undefined;
  readonly ChecksumAlgorithm?: readonly string[] | undefined;
  readonly ChecksumType?: ChecksumType | undefined;
  readonly Size?: number | undefined;
  readonly StorageClass?: ObjectStorageClass | undefined;
  readonly Owner?: Owner | undefined;
  readonly RestoreStatus?: RestoreStatus | undefined;
}

export type ObjectAttributes = 'ETag' | 'Checksum' | 'ObjectParts' | 'StorageClass' | 'ObjectSize';

export interface ObjectEncryption {
  readonly SSEKMS?: SSEKMSEncryption | undefined;
}

export interface ObjectIdentifier {
  readonly Key: string;
  readonly VersionId?: string | undefined;
  readonly ETag?: string | undefined;
  readonly LastModifiedTime?: Timestamp | undefined;
  readonly Size?: number | undefined;
}

export interface ObjectLockConfiguration {
  readonly ObjectLockEnabled?: ObjectLockEnabled | undefined;
  readonly Rule?: ObjectLockRule | undefined;
}

export type ObjectLockEnabled = 'Enabled';

export interface ObjectLockLegalHold {
  readonly Status?: string | undefined;
}

export interface ObjectLockRetention {
  readonly Mode?: ObjectLockRetentionMode | undefined;
  readonly RetainUntilDate?: Timestamp | undefined;
}

export type ObjectLockRetentionMode = 'GOVERNANCE' | 'COMPLIANCE';

export interface ObjectLockRule {
  readonly DefaultRetention?: DefaultRetention | undefined;
}

export interface ObjectPart {
  readonly PartNumber?: number | undefined;
  readonly Size?: number | undefined;
  readonly ChecksumCRC32?: string | undefined;
  readonly ChecksumCRC32C?: string | undefined;
  readonly ChecksumCRC64NVME?: string | undefined;
  readonly ChecksumSHA1?: string | undefined;
  readonly ChecksumSHA256?: string | undefined;
  readonly ChecksumSHA512?: string | undefined;
  readonly ChecksumMD5?: string | undefined;
  readonly ChecksumXXHASH64?: string | undefined;
  readonly ChecksumXXHASH3?: string | undefined;
  readonly ChecksumXXHASH128?: string | undefined;
}

export type ObjectStorageClass = 'STANDARD' | 'REDUCED_REDUNDANCY' | 'GLACIER' | 'STANDARD_IA' | 'ONEZONE_IA' | 'INTELLIGENT_TIERING' | 'DEEP_ARCHIVE' | 'OUTPOSTS' | 'GLACIER_IR' | 'SNOW' | 'EXPRESS_ONEZONE' | 'FSX_OPENZFS' | 'FSX_ONTAP';

export interface ObjectVersion {
  readonly ETag?: string | undefined;
  readonly ChecksumAlgorithm?: readonly string[] | undefined;
  readonly ChecksumType?: ChecksumType | undefined;
  readonly Size?: number | undefined;
  readonly StorageClass?: ObjectVersionStorageClass | undefined;
  readonly Key?: string | undefined;
  readonly VersionId?: string | undefined;
  readonly IsLatest?: boolean | undefined;
  readonly LastModified?: Timestamp | undefined;
  readonly Owner?: Owner | undefined;
  readonly RestoreStatus?: RestoreStatus | undefined;
}

export type ObjectVersionStorageClass = 'STANDARD';

export type OptionalObjectAttributes = 'RestoreStatus';

export interface OutputLocation {
  readonly S3?: S3Location | undefined;
}

export interface OutputSerialization {
  readonly CSV?: CSVOutput | undefined;
  readonly JSON?: JSONOutput | undefined;
}

export interface Owner {
  readonly DisplayName?: string | undefined;
  readonly ID?: string | undefined;
}

export type OwnerOverride = 'Destination';

export interface OwnershipControls {
  readonly Rules: readonly OwnershipControlsRule[];
}

export interface OwnershipControlsRule {
  readonly ObjectOwnership: string;
}

export interface ParquetInput {
}

export interface Part {
  readonly PartNumber?: number | undefined;
  readonly LastModified?: Timestamp | undefined;
  readonly ETag?: string | undefined;
  readonly Size?: number | undefined;
  readonly ChecksumCRC32?: string | undefined;
  readonly ChecksumCRC32C?: string | undefined;
  readonly ChecksumCRC64NVME?: string | undefined;
  readonly ChecksumSHA1?: string | undefined;
  readonly ChecksumSHA256?: string | undefined;
  readonly ChecksumSHA512?: string | undefined;
  readonly ChecksumMD5?: string | undefined;
  readonly ChecksumXXHASH64?: string | undefined;
  readonly ChecksumXXHASH3?: string | undefined;
  readonly ChecksumXXHASH128?: string | undefined;
}

export type PartitionDateSource = 'EventTime' | 'DeliveryTime';

export interface PartitionedPrefix {
  readonly PartitionDateSource?: PartitionDateSource | undefined;
}

export type Payer = 'Requester' | 'BucketOwner';

export type Permission = 'FULL_CONTROL' | 'WRITE' | 'WRITE_ACP' | 'READ' | 'READ_ACP';

export interface PolicyStatus {
  readonly IsPublic?: boolean | undefined;
}

export interface Progress {
  readonly BytesScanned?: number | undefined;
  readonly BytesProcessed?: number | undefined;
  readonly BytesReturned?: number | undefined;
}

export interface ProgressEvent {
  readonly Details?: Progress | undefined;
}

export type Protocol = 'http' | 'https';

export interface PublicAccessBlockConfiguration {
  readonly BlockPublicAcls?: boolean | undefined;
  readonly IgnorePublicAcls?: boolean | undefined;
  readonly BlockPublicPolicy?: boolean | undefined;
  readonly RestrictPublicBuckets?: boolean | undefined;
}

export interface PutBucketAbacRequest {
  readonly Bucket: string;
  readonly ContentMD5?: string | undefined;
  readonly ChecksumAlgorithm?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
  readonly AbacStatus: AbacStatus;
}

export interface PutBucketAccelerateConfigurationRequest {
  readonly Bucket: string;
  readonly AccelerateConfiguration: AccelerateConfiguration;
  readonly ExpectedBucketOwner?: string | undefined;
  readonly ChecksumAlgorithm?: string | undefined;
}

export interface PutBucketAclRequest {
  readonly ACL?: string | undefined;
  readonly AccessControlPolicy?: AccessControlPolicy | undefined;
  readonly Bucket: string;
  readonly ContentMD5?: string | undefined;
  readonly ChecksumAlgorithm?: string | undefined;
  readonly GrantFullControl?: string | undefined;
  readonly GrantRead?: string | undefined;
  readonly GrantReadACP?: string | undefined;
  readonly GrantWrite?: string | undefined;
  readonly GrantWriteACP?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface PutBucketAnalyticsConfigurationRequest {
  readonly Bucket: string;
  readonly Id: string;
  readonly AnalyticsConfiguration: AnalyticsConfiguration;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface PutBucketCorsRequest {
  readonly Bucket: string;
  readonly CORSConfiguration: CORSConfiguration;
  readonly ContentMD5?: string | undefined;
  readonly ChecksumAlgorithm?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface PutBucketEncryptionRequest {
  readonly Bucket: string;
  readonly ContentMD5?: string | undefined;
  readonly ChecksumAlgorithm?: string | undefined;
  readonly ServerSideEncryptionConfiguration: ServerSideEncryptionConfiguration;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface PutBucketIntelligentTieringConfigurationRequest {
  readonly Bucket: string;
  readonly Id: string;
  readonly ExpectedBucketOwner?: string | undefined;
  readonly IntelligentTieringConfiguration: IntelligentTieringConfiguration;
}

export interface PutBucketInventoryConfigurationRequest {
  readonly Bucket: string;
  readonly Id: string;
  readonly InventoryConfiguration: InventoryConfiguration;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface PutBucketLifecycleConfigurationOutput {
  readonly TransitionDefaultMinimumObjectSize?: TransitionDefaultMinimumObjectSize | undefined;
}

export interface PutBucketLifecycleConfigurationRequest {
  readonly Bucket: string;
  readonly ChecksumAlgorithm?: string | undefined;
  readonly LifecycleConfiguration?: BucketLifecycleConfiguration | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
  readonly TransitionDefaultMinimumObjectSize?: TransitionDefaultMinimumObjectSize | undefined;
}

export interface PutBucketLifecycleRequest {
  readonly Bucket: string;
  readonly ContentMD5?: string | undefined;
  readonly ChecksumAlgorithm?: string | undefined;
  readonly LifecycleConfiguration?: LifecycleConfiguration | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface PutBucketLoggingRequest {
  readonly Bucket: string;
  readonly BucketLoggingStatus: BucketLoggingStatus;
  readonly ContentMD5?: string | undefined;
  readonly ChecksumAlgorithm?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface PutBucketMetricsConfigurationRequest {
  readonly Bucket: string;
  readonly Id: string;
  readonly MetricsConfiguration: MetricsConfiguration;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface PutBucketNotificationConfigurationRequest {
  readonly Bucket: string;
  readonly NotificationConfiguration: NotificationConfiguration;
  readonly ExpectedBucketOwner?: string | undefined;
  readonly SkipDestinationValidation?: boolean | undefined;
}

export interface PutBucketNotificationRequest {
  readonly Bucket: string;
  readonly ContentMD5?: string | undefined;
  readonly ChecksumAlgorithm?: string | undefined;
  readonly NotificationConfiguration: NotificationConfigurationDeprecated;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface PutBucketOwnershipControlsRequest {
  readonly Bucket: string;
  readonly ContentMD5?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
  readonly OwnershipControls: OwnershipControls;
  readonly ChecksumAlgorithm?: string | undefined;
}

export interface PutBucketPolicyRequest {
  readonly Bucket: string;
  readonly ContentMD5?: string | undefined;
  readonly ChecksumAlgorithm?: string | undefined;
  readonly ConfirmRemoveSelfBucketAccess?: boolean | undefined;
  readonly Policy: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface PutBucketReplicationRequest {
  readonly Bucket: string;
  readonly ContentMD5?: string | undefined;
  readonly ChecksumAlgorithm?: string | undefined;
  readonly ReplicationConfiguration: ReplicationConfiguration;
  readonly Token?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface PutBucketRequestPaymentRequest {
  readonly Bucket: string;
  readonly ContentMD5?: string | undefined;
  readonly ChecksumAlgorithm?: string | undefined;
  readonly RequestPaymentConfiguration: RequestPaymentConfiguration;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface PutBucketTaggingRequest {
  readonly Bucket: string;
  readonly ContentMD5?: string | undefined;
  readonly ChecksumAlgorithm?: string | undefined;
  readonly Tagging: Tagging;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface PutBucketVersioningRequest {
  readonly Bucket: string;
  readonly ContentMD5?: string | undefined;
  readonly ChecksumAlgorithm?: string | undefined;
  readonly MFA?: string | undefined;
  readonly VersioningConfiguration: VersioningConfiguration;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface PutBucketWebsiteRequest {
  readonly Bucket: string;
  readonly ContentMD5?: string | undefined;
  readonly ChecksumAlgorithm?: string | undefined;
  readonly WebsiteConfiguration: WebsiteConfiguration;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface PutObjectAclOutput {
  readonly RequestCharged?: RequestCharged | undefined;
}

export interface PutObjectAclRequest {
  readonly ACL?: string | undefined;
  readonly AccessControlPolicy?: AccessControlPolicy | undefined;
  readonly Bucket: string;
  readonly ContentMD5?: string | undefined;
  readonly ChecksumAlgorithm?: string | undefined;
  readonly GrantFullControl?: string | undefined;
  readonly GrantRead?: string | undefined;
  readonly GrantReadACP?: string | undefined;
  readonly GrantWrite?: string | undefined;
  readonly GrantWriteACP?: string | undefined;
  readonly Key: string;
  readonly RequestPayer?: RequestPayer | undefined;
  readonly VersionId?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface PutObjectLegalHoldOutput {
  readonly RequestCharged?: RequestCharged | undefined;
}

export interface PutObjectLegalHoldRequest {
  readonly Bucket: string;
  readonly Key: string;
  readonly LegalHold?: ObjectLockLegalHold | undefined;
  readonly RequestPayer?: RequestPayer | undefined;
  readonly VersionId?: string | undefined;
  readonly ContentMD5?: string | undefined;
  readonly ChecksumAlgorithm?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface PutObjectLockConfigurationOutput {
  readonly RequestCharged?: RequestCharged | undefined;
}

export interface PutObjectLockConfigurationRequest {
  readonly Bucket: string;
  readonly ObjectLockConfiguration?: ObjectLockConfiguration | undefined;
  readonly RequestPayer?: RequestPayer | undefined;
  readonly Token?: string | undefined;
  readonly ContentMD5?: string | undefined;
  readonly ChecksumAlgorithm?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface PutObjectOutput {
  readonly Expiration?: string | undefined;
  readonly ETag?: string | undefined;
  readonly ChecksumCRC32?: string | undefined;
  readonly ChecksumCRC32C?: string | undefined;
  readonly ChecksumCRC64NVME?: string | undefined;
  readonly ChecksumSHA1?: string | undefined;
  readonly ChecksumSHA256?: string | undefined;
  readonly ChecksumSHA512?: string | undefined;
  readonly ChecksumMD5?: string | undefined;
  readonly ChecksumXXHASH64?: string | undefined;
  readonly ChecksumXXHASH3?: string | undefined;
  readonly ChecksumXXHASH128?: string | undefined;
  readonly ChecksumType?: ChecksumType | undefined;
  readonly ServerSideEncryption?: string | undefined;
  readonly VersionId?: string | undefined;
  readonly SSECustomerAlgorithm?: string | undefined;
  readonly SSECustomerKeyMD5?: string | undefined;
  readonly SSEKMSKeyId?: string | undefined;
  readonly SSEKMSEncryptionContext?: string | undefined;
  readonly BucketKeyEnabled?: boolean | undefined;
  readonly Size?: number | undefined;
  readonly RequestCharged?: RequestCharged | undefined;
}

export interface PutObjectRequest {
  readonly ACL?: string | undefined;
  readonly Body?: StreamedBody | undefined;
  readonly Bucket: string;
  readonly CacheControl?: string | undefined;
  readonly ContentDisposition?: string | undefined;
  readonly ContentEncoding?: string | undefined;
  readonly ContentLanguage?: string | undefined;
  readonly ContentLength?: number | undefined;
  readonly ContentMD5?: string | undefined;
  readonly ContentType?: string | undefined;
  readonly ChecksumAlgorithm?: string | undefined;
  readonly ChecksumCRC32?: string | undefined;
  readonly ChecksumCRC32C?: string | undefined;
  readonly ChecksumCRC64NVME?: string | undefined;
  readonly ChecksumSHA1?: string | undefined;
  readonly ChecksumSHA256?: string | undefined;
  readonly ChecksumSHA512?: string | undefined;
  readonly ChecksumMD5?: string | undefined;
  readonly ChecksumXXHASH64?: string | undefined;
  readonly ChecksumXXHASH3?: string | undefined;
  readonly ChecksumXXHASH128?: string | undefined;
  readonly Expires?: string | undefined;
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
  readonly GrantFullControl?: string | undefined;
  readonly GrantRead?: string | undefined;
  readonly GrantReadACP?: string | undefined;
  readonly GrantWriteACP?: string | undefined;
  readonly Key: string;
  readonly WriteOffsetBytes?: number | undefined;
  readonly Metadata?: { readonly [key: string]: string } | undefined;
  readonly ServerSideEncryption?: string | undefined;
  readonly StorageClass?: string | undefined;
  readonly WebsiteRedirectLocation?: string | undefined;
  readonly SSECustomerAlgorithm?: string | undefined;
  readonly SSECustomerKey?: string | undefined;
  readonly SSECustomerKeyMD5?: string | undefined;
  readonly SSEKMSKeyId?: string | undefined;
  readonly SSEKMSEncryptionContext?: string | undefined;
  readonly BucketKeyEnabled?: boolean | undefined;
  readonly RequestPayer?: RequestPayer | undefined;
  readonly Tagging?: string | undefined;
  readonly ObjectLockMode?: string | undefined;
  readonly ObjectLockRetainUntilDate?: Timestamp | undefined;
  readonly ObjectLockLegalHoldStatus?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface PutObjectRetentionOutput {
  readonly RequestCharged?: RequestCharged | undefined;
}

export interface PutObjectRetentionRequest {
  readonly Bucket: string;
  readonly Key: string;
  readonly Retention?: ObjectLockRetention | undefined;
  readonly RequestPayer?: RequestPayer | undefined;
  readonly VersionId?: string | undefined;
  readonly BypassGovernanceRetention?: boolean | undefined;
  readonly ContentMD5?: string | undefined;
  readonly ChecksumAlgorithm?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface PutObjectTaggingOutput {
  readonly VersionId?: string | undefined;
}

export interface PutObjectTaggingRequest {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId?: string | undefined;
  readonly ContentMD5?: string | undefined;
  readonly ChecksumAlgorithm?: string | undefined;
  readonly Tagging: Tagging;
  readonly ExpectedBucketOwner?: string | undefined;
  readonly RequestPayer?: RequestPayer | undefined;
}

export interface PutPublicAccessBlockRequest {
  readonly Bucket: string;
  readonly ContentMD5?: string | undefined;
  readonly ChecksumAlgorithm?: string | undefined;
  readonly PublicAccessBlockConfiguration: PublicAccessBlockConfiguration;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface QueueConfiguration {
  readonly Id?: string | undefined;
  readonly QueueArn: string;
  readonly Events: readonly Event[];
  readonly Filter?: NotificationConfigurationFilter | undefined;
}

export interface QueueConfigurationDeprecated {
  readonly Id?: string | undefined;
  readonly Event?: Event | undefined;
  readonly Events?: readonly Event[] | undefined;
  readonly Queue?: string | undefined;
}

export type QuoteFields = 'ALWAYS' | 'ASNEEDED';

export interface RecordExpiration {
  readonly Expiration: ExpirationState;
  readonly Days?: number | undefined;
}

export interface RecordsEvent {
  readonly Payload?: Uint8Array | undefined;
}

export interface Redirect {
  readonly HostName?: string | undefined;
  readonly HttpRedirectCode?: string | undefined;
  readonly Protocol?: Protocol | undefined;
  readonly ReplaceKeyPrefixWith?: string | undefined;
  readonly ReplaceKeyWith?: string | undefined;
}

export interface RedirectAllRequestsTo {
  readonly HostName: string;
  readonly Protocol?: Protocol | undefined;
}

export interface RenameObjectOutput {
}

export interface RenameObjectRequest {
  readonly Bucket: string;
  readonly Key: string;
  readonly RenameSource: string;
  readonly DestinationIfMatch?: string | undefined;
  readonly DestinationIfNoneMatch?: string | undefined;
  readonly DestinationIfModifiedSince?: Timestamp | undefined;
  readonly DestinationIfUnmodifiedSince?: Timestamp | undefined;
  readonly SourceIfMatch?: string | undefined;
  readonly SourceIfNoneMatch?: string | undefined;
  readonly SourceIfModifiedSince?: Timestamp | undefined;
  readonly SourceIfUnmodifiedSince?: Timestamp | undefined;
  readonly ClientToken?: string | undefined;
}

export interface ReplicaModifications {
  readonly Status: ReplicaModificationsStatus;
}

export type ReplicaModificationsStatus = 'Enabled' | 'Disabled';

export interface ReplicationConfiguration {
  readonly Role: string;
  readonly Rules: readonly ReplicationRule[];
}

export interface ReplicationRule {
  readonly ID?: string | undefined;
  readonly Priority?: number | undefined;
  readonly Prefix?: string | undefined;
  readonly Filter?: ReplicationRuleFilter | undefined;
  readonly Status: ReplicationRuleStatus;
  readonly SourceSelectionCriteria?: SourceSelectionCriteria | undefined;
  readonly ExistingObjectReplication?: ExistingObjectReplication | undefined;
  readonly Destination: Destination;
  readonly DeleteMarkerReplication?: DeleteMarkerReplication | undefined;
}

export interface ReplicationRuleAndOperator {
  readonly Prefix?: string | undefined;
  readonly Tags?: readonly Tag[] | undefined;
}

export interface ReplicationRuleFilter {
  readonly Prefix?: string | undefined;
  readonly Tag?: Tag | undefined;
  readonly And?: ReplicationRuleAndOperator | undefined;
}

export type ReplicationRuleStatus = 'Enabled' | 'Disabled';

export type ReplicationStatus = 'COMPLETE' | 'PENDING' | 'FAILED' | 'REPLICA' | 'COMPLETED';

export interface ReplicationTime {
  readonly Status: ReplicationTimeStatus;
  readonly Time: ReplicationTimeValue;
}

export type ReplicationTimeStatus = 'Enabled' | 'Disabled';

export interface ReplicationTimeValue {
  readonly Minutes?: number | undefined;
}

export type RequestCharged = 'requester';

export type RequestPayer = 'requester';

export interface RequestPaymentConfiguration {
  readonly Payer: Payer;
}

export interface RequestProgress {
  readonly Enabled?: boolean | undefined;
}

export interface RestoreObjectOutput {
  readonly RequestCharged?: RequestCharged | undefined;
  readonly RestoreOutputPath?: string | undefined;
}

export interface RestoreObjectRequest {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId?: string | undefined;
  readonly RestoreRequest?: RestoreRequest | undefined;
  readonly RequestPayer?: RequestPayer | undefined;
  readonly ChecksumAlgorithm?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface RestoreRequest {
  readonly Days?: number | undefined;
  readonly GlacierJobParameters?: GlacierJobParameters | undefined;
  readonly Type?: RestoreRequestType | undefined;
  readonly Tier?: Tier | undefined;
  readonly Description?: string | undefined;
  readonly SelectParameters?: SelectParameters | undefined;
  readonly OutputLocation?: OutputLocation | undefined;
}

export type RestoreRequestType = 'SELECT';

export interface RestoreStatus {
  readonly IsRestoreInProgress?: boolean | undefined;
  readonly RestoreExpiryDate?: Timestamp | undefined;
}

export interface RoutingRule {
  readonly Condition?: Condition | undefined;
  readonly Redirect: Redirect;
}

export interface Rule {
  readonly Expiration?: LifecycleExpiration | undefined;
  readonly ID?: string | undefined;
  readonly Prefix: string;
  readonly Status: ExpirationStatus;
  readonly Transition?: Transition | undefined;
  readonly NoncurrentVersionTransition?: NoncurrentVersionTransition | undefined;
  readonly NoncurrentVersionExpiration?: NoncurrentVersionExpiration | undefined;
  readonly AbortIncompleteMultipartUpload?: AbortIncompleteMultipartUpload | undefined;
}

export interface S3KeyFilter {
  readonly FilterRules?: readonly FilterRule[] | undefined;
}

export interface S3Location {
  readonly BucketName: string;
  readonly Prefix: string;
  readonly Encryption?: Encryption | undefined;
  readonly CannedACL?: string | undefined;
  readonly AccessControlList?: readonly Grant[] | undefined;
  readonly Tagging?: Tagging | undefined;
  readonly UserMetadata?: readonly MetadataEntry[] | undefined;
  readonly StorageClass?: string | undefined;
}

export type S3TablesBucketType = 'aws' | 'customer';

export interface S3TablesDestination {
  readonly TableBucketArn: string;
  readonly TableName: string;
}

export interface S3TablesDestinationResult {
  readonly TableBucketArn: string;
  readonly TableName: string;
  readonly TableArn: string;
  readonly TableNamespace: string;
}

export interface SSEKMS {
  readonly KeyId: string;
}

export interface SSEKMSEncryption {
  readonly KMSKeyArn: string;
  readonly BucketKeyEnabled?: boolean | undefined;
}

export interface SSES3 {
}

export interface ScanRange {
  readonly Start?: number | undefined;
  readonly End?: number | undefined;
}

export interface SelectObjectContentEventStream {
  readonly Records?: RecordsEvent | undefined;
  readonly Stats?: StatsEvent | undefined;
  readonly Progress?: ProgressEvent | undefined;
  readonly Cont?: ContinuationEvent | undefined;
  readonly End?: EndEvent | undefined;
}

export interface SelectObjectContentOutput {
  readonly Payload?: SelectObjectContentEventStream | undefined;
}

export interface SelectObjectContentRequest {
  readonly Bucket: string;
  readonly Key: string;
  readonly SSECustomerAlgorithm?: string | undefined;
  readonly SSECustomerKey?: string | undefined;
  readonly SSECustomerKeyMD5?: string | undefined;
  readonly Expression: string;
  readonly ExpressionType: ExpressionType;
  readonly RequestProgress?: RequestProgress | undefined;
  readonly InputSerialization: InputSerialization;
  readonly OutputSerialization: OutputSerialization;
  readonly ScanRange?: ScanRange | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface SelectParameters {
  readonly InputSerialization: InputSerialization;
  readonly ExpressionType: ExpressionType;
  readonly Expression: string;
  readonly OutputSerialization: OutputSerialization;
}

export interface ServerSideEncryptionByDefault {
  readonly SSEAlgorithm: string;
  readonly KMSMasterKeyID?: string | undefined;
}

export interface ServerSideEncryptionConfiguration {
  readonly Rules: readonly ServerSideEncryptionRule[];
}

export interface ServerSideEncryptionRule {
  readonly ApplyServerSideEncryptionByDefault?: ServerSideEncryptionByDefault | undefined;
  readonly BucketKeyEnabled?: boolean | undefined;
  readonly BlockedEncryptionTypes?: BlockedEncryptionTypes | undefined;
}

export interface SessionCredentials {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly SessionToken: string;
  readonly Expiration: Timestamp;
}

export type SessionMode = 'ReadOnly' | 'ReadWrite';

export interface SimplePrefix {
}

export interface SourceSelectionCriteria {
  readonly SseKmsEncryptedObjects?: SseKmsEncryptedObjects | undefined;
  readonly ReplicaModifications?: ReplicaModifications | undefined;
}

export interface SseKmsEncryptedObjects {
  readonly Status: SseKmsEncryptedObjectsStatus;
}

export type SseKmsEncryptedObjectsStatus = 'Enabled' | 'Disabled';

export interface Stats {
  readonly BytesScanned?: number | undefined;
  readonly BytesProcessed?: number | undefined;
  readonly BytesReturned?: number | undefined;
}

export interface StatsEvent {
  readonly Details?: Stats | undefined;
}

export interface StorageClassAnalysis {
  readonly DataExport?: StorageClassAnalysisDataExport | undefined;
}

export interface StorageClassAnalysisDataExport {
  readonly OutputSchemaVersion: StorageClassAnalysisSchemaVersion;
  readonly Destination: AnalyticsExportDestination;
}

export type StorageClassAnalysisSchemaVersion = 'V_1';

export type TableSseAlgorithm = 'aws:kms' | 'AES256';

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

export interface Tagging {
  readonly TagSet: readonly Tag[];
}

export type TaggingDirective = 'COPY' | 'REPLACE';

export interface TargetGrant {
  readonly Grantee?: Grantee | undefined;
  readonly Permission?: BucketLogsPermission | undefined;
}

export interface TargetObjectKeyFormat {
  readonly SimplePrefix?: SimplePrefix | undefined;
  readonly PartitionedPrefix?: PartitionedPrefix | undefined;
}

export type Tier = 'Standard' | 'Bulk' | 'Expedited';

export interface Tiering {
  readonly Days: number;
  readonly AccessTier: IntelligentTieringAccessTier;
}

export interface TopicConfiguration {
  readonly Id?: string | undefined;
  readonly TopicArn: string;
  readonly Events: readonly Event[];
  readonly Filter?: NotificationConfigurationFilter | undefined;
}

export interface TopicConfigurationDeprecated {
  readonly Id?: string | undefined;
  readonly Events?: readonly Event[] | undefined;
  readonly Event?: Event | undefined;
  readonly Topic?: string | undefined;
}

export interface Transition {
  readonly Date?: Timestamp | undefined;
  readonly Days?: number | undefined;
  readonly StorageClass?: TransitionStorageClass | undefined;
}

export type TransitionDefaultMinimumObjectSize = 'varies_by_storage_class' | 'all_storage_classes_128K';

export type TransitionStorageClass = 'GLACIER' | 'STANDARD_IA' | 'ONEZONE_IA' | 'INTELLIGENT_TIERING' | 'DEEP_ARCHIVE' | 'GLACIER_IR';

export type Type = 'CanonicalUser' | 'AmazonCustomerByEmail' | 'Group';

export interface UpdateBucketMetadataInventoryTableConfigurationRequest {
  readonly Bucket: string;
  readonly ContentMD5?: string | undefined;
  readonly ChecksumAlgorithm?: string | undefined;
  readonly InventoryTableConfiguration: InventoryTableConfigurationUpdates;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface UpdateBucketMetadataJournalTableConfigurationRequest {
  readonly Bucket: string;
  readonly ContentMD5?: string | undefined;
  readonly ChecksumAlgorithm?: string | undefined;
  readonly JournalTableConfiguration: JournalTableConfigurationUpdates;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface UpdateObjectEncryptionRequest {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId?: string | undefined;
  readonly ObjectEncryption: ObjectEncryption;
  readonly RequestPayer?: RequestPayer | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
  readonly ContentMD5?: string | undefined;
  readonly ChecksumAlgorithm?: string | undefined;
}

export interface UpdateObjectEncryptionResponse {
  readonly RequestCharged?: RequestCharged | undefined;
}

export interface UploadPartCopyOutput {
  readonly CopySourceVersionId?: string | undefined;
  readonly CopyPartResult?: CopyPartResult | undefined;
  readonly ServerSideEncryption?: string | undefined;
  readonly SSECustomerAlgorithm?: string | undefined;
  readonly SSECustomerKeyMD5?: string | undefined;
  readonly SSEKMSKeyId?: string | undefined;
  readonly BucketKeyEnabled?: boolean | undefined;
  readonly RequestCharged?: RequestCharged | undefined;
}

export interface UploadPartCopyRequest {
  readonly Bucket: string;
  readonly CopySource: string;
  readonly CopySourceIfMatch?: string | undefined;
  readonly CopySourceIfModifiedSince?: Timestamp | undefined;
  readonly CopySourceIfNoneMatch?: string | undefined;
  readonly CopySourceIfUnmodifiedSince?: Timestamp | undefined;
  readonly CopySourceRange?: string | undefined;
  readonly Key: string;
  readonly PartNumber: number;
  readonly UploadId: string;
  readonly SSECustomerAlgorithm?: string | undefined;
  readonly SSECustomerKey?: string | undefined;
  readonly SSECustomerKeyMD5?: string | undefined;
  readonly CopySourceSSECustomerAlgorithm?: string | undefined;
  readonly CopySourceSSECustomerKey?: string | undefined;
  readonly CopySourceSSECustomerKeyMD5?: string | undefined;
  readonly RequestPayer?: RequestPayer | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
  readonly ExpectedSourceBucketOwner?: string | undefined;
}

export interface UploadPartOutput {
  readonly ServerSideEncryption?: string | undefined;
  readonly ETag?: string | undefined;
  readonly ChecksumCRC32?: string | undefined;
  readonly ChecksumCRC32C?: string | undefined;
  readonly ChecksumCRC64NVME?: string | undefined;
  readonly ChecksumSHA1?: string | undefined;
  readonly ChecksumSHA256?: string | undefined;
  readonly ChecksumSHA512?: string | undefined;
  readonly ChecksumMD5?: string | undefined;
  readonly ChecksumXXHASH64?: string | undefined;
  readonly ChecksumXXHASH3?: string | undefined;
  readonly ChecksumXXHASH128?: string | undefined;
  readonly SSECustomerAlgorithm?: string | undefined;
  readonly SSECustomerKeyMD5?: string | undefined;
  readonly SSEKMSKeyId?: string | undefined;
  readonly BucketKeyEnabled?: boolean | undefined;
  readonly RequestCharged?: RequestCharged | undefined;
}

export interface UploadPartRequest {
  readonly Body?: StreamedBody | undefined;
  readonly Bucket: string;
  readonly ContentLength?: number | undefined;
  readonly ContentMD5?: string | undefined;
  readonly ChecksumAlgorithm?: string | undefined;
  readonly ChecksumCRC32?: string | undefined;
  readonly ChecksumCRC32C?: string | undefined;
  readonly ChecksumCRC64NVME?: string | undefined;
  readonly ChecksumSHA1?: string | undefined;
  readonly ChecksumSHA256?: string | undefined;
  readonly ChecksumSHA512?: string | undefined;
  readonly ChecksumMD5?: string | undefined;
  readonly ChecksumXXHASH64?: string | undefined;
  readonly ChecksumXXHASH3?: string | undefined;
  readonly ChecksumXXHASH128?: string | undefined;
  readonly Key: string;
  readonly PartNumber: number;
  readonly UploadId: string;
  readonly SSECustomerAlgorithm?: string | undefined;
  readonly SSECustomerKey?: string | undefined;
  readonly SSECustomerKeyMD5?: string | undefined;
  readonly RequestPayer?: RequestPayer | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface VersioningConfiguration {
  readonly MFADelete?: MFADelete | undefined;
  readonly Status?: BucketVersioningStatus | undefined;
}

export interface WebsiteConfiguration {
  readonly ErrorDocument?: ErrorDocument | undefined;
  readonly IndexDocument?: IndexDocument | undefined;
  readonly RedirectAllRequestsTo?: RedirectAllRequestsTo | undefined;
  readonly RoutingRules?: readonly RoutingRule[] | undefined;
}

export interface WriteGetObjectResponseRequest {
  readonly RequestRoute: string;
  readonly RequestToken: string;
  readonly Body?: StreamedBody | undefined;
  readonly StatusCode?: number | undefined;
  readonly ErrorCode?: string | undefined;
  readonly ErrorMessage?: string | undefined;
  readonly AcceptRanges?: string | undefined;
  readonly CacheControl?: string | undefined;
  readonly ContentDisposition?: string | undefined;
  readonly ContentEncoding?: string | undefined;
  readonly ContentLanguage?: string | undefined;
  readonly ContentLength?: number | undefined;
  readonly ContentRange?: string | undefined;
  readonly ContentType?: string | undefined;
  readonly ChecksumCRC32?: string | undefined;
  readonly ChecksumCRC32C?: string | undefined;
  readonly ChecksumCRC64NVME?: string | undefined;
  readonly ChecksumSHA1?: string | undefined;
  readonly ChecksumSHA256?: string | undefined;
  readonly ChecksumSHA512?: string | undefined;
  readonly ChecksumMD5?: string | undefined;
  readonly ChecksumXXHASH64?: string | undefined;
  readonly ChecksumXXHASH3?: string | undefined;
  readonly ChecksumXXHASH128?: string | undefined;
  readonly DeleteMarker?: boolean | undefined;
  readonly ETag?: string | undefined;
  readonly Expires?: string | undefined;
  readonly Expiration?: string | undefined;
  readonly LastModified?: Timestamp | undefined;
  readonly MissingMeta?: number | undefined;
  readonly Metadata?: { readonly [key: string]: string } | undefined;
  readonly ObjectLockMode?: string | undefined;
  readonly ObjectLockLegalHoldStatus?: string | undefined;
  readonly ObjectLockRetainUntilDate?: Timestamp | undefined;
  readonly PartsCount?: number | undefined;
  readonly ReplicationStatus?: ReplicationStatus | undefined;
  readonly RequestCharged?: RequestCharged | undefined;
  readonly Restore?: string | undefined;
  readonly ServerSideEncryption?: string | undefined;
  readonly SSECustomerAlgorithm?: string | undefined;
  readonly SSEKMSKeyId?: string | undefined;
  readonly SSECustomerKeyMD5?: string | undefined;
  readonly StorageClass?: string | undefined;
  readonly TagCount?: number | undefined;
  readonly VersionId?: string | undefined;
  readonly BucketKeyEnabled?: boolean | undefined;
}

/** What any operation may raise. */
export type S3Error = 'AccessControlListNotSupported' | 'AccessForbidden' | 'AuthorizationHeaderMalformed' | 'AuthorizationQueryParametersError' | 'BadDigest' | 'BadRequest' | 'BucketNotEmpty' | 'ConditionalRequestConflict' | 'EntityTooLarge' | 'EntityTooSmall' | 'ExpiredToken' | 'IllegalLocationConstraintException' | 'IncompleteBody' | 'InternalError' | 'InvalidAccessKeyId' | 'InvalidArgument' | 'InvalidBucketName' | 'InvalidBucketAclWithObjectOwnership' | 'InvalidBucketState' | 'InvalidChunkSizeError' | 'InvalidDigest' | 'InvalidEncryptionAlgorithmError' | 'InvalidLocationConstraint' | 'InvalidPart' | 'InvalidPartNumber' | 'InvalidPartOrder' | 'InvalidPolicyDocument' | 'InvalidRange' | 'InvalidRequest' | 'InvalidStorageClass' | 'InvalidTag' | 'InvalidToken' | 'InvalidURI' | 'KeyTooLongError' | 'MalformedACLError' | 'MalformedPOSTRequest' | 'MalformedPolicy' | 'MalformedTrailerError' | 'MalformedXML' | 'MaxMessageLengthExceeded' | 'MaxPostPreDataLengthExceededError' | 'MetadataTooLarge' | 'MethodNotAllowed' | 'MissingContentLength' | 'MissingRequestBodyError' | 'MissingSecurityHeader' | 'NoSuchBucket' | 'NoSuchBucketPolicy' | 'NoSuchCORSConfiguration' | 'NoSuchKey' | 'NoSuchLifecycleConfiguration' | 'NoSuchObjectLockConfiguration' | 'NoSuchPublicAccessBlockConfiguration' | 'NoSuchTagSet' | 'NoSuchUpload' | 'NoSuchVersion' | 'NoSuchWebsiteConfiguration' | 'NotModified' | 'ObjectLockConfigurationNotFoundError' | 'OperationAborted' | 'OwnershipControlsNotFoundError' | 'PermanentRedirect' | 'PreconditionFailed' | 'ReplicationConfigurationNotFoundError' | 'RequestTimeTooSkewed' | 'RequestTimeout' | 'ServerSideEncryptionConfigurationNotFoundError' | 'SignatureDoesNotMatch' | 'SlowDown' | 'TooManyBuckets' | 'UnexpectedContent' | 'UserKeyMustBeSpecified' | 'XAmzContentSHA256Mismatch';

/** Every operation of S3: what it takes, what it answers, which errors it may raise. */
export interface S3 {
  AbortMultipartUpload: { input: AbortMultipartUploadRequest; output: AbortMultipartUploadOutput; errors: 'NoSuchUpload' | S3Error };
  CompleteMultipartUpload: { input: CompleteMultipartUploadRequest; output: CompleteMultipartUploadOutput; errors: S3Error };
  CopyObject: { input: CopyObjectRequest; output: CopyObjectOutput; errors: 'ObjectNotInActiveTierError' | S3Error };
  CreateBucket: { input: CreateBucketRequest; output: CreateBucketOutput; errors: 'BucketAlreadyExists' | 'BucketAlreadyOwnedByYou' | S3Error };
  CreateBucketMetadataConfiguration: { input: CreateBucketMetadataConfigurationRequest; output: void; errors: S3Error };
  CreateBucketMetadataTableConfiguration: { input: CreateBucketMetadataTableConfigurationRequest; output: void; errors: S3Error };
  CreateMultipartUpload: { input: CreateMultipartUploadRequest; output: CreateMultipartUploadOutput; errors: S3Error };
  CreateSession: { input: CreateSessionRequest; output: CreateSessionOutput; errors: 'NoSuchBucket' | S3Error };
  DeleteBucket: { input: DeleteBucketRequest; output: void; errors: S3Error };
  DeleteBucketAnalyticsConfiguration: { input: DeleteBucketAnalyticsConfigurationRequest; output: void; errors: S3Error };
  DeleteBucketCors: { input: DeleteBucketCorsRequest; output: void; errors: S3Error };
  DeleteBucketEncryption: { input: DeleteBucketEncryptionRequest; output: void; errors: S3Error };
  DeleteBucketIntelligentTieringConfiguration: { input: DeleteBucketIntelligentTieringConfigurationRequest; output: void; errors: S3Error };
  DeleteBucketInventoryConfiguration: { input: DeleteBucketInventoryConfigurationRequest; output: void; errors: S3Error };
  DeleteBucketLifecycle: { input: DeleteBucketLifecycleRequest; output: void; errors: S3Error };
  DeleteBucketMetadataConfiguration: { input: DeleteBucketMetadataConfigurationRequest; output: void; errors: S3Error };
  DeleteBucketMetadataTableConfiguration: { input: DeleteBucketMetadataTableConfigurationRequest; output: void; errors: S3Error };
  DeleteBucketMetricsConfiguration: { input: DeleteBucketMetricsConfigurationRequest; output: void; errors: S3Error };
  DeleteBucketOwnershipControls: { input: DeleteBucketOwnershipControlsRequest; output: void; errors: S3Error };
  DeleteBucketPolicy: { input: DeleteBucketPolicyRequest; output: void; errors: S3Error };
  DeleteBucketReplication: { input: DeleteBucketReplicationRequest; output: void; errors: S3Error };
  DeleteBucketTagging: { input: DeleteBucketTaggingRequest; output: void; errors: S3Error };
  DeleteBucketWebsite: { input: DeleteBucketWebsiteRequest; output: void; errors: S3Error };
  DeleteObject: { input: DeleteObjectRequest; output: DeleteObjectOutput; errors: S3Error };
  DeleteObjectTagging: { input: DeleteObjectTaggingRequest; output: DeleteObjectTaggingOutput; errors: S3Error };
  DeleteObjects: { input: DeleteObjectsRequest; output: DeleteObjectsOutput; errors: S3Error };
  DeletePublicAccessBlock: { input: DeletePublicAccessBlockRequest; output: void; errors: S3Error };
  GetBucketAbac: { input: GetBucketAbacRequest; output: GetBucketAbacOutput; errors: S3Error };
  GetBucketAccelerateConfiguration: { input: GetBucketAccelerateConfigurationRequest; output: GetBucketAccelerateConfigurationOutput; errors: S3Error };
  GetBucketAcl: { input: GetBucketAclRequest; output: GetBucketAclOutput; errors: S3Error };
  GetBucketAnalyticsConfiguration: { input: GetBucketAnalyticsConfigurationRequest; output: GetBucketAnalyticsConfigurationOutput; errors: S3Error };
  GetBucketCors: { input: GetBucketCorsRequest; output: GetBucketCorsOutput; errors: S3Error };
  GetBucketEncryption: { input: GetBucketEncryptionRequest; output: GetBucketEncryptionOutput; errors: S3Error };
  GetBucketIntelligentTieringConfiguration: { input: GetBucketIntelligentTieringConfigurationRequest; output: GetBucketIntelligentTieringConfigurationOutput; errors: S3Error };
  GetBucketInventoryConfiguration: { input: GetBucketInventoryConfigurationRequest; output: GetBucketInventoryConfigurationOutput; errors: S3Error };
  GetBucketLifecycleConfiguration: { input: GetBucketLifecycleConfigurationRequest; output: GetBucketLifecycleConfigurationOutput; errors: S3Error };
  GetBucketLocation: { input: GetBucketLocationRequest; output: GetBucketLocationOutput; errors: S3Error };
  GetBucketLogging: { input: GetBucketLoggingRequest; output: GetBucketLoggingOutput; errors: S3Error };
  GetBucketMetadataConfiguration: { input: GetBucketMetadataConfigurationRequest; output: GetBucketMetadataConfigurationOutput; errors: S3Error };
  GetBucketMetadataTableConfiguration: { input: GetBucketMetadataTableConfigurationRequest; output: GetBucketMetadataTableConfigurationOutput; errors: S3Error };
  GetBucketMetricsConfiguration: { input: GetBucketMetricsConfigurationRequest; output: GetBucketMetricsConfigurationOutput; errors: S3Error };
  GetBucketNotificationConfiguration: { input: GetBucketNotificationConfigurationRequest; output: NotificationConfiguration; errors: S3Error };
  GetBucketOwnershipControls: { input: GetBucketOwnershipControlsRequest; output: GetBucketOwnershipControlsOutput; errors: S3Error };
  GetBucketPolicy: { input: GetBucketPolicyRequest; output: GetBucketPolicyOutput; errors: S3Error };
  GetBucketPolicyStatus: { input: GetBucketPolicyStatusRequest; output: GetBucketPolicyStatusOutput; errors: S3Error };
  GetBucketReplication: { input: GetBucketReplicationRequest; output: GetBucketReplicationOutput; errors: S3Error };
  GetBucketRequestPayment: { input: GetBucketRequestPaymentRequest; output: GetBucketRequestPaymentOutput; errors: S3Error };
  GetBucketTagging: { input: GetBucketTaggingRequest; output: GetBucketTaggingOutput; errors: S3Error };
  GetBucketVersioning: { input: GetBucketVersioningRequest; output: GetBucketVersioningOutput; errors: S3Error };
  GetBucketWebsite: { input: GetBucketWebsiteRequest; output: GetBucketWebsiteOutput; errors: S3Error };
  GetObject: { input: GetObjectRequest; output: GetObjectOutput; errors: 'NoSuchKey' | 'InvalidObjectState' | S3Error };
  GetObjectAcl: { input: GetObjectAclRequest; output: GetObjectAclOutput; errors: 'NoSuchKey' | S3Error };
  GetObjectAttributes: { input: GetObjectAttributesRequest; output: GetObjectAttributesOutput; errors: 'NoSuchKey' | S3Error };
  GetObjectLegalHold: { input: GetObjectLegalHoldRequest; output: GetObjectLegalHoldOutput; errors: S3Error };
  GetObjectLockConfiguration: { input: GetObjectLockConfigurationRequest; output: GetObjectLockConfigurationOutput; errors: S3Error };
  GetObjectRetention: { input: GetObjectRetentionRequest; output: GetObjectRetentionOutput; errors: S3Error };
  GetObjectTagging: { input: GetObjectTaggingRequest; output: GetObjectTaggingOutput; errors: S3Error };
  GetObjectTorrent: { input: GetObjectTorrentRequest; output: GetObjectTorrentOutput; errors: S3Error };
  GetPublicAccessBlock: { input: GetPublicAccessBlockRequest; output: GetPublicAccessBlockOutput; errors: S3Error };
  HeadBucket: { input: HeadBucketRequest; output: HeadBucketOutput; errors: 'NoSuchBucket' | S3Error };
  HeadObject: { input: HeadObjectRequest; output: HeadObjectOutput; errors: 'NoSuchKey' | S3Error };
  ListBucketAnalyticsConfigurations: { input: ListBucketAnalyticsConfigurationsRequest; output: ListBucketAnalyticsConfigurationsOutput; errors: S3Error };
  ListBucketIntelligentTieringConfigurations: { input: ListBucketIntelligentTieringConfigurationsRequest; output: ListBucketIntelligentTieringConfigurationsOutput; errors: S3Error };
  ListBucketInventoryConfigurations: { input: ListBucketInventoryConfigurationsRequest; output: ListBucketInventoryConfigurationsOutput; errors: S3Error };
  ListBucketMetricsConfigurations: { input: ListBucketMetricsConfigurationsRequest; output: ListBucketMetricsConfigurationsOutput; errors: S3Error };
  ListBuckets: { input: ListBucketsRequest; output: ListBucketsOutput; errors: S3Error };
  ListMultipartUploads: { input: ListMultipartUploadsRequest; output: ListMultipartUploadsOutput; errors: S3Error };
  ListObjectVersions: { input: ListObjectVersionsRequest; output: ListObjectVersionsOutput; errors: S3Error };
  ListObjects: { input: ListObjectsRequest; output: ListObjectsOutput; errors: 'NoSuchBucket' | S3Error };
  ListObjectsV2: { input: ListObjectsV2Request; output: ListObjectsV2Output; errors: 'NoSuchBucket' | S3Error };
  ListParts: { input: ListPartsRequest; output: ListPartsOutput; errors: S3Error };
  PutBucketAbac: { input: PutBucketAbacRequest; output: void; errors: S3Error };
  PutBucketAccelerateConfiguration: { input: PutBucketAccelerateConfigurationRequest; output: void; errors: S3Error };
  PutBucketAcl: { input: PutBucketAclRequest; output: void; errors: S3Error };
  PutBucketAnalyticsConfiguration: { input: PutBucketAnalyticsConfigurationRequest; output: void; errors: S3Error };
  PutBucketCors: { input: PutBucketCorsRequest; output: void; errors: S3Error };
  PutBucketEncryption: { input: PutBucketEncryptionRequest; output: void; errors: S3Error };
  PutBucketIntelligentTieringConfiguration: { input: PutBucketIntelligentTieringConfigurationRequest; output: void; errors: S3Error };
  PutBucketInventoryConfiguration: { input: PutBucketInventoryConfigurationRequest; output: void; errors: S3Error };
  PutBucketLifecycleConfiguration: { input: PutBucketLifecycleConfigurationRequest; output: PutBucketLifecycleConfigurationOutput; errors: S3Error };
  PutBucketLogging: { input: PutBucketLoggingRequest; output: void; errors: S3Error };
  PutBucketMetricsConfiguration: { input: PutBucketMetricsConfigurationRequest; output: void; errors: S3Error };
  PutBucketNotificationConfiguration: { input: PutBucketNotificationConfigurationRequest; output: void; errors: S3Error };
  PutBucketOwnershipControls: { input: PutBucketOwnershipControlsRequest; output: void; errors: S3Error };
  PutBucketPolicy: { input: PutBucketPolicyRequest; output: void; errors: S3Error };
  PutBucketReplication: { input: PutBucketReplicationRequest; output: void; errors: S3Error };
  PutBucketRequestPayment: { input: PutBucketRequestPaymentRequest; output: void; errors: S3Error };
  PutBucketTagging: { input: PutBucketTaggingRequest; output: void; errors: S3Error };
  PutBucketVersioning: { input: PutBucketVersioningRequest; output: void; errors: S3Error };
  PutBucketWebsite: { input: PutBucketWebsiteRequest; output: void; errors: S3Error };
  PutObject: { input: PutObjectRequest; output: PutObjectOutput; errors: 'InvalidRequest' | 'InvalidWriteOffset' | 'TooManyParts' | 'EncryptionTypeMismatch' | S3Error };
  PutObjectAcl: { input: PutObjectAclRequest; output: PutObjectAclOutput; errors: 'NoSuchKey' | S3Error };
  PutObjectLegalHold: { input: PutObjectLegalHoldRequest; output: PutObjectLegalHoldOutput; errors: S3Error };
  PutObjectLockConfiguration: { input: PutObjectLockConfigurationRequest; output: PutObjectLockConfigurationOutput; errors: S3Error };
  PutObjectRetention: { input: PutObjectRetentionRequest; output: PutObjectRetentionOutput; errors: S3Error };
  PutObjectTagging: { input: PutObjectTaggingRequest; output: PutObjectTaggingOutput; errors: S3Error };
  PutPublicAccessBlock: { input: PutPublicAccessBlockRequest; output: void; errors: S3Error };
  RenameObject: { input: RenameObjectRequest; output: RenameObjectOutput; errors: 'IdempotencyParameterMismatch' | S3Error };
  RestoreObject: { input: RestoreObjectRequest; output: RestoreObjectOutput; errors: 'ObjectAlreadyInActiveTierError' | S3Error };
  SelectObjectContent: { input: SelectObjectContentRequest; output: SelectObjectContentOutput; errors: S3Error };
  UpdateBucketMetadataInventoryTableConfiguration: { input: UpdateBucketMetadataInventoryTableConfigurationRequest; output: void; errors: S3Error };
  UpdateBucketMetadataJournalTableConfiguration: { input: UpdateBucketMetadataJournalTableConfigurationRequest; output: void; errors: S3Error };
  UpdateObjectEncryption: { input: UpdateObjectEncryptionRequest; output: UpdateObjectEncryptionResponse; errors: 'NoSuchKey' | 'InvalidRequest' | 'AccessDenied' | S3Error };
  UploadPart: { input: UploadPartRequest; output: UploadPartOutput; errors: S3Error };
  UploadPartCopy: { input: UploadPartCopyRequest; output: UploadPartCopyOutput; errors: S3Error };
  WriteGetObjectResponse: { input: WriteGetObjectResponseRequest; output: void; errors: S3Error };
}
