/** What runs instances: the whole interface between the EC2 service, which knows what shall be and keeps it in the journal, and whatever makes a machine of it. */

/*
 * A driver knows a machine by its MachineId alone and keeps no other truth. Everything it is asked may be asked again – after a crash nobody knows how far it came –
 * and must then come to the same. Two calls about one machine are never under way at once.
 */

/** What a machine is made of. */
export interface Machine {
  /** Unguessable and never used again: safe as the name of a folder, never shown to anybody. */
  readonly machineId: string;
  readonly account: string;
  readonly region: string;
  readonly instanceId: string;
  readonly instanceType: string;
  readonly vcpus: number;
  readonly memoryMiB: number;
  readonly diskGiB: number;
  /** `ip-172-31-0-4` */
  readonly hostName: string;
  readonly privateIpAddress: string;
  /** Run once in the machine's life, at its first boot. */
  readonly userData: Uint8Array | undefined;
  /** OpenSSH's line, of whoever may sign in by SSH. */
  readonly publicKey: string | undefined;
}

/** What came of a boot. */
export interface Booted {
  /** The address, on the host, by which the machine's ports are reached; undefined where they are not. */
  readonly publicIpAddress?: string | undefined;
}

/** A machine that ended without being asked to. */
export interface MachineEnded {
  readonly machineId: string;
  /** From inside (`shutdown`, its first process ended well), or not meant by anybody. */
  readonly how: 'shutdown' | 'failure';
  /** For the operator and the owner: `exit status 137`. */
  readonly detail: string;
}

export interface MachineDriver {
  /** What is missing for a machine to be run here, in words for whoever asked to run one; undefined when nothing is. */
  missing(): string | undefined;
  /** Asked once, before anything else: these machines are known. Whatever there is of others is removed; of known ones, what cannot be taken up again where an earlier process left it is stopped. */
  settle(known: ReadonlySet<string>): Promise<void>;
  /** Makes its disk where there is none yet, and boots it; one that runs is left running. Resolves when it runs, not when its user data is through. Throws MachineRefused when it cannot be. */
  launch(machine: Machine): Promise<Booted>;
  /** Boots it from the disk it has; one that runs is left running. Throws MachineRefused when it cannot be. */
  start(machine: Machine): Promise<Booted>;
  /** Asks it to shut down, and ends it when it does not; forced, at once. The disk stays. One that is stopped is left. */
  stop(machineId: string, options: { readonly isForced: boolean }): Promise<void>;
  /** Ends it and boots it again, with its disk as it is. */
  reboot(machine: Machine): Promise<Booted>;
  /** Ends it, and removes its disk and its console's output. One that is gone is gone. */
  terminate(machineId: string): Promise<void>;
  /** The last 64 KiB that it wrote to its console, undefined where it never booted. */
  consoleOutput(machineId: string): Promise<{ readonly bytes: Uint8Array; readonly at: number } | undefined>;
  /** The process that ran the machines is about to end: leaves nothing behind that a next `settle` could not deal with. */
  close(): Promise<void>;
}

/** The machine cannot run, for a reason that the owner of the instance is told; nothing of the attempt is left but the disk that was there before. */
export class MachineRefused extends Error {
  override readonly name = 'MachineRefused';
}

/** Opens a driver; `heard` is told of machines that end by themselves. */
export type OpenMachineDriver = (heard: (ended: MachineEnded) => void) => Promise<MachineDriver>;

/** No machine can be run: what is missing says why. */
export function noMachines(missing: string): MachineDriver {
  const refuse = async (): Promise<never> => {
    throw new MachineRefused(missing);
  };
  return { missing: () => missing, settle: async () => {}, launch: refuse, start: refuse, stop: async () => {}, reboot: refuse, terminate: async () => {}, consoleOutput: async () => undefined, close: async () => {} };
}
