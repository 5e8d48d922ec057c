/** A tenant who takes all that there is: processes, memory, processors, disk. Held by the kernel where it gives control groups and volumes, looked at and ended where it does not. */
import assert from 'node:assert/strict';
import { globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openProcessDriver } from '../../src/doors/machines/process-driver.ts';
import type { InstanceDoc } from '../../src/store/instance-docs.ts';
import type { Machine } from '../../src/services/ec2/driver.ts';
import { machinesMissing, startRunning } from './running.ts';
import type { RunningMachines } from './running.ts';

const missing = await machinesMissing();
let number = 0;

async function inside(running: RunningMachines, script: string, changes: Partial<InstanceDoc> = {}): Promise<Machine> {
  const InstanceId = `i-0fffffffffffffff${++number}`.slice(0, 19);
  return running.run({ InstanceType: 't3.nano', ...changes, InstanceId, UserData: running.machines.sealUserData(InstanceId, `#!/bin/bash\nexec 2>&1\n${script}\n`) });
}

const takeMemory = (mib: number): string => `python3 -c 'import time
x = bytearray(${mib} * 2**20)
for at in range(0, len(x), 4096): x[at] = 1
time.sleep(3600)'`;

const files = 'import os\nheld = []\ntry:\n    while True: held.append(os.open("/dev/null", 0))\nexcept OSError: print("files", len(held) < 4100)';

