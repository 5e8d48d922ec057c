/** The caller behind proven credentials: whoever owns them, as he is now. Source: "GetCallerIdentity" (STS API Reference); "Policy variables" (IAM User Guide). */
import * as arn from '../base/arn.ts';
import type { FederatedCaller, IdentifiedCaller, RoleCaller, RootCaller, UserCaller } from '../base/caller.ts';
import type { SessionClaims, SessionIssuer } from '../base/session.ts';
import { refusals } from '../proof/sigv4/refusal.ts';
import type { AccountView } from '../store/store.ts';
import type { AccessKeyDoc, RoleDoc, UserDoc } from '../store/tables.ts';

/** The owner of a long-term access key. Throws where there is none any more. */
export function ownerCaller(view: AccountView, accessKey: AccessKeyDoc): IdentifiedCaller {
  const { PrincipalId, AccessKeyId } = accessKey;
  const user = PrincipalId === view.account ? undefined : getUser(view, PrincipalId);
  return kept(accessKey, user, () => userOrRoot(view.account, user, AccessKeyId, undefined));
}

/** Who acts in a session. Throws where its principal is gone: one of the same name made since has another id, and does not inherit it. */
export function sessionCaller(view: AccountView, session: SessionClaims): IdentifiedCaller {
  return callersByIssuer[session.issuer](view, session);
}

type SessionCaller = (view: AccountView, session: SessionClaims) => IdentifiedCaller;

const asItself: SessionCaller = (view, session) => {
  const user = session.principalId === view.account ? undefined : getUser(view, session.principalId);
  return kept(session, user, () => userOrRoot(view.account, user, session.accessKeyId, session));
};

const asRole: SessionCaller = (view, session) => {
  const role = view.roles.find(session.principalId);
  if (!role) throw refusals.credentials();
  return kept(session, role, () => roleCaller(view.account, role, session));
};

/** A federated user has the rights of whoever asked for it, and lasts no longer. */
const asFederatedUser: SessionCaller = (view, session) => {
  const user = session.principalId === view.account ? undefined : getUser(view, session.principalId);
  return kept(session, user, () => federatedCaller(view.account, session));
};

/** What each kind of session acts as. */
const callersByIssuer: Readonly<Record<SessionIssuer, SessionCaller>> = {
  AssumeRole: asRole,
  AssumeRoleWithSAML: asRole,
  AssumeRoleWithWebIdentity: asRole,
  AssumeRoot: asItself,
  GetFederationToken: asFederatedUser,
  GetSessionToken: asItself,
  SignIn: asItself,
};

function getUser(view: AccountView, userId: string): UserDoc {
  const user = view.users.find(userId);
  if (!user) throw refusals.credentials();
  return user;
}

/**
 * Callers by what proves them, each with the document of the principal that it was made from. Documents never change in place, so that
 * a caller is the same for as long as both are, and what else is made of one (policies, records) can be kept with it.
 */
const callers = new WeakMap<AccessKeyDoc | SessionClaims, { readonly principal: object | undefined; readonly caller: IdentifiedCaller }>();

function kept(credential: AccessKeyDoc | SessionClaims, principal: object | undefined, make: () => IdentifiedCaller): IdentifiedCaller {
  const known = callers.get(credential);
  if (known && known.principal === principal) return known.caller;
  const caller = make();
  callers.set(credential, { principal, caller });
  return caller;
}

/** Without a user's document, root. */
function userOrRoot(account: string, user: UserDoc | undefined, accessKeyId: string, session: SessionClaims | undefined): RootCaller | UserCaller {
  if (!user) {
    const rootArn = arn.root(account);
    return { kind: 'root', account, arn: rootArn, userId: account, principalArn: rootArn, principalId: account, accessKeyId, ...(session && { session }) };
  }
  const userArn = arn.user(account, user.Path, user.UserName);
  return { kind: 'user', account, arn: userArn, userId: user.UserId, principalArn: userArn, principalId: user.UserId, accessKeyId, userName: user.UserName, ...(session && { session }) };
}

function roleCaller(account: string, role: RoleDoc, session: SessionClaims): RoleCaller {
  const { principalId, accessKeyId, sessionName = '' } = session;
  return {
    kind: 'role', account, session, principalId, accessKeyId, roleName: role.RoleName,
    arn: arn.assumedRole(account, role.RoleName, sessionName),
    userId: `${role.RoleId}:${sessionName}`,
    principalArn: arn.role(account, role.Path, role.RoleName),
  };
}

function federatedCaller(account: string, session: SessionClaims): FederatedCaller {
  const { principalId, accessKeyId, sessionName = '' } = session;
  const federatedArn = arn.federatedUser(account, sessionName);
  return { kind: 'federatedUser', account, session, arn: federatedArn, userId: `${account}:${sessionName}`, principalArn: federatedArn, principalId, accessKeyId };
}
