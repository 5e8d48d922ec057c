/** Holds the awsJson wire to Smithy's protocol cases, seen from the server: their requests are read, their responses written. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { errorShape } from '../../src/model/service.ts';
import { awsJson } from '../../src/protocol/aws-json.ts';
import { jsonDepthMax } from '../../src/protocol/json-values.ts';
import type { StructureValue, WireRequest } from '../../src/protocol/protocol.ts';
import { plain, readCases, valueOf } from './protocol-cases.ts';

const { cases, service, operationOf } = readCases('aws-json.json');

function post(operation: string, body: string | Uint8Array, target = `JsonProtocol.${operation}`): WireRequest {
  const headers: Readonly<Record<string, string>> = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target };
  return { method: 'POST', path: '/', query: '', body: Buffer.from(body), rawHeaders: [], header: (name) => headers[name] };
}

describe('Smithy awsJson requests are read', () => {
  for (const { id, operation: name, body, input } of cases.requests) {
    test(id, () => {
      const operation = operationOf(name);
      assert.equal(awsJson.operationName(post(name, body), service), name);
      assert.deepEqual(plain(awsJson.readInput(operation, post(name, body))), valueOf(operation.input!, input));
    });
  }
});

describe('Smithy awsJson responses are written', () => {
  for (const { id, operation: name, output, body } of cases.responses) {
    test(id, () => {
      const operation = operationOf(name);
      const response = awsJson.writeOutput(operation, valueOf(operation.output!, output) as StructureValue, 'foo-id');
      assert.equal(response.status, 200);
      assert.equal(response.contentType, 'application/x-amz-json-1.1');
      assert.deepEqual(JSON.parse(String(response.body)), JSON.parse(body));
    });
  }
});

describe('Smithy awsJson errors are written', () => {
  for (const { id, code, message, status, body } of cases.errors) {
    test(id, () => {
      const response = awsJson.writeError(service, errorShape(service, code), message, 'foo-id');
      assert.deepEqual([response.status, response.contentType, JSON.parse(String(response.body))], [status, 'application/x-amz-json-1.1', JSON.parse(body)]);
    });
  }
});

test('the common errors have the names and statuses of the wire', () => {
  for (const [code, wire, status] of [['AccessDenied', 'AccessDeniedException', 400], ['SignatureDoesNotMatch', 'InvalidSignatureException', 400], ['InvalidClientTokenId', 'UnrecognizedClientException', 400], ['ValidationError', 'ValidationException', 400], ['InternalFailure', 'InternalFailure', 500]] as const) {
    const response = awsJson.writeError(service, errorShape(service, code), 'why', 'foo-id');
    assert.deepEqual([response.status, JSON.parse(String(response.body))], [status, { __type: wire, message: 'why' }]);
  }
});

test('an operation is named by the header alone, with the prefix of its service', () => {
  for (const target of ['Other.NullOperation', 'NullOperation', '.NullOperation', 'JsonProtocol', 'jsonprotocol.NullOperation', 'Evil.JsonProtocol.NullOperation']) assert.notEqual(awsJson.operationName(post('', '{}', target), service), 'NullOperation', target);
  assert.equal(awsJson.operationName({ ...post('NullOperation', '{}'), method: 'GET' }, service), undefined);
  assert.equal(awsJson.operationName({ ...post('NullOperation', '{}'), path: '/x' }, service), undefined);
});

const read = (body: string | Uint8Array): unknown => plain(awsJson.readInput(operationOf('KitchenSinkOperation'), post('KitchenSinkOperation', body)));

test('what is no document, or does not fit the shape, is refused', () => {
  const deep = `${'{"RecursiveStruct":'.repeat(jsonDepthMax + 1)}{}${'}'.repeat(jsonDepthMax + 1)}`;
  const deepList = `${'{"RecursiveList":['.repeat(jsonDepthMax)}${']}'.repeat(jsonDepthMax)}`;
  const refusedBodies = ['{', '[]', 'null', '"text"', 'x', '{"String":1}', '{"Integer":1.5}', '{"Integer":"1"}', '{"Integer":3000000000}', '{"Long":9007199254740993}', '{"Boolean":"true"}', '{"Blob":"*"}', '{"Timestamp":"soon"}', '{"Timestamp":1e300}', '{"Double":"1"}',
    '{"ListOfStrings":{}}', '{"ListOfStrings":[null]}', '{"ListOfStrings":"a"}', '{"MapOfStrings":[]}', '{"SimpleStruct":[]}', '{"SimpleStruct":"a"}', deep, deepList, '{"String":"a"}{}', Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d)];
  for (const body of refusedBodies) assert.throws(() => read(body), { name: 'SerializationException' }, String(body).slice(0, 60));
});

test('names that mean something to JavaScript mean nothing here', () => {
  assert.deepEqual(read('{"__proto__":{"String":"a"},"constructor":1,"toString":"x"}'), {});
  const map = (awsJson.readInput(operationOf('KitchenSinkOperation'), post('', '{"MapOfStrings":{"__proto__":"a"}}')) as { MapOfStrings: object }).MapOfStrings;
  assert.deepEqual([Object.getPrototypeOf(map), Object.entries(map)], [null, [['__proto__', 'a']]]);
});

test('timestamps are read in seconds with fractions, and in the other two forms', () => {
  assert.deepEqual(read('{"Timestamp":946845296.123}'), { Timestamp: 946845296123 });
  assert.deepEqual(read('{"Timestamp":"2000-01-02T20:34:56.000Z"}'), { Timestamp: 946845296000 });
});

test('an empty body stands for an empty document', () => assert.deepEqual(read(''), {}));
