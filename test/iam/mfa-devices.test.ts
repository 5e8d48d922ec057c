/** Virtual MFA devices, asked of a whole Gatehouse through the AWS SDK. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import * as sdk from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { showsCodes } from '../../src/store/mfa-device-doc.ts';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { testAsks } from './asked-resources.ts';
import { type Authenticator, enable, newAuthenticator, readQrCode } from './authenticator.ts';
import { trusting } from './documents.ts';
import { assertRefused, beyondQuota, mustFirst, noSuch, tooManyTags } from './refusal.ts';
import { type RestrictedCaller, restrictedCaller } from './restricted-caller.ts';

const account = '111122223333';
const prefix = `arn:aws:iam::${account}`;
const Tags = [{ Key: 'team', Value: 'blue' }];
const invalidCode = { code: 'InvalidAuthenticationCode', status: 403, message: 'Authentication code for device is not valid.' };
const absent = (serial: string) => ({ code: 'NoSuchEntity', status: 404, message: `VirtualMFADevice with serial number ${serial} doesn't exist.` });
const notOf = (serial: string, user: string) => ({ code: 'NoSuchEntity', status: 404, message: `MFA Device with serial number ${serial} cannot be found for user ${user}.` });

let gatehouse: TestGatehouse;
let iam: IAMClient;
let caller: RestrictedCaller;
let own: IAMClient;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'mfa devices', accountId: account });
  iam = gatehouse.iam();
  caller = await restrictedCaller(gatehouse);
  own = caller.iam;
});
after(() => gatehouse.stop());
// Each test begins with codes that none before it has used.
beforeEach(() => gatehouse.clock.advance(90_000));

const user = (UserName: string) => iam.send(new sdk.CreateUserCommand({ UserName }));
const create = (VirtualMFADeviceName: string, options: Partial<sdk.CreateVirtualMFADeviceCommandInput> = {}) => iam.send(new sdk.CreateVirtualMFADeviceCommand({ VirtualMFADeviceName, ...options }));
const remove = (SerialNumber: string) => iam.send(new sdk.DeleteVirtualMFADeviceCommand({ SerialNumber }));
const deactivate = (SerialNumber: string, UserName?: string, client = iam) => client.send(new sdk.DeactivateMFADeviceCommand({ SerialNumber, UserName }));
const devicesOf = async (UserName?: string, client = iam) => (await client.send(new sdk.ListMFADevicesCommand({ UserName }))).MFADevices;
const enableWith = (SerialNumber: string, UserName: string, AuthenticationCode1: string, AuthenticationCode2: string) => iam.send(new sdk.EnableMFADeviceCommand({ SerialNumber, UserName, AuthenticationCode1, AuthenticationCode2 }));

/** A user with a device, enabled a while ago. */
async function userWithDevice(name: string): Promise<Authenticator> {
  await user(name);
  const device = await newAuthenticator(gatehouse, name);
  await enable(iam, device, name);
  gatehouse.clock.advance(90_000);
  return device;
}

test('CreateVirtualMFADevice shows the seed once, as base32 and as a QR code, and keeps it sealed', async () => {
  await iam.send(new sdk.CreateAccountAliasCommand({ AccountAlias: 'acme' }));
  const { VirtualMFADevice } = await create('Phone+1', { Path: '/eng/', Tags });
  const seed = Buffer.from(VirtualMFADevice!.Base32StringSeed!).toString();
  const SerialNumber = `${prefix}:mfa/eng/Phone+1`;
  assert.match(seed, /^[A-Z2-7]{64}$/);
  assert.equal(readQrCode(VirtualMFADevice!.QRCodePNG!), `otpauth://totp/Phone%2B1@acme?secret=${seed}`);
  assert.deepEqual({ ...VirtualMFADevice, Base32StringSeed: 0, QRCodePNG: 0 }, { SerialNumber, Base32StringSeed: 0, QRCodePNG: 0, Tags });
  assert.deepEqual((await iam.send(new sdk.ListVirtualMFADevicesCommand({}))).VirtualMFADevices, [{ SerialNumber }]);
  const written = JSON.stringify([gatehouse.auditRecords, gatehouse.logLines, gatehouse.plane.store.loaded(account)!.mfaDevices.find(SerialNumber)]);
  assert.ok(written.includes('CreateVirtualMFADevice') && !written.includes(seed) && !written.includes(Buffer.from(seed).toString('base64')));
  await iam.send(new sdk.DeleteAccountAliasCommand({ AccountAlias: 'acme' }));
  assert.match(readQrCode((await create('second')).VirtualMFADevice!.QRCodePNG!), new RegExp(`^otpauth://totp/second@${account}\\?secret=[A-Z2-7]{64}$`));
});

