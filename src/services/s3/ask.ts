/** What S3 asks of the policies: an action on a bucket or an object, the bucket's own policy, and the condition keys that the request's parts make. Source: "Actions, resources, and condition keys for Amazon S3" (Service Authorization Reference). */
import type { Ask } from '../../authz/ask.ts';
import type { Caller } from '../../base/caller.ts';
import type { Transport } from '../../authz/request-context.ts';
import type { Timestamp } from '../../base/clock.ts';
import type { ContextValue } from '../../policy/types.ts';
import type { BucketDoc } from '../../store/bucket-doc.ts';
import { policyFor } from './public-policies.ts';

export const bucketArn = (name: string): string => `arn:aws:s3:::${name}`;
export const objectArn = (name: string, key: string): string => `arn:aws:s3:::${name}/${key}`;

/** What a request says of itself, for conditions to speak of. */
export interface Asking {
  readonly caller: Pick<Caller, 'kind' | 'account'>;
  readonly transport: Transport;
  readonly now: Timestamp;
}

export interface AskedOf { readonly bucket: BucketDoc; readonly owner: string }

type Keys = Readonly<Record<string, ContextValue | undefined>>;

/** Input member → the condition key that has its value. */
const memberKeys: Readonly<Record<string, string>> = {
  ACL: 's3:x-amz-acl', CopySource: 's3:x-amz-copy-source', Delimiter: 's3:delimiter', GrantFullControl: 's3:x-amz-grant-full-control', GrantRead: 's3:x-amz-grant-read', GrantReadACP: 's3:x-amz-grant-read-acp',
  GrantWrite: 's3:x-amz-grant-write', GrantWriteACP: 's3:x-amz-grant-write-acp', IfMatch: 's3:if-match', IfNoneMatch: 's3:if-none-match', MaxKeys: 's3:max-keys', MetadataDirective: 's3:x-amz-metadata-directive',
  ObjectLockLegalHoldStatus: 's3:object-lock-legal-hold', ObjectOwnership: 's3:x-amz-object-ownership', Prefix: 's3:prefix', SSECustomerAlgorithm: 's3:x-amz-server-side-encryption-customer-algorithm',
  SSEKMSKeyId: 's3:x-amz-server-side-encryption-aws-kms-key-id', ServerSideEncryption: 's3:x-amz-server-side-encryption', StorageClass: 's3:x-amz-storage-class', VersionId: 's3:VersionId', WebsiteRedirectLocation: 's3:x-amz-website-redirect-location',
};

/** Source: PutBucketPolicy (S3 API Reference). */
const policyActions: ReadonlySet<string> = new Set(['s3:GetBucketPolicy', 's3:PutBucketPolicy', 's3:DeleteBucketPolicy']);

/** An ask whose keys are put together when a condition looks at one. */
class S3Ask implements Ask {
  readonly action: string;
  readonly resource: string;
  readonly shownAs: string;
  readonly resourceAccount: string;
  readonly refusedAs = 'Access Denied';
  readonly resourcePolicy: NonNullable<Ask['resourcePolicy']>;
  readonly #keys: () => Keys;

  constructor(action: string, resource: string, { bucket, owner }: AskedOf, { caller }: Asking, keys: () => Keys) {
    this.action = action;
    this.resource = resource;
    this.shownAs = resource === '*' ? '*' : `"${resource}"`;
    this.resourceAccount = owner;
    // AWS: root of the owner's account can always look at, replace and delete a policy that locks everybody out.
    const isRootsOwn = caller.kind === 'root' && caller.account === owner && policyActions.has(action);
    this.resourcePolicy = { kind: 'bucket', policy: isRootsOwn ? undefined : policyFor(bucket, owner, caller.account) };
    this.#keys = keys;
  }

  get context(): Keys {
    return this.#keys();
  }
}

/** The keys of any request to S3. */
export function requestKeys({ transport, now }: Asking, owner: string, input: object): Keys {
  const { authType, signedAt, contentSha256, tlsVersion } = transport;
  const keys: Record<string, ContextValue | undefined> = {
    's3:ResourceAccount': owner,
    's3:TlsVersion': tlsVersion,
    's3:authType': authType,
    's3:signatureversion': authType && 'AWS4-HMAC-SHA256',
    's3:signatureAge': signedAt === undefined ? undefined : String(Math.max(0, now - signedAt)),
    's3:x-amz-content-sha256': contentSha256,
  };
  for (const [member, value] of Object.entries(input)) {
    const key = Object.hasOwn(memberKeys, member) ? memberKeys[member] : undefined;
    if (key !== undefined && (typeof value === 'string' || typeof value === 'number')) keys[key] = String(value);
  }
  return keys;
}

const nothing = (): Keys => ({});

/** `more` adds keys of the one action. */
export function bucketAsk(action: string, asked: AskedOf, asking: Asking, input: object, more: () => Keys = nothing): Ask {
  return new S3Ask(action, bucketArn(asked.bucket.BucketName), asked, asking, () => ({ ...requestKeys(asking, asked.owner, input), ...bucketTagKeys(asked.bucket), ...more() }));
}

export function objectAsk(action: string, key: string, asked: AskedOf, asking: Asking, input: object, more: () => Keys = nothing): Ask {
  return new S3Ask(action, objectArn(asked.bucket.BucketName, key), asked, asking, () => ({ ...requestKeys(asking, asked.owner, input), ...more() }));
}

/** AWS: tags of a bucket are in `aws:ResourceTag/…` only of buckets that have ABAC enabled, which none here has; `s3:BucketTag/…` likewise. */
const bucketTagKeys = (_bucket: BucketDoc): Keys => ({});

export interface Tag { readonly Key: string; readonly Value: string }

/** The keys of tags that a request brings. */
export function requestTagKeys(tags: readonly Tag[] | undefined): Keys {
  if (!tags || tags.length === 0) return {};
  return { ...Object.fromEntries(tags.map(({ Key, Value }) => [`s3:RequestObjectTag/${Key}`, Value])), 's3:RequestObjectTagKeys': tags.map(({ Key }) => Key) };
}

const dayMs = 86_400_000;

/** The keys of a retention that a request asks for. GUESS: a day that has begun counts as one that remains. */
export const retentionKeys = ({ Mode, RetainUntilDate }: { readonly Mode?: string | undefined; readonly RetainUntilDate?: Timestamp | undefined }, now: Timestamp): Keys => ({
  's3:object-lock-mode': Mode,
  ...(RetainUntilDate !== undefined && { 's3:object-lock-retain-until-date': new Date(RetainUntilDate).toISOString(), 's3:object-lock-remaining-retention-days': String(Math.max(0, Math.ceil((RetainUntilDate - now) / dayMs))) }),
});

/** The keys of tags that an object has. */
export const existingTagKeys = (tags: readonly Tag[] | undefined): Keys => Object.fromEntries((tags ?? []).map(({ Key, Value }) => [`s3:ExistingObjectTag/${Key}`, Value]));
