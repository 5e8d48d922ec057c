/** Runs every example of docs/how-to/policy-tests.md: its files are written, its commands typed, and what the page shows is what is written. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { consoleBlocks, isAsShown } from '../clients/console-blocks.ts';
import { root } from '../imports.ts';
import { plainEnvironment, startProgram, type Program } from '../running.ts';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-policy-tests-'));
const page = readFileSync(join(root, 'docs', 'how-to', 'policy-tests.md'), 'utf8');
const launcher = join(root, 'bin', 'gatehouse');

let program: Program;
before(async () => {
  // A file is named in the line before it.
  const files = [...page.matchAll(/`([\w/-]+\.(?:yaml|json))`[^`\n]*:\n\n```(?:yaml|json)\n([\s\S]*?)```/g)];
  assert.equal(files.length, page.match(/```(?:yaml|json)\n/g)?.length, 'every file of the page has a name');
  for (const [, name = '', text = ''] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  program = await startProgram({ args: ['--port', '0'], cwd: folder });
});
after(async () => {
  await program.stop();
  rmSync(folder, { recursive: true });
});

for (const { command, output } of consoleBlocks(page).flatMap(({ commands }) => commands)) {
  test(`${command} writes what the page shows`, () => {
    const { stdout, stderr } = spawnSync('bash', ['-c', `gatehouse() { "${process.execPath}" "${launcher}" "$@"; }; ${command}`], { cwd: folder, encoding: 'utf8', env: plainEnvironment() });
    const lines = stdout.split('\n').filter((line) => line.trim() !== '');
    const seen = `$ ${command}\n${stdout}${stderr}`;
    assert.equal(lines.length, output.length, seen);
    for (const [i, shown] of output.entries()) assert.ok(isAsShown(lines[i]!, shown), `the page shows\n${shown}\nand this was written:\n${seen}`);
  });
}
