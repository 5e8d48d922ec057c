/** Bucket policies: held to S3's rules, and, where public access is blocked, not public. Source: PutBucketPolicy (S3 API Reference). */
import type { Raise } from '../../base/api-error.ts';
import * as arn from '../../base/arn.ts';
import { namedPrincipals } from '../../policy/principals.ts';
import { isPublicPolicy } from '../../policy/public-policy.ts';
import { resourcesOf } from '../../policy/resources.ts';
import { validatePolicy } from '../../policy/validate/validate.ts';
import type { PartitionView } from '../../store/store.ts';
import type { AccountView } from '../../store/store.ts';
import type { PrincipalPolicy } from '../../store/tables.ts';
import { foldCase } from '../../store/tables.ts';
import { bucketArn } from './ask.ts';
import { changeBucket, onBucket } from './bucket.ts';
import type { S3Run } from './bucket.ts';
import { s3Limits } from './limits.ts';
import { isPublic } from './public-policies.ts';

/** The document as a bucket keeps it. Raises MalformedPolicy. */
function bucketPolicy(document: string, name: string, context: S3Run): PrincipalPolicy {
  const { error } = context;
  if (Buffer.byteLength(document) > s3Limits.policyBytesMax) throw error('InvalidArgument', 'Normalized policy document exceeds the maximum allowed size of 20480 bytes.');
  const [finding] = validatePolicy(document, 'bucket', context.authorizationReference);
  if (finding) throw error('MalformedPolicy', finding.message);
  for (const resource of resourcesOf(document)) if (!isOfBucket(resource, name)) throw error('MalformedPolicy', 'Policy has invalid resource');
  return { Document: document, PrincipalIds: principalIds(document, context) };
}

/** A policy speaks of its own bucket and of what is in it. A pattern in the bucket's place has to be the bucket's name. */
function isOfBucket(resource: string, name: string): boolean {
  const own = bucketArn(name);
  const text = resource.replace(/^arn:aws[a-z-]*:/, 'arn:aws:');
  return text === own || text.startsWith(`${own}/`) || (text.startsWith(own) && text.slice(own.length).startsWith('*'));
}

/** The unique ids of the users and roles that are named. What is named must be there. */
function principalIds(document: string, context: S3Run): Readonly<Record<string, string>> {
  const ids: Record<string, string> = {};
  for (const { element, text } of namedPrincipals(document)) {
    if (element !== 'AWS' || text === '*') continue;
    const known = findPrincipal(text, context);
    if (!known) throw context.error('MalformedPolicy', 'Invalid principal in policy', { details: { Detail: `"AWS" : "${text.slice(0, 256)}"` } });
    if (known.id !== undefined) ids[text] = known.id;
  }
  return ids;
}

interface Principals { readonly partition: PartitionView; readonly error: Raise<'MalformedPolicy'>; readonly view: AccountView; accountView(account: string): AccountView | undefined }

function findPrincipal(text: string, { partition, view, accountView }: Principals): { readonly id?: string } | undefined {
  if (/^\d{12}$/.test(text)) return partition.accounts.find(text) && {};
  const parsed = arn.parse(text);
  if (!parsed || !partition.accounts.find(parsed.account)) return undefined;
  if (parsed.service === 'sts') return /^(assumed-role|federated-user)\/./.test(parsed.resource) ? {} : undefined;
  if (parsed.service !== 'iam') return undefined;
  if (parsed.resource === 'root') return {};
  const account = parsed.account === view.account ? view : accountView(parsed.account);
  const named = arn.splitResource(parsed.resource);
  if (!account || !named) return undefined;
  if (named.type === 'user') {
    const user = account.users.findBy('name', foldCase(named.name));
    return user && arn.user(parsed.account, user.Path, user.UserName) === text ? { id: user.UserId } : undefined;
  }
  const role = named.type === 'role' ? account.roles.findBy('name', foldCase(named.name)) : undefined;
  return role && arn.role(parsed.account, role.Path, role.RoleName) === text ? { id: role.RoleId } : undefined;
}

/** The accounts whose users and roles a policy names, which must be in memory when it is checked. */
export function accountsNamedIn(document: string, partition: PartitionView): readonly string[] {
  if (Buffer.byteLength(document) > s3Limits.policyBytesMax || validatePolicy(document, 'bucket').length > 0) return [];
  const accounts = namedPrincipals(document).flatMap(({ element, text }) => (element === 'AWS' ? [arn.parse(text)?.account ?? text] : []));
  return [...new Set(accounts)].filter((account) => partition.accounts.find(account) !== undefined);
}

const put = onBucket('PutBucketPolicy', async (input, context, owned) => {
  const { error, caller } = context;
  // Source: PutBucketPolicy, "Permissions": whoever is of another account than the bucket's owner.
  if (caller.account !== owned.owner) throw error('MethodNotAllowed', 'The specified method is not allowed against this resource.');
  const Policy = bucketPolicy(input.Policy, owned.bucket.BucketName, context);
  await changeBucket(owned, context, (bucket) => {
    if (bucket.PublicAccessBlock?.BlockPublicPolicy && isPublicPolicy(Policy.Document)) {
      throw error('AccessDenied', `User: ${caller.arn} is not authorized to perform: s3:PutBucketPolicy on resource: "${bucketArn(bucket.BucketName)}" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`);
    }
    return { ...bucket, Policy };
  });
});

export const bucketPolicies = {
  GetBucketPolicy: onBucket('GetBucketPolicy', (_input, { error, caller }, { bucket, owner }) => {
    if (caller.account !== owner) throw error('MethodNotAllowed', 'The specified method is not allowed against this resource.');
    if (!bucket.Policy) throw noPolicy(bucket.BucketName, error);
    return { Policy: bucket.Policy.Document };
  }),
  PutBucketPolicy: { ...put, accounts: (input: Parameters<typeof put.accounts>[0], partition: PartitionView, error: Parameters<typeof put.accounts>[2]): [string, ...string[]] => [...put.accounts(input, partition, error), ...accountsNamedIn(input.Policy, partition)] as [string, ...string[]] },
  DeleteBucketPolicy: onBucket('DeleteBucketPolicy', (_input, context, owned) => {
    if (context.caller.account !== owned.owner) throw context.error('MethodNotAllowed', 'The specified method is not allowed against this resource.');
    return changeBucket(owned, context, ({ Policy: _, ...bucket }) => bucket);
  }),
  GetBucketPolicyStatus: onBucket('GetBucketPolicyStatus', (_input, { error }, { bucket }) => {
    if (!bucket.Policy) throw noPolicy(bucket.BucketName, error);
    return { PolicyStatus: { IsPublic: isPublic(bucket.Policy) } };
  }),
};

const noPolicy = (name: string, error: Raise<'NoSuchBucketPolicy'>) => error('NoSuchBucketPolicy', 'The bucket policy does not exist', { details: { BucketName: name } });
