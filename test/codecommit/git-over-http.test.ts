/** Git over HTTP with the machine's own git: service-specific credentials and the AWS CLI's credential helper open what policies let them, and nothing else does. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { promisify } from 'node:util';
import { CodeCommitClient, CreateRepositoryCommand, GetBranchCommand, ListBranchesCommand } from '@aws-sdk/client-codecommit';
import { AttachRolePolicyCommand, CreateAccessKeyCommand, CreateRoleCommand, CreateServiceSpecificCredentialCommand, CreateUserCommand, PutUserPolicyCommand, UpdateServiceSpecificCredentialCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { handle } from '../../src/server/handle.ts';
import { listen } from '../../src/server/listen.ts';
import { isStreamedRoute } from '../../src/server/own-routes.ts';
import { startGatehouse } from '../gatehouse.ts';
import type { KeyPair, TestGatehouse } from '../gatehouse.ts';
import { findOnPath } from '../running.ts';
import { gitEnvironment } from './work-tree.ts';

interface Scene {
  readonly gatehouse: TestGatehouse;
  readonly client: CodeCommitClient;
  readonly base: string;
  readonly folder: string;
  /** alice's service-specific credential. */
  readonly name: string;
  readonly password: string;
  readonly credentialId: string;
  url(name?: string, password?: string, path?: string): string;
  git(...args: string[]): Promise<string>;
  gitFails(...args: string[]): Promise<string>;
  /** Runs git with the AWS CLI's helper and these credentials. */
  gitWith(key: KeyPair, ...args: string[]): Promise<string>;
  allow(...statements: readonly object[]): Promise<void>;
}

const everything = { Effect: 'Allow', Action: 'codecommit:*', Resource: '*' };

