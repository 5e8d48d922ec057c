/** `gatehouse test FILE…`: runs files of policy tests, and reports in plain words or in TAP. */
import { relative, resolve } from 'node:path';
import { openApi } from './api-call.ts';
import type { Commands } from './commands.ts';
import { UsageError } from './option.ts';
import type { TestOptions } from './options.ts';
import { runPolicyTests, type TestResult } from './policy-tests.ts';
import type { TestFormat } from './test-formats.ts';
import type { World } from './world.ts';

/** A result, and the file that it is of. */
interface Reported extends TestResult { readonly file: string }

/** Resolves to 0 where every test passed, 1 where one did not. */
export async function testPolicies(options: TestOptions, args: readonly string[], world: World, commands: Pick<Commands, 'findAction'>): Promise<number> {
  if (args.length === 0) throw new UsageError('test needs files of policy tests');
  const callApi = openApi(options, world);
  const results: Reported[] = [];
  for (const arg of args) {
    const path = resolve(world.cwd, arg);
    const file = relative(world.cwd, path) || path;
    for (const result of await runPolicyTests(path, callApi, commands)) results.push({ ...result, file });
  }
  for (const { file, name, notes } of results) for (const note of notes) world.stderr.write(`gatehouse: ${file}: "${name}": ${note}\n`);
  world.stdout.write(reports[options.format](results));
  return results.every(({ isPassed }) => isPassed) ? 0 : 1;
}

const indented = (text: string, by: string): string => text.trimEnd().split('\n').map((line) => (line === '' ? '' : `${by}${line}`)).join('\n');

const reports: Readonly<Record<TestFormat, (results: readonly Reported[]) => string>> = {
  plain(results) {
    const lines = results.map(({ file, name, isPassed, report }) => `${isPassed ? 'ok  ' : 'FAIL'} ${file}: ${name}\n${isPassed ? '' : `${indented(report, '     ')}\n\n`}`);
    const failed = results.filter(({ isPassed }) => !isPassed).length;
    return `${lines.join('')}\n${results.length - failed} passed, ${failed} failed\n`;
  },
  // Source: "TAP version 14 specification" (testanything.org): `#` and `\` in a description are escaped, diagnostics are YAML.
  tap(results) {
    const lines = results.map(({ file, name, isPassed, report }, index) => `${isPassed ? 'ok' : 'not ok'} ${index + 1} - ${escapeTap(`${file}: ${name}`)}\n${isPassed ? '' : `  ---\n  message: |-\n${indented(report, '    ')}\n  ...\n`}`);
    return `TAP version 14\n1..${results.length}\n${lines.join('')}`;
  },
};

const escapeTap = (text: string): string => text.replaceAll(/[\\#]/g, (mark) => `\\${mark}`).replaceAll(/\s+/g, ' ');
