/** Buckets: made, listed, looked at, removed. Their objects live under an id that never returns, so that what is on its way into a removed bucket lands in no other. */
import type { CreateBucketRequest, S3, S3Error } from '../../../models/s3.ts';
import type { Ask } from '../../authz/ask.ts';
import { ApiError } from '../../base/api-error.ts';
import type { AccessContext, Operations, RunContext } from '../operation.ts';
import { bucketArn, requestKeys } from './ask.ts';
import { onBucket } from './bucket.ts';
import { isBucketName } from './bucket-names.ts';
import { s3Limits } from './limits.ts';
import { canonicalUser } from './owner.ts';
import { everythingBlocked } from './public-access.ts';
import { sealingKeyPlace } from './sealing.ts';
import { checkedTags, tagsPerBucketMax } from './tags.ts';

/** The region that has no name as a location. Source: CreateBucket (S3 API Reference). */
const unnamedRegion = 'us-east-1';

const regionForm = /^[a-z]{2}(?:-[a-z]+)+-\d$/;

/** What is asked of the account itself. */
function accountAsk(action: string, resource: string, input: object, { caller, transport, now, account }: AccessContext<S3Error>): Ask {
  return { action, resource, resourceAccount: account, refusedAs: 'Access Denied', shownAs: resource === '*' ? '*' : `"${resource}"`, context: requestKeys({ caller, transport, now }, account, input) };
}

export const accountBuckets = {
  ListBuckets: {
    access: (_input, context) => [accountAsk('s3:ListAllMyBuckets', '*', {}, context)],
    run({ MaxBuckets, ContinuationToken, Prefix = '', BucketRegion }, { view, account, error }) {
      const after = ContinuationToken === undefined ? undefined : Buffer.from(ContinuationToken, 'base64url').toString();
      if (after !== undefined && !isBucketName(after)) throw error('InvalidArgument', 'The continuation token provided is incorrect', { details: { ArgumentName: 'continuation-token' } });
      const { docs, next } = view.buckets.page({ after, limit: MaxBuckets ?? s3Limits.bucketsPageMax, keep: (bucket) => bucket.BucketName.startsWith(Prefix) && (BucketRegion === undefined || bucket.Region === BucketRegion) });
      return {
        Buckets: docs.map(({ BucketName, CreateDate, Region }) => ({ Name: BucketName, CreationDate: CreateDate, BucketRegion: Region, BucketArn: bucketArn(BucketName) })),
        Owner: canonicalUser(account),
        ...(next !== undefined && { ContinuationToken: Buffer.from(next).toString('base64url') }),
        ...(Prefix !== '' && { Prefix }),
      };
    },
  },
  CreateBucket: {
    needsObjects: true,
    access(input, context) {
      if (!isBucketName(input.Bucket)) throw context.error('InvalidBucketName', 'The specified bucket is not valid.', { details: { BucketName: input.Bucket.slice(0, 256) } });
      const resource = bucketArn(input.Bucket);
      const keys = { ...input, 's3:LocationConstraint': input.CreateBucketConfiguration?.LocationConstraint };
      const ask = (action: string): Ask => ({ ...accountAsk(action, resource, input, context), context: { ...requestKeys(context, context.account, input), 's3:locationconstraint': keys['s3:LocationConstraint'] } });
      return [
        ask('s3:CreateBucket'),
        ...(input.ObjectOwnership === undefined ? [] : [ask('s3:PutBucketOwnershipControls')]),
        ...(hasAcl(input) ? [ask('s3:PutBucketAcl')] : []),
        ...(input.CreateBucketConfiguration?.Tags?.length ? [ask('s3:TagResource')] : []),
      ];
    },
    async run(input, context) {
      const { account, now, error, objects, s3, seal } = context;
      const { Bucket } = input;
      const region = regionOf(input, context);
      refuseUnserved(input, context);
      const Tags = input.CreateBucketConfiguration?.Tags;
      const BucketId = Buffer.from(s3.random(16)).toString('hex');
      const SealingKey = seal.seal(Buffer.from(s3.random(32)).toString('base64'), sealingKeyPlace(account, BucketId));
      // The empty folder of an id that nobody knows does no harm if what follows is not to be.
      await objects.createBucket(BucketId);
      try {
        await context.write((draft) => {
          const taken = draft.partition.bucketNames.find(Bucket);
          if (taken) throw taken.AccountId === account ? error('BucketAlreadyOwnedByYou', 'Your previous request to create the named bucket succeeded and you already own it.', { details: { BucketName: Bucket } })
            : error('BucketAlreadyExists', 'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.', { details: { BucketName: Bucket } });
          if (draft.buckets.size >= s3Limits.bucketsPerAccountMax) throw error('TooManyBuckets', 'You have attempted to create more buckets than allowed');
          draft.partition.bucketNames.insert({ BucketName: Bucket, AccountId: account, BucketId });
          draft.buckets.insert({ BucketId, BucketName: Bucket, Region: region, CreateDate: now, PublicAccessBlock: everythingBlocked, ObjectOwnership: 'BucketOwnerEnforced', ...(Tags?.length && { Tags: checkedTags(Tags, tagsPerBucketMax) }), SealingKey });
        });
      } catch (thrown) {
        if (thrown instanceof ApiError && thrown.name !== 'ServiceFailure') await objects.removeBucketIfEmpty(BucketId);
        throw thrown;
      }
      return { Location: region === unnamedRegion ? `/${Bucket}` : `http://${Bucket}.s3.amazonaws.com/`, BucketArn: bucketArn(Bucket) };
    },
  },
} satisfies Operations<S3, 'ListBuckets' | 'CreateBucket'>;