async function withScene(t: TestContext, programs: readonly string[], work: (scene: Scene) => Promise<void>): Promise<void> {
  for (const program of programs) if (findOnPath(program) === undefined) return t.skip(`${program.toUpperCase()} IS NOT ON THE PATH: Git over HTTP was not tried with it. Install it to run this test.`);
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-http-'));
  // The helper dates its passwords by the machine's clock.
  const gatehouse = await startGatehouse({ startsAt: Date.now() });
  const { url: base, stop } = await listen({ host: '127.0.0.1', port: 0, tls: undefined, now: () => gatehouse.clock.now, newRequestId: randomUUID, handle: (request) => handle(gatehouse.plane, request), streams: ({ target }) => isStreamedRoute(target), together: (work) => work() });
  try {
    const iam = gatehouse.iam();
    await iam.send(new CreateUserCommand({ UserName: 'alice' }));
    const { ServiceSpecificCredential } = await iam.send(new CreateServiceSpecificCredentialCommand({ UserName: 'alice', ServiceName: 'codecommit.amazonaws.com' }));
    const { ServiceUserName: name, ServicePassword: password, ServiceSpecificCredentialId: credentialId } = ServiceSpecificCredential as { ServiceUserName: string; ServicePassword: string; ServiceSpecificCredentialId: string };
    const client = gatehouse.client(CodeCommitClient);
    await client.send(new CreateRepositoryCommand({ repositoryName: 'orders' }));
    const run = async (env: NodeJS.ProcessEnv, args: readonly string[]): Promise<string> => (await promisify(execFile)('git', ['-C', folder, ...args], { env, encoding: 'utf8' })).stdout.trim();
    const git = (...args: string[]): Promise<string> => run(gitEnvironment, args);
    await work({
      gatehouse, client, base, folder, name, password, credentialId, git,
      url: (user = name, secret = password, path = '/v1/repos/orders') => base.replace('//', `//${encodeURIComponent(user)}:${encodeURIComponent(secret)}@`) + path,
      gitFails: (...args) => git(...args).then((output) => assert.fail(`git ${args.join(' ')} succeeded: ${output}`), (error: { stderr?: string }) => error.stderr ?? assert.fail(String(error))),
      gitWith: (key, ...args) => run({ ...gitEnvironment, HOME: folder, AWS_ACCESS_KEY_ID: key.accessKeyId, AWS_SECRET_ACCESS_KEY: key.secretAccessKey, ...(key.sessionToken !== undefined && { AWS_SESSION_TOKEN: key.sessionToken }), AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'us-east-1', AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null', PYTHONDONTWRITEBYTECODE: '1' },
        ['-c', 'credential.helper=', '-c', 'credential.helper=!aws codecommit credential-helper --ignore-host-check $@', '-c', 'credential.UseHttpPath=true', ...args]),
      async allow(...statements) {
        await iam.send(new PutUserPolicyCommand({ UserName: 'alice', PolicyName: 'git', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: statements }) }));
      },
    });
  } finally {
    await stop();
    await gatehouse.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function commit({ git, folder }: Scene, file: string, text: string): Promise<void> {
  writeFileSync(join(folder, 'tree', file), text);
  await git('-C', 'tree', 'add', '--all');
  await git('-C', 'tree', 'commit', '--quiet', '-m', file);
}

test('a service-specific credential clones and pushes, a denied push says why and writes nothing', (t) => withScene(t, ['git'], async (scene) => {
  const { git, gitFails, client, allow, url } = scene;
  await allow(everything);
  await git('clone', '--quiet', url(), 'tree');
  await commit(scene, 'large', 'line\n'.repeat(600_000));
  await git('-C', 'tree', 'push', '--quiet', 'origin', 'HEAD:main');
  const { branch } = await client.send(new GetBranchCommand({ repositoryName: 'orders', branchName: 'main' }));
  assert.equal(branch!.commitId, await git('-C', 'tree', 'rev-parse', 'HEAD'));
  await git('clone', '--quiet', url(), 'again');
  await git('-C', 'again', 'fetch', '--quiet');
  await git('-c', 'protocol.version=0', 'clone', '--quiet', url(), 'older');
  await allow(everything, { Effect: 'Deny', Action: 'codecommit:GitPush', Resource: '*', Condition: { StringLike: { 'codecommit:References': 'refs/heads/main' } } });
  await commit(scene, 'second', 'x'.repeat(2_000_000));
  const said = await gitFails('-C', 'tree', 'push', 'origin', 'HEAD:main');
  assert.match(said, /remote: User: .*user\/alice is not authorized to perform: codecommit:GitPush .* with an explicit deny/);
  assert.match(said, /\[remote rejected\] HEAD -> main \(denied\)/);
  assert.equal((await client.send(new GetBranchCommand({ repositoryName: 'orders', branchName: 'main' }))).branch!.commitId, branch!.commitId);
  await git('-C', 'tree', 'push', '--quiet', 'origin', 'HEAD:topic');
  assert.deepEqual((await client.send(new ListBranchesCommand({ repositoryName: 'orders' }))).branches, ['main', 'topic']);
}));

test('without a policy it is 403 with the reason, an absent repository is 404, and who is not proven is 401', (t) => withScene(t, ['git'], async ({ gitFails, allow, url, base, name, password, credentialId, gatehouse }) => {
  assert.match(await gitFails('clone', url(), 'x'), /remote: User: .*user\/alice is not authorized to perform: codecommit:GitPull[^]*error: 403/);
  await allow(everything);
  assert.match(await gitFails('clone', url(name, password, '/v1/repos/none'), 'x'), /none does not exist[^]*not found/);
  for (const [user, secret] of [[name, 'wrong'], ['bob-at-111122223333', password], [name.replace('alice', 'Alice'), password], [name, ''], ['alice', password], ['x'.repeat(5_000), 'y']] as const) assert.match(await gitFails('clone', url(user, secret), 'x'), /Authentication failed|could not read Password/, user.slice(0, 30));
  await gatehouse.iam().send(new UpdateServiceSpecificCredentialCommand({ UserName: 'alice', ServiceSpecificCredentialId: credentialId, Status: 'Inactive' }));
  assert.match(await gitFails('clone', url(), 'x'), /Authentication failed/);
  const recorded = new Set((gatehouse.auditRecords as { readonly eventName: string; readonly userIdentity: { readonly userName: string } }[]).filter(({ eventName }) => eventName === 'GitAuthenticate').map(({ userIdentity: { userName } }) => userName));
  for (const user of [name, 'bob-at-111122223333', 'alice', 'x'.repeat(128)]) assert.ok(recorded.has(user), user);
  assert.ok(!JSON.stringify(gatehouse.auditRecords).includes(password));
  const ask = async (path: string, init: RequestInit = {}): Promise<number> => (await fetch(`${base}${path}`, init)).status;
  assert.equal(await ask('/v1/repos/orders/info/refs?service=git-upload-pack'), 401);
  for (const path of ['/v1/repos/orders', '/v1/repos/orders/HEAD', '/v1/repos/orders/info/refs', '/v1/repos/orders/info/refs?service=git-upload-archive', '/v1/repos/../../x/info/refs?service=git-upload-pack', '/v1/repos/a%2fb/info/refs?service=git-upload-pack']) assert.equal(await ask(path), 404, path);
  assert.equal(await ask('/v1/repos/orders/git-upload-pack', { method: 'PUT' }), 405);
}));

test('the AWS CLI\'s credential helper opens repositories with long-term and with temporary credentials; its password is good for one repository and a quarter of an hour', (t) => withScene(t, ['git', 'aws'], async (scene) => {
  const { gatehouse, gitWith, git, gitFails, base, folder, client } = scene;
  const iam = gatehouse.iam();
  const url = `${base}/v1/repos/orders`;
  await gitWith(gatehouse.admin, 'clone', '--quiet', url, 'tree');
  await commit(scene, 'file', 'text');
  await gitWith(gatehouse.admin, '-C', 'tree', 'push', '--quiet', 'origin', 'HEAD:main');
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'reader', AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: gatehouse.account }, Action: 'sts:AssumeRole' }] }) }));
  await iam.send(new AttachRolePolicyCommand({ RoleName: 'reader', PolicyArn: 'arn:aws:iam::aws:policy/AWSCodeCommitReadOnly' }));
  const { Credentials } = await gatehouse.sts().send(new AssumeRoleCommand({ RoleArn: Role!.Arn!, RoleSessionName: 'session' }));
  const session = { accessKeyId: Credentials!.AccessKeyId!, secretAccessKey: Credentials!.SecretAccessKey!, sessionToken: Credentials!.SessionToken! };
  await gitWith(session, 'clone', '--quiet', url, 'read');
  await assert.rejects(gitWith(session, '-C', 'tree', 'push', 'origin', 'HEAD:other'), /assumed-role\/reader\/session is not authorized to perform: codecommit:GitPush/);
  const stranger = await iam.send(new CreateAccessKeyCommand({ UserName: 'alice' }));
  await assert.rejects(gitWith({ accessKeyId: stranger.AccessKey!.AccessKeyId!, secretAccessKey: `${stranger.AccessKey!.SecretAccessKey!}x` }, 'clone', url, 'x'), /Authentication failed/);
  // What the helper gives, shown by hand.
  const given = await helperPassword(gatehouse.admin, base, folder);
  await client.send(new CreateRepositoryCommand({ repositoryName: 'other' }));
  const at = (path: string, password = given): string => `${base.replace('//', `//${encodeURIComponent(gatehouse.admin.accessKeyId)}:${encodeURIComponent(password)}@`)}${path}`;
  await git('ls-remote', at('/v1/repos/orders'));
  assert.match(await gitFails('ls-remote', at('/v1/repos/other')), /Authentication failed/);
  assert.match(await gitFails('ls-remote', at('/v1/repos/orders', given.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')))), /Authentication failed/);
  // The helper dates by the machine's clock, which may have run on meanwhile.
  gatehouse.clock.advance(30 * 60_000);
  assert.match(await gitFails('ls-remote', at('/v1/repos/orders')), /Authentication failed/);
}));

/** The password that the helper makes for `orders`. */
async function helperPassword(key: KeyPair, base: string, folder: string): Promise<string> {
  const { host, protocol } = new URL(base);
  const answer = await new Promise<string>((resolve, reject) => {
    const child = execFile('aws', ['codecommit', 'credential-helper', '--ignore-host-check', 'get'], { env: { PATH: process.env['PATH'], HOME: folder, AWS_ACCESS_KEY_ID: key.accessKeyId, AWS_SECRET_ACCESS_KEY: key.secretAccessKey, AWS_DEFAULT_REGION: 'us-east-1' } }, (error, stdout) => (error ? reject(error) : resolve(stdout)));
    child.stdin!.end(`protocol=${protocol.replace(':', '')}\nhost=${host}\npath=v1/repos/orders\n`);
  });
  return /^password=(.*)$/m.exec(answer)![1]!;
}
