/** Instances over the ends of processes, and with two on one journal: what ran runs again, what was begun is ended, and one process alone tells the machines. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Machines } from '../../src/services/ec2/machines.ts';
import { Intents } from '../../src/store/intents.ts';
import type { ProcessHold } from '../../src/store/process-hold.ts';
import { startGatehouse } from '../gatehouse.ts';
import type { TestGatehouse } from '../gatehouse.ts';
import { ec2Of } from './ec2-client.ts';
import type { Ec2Call } from './ec2-client.ts';
import { testMachines } from './test-machines.ts';
import type { TestMachines } from './test-machines.ts';

const held = { release: () => {} };

/** What a later process makes of the same journal. */
function laterProcess({ plane }: TestGatehouse, machines: TestMachines, takeHold: () => ProcessHold | undefined = () => held): { readonly intents: Intents; readonly machines: Machines } {
  const { store, clock, random, warn, seal } = plane;
  const intents = new Intents({ store, clock, random, warn });
  return { intents, machines: new Machines({ openDriver: (heard) => machines.open({} as never, heard), takeHold, intents, store, seal, clock, warn }) };
}

const run = async (ec2: Ec2Call, count: number): Promise<readonly string[]> => {
  const { Images } = await ec2('DescribeImages', {});
  return (await ec2('RunInstances', { ImageId: Images![0]!.ImageId!, MinCount: count, MaxCount: count, UserData: Buffer.from('#!/bin/sh\n').toString('base64') })).Instances!.map(({ InstanceId }) => InstanceId!);
};

const statesOf = async (ec2: Ec2Call, ids: readonly string[]): Promise<readonly string[]> => {
  const { Reservations } = await ec2('DescribeInstances', { InstanceIds: ids });
  const states = new Map(Reservations!.flatMap(({ Instances }) => Instances!.map(({ InstanceId, State }) => [InstanceId, State!.Name!] as const)));
  return ids.map((id) => states.get(id)!);
};

test('after a crash what ran is booted again, what was stopped stays so, and what had been begun is ended', async () => {
  const before = testMachines();
  const gatehouse = await startGatehouse({ seed: 'crash', openMachineDriver: before.open });
  const ec2 = ec2Of(gatehouse);
  const [runs, stops, ends] = await run(ec2, 3) as [string, string, string];
  await gatehouse.plane.machines.settled();
  await ec2('StopInstances', { InstanceIds: [stops] });
  await gatehouse.plane.machines.settled();
  const never = before.hold();
  const [launching] = await run(ec2, 1) as [string];
  await ec2('TerminateInstances', { InstanceIds: [ends] });
  // Here the process ends: nothing of what it holds comes to anything.
  const machines = testMachines();
  const later = laterProcess(gatehouse, machines);
  await later.machines.settle();
  await later.intents.settle();
  await later.machines.settled();
  assert.deepEqual(await statesOf(ec2, [runs, stops, ends, launching]), ['running', 'stopped', 'terminated', 'running']);
  assert.equal(machines.asked[0], 'settle 4');
  assert.deepEqual(machines.asked.slice(1).sort(), [`launch ${launching}`, `start ${runs}`, 'terminate nobody'].sort());
  assert.equal(Buffer.from(machines.made.get(launching)!.userData!).toString(), '#!/bin/sh\n');
  // What was held is done twice, and said once.
  never.release();
  await gatehouse.stop();
});

test('what cannot be booted again after a start is stopped, and says why', async () => {
  const before = testMachines();
  const gatehouse = await startGatehouse({ seed: 'no boot', openMachineDriver: before.open });
  const ec2 = ec2Of(gatehouse);
  const [id] = await run(ec2, 1) as [string];
  await gatehouse.plane.machines.settled();
  const machines = testMachines();
  machines.refuse('the disk is gone');
  const later = laterProcess(gatehouse, machines);
  await later.machines.settle();
  await later.machines.settled();
  const [shown] = (await ec2('DescribeInstances', { InstanceIds: [id] })).Reservations![0]!.Instances!;
  assert.deepEqual([shown!.State!.Name, shown!.StateReason!.Message], ['stopped', 'Server.InternalError: the disk is gone']);
  await gatehouse.stop();
});

test('a process that does not run the machines makes none, and takes over what the one that did had begun when that is gone', async () => {
  const before = testMachines();
  const gatehouse = await startGatehouse({ seed: 'two processes', openMachineDriver: before.open });
  const ec2 = ec2Of(gatehouse);
  const machines = testMachines();
  let isFree = false;
  const later = laterProcess(gatehouse, machines, () => (isFree ? held : undefined));
  const [runs] = await run(ec2, 1) as [string];
  await gatehouse.plane.machines.settled();
  const never = before.hold();
  const [launching] = await run(ec2, 1) as [string];
  assert.match(String(await later.machines.missing()), /another process/);
  await later.machines.settle();
  assert.deepEqual(machines.asked, []);
  isFree = true;
  assert.equal(await later.machines.missing(), undefined);
  await later.machines.settled();
  assert.deepEqual([machines.asked[0], machines.asked.slice(1).sort(), await statesOf(ec2, [runs, launching])], ['settle 2', [`launch ${launching}`, `start ${runs}`].sort(), ['running', 'running']]);
  never.release();
  await gatehouse.stop();
});

test('while another process has them, instances are described, and neither stopped nor started nor read from', async () => {
  const machines = testMachines();
  const first = await startGatehouse({ seed: 'the first', openMachineDriver: machines.open });
  const [id] = await run(ec2Of(first), 1) as [string];
  await first.plane.machines.settled();
  // Requests go to the process that has them not.
  Object.assign(first.plane, { machines: laterProcess(first, testMachines(), () => undefined).machines });
  const ec2 = ec2Of(first);
  const { Images } = await ec2('DescribeImages', {});
  await assert.rejects(ec2('RunInstances', { ImageId: Images![0]!.ImageId!, MinCount: 1, MaxCount: 1 }), { code: 'Unsupported', message: 'This Gatehouse can run no instances: another process of this Gatehouse runs its instances: ask that one' });
  for (const operation of ['StopInstances', 'StartInstances', 'RebootInstances', 'TerminateInstances'] as const) await assert.rejects(ec2(operation, { InstanceIds: [id] }), { code: 'Unsupported' }, operation);
  await assert.rejects(ec2('GetConsoleOutput', { InstanceId: id }), { code: 'Unsupported' });
  assert.deepEqual(await statesOf(ec2, [id]), ['running']);
  await first.stop();
});
