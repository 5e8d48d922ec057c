/** The pages of inline policies, under the users, groups and roles that have them. */
import type { ReactNode } from 'react';
import { InlinePolicy, NewInlinePolicy } from './inline-policy.tsx';

interface Of { readonly policyName: string }

export const NewUserPolicyPage = ({ userName }: { readonly userName: string }): ReactNode => <NewInlinePolicy holder={{ kind: 'user', name: userName }} />;
export const NewGroupPolicyPage = ({ groupName }: { readonly groupName: string }): ReactNode => <NewInlinePolicy holder={{ kind: 'group', name: groupName }} />;
export const NewRolePolicyPage = ({ roleName }: { readonly roleName: string }): ReactNode => <NewInlinePolicy holder={{ kind: 'role', name: roleName }} />;

export const UserPolicyPage = ({ userName, policyName }: Of & { readonly userName: string }): ReactNode => <InlinePolicy holder={{ kind: 'user', name: userName }} policyName={policyName} />;
export const GroupPolicyPage = ({ groupName, policyName }: Of & { readonly groupName: string }): ReactNode => <InlinePolicy holder={{ kind: 'group', name: groupName }} policyName={policyName} />;
export const RolePolicyPage = ({ roleName, policyName }: Of & { readonly roleName: string }): ReactNode => <InlinePolicy holder={{ kind: 'role', name: roleName }} policyName={policyName} />;
