/** What proves somebody once is spent for good, also over a restart; and STS writes nothing to the journal. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import * as iamSdk from '@aws-sdk/client-iam';
import { AssumeRoleCommand, AssumeRoleWithSAMLCommand, GetFederationTokenCommand, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { findAccessKey } from '../../src/cli/credentials-file.ts';
import { stepAt, totpCode } from '../../src/proof/totp.ts';
import { startGatehouse } from '../gatehouse.ts';
import { base32Bytes } from '../iam/authenticator.ts';
import { assertRefused } from '../iam/refusal.ts';
import { startProgram } from '../running.ts';
import { assertionXml, base64, responseXml, samlMetadata, sign } from './saml-idp.ts';

const trusting = (Principal: object, Action: string): string => JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Principal, Action } });

test('an assertion and a code of an MFA device are good once, also after a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-spent-'));
  const start = () => startProgram({ args: ['--port', '0', '--data-dir', join(folder, 'data'), '--account-id', '111122223333'], cwd: folder });
  let program = await start();
  try {
    const credentials = findAccessKey(readFileSync(join(folder, 'data', 'credentials'), 'utf8'), 'default')!;
    const client = () => ({ endpoint: program.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
    const iam = new iamSdk.IAMClient(client());
    const { SAMLProviderArn } = await iam.send(new iamSdk.CreateSAMLProviderCommand({ Name: 'idp', SAMLMetadataDocument: samlMetadata() }));
    const { Role } = await iam.send(new iamSdk.CreateRoleCommand({ RoleName: 'staff', AssumeRolePolicyDocument: trusting({ Federated: SAMLProviderArn }, 'sts:AssumeRoleWithSAML') }));
    const at = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString();
    const xml = sign(responseXml(assertionXml({ roles: [`${Role!.Arn},${SAMLProviderArn}`], issuedAt: at(-1), confirmUntil: at(280), conditions: `NotOnOrAfter="${at(280)}"` })), 'Assertion');
    const { VirtualMFADevice } = await iam.send(new iamSdk.CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'phone' }));
    const SerialNumber = VirtualMFADevice!.SerialNumber!;
    const step = stepAt(Date.now()) - 4;
    const [AuthenticationCode1, AuthenticationCode2, TokenCode] = [0, 1, 2].map((later) => totpCode(base32Bytes(Buffer.from(VirtualMFADevice!.Base32StringSeed!).toString()), step + later));
    await iam.send(new iamSdk.EnableMFADeviceCommand({ UserName: 'admin', SerialNumber, AuthenticationCode1, AuthenticationCode2 }));
    const present = () => new STSClient(client()).send(new AssumeRoleWithSAMLCommand({ RoleArn: Role!.Arn!, PrincipalArn: SAMLProviderArn!, SAMLAssertion: base64(xml) }));
    const showCode = () => new STSClient(client()).send(new GetSessionTokenCommand({ SerialNumber, TokenCode }));
    await present();
    await showCode();
    for (let starts = 0; starts < 2; starts++) {
      await assertRefused(present(), { code: 'InvalidIdentityToken', status: 400, message: 'Invalid SAML assertion' });
      await assertRefused(showCode(), { code: 'AccessDenied', status: 403, message: /invalid MFA one time pass code/ });
      if (starts > 0) continue;
      await program.stop('SIGKILL');
      program = await start();
    }
  } finally {
    assert.equal(await program.stop(), 0);
    rmSync(folder, { recursive: true });
  }
});

test('no session of any kind writes to the journal', async () => {
  const gatehouse = await startGatehouse({ seed: 'journal' });
  const { Role } = await gatehouse.iam().send(new iamSdk.CreateRoleCommand({ RoleName: 'worker', AssumeRolePolicyDocument: trusting({ AWS: gatehouse.account }, 'sts:AssumeRole') }));
  const { store } = gatehouse.plane;
  const revisions = () => [store.partition.revision, store.loaded(gatehouse.account)!.revision];
  const before = revisions();
  const sts = gatehouse.sts();
  await sts.send(new AssumeRoleCommand({ RoleArn: Role!.Arn!, RoleSessionName: 'test', Tags: [{ Key: 'team', Value: 'blue' }] })).catch((error: { readonly name: string }) => assert.equal(error.name, 'AccessDenied'));
  await sts.send(new AssumeRoleCommand({ RoleArn: Role!.Arn!, RoleSessionName: 'test' }));
  await sts.send(new GetSessionTokenCommand({}));
  await sts.send(new GetFederationTokenCommand({ Name: 'guest' }));
  assert.deepEqual(revisions(), before);
});
