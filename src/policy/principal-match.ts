/** Principal elements: whom a statement of a resource's policy names, and how closely. Source: "AWS JSON policy elements: Principal", "NotPrincipal" (IAM User Guide). */
import type { PrincipalElement, NamedPrincipal } from './document.ts';
import type { AccountPrincipal, Principal } from './types.ts';

/**
 * How closely a principal is named, which decides what an Allow for it still needs in the same account:
 * `direct` nothing; `bounded` its boundary and session policies; `delegated` its identity policies too.
 * Source: "Policy evaluation logic", resource-based policies.
 */
export type Naming = 'direct' | 'bounded' | 'delegated';

const closeness: Record<Naming, number> = { direct: 3, bounded: 2, delegated: 1 };

/** The closer of two. */
export function closer(a: Naming | undefined, b: Naming | undefined): Naming | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return closeness[a] >= closeness[b] ? a : b;
}

export type PrincipalIds = Readonly<Record<string, string>> | undefined;
export type PrincipalMatcher = (principal: Principal, ids: PrincipalIds, hasBoundary: boolean) => Naming | undefined;

export function principalMatcher(element: PrincipalElement): PrincipalMatcher {
  if (element === '*') return () => 'direct';
  return (principal, ids) => {
    let naming: Naming | undefined;
    for (const named of element) naming = closer(naming, elementMatchers[named.element](named.text, principal, ids));
    return naming;
  };
}

/**
 * Everyone but the named. To be left out, a principal must be named in each of its forms: itself and its account, of a session the role too;
 * one that has a boundary cannot be left out.
 */
export function notPrincipalMatcher(element: PrincipalElement): PrincipalMatcher {
  if (element === '*') return () => undefined;
  const isListed = (kind: NamedPrincipal['element'], text: string): boolean => element.some((named) => named.element === kind && named.text === text);
  return (principal, ids, hasBoundary) => {
    if (principal.kind === 'service') return isListed('Service', principal.service) ? undefined : 'direct';
    if (principal.kind === 'webIdentity' || principal.kind === 'saml') return isListed('Federated', principal.federated) ? undefined : 'direct';
    if (principal.account === undefined || hasBoundary) return 'direct';
    const { account, arn, principalArn } = principal;
    const hasAccount = isListed('AWS', account) || isListed('AWS', rootArn(account));
    const isNamed = (form: string): boolean => element.some(({ element, text }) => element === 'AWS' && namesArn(text, form, principal, ids));
    return hasAccount && (principal.kind === 'root' || (isNamed(principalArn) && isNamed(arn))) ? undefined : 'direct';
  };
}

type ElementMatcher = (text: string, principal: Principal, ids: PrincipalIds) => Naming | undefined;

const elementMatchers: Record<NamedPrincipal['element'], ElementMatcher> = {
  AWS: matchAws,
  Service: (text, principal) => (principal.kind === 'service' && (text === '*' || text === principal.service) ? 'direct' : undefined),
  Federated: (text, principal) => ((principal.kind === 'webIdentity' || principal.kind === 'saml') && text === principal.federated ? 'direct' : undefined),
  // Only S3 has canonical users; nobody who calls has one of their ids.
  CanonicalUser: () => undefined,
};

const rootArn = (account: string): string => `arn:aws:iam::${account}:root`;

function matchAws(text: string, principal: Principal, ids: PrincipalIds): Naming | undefined {
  if (text === '*') return 'direct';
  if (principal.account === undefined) return undefined;
  if (text === principal.account || text === rootArn(principal.account)) return 'delegated';
  if (namesArn(text, principal.arn, principal, ids)) return 'direct';
  if (text !== principal.principalId && !namesArn(text, principal.principalArn, principal, ids)) return undefined;
  return principal.kind === 'user' ? 'direct' : 'bounded';
}

/**
 * Whether `text` names the principal by the ARN `form`. Where the policy was saved with the unique id that `text` then had, the id alone decides: a name that
 * meant another principal does not mean the one that has it now, and one that was renamed is still meant. Source: "AWS JSON policy elements: Principal", user and role principals.
 */
function namesArn(text: string, form: string, { principalArn, principalId }: AccountPrincipal, ids: PrincipalIds): boolean {
  const saved = ids && Object.hasOwn(ids, text) ? ids[text] : undefined;
  return saved === undefined ? text === form : form === principalArn && saved === principalId;
}
