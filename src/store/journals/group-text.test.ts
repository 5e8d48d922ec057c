/** Groups as text: what is read is what was written. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readGroups, writeGroups } from './group-text.ts';

const line = fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\n', ''));
const head = fc.record({ stream: line, revision: fc.nat(), id: line });
const group = fc.record({ expected: fc.array(head, { maxLength: 3 }), entries: fc.array(fc.record({ stream: line, revision: fc.nat(), id: line, body: line }), { maxLength: 3 }) });

test('groups are read as they were written', () => {
  fc.assert(fc.property(fc.array(group, { minLength: 1, maxLength: 5 }), (groups) => {
    // fast-check's records have no prototype.
    const plain: typeof groups = JSON.parse(JSON.stringify(groups));
    assert.deepEqual(readGroups(writeGroups(plain)), plain);
  }));
});
