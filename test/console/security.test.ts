/** Attacks on the console: frames, forged and foreign requests, names full of HTML, secrets that stay behind, links that lead elsewhere. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after } from 'node:test';
import { CreateOpenIDConnectProviderCommand, CreateRoleCommand } from '@aws-sdk/client-iam';
import { root } from '../imports.ts';
import { assertAccessible, assertFits, consoleRig, consoleTest, password } from './browser.ts';
import { everyPage } from './every-page.ts';
import { account, fillAccount } from './sample-account.ts';

const rig = consoleRig();

/** Another server of the same host: the same site for cookies, another origin for browsers. */
const evil = createServer((_, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>evil</title>'));
after(() => evil.close());
const evilOrigin = async (): Promise<string> => {
  if (!evil.listening) await new Promise<void>((resolve) => { evil.listen(0, '127.0.0.1', resolve); });
  return `http://localhost:${(evil.address() as AddressInfo).port}`;
};

/** A request as no browser sends it: the path as it stands here, any Host. */
const raw = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<{ readonly status: number; readonly headers: NodeJS.Dict<string | string[]>; readonly body: string }> => new Promise((resolve, reject) => {
  const { port } = new URL(rig.endpoint);
  request({ host: '127.0.0.1', port, path, headers: { Host: `localhost:${port}`, ...headers } }, (response) => {
    let body = '';
    response.setEncoding('utf8').on('data', (text: string) => { body += text; }).on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body }));
  }).on('error', reject).end();
});

consoleTest('every page of the console is accessible, fits a window of 1024 pixels, and leaves nothing in the browser\'s log', async () => {
  await fillAccount(rig.iam);
  const { page, go } = await rig.signedIn('admin', { width: 1024 });
  for (const { name, path } of await everyPage(rig)) {
    await go(path);
    await page.waitForLoadState('networkidle');
    assert.equal(await page.getByRole('heading', { name: 'There is no such page' }).count(), 0, name);
    assert.equal(await page.locator('[data-problem]').count(), 0, `${name} shows a problem`);
    await assertAccessible(page);
    await assertFits(page);
  }
});

