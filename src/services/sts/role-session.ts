/** What every way of assuming a role shares: which role is meant, what its trust policy is asked, how long the session may last, and the session itself. */
import type { PolicyDescriptorType } from '../../../models/sts.ts';
import type { Ask } from '../../authz/ask.ts';
import * as arn from '../../base/arn.ts';
import type { Raise } from '../../base/api-error.ts';
import type { SessionIssuer } from '../../base/session.ts';
import type { AccountView } from '../../store/store.ts';
import { foldCase } from '../../store/tables.ts';
import type { RoleDoc } from '../../store/tables.ts';
import type { RunContext } from '../operation.ts';
import { issueCredentials } from './issue.ts';
import type { IssueContext, NewSession } from './issue.ts';
import { managedSessionPolicies } from './session-policies.ts';

/** Seconds. Source: AssumeRole, DurationSeconds (STS API Reference). */
const defaultDurationSeconds = 3_600;
const defaultSessionSecondsMax = 3_600;

/** The ARN of a role, taken apart; raises what AWS says to any other text. */
export function parseRoleArn(roleArn: string, error: Raise<never>): arn.Arn {
  const parsed = arn.parse(roleArn);
  if (!parsed || parsed.service !== 'iam' || parsed.region !== '' || !/^\d{12}$/.test(parsed.account) || !parsed.resource.startsWith('role/')) throw error('ValidationError', `${roleArn} is invalid`);
  return parsed;
}

/** The role of exactly that ARN. */
export function findRole(roleArn: string, view: AccountView | undefined): RoleDoc | undefined {
  const named = arn.splitResource(arn.parse(roleArn)?.resource ?? '');
  const role = named && view?.roles.findBy('name', foldCase(named.name));
  return role && arn.role(view!.account, role.Path, role.RoleName) === roleArn ? role : undefined;
}

/** Asks the role's trust policy for an action. A role that is not there is refused in the same words as one that does not trust. */
export const trustAsk = (action: string, RoleArn: string, account: string, role: RoleDoc | undefined, context: Ask['context']): Ask =>
  ({ action, resource: RoleArn, resourceAccount: account, context, resourcePolicy: { kind: 'trust', policy: role?.TrustPolicy }, isReasonHidden: true });

/** The length asked for, which must not be more than the role allows. */
export function sessionSeconds(wanted: number | undefined, { MaxSessionDuration = defaultSessionSecondsMax }: RoleDoc, error: Raise<never>): number {
  const seconds = wanted ?? defaultDurationSeconds;
  if (seconds > MaxSessionDuration) throw error('ValidationError', 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
  return seconds;
}

/** What a session is made of, whoever asked for it. */
export interface RoleSessionRequest {
  readonly issuer: SessionIssuer;
  readonly RoleArn: string;
  readonly RoleSessionName: string;
  readonly Policy?: string | undefined;
  readonly PolicyArns?: readonly PolicyDescriptorType[] | undefined;
  readonly seconds: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly transitiveTagKeys: readonly string[];
  readonly sourceIdentity: string | undefined;
  readonly federatedProvider?: string;
  readonly providerKeys?: NewSession['providerKeys'];
}

/** Makes the session of a role that was found and has allowed it. */
export function issueRoleSession(request: RoleSessionRequest, role: RoleDoc, view: AccountView, context: IssueContext & Pick<RunContext<never>, 'awsManagedPolicies'>) {
  const { RoleSessionName, Policy, seconds, tags, transitiveTagKeys, sourceIdentity, federatedProvider, providerKeys } = request;
  const { account } = view;
  const policyArns = managedSessionPolicies(request.PolicyArns ?? [], view, context.awsManagedPolicies, context.error);
  const hasTags = Object.keys(tags).length > 0;
  const isPacked = Policy !== undefined || policyArns.length > 0 || hasTags;
  const { credentials, packedPercent } = issueCredentials({
    issuer: request.issuer,
    account,
    principalId: role.RoleId,
    sessionName: RoleSessionName,
    policy: Policy,
    policyArns: policyArns.length > 0 ? policyArns : undefined,
    tags: hasTags ? tags : undefined,
    transitiveTagKeys: transitiveTagKeys.length > 0 ? transitiveTagKeys : undefined,
    sourceIdentity, federatedProvider, providerKeys,
  }, seconds, context);
  return {
    Credentials: credentials,
    AssumedRoleUser: { AssumedRoleId: `${role.RoleId}:${RoleSessionName}`, Arn: arn.assumedRole(account, role.RoleName, RoleSessionName) },
    PackedPolicySize: isPacked ? packedPercent : undefined,
    SourceIdentity: sourceIdentity,
  };
}
