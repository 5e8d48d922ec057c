/** The lock that a new object has from its first moment: what its request says, or else what its bucket gives to every object. Source: "How S3 Object Lock works", "Configuring S3 Object Lock" (S3 User Guide). */
import type { Timestamp } from '../../base/clock.ts';
import type { BucketDoc, DefaultRetentionDoc } from '../../store/bucket-doc.ts';
import type { S3Run } from './bucket.ts';
import type { ObjectLock, Retention } from './objects/object-lock.ts';

export interface LockInput {
  readonly ObjectLockMode?: string | undefined;
  readonly ObjectLockRetainUntilDate?: Timestamp | undefined;
  readonly ObjectLockLegalHoldStatus?: string | undefined;
}

export const retentionModes = ['GOVERNANCE', 'COMPLIANCE'] as const;

/** What a bucket that locks nothing answers to whoever would lock something in it. */
export function assertLocks({ ObjectLock }: BucketDoc, { error }: Pick<S3Run, 'error'>): void {
  if (!ObjectLock) throw error('InvalidRequest', 'Bucket is missing Object Lock Configuration');
}

/** What the headers of a request say; undefined where they say nothing. Raises InvalidArgument, and InvalidRequest where the bucket locks nothing. */
export function statedLock(input: LockInput, bucket: BucketDoc, context: Pick<S3Run, 'error' | 'now'>): ObjectLock | undefined {
  const { ObjectLockMode: mode, ObjectLockRetainUntilDate: until, ObjectLockLegalHoldStatus: legalHold } = input;
  if (mode === undefined && until === undefined && legalHold === undefined) return undefined;
  const invalid = (message: string, header: string, value: unknown) => context.error('InvalidArgument', message, { details: { ArgumentName: header, ArgumentValue: String(value ?? 'null').slice(0, 64) } });
  const known = retentionModes.find((one) => one === mode);
  if (mode !== undefined && !known) throw invalid('Unknown wormMode directive.', 'x-amz-object-lock-mode', mode);
  if (legalHold !== undefined && legalHold !== 'ON' && legalHold !== 'OFF') throw invalid("Legal Hold must be either of 'ON' or 'OFF'", 'x-amz-object-lock-legal-hold', legalHold);
  if ((mode === undefined) !== (until === undefined)) throw invalid('x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied', mode === undefined ? 'x-amz-object-lock-mode' : 'x-amz-object-lock-retain-until-date', undefined);
  assertLocks(bucket, context);
  return { ...(known && until !== undefined && { retention: checkedRetention(known, until, 'x-amz-object-lock-retain-until-date', context) }), ...(legalHold !== undefined && { legalHold }) };
}

/** Raises InvalidArgument where it would be over already. */
export function checkedRetention(mode: Retention['mode'], until: Timestamp, argument: string, { error, now }: Pick<S3Run, 'error' | 'now'>): Retention {
  if (until <= now) throw error('InvalidArgument', 'The retain until date must be in the future!', { details: { ArgumentName: argument, ArgumentValue: new Date(until).toISOString() } });
  return { mode, until };
}

/** With what the bucket gives where nothing else was stated: counted from the moment that the object is there. */
export function withDefault(stated: ObjectLock | undefined, { ObjectLock }: BucketDoc, now: Timestamp): ObjectLock | undefined {
  const given = ObjectLock?.DefaultRetention;
  return stated?.retention || !given ? stated : { ...stated, retention: { mode: given.Mode, until: endOf(given, now) } };
}

/** GUESS: that a year is the calendar's. */
function endOf({ Days, Years }: DefaultRetentionDoc, now: Timestamp): Timestamp {
  const end = new Date(now);
  if (Years !== undefined) end.setUTCFullYear(end.getUTCFullYear() + Years);
  else end.setUTCDate(end.getUTCDate() + Days);
  return end.getTime();
}

/** What is to be locked is not to be locked broken. Source: PutObject, UploadPart, `Content-MD5` (S3 API Reference). */
export function assertChecked(lock: ObjectLock | undefined, of: 'Put Object' | 'Upload Part', isChecked: boolean, { error }: Pick<S3Run, 'error'>): void {
  if (lock && !isChecked) throw error('InvalidRequest', `Content-MD5 OR x-amz-checksum- HTTP header is required for ${of} requests with Object Lock parameters`);
}
