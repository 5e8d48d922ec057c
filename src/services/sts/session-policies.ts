/** Session policies as AssumeRole takes them: one inline, and managed ones by ARN. */
import type { PolicyDescriptorType } from '../../../models/sts.ts';
import * as arn from '../../base/arn.ts';
import type { Raise } from '../../base/api-error.ts';
import { validatePolicy } from '../../policy/validate/validate.ts';
import type { AwsManagedPolicies } from '../../store/aws-managed-policies.ts';
import type { AccountView } from '../../store/store.ts';
import { foldCase } from '../../store/tables.ts';

/** The longest inline policy and managed policy ARNs together, characters. Source: AssumeRole, Policy (STS API Reference). */
const plainTextMax = 2_048;

/** Source: AssumeRole, PolicyArns (STS API Reference); the model does not say it. */
const managedMax = 10;

export interface SessionPolicies { readonly policy?: string; readonly policyArns?: readonly string[] }

/** What is wrong in the document is said before authorization; it tells nothing of the account. */
export function checkSessionPolicy(policy: string | undefined, arns: readonly PolicyDescriptorType[], error: Raise<'MalformedPolicyDocument' | 'PackedPolicyTooLarge'>): void {
  if (policy !== undefined) {
    const [finding] = validatePolicy(policy, 'session');
    if (finding) throw error('MalformedPolicyDocument', finding.message);
  }
  if (arns.length > managedMax) throw error('ValidationError', `1 validation error detected: Value at 'policyArns' failed to satisfy constraint: Member must have length less than or equal to ${managedMax}`);
  const length = arns.reduce((sum, { arn: text = '' }) => sum + text.length, policy?.length ?? 0);
  if (length > plainTextMax) throw error('PackedPolicyTooLarge', `Packed policy consumes ${Math.ceil((100 * length) / plainTextMax)}% of allotted space, please use smaller policy.`);
}

/** The managed session policies must exist in the role's account, or be AWS's. */
export function managedSessionPolicies(arns: readonly PolicyDescriptorType[], view: AccountView, awsManaged: AwsManagedPolicies, error: Raise<never>): readonly string[] {
  return arns.map(({ arn: policyArn = '' }) => {
    // GUESS: AWS's own words for a session policy that does not exist are not recorded anywhere we know.
    if (!exists(policyArn, view, awsManaged)) throw error('ValidationError', `${policyArn} is invalid`);
    return policyArn;
  });
}

function exists(policyArn: string, view: AccountView, awsManaged: AwsManagedPolicies): boolean {
  const parsed = arn.parse(policyArn);
  const named = parsed && arn.splitResource(parsed.resource);
  if (!parsed || !named) return false;
  if (parsed.account === 'aws') return awsManaged.find(policyArn) !== undefined;
  const policy = view.policies.findBy('name', foldCase(named.name));
  return policy !== undefined && arn.policy(view.account, policy.Path, policy.PolicyName) === policyArn;
}
