/** The agent gives what runs on a machine the credentials of a role, as an instance's metadata service and as a container's endpoint do, and to nobody who may not have them. */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { readAccessKey } from '../../src/cli/credentials-file.ts';
import { answerContainer, byTokenFile } from '../../src/doors/agent/container-credentials.ts';
import { HeldCredentials } from '../../src/doors/agent/held-credentials.ts';
import type { MachineCredentials } from '../../src/doors/agent/held-credentials.ts';
import { podClaims, podTrust } from '../eks/cluster.ts';
import { root } from '../imports.ts';
import { findOnPath, homeOf, plainEnvironment, startProgram } from '../running.ts';
import { signRequest } from '../sign-request.ts';
import { trusting } from './anywhere.ts';

const run = promisify(execFile);

describe('gatehouse agent', () => {
  let folder: string;
  let program: Awaited<ReturnType<typeof startProgram>>;
  let flags: readonly string[];
  let admin: NonNullable<ReturnType<typeof readAccessKey>>;
  const started: ReturnType<typeof spawn>[] = [];

  const environment = (): NodeJS.ProcessEnv => ({ ...plainEnvironment(), ...homeOf(folder), AWS_ENDPOINT_URL: program.endpoint });
  const gatehouse = (...args: readonly string[]) => run(process.execPath, [join(root, 'bin', 'gatehouse'), ...args], { cwd: folder, env: environment(), encoding: 'utf8' });

  /** Starts an agent; resolves to the variables that it says clients need. */
  const agent = (...more: readonly string[]): Promise<NodeJS.ProcessEnv> => agentWith([...flags, ...more]);

  async function agentWith(args: readonly string[]): Promise<NodeJS.ProcessEnv> {
    const child = spawn(process.execPath, [join(root, 'bin', 'gatehouse'), 'agent', '--port', '0', ...args], { cwd: folder, env: environment(), stdio: ['ignore', 'pipe', 'inherit'] });
    started.push(child);
    let said = '';
    child.stdout.setEncoding('utf8');
    for await (const text of child.stdout.iterator({ destroyOnReturn: false })) {
      said += text;
      if (/=.*\n$/.test(said)) break;
    }
    return Object.fromEntries(Array.from(said.matchAll(/^ {2}(AWS_\w+)=(\S+)$/gm), ([, name, value]) => [name!, value]));
  }

  async function call(service: string, target: string, document?: object, method = 'POST'): Promise<unknown> {
    const { rawHeaders, body } = signRequest({ ...admin, at: Date.now(), service, region: 'us-east-1', method, target, headers: { 'Content-Type': 'application/json', Host: new URL(program.endpoint).host }, body: document ? JSON.stringify(document) : '' });
    const answer = await fetch(new URL(target, program.endpoint), { method, ...(document && { body: Buffer.from(body) }), headers: Object.fromEntries(rawHeaders.flatMap((name, i) => (i % 2 === 0 && !/^(?:host|content-length)$/i.test(name) ? [[name, rawHeaders[i + 1]!] as const] : []))) });
    return answer.json();
  }

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gatehouse-agent-'));
    const dataDir = join(folder, 'data');
    program = await startProgram({ args: ['--port', '0', '--data-dir', dataDir], cwd: folder });
    await gatehouse('ca', 'init', '--subject', 'CN=Authority');
    await gatehouse('ca', 'issue', '--subject', 'CN=machine', '--out', 'machine');
    admin = readAccessKey(dataDir, 'default')!;
    const { Role } = await new IAMClient({ region: 'us-east-1', endpoint: program.endpoint, credentials: admin }).send(new CreateRoleCommand({ RoleName: 'device', AssumeRolePolicyDocument: trusting() }));
    const { trustAnchor } = await call('rolesanywhere', '/trustanchors', { name: 'a', enabled: true, source: { sourceType: 'CERTIFICATE_BUNDLE', sourceData: { x509CertificateData: readFileSync(join(folder, 'ca', 'ca.pem'), 'utf8') } } }) as { readonly trustAnchor: { readonly trustAnchorArn: string } };
    const { profile } = await call('rolesanywhere', '/profiles', { name: 'p', enabled: true, roleArns: [Role!.Arn] }) as { readonly profile: { readonly profileArn: string } };
    flags = ['--certificate', join(folder, 'machine.pem'), '--private-key', join(folder, 'machine-key.pem'), '--trust-anchor-arn', trustAnchor.trustAnchorArn, '--profile-arn', profile.profileArn, '--role-arn', Role!.Arn!];
  });

  after(async () => {
    for (const child of started) {
      const over = once(child, 'exit');
      child.kill('SIGTERM');
      assert.deepEqual(await over, [0, null]);
    }
    assert.equal(await program.stop(), 0);
    rmSync(folder, { recursive: true });
  });

  /** What each client says who it is, with nothing but the endpoint to go by. */
  const clients: Readonly<Record<string, { readonly program: string | undefined; readonly args: (endpoint: string) => readonly string[] }>> = {
    'the AWS CLI': { program: findOnPath('aws'), args: (endpoint) => ['--endpoint-url', endpoint, '--region', 'us-east-1', 'sts', 'get-caller-identity'] },
    boto3: { program: findOnPath('python3'), args: (endpoint) => ['-c', `import boto3; print(boto3.client("sts", region_name="us-east-1", endpoint_url="${endpoint}").get_caller_identity()["Arn"])`] },
    'the SDK for JavaScript': { program: process.execPath, args: (endpoint) => ['--input-type=module', '-e', `const { STSClient, GetCallerIdentityCommand } = await import('@aws-sdk/client-sts'); const { fromNodeProviderChain } = await import('@aws-sdk/credential-providers'); console.log((await new STSClient({ region: 'us-east-1', endpoint: '${endpoint}', credentials: fromNodeProviderChain() }).send(new GetCallerIdentityCommand({}))).Arn);`] },
  };

  async function askedBy(variables: NodeJS.ProcessEnv, expected = /assumed-role\/device\/[0-9a-f]{32}/): Promise<void> {
    for (const [name, { program: file, args }] of Object.entries(clients)) {
      if (file === undefined) continue;
      const { stdout, stderr } = await run(file, args(program.endpoint), { env: { ...environment(), ...variables }, cwd: root, encoding: 'utf8' }).catch((failed: { stdout: string; stderr: string }) => failed);
      if (!/No module named 'boto3'/.test(stderr)) assert.match(stdout, expected, `${name}: ${stderr}`);
    }
  }

  test('as an instance: everything on the machine that looks there has them', async () => {
    const variables = await agent();
    assert.deepEqual(Object.keys(variables), ['AWS_EC2_METADATA_SERVICE_ENDPOINT']);
    await askedBy(variables);
    const url = variables['AWS_EC2_METADATA_SERVICE_ENDPOINT']!;
    assert.equal((await fetch(`${url}latest/meta-data/iam/security-credentials/device`)).status, 401);
    assert.equal((await fetch(`${url}v1/credentials`)).status, 401);
  });

  test('as a container: who may read the file has them, and nobody else', async () => {
    const file = join(folder, 'token');
    const variables = await agent('--token-file', file);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    await askedBy(variables);
    const url = variables['AWS_CONTAINER_CREDENTIALS_FULL_URI']!;
    const ask = async (authorization: string | undefined, target = url, method = 'GET'): Promise<number> => (await fetch(target, { method, ...(authorization !== undefined && { headers: { Authorization: authorization } }) })).status;
    const token = readFileSync(file, 'utf8');
    assert.deepEqual([await ask(token), await ask(undefined), await ask(`${token}x`), await ask(token.slice(1)), await ask(`Bearer ${token}`), await ask(token, url, 'POST'), await ask(token, `${url}/`), await ask(token, new URL('/latest/meta-data/', url).href)], [200, 401, 401, 401, 401, 405, 404, 404]);
  });

  test('as the agent of a node: a pod has the role of its service account for its own token, until that is taken back', async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
    const issuer = 'https://kubernetes.default.svc.cluster.local';
    const mint = async (claims: object = {}): Promise<string> => new SignJWT({ ...podClaims(), iss: issuer, iat: Math.floor(Date.now() / 1000), exp: Math.floor(Date.now() / 1000) + 600, ...claims }).setProtectedHeader({ alg: 'ES256', kid: 'k' }).sign(privateKey);
    writeFileSync(join(folder, 'keys.json'), JSON.stringify({ keys: [{ ...await exportJWK(publicKey), kid: 'k' }] }));
    const dataDir = join(folder, 'data');
    await gatehouse('cluster', 'register', 'blue', '--issuer-url', issuer, '--keys', 'keys.json', '--data-dir', dataDir);
    const iam = new IAMClient({ region: 'us-east-1', endpoint: program.endpoint, credentials: admin });
    const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'api', AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [podTrust()] }) }));
    const { association } = await call('eks', '/clusters/blue/pod-identity-associations', { namespace: 'web', serviceAccount: 'api', roleArn: Role!.Arn }) as { readonly association: { readonly associationId: string } };
    const variables = await agent('--cluster', 'blue');
    const url = variables['AWS_CONTAINER_CREDENTIALS_FULL_URI']!;
    const ask = async (authorization: string | undefined, headers: Readonly<Record<string, string>> = {}): Promise<readonly [number, string | undefined]> => {
      const answer = await fetch(url, { headers: { ...(authorization !== undefined && { Authorization: authorization }), ...headers } });
      const { code, AccessKeyId } = await answer.json() as { readonly code?: string; readonly AccessKeyId?: string };
      return [answer.status, AccessKeyId === undefined ? code : 'given'];
    };
    const token = await mint();
    // The node has no right to ask yet, of which pods are told no more than that.
    assert.deepEqual(await ask(token), [503, 'CredentialsUnavailable']);
    await iam.send(new PutRolePolicyCommand({ RoleName: 'device', PolicyName: 'pods', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'eks-auth:AssumeRoleForPodIdentity', Resource: '*' }] }) }));
    assert.deepEqual(await ask(token), [200, 'given']);
    const file = join(folder, 'pod-token');
    writeFileSync(file, token, { mode: 0o600 });
    await askedBy({ AWS_CONTAINER_CREDENTIALS_FULL_URI: url, AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: file }, /assumed-role\/api\/eks-blue-api-0-/);
    const other = await mint(podClaims({ serviceAccount: 'other' }));
    const attacks: readonly (readonly [string | undefined, string, Readonly<Record<string, string>>?])[] = [
      [undefined, 'InvalidAuthorizationToken'], ['', 'InvalidAuthorizationToken'], [`Bearer ${token}`, 'InvalidAuthorizationToken'], [`${token}.x`, 'InvalidAuthorizationToken'], [other, 'ResourceNotFoundException'],
      [`${token.slice(0, -4)}AAAA`, 'InvalidTokenException'], [await mint({ exp: 1 }), 'ExpiredTokenException'], [await mint({ aud: 'sts.amazonaws.com' }), 'InvalidTokenException'], [await mint({ 'kubernetes.io': {} }), 'InvalidTokenException'],
      [token, 'ForwardedRequest', { 'X-Forwarded-For': '10.0.0.1' }], [token, 'ForwardedRequest', { Forwarded: 'for=10.0.0.1' }],
    ];
    for (const [authorization, code, headers] of attacks) assert.equal((await ask(authorization, headers))[1], code, String(authorization));
    // A token beyond all size does not reach anything: its connection ends.
    await assert.rejects(ask('x'.repeat(9_000)));
    await call('eks', `/clusters/blue/pod-identity-associations/${association.associationId}`, undefined, 'DELETE');
    assert.deepEqual(await ask(token), [404, 'ResourceNotFoundException']);
  });

  test('a machine enrols with its code once, and starts again without it: all that it keeps is for its owner alone', async () => {
    const dataDir = join(folder, 'data');
    await gatehouse('machine', 'authority', '--data-dir', dataDir);
    await gatehouse('machine', 'add', 'runner-1', '--profile-arn', flags[flags.indexOf('--profile-arn') + 1]!, '--role', flags[flags.indexOf('--role-arn') + 1]!, '--out', 'code', '--data-dir', dataDir);
    assert.equal(statSync(join(folder, 'code')).mode & 0o777, 0o600);
    await assert.rejects(gatehouse('machine', 'add', 'runner-2', '--profile-arn', flags[flags.indexOf('--profile-arn') + 1]!, '--role', flags[flags.indexOf('--role-arn') + 1]!, '--data-dir', dataDir), /--out is needed/);
    const machine = join(folder, 'runner-1');
    await assert.rejects(gatehouse('agent', '--port', '0', '--machine-dir', machine), /has not enrolled: give the code/);
    await askedBy(await agentWith(['--machine-dir', machine, '--code-file', join(folder, 'code')]));
    assert.deepEqual([statSync(machine).mode & 0o777, ...readdirSync(machine).map((name) => statSync(join(machine, name)).mode & 0o777)], [0o700, 0o600, 0o600, 0o600]);
    rmSync(join(folder, 'code'));
    await agentWith(['--machine-dir', machine, '--code-file', join(folder, 'code')]);
    chmodSync(join(machine, 'key.pem'), 0o644);
    await assert.rejects(gatehouse('agent', '--port', '0', '--machine-dir', machine), /others may read the private key/);
    await assert.rejects(gatehouse('agent', '--port', '0', '--machine-dir', machine, ...flags), /--machine-dir needs no certificate/);
  });

  test('a key that others may read is refused, and so is a machine that Gatehouse refuses, before anything is served', async () => {
    const refused = (args: readonly string[], expected: RegExp) => assert.rejects(gatehouse('agent', '--port', '0', ...args), (thrown: { code: number; stdout: string; stderr: string }) => {
      assert.deepEqual([thrown.code, thrown.stdout], [1, ''], thrown.stderr);
      assert.match(thrown.stderr, expected);
      return true;
    });
    writeFileSync(join(folder, 'open-key.pem'), readFileSync(join(folder, 'machine-key.pem')));
    chmodSync(join(folder, 'open-key.pem'), 0o640);
    await refused(flags.map((flag) => flag.replace('machine-key', 'open-key')), /others may read the private key/);
    await refused(flags.map((flag) => flag.replace('role/device', 'role/other')), /AccessDenied/);
  });
});

