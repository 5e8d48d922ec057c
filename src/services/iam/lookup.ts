/** Finding what a request names – a user, group, role or policy – and the ask that names it to policies. */
import * as arn from '../../base/arn.ts';
import type { Raise } from '../../base/api-error.ts';
import type { Ask } from '../../authz/ask.ts';
import type { AccountView } from '../../store/store.ts';
import { foldCase, type GroupDoc, type PolicyDoc, type RoleDoc, type UserDoc } from '../../store/tables.ts';
import { resourceTagContext } from './tags.ts';

// A draft is a view too, so that each of these serves `access` and `write` alike.

export const findUser = (view: AccountView, name: string): UserDoc | undefined => view.users.findBy('name', foldCase(name));
export const findGroup = (view: AccountView, name: string): GroupDoc | undefined => view.groups.findBy('name', foldCase(name));
export const findRole = (view: AccountView, name: string): RoleDoc | undefined => view.roles.findBy('name', foldCase(name));

/** The user of that name, in any letter case. */
export function getUser(view: AccountView, name: string, error: Raise<'NoSuchEntity'>): UserDoc {
  return findUser(view, name) ?? absent('user', name, error);
}

/** The group of that name, in any letter case. */
export function getGroup(view: AccountView, name: string, error: Raise<'NoSuchEntity'>): GroupDoc {
  return findGroup(view, name) ?? absent('group', name, error);
}

/** The role of that name, in any letter case. */
export function getRole(view: AccountView, name: string, error: Raise<'NoSuchEntity'>): RoleDoc {
  return findRole(view, name) ?? absent('role', name, error);
}

function absent(kind: 'user' | 'group' | 'role', name: string, error: Raise<'NoSuchEntity'>): never {
  throw error('NoSuchEntity', `The ${kind} with name ${name} cannot be found.`);
}

/** The customer-managed policy of that ARN, which must be the policy's own letter by letter, path included. */
export function findPolicy(view: AccountView, policyArn: string): PolicyDoc | undefined {
  const parsed = arn.parse(policyArn);
  const resource = parsed && arn.splitResource(parsed.resource);
  const policy = resource && view.policies.findBy('name', foldCase(resource.name));
  return policy && arn.policy(view.account, policy.Path, policy.PolicyName) === policyArn ? policy : undefined;
}

/** The customer-managed policy of that ARN. */
export function getPolicy(view: AccountView, policyArn: string, error: Raise<'NoSuchEntity'>): PolicyDoc {
  const policy = findPolicy(view, policyArn);
  if (!policy) throw error('NoSuchEntity', `Policy ${policyArn} was not found.`);
  return policy;
}

export const userArn = (view: AccountView, user: UserDoc): string => arn.user(view.account, user.Path, user.UserName);
export const groupArn = (view: AccountView, group: GroupDoc): string => arn.group(view.account, group.Path, group.GroupName);
export const roleArn = (view: AccountView, role: RoleDoc): string => arn.role(view.account, role.Path, role.RoleName);
export const policyArnOf = (view: AccountView, policy: PolicyDoc): string => arn.policy(view.account, policy.Path, policy.PolicyName);

// An operation by name on what does not exist is authorized on the ARN without a path, so that a caller who is confined to
// a path is told AccessDenied, not NoSuchEntity. AWS: recorded denials, 2026.

/** Asks for the user of that name: its ARN, its tags, shown as IAM shows it. */
export function userAsk(view: AccountView, name: string): Ask {
  const user = findUser(view, name);
  return { resource: user ? userArn(view, user) : arn.user(view.account, '/', name), shownAs: `user ${name}`, context: resourceTagContext('user', user?.Tags) };
}

/** Asks for the group of that name: its ARN, shown as IAM shows it. Groups have no tags. */
export function groupAsk(view: AccountView, name: string): Ask {
  const group = findGroup(view, name);
  return { resource: group ? groupArn(view, group) : arn.group(view.account, '/', name), shownAs: `group ${name}` };
}

/** Asks for the role of that name: its ARN, its tags, shown as IAM shows it. */
export function roleAsk(view: AccountView, name: string): Ask {
  const role = findRole(view, name);
  return { resource: role ? roleArn(view, role) : arn.role(view.account, '/', name), shownAs: `role ${name}`, context: resourceTagContext('role', role?.Tags) };
}

/** Asks for the policy of that ARN as it was given, with its tags, shown as IAM shows it. Raises what AWS says to text that is no ARN. */
export function policyAsk(view: AccountView, policyArn: string, error: Raise<never>): Ask {
  const parsed = arn.parse(policyArn);
  if (!parsed || parsed.resource === '') throw error('ValidationError', 'Invalid ARN:  Could not be parsed!');
  return { resource: policyArn, shownAs: `policy ${policyArn}`, context: resourceTagContext('policy', findPolicy(view, policyArn)?.Tags) };
}

/**
 * Raises what AWS says to an ARN that cannot be one of that type, before anything else is asked: partition, service, region and type are validated strictly since 2024
 * (notice "IAM resource ARN validation"). GUESS: the words are those for policies.
 */
export function checkResourceArn(text: string, type: 'oidc-provider' | 'saml-provider', error: Raise<'InvalidInput'>): void {
  const parsed = arn.parse(text);
  if (!parsed || parsed.resource === '') throw error('ValidationError', 'Invalid ARN:  Could not be parsed!');
  const isOfType = parsed.partition === arn.partition && parsed.service === 'iam' && parsed.region === '' && /^\d{12}$/.test(parsed.account) && parsed.resource.startsWith(`${type}/`) && parsed.resource.length > type.length + 1;
  if (!isOfType) throw error('InvalidInput', `ARN ${text} is not valid.`);
}

/** The same ask with further condition keys. */
export function withContext(ask: Ask, context: Ask['context']): Ask {
  return { ...ask, context: { ...ask.context, ...context } };
}
