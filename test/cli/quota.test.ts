/** `gatehouse quota` against a running Gatehouse: quotas are listed, set, and refused beyond their bounds. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { runCommandLine } from '../../src/cli/command-line.ts';
import type { Commands } from '../../src/cli/commands.ts';
import { startProgram, type Program } from '../running.ts';
import { machine } from './machine.ts';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-quota-'));
const dataDir = join(folder, 'data');
let program: Program;
before(async () => { program = await startProgram({ args: ['--port', '0', '--data-dir', dataDir], cwd: folder }); });
after(async () => {
  await program.stop();
  rmSync(folder, { recursive: true });
});

const unexpected = () => { throw new Error('not asked for'); };
const commands: Commands = { start: unexpected, createAccount: unexpected, dataKeys: unexpected, repair: unexpected, recoverRoot: unexpected, findAction: unexpected, authorizationReference: unexpected };

async function quota(...args: readonly string[]) {
  using world = machine();
  const code = await runCommandLine(['quota', '--data-dir', dataDir, ...args], world, commands);
  return { code, ...world.said };
}

test('quotas are listed, one is set and shown', async () => {
  const all = await quota();
  assert.equal(all.code, 0);
  assert.match(all.stdout, /^RolesPerAccount +1000 {3}of a new account 1000, at most 50000$/m);
  assert.match((await quota('RolesPerAccount', '5000')).stdout, /^RolesPerAccount +5000 {3}of a new account 1000, at most 50000\n$/);
  assert.match((await quota('RolesPerAccount')).stdout, /^RolesPerAccount +5000 /);
});

test('what cannot be is refused: 2 for what was typed, 1 for what Gatehouse refuses', async () => {
  assert.deepEqual([(await quota('Nothing')).code, (await quota('RolesPerAccount', 'many')).code, (await quota('a', '1', '2')).code], [2, 2, 2]);
  const beyond = await quota('RolesPerAccount', '50001');
  assert.deepEqual(beyond, { code: 1, stdout: '', stderr: 'gatehouse: QuotaOutOfRange: RolesPerAccount can be 50000 at most.\n' });
});
