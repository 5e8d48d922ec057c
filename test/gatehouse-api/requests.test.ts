/** The live view of requests: the newest first, with what became of them, each account its own and nothing that a request carried. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as sdk from '@aws-sdk/client-iam';
import { RecentRequests } from '../../src/store/recent-requests.ts';
import { startGatehouse, type KeyPair, type TestGatehouse } from '../gatehouse.ts';
import { callQuery, textOf } from '../signed-call.ts';

let gatehouse: TestGatehouse;
let alice: KeyPair;
let stranger: KeyPair;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'requests' });
  await gatehouse.iam().send(new sdk.CreateUserCommand({ UserName: 'alice' }));
  const { AccessKey } = await gatehouse.iam().send(new sdk.CreateAccessKeyCommand({ UserName: 'alice' }));
  alice = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
  stranger = await gatehouse.newAccount('444455556666');
});
after(() => gatehouse.stop());

const account = '111122223333';
const element = (text: string, name: string): string | undefined => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1];

async function list(parameters: Readonly<Record<string, string>> = {}, key?: KeyPair) {
  const answer = await callQuery(gatehouse, 'gatehouse', { Action: 'ListRequests', ...parameters }, key);
  const text = textOf(answer);
  assert.equal(answer.status, 200, text);
  const [head, ...items] = text.split(/<member>/);
  const rest = `${head}${items.at(-1)?.split('</Requests>')[1] ?? ''}`;
  return { items, text, since: element(rest, 'Since')!, marker: element(rest, 'Marker') };
}
const shown = (item: string) => ['Operation', 'Decision', 'ErrorCode'].map((name) => element(item, name));

test('the newest first: who called what, how it was decided, and by what id a denial is explained', async () => {
  const denied = await callQuery(gatehouse, 'iam', { Action: 'GetUser', UserName: 'bob' }, alice);
  await callQuery(gatehouse, 'iam', { Action: 'GetUser', UserName: 'nobody' });
  const { items } = await list();
  assert.deepEqual(items.slice(0, 2).map(shown), [['iam:GetUser', 'allowed', 'NoSuchEntity'], ['iam:GetUser', 'denied', 'AccessDenied']]);
  assert.equal(element(items[1]!, 'Principal'), `arn:aws:iam::${account}:user/alice`);
  assert.equal(element(items[1]!, 'AuthorizationId'), denied.headers['x-gatehouse-authorization-id']);
  assert.match(element(items[1]!, 'Message')!, /is not authorized to perform: iam:GetUser/);
  assert.equal(element(items[0]!, 'Message'), undefined, 'only a denial repeats what was said');
  assert.ok(!items.some((item) => element(item, 'Operation') === 'gatehouse:ListRequests'), 'watching does not show itself');
});

test('by Since only what is newer is told, by Marker what is older, by Decision what was so decided', async () => {
  const { since } = await list();
  assert.deepEqual((await list({ Since: since })).items, []);
  for (const UserName of ['a', 'b', 'c']) await callQuery(gatehouse, 'iam', { Action: 'GetUser', UserName });
  const first = await list({ Since: since, MaxItems: '2' });
  const second = await list({ Since: since, MaxItems: '2', Marker: first.marker! });
  assert.deepEqual([first.items.length, second.items.length, second.marker], [2, 1, undefined]);
  assert.ok((await list({ Decision: 'denied' })).items.every((item) => element(item, 'Decision') === 'denied'));
  const forged = await callQuery(gatehouse, 'gatehouse', { Action: 'ListRequests', Since: 'forged' });
  assert.equal(forged.status, 400);
});

test('nothing that a request or an answer carried is told', async () => {
  const iam = gatehouse.iam();
  await iam.send(new sdk.CreateLoginProfileCommand({ UserName: 'alice', Password: 'correct-Horse-7-battery' }));
  const { AccessKey } = await iam.send(new sdk.CreateAccessKeyCommand({ UserName: 'alice' }));
  await callQuery(gatehouse, 'iam', { Action: 'CreateLoginProfile', UserName: 'x'.repeat(200), Password: 'secret-in-a-refused-request' });
  const { text } = await list({ MaxItems: '500' });
  for (const secret of ['correct-Horse', AccessKey!.SecretAccessKey!, 'secret-in-a-refused', 'x'.repeat(20)]) assert.ok(!text.includes(secret), secret);
});

test('another account sees none of it, nor what nobody proved to be from here', async () => {
  await gatehouse.send({ headers: [['Content-Type', 'application/x-www-form-urlencoded']], body: 'Action=ListUsers&Version=2010-05-08' });
  const before = await list();
  await callQuery(gatehouse, 'iam', { Action: 'ListUsers' }, { ...alice, secretAccessKey: 'w'.repeat(40) });
  assert.deepEqual((await list({ Since: before.since })).items, []);
  const { text } = await list({}, stranger);
  assert.ok(!text.includes(account) && !text.includes('alice'));
  const answer = await callQuery(gatehouse, 'gatehouse', { Action: 'ListRequests', Since: before.since }, stranger);
  assert.equal(element(textOf(answer), 'Message'), 'Invalid Marker.');
  const refused = await callQuery(gatehouse, 'gatehouse', { Action: 'ListRequests' }, alice);
  assert.match(textOf(refused), /not authorized to perform: gatehouse:ListRequests on resource: arn:aws:gatehouse::111122223333:request\/\*/);
});

