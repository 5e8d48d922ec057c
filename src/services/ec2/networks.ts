/** The default network described, and what of it each instance has: interfaces and volumes. Source: "DescribeVpcs" and its siblings (EC2 API Reference). */
import type { DescribeVpcAttributeResult, Ec2, NetworkInterface, RouteTable, SecurityGroup, Subnet, Volume, Vpc, VpcAttributeName } from '../../../models/ec2.ts';
import type { InstanceDoc } from '../../store/instance-docs.ts';
import type { TagDoc } from '../../store/tables.ts';
import type { Ask } from '../../authz/ask.ts';
import type { Operations } from '../operation.ts';
import { ec2Arn, noResource } from './access.ts';
import type { FilterTable } from './filters.ts';
import { hostImage } from './image.ts';
import { listed } from './listing.ts';
import { instancesOf, tagsOf } from './lookup.ts';
import type { Place } from './lookup.ts';
import { addressesMax, defaultNetwork, securityGroupName, subnetCidr, vpcCidr } from './network.ts';
import { groupsOf, privateDnsName } from './shown-instance.ts';
import { resourceTagContext, shownTags } from './tag-rules.ts';

const vpcFilters: FilterTable<Vpc> = {
  cidr: ({ CidrBlock }) => CidrBlock, 'cidr-block-association.cidr-block': ({ CidrBlock }) => CidrBlock, 'dhcp-options-id': ({ DhcpOptionsId }) => DhcpOptionsId,
  'is-default': () => true, isDefault: () => true, 'owner-id': ({ OwnerId }) => OwnerId, state: ({ State }) => State, 'vpc-id': ({ VpcId }) => VpcId,
};

const subnetFilters: FilterTable<Subnet> = {
  'availability-zone': ({ AvailabilityZone }) => AvailabilityZone, availabilityZone: ({ AvailabilityZone }) => AvailabilityZone, 'availability-zone-id': ({ AvailabilityZoneId }) => AvailabilityZoneId,
  'cidr-block': ({ CidrBlock }) => CidrBlock, cidr: ({ CidrBlock }) => CidrBlock, 'default-for-az': () => true, defaultForAz: () => true, 'map-public-ip-on-launch': ({ MapPublicIpOnLaunch }) => MapPublicIpOnLaunch,
  'owner-id': ({ OwnerId }) => OwnerId, state: ({ State }) => State, 'subnet-arn': ({ SubnetArn }) => SubnetArn, 'subnet-id': ({ SubnetId }) => SubnetId, 'vpc-id': ({ VpcId }) => VpcId,
};

const groupFilters: FilterTable<SecurityGroup> = {
  description: ({ Description }) => Description, 'group-id': ({ GroupId }) => GroupId, 'group-name': ({ GroupName }) => GroupName, 'owner-id': ({ OwnerId }) => OwnerId, 'vpc-id': ({ VpcId }) => VpcId,
};

const routeTableFilters: FilterTable<RouteTable> = {
  'association.main': () => true, 'association.route-table-association-id': ({ Associations }) => Associations?.[0]?.RouteTableAssociationId, 'association.route-table-id': ({ RouteTableId }) => RouteTableId, 'association.subnet-id': () => undefined,
  'owner-id': ({ OwnerId }) => OwnerId, 'route-table-id': ({ RouteTableId }) => RouteTableId, 'route.destination-cidr-block': () => vpcCidr, 'route.gateway-id': () => 'local', 'vpc-id': ({ VpcId }) => VpcId,
};

const interfaceFilters: FilterTable<NetworkInterface> = {
  'addresses.private-ip-address': ({ PrivateIpAddress }) => PrivateIpAddress, 'association.public-ip': ({ Association }) => Association?.PublicIp, 'attachment.attachment-id': ({ Attachment }) => Attachment?.AttachmentId,
  'attachment.device-index': () => 0, 'attachment.instance-id': ({ Attachment }) => Attachment?.InstanceId, 'attachment.instance-owner-id': ({ OwnerId }) => OwnerId, 'attachment.status': () => 'attached',
  'availability-zone': ({ AvailabilityZone }) => AvailabilityZone, description: ({ Description }) => Description, 'group-id': ({ Groups }) => Groups?.[0]?.GroupId, 'group-name': ({ Groups }) => Groups?.[0]?.GroupName, 'interface-type': () => 'interface',
  'mac-address': ({ MacAddress }) => MacAddress, 'network-interface-id': ({ NetworkInterfaceId }) => NetworkInterfaceId, 'owner-id': ({ OwnerId }) => OwnerId, 'private-dns-name': ({ PrivateDnsName }) => PrivateDnsName,
  'private-ip-address': ({ PrivateIpAddress }) => PrivateIpAddress, 'requester-managed': () => false, 'source-dest-check': () => true, status: ({ Status }) => Status, 'subnet-id': ({ SubnetId }) => SubnetId, 'vpc-id': ({ VpcId }) => VpcId,
};