test('a device is unique by path and name, and its serial number is one that requests can name', async () => {
  await create('unique');
  await create('unique', { Path: '/elsewhere/' });
  await assertRefused(create('unique'), { code: 'EntityAlreadyExists', status: 409, message: 'MFADevice entity at the same path and name already exists.' });
  await assertRefused(create('x'.repeat(228)), { code: 'InvalidInput', status: 400, message: 'The serial number of an MFA device has at most 256 characters.' });
  await assertRefused(create('white space'), { code: 'ValidationError', status: 400, message: /^The specified value for virtualMFADeviceName is invalid/ });
  await assertRefused(create('x', { Tags: [{ Key: 'aws:x', Value: '' }] }), { code: 'InvalidInput', status: 400, message: /reserved/ });
  await remove(`${prefix}:mfa/elsewhere/unique`);
  await assertRefused(remove(`${prefix}:mfa/elsewhere/unique`), absent(`${prefix}:mfa/elsewhere/unique`));
});

test('EnableMFADevice wants two codes that follow one another', async () => {
  await user('Alice');
  const { serialNumber, code } = await newAuthenticator(gatehouse, 'alice-phone');
  for (const [first, second] of [['000000', '000000'], [code(), code()], [code(), code(-1)], [code(-2), code()], [code(-1), '000000'], [code(-42), code(-41)]] as const) {
    await assertRefused(enableWith(serialNumber, 'Alice', first, second), invalidCode);
  }
  assert.deepEqual(await devicesOf('Alice'), []);
  await enableWith(serialNumber, 'alice', code(-1), code());
  const enabled = { UserName: 'Alice', SerialNumber: serialNumber, EnableDate: new Date(gatehouse.clock.now) };
  assert.deepEqual(await devicesOf('ALICE'), [enabled]);
  const got = await iam.send(new sdk.GetMFADeviceCommand({ UserName: 'Alice', SerialNumber: serialNumber }));
  assert.deepEqual({ ...got, $metadata: 0 }, { ...enabled, $metadata: 0 });
});

test('codes that enabled a device do not do it again', async () => {
  const device = await userWithDevice('once');
  const codes = [device.code(-1), device.code()] as const;
  await deactivate(device.serialNumber, 'once');
  await enableWith(device.serialNumber, 'once', ...codes);
  await deactivate(device.serialNumber, 'once');
  await assertRefused(enableWith(device.serialNumber, 'once', ...codes), invalidCode);
  await assertRefused(enableWith(device.serialNumber, 'once', device.code(), device.code(1)), invalidCode);
});

test('a device made again under its name has other codes', async () => {
  await user('remade');
  const first = await newAuthenticator(gatehouse, 'remade');
  await remove(first.serialNumber);
  const second = await newAuthenticator(gatehouse, 'remade');
  await assertRefused(enable(iam, { ...first, serialNumber: second.serialNumber }, 'remade'), invalidCode);
  await enable(iam, second, 'remade');
});

test('EnableMFADevice names what is missing or in the way, before any code is looked at', async () => {
  const device = await userWithDevice('holder');
  await user('other');
  await assertRefused(enableWith(device.serialNumber, 'nobody', '000000', '000000'), noSuch('user', 'nobody'));
  await assertRefused(enableWith(`${prefix}:mfa/absent`, 'other', '000000', '000000'), absent(`${prefix}:mfa/absent`));
  await assertRefused(enableWith('GAHT12345678', 'other', '000000', '000000'), absent('GAHT12345678'));
  await assertRefused(enableWith(device.serialNumber, 'other', device.code(-1), device.code()), { code: 'EntityAlreadyExists', status: 409, message: 'MFA Device is already in use.' });
  await assertRefused(enableWith(device.serialNumber, 'other', '12345', '123456'), { code: 'ValidationError', status: 400, message: /'authenticationCode1' failed to satisfy constraint: Member must have length greater than or equal to 6/ });
});

test('of two that enable one device at once one has it', async () => {
  await user('twin-a');
  await user('twin-b');
  const device = await newAuthenticator(gatehouse, 'twins');
  const outcomes = await Promise.allSettled(['twin-a', 'twin-b'].map((name) => enable(iam, device, name)));
  assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
});

