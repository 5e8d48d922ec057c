/** MFA codes in GetSessionToken and AssumeRole, asked of a whole Gatehouse through the AWS SDK. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import * as sdk from '@aws-sdk/client-iam';
import { AssumeRoleCommand, type Credentials, GetCallerIdentityCommand, GetSessionTokenCommand, type STSClient } from '@aws-sdk/client-sts';
import { startGatehouse, type KeyPair, type TestGatehouse } from '../gatehouse.ts';
import { type Authenticator, enable, newAuthenticator } from '../iam/authenticator.ts';
import { allowing } from '../iam/documents.ts';
import { assertRefused } from '../iam/refusal.ts';

const account = '111122223333';
const prefix = `arn:aws:iam::${account}`;
const RoleArn = `${prefix}:role/guarded`;
const denied = (message: string) => ({ code: 'AccessDenied', status: 403, message });
const wrongCode = denied('MultiFactorAuthentication failed with invalid MFA one time pass code. ');
const wrongDevice = denied('MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.');
const untrusted = denied(`User: ${prefix}:user/alice is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`);

let gatehouse: TestGatehouse;
let device: Authenticator;
let key: KeyPair;
let sts: STSClient;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'sts mfa', accountId: account });
  const iam = gatehouse.iam();
  await iam.send(new sdk.CreateUserCommand({ UserName: 'alice' }));
  const { AccessKey } = await iam.send(new sdk.CreateAccessKeyCommand({ UserName: 'alice' }));
  key = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
  await iam.send(new sdk.PutUserPolicyCommand({ UserName: 'alice', PolicyName: 'mfa', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'iam:*', Resource: '*', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' }, NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } } } }) }));
  await iam.send(new sdk.CreateRoleCommand({ RoleName: 'guarded', AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { AWS: `${prefix}:user/alice` }, Action: 'sts:AssumeRole', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' }, NumericLessThanEquals: { 'aws:MultiFactorAuthAge': '60' } } } }) }));
  await iam.send(new sdk.PutRolePolicyCommand({ RoleName: 'guarded', PolicyName: 'all', PolicyDocument: allowing('iam:ListUsers') }));
  device = await newAuthenticator(gatehouse, 'alice');
  await enable(iam, device, 'alice');
  sts = gatehouse.sts(key);
});
after(() => gatehouse.stop());
// Past the window in which attempts are counted.
beforeEach(() => gatehouse.clock.advance(16 * 60_000));

const clientsOf = ({ AccessKeyId, SecretAccessKey, SessionToken }: Credentials) => gatehouse.iam({ accessKeyId: AccessKeyId!, secretAccessKey: SecretAccessKey!, sessionToken: SessionToken });
const session = async (TokenCode?: string, SerialNumber = device.serialNumber, client = sts) => (await client.send(new GetSessionTokenCommand({ ...(TokenCode !== undefined && { SerialNumber, TokenCode }) }))).Credentials!;
const assume = async (mfa: { SerialNumber?: string; TokenCode?: string } = {}, client = sts) => (await client.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'session', ...mfa }))).Credentials!;
const withCode = (TokenCode = device.code()) => ({ SerialNumber: device.serialNumber, TokenCode });

test('a session made with a code has MFA, one without has none', async () => {
  const mfa = clientsOf(await session(device.code()));
  assert.equal((await mfa.send(new sdk.GetUserCommand({}))).User?.UserName, 'alice');
  gatehouse.clock.advance(3_600_000);
  await assertRefused(mfa.send(new sdk.GetUserCommand({})), denied(`User: ${prefix}:user/alice is not authorized to perform: iam:GetUser on resource: user alice because no identity-based policy allows the iam:GetUser action`));
  // Credentials of GetSessionToken call IAM only if MFA was shown.
  await assertRefused(clientsOf(await session()).send(new sdk.GetUserCommand({})), { code: 'InvalidClientTokenId', status: 403, message: 'The security token included in the request is invalid' });
});

test('AssumeRole with a code satisfies a trust policy that demands MFA; its session carries none on', async () => {
  await assertRefused(assume(), untrusted);
  const assumed = clientsOf(await assume(withCode()));
  await assumed.send(new sdk.ListUsersCommand({}));
  const record = gatehouse.auditRecords.at(-1) as { userIdentity: { sessionContext: { attributes: { mfaAuthenticated: string } } } };
  assert.equal(record.userIdentity.sessionContext.attributes.mfaAuthenticated, 'false');
});

test('a session with MFA assumes the role for as long as the trust policy lets it be', async () => {
  const { AccessKeyId, SecretAccessKey, SessionToken } = await session(device.code());
  const own = gatehouse.sts({ accessKeyId: AccessKeyId!, secretAccessKey: SecretAccessKey!, sessionToken: SessionToken });
  await assume({}, own);
  gatehouse.clock.advance(61_000);
  const later = gatehouse.sts({ accessKeyId: AccessKeyId!, secretAccessKey: SecretAccessKey!, sessionToken: SessionToken });
  await assertRefused(assume({}, later), untrusted);
  await assume(withCode(), later);
});

test('a code is good once, whichever operation it is shown to', async () => {
  const code = device.code();
  await session(code);
  await assertRefused(session(code), wrongCode);
  await assertRefused(assume(withCode(code)), wrongCode);
});

test('of many who show one code at once one is served', async () => {
  const code = device.code();
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => session(code)));
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
});

test('a code may be one step early or late, and no more', async () => {
  await assertRefused(session(device.code(-2)), wrongCode);
  await assertRefused(session(device.code(2)), wrongCode);
  await session(device.code(-1));
  await session(device.code(1));
  await session(device.code());
});

test('after ResyncMFADevice codes of the wrong clock are right, and those of the right one wrong', async () => {
  const resync = (first: string, second: string) => gatehouse.iam().send(new sdk.ResyncMFADeviceCommand({ UserName: 'alice', SerialNumber: device.serialNumber, AuthenticationCode1: first, AuthenticationCode2: second }));
  await resync(device.code(-9), device.code(-8));
  await assertRefused(session(device.code()), wrongCode);
  await session(device.code(-7));
  gatehouse.clock.advance(16 * 60_000);
  await resync(device.code(-1), device.code());
  await session(device.code(1));
});

test('a device must be the caller\'s own, enabled, and its code be there', async () => {
  const admins = await newAuthenticator(gatehouse, 'admins');
  await assertRefused(session(admins.code(), admins.serialNumber), wrongDevice);
  await enable(gatehouse.iam(), admins, 'admin');
  await assertRefused(session(admins.code(1), admins.serialNumber), wrongDevice);
  await session(admins.code(1), admins.serialNumber, gatehouse.sts());
  await assertRefused(session('123456', 'GAHT12345678'), wrongDevice);
  await assertRefused(assume({ SerialNumber: device.serialNumber }), denied('MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.'));
  await assertRefused(assume({ TokenCode: device.code() }), { code: 'ValidationError', status: 400, message: 'SerialNumber must be given with TokenCode' });
});

test('a role session has no device, and root has its own', async () => {
  const { AccessKeyId, SecretAccessKey, SessionToken } = await assume(withCode());
  const role = gatehouse.sts({ accessKeyId: AccessKeyId!, secretAccessKey: SecretAccessKey!, sessionToken: SessionToken });
  await assertRefused(assume(withCode(device.code(1)), role), wrongDevice);
  const root = gatehouse.sts(gatehouse.root);
  const rootDevice = await newAuthenticator(gatehouse, 'root-account-mfa-device');
  await enable(gatehouse.iam(gatehouse.root), rootDevice, account);
  const credentials = await session(rootDevice.code(1), rootDevice.serialNumber, root);
  assert.ok((await clientsOf(credentials).send(new sdk.ListUsersCommand({}))).Users);
});

test('what is wrong with the request is said before its code is used up', async () => {
  const code = device.code();
  await assertRefused(sts.send(new AssumeRoleCommand({ RoleArn: `${prefix}:user/alice`, RoleSessionName: 'session', ...withCode(code) })), { code: 'ValidationError', status: 400, message: `${prefix}:user/alice is invalid` });
  await assertRefused(sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'session', TransitiveTagKeys: ['absent'], ...withCode(code) })), { code: 'InvalidParameterValue', status: 400, message: /transitive tag key/ });
  await assume(withCode(code));
});

test('codes cannot be found by trying: after ten in a quarter of an hour none is right', async () => {
  for (let i = 0; i < 10; i++) await assertRefused(session(device.code(5)), wrongCode);
  await assertRefused(session(device.code()), wrongCode);
  gatehouse.clock.advance(16 * 60_000);
  await session(device.code());
});

test('a device that was deactivated proves nothing any more', async () => {
  await gatehouse.iam().send(new sdk.DeactivateMFADeviceCommand({ UserName: 'alice', SerialNumber: device.serialNumber }));
  await assertRefused(session(device.code()), wrongDevice);
  await sts.send(new GetCallerIdentityCommand({}));
});
