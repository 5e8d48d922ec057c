/** The routes that need no signature: what they say, whom they answer, and that there are no others. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ownRoutes, reservedNames } from '../../src/server/own-routes.ts';
import { startGatehouse } from '../gatehouse.ts';

test('every own route stands in the table, and says how it is authenticated', () => {
  assert.deepEqual(Object.entries(ownRoutes).map(([path, { authentication, methods }]) => [path, authentication, methods]), [
    ['/health', 'none', ['GET', 'HEAD']],
    ['/ready', 'none', ['GET', 'HEAD']],
    ['/metrics', 'presented', ['GET', 'HEAD']],
    ['/_gatehouse/issuers/', 'none', ['GET', 'HEAD']],
    ['/_gatehouse/icon.svg', 'none', ['GET', 'HEAD']],
    ['/_gatehouse/instance-identity/certificate.pem', 'none', ['GET', 'HEAD']],
    ['/_gatehouse', 'none', ['GET', 'HEAD']],
    ['/_gatehouse/console', 'none', ['GET', 'HEAD']],
    ['/_gatehouse/console/', 'page', ['GET', 'HEAD']],
    ['/_gatehouse/console/assets/', 'none', ['GET', 'HEAD']],
    ['/_gatehouse/signin/', 'page', ['GET', 'HEAD']],
    ['/_gatehouse/signin/signed-in', 'page', ['GET', 'HEAD']],
    ['/_gatehouse/signin/passkey.js', 'page', ['GET', 'HEAD']],
    ['/_gatehouse/signin/password', 'ownPage', ['POST']],
    ['/_gatehouse/signin/mfa', 'ownPage', ['POST']],
    ['/_gatehouse/signin/new-password', 'ownPage', ['POST']],
    ['/_gatehouse/signin/federated', 'ownPage', ['POST']],
    ['/_gatehouse/signin/session', 'session', ['GET']],
    ['/_gatehouse/signin/sessions', 'session', ['GET']],
    ['/_gatehouse/signin/credentials', 'sessionFromOwnPage', ['POST']],
    ['/_gatehouse/signin/switch-role', 'sessionFromOwnPage', ['POST']],
    ['/_gatehouse/signin/switch-back', 'sessionFromOwnPage', ['POST']],
    ['/_gatehouse/signin/change-password', 'sessionFromOwnPage', ['POST']],
    ['/_gatehouse/signin/passkeys/begin', 'sessionFromOwnPage', ['POST']],
    ['/_gatehouse/signin/passkeys/finish', 'sessionFromOwnPage', ['POST']],
    ['/_gatehouse/signin/authorize', 'sessionFromOwnPage', ['POST']],
    ['/_gatehouse/signin/sign-out', 'sessionFromOwnPage', ['POST']],
    ['/switchrole', 'page', ['GET', 'HEAD']],
    ['/v1/authorize', 'page', ['GET', 'HEAD']],
    ['/v1/token', 'presented', ['POST']],
    ['/v1/repos/', 'presented', ['GET', 'POST']],
    ['/_gatehouse/git/', 'presented', ['GET', 'POST']],
    ['/federation', 'presented', ['GET', 'POST']],
    ['/_gatehouse/', 'page', ['GET', 'HEAD']],
  ]);
});

test('an unsigned route answers under an address, localhost, or no Host at all, and tells nothing of accounts', async () => {
  const { send, account, stop } = await startGatehouse();
  for (const host of ['127.0.0.1:4566', '[::1]:4566', '10.1.2.3', 'localhost:4566', undefined]) {
    for (const target of ['/health', '/ready', '/health?x=1']) {
      const answer = await send({ method: 'GET', target, headers: host === undefined ? [] : [['Host', host]] });
      assert.deepEqual([answer.status, String(answer.body).includes(account)], [200, false]);
    }
  }
  await stop();
});

test('a page whose name was pointed here reads nothing: another Host, or two, are misdirected', async () => {
  const { send, stop } = await startGatehouse();
  for (const hosts of [['evil.example'], ['evil.example:4566'], ['127.0.0.1.evil.example'], ['localhost', 'localhost'], ['localhost', 'evil.example']]) {
    for (const target of ['/health', '/ready', '/metrics']) {
      const answer = await send({ method: 'GET', target, headers: hosts.map((host) => ['Host', host] as const) });
      assert.equal(answer.status, 421, `${target} ${hosts.join()}`);
      assert.doesNotMatch(String(answer.body), /alive|ready"|gatehouse_/);
    }
  }
  await stop();
});

test('/ready tells of what goes wrong and keeps nobody from being served', async () => {
  const { send, plane, stop } = await startGatehouse();
  const headers = [['Host', 'localhost']] as const;
  assert.equal(String((await send({ method: 'GET', target: '/ready', headers })).body), '{"status":"ready"}');
  plane.store.troubles = () => ['snapshots cannot be written'];
  const answer = await send({ method: 'GET', target: '/ready', headers });
  assert.deepEqual([answer.status, String(answer.body)], [200, '{"status":"ready","warnings":["snapshots cannot be written"]}']);
  await stop();
});

test('a method that a route does not have is refused, and what only looks like a route is not one', async () => {
  const { send, stop } = await startGatehouse();
  const headers = [['Host', 'localhost']] as const;
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE']) {
    const answer = await send({ method, target: '/health', headers });
    assert.deepEqual([answer.status, answer.headers.Allow], [405, 'GET, HEAD'], method);
  }
  // What is a path names a bucket, of which there are none.
  for (const target of ['/health/', '/HEALTH', '/%68ealth', '/health;x', '/./health', '/__proto__', '/constructor', '/toString']) assert.equal((await send({ method: 'GET', target, headers })).status, 404, target);
  assert.equal((await send({ method: 'GET', target: '//health', headers })).status, 400);
  for (const target of ['http://localhost/health', '*']) assert.equal((await send({ method: 'GET', target, headers })).status, 403, target);
  await stop();
});

test('a browser at the root is sent to the console; an SDK, a signed request and another Host are not', async () => {
  const { send, stop } = await startGatehouse();
  const at = async (host: string, headers: readonly (readonly [string, string])[], target = '/', method = 'GET') => {
    const { status, headers: answered } = await send({ method, target, headers: [['Host', host], ...headers] });
    return [status, answered.Location];
  };
  assert.deepEqual(await at('localhost', [['Accept', 'text/html,*/*;q=0.8']]), [302, '/_gatehouse/console/']);
  for (const [host, headers, target, method] of [['localhost', []], ['localhost', [['Accept', '*/*']]], ['localhost', [['Accept', 'text/html'], ['Authorization', 'AWS4-HMAC-SHA256 x']]], ['evil.example', [['Accept', 'text/html']]], ['localhost', [['Accept', 'text/html']], '/?Action=ListUsers'], ['localhost', [['Accept', 'text/html']], '/', 'POST']] as const) {
    assert.equal((await at(host, headers, target, method))[1], undefined);
  }
  await stop();
});

test('the names of routes are no names of buckets', () => {
  assert.deepEqual(reservedNames.filter((name) => name.length >= 3), ['health', 'ready', 'metrics', '_gatehouse', 'switchrole', 'federation']);
});
