/** `aws login`: consent in the browser, a code for a token, credentials that are refreshed – held to AWS's own clients where they are at hand – and what must not work. */
import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import * as sdk from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { fromLoginCredentials } from '@aws-sdk/credential-providers';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { Browser } from './browser.ts';
import { CommandLine, crossDevice } from './command-line.ts';
import { asUser, makeUser, rememberingPasswords, signedIn, userPassword } from './people.ts';

let gatehouse: TestGatehouse;
const developer = ['signin:AuthorizeOAuth2Access', 'signin:CreateOAuth2Token', 'iam:ListUsers', 'sts:AssumeRole', 'iam:ChangePassword'];
before(async () => {
  gatehouse = await startGatehouse({ seed: 'aws login', verifyPassword: rememberingPasswords() });
  await makeUser(gatehouse.iam(), 'alice', { actions: developer });
  await makeUser(gatehouse.iam(), 'bob', { actions: ['iam:GetUser'] });
});
after(() => gatehouse.stop());
beforeEach(() => gatehouse.clock.advance(16 * 60_000));

/** What the page that asks posts when the person agrees. */
async function consent(browser: Browser, url: string, answer = 'allow') {
  const page = String((await browser.send(url, { headers: { Accept: 'text/html' } })).body);
  const [, action] = /action="([^"]*\/authorize[^"]*)"/.exec(page) ?? [];
  assert.ok(action, page);
  const form = page.slice(page.indexOf(action!), page.indexOf('</form>'));
  const fields = Object.fromEntries([...form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(([, name, value]) => [name!, value!.replaceAll('&amp;', '&')]));
  return browser.form(action!, { ...fields, answer });
}

async function codeOf(browser: Browser, commandLine: CommandLine): Promise<string> {
  const { status, headers, body } = await consent(browser, commandLine.url());
  assert.equal(status, 303, String(body));
  const location = new URL(headers['Location']!);
  assert.deepEqual([`${location.origin}${location.pathname}`, location.searchParams.get('state')], [commandLine.redirectUri, commandLine.state]);
  return location.searchParams.get('code')!;
}

const keyOf = ({ accessToken }: { readonly accessToken?: { accessKeyId: string; secretAccessKey: string; sessionToken: string } }) => accessToken!;
const arnOf = async (key: { accessKeyId: string; secretAccessKey: string; sessionToken: string }) => (await gatehouse.sts(key).send(new GetCallerIdentityCommand({}))).Arn;

test('who is not signed in signs in first and comes back; then the code is fetched, exchanged, and its credentials are the user\'s, refreshed for as long as the session lasts', async () => {
  const commandLine = new CommandLine(gatehouse);
  const browser = new Browser(gatehouse);
  const away = await browser.send(commandLine.url(), { headers: { Accept: 'text/html' } });
  assert.equal(away.status, 303);
  const page = String((await browser.send(away.headers['Location']!)).body);
  const onward = /name="continue" value="([^"]*)"/.exec(page)![1]!.replaceAll('&amp;', '&');
  const back = await browser.form('/_gatehouse/signin/password', { ...asUser(gatehouse, 'alice'), continue: onward });
  assert.deepEqual([back.status, new URL(back.headers['Location']!, 'http://x').pathname], [303, '/v1/authorize']);
  const code = await codeOf(browser, commandLine);
  assert.ok(code.length <= 512);
  const { status, value } = await commandLine.redeem(code);
  assert.equal(status, 200, JSON.stringify(value));
  assert.deepEqual([value['tokenType'], value['expiresIn'], value.refreshToken!.length <= 2_048], ['aws_sigv4', 900, true]);
  const parts = value.idToken!.split('.');
  assert.equal(parts.length, 3);
  assert.equal(JSON.parse(Buffer.from(parts[1]!, 'base64url').toString()).sub, `arn:aws:iam::${gatehouse.account}:user/alice`);
  assert.equal(await arnOf(keyOf(value)), `arn:aws:iam::${gatehouse.account}:user/alice`);
  await gatehouse.iam(keyOf(value)).send(new sdk.ListUsersCommand({}));
  gatehouse.clock.advance(14 * 60_000);
  for (let i = 0; i < 3; i++) {
    const refreshed = await commandLine.refresh(value.refreshToken!);
    assert.deepEqual([refreshed.status, refreshed.value.idToken], [200, undefined]);
    assert.equal(await arnOf(keyOf(refreshed.value)), `arn:aws:iam::${gatehouse.account}:user/alice`);
  }
  const events = gatehouse.auditRecords.map((record) => Reflect.get(record, 'eventName'));
  assert.deepEqual([events.filter((name) => name === 'AuthorizeOAuth2Access').length, events.filter((name) => name === 'CreateOAuth2Token').length], [1, 4]);
  // Signing out of the browser leaves the command line; everywhere means everywhere; twelve hours are the end of it.
  await browser.get('session').then(({ value: session }) => browser.note({ session: session as never }));
  assert.equal((await browser.post('sign-out')).status, 204);
  assert.equal((await commandLine.refresh(value.refreshToken!)).status, 200);
  const other = await signedIn(gatehouse, 'alice');
  await other.post('sign-out', { which: 'everywhere' });
  const ended = await commandLine.refresh(value.refreshToken!);
  assert.deepEqual([ended.status, ended.value['error'], ended.errorType], [401, 'TOKEN_EXPIRED', 'AccessDeniedException']);
});

