/** Clients of the Git doors that break off, hang, or speak out of turn: the server lives on, no git outlives whom it served, and a key that is taken away opens nothing more. */
import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { gzipSync } from 'node:zlib';
import ssh2 from 'ssh2';
import { CodeCommitClient, CreateRepositoryCommand, DeleteRepositoryCommand, ListBranchesCommand } from '@aws-sdk/client-codecommit';
import { CreateServiceSpecificCredentialCommand, CreateUserCommand, PutUserPolicyCommand, UpdateSSHPublicKeyCommand, UploadSSHPublicKeyCommand } from '@aws-sdk/client-iam';
import { packet, flushPacket } from '../../src/doors/git/pkt-line.ts';
import { listenForGit, newHostKey } from '../../src/doors/git/ssh-server.ts';
import { gitGround } from '../../src/server/git-listener.ts';
import { handle } from '../../src/server/handle.ts';
import { listen } from '../../src/server/listen.ts';
import { isStreamedRoute } from '../../src/server/own-routes.ts';
import { startGatehouse } from '../gatehouse.ts';
import type { TestGatehouse } from '../gatehouse.ts';
import { findOnPath } from '../running.ts';
import { commitFiles } from './work-tree.ts';

interface Scene {
  readonly gatehouse: TestGatehouse;
  readonly client: CodeCommitClient;
  readonly httpPort: number;
  readonly sshPort: number;
  readonly keyId: string;
  readonly privateKey: string;
  /** The bare repository, and the commit in it: four megabytes that do not pack. */
  readonly path: string;
  readonly commitId: string;
  readonly authorization: string;
  closeSsh(): Promise<void>;
}

async function withScene(t: TestContext, work: (scene: Scene) => Promise<void>): Promise<void> {
  if (findOnPath('git') === undefined) return t.skip('GIT IS NOT ON THE PATH: the Git doors were not attacked. Install it to run this test.');
  const gatehouse = await startGatehouse();
  const http = await listen({ host: '127.0.0.1', port: 0, tls: undefined, now: () => gatehouse.clock.now, newRequestId: randomUUID, handle: (request) => handle(gatehouse.plane, request), streams: ({ target }) => isStreamedRoute(target), together: (work) => work() });
  const ssh = await listenForGit(gitGround(gatehouse.plane), { host: '127.0.0.1', port: 0, hostKey: newHostKey() });
  try {
    const iam = gatehouse.iam();
    await iam.send(new CreateUserCommand({ UserName: 'alice' }));
    await iam.send(new PutUserPolicyCommand({ UserName: 'alice', PolicyName: 'git', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'codecommit:*', Resource: '*' }] }) }));
    const { ServiceSpecificCredential } = await iam.send(new CreateServiceSpecificCredentialCommand({ UserName: 'alice', ServiceName: 'codecommit.amazonaws.com' }));
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048, privateKeyEncoding: { type: 'pkcs1', format: 'pem' }, publicKeyEncoding: { type: 'spki', format: 'pem' } });
    const key = ssh2.utils.parseKey(privateKey);
    assert.ok(!(key instanceof Error));
    const { SSHPublicKey } = await iam.send(new UploadSSHPublicKeyCommand({ UserName: 'alice', SSHPublicKeyBody: `ssh-rsa ${key.getPublicSSH().toString('base64')}` }));
    const client = gatehouse.client(CodeCommitClient);
    const { repositoryMetadata } = await client.send(new CreateRepositoryCommand({ repositoryName: 'orders' }));
    const path = await gatehouse.plane.git.open(repositoryMetadata!.repositoryId!);
    const [commitId] = await commitFiles(path, [{ large: randomBytes(3_000_000).toString('latin1') }]);
    const { ServiceUserName, ServicePassword } = ServiceSpecificCredential!;
    await work({
      gatehouse, client, httpPort: Number(new URL(http.url).port), sshPort: ssh.port, keyId: SSHPublicKey!.SSHPublicKeyId!, privateKey, path, commitId: commitId!,
      authorization: `Basic ${Buffer.from(`${ServiceUserName}:${ServicePassword}`).toString('base64')}`, closeSsh: () => ssh.close(),
    });
    await nothingRuns(path);
  } finally {
    await ssh.close().catch(() => {});
    await http.stop();
    await gatehouse.stop();
  }
}

/** The processes that work in a folder, by their command lines. Only where there is /proc. */
function running(path: string): readonly string[] {
  const read = (file: string): string => {
    try {
      return readFileSync(file, 'utf8');
    } catch {
      return '';
    }
  };
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return processes.map((id) => read(`/proc/${id}/cmdline`).replaceAll('\0', ' ')).filter((line) => line.startsWith('git ') && line.includes(path));
}

/** Waits until no git works in the folder: the test's own time limit says when it has waited too long. */
async function nothingRuns(path: string): Promise<void> {
  if (process.platform !== 'linux') return;
  for (let i = 0; i < 400 && running(path).length > 0; i++) await delay(20);
  assert.deepEqual(running(path), []);
}

function post({ httpPort, authorization }: Scene, service: string, head: string, body: Uint8Array): Socket {
  const socket = connect(httpPort, '127.0.0.1');
  socket.on('error', () => {});
  socket.write(`POST /v1/repos/orders/git-${service} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: ${authorization}\r\n${head}\r\n`);
  socket.write(body);
  return socket;
}

test('HTTP: a client that breaks off within a packed body takes nobody with it', { timeout: 60_000 }, (t) => withScene(t, async (scene) => {
  for (const service of ['upload-pack', 'receive-pack']) {
    const socket = post(scene, service, 'Content-Encoding: gzip\r\nContent-Length: 10000\r\n', gzipSync(packet('want'), { level: 0 }).subarray(0, 12));
    while (running(scene.path).length === 0) await delay(5);
    socket.destroy();
    await nothingRuns(scene.path);
  }
}));

