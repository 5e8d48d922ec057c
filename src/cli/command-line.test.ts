/** The commands as they are typed, on a pretended machine and with pretended rooms behind them. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { machine } from '../../test/cli/machine.ts';
import { readPlainCommand, runCommandLine, type Run } from './command-line.ts';
import { parseCommand, type Understood } from './command-parser.ts';
import { optionsOf } from './options.ts';
import { CommandError } from './commands.ts';
import type { Commands, MadeAccount } from './commands.ts';

const made: MadeAccount = {
  accountId: '111122223333', rootEmail: 'root@localhost', rootPassword: 'one-time',
  administrator: { userName: 'admin', accessKeyId: 'AKIAIOSFODNN7EXAMPLE', credentialsFile: '/d/credentials', profile: 'default' },
};

const unexpected = () => { throw new Error('not asked for'); };
const commands = (some: Partial<Commands>): Commands => ({ start: unexpected, createAccount: unexpected, dataKeys: unexpected, repair: unexpected, recoverRoot: unexpected, findAction: unexpected, authorizationReference: unexpected, ...some });

/** A start that stands at the endpoint until it is stopped. */
function startOf(account: MadeAccount | undefined, onStop: () => void = () => {}): Commands['start'] {
  return async ({ dataDir }) => {
    mkdirSync(dataDir, { recursive: true });
    return { endpoint: 'http://127.0.0.1:4566', made: account, accountIds: ['111122223333'], isWorker: false, stop: async () => onStop() };
  };
}

/** Runs `start` until it has said that it answers, then stops it. */
async function startAndStop(world: ReturnType<typeof machine>, start: Commands['start']): Promise<number> {
  const ended = runCommandLine(['start'], world, commands({ start }));
  await new Promise((resolve) => setImmediate(resolve));
  world.signal('SIGTERM');
  return ended;
}

test('start: says what it made, keeps the endpoint, and stops with code 0 when told to', async () => {
  using world = machine({ isTerminal: true });
  let isStopped = false;
  assert.equal(await startAndStop(world, startOf(made, () => { isStopped = true; })), 0);
  assert.ok(isStopped);
  assert.match(world.said.stdout, /Account +111122223333\n/);
  assert.match(world.said.stdout, /eval "\$\(gatehouse env\)"/);
  assert.match(world.said.stdout, /Gatehouse answers at http:\/\/127\.0\.0\.1:4566; data in /);
  assert.equal(readFileSync(join(world.cwd, '.gatehouse', 'endpoint'), 'utf8'), 'http://127.0.0.1:4566\n');
});

test('start: a terminal is shown the one-time password, and no file holds it', async () => {
  using world = machine({ isTerminal: true });
  await startAndStop(world, startOf(made));
  assert.match(world.said.stdout, /one-time /);
  assert.deepEqual(readdirSync(join(world.cwd, '.gatehouse')), ['endpoint']);
});

test('start: where no terminal reads, the password goes to a file of mode 0600 and its path is said', async () => {
  using world = machine();
  await startAndStop(world, startOf(made));
  const path = join(world.cwd, '.gatehouse', 'root-password-111122223333');
  assert.ok(!world.said.stdout.includes('one-time\n') && !world.said.stdout.includes('one-time '));
  assert.ok(world.said.stdout.includes(path));
  assert.equal(readFileSync(path, 'utf8'), 'one-time\n');
  assert.equal(statSync(path).mode & 0o777, 0o600);
});

test('start: a later one says what it found', async () => {
  using world = machine();
  await startAndStop(world, startOf(undefined));
  assert.equal(world.said.stdout, `Gatehouse answers at http://127.0.0.1:4566; found account 111122223333; data in ${join(world.cwd, '.gatehouse')}.\n`);
});

