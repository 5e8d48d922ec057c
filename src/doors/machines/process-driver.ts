/** Runs instances as process trees in namespaces of their own: what each is told, how it is reached, and what holds it to what it may take of the host. */
import { hash } from 'node:crypto';
import { existsSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MachineRefused } from '../../services/ec2/driver.ts';
import type { Machine, MachineDriver, MachineEnded } from '../../services/ec2/driver.ts';
import { openEndpoint, standardHosts } from '../metadata/endpoint.ts';
import { MetadataListener } from '../metadata/listener.ts';
import type { MetadataParts } from '../metadata/parts.ts';
import { ConsoleLog } from './console-log.ts';
import { openControlGroups } from './control-groups.ts';
import type { ControlGroups, MachineGroup } from './control-groups.ts';
import { initScript } from './init-script.ts';
import type { InsideOrders } from './inside.ts';
import { LimitLooks } from './limit-looks.ts';
import { machineLimits, metadataPatience } from './limits.ts';
import { listenAtOwnAddress } from './machine-addresses.ts';
import { hasDisk, machineFolder, makeDisk, removeTree, tenant } from './machine-disk.ts';
import type { MachineFolder, Owner } from './machine-disk.ts';
import { MachineHost } from './machine-host.ts';
import type { BootPlace, Ending, MachineDriverSettings, MachineKind, RunningMachine } from './machine-host.ts';
import { MachineProcess } from './machine-process.ts';
import type { HandedSockets } from './machine-process.ts';
import { absentPrograms } from './programs.ts';
import { relayToApi, relayToSsh } from './relay.ts';
import type { Relay } from './relay.ts';
import { machinePath, neededPrograms, sandboxCommand, unfitHost, volumePrograms } from './sandbox.ts';

const metadataAddress = '169.254.169.254';
/** Where a machine offers to answer SSH: see relay.ts. */
const sshOfferPort = 2200;
const sshd = '/usr/sbin/sshd';
/** The port of SSH, and the one in its place where only root may have that. */
const sshPorts = [22, 2222];

/** Looks whether machines can be run here, and what can hold them to their limits, by running one. */
export async function openProcessDriver(settings: MachineDriverSettings, parts: MetadataParts, heard: (ended: MachineEnded) => void): Promise<MachineDriver> {
  const kind = new ProcessMachines(settings, parts);
  const host = new MachineHost(settings, kind, parts, heard);
  await kind.probe();
  return host;
}

class ProcessMachines implements MachineKind {
  readonly #settings: MachineDriverSettings;
  readonly #parts: MetadataParts;
  readonly #metadata: MetadataListener;
  readonly #hasSsh = existsSync(sshd);
  readonly #looks = new LimitLooks();
  #groups: ControlGroups | undefined;
  #hasVolumes = process.getuid?.() === 0 && absentPrograms(volumePrograms) === undefined;
  #missing: string | undefined;

  constructor(settings: MachineDriverSettings, parts: MetadataParts) {
    this.#settings = settings;
    this.#parts = parts;
    this.#metadata = new MetadataListener(parts.warn);
  }

  missing(): string | undefined {
    return this.#missing;
  }