consoleTest('the page runs no inline script or style, stands in no frame, and talks to its own origin only', async () => {
  const { context, page } = await rig.signedIn();
  const answer = await page.reload();
  assert.equal(await answer!.headerValue('content-security-policy'), "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self' data:; img-src 'self' data: blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
  assert.deepEqual([await answer!.headerValue('x-frame-options'), await answer!.headerValue('cross-origin-opener-policy'), await answer!.headerValue('x-content-type-options'), await answer!.headerValue('cache-control')], ['DENY', 'same-origin', 'nosniff', 'no-store']);
  const html = await answer!.text();
  assert.doesNotMatch(html, /<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=")/);
  // The cookie goes along, for ports are not part of a site: the page must refuse by itself.
  const attacker = await context.newPage();
  await attacker.goto(await evilOrigin());
  for (const path of ['/_gatehouse/console/', '/_gatehouse/signin/', '/_gatehouse/console/assets/index.js']) {
    await attacker.evaluate(`document.body.innerHTML = '<iframe src="${rig.endpoint}${path}"></iframe>'`);
    await assert.doesNotReject(attacker.waitForFunction('frames.length === 1'));
    const frame = attacker.frames()[1]!;
    await frame.waitForLoadState('load').catch(() => undefined);
    assert.ok(!frame.url().startsWith(`${rig.endpoint}/_gatehouse/console/`) || (await frame.locator('body').innerText().catch(() => '')) === '', `${path} stands in a frame: ${frame.url()}`);
    assert.equal(await frame.getByRole('heading').count().catch(() => 0), 0);
  }
  const opened = await attacker.evaluate(`(() => { const other = open('${rig.endpoint}/_gatehouse/console/'); try { return other.document.title; } catch { return other === null ? 'none' : 'out of reach'; } })()`);
  assert.notEqual(opened, 'IAM dashboard');
  await attacker.close();
});

consoleTest('another page of the same site can neither read what the console reads nor do what it does', async () => {
  const { context, page } = await rig.signedIn();
  const attacker = await context.newPage();
  await attacker.goto(await evilOrigin());
  const tried = async (path: string, init: object): Promise<unknown> => attacker.evaluate(([url, init]) => fetch(url as string, init as RequestInit).then(async (answer) => `${answer.type} ${answer.status} ${await answer.text()}`, (thrown: unknown) => (thrown as Error).name), [`${rig.endpoint}${path}`, init] as const);
  for (const path of ['/_gatehouse/signin/session', '/_gatehouse/signin/sessions', '/_gatehouse/console/']) assert.equal(await tried(path, { credentials: 'include' }), 'TypeError', path);
  assert.equal(await tried('/_gatehouse/signin/credentials', { method: 'POST', credentials: 'include', headers: { 'Content-Type': 'application/json' }, body: '{}' }), 'TypeError');
  assert.equal(await tried('/', { method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: 'Action=ListUsers&Version=2010-05-08' }), 'TypeError');
  for (const path of ['sign-out', 'switch-back', 'change-password', 'credentials']) {
    await tried(`/_gatehouse/signin/${path}`, { method: 'POST', mode: 'no-cors', credentials: 'include', headers: { 'Content-Type': 'text/plain' }, body: '{}' });
    await attacker.evaluate(`document.body.innerHTML = '<form method="post" action="${rig.endpoint}/_gatehouse/signin/${path}"><input name="which" value="everywhere"></form>'; document.forms[0].submit()`);
    await attacker.waitForURL(`${rig.endpoint}/**`);
    await attacker.getByText('does not come from a page of this Gatehouse').waitFor();
    await attacker.goto(await evilOrigin());
  }
  await page.reload();
  await page.getByRole('button', { name: /^Account: admin/ }).first().waitFor();
  await attacker.close();
});

consoleTest('a name that does not lead here, a path that leads out and a map of the sources are refused', async () => {
  assert.equal((await raw('/_gatehouse/console/', { Host: 'evil.example' })).status, 421);
  const folder = join(root, 'dist', 'console');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  assert.deepEqual(files.filter((file) => file.endsWith('.map')), []);
  for (const file of files.filter((file) => /\.(?:js|css)$/.test(file))) assert.doesNotMatch(readFileSync(join(folder, file), 'utf8'), /[#@] ?sourceMappingURL=/, file);
  const script = files.find((file) => /^assets\/index-[\w-]+\.js$/.test(file)) ?? assert.fail('there is no script');
  assert.equal((await raw(`/_gatehouse/console/${script}`)).status, 200);
  for (const path of ['../index.html', '../../../package.json', '..%2findex.html', '%2e%2e/index.html', '..\\index.html', `${script.slice('assets/'.length)}.map`, '__proto__', 'constructor', '/etc/passwd', `${script.slice('assets/'.length)}%00`]) {
    assert.equal((await raw(`/_gatehouse/console/assets/${path}`)).status, 404, path);
  }
});

consoleTest('what others wrote is text: HTML in descriptions, audiences and links runs nothing', async () => {
  const attack = '<img src=x onerror="document.title=\'hacked\'"><script>document.title="hacked"</script>';
  await rig.iam.send(new CreateRoleCommand({ RoleName: 'odd', Description: attack, AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: { Sid: '', Effect: 'Allow', Principal: { AWS: account }, Action: 'sts:AssumeRole', Condition: { StringEquals: { 'sts:ExternalId': attack } } } }) }));
  await rig.iam.send(new CreateOpenIDConnectProviderCommand({ Url: 'https://odd.example.com', ClientIDList: [attack] }));
  const { page, go } = await rig.signedIn();
  const encoded = encodeURIComponent(attack);
  for (const path of ['roles/odd', 'roles/odd?tab=trust', 'identity-providers/oidc/odd.example.com', `switch-role?displayName=${encoded}&roleName=${encoded}&color=${encoded}&account=${encoded}`, `users/${encoded}`, `${encoded}?tab=${encoded}`, `why/${encoded}`]) {
    await go(path);
    await page.waitForLoadState('networkidle');
    assert.doesNotMatch(await page.title(), /^hacked/, path);
    assert.equal(await page.locator('img[src="x"]').count(), 0, path);
  }
  await go('identity-providers/oidc/odd.example.com');
  await page.getByText(attack).first().waitFor();
});

consoleTest('nothing secret is left in the address, in storage, in a cookie that scripts read, or in a cache; only the appearance is kept', async () => {
  const { page, context, go } = await rig.signedIn();
  const urls: string[] = [];
  const secrets: string[] = [];
  page.on('request', (request) => urls.push(request.url()));
  page.on('response', async (response) => {
    if (!response.url().endsWith('/credentials')) return;
    const { secretAccessKey, sessionToken }: { readonly secretAccessKey: string; readonly sessionToken: string } = await response.json();
    secrets.push(secretAccessKey, sessionToken, ...(response.headers()['cache-control'] === 'no-store' ? [] : ['an answer that may be kept']));
  });
  await go('security-credentials');
  await page.getByRole('button', { name: 'Appearance' }).first().click();
  await page.getByRole('menuitemcheckbox', { name: 'Dark' }).click();
  await page.waitForLoadState('networkidle');
  assert.ok(secrets.length >= 2 && !secrets.includes('an answer that may be kept'));
  const left = (await page.evaluate(`Promise.all([Object.entries(localStorage), Object.entries(sessionStorage), document.cookie, caches.keys(), indexedDB.databases(), location.href, JSON.stringify(history.state)])`)) as readonly unknown[];
  assert.deepEqual(left.slice(0, 5), [[['gatehouse-appearance', 'dark comfortable']], [], '', [], []]);
  const cookies = await context.cookies();
  assert.ok(cookies.length > 0);
  assert.deepEqual(cookies.filter(({ httpOnly, sameSite }) => !httpOnly || sameSite !== 'Strict'), []);
  const everything = JSON.stringify([left, urls]);
  for (const secret of [...secrets, password]) assert.ok(!everything.includes(secret) && !everything.includes(encodeURIComponent(secret)));
});

consoleTest('a link to sign in leads on to this Gatehouse only', async () => {
  const targets = ['https://evil.example/', '//evil.example/', '/\\evil.example', 'javascript:alert(1)', '/_gatehouse/console/../../\\evil.example', '\t//evil.example'];
  for (const [i, continueTo] of targets.entries()) {
    const person = await rig.person();
    const { page } = person;
    // One name from one address may be tried ten times in a quarter of an hour.
    await rig.makeUser(`led-${i}`);
    await page.goto(`${rig.endpoint}/_gatehouse/signin/?continue=${encodeURIComponent(continueTo)}`);
    await page.getByLabel('Account ID (12 digits) or alias').fill(rig.account);
    await page.getByLabel('User name').fill(`led-${i}`);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'IAM dashboard' }).waitFor();
    assert.equal(new URL(page.url()).origin, rig.endpoint);
    await person.context.close();
  }
});

consoleTest('by keyboard alone: from the page to its content, through the navigation, into a dialog and out of it', async () => {
  const { page } = await rig.signedIn();
  await page.getByRole('button', { name: /the account alias/ }).first().focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  // The dialog keeps the focus, and gives it back.
  for (let i = 0; i < 12; i++) {
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate('document.activeElement.closest("[role=dialog]") !== null'), true);
  }
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.match(String(await page.evaluate('document.activeElement.getAttribute("aria-label")')), /the account alias/);
  await page.getByRole('link', { name: 'Account settings' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Account settings' }).waitFor();
});
