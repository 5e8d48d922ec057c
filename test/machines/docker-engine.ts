/** A Docker Engine for tests: one that is there, or one that is started for them from Debian's packages, on sockets and folders of its own, without a network. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { removeTree } from '../../src/doors/machines/machine-disk.ts';
import { findOnPath } from '../running.ts';

export interface TestEngine { readonly socketPath: string; stop(): Promise<void> }

/** Where `.ci/run` unpacks it. */
const unpacked = fileURLToPath(new URL('../../.cache/docker/', import.meta.url));

/** Undefined, with the reason, where there is none and none can be started. */
export async function startEngine(): Promise<TestEngine | string> {
  const given = process.env['TEST_DOCKER_SOCKET'] ?? '/var/run/docker.sock';
  if (await answers(given)) return { socketPath: given, stop: async () => {} };
  const folders = [join(unpacked, 'usr/sbin'), join(unpacked, 'usr/bin')];
  const dockerd = [...folders.map((folder) => join(folder, 'dockerd')).filter((file) => existsSync(file)), findOnPath('dockerd')][0];
  if (dockerd === undefined) return 'there is no Docker Engine (Debian: docker.io)';
  if (process.getuid?.() !== 0) return 'only root starts a Docker Engine';
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-docker-'));
  const socketPath = join(folder, 'docker.sock');
  writeFileSync(join(folder, 'daemon.json'), '{}');
  const args = ['--config-file', join(folder, 'daemon.json'), '--data-root', join(folder, 'data'), '--exec-root', join(folder, 'exec'), '-H', `unix://${socketPath}`, '--pidfile', join(folder, 'pid'), '--bridge=none', '--iptables=false', '--ip-forward=false', '--ip-masq=false', '--storage-driver=vfs'];
  let said = '';
  const child = spawn(dockerd, args, { stdio: ['ignore', 'ignore', 'pipe'], env: { PATH: [...folders, process.env['PATH']].join(delimiter) } });
  child.stderr.on('data', (part: Buffer) => { said = (said + part.toString()).slice(-2_000); });
  const ended = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    await removeTree(folder);
  };
  for (let attempt = 0; attempt < 600 && child.exitCode === null; attempt++) {
    if (await answers(socketPath)) return { socketPath, stop };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await stop();
  return `the Docker Engine does not start: ${said}`;
}

const answers = (path: string): Promise<boolean> => new Promise((resolve) => {
  const socket = connect(path, () => {
    socket.destroy();
    resolve(true);
  });
  socket.once('error', () => resolve(false));
});
