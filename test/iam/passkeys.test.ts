/** Passkeys as the API shows them and takes them away, asked of a whole Gatehouse through the AWS SDK. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as sdk from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import { GetSessionTokenCommand } from '@aws-sdk/client-sts';
import { raise } from '../../src/base/api-error.ts';
import { countSignature, findPasskey, insertPasskey, type NewPasskey } from '../../src/services/iam/passkeys.ts';
import type { PasskeyDoc } from '../../src/store/mfa-device-doc.ts';
import type { Draft } from '../../src/store/store.ts';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { seededRandom } from '../seeded-random.ts';
import { enable, newAuthenticator } from './authenticator.ts';
import { assertRefused, beyondQuota, mustFirst } from './refusal.ts';

const account = '111122223333';
const notOf = (serial: string, user: string) => ({ code: 'NoSuchEntity', status: 404, message: `MFA Device with serial number ${serial} cannot be found for user ${user}.` });
const notVirtual = (serial: string) => ({ code: 'NoSuchEntity', status: 404, message: `VirtualMFADevice with serial number ${serial} doesn't exist.` });

let gatehouse: TestGatehouse;
let iam: IAMClient;
const random = seededRandom('passkeys');
before(async () => {
  gatehouse = await startGatehouse({ seed: 'passkeys', accountId: account });
  iam = gatehouse.iam();
});
after(() => gatehouse.stop());

async function user(UserName: string): Promise<string> {
  return (await iam.send(new sdk.CreateUserCommand({ UserName }))).User!.UserId!;
}

async function write<T>(draft: (draft: Draft) => T): Promise<T> {
  return (await gatehouse.plane.store.write(account, { by: 'test', requestId: 'test', action: 'test:EnrolPasskey' }, draft as (draft: Draft) => never)).value as T;
}

let made = 0;
const enrol = (ownerId: string, given: Partial<NewPasskey> = {}): Promise<PasskeyDoc> => {
  const passkey = { Name: 'yubikey', CredentialId: `credential-${made++}`, PublicKey: 'cose', SignCount: 7, Aaguid: '00000000-0000-0000-0000-000000000000', Transports: ['usb'], ...given };
  return write((draft) => insertPasskey(draft, ownerId, passkey, { now: gatehouse.clock.now, random }, raise));
};

test('a passkey is listed and read under the ARN that AWS gives it, and is gone once it is deactivated', async () => {
  const userId = await user('alice');
  const { SerialNumber, CredentialId } = await enrol(userId);
  assert.match(SerialNumber, /^arn:aws:iam::111122223333:u2f\/user\/alice\/yubikey-[A-Z2-7]{26}$/);
  const shown = { UserName: 'alice', SerialNumber, EnableDate: new Date(gatehouse.clock.now) };
  assert.deepEqual((await iam.send(new sdk.ListMFADevicesCommand({ UserName: 'alice' }))).MFADevices, [shown]);
  assert.deepEqual({ ...(await iam.send(new sdk.GetMFADeviceCommand({ UserName: 'alice', SerialNumber }))), $metadata: 0 }, { ...shown, $metadata: 0 });
  await assertRefused(iam.send(new sdk.DeleteUserCommand({ UserName: 'alice' })), mustFirst('delete MFA device'));
  await iam.send(new sdk.UpdateUserCommand({ UserName: 'alice', NewUserName: 'alicia' }));
  assert.deepEqual((await iam.send(new sdk.ListMFADevicesCommand({ UserName: 'alicia' }))).MFADevices, [{ ...shown, UserName: 'alicia' }]);
  await user('bob');
  await assertRefused(iam.send(new sdk.DeactivateMFADeviceCommand({ UserName: 'bob', SerialNumber })), notOf(SerialNumber, 'bob'));
  await iam.send(new sdk.DeactivateMFADeviceCommand({ UserName: 'alicia', SerialNumber }));
  const view = gatehouse.plane.store.loaded(account)!;
  assert.deepEqual([view.mfaDevices.find(SerialNumber), findPasskey(view, CredentialId)], [undefined, undefined]);
  await iam.send(new sdk.DeleteUserCommand({ UserName: 'alicia' }));
});

test('a passkey is no virtual device: it is not listed, tagged, deleted, enabled or synchronized as one', async () => {
  const { SerialNumber } = await enrol(await user('carol'));
  const codes = { AuthenticationCode1: '123456', AuthenticationCode2: '654321' };
  assert.deepEqual((await iam.send(new sdk.ListVirtualMFADevicesCommand({}))).VirtualMFADevices, []);
  for (const command of [
    new sdk.TagMFADeviceCommand({ SerialNumber, Tags: [{ Key: 'team', Value: 'blue' }] }), new sdk.UntagMFADeviceCommand({ SerialNumber, TagKeys: ['team'] }), new sdk.ListMFADeviceTagsCommand({ SerialNumber }),
    new sdk.DeleteVirtualMFADeviceCommand({ SerialNumber }), new sdk.EnableMFADeviceCommand({ UserName: 'carol', SerialNumber, ...codes }),
  ]) await assertRefused(iam.send(command as sdk.TagMFADeviceCommand), notVirtual(SerialNumber));
  await assertRefused(iam.send(new sdk.ResyncMFADeviceCommand({ UserName: 'carol', SerialNumber, ...codes })), notOf(SerialNumber, 'carol'));
});

test('STS takes no code for a passkey', async () => {
  const { AccessKey } = await iam.send(new sdk.CreateAccessKeyCommand({ UserName: 'carol' }));
  const { MFADevices } = await iam.send(new sdk.ListMFADevicesCommand({ UserName: 'carol' }));
  const sts = gatehouse.sts({ accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! });
  await assertRefused(sts.send(new GetSessionTokenCommand({ SerialNumber: MFADevices![0]!.SerialNumber, TokenCode: '123456' })), { code: 'AccessDenied', status: 403, message: /^MultiFactorAuthentication failed, unable to validate MFA code/ });
});

test('a user has eight devices at most, passkeys and virtual ones together', async () => {
  const userId = await user('dave');
  for (let i = 0; i < 4; i++) {
    await enrol(userId);
    await enable(iam, await newAuthenticator(gatehouse, `of-dave-${i}`), 'dave');
  }
  await assert.rejects(enrol(userId), { name: 'LimitExceeded', message: 'Cannot exceed quota for MFADevicesPerUser: 8' });
  await assertRefused(enable(iam, await newAuthenticator(gatehouse, 'ninth'), 'dave'), beyondQuota('MFADevicesPerUser', 8));
});

test('root has passkeys; they count as its MFA, and in the summary and the credential report', async () => {
  const { SerialNumber } = await enrol(account, { Name: 'safe' });
  assert.match(SerialNumber, /:u2f\/root-account\/safe-/);
  const { SummaryMap } = await iam.send(new sdk.GetAccountSummaryCommand({}));
  assert.equal(SummaryMap?.AccountMFAEnabled, 1);
  await iam.send(new sdk.GenerateCredentialReportCommand({}));
  const lines = Buffer.from((await iam.send(new sdk.GetCredentialReportCommand({}))).Content!).toString().split('\n');
  const isActive = (name: string) => lines.find((line) => line.startsWith(`${name},`))!.split(',')[7];
  assert.deepEqual([isActive('<root_account>'), isActive('carol'), isActive('bob')], ['true', 'true', 'false']);
  const root = gatehouse.iam(gatehouse.root);
  await root.send(new sdk.DeactivateMFADeviceCommand({ SerialNumber }));
  assert.equal((await iam.send(new sdk.GetAccountSummaryCommand({}))).SummaryMap?.AccountMFAEnabled, 0);
  assert.equal(SummaryMap!.MFADevices! - 1, (await iam.send(new sdk.GetAccountSummaryCommand({}))).SummaryMap?.MFADevices);
});

test('a credential is enrolled once in an account; a name is AWS\'s kind of name', async () => {
  const userId = await user('erin');
  await enrol(userId, { CredentialId: 'the-same' });
  await assert.rejects(enrol(await user('frank'), { CredentialId: 'the-same' }), { name: 'EntityAlreadyExists' });
  for (const Name of ['', 'with space', 'a/b', 'x'.repeat(65)]) await assert.rejects(enrol(userId, { Name }), { name: 'ValidationError' });
  await assert.rejects(enrol('AIDAOFNOBODY'), /is no user of account/);
});

test('a count of signatures that does not grow is told apart; one that is always 0 is no count', async () => {
  const counting = await enrol(await user('grace'), { SignCount: 7 });
  const count = (passkey: PasskeyDoc, signs: number) => write((draft) => countSignature(draft, passkey, signs));
  assert.deepEqual([await count(counting, 8), await count(counting, 8), await count(counting, 3), await count(counting, 0), await count(counting, 9)], [true, false, false, false, true]);
  assert.equal(findPasskey(gatehouse.plane.store.loaded(account)!, counting.CredentialId)?.SignCount, 9);
  const silent = await enrol(await user('heidi'), { SignCount: 0 });
  assert.deepEqual([await count(silent, 0), await count(silent, 0)], [true, true]);
});
