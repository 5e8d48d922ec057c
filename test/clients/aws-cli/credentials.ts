/** What users sign in and sign with – passwords, access keys, MFA devices, certificates, SSH keys – with the AWS CLI. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stepAt, totpCode } from '../../../src/proof/totp.ts';
import { leafCertificate } from '../../certificates.ts';
import { base32Bytes, readQrCode } from '../../iam/authenticator.ts';
import { assertHolds, type Cli } from './cli.ts';

/** `leaf.pem` and `key.pub` are files beside the CLI, in the folder. */
export async function tourCredentials(cli: Cli, account: string, folder: string): Promise<void> {
  await cli.text`iam create-user --user-name carol`;
  await tourPasswords(cli);
  await tourAccessKeys(cli, account);
  await tourMfaDevices(cli, account, folder);
  await tourCertificates(cli);
  await tourServiceCredentials(cli, account);
  await cli.text`iam delete-user --user-name carol`;
}

async function tourPasswords({ json, text, refusal, as }: Cli): Promise<void> {
  await text`iam update-account-password-policy --minimum-password-length 10 --require-numbers --allow-users-to-change-password --no-hard-expiry --max-password-age 90`;
  assertHolds(await json`iam get-account-password-policy`, { PasswordPolicy: { MinimumPasswordLength: 10, RequireNumbers: true, RequireSymbols: false, AllowUsersToChangePassword: true, ExpirePasswords: true, MaxPasswordAge: 90 } });
  assert.equal(await refusal`iam create-login-profile --user-name carol --password too-short`, 'An error occurred (PasswordPolicyViolation) when calling the CreateLoginProfile operation: Password should have a minimum length of 10');
  assertHolds(await json`iam create-login-profile --user-name carol --password long-enough-1 --password-reset-required`, { LoginProfile: { UserName: 'carol', PasswordResetRequired: true } });
  await text`iam update-login-profile --user-name carol --password long-enough-2 --no-password-reset-required`;
  assertHolds(await json`iam get-login-profile --user-name carol`, { LoginProfile: { UserName: 'carol', PasswordResetRequired: false } });
  // A user may change her own: the account's policy says so, and no policy of hers.
  const { AccessKey: key } = await json`iam create-access-key --user-name carol` as { readonly AccessKey: { readonly AccessKeyId: string; readonly SecretAccessKey: string } };
  const carol = as({ AWS_ACCESS_KEY_ID: key.AccessKeyId, AWS_SECRET_ACCESS_KEY: key.SecretAccessKey });
  await carol.text`iam change-password --old-password long-enough-2 --new-password long-enough-3`;
  assert.match(await carol.refusal`iam change-password --old-password long-enough-2 --new-password long-enough-4`, /^An error occurred \((?:AccessDenied|InvalidUserType)\) when calling the ChangePassword operation: /);
  await text`iam delete-access-key --user-name carol --access-key-id ${key.AccessKeyId}`;
  await text`iam delete-login-profile --user-name carol`;
  await text`iam delete-account-password-policy`;
  assert.match(await refusal`iam get-account-password-policy`, /^An error occurred \(NoSuchEntity\) when calling the GetAccountPasswordPolicy operation: The Password Policy with domain name \d{12} cannot be found\.$/);
}

