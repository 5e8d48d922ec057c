/** docs/how-to/databases.md, typed as it stands there, with the AWS CLI and psql, in front of a real PostgreSQL. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { consoleBlocks, section } from '../clients/console-blocks.ts';
import { shellSession } from '../clients/shell-session.ts';
import { clientEnvironment, typeShown } from '../clients/typed-document.ts';
import { root } from '../imports.ts';
import { findPostgres, freePort, startPostgres } from '../rds/postgres-server.ts';
import { findOnPath, startProgram } from '../running.ts';

test('docs/how-to/databases.md does what it says', async (t) => {
  const programs = findPostgres();
  for (const [name, found] of [['aws', findOnPath('aws')], ['psql', findOnPath('psql')], ['PostgreSQL', programs]] as const) if (found === undefined) return t.skip(`${name} IS NOT ON THE MACHINE: databases.md was not typed. Install it to run this test.`);
  const [block, ...others] = consoleBlocks(section('docs/how-to/databases.md', '## Register it, and connect'));
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-page-'));
  const dataDir = join(folder, 'data');
  const server = await startPostgres(programs!);
  const port = await freePort();
  const program = await startProgram({ args: ['--port', '0', '--data-dir', dataDir, '--database-server', `main=127.0.0.1:${server.port}`, '--database-ports', `${port}-${port}`], cwd: folder });
  const session = shellSession({ cwd: root, env: { ...clientEnvironment(folder, dataDir), MASTER_PASSWORD: server.password, SERVER_PORT: String(server.port) }, folder });
  try {
    for (const { commands } of [block!, ...others]) for (const command of commands) await typeShown(session, command);
  } finally {
    await session.close();
    assert.equal(await program.stop(), 0);
    await server.stop();
    rmSync(folder, { recursive: true });
  }
});
