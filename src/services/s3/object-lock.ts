/** Object Lock: which buckets lock what is in them, how long a version is kept, and who may read and change that. The store of objects keeps to it (objects/object-lock.ts). Source: "Locking objects with Object Lock" (S3 User Guide). */
import type { DefaultRetention, ObjectLockConfiguration, ObjectLockRetention } from '../../../models/s3.ts';
import { ApiError } from '../../base/api-error.ts';
import type { BucketDoc, DefaultRetentionDoc, ObjectLockDoc } from '../../store/bucket-doc.ts';
import { objectAsk } from './ask.ts';
import type { ObjectAttributes } from './attributes.ts';
import { changeBucket, onBucket } from './bucket.ts';
import type { S3Run } from './bucket.ts';
import { s3Limits } from './limits.ts';
import { assertLocks, checkedRetention } from './new-lock.ts';
import { getVersion } from './object-lookup.ts';
import type { NamedObject } from './object-lookup.ts';
import type { Retention } from './objects/object-lock.ts';
import type { ObjectVersion } from './objects/object-store.ts';
import type { OwnedBucket } from './owned-bucket.ts';
import { worded } from './refused.ts';
import { forward, forwardOfObject } from './upstream.ts';

const malformed = ({ error }: Pick<S3Run, 'error'>) => error('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema');

/** Source: PutObjectLockConfiguration, DefaultRetention (S3 API Reference). */
function checkedDefault({ Mode, Days, Years }: DefaultRetention, context: S3Run): DefaultRetentionDoc {
  const { error } = context;
  if (Mode === undefined || (Days === undefined) === (Years === undefined)) throw malformed(context);
  const [name, period, max] = Days === undefined ? (['Years', Years!, s3Limits.retentionYearsMax] as const) : (['Days', Days, s3Limits.retentionDaysMax] as const);
  const invalid = (message: string) => error('InvalidArgument', message, { details: { ArgumentName: name, ArgumentValue: String(period) } });
  if (period < 1) throw invalid('Default retention period must be a positive integer value.');
  if (period > max) throw invalid('Default retention period too large');
  return { Mode, ...(Days === undefined ? { Years: period } : { Days: period }) };
}

function documentOf({ ObjectLockEnabled, Rule }: ObjectLockConfiguration, context: S3Run): ObjectLockDoc {
  // Once it is enabled it stays so: there is no other value.
  if (ObjectLockEnabled !== 'Enabled' || (Rule && !Rule.DefaultRetention)) throw malformed(context);
  return Rule?.DefaultRetention ? { DefaultRetention: checkedDefault(Rule.DefaultRetention, context) } : {};
}

function shown({ DefaultRetention }: ObjectLockDoc): ObjectLockConfiguration {
  return { ObjectLockEnabled: 'Enabled', ...(DefaultRetention && { Rule: { DefaultRetention } }) };
}

/** What is asked for of a bucket that locks what is in it. Raises InvalidBucketState. */
export function withVersioning(bucket: BucketDoc, Versioning: 'Enabled' | 'Suspended', { error }: Pick<S3Run, 'error'>): BucketDoc {
  if (bucket.ObjectLock && Versioning !== 'Enabled') throw error('InvalidBucketState', 'An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.', { details: { BucketName: bucket.BucketName } });
  return { ...bucket, Versioning };
}

/** The retention that a request asks for; undefined where it asks for none. */
function askedRetention({ Mode, RetainUntilDate }: ObjectLockRetention = {}, context: S3Run): Retention | undefined {
  if (Mode === undefined && RetainUntilDate === undefined) return undefined;
  if (Mode === undefined || RetainUntilDate === undefined) throw malformed(context);
  return checkedRetention(Mode, RetainUntilDate, 'RetainUntilDate', context);
}

/** Changes what locks the version that a request names, whatever else becomes of the key meanwhile. */
async function change(input: NamedObject, context: S3Run, owned: OwnedBucket, once: (object: ObjectVersion<ObjectAttributes>) => Promise<boolean>): Promise<void> {
  for (;;) {
    const object = getVersion(input, context, owned);
    // The version is gone where this is false: which one is it now, is there one?
    if (await worded(once(object), input, context.error)) return;
  }
}

const noLock = ({ error }: Pick<S3Run, 'error'>, { Key }: NamedObject) => error('NoSuchObjectLockConfiguration', 'The specified object does not have a ObjectLock configuration', { details: { Key } });

