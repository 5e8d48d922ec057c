/** Runs instances as process trees in namespaces of their own: what each is told, how it is reached, and what it may take of the host. */
import { hash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readdirSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MachineRefused } from '../../services/ec2/driver.ts';
import type { Booted, Machine, MachineDriver, MachineEnded } from '../../services/ec2/driver.ts';
import { openEndpoint, standardHosts } from '../metadata/endpoint.ts';
import { MetadataListener } from '../metadata/listener.ts';
import type { MetadataParts } from '../metadata/parts.ts';
import { ConsoleLines } from './console-lines.ts';
import type { ConsoleLine } from './console-lines.ts';
import { ConsoleLog, readConsole } from './console-log.ts';
import { initScript } from './init-script.ts';
import type { InsideOrders } from './inside.ts';
import { machineLimits, metadataPatience } from './limits.ts';
import { listenAtOwnAddress } from './machine-addresses.ts';
import { diskKiB, machineFolder, makeDisk, removeTree, tenant } from './machine-disk.ts';
import type { Owner } from './machine-disk.ts';
import { memoryUse } from './memory-use.ts';
import { relayToApi, relayToSsh } from './relay.ts';
import type { Relay } from './relay.ts';
import { RunningMachine } from './running-machine.ts';
import type { HandedSockets } from './running-machine.ts';
import { machinePath, neededPrograms, sandboxCommand, unfitHost } from './sandbox.ts';

export interface MachineDriverSettings {
  /** The folder that all disks are in. */
  readonly folder: string;
  /** Where clients reach the API, and where it listens on this host. */
  readonly api: { readonly url: string; readonly host: string; readonly port: number };
  /** Keeps lines of a machine's console where its owner reads logs; without it only GetConsoleOutput has them. */
  readonly keepConsole?: (machine: Machine, lines: readonly ConsoleLine[]) => Promise<void>;
}

interface Live { readonly machine: Machine; readonly running: RunningMachine; readonly console: ConsoleLog; readonly address: string | undefined; readonly close: () => Promise<void> }

const metadataAddress = '169.254.169.254';
/** Where a machine offers to answer SSH: see relay.ts. */
const sshOfferPort = 2200;
const sshd = '/usr/sbin/sshd';
/** The port of SSH, and the one in its place where only root may have that. */
const sshPorts = [22, 2222];

/** Looks whether machines can be run here, by running one. */
export async function openProcessDriver(settings: MachineDriverSettings, parts: MetadataParts, heard: (ended: MachineEnded) => void): Promise<MachineDriver> {
  mkdirSync(settings.folder, { recursive: true, mode: 0o700 });
  const driver = new ProcessDriver(settings, parts, heard);
  await driver.probe();
  return driver;
}

class ProcessDriver implements MachineDriver {
  readonly #settings: MachineDriverSettings;
  readonly #parts: MetadataParts;
  readonly #heard: (ended: MachineEnded) => void;
  readonly #metadata: MetadataListener;
  readonly #live = new Map<string, Live>();
  readonly #hasSsh = existsSync(sshd);
  readonly #watches: readonly NodeJS.Timeout[];
  #missing: string | undefined;

