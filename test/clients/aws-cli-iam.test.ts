/** Passwords, MFA, instance profiles, service-linked roles and the account as a whole under the real AWS CLI, where it is: what it sends is taken, what it is answered it can read. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { findAccessKey } from '../../src/cli/credentials-file.ts';
import { stepAt, totpCode } from '../../src/proof/totp.ts';
import { base32Bytes, readQrCode } from '../iam/authenticator.ts';
import { trusting } from '../iam/documents.ts';
import { findOnPath, plainEnvironment, startProgram } from '../running.ts';

interface Answer { readonly [member: string]: Answer | readonly Answer[] | string | number | boolean }

test('the AWS CLI goes round what people sign in with, what instances run as, and the account as a whole', async (t) => {
  const aws = findOnPath('aws');
  if (aws === undefined) return t.skip('THE AWS CLI IS NOT ON THE PATH: the tour was not made.');
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-aws-cli-'));
  const program = await startProgram({ args: ['--port', '0', '--data-dir', join(folder, 'data')], cwd: folder });
  try {
    tour((...args) => cli(aws, folder, program.endpoint, args), folder);
  } finally {
    const code = await program.stop();
    rmSync(folder, { recursive: true });
    assert.equal(code, 0);
  }
});

type Cli = (...args: readonly string[]) => { readonly answer: Answer; readonly refusal: string };

function cli(aws: string, folder: string, endpoint: string, args: readonly string[]): ReturnType<Cli> {
  const key = findAccessKey(readFileSync(join(folder, 'data', 'credentials'), 'utf8'), 'default')!;
  const env = {
    ...plainEnvironment(), AWS_ENDPOINT_URL: endpoint, AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: key.accessKeyId, AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
    AWS_CONFIG_FILE: join(folder, 'none'), AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none'), AWS_PAGER: '',
  };
  const { status, stdout, stderr } = spawnSync(aws, [...args, '--output', 'json'], { cwd: folder, env, encoding: 'utf8' });
  if (status !== 0) return { answer: {}, refusal: stderr.trim() };
  return { answer: stdout.trim() === '' ? {} : JSON.parse(stdout), refusal: '' };
}

function tour(aws: Cli, folder: string): void {
  const done = (...args: readonly string[]): Answer => {
    const { answer, refusal } = aws(...args);
    assert.equal(refusal, '', args.join(' '));
    return answer;
  };
  const iam = (...args: readonly string[]): Answer => done('iam', ...args);

  const device = iam('create-virtual-mfa-device', '--virtual-mfa-device-name', 'phone', '--outfile', 'seed.txt', '--bootstrap-method', 'Base32StringSeed')['VirtualMFADevice'] as Answer;
  const SerialNumber = String(device['SerialNumber']);
  const seed = readFileSync(join(folder, 'seed.txt'), 'utf8');
  iam('create-virtual-mfa-device', '--virtual-mfa-device-name', 'picture', '--outfile', 'code.png', '--bootstrap-method', 'QRCodePNG');
  assert.match(readQrCode(readFileSync(join(folder, 'code.png'))), /^otpauth:\/\/totp\/picture@\d{12}\?secret=[A-Z2-7]{64}$/);
  // This Gatehouse runs by the machine's clock; the device stands still, as far as the tour is quick, and is some steps behind.
  const shownAt = stepAt(Date.now()) - 3;
  const code = (steps: number): string => totpCode(base32Bytes(seed), shownAt + steps);
  iam('enable-mfa-device', '--user-name', 'admin', '--serial-number', SerialNumber, '--authentication-code1', code(-1), '--authentication-code2', code(0));
  assert.equal((iam('list-mfa-devices')['MFADevices'] as readonly Answer[])[0]!['SerialNumber'], SerialNumber);
  // Its clock was found to be behind, so that its next code is right.
  const session = () => aws('sts', 'get-session-token', '--serial-number', SerialNumber, '--token-code', code(1));
  assert.match(String((session().answer['Credentials'] as Answer)['AccessKeyId']), /^ASIA/);
  assert.match(session().refusal, /\(AccessDenied\) when calling the GetSessionToken operation: MultiFactorAuthentication failed with invalid MFA one time pass code\.$/);

  iam('update-account-password-policy', '--minimum-password-length', '10', '--require-numbers', '--allow-users-to-change-password');
  assert.match(aws('iam', 'create-login-profile', '--user-name', 'admin', '--password', 'too-short').refusal, /\(PasswordPolicyViolation\) when calling the CreateLoginProfile operation: Password should have a minimum length of 10$/);
  iam('create-login-profile', '--user-name', 'admin', '--password', 'long-enough-1', '--password-reset-required');
  iam('change-password', '--old-password', 'long-enough-1', '--new-password', 'longer-than-that-2');
  assert.equal((iam('get-login-profile', '--user-name', 'admin')['LoginProfile'] as Answer)['PasswordResetRequired'], false);

  iam('create-role', '--role-name', 'worker', '--assume-role-policy-document', trusting('Service', 'ec2.amazonaws.com'));
  iam('create-instance-profile', '--instance-profile-name', 'workers', '--tags', 'Key=team,Value=blue');
  iam('wait', 'instance-profile-exists', '--instance-profile-name', 'workers');
  iam('add-role-to-instance-profile', '--instance-profile-name', 'workers', '--role-name', 'worker');
  iam('create-service-linked-role', '--aws-service-name', 'ecs.amazonaws.com');
  const { DeletionTaskId } = iam('delete-service-linked-role', '--role-name', 'AWSServiceRoleForECS');
  assert.equal(iam('get-service-linked-role-deletion-status', '--deletion-task-id', String(DeletionTaskId))['Status'], 'SUCCEEDED');

  // A page at a time, put together by the CLI.
  const details = iam('get-account-authorization-details', '--page-size', '1');
  const role = (details['RoleDetailList'] as readonly Answer[])[0]!;
  assert.deepEqual([(details['UserDetailList'] as readonly Answer[]).length, (details['Policies'] as readonly Answer[]).length, (role['InstanceProfileList'] as readonly Answer[])[0]!['InstanceProfileName']], [1, 1, 'workers']);
  // The CLI shows documents decoded.
  assert.deepEqual(role['AssumeRolePolicyDocument'], JSON.parse(trusting('Service', 'ec2.amazonaws.com')));
}
