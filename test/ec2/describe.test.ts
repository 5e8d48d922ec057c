/** What EC2 describes: filters, pages, tags and associations of instances, the default network, and that nothing of another region or account is among it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { AddRoleToInstanceProfileCommand, CreateInstanceProfileCommand, CreateRoleCommand, RemoveRoleFromInstanceProfileCommand } from '@aws-sdk/client-iam';
import type { Filter, Instance } from '../../models/ec2.ts';
import { startGatehouse } from '../gatehouse.ts';
import type { TestGatehouse } from '../gatehouse.ts';
import { ec2Of } from './ec2-client.ts';
import type { Ec2Call } from './ec2-client.ts';
import { testMachines } from './test-machines.ts';

const account = '111122223333';
let gatehouse: TestGatehouse;
let ec2: Ec2Call;
let image: string;
/** Seven of them; the first two are tagged, the first has a profile, the last is terminated. */
let made: readonly Instance[];
before(async () => {
  gatehouse = await startGatehouse({ seed: 'described', accountId: account, openMachineDriver: testMachines().open });
  ec2 = ec2Of(gatehouse);
  const iam = gatehouse.iam();
  for (const name of ['app', 'other']) {
    await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }] }) }));
    await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: name, Path: '/apps/' }));
    await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: name, RoleName: name }));
  }
  image = (await ec2('DescribeImages', {})).Images![0]!.ImageId!;
  const run = async (input: object): Promise<readonly Instance[]> => (await ec2('RunInstances', { ImageId: image, MinCount: 1, MaxCount: 1, ...input })).Instances!;
  const tagged = { TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'team', Value: 'blue' }, { Key: 'Name', Value: 'a*b' }] }] };
  made = [...await run({ ...tagged, IamInstanceProfile: { Name: 'app' } }), ...await run({ ...tagged, InstanceType: 't3.small' }), ...await run({ MinCount: 5, MaxCount: 5, InstanceType: 't2.nano', ClientToken: 'five' })];
  await gatehouse.plane.machines.settled();
  await ec2('TerminateInstances', { InstanceIds: [made.at(-1)!.InstanceId!] });
  await ec2('StopInstances', { InstanceIds: [made[1]!.InstanceId!] });
  await gatehouse.plane.machines.settled();
});
after(() => gatehouse.stop());

const ids = (instances: readonly Instance[]): readonly string[] => instances.map(({ InstanceId }) => InstanceId!).sort();
const found = async (...Filters: readonly Filter[]): Promise<readonly string[]> => ids((await ec2('DescribeInstances', { Filters })).Reservations!.flatMap(({ Instances }) => Instances!));
const by = (Name: string, ...Values: readonly string[]): Filter => ({ Name, Values });

test('DescribeInstances filters by what instances are, have and are tagged with', async () => {
  const [first, second, ...others] = made;
  const rows: readonly (readonly [readonly Filter[], readonly Instance[]])[] = [
    [[by('tag:team', 'blue')], [first!, second!]], [[by('tag:team', 'BLUE')], []], [[by('tag-key', 'Name')], [first!, second!]],
    // A star of the tag's own stands for itself behind a backslash.
    [[by('tag:Name', 'a\\*b')], [first!, second!]], [[by('tag:Name', 'a\\?b')], []], [[by('tag:Name', 'a?b')], [first!, second!]],
    [[by('instance-state-name', 'stopped', 'terminated')], [second!, others.at(-1)!]], [[by('instance-state-code', '16'), by('tag:team', '*')], [first!]],
    [[by('instance-type', 't2.*')], others], [[by('client-token', 'five'), by('launch-index', '0', '1')], others.slice(0, 2)], [[by('iam-instance-profile.arn', `arn:aws:iam::${account}:instance-profile/apps/app`)], [first!]],
    [[by('private-ip-address', first!.PrivateIpAddress!)], [first!]], [[by('vpc-id', first!.VpcId!)], made.slice(0, -1)], [[by('reservation-id', 'r-*'), by('image-id', image)], made], [[by('launch-time', '2026-11-23T*')], made], [[by('instance-type')], []],
  ];
  for (const [filters, expected] of rows) assert.deepEqual(await found(...filters), ids(expected), JSON.stringify(filters));
  await assert.rejects(found(by('shoe-size', '42')), { code: 'InvalidParameterValue', message: "The filter 'shoe-size' is invalid" });
  await assert.rejects(found(...Array.from({ length: 51 }, () => by('tag-key', 'x'))), { code: 'InvalidParameterValue' });
});

