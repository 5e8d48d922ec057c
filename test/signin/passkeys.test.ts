/** Passkeys: enrolled in a session, asked for at sign-in, each challenge answered once, by the key that was enrolled, at the site it was enrolled at. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import * as sdk from '@aws-sdk/client-iam';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { Browser } from './browser.ts';
import type { Step } from './browser.ts';
import { asUser, credentialsOf, makeUser, rememberingPasswords, signedIn, signedInRoot } from './people.ts';
import { SoftwareAuthenticator } from './software-authenticator.ts';

let gatehouse: TestGatehouse;
before(async () => { gatehouse = await startGatehouse({ seed: 'passkeys', verifyPassword: rememberingPasswords() }); });
after(() => gatehouse.stop());
beforeEach(() => gatehouse.clock.advance(16 * 60_000));

type Options = Parameters<SoftwareAuthenticator['create']>[0] & Parameters<SoftwareAuthenticator['get']>[0];

async function enrol(browser: Browser, authenticator: SoftwareAuthenticator, name = 'laptop') {
  const { status, value } = await browser.post('passkeys/begin');
  assert.equal(status, 200, JSON.stringify(value));
  return browser.post('passkeys/finish', { enrolment: value['enrolment'], name, response: authenticator.create(value['options'] as Options) });
}

/** A person with one passkey. */
async function withPasskey(userName: string, options?: ConstructorParameters<typeof Browser>[1]) {
  await makeUser(gatehouse.iam(), userName, { actions: ['iam:EnableMFADevice', 'iam:ListMFADevices', 'iam:DeactivateMFADevice'] });
  const browser = await signedIn(gatehouse, userName, options);
  const authenticator = new SoftwareAuthenticator(browser.origin);
  const { status, value } = await enrol(browser, authenticator);
  assert.equal(status, 200, JSON.stringify(value));
  return { browser, authenticator, serialNumber: String(value['serialNumber']), asked: () => new Browser(gatehouse, options).signIn(asUser(gatehouse, userName)) };
}

const optionsOf = (step: Step) => step['passkeyOptions'] as Options;

test('a user enrols a passkey, and from then on signs in with it as the second factor; the API shows it and takes it away', async () => {
  const { browser, authenticator, serialNumber, asked } = await withPasskey('alice');
  assert.match(serialNumber, /^arn:aws:iam::111122223333:u2f\/user\/alice\/laptop-[A-Z2-7]+$/);
  const { MFADevices } = await gatehouse.iam().send(new sdk.ListMFADevicesCommand({ UserName: 'alice' }));
  assert.deepEqual(MFADevices?.map(({ SerialNumber }) => SerialNumber), [serialNumber]);
  gatehouse.clock.advance(1_000);
  const step = await asked();
  assert.deepEqual([step.step, step.devices, optionsOf(step).rpId], ['mfa', [{ serialNumber, kind: 'passkey' }], 'localhost']);
  const other = new Browser(gatehouse);
  const { value } = await other.post('mfa', { flow: step.flow, passkey: authenticator.get(optionsOf(step)) });
  assert.deepEqual([value.step, value.session?.isMfaShown], ['signedIn', true]);
  other.note(value);
  const event = gatehouse.auditRecords.at(-1) as { additionalEventData: object };
  assert.deepEqual(event.additionalEventData, { MobileVersion: 'No', MFAUsed: 'Yes', MFAIdentifier: serialNumber });
  await gatehouse.iam(await credentialsOf(other)).send(new sdk.DeactivateMFADeviceCommand({ UserName: 'alice', SerialNumber: serialNumber }));
  assert.equal((await asked()).step, 'signedIn');
  assert.equal((await browser.get('session')).status, 200);
});

