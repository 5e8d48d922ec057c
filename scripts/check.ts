/** Everything that must hold before a change lands: types, lint, and every test. Its last line sums it up, its exit code says whether it may land. */

//   check.ts              all of it
//   check.ts --core       only the tests of src/ and of what src/ promises, for a run on another Node
//   check.ts WORD…        only the tests whose path contains one of the words

import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { getCompileCacheDir } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { run } from 'node:test';
import { inspect } from 'node:util';

const root = resolve(import.meta.dirname, '..');

/** Tests beside the core: of clients, of the console, of the pages that are typed, of the package, of the repository itself. They need more than a Node. */
const beyondCore = [/^test\/clients\//, /^test\/types\//, /^test\/cli\//, /^test\/console\//, /^test\/docs\//, /^test\/(?:tidy|package)\.test\.ts$/];

/** No file of tests takes this long, not even Terraform's where others use the machine too; one that hangs fails. */
const testTimeoutMs = 300_000;

/** Nor do all of them together. What still runs then, because it left something open, is ended and fails. */
const wholeTimeoutMs = 1_200_000;

/** The checks that are programs of their own. */
const programs = [
  { name: 'types', command: 'tsc', args: ['--noEmit', '-p', '.'] },
  { name: 'lint', command: 'oxlint', args: ['--deny-warnings'] },
] as const;

interface Sums { passed: number; failed: number; skipped: number }

const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const isCore = process.argv.includes('--core');
const unknown = process.argv.slice(2).find((word) => word.startsWith('--') && word !== '--core');

function testFiles(): readonly string[] {
  const files = globSync(['src/**/*.test.ts', 'test/**/*.test.ts'], { cwd: root }).sort();
  return files
    .filter((file) => !isCore || !beyondCore.some((pattern) => pattern.test(file)))
    .filter((file) => words.length === 0 || words.some((word) => file.includes(word)));
}

function runProgram({ name, command, args }: (typeof programs)[number], sums: Sums): void {
  const { status, error } = spawnSync(join(root, 'node_modules', '.bin', command), args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (error) console.error(error.message);
  const isPassed = status === 0;
  sums[isPassed ? 'passed' : 'failed'] += 1;
  console.log(`${isPassed ? 'ok  ' : 'FAIL'} ${name}`);
}

/** Runs the files two at a time, says a line for each, and at the end what failed and what was skipped, with the reasons. */
async function runTests(files: readonly string[], sums: Sums): Promise<void> {
  // A process that was started for the tests uses the compiled code of the ones before it.
  const compiled = getCompileCacheDir();
  if (compiled !== undefined) process.env.NODE_COMPILE_CACHE ??= compiled;
  const failures: string[] = [];
  const skips: string[] = [];
  const stream = run({ files: files.map((file) => join(root, file)), concurrency: 2, timeout: testTimeoutMs, signal: AbortSignal.timeout(wholeTimeoutMs), cwd: root });
  stream.on('test:stderr', ({ message }) => { process.stderr.write(message); });
  stream.on('test:fail', ({ name, file, line, details }) => {
    if ('failureType' in details.error && details.error.failureType === 'subtestsFailed') return;
    failures.push(`${place(file, line)}  ${name}\n${inspect(details.error.cause ?? details.error).replaceAll(/^/gm, '    ')}`);
  });
  stream.on('test:pass', ({ name, file, line, skip }) => {
    if (skip !== undefined && skip !== false) skips.push(`${place(file, line)}  ${name}: ${skip === true ? 'NO REASON GIVEN' : skip}`);
  });
  stream.on('test:summary', ({ file, counts, duration_ms: ms, success }) => {
    if (file === undefined) {
      sums.passed += counts.passed;
      sums.skipped += counts.skipped + counts.todo;
      sums.failed += counts.tests - counts.passed - counts.skipped - counts.todo;
    } else {
      console.log(`${success ? 'ok  ' : 'FAIL'} ${relative(root, file)}  (${counts.passed} passed, ${(ms / 1000).toFixed(1)} s)`);
    }
  });
  for await (const _ of stream);
  for (const skip of skips) console.log(`skipped  ${skip}`);
  for (const failure of failures) console.log(`\nFAILED  ${failure}`);
}

const place = (file: string | undefined, line: number | undefined): string => `${file === undefined ? '?' : relative(root, file)}:${line ?? 0}`;

async function check(): Promise<number> {
  if (unknown !== undefined) {
    console.error(`check: unknown flag ${unknown}`);
    return 2;
  }
  const sums: Sums = { passed: 0, failed: 0, skipped: 0 };
  if (!isCore && words.length === 0) for (const program of programs) runProgram(program, sums);
  const files = testFiles();
  if (files.length === 0) {
    console.error('check: no such tests');
    return 2;
  }
  await runTests(files, sums);
  console.log(`\n${sums.passed} passed, ${sums.failed} failed${sums.skipped > 0 ? `, ${sums.skipped} skipped` : ''}`);
  return sums.failed === 0 ? 0 : 1;
}

process.exitCode = await check();
