/** The wire of S3: operations by method and path, members in path, query, headers and body, bodies in XML. Source: Smithy, "AWS restXml protocol"; "Error responses" (S3 API Reference). */
import { ApiError } from '../base/api-error.ts';
import type { Protocol, WireRequest } from './protocol.ts';
import { readRestInput } from './rest-input.ts';
import { writeRestOutput } from './rest-output.ts';
import { parametersOf } from './rest-parameters.ts';
import { routeOf, routeTable } from './rest-route.ts';
import type { Routed } from './rest-route.ts';
import { xmlDeclaration } from './xml-bodies.ts';
import { escapeText } from './xml-text.ts';
import { errorShape } from '../model/service.ts';
import type { ErrorShape, Service } from '../model/service.ts';

function routed(request: WireRequest, service: Service): Routed {
  return routeOf(routeTable(service), { method: request.method, path: request.path, parameters: parametersOf(request), header: (name) => request.header(name) });
}

export const restXml: Protocol = {
  operationName(request, service) {
    const route = routed(request, service);
    return 'operation' in route ? route.operation.name : undefined;
  },

  unknownOperation(request, service) {
    const route = routed(request, service);
    if ('refusal' in route && route.refusal === 'noMethod') return new ApiError('MethodNotAllowed', 'The specified method is not allowed against this resource.', { details: { Method: request.method } });
    return new ApiError('InvalidURI', "Couldn't parse the specified URI.");
  },

  readInput: (operation, request) => readRestInput(operation, request),

  writeOutput(operation, output, requestId) {
    const written = writeRestOutput(operation, output);
    const headers = written.headers ?? {};
    headers['x-amz-request-id'] = requestId;
    headers['x-amz-id-2'] = hostIdOf(requestId);
    return { status: written.status, contentType: written.contentType, headers, body: written.body };
  },

  writeError(service, error, message, requestId, { details = {}, headers: own } = {}) {
    const { code, status } = s3ErrorOf(service, error);
    const headers = { ...own, ...idHeaders(requestId) };
    // Source: RFC 9110, section 15.4.5: it has no content.
    if (status === 304) return { status, contentType: undefined, headers, body: '' };
    const more = Object.entries(details).map(([name, value]) => `<${name}>${escapeText(value)}</${name}>`).join('');
    return {
      status,
      contentType: 'application/xml',
      headers,
      body: `${xmlDeclaration}<Error><Code>${escapeText(code)}</Code><Message>${escapeText(message)}</Message>${more}<RequestId>${requestId}</RequestId><HostId>${hostIdOf(requestId)}</HostId></Error>`,
    };
  },
};

const idHeaders = (requestId: string): Readonly<Record<string, string>> => ({ 'x-amz-request-id': requestId, 'x-amz-id-2': hostIdOf(requestId) });

/** S3 has names of its own. Source: "Error responses" (S3 API Reference). */
const commonNames: ReadonlyMap<string, string> = new Map([
  ['InternalFailure', 'InternalError'], ['ServiceFailure', 'InternalError'], ['MalformedInput', 'InvalidRequest'], ['ValidationError', 'InvalidArgument'], ['InvalidParameterValue', 'InvalidArgument'],
  ['MissingAuthenticationToken', 'AccessDenied'], ['InvalidClientTokenId', 'InvalidAccessKeyId'], ['IncompleteSignature', 'AuthorizationHeaderMalformed'], ['UnreadableRequest', 'InvalidURI'], ['Throttling', 'SlowDown'],
]);

function s3ErrorOf(service: Service | undefined, error: ErrorShape): ErrorShape {
  const name = commonNames.get(error.code);
  return name === undefined ? error : errorShape(service, name);
}

/** What AWS calls the machine that answered; of one that is not there, the request's own id again. */
export const hostIdOf = (requestId: string): string => btoa(requestId);