/** Where an SDK's requests go, with what else is to go with them. */
function handlerTo({ send }: TestGatehouse, host: string, more: () => readonly (readonly [string, string])[] = () => []) {
  return {
    async handle({ method, path, headers, body }: { readonly method: string; readonly path: string; readonly headers: Readonly<Record<string, string>>; readonly body: string | Uint8Array }) {
      const answer = await send({ method, target: path, headers: [...Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'host'), ['Host', host], ...more()], body });
      return { response: { statusCode: answer.status, headers: Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name.toLowerCase(), value])), body: Buffer.from(answer.body) } };
    },
  };
}

test('AWS\'s own client of the signin service exchanges and refreshes, and reads the errors', async () => {
  const { SigninClient, CreateOAuth2TokenCommand } = await import('@aws-sdk/nested-clients/signin');
  const commandLine = new CommandLine(gatehouse);
  const code = await codeOf(await signedIn(gatehouse, 'alice'), commandLine);
  const client = new SigninClient({
    region: 'us-east-1', endpoint: `http://${commandLine.host}`, credentials: { accessKeyId: '', secretAccessKey: '' }, maxAttempts: 1,
    requestHandler: handlerTo(gatehouse, commandLine.host, () => [['DPoP', commandLine.proof()]]),
  } as never);
  const redeem = () => client.send(new CreateOAuth2TokenCommand({ tokenInput: { clientId: commandLine.clientId, grantType: 'authorization_code', code, redirectUri: commandLine.redirectUri, codeVerifier: commandLine.verifier } }));
  const { tokenOutput } = await redeem();
  assert.equal(await arnOf(tokenOutput!.accessToken as never), `arn:aws:iam::${gatehouse.account}:user/alice`);
  const refreshed = await client.send(new CreateOAuth2TokenCommand({ tokenInput: { clientId: commandLine.clientId, grantType: 'refresh_token', refreshToken: tokenOutput!.refreshToken } }));
  assert.ok(refreshed.tokenOutput!.accessToken!.accessKeyId!.startsWith('ASIA'));
  await assert.rejects(redeem(), { name: 'AccessDeniedException', error: 'AUTHCODE_EXPIRED' });
});

