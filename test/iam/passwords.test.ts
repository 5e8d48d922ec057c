/** Passwords of users and the account's password policy, asked of a whole Gatehouse through the AWS SDK. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as sdk from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { isPassword } from '../../src/proof/password.ts';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { testAsks } from './asked-resources.ts';
import { trusting } from './documents.ts';
import { assertRefused, mustFirst, noSuch } from './refusal.ts';
import { type RestrictedCaller, restrictedCaller } from './restricted-caller.ts';

// Each hash takes a good part of a second on a slow machine, so that passwords are set as seldom as can be.

const account = '111122223333';
const prefix = `arn:aws:iam::${account}`;
const good = 'Correct-horse-1';
const epoch = new Date('2026-11-23T10:00:00Z');

let gatehouse: TestGatehouse;
let iam: IAMClient;
let caller: RestrictedCaller;
let own: IAMClient;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'passwords', accountId: account });
  iam = gatehouse.iam();
  caller = await restrictedCaller(gatehouse);
  own = caller.iam;
});
after(() => gatehouse.stop());

const user = (UserName: string) => iam.send(new sdk.CreateUserCommand({ UserName }));
const create = (UserName: string, Password: string, PasswordResetRequired?: boolean) => iam.send(new sdk.CreateLoginProfileCommand({ UserName, Password, PasswordResetRequired }));
const read = async (UserName: string) => (await iam.send(new sdk.GetLoginProfileCommand({ UserName }))).LoginProfile;
const update = (UserName: string, options: { Password?: string; PasswordResetRequired?: boolean }) => iam.send(new sdk.UpdateLoginProfileCommand({ UserName, ...options }));
const change = (OldPassword: string, NewPassword: string, client = own) => client.send(new sdk.ChangePasswordCommand({ OldPassword, NewPassword }));
const setPolicy = (policy: sdk.UpdateAccountPasswordPolicyCommandInput) => iam.send(new sdk.UpdateAccountPasswordPolicyCommand(policy));
const clearPolicy = () => iam.send(new sdk.DeleteAccountPasswordPolicyCommand({}));
const absent = (name: string) => ({ code: 'NoSuchEntity', status: 404, message: `Login Profile for User ${name} cannot be found.` });
const violation = (message: string) => ({ code: 'PasswordPolicyViolation', status: 400, message });
const unsuitable = violation('Password does not conform to the account password policy.');
const tooShort = (length: number) => violation(`Password should have a minimum length of ${length}`);

/** The profile as the store keeps it. */
async function stored(UserName: string) {
  const { User } = await iam.send(new sdk.GetUserCommand({ UserName }));
  return gatehouse.plane.store.loaded(account)!.loginProfiles.find(User!.UserId!)!;
}

test('CreateLoginProfile answers the profile and keeps only an argon2id hash, which neither audit nor log show', async () => {
  await user('Alice');
  const { LoginProfile } = await create('alice', good, true);
  assert.deepEqual(LoginProfile, { UserName: 'Alice', CreateDate: epoch, PasswordResetRequired: true });
  assert.deepEqual(await read('ALICE'), LoginProfile);
  const { PasswordHash, PasswordChangedAt } = await stored('Alice');
  assert.match(PasswordHash, /^\$argon2id\$v=19\$/);
  assert.ok(await isPassword(good, PasswordHash));
  assert.equal(PasswordChangedAt, epoch.getTime());
  const written = JSON.stringify([gatehouse.auditRecords, gatehouse.logLines]);
  assert.ok(written.includes('CreateLoginProfile') && !written.includes(good) && !written.includes('argon2'));
});