/** Whether the caller may see it. What locks an object is told with the object, to those only who may ask for it by itself. */
function may(action: 's3:GetObjectRetention' | 's3:GetObjectLegalHold', { Key, VersionId }: NamedObject, context: S3Run, owned: OwnedBucket): boolean {
  try {
    context.require([objectAsk(action, Key, owned, context, { VersionId })]);
    return true;
  } catch (thrown) {
    if (thrown instanceof ApiError && thrown.name === 'AccessDenied') return false;
    throw thrown;
  }
}

interface LockMembers { readonly ObjectLockMode?: string | undefined; readonly ObjectLockRetainUntilDate?: number | undefined; readonly ObjectLockLegalHoldStatus?: string | undefined }

/** What an answer with an object says of its lock, as far as the caller may know it. Source: GetObject, "Response Elements" (S3 API Reference). */
export function lockAnswer({ ObjectLockMode, ObjectLockRetainUntilDate, ObjectLockLegalHoldStatus }: LockMembers, input: NamedObject, context: S3Run, owned: OwnedBucket): LockMembers {
  return {
    ...(ObjectLockMode !== undefined && may('s3:GetObjectRetention', input, context, owned) && { ObjectLockMode, ObjectLockRetainUntilDate }),
    ...(ObjectLockLegalHoldStatus !== undefined && may('s3:GetObjectLegalHold', input, context, owned) && { ObjectLockLegalHoldStatus }),
  };
}

/** The same as members. */
export const lockMembers = ({ lock }: Pick<ObjectVersion<unknown>, 'lock'>): LockMembers => ({ ObjectLockMode: lock?.retention?.mode, ObjectLockRetainUntilDate: lock?.retention?.until, ObjectLockLegalHoldStatus: lock?.legalHold });

export const objectLock = {
  GetObjectLockConfiguration: onBucket('GetObjectLockConfiguration', (_input, { error }, { bucket }) => {
    if (!bucket.ObjectLock) throw error('ObjectLockConfigurationNotFoundError', 'Object Lock configuration does not exist for this bucket', { details: { BucketName: bucket.BucketName } });
    return { ObjectLockConfiguration: shown(bucket.ObjectLock) };
  }, { upstream: forward }),
  PutObjectLockConfiguration: onBucket('PutObjectLockConfiguration', async (input, context, owned) => {
    const { error } = context;
    // AWS: since November 2023 a bucket that is there needs none, and support gives out none.
    if (input.Token !== undefined) throw error('NotImplemented', 'Tokens that allow Object Lock for a bucket that is there are not given out: none is needed.');
    const ObjectLock = documentOf(input.ObjectLockConfiguration ?? {}, context);
    await changeBucket(owned, context, (bucket) => {
      if (bucket.Versioning !== 'Enabled') throw error('InvalidBucketState', "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration", { details: { BucketName: bucket.BucketName } });
      return { ...bucket, ObjectLock };
    });
    return {};
  }, { upstream: forward }),
  GetObjectRetention: onBucket('GetObjectRetention', (input, context, owned) => {
    assertLocks(owned.bucket, context);
    const { retention } = getVersion(input, context, owned).lock ?? {};
    if (!retention) throw noLock(context, input);
    return { Retention: { Mode: retention.mode, RetainUntilDate: retention.until } };
  }, { needsObjects: true, upstream: forwardOfObject }),
  PutObjectRetention: onBucket('PutObjectRetention', async (input, context, owned) => {
    assertLocks(owned.bucket, context);
    const retention = askedRetention(input.Retention, context);
    const { objects, now: at } = context;
    await change(input, context, owned, ({ sequence }) => objects.retain({ bucket: owned.bucket.BucketId, sequence, retention, at, bypassesGovernance: input.BypassGovernanceRetention === true }));
    return {};
  }, { needsObjects: true, upstream: forwardOfObject }),
  GetObjectLegalHold: onBucket('GetObjectLegalHold', (input, context, owned) => {
    assertLocks(owned.bucket, context);
    const { legalHold } = getVersion(input, context, owned).lock ?? {};
    if (!legalHold) throw noLock(context, input);
    return { LegalHold: { Status: legalHold } };
  }, { needsObjects: true, upstream: forwardOfObject }),
  PutObjectLegalHold: onBucket('PutObjectLegalHold', async (input, context, owned) => {
    assertLocks(owned.bucket, context);
    const Status = input.LegalHold?.Status;
    if (Status !== 'ON' && Status !== 'OFF') throw malformed(context);
    await change(input, context, owned, ({ sequence }) => context.objects.hold(owned.bucket.BucketId, sequence, Status));
    return {};
  }, { needsObjects: true, upstream: forwardOfObject }),
};
