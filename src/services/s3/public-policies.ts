/** Which bucket policies are public, and for whom a public one counts. Source: "Blocking public access to your Amazon S3 storage" (S3 User Guide). */
import { isPublicPolicy } from '../../policy/public-policy.ts';
import type { BucketDoc } from '../../store/bucket-doc.ts';
import type { PrincipalPolicy } from '../../store/tables.ts';

const publicPolicies = new WeakMap<PrincipalPolicy, boolean>();

/** Whether the bucket's policy is public. */
export function isPublic(policy: PrincipalPolicy | undefined): boolean {
  if (!policy) return false;
  let known = publicPolicies.get(policy);
  if (known === undefined) publicPolicies.set(policy, (known = isPublicPolicy(policy.Document)));
  return known;
}

/** The policy as it counts for a caller: a public one of a bucket that restricts them gives nothing to other accounts, and denies them nothing that they have not lost already. */
export function policyFor({ Policy, PublicAccessBlock }: BucketDoc, owner: string, callerAccount: string | undefined): PrincipalPolicy | undefined {
  return PublicAccessBlock?.RestrictPublicBuckets && callerAccount !== owner && isPublic(Policy) ? undefined : Policy;
}