test('a response answers one challenge, once, and no other sign-in\'s', async () => {
  const { authenticator, asked } = await withPasskey('bob');
  const [first, second] = [await asked(), await asked()];
  const browser = new Browser(gatehouse);
  const passkey = authenticator.get(optionsOf(first));
  assert.equal((await browser.post('mfa', { flow: second.flow, passkey })).value.error, 'PasskeyFailed');
  assert.equal((await browser.post('mfa', { flow: first.flow, passkey })).value.step, 'signedIn');
  assert.equal((await browser.post('mfa', { flow: first.flow, passkey })).value.error, 'PasskeyFailed');
  // What failed is asked anew, with another challenge.
  assert.equal((await browser.post('mfa', { flow: second.flow, passkey: authenticator.get(optionsOf(second)) })).value.error, 'PasskeyFailed');
  const again = (await browser.post('mfa', { flow: second.flow })).value;
  assert.notEqual(optionsOf(again).challenge, optionsOf(second).challenge);
  assert.equal((await browser.post('mfa', { flow: again.flow, passkey: authenticator.get(optionsOf(again)) })).value.step, 'signedIn');
});

test('another key, another site, another origin, a changed response and a copy\'s count prove nothing', async () => {
  const { authenticator, asked } = await withPasskey('carol');
  const stranger = new SoftwareAuthenticator(authenticator.origin);
  stranger.create({ challenge: 'AAAA', rp: { id: 'localhost' } });
  const attempts: Readonly<Record<string, (options: Options) => object>> = {
    'an unknown key': (options) => stranger.get({ ...options, allowCredentials: stranger.credentials.map(({ id }) => ({ id: id.toString('base64url') })) }),
    'an unknown key under the id of the known one': (options) => ({ ...stranger.get({ ...options, allowCredentials: stranger.credentials.map(({ id }) => ({ id: id.toString('base64url') })) }), id: options.allowCredentials![0]!.id, rawId: options.allowCredentials![0]!.id }),
    'a page of another port': (options) => Object.assign(authenticator, { origin: 'http://localhost:9999' }).get(options),
    'a page of another name': (options) => Object.assign(authenticator, { origin: 'http://evil.example' }).get(options),
    'nothing': () => ({}),
    'no response': () => ({ id: 'AAAA', response: null }),
    'a copy that has signed less': (options) => Object.assign(authenticator, { origin: 'http://localhost:4566', counter: -1 }).get(options),
  };
  // The key has signed, so that a count that does not go up is seen.
  const usual = await asked();
  authenticator.counter = 40;
  assert.equal((await new Browser(gatehouse).post('mfa', { flow: usual.flow, passkey: authenticator.get(optionsOf(usual)) })).value.step, 'signedIn');
  for (const [name, attempt] of Object.entries(attempts)) {
    gatehouse.clock.advance(16 * 60_000);
    const step = await asked();
    const { status, value } = await new Browser(gatehouse).post('mfa', { flow: step.flow, passkey: attempt(optionsOf(step)) });
    assert.deepEqual([status, value.error], [401, 'PasskeyFailed'], name);
  }
});

test('an enrolment needs the permission, its own session and a name to be bound to, and answers one challenge once', async () => {
  await makeUser(gatehouse.iam(), 'denied', { actions: [] });
  const denied = await (await signedIn(gatehouse, 'denied')).post('passkeys/begin');
  assert.deepEqual([denied.status, denied.value.error], [403, 'AccessDenied']);
  assert.match(denied.value.message!, /not authorized to perform: iam:EnableMFADevice/);
  const kept = gatehouse.plane.denials.find(gatehouse.account, String(denied.value['authorizationId']));
  assert.equal(kept?.occasion.operation, 'iam:EnableMFADevice');
  const { browser, authenticator } = await withPasskey('dave');
  const { value } = await browser.post('passkeys/begin');
  assert.equal((value['options'] as Options).excludeCredentials?.length, 1);
  const finish = { enrolment: value['enrolment'], name: 'second', response: authenticator.create(value['options'] as Options) };
  const other = await signedIn(gatehouse, 'dave').catch(() => undefined);
  assert.equal(other, undefined, 'dave has a passkey to show');
  assert.equal((await browser.post('passkeys/finish', { ...finish, name: 'a name <b>' })).value.error, 'InvalidRequest');
  assert.equal((await browser.post('passkeys/finish', finish)).value.error, 'PasskeyFailed', 'the challenge was used up');
  const { value: next } = await browser.post('passkeys/begin');
  const foreign = new SoftwareAuthenticator('https://evil.example').create(next['options'] as Options);
  assert.equal((await browser.post('passkeys/finish', { enrolment: next['enrolment'], name: 'x', response: foreign })).value.error, 'PasskeyFailed');
  const { value: late } = await browser.post('passkeys/begin');
  gatehouse.clock.advance(10 * 60_000);
  assert.equal((await browser.post('passkeys/finish', { enrolment: late['enrolment'], name: 'x', response: authenticator.create(late['options'] as Options) })).value.error, 'FlowOver');
  await gatehouse.iam().send(new sdk.DeleteUserPolicyCommand({ UserName: 'dave', PolicyName: 'own' }));
  assert.equal((await browser.post('passkeys/begin')).value.error, 'AccessDenied');

  await makeUser(gatehouse.iam(), 'numeric', { actions: ['iam:EnableMFADevice'] });
  const byAddress = await signedIn(gatehouse, 'numeric', { host: '127.0.0.1:4566' });
  assert.match((await byAddress.post('passkeys/begin')).value.message!, /localhost, not 127\.0\.0\.1/);
});

