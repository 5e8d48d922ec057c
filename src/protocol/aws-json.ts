/** The wire of CodeCommit, Organizations and CloudWatch Logs: a document in, a document out, the operation in a header. Source: Smithy, "AWS JSON 1.0 protocol" and "1.1". */
import { ApiError } from '../base/api-error.ts';
import type { Service, ServiceCard } from '../model/service.ts';
import { jsonErrorOf } from './json-errors.ts';
import { JsonValues, memberNames, parseJson } from './json-values.ts';
import type { Protocol, StructureValue, WireRequest } from './protocol.ts';

const values = new JsonValues(memberNames);
const nothing: StructureValue = Object.freeze({});

const contentTypeOf = ({ jsonVersion }: Service): string => `application/x-amz-json-${jsonVersion ?? '1.1'}`;

export const awsJson: Protocol = {
  statedOperation,
  operationName: statedOperation,

  unknownOperation: () => new ApiError('UnknownOperationException', ''),

  readInput({ input }, request) {
    // The body is read where nothing is expected, too: what is no document was meant for something else.
    const document = documentOf(request);
    return input === undefined ? nothing : values.read(input, document);
  },

  writeOutput({ service, output: shape, http }, output) {
    return { status: http.responseCode ?? 200, contentType: contentTypeOf(service), body: shape ? values.write(shape, output ?? nothing) : '{}' };
  },

  writeError(service, error, message) {
    const { code, status } = jsonErrorOf(error, service?.errors.has(error.code) ?? false, 'awsJson');
    // AWS: most services write `message`, a few `Message`; clients read both.
    return { status, contentType: service ? contentTypeOf(service) : 'application/x-amz-json-1.1', body: JSON.stringify({ __type: code, ...(message !== '' && { message }) }) };
  },
};

/** An empty body stands for an empty document: clients send it where there is no input. */
function documentOf({ body }: WireRequest): unknown {
  return body.byteLength === 0 ? {} : parseJson(body);
}

function statedOperation(request: WireRequest, card: ServiceCard): string | undefined {
  if (request.method !== 'POST' || request.path !== '/') return undefined;
  const target = request.header('x-amz-target');
  const dot = target?.lastIndexOf('.') ?? -1;
  return dot > 0 && target!.slice(0, dot) === card.targetPrefix ? target!.slice(dot + 1) : undefined;
}
