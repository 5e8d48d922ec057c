/** docs/how-to/instances.md, typed as it stands there, with the AWS CLI, ssh and openssl, against a Gatehouse that runs real machines. */
import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { removeTree } from '../../src/doors/machines/machine-disk.ts';
import { consoleBlocks, section } from '../clients/console-blocks.ts';
import { shellSession } from '../clients/shell-session.ts';
import { clientEnvironment, typeShown } from '../clients/typed-document.ts';
import { root } from '../imports.ts';
import { machinesMissing } from '../machines/running.ts';
import { findOnPath, startProgram } from '../running.ts';

test('docs/how-to/instances.md does what it says', async (t) => {
  for (const name of ['aws', 'curl', 'openssl', 'ssh', 'sshd']) if (findOnPath(name) === undefined) return t.skip(`${name} IS NOT ON THE PATH: instances.md was not typed. Install it to run this test.`);
  const missing = await machinesMissing();
  if (missing !== undefined) return t.skip(`NO MACHINE CAN BE RUN HERE, so instances.md was not typed: ${missing}`);
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-page-'));
  const dataDir = join(folder, 'data');
  const program = await startProgram({ args: ['--port', '0', '--data-dir', dataDir], cwd: folder });
  const session = shellSession({ cwd: folder, env: { ...clientEnvironment(folder, dataDir), LAUNCHER: join(root, 'bin', 'gatehouse') }, folder });
  try {
    for (const heading of ['## Run one, and sign in', '## Ask the metadata service', '## Stop, start, terminate']) {
      for (const { commands } of consoleBlocks(section('docs/how-to/instances.md', heading))) {
        for (const command of commands) await typeShown(session, { ...command, command: command.command.replace('bin/gatehouse', '$LAUNCHER') });
      }
    }
  } finally {
    await session.close();
    assert.equal(await program.stop(), 0);
    await removeTree(folder);
  }
});
