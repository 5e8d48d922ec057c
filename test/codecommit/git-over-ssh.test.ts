/** Git over SSH with the machine's own ssh and git: a user's key opens what policies let it, and what is denied is not written. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { promisify } from 'node:util';
import ssh2 from 'ssh2';
import { CodeCommitClient, CreateRepositoryCommand, GetBranchCommand, GetRepositoryCommand, ListBranchesCommand } from '@aws-sdk/client-codecommit';
import { CreateUserCommand, DeleteUserPolicyCommand, PutUserPolicyCommand, UpdateSSHPublicKeyCommand, UploadSSHPublicKeyCommand } from '@aws-sdk/client-iam';
import { listenForGit, newHostKey } from '../../src/doors/git/ssh-server.ts';
import { gitGround } from '../../src/server/git-listener.ts';
import { ec2Of } from '../ec2/ec2-client.ts';
import { startGatehouse } from '../gatehouse.ts';
import type { TestGatehouse } from '../gatehouse.ts';
import { findOnPath } from '../running.ts';
import { gitEnvironment } from './work-tree.ts';

interface Scene {
  readonly gatehouse: TestGatehouse;
  readonly client: CodeCommitClient;
  /** The user `alice`, her key's id and her private key's file. */
  readonly keyId: string;
  readonly keyFile: string;
  readonly port: number;
  readonly folder: string;
  url(name?: string, keyId?: string): string;
  git(...args: string[]): Promise<string>;
  /** Runs git, which must fail, and gives what it said. */
  gitFails(...args: string[]): Promise<string>;
  ssh(...args: string[]): Promise<{ readonly status: number; readonly said: string }>;
  allow(...statements: readonly object[]): Promise<void>;
}

const everything = { Effect: 'Allow', Action: 'codecommit:*', Resource: '*' };

