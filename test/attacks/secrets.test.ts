/** Secrets that pass through a real Gatehouse stand nowhere afterwards: not in its files, its audit, its log, nor in what it answers by mistake. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ChangePasswordCommand, CreateAccessKeyCommand, CreateLoginProfileCommand, CreateRoleCommand, CreateServiceSpecificCredentialCommand, CreateUserCommand, CreateVirtualMFADeviceCommand, IAMClient, ListUsersCommand, PutUserPolicyCommand, UpdateLoginProfileCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, GetCallerIdentityCommand, GetFederationTokenCommand, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import type { Credentials } from '@aws-sdk/client-sts';
import type { KeyPair } from '../gatehouse.ts';
import { root } from '../imports.ts';
import { plainEnvironment, startProgram } from '../running.ts';
import { signRequest } from '../sign-request.ts';

/** The files that hold secrets because they are meant to, readable by their owner alone. */
const meant = /^(?:credentials|master-key|root-password-\d{12})$/;

/** Every way in which a secret would be written: as it is, escaped, in hexadecimal, and in base64 wherever it may begin in a longer text. */
function formsOf(secret: string | Uint8Array): readonly Buffer[] {
  const bytes = Buffer.from(secret);
  const texts = [bytes.toString('hex'), bytes.toString('hex').toUpperCase(), encodeURIComponent(bytes.toString('latin1')), JSON.stringify(bytes.toString('latin1')).slice(1, -1)];
  for (const offset of [0, 1, 2]) {
    // The first and last characters depend on what stands around.
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64').replace(/=+$/, '').slice(offset === 0 ? 0 : offset + 1, -1);
    texts.push(encoded, encoded.replaceAll('+', '-').replaceAll('/', '_'));
  }
  return [bytes, Buffer.from(bytes.toString('latin1'), 'utf16le'), ...texts.map((text) => Buffer.from(text))];
}

interface Planted { readonly name: string; readonly forms: readonly Buffer[] }

class Plantation {
  readonly #planted: Planted[] = [];

  plant(name: string, secret: string | Uint8Array | undefined): void {
    assert.ok(secret !== undefined && secret.length >= 12, `${name} is no secret to look for`);
    this.#planted.push({ name, forms: formsOf(secret) });
  }

  assertAbsent(where: string, bytes: Buffer): void {
    for (const { name, forms } of this.#planted) assert.ok(!forms.some((form) => bytes.includes(form)), `${where} holds ${name}`);
  }

  get size(): number { return this.#planted.length; }
}

const filesOf = (dir: string): readonly string[] => readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(dir, name)).isFile());

function assertAbsentIn(dir: string, planted: Plantation): readonly string[] {
  const files = filesOf(dir);
  for (const file of files) {
    if (meant.test(file)) assert.equal(statSync(join(dir, file)).mode & 0o077, 0, `${file} can be read by others`);
    else planted.assertAbsent(file, readFileSync(join(dir, file)));
  }
  return files;
}

/** The only secrets of a credentials file, by profile. */
const keysIn = (text: string): readonly KeyPair[] => [...text.matchAll(/aws_access_key_id\s*=\s*(\S+)\s+aws_secret_access_key\s*=\s*(\S+)/g)].map(([, accessKeyId, secretAccessKey]) => ({ accessKeyId: accessKeyId!, secretAccessKey: secretAccessKey! }));

test('what is looked for would be found in any of its forms', () => {
  const planted = new Plantation();
  const secret = 'hunter2/+\u00e9 secret';
  planted.plant('it', secret);
  for (const text of [secret, Buffer.from(secret).toString('hex'), Buffer.from(`x${secret}y`).toString('base64'), Buffer.from(`xy${secret}`).toString('base64url'), Buffer.from(`{"a":"${secret}"}`).toString('base64')]) {
    assert.throws(() => planted.assertAbsent('here', Buffer.from(`before ${text} after`)), /here holds it/, text);
  }
  planted.assertAbsent('here', Buffer.from('hunter3'));
});

