/** Attacks on signing in and on sessions: from other sites, with others' cookies, by guessing, by size, through redirects and markup. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { CreateRoleCommand, ListUsersCommand } from '@aws-sdk/client-iam';
import { ownRoutes } from '../../src/server/own-routes.ts';
import { isPassword } from '../../src/proof/password.ts';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { Browser } from '../signin/browser.ts';
import { asUser, credentialsOf, makeUser, rememberingPasswords, signedIn, userPassword } from '../signin/people.ts';

let gatehouse: TestGatehouse;
/** How often a password was compared, and with hashes of which cost. */
const work: string[] = [];
before(async () => {
  const compare = rememberingPasswords();
  const verifyPassword = (password: string, hash: string) => {
    work.push(hash.slice(0, hash.lastIndexOf('$')).replace(/\$[^$]*$/, ''));
    return compare(password, hash);
  };
  gatehouse = await startGatehouse({ seed: 'attacks on signing in', verifyPassword });
  for (const name of ['alice', 'bob']) await makeUser(gatehouse.iam(), name);
});
after(() => gatehouse.stop());
// Past the window in which attempts are counted.
beforeEach(() => gatehouse.clock.advance(16 * 60_000));

const doing = Object.entries(ownRoutes).filter(([, { authentication }]) => authentication === 'sessionFromOwnPage' || authentication === 'ownPage').map(([path]) => path);

test('a form or a script of another site does nothing, whatever the victim\'s browser adds to it', async () => {
  const victim = await signedIn(gatehouse, 'alice');
  assert.ok(doing.length >= 10);
  const origins = ['https://evil.example', 'http://localhost', 'http://localhost:3000', 'http://localhost:4566.evil.example', 'http://evil.localhost:4566', 'null', null, 'http://127.0.0.1:4566', 'file://', 'HTTP://LOCALHOST:4566/'];
  for (const path of doing) {
    for (const origin of origins) {
      const body = new URLSearchParams({ csrf: victim.csrfToken, kind: 'user', account: gatehouse.account, userName: 'alice', password: userPassword, which: 'everywhere' }).toString();
      const answer = await victim.send(path, { method: 'POST', body, origin, headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'x-gatehouse-csrf': victim.csrfToken } });
      assert.deepEqual([answer.status, JSON.parse(String(answer.body)).error, answer.cookies], [403, 'ForgedRequest', undefined], `${path} from ${origin}`);
    }
  }
  assert.equal((await victim.get('session')).status, 200);
});

