/** The twin's reading of Principal and NotPrincipal. Source: "AWS JSON policy elements: Principal", "NotPrincipal" (IAM User Guide). */
import type { AccountPrincipal, Principal } from '../../src/policy/types.ts';
import type { PrincipalName, ReadPrincipal } from './reference-document.ts';

/** As what a statement names the caller: as anyone at all; itself (of a session, the session); the identity behind it (the role of a role session, the user that federated); its account. */
export type NamedAs = 'everyone' | 'itself' | 'identity' | 'account';

type Ids = Readonly<Record<string, string>> | undefined;

/** Undefined where the element does not take the caller in. */
export function namedAs({ names, isNegated }: ReadPrincipal, caller: Principal, ids: Ids, hasBoundary: boolean): NamedAs | undefined {
  if (isNegated) return isExempt(names, caller, ids, hasBoundary) ? undefined : 'everyone';
  const forms: readonly NamedAs[] = ['everyone', 'itself', 'identity', 'account'];
  return forms.find((form) => names.some((name) => formOf(name, caller, ids) === form));
}

/**
 * Whom NotPrincipal leaves out: "you must also specify the account ARN of the not-denied principal"; of a session "the assumed-role session, the role, and the account".
 * "NotPrincipal with a Deny effect will always deny any IAM principal that has a permissions boundary policy attached, regardless of the values".
 */
function isExempt(names: readonly PrincipalName[], caller: Principal, ids: Ids, hasBoundary: boolean): boolean {
  if (hasBoundary && caller.account !== undefined) return false;
  const forms = new Set(names.map((name) => formOf(name, caller, ids)));
  if (forms.has('everyone')) return true;
  if (caller.account === undefined) return forms.has('itself');
  const needed: readonly NamedAs[] = caller.kind === 'root' ? ['account']
    : caller.kind === 'user' ? ['account', 'itself']
    : caller.principalId === caller.account ? ['account', 'itself']
    : ['account', 'identity', 'itself'];
  return needed.every((form) => forms.has(form));
}

/** As what one name names the caller. */
function formOf({ element, text }: PrincipalName, caller: Principal, ids: Ids): NamedAs | undefined {
  if (element === 'AWS' && text === '*') return 'everyone';
  if (element === 'AWS' && caller.account !== undefined) return accountNames(text, caller, ids);
  // "{"Service": "*"}" names every service, and nobody else.
  if (element === 'Service' && caller.kind === 'service') return text === caller.service || text === '*' ? 'itself' : undefined;
  if (element === 'Federated' && (caller.kind === 'webIdentity' || caller.kind === 'saml')) return text === caller.federated ? 'itself' : undefined;
  return undefined;
}

function accountNames(text: string, caller: AccountPrincipal, ids: Ids): NamedAs | undefined {
  // "The account ARN and the shortened account ID behave the same way."
  if (text === caller.account || text === `arn:aws:iam::${caller.account}:root`) return 'account';
  const asIdentity = caller.kind === 'user' || caller.kind === 'root' ? 'itself' : 'identity';
  // "That ARN transforms to the unique principal ID when you save the policy": then the id decides, not the name.
  const savedId = ids && Object.hasOwn(ids, text) ? ids[text] : undefined;
  if (savedId !== undefined) return savedId === caller.principalId ? asIdentity : undefined;
  if (text === caller.arn) return 'itself';
  return text === caller.principalArn || text === caller.principalId ? asIdentity : undefined;
}