test('no secret that was made, given or sent stands in a file, the audit, the log or an answer to another', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'gatehouse-secrets-'));
  const dir = join(cwd, '.gatehouse');
  const program = await startProgram({ args: ['--port', '0'], cwd });
  let isRunning = true;
  try {
    const planted = new Plantation();
    const [admin] = keysIn(readFileSync(join(dir, 'credentials'), 'utf8'));
    assert.ok(admin);
    planted.plant('the administrator\'s secret', admin.secretAccessKey);
    const masterKey = readFileSync(join(dir, 'master-key'), 'utf8').trim();
    planted.plant('the master key', masterKey);
    planted.plant('the master key\'s bytes', Buffer.from(masterKey, 'base64'));
    const plantRootPasswords = (): void => {
      for (const file of readdirSync(dir).filter((name) => name.startsWith('root-password-'))) planted.plant(file, readFileSync(join(dir, file), 'utf8').trim());
    };
    const settings = (credentials: KeyPair) => ({ region: 'eu-central-1', endpoint: program.endpoint, maxAttempts: 1, credentials: { accessKeyId: credentials.accessKeyId, secretAccessKey: credentials.secretAccessKey, ...(credentials.sessionToken !== undefined && { sessionToken: credentials.sessionToken }) } });
    const iam = (key: KeyPair) => new IAMClient(settings(key));
    const sts = (key: KeyPair) => new STSClient(settings(key));
    /** Whatever becomes of it, its answer or its error is looked through. */
    const answers: string[] = [];
    const attempt = async (sent: Promise<unknown>): Promise<void> => void answers.push(await sent.then((answer) => JSON.stringify(answer), (thrown: Error) => `${thrown.name} ${thrown.message}`));

    await iam(admin).send(new CreateUserCommand({ UserName: 'alice' }));
    const { AccessKey } = await iam(admin).send(new CreateAccessKeyCommand({ UserName: 'alice' }));
    const alice = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
    planted.plant('alice\'s secret', alice.secretAccessKey);
    const { Arn } = await sts(alice).send(new GetCallerIdentityCommand({}));
    await iam(admin).send(new CreateRoleCommand({ RoleName: 'auditor', AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { AWS: Arn }, Action: 'sts:AssumeRole' } }) }));
    const session = ({ AccessKeyId, SecretAccessKey, SessionToken }: Credentials, name: string): KeyPair => {
      planted.plant(`${name}'s secret`, SecretAccessKey);
      planted.plant(`${name}'s token`, SessionToken);
      return { accessKeyId: AccessKeyId!, secretAccessKey: SecretAccessKey!, sessionToken: SessionToken! };
    };
    const role = session((await sts(alice).send(new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${Arn!.split(':')[4]}:role/auditor`, RoleSessionName: 'it' }))).Credentials!, 'the role session');
    const own = session((await sts(alice).send(new GetSessionTokenCommand({}))).Credentials!, 'the user session');
    const federated = await sts(alice).send(new GetFederationTokenCommand({ Name: 'carol' })).catch(() => undefined);
    if (federated) session(federated.Credentials!, 'the federated session');

    // Passwords, and secrets that are made of them, wherever they are served.
    const passwords = ['Planted-Passw0rd-one!', 'Planted-Passw0rd-two!', 'Planted-Passw0rd-three!'] as const;
    for (const password of passwords) planted.plant(password, password);
    await attempt(iam(admin).send(new CreateLoginProfileCommand({ UserName: 'alice', Password: passwords[0] })));
    await attempt(iam(admin).send(new CreateLoginProfileCommand({ UserName: 'alice', Password: passwords[0] })));
    await attempt(iam(admin).send(new UpdateLoginProfileCommand({ UserName: 'nobody', Password: passwords[1] })));
    await attempt(iam(alice).send(new ChangePasswordCommand({ OldPassword: passwords[2], NewPassword: passwords[1] })));
    await attempt(iam(admin).send(new CreateLoginProfileCommand({ UserName: 'a b', Password: passwords[2] })));
    const served = await iam(admin).send(new CreateServiceSpecificCredentialCommand({ UserName: 'alice', ServiceName: 'codecommit.amazonaws.com' })).catch(() => undefined);
    if (served) planted.plant('the service password', served.ServiceSpecificCredential!.ServicePassword);
    const device = await iam(admin).send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'phone' })).catch(() => undefined);
    if (device) {
      planted.plant('the seed as text', device.VirtualMFADevice!.Base32StringSeed);
      planted.plant('the seed as picture', device.VirtualMFADevice!.QRCodePNG);
    }

    // Errors of every kind, with secrets in the request.
    await attempt(iam(alice).send(new ListUsersCommand({})));
    await attempt(iam(role).send(new ListUsersCommand({})));
    await attempt(sts(own).send(new GetSessionTokenCommand({})));
    await attempt(sts({ ...role, secretAccessKey: alice.secretAccessKey }).send(new GetCallerIdentityCommand({})));
    await attempt(sts({ ...role, sessionToken: `${role.sessionToken!}x` }).send(new GetCallerIdentityCommand({})));
    await attempt(iam(admin).send(new PutUserPolicyCommand({ UserName: 'alice', PolicyName: 'p', PolicyDocument: '{"Version":' })));
    for (const change of [(url: string) => url, (url: string) => `${url}0`, (url: string) => url.replace('X-Amz-Date=', 'X-Amz-Dote='), (url: string) => `${url}&x=%zz`, (url: string) => url.replace('/?', '/x?')]) {
      const url = signRequest({ accessKeyId: role.accessKeyId, secretAccessKey: role.secretAccessKey, sessionToken: role.sessionToken!, at: Date.now(), method: 'GET', isPresigned: true, target: '/?Action=GetCallerIdentity&Version=2011-06-15' });
      const answer = await fetch(`${program.endpoint}${change(url.target)}`, { redirect: 'manual' });
      answers.push(`${answer.status} ${JSON.stringify([...answer.headers])} ${await answer.text()}`);
    }

    const made = spawnSync(process.execPath, [join(root, 'bin', 'gatehouse'), 'account', 'create', '--email', 'second@example.com'], { cwd, encoding: 'utf8', env: plainEnvironment() });
    assert.equal(made.status, 0, made.stderr);
    const keys = keysIn(readFileSync(join(dir, 'credentials'), 'utf8'));
    assert.equal(keys.length, 2);
    planted.plant('the second administrator\'s secret', keys[1]!.secretAccessKey);
    plantRootPasswords();
    await sts(keys[1]!).send(new GetCallerIdentityCommand({}));
    assert.ok(planted.size >= 14);

    for (const [i, answer] of answers.entries()) planted.assertAbsent(`answer ${i} (${answer.slice(0, 60)})`, Buffer.from(answer));
    planted.assertAbsent('the output of account create', Buffer.from(made.stdout + made.stderr));
    // As a power cut leaves the files, the write-ahead log among them, and as a stop does.
    assert.ok(assertAbsentIn(dir, planted).some((file) => file.endsWith('-wal')));
    await program.stop('SIGTERM');
    isRunning = false;
    const files = assertAbsentIn(dir, planted);
    assert.ok(files.some((file) => /^audit.audit-.*\.jsonl$/.test(file)));
    assert.match(program.logged(), /"action":"sts:GetCallerIdentity"/);
    planted.assertAbsent('the output', Buffer.from(program.said + program.logged()));
  } finally {
    if (isRunning) await program.stop('SIGKILL');
    rmSync(cwd, { recursive: true });
  }
});
