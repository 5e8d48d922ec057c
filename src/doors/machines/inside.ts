/** The first that runs inside a new machine's namespaces: opens its sockets for the process that made it, gives up every right, and becomes the machine's own first process. It imports nothing but Node. */
import { execFileSync } from 'node:child_process';
import { closeSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Server } from 'node:net';

const initFile = '/run/gatehouse/init';

/** What it is told first. */
export interface InsideOrders {
  /** Sockets to listen at, by what they are for. */
  readonly sockets: Readonly<Record<string, { readonly address: string; readonly port: number }>>;
  /** Addresses of the loopback device beside 127.0.0.1. */
  readonly addresses: readonly string[];
  readonly uid: number;
  readonly gid: number;
  readonly limits: Readonly<Record<'nproc' | 'nofile' | 'data' | 'fsize', number>>;
  readonly niceness: number;
  /** Written for the machine's own first process, which is bash with this. */
  readonly init: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** What it says: a socket comes with `socket`, and is taken when anything is said to that. */
export type InsideMessage = { readonly kind: 'waiting' } | { readonly kind: 'socket'; readonly name: string } | { readonly kind: 'failed'; readonly why: string };

async function main(): Promise<void> {
  try {
    const asked = heard();
    await say({ kind: 'waiting' });
    // What made this process is what talks to it.
    const orders = await asked as InsideOrders;
    // No namespaces of users but the one below: less of the kernel is in reach.
    writeFileSync('/proc/sys/user/max_user_namespaces', '1');
    for (const address of orders.addresses) execFileSync('ip', ['address', 'add', `${address}/32`, 'dev', 'lo'], { stdio: ['ignore', 'ignore', 'pipe'] });
    // The machine is its tenant's: so are its ports.
    writeFileSync('/proc/sys/net/ipv4/ip_unprivileged_port_start', '0');
    for (const [name, { address, port }] of Object.entries(orders.sockets)) await hand(name, await listen(address, port));
    writeFileSync(initFile, orders.init);
    process.disconnect?.();
    becomeInit(orders);
  } catch (thrown) {
    await say({ kind: 'failed', why: thrown instanceof Error ? `${thrown.message}${'stderr' in thrown ? ` ${String(thrown.stderr)}` : ''}` : String(thrown) });
    process.exit(1);
  }
}

function listen(address: string, port: number): Promise<Server> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, () => resolve(server));
  });
}

/** Resolves when the other side has it: only then is this side's closed. */
async function hand(name: string, server: Server): Promise<void> {
  const taken = heard();
  await say({ kind: 'socket', name }, server);
  await taken;
}

const heard = (): Promise<unknown> => new Promise((resolve) => process.once('message', resolve));

function say(message: InsideMessage, server?: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    if (!process.send) throw new Error('started by nobody that listens');
    process.send(message, server, {}, (error) => (error ? reject(error) : resolve()));
  });
}

/** Into a namespace of users in which nothing that was made here belongs to it; without capabilities, and with no way to gain any. */
function becomeInit({ uid, gid, limits, niceness, environment }: InsideOrders): never {
  closeInherited();
  const steps = [
    ['prlimit', ...Object.entries(limits).map(([name, most]) => `--${name}=${most}:${most}`), '--core=0:0', '--'],
    ['nice', '-n', String(niceness)],
    ['unshare', '--user', `--map-user=${uid}`, `--map-group=${gid}`, '--keep-caps', '--'],
    ['setpriv', '--no-new-privs', '--inh-caps=-all', '--ambient-caps=-all', '--bounding-set=-all', '--'],
    ['env', '-i', ...Object.entries(environment).map(([name, value]) => `${name}=${value}`)],
    ['bash', initFile],
  ];
  // INVARIANT: every Node that Gatehouse runs on has it (22.15 and later).
  process.execve!('/usr/bin/prlimit', steps.flat(), { PATH: '/usr/local/bin:/usr/bin:/usr/sbin:/bin:/sbin' });
  throw new Error('unreachable');
}

/** What the process that made it had open by accident is nothing for a tenant. Source: open(2), O_CLOEXEC; proc(5), fdinfo. */
function closeInherited(): void {
  const closesOnExec = 0o2000000;
  for (const fd of readdirSync('/proc/self/fd').map(Number)) {
    if (fd <= 2) continue;
    let flags: number;
    try {
      flags = Number.parseInt(/^flags:\s*([0-7]+)/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'latin1'))?.[1] ?? '', 8);
    } catch {
      // The listing's own.
      continue;
    }
    if ((flags & closesOnExec) === 0) closeSync(fd);
  }
}

// Last: everything above is there by now.
void main();
