/** The package as a stranger gets it: packed, installed in an empty folder, started, asked, stopped. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { root } from './imports.ts';
import { findOnPath, plainEnvironment, startProgram } from './running.ts';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-package-'));
const installed = join(folder, 'node_modules', 'gatehouse-iam');
const launcher = join(installed, 'bin', 'gatehouse');
after(() => rmSync(folder, { recursive: true }));

function npm(cwd: string, ...args: readonly string[]): string {
  return execFileSync('npm', args, { cwd, encoding: 'utf8', env: plainEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
}

/** The lockfile of a folder that depends on the tarball alone: what it uses is in it, so npm needs no network. */
function lockfileOf(tarball: string): unknown {
  const { bin }: { bin: unknown } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return {
    name: 'empty', lockfileVersion: 3, requires: true,
    packages: {
      '': { name: 'empty', dependencies: { 'gatehouse-iam': `file:${tarball}` } },
      'node_modules/gatehouse-iam': { version: '0.0.0', resolved: `file:${tarball}`, bin },
    },
  };
}

before(() => {
  const [packed]: { filename: string }[] = JSON.parse(npm(root, 'pack', '--json', '--silent', '--pack-destination', folder));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'empty', private: true, dependencies: { 'gatehouse-iam': `file:${packed!.filename}` } }));
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lockfileOf(packed!.filename)));
  npm(folder, 'ci', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts');
});

test('the package depends on no other: what it uses is in it', () => {
  assert.equal(JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')).dependencies, undefined);
  assert.deepEqual(readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.')), ['gatehouse-iam']);
});

test('the package holds the built program, its data and its papers, and nothing else', () => {
  assert.deepEqual(readdirSync(installed).sort(), ['CHANGELOG.md', 'LICENSE', 'NOTICE', 'README.md', 'bin', 'data', 'dist', 'models', 'package.json']);
  assert.deepEqual(readdirSync(join(installed, 'dist')).sort(), ['LICENSES', 'console', 'policy', 'program']);
  const files = ['data', 'dist', 'models'].flatMap((folder) => readdirSync(join(installed, folder), { recursive: true, encoding: 'utf8' }));
  assert.deepEqual(files.filter((file) => /(?<!\.d)\.ts$|\.test\./.test(file)), []);
});

test('what the program is built from is readable, and each package in it has its licence there', () => {
  const program = join(installed, 'dist', 'program');
  const text = readdirSync(program).map((file) => readFileSync(join(program, file), 'utf8')).join('\n');
  assert.match(text, /^\/\/ src\/server\/start\.ts$/m);
  assert.match(text, /^"use strict";$/m);
  assert.doesNotMatch(text, /[^\x00-\x7f]/);
  const packages = new Set([...text.matchAll(/^\/\/ node_modules\/((?:@[^/]+\/)?[^/]+)\//gm)].map(([, name]) => name!));
  const licences = readFileSync(join(installed, 'dist', 'LICENSES'), 'utf8');
  const shown = new Set([...licences.matchAll(/^((?:@[\w.-]+\/)?[\w.-]+) \d+\.\d+\.\d+ \(/gm)].map(([, name]) => name!));
  assert.ok(packages.has('commander'));
  assert.deepEqual([...packages].filter((name) => !shown.has(name)), []);
});

test('the console is in the package, with the licences of what it is built from, and with no map of its sources', () => {
  const console = join(installed, 'dist', 'console');
  const files = readdirSync(console, { recursive: true, encoding: 'utf8' });
  assert.ok(files.includes('index.html') && files.includes('index.html.br') && files.some((file) => /^assets\/index-[\w-]+\.js$/.test(file)));
  assert.deepEqual(files.filter((file) => file.endsWith('.map')), []);
  const licences = readFileSync(join(console, 'LICENSES'), 'utf8');
  for (const name of ['react', 'react-dom', '@cloudscape-design/components', '@aws-sdk/client-iam']) assert.ok(licences.includes(`\n${name} `), name);
});

test('the installed program starts, answers, and stops when it is told to', async () => {
  const program = await startProgram({ launcher, args: ['--port', '0'], cwd: folder });
  try {
    assert.match(program.said, /A new account was made:/);
    const answer = await fetch(`${program.endpoint}/health`);
    assert.equal(answer.status, 200, await answer.text());
    const [, script = ''] = /src="([^"]+)"/.exec(readFileSync(join(installed, 'dist', 'console', 'index.html'), 'utf8')) ?? [];
    const asset = await fetch(`${program.endpoint}${script}`);
    assert.deepEqual([asset.status, asset.headers.get('content-type'), asset.headers.get('cache-control')], [200, 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable']);
  } finally {
    assert.equal(await program.stop(), 0);
  }
});

test('the library is imported by its name, decides, and has types that hold', () => {
  const program = `import { evaluate } from 'gatehouse-iam/policy';
const verdict = evaluate({ action: 's3:GetObject', resource: 'arn:aws:s3:::logs/a' }, { identity: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::logs/*' }] } });
process.stdout.write(JSON.stringify(verdict));`;
  writeFileSync(join(folder, 'use.mjs'), program);
  const { stdout, stderr } = spawnSync(process.execPath, ['use.mjs'], { cwd: folder, encoding: 'utf8', env: plainEnvironment() });
  assert.equal(stdout, '{"isAllowed":true,"outcome":"allowed","layer":"identity","statement":{"policy":"identity policy","index":0}}', stderr);
  writeFileSync(join(folder, 'use.mts'), `import { evaluate, lint, type LintFinding, type Verdict } from 'gatehouse-iam/policy';
const verdict: Verdict = evaluate({ action: 's3:GetObject' }, {});
// @ts-expect-error: a request says what it wants to do
evaluate({ resource: '*' }, {});
export const isAllowed: boolean = verdict.isAllowed;
export const findings: readonly LintFinding[] = lint({}, {});
`);
  const checked = spawnSync(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), 'use.mts', '--ignoreConfig', '--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', '--lib', 'es2024', '--types', ''], { cwd: folder, encoding: 'utf8' });
  assert.equal(checked.status, 0, checked.stdout);
  assert.doesNotMatch(readFileSync(join(installed, 'dist', 'policy', 'library.js'), 'utf8'), /\bfrom ["']|\brequire\(|\bimport\(/, 'it stands alone');
});

test('what AWS lists of its services is imported by its name, and the library takes it', () => {
  writeFileSync(join(folder, 'lint.mjs'), `import { lint } from 'gatehouse-iam/policy';
import services from 'gatehouse-iam/authorization-reference.json' with { type: 'json' };
process.stdout.write(lint({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:Nothing', Resource: '*' }] }, services).map(({ code }) => code).join());`);
  const { stdout, stderr } = spawnSync(process.execPath, ['lint.mjs'], { cwd: folder, encoding: 'utf8', env: plainEnvironment() });
  assert.equal(stdout, 'INVALID_ACTION', stderr);
});

test('installed, a start under a Node that is too old says which Node it needs', (t) => {
  const node = findOnPath('node');
  const version = node === undefined ? '' : execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  if (!/^v(?:2[0-3]|24\.[0-6])\./.test(version)) return t.skip(`the machine's own Node is ${version || 'missing'}, and from 24.7 on it would run`);
  const { status, stderr } = spawnSync(node!, [launcher, 'start'], { cwd: folder, encoding: 'utf8', env: plainEnvironment() });
  assert.equal(status, 1);
  assert.match(stderr, new RegExp(String.raw`^gatehouse: this is Node ${version.slice(1)}; Gatehouse needs Node 24\.7 or newer\.`));
});