test('root enrols a passkey, at whatever name it is served by, and a code of another device still does', async () => {
  const own = await startGatehouse({ seed: 'root passkey' });
  const root = await signedInRoot(own);
  const authenticator = new SoftwareAuthenticator(root.origin);
  const { value } = await enrol(root, authenticator, 'key');
  assert.match(String(value['serialNumber']), /^arn:aws:iam::111122223333:u2f\/root-account\/key-/);
  const browser = new Browser(own);
  const step = await browser.signIn({ kind: 'root', email: own.rootSignIn.email, password: 'Root-Password-9' });
  assert.equal((await browser.post('mfa', { flow: step.flow, passkey: authenticator.get(optionsOf(step)) })).value.session?.kind, 'root');
  await own.stop();
});

test('the pages ask for passkeys with one script, from a file, and their forms carry what it finds', async () => {
  await makeUser(gatehouse.iam(), 'eve', { actions: ['iam:EnableMFADevice'] });
  const browser = await signedIn(gatehouse, 'eve');
  const authenticator = new SoftwareAuthenticator(browser.origin);
  const read = (body: unknown) => {
    const text = String(body);
    assert.deepEqual(text.match(/<script[^>]*>/g), ['<script src="/_gatehouse/signin/passkey.js" defer>']);
    const [, options] = /data-options="([^"]*)"/.exec(text)!;
    const fields = Object.fromEntries([...text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(([, name, value]) => [name!, value!]));
    return { options: JSON.parse(options!.replaceAll('&quot;', '"').replaceAll('&amp;', '&')) as Options, fields };
  };
  const begun = await browser.form('/_gatehouse/signin/passkeys/begin', { csrf: browser.csrfToken });
  assert.match(begun.headers['Content-Security-Policy']!, /^default-src 'none'; img-src 'self'; script-src 'self'; style-src/);
  const { options, fields } = read(begun.body);
  const finished = await browser.form('/_gatehouse/signin/passkeys/finish', { ...fields, name: 'desk', response: JSON.stringify(authenticator.create(options)) });
  assert.equal(finished.status, 303, String(finished.body));
  const other = new Browser(gatehouse);
  const asked = read((await other.form('/_gatehouse/signin/password', asUser(gatehouse, 'eve'))).body);
  assert.equal((await other.form('/_gatehouse/signin/mfa', { ...asked.fields, passkey: '{' })).status, 400);
  assert.equal((await other.form('/_gatehouse/signin/mfa', { ...asked.fields, passkey: JSON.stringify(authenticator.get(asked.options)) })).status, 303);
  assert.equal((await other.get('session')).value['isMfaShown'], true);
  const script = await other.send('/_gatehouse/signin/passkey.js');
  assert.deepEqual([script.headers['Content-Type'], script.headers['X-Content-Type-Options']], ['text/javascript; charset=utf-8', 'nosniff']);
});
