/** Temporary credentials as unmodified clients get them: profiles of the AWS CLI, boto3 and the JavaScript SDK, in every form that AWS documents, and a pod's service account. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import * as iamSdk from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { fromTemporaryCredentials, fromTokenFile } from '@aws-sdk/credential-providers';
import { stepAt, totpCode } from '../../src/proof/totp.ts';
import { base32Bytes } from '../iam/authenticator.ts';
import { root } from '../imports.ts';
import { findOnPath } from '../running.ts';
import { account, externalId, roleArn, sessionArn, startFederation, type Federation } from './federation.ts';

let federation: Federation;
let tokenFile: string;

before(async () => {
  federation = await startFederation();
  const { admin, write } = federation;
  tokenFile = write('token', await federation.mintServiceAccountToken());
  write('credentials', `[admin]\naws_access_key_id = ${admin.accessKeyId}\naws_secret_access_key = ${admin.secretAccessKey}\n`);
  const assuming = (name: string, role: string, source: string, more = ''): string => `[profile ${name}]\nrole_arn = ${roleArn(role)}\nsource_profile = ${source}\nrole_session_name = ${name}\n${more}\n`;
  write('config', [
    assuming('plain', 'plain', 'admin'),
    assuming('external', 'external', 'admin', `external_id = ${externalId}`),
    assuming('wrong-external', 'external', 'admin', 'external_id = other'),
    assuming('mfa', 'guarded', 'admin', `mfa_serial = ${deviceArn('phone')}`),
    assuming('without-mfa', 'guarded', 'admin'),
    assuming('chained', 'second', 'plain'),
    assuming('short-cut', 'second', 'admin'),
    assuming('long-chain', 'second', 'plain', 'duration_seconds = 3601'),
    `[profile pod]\nrole_arn = ${roleArn('pod')}\nweb_identity_token_file = ${tokenFile}\nrole_session_name = pod\n`,
    `[profile process]\ncredential_process = ${process.execPath} ${join(root, 'bin', 'gatehouse')} credential-process --data-dir ${join(federation.folder, 'data')} --role ${roleArn('plain')} --session-name process\n`,
    `[profile broken-process]\ncredential_process = ${process.execPath} ${join(root, 'bin', 'gatehouse')} credential-process --data-dir ${join(federation.folder, 'data')} --role ${roleArn('absent')}\n`,
  ].join('\n'));
});
after(async () => assert.equal(await federation.close(), 0));

const deviceArn = (name: string): string => `arn:aws:iam::${account}:mfa/${name}`;

/** Gives the administrator a device, and the code that it shows next. */
async function enableDevice(name: string): Promise<string> {
  const { VirtualMFADevice } = await federation.iam.send(new iamSdk.CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: name }));
  const seed = base32Bytes(Buffer.from(VirtualMFADevice!.Base32StringSeed!).toString());
  // The device is some steps behind, so that there are three codes in hand whatever the time is.
  const step = stepAt(Date.now()) - 4;
  const [AuthenticationCode1, AuthenticationCode2, next] = [0, 1, 2].map((later) => totpCode(seed, step + later));
  await federation.iam.send(new iamSdk.EnableMFADeviceCommand({ UserName: 'admin', SerialNumber: deviceArn(name), AuthenticationCode1, AuthenticationCode2 }));
  return next!;
}

interface Said { readonly status: number | null; readonly stdout: string; readonly stderr: string }

/** In a session of its own, so that a prompt is answered from standard input and not asked of whoever runs the tests. */
function runClient(file: string, args: readonly string[], env: NodeJS.ProcessEnv, input = ''): Promise<Said> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd: federation.folder, env, detached: true });
    const said = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => { said.stdout += text; });
    child.stderr.setEncoding('utf8').on('data', (text: string) => { said.stderr += text; });
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, ...said }));
    child.stdin.end(input);
  });
}

const aws = findOnPath('aws');
const noAws = 'THE AWS CLI IS NOT ON THE PATH: its profiles were not tried.';
const whoAmI = (profile: string, input?: string): Promise<Said> => runClient(aws!, ['sts', 'get-caller-identity', '--profile', profile, '--query', 'Arn', '--output', 'text'], federation.env, input);

const profiles: Readonly<Record<string, string>> = { plain: 'plain', external: 'external', chained: 'second', pod: 'pod', process: 'plain' };

for (const [profile, role] of Object.entries(profiles)) {
  test(`AWS CLI: the profile ${profile} is a session of ${role}`, async (t) => {
    if (aws === undefined) return t.skip(noAws);
    const { stdout, stderr } = await whoAmI(profile);
    assert.equal(stdout.trim(), sessionArn(role, profile), stderr);
  });
}

