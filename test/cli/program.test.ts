/** The program as a person meets it: what a first and a later start say, a given root key, a further account beside a running server, the environment of clients. */
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { IAMClient, ListUsersCommand } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { readAccessKey } from '../../src/cli/credentials-file.ts';
import { root } from '../imports.ts';
import { findOnPath, plainEnvironment, startProgram } from '../running.ts';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-program-'));
after(() => rmSync(folder, { recursive: true }));

const launcher = join(root, 'bin', 'gatehouse');
const start = (dataDir: string, env: NodeJS.ProcessEnv = {}) => startProgram({ args: ['--port', '0', '--data-dir', dataDir], cwd: folder, env: { ...plainEnvironment(), ...env } });
const gatehouse = (args: readonly string[], env: NodeJS.ProcessEnv = {}) => spawnSync(process.execPath, [launcher, ...args], { cwd: folder, encoding: 'utf8', env: { ...plainEnvironment(), ...env } });

interface Key { readonly accessKeyId: string; readonly secretAccessKey: string }
const callerArn = async (endpoint: string, credentials: Key): Promise<string | undefined> => (await new STSClient({ endpoint, region: 'us-east-1', credentials }).send(new GetCallerIdentityCommand({}))).Arn;

test('a first start says what it made, a later one what it found, and the log of each how long it took', async () => {
  const dataDir = join(folder, 'twice');
  const first = await start(dataDir);
  assert.equal(await first.stop(), 0);
  const [, account] = /^ +Account +(\d{12})$/m.exec(first.said) ?? [];
  assert.match(first.said, /^A new account was made:$/m);
  assert.match(first.said, /^ +Its access key +in .*credentials +\(profile default\)$/m);
  const second = await start(dataDir);
  assert.equal(await second.stop(), 0);
  assert.equal(second.said, `Gatehouse answers at ${second.endpoint}; found account ${account}; data in ${dataDir}.\n`);
  for (const program of [first, second]) {
    const ready = program.logged().split('\n').filter((line) => line.includes('"msg":"ready"')).map((line) => JSON.parse(line));
    assert.equal(ready.length, 1);
    assert.equal(ready[0].url, program.endpoint);
    assert.ok(Number.isInteger(ready[0].ms) && ready[0].ms > 0, `${ready[0].ms}`);
  }
});

test('given an access key for root, a first start makes no administrator: the account is as empty as a new one on AWS', async () => {
  const dataDir = join(folder, 'given');
  const key = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
  const program = await start(dataDir, { GATEHOUSE_ROOT_ACCESS_KEY_ID: key.accessKeyId, GATEHOUSE_ROOT_SECRET_ACCESS_KEY: key.secretAccessKey });
  try {
    assert.match(program.said, /Root access key +as given by GATEHOUSE_ROOT_ACCESS_KEY_ID/);
    assert.ok(!program.said.includes(key.secretAccessKey));
    assert.equal(existsSync(join(dataDir, 'credentials')), false);
    assert.match((await callerArn(program.endpoint, key)) ?? '', /^arn:aws:iam::\d{12}:root$/);
    const { Users } = await new IAMClient({ endpoint: program.endpoint, region: 'us-east-1', credentials: key }).send(new ListUsersCommand({}));
    assert.deepEqual(Users, []);
  } finally {
    assert.equal(await program.stop(), 0);
  }
});

test('account create makes a further account beside the running server, whose administrator is answered at once', async () => {
  const dataDir = join(folder, 'further');
  const program = await start(dataDir);
  try {
    const { status, stdout, stderr } = gatehouse(['account', 'create', '--data-dir', dataDir, '--email', 'team@example.com', '--account-id', '444455556666']);
    assert.equal(status, 0, stderr);
    assert.match(stdout, /^ +Account +444455556666$/m);
    assert.equal(await callerArn(program.endpoint, readAccessKey(dataDir, '444455556666')!), 'arn:aws:iam::444455556666:user/admin');
    assert.match((await callerArn(program.endpoint, readAccessKey(dataDir, 'default')!)) ?? '', /^arn:aws:iam::(?!444455556666)\d{12}:user\/admin$/);
    assert.match(gatehouse(['account', 'create', '--data-dir', dataDir, '--email', 'team@example.com', '--account-id', '444455556666']).stderr, /^gatehouse: .*444455556666/);
  } finally {
    assert.equal(await program.stop(), 0);
  }
});

test('a variable of Gatehouse\'s that means nothing stops the start; a service link of Kubernetes does not', async () => {
  const { status, stderr } = gatehouse(['start', '--port', '0', '--data-dir', join(folder, 'refused')], { GATEHOUSE_DATADIR: '/elsewhere' });
  assert.equal(status, 2);
  assert.match(stderr, /^gatehouse: .*GATEHOUSE_DATADIR/);
  assert.equal(existsSync(join(folder, 'refused')), false);
  const program = await start(join(folder, 'linked'), { GATEHOUSE_PORT: 'tcp://10.0.0.11:4566', GATEHOUSE_SERVICE_HOST: '10.0.0.11' });
  assert.equal(await program.stop(), 0);
});

/** For each shell: its name on the PATH, and what it is told to do with the program before it shows two of the variables. */
const shells = [
  { name: 'sh', args: ['-c', `eval "$("$NODE" "$LAUNCHER" env)" && printf '%s\\n%s\\n' "$AWS_ENDPOINT_URL" "$AWS_ACCESS_KEY_ID"`] },
  { name: 'fish', args: ['-c', `"$NODE" "$LAUNCHER" env --shell fish | source; printf '%s\\n%s\\n' "$AWS_ENDPOINT_URL" "$AWS_ACCESS_KEY_ID"`] },
  { name: 'pwsh', args: ['-NoProfile', '-Command', '& $Env:NODE $Env:LAUNCHER env --shell powershell | Out-String | Invoke-Expression; $Env:AWS_ENDPOINT_URL; $Env:AWS_ACCESS_KEY_ID'] },
] as const;

for (const { name, args } of shells) {
  test(`env: ${name} has the endpoint and the administrator's key from what is written for it`, async (t) => {
    const shell = findOnPath(name);
    if (shell === undefined) return t.skip(`there is no ${name} on this machine`);
    const dataDir = join(folder, `for-${name}`);
    const program = await start(dataDir);
    try {
      const said = execFileSync(shell, args, { cwd: folder, encoding: 'utf8', env: { ...plainEnvironment(), GATEHOUSE_DATA_DIR: dataDir, NODE: process.execPath, LAUNCHER: launcher } });
      const [, id] = /^aws_access_key_id *= *(\S+)$/m.exec(readFileSync(join(dataDir, 'credentials'), 'utf8')) ?? [];
      assert.deepEqual(said.trim().split(/\r?\n/), [program.endpoint, id]);
    } finally {
      assert.equal(await program.stop(), 0);
    }
  });
}

test('a reader that has had enough, as of `--help | head`, is no failure', async () => {
  const child = spawn(process.execPath, [launcher, '--help'], { cwd: folder, env: plainEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, 'close') as Promise<[number]>]);
  assert.deepEqual([code, stderr], [0, '']);
});