  constructor(settings: MachineDriverSettings, parts: MetadataParts, heard: (ended: MachineEnded) => void) {
    this.#settings = settings;
    this.#parts = parts;
    this.#heard = heard;
    this.#metadata = new MetadataListener(parts.warn);
    this.#watches = [setInterval(() => this.#lookAtMemory(), machineLimits.memoryLookMs), setInterval(() => void this.#lookAtDisks(), machineLimits.diskLookMs)];
    for (const watch of this.#watches) watch.unref();
  }

  missing(): string | undefined {
    return this.#missing;
  }

  /** A machine that only says that it is there. */
  async probe(): Promise<void> {
    this.#missing = unfitHost() ?? absentPrograms();
    if (this.#missing !== undefined) return;
    const probe: Machine = { machineId: 'probe', account: '', region: 'us-east-1', instanceId: 'probe', instanceType: '', vcpus: 1, memoryMiB: 64, diskGiB: 1, hostName: 'probe', privateIpAddress: '127.0.0.1', userData: undefined, publicKey: undefined };
    const { folder, console: file } = machineFolder(this.#settings.folder, probe.machineId);
    await removeTree(folder);
    try {
      this.#makeDisk(probe);
      const log = new ConsoleLog(file, this.#parts.clock);
      const running = await RunningMachine.boot(this.#command(probe), { ...this.#orders(probe), init: 'echo here' }, log, (sockets) => Object.values(sockets).forEach((socket) => socket.close()));
      await running.ended;
      await log.close();
    } catch (thrown) {
      if (!(thrown instanceof MachineRefused)) throw thrown;
      this.#missing = `this host does not let an instance have namespaces of its own (${thrown.message})`;
    } finally {
      await removeTree(folder);
    }
  }

  async settle(known: ReadonlySet<string>): Promise<void> {
    // None of them runs: a machine ends with the process that made it, however that ends.
    for (const name of readdirSync(this.#settings.folder)) if (!known.has(name)) await removeTree(join(this.#settings.folder, name));
  }

  async launch(machine: Machine): Promise<Booted> {
    if (this.#missing !== undefined) throw new MachineRefused(this.#missing);
    if (!this.#live.has(machine.machineId)) this.#makeDisk(machine);
    return this.start(machine);
  }

  async start(machine: Machine): Promise<Booted> {
    const { machineId } = machine;
    const live = this.#live.get(machineId);
    if (live) return { publicIpAddress: live.address };
    if (this.#missing !== undefined) throw new MachineRefused(this.#missing);
    if (!existsSync(machineFolder(this.#settings.folder, machineId).disk)) throw new MachineRefused('its disk is gone');
    return this.#boot(machine);
  }

  async stop(machineId: string, { isForced }: { readonly isForced: boolean }): Promise<void> {
    const live = this.#live.get(machineId);
    if (!live) return;
    await (isForced ? live.running.kill() : live.running.stop());
    await this.#forget(live);
  }

  async reboot(machine: Machine): Promise<Booted> {
    await this.stop(machine.machineId, { isForced: false });
    return this.start(machine);
  }

  async terminate(machineId: string): Promise<void> {
    await this.stop(machineId, { isForced: true });
    await removeTree(machineFolder(this.#settings.folder, machineId).folder);
  }

  async consoleOutput(machineId: string): ReturnType<MachineDriver['consoleOutput']> {
    return this.#live.get(machineId)?.console.output ?? readConsole(machineFolder(this.#settings.folder, machineId).console);
  }

  async close(): Promise<void> {
    for (const watch of this.#watches) clearInterval(watch);
    await Promise.all([...this.#live.keys()].map((machineId) => this.stop(machineId, { isForced: false })));
  }

  #makeDisk(machine: Machine): void {
    makeDisk(machineFolder(this.#settings.folder, machine.machineId), machine, new URL(this.#settings.api.url).hostname, ownerOf(machine.machineId));
  }

  async #boot(machine: Machine): Promise<Booted> {
    const { machineId, account, region, instanceId } = machine;
    const outside = machine.publicKey !== undefined && this.#hasSsh ? await listenAtOwnAddress(machineId, sshPorts, new Set(Array.from(this.#live.values(), ({ address }) => address ?? ''))) : undefined;
    const log = new ConsoleLog(machineFolder(this.#settings.folder, machineId).console, this.#parts.clock, this.#linesOf(machine));
    const relays: Relay[] = [];
    const close = (): Promise<void> => {
      for (const relay of relays) relay.close();
      outside?.server.close();
      return log.close();
    };
    try {
      const { host, port } = this.#settings.api;
      const take = (sockets: HandedSockets): void => {
        relays.push(
          this.#metadata.open(sockets['metadata']!, openEndpoint(this.#parts, { account, region, instanceId, hosts: standardHosts })),
          // From its own address, so that policies and limits tell it from others.
          relayToApi(sockets['api']!, { host, port, localAddress: host.startsWith('127.') ? outside?.address : undefined }),
        );
        if (outside) relays.push(relayToSsh(sockets['ssh']!, outside.server));
      };
      const running = await RunningMachine.boot(this.#command(machine), this.#orders(machine, outside !== undefined), log, take);
      const live: Live = { machine, running, console: log, address: outside?.address, close };
      this.#live.set(machineId, live);
      void this.#follow(live);
      return { publicIpAddress: outside?.address };
    } catch (thrown) {
      await close();
      throw thrown;
    }
  }

  async #follow(live: Live): Promise<void> {
    const { isMeant, isShutdown, detail } = await live.running.ended;
    if (isMeant) return;
    await this.#forget(live);
    this.#heard({ machineId: live.machine.machineId, how: isShutdown ? 'shutdown' : 'failure', detail });
  }

  async #forget(live: Live): Promise<void> {
    if (this.#live.get(live.machine.machineId) !== live) return;
    this.#live.delete(live.machine.machineId);
    await live.close();
  }

  #linesOf(machine: Machine): ConsoleLines | undefined {
    const { keepConsole } = this.#settings;
    return keepConsole && new ConsoleLines((lines) => keepConsole(machine, lines), this.#parts.clock, this.#parts.warn);
  }

  #command({ machineId, hostName }: Machine): ReturnType<typeof sandboxCommand> {
    return sandboxCommand({ folder: machineFolder(this.#settings.folder, machineId), node: realpathSync(process.execPath), insideModule, hostName }, ownerOf(machineId));
  }

  #orders({ instanceId, region, memoryMiB, diskGiB, privateIpAddress, hostName }: Machine, hasSsh = false): InsideOrders {
    const url = new URL(this.#settings.api.url);
    const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
    return {
      sockets: { metadata: { address: metadataAddress, port: 80 }, api: { address: '127.0.0.1', port }, ...(hasSsh && { ssh: { address: '127.0.0.1', port: sshOfferPort } }) },
      addresses: [metadataAddress, ...(privateIpAddress.startsWith('127.') ? [] : [privateIpAddress])],
      uid: tenant.uid, gid: tenant.gid,
      limits: { nproc: machineLimits.processesMax, nofile: machineLimits.openFilesMax, data: memoryMiB * 2 ** 20, fsize: diskGiB * 2 ** 30 },
      niceness: machineLimits.niceness,
      init: initScript,
      environment: {
        PATH: machinePath, HOME: tenant.home, USER: tenant.name, LOGNAME: tenant.name, SHELL: '/bin/bash', LANG: 'C.UTF-8', HOSTNAME: hostName,
        // A certificate names the host; the machine's /etc/hosts says where that is.
        AWS_ENDPOINT_URL: url.protocol === 'https:' ? this.#settings.api.url : `http://127.0.0.1:${port}`, AWS_REGION: region, AWS_DEFAULT_REGION: region, ...metadataPatience,
        GATEHOUSE_INSTANCE_ID: instanceId, GATEHOUSE_SSH_PORT: hasSsh ? String(sshOfferPort) : '',
      },
    };
  }

  #lookAtMemory(): void {
    const byNamespace = new Map<string, Live>();
    for (const live of this.#live.values()) {
      const namespace = live.running.processNamespace();
      if (namespace !== undefined) byNamespace.set(namespace, live);
    }
    for (const [namespace, kib] of memoryUse(new Set(byNamespace.keys()))) {
      const { running, machine: { memoryMiB } } = byNamespace.get(namespace)!;
      if (kib > memoryMiB * 1024) running.breach(`it took more than its ${memoryMiB} MiB of memory`);
    }
  }

  async #lookAtDisks(): Promise<void> {
    for (const { machine: { machineId, diskGiB }, running } of this.#live.values()) {
      if (await diskKiB(machineFolder(this.#settings.folder, machineId).disk) > diskGiB * 2 ** 20) running.breach(`it took more than its ${diskGiB} GiB of disk`);
    }
  }
}

const insideModule = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './inside.ts' : './inside.js', import.meta.url));

/** A user of the host's for each machine, where that is ours to choose, of a range that nobody else uses: so no two machines can touch what is the other's, and none what is the host's. */
function ownerOf(machineId: string): Owner {
  return process.getuid?.() === 0 ? 1_900_000_000 + (Number.parseInt(hash('sha256', machineId).slice(0, 8), 16) % 200_000_000) : undefined;
}

function absentPrograms(): string | undefined {
  const folders = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', ...(process.env['PATH'] ?? '').split(delimiter)];
  const absent = Object.entries(neededPrograms).filter(([name]) => !folders.some((folder) => isProgram(join(folder, name))));
  return absent.length === 0 ? undefined : `programs are missing on the host: ${absent.map(([name, debian]) => `${name} (Debian: ${debian})`).join(', ')}`;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