test('start: a taken port is said in words, without a stack', async () => {
  using world = machine();
  const start = async () => { throw Object.assign(new Error('listen EADDRINUSE'), { code: 'EADDRINUSE', syscall: 'listen' }); };
  assert.equal(await runCommandLine(['start'], world, commands({ start })), 1);
  assert.equal(world.said.stderr, 'gatehouse: something else listens on 127.0.0.1 port 4566: stop it, or choose another port with --port\n');
});

test('start: a taken port for Git is told from the other', async () => {
  using world = machine();
  const start = async () => { throw Object.assign(new Error('listen EADDRINUSE'), { code: 'EADDRINUSE', syscall: 'listen', port: 2222 }); };
  assert.equal(await runCommandLine(['start', '--git-ssh-port', '2222'], world, commands({ start })), 1);
  assert.equal(world.said.stderr, 'gatehouse: something else listens on 127.0.0.1 port 2222: stop it, or choose another port with --git-ssh-port\n');
});

test('start: beside another on the same directory, its endpoint comes first and goes with it', async () => {
  using world = machine();
  const file = join(world.cwd, '.gatehouse', 'endpoint');
  mkdirSync(join(world.cwd, '.gatehouse'));
  writeFileSync(file, 'http://127.0.0.1:4599\n');
  const ended = runCommandLine(['start'], world, commands({ start: startOf(undefined) }));
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(readFileSync(file, 'utf8'), 'http://127.0.0.1:4566\nhttp://127.0.0.1:4599\n');
  world.signal('SIGTERM');
  assert.equal(await ended, 0);
  assert.equal(readFileSync(file, 'utf8'), 'http://127.0.0.1:4599\n');
});

test('start: a second Ctrl-C handed on by the launcher is the same wish', async () => {
  using world = machine();
  const ended = runCommandLine(['start'], world, commands({ start: startOf(undefined) }));
  world.signal('SIGINT');
  world.signal('SIGINT');
  assert.equal(await ended, 0);
});

test('mistakes in what was typed or set end with code 2 and start nothing', async () => {
  const mistakes: readonly (readonly [readonly string[], RegExp])[] = [
    [['start', '--prot', '1'], /unknown option '--prot'\n\(Did you mean --port\?\)/],
    [['start', '--port', '1', '--port', '2'], /--port is given twice/],
    [['start', '--workers', '0'], /a number from 1 to 64/],
    [['start', '--workers', '2', '--ephemeral'], /leave one out/],
    [['start', 'now'], /too many arguments/],
    [['strat'], /unknown command 'strat'\n\(Did you mean start\?\)/],
    [['account', 'create'], /--email is needed/],
    [[], /Usage: gatehouse/],
  ];
  for (const [argv, message] of mistakes) {
    using world = machine();
    assert.equal(await runCommandLine(argv, world, commands({})), 2, argv.join(' '));
    assert.match(world.said.stderr, message);
    assert.equal(world.said.stdout, '');
  }
  using world = machine({ env: { GATEHOUSE_PROT: '1' } });
  assert.equal(await runCommandLine(['start'], world, commands({})), 2);
});

test('a failure that a person can put right is said without a stack; any other with one', async () => {
  using world = machine();
  assert.equal(await runCommandLine(['repair'], world, commands({ repair: async () => { throw new CommandError('in use'); } })), 1);
  assert.equal(world.said.stderr, 'gatehouse: in use\n');
  using other = machine();
  assert.equal(await runCommandLine(['repair'], other, commands({ repair: async () => { throw new TypeError('ours'); } })), 1);
  assert.match(other.said.stderr, /^gatehouse: TypeError: ours\n +at /);
});

test('repair: says what it found and where the copy is', async () => {
  using world = machine();
  assert.equal(await runCommandLine(['repair', '--data-dir', '/d'], world, commands({ repair: async ({ dataDir }) => ({ findings: [`${dataDir}: entry 7 is damaged`], copy: '/d/copy' }) })), 0);
  assert.equal(world.said.stdout, '/d: entry 7 is damaged\nThe journal as it was is kept in /d/copy\n');
});

