/** The README's story of instances, typed as it stands there, with the real AWS CLI and ssh, against a Gatehouse that runs real machines. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync } from 'node:fs';
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

test('the README\'s story of instances does what it says', async (t) => {
  for (const name of ['aws', 'ssh']) if (findOnPath(name) === undefined) return t.skip(`${name} IS NOT ON THE PATH: the README's story of instances was not typed. Install it to run this test.`);
  const missing = (await machinesMissing()) ?? (existsSync('/usr/bin/aws') ? existsSync('/usr/sbin/sshd') ? undefined : 'no sshd' : 'no AWS CLI that an instance could run (/usr/bin/aws)');
  if (missing !== undefined) return t.skip(`THIS HOST CANNOT DO WHAT THE README'S STORY OF INSTANCES DOES, which was not typed: ${missing}.`);
  const story = consoleBlocks(section('README.md', '## Instances'));
  assert.equal(story.length, 7, 'two instances, start and stop, a role, inside, the key pair, the policy detached, regions');
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-instances-'));
  const dataDir = join(folder, 'data');
  const program = await startProgram({ args: ['--port', '0', '--data-dir', dataDir, '--git-ssh-port', '0'], cwd: folder });
  const session = shellSession({ cwd: root, env: clientEnvironment(folder, dataDir), folder });
  try {
    // Of the quick start, what becomes the administrator.
    for (const { commands } of [consoleBlocks(section('README.md', '## Quick start'))[0]!, ...story]) {
      for (const command of commands) await typeShown(session, command);
    }
  } finally {
    await session.close();
    assert.equal(await program.stop(), 0);
    await removeTree(folder);
  }
});
