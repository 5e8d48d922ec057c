/** Buckets: made, listed, looked at, removed. Their objects live under an id that never returns, so that what is on its way into a removed bucket lands in no other. */
import type { CreateBucketRequest, S3, S3Error } from '../../../models/s3.ts';
import type { Ask } from '../../authz/ask.ts';
import { ApiError } from '../../base/api-error.ts';
import type { BucketDoc } from '../../store/bucket-doc.ts';
import type { Intent } from '../../store/intents.ts';
import type { Cause, Draft } from '../../store/store.ts';
import type { AccessContext, Operations, RunContext } from '../operation.ts';
import { bucketArn, requestKeys } from './ask.ts';
import { makingOf, removalOf } from './bucket-effects.ts';
import type { Making } from './bucket-effects.ts';
import { noSuchBucket, onBucket } from './bucket.ts';
import type { S3Run } from './bucket.ts';
import type { OwnedBucket } from './owned-bucket.ts';
import { isBucketName } from './bucket-names.ts';
import { s3Limits } from './limits.ts';
import { canonicalUser } from './owner.ts';
import { everythingBlocked } from './public-access.ts';
import { sealingKeyPlace } from './sealing.ts';
import { checkedTags, tagsPerBucketMax } from './tags.ts';
import { upstreamError } from './upstream.ts';
import { UpstreamRefused } from './upstreams.ts';
import type { Upstreams } from './upstreams.ts';

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
        // Source: CreateBucket (S3 API Reference), "Permissions".
        ...(input.ObjectLockEnabledForBucket ? [ask('s3:PutBucketObjectLockConfiguration'), ask('s3:PutBucketVersioning')] : []),
        ...(input.CreateBucketConfiguration?.Tags?.length ? [ask('s3:TagResource')] : []),
      ];
    },
    async run(input, context) {
      const { account, now, objects, s3, seal, error } = context;
      const { Bucket } = input;
      const region = regionOf(input, context);
      refuseUnserved(input, context);
      const Tags = input.CreateBucketConfiguration?.Tags;
      const home = s3.upstreams.homeOf(account);
      const BucketId = Buffer.from(s3.random(16)).toString('hex');
      const SealingKey = seal.seal(Buffer.from(s3.random(32)).toString('base64'), sealingKeyPlace(account, BucketId));
      const bucket: BucketDoc = { BucketId, BucketName: Bucket, Region: region, CreateDate: now, PublicAccessBlock: everythingBlocked, ObjectOwnership: 'BucketOwnerEnforced', ...(Tags?.length && { Tags: checkedTags(Tags, tagsPerBucketMax) }), ...(input.ObjectLockEnabledForBucket && { Versioning: 'Enabled', ObjectLock: {} }), SealingKey };
      const Location = region === unnamedRegion ? `/${Bucket}` : `http://${Bucket}.s3.amazonaws.com/`;
      if (home) {
        if (bucket.ObjectLock && !s3.upstreams.has(home.store, 'object-lock')) throw error('NotImplemented', 'The store of objects behind this account is not said to have object-lock, which ObjectLockEnabledForBucket needs.');
        await makeUpstream({ ...bucket, Upstream: { Store: home.store, Bucket: `${home.prefix}${Bucket}` } }, context);
        return { Location, BucketArn: bucketArn(Bucket) };
      }
      // The empty folder of an id that nobody knows does no harm if what follows is not to be.
      await objects.createBucket(BucketId);
      try {
        await context.write((draft) => {
          claimName(draft, bucket, context);
          draft.buckets.insert(bucket);
        });
      } catch (thrown) {
        if (thrown instanceof ApiError && thrown.name !== 'ServiceFailure') await objects.removeBucketIfEmpty(BucketId);
        throw thrown;
      }
      return { Location, BucketArn: bucketArn(Bucket) };
    },
  },
} satisfies Operations<S3, 'ListBuckets' | 'CreateBucket'>;

type CreateContext = RunContext<S3['CreateBucket']['errors']>;

/** Takes the name for the account, in the draft that decides it. */
function claimName(draft: Draft, { BucketName, BucketId }: BucketDoc, { account, error }: CreateContext): void {
  const taken = draft.partition.bucketNames.find(BucketName);
  if (taken) throw taken.AccountId === account ? error('BucketAlreadyOwnedByYou', 'Your previous request to create the named bucket succeeded and you already own it.', { details: { BucketName } })
    : error('BucketAlreadyExists', 'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.', { details: { BucketName } });
  if (draft.buckets.size >= s3Limits.bucketsPerAccountMax) throw error('TooManyBuckets', 'You have attempted to create more buckets than allowed');
  draft.partition.bucketNames.insert({ BucketName, AccountId: account, BucketId });
}

