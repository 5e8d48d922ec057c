/** Runs instances in containers of an engine on this host: from an image that is only folders, with the host's own programs, held to their limits by the engine. */
import { hash } from 'node:crypto';
import { chmodSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MachineRefused } from '../../services/ec2/driver.ts';
import type { Machine, MachineDriver, MachineEnded } from '../../services/ec2/driver.ts';
import type { MetadataParts } from '../metadata/parts.ts';
import type { RelayOrders } from './container-relay.ts';
import { ConsoleLog } from './console-log.ts';
import { ContainerEngine } from './docker-engine.ts';
import type { ContainerWish } from './docker-engine.ts';
import { containerFolder, hostImage } from './docker-image.ts';
import type { HostImage } from './docker-image.ts';
import { initScript } from './init-script.ts';
import { LimitLooks } from './limit-looks.ts';
import { machineLimits } from './limits.ts';
import { machineFolder, makeDisk, ownerOf, ownFolders, removeTree } from './machine-disk.ts';
import type { MachineFolder } from './machine-disk.ts';
import { hasFolder, MachineHost } from './machine-host.ts';
import type { BootPlace, Ending, MachineDriverSettings, MachineKind, RunningMachine } from './machine-host.ts';
import { addressesInside, MachineReach, probeMachine } from './machine-reach.ts';
import type { Reached } from './machine-reach.ts';
import { absentPrograms } from './programs.ts';
import { unfitHost } from './sandbox.ts';

export interface DockerDriverSettings extends MachineDriverSettings { readonly socketPath: string }

/** Programs of the host that run inside. */
const programs: Readonly<Record<string, string>> = { bash: 'bash', ip: 'iproute2', setpriv: 'util-linux', prlimit: 'util-linux', nice: 'coreutils', env: 'coreutils', mkfifo: 'coreutils', du: 'coreutils', rm: 'coreutils', chmod: 'coreutils' };

/** Looks whether machines can be run by the engine, by running one. */
export async function openDockerDriver(settings: DockerDriverSettings, parts: MetadataParts, heard: (ended: MachineEnded) => void): Promise<MachineDriver> {
  const kind = new ContainerMachines(settings, parts);
  const host = new MachineHost(settings, kind, parts, heard);
  await kind.probe();
  return host;
}

class ContainerMachines implements MachineKind {
  readonly #settings: DockerDriverSettings;
  readonly #parts: MetadataParts;
  readonly #reach: MachineReach;
  readonly #looks = new LimitLooks();
  readonly #image: HostImage = hostImage();
  /** By which containers of this Gatehouse are told from others, its own of an earlier process among them. */
  readonly #label: string;
  /** Of the sockets that are mounted into machines: a short name, since a socket's path has to be. */
  readonly #sockets: string;
  #engine: ContainerEngine | undefined;
  #missing: string | undefined;

  constructor(settings: DockerDriverSettings, parts: MetadataParts) {
    this.#settings = settings;
    this.#parts = parts;
    this.#reach = new MachineReach(settings, parts);
    this.#label = hash('sha256', settings.folder).slice(0, 16);
    this.#sockets = mkdtempSync(join(tmpdir(), 'gatehouse-'));
  }

  missing(): string | undefined {
    return this.#missing;
  }

