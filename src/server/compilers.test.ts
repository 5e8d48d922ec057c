/** The compiler in the middle is switched off, and nothing that was compiled before is compiled again by the next start. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';

const compilers = JSON.stringify(join(import.meta.dirname, 'compilers.ts'));

/** A program that calls `leaveOutMaglev`, with compiled code kept between its runs. */
function program(t: TestContext, before: string, after: string): (...switches: readonly string[]) => { readonly stdout: string; readonly stderr: string } {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-'));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'loaded.cjs'), 'module.exports = () => 1;\n');
  const file = join(folder, 'program.cjs');
  writeFileSync(file, `${before};\nimport(${compilers}).then(({ leaveOutMaglev }) => {\nleaveOutMaglev();\n${after}\n});\n`);
  const { NODE_OPTIONS: _, NODE_DISABLE_COMPILE_CACHE: __, ...inherited } = process.env;
  const env = { ...inherited, NODE_COMPILE_CACHE: join(folder, 'cache'), NODE_DEBUG_NATIVE: 'COMPILE_CACHE' };
  return (...switches) => spawnSync(process.execPath, [...switches, file], { encoding: 'utf8', env });
}

test('a server that is up runs without it, unless Node was told of it', (t) => {
  const run = program(t, '', `const isMaglevved = (work) => { %PrepareFunctionForOptimization(work); work(1); work(2); %OptimizeMaglevOnNextCall(work); work(3); return (%GetOptimizationStatus(work) & (1 << 4)) !== 0; };
    console.log(isMaglevved((a) => a + 1));`);
  assert.match(run('--allow-natives-syntax').stdout, /^false$/m);
  assert.match(run('--allow-natives-syntax', '--maglev').stdout, /^true$/m);
});

test('what was compiled before it is kept for the next start', (t) => {
  const run = program(t, `require('./loaded.cjs')`, '');
  run();
  const { stdout, stderr } = run();
  assert.match(stdout + stderr, /loaded\.cjs was accepted/);
});
