/** What botocore's model of S3 does not say: which operations are old names, how answers are called in XML, which errors there are. */
import type { RestAddition } from './refresh-models.ts';

export const s3Addition: RestAddition = {
  // The first four are older forms of operations that have the same method and path; the last is told by a host of S3 Express.
  leftOut: ['GetBucketLifecycle', 'PutBucketLifecycle', 'GetBucketNotification', 'PutBucketNotification', 'ListDirectoryBuckets'],
  xmlNamespace: 'http://s3.amazonaws.com/doc/2006-03-01/',
  // They came to AWS after botocore 1.43.11.
  otherSubresources: ['annotation', 'annotations', 'metadataAnnotationTable'],
  statuses: { PutBucketPolicy: 204, PutBucketTagging: 204 },
  // Source: "Response Syntax" of each operation (S3 API Reference).
  outputNames: {
    CompleteMultipartUpload: 'CompleteMultipartUploadResult', CreateMultipartUpload: 'InitiateMultipartUploadResult', CreateSession: 'CreateSessionResult', DeleteObjects: 'DeleteResult',
    GetBucketAccelerateConfiguration: 'AccelerateConfiguration', GetBucketAcl: 'AccessControlPolicy', GetBucketCors: 'CORSConfiguration', GetBucketLifecycleConfiguration: 'LifecycleConfiguration',
    GetBucketLocation: 'LocationConstraint', GetBucketLogging: 'BucketLoggingStatus', GetBucketNotificationConfiguration: 'NotificationConfiguration', GetBucketRequestPayment: 'RequestPaymentConfiguration',
    GetBucketTagging: 'Tagging', GetBucketVersioning: 'VersioningConfiguration', GetBucketWebsite: 'WebsiteConfiguration', GetObjectAcl: 'AccessControlPolicy', GetObjectAttributes: 'GetObjectAttributesResponse',
    GetObjectTagging: 'Tagging', ListBucketAnalyticsConfigurations: 'ListBucketAnalyticsConfigurationResult', ListBucketIntelligentTieringConfigurations: 'ListBucketIntelligentTieringConfigurationsOutput',
    ListBucketInventoryConfigurations: 'ListInventoryConfigurationsResult', ListBucketMetricsConfigurations: 'ListMetricsConfigurationsResult', ListBuckets: 'ListAllMyBucketsResult',
    ListMultipartUploads: 'ListMultipartUploadsResult', ListObjectVersions: 'ListVersionsResult', ListObjects: 'ListBucketResult', ListObjectsV2: 'ListBucketResult', ListParts: 'ListPartsResult',
  },
};

/** Texts whose other values the operation refuses, in words of its own. */
export const s3OpenEnums = ['BucketLocationConstraint', 'ServerSideEncryption', 'StorageClass', 'ObjectCannedACL', 'BucketCannedACL', 'ObjectOwnership', 'ObjectLockMode', 'ObjectLockLegalHoldStatus', 'ChecksumAlgorithm'] as const;

/** Source: "Error responses" (S3 API Reference), "List of error codes". */
export const s3Errors = {
  AccessControlListNotSupported: 400, AccessForbidden: 403, AuthorizationHeaderMalformed: 400, AuthorizationQueryParametersError: 400, BadDigest: 400, BadRequest: 400, BucketNotEmpty: 409, ConditionalRequestConflict: 409,
  EntityTooLarge: 400, EntityTooSmall: 400, ExpiredToken: 400, IllegalLocationConstraintException: 400, IncompleteBody: 400, InternalError: 500, InvalidAccessKeyId: 403,
  InvalidArgument: 400, InvalidBucketName: 400, InvalidBucketAclWithObjectOwnership: 400, InvalidBucketState: 409, InvalidChunkSizeError: 403, InvalidDigest: 400, InvalidEncryptionAlgorithmError: 400, InvalidLocationConstraint: 400, InvalidPart: 400, InvalidPartNumber: 416,
  InvalidPartOrder: 400, InvalidPolicyDocument: 400, InvalidRange: 416, InvalidRequest: 400, InvalidStorageClass: 400, InvalidTag: 400, InvalidToken: 400, InvalidURI: 400, KeyTooLongError: 400,
  MalformedACLError: 400, MalformedPOSTRequest: 400, MalformedPolicy: 400, MalformedTrailerError: 400, MalformedXML: 400, MaxMessageLengthExceeded: 400, MaxPostPreDataLengthExceededError: 400, MetadataTooLarge: 400, MethodNotAllowed: 405,
  MissingContentLength: 411, MissingRequestBodyError: 400, MissingSecurityHeader: 400, NoSuchBucket: 404, NoSuchBucketPolicy: 404, NoSuchCORSConfiguration: 404, NoSuchKey: 404, NoSuchLifecycleConfiguration: 404, NoSuchObjectLockConfiguration: 404,
  NoSuchPublicAccessBlockConfiguration: 404, NoSuchTagSet: 404, NoSuchUpload: 404, NoSuchVersion: 404, NoSuchWebsiteConfiguration: 404, NotModified: 304, ObjectLockConfigurationNotFoundError: 404,
  OperationAborted: 409, OwnershipControlsNotFoundError: 404, PermanentRedirect: 301, PreconditionFailed: 412, ReplicationConfigurationNotFoundError: 404, RequestTimeTooSkewed: 403, RequestTimeout: 400,
  ServerSideEncryptionConfigurationNotFoundError: 404, SignatureDoesNotMatch: 403, SlowDown: 503, TooManyBuckets: 400, UnexpectedContent: 400, UserKeyMustBeSpecified: 400, XAmzContentSHA256Mismatch: 400,
} as const;
