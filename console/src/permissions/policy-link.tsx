/** The way from a policy's name to its page. */
import Link from '@cloudscape-design/components/link';
import type { ReactNode } from 'react';
import type { HeldPolicy, HolderKind } from '../holders.ts';
import { follow, href, pathOf } from '../router.ts';

export const ManagedPolicyLink = ({ arn, name }: { readonly arn: string; readonly name: string }): ReactNode => <Link href={href(pathOf('policies/:policyArn', { policyArn: arn }))} onFollow={follow}>{name}</Link>;

/** Each holder's pages are under its own path. */
export const holderPaths: Readonly<Record<HolderKind, string>> = { user: 'users', group: 'groups', role: 'roles' };

export const holderPath = (kind: HolderKind, name: string): string => `${holderPaths[kind]}/${encodeURIComponent(name)}`;
export const inlinePolicyPath = (kind: HolderKind, name: string, policyName: string): string => `${holderPath(kind, name)}/policies/${encodeURIComponent(policyName)}`;
export const newInlinePolicyPath = (kind: HolderKind, name: string): string => `${holderPath(kind, name)}/create-policy`;

export const HolderLink = ({ kind, name }: { readonly kind: HolderKind; readonly name: string }): ReactNode => <Link href={href(holderPath(kind, name))} onFollow={follow}>{name}</Link>;

export function HeldPolicyLink({ policy }: { readonly policy: HeldPolicy }): ReactNode {
  if (policy.type === 'managed') return <ManagedPolicyLink arn={policy.arn} name={policy.name} />;
  return <Link href={href(inlinePolicyPath(policy.from.kind, policy.from.name, policy.name))} onFollow={follow}>{policy.name}</Link>;
}