async function withScene(t: TestContext, work: (scene: Scene) => Promise<void>): Promise<void> {
  for (const program of ['ssh', 'git']) if (findOnPath(program) === undefined) return t.skip(`${program.toUpperCase()} IS NOT ON THE PATH: Git over SSH was not tried. Install it to run this test.`);
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-ssh-'));
  const gatehouse = await startGatehouse();
  const listening = await listenForGit(gitGround(gatehouse.plane), { host: '127.0.0.1', port: 0, hostKey: newHostKey() });
  try {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048, privateKeyEncoding: { type: 'pkcs1', format: 'pem' }, publicKeyEncoding: { type: 'spki', format: 'pem' } });
    const keyFile = join(folder, 'id_rsa');
    writeFileSync(keyFile, privateKey, { mode: 0o600 });
    const iam = gatehouse.iam();
    await iam.send(new CreateUserCommand({ UserName: 'alice' }));
    const { SSHPublicKey } = await iam.send(new UploadSSHPublicKeyCommand({ UserName: 'alice', SSHPublicKeyBody: publicLine(privateKey) }));
    const keyId = SSHPublicKey!.SSHPublicKeyId!;
    const client = gatehouse.client(CodeCommitClient);
    await client.send(new CreateRepositoryCommand({ repositoryName: 'orders' }));
    const sshOptions = ['-i', keyFile, '-F', 'none', '-o', 'IdentitiesOnly=yes', '-o', 'IdentityAgent=none', '-o', 'BatchMode=yes', '-o', 'StrictHostKeyChecking=no', '-o', `UserKnownHostsFile=${join(folder, 'known')}`, '-o', 'LogLevel=ERROR'];
    const env = { ...gitEnvironment, GIT_SSH_COMMAND: ['ssh', ...sshOptions].join(' ') };
    const git = async (...args: string[]): Promise<string> => (await promisify(execFile)('git', ['-C', folder, ...args], { env, encoding: 'utf8' })).stdout.trim();
    await work({
      gatehouse, client, keyId, keyFile, port: listening.port, folder, git,
      url: (name = 'orders', user = keyId) => `ssh://${user}@127.0.0.1:${listening.port}/v1/repos/${name}`,
      gitFails: (...args) => git(...args).then((output) => assert.fail(`git ${args.join(' ')} succeeded: ${output}`), (error: { stderr?: string }) => error.stderr ?? assert.fail(String(error))),
      ssh: (...args) => new Promise((resolve) => {
        execFile('ssh', [...sshOptions, '-p', String(listening.port), ...args], { env, encoding: 'utf8' }, (error, stdout, stderr) => resolve({ status: typeof error?.code === 'number' ? error.code : 0, said: stdout + stderr }));
      }),
      async allow(...statements) {
        await iam.send(new PutUserPolicyCommand({ UserName: 'alice', PolicyName: 'git', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: statements }) }));
      },
    });
  } finally {
    await listening.close();
    await gatehouse.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `ssh-rsa AAAA…` of a private key. */
function publicLine(privateKey: string): string {
  const key = ssh2.utils.parseKey(privateKey);
  assert.ok(!(key instanceof Error));
  return `ssh-rsa ${key.getPublicSSH().toString('base64')}`;
}

/** Makes a clone at `folder/tree` with one commit that is not pushed. */
async function clone({ git, url, folder }: Scene, file: string): Promise<void> {
  await git('clone', '--quiet', url(), 'tree');
  writeFileSync(join(folder, 'tree', file), 'text');
  await git('-C', 'tree', 'add', '--all');
  await git('-C', 'tree', 'commit', '--quiet', '-m', file);
}

test('alice clones, pushes a branch, is denied on main and told why, and nothing of that is written', (t) => withScene(t, async (scene) => {
  const { git, gitFails, client, allow, gatehouse, folder, url } = scene;
  await allow(everything);
  await clone(scene, 'first');
  await git('-C', 'tree', 'push', '--quiet', 'origin', 'HEAD:main');
  assert.equal((await client.send(new GetRepositoryCommand({ repositoryName: 'orders' }))).repositoryMetadata!.defaultBranch, 'main');
  await allow(everything, { Effect: 'Deny', Action: 'codecommit:GitPush', Resource: '*', Condition: { StringEqualsIfExists: { 'codecommit:References': ['refs/heads/main'] }, Null: { 'codecommit:References': 'false' } } });
  writeFileSync(join(folder, 'tree', 'second'), 'x'.repeat(3_000_000));
  await git('-C', 'tree', 'add', '--all');
  await git('-C', 'tree', 'commit', '--quiet', '-m', 'second');
  const before = (await client.send(new GetBranchCommand({ repositoryName: 'orders', branchName: 'main' }))).branch!.commitId;
  const said = await gitFails('-C', 'tree', 'push', 'origin', 'HEAD:main');
  assert.match(said, /remote: User: arn:aws:iam::\d+:user\/alice is not authorized to perform: codecommit:GitPush on resource: arn:aws:codecommit:us-east-1:\d+:orders with an explicit deny in an identity-based policy/);
  assert.match(said, /! \[remote rejected\] HEAD -> main \(denied\)/);
  assert.equal((await client.send(new GetBranchCommand({ repositoryName: 'orders', branchName: 'main' }))).branch!.commitId, before);
  // Of two at once, one of which is denied, neither is written.
  await gitFails('-C', 'tree', 'push', 'origin', 'HEAD:main', 'HEAD:both');
  await git('-C', 'tree', 'push', '--quiet', 'origin', 'HEAD:feature/x');
  assert.deepEqual((await client.send(new ListBranchesCommand({ repositoryName: 'orders' }))).branches, ['feature/x', 'main']);
  await git('clone', '--quiet', '--branch', 'feature/x', url(), 'again');
  assert.equal(await git('-C', 'again', 'rev-parse', 'HEAD'), await git('-C', 'tree', 'rev-parse', 'HEAD'));
  const records = gatehouse.auditRecords as { eventName: string; errorCode?: string; additionalEventData?: { protocol: string; authorizationId?: string } }[];
  assert.ok(records.some(({ eventName, additionalEventData }) => eventName === 'GitPull' && additionalEventData!.protocol === 'SSH'));
  assert.match(records.find(({ eventName, errorCode }) => eventName === 'GitPush' && errorCode === 'AccessDenied')!.additionalEventData!.authorizationId!, /./);
}));

test('without a policy there is neither pull nor push, and who may pull may not push', (t) => withScene(t, async (scene) => {
  const { git, gitFails, url, allow, gatehouse } = scene;
  assert.match(await gitFails('clone', url(), 'tree'), /alice is not authorized to perform: codecommit:GitPull on resource: .*:orders because no identity-based policy allows the codecommit:GitPull action \(authorization id [\w-]+\)/);
  await allow({ Effect: 'Allow', Action: 'codecommit:GitPull', Resource: `arn:aws:codecommit:*:${gatehouse.account}:orders` });
  await clone(scene, 'file');
  assert.match(await gitFails('-C', 'tree', 'push', 'origin', 'HEAD:main'), /not authorized to perform: codecommit:GitPush/);
  assert.match(await gitFails('clone', url('other'), 'x'), /not authorized/);
  await gatehouse.iam().send(new DeleteUserPolicyCommand({ UserName: 'alice', PolicyName: 'git' }));
  assert.match(await gitFails('-C', 'tree', 'fetch'), /not authorized/);
  await allow(everything);
  assert.match(await gitFails('clone', url('none'), 'x'), /none does not exist/);
  assert.equal(await git('-C', 'tree', 'fetch'), '');
}));

test('another key, another user\'s id, an inactive key and an unknown one open nothing', (t) => withScene(t, async (scene) => {
  const { gitFails, url, allow, keyId, keyFile, gatehouse } = scene;
  await allow(everything);
  const iam = gatehouse.iam();
  await iam.send(new CreateUserCommand({ UserName: 'mallory' }));
  const other = generateKeyPairSync('rsa', { modulusLength: 2048, privateKeyEncoding: { type: 'pkcs1', format: 'pem' }, publicKeyEncoding: { type: 'spki', format: 'pem' } }).privateKey;
  const { SSHPublicKey } = await iam.send(new UploadSSHPublicKeyCommand({ UserName: 'mallory', SSHPublicKeyBody: publicLine(other) }));
  for (const user of [SSHPublicKey!.SSHPublicKeyId!, 'APKAAAAAAAAAAAAAAAAA', 'alice', 'root', 'git']) assert.match(await gitFails('clone', url('orders', user), 'x'), /Permission denied \(publickey\)/, user);
  await iam.send(new UpdateSSHPublicKeyCommand({ UserName: 'alice', SSHPublicKeyId: keyId, Status: 'Inactive' }));
  assert.match(await gitFails('clone', url(), 'x'), /Permission denied \(publickey\)/);
  await iam.send(new UpdateSSHPublicKeyCommand({ UserName: 'alice', SSHPublicKeyId: keyId, Status: 'Active' }));
  writeFileSync(keyFile, other, { mode: 0o600 });
  assert.match(await gitFails('clone', url(), 'x'), /Permission denied \(publickey\)/);
  // Each connection is recorded, of the account whose key was named where there is one.
  const recorded = () => (gatehouse.auditRecords as { readonly eventName: string; readonly userIdentity: { readonly userName: string }; readonly recipientAccountId?: string }[]).filter(({ eventName }) => eventName === 'GitAuthenticate');
  while (recorded().length < 7) await new Promise(setImmediate);
  assert.deepEqual(recorded().map(({ userIdentity: { userName }, recipientAccountId }) => [userName, recipientAccountId]), [
    [SSHPublicKey!.SSHPublicKeyId!, gatehouse.account], ['APKAAAAAAAAAAAAAAAAA', undefined], ['alice', undefined], ['root', undefined], ['git', undefined], [keyId, gatehouse.account], [keyId, gatehouse.account],
  ]);
}));

test('nothing but Git\'s two commands is run: no shell, no other program, no forwarding, no way out of the folder', (t) => withScene(t, async ({ ssh, keyId, allow, port }) => {
  await allow(everything);
  const shell = await ssh(`${keyId}@127.0.0.1`);
  assert.match(shell.said, /Interactive shells are not supported/);
  for (const command of ['ls', 'git-upload-pack', "git-upload-pack '/v1/repos/orders' ; touch /tmp/owned", "git-upload-pack '/v1/repos/../../x'", "git-upload-pack --help '/v1/repos/orders'", "git-upload-archive '/v1/repos/orders'", "git-upload-pack '/v1/repos/orders'$(id)", "git upload-pack '/v1/repos/$(id)'", "sh -c 'git-upload-pack /v1/repos/orders'"]) {
    const { status, said } = await ssh(`${keyId}@127.0.0.1`, command);
    assert.deepEqual([status, /can be run|does not exist/.test(said)], [1, true], command);
  }
  // With -N there would be a forwarding and nothing else; the target is our own port, on loopback.
  const forwarded = await ssh('-o', 'ExitOnForwardFailure=yes', '-R', `0:127.0.0.1:${port}`, `${keyId}@127.0.0.1`, 'x');
  assert.notEqual(forwarded.status, 0);
  assert.notEqual((await ssh('-s', `${keyId}@127.0.0.1`, 'sftp')).status, 0);
  // A terminal that is asked for is not there, and an agent that is offered is asked for nothing.
  const verbose = await ssh('-v', '-tt', '-A', `${keyId}@127.0.0.1`, 'tty');
  assert.match(verbose.said, /PTY allocation request failed/);
  assert.doesNotMatch(verbose.said, /client_request_agent|auth-agent@openssh\.com.*confirm/);
  assert.notEqual(verbose.status, 0);
  assert.notEqual((await ssh('-W', `127.0.0.1:${port}`, `${keyId}@127.0.0.1`)).status, 0);
}));

test('a signature over SHA-1 is refused', (t) => withScene(t, async ({ ssh, keyId, allow }) => {
  await allow(everything);
  const { said } = await ssh('-o', 'PubkeyAcceptedAlgorithms=ssh-rsa', '-o', 'HostKeyAlgorithms=ssh-ed25519', `${keyId}@127.0.0.1`, "git-upload-pack '/v1/repos/orders'");
  assert.match(said, /Permission denied \(publickey\)|no mutual signature/);
}));

test('only branches, tags and notes are pushed, the default branch is not removed, and hooks that come along are not run', (t) => withScene(t, async (scene) => {
  const { git, gitFails, allow, client } = scene;
  await allow(everything);
  await clone(scene, 'file');
  await git('-C', 'tree', 'push', '--quiet', 'origin', 'HEAD:main', 'HEAD:refs/tags/v1');
  assert.match(await gitFails('-C', 'tree', 'push', 'origin', 'HEAD:refs/hidden/x'), /Only branches, tags and notes can be pushed/);
  assert.match(await gitFails('-C', 'tree', 'push', 'origin', ':main'), /The default branch cannot be deleted/);
  await git('-C', 'tree', 'push', '--quiet', 'origin', 'HEAD:old');
  await git('-C', 'tree', 'push', '--quiet', 'origin', ':old');
  assert.deepEqual((await client.send(new ListBranchesCommand({ repositoryName: 'orders' }))).branches, ['main']);
  assert.match(await git('-C', 'tree', 'ls-remote', '--tags', 'origin'), /refs\/tags\/v1$/);
}));

test('a key pair of EC2 opens instances and nothing here, under whatever name it is offered', (t) => withScene(t, async ({ gatehouse, allow, keyId, port, folder }) => {
  await allow(everything);
  const { KeyMaterial, KeyPairId, KeyName } = await ec2Of(gatehouse)('CreateKeyPair', { KeyName: 'alice' });
  const file = join(folder, 'pair.pem');
  writeFileSync(file, KeyMaterial!, { mode: 0o600 });
  for (const user of [keyId, KeyPairId!, KeyName!, 'ec2-user']) {
    const tried = promisify(execFile)('ssh', ['-i', file, '-F', 'none', '-o', 'IdentitiesOnly=yes', '-o', 'IdentityAgent=none', '-o', 'BatchMode=yes', '-o', 'StrictHostKeyChecking=no', '-o', `UserKnownHostsFile=${join(folder, 'known')}`, '-p', String(port), `${user}@127.0.0.1`], { encoding: 'utf8' });
    await assert.rejects(tried, (thrown: { stderr?: string }) => /Permission denied \(publickey\)/.test(thrown.stderr ?? ''), user);
  }
  // Nor does its id sign requests.
  await assert.rejects(ec2Of(gatehouse, { accessKeyId: KeyPairId!, secretAccessKey: KeyMaterial! })('DescribeKeyPairs', {}), { code: 'AuthFailure', status: 401, message: 'AWS was not able to validate the provided access credentials' });
}));
