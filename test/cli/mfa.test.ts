/** `gatehouse mfa` against a running Gatehouse: tokens are imported from a file, listed and deleted. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { runCommandLine } from '../../src/cli/command-line.ts';
import type { Commands } from '../../src/cli/commands.ts';
import { startProgram, type Program } from '../running.ts';
import { machine } from './machine.ts';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-mfa-'));
const dataDir = join(folder, 'data');
const seed = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
let program: Program;
before(async () => { program = await startProgram({ args: ['--port', '0', '--data-dir', dataDir], cwd: folder }); });
after(async () => {
  await program.stop();
  rmSync(folder, { recursive: true });
});

const unexpected = () => { throw new Error('not asked for'); };
const commands: Commands = { start: unexpected, createAccount: unexpected, dataKeys: unexpected, repair: unexpected, recoverRoot: unexpected, findAction: unexpected, authorizationReference: unexpected };

async function mfa(...args: readonly string[]) {
  using world = machine();
  const code = await runCommandLine(['mfa', '--data-dir', dataDir, ...args], world, commands);
  return { code, ...world.said };
}

function fileOf(text: string): string {
  const path = join(folder, 'tokens.csv');
  writeFileSync(path, text);
  return path;
}

test('tokens are imported from a file, listed and deleted', async () => {
  const imported = await mfa('import', fileOf(`# our tokens\nGAHT00000001,${seed}\r\n\nGAHT00000002, ${seed.toLowerCase().replace(/(.{4})/g, '$1 ')}\n`));
  assert.deepEqual(imported, { code: 0, stdout: '2 tokens imported. Delete the file: the seeds in it are secrets.\n', stderr: '' });
  assert.equal((await mfa('list')).stdout, 'GAHT00000001              nobody\nGAHT00000002              nobody\n');
  assert.equal((await mfa('delete', 'GAHT00000002')).stdout, 'GAHT00000002 is deleted.\n');
  assert.equal((await mfa('list')).stdout, 'GAHT00000001              nobody\n');
});

test('nothing is sent of a file with a line that is no token, and no message holds a seed', async () => {
  const broken = await mfa('import', fileOf(`GAHT00000003,${seed}\nGAHT00000004;${seed}\n`));
  assert.equal(broken.code, 2);
  assert.match(broken.stderr, /tokens\.csv:2: a line is SERIAL,SEED/);
  const taken = await mfa('import', fileOf(`GAHT00000005,${seed}\nGAHT00000001,${seed}\n`));
  assert.deepEqual([taken.code, /HardwareMFADeviceAlreadyExists.*\(1 of 2 tokens were imported\)/.test(taken.stderr)], [1, true], taken.stderr);
  for (const { stderr } of [broken, taken]) assert.ok(!stderr.includes(seed));
  assert.doesNotMatch((await mfa('list')).stdout, /GAHT0000000[34]/);
});

test('what is no word of it is a mistake', async () => {
  for (const args of [[], ['import'], ['list', 'x'], ['delete'], ['constructor'], ['import', join(folder, 'absent')], ['import', fileOf('')]]) assert.equal((await mfa(...args)).code, 2, args.join(' '));
});