test('a filter made to take for ever does not', async () => {
  const stars = by('private-dns-name', `${'*a'.repeat(400)}b`);
  await assert.doesNotReject(found({ ...stars, Values: Array.from({ length: 200 }, (_, i) => `${stars.Values![0]}${i}`) }));
});

test('pages hold what was asked, one after the other, and their tokens are nobody else\'s', async () => {
  const seen: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await ec2('DescribeInstances', { MaxResults: 5, NextToken });
    seen.push(...page.Reservations!.flatMap(({ Instances }) => Instances!.map(({ InstanceId }) => InstanceId!)));
    NextToken = page.NextToken;
    if (NextToken !== undefined) await assert.rejects(ec2('DescribeVolumes', { MaxResults: 5, NextToken }), { code: 'InvalidNextToken' });
  } while (NextToken !== undefined);
  assert.deepEqual(seen.sort(), ids(made));
  for (const MaxResults of [4, 1_001]) await assert.rejects(ec2('DescribeInstances', { MaxResults }), { code: 'InvalidParameterValue' });
  await assert.rejects(ec2('DescribeInstances', { NextToken: 'x' }), { code: 'InvalidNextToken' });
  await assert.rejects(ec2('DescribeInstances', { MaxResults: 5, InstanceIds: [made[0]!.InstanceId!] }), { code: 'InvalidParameterCombination' });
});

test('DescribeInstanceStatus tells of what runs, and of all where it is asked to', async () => {
  const { InstanceStatuses } = await ec2('DescribeInstanceStatus', {});
  assert.equal(InstanceStatuses!.length, 5);
  assert.deepEqual(InstanceStatuses![0]!.SystemStatus, { Status: 'ok', Details: [{ Name: 'reachability', Status: 'passed' }] });
  assert.equal((await ec2('DescribeInstanceStatus', { IncludeAllInstances: true })).InstanceStatuses!.length, 7);
});

test('tags are put, put again and taken away, of all that are named or of none', async () => {
  const [{ InstanceId, VpcId, BlockDeviceMappings }] = [made[2]!];
  const volume = BlockDeviceMappings![0]!.Ebs!.VolumeId!;
  const tagsOf = async (id: string): Promise<unknown> => (await ec2('DescribeTags', { Filters: [by('resource-id', id)] })).Tags!.map(({ Key, Value, ResourceType }) => [ResourceType, Key, Value]);
  await ec2('CreateTags', { Resources: [InstanceId!, VpcId!, volume], Tags: [{ Key: 'a', Value: '1' }, { Key: 'b', Value: '2' }] });
  await ec2('CreateTags', { Resources: [InstanceId!], Tags: [{ Key: 'a', Value: '3' }] });
  assert.deepEqual([await tagsOf(InstanceId!), await tagsOf(volume)], [[['instance', 'a', '3'], ['instance', 'b', '2']], [['volume', 'a', '1'], ['volume', 'b', '2']]]);
  assert.deepEqual((await ec2('DescribeVpcs', { Filters: [by('tag:a', '1')] })).Vpcs!.map((vpc) => vpc.VpcId), [VpcId]);
  // With a value only where it is the tag's; with none of any name all go.
  await ec2('DeleteTags', { Resources: [InstanceId!], Tags: [{ Key: 'a', Value: '1' }, { Key: 'b' }] });
  assert.deepEqual(await tagsOf(InstanceId!), [['instance', 'a', '3']]);
  await ec2('DeleteTags', { Resources: [InstanceId!, volume, VpcId!] });
  assert.deepEqual([await tagsOf(InstanceId!), await tagsOf(volume), await tagsOf(VpcId!)], [[], [], []]);
  const put = (Resources: readonly string[], ...Tags: readonly { Key: string; Value: string }[]) => ec2('CreateTags', { Resources, Tags });
  await assert.rejects(put([InstanceId!, 'i-00000000000000000'], { Key: 'c', Value: '' }), { code: 'InvalidInstanceID.NotFound' });
  await assert.rejects(put(['vol-00000000000000000'], { Key: 'c', Value: '' }), { code: 'InvalidVolume.NotFound' });
  await assert.rejects(put(['x-1'], { Key: 'c', Value: '' }), { code: 'InvalidID' });
  await assert.rejects(put([InstanceId!], { Key: 'aws:c', Value: '' }), { code: 'InvalidParameterValue' });
  await assert.rejects(put([InstanceId!], { Key: 'k'.repeat(129), Value: '' }), { code: 'InvalidParameterValue' });
  await assert.rejects(put([InstanceId!], ...Array.from({ length: 51 }, (_, i) => ({ Key: `k${i}`, Value: '' }))), { code: 'TagLimitExceeded' });
  await put([InstanceId!], ...Array.from({ length: 50 }, (_, i) => ({ Key: `k${i}`, Value: '' })));
  await assert.rejects(put([InstanceId!], { Key: 'one more', Value: '' }), { code: 'TagLimitExceeded' });
});