const given = (expiration: number, AccessKeyId = 'ASIA'): MachineCredentials => ({ AccessKeyId, SecretAccessKey: 's', SessionToken: 't', Expiration: new Date(expiration).toISOString() });

test('credentials are made anew a quarter of an hour before their end, once for all who ask; a failure is nobody\'s while the old ones are good', async () => {
  let now = 0;
  let asked = 0;
  let failure: Error | undefined;
  const held = new HeldCredentials(async () => {
    asked++;
    if (failure) throw failure;
    return given(now + 3_600_000, `ASIA${asked}`);
  }, () => now);
  await Promise.all([held.current(), held.current()]);
  now = 44 * 60_000;
  assert.deepEqual([(await held.current()).AccessKeyId, asked], ['ASIA1', 1]);
  now = 45 * 60_000;
  failure = new Error('nothing answers');
  assert.equal((await held.current()).AccessKeyId, 'ASIA1');
  failure = undefined;
  assert.equal((await held.current()).AccessKeyId, 'ASIA3');
  failure = new Error('nothing answers');
  now += 3_600_000;
  await assert.rejects(held.current(), failure);
});

test('under another Host a container\'s credentials are given to nobody: DNS rebinding reads nothing', async () => {
  const asked = { hosts: new Set(['127.0.0.1:4580']), open: byTokenFile('right', new HeldCredentials(async () => given(9e12), () => 0), 'arn:aws:iam::111122223333:role/device') };
  const statusOf = async (host: string | undefined): Promise<number> => (await answerContainer({ method: 'GET', target: '/v1/credentials', header: (name) => ({ host, authorization: 'right' } as Record<string, string | undefined>)[name] }, asked)).status;
  assert.deepEqual([await statusOf('127.0.0.1:4580'), await statusOf('evil.example:4580'), await statusOf(undefined)], [200, 403, 403]);
});
