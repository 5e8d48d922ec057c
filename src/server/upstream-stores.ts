/** Other stores of objects: each request signed anew with credentials that only Gatehouse has, each answer read by the model. Nothing of the client's own request reaches them but what the model names. */
import { hash } from 'node:crypto';
import { Agent as PlainAgent, request as plainRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';
import type { S3 } from '../../models/s3.ts';
import { ApiError } from '../base/api-error.ts';
import type { Clock } from '../base/clock.ts';
import type { Service } from '../model/service.ts';
import { unsignedPayload } from '../proof/payload/payload-mode.ts';
import { RequestSigner } from '../proof/sigv4/sign-request.ts';
import type { StructureValue } from '../protocol/protocol.ts';
import { encodeText, readRestAnswer, readRestError, writeRestRequest } from '../protocol/rest-client.ts';
import type { ClientAnswer, ClientError, ClientRequest } from '../protocol/rest-client.ts';
import type { UpstreamFeature } from '../services/s3/upstream-features.ts';
import { UpstreamFailed, UpstreamRefused } from '../services/s3/upstreams.ts';
import type { UpstreamCallOptions, UpstreamHome, Upstreams } from '../services/s3/upstreams.ts';
import type { StreamedBody } from '../base/byte-stream.ts';
import { limits } from './limits.ts';
import { isStreamed, sendUpstream, streamedAnswer, wholeAnswer } from './upstream-request.ts';
import type { Body, Connect } from './upstream-request.ts';

/** A store, as the operator names it to us. */
export interface UpstreamStoreSettings {
  /** `https://store.example:9000`: scheme, host and port. */
  readonly endpoint: URL;
  /** What requests to it are signed for. */
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly features: ReadonlySet<UpstreamFeature>;
  /** Certificates of the authorities that vouch for it, in PEM, where they are not the machine's. */
  readonly ca: string | undefined;
}

/** An account whose buckets are kept in a store. */
export interface UpstreamAccount {
  readonly store: string;
  /** Of the buckets that it makes; undefined: these are kept here. */
  readonly prefix: string | undefined;
  /** Where those are that were there before, in which region Gatehouse has them. */
  readonly region: string;
  /** Buckets of the store that were there before: our name → the name there. */
  readonly buckets: ReadonlyMap<string, string>;
}

export interface UpstreamSettings {
  readonly stores: ReadonlyMap<string, UpstreamStoreSettings>;
  readonly accounts: ReadonlyMap<string, UpstreamAccount>;
}

export interface UpstreamParts {
  readonly settings: UpstreamSettings;
  readonly clock: Clock;
  /** S3's model. */
  readonly model: () => Service;
}

export function upstreamStores({ settings, clock, model }: UpstreamParts): Upstreams {
  const stores = new Map(Array.from(settings.stores, ([name, store]) => [name, new UpstreamStore(store, clock)]));
  return {
    homeOf(account): UpstreamHome | undefined {
      const mapped = settings.accounts.get(account);
      return mapped?.prefix === undefined ? undefined : { store: mapped.store, prefix: mapped.prefix };
    },
    has: (name, feature) => settings.stores.get(name)?.features.has(feature) === true,
    regionOf: (name) => settings.stores.get(name)?.region,
    async call<Name extends keyof S3>(name: string, operation: Name, input: S3[Name]['input'], options?: UpstreamCallOptions): Promise<S3[Name]['output']> {
      const store = stores.get(name);
      if (!store) throw new UpstreamFailed('misconfigured', `there is no store ${name}`);
      const described = model().operations.get(operation);
      if (!described) throw new Error(`S3's model has no operation ${operation}`);
      // An edge, twice: the model that the types were written from is the one that is gone by.
      return (await store.call(described, input as StructureValue, options ?? {})) as S3[Name]['output'];
    },
    close() {
      for (const store of stores.values()) store.close();
    },
  };
}

type Operation = Parameters<typeof writeRestRequest>[0];

class UpstreamStore {
  readonly #endpoint: URL;
  readonly #signer: RequestSigner;
  readonly #agent: PlainAgent;
  readonly #connect: Connect;
  readonly #clock: Clock;

  constructor({ endpoint, region, accessKeyId, secretAccessKey, ca }: UpstreamStoreSettings, clock: Clock) {
    const sockets = { keepAlive: true, noDelay: true, maxSockets: limits.upstreamConnectionsMax, maxFreeSockets: limits.upstreamConnectionsIdleMax };
    const isTls = endpoint.protocol === 'https:';
    this.#endpoint = endpoint;
    this.#signer = new RequestSigner(accessKeyId, secretAccessKey, region);
    this.#agent = isTls ? new TlsAgent({ ...sockets, ca, minVersion: 'TLSv1.2' }) : new PlainAgent(sockets);
    this.#connect = isTls ? (options) => tlsRequest({ ca, minVersion: 'TLSv1.2', ...options }) : plainRequest;
    this.#clock = clock;
  }

  async call(operation: Operation, input: StructureValue, options: UpstreamCallOptions): Promise<StructureValue> {
    const request = writeRestRequest(operation, input);
    const response = await this.#send(request, await held(request.body as Body), options);
    const { statusCode: status = 0, rawHeaders } = response;
    if (status >= 300) throw refusal(status, readRestError(await wholeAnswer(response)), response);
    const isObject = operation.output?.payload !== undefined && operation.output.members.get(operation.output.payload)?.isStreaming === true;
    const read = answerOf(operation, { status, rawHeaders, body: isObject ? streamedAnswer(response) : await wholeAnswer(response) });
    if ('error' in read) throw refusal(500, read.error, response);
    return read.output;
  }

  close(): void {
    this.#agent.destroy();
  }

  #send({ method, path, query, headers, body: _ }: ClientRequest, body: Body, { payloadSha256 }: UpstreamCallOptions): Promise<IncomingMessage> {
    const { hostname, port, host, pathname } = this.#endpoint;
    const target = `${pathname.replace(/\/$/, '')}${path}`;
    const written = query.map(([name, value]) => `${encodeText(name)}=${encodeText(value)}`).sort().join('&');
    const length = isStreamed(body) ? body.statedBytes : body.length;
    if (length === undefined) throw new Error('a body of unknown length cannot be handed on');
    const isSmallDocument = !isStreamed(body) && body.length > 0;
    const signed = this.#signer.sign({
      method, path: target, query: written,
      headers: { Host: host, ...headers, ...(isSmallDocument && headers['Content-MD5'] === undefined && { 'Content-MD5': hash('md5', body, 'base64') }) },
      payload: isStreamed(body) ? (payloadSha256 ?? unsignedPayload) : hash('sha256', body),
    }, this.#clock());
    const bodyHeaders = method === 'GET' || method === 'HEAD' || (method === 'DELETE' && length === 0) ? {} : { 'Content-Length': String(length) };
    return sendUpstream(this.#connect, {
      options: { agent: this.#agent, hostname: hostname.replaceAll(/[[\]]/g, ''), port, method, path: written === '' ? target : `${target}?${written}`, headers: { ...signed, ...bodyHeaders, ...(isStreamed(body) && { Expect: '100-continue' }) }, maxHeaderSize: limits.headerBytesMax },
      body,
    });
  }
}

