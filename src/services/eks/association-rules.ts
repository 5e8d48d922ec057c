/** What an association may say, and who may say it. */
import * as arn from '../../base/arn.ts';
import type { Raise } from '../../base/api-error.ts';
import type { RandomBytes } from '../../base/ids.ts';
import type { Ask } from '../../authz/ask.ts';
import { validatePolicy } from '../../policy/validate/validate.ts';
import type { AccountView } from '../../store/store.ts';
import { podIdentityService } from '../kubernetes-clusters.ts';
import { roleOfArn } from '../service-session.ts';
import { eksLimits } from './limits.ts';

type Refuse = Raise<'InvalidParameterException'>;

/** Source: "Object Names and IDs" (Kubernetes documentation): a label for namespaces, a subdomain for service accounts. */
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

// GUESS: the words of these refusals.
export function checkAccountNames(namespace: string, serviceAccount: string, error: Refuse): void {
  if (!label.test(namespace)) throw error('InvalidParameterException', 'The namespace is no name of a Kubernetes namespace.');
  if (serviceAccount.length > 253 || !serviceAccount.split('.').every((part) => label.test(part))) throw error('InvalidParameterException', 'The serviceAccount is no name of a Kubernetes service account.');
}

/** Any account's: its trust policy lets it be assumed, or does not. */
export function checkTargetRole(targetRoleArn: string | undefined, error: Refuse): void {
  if (targetRoleArn && !isRoleArn(targetRoleArn)) throw error('InvalidParameterException', 'The targetRoleArn is no ARN of a role.');
}

/** Source: CreatePodIdentityAssociation, policy: both at once do not go together. */
export function checkPolicy(policy: string | undefined, disableSessionTags: boolean, error: Refuse): void {
  if (!policy) return;
  if (!disableSessionTags) throw error('InvalidParameterException', 'disableSessionTags must be true when a policy is given.');
  if (policy.length > eksLimits.policyLengthMax) throw error('InvalidParameterException', `The policy can have at most ${eksLimits.policyLengthMax} characters.`);
  const [finding] = validatePolicy(policy, 'session');
  if (finding) throw error('InvalidParameterException', `The policy is not valid: ${finding.message}`);
}

export function requireRole(roleArn: string, view: AccountView, error: Refuse): void {
  if (!roleOfArn(roleArn, view)) throw error('InvalidParameterException', 'Role provided in the request does not exist.');
}

/** Who gives a role to a service account hands it to every pod of it. Source: "Assign an IAM role to a Kubernetes service account" (EKS User Guide). */
export function passAsk(roleArn: string, account: string, error: Refuse): Ask {
  if (!isRoleArn(roleArn) || arn.parse(roleArn)!.account !== account) throw error('InvalidParameterException', 'The roleArn is no ARN of a role of this account.');
  return { action: 'iam:PassRole', resource: roleArn, context: { 'iam:PassedToService': podIdentityService } };
}

function isRoleArn(text: string): boolean {
  const parsed = arn.parse(text);
  return parsed?.service === 'iam' && parsed.partition === arn.partition && parsed.region === '' && /^\d{12}$/.test(parsed.account) && parsed.resource.startsWith('role/');
}

const idAlphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** AWS: `a-` and seventeen letters and digits. */
export const newAssociationId = (random: RandomBytes): string => `a-${Array.from(random(17), (byte) => idAlphabet[byte % idAlphabet.length]).join('')}`;