test('profiles are associated, replaced and taken away again', async () => {
  const [first, , third] = made;
  const arn = (name: string): string => `arn:aws:iam::${account}:instance-profile/apps/${name}`;
  const [known] = (await ec2('DescribeIamInstanceProfileAssociations', { Filters: [by('instance-id', first!.InstanceId!)] })).IamInstanceProfileAssociations!;
  assert.deepEqual([known!.State, known!.IamInstanceProfile!.Arn], ['associated', arn('app')]);
  await assert.rejects(ec2('AssociateIamInstanceProfile', { InstanceId: first!.InstanceId!, IamInstanceProfile: { Name: 'other' } }), { code: 'IncorrectState', message: `There is an existing association for instance ${first!.InstanceId}` });
  const { IamInstanceProfileAssociation: replaced } = await ec2('ReplaceIamInstanceProfileAssociation', { AssociationId: known!.AssociationId!, IamInstanceProfile: { Arn: arn('other') } });
  assert.notEqual(replaced!.AssociationId, known!.AssociationId);
  await assert.rejects(ec2('DisassociateIamInstanceProfile', { AssociationId: known!.AssociationId! }), { code: 'InvalidAssociationID.NotFound', message: `An invalid association-id of '${known!.AssociationId}' was given` });
  assert.equal((await ec2('DisassociateIamInstanceProfile', { AssociationId: replaced!.AssociationId! })).IamInstanceProfileAssociation!.State, 'disassociating');
  assert.deepEqual((await ec2('DescribeIamInstanceProfileAssociations', {})).IamInstanceProfileAssociations, []);
  assert.equal((await ec2('AssociateIamInstanceProfile', { InstanceId: third!.InstanceId!, IamInstanceProfile: { Name: 'app' } })).IamInstanceProfileAssociation!.State, 'associating');
  for (const IamInstanceProfile of [{ Arn: `arn:aws:iam::444455556666:instance-profile/apps/app` }, { Arn: `arn:aws:iam::${account}:instance-profile/app` }, { Arn: 'x' }, { Name: 'nobody' }]) {
    await assert.rejects(ec2('AssociateIamInstanceProfile', { InstanceId: first!.InstanceId!, IamInstanceProfile }), { code: 'InvalidParameterValue' }, JSON.stringify(IamInstanceProfile));
  }
  await assert.rejects(ec2('AssociateIamInstanceProfile', { InstanceId: first!.InstanceId!, IamInstanceProfile: { Name: 'app', Arn: arn('app') } }), { code: 'InvalidParameterCombination' });
  await assert.rejects(ec2('AssociateIamInstanceProfile', { InstanceId: made.at(-1)!.InstanceId!, IamInstanceProfile: { Name: 'app' } }), { code: 'IncorrectInstanceState' });
  await gatehouse.iam().send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName: 'other', RoleName: 'other' }));
  await assert.rejects(ec2('AssociateIamInstanceProfile', { InstanceId: first!.InstanceId!, IamInstanceProfile: { Name: 'other' } }), { code: 'InvalidParameterValue' });
});

