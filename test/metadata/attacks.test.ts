/** Attacks on the metadata service: by another tenant, by a page or a server that was tricked into asking, by clients that do not keep to HTTP. */
import assert from 'node:assert/strict';
import { createServer, connect } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { after, before, describe, mock, test } from 'node:test';
import { openEndpoint, standardHosts } from '../../src/doors/metadata/endpoint.ts';
import { metadataLimits } from '../../src/doors/metadata/limits.ts';
import { MetadataListener } from '../../src/doors/metadata/listener.ts';
import type { ServedEndpoint } from '../../src/doors/metadata/listener.ts';
import { metadataOptions, region, startMachines } from './test-instance.ts';
import type { AskMetadata, TestMachines } from './test-instance.ts';

const ttl = { 'x-aws-ec2-metadata-token-ttl-seconds': '300' };
const withToken = (token: string): Record<string, string> => ({ 'x-aws-ec2-metadata-token': token });

describe('attacks on what is asked', () => {
  let machines: TestMachines;
  let endpoint: AskMetadata;
  let other: AskMetadata;

  before(async () => {
    machines = await startMachines();
    const Profile = await machines.role();
    endpoint = machines.endpoint(await machines.instance({ Profile, InstanceId: 'i-0aaaaaaaaaaaaaaaa', UserData: machines.sealUserData('i-0aaaaaaaaaaaaaaaa', 'PASSWORD=secret') }));
    // Of the other, v1 is open: what is refused there is refused for what it is.
    other = machines.endpoint(await machines.instance(metadataOptions({ HttpTokens: 'optional' })));
  });

  after(() => machines.gatehouse.stop());

  test('a token of one instance opens no other', async () => {
    const stolen = await endpoint.token();
    assert.equal((await other.ask('/latest/meta-data/', { headers: withToken(stolen) })).status, 401);
    // Nor the same instance's when it is started again: its endpoint is another.
    assert.equal((await machines.endpoint('i-0aaaaaaaaaaaaaaaa').ask('/latest/meta-data/', { headers: withToken(stolen) })).status, 401);
  });

  test('a token ends when it says, to the second', async () => {
    const token = await endpoint.token(300);
    machines.gatehouse.clock.advance(299_999);
    assert.equal((await endpoint.ask('/latest/meta-data/', { headers: withToken(token) })).status, 200);
    machines.gatehouse.clock.advance(1);
    assert.equal((await endpoint.ask('/latest/meta-data/', { headers: withToken(token) })).status, 401);
  });

  test('a token that was altered in any place, cut, lengthened or written otherwise is none', async () => {
    const token = await endpoint.token();
    const last = Buffer.from(token.slice(0, 54), 'base64url');
    const forged = [
      ...Array.from(token, (character, at) => token.slice(0, at) + (character === 'A' ? 'B' : 'A') + token.slice(at + 1)),
      token.slice(0, -1), token.slice(0, -2), `${token}=`, ` ${token}`, `${token} `, token.toLowerCase(), `${token}, ${token}`, '', last.toString('base64').padEnd(56, '='), token.replaceAll('-', '+').replaceAll('_', '/').replaceAll('=', '.'),
    ].filter((text) => text !== token);
    for (const text of forged) for (const one of [endpoint, other]) assert.equal((await one.ask('/latest/meta-data/', { headers: withToken(text) })).status, 401, text);
  });

  test('a PUT that came through a proxy gets no token, whatever the header says and however it is repeated', async () => {
    for (const value of ['203.0.113.7', '', '127.0.0.1', 'a, b']) {
      const { status, body } = await endpoint.ask('/latest/api/token', { method: 'PUT', headers: { ...ttl, 'x-forwarded-for': value } });
      assert.equal(status, 403);
      assert.doesNotMatch(String(body), /[A-Za-z0-9_-]{54}/);
    }
  });

  test('a name that somebody pointed here is no Host of it: DNS rebinding reads nothing, with v1 open too', async () => {
    for (const host of ['evil.example', 'evil.example:80', '169.254.169.254.evil.example', 'localhost', '127.0.0.1', '169.254.169.254:8080', '2852039166', '0xa9fea9fe', '169.254.169.254, evil.example', '', undefined]) {
      assert.equal((await other.ask('/latest/meta-data/instance-id', { host })).status, 403, String(host));
      assert.equal((await other.ask('/latest/api/token', { method: 'PUT', host, headers: ttl })).status, 403, String(host));
    }
  });

  test('what a server that is tricked can be made to send – a GET without headers of its own – reads nothing where tokens are required', async () => {
    for (const target of ['/', '/latest', '/latest/meta-data/iam/security-credentials/app', '/latest/user-data', '/latest/dynamic/instance-identity/document', '/latest/api/token', 'http://169.254.169.254/latest/meta-data/']) assert.equal((await endpoint.ask(target)).status, 401, target);
  });

  test('a path is read as it stands: nothing is decoded, shortened or joined', async () => {
    const asked = [
      '//latest/meta-data/instance-id', '/latest//meta-data/instance-id', '/latest/meta-data//instance-id', '/latest/./meta-data/instance-id', '/latest/meta-data/../meta-data/instance-id', '/latest/meta-data/instance-id/', '/latest/meta-data/%69nstance-id',
      '/latest%2fmeta-data/instance-id', '/LATEST/meta-data/instance-id', '/latest/meta-data/instance-id?', '/latest/meta-data/instance-id#x', '/latest/meta-data/instance-id;x', '\\latest\\meta-data', 'latest/meta-data/instance-id', '/latest/meta-data/instance-id\0',
      '/latest/meta-data/__proto__', '/latest/meta-data/constructor', '/latest/__proto__/', '/latest/meta-data/tags/instance/toString', '/latest/meta-data/iam/security-credentials/app/', '/latest/meta-data/iam/security-credentials/APP', '/latest/meta-data/iam/security-credentials/../info',
      '/latest/user-data/', '/latest/api/token/x', 'http://169.254.169.254/latest/meta-data/instance-id', '*', '',
    ];
    for (const target of asked) assert.equal((await endpoint.ask(target, { headers: withToken(await endpoint.token()) })).status, 404, target);
    for (const target of ['/latest/api/token/', '/latest/api/%74oken', '//latest/api/token', '/latest/api/token?x', '/latest/../latest/api/token']) assert.notEqual((await endpoint.ask(target, { method: 'PUT', headers: ttl })).status, 200, target);
  });

  test('user data is sealed where it is kept, and bound to its instance', async () => {
    assert.equal(Buffer.from((await endpoint.get('/latest/user-data')).body).toString(), 'PASSWORD=secret');
    const UserData = machines.gatehouse.plane.store.loaded('111122223333')!.instances.find(`${region}/i-0aaaaaaaaaaaaaaaa`)!.UserData!;
    assert.doesNotMatch(UserData, /secret|UEFTU1dPUkQ/);
    const thief = machines.endpoint(await machines.instance({ UserData }));
    await assert.rejects(thief.get('/latest/user-data'), { name: 'SealBroken' });
  });
});