/** Makes the bucket in another store: the name is taken first, and the bucket is ours once it is there. */
async function makeUpstream(bucket: BucketDoc & { readonly Upstream: NonNullable<BucketDoc['Upstream']> }, context: CreateContext): Promise<void> {
  const { account, s3: { upstreams, intents, effects }, error } = context;
  const { Store, Bucket } = bucket.Upstream;
  if (!isBucketName(Bucket)) throw error('InvalidBucketName', 'The specified bucket is not valid.', { details: { BucketName: bucket.BucketName } });
  try {
    const begun = unfinished(bucket.BucketName, context);
    if (begun) return await intents.carryOut(effects.making, begun, causeOf(context, 's3:CreateBucket'));
    // One that was there before is not made: it is given to an account by the operator, in the file of stores.
    if (await isThere(upstreams, Store, Bucket)) throw error('BucketAlreadyExists', 'The store behind this account has a bucket of that name already.', { details: { BucketName: bucket.BucketName } });
    const making = intents.plan(account, makingOf(bucket));
    await context.write((draft) => {
      claimName(draft, bucket, context);
      intents.record(draft, effects.making, making);
    });
    await intents.carryOut(effects.making, making, causeOf(context, 's3:CreateBucket'));
  } catch (thrown) {
    throw upstreamError(thrown, { bucket, owner: account }, {}, context);
  }
}

/** What an earlier request of the account began and could not end, because the store was away. */
function unfinished(name: string, { account, partition, s3: { effects } }: CreateContext): Intent<Making> | undefined {
  for (const { IntentId, Kind, AccountId, Payload } of partition.intents.all()) {
    // An edge: the payload of an intent of this kind.
    if (Kind === effects.making.kind && AccountId === account && Payload['BucketName'] === name) return { id: IntentId, account, payload: Payload as unknown as Making };
  }
  return undefined;
}

async function isThere(upstreams: Upstreams, store: string, bucket: string): Promise<boolean> {
  try {
    await upstreams.call(store, 'HeadBucket', { Bucket: bucket });
    return true;
  } catch (thrown) {
    // A HEAD has no body to say of what there is none.
    if (thrown instanceof UpstreamRefused && (thrown.code === 'NoSuchKey' || thrown.code === 'NoSuchBucket')) return false;
    throw thrown;
  }
}

const causeOf = ({ caller, requestId }: Pick<RunContext<S3Error>, 'requestId'> & { readonly caller: { readonly arn: string } }, action: string): Cause => ({ by: caller.arn, requestId, action });

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
  const { ACL, ObjectOwnership = 'BucketOwnerEnforced', CreateBucketConfiguration: { Location, Bucket } = {}, GrantFullControl, GrantRead, GrantReadACP, GrantWrite, GrantWriteACP } = input;
  if (ObjectOwnership !== 'BucketOwnerEnforced') throw error('NotImplemented', 'Buckets are made with the object ownership BucketOwnerEnforced only.');
  if ([GrantFullControl, GrantRead, GrantReadACP, GrantWrite, GrantWriteACP].some((grant) => grant !== undefined) || (ACL !== undefined && ACL !== 'private')) throw error('InvalidBucketAclWithObjectOwnership', 'Bucket cannot have ACLs set with ObjectOwnership\'s BucketOwnerEnforced setting');
  if (Location !== undefined || Bucket !== undefined) throw error('NotImplemented', 'Directory buckets are not implemented.');
}

async function removeBucket({ bucket, owner }: OwnedBucket, context: S3Run): Promise<void> {
  const { error, s3: { intents, effects } } = context;
  const removing = intents.plan(owner, removalOf(bucket));
  // Authorized once more where the state has moved on; then the name is kept from everyone until the objects' folder is known to be gone.
  await context.writeIn(owner, (draft) => {
    const name = draft.partition.bucketNames.find(bucket.BucketName);
    if (!name || name.BucketId !== bucket.BucketId) throw noSuchBucket(bucket.BucketName, error);
    intents.record(draft, effects.removing, removing);
  });
  // The store's own look is the only one that counts: an object that comes now finds no bucket.
  await intents.carryOut(effects.removing, removing, causeOf(context, 's3:DeleteBucket'));
}

export const buckets = {
  ...accountBuckets,
  HeadBucket: onBucket('HeadBucket', (_input, _context, { bucket }) => ({ BucketRegion: bucket.Region, AccessPointAlias: false, BucketArn: bucketArn(bucket.BucketName) })),
  GetBucketLocation: onBucket('GetBucketLocation', (_input, _context, { bucket }) => (bucket.Region === unnamedRegion ? {} : { LocationConstraint: bucket.Region }), { isOfAnyRegion: true }),
  DeleteBucket: onBucket('DeleteBucket', async (_input, context, owned) => {
    await removeBucket(owned, context);
  }, {
    needsObjects: true,
    async upstream(_name, _input, context, owned) {
      try {
        await removeBucket(owned, context);
      } catch (thrown) {
        throw upstreamError(thrown, owned, {}, context);
      }
    },
  }),
};