test('a user has eight devices at most', async () => {
  await user('collector');
  for (let i = 0; i < 8; i++) await enable(iam, await newAuthenticator(gatehouse, `collected-${i}`), 'collector');
  await assertRefused(enable(iam, await newAuthenticator(gatehouse, 'collected-8'), 'collector'), beyondQuota('MFADevicesPerUser', 8));
  const first = await iam.send(new sdk.ListMFADevicesCommand({ UserName: 'collector', MaxItems: 5 }));
  const second = await iam.send(new sdk.ListMFADevicesCommand({ UserName: 'collector', MaxItems: 5, Marker: first.Marker }));
  assert.deepEqual([first.IsTruncated, second.IsTruncated, second.MFADevices?.length], [true, false, 3]);
  assert.equal(new Set([...first.MFADevices!, ...second.MFADevices!].map(({ SerialNumber }) => SerialNumber)).size, 8);
});

test('ResyncMFADevice follows a clock that is wrong by minutes, not one that is wrong by more', async () => {
  const device = await userWithDevice('drifting');
  const resync = (first: string, second: string, UserName = 'drifting') => iam.send(new sdk.ResyncMFADeviceCommand({ UserName, SerialNumber: device.serialNumber, AuthenticationCode1: first, AuthenticationCode2: second }));
  await assertRefused(resync(device.code(-22), device.code(-21)), invalidCode);
  await resync(device.code(9), device.code(10));
  const kept = gatehouse.plane.store.loaded(account)!.mfaDevices.find(device.serialNumber);
  assert.equal(kept && showsCodes(kept) && kept.Owner?.DriftSteps, 10);
  await assertRefused(resync(device.code(9), device.code(10)), invalidCode);
  await assertRefused(resync(device.code(12), device.code(13), 'Alice'), notOf(device.serialNumber, 'Alice'));
  await assertRefused(resync(device.code(12), device.code(13), 'nobody'), noSuch('user', 'nobody'));
});

test('a device is deactivated for its user only, and deleted when it is nobody\'s', async () => {
  const { serialNumber } = await userWithDevice('leaver');
  const removeUser = () => iam.send(new sdk.DeleteUserCommand({ UserName: 'leaver' }));
  await assertRefused(removeUser(), mustFirst('delete MFA device'));
  await assertRefused(remove(serialNumber), { code: 'DeleteConflict', status: 409, message: 'MFA VirtualDevice in use. Must deactivate first.' });
  await assertRefused(deactivate(serialNumber, 'Alice'), notOf(serialNumber, 'Alice'));
  await deactivate(serialNumber, 'leaver');
  await assertRefused(deactivate(serialNumber, 'leaver'), notOf(serialNumber, 'leaver'));
  await assertRefused(iam.send(new sdk.GetMFADeviceCommand({ UserName: 'leaver', SerialNumber: serialNumber })), notOf(serialNumber, 'leaver'));
  await removeUser();
  await remove(serialNumber);
});

test('virtual devices are listed in pages, with their owners, by whether they have one', async () => {
  const { serialNumber } = await userWithDevice('listed');
  const all = async (AssignmentStatus?: sdk.AssignmentStatusType) => {
    const devices: sdk.VirtualMFADevice[] = [];
    let Marker: string | undefined;
    do {
      const page = await iam.send(new sdk.ListVirtualMFADevicesCommand({ AssignmentStatus, MaxItems: 3, Marker }));
      devices.push(...page.VirtualMFADevices!);
      ({ Marker } = page);
    } while (Marker !== undefined);
    return devices;
  };
  const [assigned, unassigned, any] = [await all('Assigned'), await all('Unassigned'), await all()];
  assert.equal(any.length, assigned.length + unassigned.length);
  assert.ok(assigned.every(({ User }) => User) && unassigned.every(({ User }) => !User) && unassigned.length > 3);
  const { User } = await iam.send(new sdk.GetUserCommand({ UserName: 'listed' }));
  assert.deepEqual(assigned.find((device) => device.SerialNumber === serialNumber), { SerialNumber: serialNumber, User, EnableDate: new Date(gatehouse.clock.now - 90_000) });
  await create('x'.repeat(226));
  await create('x'.repeat(225));
  assert.equal((await all('Unassigned')).length, unassigned.length + 2);
});

