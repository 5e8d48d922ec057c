/** Tasks and results as text: what is read is what was written. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readResult, readTask, writeResult, writeTask } from './writer-text.ts';

const line = fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\n', ''));
const head = fc.record({ stream: line, revision: fc.nat(), id: line });
const group = fc.record({ expected: fc.array(head, { maxLength: 3 }), entries: fc.array(fc.record({ stream: line, revision: fc.nat(), id: line, body: line }), { maxLength: 3 }) });

const groups = fc.record({ groups: fc.array(group, { minLength: 1, maxLength: 5 }) });
const part = fc.record({ snapshot: head, part: fc.nat(), chunk: fc.record({ table: line, body: fc.string({ unit: 'binary' }) }) });
const parts = fc.record({ snapshot: head, parts: fc.nat() });
const result = fc.record({ conflicts: fc.array(fc.nat()), firstSeq: fc.nat(), lastSeq: fc.nat() });

// fast-check's records have no prototype.
const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value));

test('tasks are read as they were written', () => {
  fc.assert(fc.property(fc.oneof(groups, part, parts).map(plain), (task) => assert.deepEqual(readTask(writeTask(task)), task)));
});

test('results are read as they were written', () => {
  fc.assert(fc.property(result.map(plain), (given) => assert.deepEqual(readResult(writeResult(given)), given)));
});
