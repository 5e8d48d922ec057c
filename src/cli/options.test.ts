/** What each command is told, from flags and environment. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { machine } from '../../test/cli/machine.ts';
import { UsageError } from './option.ts';
import { awsOptions, createAccountOptions, envOptions, repairOptions, startOptions } from './options.ts';

test('start: with nothing said, loopback, port 4566, data in .gatehouse of the folder', () => {
  using world = machine();
  assert.deepEqual(startOptions({}, world), {
    host: '127.0.0.1', port: 4566, tls: undefined, publicUrl: undefined, gitSshPort: undefined, devicePort: undefined, databaseServers: new Map(), databasePorts: { first: 15_432, last: 15_531 }, instances: 'process', dockerSocket: '/var/run/docker.sock', objectStores: { stores: new Map(), accounts: new Map() }, servedHosts: [], dataDir: join(world.cwd, '.gatehouse'), isEphemeral: false,
    accountId: undefined, rootEmail: 'root@localhost', allowsPrivateIssuers: false, issuerAddresses: new Map(), rootAccessKey: undefined, masterKey: undefined, workers: 1, explainHours: 48, metricsToken: undefined, logFormat: 'json',
  });
});

test('start: the log is for the eye when stderr is a terminal', () => {
  using world = machine({ isTerminal: true });
  assert.equal(startOptions({}, world).logFormat, 'pretty');
});

test('start: every loopback address is listened on without TLS', () => {
  using world = machine();
  for (const host of ['127.0.0.1', '127.9.9.9', '::1', 'localhost']) assert.equal(startOptions({ host }, world).host, host);
});

test('start: served hosts are names, parted by commas', () => {
  using world = machine();
  assert.deepEqual(startOptions({ servedHosts: 'iam.example.com, gate' }, world).servedHosts, ['iam.example.com', 'gate']);
  for (const servedHosts of ['', ',', 'a,', 'http://a', 'a:4566', '*.a', '-a', 'a..b', 'a b']) assert.throws(() => startOptions({ servedHosts }, world), /host names, parted by commas/);
});

test('start: a public URL is one that can be trusted, and ends without a slash', () => {
  using world = machine();
  for (const [text, url] of [['https://id.example.com', 'https://id.example.com'], ['https://id.example.com:8443/a/b//', 'https://id.example.com:8443/a/b'], ['http://127.0.0.1:4566', 'http://127.0.0.1:4566'], ['http://[::1]:1', 'http://[::1]:1'], ['http://localhost', 'http://localhost']]) {
    assert.equal(startOptions({ publicUrl: text! }, world).publicUrl, url);
  }
  for (const publicUrl of ['', 'id.example.com', 'http://id.example.com', 'http://10.0.0.1', 'ftp://127.0.0.1', 'https://user:pw@id.example.com', 'https://id.example.com/?a', 'https://id.example.com/#a', 'https://']) assert.throws(() => startOptions({ publicUrl }, world), /https URL/, publicUrl);
});

test('start: an address that others can reach needs TLS or the explicit flag', () => {
  using world = machine();
  for (const host of ['0.0.0.0', '::', '10.0.0.1', 'fd00::1', '::ffff:10.0.0.1']) {
    assert.throws(() => startOptions({ host }, world), /can be reached from other machines/, host);
    assert.equal(startOptions({ host, allowPlainHttp: true }, world).host, host);
  }
});

test('start: a host that is a name is refused, since what it resolves to may change', () => {
  using world = machine();
  assert.throws(() => startOptions({ host: 'example.com' }, world), UsageError);
});

test('start: an account id is twelve digits', () => {
  using world = machine();
  assert.equal(startOptions({ accountId: '012345678901' }, world).accountId, '012345678901');
  for (const accountId of ['1', '1234567890123', '12345678901x', '000000000000', '']) assert.throws(() => startOptions({ accountId }, world), UsageError, accountId);
});

test('start: --tls-cert and --tls-key go together and must be readable', () => {
  using world = machine();
  assert.throws(() => startOptions({ tlsCert: 'c.pem' }, world), /go together/);
  assert.throws(() => startOptions({ tlsCert: 'c.pem', tlsKey: 'k.pem' }, world), /--tls-cert: cannot read .*c\.pem/);
  writeFileSync(join(world.cwd, 'c.pem'), 'not a certificate');
  writeFileSync(join(world.cwd, 'k.pem'), generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }));
  assert.throws(() => startOptions({ tlsCert: 'c.pem', tlsKey: 'k.pem' }, world), /must be a PEM certificate/);
});

test('start: root is given an access key by both variables, well-formed, or by none', () => {
  const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
  const given = (id?: string, key?: string) => {
    using world = machine({ env: { GATEHOUSE_ROOT_ACCESS_KEY_ID: id, GATEHOUSE_ROOT_SECRET_ACCESS_KEY: key } });
    return startOptions({}, world).rootAccessKey;
  };
  assert.deepEqual(given('AKIAIOSFODNN7EXAMPLE', secret), { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: secret });
  assert.throws(() => given('AKIAIOSFODNN7EXAMPLE'), /go together/);
  assert.throws(() => given(undefined, secret), /go together/);
  assert.throws(() => given('test', secret), /GATEHOUSE_ROOT_ACCESS_KEY_ID/);
  assert.throws(() => given('ASIAIOSFODNN7EXAMPLE', secret), /ASIA/);
});

test('start: a secret that is refused is not shown', () => {
  using world = machine({ env: { GATEHOUSE_ROOT_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', GATEHOUSE_ROOT_SECRET_ACCESS_KEY: 'hunter2' } });
  assert.throws(() => startOptions({}, world), (error: unknown) => error instanceof UsageError && !error.message.includes('hunter2'));
  using other = machine({ env: { GATEHOUSE_MASTER_KEY: 'hunter2' } });
  assert.throws(() => startOptions({}, other), (error: unknown) => error instanceof UsageError && !error.message.includes('hunter2'));
});

test('start: the master key is 32 bytes of base64, from the environment or from a file, not both', () => {
  const bytes = Buffer.alloc(32, 7);
  using world = machine({ env: { GATEHOUSE_MASTER_KEY: bytes.toString('base64') } });
  assert.deepEqual(Buffer.from(startOptions({}, world).masterKey!), bytes);
  assert.throws(() => startOptions({ masterKeyFile: 'key' }, world), /both given/);
  using other = machine();
  writeFileSync(join(other.cwd, 'key'), `${bytes.toString('base64')}\n`);
  assert.deepEqual(Buffer.from(startOptions({ masterKeyFile: 'key' }, other).masterKey!), bytes);
  writeFileSync(join(other.cwd, 'key'), bytes.subarray(1).toString('base64'));
  assert.throws(() => startOptions({ masterKeyFile: 'key' }, other), /32 bytes in base64/);
});

test('account create: the e-mail address is needed, and a start\'s account id in the environment is not the new one\'s', () => {
  using world = machine({ env: { GATEHOUSE_ACCOUNT_ID: '111122223333' } });
  assert.throws(() => createAccountOptions({}, world), /--email is needed/);
  assert.deepEqual(createAccountOptions({ newAccountEmail: 'a@example.com' }, world), { email: 'a@example.com', accountId: undefined, managementAccount: undefined, dataDir: join(world.cwd, '.gatehouse'), masterKey: undefined });
});

test('repair, env and aws: read only what concerns them', () => {
  using world = machine({ env: { GATEHOUSE_LISTEN_PORT: 'not a port', GATEHOUSE_DATA_DIR: '/d' } });
  assert.deepEqual(repairOptions({}, world), { dataDir: '/d' });
  assert.deepEqual(awsOptions({ profile: 'p' }, world), { dataDir: '/d', profile: 'p' });
  assert.deepEqual(envOptions({ shell: 'fish', dataDir: 'e' }, world), { dataDir: join(world.cwd, 'e'), profile: 'default', shell: 'fish' });
  assert.throws(() => envOptions({ shell: 'csh' }, world), /--shell must be one of sh, fish, powershell/);
});

test('start: the token of metrics is read without the space around it, and one that is weak or no token is refused', () => {
  using world = machine();
  const told = (text: string): string | undefined => {
    writeFileSync(join(world.cwd, 'token'), text);
    return startOptions({ metricsTokenFile: 'token' }, world).metricsToken;
  };
  assert.equal(told(' 0123456789abcdef+/==\n'), '0123456789abcdef+/==');
  for (const text of ['', '\n', 'short', '0123456789 abcdef', '0123456789abcdefé', 'a'.repeat(1_025)]) assert.throws(() => told(text), UsageError, text);
  assert.throws(() => startOptions({ metricsTokenFile: 'absent' }, world), UsageError);
});
