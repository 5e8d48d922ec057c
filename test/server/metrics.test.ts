/** `/metrics`: what is counted of requests, and who may not read it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ListUsersCommand } from '@aws-sdk/client-iam';
import { startGatehouse } from '../gatehouse.ts';
import type { RawRequest } from '../gatehouse.ts';

const local = { method: 'GET', target: '/metrics', headers: [['Host', 'localhost']], remoteAddress: '127.0.0.1' } as const satisfies RawRequest;

test('requests are counted by service, operation, decision and status; nobody makes up a name, and nothing is said of accounts', async () => {
  const { iam, send, account, root, stop } = await startGatehouse();
  await iam().send(new ListUsersCommand({}));
  await iam().send(new ListUsersCommand({}));
  await assert.rejects(iam({ ...root, secretAccessKey: 'wrong' }).send(new ListUsersCommand({})));
  await send({ headers: [['Host', 'localhost'], ['Authorization', 'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20261123/us-east-1/made"up/aws4_request, SignedHeaders=host, Signature=00']] });
  const { status, headers, body } = await send(local);
  const text = String(body);
  assert.deepEqual([status, headers['Content-Type'], headers['Cache-Control']], [200, 'text/plain; version=0.0.4; charset=utf-8', 'no-store']);
  assert.match(text, /^gatehouse_requests_total\{service="iam",operation="ListUsers",decision="allowed",status="200"\} 2$/m);
  assert.match(text, /^gatehouse_requests_total\{service="iam",operation="ListUsers",decision="none",status="403"\} 1$/m);
  assert.match(text, /^gatehouse_requests_total\{service="unknown",operation="unknown",/m);
  assert.match(text, /^gatehouse_accounts 1$/m);
  assert.doesNotMatch(text, new RegExp(`made|AKIA|${account}`));
  await stop();
});

const throughProxy = (name: string): RawRequest => ({ ...local, headers: [...local.headers, [name, '127.0.0.1']] });

test('who is elsewhere, or comes through a proxy, reads nothing', async () => {
  const { send, stop } = await startGatehouse();
  const refused: readonly RawRequest[] = [
    { ...local, remoteAddress: '10.0.0.7' }, { ...local, remoteAddress: '::ffff:10.0.0.7' }, { ...local, remoteAddress: 'fe80::1' }, { ...local, remoteAddress: '' },
    ...['Forwarded', 'Via', 'X-Forwarded-For', 'x-forwarded-host', 'X-Real-IP'].map(throughProxy),
  ];
  for (const request of refused) {
    const { status, body } = await send(request);
    assert.equal(status, 403, JSON.stringify(request));
    assert.doesNotMatch(String(body), /gatehouse_/);
  }
  for (const remoteAddress of ['127.0.0.1', '127.1.2.3', '::1', '::ffff:127.0.0.1']) assert.equal((await send({ ...local, remoteAddress })).status, 200, remoteAddress);
  await stop();
});

test('with a token, who shows it reads from anywhere, and nobody else from here', async () => {
  const { send, stop } = await startGatehouse({ metricsToken: 'a-token-of-the-operator' });
  const shown = (authorization: string | undefined, remoteAddress: string): Promise<number> => send({ ...local, remoteAddress, headers: [...local.headers, ...(authorization === undefined ? [] : [['Authorization', authorization] as const])] }).then(({ status }) => status);
  assert.equal(await shown('Bearer a-token-of-the-operator', '10.0.0.7'), 200);
  for (const wrong of [undefined, '', 'Bearer', 'Bearer ', 'Bearer a-token-of-the-operato', 'Bearer a-token-of-the-operator ', 'Basic a-token-of-the-operator', 'a-token-of-the-operator']) assert.equal(await shown(wrong, '127.0.0.1'), 403, String(wrong));
  await stop();
});
