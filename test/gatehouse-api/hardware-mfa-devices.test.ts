/** Hardware tokens: imported with their makers' seeds, enabled by serial number through IAM's own operations, their codes good for STS. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import * as sdk from '@aws-sdk/client-iam';
import { GetSessionTokenCommand } from '@aws-sdk/client-sts';
import { encodeBase32 } from '../../src/base/base32.ts';
import { stepAt, totpCode } from '../../src/proof/totp.ts';
import type { Answer } from '../../src/server/http-request.ts';
import { startGatehouse, type KeyPair, type TestGatehouse } from '../gatehouse.ts';
import { assertRefused } from '../iam/refusal.ts';
import { signRequest } from '../sign-request.ts';

const seed = Buffer.from('12345678901234567890');
const Base32StringSeed = encodeBase32(seed);
const SerialNumber = 'GAHT12345678';

let gatehouse: TestGatehouse;
before(async () => { gatehouse = await startGatehouse({ seed: 'hardware tokens' }); });

const code = (steps = 0): string => totpCode(seed, stepAt(gatehouse.clock.now) + steps);
const textOf = ({ body }: Answer): string => Buffer.from(body).toString();
async function call(Action: string, parameters: Readonly<Record<string, string>> = {}, { accessKeyId, secretAccessKey }: KeyPair = gatehouse.admin): Promise<{ readonly status: number; readonly text: string }> {
  const body = new URLSearchParams({ Action, ...parameters, Version: '2026-11-24' }).toString();
  const { rawHeaders } = signRequest({ accessKeyId, secretAccessKey, at: gatehouse.clock.now, service: 'gatehouse', region: 'us-east-1', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body });
  const answer = await gatehouse.send({ headers: rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [[name, rawHeaders[i + 1]!] as const] : [])), body });
  return { status: answer.status, text: textOf(answer) };
}

async function refused(request: ReturnType<typeof call>, status: number, code: string): Promise<void> {
  const answer = await request;
  assert.deepEqual([answer.status, /<Code>(.*?)<\/Code>/.exec(answer.text)?.[1]], [status, code], answer.text);
}

const enable = (first: string, second: string) => gatehouse.iam().send(new sdk.EnableMFADeviceCommand({ UserName: 'alice', SerialNumber, AuthenticationCode1: first, AuthenticationCode2: second }));

test('a token that nobody imported cannot be enabled; one that was can, with two of its codes', async () => {
  const iam = gatehouse.iam();
  await iam.send(new sdk.CreateUserCommand({ UserName: 'alice' }));
  await assertRefused(enable(code(-1), code()), { code: 'NoSuchEntity', status: 404, message: /GAHT12345678 doesn't exist/ });
  const imported = await call('ImportHardwareMFADevice', { SerialNumber, Base32StringSeed: `${Base32StringSeed.toLowerCase()}==` });
  assert.equal(imported.status, 200, imported.text);
  await assertRefused(enable(code(), code(-1)), { code: 'InvalidAuthenticationCode', status: 403, message: 'Authentication code for device is not valid.' });
  await enable(code(-1), code());
  const shown = { UserName: 'alice', SerialNumber, EnableDate: new Date(gatehouse.clock.now) };
  assert.deepEqual((await iam.send(new sdk.ListMFADevicesCommand({ UserName: 'alice' }))).MFADevices, [shown]);
  assert.match((await call('ListHardwareMFADevices')).text, /<SerialNumber>GAHT12345678<\/SerialNumber><ImportDate>[^<]+<\/ImportDate><UserName>alice<\/UserName><EnableDate>/);
});

test('its codes are MFA for STS, each once, and it is synchronized like another device', async () => {
  const iam = gatehouse.iam();
  const { AccessKey } = await iam.send(new sdk.CreateAccessKeyCommand({ UserName: 'alice' }));
  const sts = gatehouse.sts({ accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! });
  gatehouse.clock.advance(90_000);
  const request = { SerialNumber, TokenCode: code() };
  assert.ok((await sts.send(new GetSessionTokenCommand(request))).Credentials?.SessionToken);
  await assertRefused(sts.send(new GetSessionTokenCommand(request)), { code: 'AccessDenied', status: 403, message: /invalid MFA one time pass code/ });
  gatehouse.clock.advance(90_000);
  await iam.send(new sdk.ResyncMFADeviceCommand({ UserName: 'alice', SerialNumber, AuthenticationCode1: code(4), AuthenticationCode2: code(5) }));
});

test('it is no virtual device, and is not deleted while it is somebody\'s; taken off it can be enabled again', async () => {
  const iam = gatehouse.iam();
  assert.deepEqual((await iam.send(new sdk.ListVirtualMFADevicesCommand({}))).VirtualMFADevices, []);
  await assertRefused(iam.send(new sdk.DeleteVirtualMFADeviceCommand({ SerialNumber })), { code: 'NoSuchEntity', status: 404, message: /doesn't exist/ });
  await refused(call('DeleteHardwareMFADevice', { SerialNumber }), 409, 'HardwareMFADeviceInUse');
  await iam.send(new sdk.DeactivateMFADeviceCommand({ UserName: 'alice', SerialNumber }));
  gatehouse.clock.advance(3_600_000);
  await enable(code(-1), code());
  await iam.send(new sdk.DeactivateMFADeviceCommand({ UserName: 'alice', SerialNumber }));
  await call('DeleteHardwareMFADevice', { SerialNumber });
  await refused(call('DeleteHardwareMFADevice', { SerialNumber }), 404, 'NoSuchHardwareMFADevice');
});

test('an import is refused where the seed is none, the serial number is taken or could be an ARN', async () => {
  for (const bad of ['A'.repeat(25), encodeBase32(Buffer.alloc(15)), encodeBase32(Buffer.alloc(65)), `${Base32StringSeed}1`]) assert.equal((await call('ImportHardwareMFADevice', { SerialNumber: 'TOKEN-0001', Base32StringSeed: bad })).status, 400, bad);
  await refused(call('ImportHardwareMFADevice', { SerialNumber: 'TOKEN-0001', Base32StringSeed: `${Base32StringSeed}A` }), 400, 'InvalidSeed');
  await refused(call('ImportHardwareMFADevice', { SerialNumber: 'arn:aws:iam::111122223333:mfa/x', Base32StringSeed }), 400, 'ValidationError');
  assert.equal((await call('ImportHardwareMFADevice', { SerialNumber: 'TOKEN-0001', Base32StringSeed })).status, 200);
  await refused(call('ImportHardwareMFADevice', { SerialNumber: 'TOKEN-0001', Base32StringSeed }), 409, 'HardwareMFADeviceAlreadyExists');
});

test('tokens are listed in pages; another account neither sees nor deletes them', async () => {
  await call('ImportHardwareMFADevice', { SerialNumber: 'TOKEN-0002', Base32StringSeed });
  const first = (await call('ListHardwareMFADevices', { MaxItems: '1' })).text;
  const marker = /<Marker>(.*?)<\/Marker>/.exec(first)![1]!;
  const second = (await call('ListHardwareMFADevices', { MaxItems: '1', Marker: marker })).text;
  assert.deepEqual([first, second].map((text) => [/TOKEN-\d+/.exec(text)?.[0], /<IsTruncated>(.*?)</.exec(text)?.[1]]), [['TOKEN-0001', 'true'], ['TOKEN-0002', 'false']]);
  const other = await gatehouse.newAccount('444455556666');
  assert.doesNotMatch((await call('ListHardwareMFADevices', {}, other)).text, /TOKEN/);
  await refused(call('ListHardwareMFADevices', { MaxItems: '1', Marker: marker }, other), 400, 'ValidationError');
  await refused(call('DeleteHardwareMFADevice', { SerialNumber: 'TOKEN-0001' }, other), 404, 'NoSuchHardwareMFADevice');
});

test('whoever is not allowed imports nothing, and the seed stands nowhere in the clear', async () => {
  const iam = gatehouse.iam();
  const { AccessKey } = await iam.send(new sdk.CreateAccessKeyCommand({ UserName: 'alice' }));
  const alice = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
  const denied = await call('ImportHardwareMFADevice', { SerialNumber: 'TOKEN-0003', Base32StringSeed }, alice);
  assert.match(denied.text, /gatehouse:ImportHardwareMFADevice on resource: arn:aws:gatehouse::111122223333:hardware-mfa-device\/TOKEN-0003/);
  const written = JSON.stringify([gatehouse.auditRecords, gatehouse.logLines, [...gatehouse.plane.store.loaded(gatehouse.account)!.mfaDevices.all()]]);
  for (const text of [Base32StringSeed, Base32StringSeed.toLowerCase(), seed.toString(), seed.toString('base64url')]) assert.ok(!written.includes(text), text);
});
