/** The wire of EC2: parameters in a form or a query string, lists always flat, answers in XML without wrappers. Source: Smithy, "AWS EC2 Query protocol". */
import { ApiError } from '../base/api-error.ts';
import type { CommonErrorName } from '../base/api-error.ts';
import type { ErrorShape, Operation, Service, ServiceCard } from '../model/service.ts';
import { readForm } from './form.ts';
import type { Protocol, StructureValue, WireRequest } from './protocol.ts';
import { ec2InputReader } from './query-input.ts';
import { contentWriter } from './xml-output.ts';
import { escapeAttribute, escapeText } from './xml-text.ts';

const contentType = 'text/xml;charset=UTF-8';
const nothing: StructureValue = Object.freeze({});

/** How much of an Action that means nothing is repeated. */
const echoLengthMax = 128;

/** The common errors as EC2 names them. Source: "Error codes for the Amazon EC2 API", "Common client error codes". */
const ec2Errors: Readonly<Partial<Record<CommonErrorName, { readonly code: string; readonly status: number }>>> = {
  AccessDenied: { code: 'UnauthorizedOperation', status: 403 },
  ExpiredToken: { code: 'RequestExpired', status: 400 },
  InternalFailure: { code: 'InternalError', status: 500 },
  InvalidClientTokenId: { code: 'AuthFailure', status: 401 },
  MalformedInput: { code: 'InvalidRequest', status: 400 },
  MissingAuthenticationToken: { code: 'AuthFailure', status: 401 },
  ServiceFailure: { code: 'InternalError', status: 500 },
  ServiceUnavailable: { code: 'Unavailable', status: 503 },
  SignatureDoesNotMatch: { code: 'AuthFailure', status: 401 },
  Throttling: { code: 'RequestLimitExceeded', status: 503 },
  UnreadableRequest: { code: 'InvalidRequest', status: 400 },
  ValidationError: { code: 'InvalidParameterValue', status: 400 },
};

export const ec2Query: Protocol = {
  statedOperation,
  operationName: statedOperation,

  unknownOperation(request) {
    const form = request.path === '/' ? readForm(request) : undefined;
    const action = form?.child('Action')?.value;
    if (action === undefined) return new ApiError('MissingAction', 'The request must contain the parameter Action');
    if (form?.child('Version')?.value === undefined) return new ApiError('MissingParameter', 'The request must contain the parameter Version');
    return new ApiError('InvalidAction', `The action ${action.slice(0, echoLengthMax)} is not valid for this web service.`);
  },

  readInput({ input }, request) {
    return input === undefined || input.members.size === 0 ? nothing : ec2InputReader(input)(readForm(request));
  },

  writeOutput(operation, output, requestId) {
    const { name, output: shape, http } = operation;
    const content = shape ? contentWriter(shape)(output ?? nothing) : '';
    return { status: http.responseCode ?? 200, contentType, body: `${declaration}<${name}Response${namespaceOf(operation)}><requestId>${requestId}</requestId>${content}</${name}Response>` };
  },

  writeError(service, error, message, requestId, { encodedAuthorizationMessage } = {}) {
    const { code, status } = ec2ErrorOf(service, error);
    const words = error.code === 'AccessDenied' ? unauthorized(message, encodedAuthorizationMessage) : message;
    return { status, contentType, body: `${declaration}<Response><Errors><Error><Code>${escapeText(code)}</Code><Message>${escapeText(words)}</Message></Error></Errors><RequestID>${requestId}</RequestID></Response>` };
  },
};

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** Source: "DecodeAuthorizationMessage" (STS API Reference); denials that people publish. GUESS: of an action without resources AWS encodes nothing; here whoever is denied always gets what explains it. */
const unauthorized = (message: string, encoded: string | undefined): string => `You are not authorized to perform this operation. ${message}${encoded === undefined ? '' : `. Encoded authorization failure message: ${encoded}`}`;

const namespaceOf = ({ service }: Operation): string => (service.xmlNamespace === undefined ? '' : ` xmlns="${escapeAttribute(service.xmlNamespace)}"`);

function ec2ErrorOf(service: Service | undefined, { code, status }: ErrorShape): { readonly code: string; readonly status: number } {
  if (service?.errors.has(code) || !Object.hasOwn(ec2Errors, code)) return { code, status };
  return ec2Errors[code as CommonErrorName]!;
}

function statedOperation(request: WireRequest, card: ServiceCard): string | undefined {
  if (request.path !== '/' || (request.method !== 'POST' && request.method !== 'GET')) return undefined;
  const form = readForm(request);
  return form.child('Version')?.value === card.apiVersion ? form.child('Action')?.value : undefined;
}