test('AWS CLI: a profile with mfa_serial asks for a code, and is let in with it, once', async (t) => {
  if (aws === undefined) return t.skip(noAws);
  const code = await enableDevice('phone');
  const { stdout, stderr } = await whoAmI('mfa', `${code}\n`);
  assert.match(stderr, /Enter MFA code for arn:aws:iam::111122223333:mfa\/phone/);
  assert.match(stdout, new RegExp(`${sessionArn('guarded', 'mfa')}$`, 'm'), stderr);
  // The session is kept by the CLI: only a client that has none is asked again, and the code is spent.
  const again = await runClient(aws, ['sts', 'assume-role', '--profile', 'admin', '--role-arn', roleArn('guarded'), '--role-session-name', 'again', '--serial-number', deviceArn('phone'), '--token-code', code], federation.env);
  assert.match(again.stderr, /MultiFactorAuthentication failed with invalid MFA one time pass code/);
});

const refusals: Readonly<Record<string, RegExp>> = {
  'wrong-external': /\(AccessDenied\) when calling the AssumeRole operation: User: arn:aws:iam::111122223333:user\/admin is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111122223333:role\/external/,
  'without-mfa': /\(AccessDenied\).*role\/guarded/,
  'short-cut': /\(AccessDenied\).*role\/second/,
  'long-chain': /\(ValidationError\).*exceeds the (?:MaxSessionDuration set for this role|1 hour session limit)/,
  'broken-process': /gatehouse: AccessDenied: User: .* is not authorized to perform: sts:AssumeRole on resource: .*role\/absent/,
};

for (const [profile, message] of Object.entries(refusals)) {
  test(`AWS CLI: the profile ${profile} is refused, in AWS's words`, async (t) => {
    if (aws === undefined) return t.skip(noAws);
    const { status, stderr } = await whoAmI(profile);
    assert.notEqual(status, 0);
    assert.match(stderr, message);
  });
}

const python = findOnPath('python3');
const hasBoto3 = python !== undefined && spawnSync(python, ['-c', 'import boto3']).status === 0;
const noBoto3 = 'BOTO3 IS NOT THERE: its profiles and the pod were not tried.';

test('boto3: profiles that assume a role, chained ones, a token file and a credential_process', async (t) => {
  if (!hasBoto3) return t.skip(noBoto3);
  const names = ['plain', 'external', 'chained', 'pod', 'process'];
  const script = `import boto3, sys\nfor name in sys.argv[1:]: print(boto3.Session(profile_name=name).client('sts').get_caller_identity()['Arn'])`;
  const { stdout, stderr } = await runClient(python!, ['-c', script, ...names], federation.env);
  assert.deepEqual(stdout.trim().split('\n'), names.map((name) => sessionArn(profiles[name]!, name)), stderr);
});

test('a pod: boto3 finds the role by AWS_ROLE_ARN and AWS_WEB_IDENTITY_TOKEN_FILE, and takes up a token that was rotated', async (t) => {
  if (!hasBoto3) return t.skip(noBoto3);
  const file = federation.write('pod-token', await federation.mintServiceAccountToken('stranger'));
  const rotated = federation.write('pod-token-next', await federation.mintServiceAccountToken());
  // The kubelet puts the new token in the place of the old one while the process runs.
  const script = [
    'import boto3, os, botocore',
    'def who():',
    '    try: return boto3.Session().client("sts").get_caller_identity()["Arn"]',
    '    except botocore.exceptions.ClientError as error: return str(error)',
    'print(who()); os.rename(os.environ["NEXT"], os.environ["AWS_WEB_IDENTITY_TOKEN_FILE"]); print(who())',
    'iam = boto3.Session().client("iam")',
    'print(len(iam.list_roles()["Roles"]) > 0)',
    'try: iam.list_users()',
    'except botocore.exceptions.ClientError as error: print(error.response["Error"]["Code"])',
  ].join('\n');
  const { stdout, stderr } = await runClient(python!, ['-c', script], { ...federation.env, AWS_ROLE_ARN: roleArn('pod'), AWS_WEB_IDENTITY_TOKEN_FILE: file, AWS_ROLE_SESSION_NAME: 'api', NEXT: rotated });
  assert.deepEqual(stdout.trim().split('\n'), ['An error occurred (AccessDenied) when calling the AssumeRoleWithWebIdentity operation: Not authorized to perform sts:AssumeRoleWithWebIdentity', sessionArn('pod', 'api'), 'True', 'AccessDenied'], stderr);
});