test('metadata options are changed one by one', async () => {
  const InstanceId = made[0]!.InstanceId!;
  const { InstanceMetadataOptions } = await ec2('ModifyInstanceMetadataOptions', { InstanceId, HttpTokens: 'optional', HttpPutResponseHopLimit: 5 });
  assert.deepEqual(InstanceMetadataOptions, { State: 'pending', HttpTokens: 'optional', HttpPutResponseHopLimit: 5, HttpEndpoint: 'enabled', HttpProtocolIpv6: 'disabled', InstanceMetadataTags: 'disabled' });
  await ec2('ModifyInstanceMetadataOptions', { InstanceId, HttpEndpoint: 'disabled' });
  const [shown] = (await ec2('DescribeInstances', { InstanceIds: [InstanceId] })).Reservations![0]!.Instances!;
  assert.deepEqual(shown!.MetadataOptions, { ...InstanceMetadataOptions, State: 'applied', HttpEndpoint: 'disabled' });
  await assert.rejects(ec2('ModifyInstanceMetadataOptions', { InstanceId, HttpPutResponseHopLimit: 0 }), { code: 'InvalidParameterValue' });
  await assert.rejects(ec2('ModifyInstanceMetadataOptions', { InstanceId, HttpTokens: 'sometimes' as 'optional' }), { code: 'InvalidParameterValue' });
});

test('ModifyInstanceAttribute changes one attribute, and what there is one of can be set to that', async () => {
  const { InstanceId } = made[1]!;
  const change = (input: object) => ec2('ModifyInstanceAttribute', { InstanceId: InstanceId!, ...input });
  const shown = async (Attribute: 'instanceType' | 'instanceInitiatedShutdownBehavior' | 'userData') => ec2('DescribeInstanceAttribute', { InstanceId: InstanceId!, Attribute });
  await change({ InstanceType: { Value: 't3.large' } });
  await change({ InstanceInitiatedShutdownBehavior: { Value: 'terminate' } });
  await change({ UserData: { Value: Buffer.from('#!/bin/sh') } });
  assert.deepEqual([(await shown('instanceType')).InstanceType, (await shown('instanceInitiatedShutdownBehavior')).InstanceInitiatedShutdownBehavior, (await shown('userData')).UserData], [{ Value: 't3.large' }, { Value: 'terminate' }, { Value: Buffer.from('#!/bin/sh').toString('base64') }]);
  await change({ SourceDestCheck: { Value: true } });
  await assert.rejects(change({ SourceDestCheck: { Value: false } }), { code: 'Unsupported' });
  await assert.rejects(change({}), { code: 'InvalidParameterCombination', message: 'No attributes specified.' });
  await assert.rejects(change({ InstanceType: { Value: 't3.nano' }, DisableApiStop: { Value: true } }), { code: 'InvalidParameterCombination' });
  await assert.rejects(change({ InstanceType: { Value: 'huge' } }), { code: 'InvalidInstanceAttributeValue' });
  await assert.rejects(change({ InstanceInitiatedShutdownBehavior: { Value: 'explode' } }), { code: 'InvalidParameterValue' });
  await assert.rejects(change({ BlockDeviceMappings: [{ DeviceName: '/dev/xvda' }] }), { code: 'Unsupported' });
});

