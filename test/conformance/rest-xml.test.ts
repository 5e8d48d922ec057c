/** Holds the restXml wire to Smithy's protocol cases, seen from the server: their requests are routed and read, their responses written. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { loadService } from '../../src/model/load.ts';
import { errorShape } from '../../src/model/service.ts';
import type { Shape } from '../../src/model/service.ts';
import type { StructureValue, Value, WireRequest } from '../../src/protocol/protocol.ts';
import { restXml } from '../../src/protocol/rest-xml.ts';
import { parseXml } from './xml-tree.ts';

type Json = string | number | boolean | readonly Json[] | { readonly [name: string]: Json };
interface Cases {
  readonly model: unknown;
  readonly requests: readonly { readonly id: string; readonly operation: string; readonly uri: string; readonly headers: Readonly<Record<string, string>>; readonly body: string; readonly input: Json }[];
  readonly responses: readonly { readonly id: string; readonly operation: string; readonly output: Json; readonly headers: Readonly<Record<string, string>>; readonly body: string; readonly status: number }[];
}

// The file stands beside this test and has no other reader.
const cases = JSON.parse(readFileSync(new URL('rest-xml.json', import.meta.url), 'utf8')) as Cases;
const service = loadService(cases.model);

function operationOf(name: string) {
  const operation = service.operations.get(name);
  assert.ok(operation, name);
  return operation;
}

function requestOf(method: string, uri: string, headers: Readonly<Record<string, string>>, body: string): WireRequest {
  const [path = '', query = ''] = uri.split('?', 2);
  return { method, path, query, rawHeaders: Object.entries(headers).flat(), body: Buffer.from(body), header: (name) => Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1] };
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
  if (value instanceof Uint8Array) return Buffer.from(value).toString();
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, v]) => [name, plain(v)]));
};

describe('Smithy restXml requests are routed and read', () => {
  for (const { id, operation: name, uri, headers, body, input } of cases.requests) {
    test(id, () => {
      const operation = operationOf(name);
      const request = requestOf(operation.http.method, uri, headers, body);
      assert.equal(restXml.operationName(request, service), name);
      assert.deepEqual(plain(restXml.readInput(operation, request)), plain(operation.input ? valueOf(operation.input, input) : {}));
    });
  }
});

describe('Smithy restXml responses are written', () => {
  for (const { id, operation: name, output, headers, body, status } of cases.responses) {
    test(id, () => {
      const operation = operationOf(name);
      const { 'x-amz-request-id': _, 'x-amz-id-2': __, ...written } = restXml.writeOutput(operation, valueOf(operation.output!, output) as StructureValue, 'foo-id').headers!;
      const response = restXml.writeOutput(operation, valueOf(operation.output!, output) as StructureValue, 'foo-id');
      assert.deepEqual([response.status, written], [status, headers]);
      const text = Buffer.from(response.body as string | Uint8Array).toString();
      if (body.startsWith('<')) assert.deepEqual(parseXml(text), parseXml(body));
      else assert.equal(text, body);
    });
  }
});

test('S3OperationNoErrorWrappingResponse', () => {
  const { status, contentType, body } = restXml.writeError(service, errorShape(service, 'NoSuchBucket'), 'gone', 'foo-id', { details: { BucketName: '<b>' } });
  assert.deepEqual([status, contentType], [404, 'application/xml']);
  assert.deepEqual(parseXml(String(body)).children.map(({ name }) => name), ['Code', 'Message', 'BucketName', 'RequestId', 'HostId']);
  assert.ok(String(body).includes('<BucketName>&lt;b&gt;</BucketName>'));
});
