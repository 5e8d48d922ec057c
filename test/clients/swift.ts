/** OpenStack Swift with its S3 API, as Debian packages it: a store that is not ours, that verifies signatures, for the tests of stores elsewhere. */
import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findOnPath } from '../running.ts';

const run = promisify(execFile);

export interface Swift {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  stop(): Promise<void>;
}

/** Its daemons, in the order in which they are needed. */
const rings = ['account', 'container', 'object'] as const;

/** Starts one in a folder of its own; a text where it is not there. */
export async function startSwift(folder: string): Promise<Swift | string> {
  if (!['swift-ring-builder', 'swift-proxy-server', ...rings.map((ring) => `swift-${ring}-server`)].every(findOnPath)) return 'SWIFT IS NOT ON THE PATH: a foreign store was not tried.';
  const ports = await freePorts(4);
  const proxyPort = ports[3]!;
  mkdirSync(join(folder, 'devices', 'd1'), { recursive: true });
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  const defaults = (port: number): string => `[DEFAULT]\nbind_ip = 127.0.0.1\nbind_port = ${port}\nworkers = 0\nswift_dir = ${folder}\ndevices = ${join(folder, 'devices')}\nmount_check = false\nuser = ${userInfo().username}\n`;
  write('swift.conf', '[swift-hash]\nswift_hash_path_suffix = test\n[storage-policy:0]\nname = one\ndefault = yes\n');
  await Promise.all(rings.map(async (ring, i) => {
    write(`${ring}.conf`, `${defaults(ports[i]!)}[pipeline:main]\npipeline = ${ring}-server\n[app:${ring}-server]\nuse = egg:swift#${ring}\nrecon_cache_path = ${folder}\n`);
    for (const step of [['create', '4', '1', '0'], ['add', `r1z1-127.0.0.1:${ports[i]}/d1`, '1'], ['rebalance']]) await run('swift-ring-builder', [join(folder, `${ring}.builder`), ...step]);
  }));
  const filters = ['cache', 's3api', 'tempauth', 'copy', 'slo', 'dlo', 'versioned_writes', 'symlink'];
  const settings: Readonly<Record<string, string>> = { cache: 'use = egg:swift#memcache\nmemcache_servers = 127.0.0.1:1', s3api: 'use = egg:swift#s3api\nlocation = us-east-1', tempauth: 'use = egg:swift#tempauth\nuser_test_tester = testing .admin', versioned_writes: 'use = egg:swift#versioned_writes\nallow_object_versioning = true' };
  write('proxy.conf', `${defaults(proxyPort)}[pipeline:main]\npipeline = ${filters.join(' ')} proxy-server\n[app:proxy-server]\nuse = egg:swift#proxy\naccount_autocreate = true\n${filters.map((name) => `[filter:${name}]\n${settings[name] ?? `use = egg:swift#${name}`}\n`).join('')}`);
  const daemons = [...rings, 'proxy'].map((name) => daemon(name, folder));
  const stop = async (): Promise<void> => {
    await Promise.all(daemons.map(async (child) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }));
  };
  const endpoint = `http://127.0.0.1:${proxyPort}`;
  // The proxy answers before the servers behind it do.
  if ((await Promise.all(ports.map((port) => answers(`http://127.0.0.1:${port}/`, daemons)))).every(Boolean)) return { endpoint, accessKeyId: 'test:tester', secretAccessKey: 'testing', stop };
  await stop();
  throw new Error(`Swift does not answer:\n${readFileSync(join(folder, 'proxy.log'), 'utf8')}`);
}

function daemon(name: string, folder: string): ChildProcess {
  const log = openSync(join(folder, `${name}.log`), 'a');
  const child = spawn(`swift-${name}-server`, [join(folder, `${name}.conf`)], { stdio: ['ignore', log, log] });
  closeSync(log);
  return child;
}

/** Asked until it answers or one of its daemons has ended. */
async function answers(endpoint: string, daemons: readonly ChildProcess[]): Promise<boolean> {
  while (daemons.every(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
    try {
      await fetch(endpoint, { signal: AbortSignal.timeout(5_000) });
      return true;
    } catch {
      // Not yet.
      await new Promise((resolve) => { setTimeout(resolve, 50); });
    }
  }
  return false;
}

async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(Array.from({ length: count }, async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return server;
  }));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  for (const server of servers) server.close();
  return ports;
}
