/** What a simulation evaluates: policies by the names that AWS gives them in its results, whether they were handed in or hang on a user, group or role. */
import type { Raise } from '../../base/api-error.ts';
import * as arn from '../../base/arn.ts';
import type { AwsManagedPolicies } from '../../store/aws-managed-policies.ts';
import type { AccountView } from '../../store/store.ts';
import { pairKey } from '../../store/tables.ts';
import { findPolicy, getGroup, getRole, getUser } from './lookup.ts';

export interface SourcePolicy {
  /** `PolicyInputList.1`, a managed policy's name, or `user_alice_inline`. AWS: seen in answers of SimulatePrincipalPolicy. */
  readonly id: string;
  readonly document: string;
}

/** The user, group or role that PolicySourceArn names. */
export interface PolicySource {
  readonly kind: 'user' | 'group' | 'role';
  readonly arn: string;
  readonly id: string;
  readonly name: string;
  readonly policies: readonly SourcePolicy[];
  readonly boundary: SourcePolicy | undefined;
}

/** The policies that a request hands in. */
export const givenPolicies = (list: string, documents: readonly string[] | undefined): readonly SourcePolicy[] => (documents ?? []).map((document, index) => ({ id: `${list}.${index + 1}`, document }));

/** What of an ARN names a user, group or role; raises what AWS says to one that does not. */
export function readEntityArn(text: string, error: Raise<'InvalidInput'>): { readonly kind: PolicySource['kind']; readonly account: string; readonly name: string } {
  const parsed = arn.parse(text);
  const named = parsed?.service === 'iam' && parsed.region === '' ? arn.splitResource(parsed.resource) : undefined;
  if (!parsed || !named || named.name === '' || !/^\d{12}$/.test(parsed.account) || (named.type !== 'user' && named.type !== 'group' && named.type !== 'role')) {
    throw error('InvalidInput', `Invalid Entity Arn: ${text} does not clearly define entity type and name.`);
  }
  return { kind: named.type, account: parsed.account, name: named.name };
}

/** The entity and all its policies; of a user those of its groups too. The ARN's path is not looked at: a name is unique without it. */
export function getPolicySource(text: string, view: AccountView, awsManagedPolicies: AwsManagedPolicies, error: Raise<'InvalidInput' | 'NoSuchEntity'>): PolicySource {
  const { kind, name } = readEntityArn(text, error);
  const hung = (holderKind: PolicySource['kind'], id: string, holderName: string): readonly SourcePolicy[] => policiesOn(view, awsManagedPolicies, holderKind, id, holderName);
  if (kind === 'group') {
    const { GroupId, GroupName } = getGroup(view, name, error);
    return { kind, arn: text, id: GroupId, name: GroupName, policies: hung(kind, GroupId, GroupName), boundary: undefined };
  }
  if (kind === 'role') {
    const { RoleId, RoleName, PermissionsBoundary } = getRole(view, name, error);
    return { kind, arn: text, id: RoleId, name: RoleName, policies: hung(kind, RoleId, RoleName), boundary: boundaryOf(PermissionsBoundary, view, awsManagedPolicies) };
  }
  const { UserId, UserName, PermissionsBoundary } = getUser(view, name, error);
  const groups = view.memberships.listBy('user', UserId).map(({ GroupId }) => view.groups.find(GroupId)).filter((group) => group !== undefined);
  return { kind, arn: text, id: UserId, name: UserName, policies: [...hung(kind, UserId, UserName), ...groups.flatMap(({ GroupId, GroupName }) => hung('group', GroupId, GroupName))], boundary: boundaryOf(PermissionsBoundary, view, awsManagedPolicies) };
}

function policiesOn(view: AccountView, awsManagedPolicies: AwsManagedPolicies, kind: PolicySource['kind'], id: string, name: string): readonly SourcePolicy[] {
  const inline = view.inlinePolicies.listBy('principal', id).map(({ PolicyName, Document }) => ({ id: `${kind}_${name}_${PolicyName}`, document: Document }));
  const managed = view.attachments.listBy('principal', id).map(({ PolicyArn }) => managedPolicy(PolicyArn, view, awsManagedPolicies)).filter((policy) => policy !== undefined);
  return [...inline, ...managed];
}

function managedPolicy(policyArn: string, view: AccountView, awsManagedPolicies: AwsManagedPolicies): SourcePolicy | undefined {
  const awsManaged = awsManagedPolicies.find(policyArn);
  if (awsManaged) return { id: awsManaged.PolicyName, document: awsManaged.version.Document };
  const policy = findPolicy(view, policyArn);
  const version = policy && view.policyVersions.find(pairKey(policy.PolicyId, policy.DefaultVersionId));
  return policy && version && { id: policy.PolicyName, document: version.Document };
}

/** A boundary whose policy cannot be found allows nothing. */
function boundaryOf(policyArn: string | undefined, view: AccountView, awsManagedPolicies: AwsManagedPolicies): SourcePolicy | undefined {
  if (policyArn === undefined) return undefined;
  return managedPolicy(policyArn, view, awsManagedPolicies) ?? { id: policyArn, document: JSON.stringify({ Version: '2012-10-17', Statement: [] }) };
}
