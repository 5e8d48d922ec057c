/** Signing in: root and users, MFA, new and expired passwords, and what is told to whoever does not get in. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import * as sdk from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { enable, newAuthenticator } from '../iam/authenticator.ts';
import { Browser } from './browser.ts';
import { asUser, credentialsOf, makeUser, signedIn, signedInRoot, userPassword } from './people.ts';

let gatehouse: TestGatehouse;
let iam: sdk.IAMClient;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'sign-in', verifyPassword: undefined });
  iam = gatehouse.iam();
  await iam.send(new sdk.CreateAccountAliasCommand({ AccountAlias: 'acme' }));
  await makeUser(iam, 'Alice');
});
after(() => gatehouse.stop());
// Past the window in which attempts are counted.
beforeEach(() => gatehouse.clock.advance(16 * 60_000));

const lastEvent = () => gatehouse.auditRecords.at(-1) as Record<string, Record<string, unknown>>;

test('a user signs in with the number of the account or its alias, the name in any letter case, and acts with its own rights', async () => {
  for (const account of [gatehouse.account, 'acme', 'ACME']) {
    for (const userName of ['Alice', 'alice']) {
      const browser = new Browser(gatehouse);
      const { step, session } = await browser.signIn({ kind: 'user', account, userName, password: userPassword });
      assert.deepEqual([step, session?.kind, session?.name, session?.accountAlias, session?.isMfaShown], ['signedIn', 'user', 'Alice', 'acme', false]);
      const key = await credentialsOf(browser);
      const { Arn } = await gatehouse.sts(key).send(new GetCallerIdentityCommand({}));
      assert.equal(Arn, `arn:aws:iam::${gatehouse.account}:user/Alice`);
      assert.equal((await gatehouse.iam(key).send(new sdk.GetUserCommand({}))).User?.UserName, 'Alice');
      await assert.rejects(gatehouse.iam(key).send(new sdk.ListUsersCommand({})), { name: 'AccessDenied' });
    }
  }
});

test('a sign-in is recorded as CloudTrail records it, with whether MFA was used', async () => {
  await signedIn(gatehouse, 'Alice');
  const { eventID: _, requestID: __, ...event } = lastEvent();
  const { User } = await iam.send(new sdk.GetUserCommand({ UserName: 'Alice' }));
  assert.deepEqual(event, {
    eventVersion: '1.11', userIdentity: { type: 'IAMUser', principalId: User!.UserId, arn: User!.Arn, accountId: gatehouse.account, userName: 'Alice' },
    eventTime: new Date(gatehouse.clock.now).toISOString().replace('.000', ''), eventSource: 'signin.amazonaws.com', eventName: 'ConsoleLogin', awsRegion: 'us-east-1', sourceIPAddress: '203.0.113.7',
    requestParameters: null, responseElements: { ConsoleLogin: 'Success' }, additionalEventData: { MobileVersion: 'No', MFAUsed: 'No' },
    readOnly: false, eventType: 'AwsConsoleSignIn', managementEvent: true, recipientAccountId: gatehouse.account, eventCategory: 'Management',
  });
});

test('a password that was used is known by it: GetUser, ListUsers and the credential report say when', async () => {
  await makeUser(iam, 'dated');
  assert.equal((await iam.send(new sdk.GetUserCommand({ UserName: 'dated' }))).User?.PasswordLastUsed, undefined);
  await signedIn(gatehouse, 'dated');
  const at = new Date(gatehouse.clock.now);
  assert.deepEqual((await iam.send(new sdk.GetUserCommand({ UserName: 'dated' }))).User?.PasswordLastUsed, at);
  assert.deepEqual((await iam.send(new sdk.ListUsersCommand({}))).Users?.find(({ UserName }) => UserName === 'dated')?.PasswordLastUsed, at);
  await iam.send(new sdk.GenerateCredentialReportCommand({}));
  const report = Buffer.from((await iam.send(new sdk.GetCredentialReportCommand({}))).Content!).toString();
  assert.match(report, new RegExp(`^dated,.*,true,${at.toISOString().replace('.000Z', String.raw`\+00:00`)},`, 'm'));
  assert.match(report, /^<root_account>,[^,]*,[^,]*,not_supported,no_information,/m);
});

test('root signs in by e-mail, and sets another password than the first, which is for one sign-in', async () => {
  const own = await startGatehouse({ seed: 'root signs in' });
  const { email, password } = own.rootSignIn;
  const browser = new Browser(own);
  const first = await browser.signIn({ kind: 'root', email: email.toUpperCase(), password });
  assert.equal(first.step, 'newPassword');
  assert.ok(first.rules!.length > 0);
  for (const [newPassword, message] of [[password, /another/], ['short1!', /minimum length of 8/], ['alllowercase', /password policy/], [email, /password policy/], [`Aa1${'x'.repeat(126)}`, /maximum length of 128/]] as const) {
    const { status, value } = await browser.post('new-password', { flow: first.flow, oldPassword: password, newPassword });
    assert.deepEqual([status, value.error], [400, 'PasswordRefused'], newPassword);
    assert.match(value.message!, message);
  }
  assert.equal((await browser.post('new-password', { flow: first.flow, oldPassword: 'wrong', newPassword: 'Root-Password-9' })).status, 403);
  const { value } = await browser.post('new-password', { flow: first.flow, oldPassword: password, newPassword: 'Root-Password-9' });
  assert.deepEqual([value.step, value.session?.kind, value.session?.name], ['signedIn', 'root', email]);
  browser.note(value);
  const key = await credentialsOf(browser);
  assert.equal((await own.sts(key).send(new GetCallerIdentityCommand({}))).Arn, `arn:aws:iam::${own.account}:root`);
  await own.iam(key).send(new sdk.CreateUserCommand({ UserName: 'made-by-root' }));
  assert.equal((await new Browser(own).signIn({ kind: 'root', email, password })).error, 'AuthenticationFailed');
  assert.equal((await new Browser(own).signIn({ kind: 'root', email, password: 'Root-Password-9' })).step, 'signedIn');
  await own.stop();
});

test('an unknown account, an unknown user, a user without a password, a wrong password, an unknown e-mail: one answer to all', async () => {
  await iam.send(new sdk.CreateUserCommand({ UserName: 'passwordless' }));
  const attempts = [
    { ...asUser(gatehouse, 'Alice'), account: '999988887777' }, { ...asUser(gatehouse, 'Alice'), account: 'nobody' }, { ...asUser(gatehouse, 'Alice'), account: '__proto__' },
    asUser(gatehouse, 'mallory'), asUser(gatehouse, 'passwordless'), asUser(gatehouse, 'Alice', 'Wrong-Horse-7'), asUser(gatehouse, 'Alice', userPassword.toLowerCase()),
    { kind: 'root', email: 'nobody@example.com', password: 'x' }, { kind: 'root', email: gatehouse.rootSignIn.email, password: 'x' },
  ];
  const answers = await Promise.all(attempts.map(async (attempt, i) => {
    const browser = new Browser(gatehouse);
    browser.remoteAddress = `198.51.100.${i}`;
    const { answer } = await browser.post('password', attempt);
    const { 'x-amzn-RequestId': _, ...headers } = answer.headers;
    return { status: answer.status, headers, body: answer.body, cookies: answer.cookies ?? [] };
  }));
  for (const answer of answers) assert.deepEqual(answer, answers[0]);
  assert.deepEqual([answers[0]!.status, JSON.parse(String(answers[0]!.body)), answers[0]!.cookies], [401, { error: 'AuthenticationFailed', message: 'Your authentication information is incorrect. Please try again.' }, []]);
});

test('who was not there is not named in the audit log; who was, is', async () => {
  const browser = new Browser(gatehouse);
  await browser.signIn(asUser(gatehouse, 'Correct-Horse-7-in-the-wrong-field'));
  assert.deepEqual([lastEvent()['userIdentity'], lastEvent()['errorMessage'], lastEvent()['responseElements']], [{ type: 'IAMUser', accountId: gatehouse.account, userName: 'HIDDEN_DUE_TO_SECURITY_REASONS' }, 'Failed authentication', { ConsoleLogin: 'Failure' }]);
  await browser.signIn(asUser(gatehouse, 'Alice', 'wrong'));
  assert.equal(lastEvent()['userIdentity']?.['userName'], 'Alice');
});

test('with an MFA device the code is asked for after the password, and is good once', async () => {
  await makeUser(iam, 'careful', { actions: ['iam:ListUsers'] });
  await iam.send(new sdk.PutUserPolicyCommand({ UserName: 'careful', PolicyName: 'own', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'iam:ListUsers', Resource: '*', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' }, NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } } } }) }));
  const device = await newAuthenticator(gatehouse, 'careful');
  await enable(iam, device, 'careful');
  gatehouse.clock.advance(60_000);
  const browser = new Browser(gatehouse);
  const asked = await browser.signIn(asUser(gatehouse, 'careful'));
  assert.deepEqual([asked.step, asked.devices, asked.session], ['mfa', [{ serialNumber: device.serialNumber, kind: 'totp' }], undefined]);
  assert.equal(browser.cookies.size, 0, 'nobody is signed in by the password alone');
  const wrong = await browser.post('mfa', { flow: asked.flow, code: '000000' });
  assert.deepEqual([wrong.status, wrong.value.error], [401, 'MfaFailed']);
  assert.equal((await browser.post('mfa', { flow: asked.flow, code: device.code(), device: 'arn:aws:iam::111122223333:mfa/other' })).value.error, 'MfaFailed');
  const code = device.code();
  const { value } = await browser.post('mfa', { flow: asked.flow, code });
  assert.deepEqual([value.step, value.session?.isMfaShown], ['signedIn', true]);
  browser.note(value);
  assert.deepEqual(lastEvent()['additionalEventData'], { MobileVersion: 'No', MFAUsed: 'Yes', MFAIdentifier: device.serialNumber });
  const key = await credentialsOf(browser);
  await gatehouse.iam(key).send(new sdk.ListUsersCommand({}));
  // The same code again: in another sign-in, and in this one.
  const other = new Browser(gatehouse);
  const again = await other.signIn(asUser(gatehouse, 'careful'));
  assert.equal((await other.post('mfa', { flow: again.flow, code })).value.error, 'MfaFailed');
  // An hour on the MFA is too old for what it is asked for, though the session lasts.
  for (let i = 0; i < 4; i++) {
    gatehouse.clock.advance(15 * 60_000);
    await browser.get('session');
  }
  await assert.rejects(gatehouse.iam(await credentialsOf(browser)).send(new sdk.ListUsersCommand({})), { name: 'AccessDenied' });
});

test('a device whose clock went wrong is synchronized by two codes at sign-in', async () => {
  await makeUser(iam, 'slow');
  const device = await newAuthenticator(gatehouse, 'slow');
  await enable(iam, device, 'slow');
  gatehouse.clock.advance(60_000);
  const browser = new Browser(gatehouse);
  const { flow } = await browser.signIn(asUser(gatehouse, 'slow'));
  assert.equal((await browser.post('mfa', { flow, code: device.code(8) })).value.error, 'MfaFailed');
  assert.equal((await browser.post('mfa', { flow, code: device.code(8), secondCode: device.code(9) })).value.step, 'signedIn');
  gatehouse.clock.advance(120_000);
  const later = new Browser(gatehouse);
  assert.equal((await later.post('mfa', { flow: (await later.signIn(asUser(gatehouse, 'slow'))).flow, code: device.code(8) })).value.step, 'signedIn');
});

test('a password that must be changed is changed by ChangePassword itself: with its permission, its rules, and its record', async () => {
  await makeUser(iam, 'newcomer', { mustChange: true, actions: [] });
  const browser = new Browser(gatehouse);
  const first = await browser.signIn(asUser(gatehouse, 'newcomer'));
  assert.equal(first.step, 'newPassword');
  assert.equal(browser.cookies.size, 0);
  const change = { flow: first.flow, oldPassword: userPassword, newPassword: 'Another-Horse-8' };
  const denied = await browser.post('new-password', change);
  assert.deepEqual([denied.status, denied.value.error], [403, 'AccessDenied']);
  assert.match(denied.value.message!, /user\/newcomer is not authorized to perform: iam:ChangePassword/);
  assert.equal(gatehouse.plane.denials.find(gatehouse.account, String(denied.value['authorizationId']))?.occasion.operation, 'iam:ChangePassword');
  await iam.send(new sdk.AttachUserPolicyCommand({ UserName: 'newcomer', PolicyArn: 'arn:aws:iam::aws:policy/IAMUserChangePassword' }));
  const tooShort = await browser.post('new-password', { ...change, newPassword: 'Ab1!' });
  assert.deepEqual([tooShort.status, tooShort.value.error], [400, 'PasswordRefused']);
  assert.equal((await browser.post('new-password', { ...change, newPassword: userPassword })).value.error, 'PasswordRefused');
  assert.equal((await browser.post('new-password', { ...change, oldPassword: 'Wrong-Horse-7' })).status, 403);
  const { value } = await browser.post('new-password', change);
  assert.equal(value.step, 'signedIn');
  const changed = gatehouse.auditRecords.find((record) => Reflect.get(record, 'eventName') === 'ChangePassword' && Reflect.get(record, 'errorCode') === undefined) as Record<string, Record<string, unknown>>;
  assert.deepEqual([changed['userIdentity']?.['userName'], changed['requestParameters']], ['newcomer', { oldPassword: 'HIDDEN_DUE_TO_SECURITY_REASONS', newPassword: 'HIDDEN_DUE_TO_SECURITY_REASONS' }]);
  assert.equal((await new Browser(gatehouse).signIn(asUser(gatehouse, 'newcomer'))).error, 'AuthenticationFailed');
  assert.equal((await new Browser(gatehouse).signIn(asUser(gatehouse, 'newcomer', 'Another-Horse-8'))).step, 'signedIn');
});

test('an expired password is changed, or with hard expiry ends the sign-in; before it expires the session says so', async () => {
  const own = await startGatehouse({ seed: 'expiry' });
  await makeUser(own.iam(), 'bob');
  const policy = { MinimumPasswordLength: 10, RequireNumbers: true, MaxPasswordAge: 90, PasswordReusePrevention: 3, AllowUsersToChangePassword: true };
  await own.iam().send(new sdk.UpdateAccountPasswordPolicyCommand(policy));
  own.clock.advance(74 * 86_400_000);
  assert.equal((await new Browser(own).signIn(asUser(own, 'bob'))).session?.['passwordExpiresInDays'], undefined);
  own.clock.advance(2 * 86_400_000);
  assert.equal((await new Browser(own).signIn(asUser(own, 'bob'))).session?.['passwordExpiresInDays'], 14);
  own.clock.advance(14 * 86_400_000);
  const browser = new Browser(own);
  const expired = await browser.signIn(asUser(own, 'bob'));
  assert.deepEqual([expired.step, expired.rules], ['newPassword', ['at least 10 characters', 'at least one number', 'none of your last 3 passwords']]);
  await own.iam().send(new sdk.UpdateAccountPasswordPolicyCommand({ ...policy, HardExpiry: true }));
  assert.equal((await browser.post('new-password', { flow: expired.flow, oldPassword: userPassword, newPassword: 'Another-Horse-8' })).value.error, 'FlowOver');
  const refused = await browser.post('password', asUser(own, 'bob'));
  assert.deepEqual([refused.status, refused.value.error], [403, 'PasswordExpired']);
  assert.equal((await browser.post('password', asUser(own, 'bob', 'wrong'))).value.error, 'AuthenticationFailed');
  await own.stop();
});

test('a sign-in under way is no use once it is finished, too old, or its password was changed', async () => {
  await makeUser(iam, 'flowing', { mustChange: true, actions: ['iam:ChangePassword'] });
  const browser = new Browser(gatehouse);
  const change = { oldPassword: userPassword, newPassword: 'Another-Horse-8' };
  const first = await browser.signIn(asUser(gatehouse, 'flowing'));
  const second = await browser.signIn(asUser(gatehouse, 'flowing'));
  assert.equal((await browser.post('new-password', { flow: first.flow, ...change })).value.step, 'signedIn');
  for (const flow of [first.flow, second.flow, `${first.flow!.slice(0, -2)}AA`, 'x', '__proto__']) assert.equal((await browser.post('new-password', { flow, ...change })).value.error, 'FlowOver');
  await iam.send(new sdk.UpdateLoginProfileCommand({ UserName: 'flowing', PasswordResetRequired: true }));
  const slow = await browser.signIn(asUser(gatehouse, 'flowing', 'Another-Horse-8'));
  gatehouse.clock.advance(10 * 60_000);
  assert.equal((await browser.post('new-password', { flow: slow.flow, oldPassword: 'Another-Horse-8', newPassword: 'Third-Horse-9' })).value.error, 'FlowOver');
});

test('root cannot skip MFA: a step that is not due is refused', async () => {
  const own = await startGatehouse({ seed: 'root mfa' });
  const browser = await signedInRoot(own);
  const device = await newAuthenticator(own, 'root-device', { client: own.iam(own.root) });
  await enable(own.iam(own.root), device, own.account);
  own.clock.advance(60_000);
  const { email } = own.rootSignIn;
  const fresh = new Browser(own);
  const asked = await fresh.signIn({ kind: 'root', email, password: 'Root-Password-9' });
  assert.equal(asked.step, 'mfa');
  assert.equal((await fresh.post('new-password', { flow: asked.flow, oldPassword: 'Root-Password-9', newPassword: 'Other-Password-9' })).value.error, 'FlowOver');
  assert.equal((await fresh.post('mfa', { flow: asked.flow, code: device.code() })).value.step, 'signedIn');
  assert.equal((await browser.get('session')).status, 200);
  await own.stop();
});
