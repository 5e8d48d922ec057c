/** A start of several processes: what one answers is so for all, one that is killed takes nothing with it, and all end together. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { Agent, request as send } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { readAccessKey } from '../../src/cli/credentials-file.ts';
import { startProgram, type Program } from '../running.ts';
import { signRequest } from '../sign-request.ts';

const dir = mkdtempSync(join(tmpdir(), 'gatehouse-workers-'));
let program: Program;
before(async () => { program = await startProgram({ args: ['--workers', '2', '--port', '0', '--data-dir', dir], cwd: dir }); });
after(async () => {
  if (program.child.exitCode === null) await program.stop();
  rmSync(dir, { recursive: true, force: true });
});

interface Answered { readonly status: number; readonly text: string; readonly requestId: string; readonly cookies: readonly string[] }

/** A connection that is kept, and so leads to one worker. */
class Client {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  ask({ method, path, headers, body = '' }: { readonly method: string; readonly path: string; readonly headers: readonly string[] | Record<string, string>; readonly body?: string }): Promise<Answered> {
    return new Promise((resolve, reject) => {
      const asked = send(`${program.endpoint}${path}`, { agent: this.#agent, method, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => { text += part; }).on('end', () => resolve({ status: response.statusCode!, text, requestId: String(response.headers['x-amzn-requestid']), cookies: response.headers['set-cookie'] ?? [] })).on('error', reject);
      });
      asked.on('error', reject).end(body);
    });
  }

  iam(parameters: Readonly<Record<string, string>>, key: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string } = readAccessKey(dir, 'default')!): Promise<Answered> {
    const body = new URLSearchParams({ ...parameters, Version: '2010-05-08' }).toString();
    const { method, target, rawHeaders } = signRequest({ ...key, at: Date.now(), service: 'iam', region: 'us-east-1', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body });
    return this.ask({ method, path: target, headers: rawHeaders, body });
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** The process that answered, by its line in the log. */
async function pidOf({ requestId }: Answered): Promise<number> {
  for (;;) {
    const line = program.logged().split('\n').find((one) => one.includes(requestId));
    if (line !== undefined) return (JSON.parse(line) as { readonly pid: number }).pid;
    await new Promise((resolve) => { program.child.stderr!.once('data', resolve); });
  }
}

/** A client of each worker. */
async function clientsOfBoth(): Promise<readonly [Client, Client, first: number, second: number]> {
  const byPid = new Map<number, Client>();
  while (byPid.size < 2) {
    const client = new Client();
    const pid = await pidOf(await client.iam({ Action: 'GetUser' }));
    if (byPid.has(pid)) client.close();
    else byPid.set(pid, client);
  }
  const [[first, one], [second, other]] = [...byPid] as [[number, Client], [number, Client]];
  return [one, other, first, second];
}

test('what one worker has answered, the other shows at once, and the audit log has a file of each process', async () => {
  const [one, other] = await clientsOfBoth();
  for (let i = 0; i < 20; i++) {
    const [writes, reads] = i % 2 === 0 ? [one, other] : [other, one];
    assert.equal((await writes.iam({ Action: 'CreateUser', UserName: `seen-${i}` })).status, 200);
    assert.equal((await reads.iam({ Action: 'GetUser', UserName: `seen-${i}` })).status, 200);
    assert.equal((await writes.iam({ Action: 'DeleteUser', UserName: `seen-${i}` })).status, 200);
    assert.equal((await reads.iam({ Action: 'GetUser', UserName: `seen-${i}` })).status, 404);
  }
  one.close();
  other.close();
  assert.equal(new Set(readdirSync(join(dir, 'audit')).map((name) => name.split('-')[2])).size, 3);
});

test('both write one account at once: a name is given once, and nothing is lost', async () => {
  const clients = await clientsOfBoth();
  const [one, other] = clients;
  const answers = await Promise.all(Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? one : other).iam({ Action: 'CreateUser', UserName: `both-${Math.floor(i / 2)}` })));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [...Array.from({ length: 20 }, () => 200), ...Array.from({ length: 20 }, () => 409)]);
  one.close();
  other.close();
});