test('root enables a device for itself by its account number, and sees it without a user name', async () => {
  const root = gatehouse.iam(gatehouse.root);
  const device = await newAuthenticator(gatehouse, 'root-account-mfa-device', { client: root });
  await assertRefused(enable(iam, device, account), noSuch('user', account));
  await enable(root, device, account);
  const EnableDate = new Date(gatehouse.clock.now);
  assert.deepEqual(await devicesOf(undefined, root), [{ SerialNumber: `${prefix}:mfa/root-account-mfa-device`, EnableDate }]);
  assert.deepEqual(await devicesOf(undefined), []);
  const { VirtualMFADevices } = await iam.send(new sdk.ListVirtualMFADevicesCommand({ AssignmentStatus: 'Assigned' }));
  const shown = VirtualMFADevices?.find(({ SerialNumber }) => SerialNumber === device.serialNumber);
  assert.deepEqual(shown, { SerialNumber: device.serialNumber, User: { UserId: account, Arn: `${prefix}:root`, CreateDate: new Date('2026-11-23T10:00:00Z') }, EnableDate });
  const summary = async () => (await iam.send(new sdk.GetAccountSummaryCommand({}))).SummaryMap!;
  const { AccountMFAEnabled, MFADevices, MFADevicesInUse } = await summary();
  const { mfaDevices } = gatehouse.plane.store.loaded(account)!;
  assert.deepEqual([AccountMFAEnabled, MFADevices, MFADevicesInUse], [1, mfaDevices.size, [...mfaDevices.all()].filter(({ Owner }) => Owner).length]);
  gatehouse.clock.advance(90_000);
  await root.send(new sdk.ResyncMFADeviceCommand({ UserName: account, SerialNumber: device.serialNumber, AuthenticationCode1: device.code(-1), AuthenticationCode2: device.code() }));
  await deactivate(device.serialNumber, undefined, root);
  assert.equal((await summary())['AccountMFAEnabled'], 0);
});

test('tags of a device are put on, taken off and listed', async () => {
  const { SerialNumber } = (await create('tagged')).VirtualMFADevice!;
  await iam.send(new sdk.TagMFADeviceCommand({ SerialNumber, Tags: [{ Key: 'b', Value: '1' }, { Key: 'B', Value: '2' }, { Key: 'a', Value: '3' }] }));
  await iam.send(new sdk.UntagMFADeviceCommand({ SerialNumber, TagKeys: ['B'] }));
  const first = await iam.send(new sdk.ListMFADeviceTagsCommand({ SerialNumber, MaxItems: 1 }));
  const second = await iam.send(new sdk.ListMFADeviceTagsCommand({ SerialNumber, MaxItems: 1, Marker: first.Marker }));
  assert.deepEqual([...first.Tags!, ...second.Tags!], [{ Key: 'a', Value: '3' }, { Key: 'b', Value: '1' }]);
  await assertRefused(iam.send(new sdk.TagMFADeviceCommand({ SerialNumber, Tags: Array.from({ length: 49 }, (_, i) => ({ Key: `k${i}`, Value: '' })) })), tooManyTags);
  const missing = `${prefix}:mfa/absent`;
  await assertRefused(iam.send(new sdk.TagMFADeviceCommand({ SerialNumber: missing, Tags })), absent(missing));
  await assertRefused(iam.send(new sdk.UntagMFADeviceCommand({ SerialNumber: missing, TagKeys: ['a'] })), absent(missing));
  await assertRefused(iam.send(new sdk.ListMFADeviceTagsCommand({ SerialNumber: missing })), absent(missing));
  await assertRefused(iam.send(new sdk.TagMFADeviceCommand({ SerialNumber: 'arn:aws:iam::444455556666:mfa/theirs', Tags })), { code: 'AccessDenied', status: 403, message: /iam:TagMFADevice on resource: arn:aws:iam::444455556666:mfa\/theirs$/ });
});