test('account create: says what it made, as a start does', async () => {
  using world = machine({ isTerminal: true });
  const createAccount: Commands['createAccount'] = async ({ email, accountId }) => ({ ...made, rootEmail: email, accountId: accountId! });
  assert.equal(await runCommandLine(['account', 'create', '--email', 'b@example.com', '--account-id', '444455556666'], world, commands({ createAccount })), 0);
  assert.match(world.said.stdout, /Account +444455556666\n +Root +b@example\.com\n/);
});

/** A data directory in which a Gatehouse was started that still listens; `newer` have been started there since. */
async function listening(world: ReturnType<typeof machine>, extra = '', newer = ''): Promise<Disposable> {
  const server = createServer();
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  const dir = join(world.cwd, '.gatehouse');
  mkdirSync(dir);
  writeFileSync(join(dir, 'endpoint'), `${newer}http://127.0.0.1:${address.port}\n`);
  writeFileSync(join(dir, 'credentials'), `[default]\naws_access_key_id = AKIADEFAULT\naws_secret_access_key = a'b\\c\n\n[444455556666]\naws_access_key_id=AKIAOTHER\naws_secret_access_key=other\n${extra}`);
  return { [Symbol.dispose]: () => { server.close(); } };
}

test('env: sets what clients need, quoted, and unsets what would be used instead', async () => {
  using world = machine({ env: { AWS_PROFILE: 'work', AWS_SESSION_TOKEN: 't' } });
  using _ = await listening(world);
  assert.equal(await runCommandLine(['env'], world, commands({})), 0);
  const endpoint = readFileSync(join(world.cwd, '.gatehouse', 'endpoint'), 'utf8').trim();
  assert.equal(world.said.stdout, `export AWS_ENDPOINT_URL='${endpoint}'
export AWS_ACCESS_KEY_ID='AKIADEFAULT'
export AWS_SECRET_ACCESS_KEY='a'\\''b\\c'
export AWS_REGION='us-east-1'
export AWS_DEFAULT_REGION='us-east-1'
unset AWS_PROFILE
unset AWS_SESSION_TOKEN
# To use this: eval "$(gatehouse env)"
`);
  assert.equal(world.said.stderr, '');
});

test('env: of several that were started there, one that answers', async () => {
  using world = machine();
  // Nothing listens on the port of TCPMUX.
  using _ = await listening(world, '', 'http://127.0.0.1:1\n');
  assert.equal(await runCommandLine(['env'], world, commands({})), 0);
  const [, alive] = readFileSync(join(world.cwd, '.gatehouse', 'endpoint'), 'utf8').split('\n');
  assert.ok(world.said.stdout.startsWith(`export AWS_ENDPOINT_URL='${alive}'\n`), world.said.stdout);
  assert.equal(world.said.stderr, '');
});

test('env: another profile, the region that was chosen, and the other shells', async () => {
  using world = machine({ env: { AWS_DEFAULT_REGION: 'eu-central-1' } });
  using _ = await listening(world);
  assert.equal(await runCommandLine(['env', '--profile', '444455556666', '--shell', 'fish'], world, commands({})), 0);
  assert.match(world.said.stdout, /set -gx AWS_ACCESS_KEY_ID 'AKIAOTHER'\n/);
  assert.match(world.said.stdout, /set -gx AWS_REGION 'eu-central-1'\n/);
  world.said.stdout = '';
  assert.equal(await runCommandLine(['env', '--shell', 'powershell'], world, commands({})), 0);
  assert.match(world.said.stdout, /\$Env:AWS_SECRET_ACCESS_KEY = 'a''b\\c'\n/);
});

test('env: what is missing is said', async () => {
  using world = machine();
  assert.equal(await runCommandLine(['env'], world, commands({})), 1);
  assert.match(world.said.stderr, /no Gatehouse was started with the data directory/);
  using other = machine();
  using _ = await listening(other);
  assert.equal(await runCommandLine(['env', '--profile', 'nobody'], other, commands({})), 1);
  assert.match(other.said.stderr, /has no access key for the profile nobody/);
});

