/** The routes that need no signature: what they say, whom they answer, and that there are no others. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ownRoutes } from '../../src/server/own-routes.ts';
import { startGatehouse } from '../gatehouse.ts';

test('every own route stands in the table, and says how it is authenticated', () => {
  assert.deepEqual(Object.entries(ownRoutes).map(([path, { authentication, methods }]) => [path, authentication, methods]), [
    ['/health', 'none', ['GET', 'HEAD']],
    ['/ready', 'none', ['GET', 'HEAD']],
    ['/_gatehouse/issuers/', 'none', ['GET', 'HEAD']],
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
    for (const target of ['/health', '/ready']) {
      const answer = await send({ method: 'GET', target, headers: hosts.map((host) => ['Host', host] as const) });
      assert.equal(answer.status, 421, `${target} ${hosts.join()}`);
      assert.doesNotMatch(String(answer.body), /alive|ready"/);
    }
  }
  await stop();
});

test('a method that a route does not have is refused, and what only looks like a route is not one', async () => {
  const { send, stop } = await startGatehouse();
  const headers = [['Host', 'localhost']] as const;
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE']) {
    const answer = await send({ method, target: '/health', headers });
    assert.deepEqual([answer.status, answer.headers.Allow], [405, 'GET, HEAD'], method);
  }
  for (const target of ['/health/', '//health', '/HEALTH', '/%68ealth', '/health;x', '/./health', '/__proto__', '/constructor', '/toString', 'http://localhost/health', '*']) {
    assert.equal((await send({ method: 'GET', target, headers })).status, 403, target);
  }
  await stop();
});