test('two Origins are none, and a session\'s request without the session\'s own token is forged', async () => {
  const victim = await signedIn(gatehouse, 'alice');
  const twice = await victim.send('/_gatehouse/signin/credentials', { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json', 'x-gatehouse-csrf': victim.csrfToken, Origin: victim.origin } });
  assert.equal(twice.status, 403);
  const bob = await signedIn(gatehouse, 'bob');
  for (const token of ['', 'x', bob.csrfToken, victim.csrfToken.slice(1), `${victim.csrfToken}A`]) {
    for (const path of doing.filter((one) => ownRoutes[one]!.authentication === 'sessionFromOwnPage')) {
      const { status, value } = await victim.post(path.slice('/_gatehouse/signin/'.length), {}, { headers: { 'x-gatehouse-csrf': token } });
      assert.deepEqual([status, value.error], [403, 'ForgedRequest'], `${path} ${token}`);
    }
  }
  for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) assert.equal((await victim.send('/_gatehouse/signin/sign-out', { method })).status, 405, method);
  assert.equal((await victim.get('session')).status, 200);
});

test('what a browser sends without asking first is no JSON: another content type is refused', async () => {
  const browser = new Browser(gatehouse);
  for (const type of ['text/plain', 'multipart/form-data; boundary=x', 'application/jsonx', '']) {
    const { status, value } = await browser.post('password', asUser(gatehouse, 'alice'), { headers: { 'Content-Type': type } });
    assert.deepEqual([status, value.error], [415, 'UnsupportedMediaType'], type);
  }
});

test('under a name that was pointed here no route answers, and no answer allows another site to read it', async () => {
  const browser = await signedIn(gatehouse, 'alice');
  for (const [path, { methods, authentication }] of Object.entries(ownRoutes)) {
    if (authentication === 'none') continue;
    const at = await gatehouse.send({ method: methods[0]!, target: path, headers: [['Host', 'evil.example'], ['Origin', 'http://evil.example'], ['Cookie', browser.cookieHeader]] });
    assert.equal(at.status, 421, path);
    const { headers } = await browser.send(path, { method: methods[0]!, headers: { Origin: 'https://evil.example' } });
    assert.deepEqual(Object.keys(headers).filter((name) => name.toLowerCase().startsWith('access-control-')), [], path);
  }
});

test('every answer that a browser may see is kept from frames, caches, guesses of its type and scripts of others', async () => {
  const browser = await signedIn(gatehouse, 'alice');
  for (const [path, { methods, authentication }] of Object.entries(ownRoutes)) {
    if (authentication === 'none') continue;
    const { headers } = await browser.send(path, { method: methods[0]! });
    const csp = headers['Content-Security-Policy']!;
    assert.match(csp, /default-src 'none'/, path);
    assert.match(csp, /frame-ancestors 'none'/);
    assert.doesNotMatch(csp, /unsafe-inline|unsafe-eval|script-src|\*/);
    assert.deepEqual([headers['X-Frame-Options'], headers['X-Content-Type-Options'], headers['Cache-Control'], headers['Referrer-Policy'], headers['Cross-Origin-Opener-Policy'], headers['Cross-Origin-Resource-Policy']], ['DENY', 'nosniff', 'no-store', 'same-origin', 'same-origin', 'same-origin'], path);
  }
  const overTls = new Browser(gatehouse, { isSecure: true });
  assert.equal((await overTls.send('/_gatehouse/signin/')).headers['Strict-Transport-Security'], 'max-age=31536000');
});

test('a cookie is HttpOnly and SameSite=Strict; over TLS, here or at a proxy, it is Secure and bound to the host by its name', async () => {
  for (const [options, origin, prefix] of [[{}, undefined, ''], [{ isSecure: true }, undefined, '__Host-'], [{ host: 'gatehouse.localhost' }, 'https://gatehouse.localhost', '__Host-']] as const) {
    const { host = 'localhost:4566' } = { host: undefined, ...options };
    const answer = await gatehouse.send({ method: 'POST', target: '/_gatehouse/signin/password', isSecure: 'isSecure' in options, headers: [['Host', host], ['Origin', origin ?? `${'isSecure' in options ? 'https' : 'http'}://${host}`], ['Content-Type', 'application/json']], body: JSON.stringify(asUser(gatehouse, 'alice')), remoteAddress: '192.0.2.1' });
    assert.equal(answer.cookies?.length, 2);
    for (const cookie of answer.cookies!) {
      assert.ok(cookie.startsWith(`${prefix}gatehouse-`), cookie);
      assert.match(cookie, /; Path=\/; HttpOnly; SameSite=Strict/);
      assert.equal(/; Secure/.test(cookie), prefix !== '');
      assert.doesNotMatch(cookie, /Domain/i);
    }
  }
});

test('a session cannot be given to a victim: a cookie that was planted is not taken over, and over TLS one without the prefix is not even read', async () => {
  const attacker = await signedIn(gatehouse, 'bob');
  const [planted] = [...attacker.cookies].find(([name]) => name.startsWith('gatehouse-session-'))!;
  const victim = new Browser(gatehouse);
  for (const [name, cookie] of attacker.cookies) victim.cookies.set(name, cookie);
  victim.cookies.set('gatehouse-session-AAAAAAAA', { value: 'chosen-by-the-attacker', attributes: new Map() });
  const { session } = await victim.signIn(asUser(gatehouse, 'alice'));
  const own = victim.cookies.get(`gatehouse-session-${session!.session}`)!.value;
  assert.notEqual(own, attacker.cookies.get(planted)!.value);
  assert.equal(Buffer.from(own, 'base64url').length, 32);
  assert.equal((await gatehouse.send({ method: 'GET', target: '/_gatehouse/signin/session', headers: [['Host', 'localhost:4566'], ['Cookie', 'gatehouse-session-AAAAAAAA=chosen-by-the-attacker']] })).status, 401);
  // A sibling name under the same domain can set a cookie for all of it, but not one with this prefix.
  for (const isSecure of [true, false]) {
    const answer = await gatehouse.send({ method: 'POST', isSecure, target: '/_gatehouse/signin/credentials', headers: [['Host', 'localhost:4566'], ['Origin', 'https://localhost:4566'], ['Cookie', attacker.cookieHeader], ['x-gatehouse-csrf', attacker.csrfToken], ['Content-Type', 'application/json']], body: '{}' });
    assert.equal(answer.status, 401);
  }
  // The name of a session, which stands in URLs, and its id, which stands in claims, open nothing.
  assert.equal((await gatehouse.send({ method: 'GET', target: `/_gatehouse/signin/session?session=${session!.session}`, headers: [['Host', 'localhost:4566'], ['Cookie', `gatehouse-session-${session!.session}=${session!.session}`]] })).status, 401);
});

test('nobody is sent elsewhere: what could lead to another host is no place to go on to', async () => {
  const elsewhere = ['https://evil.example/', '//evil.example', '///evil.example', '/\\evil.example', '\\\\evil.example', '/%09/evil.example', '/\t/evil.example', 'javascript:alert(1)', '/_gatehouse/../../evil', '/_gatehouse/..//evil.example', '/_gatehouse/console/\r\nSet-Cookie: x=1', '/other', 'http:/evil.example', '/_gatehouse\\@evil.example', '@evil.example', ' /_gatehouse/console/', '/_gatehouse/%2e%2e/%2e%2e//evil.example'];
  for (const to of elsewhere) {
    gatehouse.clock.advance(16 * 60_000);
    const { headers } = await new Browser(gatehouse).form('/_gatehouse/signin/password', { ...asUser(gatehouse, 'alice'), continue: to });
    assert.match(headers['Location']!, /^\/_gatehouse\/console\/\?session=[\w-]{8}$/, to);
    const page = String((await new Browser(gatehouse).send(`/_gatehouse/signin/?continue=${encodeURIComponent(to)}`)).body);
    assert.match(page, /name="continue" value=""/, to);
  }
  const { headers } = await new Browser(gatehouse).form('/_gatehouse/signin/password', { ...asUser(gatehouse, 'alice'), continue: '/_gatehouse/console/users?path=/a#b' });
  assert.equal(headers['Location'], '/_gatehouse/console/users?path=/a#b');
});

test('as much work is done for an account, a user, a password that are not there as for those that are', async () => {
  const attempts = [asUser(gatehouse, 'alice'), asUser(gatehouse, 'alice', 'wrong'), asUser(gatehouse, 'nobody'), { ...asUser(gatehouse, 'alice'), account: '999988887777' }, { ...asUser(gatehouse, 'alice'), account: 'no-alias' }, { kind: 'root', email: 'nobody@example.com', password: 'x' }, { kind: 'root', email: gatehouse.rootSignIn.email, password: 'x' }];
  for (const [i, attempt] of attempts.entries()) {
    work.length = 0;
    const browser = new Browser(gatehouse);
    browser.remoteAddress = `198.51.100.${i}`;
    await browser.post('password', attempt);
    assert.deepEqual(work, ['$argon2id$v=19$m=65536,t=3,p=4'], JSON.stringify(attempt));
  }
});

test('the hash that stands in for a missing one has no password', async () => {
  const { unmatchedHash } = await import('../../src/proof/password.ts');
  for (const password of ['', 'x', '\0'.repeat(32)]) assert.equal(await isPassword(password, unmatchedHash), false);
});

test('guessing is slowed: at one name from one address, at one name from many, at many names from one; then no more work is done, and the right password is no exception', async () => {
  const tries = async (count: number, attempt: (i: number) => { readonly address: string; readonly identity: Readonly<Record<string, string>> }) => {
    const statuses: number[] = [];
    for (let i = 0; i < count; i++) {
      const browser = new Browser(gatehouse);
      const { address, identity } = attempt(i);
      browser.remoteAddress = address;
      const { status, answer } = await browser.post('password', identity);
      statuses.push(status);
      if (status === 429) assert.equal(answer.headers['Retry-After'], '900');
    }
    return statuses;
  };
  for (const userName of ['alice', 'nobody']) {
    const statuses = await tries(12, () => ({ address: '198.51.100.50', identity: asUser(gatehouse, userName, 'wrong') }));
    assert.deepEqual(statuses, [...Array<number>(10).fill(401), 429, 429], userName);
  }
  work.length = 0;
  assert.deepEqual(await tries(1, () => ({ address: '198.51.100.50', identity: asUser(gatehouse, 'alice') })), [429]);
  assert.deepEqual(work, []);
  // Another address is counted for itself, IPv6 by its network.
  assert.deepEqual(await tries(1, () => ({ address: '198.51.100.51', identity: asUser(gatehouse, 'alice') })), [200]);
  gatehouse.clock.advance(16 * 60_000);
  const network = await tries(11, (i) => ({ address: `2001:db8::${(i + 1).toString(16)}`, identity: asUser(gatehouse, 'alice', 'wrong') }));
  assert.equal(network.at(-1), 429);
  gatehouse.clock.advance(16 * 60_000);
  const sprayed = await tries(101, (i) => ({ address: '198.51.100.52', identity: asUser(gatehouse, `user-${i}`, 'Password1!') }));
  assert.deepEqual([sprayed[99], sprayed[100]], [401, 429]);
  gatehouse.clock.advance(16 * 60_000);
  const distributed = await tries(51, (i) => ({ address: `203.0.113.${i}`, identity: asUser(gatehouse, 'alice', 'wrong') }));
  assert.deepEqual([distributed[49], distributed[50]], [401, 429]);
});

test('strangers who guess at a name do not keep its owner out of a browser that knows it, nor out for good', async () => {
  const owner = new Browser(gatehouse);
  await owner.signIn(asUser(gatehouse, 'alice'));
  const stranger = async (i: number) => {
    const browser = new Browser(gatehouse);
    browser.remoteAddress = `203.0.113.${i % 250}`;
    return (await browser.post('password', asUser(gatehouse, 'alice', 'wrong'))).status;
  };
  gatehouse.clock.advance(16 * 60_000);
  for (let i = 0; i < 60; i++) await stranger(i);
  assert.equal(await stranger(61), 429);
  const unknown = new Browser(gatehouse);
  unknown.remoteAddress = '192.0.2.99';
  assert.equal((await unknown.post('password', asUser(gatehouse, 'alice'))).status, 429);
  assert.equal((await owner.post('password', asUser(gatehouse, 'alice'))).value.step, 'signedIn');
  // One address that goes on is counted at its own expense only, so that the name is free again when the others stop.
  for (let i = 0; i < 30; i++) {
    gatehouse.clock.advance(60_000);
    await stranger(7);
  }
  assert.equal((await unknown.post('password', asUser(gatehouse, 'alice'))).value.step, 'signedIn');
});

test('a known device helps nobody else: not for another name, not when it was made up', async () => {
  const owner = new Browser(gatehouse);
  await owner.signIn(asUser(gatehouse, 'alice'));
  owner.remoteAddress = '192.0.2.7';
  for (let i = 0; i < 10; i++) assert.equal((await owner.post('password', asUser(gatehouse, 'bob', 'wrong'))).status, 401);
  assert.equal((await owner.post('password', asUser(gatehouse, 'bob', 'wrong'))).status, 429);
  for (let i = 0; i < 10; i++) assert.equal((await owner.post('password', asUser(gatehouse, 'alice', 'wrong'))).status, 401);
  assert.equal((await owner.post('password', asUser(gatehouse, 'alice', 'wrong'))).status, 429);
  owner.cookies.set('gatehouse-device', { value: 'AAAA', attributes: new Map() });
  assert.equal((await owner.post('password', asUser(gatehouse, 'bob', 'wrong'))).status, 429);
});

test('a body that is long, deep, doubled or of the wrong kind is refused before anything is done', async () => {
  const browser = new Browser(gatehouse);
  work.length = 0;
  const send = async (body: string, type = 'application/json') => (await browser.send('/_gatehouse/signin/password', { method: 'POST', body, headers: { 'Content-Type': type } })).status;
  const form = 'application/x-www-form-urlencoded';
  assert.equal(await send(`{"x":"${'y'.repeat(33_000)}"}`), 413);
  assert.equal(await send(`{"kind":${'['.repeat(16_000)}`), 400);
  for (const body of ['', '[]', '"x"', 'null', '7', '{', '{"kind":"user"}', '{"kind":"admin"}', '{"kind":"user","account":7,"userName":"a","password":"b"}', '{"kind":"user","account":["1"],"userName":"a","password":"b"}', `{"kind":"user","account":"1","userName":"a","password":"${'b'.repeat(1_025)}"}`, `{"kind":"root","email":"${'e'.repeat(321)}","password":"b"}`, '{"__proto__":{"kind":"root","email":"a","password":"b"}}']) assert.equal(await send(body), 400, body);
  for (const body of ['kind=user&kind=root&email=a&password=b', '', 'kind=user', '%00=%00']) assert.equal(await send(body, form), 400, body);
  assert.deepEqual(work, []);
  assert.equal((await browser.send('/_gatehouse/signin/session', { method: 'GET', body: 'x' })).status, 413);
});

test('nothing that a browser can send to a route is our failure, and each is a line of the log', async () => {
  const browser = await signedIn(gatehouse, 'alice');
  const odd = ['', '?session=a&session=b', '?session=', '?a=1&a=2', '?%', '?%00=%ff', '?continue=%', `?${'a'.repeat(8_000)}`, '?__proto__=x&constructor=y', '?Action=login&Action=login', '?client_id=%F0'];
  const bodies = ['', 'csrf=a&csrf=b', '%', '\0\ufffd', '{', 'null', `csrf=${encodeURIComponent(browser.csrfToken)}`, `csrf=${encodeURIComponent(browser.csrfToken)}&which=constructor&account=x&roleName=__proto__&oldPassword=a&newPassword=b&enrolment=x&name=y&flow=z&answer=allow`];
  const before = gatehouse.logLines.length;
  let sent = 0;
  for (const [path, { methods, authentication }] of Object.entries(ownRoutes)) {
    if (authentication === 'none') continue;
    for (const query of odd) {
      for (const body of methods.includes('POST') ? bodies : ['']) {
        for (const type of body === '' ? ['application/json'] : ['application/x-www-form-urlencoded', 'application/json']) {
          const { status } = await browser.send(`${path}${query}`, { method: methods.at(-1)!, body, headers: { 'Content-Type': type, DPoP: 'x', Accept: 'text/html' } });
          assert.ok(status < 500, `${status} ${path}${query} ${body}`);
          sent++;
        }
      }
    }
  }
  const lines = gatehouse.logLines.slice(before) as readonly { readonly route?: string; readonly action?: string }[];
  assert.equal(lines.filter(({ route }) => route !== undefined).length, sent);
  assert.ok(lines.every(({ route }) => route === undefined || Object.hasOwn(ownRoutes, route)));
});

test('names full of markup are text on every page', async () => {
  const markup = '"><script>alert(1)</script><img src=x onerror=alert(1)>';
  await gatehouse.iam().send(new CreateRoleCommand({ RoleName: 'shown', AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${gatehouse.account}:user/alice` }, Action: 'sts:AssumeRole' } }) }));
  const browser = await signedIn(gatehouse, 'alice');
  const { value } = await browser.post('switch-role', { account: gatehouse.account, roleName: 'shown', displayName: markup });
  assert.equal((value as unknown as { role: { displayName: string } }).role.displayName, markup);
  const pages = [
    await browser.send('/_gatehouse/console/'),
    await browser.send(`/_gatehouse/signin/?continue=${encodeURIComponent(`/_gatehouse/console/${markup}`)}&kind=${encodeURIComponent(markup)}`),
    await browser.send(`/_gatehouse/${encodeURIComponent(markup)}`),
    await browser.send(`/_gatehouse/console/?x=${markup}`, { headers: { 'Sec-Fetch-Site': 'cross-site' } }),
    await browser.form('/_gatehouse/signin/password', { kind: 'user', account: markup, userName: markup, password: markup }),
    await browser.form('/_gatehouse/signin/password', { kind: markup }),
    await browser.form('/_gatehouse/signin/mfa', { flow: markup, code: markup }),
  ];
  for (const { headers, body } of pages) {
    assert.match(headers['Content-Type']!, /^text\/html/);
    assert.doesNotMatch(String(body), /<script|<img(?! src="\/_gatehouse\/icon\.svg" alt="" )|onerror=alert\(1\)>(?!&)/i);
  }
  assert.match(String(pages[0]!.body), /&lt;script&gt;/);
});

test('a page that another site leads to shows nothing yet: it goes on from here, so that strict cookies come along', async () => {
  const browser = await signedIn(gatehouse, 'alice');
  const led = await browser.send('/_gatehouse/console/?session=x&a=1', { headers: { 'Sec-Fetch-Site': 'cross-site' } });
  assert.deepEqual([led.status, String(led.body).includes('alice')], [200, false]);
  assert.match(String(led.body), /content="0; url=\/_gatehouse\/console\/\?session=x&amp;a=1"/);
});

test('no secret stands in a URL, in the audit log or in the request log', async () => {
  const browser = new Browser(gatehouse);
  const redirected = await browser.form('/_gatehouse/signin/password', asUser(gatehouse, 'alice'));
  const { value } = await browser.get('session');
  browser.note({ session: value as never });
  const key = await credentialsOf(browser);
  await gatehouse.iam(key).send(new ListUsersCommand({})).catch(() => undefined);
  const secrets = [userPassword, browser.csrfToken, key.secretAccessKey, key.sessionToken!, ...[...browser.cookies.values()].map(({ value: cookie }) => cookie)];
  const written = JSON.stringify([redirected.headers, gatehouse.auditRecords, gatehouse.logLines]);
  for (const secret of secrets) assert.ok(secret.length > 8 && !written.includes(secret), secret);
});

test('a refusal is answered no sooner for an account, a user or a root that is not there, in memory or not', async () => {
  const passing: { readonly ms: number; readonly end: () => void }[] = [];
  const slow = await startGatehouse({ seed: 'time of a refusal', verifyPassword: rememberingPasswords(), pass: (ms) => new Promise<void>((end) => { passing.push({ ms, end }); }) });
  await makeUser(slow.iam(), 'alice');
  // On disk and not in memory: the store of another process that was never asked about it.
  const cold = '222233334444';
  await slow.newAccount(cold);
  const evicted = slow.plane.store as unknown as { account(id: string): Promise<unknown> };
  const load = evicted.account.bind(evicted);
  let loads = 0;
  evicted.account = async (id) => {
    if (id === cold) await new Promise((loaded) => { loads++; setImmediate(loaded); });
    return load(id);
  };
  const typed = [
    asUser(slow, 'alice', 'wrong'), asUser(slow, 'nobody', 'wrong'), { ...asUser(slow, 'nobody', 'wrong'), account: cold }, { ...asUser(slow, 'nobody', 'wrong'), account: '999999999999' }, { ...asUser(slow, 'nobody', 'wrong'), account: 'no-such-alias' },
    { kind: 'root', email: slow.rootSignIn.email, password: 'wrong' }, { kind: 'root', email: 'nobody@example.com', password: 'wrong' },
  ];
  for (const fields of typed) {
    let isAnswered = false;
    const answer = new Browser(slow).post('password', fields).finally(() => { isAnswered = true; });
    // All that is done before the answer is done, and the answer is not there.
    while (passing.length === 0) await new Promise(setImmediate);
    for (let i = 0; i < 200; i++) await new Promise(setImmediate);
    const { ms, end } = passing.pop()!;
    assert.deepEqual([isAnswered, ms], [false, 1_000], JSON.stringify(fields));
    end();
    const { status, value } = await answer;
    assert.deepEqual([status, value.error], [401, 'AuthenticationFailed']);
  }
  assert.equal(loads, 1);
  // Whoever is let in does not wait.
  assert.equal((await new Browser(slow).post('password', asUser(slow, 'alice'))).value['step'], 'signedIn');
  await slow.stop();
});
