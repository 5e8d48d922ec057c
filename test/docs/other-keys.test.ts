/** The README's story of SSH keys, certificates and database tokens, typed as it stands there, with the real AWS CLI, git, ssh and psql, in front of a real PostgreSQL. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { consoleBlocks, section } from '../clients/console-blocks.ts';
import { shellSession } from '../clients/shell-session.ts';
import { clientEnvironment, typeShown } from '../clients/typed-document.ts';
import { root } from '../imports.ts';
import { findPostgres, freePortPair, startPostgres } from '../rds/postgres-server.ts';
import { findOnPath, startProgram } from '../running.ts';

/** Where alice and her access key are made: the story goes on from there. */
const quickStartBlocks = 2;

test('the README\'s story of keys of other kinds does what it says', async (t) => {
  const programs = findPostgres();
  for (const [name, found] of [...['aws', 'git', 'ssh', 'ssh-keygen', 'psql'].map((program) => [program, findOnPath(program)] as const), ['PostgreSQL', programs] as const]) {
    if (found === undefined) return t.skip(`${name} IS NOT ON THE MACHINE: the README's story of keys of other kinds was not typed. Install it to run this test.`);
  }
  const story = consoleBlocks(section('README.md', '## Keys of other kinds'));
  assert.equal(story.length, 4, 'Git, a device, its certificate revoked, a database');
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-other-keys-'));
  const dataDir = join(folder, 'data');
  const server = await startPostgres(programs!);
  const first = await freePortPair();
  const program = await startProgram({ args: ['--port', '0', '--data-dir', dataDir, '--git-ssh-port', '0', '--database-server', `main=127.0.0.1:${server.port}`, '--database-ports', `${first}-${first + 1}`], cwd: folder });
  const session = shellSession({ cwd: root, env: { ...clientEnvironment(folder, dataDir), MASTER_PASSWORD: server.password, SERVER_PORT: String(server.port) }, folder });
  try {
    for (const { commands } of [...consoleBlocks(section('README.md', '## Quick start')).slice(0, quickStartBlocks), ...story]) {
      for (const command of commands) await typeShown(session, command);
    }
  } finally {
    await session.close();
    assert.equal(await program.stop(), 0);
    await server.stop();
    rmSync(folder, { recursive: true });
  }
});
