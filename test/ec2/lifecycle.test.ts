/** Instances of EC2, asked of a whole Gatehouse with machines that a test drives: run, told to stop, start, reboot and end, and what becomes of those that end by themselves. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { AddRoleToInstanceProfileCommand, CreateInstanceProfileCommand, CreateRoleCommand } from '@aws-sdk/client-iam';
import type { Instance, RunInstancesRequest } from '../../models/ec2.ts';
import { startGatehouse } from '../gatehouse.ts';
import type { TestGatehouse } from '../gatehouse.ts';
import { ec2Of } from './ec2-client.ts';
import type { Ec2Call } from './ec2-client.ts';
import { testMachines } from './test-machines.ts';
import type { TestMachines } from './test-machines.ts';

let gatehouse: TestGatehouse;
let machines: TestMachines;
let ec2: Ec2Call;
let imageId: string;
beforeEach(async () => {
  machines = testMachines();
  gatehouse = await startGatehouse({ seed: 'instances', openMachineDriver: machines.open });
  ec2 = ec2Of(gatehouse);
  imageId = (await ec2('DescribeImages', { Owners: ['amazon'] })).Images![0]!.ImageId!;
});
afterEach(() => gatehouse.stop());

const settled = (): Promise<void> => gatehouse.plane.machines.settled();

async function run(input: Partial<RunInstancesRequest> = {}): Promise<Instance> {
  const { Instances } = await ec2('RunInstances', { ImageId: imageId, MinCount: 1, MaxCount: 1, ...input });
  return Instances![0]!;
}

async function running(input: Partial<RunInstancesRequest> = {}): Promise<string> {
  const { InstanceId } = await run(input);
  await settled();
  return InstanceId!;
}

async function describe(instanceId: string): Promise<Instance> {
  return (await ec2('DescribeInstances', { InstanceIds: [instanceId] })).Reservations![0]!.Instances![0]!;
}

const stateOf = async (instanceId: string): Promise<string> => (await describe(instanceId)).State!.Name!;

test('an instance is pending until its machine runs, and then is described with all it has', async () => {
  const held = machines.hold();
  const begun = await run({ InstanceType: 't3.small', TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'Name', Value: 'web' }] }] });
  assert.match(begun.InstanceId!, /^i-0[0-9a-f]{16}$/);
  assert.deepEqual([begun.State, begun.StateReason, begun.PublicIpAddress], [{ Code: 0, Name: 'pending' }, { Code: 'pending', Message: 'pending' }, undefined]);
  assert.equal(await stateOf(begun.InstanceId!), 'pending');
  held.release();
  await settled();
  const shown = await describe(begun.InstanceId!);
  assert.deepEqual([shown.State, shown.StateReason, shown.StateTransitionReason, shown.PublicIpAddress], [{ Code: 16, Name: 'running' }, undefined, '', '127.0.0.77']);
  assert.deepEqual([shown.InstanceType, shown.ImageId, shown.Tags, shown.PrivateIpAddress, shown.PrivateDnsName], ['t3.small', imageId, [{ Key: 'Name', Value: 'web' }], '172.31.0.4', 'ip-172-31-0-4.ec2.internal']);
  assert.deepEqual(shown.MetadataOptions, { State: 'applied', HttpTokens: 'required', HttpPutResponseHopLimit: 2, HttpEndpoint: 'enabled', HttpProtocolIpv6: 'disabled', InstanceMetadataTags: 'disabled' });
  assert.deepEqual([shown.NetworkInterfaces!.length, shown.BlockDeviceMappings!.length], [1, 1]);
  const machine = machines.made.get(begun.InstanceId!)!;
  assert.deepEqual([machine.account, machine.region, machine.vcpus, machine.memoryMiB, machine.hostName], [gatehouse.account, 'us-east-1', 2, 2048, 'ip-172-31-0-4']);
  assert.ok(!JSON.stringify(await ec2('DescribeInstances', {})).includes(machine.machineId), 'what a machine is known by is told to nobody');
});

test('stopping, starting, rebooting and terminating pass through their states, in all or in none', async () => {
  const [a, b] = [await running(), await running()];
  let held = machines.hold();
  assert.deepEqual((await ec2('StopInstances', { InstanceIds: [a] })).StoppingInstances, [{ InstanceId: a, PreviousState: { Code: 16, Name: 'running' }, CurrentState: { Code: 64, Name: 'stopping' } }]);
  assert.deepEqual([(await describe(a)).StateReason, (await describe(a)).StateTransitionReason], [{ Code: 'Client.UserInitiatedShutdown', Message: 'Client.UserInitiatedShutdown: User initiated shutdown' }, 'User initiated (2026-11-23 10:00:00 GMT)']);
  await assert.rejects(ec2('StartInstances', { InstanceIds: [a] }), { code: 'IncorrectInstanceState', message: `The instance '${a}' is not in a state from which it can be started.` });
  held.release();
  await settled();
  assert.deepEqual([await stateOf(a), (await describe(a)).PublicIpAddress], ['stopped', undefined]);
  // One that cannot be stopped keeps the other running; one that is stopped is no obstacle.
  await assert.rejects(ec2('StopInstances', { InstanceIds: [b, 'i-00000000000000000'] }), { code: 'InvalidInstanceID.NotFound', message: "The instance ID 'i-00000000000000000' does not exist" });
  assert.equal(await stateOf(b), 'running');
  assert.deepEqual((await ec2('StopInstances', { InstanceIds: [a] })).StoppingInstances![0]!.CurrentState, { Code: 80, Name: 'stopped' });
  await assert.rejects(ec2('RebootInstances', { InstanceIds: [a] }), { code: 'IncorrectInstanceState' });
  gatehouse.clock.advance(60_000);
  assert.deepEqual((await ec2('StartInstances', { InstanceIds: [a] })).StartingInstances, [{ InstanceId: a, PreviousState: { Code: 80, Name: 'stopped' }, CurrentState: { Code: 0, Name: 'pending' } }]);
  await settled();
  assert.deepEqual([await stateOf(a), (await describe(a)).LaunchTime], ['running', gatehouse.clock.now]);
  await ec2('RebootInstances', { InstanceIds: [a] });
  await settled();
  held = machines.hold();
  assert.deepEqual((await ec2('TerminateInstances', { InstanceIds: [a, b] })).TerminatingInstances!.map(({ CurrentState }) => CurrentState), [{ Code: 32, Name: 'shutting-down' }, { Code: 32, Name: 'shutting-down' }]);
  held.release();
  await settled();
  assert.deepEqual([await stateOf(a), machines.running.size, gatehouse.plane.store.partition.machines.size], ['terminated', 0, 0]);
  assert.deepEqual((await ec2('TerminateInstances', { InstanceIds: [a] })).TerminatingInstances![0]!.CurrentState, { Code: 48, Name: 'terminated' });
  await assert.rejects(ec2('StartInstances', { InstanceIds: [a] }), { code: 'IncorrectInstanceState' });
  assert.deepEqual(machines.asked.filter((asked) => asked.endsWith(a)).map((asked) => asked.split(' ')[0]), ['launch', 'stop', 'start', 'reboot', 'terminate']);
  gatehouse.clock.advance(3_600_001);
  await assert.rejects(describe(a), { code: 'InvalidInstanceID.NotFound' });
});

test('terminating one that is being launched or stopped overtakes that', async () => {
  const held = machines.hold();
  const { InstanceId } = await run();
  await ec2('TerminateInstances', { InstanceIds: [InstanceId!] });
  held.release();
  await settled();
  assert.deepEqual([await stateOf(InstanceId!), machines.running.size], ['terminated', 0]);
});

test('a machine that cannot be run leaves an instance terminated, or stopped, that says why', async () => {
  machines.refuse('no room on the disk');
  const refused = await running();
  const { State, StateReason, StateTransitionReason } = await describe(refused);
  assert.deepEqual([State!.Name, StateReason, StateTransitionReason], ['terminated', { Code: 'Server.InternalError', Message: 'Server.InternalError: no room on the disk' }, 'Server.InternalError']);
  const stopped = await running();
  await ec2('StopInstances', { InstanceIds: [stopped] });
  await settled();
  machines.refuse('no memory');
  await ec2('StartInstances', { InstanceIds: [stopped] });
  await settled();
  assert.deepEqual([await stateOf(stopped), (await describe(stopped)).StateReason!.Message], ['stopped', 'Server.InternalError: no memory']);
});

test('where no machine can run, RunInstances refuses, says what is missing and leaves nothing', async () => {
  const bare = await startGatehouse({ seed: 'no machines' });
  try {
    const call = ec2Of(bare);
    const image = (await call('DescribeImages', {})).Images![0]!.ImageId!;
    await assert.rejects(call('RunInstances', { ImageId: image, MinCount: 1, MaxCount: 1 }), { code: 'Unsupported', message: 'This Gatehouse can run no instances: a test brings no driver of machines' });
    assert.deepEqual((await call('DescribeInstances', {})).Reservations, []);
    await assert.rejects(call('RunInstances', { ImageId: image, MinCount: 1, MaxCount: 1, DryRun: true }), { code: 'DryRunOperation' });
  } finally {
    await bare.stop();
  }
});

test('a machine that ends by itself stops its instance, or terminates it where that was asked for', async () => {
  const [stops, ends, fails] = [await running(), await running({ InstanceInitiatedShutdownBehavior: 'terminate' }), await running({ InstanceInitiatedShutdownBehavior: 'terminate' })];
  machines.end(stops, 'shutdown');
  machines.end(ends, 'shutdown');
  machines.end(fails, 'failure', 'exit status 137');
  await settled();
  assert.deepEqual([await stateOf(stops), (await describe(stops)).StateReason!.Code], ['stopped', 'Client.InstanceInitiatedShutdown']);
  assert.deepEqual([await stateOf(ends), (await describe(ends)).StateReason!.Code], ['terminated', 'Client.InstanceInitiatedShutdown']);
  assert.deepEqual([await stateOf(fails), (await describe(fails)).StateReason!.Message], ['stopped', 'Server.InternalError: exit status 137']);
});

test('protection: what may not be terminated or stopped is told so until the attribute is changed', async () => {
  const id = await running({ DisableApiTermination: true, DisableApiStop: true });
  await assert.rejects(ec2('TerminateInstances', { InstanceIds: [id] }), { code: 'OperationNotPermitted', message: `The instance '${id}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.` });
  await assert.rejects(ec2('StopInstances', { InstanceIds: [id] }), { code: 'OperationNotPermitted' });
  assert.deepEqual(await ec2('DescribeInstanceAttribute', { InstanceId: id, Attribute: 'disableApiTermination' }), { InstanceId: id, DisableApiTermination: { Value: true } });
  await ec2('ModifyInstanceAttribute', { InstanceId: id, DisableApiTermination: { Value: false } });
  await ec2('ModifyInstanceAttribute', { InstanceId: id, Attribute: 'disableApiStop', Value: 'false' });
  await ec2('StopInstances', { InstanceIds: [id] });
  await ec2('TerminateInstances', { InstanceIds: [id] });
});

test('the same client token brings the same instances once, and another request of that token is refused', async () => {
  const input = { ImageId: imageId, MinCount: 2, MaxCount: 2, ClientToken: 'once' } as const;
  const [first, second] = await Promise.all([ec2('RunInstances', input), ec2('RunInstances', input)]);
  assert.deepEqual(first.Instances!.map(({ InstanceId }) => InstanceId), second.Instances!.map(({ InstanceId }) => InstanceId));
  await settled();
  assert.equal(machines.running.size, 2);
  assert.deepEqual((await ec2('RunInstances', input)).ReservationId, first.ReservationId);
  await assert.rejects(ec2('RunInstances', { ...input, MaxCount: 3 }), { code: 'IdempotentParameterMismatch' });
  const elsewhere = ec2Of(gatehouse, gatehouse.admin, 'eu-west-1');
  const image = (await elsewhere('DescribeImages', {})).Images![0]!.ImageId!;
  assert.notEqual((await elsewhere('RunInstances', { ...input, ImageId: image })).ReservationId, first.ReservationId);
});

test('as many as there is room for between MinCount and MaxCount, and none where there is not room for MinCount', async () => {
  await assert.rejects(ec2('RunInstances', { ImageId: imageId, MinCount: 65, MaxCount: 65, InstanceType: 't2.nano' }), { code: 'InstanceLimitExceeded' });
  const { Instances } = await ec2('RunInstances', { ImageId: imageId, MinCount: 1, MaxCount: 100, InstanceType: 't2.nano' });
  assert.equal(Instances!.length, 64);
  assert.deepEqual(Instances!.map(({ AmiLaunchIndex }) => AmiLaunchIndex), Instances!.map((_, i) => i));
  assert.equal(new Set(Instances!.map(({ PrivateIpAddress }) => PrivateIpAddress)).size, 64);
  await assert.rejects(run(), { code: 'InstanceLimitExceeded' });
  await settled();
});

test('user data is run as it was given, shown to whoever may see it, and sealed in the journal', async () => {
  const script = '#!/bin/sh\necho secret-in-user-data\n';
  const id = await running({ UserData: Buffer.from(script).toString('base64') });
  assert.equal(Buffer.from(machines.made.get(id)!.userData!).toString(), script);
  const { UserData } = await ec2('DescribeInstanceAttribute', { InstanceId: id, Attribute: 'userData' });
  assert.equal(Buffer.from(UserData!.Value!, 'base64').toString(), script);
  const written = JSON.stringify([gatehouse.auditRecords, gatehouse.logLines, [...gatehouse.plane.store.loaded(gatehouse.account)!.instances.all()]]);
  for (const secret of [script.trim(), 'secret-in-user-data', Buffer.from(script).toString('base64')]) assert.ok(!written.includes(secret), secret);
  await assert.rejects(ec2('ModifyInstanceAttribute', { InstanceId: id, UserData: { Value: Buffer.from('x') } }), { code: 'IncorrectInstanceState' });
  for (const bad of ['%', 'a', Buffer.alloc(16_385).toString('base64')]) await assert.rejects(run({ UserData: bad }), { code: 'InvalidParameterValue' });
});

test('a key pair and a profile are those at launch; the profile must have a role', async () => {
  await ec2('CreateKeyPair', { KeyName: 'mine', KeyType: 'ed25519' });
  const iam = gatehouse.iam();
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: 'app' }));
  await assert.rejects(run({ IamInstanceProfile: { Name: 'app' } }), { code: 'InvalidParameterValue', message: `IAM Instance Profile "arn:aws:iam::${gatehouse.account}:instance-profile/app" has no associated IAM Roles` });
  await iam.send(new CreateRoleCommand({ RoleName: 'app', AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }] }) }));
  await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: 'app', RoleName: 'app' }));
  const id = await running({ KeyName: 'mine', IamInstanceProfile: { Arn: `arn:aws:iam::${gatehouse.account}:instance-profile/app` } });
  const { KeyName, IamInstanceProfile } = await describe(id);
  assert.deepEqual([KeyName, IamInstanceProfile!.Arn], ['mine', `arn:aws:iam::${gatehouse.account}:instance-profile/app`]);
  assert.match(machines.made.get(id)!.publicKey!, /^ssh-ed25519 AAAA/);
  await ec2('DeleteKeyPair', { KeyName: 'mine' });
  assert.equal((await describe(id)).KeyName, 'mine');
  await assert.rejects(run({ KeyName: 'mine' }), { code: 'InvalidKeyPair.NotFound', message: "The key pair 'mine' does not exist" });
  await assert.rejects(run({ IamInstanceProfile: { Name: 'none' } }), { code: 'InvalidParameterValue', message: 'Value (none) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name' });
});

test('what cannot be run as it is asked for is refused, and nothing of it is there', async () => {
  const refusals: readonly (readonly [Partial<RunInstancesRequest>, string])[] = [
    [{ ImageId: 'ami-00000000000000000' }, 'InvalidAMIID.NotFound'], [{ ImageId: 'x' }, 'InvalidAMIID.Malformed'], [{ ImageId: undefined }, 'MissingParameter'], [{ InstanceType: 'x1e.32xlarge' }, 'InvalidParameterValue'], [{ MinCount: 0 }, 'InvalidParameterValue'],
    [{ MinCount: 2, MaxCount: 1 }, 'InvalidParameterValue'], [{ SubnetId: 'subnet-00000000' }, 'InvalidSubnetID.NotFound'], [{ SecurityGroupIds: ['sg-00000000'] }, 'InvalidGroup.NotFound'], [{ PrivateIpAddress: '10.0.0.1' }, 'InvalidParameterValue'],
    [{ Placement: { AvailabilityZone: 'eu-west-1a' } }, 'InvalidParameterValue'], [{ Placement: { Tenancy: 'host' } }, 'Unsupported'], [{ KernelId: 'aki-1' }, 'Unsupported'], [{ Monitoring: { Enabled: true } }, 'Unsupported'], [{ EbsOptimized: true }, 'Unsupported'],
    [{ BlockDeviceMappings: [{ DeviceName: '/dev/sdb', Ebs: { VolumeSize: 8 } }] }, 'Unsupported'], [{ BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 4 } }] }, 'InvalidParameterValue'], [{ MetadataOptions: { HttpPutResponseHopLimit: 65 } }, 'InvalidParameterValue'],
    [{ TagSpecifications: [{ ResourceType: 'vpc', Tags: [{ Key: 'a', Value: 'b' }] }] }, 'InvalidParameterValue'], [{ TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'aws:x', Value: 'b' }] }] }, 'InvalidParameterValue'], [{ ClientToken: 'x'.repeat(65) }, 'InvalidParameterValue'],
    [{ NetworkInterfaces: [{ DeviceIndex: 0, AssociatePublicIpAddress: false }] }, 'Unsupported'], [{ NetworkInterfaces: [{ DeviceIndex: 1 }] }, 'Unsupported'], [{ NetworkInterfaces: [{ DeviceIndex: 0, NetworkInterfaceId: 'eni-00000000' }] }, 'Unsupported'],
    [{ NetworkInterfaces: [{ DeviceIndex: 0, SubnetId: 'subnet-00000000' }] }, 'InvalidSubnetID.NotFound'], [{ NetworkInterfaces: [{ DeviceIndex: 0, Groups: ['sg-00000000'] }] }, 'InvalidGroup.NotFound'], [{ NetworkInterfaces: [{ DeviceIndex: 0 }], SecurityGroupIds: ['sg-00000000'] }, 'InvalidParameterCombination'], [{ NetworkInterfaces: [{ Description: '' }] }, 'MissingParameter'],
  ];
  for (const [input, code] of refusals) await assert.rejects(run(input), { code }, JSON.stringify(input));
  assert.deepEqual((await ec2('DescribeInstances', {})).Reservations, []);
  assert.deepEqual(machines.asked.filter((asked) => !asked.startsWith('settle')), []);
});

test('the network may be said of the interface', async () => {
  const { SubnetId, SecurityGroups } = await describe(await running());
  const { PrivateIpAddress } = await describe(await running({ NetworkInterfaces: [{ DeviceIndex: 0, SubnetId, Groups: [SecurityGroups![0]!.GroupId!], AssociatePublicIpAddress: true, PrivateIpAddress: '172.31.0.77' }] }));
  assert.equal(PrivateIpAddress, '172.31.0.77');
  await assert.rejects(run({ PrivateIpAddress: '172.31.0.77' }), { code: 'InvalidIPAddress.InUse' });
});

test('GetConsoleOutput is what the machine wrote', async () => {
  const id = await running();
  assert.equal(Buffer.from((await ec2('GetConsoleOutput', { InstanceId: id })).Output!, 'base64').toString(), `console of ${id}`);
  await assert.rejects(ec2('GetConsoleOutput', { InstanceId: 'i-00000000000000000' }), { code: 'InvalidInstanceID.NotFound' });
  await assert.rejects(ec2('GetConsoleOutput', { InstanceId: '../../etc' }), { code: 'InvalidInstanceID.Malformed', message: 'Invalid id: "../../etc"' });
});
