/** The federation endpoint, asked as AWS's own samples ask: from role credentials to a console session, and every way in which it must not work. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import * as sdk from '@aws-sdk/client-iam';
import { AssumeRoleCommand, GetCallerIdentityCommand, GetFederationTokenCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts';
import type { Credentials } from '@aws-sdk/client-sts';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { Browser } from './browser.ts';
import { credentialsOf, makeUser, rememberingPasswords, signedIn } from './people.ts';

let gatehouse: TestGatehouse;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'federation', verifyPassword: rememberingPasswords() });
  await makeUser(gatehouse.iam(), 'alice', { actions: ['sts:*', 'iam:ListUsers'] });
  for (const [RoleName, MaxSessionDuration] of [['broker', 7_200], ['second', 3_600]] as const) {
    await gatehouse.iam().send(new sdk.CreateRoleCommand({ RoleName, MaxSessionDuration, AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { AWS: gatehouse.account }, Action: 'sts:AssumeRole' } }) }));
    await gatehouse.iam().send(new sdk.PutRolePolicyCommand({ RoleName, PolicyName: 'p', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: ['sts:AssumeRole', 'iam:ListUsers'], Resource: '*' } }) }));
  }
});
after(() => gatehouse.stop());
beforeEach(() => gatehouse.clock.advance(60_000));

const roleArn = (name: string) => `arn:aws:iam::${gatehouse.account}:role/${name}`;
const assume = async (name = 'broker', client = gatehouse.sts(), DurationSeconds?: number) => (await client.send(new AssumeRoleCommand({ RoleArn: roleArn(name), RoleSessionName: 'worker', ...(DurationSeconds !== undefined && { DurationSeconds }) }))).Credentials!;
const keyOf = ({ AccessKeyId, SecretAccessKey, SessionToken }: Credentials) => ({ accessKeyId: AccessKeyId!, secretAccessKey: SecretAccessKey!, sessionToken: SessionToken! });
const sessionOf = ({ AccessKeyId, SecretAccessKey, SessionToken }: Credentials, changed: object = {}) => JSON.stringify({ sessionId: AccessKeyId, sessionKey: SecretAccessKey, sessionToken: SessionToken, ...changed });

async function getSigninToken(Session: string, more: Readonly<Record<string, string>> = {}, method = 'GET') {
  const query = new URLSearchParams({ Action: 'getSigninToken', ...more, Session }).toString();
  const answer = await gatehouse.send({ method, target: method === 'GET' ? `/federation?${query}` : '/federation', headers: [['Host', 'signin.localhost:4566'], ...(method === 'GET' ? [] : [['Content-Type', 'application/x-www-form-urlencoded'] as const])], body: method === 'GET' ? '' : query });
  return { status: answer.status, value: JSON.parse(String(answer.body)) as { SigninToken?: string; message?: string }, answer };
}

const loginUrl = (SigninToken: string, more: Readonly<Record<string, string>> = {}) => `/federation?${new URLSearchParams({ Action: 'login', Issuer: 'https://broker.example', Destination: 'https://console.aws.amazon.com/', SigninToken, ...more })}`;

/** Opens the URL as a browser that was led there by another site: first the page that goes on, then the page that it goes on to. */
async function follow(browser: Browser, target: string) {
  const led = await browser.send(target, { headers: { 'Sec-Fetch-Site': 'cross-site', Accept: 'text/html' } });
  assert.equal(led.status, 200);
  assert.equal(led.cookies, undefined);
  const [, onward] = /content="0; url=([^"]*)"/.exec(String(led.body)) ?? [];
  return browser.send(onward!.replaceAll('&amp;', '&'), { headers: { 'Sec-Fetch-Site': 'same-origin', Accept: 'text/html' } });
}

