/** The policies that AWS manages, some 1,500 by other authors: each is understood whole, and a check finds little in them. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openAuthorizationReference } from '../../src/base/authorization-reference.ts';
import { compilePolicy } from '../../src/policy/compile.ts';
import { readDocument } from '../../src/policy/document.ts';
import { lintPolicy } from '../../src/policy/lint/lint.ts';
import { validatePolicy } from '../../src/policy/validate/validate.ts';
import { openAwsManagedPolicies } from '../../src/store/aws-managed-policies.ts';

const data = (name: string): string => join(import.meta.dirname, '..', '..', 'data', name);
const reference = openAuthorizationReference(() => JSON.parse(readFileSync(data('authorization-reference.json'), 'utf8')));
const documents = openAwsManagedPolicies(data('aws-managed-policies.json')).all().map(({ PolicyName, version }) => ({ name: PolicyName, document: version.Document }));

test('each is read whole: no statement is left out, none denies because it is not understood', () => {
  assert.ok(documents.length > 1_400, String(documents.length));
  for (const { name, document } of documents) {
    const { statements, problems } = readDocument(document);
    assert.deepEqual([...problems, ...statements.flatMap((statement) => statement.problems)], [], name);
    assert.equal(compilePolicy(document, 'identity').statements.length, statements.length, name);
  }
});

test('none is what AWS would refuse to store, and what else is found in them are words that AWS no longer lists', () => {
  for (const { name, document } of documents) assert.deepEqual(validatePolicy(document, 'identity'), [], name);
  const errors = new Map<string, number>();
  // A check takes some milliseconds: every fifth policy tells as much as all.
  for (const { document } of documents.filter((_, i) => i % 5 === 0)) {
    for (const { type, code } of lintPolicy(document, 'identity', reference)) if (type === 'ERROR') errors.set(code, (errors.get(code) ?? 0) + 1);
  }
  const few: Readonly<Record<string, number>> = { INVALID_ACTION: 30, INVALID_SERVICE_IN_ACTION: 40, INVALID_SERVICE_CONDITION_KEY: 3, INVALID_SERVICE: 3, MISSING_QUALIFIER: 3, INVALID_ARN_RESOURCE: 3 };
  for (const [code, count] of errors) assert.ok(count <= (few[code] ?? 0), `${count} × ${code}`);
});