async function tourAccessKeys({ json, text, refusal, as }: Cli, account: string): Promise<void> {
  const [id, secret] = (await text`iam create-access-key --user-name carol --query ${'AccessKey.[AccessKeyId,SecretAccessKey]'} --output text`).split('\t') as [string, string];
  assertHolds(await json`iam get-access-key-last-used --access-key-id ${id}`, { UserName: 'carol', AccessKeyLastUsed: { ServiceName: 'N/A', Region: 'N/A' } });
  const carol = as({ AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret });
  assert.equal(await carol.text`sts get-caller-identity --query Arn --output text`, `arn:aws:iam::${account}:user/carol`);
  assert.equal(await carol.refusal`iam list-users`, `An error occurred (AccessDenied) when calling the ListUsers operation: User: arn:aws:iam::${account}:user/carol is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::${account}:user/ because no identity-based policy allows the iam:ListUsers action`);
  assertHolds(await json`iam get-access-key-last-used --access-key-id ${id}`, { AccessKeyLastUsed: { ServiceName: 'iam', Region: 'us-east-1' } });
  assert.equal(await text`sts get-access-key-info --access-key-id ${id} --query Account --output text`, account);
  await text`iam update-access-key --user-name carol --access-key-id ${id} --status Inactive`;
  assert.equal(await text`iam list-access-keys --user-name carol --query ${'AccessKeyMetadata[].[AccessKeyId,Status]'} --output text`, `${id}\tInactive`);
  assert.equal(await carol.refusal`sts get-caller-identity`, 'An error occurred (InvalidClientTokenId) when calling the GetCallerIdentity operation: The security token included in the request is invalid.');
  await text`iam create-access-key --user-name carol`;
  assert.equal(await refusal`iam create-access-key --user-name carol`, 'An error occurred (LimitExceeded) when calling the CreateAccessKey operation: Cannot exceed quota for AccessKeysPerUser: 2');
  for (const key of await json`iam list-access-keys --user-name carol --query AccessKeyMetadata[].AccessKeyId` as readonly string[]) await text`iam delete-access-key --user-name carol --access-key-id ${key}`;
}

async function tourMfaDevices({ json, text, refusal, has }: Cli, account: string, folder: string): Promise<void> {
  const device = `arn:aws:iam::${account}:mfa/phone`;
  assertHolds(await json`iam create-virtual-mfa-device --virtual-mfa-device-name picture --outfile code.png --bootstrap-method QRCodePNG`, { VirtualMFADevice: { SerialNumber: `arn:aws:iam::${account}:mfa/picture` } });
  assert.match(readQrCode(readFileSync(join(folder, 'code.png'))), /^otpauth:\/\/totp\/picture@\d{12}\?secret=[A-Z2-7]{64}$/);
  assertHolds(await json`iam create-virtual-mfa-device --virtual-mfa-device-name phone --outfile seed.txt --bootstrap-method Base32StringSeed --tags Key=team,Value=blue`, { VirtualMFADevice: { SerialNumber: device } });
  // This Gatehouse runs by the machine's clock; the device stands still, as far as the tour is quick, and is some steps behind.
  const seed = base32Bytes(readFileSync(join(folder, 'seed.txt'), 'utf8'));
  const shownAt = stepAt(Date.now()) - 6;
  const code = (steps: number): string => totpCode(seed, shownAt + steps);
  assert.equal(await refusal`iam enable-mfa-device --user-name admin --serial-number ${device} --authentication-code1 ${code(0)} --authentication-code2 ${code(0)}`, 'An error occurred (InvalidAuthenticationCode) when calling the EnableMFADevice operation: Authentication code for device is not valid.');
  await text`iam enable-mfa-device --user-name admin --serial-number ${device} --authentication-code1 ${code(0)} --authentication-code2 ${code(1)}`;
  assertHolds(await json`iam list-mfa-devices`, { MFADevices: [{ UserName: 'admin', SerialNumber: device }] });
  if (has('GetMFADevice')) assertHolds(await json`iam get-mfa-device --serial-number ${device}`, { UserName: 'admin', SerialNumber: device });
  assert.deepEqual(await json`iam list-virtual-mfa-devices --assignment-status Assigned --query VirtualMFADevices[].User.UserName`, ['admin']);
  await text`iam resync-mfa-device --user-name admin --serial-number ${device} --authentication-code1 ${code(2)} --authentication-code2 ${code(3)}`;
  const session = await text`sts get-session-token --serial-number ${device} --token-code ${code(4)} --query Credentials.AccessKeyId --output text`;
  assert.match(session, /^ASIA[A-Z2-7]{16}$/);
  assert.equal(await refusal`sts get-session-token --serial-number ${device} --token-code ${code(4)}`, 'An error occurred (AccessDenied) when calling the GetSessionToken operation: MultiFactorAuthentication failed with invalid MFA one time pass code.');
  await text`iam tag-mfa-device --serial-number ${device} --tags Key=site,Value=a`;
  await text`iam untag-mfa-device --serial-number ${device} --tag-keys team`;
  assertHolds(await json`iam list-mfa-device-tags --serial-number ${device}`, { Tags: [{ Key: 'site', Value: 'a' }] });
  await text`iam deactivate-mfa-device --user-name admin --serial-number ${device}`;
  await text`iam delete-virtual-mfa-device --serial-number ${device}`;
  await text`iam delete-virtual-mfa-device --serial-number ${`arn:aws:iam::${account}:mfa/picture`}`;
  assert.deepEqual(await json`iam list-virtual-mfa-devices`, { VirtualMFADevices: [] });
}

