/** A request as CloudTrail records it. Source: "CloudTrail record contents" (CloudTrail User Guide). */
import type { Caller } from '../base/caller.ts';
import { isoSeconds } from '../base/clock.ts';
import type { Member, Shape, StructureShape } from '../model/service.ts';
import type { StructureValue, Value } from '../protocol/protocol.ts';
import type { Exchange } from './exchange.ts';
import { limits } from './limits.ts';
import { isReadOnly } from './read-only.ts';

/** What CloudTrail writes in place of a value it must not hold. */
const hidden = 'HIDDEN_DUE_TO_SECURITY_REASONS';
/** Members that are secret whether or not the model says so. */
const secretMembers: ReadonlySet<string> = new Set(['SecretAccessKey', 'SessionToken', 'Password', 'NewPassword', 'OldPassword', 'PrivateKey', 'ServicePassword', 'ServiceCredentialSecret', 'Base32StringSeed', 'QRCodePNG', 'TokenCode', 'AuthenticationCode1', 'AuthenticationCode2', 'WebIdentityToken', 'SAMLAssertion', 'TradeInToken']);

/** The record, ready to be written as one line of JSON. */
export function auditRecord(exchange: Exchange, eventId: string): object {
  const { request, operation, error, caller } = exchange;
  const readOnly = operation === undefined || isReadOnly(operation);
  return {
    eventVersion: '1.11',
    userIdentity: userIdentity(exchange),
    eventTime: isoSeconds(request.receivedAt),
    eventSource: `${exchange.serviceName ?? 'gatehouse'}.amazonaws.com`,
    eventName: exchange.operationName ?? 'Unknown',
    awsRegion: exchange.region ?? 'us-east-1',
    sourceIPAddress: request.remoteAddress,
    userAgent: request.header('user-agent')?.slice(0, limits.userAgentLengthMax),
    errorCode: error?.code,
    errorMessage: error?.message,
    requestParameters: (operation?.input && exchange.input && recorded(operation.input, exchange.input)) ?? null,
    responseElements: (!readOnly && operation?.output && exchange.output && recorded(operation.output, exchange.output)) || null,
    requestID: request.requestId,
    eventID: eventId,
    readOnly,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: caller?.account,
    eventCategory: 'Management',
  };
}

function userIdentity({ caller, claimedAccessKeyId }: Exchange): object {
  if (!caller) return { type: 'Unknown', accessKeyId: claimedAccessKeyId?.slice(0, 128) };
  if (caller.kind === 'anonymous') return { type: 'AWSAccount', principalId: 'anonymous', accountId: 'anonymous' };
  const { userId: principalId, arn, account: accountId, accessKeyId } = caller;
  const identity = { type: identityTypes[caller.kind], principalId, arn, accountId, accessKeyId, ...(caller.kind === 'user' && { userName: caller.userName }) };
  return caller.session ? { ...identity, sessionContext: sessionContext(caller) } : identity;
}

const identityTypes: Record<Exclude<Caller['kind'], 'anonymous'>, string> = { root: 'Root', user: 'IAMUser', role: 'AssumedRole', federatedUser: 'FederatedUser' };

function sessionContext(caller: Caller): object {
  const { session } = caller;
  if (!session) return {};
  return {
    ...(caller.kind === 'role' && { sessionIssuer: { type: 'Role', principalId: caller.principalId, arn: caller.principalArn, accountId: caller.account, userName: caller.roleName } }),
    attributes: { creationDate: isoSeconds(session.issuedAt), mfaAuthenticated: String(session.mfaAt !== undefined) },
    ...(session.sourceIdentity !== undefined && { sourceIdentity: session.sourceIdentity }),
  };
}

const lowerFirst = (name: string): string => name[0]!.toLowerCase() + name.slice(1);

/** CloudTrail's names begin in lower case; what is sensitive is hidden, whatever it holds. */
function recorded(shape: StructureShape, value: StructureValue): object {
  const record: Record<string, unknown> = {};
  for (const [name, member] of shape.members) {
    const part = value[name];
    if (part !== undefined) record[lowerFirst(name)] = recordedMember(member, part);
  }
  return record;
}

function recordedMember(member: Member, value: Value): unknown {
  if (member.shape.isSensitive || secretMembers.has(member.name)) return hidden;
  return recordedValue(member.shape, value);
}

function recordedValue(shape: Shape, value: Value): unknown {
  // The value was read or written by the same shape, so its kind is the shape's.
  switch (shape.type) {
    case 'structure': return recorded(shape, value as StructureValue);
    case 'list': return (value as readonly Value[]).map((item) => recordedMember(shape.member, item));
    case 'map': return Object.fromEntries(Object.entries(value as StructureValue).map(([key, item]) => [key, recordedMember(shape.value, item!)]));
    case 'blob': return `${(value as Uint8Array).byteLength} bytes`;
    case 'timestamp': return isoSeconds(value as number);
    default: return value;
  }
}

