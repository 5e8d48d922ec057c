/** The processes of one machine: a tree in namespaces of its own, the sockets that were handed out of them, and its console. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import type { Server } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { MachineRefused } from '../../services/ec2/driver.ts';
import type { ConsoleLog } from './console-log.ts';
import type { InsideMessage, InsideOrders } from './inside.ts';
import { machineLimits } from './limits.ts';
import type { Ending } from './machine-host.ts';
import type { SandboxCommand } from './sandbox.ts';

/** Sockets inside, by what they are for. */
export type HandedSockets = Readonly<Record<string, Server>>;

export class MachineProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<Ending>;
  /** Why it was ended from here, where nobody asked for it. */
  #endedFor: string | undefined;

  private constructor(child: ChildProcess, console: ConsoleLog) {
    this.#child = child;
    this.#ended = new Promise((resolve) => {
      // As often as it happens: one that nobody hears ends this process.
      child.on('error', ({ message }) => resolve({ isShutdown: false, detail: message }));
      child.once('exit', (code, signal) => resolve({ isShutdown: code === 0 && this.#endedFor === undefined, detail: this.#endedFor ?? (code === null ? `killed by ${signal}` : `exit status ${code}`) }));
    });
    for (const stream of [child.stdout, child.stderr]) console.follow(stream!);
  }

  /** Boots a machine; resolves when its own first process runs. `take` is given its sockets before. Throws MachineRefused, with nothing left, where it does not come so far. */
  static async boot({ file, args, hidden }: SandboxCommand, orders: InsideOrders, console: ConsoleLog, take: (sockets: HandedSockets) => void): Promise<MachineProcess> {
    const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'pipe', 'ipc', 'pipe'], env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' }, cwd: '/' });
    child.stdin!.on('error', () => {});
    const options = child.stdio[4] as Writable;
    options.on('error', () => {});
    options.end(hidden);
    const machine = new MachineProcess(child, console);
    let timer: NodeJS.Timeout | undefined;
    try {
      await Promise.race([
        machine.#handshake(orders, take),
        machine.#ended.then(({ detail }) => Promise.reject(new MachineRefused(`the machine did not boot: ${lastWords(console) || detail}`))),
        new Promise((_, reject) => { timer = setTimeout(() => reject(new MachineRefused('the machine did not boot in time')), machineLimits.bootMs); }),
      ]);
      return machine;
    } catch (thrown) {
      await machine.stop(true);
      throw thrown;
    } finally {
      clearTimeout(timer);
    }
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /** Resolves when all of it is gone. */
  get ended(): Promise<Ending> {
    return this.#ended;
  }

  /** Asks it to shut down, and ends it when it does not; forced, at once. With the process that made its namespaces, everything in them ends. */
  async stop(isForced: boolean): Promise<void> {
    const timer = isForced ? undefined : setTimeout(() => this.#child.kill('SIGKILL'), machineLimits.shutdownMs);
    if (isForced) this.#child.kill('SIGKILL');
    else this.#child.stdin!.end();
    await this.#ended;
    clearTimeout(timer);
  }

  /** Ends it because it went beyond a limit. */
  breach(detail: string): void {
    this.#endedFor ??= detail;
    this.#child.kill('SIGKILL');
  }

  /** The namespace of processes by which the kernel tells its processes from others. */
  processNamespace(): string | undefined {
    try {
      const first = /^\d+/.exec(readFileSync(`/proc/${this.pid}/task/${this.pid}/children`, 'latin1'))?.[0];
      return first === undefined ? undefined : readlinkSync(`/proc/${first}/ns/pid`);
    } catch {
      // It has ended meanwhile.
      return undefined;
    }
  }

  /** Every socket, then the first byte that its first process writes. */
  #handshake(orders: InsideOrders, take: (sockets: HandedSockets) => void): Promise<void> {
    const child = this.#child;
    const sockets: Record<string, Server> = {};
    return new Promise((resolve, reject) => {
      child.on('message', (message: InsideMessage, handle) => {
        if (message.kind === 'failed') return reject(new MachineRefused(`the machine did not boot: ${message.why.trim()}`));
        if (message.kind === 'waiting') return void child.send(orders);
        // INVARIANT: whoever sends it is our own module, which sends servers.
        sockets[message.name] = handle as Server;
        if (Object.keys(sockets).length === Object.keys(orders.sockets).length) {
          take(sockets);
          (child.stdout as Readable).once('data', () => resolve());
        }
        child.send('taken');
      });
    });
  }
}

/** What it wrote before it ended, for whoever asked to run it. */
const lastWords = ({ output }: ConsoleLog): string => Buffer.from(output.bytes).toString('utf8').trim().split('\n').slice(-3).join(' ').slice(-500);