test('a worker that is killed under load takes nothing with it that was answered, and another is started', async () => {
  const [one, other, first] = await clientsOfBoth();
  const kept: string[] = [];
  const gone = new Set<Client>();
  const writer = async (client: Client, name: string): Promise<void> => {
    for (let i = 0; i < 400 && gone.size === 0; i++) {
      const UserName = `${name}-${i}`;
      if ((await client.iam({ Action: 'CreateUser', UserName })).status === 200) kept.push(UserName);
      if (name === 'killed' && i === 25) process.kill(first, 'SIGKILL');
    }
  };
  await Promise.all([writer(one, 'killed').catch(() => void gone.add(one)), writer(other, 'alive')]);
  assert.ok(gone.has(one));
  one.close();
  assert.ok(kept.length > 25);
  for (const UserName of kept) assert.equal((await other.iam({ Action: 'GetUser', UserName })).status, 200, UserName);
  other.close();
  const again = await clientsOfBoth();
  assert.ok(!again.includes(first));
  for (const client of again) if (client instanceof Client) client.close();
});

test('a session that was ended at one worker is over at the other, with its credentials', async () => {
  const [one, other] = await clientsOfBoth();
  const { host, origin } = new URL(program.endpoint);
  const post = async (client: Client, route: string, value: object, more: Readonly<Record<string, string>> = {}) => {
    const answer = await client.ask({ method: 'POST', path: `/_gatehouse/signin/${route}`, headers: { Host: host, Origin: origin, 'Content-Type': 'application/json', ...more }, body: JSON.stringify(value) });
    return { ...answer, value: (answer.text === '' ? {} : JSON.parse(answer.text)) as Record<string, string> & { readonly session: { readonly csrfToken: string } } };
  };
  const password = readFileSync(join(dir, readdirSync(dir).find((name) => name.startsWith('root-password-'))!), 'utf8').trim();
  const { value: { flow } } = await post(one, 'password', { kind: 'root', email: 'root@localhost', password });
  const begun = await post(other, 'new-password', { flow, oldPassword: password, newPassword: 'Root-Password-9' });
  const headers = { Cookie: begun.cookies.map((cookie) => cookie.split(';')[0]!).join('; '), 'x-gatehouse-csrf': begun.value.session.csrfToken };
  const { accessKeyId = '', secretAccessKey = '', sessionToken = '' } = (await post(one, 'credentials', {}, headers)).value;
  const asRoot = (client: Client) => client.iam({ Action: 'GetAccountSummary' }, { accessKeyId, secretAccessKey, sessionToken });
  for (const client of [one, other]) assert.equal((await asRoot(client)).status, 200);
  assert.equal((await post(one, 'sign-out', {}, headers)).status, 204);
  for (const client of [other, one]) {
    assert.match((await asRoot(client)).text, /<Code>ExpiredToken/);
    assert.equal((await post(client, 'credentials', {}, headers)).status, 401);
    client.close();
  }
});

test('whoever is asked says that all are ready', async () => {
  const client = new Client();
  const { status, text } = await client.ask({ method: 'GET', path: '/ready', headers: {} });
  assert.deepEqual([status, JSON.parse(text)], [200, { status: 'ready' }]);
  client.close();
});

test('whoever is asked counts for all', async () => {
  const metrics = async (client: Client): Promise<string> => (await client.ask({ method: 'GET', path: '/metrics', headers: {} })).text;
  const counted = (text: string): number => Number(/^gatehouse_requests_total\{service="iam",operation="ListUsers",decision="allowed",status="200"\} (\d+)$/m.exec(text)?.[1] ?? 0);
  const [one, other] = await clientsOfBoth();
  const before = counted(await metrics(one));
  for (const client of [one, other, one]) assert.equal((await client.iam({ Action: 'ListUsers' })).status, 200);
  for (const client of [one, other]) {
    const text = await metrics(client);
    assert.equal(counted(text), before + 3);
    assert.match(text, /^gatehouse_processes 3$/m);
    client.close();
  }
});

test('they end together', async () => {
  assert.equal(await program.stop(), 0);
  const log = program.logged();
  assert.equal(log.match(/"msg":"stopped"/g)?.length, 3);
});
