/** Upload validation as data: each message of AWS, and which of two defects is named. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openAuthorizationReference } from '../../src/base/authorization-reference.ts';
import type { PolicyKind } from '../../src/policy/types.ts';
import { validatePolicy } from '../../src/policy/validate/validate.ts';

type Json = Readonly<Record<string, unknown>>;

/** What is changed in a good document, or in its first statement; null takes an element away. */
interface Change { readonly document?: Json; readonly statement?: Json }

/** `step` is when AWS looks for the defect: of two, the one of the earlier step is named. */
interface Defect extends Change { readonly step: number; readonly message: string }

interface Kind { readonly kind: PolicyKind; readonly page: string; readonly good: Json & { readonly Statement: readonly Json[] }; readonly defects: readonly Defect[]; readonly accepted: readonly Change[] }

// The form of the file is what these tests check.
const kinds = JSON.parse(readFileSync(join(import.meta.dirname, 'validation-cases.json'), 'utf8')) as readonly Kind[];

const changed = (object: Json, change: Json = {}): Json => Object.fromEntries(Object.entries({ ...object, ...change }).filter(([, value]) => value !== null));

function textOf({ good }: Kind, ...changes: readonly Change[]): string {
  const [first, ...rest] = good.Statement;
  const statement = changes.reduce((made, change) => changed(made, change.statement), first!);
  return JSON.stringify(changes.reduce((made, change) => changed(made, change.document), { ...good, Statement: [statement, ...rest] } as Json));
}

const reference = openAuthorizationReference(() => JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'data', 'authorization-reference.json'), 'utf8')));

const messageOf = (text: string, kind: PolicyKind): string | undefined => validatePolicy(text, kind, reference)[0]?.message;

for (const kind of kinds) {
  test(`${kind.kind}: what is right is accepted`, () => {
    for (const change of [{}, ...kind.accepted]) assert.deepEqual(validatePolicy(textOf(kind, change), kind.kind, reference), [], textOf(kind, change));
  });

  test(`${kind.kind}: each defect has AWS's message`, () => {
    for (const defect of kind.defects) assert.equal(messageOf(textOf(kind, defect), kind.kind), defect.message, textOf(kind, defect));
  });

  test(`${kind.kind}: of any two defects AWS's first is named`, () => {
    for (const a of kind.defects) {
      for (const b of kind.defects) {
        if (a.step >= b.step || !areApart(a, b)) continue;
        assert.equal(messageOf(textOf(kind, a, b), kind.kind), a.message, textOf(kind, a, b));
      }
    }
  });
}

/** Whether two changes touch nothing in common; one that takes the statements away leaves no room for another. */
function areApart(a: Change, b: Change): boolean {
  if ('Statement' in { ...a.document } || 'Statement' in { ...b.document }) return a.statement === undefined && b.statement === undefined;
  const touched = (change: Change): readonly string[] => [...Object.keys(change.document ?? {}), ...Object.keys(change.statement ?? {}).map((key) => key.replace(/^Not/, ''))];
  return !touched(a).some((key) => touched(b).includes(key));
}

test('what is no JSON, or no document, is refused in the words of each kind', () => {
  const words: Readonly<Record<PolicyKind, string>> = {
    identity: 'Syntax errors in policy.', boundary: 'Syntax errors in policy.', session: 'Syntax errors in policy.', trust: 'This policy contains invalid Json',
    resource: "Policies must be valid JSON and the first byte must be '{'", endpoint: "Policies must be valid JSON and the first byte must be '{'", bucket: "Policies must be valid JSON and the first byte must be '{'",
    scp: 'The provided policy document does not meet the requirements of the specified policy type.', rcp: 'The provided policy document does not meet the requirements of the specified policy type.',
  };
  for (const [kind, message] of Object.entries(words)) {
    // The keys are the kinds.
    for (const text of ['', '{', '[]', 'null', '"x"', '{"Version":"2012-10-17","Version":"2012-10-17"}', '\ufeff{}']) assert.equal(messageOf(text, kind as PolicyKind), message, `${kind} ${text}`);
  }
});
