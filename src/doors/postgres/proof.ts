/** Whether a token opens a database for a user: its signature, its place, and what policies say of rds-db:connect. */
import { ApiError } from '../../base/api-error.ts';
import type { IdentifiedCaller } from '../../base/caller.ts';
import { isoSeconds } from '../../base/clock.ts';
import { Denied } from '../../authz/denial.ts';
import { readClaim } from '../../proof/sigv4/claim.ts';
import type { DatabaseInstanceDoc } from '../../store/database-docs.ts';
import type { AccountView } from '../../store/store.ts';
import type { PostgresDoorParts } from './parts.ts';
import { readToken } from './token.ts';

export interface Visitor { readonly remoteAddress: string; readonly isSecure: boolean; readonly user: string; readonly database: string }

/** An instance of whom a client asks, and its account. */
export interface AskedInstance { readonly instance: DatabaseInstanceDoc; readonly account: string; readonly view: AccountView }

export class ProofRefused extends Error {
  override readonly name = 'ProofRefused';
  /** For whoever has proven himself and is denied: he may know why. */
  readonly detail: string | undefined;

  constructor(message: string, detail?: string, options?: ErrorOptions) {
    super(message, options);
    this.detail = detail;
  }
}

const action = 'rds-db:connect';

/** The caller whose token it is. Throws ProofRefused, having recorded it. */
export async function proveToken(parts: PostgresDoorParts, text: string, asked: AskedInstance, visitor: Visitor): Promise<IdentifiedCaller> {
  const requestId = parts.newRequestId();
  const at = parts.clock();
  let caller: IdentifiedCaller | undefined;
  try {
    const { databases, authenticate, authorize, lastUsed, store } = parts;
    const { instance, account } = asked;
    const token = readToken(text);
    if (!token) throw new ProofRefused('the password is no token of IAM');
    const claim = readClaim(token.request);
    if (!claim?.isPresigned) throw new ProofRefused('the token is not signed');
    store.freshen();
    caller = await authenticate(claim, token.request, { signingName: 'rds-db' });
    if (token.authority !== `${databases.hostName()}:${instance.Port}`) throw new ProofRefused(`the token is for ${token.authority}`);
    if (token.dbUser !== visitor.user) throw new ProofRefused(`the token is for the user ${token.dbUser}`);
    if (claim.region !== instance.Region) throw new ProofRefused(`the token is for the region ${claim.region}`);
    if (!instance.IamAuthentication) throw new ProofRefused('IAM authentication is not enabled for the instance');
    // Source: "IAM database authentication": the account of the instance decides, another's identities come by way of a role.
    if (caller.account !== account) throw new ProofRefused('the token is of another account');
    lastUsed.mark(`${caller.principalId}/${action}`, { at, service: 'rds-db', region: instance.Region });
    if (!caller.session) lastUsed.mark(caller.accessKeyId, { at, service: 'rds-db', region: instance.Region });
    const view = await store.account(account);
    const resource = `arn:aws:rds-db:${instance.Region}:${account}:dbuser:${instance.DbiResourceId}/${visitor.user}`;
    authorize(caller, action, [{ resource }], { now: at, sourceIp: visitor.remoteAddress, isSecure: visitor.isSecure, userAgent: undefined, referer: undefined, requestedRegion: instance.Region }, view);
    record(parts, asked, visitor, { requestId, at, caller });
    return caller;
  } catch (thrown) {
    if (!(thrown instanceof ApiError) && !(thrown instanceof ProofRefused)) throw thrown;
    const authorizationId = thrown instanceof Denied ? parts.recordDenial(thrown, { requestId, operation: action, message: thrown.message }, at) : undefined;
    record(parts, asked, visitor, { requestId, at, caller, failure: thrown, authorizationId });
    // Who has not proven anything learns nothing; the audit log knows.
    if (thrown instanceof ProofRefused) throw thrown;
    throw new ProofRefused(thrown.message, authorizationId === undefined ? undefined : `${thrown.message} (authorization id ${authorizationId})`, { cause: thrown });
  }
}

interface Outcome { readonly requestId: string; readonly at: number; readonly caller: IdentifiedCaller | undefined; readonly failure?: Error; readonly authorizationId?: string | undefined }

function record({ recordEvent, recordRefused }: PostgresDoorParts, { instance, account }: AskedInstance, { remoteAddress, user, database }: Visitor, { requestId, at, caller, failure, authorizationId }: Outcome): void {
  // Strangers can fail as often as they like.
  (caller ? recordEvent : recordRefused)({
    eventVersion: '1.11',
    userIdentity: caller ? { type: { root: 'Root', user: 'IAMUser', role: 'AssumedRole', federatedUser: 'FederatedUser' }[caller.kind], principalId: caller.userId, arn: caller.arn, accountId: caller.account, accessKeyId: caller.accessKeyId } : { type: 'Unknown' },
    eventTime: isoSeconds(at), eventSource: 'rds-db.amazonaws.com', eventName: 'connect', awsRegion: instance.Region, sourceIPAddress: remoteAddress,
    ...(failure && { errorCode: failure.name, errorMessage: failure.message }),
    requestParameters: { dbUser: user, database, dBInstanceIdentifier: instance.DBInstanceIdentifier }, responseElements: null, requestID: requestId, readOnly: false,
    ...(authorizationId !== undefined && { additionalEventData: { authorizationId } }), eventType: 'AwsServiceEvent', managementEvent: true, recipientAccountId: account, eventCategory: 'Management',
  });
}
