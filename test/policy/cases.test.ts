/** Decisions as data: every case of cases/ stands for a documented rule, and is asked of each evaluator that can express it. So is what fuzzing found, kept in corpus/. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { PolicyLayer } from '../../src/policy/types.ts';
import { reference } from './reference-evaluator.ts';
import { simulation } from './simulated.ts';
import { engine, preparedEngine, type Answer, type Question } from './written-policies.ts';

interface Case extends Question {
  readonly name: string;
  readonly rule: string;
  /** The title of the page that states the rule. */
  readonly page: string;
  readonly expected: { readonly outcome: Answer['outcome']; readonly layer: PolicyLayer };
}

/** Whoever can be asked. `skips` says why a case is nothing for it; undefined where it is. */
interface Asked {
  readonly name: string;
  readonly skips: (question: Question) => string | undefined;
  readonly ask: (question: Question) => Promise<Partial<Answer>>;
}

const asked: readonly Asked[] = [
  { name: 'the engine', skips: () => undefined, ask: async ({ policies, request }) => engine(policies)(request) },
  { name: 'the engine with prepared policies', skips: () => undefined, ask: async ({ policies, request }) => preparedEngine(policies)(request) },
  { name: 'the readable twin', skips: () => undefined, ask: async ({ policies, request }) => reference(policies)(request) },
  simulation,
];

before(simulation.start);
after(simulation.stop);

const casesMin = 769;

/** Of so many cases at least the simulation can be asked. */
const simulatedMin = 400;

// The form of the files is what the first test checks.
const cases = ['cases', 'corpus'].flatMap((folder) => filesOf(folder)).flatMap((file) => (JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8')) as readonly Case[]).map((one) => ({ file, one })));

function filesOf(folder: string): readonly string[] {
  const path = join(import.meta.dirname, folder);
  return existsSync(path) ? readdirSync(path).filter((file) => file.endsWith('.json')).sort().map((file) => `${folder}/${file}`) : [];
}

test('there are cases, and each says which rule of which page it stands for', () => {
  assert.ok(cases.length >= casesMin, `${cases.length} cases; their number may only grow`);
  for (const { file, one: { name, rule, page, expected } } of cases) {
    assert.ok(name && rule && page, `${file}: ${name}`);
    assert.deepEqual(Object.keys(expected).sort(), ['layer', 'outcome'], `${file}: ${name}`);
  }
  assert.equal(new Set(cases.map(({ file, one }) => `${file} ${one.name}`)).size, cases.length, 'a name stands twice');
});

for (const { name, skips, ask } of asked) {
  test(`${name} answers every case that it can be asked as the documentation does`, async () => {
    let answered = 0;
    const wrong: string[] = [];
    for (const { file, one } of cases) {
      if (skips(one) !== undefined) continue;
      answered += 1;
      const answer = await ask(one);
      const isRight = answer.outcome === one.expected.outcome && (!('layer' in answer) || answer.layer === one.expected.layer);
      if (!isRight) wrong.push(`${file}: ${one.name}: ${JSON.stringify(answer)}, not ${JSON.stringify(one.expected)} (${one.page}: ${one.rule})`);
    }
    assert.deepEqual(wrong, []);
    assert.ok(answered >= (name === simulation.name ? simulatedMin : casesMin), `${answered} were asked`);
  });
}
