/** The program as an operator runs it: it drains when it is told to stop, speaks TLS, and lets nobody else's machine in without. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { createConnection } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { test } from 'node:test';
import { root } from '../imports.ts';
import { findOnPath, plainEnvironment, startProgram } from '../running.ts';
import { signRequest } from '../sign-request.ts';
import { follow, wire } from './listener.ts';

const identity = 'Action=GetCallerIdentity&Version=2011-06-15';

/** A folder of its own, removed at the end of the block. */
function folder(): Disposable & { readonly path: string; readonly dataDir: string } {
  const path = mkdtempSync(join(tmpdir(), 'gatehouse-program-'));
  return { path, dataDir: join(path, '.gatehouse'), [Symbol.dispose]: () => rmSync(path, { recursive: true }) };
}

interface Key { readonly accessKeyId: string; readonly secretAccessKey: string }

function administrator(dataDir: string): Key {
  const [, accessKeyId, secretAccessKey] = /aws_access_key_id\s*=\s*(\S+)\s+aws_secret_access_key\s*=\s*(\S+)/.exec(readFileSync(join(dataDir, 'credentials'), 'utf8'))!;
  return { accessKeyId: accessKeyId!, secretAccessKey: secretAccessKey! };
}

/** A signed request over plain HTTP or TLS, as the endpoint says. */
async function ask(endpoint: string, key: Key, service: string, body: string, ca?: string): Promise<{ readonly status: number; readonly text: string }> {
  const { rawHeaders } = signRequest({ ...key, at: Date.now(), service, body });
  const { protocol, hostname, port } = new URL(endpoint);
  const options = { hostname, port, method: 'POST', path: '/', headers: [...rawHeaders], agent: false };
  const request = protocol === 'https:' ? httpsRequest({ ...options, ca, servername: 'localhost' }) : httpRequest(options);
  request.end(body);
  const [response] = await once(request, 'response') as [IncomingMessage];
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return { status: response.statusCode!, text };
}

test('SIGTERM drains: what is under way is answered, nothing new is taken, the exit code is 0, and nothing is left open', async () => {
  using place = folder();
  const program = await startProgram({ args: ['--port', '0'], cwd: place.path });
  const { hostname: host, port } = new URL(program.endpoint);
  const connect = () => createConnection({ host, port: Number(port) });
  const { rawHeaders } = signRequest({ ...administrator(place.dataDir), at: Date.now(), service: 'iam', body: 'Action=CreateUser&Version=2010-05-08&UserName=last' });
  const underWay = follow(connect());
  underWay.socket.write(wire('POST', '/', [...rawHeaders, 'Expect', '100-continue']));
  // From here on the server waits for the body.
  await underWay.until(/100 Continue/);
  const ended = program.stop('SIGTERM');
  for (let isRefused = false; !isRefused;) {
    const socket = connect();
    isRefused = await new Promise<boolean>((resolve) => { socket.once('connect', () => resolve(false)).once('error', () => resolve(true)); });
    socket.destroy();
  }
  underWay.socket.write('Action=CreateUser&Version=2010-05-08&UserName=last');
  assert.match(await underWay.closed, /HTTP\/1\.1 200 [^]*<UserName>last<[^]*<\/CreateUserResponse>$/);
  assert.equal(await ended, 0);
  assert.deepEqual(readdirSync(place.dataDir).filter((name) => /-(?:wal|shm|journal)$/.test(name)), []);
  const [audit] = readdirSync(join(place.dataDir, 'audit'));
  assert.match(readFileSync(join(place.dataDir, 'audit', audit!), 'utf8'), /"eventName":"CreateUser".*\n$/);
  assert.match(program.logged(), /"action":"iam:CreateUser"[^]*"msg":"stopped"/);
  const again = await startProgram({ args: ['--port', '0'], cwd: place.path });
  assert.match((await ask(again.endpoint, administrator(place.dataDir), 'iam', 'Action=GetUser&Version=2010-05-08&UserName=last')).text, /<UserName>last</);
  assert.equal(await again.stop('SIGTERM'), 0);
});

