/** One table: what each operation of S3 asks of the policies. Source: "Required permissions for Amazon S3 API operations" (S3 User Guide), and each operation's page. */
import type { S3 } from '../../../models/s3.ts';
import type { Ask } from '../../authz/ask.ts';
import type { PartitionView } from '../../store/store.ts';
import { bucketAsk, existingTagKeys, objectAsk, requestTagKeys, retentionKeys } from './ask.ts';
import type { AskedOf, Asking } from './ask.ts';
import { copySourceOf } from './copy-source.ts';
import type { ExistingTags } from './existing-tags.ts';
import { taggingOf } from './tagging-header.ts';

/** What a row may look at. */
export interface AskContext extends Asking {
  readonly tagsOf: ExistingTags;
  readonly partition: PartitionView;
  /** The bucket of another name, which a copy is taken from. */
  readonly source: (name: string) => AskedOf;
}

type Asks = readonly [Ask, ...Ask[]];
type Row<Name extends keyof S3> = (input: S3[Name]['input'], asked: AskedOf, context: AskContext) => Asks;

/** One action on the bucket. */
const onBucket = (action: string) => (input: object, asked: AskedOf, context: AskContext): Asks => [bucketAsk(action, asked, context, input)];

interface OfObject { readonly Key: string; readonly VersionId?: string | undefined }

/** One action on the object; where the request names a version, the other one. Its tags are looked at only when a condition asks. */
const onObject = (action: string, versionAction = action) => (input: OfObject, asked: AskedOf, context: AskContext): Asks => [objectWithTags(input.VersionId === undefined ? action : versionAction, input, asked, context)];

function objectWithTags(action: string, input: OfObject, asked: AskedOf, context: AskContext): Ask {
  return objectAsk(action, input.Key, asked, context, input, () => existingTagKeys(context.tagsOf(asked, input)));
}

interface NewObject { readonly Key: string; readonly Tagging?: string | undefined; readonly ACL?: string | undefined; readonly GrantFullControl?: string | undefined; readonly GrantRead?: string | undefined; readonly GrantReadACP?: string | undefined; readonly GrantWriteACP?: string | undefined; readonly ObjectLockMode?: string | undefined; readonly ObjectLockRetainUntilDate?: number | undefined; readonly ObjectLockLegalHoldStatus?: string | undefined }

const hasAcl = ({ ACL, GrantFullControl, GrantRead, GrantReadACP, GrantWriteACP }: NewObject): boolean => [ACL, GrantFullControl, GrantRead, GrantReadACP, GrantWriteACP].some((given) => given !== undefined);

/** What is asked of whoever makes an object: s3:PutObject, and more for tags, access control lists and what locks it. */
function newObject(input: NewObject, asked: AskedOf, context: AskContext): Asks {
  const tags = input.Tagging === undefined ? undefined : taggingOf(input.Tagging);
  const { ObjectLockMode: Mode, ObjectLockRetainUntilDate: RetainUntilDate } = input;
  const keys = () => ({ ...requestTagKeys(tags), ...retentionKeys({ Mode, RetainUntilDate }, context.now) });
  return [
    objectAsk('s3:PutObject', input.Key, asked, context, input, keys),
    ...(tags && tags.length > 0 ? [objectAsk('s3:PutObjectTagging', input.Key, asked, context, input, keys)] : []),
    ...(hasAcl(input) ? [objectAsk('s3:PutObjectAcl', input.Key, asked, context, input, keys)] : []),
    // Source: "Locking objects with Object Lock" (S3 User Guide), "Required permissions".
    ...(Mode !== undefined || RetainUntilDate !== undefined ? [objectAsk('s3:PutObjectRetention', input.Key, asked, context, input, keys)] : []),
    ...(input.ObjectLockLegalHoldStatus !== undefined ? [objectAsk('s3:PutObjectLegalHold', input.Key, asked, context, input, keys)] : []),
  ];
}

/** The source of a copy: reading it, and reading its tags where they go along. */
function copySource(text: string, input: object, isTagged: boolean, context: AskContext): readonly Ask[] {
  const { bucket, key: Key, versionId: VersionId } = copySourceOf(text);
  const source = context.source(bucket);
  const named = { ...input, Key, VersionId };
  const isVersion = VersionId !== undefined;
  const tags = isTagged ? context.tagsOf(source, named) : undefined;
  return [
    objectWithTags(isVersion ? 's3:GetObjectVersion' : 's3:GetObject', named, source, context),
    ...(tags && tags.length > 0 ? [objectWithTags(isVersion ? 's3:GetObjectVersionTagging' : 's3:GetObjectTagging', named, source, context)] : []),
  ];
}

const getObject = onObject('s3:GetObject', 's3:GetObjectVersion');

