/** How long a policy may be, and how AWS counts. Source: "IAM and AWS STS quotas" (IAM User Guide), "Bucket policies" (S3 User Guide). */
import { policySize } from '../../../src/policy/size.ts';
import type { PolicyKind } from '../../../src/policy/types.ts';

export interface SizeLimit { readonly max: number; /** Whether white space counts, too. */ readonly isWhole?: boolean; readonly what: string }

/** By kind. An inline policy shares its limit with the others of its user, group or role: whoever embeds the editor says so. */
export const sizeLimits: Readonly<Record<PolicyKind, SizeLimit>> = {
  identity: { max: 6_144, what: 'a managed policy' },
  boundary: { max: 6_144, what: 'a managed policy' },
  trust: { max: 2_048, what: 'a trust policy' },
  session: { max: 2_048, isWhole: true, what: 'a session policy' },
  resource: { max: 20_480, isWhole: true, what: 'a resource policy' },
  bucket: { max: 20_480, isWhole: true, what: 'a bucket policy' },
  endpoint: { max: 20_480, what: 'an endpoint policy' },
  scp: { max: 5_120, isWhole: true, what: 'a service control policy' },
  rcp: { max: 5_120, isWhole: true, what: 'a resource control policy' },
};

/** All inline policies of one user, group or role together. */
export const inlineLimits = {
  user: { max: 2_048, what: 'the inline policies of a user' },
  group: { max: 5_120, what: 'the inline policies of a group' },
  role: { max: 10_240, what: 'the inline policies of a role' },
} as const satisfies Readonly<Record<string, SizeLimit>>;

export const sizeOf = (text: string, { isWhole = false }: SizeLimit): number => (isWhole ? new TextEncoder().encode(text).length : policySize(text));
