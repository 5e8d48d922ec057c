/** What each kind of credentials may call at all, asked before any policy. Source: "Compare AWS STS credentials" (IAM User Guide). */
import { ApiError } from '../base/api-error.ts';
import type { Caller } from '../base/caller.ts';
import type { SessionIssuer } from '../base/session.ts';

type CredentialKind = SessionIssuer | 'rootKey' | 'userKey' | 'none';
/** True, or the refusal. */
type Right = (service: string, operation: string, caller: Caller) => ApiError | undefined;

const sessionCredentials = (operation: string): ApiError => new ApiError('AccessDenied', `Cannot call ${operation} with session credentials`);
const invalidToken = (): ApiError => new ApiError('InvalidClientTokenId', 'The security token included in the request is invalid');
const everything: Right = () => undefined;

/** IAM, and our own API, which does what IAM has no operations for: MFA seeds, quotas, token keys, what policies said. */
const administersIdentities: ReadonlySet<string> = new Set(['iam', 'gatehouse']);

const onlyLongTerm = new Set(['GetSessionToken', 'GetFederationToken']);
const roleSession: Right = (service, operation) => (service === 'sts' && onlyLongTerm.has(operation) ? sessionCredentials(operation) : undefined);

/** What root may not call, undefined for all else. */
export function rootRefusal(service: string, operation: string): ApiError | undefined {
  if (service !== 'sts') return undefined;
  if (operation === 'AssumeRole') return new ApiError('AccessDenied', 'Roles may not be assumed by root accounts.');
  // Source: AssumeRoot (STS API Reference). GUESS: the words.
  return operation === 'AssumeRoot' ? new ApiError('AccessDenied', 'AssumeRoot may not be called by root accounts.') : undefined;
}

const rights: Record<CredentialKind, Right> = {
  none: everything,
  userKey: everything,
  rootKey: rootRefusal,
  AssumeRole: roleSession,
  AssumeRoleWithSAML: roleSession,
  AssumeRoleWithWebIdentity: roleSession,
  AssumeRoot: roleSession,
  GetFederationToken: (service, operation) => {
    if (administersIdentities.has(service)) return invalidToken();
    return service === 'sts' && operation !== 'GetCallerIdentity' ? sessionCredentials(operation) : undefined;
  },
  GetSessionToken: (service, operation, caller) => {
    if (administersIdentities.has(service)) return caller.session?.mfaAt === undefined ? invalidToken() : undefined;
    if (service !== 'sts' || operation === 'GetCallerIdentity') return undefined;
    if (operation === 'AssumeRole') return rightsOfOwner(caller)(service, operation, caller);
    return sessionCredentials(operation);
  },
  // AWS: the console acts with the rights of whoever signed in; GUESS: what asks for long-term credentials is refused to its credentials as to a role's.
  SignIn: (service, operation, caller) => roleSession(service, operation, caller) ?? rightsOfOwner(caller)(service, operation, caller),
};

/** A session of root is bound by what binds root. */
const rightsOfOwner = (caller: Caller): Right => (caller.kind === 'root' ? rights.rootKey : rights.userKey);

/** Throws where this kind of credentials may not call the operation, whatever the policies say. */
export function checkSessionRights(caller: Caller, service: string, operation: string): void {
  const refusal = rights[credentialKind(caller)](service, operation, caller);
  if (refusal) throw refusal;
}

function credentialKind(caller: Caller): CredentialKind {
  if (caller.kind === 'anonymous') return 'none';
  if (caller.session) return caller.session.issuer;
  return caller.kind === 'root' ? 'rootKey' : 'userKey';
}