  /** Runs a machine that only says that it is there; without a volume, and without control groups, where it is not with them. */
  async probe(): Promise<void> {
    this.#missing = unfitHost() ?? absentPrograms(neededPrograms);
    if (this.#missing !== undefined) return;
    const groups = (this.#settings.openGroups ?? openControlGroups)(this.#settings.folder);
    let whyNoGroups = typeof groups === 'string' ? groups : undefined;
    this.#groups = typeof groups === 'string' ? undefined : groups;
    await this.#groups?.settle();
    let whyNoVolumes = this.#hasVolumes ? undefined : (absentPrograms(volumePrograms) ?? 'only root may mount them');
    let failed = await this.#attempt();
    if (failed !== undefined && this.#hasVolumes) {
      [this.#hasVolumes, whyNoVolumes] = [false, failed];
      failed = await this.#attempt();
    }
    if (failed !== undefined && this.#groups) {
      [this.#groups, whyNoGroups] = [undefined, failed];
      failed = await this.#attempt();
    }
    if (failed !== undefined) this.#missing = `this host does not let an instance have namespaces of its own (${failed})`;
    else this.#settings.tell?.(`instances run in namespaces of their own; memory, processors and processes are limited ${this.#groups ? `by control groups (version ${this.#groups.version})` : `for each process, memory of all by looking at it, processors only by priority (no control groups: ${whyNoGroups})`}; disks are ${whyNoVolumes === undefined ? 'volumes of their size' : `folders, looked at now and then (no volumes: ${whyNoVolumes})`}`);
  }

  /** Why a machine does not come up; undefined where one does. */
  async #attempt(): Promise<string | undefined> {
    const probe: Machine = { machineId: 'probe', account: '', region: 'us-east-1', instanceId: 'probe', instanceType: '', vcpus: 1, memoryMiB: 128, diskGiB: 1, hostName: 'probe', privateIpAddress: '127.0.0.1', userData: undefined, publicKey: undefined };
    const folder = machineFolder(this.#settings.folder, probe.machineId);
    await removeTree(folder.folder);
    let group: MachineGroup | undefined;
    try {
      await this.makeDisk(probe, folder);
      group = this.#groups?.open(probe.machineId, probe);
      const log = new ConsoleLog(folder.console, this.#parts.clock);
      const running = await MachineProcess.boot(this.#command(probe, folder, group), { ...this.#orders(probe), init: 'echo here' }, log, (sockets) => Object.values(sockets).forEach((socket) => socket.close()));
      await running.ended;
      await log.close();
      return undefined;
    } catch (thrown) {
      return thrown instanceof Error ? thrown.message : String(thrown);
    } finally {
      await group?.remove();
      await removeTree(folder.folder);
    }
  }

  hasDisk(folder: MachineFolder): boolean {
    return hasDisk(folder);
  }

  makeDisk(machine: Machine, folder: MachineFolder): Promise<void> {
    return makeDisk(folder, machine, { apiHost: new URL(this.#settings.api.url).hostname, owner: ownerOf(machine.machineId), uid: tenant.uid, isVolume: this.#hasVolumes });
  }

  async boot(machine: Machine, { folder, console, takenAddresses }: BootPlace): Promise<RunningMachine> {
    const { machineId, account, region, instanceId } = machine;
    const outside = machine.publicKey !== undefined && this.#hasSsh ? await listenAtOwnAddress(machineId, sshPorts, takenAddresses) : undefined;
    const relays: Relay[] = [];
    let group: MachineGroup | undefined;
    const release = async (): Promise<void> => {
      for (const relay of relays) relay.close();
      outside?.server.close();
      await group?.remove();
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
      group = this.#groups?.open(machineId, machine);
      const running = await MachineProcess.boot(this.#command(machine, folder, group), this.#orders(machine, outside !== undefined), console, take);
      const looked = { machine, disk: existsSync(folder.disk) ? folder.disk : undefined, breach: (detail: string) => running.breach(detail), ...(!group && { processNamespace: () => running.processNamespace() }) };
      relays.push({ close: this.#looks.add(looked) });
      return { address: outside?.address, ended: endingOf(running, group), stop: (isForced) => running.stop(isForced), release };
    } catch (thrown) {
      await release();
      throw thrown instanceof MachineRefused ? thrown : new MachineRefused(thrown instanceof Error ? thrown.message : String(thrown), { cause: thrown });
    }
  }

  async close(): Promise<void> {
    this.#looks.close();
    await this.#groups?.close();
  }

  #command({ machineId, hostName }: Machine, folder: MachineFolder, group: MachineGroup | undefined): ReturnType<typeof sandboxCommand> {
    return sandboxCommand({ folder, node: realpathSync(process.execPath), insideModule, hostName, joins: group?.joins ?? [] }, ownerOf(machineId));
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
}

/** What the kernel ended a machine's first processes for is not seen from how they ended. */
async function endingOf(running: MachineProcess, group: MachineGroup | undefined): Promise<Ending> {
  const { isShutdown, detail } = await running.ended;
  const kills = isShutdown ? 0 : (group?.memoryKills() ?? 0);
  return { isShutdown, detail: kills === 0 ? detail : `${detail} (its memory was used up, and the kernel ended ${kills} of its processes)` };
}

const insideModule = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './inside.ts' : './inside.js', import.meta.url));

/** A user of the host's for each machine, where that is ours to choose, of a range that nobody else uses: so no two machines can touch what is the other's, and none what is the host's. */
export function ownerOf(machineId: string): Owner {
  return process.getuid?.() === 0 ? 1_900_000_000 + (Number.parseInt(hash('sha256', machineId).slice(0, 8), 16) % 200_000_000) : undefined;
}
