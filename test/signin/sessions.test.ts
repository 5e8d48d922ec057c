/** Sessions of the console: what they may, how long they last, how they end, several of them, and roles. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import * as sdk from '@aws-sdk/client-iam';
import { AssumeRoleCommand, GetCallerIdentityCommand, GetFederationTokenCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { Browser } from './browser.ts';
import { asUser, credentialsOf, makeUser, rememberingPasswords, signedIn, signedInRoot, userPassword } from './people.ts';

let gatehouse: TestGatehouse;
let iam: sdk.IAMClient;
const roleArn = (name: string, account = '111122223333'): string => `arn:aws:iam::${account}:role/${name}`;
const trusting = (AWS: string, condition: object = {}): string => JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole', ...condition } });

before(async () => {
  gatehouse = await startGatehouse({ seed: 'sessions', verifyPassword: rememberingPasswords() });
  iam = gatehouse.iam();
  await makeUser(iam, 'alice', { actions: ['iam:*', 'sts:*'] });
  await makeUser(iam, 'bob', { actions: ['iam:GetUser'] });
});
after(() => gatehouse.stop());
beforeEach(() => gatehouse.clock.advance(16 * 60_000));

const arnOf = async (browser: Browser): Promise<string> => (await gatehouse.sts(await credentialsOf(browser)).send(new GetCallerIdentityCommand({}))).Arn!;
const over = { name: 'ExpiredToken' };

test('signing out ends the session and every credential it handed out, at once, and those that a role was assumed with', async () => {
  await iam.send(new sdk.CreateRoleCommand({ RoleName: 'chained', AssumeRolePolicyDocument: trusting(gatehouse.account) }));
  const browser = await signedIn(gatehouse, 'alice');
  const keys = [await credentialsOf(browser), await credentialsOf(browser)];
  const { Credentials } = await gatehouse.sts(keys[0]).send(new AssumeRoleCommand({ RoleArn: roleArn('chained'), RoleSessionName: 'on' }));
  keys.push({ accessKeyId: Credentials!.AccessKeyId!, secretAccessKey: Credentials!.SecretAccessKey!, sessionToken: Credentials!.SessionToken });
  for (const key of keys) await gatehouse.sts(key).send(new GetCallerIdentityCommand({}));
  const cookies = browser.cookieHeader;
  const { status, answer } = await browser.post('sign-out');
  assert.deepEqual([status, answer.body, browser.cookies.has(`gatehouse-session-${browser.session}`)], [204, '', false]);
  for (const key of keys) await assert.rejects(gatehouse.sts(key).send(new GetCallerIdentityCommand({})), over);
  const stolen = await gatehouse.send({ method: 'GET', target: '/_gatehouse/signin/session', headers: [['Host', browser.host], ['Cookie', cookies]] });
  assert.equal(stolen.status, 401);
});

test('credentials last fifteen minutes, a session twelve hours, and an hour unused', async () => {
  const browser = await signedIn(gatehouse, 'alice');
  const key = await credentialsOf(browser);
  gatehouse.clock.advance(15 * 60_000);
  await assert.rejects(gatehouse.sts(key).send(new GetCallerIdentityCommand({})), over);
  gatehouse.clock.advance(44 * 60_000);
  assert.equal((await browser.get('session')).status, 200);
  gatehouse.clock.advance(60 * 60_000);
  assert.deepEqual([(await browser.get('session')).status, (await browser.get('session')).value.error], [401, 'SessionOver']);

  const busy = await signedIn(gatehouse, 'alice');
  for (let minutes = 0; minutes < 12 * 60 - 5; minutes += 5) {
    gatehouse.clock.advance(5 * 60_000);
    assert.equal((await busy.get('session')).status, 200, `after ${minutes + 5} minutes`);
  }
  const { value } = await busy.post('credentials');
  assert.equal(value['expiration'], (await busy.get('session')).value['endsAt']);
  gatehouse.clock.advance(5 * 60_000);
  assert.equal((await busy.get('session')).status, 401);
});

test('a session acts with all the rights of whoever signed in, except that it asks for no long-term sessions, and as root assumes no role', async () => {
  const alice = gatehouse.sts(await credentialsOf(await signedIn(gatehouse, 'alice')));
  for (const command of [new GetSessionTokenCommand({}), new GetFederationTokenCommand({ Name: 'x' })]) await assert.rejects(alice.send(command as GetSessionTokenCommand), { name: 'AccessDenied', message: /session credentials/ });
  const own = await startGatehouse({ seed: 'rights of root' });
  const root = await credentialsOf(await signedInRoot(own));
  await own.iam().send(new sdk.CreateRoleCommand({ RoleName: 'open', AssumeRolePolicyDocument: trusting(own.account) }));
  await own.iam(root).send(new sdk.CreateAccessKeyCommand({}));
  await assert.rejects(own.sts(root).send(new AssumeRoleCommand({ RoleArn: roleArn('open'), RoleSessionName: 'x' })), { name: 'AccessDenied', message: 'Roles may not be assumed by root accounts.' });
  await own.stop();
});

test('what revokes older sessions revokes the newest credentials of an older console session', async () => {
  await makeUser(iam, 'revoked', { actions: ['iam:ListUsers'] });
  const browser = await signedIn(gatehouse, 'revoked');
  gatehouse.clock.advance(5 * 60_000);
  await iam.send(new sdk.PutUserPolicyCommand({ UserName: 'revoked', PolicyName: 'AWSRevokeOlderSessions', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Deny', Action: '*', Resource: '*', Condition: { DateLessThan: { 'aws:TokenIssueTime': new Date(gatehouse.clock.now).toISOString() } } } }) }));
  gatehouse.clock.advance(5 * 60_000);
  await assert.rejects(gatehouse.iam(await credentialsOf(browser)).send(new sdk.ListUsersCommand({})), { name: 'AccessDenied', message: /explicit deny/ });
  await gatehouse.iam(await credentialsOf(await signedIn(gatehouse, 'revoked'))).send(new sdk.ListUsersCommand({}));
});

test('a session ends with its user, and when an administrator sets or takes away the password', async () => {
  const ends: Readonly<Record<string, (UserName: string) => Promise<unknown>>> = {
    reset: (UserName) => iam.send(new sdk.UpdateLoginProfileCommand({ UserName, Password: 'Given-By-Admin-1' })),
    taken: (UserName) => iam.send(new sdk.DeleteLoginProfileCommand({ UserName })),
    deleted: async (UserName) => {
      await iam.send(new sdk.DeleteLoginProfileCommand({ UserName }));
      return iam.send(new sdk.DeleteUserCommand({ UserName }));
    },
  };
  for (const [UserName, end] of Object.entries(ends)) {
    await makeUser(iam, UserName, { actions: [] });
    const browser = await signedIn(gatehouse, UserName);
    const key = await credentialsOf(browser);
    await end(UserName);
    assert.equal((await browser.get('session')).status, 401, UserName);
    await assert.rejects(gatehouse.sts(key).send(new GetCallerIdentityCommand({})), UserName);
  }
});

test('whoever changes the own password keeps the session, and loses the others', async () => {
  await makeUser(iam, 'changing', { actions: ['iam:ChangePassword'] });
  const [here, there] = [await signedIn(gatehouse, 'changing'), await signedIn(gatehouse, 'changing')];
  const key = await credentialsOf(there);
  assert.equal((await here.post('change-password', { oldPassword: 'Wrong-Horse-1', newPassword: 'Another-Horse-8' })).value.error, 'AccessDenied');
  assert.equal((await here.post('change-password', { oldPassword: userPassword, newPassword: 'short' })).value.error, 'PasswordRefused');
  assert.equal((await here.post('change-password', { oldPassword: userPassword, newPassword: 'Another-Horse-8' })).status, 204);
  assert.deepEqual([(await here.get('session')).status, (await there.get('session')).status], [200, 401]);
  await assert.rejects(gatehouse.sts(key).send(new GetCallerIdentityCommand({})), over);
  const bob = await signedIn(gatehouse, 'bob');
  const denied = await bob.post('change-password', { oldPassword: userPassword, newPassword: 'Another-Horse-8' });
  assert.match(denied.value.message!, /not authorized to perform: iam:ChangePassword/);
});

test('several sessions stand side by side: requests say which they mean, and each has its own token and its own rights', async () => {
  const browser = new Browser(gatehouse);
  const sessions: Record<string, { session: string; csrfToken: string }> = {};
  for (const name of ['alice', 'bob']) {
    const { session } = await browser.signIn(asUser(gatehouse, name));
    sessions[name] = { session: session!.session, csrfToken: session!.csrfToken! };
    gatehouse.clock.advance(1_000);
  }
  assert.deepEqual(((await browser.get('sessions')).value['sessions'] as { name: string }[]).map(({ name }) => name), ['bob', 'alice']);
  for (const [name, { session, csrfToken }] of Object.entries(sessions)) {
    Object.assign(browser, { session, csrfToken });
    assert.equal(await arnOf(browser), `arn:aws:iam::${gatehouse.account}:user/${name}`);
  }
  Object.assign(browser, { session: sessions['alice']!.session, csrfToken: sessions['bob']!.csrfToken });
  assert.equal((await browser.post('credentials')).value.error, 'ForgedRequest');
  Object.assign(browser, sessions['alice']);
  assert.equal((await browser.post('sign-out', { which: 'this' })).status, 204);
  assert.equal((await browser.get('session')).status, 401);
  Object.assign(browser, sessions['bob']);
  assert.equal((await browser.get('session')).value.name, 'bob');
  // The same person again replaces the own session, and a sixth person has no room.
  assert.equal((await browser.signIn(asUser(gatehouse, 'bob'))).step, 'signedIn');
  assert.equal(((await browser.get('sessions')).value['sessions'] as unknown[]).length, 1);
  for (let i = 0; i < 5; i++) {
    await makeUser(iam, `many-${i}`, { actions: [] });
    const { value } = await browser.post('password', asUser(gatehouse, `many-${i}`));
    assert.equal(value.step ?? value.error, i < 4 ? 'signedIn' : 'TooManySessions');
  }
  assert.equal((await browser.post('sign-out', { which: 'browser' })).status, 204);
  assert.equal([...browser.cookies.keys()].filter((name) => name.includes('session')).length, 0);
});

test('signing out everywhere ends the sessions of other browsers too', async () => {
  const [here, there] = [await signedIn(gatehouse, 'alice'), await signedIn(gatehouse, 'alice')];
  const key = await credentialsOf(there);
  assert.equal((await here.post('sign-out', { which: 'neither' })).value.error, 'InvalidRequest');
  await here.post('sign-out', { which: 'everywhere' });
  assert.equal((await there.get('session')).status, 401);
  await assert.rejects(gatehouse.sts(key).send(new GetCallerIdentityCommand({})), over);
});

test('a role is switched to by AssumeRole itself: trust, permission and length are asked, and one text refuses', async () => {
  await iam.send(new sdk.CreateRoleCommand({ RoleName: 'auditor', Path: '/team/', MaxSessionDuration: 7_200, AssumeRolePolicyDocument: trusting(`arn:aws:iam::${gatehouse.account}:user/alice`) }));
  await iam.send(new sdk.CreateRoleCommand({ RoleName: 'guarded', AssumeRolePolicyDocument: trusting(gatehouse.account, { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }) }));
  const browser = await signedIn(gatehouse, 'alice');
  for (const [account, roleName] of [[gatehouse.account, 'nobody'] as const, [gatehouse.account, 'guarded'] as const, [gatehouse.account, 'auditor'] as const, ['999988887777', 'team/auditor'] as const, ['no-such-alias', 'x'] as const, [gatehouse.account, '../../user/alice'] as const, [gatehouse.account, 'a:b*'] as const]) {
    const { status, value } = await browser.post('switch-role', { account, roleName });
    assert.deepEqual([status, value], [403, { error: 'SwitchRoleFailed', message: 'Invalid information in one or more fields. Check your information or contact your administrator.' }], roleName);
  }
  const { value } = await browser.post('switch-role', { account: gatehouse.account, roleName: 'team/auditor', displayName: 'Audit', color: '#2ea597' });
  const view = value as unknown as { role: { arn: string; displayName: string; color: string; endsAt: string }; recentRoles: { roleName: string }[]; arn: string };
  assert.deepEqual([view.role.arn, view.role.displayName, view.role.color, view.arn], [`arn:aws:sts::${gatehouse.account}:assumed-role/auditor/alice`, 'Audit', '2ea597', `arn:aws:iam::${gatehouse.account}:user/alice`]);
  assert.equal(Date.parse(view.role.endsAt), Math.floor(gatehouse.clock.now / 1000) * 1000 + 7_200_000);
  assert.equal(await arnOf(browser), view.role.arn);
  // Acting as a role the original identity still asks, and bob's role is not alice's to take.
  assert.equal((await browser.post('switch-role', { account: gatehouse.account, roleName: 'team/auditor' })).status, 200);
  assert.equal((await browser.post('change-password', { oldPassword: userPassword, newPassword: 'Another-Horse-8' })).value.error, 'AccessDenied');
  assert.equal((await browser.post('switch-back')).value['role'], undefined);
  assert.equal(await arnOf(browser), `arn:aws:iam::${gatehouse.account}:user/alice`);
  const events = gatehouse.auditRecords.map((record) => [Reflect.get(record, 'eventName'), Reflect.get(record, 'errorMessage')]).filter(([name]) => name === 'SwitchRole' || name === 'ExitRole');
  assert.deepEqual(events.slice(-3), [['SwitchRole', undefined], ['SwitchRole', undefined], ['ExitRole', undefined]]);
  const refused = gatehouse.auditRecords.filter((record) => Reflect.get(record, 'eventName') === 'AssumeRole' && Reflect.get(record, 'errorCode') === 'AccessDenied');
  assert.ok(refused.length >= 3, 'the audit log says why');
  await browser.post('switch-role', { account: gatehouse.account, roleName: 'team/auditor' });
  for (let minutes = 0; minutes < 120; minutes += 30) {
    gatehouse.clock.advance(30 * 60_000);
    await browser.get('session');
  }
  assert.equal((await browser.get('session')).value['role'], undefined);
  assert.equal(await arnOf(browser), `arn:aws:iam::${gatehouse.account}:user/alice`);
});

test('a link of AWS\'s form proposes a role: after signing in the form is filled in, and nothing is switched yet', async () => {
  const browser = new Browser(gatehouse);
  const link = await browser.send(`/switchrole?${new URLSearchParams({ account: gatehouse.account, roleName: 'team/auditor', displayName: 'A <b>', color: 'B7CA9D', extra: 'x' })}`);
  assert.equal(link.headers['Location'], `/_gatehouse/console/switch-role?account=${gatehouse.account}&roleName=team%2Fauditor&displayName=A+%3Cb%3E&color=B7CA9D`);
  const away = await browser.send(link.headers['Location']!);
  const continueTo = new URLSearchParams(away.headers['Location']!.split('?')[1]).get('continue')!;
  const back = await browser.form('/_gatehouse/signin/password', { ...asUser(gatehouse, 'alice'), continue: continueTo });
  const page = String((await browser.send(back.headers['Location']!)).body);
  assert.match(page, /name="roleName" value="team\/auditor"/);
  assert.match(page, /name="displayName" maxlength="64" value="A &lt;b&gt;"/);
  assert.equal((await browser.get('session')).value['role'], undefined);
});

test('root switches to no role', async () => {
  const own = await startGatehouse({ seed: 'root switches' });
  const browser = await signedInRoot(own);
  await own.iam().send(new sdk.CreateRoleCommand({ RoleName: 'open', AssumeRolePolicyDocument: trusting(own.account) }));
  assert.equal((await browser.post('switch-role', { account: own.account, roleName: 'open' })).value.error, 'SwitchRoleFailed');
  await own.stop();
});

test('a role of another account is switched to where both sides allow it', async () => {
  const other = '444455556666';
  const admin = await gatehouse.newAccount(other);
  await gatehouse.iam(admin).send(new sdk.CreateRoleCommand({ RoleName: 'abroad', AssumeRolePolicyDocument: trusting(gatehouse.account) }));
  const alice = await signedIn(gatehouse, 'alice');
  await alice.post('switch-role', { account: other, roleName: 'abroad' });
  assert.equal(await arnOf(alice), `arn:aws:sts::${other}:assumed-role/abroad/alice`);
  assert.equal((await (await signedIn(gatehouse, 'bob')).post('switch-role', { account: other, roleName: 'abroad' })).status, 403);
});

test('a browser remembers the last five roles that it switched to', async () => {
  await iam.send(new sdk.CreateRoleCommand({ RoleName: 'r0', AssumeRolePolicyDocument: trusting(gatehouse.account) }));
  for (let i = 1; i < 6; i++) await iam.send(new sdk.CreateRoleCommand({ RoleName: `r${i}`, AssumeRolePolicyDocument: trusting(gatehouse.account) }));
  const browser = await signedIn(gatehouse, 'alice');
  for (const name of ['r0', 'r1', 'r2', 'r3', 'r4', 'r5', 'r2']) assert.equal((await browser.post('switch-role', { account: gatehouse.account, roleName: name })).status, 200);
  const recent = async () => ((await browser.get('session')).value['recentRoles'] as { roleName: string }[]).map(({ roleName }) => roleName);
  assert.deepEqual(await recent(), ['r2', 'r5', 'r4', 'r3', 'r1']);
  browser.cookies.set('gatehouse-roles', { value: Buffer.from(JSON.stringify([{ account: 7 }, 'x', null, { account: 'a', roleName: 'b', displayName: 'c', color: '<b>' }])).toString('base64url'), attributes: new Map() });
  assert.deepEqual(await recent(), []);
});
