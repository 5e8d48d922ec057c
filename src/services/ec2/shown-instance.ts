/** An instance as it is described. Source: "Instance" (EC2 API Reference). */
import type { GroupIdentifier, Instance, InstanceNetworkInterface, InstanceState, Reservation } from '../../../models/ec2.ts';
import type { InstanceDoc } from '../../store/instance-docs.ts';
import type { AccountView } from '../../store/store.ts';
import { architecture, hostImage } from './image.ts';
import { instanceTypes } from './instance-types.ts';
import { tagsOf } from './lookup.ts';
import { defaultNetwork, securityGroupName } from './network.ts';
import type { DefaultNetwork } from './network.ts';
import { shownTags } from './tag-rules.ts';

/** Source: "InstanceState", Code: the low byte. */
const stateCodes: Record<InstanceDoc['State'], number> = { pending: 0, running: 16, 'shutting-down': 32, terminated: 48, stopping: 64, stopped: 80 };

export const shownState = (name: InstanceDoc['State']): InstanceState => ({ Code: stateCodes[name], Name: name });

export const privateDnsName = ({ PrivateIpAddress, Region }: Pick<InstanceDoc, 'PrivateIpAddress' | 'Region'>): string => `ip-${PrivateIpAddress.replaceAll('.', '-')}.${Region === 'us-east-1' ? 'ec2' : `${Region}.compute`}.internal`;

/** A terminated instance has lost what it was attached to. */
const isAttached = ({ State }: InstanceDoc): boolean => State !== 'terminated';

export function shownInstance(view: AccountView, instance: InstanceDoc): Instance {
  const network = defaultNetwork(view.account, instance.Region);
  const { Profile, KeyPair, StateReason, PublicIpAddress, LaunchTime, CreateDate } = instance;
  const type = instanceTypes.get(instance.InstanceType);
  return {
    InstanceId: instance.InstanceId, ImageId: instance.ImageId, InstanceType: instance.InstanceType, State: shownState(instance.State), StateTransitionReason: instance.StateTransitionReason,
    ...(StateReason && { StateReason }), ...(KeyPair && { KeyName: KeyPair.KeyName }), AmiLaunchIndex: instance.AmiLaunchIndex, ProductCodes: [], LaunchTime, ClientToken: instance.ClientToken ?? '',
    Placement: { AvailabilityZone: network.zone.name, AvailabilityZoneId: network.zone.id, GroupName: '', Tenancy: 'default' }, Monitoring: { State: 'disabled' },
    Architecture: architecture, Hypervisor: 'xen', VirtualizationType: 'hvm', RootDeviceType: 'ebs', RootDeviceName: hostImage.rootDeviceName, EbsOptimized: false, EnaSupport: true,
    PlatformDetails: 'Linux/UNIX', UsageOperation: 'RunInstances', UsageOperationUpdateTime: CreateDate, Tags: shownTags(tagsOf(view, instance.Region, instance.InstanceId)),
    CapacityReservationSpecification: { CapacityReservationPreference: 'open' }, HibernationOptions: { Configured: false }, EnclaveOptions: { Enabled: false }, MaintenanceOptions: { AutoRecovery: 'default' },
    PrivateDnsNameOptions: { HostnameType: 'ip-name', EnableResourceNameDnsARecord: false, EnableResourceNameDnsAAAARecord: false }, CurrentInstanceBootMode: 'legacy-bios',
    ...(type && { CpuOptions: { CoreCount: type.vcpus, ThreadsPerCore: 1 } }),
    MetadataOptions: { State: 'applied', ...instance.MetadataOptions },
    ...(Profile && { IamInstanceProfile: { Arn: Profile.InstanceProfileArn, Id: Profile.InstanceProfileId } }),
    PublicDnsName: '', ...(PublicIpAddress !== undefined && { PublicIpAddress }),
    ...(isAttached(instance) ? attachedParts(view.account, instance, network) : { PrivateDnsName: '', BlockDeviceMappings: [], NetworkInterfaces: [], SecurityGroups: [] }),
  };
}

function attachedParts(account: string, instance: InstanceDoc, network: DefaultNetwork): Partial<Instance> {
  return {
    PrivateDnsName: privateDnsName(instance), PrivateIpAddress: instance.PrivateIpAddress, SubnetId: network.subnetId, VpcId: network.vpcId, SecurityGroups: groupsOf(network), SourceDestCheck: true,
    BlockDeviceMappings: [{ DeviceName: hostImage.rootDeviceName, Ebs: { VolumeId: instance.VolumeId, Status: 'attached', AttachTime: instance.CreateDate, DeleteOnTermination: true } }],
    NetworkInterfaces: [interfaceOf(account, instance, network)],
  };
}

export const groupsOf = ({ securityGroupId }: DefaultNetwork): readonly [GroupIdentifier] => [{ GroupId: securityGroupId, GroupName: securityGroupName }];

function interfaceOf(account: string, instance: InstanceDoc, network: DefaultNetwork): InstanceNetworkInterface {
  const { NetworkInterfaceId, AttachmentId, MacAddress, PrivateIpAddress, PublicIpAddress, CreateDate } = instance;
  const association = PublicIpAddress === undefined ? {} : { Association: { PublicIp: PublicIpAddress, PublicDnsName: '', IpOwnerId: 'amazon' } };
  return {
    NetworkInterfaceId, OwnerId: account, MacAddress, PrivateIpAddress, PrivateDnsName: privateDnsName(instance), SubnetId: network.subnetId, VpcId: network.vpcId, Description: '', Groups: groupsOf(network),
    InterfaceType: 'interface', Status: 'in-use', SourceDestCheck: true, Ipv6Addresses: [], ...association,
    Attachment: { AttachmentId, AttachTime: CreateDate, DeleteOnTermination: true, DeviceIndex: 0, NetworkCardIndex: 0, Status: 'attached' },
    PrivateIpAddresses: [{ Primary: true, PrivateIpAddress, PrivateDnsName: privateDnsName(instance), ...association }],
  };
}

/** Instances in the reservations that they were made by, in the order in which these first appear. */
export function reservationsOf(view: AccountView, instances: readonly InstanceDoc[]): readonly Reservation[] {
  const byId = Map.groupBy(instances, ({ ReservationId }) => ReservationId);
  return [...byId].map(([ReservationId, members]) => ({ ReservationId, OwnerId: view.account, Groups: [], Instances: members.map((instance) => shownInstance(view, instance)) }));
}