test('the owner of what another account addresses learns that it did, and neither who nor why', async () => {
  await gatehouse.iam().send(new sdk.CreateRoleCommand({ RoleName: 'shared', AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { AWS: account }, Action: 'sts:AssumeRole' } }) }));
  const { since } = await list();
  const answer = await callQuery(gatehouse, 'sts', { Action: 'AssumeRole', RoleArn: `arn:aws:iam::${account}:role/shared`, RoleSessionName: 'session' }, stranger);
  assert.equal(answer.status, 403, textOf(answer));
  const { items } = await list({ Since: since });
  assert.deepEqual(items.map(shown), [['sts:AssumeRole', 'denied', 'AccessDenied']]);
  assert.deepEqual(['Principal', 'PrincipalAccount', 'Message', 'AuthorizationId'].map((name) => element(items[0]!, name)), ['444455556666', '444455556666', undefined, undefined]);
  assert.match((await list({}, stranger)).items[0]!, /<Principal>arn:aws:iam::444455556666:user\/admin<.*<Message>User: arn/s);
  await callQuery(gatehouse, 'sts', { Action: 'AssumeRole', RoleArn: 'arn:aws:iam::999999999999:role/x', RoleSessionName: 'session' }, stranger);
});

test('as many are kept as the limits say, of so many accounts', () => {
  const recent = new RecentRequests(() => 'g', 5, { perAccount: 3, accounts: 2 });
  const request = (at: number) => ({ requestId: String(at), at, principal: 'p', principalAccount: 'a', service: 's', operation: 'o', region: 'r', sourceIp: '::1', decision: 'allowed', errorCode: undefined, message: undefined, authorizationId: undefined } as const);
  assert.equal(recent.keptSince('a'), 5);
  for (let at = 10; at < 15; at++) recent.record('a', request(at));
  assert.deepEqual(recent.list('a', { limit: 9 }).map(({ number, request: { at } }) => [number, at]), [[5, 14], [4, 13], [3, 12]]);
  assert.deepEqual([recent.keptSince('a'), recent.newest('a'), recent.list('a', { limit: 9, since: 5 }).length, recent.list('a', { limit: 9, before: 4 }).length], [11, 5, 0, 1]);
  recent.record('b', request(1));
  recent.record('c', request(1));
  assert.deepEqual(['a', 'b', 'c'].map((account) => recent.list(account, { limit: 9 }).length), [0, 1, 1]);
});
