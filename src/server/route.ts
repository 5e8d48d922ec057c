/** Decides once, before anything else, which service and which operation a request is for. */
import { ApiError } from '../base/api-error.ts';
import { readClaim } from '../proof/sigv4/claim.ts';
import type { SignatureClaim } from '../proof/sigv4/claim.ts';
import { protocols } from '../protocol/protocols.ts';
import type { Protocol } from '../protocol/protocol.ts';
import type { Operation } from '../model/service.ts';
import type { AwsEndpoint } from './aws-endpoint.ts';
import { HttpRequest } from './http-request.ts';
import type { RequestHead } from './http-request.ts';
import type { DescribedService, RoutedService } from './lazy-service.ts';
import type { Plane } from './plane.ts';
import type { IsServedHost } from './served-hosts.ts';

export type Services = ReadonlyMap<string, RoutedService>;

/**
 * The service that a request is for: what its host names, else what its signature was scoped to, else, unsigned, what its Action and Version
 * say. Where host and scope both speak they must agree, which the signature's check enforces: the host's service is the one it is held to.
 */
export function serviceOf(request: HttpRequest, claim: SignatureClaim | undefined, services: Services): RoutedService | undefined {
  const named = hostService(request, services);
  if (named) return named;
  if (claim) {
    for (const routed of services.values()) if (routed.card.signingName === claim.service) return routed;
    return undefined;
  }
  for (const routed of services.values()) {
    const name = protocols[routed.card.protocol]?.statedOperation?.(request, routed.card);
    if (name !== undefined && routed.model.operations.has(name)) return routed;
  }
  // What names nothing else may be for an object that anyone may have. Nothing at all is asked by a path that is the root.
  return request.path === '/' || !request.path.startsWith('/') ? undefined : services.get(objectService);
}

/** The one service whose resources are named by hosts and paths. */
const objectService = 's3';

/** `iam.amazonaws.com`, `sts.eu-west-1.example.net`, `iam.localhost`: the first of several labels names a service. Never our own: `gatehouse.example.net` is where all of them are. */
function hostService(request: HttpRequest, services: Services): RoutedService | undefined {
  const host = request.header('host');
  if (host === undefined) return undefined;
  if (objectHost.test(host)) return services.get(objectService);
  const dot = host.indexOf('.');
  const label = dot > 0 ? host.slice(0, dot).toLowerCase() : '';
  return label === 'gatehouse' ? undefined : services.get(label);
}

/** `BUCKET.s3.example.net`, `BUCKET.s3.eu-west-1.amazonaws.com`, `BUCKET.s3-eu-west-1.amazonaws.com`: what stands before the last such label is a bucket. Source: "Virtual hosting of general purpose buckets" (S3 User Guide). */
const objectHost = /^(?<bucket>[^:]+)\.s3[.-][^:]/i;

/** The bucket that the host of a request to S3 names, where it names one: before the label `s3`, or before a host that is served. */
export function bucketOfHost(request: Pick<HttpRequest, 'header'>, isServedHost: IsServedHost): string | undefined {
  const host = request.header('host');
  const named = host === undefined ? undefined : objectHost.exec(host)?.groups?.['bucket'];
  if (named !== undefined || host === undefined) return named?.toLowerCase();
  const dot = host.indexOf('.');
  const label = host.slice(0, dot).toLowerCase();
  if (dot <= 0 || label === objectService || isAddress.test(host)) return undefined;
  return bucketBefore(host, isServedHost);
}

const isAddress = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[.*\])(?::\d+)?$/;

/** The shortest name before which something that is served begins: a bucket's name may have dots. */
function bucketBefore(host: string, isServedHost: IsServedHost): string | undefined {
  if (isServedHost(host) && !/\.localhost(?::\d+)?$/i.test(host)) return undefined;
  for (let dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
    const rest = host.slice(dot + 1);
    if (isServedHost(rest) && !/^[^:]*\.localhost(?::\d+)?$/i.test(rest)) return host.slice(0, dot).toLowerCase();
  }
  return undefined;
}

/** Makes the bucket that the host names the first segment of the path, which routing and reading go by. What was signed stays as it came. */
export function addressBucket(request: HttpRequest, { model }: DescribedService, isServedHost: IsServedHost): void {
  if (model.name !== objectService || !request.path.startsWith('/')) return;
  const bucket = bucketOfHost(request, isServedHost);
  if (bucket !== undefined) request.path = `/${bucket}${request.target.slice(0, request.path.length)}`;
}

const nothing = new Uint8Array(0);

/** Whether a request's body is read as it comes: it is for an operation with a streaming input, or a form that uploads a file. */
export function isStreamed({ services, isServedHost }: Pick<Plane, 'services' | 'isServedHost'>, head: RequestHead): boolean {
  // GET and its like carry no body that means anything, and the query services none but a form.
  if (head.method !== 'PUT' && head.method !== 'POST') return false;
  const request = new HttpRequest({ ...head, body: nothing, remoteAddress: '', isSecure: false, receivedAt: 0, requestId: '' });
  const isForm = isUploadForm(request);
  if (head.method === 'POST' && !isForm) return false;
  try {
    const routed = serviceOf(request, readClaim(request), services);
    if (routed?.card.protocol !== 'restXml') return false;
    if (isForm) return true;
    addressBucket(request, routed, isServedHost);
    const { input } = operationOf(request, routed);
    return input?.payload !== undefined && input.members.get(input.payload)?.isStreaming === true;
  } catch (thrown) {
    // What cannot be read is refused where it is answered.
    if (thrown instanceof ApiError) return false;
    throw thrown;
  }
}

/** What a browser posts that uploads a file. */
export const isUploadForm = (request: Pick<HttpRequest, 'method' | 'header'>): boolean => request.method === 'POST' && /^\s*multipart\/form-data\s*(?:;|$)/i.test(request.header('content-type') ?? '');

/** Whose words answer a request whose credentials cannot be read. */
export function presumedService(request: HttpRequest, services: Services): RoutedService | undefined {
  const named = hostService(request, services);
  if (named) return named;
  const credentials = request.header('authorization') ?? request.query;
  return /[/]s3[/]aws4_request|%2Fs3%2Faws4_request/i.test(credentials) ? services.get(objectService) : undefined;
}

export function protocolOf({ model }: DescribedService): Protocol {
  const protocol = protocols[model.protocol];
  // INVARIANT: main.ts serves no service whose wire is not built.
  if (!protocol) throw new Error(`${model.name}: the ${model.protocol} protocol is not built`);
  return protocol;
}

/** The operation that the request names, from the model. */
export function operationOf(request: HttpRequest, described: DescribedService, endpoint?: AwsEndpoint): Operation {
  const { model } = described;
  const protocol = protocolOf(described);
  const name = protocol.operationName(request, model);
  const operation = name === undefined ? undefined : model.operations.get(name);
  // GUESS: an endpoint that does not serve an operation does not know it.
  if (!operation || endpoint?.serves(operation.name) === false) throw protocol.unknownOperation(request, model);
  return operation;
}
