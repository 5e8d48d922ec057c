/** A request as CloudTrail records it, a line of JSON. Source: "CloudTrail record contents" (CloudTrail User Guide). */
import type { Caller, CertificateCaller, IdentifiedCaller, ProvidedCaller } from '../base/caller.ts';
import { isoSeconds } from '../base/clock.ts';
import type { SessionClaims } from '../base/session.ts';
import type { Exchange } from './exchange.ts';
import { limits } from './limits.ts';
import { isReadOnly } from './read-only.ts';
import { recordedStructure } from './recorded-values.ts';

/**
 * The record as JSON text, put together here because every request pays for it: an object would be built to be taken apart again at once.
 * INVARIANT: what a caller may have had a hand in goes through JSON.stringify; the rest is ours, and holds nothing to be escaped.
 */
export function auditRecord(exchange: Exchange, eventId: string): string {
  const { request, operation, error, caller } = exchange;
  const readOnly = operation === undefined || isReadOnly(operation);
  const userAgent = request.header('user-agent');
  const recipient = caller?.account ?? exchange.presentedAccount;
  return `{"eventVersion":"1.11","userIdentity":${caller ? identityText(caller) : unprovenIdentity(exchange.claimedAccessKeyId)}`
    + `,"eventTime":"${isoSeconds(request.receivedAt)}","eventSource":${JSON.stringify(`${exchange.serviceName ?? 'gatehouse'}.amazonaws.com`)}`
    + `,"eventName":"${operation?.name ?? 'Unknown'}","awsRegion":${JSON.stringify(exchange.region ?? 'us-east-1')}`
    + `,"sourceIPAddress":"${request.remoteAddress}"`
    + (userAgent === undefined ? '' : `,"userAgent":${JSON.stringify(userAgent.slice(0, limits.userAgentLengthMax))}`)
    + (error ? `,"errorCode":${JSON.stringify(error.code)},"errorMessage":${JSON.stringify(error.message)}` : '')
    + `,"requestParameters":${operation?.input && exchange.input ? recordedStructure(operation.input, exchange.input) : 'null'}`
    + `,"responseElements":${!readOnly && operation?.output && exchange.output ? recordedStructure(operation.output, exchange.output) : 'null'}`
    + `,"requestID":"${request.requestId}","eventID":"${eventId}","readOnly":${readOnly},"eventType":"AwsApiCall","managementEvent":true`
    // Where CloudTrail has what a service adds: by this a denial can be explained.
    + (exchange.authorizationId === undefined ? '' : `,"additionalEventData":{"authorizationId":"${exchange.authorizationId}"}`)
    + (recipient === undefined ? '' : `,"recipientAccountId":"${recipient}"`)
    + ',"eventCategory":"Management"}';
}

/** Callers are kept for as long as what they were made of stays the same, and what is said of one with it. */
const identityTexts = new WeakMap<Caller, string>();

function identityText(caller: Caller): string {
  let text = identityTexts.get(caller);
  if (text === undefined) {
    text = JSON.stringify(caller.kind === 'anonymous' ? { type: 'AWSAccount', principalId: 'anonymous', accountId: 'anonymous' } : caller.kind === 'service' ? { type: 'AWSService', invokedBy: caller.service } : caller.kind === 'certificate' ? certificateIdentity(caller) : caller.account === undefined ? providedIdentity(caller) : userIdentity(caller));
    identityTexts.set(caller, text);
  }
  return text;
}

const unprovenIdentity = (claimedAccessKeyId: string | undefined): string => JSON.stringify({ type: 'Unknown', accessKeyId: claimedAccessKeyId?.slice(0, 128) });

/** GUESS: AWS's record calls it unknown; we say whose certificate it was. */
const certificateIdentity = ({ service, certificate: { serialNumber, subject, issuer } }: CertificateCaller): object => ({ type: 'AWSService', principalId: serialNumber, invokedBy: service, certificate: { serialNumber, subject, issuer } });

const providedIdentity = ({ kind, userId, subject, federated }: ProvidedCaller): object => ({ type: kind === 'saml' ? 'SAMLUser' : 'WebIdentityUser', principalId: userId, userName: subject, identityProvider: federated });

function userIdentity(caller: IdentifiedCaller): object {
  const { userId: principalId, arn, account: accountId, accessKeyId, session } = caller;
  return {
    type: identityTypes[caller.kind], principalId, arn, accountId, accessKeyId,
    ...(caller.kind === 'user' && { userName: caller.userName }),
    ...(session && { sessionContext: sessionContext(caller, session) }),
  };
}

const identityTypes: Record<IdentifiedCaller['kind'], string> = { root: 'Root', user: 'IAMUser', role: 'AssumedRole', federatedUser: 'FederatedUser' };

function sessionContext(caller: IdentifiedCaller, session: SessionClaims): object {
  return {
    ...(caller.kind === 'role' && { sessionIssuer: { type: 'Role', principalId: caller.principalId, arn: caller.principalArn, accountId: caller.account, userName: caller.roleName } }),
    attributes: { creationDate: isoSeconds(session.issuedAt), mfaAuthenticated: String(session.mfaAt !== undefined) },
    ...(session.sourceIdentity !== undefined && { sourceIdentity: session.sourceIdentity }),
    ...(session.issuer === 'AssumeRoot' && { assumedRoot: 'true' }),
  };
}
