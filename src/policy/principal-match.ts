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
  if (element === '*') return everyone;
  const matchers = element.map(({ element, text }) => elementMatchers[element](text));
  const [only] = matchers;
  if (matchers.length === 1 && only) return only;
  return (principal, ids) => {
    let naming: Naming | undefined;
    for (const matcher of matchers) naming = closer(naming, matcher(principal, ids));
    return naming;
  };
}

/**
 * Everyone but the named. To be left out, a principal must be named in each of its forms: itself and its account, of a session the role too;
 * one that has a boundary cannot be left out.
 */
export function notPrincipalMatcher(element: PrincipalElement): PrincipalMatcher {
  const textsOf = (kind: NamedPrincipal['element']): readonly string[] => (element === '*' ? [] : element.filter((named) => named.element === kind).map(({ text }) => text));
  const [aws, services, providers] = [textsOf('AWS'), textsOf('Service'), textsOf('Federated')];
  const isEveryone = element === '*' || aws.includes('*');
  const accounts = new Set(aws.map(accountOf));
  return (principal, ids, hasBoundary) => {
    if (isEveryone) return hasBoundary && principal.account !== undefined ? 'direct' : undefined;
    if (principal.kind === 'service') return services.includes(principal.service) || services.includes('*') ? undefined : 'direct';
    if (principal.kind === 'webIdentity' || principal.kind === 'saml') return providers.includes(principal.federated) ? undefined : 'direct';
    if (principal.account === undefined || hasBoundary) return 'direct';
    const { account, arn, principalArn, principalId } = principal;
    const isNamed = (form: string): boolean => aws.some((text) => namesArn(text, form, principal, ids) || (form === principalArn && text === principalId));
    // Root is named as its account is, and so is the root behind a federated user.
    const isIdentityNamed = principalId === account || isNamed(principalArn);
    return accounts.has(account) && isIdentityNamed && (principal.kind === 'root' || isNamed(arn)) ? undefined : 'direct';
  };
}

type ElementMatcher = (principal: Principal, ids: PrincipalIds) => Naming | undefined;

const everyone: ElementMatcher = () => 'direct';
const nobody: ElementMatcher = () => undefined;

const elementMatchers: Record<NamedPrincipal['element'], (text: string) => ElementMatcher> = {
  AWS: awsMatcher,
  Service: (text) => (principal) => (principal.kind === 'service' && (text === '*' || text === principal.service) ? 'direct' : undefined),
  Federated: (text) => (principal) => ((principal.kind === 'webIdentity' || principal.kind === 'saml') && text === principal.federated ? 'direct' : undefined),
  // Only S3 has canonical users; nobody who calls has one of their ids.
  CanonicalUser: () => nobody,
};

function awsMatcher(text: string): ElementMatcher {
  if (text === '*') return everyone;
  const account = accountOf(text);
  if (account !== undefined) return (principal) => (principal.account === account ? 'delegated' : undefined);
  return (principal, ids) => {
    if (principal.account === undefined) return undefined;
    if (namesArn(text, principal.arn, principal, ids)) return 'direct';
    if (text !== principal.principalId && !namesArn(text, principal.principalArn, principal, ids)) return undefined;
    return principal.kind === 'user' ? 'direct' : 'bounded';
  };
}

/** The account that a text names as a whole: by its id or as its root. */
const accountOf = (text: string): string | undefined => /^(\d{12})$|^arn:aws:iam::(\d{12}):root$/.exec(text)?.slice(1).find((account) => account !== undefined);

/**
 * Whether `text` names the principal by the ARN `form`. Where the policy was saved with the unique id that `text` then had, the id alone decides: a name that
 * meant another principal does not mean the one that has it now, and one that was renamed is still meant. Source: "AWS JSON policy elements: Principal", user and role principals.
 */
function namesArn(text: string, form: string, { principalArn, principalId }: AccountPrincipal, ids: PrincipalIds): boolean {
  const saved = ids && Object.hasOwn(ids, text) ? ids[text] : undefined;
  return saved === undefined ? text === form : form === principalArn && saved === principalId;
}
