/** What RunInstances is asked to make: read, held to what can be made here, and refused where it asks for more. Source: "RunInstances" (EC2 API Reference). */
import { hash } from 'node:crypto';
import type { BlockDeviceMapping, IamInstanceProfileSpecification, RunInstancesRequest } from '../../../models/ec2.ts';
import type { MetadataOptionsDoc } from '../../store/instance-docs.ts';
import type { TagDoc } from '../../store/tables.ts';
import { hostImage, imageIdOf } from './image.ts';
import { defaultInstanceType, instanceTypes } from './instance-types.ts';
import { ec2Limits } from './limits.ts';
import type { RaiseEc2 } from './lookup.ts';
import { changedOptions, defaultMetadataOptions } from './metadata-options.ts';
import { defaultNetwork, isSubnetAddress, securityGroupName } from './network.ts';
import type { DefaultNetwork } from './network.ts';
import { statedNetwork } from './stated-network.ts';
import type { StatedNetwork } from './stated-network.ts';
import { readTagSpecifications } from './tag-rules.ts';
import { readUserData } from './user-data.ts';

export const launchedTypes = ['instance', 'volume', 'network-interface'] as const;
export type LaunchedType = (typeof launchedTypes)[number];

export interface LaunchRequest {
  readonly min: number;
  readonly max: number;
  readonly imageId: string;
  readonly instanceType: string;
  readonly vcpus: number;
  readonly keyName: string | undefined;
  readonly privateIpAddress: string | undefined;
  readonly volumeSizeGiB: number;
  /** Base64. */
  readonly userData: string | undefined;
  readonly profile: IamInstanceProfileSpecification | undefined;
  readonly metadataOptions: MetadataOptionsDoc;
  readonly tags: ReadonlyMap<LaunchedType, readonly TagDoc[]>;
  readonly disableApiTermination: boolean;
  readonly disableApiStop: boolean;
  readonly shutdownBehavior: 'stop' | 'terminate';
  readonly clientToken: string | undefined;
  /** Equal for requests that ask for the same. */
  readonly digest: string;
}

interface Where { readonly account: string; readonly region: string; readonly error: RaiseEc2 }

export function readLaunchRequest(input: RunInstancesRequest, { account, region, error }: Where): LaunchRequest {
  refuseOthers(input, error);
  const network = defaultNetwork(account, region);
  const stated = statedNetwork(input, error);
  const { privateIpAddress } = stated;
  const { MinCount: min, MaxCount: max, InstanceType: instanceType = defaultInstanceType, ClientToken, UserData, IamInstanceProfile, MetadataOptions = {} } = input;
  if (min < 1) throw error('InvalidParameterValue', `Value (${min}) for parameter minCount is invalid. Expecting a value greater than 0.`);
  if (max < min) throw error('InvalidParameterValue', `Value (${min}) for parameter minCount is invalid. minCount must not be greater than maxCount.`);
  checkImage(input.ImageId, region, error);
  const type = instanceTypes.get(instanceType);
  if (!type) throw error('InvalidParameterValue', `Invalid value '${instanceType.slice(0, 64)}' for InstanceType. Here are: ${[...instanceTypes.keys()].join(', ')}.`);
  checkNetwork(stated, input, network, error);
  if (privateIpAddress !== undefined && (max > 1 || !isSubnetAddress(privateIpAddress))) throw error('InvalidParameterValue', max > 1 ? 'A private IP address can be given to one instance only.' : `Address ${privateIpAddress.slice(0, 64)} does not fall within the subnet's address range`);
  if (ClientToken !== undefined && (ClientToken.length > ec2Limits.clientTokenLengthMax || !/^[\x20-\x7e]*$/.test(ClientToken))) throw error('InvalidParameterValue', `Value for parameter ClientToken is invalid. It must be up to ${ec2Limits.clientTokenLengthMax} ASCII characters.`);
  return {
    min, max, imageId: input.ImageId!, instanceType, vcpus: type.vcpus, keyName: input.KeyName, privateIpAddress,
    volumeSizeGiB: volumeSizeOf(input.BlockDeviceMappings, error),
    userData: UserData === undefined || UserData === '' ? undefined : readUserData(UserData, error),
    profile: profileOf(IamInstanceProfile), metadataOptions: changedOptions(defaultMetadataOptions, MetadataOptions, error),
    tags: readTagSpecifications(input.TagSpecifications, launchedTypes, error),
    disableApiTermination: input.DisableApiTermination === true, disableApiStop: input.DisableApiStop === true, shutdownBehavior: input.InstanceInitiatedShutdownBehavior ?? 'stop',
    clientToken: ClientToken === '' ? undefined : ClientToken, digest: digestOf(input),
  };
}

