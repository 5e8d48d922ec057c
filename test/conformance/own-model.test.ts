/** Holds the types of our own service to its model: they are what the script writes. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { loadService } from '../../src/model/load.ts';
import { ownTypes } from '../../scripts/own-model.ts';

test('models/gatehouse.ts is what the script writes from models/gatehouse.json: if not, run `npm run refresh-models`', () => {
  assert.equal(readFileSync(new URL('../../models/gatehouse.ts', import.meta.url), 'utf8'), ownTypes());
});

test('every shape of our own model can be linked, and every error it lists is known', () => {
  const service = loadService(JSON.parse(readFileSync(new URL('../../models/gatehouse.json', import.meta.url), 'utf8')));
  for (const { input, output, errors } of service.operations.values()) {
    assert.ok(input && output);
    for (const code of errors) assert.ok(service.errors.has(code), code);
  }
});
