/** Smithy's protocol cases as the tests of every wire read them: a model, requests, responses and errors. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { loadService } from '../../src/model/load.ts';
import type { Operation, Service, Shape } from '../../src/model/service.ts';
import type { Value } from '../../src/protocol/protocol.ts';

export type Json = string | number | boolean | readonly Json[] | { readonly [name: string]: Json };

export interface ProtocolCases {
  readonly model: unknown;
  readonly requests: readonly { readonly id: string; readonly operation: string; readonly body: string; readonly input: Json }[];
  readonly responses: readonly { readonly id: string; readonly operation: string; readonly output: Json; readonly body: string }[];
  readonly errors: readonly { readonly id: string; readonly code: string; readonly message: string; readonly status: number; readonly body: string }[];
}

/** The cases of a file beside this one, which no other reader has, and the service of their model. */
export function readCases(file: string): { readonly cases: ProtocolCases; readonly service: Service; readonly operationOf: (name: string) => Operation } {
  const cases = JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as ProtocolCases;
  const service = loadService(cases.model);
  const operationOf = (name: string): Operation => {
    const operation = service.operations.get(name);
    assert.ok(operation, name);
    return operation;
  };
  return { cases, service, operationOf };
}

/** A case's value as handlers see it. */
export function valueOf(shape: Shape, json: Json): Value {
  if (shape.type === 'structure') return Object.fromEntries(Object.entries(json as Record<string, Json>).map(([name, v]) => [name, valueOf(shape.members.get(name)!.shape, v)]));
  if (shape.type === 'list') return (json as readonly Json[]).map((v) => valueOf(shape.member.shape, v));
  if (shape.type === 'map') return Object.fromEntries(Object.entries(json as Record<string, Json>).map(([key, v]) => [key, valueOf(shape.value.shape, v)]));
  if (shape.type === 'timestamp') return Number(json) * 1000;
  if (shape.type === 'blob') return Buffer.from(String(json));
  if (shape.type === 'float' || shape.type === 'double') return Number(json);
  return json as string | number | boolean;
}

/** Maps are read without a prototype, which deepStrictEqual would hold against them. */
export const plain = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(Object.entries(value).map(([name, v]) => [name, plain(v)]));
};