const clientConfig = () => ({ endpoint: federation.endpoint, region: 'us-east-1' });
const arnOf = async (credentials: ReturnType<typeof fromTokenFile>) => (await new STSClient({ ...clientConfig(), credentials }).send(new GetCallerIdentityCommand({}))).Arn;

test('JavaScript SDK: fromTemporaryCredentials assumes a role, with an external id, a code of an MFA device, and from another session', async () => {
  const masterCredentials = federation.admin;
  const plain = fromTemporaryCredentials({ masterCredentials, clientConfig: clientConfig(), params: { RoleArn: roleArn('plain'), RoleSessionName: 'js' } });
  assert.equal(await arnOf(plain), sessionArn('plain', 'js'));
  const external = fromTemporaryCredentials({ masterCredentials, clientConfig: clientConfig(), params: { RoleArn: roleArn('external'), RoleSessionName: 'js', ExternalId: externalId } });
  assert.equal(await arnOf(external), sessionArn('external', 'js'));
  const code = await enableDevice('tablet');
  const mfa = fromTemporaryCredentials({ masterCredentials, clientConfig: clientConfig(), mfaCodeProvider: async () => code, params: { RoleArn: roleArn('guarded'), RoleSessionName: 'js', SerialNumber: deviceArn('tablet') } });
  assert.equal(await arnOf(mfa), sessionArn('guarded', 'js'));
  const chained = fromTemporaryCredentials({ masterCredentials: plain, clientConfig: clientConfig(), params: { RoleArn: roleArn('second'), RoleSessionName: 'js' } });
  assert.equal(await arnOf(chained), sessionArn('second', 'js'));
});

test('JavaScript SDK: fromTokenFile is a pod\'s role, and a client that asks again reads the token that was rotated', async () => {
  const file = federation.write('js-token', await federation.mintServiceAccountToken('stranger'));
  const pod = () => fromTokenFile({ clientConfig: clientConfig(), roleArn: roleArn('pod'), webIdentityTokenFile: file, roleSessionName: 'js' });
  await assert.rejects(arnOf(pod()), { message: 'Not authorized to perform sts:AssumeRoleWithWebIdentity' });
  renameSync(federation.write('js-token-next', await federation.mintServiceAccountToken()), file);
  assert.equal(await arnOf(pod()), sessionArn('pod', 'js'));
});

test('credential-process: writes what AWS\'s clients read, of the environment\'s own credentials, temporary ones among them', async () => {
  const gatehouse = (args: readonly string[], env: NodeJS.ProcessEnv = {}) => spawnSync(process.execPath, [join(root, 'bin', 'gatehouse'), 'credential-process', ...args], { cwd: federation.folder, encoding: 'utf8', env: { ...federation.env, ...env } });
  const { stdout, status, stderr } = gatehouse(['--role', roleArn('plain')], { AWS_ACCESS_KEY_ID: federation.admin.accessKeyId, AWS_SECRET_ACCESS_KEY: federation.admin.secretAccessKey });
  assert.equal(status, 0, stderr);
  const written = JSON.parse(stdout) as Readonly<Record<string, string>>;
  assert.deepEqual(Object.keys(written), ['Version', 'AccessKeyId', 'SecretAccessKey', 'SessionToken', 'Expiration']);
  assert.equal(written['Version'], 1);
  assert.match(written['Expiration']!, /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/);
  const session = { AWS_ACCESS_KEY_ID: written['AccessKeyId']!, AWS_SECRET_ACCESS_KEY: written['SecretAccessKey']!, AWS_SESSION_TOKEN: written['SessionToken']! };
  assert.equal(gatehouse(['--role', roleArn('second'), '--session-name', 'next'], session).status, 0);
  const refused = gatehouse(['--role', roleArn('external'), '--external-id', 'other', '--profile', 'default', '--data-dir', 'data'], session);
  assert.deepEqual([refused.status, refused.stdout], [1, '']);
  assert.match(refused.stderr, /^gatehouse: AccessDenied: User: arn:aws:iam::111122223333:user\/admin is not authorized/);
  for (const [args, message] of [[[], /--role is needed/], [['--role', 'x', '--token-code', '123456'], /go together/], [['--role', 'x', '--duration-seconds', '60'], /from 900 to 43200/]] as const) {
    const mistaken = gatehouse(args);
    assert.deepEqual([mistaken.status, mistaken.stdout], [2, '']);
    assert.match(mistaken.stderr, message);
  }
});