test('the SDK refreshes what the command line left in its cache, as it stands', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-login-'));
  const own = await startGatehouse({ seed: 'the SDK and aws login' });
  // The SDK dates its proofs by the machine's clock.
  own.clock.advance(Date.now() - own.clock.now);
  await makeUser(own.iam(), 'alice', { actions: developer });
  const commandLine = new CommandLine(own);
  const { value } = await commandLine.redeem(await codeOf(await signedIn(own, 'alice'), commandLine));
  const session = `arn:aws:iam::${own.account}:user/alice`;
  const cached = join(folder, `${createHash('sha256').update(session).digest('hex')}.json`);
  writeFileSync(join(folder, 'config'), `[profile dev]\nlogin_session = ${session}\nregion = us-east-1\n`);
  writeFileSync(cached, JSON.stringify({ accessToken: { ...value.accessToken, accountId: own.account, expiresAt: new Date(own.clock.now + 60_000).toISOString() }, tokenType: 'aws_sigv4', clientId: commandLine.clientId, refreshToken: value.refreshToken, idToken: value.idToken, dpopKey: commandLine.key.privateKey.export({ type: 'sec1', format: 'pem' }) }));
  process.env['AWS_LOGIN_CACHE_DIRECTORY'] = folder;
  try {
    const provide = fromLoginCredentials({ profile: 'dev', configFilepath: join(folder, 'config'), filepath: join(folder, 'none'), clientConfig: { endpoint: `http://${commandLine.host}`, requestHandler: handlerTo(own, commandLine.host) } as never });
    const credentials = await provide();
    assert.notEqual(credentials.accessKeyId, value.accessToken!.accessKeyId);
    assert.equal((await own.sts({ ...credentials, sessionToken: credentials.sessionToken! }).send(new GetCallerIdentityCommand({}))).Arn, session);
    assert.equal(JSON.parse(readFileSync(cached, 'utf8')).accessToken.accessKeyId, credentials.accessKeyId);
  } finally {
    delete process.env['AWS_LOGIN_CACHE_DIRECTORY'];
    rmSync(folder, { recursive: true });
    await own.stop();
  }
});

test('a code is good once: the second time what came of the first ends, too', async () => {
  const commandLine = new CommandLine(gatehouse);
  const code = await codeOf(await signedIn(gatehouse, 'alice'), commandLine);
  const { value } = await commandLine.redeem(code);
  assert.equal((await commandLine.redeem(code)).value['error'], 'AUTHCODE_EXPIRED');
  await assert.rejects(arnOf(keyOf(value)), { name: 'ExpiredToken' });
  assert.equal((await commandLine.refresh(value.refreshToken!)).value['error'], 'TOKEN_EXPIRED');
  // Of two at once one wins at most, and nothing is left of it.
  const twice = await codeOf(await signedIn(gatehouse, 'alice'), commandLine);
  const both = await Promise.all([commandLine.redeem(twice), commandLine.redeem(twice)]);
  assert.ok(both.filter(({ status }) => status === 200).length <= 1);
});

test('a code is of no use without its verifier, at another address, for another client, too late, or when the session has ended', async () => {
  const commandLine = new CommandLine(gatehouse);
  const browser = await signedIn(gatehouse, 'alice');
  for (const changed of [{ codeVerifier: 'x'.repeat(43) }, { redirectUri: 'http://127.0.0.1:1/oauth/callback' }, { clientId: crossDevice }]) {
    const { status, value, errorType } = await commandLine.redeem(await codeOf(browser, commandLine), changed);
    assert.deepEqual([status, value['error'], errorType], [400, 'INVALID_REQUEST', 'ValidationException'], JSON.stringify(changed));
  }
  for (const changed of [{ codeVerifier: 'short' }, { codeVerifier: 'x'.repeat(129) }, { codeVerifier: `${'x'.repeat(43)}+` }, { clientId: 'arn:aws:signin:::devtools/other' }, { grantType: 'password' }, { code: 7 }]) assert.equal((await commandLine.redeem(await codeOf(browser, commandLine), changed)).status, 400, JSON.stringify(changed));
  for (const code of ['', 'x', 'A'.repeat(512)]) assert.equal((await commandLine.redeem(code)).value['error'], 'AUTHCODE_EXPIRED');
  const late = await codeOf(browser, commandLine);
  gatehouse.clock.advance(5 * 60_000);
  assert.equal((await commandLine.redeem(late)).value['error'], 'AUTHCODE_EXPIRED');
  const orphan = await codeOf(browser, commandLine);
  await browser.post('sign-out');
  assert.equal((await commandLine.redeem(orphan)).value['error'], 'AUTHCODE_EXPIRED');
});