test('a user has one password, and a user that is not there none', async () => {
  await assertRefused(create('Alice', good), { code: 'EntityAlreadyExists', status: 409, message: 'Login Profile for user Alice already exists.' });
  await assertRefused(create('nobody', good), noSuch('user', 'nobody'));
  await assertRefused(read('nobody'), noSuch('user', 'nobody'));
  await user('without');
  await assertRefused(read('without'), absent('without'));
  await assertRefused(update('without', { PasswordResetRequired: true }), absent('without'));
  await assertRefused(iam.send(new sdk.DeleteLoginProfileCommand({ UserName: 'without' })), absent('without'));
  await assertRefused(iam.send(new sdk.CreateLoginProfileCommand({ UserName: 'without' })), { code: 'ValidationError', status: 400, message: '1 validation error detected: Value at \'password\' failed to satisfy constraint: Member must not be null' });
});

test('a password of other characters or lengths is refused without being repeated', async () => {
  const refused = (password: string) => assertRefused(create('without', password), { code: 'ValidationError', status: 400, message: /^1 validation error detected: Value at 'password' failed to satisfy constraint: Member must (satisfy regular expression|have length less)/ });
  await refused('Ключ-от-двери-1');
  await refused('Aa1-'.repeat(33));
});

test('without a policy of the account AWS\'s holds: eight characters, three kinds of four, not the account\'s own names', async () => {
  await iam.send(new sdk.CreateAccountAliasCommand({ AccountAlias: 'acme-1-prod' }));
  await assertRefused(create('without', 'Short-1'), tooShort(8));
  await assertRefused(create('without', 'lowercase-only'), unsuitable);
  await assertRefused(create('without', 'UPPERCASE1'), unsuitable);
  await assertRefused(create('without', 'acme-1-prod'), unsuitable);
  await assertRefused(create('without', `Root@${account}.example`), unsuitable);
});

test('a policy of the account is set as a whole: what is not sent goes back to its default', async () => {
  const get = async () => (await iam.send(new sdk.GetAccountPasswordPolicyCommand({}))).PasswordPolicy;
  await assertRefused(get(), { code: 'NoSuchEntity', status: 404, message: `The Password Policy with domain name ${account} cannot be found.` });
  await assertRefused(clearPolicy(), { code: 'NoSuchEntity', status: 404, message: 'The account policy with name PasswordPolicy cannot be found.' });
  const whole = { MinimumPasswordLength: 20, RequireSymbols: true, RequireNumbers: true, RequireUppercaseCharacters: true, RequireLowercaseCharacters: true, AllowUsersToChangePassword: true, MaxPasswordAge: 90, PasswordReusePrevention: 24, HardExpiry: true };
  await setPolicy(whole);
  assert.deepEqual(await get(), { ...whole, ExpirePasswords: true });
  await setPolicy({ RequireNumbers: true });
  assert.deepEqual(await get(), { MinimumPasswordLength: 6, RequireSymbols: false, RequireNumbers: true, RequireUppercaseCharacters: false, RequireLowercaseCharacters: false, AllowUsersToChangePassword: false, ExpirePasswords: false });
  await clearPolicy();
  await assertRefused(get(), { code: 'NoSuchEntity', status: 404, message: `The Password Policy with domain name ${account} cannot be found.` });
});

test('the numbers of a policy have their ranges', async () => {
  for (const [policy, member, bound] of [
    [{ MinimumPasswordLength: 5 }, 'minimumPasswordLength', 'greater than or equal to 6'], [{ MinimumPasswordLength: 129 }, 'minimumPasswordLength', 'less than or equal to 128'],
    [{ MaxPasswordAge: 0 }, 'maxPasswordAge', 'greater than or equal to 1'], [{ MaxPasswordAge: 1096 }, 'maxPasswordAge', 'less than or equal to 1095'],
    [{ PasswordReusePrevention: 25 }, 'passwordReusePrevention', 'less than or equal to 24'],
  ] as const) await assertRefused(setPolicy(policy), { code: 'ValidationError', status: 400, message: `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must have value ${bound}` });
});

