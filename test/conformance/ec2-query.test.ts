/** Holds the ec2Query wire to Smithy's protocol cases, seen from the server: their requests are read, their responses written. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { errorShape } from '../../src/model/service.ts';
import { ec2Query } from '../../src/protocol/ec2-query.ts';
import type { StructureValue, WireRequest } from '../../src/protocol/protocol.ts';
import { plain, readCases, valueOf } from './protocol-cases.ts';
import { parseXml } from './xml-tree.ts';

const { cases, service, operationOf } = readCases('ec2-query.json');

const post = (body: string): WireRequest => ({
  method: 'POST', path: '/', query: '', body: Buffer.from(body), rawHeaders: [],
  header: (name) => (name === 'content-type' ? 'application/x-www-form-urlencoded; charset=utf-8' : undefined),
});

describe('Smithy ec2Query requests are read', () => {
  for (const { id, operation: name, body, input } of cases.requests) {
    test(id, () => {
      const operation = operationOf(name);
      assert.equal(ec2Query.operationName(post(body), service), name);
      assert.deepEqual(plain(ec2Query.readInput(operation, post(body))), valueOf(operation.input!, input));
    });
  }
});

describe('Smithy ec2Query responses are written', () => {
  for (const { id, operation: name, output, body } of cases.responses) {
    test(id, () => {
      const operation = operationOf(name);
      const value = (operation.output ? valueOf(operation.output, output) : undefined) as StructureValue | undefined;
      const response = ec2Query.writeOutput(operation, value, 'foo-id');
      assert.deepEqual([response.status, response.contentType], [200, 'text/xml;charset=UTF-8']);
      assert.deepEqual(parseXml(String(response.body)), parseXml(body));
    });
  }
});

describe('Smithy ec2Query errors are written', () => {
  for (const { id, code, message, status, body } of cases.errors) {
    test(id, () => {
      const response = ec2Query.writeError(service, errorShape(service, code), message, 'foo-id');
      assert.equal(response.status, status);
      assert.deepEqual(parseXml(String(response.body)), parseXml(body));
    });
  }
});

test('the common errors have the names and statuses of the wire', () => {
  for (const [code, wire, status] of [['AccessDenied', 'UnauthorizedOperation', 403], ['SignatureDoesNotMatch', 'AuthFailure', 401], ['InvalidClientTokenId', 'AuthFailure', 401], ['InternalFailure', 'InternalError', 500], ['InvalidAction', 'InvalidAction', 400]] as const) {
    const response = ec2Query.writeError(service, errorShape(service, code), '<why>', 'foo-id');
    assert.equal(response.status, status);
    assert.match(String(response.body), new RegExp(`<Code>${wire}</Code><Message>${code === 'AccessDenied' ? 'You are not authorized to perform this operation. ' : ''}&lt;why&gt;</Message>`));
  }
});

test('a denial says what DecodeAuthorizationMessage decodes', () => {
  const { body } = ec2Query.writeError(service, errorShape(service, 'AccessDenied'), 'why', 'foo-id', { encodedAuthorizationMessage: 'encoded' });
  assert.match(String(body), /<Message>You are not authorized to perform this operation\. why\. Encoded authorization failure message: encoded<\/Message>/);
});

test('what names no action, or one that is none, is told so', () => {
  const refusal = (body: string): unknown => ec2Query.unknownOperation(post(body), service);
  assert.deepEqual([refusal('Version=2020-01-08'), refusal('Action=X'), refusal('Action=X&Version=2020-01-08')].map((error) => (error as Error).name), ['MissingAction', 'MissingParameter', 'InvalidAction']);
});

test('entries of a list are numbered, and one that is written as awsQuery writes it is refused', () => {
  const read = (body: string): unknown => ec2Query.readInput(operationOf('QueryLists'), post(`Action=QueryLists&Version=2020-01-08&${body}`));
  assert.throws(() => read('ListArg.member.1=a'), { name: 'MalformedInput' });
  assert.throws(() => read('ListArg=a'), { name: 'MalformedInput' });
  assert.deepEqual(read('ListArg.9=b&ListArg.2=a'), { ListArg: ['a', 'b'] });
});
