/** A policy tool as strangers write them: of one file, which `aws iam get-account-authorization-details` wrote, it makes out what each principal may do. It trusts nothing and leaves nothing out: what does not fit together is an error. */
import assert from 'node:assert/strict';
import * as sdk from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import { type PoliciesInput, prepare } from '../../src/policy/library.ts';

type Document = Readonly<Record<string, unknown>>;
interface Inline { readonly PolicyName: string; readonly PolicyDocument: Document }
interface Attached { readonly PolicyName: string; readonly PolicyArn: string }
interface Tag { readonly Key: string; readonly Value: string }
interface Entity { readonly Path: string; readonly Arn: string; readonly CreateDate: string; readonly AttachedManagedPolicies: readonly Attached[] }
interface Bounded { readonly PermissionsBoundary?: { readonly PermissionsBoundaryType: string; readonly PermissionsBoundaryArn: string }; readonly Tags?: readonly Tag[] }
interface User extends Entity, Bounded { readonly UserName: string; readonly UserId: string; readonly UserPolicyList?: readonly Inline[]; readonly GroupList: readonly string[] }
interface Group extends Entity { readonly GroupName: string; readonly GroupId: string; readonly GroupPolicyList: readonly Inline[] }
interface ListedRole { readonly Path: string; readonly RoleName: string; readonly RoleId: string; readonly Arn: string; readonly CreateDate: string; readonly AssumeRolePolicyDocument: Document }
interface Profile { readonly Path: string; readonly InstanceProfileName: string; readonly InstanceProfileId: string; readonly Arn: string; readonly CreateDate: string; readonly Roles: readonly ListedRole[] }
interface Role extends Entity, Bounded, ListedRole { readonly RolePolicyList: readonly Inline[]; readonly InstanceProfileList: readonly Profile[] }
interface Version { readonly VersionId: string; readonly IsDefaultVersion: boolean; readonly CreateDate: string; readonly Document: Document }
interface Policy { readonly PolicyName: string; readonly Arn: string; readonly DefaultVersionId: string; readonly AttachmentCount: number; readonly PermissionsBoundaryUsageCount: number; readonly PolicyVersionList: readonly Version[] }

/** The file. */
export interface AuthorizationDetails { readonly UserDetailList: readonly User[]; readonly GroupDetailList: readonly Group[]; readonly RoleDetailList: readonly Role[]; readonly Policies: readonly Policy[] }

export interface ToolPrincipal {
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly policies: PoliciesInput;
  /** Whether the principal may do it, as the three decisions of AWS's own simulator. */
  decide(action: string, resource: string, context: Readonly<Record<string, string>>): string;
}

/** Every user and every role, with all that it is given and limited by. */
export function principalsOf(details: AuthorizationDetails): readonly ToolPrincipal[] {
  const documents = managedDocuments(details);
  const groups = uniquely(details.GroupDetailList, ({ GroupName }) => GroupName);
  const managed = ({ PolicyArn, PolicyName }: Attached): PoliciesInput['identity'] & object => ({ name: PolicyName, document: get(documents, PolicyArn) });
  const given = (inline: readonly Inline[], attached: readonly Attached[]) => [...inline.map(({ PolicyName, PolicyDocument }) => ({ name: PolicyName, document: PolicyDocument })), ...attached.map(managed)];
  const principal = ({ Arn, PermissionsBoundary, Tags = [] }: Bounded & Pick<Entity, 'Arn'>, identity: ReturnType<typeof given>): ToolPrincipal => {
    const policies: PoliciesInput = { identity, ...(PermissionsBoundary && { boundary: get(documents, PermissionsBoundary.PermissionsBoundaryArn) }) };
    const evaluator = prepare(policies);
    return {
      arn: Arn, policies, tags: Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])),
      decide: (action, resource, context) => evaluator.evaluate({ action, resource, principal: Arn, resourceAccount: Arn.split(':')[4]!, context }).outcome,
    };
  };
  return [
    ...details.UserDetailList.map((user) => principal(user, [
      ...given(user.UserPolicyList ?? [], user.AttachedManagedPolicies),
      ...user.GroupList.map((name) => get(groups, name)).flatMap((group) => given(group.GroupPolicyList, group.AttachedManagedPolicies)),
    ])),
    ...details.RoleDetailList.map((role) => principal(role, given(role.RolePolicyList, role.AttachedManagedPolicies))),
  ];
}