async function tourCertificates({ json, text, refusal }: Cli): Promise<void> {
  const certificate = await text`iam upload-signing-certificate --user-name carol --certificate-body file://leaf.pem --query Certificate.CertificateId --output text`;
  assert.equal(await refusal`iam upload-signing-certificate --user-name carol --certificate-body ${'no certificate'}`, 'An error occurred (MalformedCertificate) when calling the UploadSigningCertificate operation: Unable to parse certificate. Please ensure the certificate is in PEM format.');
  await text`iam update-signing-certificate --user-name carol --certificate-id ${certificate} --status Inactive`;
  assertHolds(await json`iam list-signing-certificates --user-name carol`, { Certificates: [{ CertificateId: certificate, Status: 'Inactive', CertificateBody: leafCertificate }] });
  await text`iam delete-signing-certificate --user-name carol --certificate-id ${certificate}`;
  const key = await text`iam upload-ssh-public-key --user-name carol --ssh-public-key-body file://key.pub --query SSHPublicKey.SSHPublicKeyId --output text`;
  assert.match(key, /^APKA/);
  await text`iam update-ssh-public-key --user-name carol --ssh-public-key-id ${key} --status Inactive`;
  assert.match(await text`iam get-ssh-public-key --user-name carol --ssh-public-key-id ${key} --encoding PEM --query SSHPublicKey.SSHPublicKeyBody --output text`, /^-----BEGIN PUBLIC KEY-----/);
  assertHolds(await json`iam list-ssh-public-keys --user-name carol`, { SSHPublicKeys: [{ SSHPublicKeyId: key, Status: 'Inactive' }] });
  await text`iam delete-ssh-public-key --user-name carol --ssh-public-key-id ${key}`;
}

async function tourServiceCredentials({ json, text, refusal }: Cli, account: string): Promise<void> {
  const id = await text`iam create-service-specific-credential --user-name carol --service-name codecommit.amazonaws.com --query ServiceSpecificCredential.ServiceSpecificCredentialId --output text`;
  assertHolds(await json`iam list-service-specific-credentials --user-name carol`, { ServiceSpecificCredentials: [{ ServiceUserName: `carol-at-${account}`, Status: 'Active' }] });
  assert.match(await text`iam reset-service-specific-credential --user-name carol --service-specific-credential-id ${id} --query ServiceSpecificCredential.ServicePassword --output text`, /=$/);
  await text`iam update-service-specific-credential --user-name carol --service-specific-credential-id ${id} --status Inactive`;
  assert.match(await refusal`iam create-service-specific-credential --user-name carol --service-name nothing.amazonaws.com`, /^An error occurred \(NotSupportedService\) when calling the CreateServiceSpecificCredential operation: /);
  await text`iam delete-service-specific-credential --user-name carol --service-specific-credential-id ${id}`;
}
