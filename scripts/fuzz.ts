/** Asks the engine and its readable twin the same generated questions until they disagree or the count is reached: `npm run fuzz -- [COUNT] [SEED]`. A disagreement shrinks and becomes a case of the corpus. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { questionSets, type QuestionSet } from '../test/policy/generated-questions.ts';
import { reference } from '../test/policy/reference-evaluator.ts';
import { engine, preparedEngine } from '../test/policy/written-policies.ts';

const usage = 'usage: npm run fuzz -- [COUNT] [SEED]';
const requestsPerSet = 20;
const setsPerRound = 2_500;
const corpus = resolve(import.meta.dirname, '..', 'test', 'policy', 'corpus');

function agree({ policies, requests }: QuestionSet): boolean {
  const [asked, prepared, twin] = [engine(policies), preparedEngine(policies), reference(policies)];
  return requests.every((request) => {
    const answer = twin(request);
    return isDeepStrictEqual(asked(request), answer) && isDeepStrictEqual(prepared(request), answer);
  });
}

/** The smallest question that still sets them apart, as a case whose answer is the twin's until somebody has looked it up. */
function writeCase({ policies, requests }: QuestionSet, seed: number): string {
  const request = requests.find((one) => !agree({ policies, requests: [one] })) ?? requests[0]!;
  const expected = reference(policies)(request);
  const file = join(corpus, `seed-${seed}.json`);
  mkdirSync(corpus, { recursive: true });
  writeFileSync(file, `${JSON.stringify([{ name: `found from seed ${seed}`, rule: 'look the rule up, and say who is right', page: '', policies, request, expected }], undefined, 2)}\n`);
  console.error(`they disagree: the engine says ${JSON.stringify(engine(policies)(request))}, prepared ${JSON.stringify(preparedEngine(policies)(request))}, the twin ${JSON.stringify(expected)}; see ${file}`);
  return file;
}

/** Rounds of one seed each, so that memory stays small and a failure repeats from its own seed. */
function fuzz(count: number, firstSeed: number): number {
  console.log(`seed ${firstSeed}: ${count} questions`);
  let asked = 0;
  for (let seed = firstSeed; asked < count; seed++) {
    const numRuns = Math.min(setsPerRound, Math.ceil((count - asked) / requestsPerSet));
    const { counterexample, failed, errorInstance } = fc.check(fc.property(questionSets(requestsPerSet), agree), { numRuns, seed });
    if (failed) {
      if (errorInstance instanceof Error && errorInstance.message !== '') console.error(errorInstance);
      if (counterexample) writeCase(counterexample[0], seed);
      console.error(`repeat it with: npm run fuzz -- ${numRuns * requestsPerSet} ${seed}`);
      return 1;
    }
    asked += numRuns * requestsPerSet;
    console.log(`${asked} of ${count} questions, seed ${seed}: the engine and the twin agree`);
  }
  return 0;
}

const [count = '2000000', seed = String(Date.now() % 1_000_000_000), ...more] = process.argv.slice(2);
if (more.length > 0 || !/^[1-9]\d{0,11}$/.test(count) || !/^\d{1,10}$/.test(seed)) {
  console.error(usage);
  process.exitCode = 2;
} else {
  process.exitCode = fuzz(Number(count), Number(seed));
}
