/** Principal elements: whom a statement of a resource's policy names, and how closely. Source: "AWS JSON policy elements: Principal", "NotPrincipal" (IAM User Guide). */
import type { PrincipalElement, NamedPrincipal } from './document.ts';
import type { Principal } from './types.ts';

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
export type PrincipalMatcher = (principal: Principal, ids: PrincipalIds) => Naming | undefined;

export function principalMatcher(element: PrincipalElement): PrincipalMatcher {
  if (element === '*') return () => 'direct';
  return (principal, ids) => {
    let naming: Naming | undefined;
    for (const named of element) naming = closer(naming, elementMatchers[named.element](named.text, principal, ids));
    return naming;
  };
}

/** Everyone but the named. To be left out, a principal must be named in each of its forms: itself and its account, of a session the role too. */
export function notPrincipalMatcher(element: PrincipalElement): PrincipalMatcher {
  if (element === '*') return () => undefined;
  const texts = new Set(element.map(({ text }) => text));
  return (principal, ids) => {
    const isNamed = (arn: string): boolean => texts.has(arn) && isSame(arn, principal, ids);
    if (principal.service !== undefined) return texts.has(principal.service) ? undefined : 'direct';
    if (principal.account === undefined) return 'direct';
    const hasAccount = texts.has(principal.account) || texts.has(`arn:aws:iam::${principal.account}:root`);
    return hasAccount && isNamed(principal.principalArn) && (principal.arn === principal.principalArn || texts.has(principal.arn)) ? undefined : 'direct';
  };
}

type ElementMatcher = (text: string, principal: Principal, ids: PrincipalIds) => Naming | undefined;

const elementMatchers: Record<NamedPrincipal['element'], ElementMatcher> = {
  AWS: matchAws,
  Service: (text, { service }) => (service !== undefined && (text === '*' || text === service) ? 'direct' : undefined),
  Federated: (text, { federated }) => (federated !== undefined && text === federated ? 'direct' : undefined),
  // Only S3 has canonical users; nobody who calls has one of their ids.
  CanonicalUser: () => undefined,
};

function matchAws(text: string, principal: Principal, ids: PrincipalIds): Naming | undefined {
  if (text === '*') return 'direct';
  if (principal.account === undefined || principal.service !== undefined || principal.federated !== undefined) return undefined;
  if (text === principal.account || text === `arn:aws:iam::${principal.account}:root`) return 'delegated';
  if (text === principal.arn && isSame(text, principal, ids)) return 'direct';
  if (text === principal.principalArn && isSame(text, principal, ids)) return 'bounded';
  return text === principal.principalId ? (principal.kind === 'role' || principal.kind === 'federatedUser' ? 'bounded' : 'direct') : undefined;
}

/** A name that meant another principal when the policy was saved does not mean the one that has it now. */
function isSame(arn: string, principal: Principal, ids: PrincipalIds): boolean {
  const saved = ids && Object.hasOwn(ids, arn) ? ids[arn] : undefined;
  return saved === undefined || saved === principal.principalId;
}
