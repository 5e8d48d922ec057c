/** A whole Gatehouse behind a socket, and a driver that runs instances for it: what the tests of machines begin with. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openControlGroups } from '../../src/doors/machines/control-groups.ts';
import { openProcessDriver } from '../../src/doors/machines/process-driver.ts';
import { removeTree } from '../../src/doors/machines/machine-disk.ts';
import { keepConsoleIn } from '../../src/server/console-logs.ts';
import { handle } from '../../src/server/handle.ts';
import { listen } from '../../src/server/listen.ts';
import { isStreamed } from '../../src/server/route.ts';
import type { Machine, MachineDriver, MachineEnded } from '../../src/services/ec2/driver.ts';
import { machineOf } from '../../src/services/ec2/machine-of.ts';
import type { InstanceDoc } from '../../src/store/instance-docs.ts';
import { pairKey } from '../../src/store/tables.ts';
import { startGatehouse } from '../gatehouse.ts';
import { region, TestMachines } from '../metadata/test-instance.ts';

export interface RunningMachines extends AsyncDisposable {
  readonly machines: TestMachines;
  readonly driver: MachineDriver;
  readonly folder: string;
  /** What was heard of machines that ended by themselves. */
  heard(machineId: string): Promise<MachineEnded>;
  /** Makes an instance and runs it. */
  run(changes?: Partial<InstanceDoc>): Promise<Machine>;
  machine(instanceId: string): Machine;
  /** The console of a machine, once it matches. */
  console(machine: Machine, pattern: RegExp): Promise<string>;
}

export async function startRunning(open: typeof openProcessDriver = openProcessDriver): Promise<RunningMachines> {
  // The clock of clients inside is the machine's own.
  const gatehouse = await startGatehouse({ startsAt: Date.now() });
  const { plane } = gatehouse;
  const listening = await listen({ host: '127.0.0.1', port: 0, tls: undefined, now: plane.clock, newRequestId: plane.newRequestId, handle: (request) => handle(plane, request), streams: (head) => isStreamed(plane, head), together: (work) => work() });
  const machines = new TestMachines(gatehouse);
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-machines-'));
  const endings = new Map<string, MachineEnded>();
  const waiting = new Map<string, (ended: MachineEnded) => void>();
  const driver = await open({ folder, api: { url: listening.url, host: '127.0.0.1', port: Number(new URL(listening.url).port) }, keepConsole: keepConsoleIn(plane.logs) }, machines.parts, (ended) => {
    endings.set(ended.machineId, ended);
    waiting.get(ended.machineId)?.(ended);
  });
  await driver.settle(new Set());
  const machine = (instanceId: string): Machine => machineOf(gatehouse.account, plane.store.loaded(gatehouse.account)!.instances.find(pairKey(region, instanceId))!, plane.seal);
  return {
    machines, driver, folder, machine,
    heard: (machineId) => new Promise((resolve) => (endings.has(machineId) ? resolve(endings.get(machineId)!) : void waiting.set(machineId, resolve))),
    async run(changes) {
      const made = machine(await machines.instance(changes));
      await driver.launch(made);
      return made;
    },
    async console({ machineId }, pattern) {
      for (let attempt = 0; ; attempt++) {
        const text = Buffer.from((await driver.consoleOutput(machineId))?.bytes ?? []).toString();
        if (pattern.test(text)) return text;
        if (attempt > 600) throw new Error(`the console says only: ${text}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async [Symbol.asyncDispose]() {
      await driver.close();
      await listening.stop();
      await gatehouse.stop();
      await removeTree(folder);
    },
  };
}

/** Why no machine can be run on this host; undefined where one can. */
export async function machinesMissing(): Promise<string | undefined> {
  await using running = await startRunning();
  return running.driver.missing();
}

/** What a process that was killed left of its machines. */
export async function removeLeft(folder: string): Promise<void> {
  await removeTree(folder);
  const groups = openControlGroups(folder);
  if (typeof groups === 'string') return;
  await groups.settle();
  await groups.close();
}
