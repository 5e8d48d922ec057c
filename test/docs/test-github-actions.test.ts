/** Runs every example of docs/how-to/test-github-actions.md, with the real AWS CLI: both programs started as the page says, the commands typed as they stand there. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { consoleBlocks, isAsShown } from '../clients/console-blocks.ts';
import { shellSession } from '../clients/shell-session.ts';
import { root } from '../imports.ts';
import { findOnPath, homeOf, plainEnvironment, searchPath, startProgram, startTestIssuer } from '../running.ts';

const page = readFileSync(join(root, 'docs', 'how-to', 'test-github-actions.md'), 'utf8');
const launcher = join(root, 'bin', 'gatehouse');
/** The lines of the page's blocks of that language. */
const lines = (language: string): readonly string[] => [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].flatMap(([, text]) => text!.trim().split('\n'));

test('the page on testing trust policies offline does what it says', async (t) => {
  if (findOnPath('aws') === undefined) return t.skip('THE AWS CLI IS NOT ON THE PATH: the page was not run.');
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-issuer-page-'));
  const env = plainEnvironment();
  // As the page has it, but on ports that are free.
  const [issuerStart, gatehouseStart, ...tokens] = lines('sh');
  assert.equal(issuerStart, 'gatehouse issuer start');
  mkdirSync(join(folder, '.gatehouse'));
  const issuer = await startTestIssuer(join(folder, '.gatehouse'));
  const args = gatehouseStart!.replace('http://127.0.0.1:4577', issuer.url).split(' ').slice(2);
  const program = await startProgram({ args: [...args, '--port', '0'], cwd: folder, env });
  const session = shellSession({ cwd: folder, folder, env: { ...env, ...homeOf(folder), PATH: [dirname(process.execPath), ...searchPath()].join(':'), AWS_CONFIG_FILE: join(folder, 'none'), AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none'), AWS_PAGER: '' } });
  try {
    writeFileSync(join(folder, 'trust.json'), lines('json').join('\n'));
    await session.type(`gatehouse() { '${process.execPath}' '${launcher}' "$@"; }`);
    for (const { command, output } of consoleBlocks(page).flatMap(({ commands }) => commands)) {
      const { lines: written } = await session.type(command);
      const seen = `$ ${command}\n${written.join('\n')}`;
      if (!command.startsWith('eval')) assert.equal(written.length, output.length, seen);
      for (const [i, shown] of output.entries()) assert.ok(isAsShown(written[i]!.replace(/^aws: \[ERROR\]: /, ''), shown), `the page shows\n${shown}\nand this was written:\n${seen}`);
    }
    assert.equal(statSync(join(folder, 'token')).mode & 0o777, 0o600);
    for (const command of tokens) {
      const { status, lines: [token] } = await session.type(command);
      assert.deepEqual([status, token?.split('.').length], [0, 3], command);
    }
    assert.match(program.logged(), /"issuer":"https:\/\/token\.actions\.githubusercontent\.com"/);
    // Without the test issuer's address its tokens are nobody's.
    assert.equal(spawnSync(process.execPath, [launcher, 'start', '--issuer-at', 'https://a.example=http://10.0.0.1:1'], { cwd: folder, env }).status, 2);
  } finally {
    await session.close();
    await issuer.stop();
    const code = await program.stop();
    rmSync(folder, { recursive: true });
    assert.equal(code, 0);
  }
});