test('each kind of character that the policy requires must be there', async () => {
  await setPolicy({ MinimumPasswordLength: 10, RequireSymbols: true, RequireNumbers: true, RequireUppercaseCharacters: true, RequireLowercaseCharacters: true });
  await assertRefused(create('without', 'Short-1'), tooShort(10));
  await assertRefused(create('without', 'NoSymbols123'), violation('Password should have at least one symbol'));
  await assertRefused(create('without', 'Other~symbols"1'), violation('Password should have at least one symbol'));
  await assertRefused(create('without', 'No-numbers-here'), violation('Password should have at least one number'));
  await assertRefused(create('without', 'no-uppercase-1'), violation('Password should have at least one uppercase letter'));
  await assertRefused(create('without', 'NO-LOWERCASE-1'), violation('Password should have at least one lowercase letter'));
  await assertRefused(update('Alice', { Password: 'no-uppercase-1' }), violation('Password should have at least one uppercase letter'));
  await clearPolicy();
});

test('users change their own password only; the old one must be right, and a reset is done with then', async () => {
  await create('caller', good, true);
  await caller.permit({ Effect: 'Allow', Action: 'iam:ChangePassword', Resource: `${prefix}:user/staff/caller` });
  await assertRefused(change('Wrong-horse-1', 'Another-horse-2'), { code: 'AccessDenied', status: 403, message: 'The old password was incorrect.' });
  await assertRefused(change(good, 'short'), tooShort(8));
  gatehouse.clock.advance(60_000);
  await change(good, 'Another-horse-2');
  assert.deepEqual(await read('caller'), { UserName: 'caller', CreateDate: epoch, PasswordResetRequired: false });
  assert.equal((await stored('caller')).PasswordChangedAt, epoch.getTime() + 60_000);
  assert.ok(await isPassword('Another-horse-2', (await stored('caller')).PasswordHash));
});

test('passwords that the policy remembers are not set again, by the user or an administrator', async () => {
  const reused = violation('Policy constraint violation with password reuse prevention during password change.');
  await setPolicy({ PasswordReusePrevention: 1 });
  await assertRefused(update('caller', { Password: 'Another-horse-2' }), reused);
  await setPolicy({ PasswordReusePrevention: 2 });
  await assertRefused(change('Another-horse-2', good), reused);
  await setPolicy({ PasswordReusePrevention: 1 });
  await change('Another-horse-2', good);
  await clearPolicy();
});

test('of two changes at once one is made', async () => {
  await caller.permit({ Effect: 'Allow', Action: 'iam:ChangePassword', Resource: '*' });
  const outcomes = await Promise.allSettled([change(good, 'One-horse-3'), change(good, 'Two-horses-4')]);
  assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  const lost = outcomes.find(({ status }) => status === 'rejected');
  await assertRefused(Promise.reject((lost as PromiseRejectedResult).reason), { code: 'EntityTemporarilyUnmodifiable', status: 409, message: /^Login Profile for User caller cannot be modified/ });
});

test('roles and root have no password to change', async () => {
  const invalid = { code: 'InvalidUserType', status: 400, message: 'Only IAM Users can change their own password.' };
  await iam.send(new sdk.CreateRoleCommand({ RoleName: 'session', AssumeRolePolicyDocument: trusting('AWS', account) }));
  const { Credentials } = await gatehouse.sts().send(new AssumeRoleCommand({ RoleArn: `${prefix}:role/session`, RoleSessionName: 'session' }));
  const session = gatehouse.iam({ accessKeyId: Credentials!.AccessKeyId!, secretAccessKey: Credentials!.SecretAccessKey!, sessionToken: Credentials!.SessionToken });
  await assertRefused(change(good, 'New-horse-5', session), invalid);
  await assertRefused(change(good, 'New-horse-5', gatehouse.iam(gatehouse.root)), invalid);
  const unnamed = { code: 'ValidationError', status: 400, message: 'Must specify userName when calling with non-User credentials' };
  for (const client of [session, gatehouse.iam(gatehouse.root)]) {
    await assertRefused(client.send(new sdk.GetLoginProfileCommand({})), unnamed);
    await assertRefused(client.send(new sdk.CreateLoginProfileCommand({ Password: good })), unnamed);
    await assertRefused(client.send(new sdk.DeleteLoginProfileCommand({})), unnamed);
  }
});

