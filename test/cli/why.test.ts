/** `gatehouse why` against a running Gatehouse: what was denied is listed, explained, and told to nobody who may not see it. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { runCommandLine } from '../../src/cli/command-line.ts';
import type { Commands } from '../../src/cli/commands.ts';
import { findAccessKey } from '../../src/cli/credentials-file.ts';
import { startProgram, type Program } from '../running.ts';
import { machine } from './machine.ts';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-why-'));
const dataDir = join(folder, 'data');
let program: Program;
before(async () => { program = await startProgram({ args: ['--port', '0', '--data-dir', dataDir, '--account-id', '111122223333'], cwd: folder }); });
after(async () => {
  await program.stop();
  rmSync(folder, { recursive: true });
});

const unexpected = () => { throw new Error('not asked for'); };
const commands: Commands = { start: unexpected, createAccount: unexpected, dataKeys: unexpected, repair: unexpected, recoverRoot: unexpected, findAction: unexpected, authorizationReference: unexpected };

async function why(...args: readonly string[]) {
  using world = machine();
  const code = await runCommandLine(['why', '--data-dir', dataDir, ...args], world, commands);
  return { code, ...world.said };
}

/** A request that is denied, and its authorization id. */
async function denied(): Promise<string> {
  const credentials = findAccessKey(readFileSync(join(dataDir, 'credentials'), 'utf8'), 'default')!;
  const sts = new STSClient({ endpoint: program.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
  const error = await sts.send(new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::444455556666:role/vault', RoleSessionName: 'test' })).then(() => assert.fail('it is denied'), (thrown: unknown) => thrown);
  const { $response: response } = error as { readonly $response: { readonly headers: Readonly<Record<string, string>> } };
  return response.headers['x-gatehouse-authorization-id']!;
}

test('before anything was denied, why says so', async () => {
  assert.deepEqual(await why(), { code: 0, stdout: 'Nothing was denied of late.\n', stderr: '' });
  assert.deepEqual(await why('last'), { code: 1, stdout: '', stderr: 'gatehouse: nothing was denied of late\n' });
});

test('a denial is listed, explained by its id and as the last one, and written as JSON', async () => {
  const id = await denied();
  const listed = await why();
  assert.match(listed.stdout, new RegExp(`^\\S+Z {2}${id} {2}arn:aws:iam::111122223333:user/admin {2}sts:AssumeRole {2}arn:aws:iam::444455556666:role/vault\n`));
  const explained = await why(id);
  assert.deepEqual([explained.code, explained.stderr], [0, '']);
  assert.match(explained.stdout, /^\S+Z {2}sts:AssumeRole {2}request \S+\nUser: arn:aws:iam::111122223333:user\/admin is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::444455556666:role\/vault\n\nDenied on the side of account 444455556666/);
  assert.equal((await why('last')).stdout, explained.stdout);
  const { denial, explanation } = JSON.parse((await why(id, '--json')).stdout) as { denial: { AuthorizationId: string }; explanation: { layers: readonly object[] } };
  assert.deepEqual([denial.AuthorizationId, explanation.layers.length], [id, 1]);
});

test('what is no id, no denial, or no Gatehouse is said to be so', async () => {
  assert.deepEqual(await why('abc'), { code: 2, stdout: '', stderr: 'gatehouse: abc is no authorization id: it is the request id that the SDKs show of an error, and stands in the request log and in the audit record\n' });
  const absent = '00000000-0000-4000-8000-000000000000';
  assert.deepEqual(await why(absent), { code: 1, stdout: '', stderr: `gatehouse: there is no denial ${absent} in this account, or it is no longer kept\n` });
  assert.match((await why('--profile', 'nobody')).stderr, /has no access key for the profile nobody/);
});

test('a Gatehouse that is stopped is said to be so', async () => {
  await program.stop();
  const { code, stdout, stderr } = await why();
  assert.deepEqual([code, stdout], [1, '']);
  assert.match(stderr, /gatehouse: nothing answers at http:\/\/127\.0\.0\.1:\d+; start it with `gatehouse start`\n$/);
  program = await startProgram({ args: ['--port', '0', '--data-dir', dataDir], cwd: folder });
});

test('a denial can be explained after a restart', async () => {
  const id = await denied();
  await program.stop();
  program = await startProgram({ args: ['--port', '0', '--data-dir', dataDir], cwd: folder });
  assert.equal((await why(id)).code, 0);
});
