/** docs/how-to/outbound-identity.md: its commands, typed as they stand there, with the real AWS CLI and curl. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { consoleBlocks, section } from '../clients/console-blocks.ts';
import { shellSession } from '../clients/shell-session.ts';
import { clientEnvironment, typeShown } from '../clients/typed-document.ts';
import { root } from '../imports.ts';
import { findOnPath, startProgram } from '../running.ts';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-outbound-'));
const dataDir = join(folder, 'data');
after(() => rmSync(folder, { recursive: true }));

test('the page on outbound identity does what it says', async (t) => {
  for (const name of ['aws', 'curl']) if (findOnPath(name) === undefined) return t.skip(`${name} IS NOT ON THE PATH: the page was not typed. Install it to run this test.`);
  const blocks = ['## Switch it on', '## Where the issuer is', '## Keys'].flatMap((heading) => consoleBlocks(section('docs/how-to/outbound-identity.md', heading)));
  assert.equal(blocks.length, 3);
  const program = await startProgram({ args: ['--port', '0', '--data-dir', dataDir], cwd: folder });
  const session = shellSession({ cwd: root, env: clientEnvironment(folder, dataDir), folder });
  try {
    for (const { commands } of blocks) for (const command of commands) await typeShown(session, command);
  } finally {
    await session.close();
    assert.equal(await program.stop(), 0);
  }
});
