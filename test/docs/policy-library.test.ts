/** Runs every example of docs/how-to/policy-library.md: what the page shows is what is written. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { root } from '../imports.ts';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-library-'));
after(() => rmSync(folder, { recursive: true }));

const library = pathToFileURL(join(root, 'src', 'policy', 'library.ts')).href;
const services = pathToFileURL(join(root, 'data', 'authorization-reference.json')).href;
const page = readFileSync(join(root, 'docs', 'how-to', 'policy-library.md'), 'utf8');
const examples = [...page.matchAll(/```js\n([\s\S]*?)```\n+```text\n([\s\S]*?)```/g)].map(([, code = '', output = '']) => ({ code, output }));

test('each example of the page shows its output', () => {
  assert.equal(examples.length, page.match(/```js\n/g)?.length);
  assert.ok(examples.length >= 4);
});

for (const [index, { code, output }] of examples.entries()) {
  test(`example ${index + 1} writes what the page shows`, () => {
    const file = join(folder, `example-${index}.mjs`);
    writeFileSync(file, code.replaceAll("'gatehouse-iam/policy'", `'${library}'`).replaceAll("'gatehouse-iam/authorization-reference.json'", `'${services}'`));
    const { stdout, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' });
    assert.equal(stdout.trimEnd(), output.trimEnd(), stderr);
  });
}