test('a token goes only to whoever proves a key for this very request, and a refresh token only to the key that it was given to', async () => {
  const commandLine = new CommandLine(gatehouse);
  const browser = await signedIn(gatehouse, 'alice');
  const code = await codeOf(browser, commandLine);
  const now = Math.floor(gatehouse.clock.now / 1000);
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const used = commandLine.proof();
  await commandLine.token({ clientId: commandLine.clientId, grantType: 'none' }, { proof: used });
  const bad: readonly (string | null)[] = [null, '', 'x.y.z', used, commandLine.proof({ htm: 'GET' }), commandLine.proof({ htu: 'http://localhost:4566/v1/other' }), commandLine.proof({ htu: 'http://evil.example/v1/token' }), commandLine.proof({ iat: now - 301 }), commandLine.proof({ iat: now + 301 }), commandLine.proof({ jti: '' }), commandLine.proof({ typ: 'JWT' }), commandLine.proof({ alg: 'none' }), commandLine.proof({ alg: 'HS256' }), commandLine.proof({ jwk: privateKey.export({ format: 'jwk' }) }), commandLine.proof({ jwk: { kty: 'oct', k: 'AAAA' } }), `${commandLine.proof().slice(0, -6)}AAAAAA`];
  for (const proof of bad) {
    const { status, value } = await commandLine.redeem(code, {}, { proof });
    assert.deepEqual([status, value['error']], [400, 'INVALID_REQUEST'], String(proof));
  }
  // None of them used the code up.
  const { value } = await commandLine.redeem(code);
  commandLine.key = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  assert.equal((await commandLine.refresh(value.refreshToken!)).value['error'], 'INVALID_REQUEST');
  assert.equal((await commandLine.refresh(code)).value['error'], 'INVALID_REQUEST');
});

test('the command line is let in by policies: for consent and for each token, and a password that changed ends it', async () => {
  const bob = await signedIn(gatehouse, 'bob');
  const denied = await consent(bob, new CommandLine(gatehouse).url());
  assert.equal(denied.status, 403);
  assert.match(String(denied.body), /user\/bob is not authorized to perform: signin:AuthorizeOAuth2Access on resource: arn:aws:signin:us-east-1:111122223333:oauth2\/public-client\/localhost/);
  await makeUser(gatehouse.iam(), 'carol', { actions: [] });
  await gatehouse.iam().send(new sdk.AttachUserPolicyCommand({ UserName: 'carol', PolicyArn: 'arn:aws:iam::aws:policy/SignInLocalDevelopmentAccess' }));
  const commandLine = new CommandLine(gatehouse);
  const { value } = await commandLine.redeem(await codeOf(await signedIn(gatehouse, 'carol'), commandLine));
  assert.equal(await arnOf(keyOf(value)), `arn:aws:iam::${gatehouse.account}:user/carol`);
  await gatehouse.iam().send(new sdk.DetachUserPolicyCommand({ UserName: 'carol', PolicyArn: 'arn:aws:iam::aws:policy/SignInLocalDevelopmentAccess' }));
  const forbidden = await commandLine.refresh(value.refreshToken!);
  assert.deepEqual([forbidden.status, forbidden.value['error']], [403, 'INSUFFICIENT_PERMISSIONS']);
  await gatehouse.iam().send(new sdk.AttachUserPolicyCommand({ UserName: 'carol', PolicyArn: 'arn:aws:iam::aws:policy/SignInLocalDevelopmentAccess' }));
  assert.equal((await commandLine.refresh(value.refreshToken!)).status, 200);
  await gatehouse.iam().send(new sdk.UpdateLoginProfileCommand({ UserName: 'carol', Password: 'Given-By-Admin-1' }));
  assert.deepEqual([(await commandLine.refresh(value.refreshToken!)).value['error'], (await commandLine.refresh(value.refreshToken!)).value['error']], ['USER_CREDENTIALS_CHANGED', 'TOKEN_EXPIRED']);
  await assert.rejects(arnOf(keyOf(value)));
});

test('a session that acts as a role hands the command line the role, and the person may refuse', async () => {
  await gatehouse.iam().send(new sdk.CreateRoleCommand({ RoleName: 'dev', AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { AWS: gatehouse.account }, Action: 'sts:AssumeRole' } }) }));
  await gatehouse.iam().send(new sdk.PutRolePolicyCommand({ RoleName: 'dev', PolicyName: 'p', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: developer, Resource: '*' } }) }));
  const browser = await signedIn(gatehouse, 'alice');
  await browser.post('switch-role', { account: gatehouse.account, roleName: 'dev' });
  const commandLine = new CommandLine(gatehouse);
  const refused = await consent(browser, commandLine.url(), 'deny');
  assert.deepEqual([refused.status, refused.headers['Location']], [303, `${commandLine.redirectUri}?error=access_denied&state=${commandLine.state}`]);
  const { value } = await commandLine.redeem(await codeOf(browser, commandLine));
  assert.equal(await arnOf(keyOf(value)), `arn:aws:sts::${gatehouse.account}:assumed-role/dev/alice`);
  assert.equal((await browser.post('sign-out', { which: 'everywhere' })).status, 204);
  assert.equal((await commandLine.refresh(value.refreshToken!)).value['error'], 'TOKEN_EXPIRED');
});