const volumeFilters: FilterTable<Volume> = {
  'attachment.attach-time': ({ Attachments }) => new Date(Attachments?.[0]?.AttachTime ?? 0).toISOString(), 'attachment.delete-on-termination': () => true, 'attachment.device': () => hostImage.rootDeviceName,
  'attachment.instance-id': ({ Attachments }) => Attachments?.[0]?.InstanceId, 'attachment.status': () => 'attached', 'availability-zone': ({ AvailabilityZone }) => AvailabilityZone, 'create-time': ({ CreateTime = 0 }) => new Date(CreateTime).toISOString(),
  encrypted: () => false, 'multi-attach-enabled': () => false, size: ({ Size }) => Size, 'snapshot-id': () => undefined, status: ({ State }) => State, 'volume-id': ({ VolumeId }) => VolumeId, 'volume-type': ({ VolumeType }) => VolumeType,
};

const tagsIn = ({ view, region }: Place) => (id = ''): readonly TagDoc[] => tagsOf(view, region, id);

/** Of those that are not terminated. */
const attachedTo = (place: Place, idOf: (instance: InstanceDoc) => string): readonly InstanceDoc[] => instancesOf(place.view, place.region, place.now).filter(({ State }) => State !== 'terminated').sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));

export const networks = {
  DescribeVpcs: {
    access: (_, context) => noResource(context),
    run({ VpcIds, ...asked }, context) {
      const { page, end } = listed({ items: [vpcOf(context)], idOf: ({ VpcId = '' }) => VpcId, named: VpcIds, missing: (id) => context.error('InvalidVpcID.NotFound', `The vpc ID '${id}' does not exist`), filters: vpcFilters, tagsOf: ({ VpcId }) => tagsIn(context)(VpcId) }, asked, context);
      return { Vpcs: page, ...end };
    },
  },

  DescribeVpcAttribute: {
    access: ({ VpcId }, context): readonly [Ask] => [{ resource: ec2Arn(context, 'vpc', VpcId), context: { 'ec2:Region': context.region, 'ec2:VpcID': VpcId, 'ec2:Tenancy': 'default', ...resourceTagContext(tagsIn(context)(VpcId)) } }],
    run({ VpcId, Attribute }, { account, region, error }) {
      if (VpcId !== defaultNetwork(account, region).vpcId) throw error('InvalidVpcID.NotFound', `The vpc ID '${VpcId.slice(0, 128)}' does not exist`);
      return { VpcId, ...vpcAttributes[Attribute] };
    },
  },

  DescribeSubnets: {
    access: (_, context) => noResource(context),
    run({ SubnetIds, ...asked }, context) {
      const { page, end } = listed({ items: [subnetOf(context)], idOf: ({ SubnetId = '' }) => SubnetId, named: SubnetIds, missing: (id) => context.error('InvalidSubnetID.NotFound', `The subnet ID '${id}' does not exist`), filters: subnetFilters, tagsOf: ({ SubnetId }) => tagsIn(context)(SubnetId) }, asked, context);
      return { Subnets: page, ...end };
    },
  },

  DescribeSecurityGroups: {
    access: (_, context) => noResource(context),
    run({ GroupIds, GroupNames = [], ...asked }, context) {
      const unknown = GroupNames.find((name) => name !== securityGroupName);
      if (unknown !== undefined) throw context.error('InvalidGroup.NotFound', `The security group '${unknown.slice(0, 255)}' does not exist in default VPC '${defaultNetwork(context.account, context.region).vpcId}'`);
      const { page, end } = listed({ items: [groupOf(context)], idOf: ({ GroupId = '' }) => GroupId, named: GroupIds, missing: (id) => context.error('InvalidGroup.NotFound', `The security group '${id}' does not exist`), filters: groupFilters, tagsOf: ({ GroupId }) => tagsIn(context)(GroupId) }, asked, context);
      return { SecurityGroups: page, ...end };
    },
  },

  DescribeRouteTables: {
    access: (_, context) => noResource(context),
    run({ RouteTableIds, ...asked }, context) {
      const { page, end } = listed({ items: [routeTableOf(context)], idOf: ({ RouteTableId = '' }) => RouteTableId, named: RouteTableIds, missing: (id) => context.error('InvalidRouteTableID.NotFound', `The routeTable ID '${id}' does not exist`), filters: routeTableFilters, tagsOf: ({ RouteTableId }) => tagsIn(context)(RouteTableId) }, asked, context);
      return { RouteTables: page, ...end };
    },
  },

  DescribeNetworkInterfaces: {
    access: (_, context) => noResource(context),
    run({ NetworkInterfaceIds, IncludeManagedResources: _, ...asked }, context) {
      const items = attachedTo(context, ({ NetworkInterfaceId }) => NetworkInterfaceId).map((instance) => interfaceOf(context, instance));
      const { page, end } = listed({ items, idOf: ({ NetworkInterfaceId = '' }) => NetworkInterfaceId, named: NetworkInterfaceIds, missing: (id) => context.error('InvalidNetworkInterfaceID.NotFound', `The networkInterface ID '${id}' does not exist`), filters: interfaceFilters, tagsOf: ({ NetworkInterfaceId }) => tagsIn(context)(NetworkInterfaceId) }, asked, context);
      return { NetworkInterfaces: page, ...end };
    },
  },

  DescribeVolumes: {
    access: (_, context) => noResource(context),
    run({ VolumeIds, IncludeManagedResources: _, ...asked }, context) {
      const items = attachedTo(context, ({ VolumeId }) => VolumeId).map((instance) => volumeOf(context, instance));
      const { page, end } = listed({ items, idOf: ({ VolumeId = '' }) => VolumeId, named: VolumeIds, missing: (id) => context.error('InvalidVolume.NotFound', `The volume '${id}' does not exist.`), filters: volumeFilters, tagsOf: ({ VolumeId }) => tagsIn(context)(VolumeId) }, asked, context);
      return { Volumes: page, ...end };
    },
  },

  DescribeAddresses: {
    access: (_, context) => noResource(context),
    // None can be allocated here.
    run({ PublicIps = [], AllocationIds = [] }, { error }) {
      if (PublicIps[0] !== undefined) throw error('InvalidAddress.NotFound', `Address '${PublicIps[0].slice(0, 128)}' not found.`);
      if (AllocationIds[0] !== undefined) throw error('InvalidAllocationID.NotFound', `The allocation ID '${AllocationIds[0].slice(0, 128)}' does not exist`);
      return { Addresses: [] };
    },
  },
} satisfies Operations<Ec2, 'DescribeVpcs' | 'DescribeVpcAttribute' | 'DescribeSubnets' | 'DescribeSecurityGroups' | 'DescribeRouteTables' | 'DescribeNetworkInterfaces' | 'DescribeVolumes' | 'DescribeAddresses'>;

