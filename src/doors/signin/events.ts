/** Sign-in events as CloudTrail records them. Source: "AWS Management Console sign-in events" (CloudTrail User Guide). */
import type { IdentifiedCaller } from '../../base/caller.ts';
import { isoSeconds } from '../../base/clock.ts';
import * as arn from '../../base/arn.ts';
import type { TypedIdentity, Principal } from './identity.ts';
import type { DoorParts } from './parts.ts';
import type { DoorRequest } from './request.ts';

/** `Logout` is Gatehouse's own: AWS records none. */
export type SignInEventName = 'ConsoleLogin' | 'CheckMfa' | 'SwitchRole' | 'ExitRole' | 'PasswordUpdated' | 'Logout' | 'GetSigninToken' | 'AuthorizeOAuth2Access' | 'CreateOAuth2Token' | 'RegisterPasskey';

export interface SignInEvent {
  readonly name: SignInEventName;
  readonly identity: Readonly<Record<string, unknown>>;
  readonly account: string | undefined;
  /** Why it failed; undefined for success. */
  readonly failure?: string | undefined;
  readonly more?: Readonly<Record<string, unknown>>;
}

const userAgentLengthMax = 1_024;

/** Records the event. */
export function record({ recordEvent }: Pick<DoorParts, 'recordEvent'>, request: DoorRequest, { name, identity, account, failure, more }: SignInEvent): void {
  const { remoteAddress, receivedAt, requestId } = request;
  const userAgent = request.header('user-agent')?.slice(0, userAgentLengthMax);
  recordEvent({
    eventVersion: '1.11', userIdentity: identity, eventTime: isoSeconds(receivedAt), eventSource: 'signin.amazonaws.com', eventName: name, awsRegion: 'us-east-1', sourceIPAddress: remoteAddress,
    ...(userAgent !== undefined && { userAgent }), ...(failure !== undefined && { errorMessage: failure }),
    requestParameters: null, responseElements: { [name]: failure === undefined ? 'Success' : 'Failure' }, additionalEventData: { MobileVersion: 'No', ...more },
    requestID: requestId, readOnly: false, eventType: 'AwsConsoleSignIn', managementEvent: true, ...(account !== undefined && { recipientAccountId: account }), eventCategory: 'Management',
  });
}

/** Whoever is known to be meant. */
export function identityOf({ view: { account }, principalId, kind, userName, view }: Principal): Readonly<Record<string, unknown>> {
  if (kind === 'root') return { type: 'Root', principalId: account, arn: arn.root(account), accountId: account };
  const user = view.users.find(principalId);
  return { type: 'IAMUser', principalId, arn: arn.user(account, user?.Path ?? '/', userName ?? ''), accountId: account, userName };
}

/** Whoever was typed and is not there: the name may be a password in the wrong field. */
export const unknownIdentity = ({ kind }: TypedIdentity, account: string | undefined): Readonly<Record<string, unknown>> =>
  ({ type: kind === 'root' ? 'Root' : 'IAMUser', ...(account !== undefined && { accountId: account }), userName: 'HIDDEN_DUE_TO_SECURITY_REASONS' });

/** Whoever acts in a session. */
export function identityOfCaller(caller: IdentifiedCaller): Readonly<Record<string, unknown>> {
  const { account: accountId, userId: principalId } = caller;
  const type = { root: 'Root', user: 'IAMUser', role: 'AssumedRole', federatedUser: 'FederatedUser' }[caller.kind];
  return { type, principalId, arn: caller.arn, accountId, ...(caller.kind === 'user' && { userName: caller.userName }) };
}