describe('attacks on the wire', () => {
  let machines: TestMachines;
  let sockets: Server;
  let served: ServedEndpoint;
  let listener: MetadataListener;
  let instanceId: string;
  const warnings: string[] = [];

  before(async () => {
    machines = await startMachines();
    listener = new MetadataListener((message) => void warnings.push(message));
    instanceId = await machines.instance(metadataOptions({ HttpTokens: 'optional' }));
    sockets = createServer();
    await new Promise<void>((resolve) => sockets.listen(0, '127.0.0.1', resolve));
    served = listener.open(sockets, openEndpoint(machines.parts, { account: machines.gatehouse.account, region, instanceId, hosts: standardHosts }));
  });

  after(async () => {
    served.close();
    await machines.gatehouse.stop();
    assert.deepEqual(warnings, []);
  });

  const open = () => connect((sockets.address() as AddressInfo).port, '127.0.0.1');

  /** All that comes back until the connection is closed. */
  function exchange(text: string): Promise<string> {
    return new Promise((resolve) => {
      const socket = open();
      let received = '';
      socket.setEncoding('latin1').on('data', (data: string) => (received += data)).on('error', () => {}).on('close', () => resolve(received));
      socket.write(text, 'latin1');
    });
  }

  const get = (more = '', target = '/latest/meta-data/instance-id'): string => `GET ${target} HTTP/1.1\r\nHost: 169.254.169.254\r\n${more}\r\n`;
  const statusOf = (answer: string): string => answer.slice(0, 12);

  test('a well-made request is answered, and its connection closed', async () => {
    const answer = await exchange(get());
    assert.match(answer, /^HTTP\/1\.1 200 OK\r\n/);
    assert.match(answer, new RegExp(`Connection: close\r\n[\\s\\S]*\r\n\r\n${instanceId}$`));
  });

  test('a second request on the connection is not answered: nothing can be smuggled behind the first', async () => {
    for (const text of [get() + get(), get('Content-Length: 5\r\n') + get(), get('Transfer-Encoding: chunked\r\n') + `0\r\n\r\n${get()}`]) assert.equal((await exchange(text)).split('HTTP/1.1 ').length, 2, text);
  });

  test('headers that are repeated count, each of them', async () => {
    assert.equal(statusOf(await exchange(get('Host: evil.example\r\n'))), 'HTTP/1.1 403');
    const put = (more: string) => `PUT /latest/api/token HTTP/1.1\r\nHost: 169.254.169.254\r\nX-aws-ec2-metadata-token-ttl-seconds: 60\r\n${more}\r\n`;
    assert.equal(statusOf(await exchange(put(''))), 'HTTP/1.1 200');
    for (const more of ['X-Forwarded-For: 203.0.113.7\r\n', 'x-forwarded-FOR:\r\n', 'X-Forwarded-For: 1.2.3.4\r\nX-Forwarded-For: 5.6.7.8\r\n']) assert.equal(statusOf(await exchange(put(more))), 'HTTP/1.1 403', more);
    assert.equal(statusOf(await exchange(put('X-aws-ec2-metadata-token-ttl-seconds: 60\r\n'))), 'HTTP/1.1 400');
    // One wrong token beside a right one is a wrong one.
    const token = (await exchange(put(''))).split('\r\n\r\n')[1]!;
    const tokens = (...list: string[]) => list.map((one) => `X-aws-ec2-metadata-token: ${one}\r\n`).join('');
    assert.equal(statusOf(await exchange(get(tokens(token)))), 'HTTP/1.1 200');
    assert.equal(statusOf(await exchange(get(tokens(token, 'x')))), 'HTTP/1.1 401');
  });

  test('what is no HTTP, too long, or another protocol is cut off', async () => {
    for (const text of ['\x16\x03\x01\0\0', 'GARBAGE\r\n\r\n', get(`X: ${'a'.repeat(metadataLimits.headerBytesMax)}\r\n`), `GET /${'a'.repeat(metadataLimits.headerBytesMax)} HTTP/1.1\r\n\r\n`, 'CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: 169.254.169.254\r\n\r\n', get('Connection: Upgrade\r\nUpgrade: websocket\r\n'), `GET / HTTP/1.1\nHost: 169.254.169.254\n\n`]) {
      assert.doesNotMatch(await exchange(text), /^HTTP\/1\.1 2/, text.slice(0, 40));
    }
  });

  test('one endpoint has so many connections at once and no more, and those that stay silent are ended', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      const accepted = countAccepted(sockets, metadataLimits.connectionsMax);
      const silent = Array.from({ length: metadataLimits.connectionsMax }, open);
      const ended = silent.map((socket) => new Promise<void>((resolve) => socket.on('error', () => {}).once('close', () => resolve())));
      await accepted;
      assert.equal(await exchange(get()), '');
      mock.timers.tick(metadataLimits.connectionMs);
      await Promise.all(ended);
    } finally {
      mock.timers.reset();
    }
    assert.equal(statusOf(await exchange(get())), 'HTTP/1.1 200');
  });
});

function countAccepted(server: Server, wanted: number): Promise<void> {
  return new Promise((resolve) => {
    let count = 0;
    const count1 = (): void => {
      if (++count < wanted) return;
      server.off('connection', count1);
      resolve();
    };
    server.on('connection', count1);
  });
}
