/** Gives a device the credentials of a role: by the certificate that it showed, the policies on it, and the role's trust policy. Source: "Authorizing direct calls to AWS services using AWS IoT Core credential provider" (AWS IoT Developer Guide). */
import { createHash } from 'node:crypto';
import { ApiError, commonErrors } from '../../base/api-error.ts';
import { isoSeconds } from '../../base/clock.ts';
import { DerBroken } from '../../base/der.ts';
import { Denied } from '../../authz/denial.ts';
import { authorizeDevice } from '../../authz/device-policies.ts';
import { readCertificate } from '../../proof/x509/certificate.ts';
import type { Certificate } from '../../proof/x509/certificate.ts';
import { chainFindings, heldFinding } from '../../proof/x509/chain.ts';
import { roleOfArn, serviceSession } from '../../services/service-session.ts';
import type { DeviceCertificateDoc, ThingDoc } from '../../store/iot-docs.ts';
import type { AccountView } from '../../store/store.ts';
import { pairKey } from '../../store/tables.ts';
import { deviceKeys, sessionKeys } from './device-keys.ts';
import type { DeviceDoorParts } from './parts.ts';

export interface DeviceRequest {
  readonly method: string;
  /** As it stands in the request line. */
  readonly target: string;
  /** All values of a header, by its name in lower case. */
  headers(name: string): readonly string[];
  /** The certificate whose key the handshake proved, in DER. */
  readonly certificate: Uint8Array;
  readonly remoteAddress: string;
}

export interface DeviceAnswer { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string }

/** A device whose certificate is registered and active. */
interface Device { readonly account: string; readonly view: AccountView; readonly doc: DeviceCertificateDoc; readonly certificate: Certificate }

class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const service = 'credentials.iot.amazonaws.com';
const action = 'iot:AssumeRoleWithCertificate';
const aliasPath = /^\/role-aliases\/([\w=,@%-]{1,384})\/credentials$/;
/** GUESS: the words; who is not known is told no more than who is not allowed. */
const denied = (): Refused => new Refused(403, 'AccessDeniedException', 'Access Denied');

/** Never rejects for what a device did. */
export async function answerDevice(parts: DeviceDoorParts, request: DeviceRequest): Promise<DeviceAnswer> {
  const requestId = parts.newRequestId();
  const at = parts.clock();
  const occasion: Occasion = { requestId, at, device: undefined, alias: undefined, thing: undefined };
  try {
    checkHost(parts, request);
    occasion.alias = readAlias(request);
    parts.store.freshen();
    occasion.device = await proveDevice(parts, request.certificate, at);
    occasion.thing = readThing(request, occasion.device);
    parts.assertAuditWritable();
    const credentials = issue(parts, occasion as Occasion & { device: Device; alias: string });
    record(parts, request, occasion);
    return written(200, requestId, { credentials });
  } catch (thrown) {
    const { status, code, message, authorizationId } = refusalOf(parts, thrown, occasion);
    record(parts, request, occasion, { errorCode: code, errorMessage: thrown instanceof Error ? thrown.message : String(thrown), ...(authorizationId !== undefined && { additionalEventData: { authorizationId } }) });
    return written(status, requestId, { message }, { 'x-amzn-ErrorType': code, ...(authorizationId !== undefined && { 'x-gatehouse-authorization-id': authorizationId }) });
  }
}

interface Occasion { readonly requestId: string; readonly at: number; device: Device | undefined; alias: string | undefined; thing: ThingDoc | undefined }

/** One Host, and a served one: a page in a browser cannot have a name of its own lead here. */
function checkHost({ isServedHost }: DeviceDoorParts, request: DeviceRequest): void {
  const hosts = request.headers('host');
  if (hosts.length !== 1 || !isServedHost(hosts[0]!)) throw new Refused(421, 'MisdirectedRequest', 'This name is not known to lead here.');
}

function readAlias({ method, target }: DeviceRequest): string {
  const path = aliasPath.exec(target)?.[1];
  if (path === undefined) throw new Refused(404, 'ResourceNotFoundException', 'There is nothing here but /role-aliases/ALIAS/credentials.');
  if (method !== 'GET') throw new Refused(405, 'MethodNotAllowedException', 'Credentials are asked for with GET.');
  try {
    const alias = decodeURIComponent(path);
    if (/^[\w=,@-]{1,128}$/.test(alias)) return alias;
  } catch (thrown) {
    if (!(thrown instanceof URIError)) throw thrown;
  }
  throw new Refused(400, 'InvalidRequestException', 'The role alias is not valid.');
}

