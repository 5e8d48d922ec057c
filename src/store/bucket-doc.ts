/** Buckets as the journal holds them: who owns which name, and all that is configured of a bucket. Its objects are not here but in the store of objects, under the bucket's id. */
import type { Timestamp } from '../base/clock.ts';
import type { PrincipalPolicy, TagDoc } from './tables.ts';

/** A name is one bucket's in all accounts together. */
export interface BucketNameDoc {
  readonly BucketName: string;
  readonly AccountId: string;
  readonly BucketId: string;
}

export interface PublicAccessBlockDoc {
  readonly BlockPublicAcls: boolean;
  readonly IgnorePublicAcls: boolean;
  readonly BlockPublicPolicy: boolean;
  readonly RestrictPublicBuckets: boolean;
}

export interface CorsRuleDoc {
  readonly ID?: string | undefined;
  readonly AllowedMethods: readonly string[];
  readonly AllowedOrigins: readonly string[];
  readonly AllowedHeaders?: readonly string[] | undefined;
  readonly ExposeHeaders?: readonly string[] | undefined;
  readonly MaxAgeSeconds?: number | undefined;
}

/** What of a lifecycle rule runs. */
export interface LifecycleRuleDoc {
  readonly ID: string;
  readonly Status: 'Enabled' | 'Disabled';
  /** Whether the rule was written in the older form, with a prefix of its own. */
  readonly IsPrefixBare: boolean;
  readonly Prefix?: string | undefined;
  readonly Tags?: readonly TagDoc[] | undefined;
  readonly ObjectSizeGreaterThan?: number | undefined;
  readonly ObjectSizeLessThan?: number | undefined;
  readonly ExpirationDays?: number | undefined;
  readonly ExpirationDate?: Timestamp | undefined;
  readonly ExpiredObjectDeleteMarker?: boolean | undefined;
  readonly NoncurrentDays?: number | undefined;
  readonly NewerNoncurrentVersions?: number | undefined;
  readonly AbortIncompleteDays?: number | undefined;
}

/** For so many days, or so many years. */
export type DefaultRetentionDoc = { readonly Mode: 'GOVERNANCE' | 'COMPLIANCE' } & ({ readonly Days: number; readonly Years?: undefined } | { readonly Years: number; readonly Days?: undefined });

export interface ObjectLockDoc {
  /** What new objects are given that say nothing of it. */
  readonly DefaultRetention?: DefaultRetentionDoc | undefined;
}

export interface BucketDoc {
  /** Unguessable, and never another bucket's. */
  readonly BucketId: string;
  readonly BucketName: string;
  readonly Region: string;
  readonly CreateDate: Timestamp;
  readonly Policy?: PrincipalPolicy | undefined;
  /** Absent where nothing is blocked. */
  readonly PublicAccessBlock?: PublicAccessBlockDoc | undefined;
  readonly Tags?: readonly TagDoc[] | undefined;
  /** Absent where no rule is set, which means the same. */
  readonly ObjectOwnership?: 'BucketOwnerEnforced' | undefined;
  /** Absent until versioning was enabled once. */
  readonly Versioning?: 'Enabled' | 'Suspended' | undefined;
  readonly CorsRules?: readonly CorsRuleDoc[] | undefined;
  readonly LifecycleRules?: readonly LifecycleRuleDoc[] | undefined;
  /** Absent where nothing in it can be locked. Once it is there it stays, and versioning stays enabled. */
  readonly ObjectLock?: ObjectLockDoc | undefined;
  /** Where its objects are, where that is another store: which one, as the operator calls it, and the bucket's name there. Never changed. */
  readonly Upstream?: { readonly Store: string; readonly Bucket: string } | undefined;
  /** Sealed: objects of the bucket are sealed with keys that are made of it. */
  readonly SealingKey: string;
}
