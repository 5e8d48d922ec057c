/** Two processes on one data directory: who signed in at one is signed in at the other, and who signed out at one is out at both, at once, with every credential. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { plainEnvironment, startProgram } from '../running.ts';
import type { Program } from '../running.ts';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-processes-'));
after(() => rmSync(folder, { recursive: true }));
const dataDir = join(folder, 'data');
const account = '111122223333';

async function post({ endpoint }: Program, route: string, value: object, headers: Record<string, string> = {}) {
  const response = await fetch(`${endpoint}/_gatehouse/signin/${route}`, { method: 'POST', body: JSON.stringify(value), headers: { Origin: endpoint, 'Content-Type': 'application/json', ...headers } });
  const text = await response.text();
  return { status: response.status, value: (text === '' ? {} : JSON.parse(text)) as Record<string, string> & { session: { csrfToken: string } }, cookies: response.headers.getSetCookie() };
}

const callerOf = ({ endpoint }: Program, { accessKeyId = '', secretAccessKey = '', sessionToken = '' }: Record<string, string>) =>
  new STSClient({ endpoint, region: 'us-east-1', maxAttempts: 1, credentials: { accessKeyId, secretAccessKey, sessionToken } }).send(new GetCallerIdentityCommand({}));

test('a session is one in all processes, and so is its end', async () => {
  const start = () => startProgram({ args: ['--port', '0', '--data-dir', dataDir, '--account-id', account], cwd: folder, env: plainEnvironment() });
  const one = await start();
  const two = await start();
  try {
    const password = readFileSync(join(dataDir, `root-password-${account}`), 'utf8').trim();
    const first = await post(one, 'password', { kind: 'root', email: 'root@localhost', password });
    // The steps of one sign-in, taken at different processes.
    const begun = await post(two, 'new-password', { flow: first.value['flow'], oldPassword: password, newPassword: 'Root-Password-9' });
    const Cookie = begun.cookies.map((cookie) => cookie.split(';')[0]!).join('; ');
    const headers = { Cookie, 'x-gatehouse-csrf': begun.value.session.csrfToken };
    const keys = [(await post(one, 'credentials', {}, headers)).value, (await post(two, 'credentials', {}, headers)).value];
    for (const program of [one, two]) for (const key of keys) assert.equal((await callerOf(program, key)).Arn, `arn:aws:iam::${account}:root`);
    assert.equal((await post(one, 'sign-out', {}, headers)).status, 204);
    for (const program of [two, one]) {
      for (const key of keys) await assert.rejects(callerOf(program, key), { name: 'ExpiredToken' });
      assert.equal((await post(program, 'credentials', {}, headers)).status, 401);
    }
  } finally {
    await one.stop();
    await two.stop();
  }
});