test('the default network, its parts by their ids, and what instances have of it', async () => {
  const { VpcId, SubnetId, SecurityGroups, NetworkInterfaces } = made[0]!;
  assert.deepEqual((await ec2('DescribeSubnets', { SubnetIds: [SubnetId!] })).Subnets!.map(({ VpcId: vpc, AvailableIpAddressCount }) => [vpc, AvailableIpAddressCount]), [[VpcId, 4_085]]);
  assert.equal((await ec2('DescribeSecurityGroups', { GroupNames: ['default'] })).SecurityGroups![0]!.GroupId, SecurityGroups![0]!.GroupId);
  assert.equal((await ec2('DescribeNetworkInterfaces', { NetworkInterfaceIds: [NetworkInterfaces![0]!.NetworkInterfaceId!] })).NetworkInterfaces![0]!.Attachment!.InstanceId, made[0]!.InstanceId);
  assert.equal((await ec2('DescribeVolumes', { Filters: [by('attachment.instance-id', made[0]!.InstanceId!)] })).Volumes![0]!.Size, 8);
  assert.deepEqual((await ec2('DescribeAddresses', {})).Addresses, []);
  assert.deepEqual((await ec2('DescribeAvailabilityZones', {})).AvailabilityZones!.map(({ ZoneName, ZoneId }) => [ZoneName, ZoneId]), [['us-east-1a', 'use1-az1']]);
  assert.ok((await ec2('DescribeRegions', {})).Regions!.some(({ RegionName }) => RegionName === 'eu-west-1'));
  assert.deepEqual((await ec2('DescribeInstanceTypes', { InstanceTypes: ['t3.small'] })).InstanceTypes!.map(({ VCpuInfo, MemoryInfo }) => [VCpuInfo!.DefaultVCpus, MemoryInfo!.SizeInMiB]), [[2, 2048]]);
  const missing: readonly (readonly [Parameters<Ec2Call>[0], object, string])[] = [
    ['DescribeVpcs', { VpcIds: ['vpc-0'] }, 'InvalidVpcID.NotFound'], ['DescribeSubnets', { SubnetIds: ['subnet-0'] }, 'InvalidSubnetID.NotFound'], ['DescribeSecurityGroups', { GroupIds: ['sg-0'] }, 'InvalidGroup.NotFound'], ['DescribeImages', { ImageIds: ['ami-00000000'] }, 'InvalidAMIID.NotFound'],
    ['DescribeVolumes', { VolumeIds: ['vol-0'] }, 'InvalidVolume.NotFound'], ['DescribeInstanceTypes', { InstanceTypes: ['huge'] }, 'InvalidInstanceType'], ['DescribeRegions', { RegionNames: ['mars-1'] }, 'InvalidParameterValue'], ['DescribeAddresses', { PublicIps: ['1.2.3.4'] }, 'InvalidAddress.NotFound'],
  ];
  for (const [operation, input, code] of missing) await assert.rejects(ec2(operation, input as never), { code }, operation);
});

test('nothing of one region or account is found, changed or told in another', async () => {
  const { revision } = gatehouse.plane.store.loaded(account)!;
  const other = await gatehouse.newAccount('444455556666');
  for (const call of [ec2Of(gatehouse, gatehouse.admin, 'eu-west-1'), ec2Of(gatehouse, other)]) {
    for (const InstanceId of ids(made)) {
      for (const operation of ['StopInstances', 'TerminateInstances', 'DescribeInstances'] as const) await assert.rejects(call(operation, { InstanceIds: [InstanceId] }), { code: 'InvalidInstanceID.NotFound' });
      await assert.rejects(call('GetConsoleOutput', { InstanceId }), { code: 'InvalidInstanceID.NotFound' });
      await assert.rejects(call('CreateTags', { Resources: [InstanceId], Tags: [{ Key: 'x', Value: 'y' }] }), { code: 'InvalidInstanceID.NotFound' });
    }
    const volume = made[0]!.BlockDeviceMappings![0]!.Ebs!.VolumeId!;
    await assert.rejects(call('CreateTags', { Resources: [volume], Tags: [{ Key: 'x', Value: 'y' }] }), { code: 'InvalidVolume.NotFound' });
    await assert.rejects(call('DescribeVpcs', { VpcIds: [made[0]!.VpcId!] }), { code: 'InvalidVpcID.NotFound' });
    assert.deepEqual([(await call('DescribeInstances', {})).Reservations, (await call('DescribeVolumes', {})).Volumes, (await call('DescribeNetworkInterfaces', {})).NetworkInterfaces, (await call('DescribeTags', {})).Tags, (await call('DescribeIamInstanceProfileAssociations', {})).IamInstanceProfileAssociations], [[], [], [], [], []]);
  }
  assert.equal(gatehouse.plane.store.loaded(account)!.revision, revision);
});
