/** A driver of machines that do nothing, and only when a test lets them: what was asked of it is kept. */
import { MachineRefused } from '../../src/services/ec2/driver.ts';
import type { Machine, MachineDriver, MachineEnded } from '../../src/services/ec2/driver.ts';
import type { OpenMachines } from '../../src/server/assemble.ts';

export interface TestMachines {
  readonly open: OpenMachines;
  /** What was asked, in order: `launch i-…`. */
  readonly asked: string[];
  /** What a machine was made of, by the id of its instance. */
  readonly made: Map<string, Machine>;
  /** What runs now. */
  readonly running: Set<string>;
  /** Every call waits until this is resolved. */
  hold(): { release(): void };
  /** The next boot is refused in these words. */
  refuse(why: string): void;
  /** A machine ends by itself. */
  end(instanceId: string, how: MachineEnded['how'], detail?: string): void;
}

export function testMachines(): TestMachines {
  const asked: string[] = [];
  const made = new Map<string, Machine>();
  const running = new Set<string>();
  const nameOf = (machineId: string): string => [...made.values()].find((machine) => machine.machineId === machineId)?.instanceId ?? 'nobody';
  let held: Promise<void> = Promise.resolve();
  let refusal: string | undefined;
  let heard: (ended: MachineEnded) => void = () => {};
  const boot = (verb: string) => async (machine: Machine) => {
    made.set(machine.instanceId, machine);
    asked.push(`${verb} ${machine.instanceId}`);
    await held;
    const why = refusal;
    refusal = undefined;
    if (why !== undefined) throw new MachineRefused(why);
    running.add(machine.instanceId);
    return { publicIpAddress: '127.0.0.77' };
  };
  const end = (verb: string) => async (machineId: string, { isForced = false } = {}) => {
    asked.push(`${verb}${isForced ? ' by force' : ''} ${nameOf(machineId)}`);
    await held;
    running.delete(nameOf(machineId));
  };
  const driver: MachineDriver = {
    missing: () => undefined,
    settle: async (known) => void asked.push(`settle ${known.size}`),
    launch: boot('launch'), start: boot('start'), reboot: boot('reboot'), stop: end('stop'), terminate: (machineId) => end('terminate')(machineId),
    consoleOutput: async (machineId) => (nameOf(machineId) === 'nobody' ? undefined : { bytes: Buffer.from(`console of ${nameOf(machineId)}`), at: 0 }),
    close: async () => {},
  };
  return {
    asked, made, running,
    open: async (_, listener) => {
      heard = listener;
      return driver;
    },
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      return { release: () => { held = Promise.resolve(); resolve(); } };
    },
    refuse: (why) => { refusal = why; },
    end(instanceId, how, detail = '') {
      running.delete(instanceId);
      heard({ machineId: made.get(instanceId)!.machineId, how, detail });
    },
  };
}
