/** What is configured of a bucket, each a part of its document: tags, versioning, ownership, encryption, and what none has. */
import type { AccessControlPolicy, PutObjectAclRequest } from '../../../models/s3.ts';
import { ApiError } from '../../base/api-error.ts';
import { changeBucket, onBucket } from './bucket.ts';
import type { S3Run } from './bucket.ts';
import type { OwnedBucket, UpstreamBucket } from './owned-bucket.ts';
import { withVersioning } from './object-lock.ts';
import { refuseAcl } from './object-input.ts';
import { getVersion } from './object-lookup.ts';
import type { NamedObject } from './object-lookup.ts';
import { canonicalUser } from './owner.ts';
import { checkedTags, tagsPerBucketMax } from './tags.ts';
import { forward, forwardOfObject } from './upstream.ts';

export const bucketTags = {
  GetBucketTagging: onBucket('GetBucketTagging', (_input, { error }, { bucket }) => {
    if (!bucket.Tags?.length) throw error('NoSuchTagSet', 'The TagSet does not exist', { details: { BucketName: bucket.BucketName } });
    return { TagSet: bucket.Tags };
  }),
  PutBucketTagging: onBucket('PutBucketTagging', (input, context, owned) => {
    const Tags = checkedTags(input.Tagging.TagSet, tagsPerBucketMax);
    return changeBucket(owned, context, (bucket) => ({ ...bucket, Tags }));
  }),
  DeleteBucketTagging: onBucket('DeleteBucketTagging', (_input, context, owned) => changeBucket(owned, context, ({ Tags: _, ...bucket }) => bucket)),
};

export const bucketVersioning = {
  GetBucketVersioning: onBucket('GetBucketVersioning', (_input, _context, { bucket }) => (bucket.Versioning === undefined ? {} : { Status: bucket.Versioning }), { upstream: forward }),
  PutBucketVersioning: onBucket('PutBucketVersioning', (input, context, owned) => {
    const { Status, MFADelete } = input.VersioningConfiguration;
    if (MFADelete === 'Enabled' || input.MFA !== undefined) throw context.error('NotImplemented', 'MFA Delete is not implemented.');
    if (Status === undefined) throw context.error('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema');
    return changeBucket(owned, context, (bucket) => withVersioning(bucket, Status, context));
  }, { upstream: forward }),
};

/** Source: "Controlling ownership of objects and disabling ACLs" (S3 User Guide). */
export const ownershipControls = {
  GetBucketOwnershipControls: onBucket('GetBucketOwnershipControls', (_input, { error }, { bucket }) => {
    if (!bucket.ObjectOwnership) throw error('OwnershipControlsNotFoundError', 'The bucket ownership controls were not found', { details: { BucketName: bucket.BucketName } });
    return { OwnershipControls: { Rules: [{ ObjectOwnership: bucket.ObjectOwnership }] } };
  }),
  PutBucketOwnershipControls: onBucket('PutBucketOwnershipControls', (input, context, owned) => {
    const [rule, more] = input.OwnershipControls.Rules;
    if (!rule || more) throw context.error('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema');
    if (rule.ObjectOwnership !== 'BucketOwnerEnforced') throw context.error('NotImplemented', 'Object ownership other than BucketOwnerEnforced is not implemented: access control lists give nothing here.');
    return changeBucket(owned, context, (bucket) => ({ ...bucket, ObjectOwnership: 'BucketOwnerEnforced' }));
  }),
  DeleteBucketOwnershipControls: onBucket('DeleteBucketOwnershipControls', (_input, context, owned) => changeBucket(owned, context, ({ ObjectOwnership: _, ...bucket }) => bucket)),
};

