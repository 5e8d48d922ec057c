/** What several processes say together: the worst of them, and what each has to tell. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { processFigures } from './metrics.ts';
import { alone, ownWord, readinessOf } from './peers.ts';
import { Asked } from './process-messages.ts';

const well = { reason: undefined, troubles: [] };

test('all are ready when each is, and each trouble is told once', () => {
  assert.deepEqual(readinessOf([well, { reason: undefined, troubles: ['a'] }, { reason: undefined, troubles: ['a', 'b'] }]), { reason: undefined, troubles: ['a', 'b'] });
});

test('none is ready when one is not, or does not say', () => {
  assert.equal(readinessOf([well, { reason: 'the audit log cannot be written', troubles: [] }]).reason, 'the audit log cannot be written');
  assert.equal(readinessOf([well, undefined]).reason, 'a process does not answer');
});

test('who is alone speaks for itself', async () => {
  assert.deepEqual(await alone(ownWord({ readiness: () => well, metrics: () => ({ requests: [], durations: [], accounts: 1, ready: 1, ...processFigures() }) })).gather('readiness'), [well]);
});

test('an answer goes to its question, once, and a question that is not answered comes to nothing', async () => {
  const asked = new Asked<string>();
  const ids: number[] = [];
  const [first, second] = [asked.ask((id) => ids.push(id), 10_000), asked.ask((id) => ids.push(id), 10_000)];
  asked.answer(ids[1]!, 'second');
  asked.answer(ids[0]!, 'first');
  asked.answer(ids[0]!, 'again');
  assert.deepEqual(await Promise.all([first, second]), ['first', 'second']);
  assert.equal(await asked.ask(() => {}, 1), undefined);
});