const hasAcl = ({ ACL, GrantFullControl, GrantRead, GrantReadACP, GrantWrite, GrantWriteACP }: CreateBucketRequest): boolean => [ACL, GrantFullControl, GrantRead, GrantReadACP, GrantWrite, GrantWriteACP].some((given) => given !== undefined);

/** Where the bucket will be: what is asked for must be where it is asked. */
function regionOf({ CreateBucketConfiguration }: CreateBucketRequest, { region, error }: RunContext<S3Error>): string {
  const location = CreateBucketConfiguration?.LocationConstraint;
  if (location === undefined) {
    if (region !== unnamedRegion) throw error('IllegalLocationConstraintException', 'The unspecified location constraint is incompatible for the region specific endpoint this request was sent to.');
    return region;
  }
  const named = location === 'EU' ? 'eu-west-1' : location;
  if (!regionForm.test(named) || named === unnamedRegion) throw error('InvalidLocationConstraint', 'The specified location-constraint is not valid', { details: { LocationConstraint: location.slice(0, 64) } });
  // The endpoint of us-east-1 makes buckets of all regions. Source: CreateBucket (S3 API Reference).
  if (named !== region && region !== unnamedRegion) throw error('IllegalLocationConstraintException', `The ${named} location constraint is incompatible for the region specific endpoint this request was sent to.`);
  return named;
}

function refuseUnserved(input: CreateBucketRequest, { error }: RunContext<S3Error>): void {
  const { ACL, ObjectOwnership = 'BucketOwnerEnforced', ObjectLockEnabledForBucket, CreateBucketConfiguration: { Location, Bucket } = {}, GrantFullControl, GrantRead, GrantReadACP, GrantWrite, GrantWriteACP } = input;
  if (ObjectOwnership !== 'BucketOwnerEnforced') throw error('NotImplemented', 'Buckets are made with the object ownership BucketOwnerEnforced only.');
  if ([GrantFullControl, GrantRead, GrantReadACP, GrantWrite, GrantWriteACP].some((grant) => grant !== undefined) || (ACL !== undefined && ACL !== 'private')) throw error('InvalidBucketAclWithObjectOwnership', 'Bucket cannot have ACLs set with ObjectOwnership\'s BucketOwnerEnforced setting');
  if (ObjectLockEnabledForBucket) throw error('NotImplemented', 'Object Lock is not implemented.');
  if (Location !== undefined || Bucket !== undefined) throw error('NotImplemented', 'Directory buckets are not implemented.');
}

export const buckets = {
  ...accountBuckets,
  HeadBucket: onBucket('HeadBucket', (_input, _context, { bucket }) => ({ BucketRegion: bucket.Region, AccessPointAlias: false, BucketArn: bucketArn(bucket.BucketName) })),
  GetBucketLocation: onBucket('GetBucketLocation', (_input, _context, { bucket }) => (bucket.Region === unnamedRegion ? {} : { LocationConstraint: bucket.Region }), { isOfAnyRegion: true }),
  DeleteBucket: onBucket('DeleteBucket', async (_input, context, owned) => {
    const { bucket, owner } = owned;
    const { error, objects } = context;
    // Authorized once more where the state has moved on; then the name is kept from everyone until the objects' folder is known to be gone.
    await context.writeIn(owner, (draft) => {
      const name = draft.partition.bucketNames.find(bucket.BucketName);
      if (!name || name.BucketId !== bucket.BucketId) throw error('NoSuchBucket', 'The specified bucket does not exist', { details: { BucketName: bucket.BucketName } });
    });
    // The store's own look is the only one that counts: an object that comes now finds no bucket.
    if (!(await objects.removeBucketIfEmpty(bucket.BucketId))) throw error('BucketNotEmpty', 'The bucket you tried to delete is not empty', { details: { BucketName: bucket.BucketName } });
    await context.writeIn(owner, (draft) => {
      if (draft.partition.bucketNames.find(bucket.BucketName)?.BucketId === bucket.BucketId) draft.partition.bucketNames.remove(bucket.BucketName);
      draft.buckets.remove(bucket.BucketId);
    });
  }, { needsObjects: true }),
};