describe('a tenant who takes all that there is', { skip: missing !== undefined && `NO MACHINE CAN BE RUN HERE, so no limit was attacked: ${missing}` }, () => {
  let running: RunningMachines;
  const told: string[] = [];

  before(async () => {
    running = await startRunning((settings, ...rest) => openProcessDriver({ ...settings, tell: (message) => told.push(message) }, ...rest));
  });

  after(() => running[Symbol.asyncDispose]());

  const isServed = async (): Promise<void> => assert.equal((await running.machines.gatehouse.send({ method: 'GET', target: '/health' })).status, 200);
  const holds = (what: 'groups' | 'volumes'): boolean => told[0]!.includes(what === 'groups' ? 'by control groups (version' : 'disks are volumes');
  const skipUnless = (t: { skip(why: string): void }, what: 'groups' | 'volumes'): boolean => {
    if (!holds(what)) t.skip(`THE KERNEL HOLDS NO MACHINE TO IT HERE, so that it does was not seen: ${told[0]}`);
    return holds(what);
  };

  test('the start says what holds machines to their limits', () => assert.match(told.join('\n'), /^instances run in namespaces of their own; memory, processors and processes are limited .*; disks are .*$/));

  test('a fork bomb stays within its processes, open files within theirs', async () => {
    const machine = await inside(running, `
      python3 -c '${files}'
      ( :(){ :|:& };: ) 2>/dev/null & sleep 1.5
      ( ls -d /proc/[0-9]* | wc -l; echo counted ) || echo none left`);
    await running.console(machine, /counted|none left|fork/);
    await isServed();
    const text = await running.console(machine, /files True/);
    const count = /^(\d+)\ncounted/m.exec(text)?.[1];
    assert.ok(count === undefined || Number(count) <= 520, text.slice(-500));
    await running.driver.terminate(machine.machineId);
  });

  test('memory that many processes take together: some of them are ended, the machine goes on, and no more is ever taken than it has', async (t) => {
    if (!skipUnless(t, 'groups')) return;
    const machine = await inside(running, `for i in 1 2 3 4 5 6 7 8; do ${takeMemory(100)} & done\nfor i in 1 2 3 4; do wait -n; echo "ended with $?"; done; echo "the machine goes on"`);
    const text = await running.console(machine, /the machine goes on/);
    assert.equal(text.match(/ended with 137/g)?.length, 4, text);
    const most = Number(groupFile(machine, 'memory.max', 'memory.limit_in_bytes'));
    assert.equal(most, 512 * 2 ** 20);
    await isServed();
    await running.driver.terminate(machine.machineId);
  });

  test('memory that no process maps counts too', async (t) => {
    if (!skipUnless(t, 'groups')) return;
    const machine = await inside(running, `python3 -c 'import os
f = os.memfd_create("hidden")
for i in range(700): os.write(f, bytes(2**20))
print("TOOK IT ALL")'; echo "ended with $?"`);
    assert.match(await running.console(machine, /ended with/), /ended with 137/);
    await running.driver.terminate(machine.machineId);
  });

  test('processors: more than its share is not to be had', async (t) => {
    if (!skipUnless(t, 'groups')) return;
    const machine = await inside(running, 'for i in 1 2 3 4; do ( while :; do :; done ) & done; wait', { InstanceType: 't2.micro' });
    // However busy the host is, it would get more than its share, were it let.
    const weight = groupPath(machine, 'cpu.weight', 'cpu.shares');
    for (const file of [weight, join(weight, '..', '..', basename(weight))]) writeFileSync(file, weight.endsWith('weight') ? '10000' : '262144');
    while (!(Number(/^nr_throttled (\d+)$/m.exec(groupFile(machine, 'cpu.stat'))?.[1]) > 0)) await new Promise((resolve) => setTimeout(resolve, 50));
    await isServed();
    await running.driver.terminate(machine.machineId);
  });

  test('a full disk is full at its size, for the tenant alone', async (t) => {
    if (!skipUnless(t, 'volumes')) return;
    const machine = await inside(running, 'cd ~; fallocate -l 700M one; fallocate -l 700M two; df --output=size -m . | tail -1; touch /var/tmp/one-more; rm one two; echo "goes on" >three; cat three', { VolumeSizeGiB: 1 });
    const text = await running.console(machine, /user data ended/);
    assert.match(text, /two: No space left|fallocate failed: No space left/);
    assert.match(text, /goes on/);
    assert.ok(statSync(join(running.folder, machine.machineId, 'disk.ext4')).size === 2 ** 30);
    await running.driver.terminate(machine.machineId);
  });

  test('one process alone gets no more than the machine has, nor its folders in memory', async () => {
    const machine = await inside(running, `python3 -c 'x = bytearray(600 * 2**20)' 2>&1 | tail -1; dd if=/dev/zero of=/dev/shm/x bs=1M count=64 2>&1 | head -1; dd if=/dev/zero of=/run/x bs=1M count=64 2>&1 | head -1`);
    assert.match(await running.console(machine, /user data ended/), /MemoryError[^\n]*\n[^\n]*No space left[^\n]*\n[^\n]*No space left/);
    await running.driver.terminate(machine.machineId);
  });

  const groupFile = (machine: Machine, ...names: readonly string[]): string => readFileSync(groupPath(machine, ...names), 'utf8');
});

/** The first of the names that a machine's control group has. */
function groupPath({ machineId }: Machine, ...names: readonly string[]): string {
  const [file] = globSync(names.flatMap((name) => [`/sys/fs/cgroup/gatehouse-*/${machineId}/${name}`, `/sys/fs/cgroup/*/gatehouse-*/${machineId}/${name}`]));
  assert.ok(file, `a control group of ${machineId} with ${names.join(' or ')}`);
  return file;
}

test('without control groups a machine that takes more memory than it has is ended, and said to be', { skip: missing !== undefined && `NO MACHINE CAN BE RUN HERE: ${missing}` }, async () => {
  const told: string[] = [];
  await using running = await startRunning((settings, ...rest) => openProcessDriver({ ...settings, openGroups: () => 'none were to be used', tell: (message) => told.push(message) }, ...rest));
  assert.match(told[0]!, /no control groups: none were to be used/);
  const machine = await inside(running, `for i in 1 2 3 4; do ${takeMemory(300)} & done; wait`);
  const { how, detail } = await running.heard(machine.machineId);
  assert.equal(how, 'failure');
  assert.match(detail, /512 MiB/);
});