function answerOf(operation: Operation, answer: ClientAnswer): ReturnType<typeof readRestAnswer> {
  try {
    return readRestAnswer(operation, answer);
  } catch (cause) {
    if (!(cause instanceof ApiError)) throw cause;
    throw new UpstreamFailed('misconfigured', 'its answer is no answer of S3', { cause });
  }
}

/** A small body whole, and verified; a large one as it is. */
async function held(body: Body): Promise<Body> {
  if (!isStreamed(body) || body.statedBytes === undefined || body.statedBytes > limits.upstreamHeldBytesMax) return body;
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(Buffer.from(chunk));
  (body satisfies StreamedBody).verified();
  return Buffer.concat(chunks);
}

/** What the store may say to our caller, because it is about what he asked for; all else is between the store and Gatehouse. */
const told: ReadonlySet<string> = new Set([
  'BadDigest', 'BucketAlreadyExists', 'BucketAlreadyOwnedByYou', 'BucketNotEmpty', 'ConditionalRequestConflict', 'EntityTooLarge', 'EntityTooSmall', 'IncompleteBody', 'InvalidArgument', 'InvalidBucketName', 'InvalidBucketState', 'InvalidDigest', 'InvalidEncryptionAlgorithmError',
  'InvalidLocationConstraint', 'InvalidObjectState', 'InvalidPart', 'InvalidPartOrder', 'InvalidRange', 'InvalidRequest', 'InvalidStorageClass', 'InvalidTag', 'KeyTooLongError', 'MalformedXML', 'MetadataTooLarge', 'MethodNotAllowed', 'NoSuchBucket', 'NoSuchKey', 'NoSuchLifecycleConfiguration',
  'NoSuchUpload', 'NoSuchVersion', 'NotImplemented', 'ObjectLockConfigurationNotFoundError', 'NoSuchObjectLockConfiguration', 'OperationAborted', 'PreconditionFailed', 'ServerSideEncryptionConfigurationNotFoundError', 'TooManyBuckets', 'TooManyParts', 'UnexpectedContent', 'XAmzContentSHA256Mismatch',
]);

/** What a status means that has no body beside it, as a HEAD's. */
const statusCodes: Readonly<Record<number, string>> = { 304: 'NotModified', 400: 'InvalidRequest', 404: 'NoSuchKey', 405: 'MethodNotAllowed', 412: 'PreconditionFailed', 416: 'InvalidRange', 501: 'NotImplemented' };

const busy: ReadonlySet<string> = new Set(['SlowDown', 'Throttling', 'TooManyRequests', 'RequestLimitExceeded']);

/** Headers of a refusal that are part of it. */
const refusalHeaders = { etag: 'ETag', 'last-modified': 'Last-Modified', 'x-amz-delete-marker': 'x-amz-delete-marker', 'x-amz-version-id': 'x-amz-version-id', 'content-range': 'Content-Range' } as const;

function refusal(status: number, { code = statusCodes[status], message }: ClientError, { headers }: IncomingMessage): Error {
  if (code !== undefined && (told.has(code) || code === 'NotModified')) {
    const kept = Object.entries(refusalHeaders).flatMap(([name, written]) => (typeof headers[name] === 'string' ? [[written, headers[name]] as const] : []));
    return new UpstreamRefused(code, message ?? code, Object.fromEntries(kept));
  }
  // What is locked there is locked to Gatehouse too; any other denial is between the two. AWS: its words.
  if (code === 'AccessDenied' && /object lock/i.test(message ?? '')) return new UpstreamRefused(code, 'Access Denied because object protected by object lock.');
  const said = `it answers ${status} ${code ?? ''}`.trim();
  if (status === 429 || (code !== undefined && busy.has(code))) return new UpstreamFailed('busy', said);
  return new UpstreamFailed(status >= 500 ? 'away' : 'misconfigured', said);
}
