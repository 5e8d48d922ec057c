/** Holds the restJson wire to Smithy's protocol cases, seen from the server: their requests are routed and read, their responses written. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ApiError } from '../../src/base/api-error.ts';
import { errorShape } from '../../src/model/service.ts';
import type { StructureValue, WireRequest } from '../../src/protocol/protocol.ts';
import { restJson } from '../../src/protocol/rest-json.ts';
import { plain, readCases, valueOf } from './protocol-cases.ts';
import type { Json } from './protocol-cases.ts';

interface RestCase { readonly uri: string; readonly headers: Readonly<Record<string, string>>; readonly status: number }

const { cases, service, operationOf } = readCases('rest-json.json');
// The file's requests and responses have what REST adds.
const rest = cases as unknown as { readonly requests: readonly (RestCase & { readonly id: string; readonly operation: string; readonly body: string; readonly input: Json })[]; readonly responses: readonly (RestCase & { readonly id: string; readonly operation: string; readonly body: string; readonly output: Json })[] };

function requestOf(method: string, uri: string, headers: Readonly<Record<string, string>> = {}, body = ''): WireRequest {
  const [path = '', query = ''] = uri.split('?', 2);
  return { method, path, query, rawHeaders: Object.entries(headers).flat(), body: Buffer.from(body), header: (name) => Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1] };
}

describe('Smithy restJson requests are routed and read', () => {
  for (const { id, operation: name, uri, headers, body, input } of rest.requests) {
    test(id, () => {
      const operation = operationOf(name);
      const request = requestOf(operation.http.method, uri, headers, body);
      assert.equal(restJson.operationName(request, service), name);
      assert.deepEqual(plain(restJson.readInput(operation, request)), operation.input ? valueOf(operation.input, input) : {});
    });
  }
});

describe('Smithy restJson responses are written', () => {
  for (const { id, operation: name, output, headers, body, status } of rest.responses) {
    test(id, () => {
      const operation = operationOf(name);
      const response = restJson.writeOutput(operation, valueOf(operation.output!, output) as StructureValue, 'foo-id');
      assert.deepEqual([response.status, response.headers], [status, headers]);
      const text = Buffer.from(response.body as string | Uint8Array).toString();
      if (!body.startsWith('{')) assert.equal(text, body);
      else assert.deepEqual([response.contentType, JSON.parse(text)], ['application/json', JSON.parse(body)]);
    });
  }
});

test('RestJsonInvalidGreetingError', () => {
  const { status, contentType, headers, body } = restJson.writeError(service, errorShape(service, 'InvalidGreeting'), 'Hi', 'foo-id');
  assert.deepEqual([status, contentType, headers?.['x-amzn-ErrorType'], JSON.parse(String(body))], [400, 'application/json', 'InvalidGreeting', { message: 'Hi' }]);
});

test('errors that any service has are named as restJson names them', () => {
  for (const [name, code, status] of [['AccessDenied', 'AccessDeniedException', 403], ['InvalidClientTokenId', 'UnrecognizedClientException', 403], ['Throttling', 'ThrottlingException', 429], ['ValidationError', 'ValidationException', 400]] as const) {
    const answer = restJson.writeError(service, errorShape(service, name), '', 'foo-id');
    assert.deepEqual([answer.headers?.['x-amzn-ErrorType'], answer.status], [code, status]);
  }
});

test('what is no value of its shape is SerializationException, wherever it stands', () => {
  const asked: readonly (readonly [string, WireRequest])[] = [
    ['HttpRequestWithLabels', requestOf('GET', '/HttpRequestWithLabels/string/four/true/2019-12-16T23:48:18Z')],
    ['AllQueryStringTypes', requestOf('GET', '/AllQueryStringTypesInput?IntegerList=1&IntegerList=x')],
    ['InputAndOutputWithHeaders', requestOf('POST', '/InputAndOutputWithHeaders', { 'X-Integer': '1.5' })],
    ['SimpleScalarProperties', requestOf('PUT', '/SimpleScalarProperties', {}, '{"stringValue":1}')],
    ['SimpleScalarProperties', requestOf('PUT', '/SimpleScalarProperties', {}, '[]')],
    ['SimpleScalarProperties', requestOf('PUT', '/SimpleScalarProperties', {}, '{')],
  ];
  for (const [name, request] of asked) assert.throws(() => restJson.readInput(operationOf(name), request), (error) => error instanceof ApiError && error.name === 'SerializationException', request.path);
});

test('a path or method of no operation names none', () => {
  for (const [method, uri] of [['GET', '/NoInputAndNoOutput'], ['POST', '/nothing'], ['POST', '/NoInputAndNoOutput/more'], ['POST', '/'], ['POST', '/noinputandnooutput']] as const) {
    assert.equal(restJson.operationName(requestOf(method, uri), service), undefined, uri);
  }
});