describe('is denied, unless exactly the action is allowed on exactly the resource:', () => {
  const device = { resource: `${prefix}:mfa/eng/asked` };
  const SerialNumber = device.resource;
  const target = { resource: `${prefix}:user/target`, shownAs: 'user target' };
  let codes: Authenticator;
  const twoCodes = () => ({ AuthenticationCode1: codes.code(-1), AuthenticationCode2: codes.code() });
  before(async () => {
    await user('target');
    codes = await newAuthenticator(gatehouse, 'of-target');
  });
  testAsks([
    { action: 'CreateVirtualMFADevice', ...device, send: () => own.send(new sdk.CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'asked', Path: '/eng/' })) },
    { action: 'ListVirtualMFADevices', resource: `${prefix}:mfa/`, send: () => own.send(new sdk.ListVirtualMFADevicesCommand({})) },
    { action: 'TagMFADevice', ...device, send: () => own.send(new sdk.TagMFADeviceCommand({ SerialNumber, Tags })) },
    { action: 'UntagMFADevice', ...device, send: () => own.send(new sdk.UntagMFADeviceCommand({ SerialNumber, TagKeys: ['x'] })) },
    { action: 'ListMFADeviceTags', ...device, send: () => own.send(new sdk.ListMFADeviceTagsCommand({ SerialNumber })) },
    { action: 'DeleteVirtualMFADevice', ...device, send: () => own.send(new sdk.DeleteVirtualMFADeviceCommand({ SerialNumber })) },
    { action: 'EnableMFADevice', ...target, send: () => own.send(new sdk.EnableMFADeviceCommand({ UserName: 'target', SerialNumber: codes.serialNumber, ...twoCodes() })) },
    { action: 'ResyncMFADevice', ...target, send: () => own.send(new sdk.ResyncMFADeviceCommand({ UserName: 'target', SerialNumber: codes.serialNumber, ...twoCodes() })) },
    { action: 'GetMFADevice', ...target, send: () => own.send(new sdk.GetMFADeviceCommand({ UserName: 'target', SerialNumber: codes.serialNumber })) },
    { action: 'ListMFADevices', ...target, send: () => own.send(new sdk.ListMFADevicesCommand({ UserName: 'target' })) },
    { action: 'ListMFADevices', resource: `${prefix}:user/staff/caller`, shownAs: 'user caller', send: () => own.send(new sdk.ListMFADevicesCommand({})) },
    { action: 'DeactivateMFADevice', ...target, send: () => own.send(new sdk.DeactivateMFADeviceCommand({ UserName: 'target', SerialNumber: codes.serialNumber })) },
  ], () => caller);
});

test('creating with tags needs iam:TagMFADevice; conditions see the tags of request and device', async () => {
  const send = () => own.send(new sdk.CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'with-tags', Tags }));
  await caller.permit({ Effect: 'Allow', Action: 'iam:CreateVirtualMFADevice', Resource: '*' });
  await assertRefused(send(), caller.denied('TagMFADevice', `${prefix}:mfa/with-tags`));
  await caller.permit({ Effect: 'Allow', Action: ['iam:CreateVirtualMFADevice', 'iam:TagMFADevice'], Resource: '*', Condition: { StringEquals: { 'aws:RequestTag/team': 'blue' } } });
  await send();
  await caller.permit({ Effect: 'Allow', Action: 'iam:DeleteVirtualMFADevice', Resource: '*', Condition: { StringEquals: { 'aws:ResourceTag/team': 'blue' } } });
  await assertRefused(own.send(new sdk.DeleteVirtualMFADeviceCommand({ SerialNumber: `${prefix}:mfa/second` })), caller.denied('DeleteVirtualMFADevice', `${prefix}:mfa/second`));
  await own.send(new sdk.DeleteVirtualMFADeviceCommand({ SerialNumber: `${prefix}:mfa/with-tags` }));
});

test('a role session must say whom it means', async () => {
  await iam.send(new sdk.CreateRoleCommand({ RoleName: 'session', AssumeRolePolicyDocument: trusting('AWS', account) }));
  const { Credentials } = await gatehouse.sts().send(new AssumeRoleCommand({ RoleArn: `${prefix}:role/session`, RoleSessionName: 'session' }));
  const session = gatehouse.iam({ accessKeyId: Credentials!.AccessKeyId!, secretAccessKey: Credentials!.SecretAccessKey!, sessionToken: Credentials!.SessionToken });
  const unnamed = { code: 'ValidationError', status: 400, message: 'Must specify userName when calling with non-User credentials' };
  const SerialNumber = `${prefix}:mfa/second`;
  await assertRefused(session.send(new sdk.ListMFADevicesCommand({})), unnamed);
  await assertRefused(session.send(new sdk.GetMFADeviceCommand({ SerialNumber })), unnamed);
  await assertRefused(session.send(new sdk.DeactivateMFADeviceCommand({ SerialNumber })), unnamed);
});

test('an account has as many devices as it may have users', async () => {
  await gatehouse.plane.store.write(account, { by: 'test', requestId: 'test', action: 'iam:CreateVirtualMFADevice' }, (draft) => {
    for (let i = draft.mfaDevices.size; i < 5000; i++) draft.mfaDevices.insert({ SerialNumber: `${prefix}:mfa/filler-${i}`, DeviceId: `filler-${i}`, CreateDate: 0, Seed: '' });
  });
  await assertRefused(create('one-too-many'), beyondQuota('VirtualMFADevicesPerAccount', 5000));
});