describe('is denied, unless exactly the action is allowed on exactly the resource:', () => {
  const alice = { resource: `${prefix}:user/Alice`, shownAs: 'user Alice' };
  testAsks([
    { action: 'CreateLoginProfile', resource: `${prefix}:user/without`, shownAs: 'user without', send: () => own.send(new sdk.CreateLoginProfileCommand({ UserName: 'without', Password: good })) },
    { action: 'GetLoginProfile', ...alice, send: () => own.send(new sdk.GetLoginProfileCommand({ UserName: 'Alice' })) },
    { action: 'GetLoginProfile', resource: `${prefix}:user/staff/caller`, shownAs: 'user caller', send: () => own.send(new sdk.GetLoginProfileCommand({})) },
    { action: 'UpdateLoginProfile', ...alice, send: () => own.send(new sdk.UpdateLoginProfileCommand({ UserName: 'Alice', PasswordResetRequired: false })) },
    { action: 'DeleteLoginProfile', ...alice, send: () => own.send(new sdk.DeleteLoginProfileCommand({ UserName: 'Alice' })) },
    { action: 'UpdateAccountPasswordPolicy', resource: '*', send: () => own.send(new sdk.UpdateAccountPasswordPolicyCommand({})) },
    { action: 'GetAccountPasswordPolicy', resource: '*', send: () => own.send(new sdk.GetAccountPasswordPolicyCommand({})) },
    { action: 'DeleteAccountPasswordPolicy', resource: '*', send: () => own.send(new sdk.DeleteAccountPasswordPolicyCommand({})) },
  ], () => caller);
});

test('with AllowUsersToChangePassword no policy must allow users the change and the reading, but one may deny them', async () => {
  await setPolicy({ AllowUsersToChangePassword: false });
  const read = () => own.send(new sdk.GetAccountPasswordPolicyCommand({}));
  const wrong = () => change('Wrong-horse-1', 'Never-set-1');
  await caller.permit();
  await assertRefused(wrong(), caller.denied('ChangePassword', 'user caller'));
  await assertRefused(read(), caller.denied('GetAccountPasswordPolicy', '*'));
  await setPolicy({ AllowUsersToChangePassword: true });
  await assertRefused(wrong(), { code: 'AccessDenied', status: 403, message: 'The old password was incorrect.' });
  assert.equal((await read()).PasswordPolicy?.AllowUsersToChangePassword, true);
  await caller.permit({ Effect: 'Deny', Action: 'iam:ChangePassword', Resource: '*' });
  await assertRefused(wrong(), { code: 'AccessDenied', status: 403, message: /iam:ChangePassword on resource: user caller with an explicit deny in an identity-based policy$/ });
  await clearPolicy();
});

test('old passwords cannot be guessed without end', async () => {
  await caller.permit({ Effect: 'Allow', Action: 'iam:ChangePassword', Resource: '*' });
  const { UserId } = (await iam.send(new sdk.GetUserCommand({ UserName: 'caller' }))).User!;
  for (let i = 0; i < 20; i++) await gatehouse.plane.guard.count(`password/${UserId}`, 900_000);
  await assertRefused(change('Wrong-horse-1', 'Never-set-1'), { code: 'Throttling', status: 400, message: 'Rate exceeded' });
});

test('a password and its user: neither is left without the other', async () => {
  await user('leaver');
  await create('leaver', good);
  const remove = () => iam.send(new sdk.DeleteUserCommand({ UserName: 'leaver' }));
  await assertRefused(remove(), mustFirst('delete login profile'));
  await iam.send(new sdk.DeleteLoginProfileCommand({ UserName: 'leaver' }));
  await remove();
});