test('a tool gets a sign-in token for role credentials, and its link opens the console as that role, once', async () => {
  for (const [method, type] of [['GET', {}], ['GET', { SessionType: 'json' }], ['POST', {}]] as const) {
    const { status, value, answer } = await getSigninToken(sessionOf(await assume()), type, method);
    assert.deepEqual([status, Object.keys(value), answer.headers['Cache-Control']], [200, ['SigninToken'], 'no-store']);
    const browser = new Browser(gatehouse);
    const opened = await follow(browser, loginUrl(value.SigninToken!));
    assert.equal(opened.status, 303);
    assert.match(opened.headers['Location']!, /^\/_gatehouse\/console\/\?session=[\w-]{8}$/);
    const { value: session } = await browser.get('session');
    assert.deepEqual([session['kind'], session['arn'], session['name'], session['issuer'], session['isMfaShown']], ['role', `arn:aws:sts::${gatehouse.account}:assumed-role/broker/worker`, 'broker/worker', 'https://broker.example', false]);
    browser.note({ session: session as never });
    const key = await credentialsOf(browser);
    assert.equal((await gatehouse.sts(key).send(new GetCallerIdentityCommand({}))).Arn, session['arn']);
    assert.equal((await new Browser(gatehouse).send(loginUrl(value.SigninToken!))).status, 400, 'the token was used');
    const out = await browser.post('sign-out');
    assert.deepEqual([out.status, out.value], [200, { issuer: 'https://broker.example' }]);
    await assert.rejects(gatehouse.sts(key).send(new GetCallerIdentityCommand({})), { name: 'ExpiredToken' });
  }
  const names = new Set(gatehouse.auditRecords.map((record) => Reflect.get(record, 'eventName')));
  assert.ok(names.has('GetSigninToken') && names.has('ConsoleLogin'));
});

test('a session lasts as long as its credentials, or as SessionDuration says within what the role allows', async () => {
  const ends = async (credentials: Credentials, more: Readonly<Record<string, string>> = {}) => {
    const { status, value } = await getSigninToken(sessionOf(credentials), more);
    if (status !== 200) return [status, value.message];
    const browser = new Browser(gatehouse);
    await browser.send(loginUrl(value.SigninToken!));
    return (Date.parse(String((await browser.get('session')).value['endsAt'])) - Math.floor(gatehouse.clock.now / 1000) * 1000) / 1000;
  };
  assert.equal(await ends(await assume('broker', gatehouse.sts(), 900)), 900);
  assert.equal(await ends(await assume(), { SessionDuration: '7200' }), 7_200);
  assert.deepEqual(await ends(await assume(), { SessionDuration: '7201' }), [400, 'SessionDuration exceeds the MaxSessionDuration set for this role.']);
  for (const SessionDuration of ['899', '43201', '-1', '1e3', '9 00', 'x', '0x400']) assert.deepEqual(await ends(await assume(), { SessionDuration }), [400, 'SessionDuration must be from 900 to 43200 seconds.'], SessionDuration);
  const chained = await assume('second', gatehouse.sts(keyOf(await assume())));
  assert.deepEqual(await ends(chained, { SessionDuration: '3600' }), [400, 'SessionDuration cannot be given with credentials of a role that was assumed by way of another role.']);
  assert.equal(await ends(chained), 3_600);
  const federated = (await gatehouse.sts().send(new GetFederationTokenCommand({ Name: 'bob', DurationSeconds: 1_800, Policy: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'sts:*', Resource: '*' } }) }))).Credentials!;
  assert.equal(await ends(federated), 1_800);
  assert.deepEqual(await ends(federated, { SessionDuration: '900' }), [400, 'SessionDuration cannot be given with credentials of GetFederationToken.']);
});

test('credentials that are wrong, over, of a session of one\'s own, of a console session, or long-term ones are refused', async () => {
  const good = await assume();
  const refused = async (Session: string) => {
    const { status, value } = await getSigninToken(Session);
    assert.equal(status, 400, Session);
    assert.equal(value.SigninToken, undefined);
  };
  const other = await assume();
  for (const changed of [{ sessionKey: 'x'.repeat(40) }, { sessionKey: '' }, { sessionId: other.AccessKeyId }, { sessionToken: other.SessionToken }, { sessionToken: `${good.SessionToken!.slice(0, -4)}AAAA` }, { sessionToken: 7 }, { sessionId: null }]) await refused(sessionOf(good, changed));
  for (const text of ['', '{', '[]', 'null', '"x"', '{}']) await refused(text);
  await refused(sessionOf((await gatehouse.sts().send(new GetSessionTokenCommand({}))).Credentials!));
  await refused(JSON.stringify({ sessionId: gatehouse.admin.accessKeyId, sessionKey: gatehouse.admin.secretAccessKey, sessionToken: '' }));
  const alice = await signedIn(gatehouse, 'alice');
  const own = await credentialsOf(alice);
  await refused(JSON.stringify({ sessionId: own.accessKeyId, sessionKey: own.secretAccessKey, sessionToken: own.sessionToken }));
  await refused(sessionOf(await assume('broker', gatehouse.sts(own))));
  gatehouse.clock.advance(3_600_000);
  await refused(sessionOf(good));
});