export const asksOf = {
  AbortMultipartUpload: onObject('s3:AbortMultipartUpload'),
  CompleteMultipartUpload: onObject('s3:PutObject'),
  CopyObject(input, asked, context) {
    const isTagged = input.TaggingDirective !== 'REPLACE';
    const { Tagging, ...rest } = input;
    const source = copySource(input.CopySource, input, isTagged, context);
    const asks = newObject(isTagged ? rest : { ...rest, Tagging }, asked, context);
    // Tags that come along are put on the copy.
    return [...asks, ...source, ...(source.length > 1 ? [objectAsk('s3:PutObjectTagging', input.Key, asked, context, input)] : [])];
  },
  CreateMultipartUpload: newObject,
  DeleteBucket: onBucket('s3:DeleteBucket'),
  DeleteBucketCors: onBucket('s3:PutBucketCORS'),
  DeleteBucketEncryption: onBucket('s3:PutEncryptionConfiguration'),
  DeleteBucketLifecycle: onBucket('s3:PutLifecycleConfiguration'),
  DeleteBucketOwnershipControls: onBucket('s3:PutBucketOwnershipControls'),
  DeleteBucketPolicy: onBucket('s3:DeleteBucketPolicy'),
  DeleteBucketTagging: onBucket('s3:PutBucketTagging'),
  DeleteObject: (input, asked, context) => [
    objectWithTags(input.VersionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion', input, asked, context),
    ...(input.BypassGovernanceRetention ? [objectWithTags('s3:BypassGovernanceRetention', input, asked, context)] : []),
  ],
  DeleteObjectTagging: onObject('s3:DeleteObjectTagging', 's3:DeleteObjectVersionTagging'),
  DeletePublicAccessBlock: onBucket('s3:PutBucketPublicAccessBlock'),
  GetBucketAccelerateConfiguration: onBucket('s3:GetAccelerateConfiguration'),
  GetBucketAcl: onBucket('s3:GetBucketAcl'),
  GetBucketCors: onBucket('s3:GetBucketCORS'),
  GetBucketEncryption: onBucket('s3:GetEncryptionConfiguration'),
  GetBucketLifecycleConfiguration: onBucket('s3:GetLifecycleConfiguration'),
  GetBucketLocation: onBucket('s3:GetBucketLocation'),
  GetBucketLogging: onBucket('s3:GetBucketLogging'),
  GetBucketNotificationConfiguration: onBucket('s3:GetBucketNotification'),
  GetBucketOwnershipControls: onBucket('s3:GetBucketOwnershipControls'),
  GetBucketPolicy: onBucket('s3:GetBucketPolicy'),
  GetBucketPolicyStatus: onBucket('s3:GetBucketPolicyStatus'),
  GetBucketReplication: onBucket('s3:GetReplicationConfiguration'),
  GetBucketRequestPayment: onBucket('s3:GetBucketRequestPayment'),
  GetBucketTagging: onBucket('s3:GetBucketTagging'),
  GetBucketVersioning: onBucket('s3:GetBucketVersioning'),
  GetBucketWebsite: onBucket('s3:GetBucketWebsite'),
  GetObject: getObject,
  GetObjectAcl: onObject('s3:GetObjectAcl', 's3:GetObjectVersionAcl'),
  GetObjectAttributes: (input, asked, context) => [...getObject(input, asked, context), ...onObject('s3:GetObjectAttributes', 's3:GetObjectVersionAttributes')(input, asked, context)],
  GetObjectLegalHold: onObject('s3:GetObjectLegalHold'),
  GetObjectLockConfiguration: onBucket('s3:GetBucketObjectLockConfiguration'),
  GetObjectRetention: onObject('s3:GetObjectRetention'),
  GetObjectTagging: onObject('s3:GetObjectTagging', 's3:GetObjectVersionTagging'),
  GetPublicAccessBlock: onBucket('s3:GetBucketPublicAccessBlock'),
  HeadBucket: onBucket('s3:ListBucket'),
  HeadObject: getObject,
  ListMultipartUploads: onBucket('s3:ListBucketMultipartUploads'),
  ListObjectVersions: onBucket('s3:ListBucketVersions'),
  ListObjects: onBucket('s3:ListBucket'),
  ListObjectsV2: onBucket('s3:ListBucket'),
  ListParts: onObject('s3:ListMultipartUploadParts'),
  PutBucketAcl: onBucket('s3:PutBucketAcl'),
  PutBucketCors: onBucket('s3:PutBucketCORS'),
  PutBucketEncryption: onBucket('s3:PutEncryptionConfiguration'),
  PutBucketLifecycleConfiguration: onBucket('s3:PutLifecycleConfiguration'),
  PutBucketOwnershipControls: onBucket('s3:PutBucketOwnershipControls'),
  PutBucketPolicy: onBucket('s3:PutBucketPolicy'),
  PutBucketTagging: onBucket('s3:PutBucketTagging'),
  PutBucketVersioning: onBucket('s3:PutBucketVersioning'),
  PutObject: newObject,
  PutObjectAcl: onObject('s3:PutObjectAcl', 's3:PutObjectVersionAcl'),
  PutObjectLegalHold: (input, asked, context) => [objectAsk('s3:PutObjectLegalHold', input.Key, asked, context, { ...input, ObjectLockLegalHoldStatus: input.LegalHold?.Status })],
  PutObjectLockConfiguration: onBucket('s3:PutBucketObjectLockConfiguration'),
  PutObjectRetention(input, asked, context) {
    const keys = () => retentionKeys(input.Retention ?? {}, context.now);
    return [
      objectAsk('s3:PutObjectRetention', input.Key, asked, context, input, keys),
      ...(input.BypassGovernanceRetention ? [objectAsk('s3:BypassGovernanceRetention', input.Key, asked, context, input, keys)] : []),
    ];
  },
  PutObjectTagging: (input, asked, context) => [
    objectAsk(input.VersionId === undefined ? 's3:PutObjectTagging' : 's3:PutObjectVersionTagging', input.Key, asked, context, input, () => ({
      ...existingTagKeys(context.tagsOf(asked, input)),
      ...requestTagKeys(input.Tagging.TagSet),
    })),
  ],
  PutPublicAccessBlock: onBucket('s3:PutBucketPublicAccessBlock'),
  UploadPart: onObject('s3:PutObject'),
  UploadPartCopy: (input, asked, context) => [objectAsk('s3:PutObject', input.Key, asked, context, input), ...copySource(input.CopySource, input, false, context)],
} satisfies { readonly [Name in keyof S3]?: Row<Name> };
