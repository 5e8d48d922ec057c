/** What the two ways of assuming a role by an identity provider's word ask of the role's trust policy. */
import type { Ask } from '../../authz/ask.ts';
import type { ProvidedCaller } from '../../base/caller.ts';
import type { ContextValue } from '../../policy/types.ts';
import type { RoleDoc } from '../../store/tables.ts';
import type { AccessContext } from '../operation.ts';
import { findRole, trustAsk } from './role-session.ts';
import { sessionTags } from './session-tags.ts';

interface Wanted { readonly RoleArn: string; readonly RoleSessionName: string }

/** The action itself, and for tags and a source identity of the provider's their own actions. Raises InvalidParameterValue for tags that no session can have. */
export function providedAsks(action: string, wanted: Wanted, { account, view, caller, error }: Pick<AccessContext<never, ProvidedCaller>, 'account' | 'view' | 'caller' | 'error'>): [Ask, ...Ask[]] {
  sessionTags(Object.entries(caller.tags).map(([Key, Value]) => ({ Key, Value })), caller.transitiveTagKeys, undefined, error);
  const role = findRole(wanted.RoleArn, view);
  const context = contextOf(wanted, role, caller);
  const ask = (asked: string): Ask => trustAsk(asked, wanted.RoleArn, account, role, context);
  return [
    ask(action),
    ...(Object.keys(caller.tags).length > 0 ? [ask('sts:TagSession')] : []),
    ...(caller.sourceIdentity !== undefined ? [ask('sts:SetSourceIdentity')] : []),
  ];
}

/** What the trust policy can ask of: the provider's claims are there already, as the caller's own keys. */
function contextOf({ RoleSessionName }: Wanted, role: RoleDoc | undefined, { tags, transitiveTagKeys, sourceIdentity }: ProvidedCaller): Record<string, ContextValue | undefined> {
  const keys = Object.keys(tags);
  const context: Record<string, ContextValue | undefined> = {
    'sts:RoleSessionName': RoleSessionName,
    'sts:SourceIdentity': sourceIdentity,
    'sts:TransitiveTagKeys': transitiveTagKeys.length > 0 ? transitiveTagKeys : undefined,
    'aws:TagKeys': keys.length > 0 ? keys : undefined,
  };
  for (const key of keys) context[`aws:RequestTag/${key}`] = tags[key];
  for (const { Key, Value } of role?.Tags ?? []) {
    context[`aws:ResourceTag/${Key}`] = Value;
    context[`iam:ResourceTag/${Key}`] = Value;
  }
  return context;
}

/** What the proof of the operation always yields. */
export function provided<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the proof of the caller did not yield what its operation needs');
  return value;
}