test('on another machine the person carries the code over', async () => {
  const commandLine = new CommandLine(gatehouse, { isRemote: true });
  const shown = await consent(await signedIn(gatehouse, 'alice'), commandLine.url());
  assert.equal(shown.status, 200);
  const [, carried] = /<code>([A-Za-z0-9+/=]+)<\/code>/.exec(String(shown.body)) ?? [];
  const given = new URLSearchParams(Buffer.from(carried!, 'base64').toString());
  assert.equal(given.get('state'), commandLine.state);
  assert.equal((await commandLine.redeem(given.get('code')!)).status, 200);
});

test('a code is sent to no address but the client\'s own, and nothing is asked for a request that is not whole', async () => {
  const browser = await signedIn(gatehouse, 'alice');
  const commandLine = new CommandLine(gatehouse);
  for (const redirect_uri of ['https://evil.example/oauth/callback', 'http://127.0.0.1.evil.example:1/oauth/callback', 'http://127.0.0.1@evil.example:1/oauth/callback', 'http://localhost:1/oauth/callback', 'http://127.0.0.1/oauth/callback', 'http://127.0.0.1:1/other', 'http://127.0.0.1:1/oauth/callback?x=1', 'http://127.0.0.1:1/oauth/callback#x', 'https://127.0.0.1:1/oauth/callback', 'javascript:alert(1)', 'http://localhost:4566/v1/sessions/confirmation', '']) {
    const { status, headers, body } = await browser.send(commandLine.url({ redirect_uri }), { headers: { Accept: 'text/html' } });
    assert.deepEqual([status, headers['Location']], [400, undefined], redirect_uri);
    assert.doesNotMatch(String(body), /<form/);
  }
  for (const changed of [{ client_id: 'x' }, { response_type: 'token' }, { scope: 'openid admin' }, { code_challenge_method: 'plain' }, { code_challenge: 'short' }, { state: '' }] as readonly Record<string, string>[]) assert.equal((await browser.send(commandLine.url(changed))).status, 400, JSON.stringify(changed));
  // The page that asks is not to be had from elsewhere, and its answer is not to be forged.
  const forged = await browser.form('/_gatehouse/signin/authorize', { ...commandLine.parameters, csrf: browser.csrfToken, answer: 'allow' }, { origin: 'https://evil.example' });
  assert.equal(forged.status, 403);
  const { headers } = await browser.send(commandLine.url());
  assert.match(headers['Content-Security-Policy']!, /form-action 'self' http:\/\/127\.0\.0\.1:53682;/);
});

test('RFC 6749\'s names are understood as well, in a form, and answered in kind', async () => {
  const commandLine = new CommandLine(gatehouse);
  const code = await codeOf(await signedIn(gatehouse, 'alice'), commandLine);
  const { status, value } = await commandLine.token({ client_id: commandLine.clientId, grant_type: 'authorization_code', code, redirect_uri: commandLine.redirectUri, code_verifier: commandLine.verifier }, { contentType: 'application/x-www-form-urlencoded' });
  assert.deepEqual([status, Object.keys(value).toSorted()], [200, ['access_token', 'expires_in', 'id_token', 'refresh_token', 'token_type']]);
  assert.equal((await commandLine.token({}, { contentType: 'text/plain' })).status, 400);
});

test('whoever changes the own password loses the command line with the other sessions', async () => {
  await makeUser(gatehouse.iam(), 'dora', { actions: developer });
  const browser = await signedIn(gatehouse, 'dora');
  const commandLine = new CommandLine(gatehouse);
  const { value } = await commandLine.redeem(await codeOf(browser, commandLine));
  assert.equal((await browser.post('change-password', { oldPassword: userPassword, newPassword: 'Another-Horse-8' })).status, 204);
  await assert.rejects(arnOf(keyOf(value)), { name: 'ExpiredToken' });
});