  async probe(): Promise<void> {
    const { socketPath, folder: all, tell } = this.#settings;
    this.#missing = unfitHost() ?? absentPrograms(programs);
    if (this.#missing !== undefined) return;
    try {
      this.#engine = await ContainerEngine.connect(socketPath);
    } catch (thrown) {
      this.#missing = `no container engine answers at ${socketPath} (${reasonOf(thrown)}): start it, or name its socket with --docker-socket`;
      return;
    }
    const folder = machineFolder(all, probeMachine.machineId);
    let console: ConsoleLog | undefined;
    try {
      await removeTree(folder.folder);
      if (!(await this.#engine.hasImage(this.#image.name))) await this.#engine.importImage(this.#image.repository, this.#image.tag, this.#image.tar);
      await this.makeDisk(probeMachine, folder);
      console = new ConsoleLog(folder.console, this.#parts);
      const running = await this.boot(probeMachine, { folder, console, takenAddresses: new Set() });
      await running.stop(true);
      await running.release();
      tell?.('instances run in containers of the engine, which limits their memory, processors and processes; disks are folders, looked at now and then');
    } catch (thrown) {
      this.#missing = `the container engine at ${socketPath} runs no instance (${reasonOf(thrown)})`;
    } finally {
      await console?.close();
      await removeTree(folder.folder);
    }
  }

  /** Containers outlive the process that had them made: what it told them ended with it. */
  async settle(): Promise<void> {
    for (const id of (await this.#engine?.labelled(`gatehouse.machines=${this.#label}`)) ?? []) await this.#engine!.remove(id);
  }

  hasDisk(folder: MachineFolder): boolean {
    return hasFolder(folder);
  }

  makeDisk(machine: Machine, folder: MachineFolder): Promise<void> {
    return makeDisk(folder, machine, { apiHost: this.#reach.apiHost, owner: ownerOf(machine.machineId), uid: uidOf(machine), initPid: 1, isVolume: false });
  }

  async boot(machine: Machine, { folder, console, takenAddresses }: BootPlace): Promise<RunningMachine> {
    const engine = this.#engine!;
    const name = `gatehouse-${this.#label.slice(0, 8)}-${machine.machineId}`;
    const reached = await this.#reach.open(machine, takenAddresses);
    const sockets = await openSockets(mkdtempSync(join(this.#sockets, 'm')), Object.keys(reached.places));
    let lookAway = (): void => {};
    const release = async (): Promise<void> => {
      lookAway();
      try {
        await engine.remove(name);
      } finally {
        reached.close();
        sockets.close();
      }
    };
    try {
      reached.take(sockets.servers);
      writeFileSync(join(sockets.folder, 'boot'), bootScript(machine, reached), { mode: 0o755 });
      writeFileSync(join(sockets.folder, 'init'), initScript, { mode: 0o755 });
      for (const file of ['boot', 'init']) chmodSync(join(sockets.folder, file), 0o755);
      await engine.remove(name);
      await engine.create(name, this.#wish(machine, folder, sockets.folder));
      const isUp = sockets.attend(console);
      await engine.start(name);
      let endedFor: string | undefined;
      const kill = (): void => void engine.kill(name).catch((cause: unknown) => this.#parts.warn(`the container ${name} could not be ended`, cause));
      const ended = endOf(engine, name, () => endedFor);
      await Promise.race([isUp, ended.then(({ detail }) => Promise.reject(new MachineRefused(`the machine did not boot: ${detail}`))), tooLate()]);
      lookAway = this.#looks.add({ machine, disk: folder.disk, breach: (detail) => { endedFor ??= detail; kill(); } });
      return {
        address: reached.address, ended, release,
        async stop(isForced) {
          const timer = setTimeout(kill, isForced ? 0 : machineLimits.shutdownMs);
          sockets.letGo();
          await ended;
          clearTimeout(timer);
        },
      };
    } catch (thrown) {
      await release();
      throw thrown instanceof MachineRefused ? thrown : new MachineRefused(reasonOf(thrown), { cause: thrown });
    }
  }

  async close(): Promise<void> {
    this.#looks.close();
    rmSync(this.#sockets, { recursive: true, force: true });
  }

  #wish({ hostName, memoryMiB, vcpus, diskGiB }: Machine, { disk }: MachineFolder, sockets: string): ContainerWish {
    const memory = (memoryMiB + machineLimits.relayMemoryMiB) * 2 ** 20;
    return {
      Image: this.#image.name, Cmd: ['/bin/bash', `${containerFolder}/boot`], Hostname: hostName, User: '0:0', Env: [], WorkingDir: '/', Labels: { 'gatehouse.machines': this.#label },
      HostConfig: {
        // Its network is its own, and nothing but its own.
        NetworkMode: 'none', IpcMode: 'private', ReadonlyRootfs: true, RestartPolicy: { Name: 'no' }, LogConfig: { Type: 'none', Config: {} },
        Binds: ['/usr:/usr:ro', ...ownFolders.map((name) => `${join(disk, name)}:/${name}`), `${sockets}:${containerFolder}:ro`, `${realpathSync(process.execPath)}:/mnt/node:ro`, `${relayModule}:/mnt/relay.${relayModule.endsWith('.ts') ? 'mts' : 'cjs'}:ro`],
        Tmpfs: { '/run': `rw,nosuid,nodev,mode=755,size=${machineLimits.memoryFolderMiB}m`, '/mnt': 'rw,nosuid,nodev,mode=755,size=1m' }, ShmSize: machineLimits.memoryFolderMiB * 2 ** 20,
        ExtraHosts: /^[\d.:[\]]+$|^localhost$/.test(this.#reach.apiHost) ? [] : [`${this.#reach.apiHost}:127.0.0.1`],
        // What its first commands need to become the tenant; nothing of it is left then.
        CapDrop: ['ALL'], CapAdd: ['NET_ADMIN', 'SETUID', 'SETGID', 'SETPCAP'], SecurityOpt: ['no-new-privileges'], Privileged: false,
        Memory: memory, MemorySwap: memory, NanoCpus: vcpus * 1_000_000_000, CpuShares: Math.ceil(machineLimits.cpuWeight * 10.24), PidsLimit: machineLimits.processesMax,
        Ulimits: [['nofile', machineLimits.openFilesMax], ['fsize', diskGiB * 2 ** 30], ['core', 0]].map(([Name, most]) => ({ Name, Soft: most, Hard: most })),
      },
    };
  }
}

const relayModule = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './container-relay.ts' : './container-relay.js', import.meta.url));

/** Who a tenant is, inside and on the host alike. */
const uidOf = ({ machineId }: Machine): number => ownerOf(machineId) ?? process.getuid!();

const nobody = 65_534;

/** The container's first process: starts the relay, joins it to its own input and output, and becomes the machine's first process, as the tenant and without a right. */
function bootScript(machine: Machine, { places, environment }: Reached): string {
  const at = (name: string): string => `${containerFolder}/${name}.sock`;
  const orders: RelayOrders = { addresses: addressesInside(machine), places: Object.entries(places).map(([name, { address, port }]) => ({ address, port, socket: at(name) })), leash: at('leash'), console: at('console'), uid: nobody };
  const uid = uidOf(machine);
  return `mkfifo -m 600 /run/order /run/console
/mnt/node /mnt/relay.* ${quoted(JSON.stringify(orders))} </run/console >/run/order 2>/run/why &
exec >/run/console 2>&1 </run/order
read -r word && [ "$word" = ready ] || exit 1
rm -f /run/order /run/console /run/why
exec prlimit --nproc=${machineLimits.processesMax} --data=${machine.memoryMiB * 2 ** 20} -- nice -n ${machineLimits.niceness} \\
  setpriv --reuid ${uid} --regid ${uid} --clear-groups --no-new-privs --inh-caps=-all --ambient-caps=-all --bounding-set=-all -- \\
  env -i ${Object.entries(environment).map(([name, value]) => quoted(`${name}=${value}`)).join(' ')} bash ${containerFolder}/init
`;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

interface MachineSockets {
  readonly folder: string;
  readonly servers: Readonly<Record<string, Server>>;
  /** Follows its console; resolves with the first byte of it. */
  attend(console: ConsoleLog): Promise<void>;
  /** Ends the leash: the machine shuts down. */
  letGo(): void;
  close(): void;
}

/** Sockets that only one container sees. The folder they are in lies in one that only this process's user enters; whoever is in the container may connect to them. */
async function openSockets(folder: string, names: readonly string[]): Promise<MachineSockets> {
  chmodSync(folder, 0o755);
  const servers: Record<string, Server> = {};
  for (const name of [...names, 'leash', 'console']) {
    const path = join(folder, `${name}.sock`);
    const server = createServer();
    servers[name] = server;
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(path, resolve));
    chmodSync(path, 0o777);
  }
  const { leash, console: consoleServer, ...rest } = servers;
  const taken = new Set<Socket>();
  // The first that comes is the relay, before anything of the tenant's runs: no second is taken.
  const first = (server: Server, take: (socket: Socket) => void): void => {
    let isTaken = false;
    server.on('connection', (socket) => {
      socket.on('error', () => socket.destroy());
      if (isTaken) return void socket.destroy();
      isTaken = true;
      taken.add(socket);
      take(socket);
    });
  };
  let held: Socket | undefined;
  first(leash!, (socket) => { held = socket.resume(); });
  return {
    folder, servers: rest,
    letGo: () => void held?.end(),
    attend: (console) => new Promise((resolve) => first(consoleServer!, (socket) => {
      console.follow(socket);
      socket.once('data', () => resolve());
    })),
    close() {
      for (const socket of taken) socket.destroy();
      for (const server of Object.values(servers)) server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** How it ended, as far as the engine knows. */
async function endOf(engine: ContainerEngine, name: string, endedFor: () => string | undefined): Promise<Ending> {
  try {
    const status = await engine.wait(name);
    const state = await engine.state(name);
    const detail = endedFor() ?? `exit status ${status}${state?.OOMKilled ? ' (its memory was used up, and the kernel ended processes of it)' : ''}${state?.Error ? ` (${state.Error})` : ''}`;
    return { isShutdown: status === 0 && endedFor() === undefined, detail };
  } catch (thrown) {
    return { isShutdown: false, detail: endedFor() ?? reasonOf(thrown) };
  }
}

const tooLate = (): Promise<never> => new Promise((_, reject) => setTimeout(() => reject(new MachineRefused('the machine did not boot in time')), machineLimits.bootMs).unref());

const reasonOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));
