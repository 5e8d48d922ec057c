/** What holds policies – users, groups, roles – and how each of IAM's calls about them is named for it: one table, so that one page part serves all three. */
import {
  AttachGroupPolicyCommand, AttachRolePolicyCommand, AttachUserPolicyCommand, DeleteGroupPolicyCommand, DeleteRolePermissionsBoundaryCommand, DeleteRolePolicyCommand, DeleteUserPermissionsBoundaryCommand, DeleteUserPolicyCommand,
  DetachGroupPolicyCommand, DetachRolePolicyCommand, DetachUserPolicyCommand, GetGroupPolicyCommand, GetRolePolicyCommand, GetUserPolicyCommand, ListAttachedGroupPoliciesCommand, ListAttachedRolePoliciesCommand,
  ListAttachedUserPoliciesCommand, ListGroupPoliciesCommand, ListRolePoliciesCommand, ListUserPoliciesCommand, PutGroupPolicyCommand, PutRolePermissionsBoundaryCommand, PutRolePolicyCommand, PutUserPermissionsBoundaryCommand, PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import type { AttachedPolicy, IAMClient } from '@aws-sdk/client-iam';
import { markedPages } from './read.ts';

export type HolderKind = 'user' | 'group' | 'role';
export interface Holder { readonly kind: HolderKind; readonly name: string }

type Sent = Promise<unknown>;
interface Marked { readonly IsTruncated?: boolean | undefined; readonly Marker?: string | undefined }

interface HolderCalls {
  readonly noun: string;
  readonly listAttached: (iam: IAMClient, name: string, Marker: string | undefined) => Promise<Marked & { readonly AttachedPolicies?: readonly AttachedPolicy[] | undefined }>;
  readonly listInline: (iam: IAMClient, name: string, Marker: string | undefined) => Promise<Marked & { readonly PolicyNames?: readonly string[] | undefined }>;
  readonly getInline: (iam: IAMClient, name: string, PolicyName: string) => Promise<{ readonly PolicyDocument?: string | undefined }>;
  readonly putInline: (iam: IAMClient, name: string, PolicyName: string, PolicyDocument: string) => Sent;
  readonly deleteInline: (iam: IAMClient, name: string, PolicyName: string) => Sent;
  readonly attach: (iam: IAMClient, name: string, PolicyArn: string) => Sent;
  readonly detach: (iam: IAMClient, name: string, PolicyArn: string) => Sent;
}

export const holderCalls: Readonly<Record<HolderKind, HolderCalls>> = {
  user: {
    noun: 'user',
    listAttached: async (iam, UserName, Marker) => iam.send(new ListAttachedUserPoliciesCommand({ UserName, Marker })),
    listInline: async (iam, UserName, Marker) => iam.send(new ListUserPoliciesCommand({ UserName, Marker })),
    getInline: async (iam, UserName, PolicyName) => iam.send(new GetUserPolicyCommand({ UserName, PolicyName })),
    putInline: async (iam, UserName, PolicyName, PolicyDocument) => iam.send(new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument })),
    deleteInline: async (iam, UserName, PolicyName) => iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName })),
    attach: async (iam, UserName, PolicyArn) => iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn })),
    detach: async (iam, UserName, PolicyArn) => iam.send(new DetachUserPolicyCommand({ UserName, PolicyArn })),
  },
  group: {
    noun: 'user group',
    listAttached: async (iam, GroupName, Marker) => iam.send(new ListAttachedGroupPoliciesCommand({ GroupName, Marker })),
    listInline: async (iam, GroupName, Marker) => iam.send(new ListGroupPoliciesCommand({ GroupName, Marker })),
    getInline: async (iam, GroupName, PolicyName) => iam.send(new GetGroupPolicyCommand({ GroupName, PolicyName })),
    putInline: async (iam, GroupName, PolicyName, PolicyDocument) => iam.send(new PutGroupPolicyCommand({ GroupName, PolicyName, PolicyDocument })),
    deleteInline: async (iam, GroupName, PolicyName) => iam.send(new DeleteGroupPolicyCommand({ GroupName, PolicyName })),
    attach: async (iam, GroupName, PolicyArn) => iam.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn })),
    detach: async (iam, GroupName, PolicyArn) => iam.send(new DetachGroupPolicyCommand({ GroupName, PolicyArn })),
  },
  role: {
    noun: 'role',
    listAttached: async (iam, RoleName, Marker) => iam.send(new ListAttachedRolePoliciesCommand({ RoleName, Marker })),
    listInline: async (iam, RoleName, Marker) => iam.send(new ListRolePoliciesCommand({ RoleName, Marker })),
    getInline: async (iam, RoleName, PolicyName) => iam.send(new GetRolePolicyCommand({ RoleName, PolicyName })),
    putInline: async (iam, RoleName, PolicyName, PolicyDocument) => iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument })),
    deleteInline: async (iam, RoleName, PolicyName) => iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName })),
    attach: async (iam, RoleName, PolicyArn) => iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn })),
    detach: async (iam, RoleName, PolicyArn) => iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn })),
  },
};

/** Groups have no boundary. */
export type BoundedKind = Exclude<HolderKind, 'group'>;
export interface BoundedHolder { readonly kind: BoundedKind; readonly name: string }

interface BoundaryCalls {
  readonly put: (iam: IAMClient, name: string, PermissionsBoundary: string) => Sent;
  readonly remove: (iam: IAMClient, name: string) => Sent;
}

export const boundaryCalls: Readonly<Record<BoundedKind, BoundaryCalls>> = {
  user: {
    put: async (iam, UserName, PermissionsBoundary) => iam.send(new PutUserPermissionsBoundaryCommand({ UserName, PermissionsBoundary })),
    remove: async (iam, UserName) => iam.send(new DeleteUserPermissionsBoundaryCommand({ UserName })),
  },
  role: {
    put: async (iam, RoleName, PermissionsBoundary) => iam.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary })),
    remove: async (iam, RoleName) => iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName })),
  },
};

/** A policy that a holder has, and how it came by it. */
export type HeldPolicy =
  | { readonly type: 'managed'; readonly name: string; readonly arn: string; readonly from: Holder }
  | { readonly type: 'inline'; readonly name: string; readonly from: Holder };

/** Pages of what is attached to a holder, then of what is written into it. */
export async function* heldPolicies(iam: IAMClient, from: Holder): AsyncGenerator<readonly HeldPolicy[]> {
  const calls = holderCalls[from.kind];
  for await (const page of markedPages((marker) => calls.listAttached(iam, from.name, marker), ({ AttachedPolicies }) => AttachedPolicies)) yield page.map(({ PolicyName, PolicyArn }) => ({ type: 'managed', name: PolicyName!, arn: PolicyArn!, from }));
  for await (const page of markedPages((marker) => calls.listInline(iam, from.name, marker), ({ PolicyNames }) => PolicyNames)) yield page.map((name) => ({ type: 'inline', name, from }));
}

/** IAM encodes documents as parts of an address. Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUserPolicy.html */
export const decodeDocument = (document: string | undefined): string => decodeURIComponent(document ?? '');

/** A document laid out to be read; what is no JSON stays as it is. */
export function laidOut(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

export const inlineDocument = async (iam: IAMClient, { kind, name }: Holder, policyName: string): Promise<string> => laidOut(decodeDocument((await holderCalls[kind].getInline(iam, name, policyName)).PolicyDocument));

/** `arn:aws:iam::aws:policy/…`. */
export const isAwsManaged = (arn: string): boolean => /^arn:[^:]+:iam::aws:/.test(arn);
