/** The engine and its readable twin agree on generated policies and requests. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { questionSets } from './generated-questions.ts';
import { reference } from './reference-evaluator.ts';
import { engine, preparedEngine } from './written-policies.ts';

/** Each set is asked this many requests; `npm run fuzz` asks millions. */
const requestsPerSet = 20;
const sets = 1_000;

test('the engine and the readable twin agree on 20,000 generated questions', () => {
  fc.assert(fc.property(questionSets(requestsPerSet), ({ policies, requests }) => {
    const [asked, prepared, twin] = [engine(policies), preparedEngine(policies), reference(policies)];
    for (const request of requests) {
      const answer = twin(request);
      assert.deepEqual(asked(request), answer);
      assert.deepEqual(prepared(request), answer, 'prepared');
    }
  }), { numRuns: sets, seed: 20_261_124 });
});
