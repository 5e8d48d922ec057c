/** What every driver of machines does alike: a folder for each machine, which of them run, and what becomes of them. How one is made and booted is its kind's. */
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { MachineRefused } from '../../services/ec2/driver.ts';
import type { Booted, Machine, MachineDriver, MachineEnded } from '../../services/ec2/driver.ts';
import { ConsoleLines } from './console-lines.ts';
import type { ConsoleLine } from './console-lines.ts';
import { ConsoleLog, readConsole } from './console-log.ts';
import type { ConsoleOutput } from './console-log.ts';
import type { ControlGroups } from './control-groups.ts';
import { machineFolder, removeTree } from './machine-disk.ts';
import type { MachineFolder } from './machine-disk.ts';

export interface MachineDriverSettings {
  /** The folder that all disks are in. */
  readonly folder: string;
  /** Where clients reach the API, and where it listens on this host. */
  readonly api: { readonly url: string; readonly host: string; readonly port: number };
  /** Keeps lines of a machine's console where its owner reads logs; without it only GetConsoleOutput has them. */
  readonly keepConsole?: (machine: Machine, lines: readonly ConsoleLine[]) => Promise<void>;
  /** How control groups are found, where it is not as this host has them. */
  readonly openGroups?: (folder: string) => ControlGroups | string;
  /** Told once of what holds machines to their limits here. */
  readonly tell?: (message: string) => void;
}

/** How it ended: well, by itself, or not; and in words. */
export interface Ending { readonly isShutdown: boolean; readonly detail: string }

/** A machine that runs. */
export interface RunningMachine {
  /** By which its ports are reached on the host. */
  readonly address: string | undefined;
  /** Resolves when all of it is gone, however it ended. */
  readonly ended: Promise<Ending>;
  /** Asks it to shut down, and ends it when it does not; forced, at once. Resolves when all of it is gone. */
  stop(isForced: boolean): Promise<void>;
  /** Once it is gone: closes what was opened for it outside. */
  release(): Promise<void>;
}

/** What is where, for one that is to boot. */
export interface BootPlace { readonly folder: MachineFolder; readonly console: ConsoleLog; /** Of other machines. */ readonly takenAddresses: ReadonlySet<string> }

export interface MachineKind {
  /** What is missing for one to run here, undefined when nothing is. */
  missing(): string | undefined;
  /** Before anything else: ends and removes what an earlier process left running. */
  settle?(): Promise<void>;
  /** Makes its disk where there is none: whole, or not at all. */
  makeDisk(machine: Machine, folder: MachineFolder): Promise<void>;
  /** Whether it has one. */
  hasDisk(folder: MachineFolder): boolean;
  /** Boots it; resolves when it runs. Throws MachineRefused, with nothing left, where it cannot. */
  boot(machine: Machine, place: BootPlace): Promise<RunningMachine>;
  /** When all machines have ended. */
  close?(): Promise<void>;
}

interface Live { readonly machine: Machine; readonly running: RunningMachine; readonly console: ConsoleLog; isEnding: boolean }

export class MachineHost implements MachineDriver {
  readonly #settings: MachineDriverSettings;
  readonly #kind: MachineKind;
  readonly #parts: { readonly clock: () => number; readonly warn: (message: string, cause: unknown) => void };
  readonly #heard: (ended: MachineEnded) => void;
  readonly #live = new Map<string, Live>();

  constructor(settings: MachineDriverSettings, kind: MachineKind, parts: { readonly clock: () => number; readonly warn: (message: string, cause: unknown) => void }, heard: (ended: MachineEnded) => void) {
    mkdirSync(settings.folder, { recursive: true, mode: 0o700 });
    this.#settings = settings;
    this.#kind = kind;
    this.#parts = parts;
    this.#heard = heard;
  }

  missing(): string | undefined {
    return this.#kind.missing();
  }

  async settle(known: ReadonlySet<string>): Promise<void> {
    await this.#kind.settle?.();
    for (const name of readdirSync(this.#settings.folder)) if (!known.has(name)) await removeTree(join(this.#settings.folder, name));
  }

  async launch(machine: Machine): Promise<Booted> {
    this.#refuseWhereMissing();
    if (!this.#live.has(machine.machineId)) await this.#kind.makeDisk(machine, this.#folder(machine.machineId));
    return this.start(machine);
  }

  async start(machine: Machine): Promise<Booted> {
    const { machineId } = machine;
    const live = this.#live.get(machineId);
    if (live) return { publicIpAddress: live.running.address };
    this.#refuseWhereMissing();
    const folder = this.#folder(machineId);
    if (!this.#kind.hasDisk(folder)) throw new MachineRefused('its disk is gone');
    const console = new ConsoleLog(folder.console, this.#parts, this.#linesOf(machine));
    try {
      const takenAddresses = new Set(Array.from(this.#live.values(), ({ running: { address } }) => address ?? ''));
      const running = await this.#kind.boot(machine, { folder, console, takenAddresses });
      const begun: Live = { machine, running, console, isEnding: false };
      this.#live.set(machineId, begun);
      void this.#follow(begun);
      return { publicIpAddress: running.address };
    } catch (thrown) {
      await console.close();
      throw thrown;
    }
  }

  async stop(machineId: string, { isForced }: { readonly isForced: boolean }): Promise<void> {
    const live = this.#live.get(machineId);
    if (!live) return;
    live.isEnding = true;
    await live.running.stop(isForced);
    await this.#forget(live);
  }

  async reboot(machine: Machine): Promise<Booted> {
    await this.stop(machine.machineId, { isForced: false });
    return this.start(machine);
  }

  async terminate(machineId: string): Promise<void> {
    await this.stop(machineId, { isForced: true });
    await removeTree(this.#folder(machineId).folder);
  }

  async consoleOutput(machineId: string): Promise<ConsoleOutput | undefined> {
    return this.#live.get(machineId)?.console.output ?? readConsole(this.#folder(machineId).console);
  }

  async close(): Promise<void> {
    await Promise.all(Array.from(this.#live.keys(), (machineId) => this.stop(machineId, { isForced: false })));
    await this.#kind.close?.();
  }

  async #follow(live: Live): Promise<void> {
    const { isShutdown, detail } = await live.running.ended.catch((cause: unknown): Ending => ({ isShutdown: false, detail: cause instanceof Error ? cause.message : String(cause) }));
    if (live.isEnding) return;
    // INVARIANT: nobody waits for this: what cannot be closed – a control group in which something still ends, an engine that is away – is told, and the end of the machine is heard all the same.
    await this.#forget(live).catch((cause: unknown) => this.#parts.warn('what was opened for a machine that ended could not all be closed', cause));
    this.#heard({ machineId: live.machine.machineId, how: isShutdown ? 'shutdown' : 'failure', detail });
  }

  async #forget(live: Live): Promise<void> {
    if (this.#live.get(live.machine.machineId) !== live) return;
    this.#live.delete(live.machine.machineId);
    try {
      await live.running.release();
    } finally {
      await live.console.close();
    }
  }

  #linesOf(machine: Machine): ConsoleLines | undefined {
    const { keepConsole } = this.#settings;
    return keepConsole && new ConsoleLines((lines) => keepConsole(machine, lines), this.#parts.clock, this.#parts.warn);
  }

  #folder(machineId: string): MachineFolder {
    return machineFolder(this.#settings.folder, machineId);
  }

  #refuseWhereMissing(): void {
    const missing = this.missing();
    if (missing !== undefined) throw new MachineRefused(missing);
  }
}

/** For kinds whose disk is a folder. */
export const hasFolder = ({ disk }: MachineFolder): boolean => existsSync(disk);
