/** `gatehouse recover root`, beside a running Gatehouse and without one: the old password and session end, the new password is for one sign-in, lost devices are off, all of it is recorded. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { root } from '../imports.ts';
import { plainEnvironment, startProgram } from '../running.ts';
import type { Program } from '../running.ts';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-recover-'));
after(() => rmSync(folder, { recursive: true }));
const dataDir = join(folder, 'data');
const account = '111122223333';

const gatehouse = (...args: readonly string[]) => spawnSync(process.execPath, [join(root, 'bin', 'gatehouse'), ...args], { cwd: folder, encoding: 'utf8', env: plainEnvironment() });
const rootPassword = (): string => readFileSync(join(dataDir, `root-password-${account}`), 'utf8').trim();

interface Answer { readonly status: number; readonly value: Record<string, unknown>; readonly cookie: string }

async function post({ endpoint }: Program, route: string, value: object, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(`${endpoint}/_gatehouse/signin/${route}`, { method: 'POST', body: JSON.stringify(value), headers: { Origin: endpoint, 'Content-Type': 'application/json', ...headers } });
  const text = await response.text();
  return { status: response.status, value: text === '' ? {} : JSON.parse(text), cookie: response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]!).join('; ') };
}

const signIn = (program: Program, password: string) => post(program, 'password', { kind: 'root', email: 'root@localhost', password });

test('root is let in again', async () => {
  let program = await startProgram({ args: ['--port', '0', '--data-dir', dataDir, '--account-id', account], cwd: folder });
  try {
    assert.match(program.said, /^ {2}http:\/\/localhost:\d+\/_gatehouse\/console\/$/m);
    const first = await signIn(program, rootPassword());
    const own = await post(program, 'new-password', { flow: first.value['flow'], oldPassword: rootPassword(), newPassword: 'Root-Password-9' });
    assert.equal(own.value['step'], 'signedIn');

    assert.deepEqual([gatehouse('recover', 'root', '--data-dir', dataDir).status, gatehouse('recover', 'root', '--data-dir', dataDir).stderr], [2, 'gatehouse: say what was lost: --password, --mfa, or both\n']);
    const recovered = gatehouse('recover', 'root', '--password', '--mfa', '--data-dir', dataDir);
    assert.equal(recovered.status, 0, recovered.stderr);
    assert.match(recovered.stdout, /^Root can sign in again:\n\n {2}Account +111122223333\n {2}Root +root@localhost\n {2}Root password +in .*root-password-111122223333/);
    assert.ok(!recovered.stdout.includes(rootPassword()));
    assert.equal(statSync(join(dataDir, `root-password-${account}`)).mode & 0o777, 0o600);

    const { headers } = { headers: { Cookie: own.cookie } };
    assert.equal((await fetch(`${program.endpoint}/_gatehouse/signin/session`, { headers })).status, 401, 'the session has ended in the running process');
    assert.equal((await signIn(program, 'Root-Password-9')).value['error'], 'AuthenticationFailed');
    const again = await signIn(program, rootPassword());
    assert.equal(again.value['step'], 'newPassword');
    assert.equal((await post(program, 'new-password', { flow: again.value['flow'], oldPassword: rootPassword(), newPassword: 'Root-Password-10' })).value['step'], 'signedIn');
  } finally {
    assert.equal(await program.stop(), 0);
  }
  assert.equal(gatehouse('recover', 'root', '--password', '--data-dir', dataDir, '--account-id', account).status, 0);
  const unknown = gatehouse('recover', 'root', '--password', '--data-dir', dataDir, '--account-id', '999988887777');
  assert.deepEqual([unknown.status, unknown.stderr], [1, 'gatehouse: There is no account 999988887777.\n']);
  const nowhere = gatehouse('recover', 'root', '--password', '--data-dir', join(folder, 'nowhere'));
  assert.deepEqual([nowhere.status, readdirSync(folder)], [1, ['data']]);
  program = await startProgram({ args: ['--port', '0', '--data-dir', dataDir], cwd: folder });
  try {
    assert.equal((await signIn(program, rootPassword())).value['step'], 'newPassword');
  } finally {
    await program.stop();
  }
  const records = readdirSync(join(dataDir, 'audit')).flatMap((file) => readFileSync(join(dataDir, 'audit', file), 'utf8').trim().split('\n').filter((line) => line !== '').map((line) => JSON.parse(line)));
  assert.deepEqual(records.filter(({ eventName }) => eventName === 'PasswordRecoveryCompleted').map(({ additionalEventData, eventID }) => [additionalEventData, typeof eventID]), [[{ passwordSet: true, devicesRemoved: [] }, 'string'], [{ passwordSet: true, devicesRemoved: [] }, 'string']]);
});
