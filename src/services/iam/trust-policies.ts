/** Trust policies of roles: whom they name must exist when they are saved, is remembered by unique id, and is shown as it is called now. */
import type { Raise } from '../../base/api-error.ts';
import * as arn from '../../base/arn.ts';
import { type NamedPrincipal, namedPrincipals } from '../../policy/principals.ts';
import { policySize } from '../../policy/size.ts';
import { validatePolicy } from '../../policy/validate/validate.ts';
import { adjustableQuotas } from '../../store/account-quotas.ts';
import type { AccountView, PartitionView } from '../../store/store.ts';
import type { PrincipalPolicy } from '../../store/tables.ts';
import { findRole, findUser, roleArn, userArn } from './lookup.ts';
import { checkGrammar } from './policy-documents.ts';
import { claimAdjustable } from './quotas.ts';

/** Where principals are looked for: the role's own account, the others, and the list of accounts. */
export interface KnownPrincipals {
  readonly own: AccountView;
  readonly partition: PartitionView;
  accountView(account: string): AccountView | undefined;
}

/** What is known of a principal that exists; the unique id of a user or role that is named by its ARN. */
interface Known { readonly principalId?: string }

/** The document as a role keeps it. Raises what AWS says to one that is malformed, too large, or names what does not exist. */
export function trustPolicy(document: string, known: KnownPrincipals, error: Raise<'MalformedPolicyDocument' | 'LimitExceeded'>): PrincipalPolicy {
  checkGrammar(document, 'trust', error);
  claimAdjustable(known.own, 'ACLSizePerRole', policySize(document), error);
  const PrincipalIds: Record<string, string> = {};
  for (const { element, text } of namedPrincipals(document)) {
    const { wireName, find } = principalElements[element];
    const principal = find(text, known);
    if (!principal) throw error('MalformedPolicyDocument', `Invalid principal in policy: "${wireName}":"${text}"`);
    if (principal.principalId !== undefined) PrincipalIds[text] = principal.principalId;
  }
  return { Document: document, PrincipalIds };
}

/** The accounts of the users and roles that the document names, which must be in memory when it is checked. */
export function accountsNamedIn(document: string): readonly string[] {
  // A document that is malformed or over its quota is refused before anyone is looked for, so that no request can name accounts without end.
  if (validatePolicy(document, 'trust').length > 0 || policySize(document) > adjustableQuotas.ACLSizePerRole.max) return [];
  const accounts = namedPrincipals(document).flatMap(({ element, text }) => (element === 'AWS' ? arn.parse(text)?.account ?? [] : []));
  return [...new Set(accounts.filter(isAccountId))];
}

/**
 * The document as it is read: a user that was renamed under its new ARN, one that is gone as its unique id.
 * Principals of other accounts are shown as they were saved. Source: "AWS JSON policy elements: Principal" (IAM User Guide).
 */
export function shownTrustPolicy({ Document, PrincipalIds }: PrincipalPolicy, view: AccountView): string {
  const renamed = new Map<string, string>();
  for (const [savedArn, id] of Object.entries(PrincipalIds)) {
    if (arn.parse(savedArn)?.account !== view.account) continue;
    const shown = currentArn(view, id) ?? id;
    if (shown !== savedArn) renamed.set(savedArn, shown);
  }
  if (renamed.size === 0) return Document;
  let text = '';
  let copied = 0;
  for (const principal of namedPrincipals(Document)) {
    const shown = principal.element === 'AWS' ? renamed.get(principal.text) : undefined;
    if (shown === undefined) continue;
    text += Document.slice(copied, principal.start) + JSON.stringify(shown);
    copied = principal.end;
  }
  return text + Document.slice(copied);
}

function currentArn(view: AccountView, id: string): string | undefined {
  const user = view.users.find(id);
  if (user) return userArn(view, user);
  const role = view.roles.find(id);
  return role && roleArn(view, role);
}

/** Each element of Principal: its name in AWS's refusals, and what must be there for a value of it to be accepted. */
const principalElements: Record<NamedPrincipal['element'], { readonly wireName: string; find(text: string, known: KnownPrincipals): Known | undefined }> = {
  AWS: { wireName: 'AWS', find: findAwsPrincipal },
  // GUESS: AWS accepts the names of its own services only; here any name of their form is one.
  Service: { wireName: 'SERVICE', find: (text) => (/^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$/.test(text) ? {} : undefined) },
  Federated: { wireName: 'FEDERATED', find: findProvider },
  // A canonical user id belongs into bucket policies only.
  CanonicalUser: { wireName: 'CanonicalUser', find: () => undefined },
};

function findAwsPrincipal(text: string, known: KnownPrincipals): Known | undefined {
  if (text === '*') return {};
  if (isAccountId(text)) return knownAccount(text, known);
  const parsed = arn.parse(text);
  if (!parsed || parsed.partition !== arn.partition || parsed.region !== '' || !isAccountId(parsed.account)) return undefined;
  if (parsed.service === 'iam' && parsed.resource === 'root') return knownAccount(parsed.account, known);
  const named = arn.splitResource(parsed.resource);
  const view = parsed.account === known.own.account ? known.own : known.accountView(parsed.account);
  if (!named || !view) return undefined;
  if (parsed.service === 'iam' && named.type === 'user') {
    const user = findUser(view, named.name);
    return user && userArn(view, user) === text ? { principalId: user.UserId } : undefined;
  }
  if (parsed.service === 'iam' && named.type === 'role') {
    const role = findRole(view, named.name);
    return role && roleArn(view, role) === text ? { principalId: role.RoleId } : undefined;
  }
  return parsed.service === 'sts' ? findSession(parsed.resource, view) : undefined;
}

/** A session principal: nobody can tell whether there will be such a session, but its role must be there. */
function findSession(resource: string, view: AccountView): Known | undefined {
  const [, roleName] = /^assumed-role\/([\w+=,.@-]{1,64})\/[\w+=,.@-]{2,64}$/.exec(resource) ?? [];
  if (roleName !== undefined) return findRole(view, roleName)?.RoleName === roleName ? {} : undefined;
  return /^federated-user\/[\w+=,.@-]{2,32}$/.test(resource) ? {} : undefined;
}

/** The identity providers that every account may trust without making them. Source: "AWS JSON policy elements: Principal" (IAM User Guide). */
const builtInProviders: ReadonlySet<string> = new Set(['accounts.google.com', 'cognito-identity.amazonaws.com', 'graph.facebook.com', 'www.amazon.com']);

/** A provider by its form: a role may trust one that is gone, and then nobody comes through it. */
function findProvider(text: string, known: KnownPrincipals): Known | undefined {
  if (builtInProviders.has(text)) return {};
  const parsed = arn.parse(text);
  const isProvider = parsed?.partition === arn.partition && parsed.service === 'iam' && parsed.region === '' && /^(saml-provider\/[\w.-]{1,128}|oidc-provider\/[^\s*?]{1,255})$/.test(parsed.resource);
  return isProvider ? knownAccount(parsed.account, known) : undefined;
}

function knownAccount(account: string, { partition }: KnownPrincipals): Known | undefined {
  return partition.accounts.find(account) && {};
}

function isAccountId(text: string): boolean {
  return /^\d{12}$/.test(text);
}
