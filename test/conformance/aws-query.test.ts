/** Holds the awsQuery wire to Smithy's protocol cases, seen from the server: their requests are read, their responses written. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { errorShape } from '../../src/model/service.ts';
import { awsQuery } from '../../src/protocol/aws-query.ts';
import type { StructureValue, WireRequest } from '../../src/protocol/protocol.ts';
import { plain, readCases, valueOf } from './protocol-cases.ts';
import { parseXml } from './xml-tree.ts';
import type { XmlElement } from './xml-tree.ts';

const { cases, service, operationOf } = readCases('aws-query.json');

const post = (body: string): WireRequest => ({
  method: 'POST', path: '/', query: '', body: Buffer.from(body), rawHeaders: [],
  header: (name) => (name === 'content-type' ? 'application/x-www-form-urlencoded' : undefined),
});
const get = (query: string): WireRequest => ({ method: 'GET', path: '/', query, body: new Uint8Array(), rawHeaders: [], header: () => undefined });

/** The cases' documents leave ResponseMetadata out where they do not speak of it. */
function withoutMetadata(root: XmlElement): XmlElement {
  return { ...root, children: root.children.filter(({ name }) => name !== 'ResponseMetadata') };
}

describe('Smithy awsQuery requests are read', () => {
  for (const { id, operation: name, body, input } of cases.requests) {
    const operation = operationOf(name);
    const expected = operation.input ? valueOf(operation.input, input) : {};
    test(`${id}, from a body`, () => {
      assert.equal(awsQuery.operationName(post(body), service), name);
      assert.deepEqual(plain(awsQuery.readInput(operation, post(body))), expected);
    });
    test(`${id}, from a query string`, () => {
      assert.equal(awsQuery.operationName(get(body), service), name);
      assert.deepEqual(plain(awsQuery.readInput(operation, get(body))), expected);
    });
  }
});

describe('Smithy awsQuery responses are written', () => {
  for (const { id, operation: name, output, body } of cases.responses) {
    test(id, () => {
      const operation = operationOf(name);
      const value = (operation.output ? valueOf(operation.output, output) : undefined) as StructureValue | undefined;
      const response = awsQuery.writeOutput(operation, value, 'foo-id');
      assert.equal(response.status, 200);
      assert.equal(response.contentType, 'text/xml');
      const written = parseXml(String(response.body));
      assert.equal(written.children.at(-1)?.name, 'ResponseMetadata');
      const expected = parseXml(body);
      assert.deepEqual(body.includes('ResponseMetadata') ? written : withoutMetadata(written), expected);
    });
  }
});

describe('Smithy awsQuery errors are written', () => {
  for (const { id, code, message, status, body } of cases.errors) {
    test(id, () => {
      const response = awsQuery.writeError(service, errorShape(service, code), message, 'foo-id');
      assert.equal(response.status, status);
      assert.equal(response.contentType, 'text/xml');
      assert.deepEqual(parseXml(String(response.body)), parseXml(body));
    });
  }
});
