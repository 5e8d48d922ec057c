/** A real PostgreSQL of the test's own, on a free port of the loopback, that lets nobody in without SCRAM. */
import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findOnPath } from '../running.ts';

export interface PostgresServer { readonly port: number; readonly superuser: string; readonly password: string; stop(): Promise<void> }

/** The folder of PostgreSQL's programs; undefined where there is none on the machine. */
export function findPostgres(): string | undefined {
  const [debian] = globSync('/usr/lib/postgresql/*/bin/postgres').toSorted().reverse();
  const found = debian ?? findOnPath('postgres');
  return found !== undefined && existsSync(join(dirname(found), 'initdb')) ? dirname(found) : undefined;
}

/** Whom PostgreSQL runs as: it refuses to run as root. */
function unprivileged(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

export interface PostgresSettings { /** Whether what is committed is on the disk; tests need no more than that it was said. */ readonly isDurable?: boolean; readonly tls?: { readonly cert: string; readonly key: string } }

export async function startPostgres(programs: string, { isDurable = false, tls }: PostgresSettings = {}): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-postgres-'));
  const data = join(folder, 'data');
  const superuser = 'master';
  const password = 'master password';
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password);
  const as = unprivileged();
  if (as) for (const path of [folder, passwordFile]) chownSync(path, as.uid, as.gid);
  const environment = { PATH: process.env['PATH'], LC_ALL: 'C' };
  execFileSync(join(programs, 'initdb'), ['--pgdata', data, '--username', superuser, '--pwfile', passwordFile, '--auth', 'scram-sha-256', '--encoding', 'UTF8', '--no-sync'], { ...as, env: environment, cwd: folder, stdio: 'pipe' });
  const port = await freePort();
  const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', fsync: isDurable ? 'on' : 'off', ...(tls && { ssl: 'on' }) };
  // The server's own names, in its data; the key is the owner's alone, or it does not start.
  for (const [name, text] of tls ? [['server.crt', tls.cert], ['server.key', tls.key]] as const : []) {
    const path = join(data, name);
    writeFileSync(path, text, { mode: 0o600 });
    if (as) chownSync(path, as.uid, as.gid);
  }
  const server = spawn(join(programs, 'postgres'), ['-D', data, '-p', String(port), ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])], { ...as, env: environment, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise<void>((resolve) => { server.once('close', () => resolve()); });
  await new Promise<void>((resolve, reject) => {
    let said = '';
    server.stderr.on('data', (bytes: Buffer) => {
      said += bytes.toString();
      if (said.includes('database system is ready to accept connections')) resolve();
    });
    server.once('close', () => reject(new Error(`postgres ended: ${said}`)));
  });
  return {
    port, superuser, password,
    async stop() {
      // Fast: it cuts its clients.
      server.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A port that is free now; `wanted` itself, or it rejects. */
export function freePort(wanted = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(wanted, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** The first of two that follow each other. */
export async function freePortPair(): Promise<number> {
  for (;;) {
    const first = await freePort();
    if ((await freePort(first + 1).catch(() => undefined)) !== undefined) return first;
  }
}
