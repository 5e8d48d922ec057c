/** Managed policies, the account's own and AWS's: named by ARN, found, counted in their uses, shown. */
import type { Policy } from '../../../models/iam.ts';
import type { Ask } from '../../authz/ask.ts';
import type { Raise } from '../../base/api-error.ts';
import * as arn from '../../base/arn.ts';
import type { AwsManagedPolicies } from '../../store/aws-managed-policies.ts';
import type { AccountView } from '../../store/store.ts';
import type { PolicyDoc } from '../../store/tables.ts';
import { findPolicy, policyAsk } from './lookup.ts';
import { claimAdjustable } from './quotas.ts';

/** What a policy of the account and one of AWS have in common. */
export type ManagedPolicy = Pick<PolicyDoc, 'PolicyId' | 'PolicyName' | 'Path' | 'Description' | 'CreateDate' | 'UpdateDate' | 'DefaultVersionId' | 'Tags'>;

/** The managed policy of that ARN, letter by letter: the account's own or one of AWS's. */
export function findManagedPolicy(view: AccountView, awsManagedPolicies: AwsManagedPolicies, policyArn: string): ManagedPolicy | undefined {
  return awsManagedPolicies.find(policyArn) ?? findPolicy(view, policyArn);
}

/** The managed policy of that ARN, the account's own or one of AWS's. */
export function getManagedPolicy(view: AccountView, awsManagedPolicies: AwsManagedPolicies, policyArn: string, error: Raise<'NoSuchEntity'>): ManagedPolicy {
  const policy = findManagedPolicy(view, awsManagedPolicies, policyArn);
  if (!policy) throw policyNotFound(policyArn, error);
  return policy;
}

/** The managed policy of that ARN, to be attached. A policy of a service-linked role goes with that role only. */
export function getAttachable(view: AccountView, awsManagedPolicies: AwsManagedPolicies, policyArn: string, holder: 'User' | 'Group' | 'Role', error: Raise<'NoSuchEntity' | 'PolicyNotAttachable'>): ManagedPolicy {
  const policy = findManagedPolicy(view, awsManagedPolicies, policyArn);
  if (!policy) throw error('NoSuchEntity', `Policy ${policyArn} does not exist or is not attachable.`);
  // GUESS: the words for users and groups follow those recorded for roles.
  if (isOfServiceLinkedRole(policyArn)) throw error('PolicyNotAttachable', `Cannot attach a Service Role Policy to a Customer ${holder}.`);
  return policy;
}

/** Whether only AWS may attach the policy, to a service-linked role. Source: "Using service-linked roles" (IAM User Guide). */
export function isOfServiceLinkedRole(policyArn: string): boolean {
  return policyArn.startsWith(arn.awsPolicy('/aws-service-role/', ''));
}

/** What AWS says of a policy that is not there, or is not attached where it should be taken off. */
export function policyNotFound(policyArn: string, error: Raise<'NoSuchEntity'>): Error {
  return error('NoSuchEntity', `Policy ${policyArn} was not found.`);
}

/** Raises what AWS says to an ARN that cannot be a managed policy's, before anything else is asked. */
export function checkPolicyArn(policyArn: string, error: Raise<'InvalidInput'>): arn.Arn {
  const parsed = arn.parse(policyArn);
  if (!parsed || parsed.resource === '') throw error('ValidationError', 'Invalid ARN:  Could not be parsed!');
  // AWS: partition, service, an empty region and the resource type are validated strictly since 2024 (notice "IAM resource ARN validation").
  const isPolicy = parsed.partition === arn.partition && parsed.service === 'iam' && parsed.region === '' && /^(\d{12}|aws)$/.test(parsed.account) && /^policy\/([\w.,+=@-]+\/)*[\w+=,.@-]+$/.test(parsed.resource);
  if (!isPolicy) throw error('InvalidInput', `ARN ${policyArn} is not valid.`);
  return parsed;
}

/** Asks to read the policy. AWS's own count as the caller's account's: an identity policy alone allows reading them. */
export function readPolicyAsk(view: AccountView, policyArn: string, error: Raise<'InvalidInput'>): Ask {
  const { account } = checkPolicyArn(policyArn, error);
  return { ...policyAsk(view, policyArn, error), resourceAccount: account === 'aws' ? view.account : account };
}

/** Asks to change the policy. One of AWS belongs to AWS, so that nobody else is allowed to. */
export function changePolicyAsk(view: AccountView, policyArn: string, error: Raise<'InvalidInput'>): Ask {
  return { ...policyAsk(view, policyArn, error), resourceAccount: checkPolicyArn(policyArn, error).account };
}

/** How the account uses a policy. */
export interface PolicyUse { readonly attachments: number; readonly boundaries: number }

/** Counts the users, groups and roles that a policy is attached to, and the users and roles that it bounds. */
export function useOf(view: AccountView, policyArn: string): PolicyUse {
  return {
    attachments: view.attachments.countBy('policy', policyArn),
    boundaries: view.users.countBy('boundary', policyArn) + view.roles.countBy('boundary', policyArn),
  };
}

/** The managed policies, AWS's own too, that are attached to something or bound something. */
export function policyArnsInUse(view: AccountView): ReadonlySet<string> {
  return new Set([...view.attachments.valuesOf('policy'), ...view.users.valuesOf('boundary'), ...view.roles.valuesOf('boundary')]);
}

/** Raises LimitExceeded if the account may not use one more policy. One that is in use already counts once. Called inside a draft, before the policy is put to use. */
export function claimInUse(view: AccountView, policyArn: string, error: Raise<'LimitExceeded'>): void {
  const { attachments, boundaries } = useOf(view, policyArn);
  if (attachments + boundaries === 0) claimAdjustable(view, 'PolicyVersionsInUsePerAccount', policyArnsInUse(view).size + 1, error);
}

/** A policy as lists show it, without its description and tags. Source: "ListPolicies" (IAM API Reference). */
export function listedPolicy(policyArn: string, policy: ManagedPolicy, use: PolicyUse): Policy {
  return {
    PolicyName: policy.PolicyName,
    PolicyId: policy.PolicyId,
    Arn: policyArn,
    Path: policy.Path,
    DefaultVersionId: policy.DefaultVersionId,
    AttachmentCount: use.attachments,
    PermissionsBoundaryUsageCount: use.boundaries,
    IsAttachable: true,
    CreateDate: policy.CreateDate,
    UpdateDate: policy.UpdateDate,
  };
}
