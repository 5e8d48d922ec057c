/** Runs the lifecycle rules of all buckets: what has expired is removed, as a request would remove it. Source: "Expiring objects" (S3 User Guide). */
import type { Timestamp } from '../../base/clock.ts';
import type { BucketDoc, LifecycleRuleDoc } from '../../store/bucket-doc.ts';
import type { Store } from '../../store/store.ts';
import type { ObjectAttributes, Objects } from './attributes.ts';
import type { ObjectVersion } from './objects/object-store.ts';
import { ObjectRefused } from './objects/object-store.ts';
import { versioningOf } from './versions.ts';

const dayMs = 86_400_000;
const pageSize = 1_000;

type Version = ObjectVersion<ObjectAttributes>;

/** Days count from the next midnight. Source: "Lifecycle rules: Based on an object's age". */
const dueAt = (since: Timestamp, days: number): Timestamp => Math.ceil((since + days * dayMs) / dayMs) * dayMs;

/** Resolves to how much was removed. */
export async function runLifecycles(store: Store, objects: Objects, now: () => Timestamp): Promise<number> {
  let removed = 0;
  for (const account of new Set([...store.partition.bucketNames.all()].map(({ AccountId }) => AccountId))) {
    const view = await store.account(account);
    // A copy: the table may change meanwhile.
    for (const bucket of Array.from(view?.buckets.all() ?? [])) {
      const rules = bucket.LifecycleRules?.filter(({ Status }) => Status === 'Enabled') ?? [];
      for (const rule of rules) removed += await runRule(rule, bucket, objects, now());
    }
  }
  return removed;
}

async function runRule(rule: LifecycleRuleDoc, bucket: BucketDoc, objects: Objects, now: Timestamp): Promise<number> {
  let removed = 0;
  if (rule.ExpirationDays !== undefined || rule.ExpirationDate !== undefined) removed += await expireCurrent(rule, bucket, objects, now);
  if (rule.NoncurrentDays !== undefined || rule.ExpiredObjectDeleteMarker) removed += await expireVersions(rule, bucket, objects, now);
  if (rule.AbortIncompleteDays !== undefined) removed += await abortUploads(rule, bucket, objects, now);
  return removed;
}

const isOver = ({ ExpirationDays, ExpirationDate }: LifecycleRuleDoc, lastModified: Timestamp, now: Timestamp): boolean =>
  (ExpirationDays !== undefined && dueAt(lastModified, ExpirationDays) <= now) || (ExpirationDate !== undefined && ExpirationDate <= now);

function fits({ Tags, ObjectSizeGreaterThan = -1, ObjectSizeLessThan = Infinity }: LifecycleRuleDoc, { sizeBytes, attributes }: Version): boolean {
  return sizeBytes > ObjectSizeGreaterThan && sizeBytes < ObjectSizeLessThan && (Tags ?? []).every((tag) => attributes?.tags.some(({ Key, Value }) => Key === tag.Key && Value === tag.Value));
}

async function expireCurrent(rule: LifecycleRuleDoc, bucket: BucketDoc, objects: Objects, now: Timestamp): Promise<number> {
  let removed = 0;
  for await (const object of every((after) => objects.list({ bucket: bucket.BucketId, prefix: rule.Prefix, after, limit: pageSize }))) {
    if (!isOver(rule, object.lastModified, now) || !fits(rule, object)) continue;
    // Only what was looked at: an object that has taken its place meanwhile stays.
    if (await ifAllowed(objects.remove({ bucket: bucket.BucketId, key: object.key, versioning: versioningOf(bucket), conditions: { ifMatch: object.etag }, at: now }))) removed++;
  }
  return removed;
}

/** Versions of a key come together, the newest first. */
async function expireVersions(rule: LifecycleRuleDoc, bucket: BucketDoc, objects: Objects, now: Timestamp): Promise<number> {
  const { NoncurrentDays, NewerNoncurrentVersions = 0, ExpiredObjectDeleteMarker } = rule;
  let removed = 0;
  const remove = async ({ key, versionId }: Version): Promise<boolean> => {
    const isRemoved = (await ifAllowed(objects.remove({ bucket: bucket.BucketId, key, versionId, versioning: versioningOf(bucket), at: now }))) !== undefined;
    if (isRemoved) removed++;
    return isRemoved;
  };
  let newer: Version | undefined;
  let noncurrent = 0;
  let left: Version[] = [];
  const closeKey = async (): Promise<void> => {
    const [only, more] = left;
    if (ExpiredObjectDeleteMarker && only?.isDeleteMarker && only.isLatest && !more) await remove(only);
  };
  for await (const version of everyVersion(objects, bucket, rule.Prefix)) {
    if (newer?.key !== version.key) {
      await closeKey();
      newer = undefined;
      noncurrent = 0;
      left = [];
    }
    if (newer) noncurrent++;
    const isDue = newer !== undefined && NoncurrentDays !== undefined && noncurrent > NewerNoncurrentVersions && dueAt(newer.lastModified, NoncurrentDays) <= now;
    // What is locked is left.
    if (!isDue || !(version.isDeleteMarker || fits(rule, version)) || !(await remove(version))) left.push(version);
    newer = version;
  }
  await closeKey();
  return removed;
}

async function abortUploads(rule: LifecycleRuleDoc, bucket: BucketDoc, objects: Objects, now: Timestamp): Promise<number> {
  let removed = 0;
  let after: { readonly key: string; readonly uploadId: string } | undefined;
  for (;;) {
    const { entries, isTruncated } = objects.listUploads({ bucket: bucket.BucketId, prefix: rule.Prefix, limit: pageSize, after: after?.key, afterUploadId: after?.uploadId });
    for (const entry of entries) {
      if (!('item' in entry)) continue;
      after = entry.item;
      const { key, uploadId, initiated } = entry.item;
      if (dueAt(initiated, rule.AbortIncompleteDays!) > now) continue;
      await ifAllowed(objects.abortUpload({ bucket: bucket.BucketId, key, uploadId }));
      removed++;
    }
    if (!isTruncated) return removed;
  }
}

/** What somebody else removed or replaced first needs nothing more, and what is locked is not removed. */
async function ifAllowed<T>(removing: Promise<T>): Promise<T | undefined> {
  try {
    return await removing;
  } catch (thrown) {
    if (thrown instanceof ObjectRefused) return undefined;
    throw thrown;
  }
}

type PageOf = (after: string | undefined) => ReturnType<Objects['list']>;

async function* every(read: PageOf): AsyncGenerator<Version> {
  for (let after: string | undefined; ;) {
    const { entries, isTruncated } = read(after);
    for (const entry of entries) {
      if (!('item' in entry)) continue;
      after = entry.item.key;
      yield entry.item;
    }
    if (!isTruncated) return;
    // Others are to have their turn between pages.
    await new Promise((resolve) => { setImmediate(resolve); });
  }
}

async function* everyVersion(objects: Objects, { BucketId }: BucketDoc, prefix: string | undefined): AsyncGenerator<Version> {
  for (let after: Version | undefined; ;) {
    const { entries, isTruncated } = objects.listVersions({ bucket: BucketId, prefix, limit: pageSize, after: after?.key, afterVersionId: after?.versionId });
    for (const entry of entries) {
      if (!('item' in entry)) continue;
      after = entry.item;
      yield entry.item;
    }
    if (!isTruncated) return;
    await new Promise((resolve) => { setImmediate(resolve); });
  }
}