/** A structure without members names no profile. */
export const profileOf = (profile: IamInstanceProfileSpecification | undefined): IamInstanceProfileSpecification | undefined => (profile && (profile.Arn !== undefined || profile.Name !== undefined) ? profile : undefined);

/** The volume's size as the request says it, for what policies are told before anything is held to anything. */
export const statedVolumeSize = (mappings: readonly BlockDeviceMapping[] | undefined): number => mappings?.find(({ Ebs }) => Ebs?.VolumeSize !== undefined)?.Ebs?.VolumeSize ?? ec2Limits.volumeDefaultGiB;

/** What can be asked for, whatever its value. */
const read: ReadonlySet<string> = new Set<keyof RunInstancesRequest>([
  'BlockDeviceMappings', 'ClientToken', 'DisableApiStop', 'DisableApiTermination', 'DryRun', 'IamInstanceProfile', 'ImageId', 'InstanceInitiatedShutdownBehavior', 'InstanceType', 'KeyName', 'MaxCount', 'MetadataOptions', 'MinCount',
  'NetworkInterfaces', 'Placement', 'PrivateIpAddress', 'SecurityGroupIds', 'SecurityGroups', 'SubnetId', 'TagSpecifications', 'UserData',
]);

type Standing = { readonly [Member in keyof RunInstancesRequest]?: (value: NonNullable<RunInstancesRequest[Member]>) => boolean };

/** What is one way here, and may be asked for in that way. */
const standing: Standing = {
  CapacityReservationSpecification: ({ CapacityReservationPreference, CapacityReservationTarget }) => CapacityReservationPreference !== 'capacity-reservations-only' && !CapacityReservationTarget,
  // Nothing counts credits: whatever the host gives, an instance may use.
  CreditSpecification: ({ CpuCredits }) => CpuCredits === 'unlimited',
  EbsOptimized: (value) => !value,
  EnablePrimaryIpv6: (value) => !value,
  EnclaveOptions: ({ Enabled }) => !Enabled,
  HibernationOptions: ({ Configured }) => !Configured,
  Ipv6AddressCount: (value) => value === 0,
  MaintenanceOptions: ({ AutoRecovery }) => AutoRecovery !== 'disabled',
  Monitoring: ({ Enabled }) => !Enabled,
  NetworkPerformanceOptions: ({ BandwidthWeighting = 'default' }) => BandwidthWeighting === 'default',
  PrivateDnsNameOptions: ({ HostnameType = 'ip-name', EnableResourceNameDnsARecord, EnableResourceNameDnsAAAARecord }) => HostnameType === 'ip-name' && !EnableResourceNameDnsARecord && !EnableResourceNameDnsAAAARecord,
};

/** INVARIANT: nothing is accepted and ignored. */
function refuseOthers(input: RunInstancesRequest, error: RaiseEc2): void {
  for (const [name, value] of Object.entries(input)) {
    if (read.has(name) || value === undefined || (Array.isArray(value) && value.length === 0)) continue;
    // The table's types hold each value to its own member.
    const isAsHere = standing[name as keyof Standing] as ((value: unknown) => boolean) | undefined;
    if (!isAsHere?.(value)) throw error('Unsupported', isAsHere ? `The value of ${name} asks for something that instances do not have here.` : `${name} has no meaning here: leave it out.`);
  }
}