const vpcAttributes: Record<VpcAttributeName, DescribeVpcAttributeResult> = {
  enableDnsHostnames: { EnableDnsHostnames: { Value: true } },
  enableDnsSupport: { EnableDnsSupport: { Value: true } },
  enableNetworkAddressUsageMetrics: { EnableNetworkAddressUsageMetrics: { Value: false } },
};

function vpcOf(place: Place): Vpc {
  const { vpcId, dhcpOptionsId } = defaultNetwork(place.account, place.region);
  return { VpcId: vpcId, OwnerId: place.account, State: 'available', CidrBlock: vpcCidr, IsDefault: true, InstanceTenancy: 'default', DhcpOptionsId: dhcpOptionsId, CidrBlockAssociationSet: [{ AssociationId: vpcId.replace('vpc-', 'vpc-cidr-assoc-'), CidrBlock: vpcCidr, CidrBlockState: { State: 'associated' } }], Ipv6CidrBlockAssociationSet: [], Tags: shownTags(tagsIn(place)(vpcId)) };
}

function subnetOf(place: Place): Subnet {
  const { vpcId, subnetId, zone } = defaultNetwork(place.account, place.region);
  return {
    SubnetId: subnetId, SubnetArn: ec2Arn(place, 'subnet', subnetId), VpcId: vpcId, OwnerId: place.account, State: 'available', CidrBlock: subnetCidr, AvailabilityZone: zone.name, AvailabilityZoneId: zone.id, DefaultForAz: true, MapPublicIpOnLaunch: false,
    AvailableIpAddressCount: addressesMax - attachedTo(place, ({ InstanceId }) => InstanceId).length, AssignIpv6AddressOnCreation: false, MapCustomerOwnedIpOnLaunch: false, Ipv6CidrBlockAssociationSet: [], EnableDns64: false, Ipv6Native: false,
    PrivateDnsNameOptionsOnLaunch: { HostnameType: 'ip-name', EnableResourceNameDnsARecord: false, EnableResourceNameDnsAAAARecord: false }, Tags: shownTags(tagsIn(place)(subnetId)),
  };
}

