/** Runs what docs/how-to/sign-in.md shows, with the real AWS CLI and curl, against a Gatehouse; and holds its tables to the routes and refusals that there are. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { refusals } from '../../src/doors/signin/refusal.ts';
import { ownRoutes } from '../../src/server/own-routes.ts';
import { consoleBlocks, isAsShown } from '../clients/console-blocks.ts';
import { shellSession } from '../clients/shell-session.ts';
import { root } from '../imports.ts';
import { findOnPath, plainEnvironment, searchPath, startProgram } from '../running.ts';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-sign-in-page-'));
after(() => rmSync(folder, { recursive: true }));
const page = readFileSync(join(root, 'docs', 'how-to', 'sign-in.md'), 'utf8');

test('what the page shows is what is written', async (t) => {
  const absent = ['aws', 'curl'].filter((name) => findOnPath(name) === undefined);
  if (absent.length > 0) return t.skip(`NOT ON THE PATH: ${absent.join(', ')}. The page's examples were not run. Install them to run this test.`);
  const dataDir = join(folder, 'data');
  const program = await startProgram({ args: ['--port', '0', '--data-dir', dataDir], cwd: folder });
  const env = { ...plainEnvironment(), PATH: [join(root, 'bin'), dirname(process.execPath), ...searchPath()].join(':'), AWS_CONFIG_FILE: join(folder, 'none'), AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none'), AWS_PAGER: '', GATEHOUSE_DATA_DIR: dataDir, TMPDIR: folder };
  const session = shellSession({ cwd: folder, env, folder });
  let shown = 0;
  try {
    await session.type('eval "$(gatehouse env)"');
    for (const { commands } of consoleBlocks(page)) {
      for (const { command, output } of commands) {
        const { status, lines } = await session.type(command);
        const seen = `$ ${command}\n${lines.join('\n')}\n(exit status ${status})`;
        assert.equal(status !== 0, output.some((line) => line.startsWith('An error occurred')), seen);
        if (output.length === 0) continue;
        if (output.length > 1 || output[0] !== '…') assert.equal(lines.length, output.length, seen);
        for (const [i, expected] of output.entries()) assert.ok(isAsShown(lines[i]!.replace(/^aws: \[ERROR\]: /, ''), expected), `the page shows\n${expected}\nand this was written:\n${seen}`);
        shown++;
      }
    }
  } finally {
    await session.close();
    assert.equal(await program.stop(), 0);
  }
  assert.ok(shown >= 8);
});

test('each route of the door stands in the page, and each kind of refusal', () => {
  for (const [path, { methods, authentication }] of Object.entries(ownRoutes)) {
    if (!path.startsWith('/_gatehouse/signin/') || authentication === 'none' || authentication === 'page' || path === '/_gatehouse/signin/federated') continue;
    const name = path.replace('/_gatehouse/signin/', '');
    assert.ok(page.includes(`\`${methods[0]} ${name}\``) || page.includes(`\`${name}\``), `${path} is not described`);
  }
  for (const code of Object.keys(refusals)) assert.ok(page.includes(`\`${code}\``), `${code} is not described`);
});