function checkImage(imageId: string | undefined, region: string, error: RaiseEc2): void {
  if (imageId === undefined || imageId === '') throw error('MissingParameter', 'The request must contain the parameter ImageId');
  if (!/^ami-[0-9a-f]{8}(?:[0-9a-f]{9})?$/.test(imageId)) throw error('InvalidAMIID.Malformed', `Invalid id: "${imageId.slice(0, 128)}" (expecting "ami-...")`);
  if (imageId !== imageIdOf(region)) throw error('InvalidAMIID.NotFound', `The image id '[${imageId}]' does not exist`);
}

function checkNetwork({ subnetId, groupIds }: StatedNetwork, { SecurityGroups = [], Placement = {} }: RunInstancesRequest, network: DefaultNetwork, error: RaiseEc2): void {
  if (subnetId !== undefined && subnetId !== network.subnetId) throw error('InvalidSubnetID.NotFound', `The subnet ID '${subnetId.slice(0, 128)}' does not exist`);
  const group = groupIds.find((id) => id !== network.securityGroupId) ?? SecurityGroups.find((name) => name !== securityGroupName && name !== network.securityGroupId);
  if (group !== undefined) throw error('InvalidGroup.NotFound', `The security group '${group.slice(0, 255)}' does not exist`);
  const { AvailabilityZone, AvailabilityZoneId, Tenancy, GroupName, ...others } = Placement;
  if (AvailabilityZone !== undefined && AvailabilityZone !== '' && AvailabilityZone !== network.zone.name) throw error('InvalidParameterValue', `Invalid availability zone: [${AvailabilityZone.slice(0, 64)}]`);
  if (AvailabilityZoneId !== undefined && AvailabilityZoneId !== '' && AvailabilityZoneId !== network.zone.id) throw error('InvalidParameterValue', `Invalid availability zone ID: [${AvailabilityZoneId.slice(0, 64)}]`);
  const unmet = Tenancy !== undefined && Tenancy !== 'default' ? 'Tenancy' : GroupName ? 'GroupName' : Object.entries(others).find(([, value]) => value !== undefined && value !== '')?.[0];
  if (unmet !== undefined) throw error('Unsupported', `Placement.${unmet} asks for something that there is not here.`);
}

/** The root volume's size. There is no other volume. */
function volumeSizeOf(mappings: readonly BlockDeviceMapping[] = [], error: RaiseEc2): number {
  for (const { DeviceName, NoDevice, VirtualName, Ebs } of mappings) {
    if (DeviceName !== hostImage.rootDeviceName || NoDevice !== undefined || VirtualName !== undefined) throw error('Unsupported', `There is one block device here: ${hostImage.rootDeviceName}.`);
    const { DeleteOnTermination = true, VolumeSize = ec2Limits.volumeDefaultGiB, VolumeType = 'gp3', Encrypted = false, Iops = 3_000, Throughput = 125, ...others } = Ebs ?? {};
    if (!DeleteOnTermination || VolumeType !== 'gp3' || Encrypted || Iops !== 3_000 || Throughput !== 125 || Object.values(others).some((value) => value !== undefined)) throw error('Unsupported', 'A volume here is of type gp3, not encrypted, deleted with its instance, and made of the image: only its size can be chosen.');
    if (VolumeSize < ec2Limits.volumeDefaultGiB || VolumeSize > ec2Limits.volumeMaxGiB) throw error('InvalidParameterValue', `Volume of size ${VolumeSize}GB is not between ${ec2Limits.volumeDefaultGiB}GB and ${ec2Limits.volumeMaxGiB}GB`);
  }
  if (mappings.length > 1) throw error('InvalidParameterValue', `Invalid block device mapping: ${hostImage.rootDeviceName} is named more than once`);
  return statedVolumeSize(mappings);
}

function digestOf({ ClientToken: _, DryRun: __, ...asked }: RunInstancesRequest): string {
  return hash('sha256', JSON.stringify(Object.entries(asked).sort(([a], [b]) => (a < b ? -1 : 1))));
}