/** As AWS makes it: its members reach each other, and everything. */
function groupOf(place: Place): SecurityGroup {
  const { vpcId, securityGroupId } = defaultNetwork(place.account, place.region);
  const every = { IpProtocol: '-1', Ipv6Ranges: [], PrefixListIds: [] };
  return {
    GroupId: securityGroupId, GroupName: securityGroupName, SecurityGroupArn: ec2Arn(place, 'security-group', securityGroupId), Description: 'default VPC security group', OwnerId: place.account, VpcId: vpcId, Tags: shownTags(tagsIn(place)(securityGroupId)),
    IpPermissions: [{ ...every, IpRanges: [], UserIdGroupPairs: [{ GroupId: securityGroupId, UserId: place.account }] }],
    IpPermissionsEgress: [{ ...every, IpRanges: [{ CidrIp: '0.0.0.0/0' }], UserIdGroupPairs: [] }],
  };
}

function routeTableOf(place: Place): RouteTable {
  const { vpcId, routeTableId, routeTableAssociationId } = defaultNetwork(place.account, place.region);
  return {
    RouteTableId: routeTableId, VpcId: vpcId, OwnerId: place.account, PropagatingVgws: [], Tags: shownTags(tagsIn(place)(routeTableId)),
    Routes: [{ DestinationCidrBlock: vpcCidr, GatewayId: 'local', Origin: 'CreateRouteTable', State: 'active' }],
    Associations: [{ Main: true, RouteTableAssociationId: routeTableAssociationId, RouteTableId: routeTableId, AssociationState: { State: 'associated' } }],
  };
}

function interfaceOf(place: Place, instance: InstanceDoc): NetworkInterface {
  const network = defaultNetwork(place.account, place.region);
  const { NetworkInterfaceId, AttachmentId, InstanceId, CreateDate, MacAddress, PrivateIpAddress, PublicIpAddress } = instance;
  const Association = PublicIpAddress === undefined ? undefined : { PublicIp: PublicIpAddress, PublicDnsName: '', IpOwnerId: 'amazon' };
  return {
    NetworkInterfaceId, OwnerId: place.account, VpcId: network.vpcId, SubnetId: network.subnetId, AvailabilityZone: network.zone.name, AvailabilityZoneId: network.zone.id, Description: '', InterfaceType: 'interface', MacAddress, Groups: groupsOf(network), Status: 'in-use',
    PrivateIpAddress, PrivateDnsName: privateDnsName(instance), PrivateIpAddresses: [{ Primary: true, PrivateIpAddress, PrivateDnsName: privateDnsName(instance), ...(Association && { Association }) }], RequesterManaged: false, SourceDestCheck: true, Ipv6Addresses: [],
    Attachment: { AttachmentId, InstanceId, InstanceOwnerId: place.account, AttachTime: CreateDate, DeleteOnTermination: true, DeviceIndex: 0, NetworkCardIndex: 0, Status: 'attached' }, TagSet: shownTags(tagsIn(place)(NetworkInterfaceId)), ...(Association && { Association }),
  };
}

function volumeOf(place: Place, { VolumeId, VolumeSizeGiB, InstanceId, CreateDate, AvailabilityZone }: InstanceDoc): Volume {
  return {
    VolumeId, Size: VolumeSizeGiB, SnapshotId: '', VolumeType: 'gp3', Iops: 3_000, Throughput: 125, Encrypted: false, MultiAttachEnabled: false, State: 'in-use', AvailabilityZone, CreateTime: CreateDate, Tags: shownTags(tagsIn(place)(VolumeId)),
    Attachments: [{ VolumeId, InstanceId, Device: hostImage.rootDeviceName, State: 'attached', AttachTime: CreateDate, DeleteOnTermination: true }],
  };
}