test('TLS: it serves, policies see it, old versions and plain HTTP on its port are refused', async (t) => {
  const openssl = findOnPath('openssl');
  if (openssl === undefined) return t.skip('openssl, which makes the certificate, is not there');
  using place = folder();
  execFileSync(openssl, ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1', '-keyout', join(place.path, 'key.pem'), '-out', join(place.path, 'cert.pem')], { stdio: 'ignore' });
  const ca = readFileSync(join(place.path, 'cert.pem'), 'utf8');
  const secured = await startProgram({ args: ['--port', '0', '--tls-cert', 'cert.pem', '--tls-key', 'key.pem'], cwd: place.path });
  let alice: Key;
  try {
    assert.match(secured.endpoint, /^https:/);
    const admin = administrator(place.dataDir);
    assert.match((await ask(secured.endpoint, admin, 'sts', identity, ca)).text, /user\/admin</);
    await ask(secured.endpoint, admin, 'iam', 'Action=CreateUser&Version=2010-05-08&UserName=alice', ca);
    const policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'iam:ListUsers', Resource: '*' }, { Effect: 'Deny', Action: '*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }] });
    assert.equal((await ask(secured.endpoint, admin, 'iam', `Action=PutUserPolicy&Version=2010-05-08&UserName=alice&PolicyName=tls&PolicyDocument=${encodeURIComponent(policy)}`, ca)).status, 200);
    const made = await ask(secured.endpoint, admin, 'iam', 'Action=CreateAccessKey&Version=2010-05-08&UserName=alice', ca);
    alice = { accessKeyId: /<AccessKeyId>([^<]+)/.exec(made.text)![1]!, secretAccessKey: /<SecretAccessKey>([^<]+)/.exec(made.text)![1]! };
    assert.equal((await ask(secured.endpoint, alice, 'iam', 'Action=ListUsers&Version=2010-05-08', ca)).status, 200);
    const { hostname: host, port } = new URL(secured.endpoint);
    const old = connectTls({ host, port: Number(port), ca, servername: 'localhost', minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' });
    const [refusal] = await once(old, 'error') as [Error];
    assert.match(refusal.message, /protocol version|unsupported protocol|no protocols available|alert/i);
    const plain = follow(createConnection({ host, port: Number(port) }));
    plain.socket.write(wire('GET', '/health', ['Host', 'localhost']));
    assert.doesNotMatch(await plain.closed, /200|alive/);
    assert.match((await ask(secured.endpoint, admin, 'sts', identity, ca)).text, /user\/admin</);
  } finally {
    assert.equal(await secured.stop(), 0);
  }
  const open = await startProgram({ args: ['--port', '0'], cwd: place.path });
  try {
    const { status, text } = await ask(open.endpoint, alice, 'iam', 'Action=ListUsers&Version=2010-05-08');
    assert.equal(status, 403);
    assert.match(text, /not authorized to perform: iam:ListUsers .* with an explicit deny in an identity-based policy/);
  } finally {
    assert.equal(await open.stop(), 0);
  }
});

test('it listens beyond its machine with TLS or after an explicit word only', async () => {
  using place = folder();
  const refused = spawnSync(process.execPath, [join(root, 'bin', 'gatehouse'), 'start', '--host', '0.0.0.0', '--port', '0'], { cwd: place.path, encoding: 'utf8', env: plainEnvironment() });
  assert.equal(refused.status, 2);
  assert.match(refused.stderr, /can be reached from other machines, and without TLS/);
  assert.deepEqual(readdirSync(place.path), []);
  const allowed = await startProgram({ args: ['--host', '0.0.0.0', '--port', '0', '--allow-plain-http', '--served-hosts', 'gate.example'], cwd: place.path });
  try {
    const { port } = new URL(allowed.endpoint);
    const statusOf = async (host: string): Promise<number> => {
      const request = httpRequest({ host: '127.0.0.1', port, path: '/ready', headers: { Host: host }, agent: false }).end();
      const [response] = await once(request, 'response') as [IncomingMessage];
      response.resume();
      return response.statusCode!;
    };
    assert.deepEqual([await statusOf('gate.example'), await statusOf(`localhost:${port}`), await statusOf('evil.example')], [200, 200, 421]);
  } finally {
    assert.equal(await allowed.stop(), 0);
  }
});