/** The handshake proved the key; that the certificate is registered says whose device it is. */
async function proveDevice({ store }: DeviceDoorParts, bytes: Uint8Array, now: number): Promise<Device> {
  const CertificateId = createHash('sha256').update(bytes).digest('hex');
  const registered = store.partition.registeredCertificates.find(CertificateId);
  const view = registered && (await store.account(registered.AccountId));
  const doc = view?.deviceCertificates.find(CertificateId);
  if (!registered || !view || !doc || doc.Status !== 'ACTIVE') throw denied();
  const certificate = readShown(bytes);
  const finding = heldFinding(certificate, now);
  if (finding) throw new Refused(403, 'AccessDeniedException', `Access Denied: ${chainFindings[finding]}`);
  return { account: registered.AccountId, view, doc, certificate };
}

function readShown(bytes: Uint8Array): Certificate {
  try {
    return readCertificate(bytes);
  } catch (thrown) {
    if (thrown instanceof DerBroken) throw denied();
    throw thrown;
  }
}

/** The thing that the device says it is, which must be one of its certificate's. */
function readThing(request: DeviceRequest, { view, doc }: Device): ThingDoc | undefined {
  const [name, ...more] = request.headers('x-amzn-iot-thingname');
  if (name === undefined) return undefined;
  if (more.length > 0) throw new Refused(400, 'InvalidRequestException', 'x-amzn-iot-thingname is given more than once.');
  const thing = view.things.findBy('name', pairKey(doc.Region, name));
  if (!thing || !view.thingPrincipals.find(pairKey(doc.CertificateId, thing.ThingId))) throw denied();
  return thing;
}

function issue(parts: DeviceDoorParts, { device: { account, view, doc, certificate }, alias, thing, at }: Occasion & { device: Device; alias: string }) {
  const certificateArn = `arn:aws:iot:${doc.Region}:${account}:cert/${doc.CertificateId}`;
  const aliasArn = `arn:aws:iot:${doc.Region}:${account}:rolealias/${alias}`;
  authorizeDevice({ certificateId: doc.CertificateId, certificateArn, action, resource: aliasArn, keys: deviceKeys(certificate, thing) }, view);
  // Only who may have its credentials is told whether there is such an alias.
  const found = view.roleAliases.find(pairKey(doc.Region, alias));
  const role = found && roleOfArn(found.RoleArn, view);
  if (!found || !role) throw new Refused(404, 'ResourceNotFoundException', found ? 'The role of the alias is gone.' : `Role alias ${alias} not found`);
  const seconds = Math.min(found.Duration, role.MaxSessionDuration ?? 3_600);
  const { Credentials } = serviceSession({ service, role, sessionName: doc.CertificateId, seconds, source: { arn: aliasArn, region: doc.Region }, now: at, keys: sessionKeys(doc.CertificateId, thing) }, view, parts);
  return { accessKeyId: Credentials.AccessKeyId, secretAccessKey: Credentials.SecretAccessKey, sessionToken: Credentials.SessionToken, expiration: isoSeconds(Credentials.Expiration) };
}

interface Refusal { readonly status: number; readonly code: string; readonly message: string; readonly authorizationId?: string | undefined }

function refusalOf({ recordDenial, warn }: DeviceDoorParts, thrown: unknown, { requestId, at }: Occasion): Refusal {
  if (thrown instanceof Refused) return { status: thrown.status, code: thrown.code, message: thrown.message };
  if (thrown instanceof Denied) {
    const authorizationId = recordDenial(thrown, { requestId, operation: action, message: thrown.message }, at);
    return { status: 403, code: 'AccessDeniedException', message: thrown.message, authorizationId };
  }
  if (thrown instanceof ApiError && Object.hasOwn(commonErrors, thrown.name) && (thrown.name === 'ServiceUnavailable' || thrown.name === 'ServiceFailure')) return { status: 503, code: 'ServiceUnavailableException', message: thrown.message };
  warn('a device could not be answered', thrown);
  return { status: 500, code: 'InternalFailureException', message: 'The request could not be answered because of an unknown failure.' };
}

function written(status: number, requestId: string, body: object, headers: Readonly<Record<string, string>> = {}): DeviceAnswer {
  return { status, headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', 'x-amzn-RequestId': requestId, ...headers }, body: JSON.stringify(body) };
}

function record({ recordEvent }: DeviceDoorParts, { remoteAddress }: DeviceRequest, { requestId, at, device, alias, thing }: Occasion, failure: object = {}): void {
  recordEvent({
    eventVersion: '1.11', userIdentity: device ? { type: 'AWSService', principalId: device.doc.CertificateId, accountId: device.account, invokedBy: service } : { type: 'Unknown' },
    eventTime: isoSeconds(at), eventSource: 'iot.amazonaws.com', eventName: 'AssumeRoleWithCertificate', awsRegion: device?.doc.Region ?? 'us-east-1', sourceIPAddress: remoteAddress, ...failure,
    requestParameters: { ...(alias !== undefined && { roleAlias: alias }), ...(thing && { thingName: thing.ThingName }) }, responseElements: null, requestID: requestId, readOnly: false,
    eventType: 'AwsServiceEvent', managementEvent: true, ...(device && { recipientAccountId: device.account }), eventCategory: 'Management',
  });
}
