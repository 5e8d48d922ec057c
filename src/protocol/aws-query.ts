/** The wire of IAM, STS and RDS: parameters in a form or a query string, answers in XML. Source: Smithy, "AWS Query protocol". */
import { ApiError } from '../base/api-error.ts';
import type { Operation, ServiceCard } from '../model/service.ts';
import { readForm } from './form.ts';
import type { Protocol, StructureValue, WireRequest, WireResponse } from './protocol.ts';
import { awsInputReader } from './query-input.ts';
import { contentWriter } from './xml-output.ts';
import { escapeAttribute, escapeText } from './xml-text.ts';

const contentType = 'text/xml';
const nothing: StructureValue = Object.freeze({});

/** How much of an Action or Version that means nothing is repeated. */
const echoLengthMax = 128;

/** AWS: the namespace of an error that belongs to no service, as of an action that none has. */
const faultNamespace = 'http://webservices.amazon.com/AWSFault/2005-15-09';

/** The one path of a query service. */
const onlyPath = '/';

/**
 * What is answered without an error document. AWS: STS, July 2026; where its redirect leads, 2024. GUESS: that IAM does the same.
 */
const bareAnswers: ReadonlyMap<string, Omit<WireResponse, 'status'>> = new Map([
  ['Redirect', { contentType: undefined, headers: { Location: 'https://aws.amazon.com/iam' }, body: '' }],
  ['UnknownOperationException', { contentType, body: '<UnknownOperationException/>' }],
  ['UnreadableRequest', { contentType: undefined, body: '' }],
]);

export const awsQuery: Protocol = {
  statedOperation,
  operationName: statedOperation,

  unknownOperation(request) {
    if (request.path !== onlyPath) return new ApiError('UnknownOperationException', '');
    const form = readForm(request);
    // Someone with a browser.
    if (request.method === 'GET' && !form.child('Action')) return new ApiError('Redirect', '');
    const action = form.child('Action')?.value ?? 'NO_OPERATION_NAME';
    const version = form.child('Version')?.value ?? 'NO_VERSION_SPECIFIED';
    return new ApiError('InvalidAction', `Could not find operation ${action.slice(0, echoLengthMax)} for version ${version.slice(0, echoLengthMax)}`);
  },

  readInput(operation, request) {
    const { input } = operation;
    return input === undefined || input.members.size === 0 ? nothing : awsInputReader(input)(readForm(request));
  },

  writeOutput(operation, output, requestId) {
    const { status, before, content, between } = outputFrame(operation);
    return { status, contentType, body: `${before}${content(output ?? nothing)}${between}${requestId}</RequestId></ResponseMetadata></${operation.name}Response>` };
  },

  writeError(service, { code, status, fault }, message, requestId) {
    const bare = bareAnswers.get(code);
    if (bare) return { status, ...bare, ...(bare.headers && { headers: { ...bare.headers } }) };
    const namespace = code === 'InvalidAction' ? faultNamespace : (service?.xmlNamespace ?? faultNamespace);
    // AWS leaves the element out where there is nothing to say.
    const words = message === '' ? '' : `<Message>${escapeText(message)}</Message>`;
    return {
      status,
      contentType,
      body: `<ErrorResponse xmlns="${escapeAttribute(namespace)}"><Error><Type>${fault}</Type><Code>${escapeText(code)}</Code>${words}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
    };
  },
};

/** What is the same in every answer of an operation. */
interface OutputFrame {
  readonly status: number;
  readonly before: string;
  readonly content: (output: StructureValue) => string;
  readonly between: string;
}

const outputFrames = new WeakMap<Operation, OutputFrame>();

function outputFrame(operation: Operation): OutputFrame {
  let frame = outputFrames.get(operation);
  if (!frame) {
    const { name, service, output, resultWrapper, http } = operation;
    const namespace = service.xmlNamespace === undefined ? '' : ` xmlns="${escapeAttribute(service.xmlNamespace)}"`;
    frame = {
      status: http.responseCode ?? 200,
      before: `<${name}Response${namespace}>${resultWrapper === undefined ? '' : `<${resultWrapper}>`}`,
      content: output ? contentWriter(output) : () => '',
      between: `${resultWrapper === undefined ? '' : `</${resultWrapper}>`}<ResponseMetadata><RequestId>`,
    };
    outputFrames.set(operation, frame);
  }
  return frame;
}

function statedOperation(request: WireRequest, card: ServiceCard): string | undefined {
  if (request.path !== onlyPath) return undefined;
  if (request.method !== 'POST' && request.method !== 'GET') return undefined;
  const form = readForm(request);
  return form.child('Version')?.value === card.apiVersion ? form.child('Action')?.value : undefined;
}