test('a sign-in token is good for fifteen minutes, and no other sealed text is one', async () => {
  const token = async () => (await getSigninToken(sessionOf(await assume()))).value.SigninToken!;
  const [first, late] = [await token(), await token()];
  for (const bad of ['x', `${first.slice(0, -4)}AAAA`, '']) assert.equal((await new Browser(gatehouse).send(loginUrl(bad))).status, 400, bad);
  const { flow } = await new Browser(gatehouse).signIn({ kind: 'root', ...gatehouse.rootSignIn });
  assert.equal((await new Browser(gatehouse).send(loginUrl(flow!))).status, 400);
  gatehouse.clock.advance(15 * 60_000 - 1);
  assert.equal((await new Browser(gatehouse).send(loginUrl(first))).status, 303);
  gatehouse.clock.advance(1);
  assert.equal((await new Browser(gatehouse).send(loginUrl(late))).status, 400);
});

test('a link leads to pages of ours only, and its issuer is a web address', async () => {
  const token = (await getSigninToken(sessionOf(await assume()))).value.SigninToken!;
  for (const Destination of ['https://evil.example/', 'https://console.aws.amazon.com.evil.example/', 'https://console.aws.amazon.com@evil.example/', 'https://evilconsole.aws.amazon.com/', 'http://console.aws.amazon.com/', 'https://console.aws.amazon.com:8443/', '//evil.example', 'javascript:alert(1)', '/elsewhere', 'http://localhost:9999/_gatehouse/console/', 'http://evil.example/_gatehouse/console/', '']) {
    const { status, headers, cookies } = await new Browser(gatehouse).send(loginUrl(token, { Destination }));
    assert.deepEqual([status, headers['Location'], cookies], [400, undefined, undefined], Destination);
  }
  for (const Issuer of ['javascript:alert(1)', 'data:text/html,x', 'not a url']) assert.equal((await new Browser(gatehouse).send(loginUrl(token, { Issuer }))).status, 400, Issuer);
  for (const [Destination, shown] of [['https://us-east-1.console.aws.amazon.com/iam/home?region=us-east-1#/users', /^\/_gatehouse\/console\/\?session=/], ['/_gatehouse/console/users?x=1', /^\/_gatehouse\/console\/users\?x=1&session=/], ['http://localhost:4566/_gatehouse/console/roles', /^\/_gatehouse\/console\/roles\?session=/]] as const) {
    const fresh = (await getSigninToken(sessionOf(await assume()))).value.SigninToken!;
    assert.match((await new Browser(gatehouse).send(loginUrl(fresh, { Destination }))).headers['Location']!, shown, Destination);
  }
  assert.equal((await new Browser(gatehouse).send('/federation?Action=other')).status, 400);
  assert.equal((await new Browser(gatehouse).send('/federation')).status, 400);
  assert.equal((await gatehouse.send({ method: 'GET', target: loginUrl(token), headers: [['Host', 'evil.example']] })).status, 421);
});

test('a link puts nobody who is signed in into another\'s session without a word: it asks, on a page of ours', async () => {
  const browser = await signedIn(gatehouse, 'alice');
  const token = (await getSigninToken(sessionOf(await assume()))).value.SigninToken!;
  const asked = await follow(browser, loginUrl(token));
  assert.deepEqual([asked.status, asked.cookies], [200, undefined]);
  assert.match(String(asked.body), /signed in as alice/);
  const fields = { SigninToken: token, Destination: 'https://console.aws.amazon.com/', Issuer: 'https://broker.example' };
  assert.equal((await browser.form('/_gatehouse/signin/federated', fields, { origin: 'https://evil.example' })).status, 403);
  assert.equal(((await browser.get('sessions')).value['sessions'] as unknown[]).length, 1);
  assert.equal((await browser.form('/_gatehouse/signin/federated', fields)).status, 303);
  assert.equal(((await browser.get('sessions')).value['sessions'] as unknown[]).length, 2);
});