test('HTTP: who leaves in the middle of a clone ends the git that served it', { timeout: 60_000 }, (t) => withScene(t, async (scene) => {
  const body = Buffer.concat([packet(`want ${scene.commitId} ofs-delta\n`), flushPacket, packet('done\n')]);
  const socket = post(scene, 'upload-pack', `Content-Length: ${body.length}\r\n`, body);
  await once(socket, 'data');
  socket.destroy();
  await nothingRuns(scene.path);
}));

test('HTTP: a reference whose name is not UTF-8 is not pushed, and a body packed otherwise is refused', { timeout: 60_000 }, (t) => withScene(t, async (scene) => {
  const name = Buffer.concat([Buffer.from(`${'0'.repeat(40)} ${scene.commitId} refs/heads/x`), Buffer.of(0xff), Buffer.from('\0 report-status')]);
  const body = Buffer.concat([packet(name), flushPacket, emptyPack]);
  const socket = post(scene, 'receive-pack', `Content-Length: ${body.length}\r\n`, body).resume();
  await once(socket, 'close');
  assert.deepEqual((await scene.client.send(new ListBranchesCommand({ repositoryName: 'orders' }))).branches, ['main']);
  const [answer] = await once(post(scene, 'upload-pack', 'Content-Encoding: deflate\r\nContent-Length: 4\r\n', flushPacket), 'data') as [Buffer];
  assert.match(answer.toString(), /^HTTP\/1.1 415 /);
}));

const login = ({ sshPort, keyId, privateKey }: Scene): Promise<ssh2.Client> => new Promise((resolve, reject) => {
  const client = new ssh2.Client();
  client.once('ready', () => resolve(client)).once('error', reject).connect({ host: '127.0.0.1', port: sshPort, username: keyId, privateKey });
});

const execute = (client: ssh2.Client, command: string): Promise<ssh2.ClientChannel> => new Promise((resolve, reject) => { client.exec(command, (error, channel) => (error ? reject(error) : resolve(channel))); });

test('SSH: a second command on a session that has one is refused, and the server lives on', { timeout: 60_000 }, (t) => withScene(t, async (scene) => {
  const client = await login(scene);
  const channel = await execute(client, "git-upload-pack '/v1/repos/orders'");
  const { _protocol: protocol } = client as unknown as { _protocol: { exec(id: number, command: string, wantsReply: boolean): void; shell(id: number, wantsReply: boolean): void } };
  const { outgoing } = channel as unknown as { outgoing: { id: number } };
  protocol.exec(outgoing.id, "git-upload-pack '/v1/repos/orders'", false);
  protocol.shell(outgoing.id, false);
  const again = await execute(client, "git-receive-pack '/v1/repos/orders'");
  await once(again, 'data');
  client.end();
}));

test('SSH: a stop waits for nobody: not for a connection that says nothing, nor for one in the middle of a clone', { timeout: 60_000 }, (t) => withScene(t, async (scene) => {
  const silent = connect(scene.sshPort, '127.0.0.1');
  await once(silent, 'data');
  const client = await login(scene);
  client.on('error', () => {});
  const channel = await execute(client, "git-upload-pack '/v1/repos/orders'");
  channel.write(Buffer.concat([packet(`want ${scene.commitId} ofs-delta\n`), flushPacket, packet('done\n')]));
  await once(channel, 'readable');
  // It does not read, and it does not hear that the server goes.
  (client as unknown as { _sock: Socket })._sock.pause();
  await scene.closeSsh();
  await nothingRuns(scene.path);
  silent.destroy();
  client.destroy();
}));

test('a repository that is deleted in the middle of a push is gone, and does not come back', { timeout: 60_000 }, (t) => withScene(t, async (scene) => {
  const { client: api, path, commitId } = scene;
  const client = await login(scene);
  const channel = await execute(client, "git-receive-pack '/v1/repos/orders'");
  channel.resume();
  channel.write(packet(`${'0'.repeat(40)} ${commitId} refs/heads/other\0 report-status`));
  while (running(path).length === 0) await delay(5);
  await api.send(new DeleteRepositoryCommand({ repositoryName: 'orders' }));
  channel.end(Buffer.concat([flushPacket, emptyPack]));
  await once(channel, 'close');
  client.end();
  await nothingRuns(path);
  assert.deepEqual(readdirSync(join(path, '..')), []);
}));

test('SSH: a key that is made inactive while its connection lasts pushes nothing more', { timeout: 60_000 }, (t) => withScene(t, async (scene) => {
  const { gatehouse, keyId, commitId } = scene;
  const client = await login(scene);
  const channel = await execute(client, "git-receive-pack '/v1/repos/orders'");
  await once(channel, 'data');
  await gatehouse.iam().send(new UpdateSSHPublicKeyCommand({ UserName: 'alice', SSHPublicKeyId: keyId, Status: 'Inactive' }));
  let said = '';
  channel.on('data', (bytes: Buffer) => { said += bytes.toString(); });
  channel.end(Buffer.concat([packet(`${'0'.repeat(40)} ${commitId} refs/heads/other\0 report-status`), flushPacket, emptyPack]));
  await once(channel, 'close');
  client.end();
  assert.match(said, /ng refs\/heads\/other denied/);
}));

/** A pack without objects. */
const emptyPack = Buffer.from('5041434b0000000200000000029d08823bd8a8eab510ad6ac75c823cfd3ed31e', 'hex');
