/** Control groups: how the kernel holds all processes of a machine together to its memory, its processors and its number of processes. Source: the kernel's "Control Group v2" and "Control Groups version 1"; cgroups(7). */
import { hash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { machineLimits } from './limits.ts';

/** What a machine may take. */
export interface GroupLimits { readonly memoryMiB: number; readonly vcpus: number }

/** The groups of one machine, one of each hierarchy that it takes. */
export interface MachineGroup {
  /** Files to which a process writes itself before anything of the tenant's runs in it. */
  readonly joins: readonly string[];
  /** How often the kernel ended a process of it because its memory was used up. */
  memoryKills(): number;
  /** Once nothing of it runs: the kernel may take a moment to see that. */
  remove(): Promise<void>;
}

export interface ControlGroups {
  readonly version: 1 | 2;
  /** Makes the groups of a machine, with its limits set. */
  open(machineId: string, limits: GroupLimits): MachineGroup;
  /** Removes what an earlier process left, whose machines ended with it; a group in which something still ends is left for the next. */
  settle(): Promise<void>;
  /** When no machine has any: removes what they stood in. */
  close(): Promise<void>;
}

const controllers = ['cpu', 'memory', 'pids'] as const;
type Controller = (typeof controllers)[number];

/** In microseconds: over which a machine's share of the processors is counted. */
const periodUs = 100_000;
const bytesOf = (memoryMiB: number): string => String(memoryMiB * 2 ** 20);
const most = String(machineLimits.processesMax);

/** What is written to which file; one that a kernel may be built without is written where it is. INVARIANT: a file of memory and swap together takes no less than memory's, which so comes first. */
type Settings = (limits: GroupLimits) => readonly (readonly [file: string, value: string, isOptional?: 'where it is'])[];

const settings = {
  2: {
    cpu: ({ vcpus }) => [['cpu.max', `${vcpus * periodUs} ${periodUs}`], ['cpu.weight', String(machineLimits.cpuWeight)]],
    memory: ({ memoryMiB }) => [['memory.max', bytesOf(memoryMiB)], ['memory.swap.max', '0', 'where it is']],
    pids: () => [['pids.max', most]],
  },
  1: {
    cpu: ({ vcpus }) => [['cpu.cfs_period_us', String(periodUs)], ['cpu.cfs_quota_us', String(vcpus * periodUs)], ['cpu.shares', String(Math.ceil(machineLimits.cpuWeight * 10.24))]],
    memory: ({ memoryMiB }) => [['memory.limit_in_bytes', bytesOf(memoryMiB)], ['memory.memsw.limit_in_bytes', bytesOf(memoryMiB), 'where it is']],
    pids: () => [['pids.max', most]],
  },
} satisfies Record<1 | 2, Record<Controller, Settings>>;

/** The file that counts what the kernel ended for want of memory, and its line. */
const kills = { 2: 'memory.events', 1: 'memory.oom_control' } as const;

/** Where hierarchies are, and who asks: this host's, or a test's. */
export interface GroupHost {
  /** `/proc/self/mountinfo` and `/proc/self/cgroup`. */
  readonly mountInfo: string;
  readonly ownGroups: string;
  readonly isRoot: boolean;
}

export const thisHost = (): GroupHost => ({ mountInfo: readFileSync('/proc/self/mountinfo', 'latin1'), ownGroups: readFileSync('/proc/self/cgroup', 'latin1'), isRoot: process.getuid?.() === 0 });

/**
 * The control groups that this process may make, or why it may make none. Root makes them at the top, as container engines do; anybody else below the group that it is in, where that
 * was delegated to it (`systemd-run --user --scope -p Delegate=yes`). `of` is the folder of the machines, so that two Gatehouses on one host have nothing in common.
 */
export function openControlGroups(of: string, host: GroupHost = thisHost()): ControlGroups | string {
  const name = `gatehouse-${hash('sha256', of).slice(0, 16)}`;
  const mounts = mountsOf(host.mountInfo);
  try {
    const second = mounts.find(({ type }) => type === 'cgroup2');
    const why = second ? prepareSecond(second.path, host) : 'no hierarchy of version 2 is mounted';
    if (second && typeof why !== 'string') return new Groups(2, new Map([['all', { folder: join(why.parent, name), controllers }]]));
    const first = controllers.map((controller) => [controller, mounts.find(({ type, options }) => type === 'cgroup' && options.includes(controller))?.path] as const);
    if (!host.isRoot || first.some(([, path]) => path === undefined)) return typeof why === 'string' ? why : '';
    return new Groups(1, new Map(first.map(([controller, path]) => [controller, { folder: join(path!, name), controllers: [controller] }])));
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
}

interface Hierarchy { readonly folder: string; readonly controllers: readonly Controller[] }

class Groups implements ControlGroups {
  readonly version: 1 | 2;
  readonly #hierarchies: readonly Hierarchy[];

  constructor(version: 1 | 2, hierarchies: ReadonlyMap<string, Hierarchy>) {
    this.version = version;
    this.#hierarchies = [...hierarchies.values()];
    for (const { folder } of this.#hierarchies) {
      mkdirSync(folder, { recursive: true });
      if (version === 2) enable(folder);
    }
  }

  open(machineId: string, limits: GroupLimits): MachineGroup {
    const { version } = this;
    const folders = this.#hierarchies.map((hierarchy) => ({ ...hierarchy, folder: join(hierarchy.folder, machineId) }));
    for (const { folder, controllers: its } of folders) {
      mkdirSync(folder, { recursive: true });
      for (const controller of its) {
        for (const [file, value, isOptional] of settings[version][controller](limits)) if (!isOptional || existsSync(join(folder, file))) writeFileSync(join(folder, file), value);
      }
    }
    const memory = folders.find(({ controllers: its }) => its.includes('memory'))!.folder;
    return {
      joins: folders.map(({ folder }) => join(folder, 'cgroup.procs')),
      memoryKills: () => Number(/^oom_kill (\d+)$/m.exec(readFileSync(join(memory, kills[version]), 'latin1'))?.[1] ?? 0),
      remove: async () => {
        for (const { folder } of folders) await removeGroup(folder);
      },
    };
  }

  async settle(): Promise<void> {
    for (const { folder } of this.#hierarchies) for (const entry of readdirSync(folder, { withFileTypes: true })) if (entry.isDirectory()) await removeGroup(join(folder, entry.name), 'left');
  }

  async close(): Promise<void> {
    for (const { folder } of this.#hierarchies) await removeGroup(folder);
  }
}

/** The group below which those of machines are made, with the controllers handed down to it; else why not. */
function prepareSecond(root: string, { ownGroups, isRoot }: GroupHost): { readonly parent: string } | string {
  // What was moved there before, and what it started, is in the group below its own.
  const own = /^0::(\/.*?)(?:\/gatehouse)?$/m.exec(ownGroups)?.[1];
  if (own === undefined) return 'this process is in no control group of version 2';
  const parent = isRoot ? root : join(root, own);
  const offered = words(join(parent, 'cgroup.controllers'));
  const absent = controllers.filter((controller) => !offered.includes(controller));
  if (absent.length > 0) return `the control group ${own} is not given the controllers ${absent.join(', ')}`;
  try {
    enable(parent);
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'EBUSY')) return `the control group ${own} is not delegated to this process (systemd-run --user --scope -p Delegate=yes does that)`;
    // A group that hands controllers down has no processes of its own: those that are in it move into one below.
    const leaf = join(parent, 'gatehouse');
    mkdirSync(leaf, { recursive: true });
    for (const pid of words(join(parent, 'cgroup.procs'))) writeFileSync(join(leaf, 'cgroup.procs'), pid);
    enable(parent);
  }
  return { parent };
}

function enable(folder: string): void {
  const enabled = words(join(folder, 'cgroup.subtree_control'));
  const wanted = controllers.filter((controller) => !enabled.includes(controller));
  if (wanted.length > 0) writeFileSync(join(folder, 'cgroup.subtree_control'), wanted.map((controller) => `+${controller}`).join(' '));
}

const words = (file: string): readonly string[] => readFileSync(file, 'latin1').split(/\s+/).filter(Boolean);

/** Source: proc_pid_mountinfo(5). */
function mountsOf(mountInfo: string): readonly { readonly type: string; readonly path: string; readonly options: readonly string[] }[] {
  return mountInfo.split('\n').flatMap((line) => {
    const [mount, rest] = line.split(' - ');
    if (!mount || !rest) return [];
    const [type = '', , options = ''] = rest.split(' ');
    return [{ type, path: mount.split(' ')[4]!.replaceAll('\\040', ' '), options: options.split(',') }];
  });
}

const removalMs = 20;
const removalTries = 100;

async function removeGroup(folder: string, whereBusy: 'left' | 'an error' = 'an error'): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return rmdirSync(folder);
    } catch (thrown) {
      if (!(thrown instanceof Error && 'code' in thrown)) throw thrown;
      if (thrown.code === 'ENOENT') return;
      if (thrown.code !== 'EBUSY') throw thrown;
      if (attempt === removalTries) {
        if (whereBusy === 'left') return;
        throw thrown;
      }
      await new Promise((resolve) => setTimeout(resolve, removalMs));
    }
  }
}