/** Managed policy's ARN → the document that is in force. Whatever is used is in the file, and is used as often as the file says. */
function managedDocuments({ UserDetailList, GroupDetailList, RoleDetailList, Policies }: AuthorizationDetails): ReadonlyMap<string, Document> {
  const attached = counted([...UserDetailList, ...GroupDetailList, ...RoleDetailList].flatMap(({ AttachedManagedPolicies }) => AttachedManagedPolicies.map(({ PolicyArn }) => PolicyArn)));
  const bounding = counted([...UserDetailList, ...RoleDetailList].flatMap(({ PermissionsBoundary }) => (PermissionsBoundary ? [PermissionsBoundary.PermissionsBoundaryArn] : [])));
  for (const { Arn, AttachmentCount, PermissionsBoundaryUsageCount } of Policies) {
    assert.deepEqual([AttachmentCount, PermissionsBoundaryUsageCount], [attached.get(Arn) ?? 0, bounding.get(Arn) ?? 0], Arn);
  }
  return new Map([...uniquely(Policies, ({ Arn }) => Arn)].map(([arn, { DefaultVersionId, PolicyVersionList }]) => {
    const inForce = PolicyVersionList.filter(({ IsDefaultVersion }) => IsDefaultVersion);
    assert.deepEqual(inForce.map(({ VersionId }) => VersionId), [DefaultVersionId], arn);
    return [arn, inForce[0]!.Document];
  }));
}

function counted(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function uniquely<Item>(items: readonly Item[], nameOf: (item: Item) => string): ReadonlyMap<string, Item> {
  const named = new Map(items.map((item) => [nameOf(item), item]));
  assert.equal(named.size, items.length, 'a name stands twice in the file');
  return named;
}

function get<Value>(values: ReadonlyMap<string, Value>, name: string): Value {
  const value = values.get(name);
  assert.ok(value !== undefined, `${name} is used and is not in the file`);
  return value;
}

/** The file, as the AWS CLI writes it, from the pages that the SDK reads. */
export function fileOf(pages: readonly sdk.GetAccountAuthorizationDetailsCommandOutput[]): AuthorizationDetails {
  const of = <List extends 'UserDetailList' | 'GroupDetailList' | 'RoleDetailList' | 'Policies'>(list: List): readonly unknown[] => pages.flatMap((page): readonly unknown[] => page[list] ?? []);
  const lists = { UserDetailList: of('UserDetailList'), GroupDetailList: of('GroupDetailList'), RoleDetailList: of('RoleDetailList'), Policies: of('Policies') };
  return JSON.parse(JSON.stringify(lists), (name, value: unknown) => (isDocument(name) && typeof value === 'string' ? JSON.parse(decodeURIComponent(value)) : value));
}

const isDocument = (name: string): boolean => /Document$/.test(name);

/** Asks the tool and the server's own simulator the same of every principal of the file; gives how often each decision was made. */
export async function assertDecidesAsServer(details: AuthorizationDetails, iam: IAMClient, ActionNames: readonly string[], ResourceArns: readonly string[]): Promise<Readonly<Record<string, number>>> {
  const decisions: Record<string, number> = {};
  for (const { arn, tags, decide } of principalsOf(details)) {
    const context = { 'aws:RequestedRegion': 'eu-central-1', 'aws:username': arn.split('/').at(-1)!, ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value])) };
    const ContextEntries = Object.entries(context).map(([ContextKeyName, value]) => ({ ContextKeyName, ContextKeyValues: [value], ContextKeyType: 'string' as const }));
    const { EvaluationResults = [] } = await iam.send(new sdk.SimulatePrincipalPolicyCommand({ PolicySourceArn: arn, ActionNames: [...ActionNames], ResourceArns: [...ResourceArns], ContextEntries, MaxItems: 1000 }));
    const served = EvaluationResults.flatMap(({ EvalActionName, ResourceSpecificResults = [] }) => ResourceSpecificResults.map(({ EvalResourceName, EvalResourceDecision }) => [EvalActionName, EvalResourceName, EvalResourceDecision]));
    const asked = ActionNames.flatMap((action) => ResourceArns.map((resource) => [action, resource, decide(action, resource, context)]));
    assert.deepEqual(asked, served, arn);
    for (const [, , decision] of asked) decisions[decision!] = (decisions[decision!] ?? 0) + 1;
  }
  return decisions;
}
