/** The caller behind proven credentials: whoever owns them, as he is now. Source: "GetCallerIdentity" (STS API Reference); "Policy variables" (IAM User Guide). */
import * as arn from '../base/arn.ts';
import type { FederatedCaller, IdentifiedCaller, RoleCaller, RootCaller, UserCaller } from '../base/caller.ts';
import type { SessionClaims, SessionIssuer } from '../base/session.ts';
import { refusals } from '../proof/sigv4/refusal.ts';
import type { AccountView } from '../store/store.ts';
import type { AccessKeyDoc } from '../store/tables.ts';

/** The owner of a long-term access key. Throws where there is none any more. */
export function ownerCaller(view: AccountView, { AccessKeyId, PrincipalId }: AccessKeyDoc): RootCaller | UserCaller {
  return userOrRoot(view, PrincipalId, AccessKeyId, undefined);
}

/** Who acts in a session. Throws where its principal is gone: one of the same name made since has another id, and does not inherit it. */
export function sessionCaller(view: AccountView, session: SessionClaims): IdentifiedCaller {
  return callersByIssuer[session.issuer](view, session);
}

const itself = (view: AccountView, session: SessionClaims): RootCaller | UserCaller => userOrRoot(view, session.principalId, session.accessKeyId, session);

/** What each kind of session acts as. */
const callersByIssuer: Readonly<Record<SessionIssuer, (view: AccountView, session: SessionClaims) => IdentifiedCaller>> = {
  AssumeRole: roleCaller,
  AssumeRoleWithSAML: roleCaller,
  AssumeRoleWithWebIdentity: roleCaller,
  AssumeRoot: itself,
  GetFederationToken: federatedCaller,
  GetSessionToken: itself,
};

function userOrRoot(view: AccountView, principalId: string, accessKeyId: string, session: SessionClaims | undefined): RootCaller | UserCaller {
  const { account } = view;
  if (principalId === account) {
    const rootArn = arn.root(account);
    return { kind: 'root', account, arn: rootArn, userId: account, principalArn: rootArn, principalId, accessKeyId, ...(session && { session }) };
  }
  const user = view.users.find(principalId);
  if (!user) throw refusals.credentials();
  const userArn = arn.user(account, user.Path, user.UserName);
  return { kind: 'user', account, arn: userArn, userId: user.UserId, principalArn: userArn, principalId, accessKeyId, userName: user.UserName, ...(session && { session }) };
}

function roleCaller(view: AccountView, session: SessionClaims): RoleCaller {
  const { account } = view;
  const { principalId, accessKeyId, sessionName = '' } = session;
  const role = view.roles.find(principalId);
  if (!role) throw refusals.credentials();
  return {
    kind: 'role', account, session, principalId, accessKeyId, roleName: role.RoleName,
    arn: arn.assumedRole(account, role.RoleName, sessionName),
    userId: `${role.RoleId}:${sessionName}`,
    principalArn: arn.role(account, role.Path, role.RoleName),
  };
}

/** A federated user has the rights of whoever asked for it, and lasts no longer. */
function federatedCaller(view: AccountView, session: SessionClaims): FederatedCaller {
  const { account } = view;
  const { principalId, accessKeyId, sessionName = '' } = session;
  if (principalId !== account && !view.users.find(principalId)) throw refusals.credentials();
  const federatedArn = arn.federatedUser(account, sessionName);
  return { kind: 'federatedUser', account, session, arn: federatedArn, userId: `${account}:${sessionName}`, principalArn: federatedArn, principalId, accessKeyId };
}