test('aws: without an AWS CLI on the PATH, says where to get one', async () => {
  using world = machine({ env: { PATH: '/nowhere' } });
  using _ = await listening(world);
  assert.equal(await runCommandLine(['aws', 'iam', 'list-users'], world, commands({})), 1);
  assert.match(world.said.stderr, /the AWS CLI is not on the PATH/);
});

test('aws: runs the AWS CLI with its arguments, the endpoint and environment, and ends as it does', async () => {
  using world = machine();
  using _ = await listening(world);
  const bin = join(world.cwd, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'aws'), '#!/bin/sh\necho "$AWS_ACCESS_KEY_ID $*" > said\nexit 42\n', { mode: 0o755 });
  const there = { ...world, env: { PATH: `${bin}:/bin:/usr/bin` } };
  assert.equal(await runCommandLine(['aws', 'iam', 'list-users', '--max-items', '1', '--help'], there, commands({})), 42);
  assert.equal(readFileSync(join(world.cwd, 'said'), 'utf8'), `AKIADEFAULT --endpoint-url ${readFileSync(join(world.cwd, '.gatehouse', 'endpoint'), 'utf8').trim()} iam list-users --max-items 1 --help\n`);
});

test('help: shows every option with its environment form, and the version says the package\'s', async () => {
  using world = machine();
  assert.equal(await runCommandLine(['start', '--help'], world, commands({})), 0);
  for (const word of ['--port <PORT>', 'GATEHOUSE_LISTEN_PORT', '[4566]', 'GATEHOUSE_ROOT_SECRET_ACCESS_KEY', '--allow-plain-http']) assert.ok(world.said.stdout.includes(word), word);
  world.said.stdout = '';
  assert.equal(await runCommandLine(['version'], world, commands({})), 0);
  assert.match(world.said.stdout, /^gatehouse \d+\.\d+\.\d+ \(Node \d+\.\d+\.\d+\)\n$/);
});

test('a command and its flags mean the same to the short reading and to the long one; what is more than that is left to the long one', async () => {
  const typed: readonly (readonly string[])[] = [
    ['start'], ['start', '--port', '1', '--ephemeral'], ['start', '--host', '::1', '--data-dir', 'a b'], ['repair', '--data-dir', 'x'], ['account', 'create', '--email', 'a@example.com'], ['env', '--shell', 'fish'],
  ];
  for (const argv of typed) {
    const plain = readPlainCommand(argv);
    assert.ok(plain, argv.join(' '));
    using world = machine();
    const run: Run = async (name, given) => {
      assert.deepEqual({ name, given: JSON.parse(JSON.stringify(given)) }, { name: plain.name, given: plain.given });
      return 7;
    };
    const about = { about: 'what it is', action: unexpected };
    const rows = Object.fromEntries(Object.keys(optionsOf).map((name) => [name, about])) as unknown as Understood['rows'];
    assert.equal(await parseCommand(argv, { rows, familyAbout: { account: 'x', ca: 'x', recover: 'x', issuer: 'x' }, run, world }), 7);
  }
  const more: readonly (readonly string[])[] = [
    [], ['--help'], ['start', '--help'], ['help', 'start'], ['version'], ['strat'], ['account'], ['start', 'now'], ['start', '--prot', '1'], ['start', '--port'], ['start', '--port', '-1'], ['start', '--port', ''],
    ['start', '--port=1'], ['start', '--port', '1', '--port', '2'], ['start', '--issuer-at', 'a=b', '--issuer-at', 'c=d'], ['start', '--'], ['aws', 'iam', 'list-users'], ['why', 'last'], ['__proto__'], ['toString'],
  ];
  for (const argv of more) assert.equal(readPlainCommand(argv), undefined, argv.join(' '));
});
