/** Runs instances as process trees in namespaces of their own: what each is told, how it is reached, and what holds it to what it may take of the host. */
import { existsSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MachineRefused } from '../../services/ec2/driver.ts';
import type { Machine, MachineDriver, MachineEnded } from '../../services/ec2/driver.ts';
import type { MetadataParts } from '../metadata/parts.ts';
import { ConsoleLog } from './console-log.ts';
import { openControlGroups } from './control-groups.ts';
import type { ControlGroups, MachineGroup } from './control-groups.ts';
import { initScript } from './init-script.ts';
import type { InsideOrders } from './inside.ts';
import { LimitLooks } from './limit-looks.ts';
import { machineLimits } from './limits.ts';
import { hasDisk, machineFolder, makeDisk, ownerOf, removeTree, tenant } from './machine-disk.ts';
import type { MachineFolder } from './machine-disk.ts';
import { MachineHost } from './machine-host.ts';
import type { BootPlace, Ending, MachineDriverSettings, MachineKind, RunningMachine } from './machine-host.ts';
import { MachineProcess } from './machine-process.ts';
import { addressesInside, MachineReach, probeMachine } from './machine-reach.ts';
import type { Reached } from './machine-reach.ts';
import { absentPrograms } from './programs.ts';
import { neededPrograms, sandboxCommand, unfitHost, volumePrograms } from './sandbox.ts';

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
  readonly #reach: MachineReach;
  readonly #looks = new LimitLooks();
  #groups: ControlGroups | undefined;
  #hasVolumes = process.getuid?.() === 0 && absentPrograms(volumePrograms) === undefined;
  #missing: string | undefined;

  constructor(settings: MachineDriverSettings, parts: MetadataParts) {
    this.#settings = settings;
    this.#parts = parts;
    this.#reach = new MachineReach(settings, parts);
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
    const probe = probeMachine;
    const folder = machineFolder(this.#settings.folder, probe.machineId);
    await removeTree(folder.folder);
    const reached = await this.#reach.open(probe, new Set());
    let group: MachineGroup | undefined;
    let log: ConsoleLog | undefined;
    try {
      await this.makeDisk(probe, folder);
      group = this.#groups?.open(probe.machineId, probe);
      log = new ConsoleLog(folder.console, this.#parts);
      const running = await MachineProcess.boot(this.#command(probe, folder, group), { ...ordersOf(probe, reached), init: 'echo here' }, log, (sockets) => Object.values(sockets).forEach((socket) => socket.close()));
      await running.ended;
      return undefined;
    } catch (thrown) {
      return thrown instanceof Error ? thrown.message : String(thrown);
    } finally {
      await log?.close();
      await group?.remove();
      await removeTree(folder.folder);
    }
  }

  hasDisk(folder: MachineFolder): boolean {
    return hasDisk(folder);
  }

  makeDisk(machine: Machine, folder: MachineFolder): Promise<void> {
    return makeDisk(folder, machine, { apiHost: this.#reach.apiHost, owner: ownerOf(machine.machineId), uid: tenant.uid, initPid: 2, isVolume: this.#hasVolumes });
  }

  async boot(machine: Machine, { folder, console, takenAddresses }: BootPlace): Promise<RunningMachine> {
    const reached = await this.#reach.open(machine, takenAddresses);
    let group: MachineGroup | undefined;
    let lookAway = (): void => {};
    const release = async (): Promise<void> => {
      lookAway();
      reached.close();
      await group?.remove();
    };
    try {
      group = this.#groups?.open(machine.machineId, machine);
      const running = await MachineProcess.boot(this.#command(machine, folder, group), ordersOf(machine, reached), console, reached.take);
      lookAway = this.#looks.add({ machine, disk: existsSync(folder.disk) ? folder.disk : undefined, breach: (detail) => running.breach(detail), ...(!group && { processNamespace: () => running.processNamespace() }) });
      return { address: reached.address, ended: endingOf(running, group), stop: (isForced) => running.stop(isForced), release };
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
}

function ordersOf(machine: Machine, { places, environment }: Reached): InsideOrders {
  const { memoryMiB, diskGiB } = machine;
  return {
    sockets: places, addresses: addressesInside(machine), uid: tenant.uid, gid: tenant.gid,
    limits: { nproc: machineLimits.processesMax, nofile: machineLimits.openFilesMax, data: memoryMiB * 2 ** 20, fsize: diskGiB * 2 ** 30 },
    niceness: machineLimits.niceness, init: initScript, environment,
  };
}

/** What the kernel ended a machine's first processes for is not seen from how they ended. */
async function endingOf(running: MachineProcess, group: MachineGroup | undefined): Promise<Ending> {
  const { isShutdown, detail } = await running.ended;
  const kills = isShutdown ? 0 : (group?.memoryKills() ?? 0);
  return { isShutdown, detail: kills === 0 ? detail : `${detail} (its memory was used up, and the kernel ended ${kills} of its processes)` };
}

const insideModule = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './inside.ts' : './inside.js', import.meta.url));
