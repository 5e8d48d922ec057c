/** A permissions boundary where it meets a user or role: which policies may be one, and how it is shown. */
import type { AttachedPermissionsBoundary } from '../../../models/iam.ts';
import type { Raise } from '../../base/api-error.ts';
import * as arn from '../../base/arn.ts';
import type { AwsManagedPolicies } from '../../store/aws-managed-policies.ts';
import type { AccountView } from '../../store/store.ts';
import { findManagedPolicy, isOfServiceLinkedRole } from './managed-policies.ts';

/** Raises what AWS says to a boundary that is no policy's ARN, or whose policy is neither the account's own nor one that AWS lets others attach. */
export function checkBoundary(policyArn: string, view: AccountView, awsManagedPolicies: AwsManagedPolicies, error: Raise<'NoSuchEntity'>): void {
  const parsed = arn.parse(policyArn);
  if (parsed?.service !== 'iam' || !parsed.resource.startsWith('policy/')) throw error('ValidationError', `Value (${policyArn}) for parameter PermissionsBoundary is invalid.`);
  if (!findManagedPolicy(view, awsManagedPolicies, policyArn) || isOfServiceLinkedRole(policyArn)) throw error('NoSuchEntity', `Scope ARN: ${policyArn} does not exist or is not attachable.`);
}

/** A boundary as GetUser and GetRole show it. */
export function attachedBoundary(policyArn: string): AttachedPermissionsBoundary {
  // The type's text says that it "can only have a value of Policy", and answers do, though the model's enum has another word. Source: AttachedPermissionsBoundary (IAM API Reference).
  return { PermissionsBoundaryType: 'Policy' as AttachedPermissionsBoundary['PermissionsBoundaryType'], PermissionsBoundaryArn: policyArn };
}