/** Every object is sealed (sealing.ts). Source: "Setting default server-side encryption behavior" (S3 User Guide). */
export const bucketEncryption = {
  GetBucketEncryption: onBucket('GetBucketEncryption', () => ({
    ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }] },
  }), { upstream: forward }),
  PutBucketEncryption: onBucket('PutBucketEncryption', (input, { error }) => {
    const [rule, more] = input.ServerSideEncryptionConfiguration.Rules;
    const algorithm = rule?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm;
    if (!rule || more) throw error('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema');
    if (algorithm !== undefined && algorithm !== 'AES256') throw error('NotImplemented', 'Encryption with keys of KMS is not implemented.');
    if (rule.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID !== undefined) throw error('InvalidArgument', 'a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse');
    if (rule.BlockedEncryptionTypes?.EncryptionType?.some((type) => type !== 'NONE')) throw error('NotImplemented', 'Blocked encryption types are not implemented.');
    // It is what every bucket has: there is nothing to write.
  }, { upstream: forward }),
  DeleteBucketEncryption: onBucket('DeleteBucketEncryption', () => undefined, { upstream: forward }),
};

/** Access control lists give nothing: what is read is that the owner has everything. */
export const accessControlLists = {
  GetBucketAcl: onBucket('GetBucketAcl', (_input, _context, { owner }) => ownersAcl(owner)),
  GetObjectAcl: onBucket('GetObjectAcl', (input, context, owned) => {
    getVersion(input, context, owned);
    return ownersAcl(owned.owner);
  }, {
    needsObjects: true,
    async upstream(_name, input, context, owned) {
      await assertThere(input, context, owned);
      return ownersAcl(owned.owner);
    },
  }),
  PutBucketAcl: onBucket('PutBucketAcl', (input, context, { owner }) => {
    if (!isOwners(input.AccessControlPolicy, owner)) throw context.error('AccessControlListNotSupported', 'The bucket does not allow ACLs');
  }),
  PutObjectAcl: onBucket('PutObjectAcl', (input, context, owned) => {
    getVersion(input, context, owned);
    checkOwners(input, context, owned);
    return {};
  }, {
    needsObjects: true,
    async upstream(_name, input, context, owned) {
      await assertThere(input, context, owned);
      checkOwners(input, context, owned);
      return {};
    },
  }),
};

function checkOwners(input: PutObjectAclRequest, context: S3Run, { owner }: OwnedBucket): void {
  refuseAcl(input, context);
  if (input.ACL === undefined && !isOwners(input.AccessControlPolicy, owner)) throw context.error('AccessControlListNotSupported', 'The bucket does not allow ACLs');
}

/** An object of another store has to be looked for there. */
async function assertThere({ Bucket, Key, VersionId }: NamedObject, context: S3Run, owned: UpstreamBucket): Promise<void> {
  await forwardOfObject('HeadObject', { Bucket, Key, VersionId }, context, owned);
}

/** Whether a list says what is so already: everything to the owner, nothing to anyone else. Source: "Controlling ownership of objects and disabling ACLs" (S3 User Guide). */
function isOwners(policy: AccessControlPolicy | undefined, account: string): boolean {
  const grants = policy?.Grants ?? [];
  return grants.length > 0 && grants.every(({ Grantee, Permission }) => Permission === 'FULL_CONTROL' && Grantee?.Type === 'CanonicalUser' && Grantee.ID === canonicalUser(account).ID);
}

function ownersAcl(account: string) {
  const Owner = canonicalUser(account);
  return { Owner, Grants: [{ Grantee: { Type: 'CanonicalUser' as const, ...Owner }, Permission: 'FULL_CONTROL' as const }] };
}

const absent = (name: string, message: string) => (): never => { throw new ApiError(name, message); };

/** What no bucket has, truly told: setting it is refused. */
export const unconfigured = {
  GetBucketAccelerateConfiguration: onBucket('GetBucketAccelerateConfiguration', () => ({})),
  GetBucketLogging: onBucket('GetBucketLogging', () => ({})),
  GetBucketNotificationConfiguration: onBucket('GetBucketNotificationConfiguration', () => ({})),
  GetBucketReplication: onBucket('GetBucketReplication', absent('ReplicationConfigurationNotFoundError', 'The replication configuration was not found')),
  GetBucketRequestPayment: onBucket('GetBucketRequestPayment', () => ({ Payer: 'BucketOwner' as const })),
  GetBucketWebsite: onBucket('GetBucketWebsite', absent('NoSuchWebsiteConfiguration', 'The specified bucket does not have a website configuration')),
};
