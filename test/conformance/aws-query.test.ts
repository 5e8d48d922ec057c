/** Holds the awsQuery wire to Smithy's protocol cases, seen from the server: their requests are read, their responses written. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { loadService } from '../../src/model/load.ts';
import { errorShape } from '../../src/model/service.ts';
import type { Shape } from '../../src/model/service.ts';
import { awsQuery } from '../../src/protocol/aws-query.ts';
import type { StructureValue, Value, WireRequest } from '../../src/protocol/protocol.ts';
import { parseXml } from './xml-tree.ts';
import type { XmlElement } from './xml-tree.ts';

type Json = string | number | boolean | readonly Json[] | { readonly [name: string]: Json };
interface Cases {
  readonly model: unknown;
  readonly requests: readonly { readonly id: string; readonly operation: string; readonly body: string; readonly input: Json }[];
  readonly responses: readonly { readonly id: string; readonly operation: string; readonly output: Json; readonly body: string }[];
  readonly errors: readonly { readonly id: string; readonly code: string; readonly message: string; readonly status: number; readonly body: string }[];
}

// The file stands beside this test and has no other reader.
const cases = JSON.parse(readFileSync(new URL('aws-query.json', import.meta.url), 'utf8')) as Cases;
const service = loadService(cases.model);

const post = (body: string): WireRequest => ({
  method: 'POST', path: '/', query: '', body: Buffer.from(body),
  header: (name) => (name === 'content-type' ? 'application/x-www-form-urlencoded' : undefined),
});
const get = (query: string): WireRequest => ({ method: 'GET', path: '/', query, body: new Uint8Array(), header: () => undefined });

function operationOf(name: string) {
  const operation = service.operations.get(name);
  assert.ok(operation, name);
  return operation;
}

/** A case's value as handlers see it. */
function valueOf(shape: Shape, json: Json): Value {
  if (shape.type === 'structure') return Object.fromEntries(Object.entries(json as Record<string, Json>).map(([name, v]) => [name, valueOf(shape.members.get(name)!.shape, v)]));
  if (shape.type === 'list') return (json as readonly Json[]).map((v) => valueOf(shape.member.shape, v));
  if (shape.type === 'map') return Object.fromEntries(Object.entries(json as Record<string, Json>).map(([key, v]) => [key, valueOf(shape.value.shape, v)]));
  if (shape.type === 'timestamp') return Number(json) * 1000;
  if (shape.type === 'blob') return Buffer.from(String(json));
  if (shape.type === 'float' || shape.type === 'double') return Number(json);
  return json as string | number | boolean;
}

/** Maps are read without a prototype, which deepStrictEqual would hold against them. */
const plain = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(Object.entries(value).map(([name, v]) => [name, plain(v)]));
};

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
