/** Lifecycle rules of a bucket: those that expire objects, versions and uploads, and are then run (lifecycle-run.ts). Source: PutBucketLifecycleConfiguration (S3 API Reference); "Lifecycle configuration elements" (S3 User Guide). */
import type { LifecycleRule, LifecycleRuleFilter } from '../../../models/s3.ts';
import { newUuid } from '../../base/ids.ts';
import type { LifecycleRuleDoc } from '../../store/bucket-doc.ts';
import { changeBucket, onBucket } from './bucket.ts';
import type { S3Run } from './bucket.ts';
import { s3Limits } from './limits.ts';
import { forward } from './upstream.ts';

const dayMs = 86_400_000;

function checkedRule(rule: LifecycleRule, { error, s3 }: S3Run): LifecycleRuleDoc {
  const invalid = (message: string) => error('InvalidArgument', message);
  const malformed = () => error('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema');
  if (rule.Transitions?.length || rule.NoncurrentVersionTransitions?.length) throw error('NotImplemented', 'There is one storage class: transitions to others are not implemented.');
  if ((rule.Prefix !== undefined) === (rule.Filter !== undefined)) throw malformed();
  const { Expiration, NoncurrentVersionExpiration, AbortIncompleteMultipartUpload } = rule;
  if (!Expiration && !NoncurrentVersionExpiration && !AbortIncompleteMultipartUpload) throw invalid('At least one action needs to be specified in a rule');
  if (Expiration && [Expiration.Days, Expiration.Date, Expiration.ExpiredObjectDeleteMarker].filter((one) => one !== undefined).length !== 1) throw malformed();
  for (const days of [Expiration?.Days, NoncurrentVersionExpiration?.NoncurrentDays, AbortIncompleteMultipartUpload?.DaysAfterInitiation]) if (days !== undefined && days <= 0) throw invalid("'Days' for Expiration action must be a positive integer");
  if (Expiration?.Date !== undefined && Expiration.Date % dayMs !== 0) throw invalid("'Date' must be at midnight GMT");
  if (NoncurrentVersionExpiration && NoncurrentVersionExpiration.NoncurrentDays === undefined) throw malformed();
  const kept = NoncurrentVersionExpiration?.NewerNoncurrentVersions;
  if (kept !== undefined && (kept < 1 || kept > 100)) throw invalid("'NewerNoncurrentVersions' for NoncurrentVersionExpiration action must be between 1 and 100");
  const filter = filterOf(rule.Filter ?? {}, malformed);
  if (filter.Tags && (Expiration?.ExpiredObjectDeleteMarker !== undefined || AbortIncompleteMultipartUpload)) throw error('InvalidRequest', 'A rule with a tag filter can neither abort uploads nor remove delete markers.');
  const ID = rule.ID || newUuid(s3.random);
  if (ID.length > 255) throw invalid('ID length should not exceed allowed limit of 255');
  return {
    ID, Status: rule.Status, IsPrefixBare: rule.Prefix !== undefined, ...filter, ...(rule.Prefix !== undefined && { Prefix: rule.Prefix }),
    ExpirationDays: Expiration?.Days, ExpirationDate: Expiration?.Date, ExpiredObjectDeleteMarker: Expiration?.ExpiredObjectDeleteMarker,
    NoncurrentDays: NoncurrentVersionExpiration?.NoncurrentDays, NewerNoncurrentVersions: kept, AbortIncompleteDays: AbortIncompleteMultipartUpload?.DaysAfterInitiation,
  };
}

type Filter = Pick<LifecycleRuleDoc, 'Prefix' | 'Tags' | 'ObjectSizeGreaterThan' | 'ObjectSizeLessThan'>;

function filterOf({ Prefix, Tag, And, ObjectSizeGreaterThan, ObjectSizeLessThan }: LifecycleRuleFilter, malformed: () => Error): Filter {
  const given = [Prefix, Tag, And, ObjectSizeGreaterThan, ObjectSizeLessThan].filter((one) => one !== undefined).length;
  if (given > 1) throw malformed();
  if (And) return { Prefix: And.Prefix, Tags: And.Tags, ObjectSizeGreaterThan: And.ObjectSizeGreaterThan, ObjectSizeLessThan: And.ObjectSizeLessThan };
  return { Prefix, Tags: Tag && [Tag], ObjectSizeGreaterThan, ObjectSizeLessThan };
}

/** A rule as it was given. */
function shownRule(rule: LifecycleRuleDoc): LifecycleRule {
  const { ID, Status, IsPrefixBare, Prefix, ExpirationDays, ExpirationDate, ExpiredObjectDeleteMarker, NoncurrentDays, NewerNoncurrentVersions, AbortIncompleteDays } = rule;
  const expires = ExpirationDays !== undefined || ExpirationDate !== undefined || ExpiredObjectDeleteMarker !== undefined;
  return {
    ID, Status,
    ...(IsPrefixBare ? { Prefix } : { Filter: shownFilter(rule) }),
    ...(expires && { Expiration: { Days: ExpirationDays, Date: ExpirationDate, ExpiredObjectDeleteMarker } }),
    ...(NoncurrentDays !== undefined && { NoncurrentVersionExpiration: { NoncurrentDays, NewerNoncurrentVersions } }),
    ...(AbortIncompleteDays !== undefined && { AbortIncompleteMultipartUpload: { DaysAfterInitiation: AbortIncompleteDays } }),
  };
}

function shownFilter({ Prefix, Tags, ObjectSizeGreaterThan, ObjectSizeLessThan }: LifecycleRuleDoc): LifecycleRuleFilter {
  const parts = [Prefix, ObjectSizeGreaterThan, ObjectSizeLessThan].filter((one) => one !== undefined).length + (Tags?.length ?? 0);
  if (parts > 1) return { And: { Prefix, Tags, ObjectSizeGreaterThan, ObjectSizeLessThan } };
  return { Prefix: parts === 0 ? '' : Prefix, Tag: Tags?.[0], ObjectSizeGreaterThan, ObjectSizeLessThan };
}

export const bucketLifecycle = {
  GetBucketLifecycleConfiguration: onBucket('GetBucketLifecycleConfiguration', (_input, { error }, { bucket }) => {
    if (!bucket.LifecycleRules) throw error('NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist', { details: { BucketName: bucket.BucketName } });
    return { Rules: bucket.LifecycleRules.map(shownRule), TransitionDefaultMinimumObjectSize: 'all_storage_classes_128K' as const };
  }, { upstream: forward }),
  PutBucketLifecycleConfiguration: onBucket('PutBucketLifecycleConfiguration', async (input, context, owned) => {
    const { error } = context;
    const Rules = input.LifecycleConfiguration?.Rules ?? [];
    if (Rules.length === 0 || Rules.length > s3Limits.lifecycleRulesMax) throw error('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema');
    const LifecycleRules = Rules.map((rule) => checkedRule(rule, context));
    if (new Set(LifecycleRules.map(({ ID }) => ID)).size < LifecycleRules.length) throw error('InvalidArgument', 'Rule ID must be unique. Found same ID for more than one rule');
    await changeBucket(owned, context, (bucket) => ({ ...bucket, LifecycleRules }));
    return { TransitionDefaultMinimumObjectSize: 'all_storage_classes_128K' as const };
  }, { upstream: forward }),
  DeleteBucketLifecycle: onBucket('DeleteBucketLifecycle', (_input, context, owned) => changeBucket(owned, context, ({ LifecycleRules: _, ...bucket }) => bucket), { upstream: forward }),
};
