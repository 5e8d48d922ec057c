/** docs/reference/ is what the code says. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { referenceFile, referencePage } from '../../scripts/refresh-reference.ts';
import { notes } from '../../scripts/reference-notes.ts';
import { loadedServices } from '../../src/services/index.ts';

const services = await loadedServices();

for (const { name, operations, unimplemented } of services) {
  test(`docs/reference/${name}.md is as scripts/refresh-reference.ts writes it`, () => {
    assert.equal(readFileSync(referenceFile(name), 'utf8'), referencePage(name), 'run `npm run refresh-reference`');
  });

  test(`notes of ${name} are of its operations`, () => {
    const known = new Set<string>([...operations.keys(), ...unimplemented]);
    assert.deepEqual(Object.keys(notes[name] ?? {}).filter((operation) => !known.has(operation)), []);
  });
}
